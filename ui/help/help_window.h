// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace encoderscope
{

/// What a figure shows and what a term means. It stays beside the window while one goes on.
class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget *parent);

    /// Of a kind of figure; of none: the list of terms alone.
    void showView(const QString &kind);
    void showTerm(const QString &name);
    QString plainText() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void listTerms();
    void showAgain();

    QLineEdit *search_;
    QListWidget *terms_;
    QTextBrowser *text_;
    QString view_, term_; ///< what is shown: one of them, or nothing
};

} // namespace encoderscope
