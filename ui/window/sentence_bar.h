// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace encoderscope
{

class SentenceEdit;
class Session;

/// Where the sentence is typed; every key goes to the session at once. With a second sentence when wanted,
/// ready-made examples, and the model's name; what there is to know of it (untrained weights, outputs that
/// are left out) is said in plain view.
class SentenceBar : public QWidget
{
    Q_OBJECT

public:
    explicit SentenceBar(Session &session, QWidget *parent = nullptr);

    SentenceEdit *sentenceA() const { return sentenceA_; }
    SentenceEdit *sentenceB() const { return sentenceB_; }
    /// The button that shows the model's name; the window gives it its menu.
    QToolButton *modelButton() const { return model_; }

Q_SIGNALS:
    /// Something that the user should know of.
    void noticed(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    void sayLeftOut(qsizetype characters);
    void retranslate();
    void fillExamples();
    void showTexts();
    void showModel();

    Session &session_;
    SentenceEdit *sentenceA_;
    SentenceEdit *sentenceB_;
    QToolButton *pair_;
    QToolButton *examples_;
    QLabel *untrained_;
    QLabel *leftOut_;
    QString saidLeftOut_;
    QToolButton *model_;
};

} // namespace encoderscope
