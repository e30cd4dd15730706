// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace encoderscope
{

class LessonGuide;
class RichLabel;

/// The course beside the page: a step's text with the sentence's own numbers, a question to guess, something
/// to try, and the way on. The rest of the window stays usable.
class LessonPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LessonPanel(LessonGuide &guide, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {330, 480}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showStep();
    void showTexts();
    void showQuestion();
    void retranslate();
    void fitFont();

    LessonGuide &guide_;
    QComboBox *contents_;
    QPushButton *close_;
    QLabel *title_;
    RichLabel *text_;
    QWidget *question_;
    QLabel *ask_;
    QVBoxLayout *options_;
    QButtonGroup *choices_;
    RichLabel *verdict_;
    RichLabel *aim_;
    QScrollArea *scroll_;
    QLabel *place_;
    QPushButton *back_;
    QPushButton *again_;
    QPushButton *next_;
};

} // namespace encoderscope
