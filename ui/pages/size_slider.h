// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QSlider;

namespace encoderscope
{

/// Chooses a whole number, coarser the larger it is. One of them is the model's or text's own.
class SizeSlider : public QWidget
{
    Q_OBJECT

public:
    SizeSlider(int lowest, int highest, QWidget *parent = nullptr);

    void setName(const QString &name);
    /// `size` 0: the own one is chosen.
    void showSize(int size, int own);

Q_SIGNALS:
    /// By the user; 0: the own one.
    void sizeChosen(int size);

private:
    QList<int> steps_; ///< without the own one
    QList<int> sizes_; ///< with it
    int own_ = 0;
    QLabel *name_;
    QSlider *slider_;
    QLabel *value_;
};

} // namespace encoderscope
