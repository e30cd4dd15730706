// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pairs_bar.h"

#include "engine/error.h"
#include "resources/translations/language.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/text_height.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace encoderscope
{

namespace
{

constexpr qsizetype mostTitleCharacters = 80; // of a sentence in the list

} // namespace

PairsBar::PairsBar(Session &session, QWidget *parent)
    : QFrame(parent)
    , session_(session)
    , before_(new QToolButton)
    , next_(new QToolButton)
    , file_(new QToolButton)
    , close_(new QToolButton)
    , list_(new QComboBox)
    , look_(plainLabel())
{
    setObjectName(QStringLiteral("pairs"));
    setFrameShape(QFrame::StyledPanel);
    look_->setObjectName(QStringLiteral("look"));
    look_->setWordWrap(true);
    look_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    list_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list_->setMinimumContentsLength(20);
    before_->setArrowType(Qt::LeftArrow);
    next_->setArrowType(Qt::RightArrow);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->addWidget(before_);
    layout->addWidget(list_);
    layout->addWidget(next_);
    layout->addWidget(look_, 1);
    layout->addWidget(file_);
    layout->addWidget(close_);
    hide();

    connect(before_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    connect(list_, &QComboBox::activated, this, &PairsBar::choose);
    connect(file_, &QToolButton::clicked, this, &PairsBar::chooseFile);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    readOwn();
    retranslate();
}

void PairsBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        if (own_)
            readOwn();
        retranslate();
    }
    QFrame::changeEvent(event);
}

void PairsBar::retranslate()
{
    before_->setToolTip(tr("The pair before (Shift+F3)"));
    before_->setAccessibleName(tr("The pair before"));
    next_->setToolTip(tr("The next pair (F3)"));
    next_->setAccessibleName(tr("The next pair"));
    list_->setAccessibleName(tr("Minimal pairs"));
    file_->setText(tr("Open a file…"));
    file_->setToolTip(tr("Pairs of a TSV file: first sentence, tab, second sentence, tab, what to look for"));
    close_->setText(tr("Close"));
    list();
}

void PairsBar::readOwn()
{
    const QString file = QStringLiteral(":/sentences/pairs.%1.tsv").arg(currentLanguage());
    pairs_ = read_minimal_pairs(file);
}

void PairsBar::list()
{
    QStringList titles;
    for (const MinimalPair &pair : pairs_)
        titles.append(QStringLiteral("%1. %2 | %3")
                          .arg(titles.size() + 1)
                          .arg(shortened(pair.first, mostTitleCharacters),
                               shortened(pair.second, mostTitleCharacters)));
    list_->clear();
    list_->addItems(titles);
    list_->setCurrentIndex(current_);
    showPair();
}

void PairsBar::step(int by)
{
    show();
    const int count = static_cast<int>(pairs_.size());
    if (count > 0)
        choose(current_ < 0 ? 0 : (current_ + by % count + count) % count);
}

void PairsBar::choose(int index)
{
    if (index < 0 || index >= static_cast<int>(pairs_.size()))
        return;
    current_ = index;
    list_->setCurrentIndex(index);
    const MinimalPair &pair = pairs_[static_cast<std::size_t>(index)];
    SessionState next = withTexts(session_.state(), pair.first, pair.second);
    next.input.masked.clear();
    next.input.replaced.clear();
    next.reference = {ReferenceChoice::Kind::sentenceB};
    if (next.comparison == Comparison::now)
        next.comparison = Comparison::sideBySide;
    session_.edit(std::move(next), tr("Minimal pair %1").arg(index + 1));
    showPair();
}

void PairsBar::open(const QString &path)
{
    try {
        pairs_ = read_minimal_pairs(path);
    } catch (const Error &error) {
        Q_EMIT failed(error.message());
        return;
    }
    own_ = false;
    current_ = -1;
    list();
    step(1);
}

void PairsBar::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Minimal pairs"), QString(),
                                   tr("Tab-separated values (*.tsv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PairsBar::open);
    dialog->open();
}

void PairsBar::showPair()
{
    const bool there = current_ >= 0 && current_ < static_cast<int>(pairs_.size());
    look_->setText(there ? pairs_[static_cast<std::size_t>(current_)].look : QString());
    look_->setMinimumHeight(textHeight(*look_, 2));
}

} // namespace encoderscope
