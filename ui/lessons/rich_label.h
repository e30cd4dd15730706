// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTextDocument>

#include <map>

namespace encoderscope
{

/// Paragraphs of rich text, as wide as there is room. QLabel lays its text out anew for every size that a
/// layout asks for, some dozens of times; here it is once for each width.
class RichLabel : public QLabel
{
    Q_OBJECT

public:
    explicit RichLabel(QWidget *parent = nullptr);

    void setHtml(const QString &html);

    QSize sizeHint() const override { return minimumSizeHint(); }
    /// As wide as its longest word, and one line high.
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void measureAnew();

    mutable QTextDocument measured_;
    mutable std::map<int, int> heights_; ///< by width
    mutable int narrowest_ = -1;         ///< -1: not known yet
};

} // namespace encoderscope
