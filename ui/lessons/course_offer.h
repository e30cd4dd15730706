// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace encoderscope
{

/// One line that offers the course at the first start, and never again once it was answered.
class CourseOffer : public QWidget
{
    Q_OBJECT

public:
    explicit CourseOffer(QWidget *parent = nullptr);

    /// It is not asked again.
    void answer();

Q_SIGNALS:
    void accepted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *text_;
    QPushButton *yes_;
    QPushButton *no_;
};

} // namespace encoderscope
