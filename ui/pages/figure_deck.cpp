// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_deck.h"

#include "ui/pages/fitting_tabs.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace encoderscope
{

FigureDeck::FigureDeck(QSplitter *usual, QWidget *parent)
    : QWidget(parent)
    , usual_(usual)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(usual_);
    collect(usual_);
}

void FigureDeck::collect(QSplitter *splitter)
{
    splitters_.push_back(splitter);
    for (int place = 0; place < splitter->count(); ++place) {
        if (auto *inner = qobject_cast<QSplitter *>(splitter->widget(place)))
            collect(inner);
        else
            parts_.push_back({.widget = splitter->widget(place), .home = splitter, .place = place});
    }
}

void FigureDeck::setTitles(const QStringList &titles)
{
    titles_ = titles;
    for (int tab = 0; tabs_ && tab < tabs_->count(); ++tab)
        tabs_->setTabText(tab, titles_.value(tab));
}

void FigureDeck::setFolded(bool folded)
{
    if (folded == std::exchange(folded_, folded))
        return;
    if (folded) {
        if (!tabs_) {
            tabs_ = new FittingTabs(this);
            layout()->addWidget(tabs_);
            connect(tabs_, &QTabWidget::currentChanged, this, &FigureDeck::partShown);
        }
        sizes_.clear();
        for (const QSplitter *splitter : splitters_)
            sizes_.push_back(splitter->sizes());
        usual_->hide();
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            const int tab = tabs_->addTab(parts_[part].widget, titles_.value(static_cast<qsizetype>(part)));
            tabs_->setTabVisible(tab, parts_[part].visible);
        }
        for (int tab = tabs_->count() - 1; tab >= 0; --tab) {
            if (tabs_->isTabVisible(tab))
                tabs_->setCurrentIndex(tab);
        }
        tabs_->show();
    } else {
        tabs_->hide();
        for (const Part &part : parts_) {
            part.home->insertWidget(part.place, part.widget);
            part.widget->setVisible(part.visible); // tabs hide what is behind
        }
        for (std::size_t index = 0; index < splitters_.size(); ++index)
            splitters_[index]->setSizes(sizes_[index]);
        usual_->show();
    }
    Q_EMIT partShown();
}

void FigureDeck::setPartVisible(QWidget *part, bool visible)
{
    for (std::size_t index = 0; index < parts_.size(); ++index) {
        if (parts_[index].widget != part)
            continue;
        parts_[index].visible = visible;
        if (folded_)
            tabs_->setTabVisible(static_cast<int>(index), visible);
        else
            part->setVisible(visible);
    }
}

void FigureDeck::reveal(const QWidget *widget)
{
    for (std::size_t part = 0; folded_ && part < parts_.size(); ++part) {
        if (parts_[part].widget == widget || parts_[part].widget->isAncestorOf(widget))
            tabs_->setCurrentIndex(static_cast<int>(part));
    }
}

} // namespace encoderscope
