// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_stack.h"

#include "ui/pages/attention_page.h"
#include "ui/pages/corpus_page.h"
#include "ui/pages/embedding_page.h"
#include "ui/pages/feed_forward_page.h"
#include "ui/pages/output_page.h"
#include "ui/pages/positions_page.h"
#include "ui/pages/training_page.h"
#include "ui/pages/weights_page.h"
#include "ui/pages/why_page.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <iterator>

namespace encoderscope
{

namespace
{

struct PageKind {
    QString (*title)();
    Page *(*make)(Session &session);
};

template <typename Kind>
constexpr PageKind pageKind()
{
    return {&Kind::title, [](Session &session) -> Page * { return new Kind(session); }};
}

constexpr std::array pageKinds{
    pageKind<EmbeddingPage>(),   pageKind<PositionsPage>(), pageKind<AttentionPage>(),
    pageKind<FeedForwardPage>(), pageKind<OutputPage>(),    pageKind<TrainingPage>(),
    pageKind<WhyPage>(),         pageKind<WeightsPage>(),   pageKind<CorpusPage>()};

} // namespace

PageStack::PageStack(Session &session, QWidget *parent)
    : QStackedWidget(parent)
    , session_(session)
    , pages_(pageKinds.size(), nullptr)
{
}

QStringList PageStack::titles()
{
    QStringList titles;
    for (const PageKind &kind : pageKinds)
        titles.append(kind.title());
    return titles;
}

Page *PageStack::page(int index)
{
    Page *&page = pages_.at(static_cast<std::size_t>(index));
    if (page == nullptr) {
        page = pageKinds.at(static_cast<std::size_t>(index)).make(session_);
        addWidget(page);
        Q_EMIT made(page);
    }
    return page;
}

Page *PageStack::current() const
{
    return static_cast<Page *>(currentWidget());
}

std::vector<FigureOrder> PageStack::figures()
{
    std::vector<FigureOrder> all;
    for (int index = 0; index < static_cast<int>(pages_.size()); ++index) {
        std::vector<FigureOrder> some = page(index)->figures();
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

void PageStack::makeRest()
{
    const auto next = std::find(pages_.begin(), pages_.end(), nullptr);
    if (next == pages_.end())
        return;
    page(static_cast<int>(next - pages_.begin()));
    QTimer::singleShot(0, this, &PageStack::makeRest);
}

} // namespace encoderscope
