// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

#include <vector>

class QSplitter;
class QTabWidget;

namespace encoderscope
{

/// Parts of a page beside and below each other; folded, where text is large, one at a time, each as large as
/// the deck.
class FigureDeck : public QWidget
{
    Q_OBJECT

public:
    /// `usual`: splitters, one within the other. What in them is no splitter is a part.
    explicit FigureDeck(QSplitter *usual, QWidget *parent = nullptr);

    /// Of the parts, from left to right and from the top.
    void setTitles(const QStringList &titles);
    void setFolded(bool folded);
    bool folded() const { return folded_; }
    /// A part that is not there gives its place to the others.
    void setPartVisible(QWidget *part, bool visible);
    /// Folded, it shows the part that has the widget.
    void reveal(const QWidget *widget);

Q_SIGNALS:
    void partShown();

private:
    struct Part {
        QWidget *widget;
        QSplitter *home;
        int place; ///< in it
        bool visible = true;
    };
    void collect(QSplitter *splitter);

    QSplitter *usual_;
    QTabWidget *tabs_ = nullptr; ///< once it was folded
    std::vector<Part> parts_;
    std::vector<QSplitter *> splitters_;
    std::vector<QList<int>> sizes_; ///< of the splitters, before it was folded
    QStringList titles_;
    bool folded_ = false;
};

} // namespace encoderscope
