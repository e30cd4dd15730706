// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/model_reference.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace encoderscope
{

/// What there is to see where no corpus is open: what one is, and how one is opened or made.
class NoCorpus : public QWidget
{
    Q_OBJECT

public:
    explicit NoCorpus(QWidget *parent = nullptr);

    /// Why none is open, or not yet; empty: there is nothing to say.
    void setProblem(const QString &problem);
    /// The model that the command names.
    void setModel(const ModelReference &model);

Q_SIGNALS:
    void openRequested();
    void makeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *problem_, *intro_;
    QLineEdit *command_;
    QPushButton *open_, *make_;
};

} // namespace encoderscope
