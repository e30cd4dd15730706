// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace encoderscope
{

class Session;

/// Where the sentence is typed; every key goes to the session at once. With a second sentence when wanted,
/// ready-made examples, and the model's name, which says in plain view when the weights are untrained.
class SentenceBar : public QWidget
{
    Q_OBJECT

public:
    explicit SentenceBar(Session &session, QWidget *parent = nullptr);

    QLineEdit *sentenceA() const { return sentenceA_; }
    QLineEdit *sentenceB() const { return sentenceB_; }
    /// The button that shows the model's name; the window gives it its menu.
    QToolButton *modelButton() const { return model_; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// False for keys that a sentence's own field would take although they mean the window's command.
    bool keepsKey(const QKeyEvent &event) const;
    void retranslate();
    void fillExamples();
    void showTexts();
    void showModel();

    Session &session_;
    QLineEdit *sentenceA_;
    QLineEdit *sentenceB_;
    QToolButton *pair_;
    QToolButton *examples_;
    QLabel *untrained_;
    QToolButton *model_;
};

} // namespace encoderscope
