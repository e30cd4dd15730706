// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/target_bar.h"

#include "engine/error.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/ticks.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/wrapping_row.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <array>

namespace encoderscope
{

namespace
{

using TargetKind = TargetChoice::Kind;
constexpr std::array kinds{TargetKind::word, TargetKind::label, TargetKind::similarity, TargetKind::neuron,
                           TargetKind::hidden};
constexpr std::array measures{Target::Measure::logit, Target::Measure::log_probability,
                              Target::Measure::probability};
constexpr int offered_words = 30;

constexpr int shortWord = 10; // characters that a box to type into shows

/// Typed into, or chosen from what is offered.
void makeEditable(QComboBox &box)
{
    box.setEditable(true);
    box.setInsertPolicy(QComboBox::NoInsert);
    box.setMaxVisibleItems(15);
    box.setMinimumContentsLength(shortWord);
}

/// From its beginning, where the box is too narrow for all of it.
void write(QComboBox &box, const QString &text)
{
    box.setEditText(text);
    box.lineEdit()->setCursorPosition(0);
}

/// Other items, the same text.
void offer(QComboBox &box, const QStringList &names)
{
    const QSignalBlocker blocker(box);
    const QString text = box.currentText();
    QStringList before;
    for (int at = 0; at < box.count(); ++at)
        before.append(box.itemText(at));
    if (before == names)
        return;
    box.clear();
    box.addItems(names);
    write(box, text);
}

} // namespace

TargetBar::TargetBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , explain_(new QLabel(this))
    , at_(new QLabel(this))
    , of_(new QLabel(this))
    , minus_(new QLabel(this))
    , value_(new QLabel(this))
    , kind_(new QComboBox(this))
    , name_(new QComboBox(this))
    , token_(new QComboBox(this))
    , measure_(new QComboBox(this))
    , contrast_(new QComboBox(this))
    , index_(new QSpinBox(this))
    , layer_(new QSpinBox(this))
    , job_([this](const Result<Found> &found) {
        if (found)
            accept(*found);
    })
{
    makeEditable(*name_);
    makeEditable(*contrast_);
    keepNarrow({kind_, name_, token_, measure_, contrast_});
    explain_->setBuddy(kind_);
    of_->setBuddy(layer_);
    at_->setBuddy(token_);
    minus_->setBuddy(contrast_);
    auto *what = new WrappingRow;
    for (QWidget *widget :
         std::initializer_list<QWidget *>{explain_, kind_, name_, index_, of_, layer_, at_, token_})
        what->addWidget(widget);
    auto *how = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{measure_, minus_, contrast_})
        how->addWidget(widget);
    how->addWidget(value_, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addLayout(what);
    rows->addLayout(how);

    QFont bold = value_->font();
    bold.setBold(true);
    value_->setFont(bold);
    value_->setTextFormat(Qt::PlainText);
    value_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value_->setWordWrap(true);
    value_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    value_->setMinimumHeight(value_->fontMetrics().lineSpacing() * 2); // nothing jumps
    retranslate();

    connect(kind_, &QComboBox::activated, this, &TargetBar::chooseKind);
    for (QComboBox *box : {token_, measure_, name_, contrast_})
        connect(box, &QComboBox::activated, this, &TargetBar::choose);
    for (const QComboBox *box : {name_, contrast_})
        connect(box->lineEdit(), &QLineEdit::returnPressed, this, &TargetBar::choose);
    for (QSpinBox *box : {index_, layer_}) {
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this, &TargetBar::choose);
    }
    connect(&session_, &Session::stateChanged, this, [this] {
        if (isVisible() && session_.shown())
            showChoice();
    });
}

void TargetBar::retranslate()
{
    explain_->setText(tr("Explain:"));
    minus_->setText(tr("minus"));
    setTexts(*kind_,
             {tr("word"), tr("class"), tr("similarity of A and B"), tr("neuron"), tr("hidden state")});
    setTexts(*measure_, {tr("logit"), tr("log-probability"), tr("probability")});
    index_->setSpecialValueText(QString());
    contrast_->lineEdit()->setPlaceholderText(tr("nothing"));
    name_->lineEdit()->setPlaceholderText(tr("the likeliest"));
    kind_->setAccessibleName(tr("What is explained"));
    name_->setAccessibleName(tr("Word or class"));
    token_->setAccessibleName(tr("Token where it stands"));
    measure_->setAccessibleName(tr("Measure"));
    contrast_->setAccessibleName(tr("Word or class to subtract"));
    index_->setAccessibleName(tr("Neuron or dimension"));
    layer_->setAccessibleName(tr("Layer"));
    contrast_->setToolTip(tr("Why this one rather than that one: the difference of both is explained."));
    asked_.reset();
}

TargetChoice TargetBar::current() const
{
    const Frame &frame = *session_.frame();
    if (session_.state().target)
        return *session_.state().target;
    const Result<TargetChoice> usual = attempt([&] { return usualTarget(frame); });
    return usual ? *usual : TargetChoice();
}

void TargetBar::refresh()
{
    showKinds();
    showTokens();
    showChoice();
    ask();
}

void TargetBar::showKinds()
{
    const auto *model = qobject_cast<QStandardItemModel *>(kind_->model());
    for (std::size_t at = 0; at < kinds.size(); ++at) {
        const QString problem = whyNoTarget(kinds[at], *session_.frame());
        QStandardItem *item = model->item(static_cast<int>(at));
        item->setEnabled(problem.isEmpty());
        item->setToolTip(problem);
    }
}

void TargetBar::showTokens()
{
    const QStringList labels = tokenLabels(session_.frame()->trace());
    QStringList items;
    for (int token = 0; token < labels.size(); ++token)
        items.append(QStringLiteral("%1 %2").arg(token).arg(labels[token]));
    const QSignalBlocker blocker(token_);
    QStringList before;
    for (int at = 0; at < token_->count(); ++at)
        before.append(token_->itemText(at));
    if (before != items) {
        token_->clear();
        token_->addItems(items);
    }
}

void TargetBar::showChoice()
{
    const Frame &frame = *session_.frame();
    const TargetChoice choice = current();
    const EncoderConfig &config = frame.trace().config();
    const bool named = choice.kind == TargetKind::word || choice.kind == TargetKind::label;
    const bool inLayer = choice.kind == TargetKind::neuron || choice.kind == TargetKind::hidden;
    const QSignalBlocker a(kind_), b(name_), c(token_), d(measure_), e(contrast_), f(index_), g(layer_);
    kind_->setCurrentIndex(
        static_cast<int>(std::find(kinds.begin(), kinds.end(), choice.kind) - kinds.begin()));
    for (QWidget *widget : std::initializer_list<QWidget *>{name_, measure_, minus_, contrast_})
        widget->setVisible(named);
    for (QWidget *widget : std::initializer_list<QWidget *>{index_, of_, layer_})
        widget->setVisible(inLayer);
    at_->setVisible(choice.atToken());
    token_->setVisible(choice.atToken());
    at_->setText(tr("at token"));
    of_->setText(tr("of layer"));
    measure_->setCurrentIndex(
        static_cast<int>(std::find(measures.begin(), measures.end(), choice.measure) - measures.begin()));
    if (!name_->lineEdit()->hasFocus() || !choice.name.isEmpty())
        write(*name_, choice.name);
    write(*contrast_, choice.contrast);
    layer_->setRange(choice.kind == TargetKind::hidden ? 0 : 1, config.layers);
    layer_->setValue(choice.layer + 1);
    const bool hidden = choice.kind == TargetKind::hidden;
    index_->setRange(hidden ? -1 : 0, (hidden ? config.d_model : config.d_ff) - 1);
    index_->setSpecialValueText(hidden ? tr("length") : QString());
    index_->setValue(choice.index);
    const Result<int> token = attempt([&] { return choice.atToken() ? targetToken(choice, frame) : -1; });
    token_->setCurrentIndex(token ? *token : -1);
}

void TargetBar::ask()
{
    if (asked_ == session_.frame())
        return;
    asked_ = session_.frame();
    job_.ask(
        [frame = asked_](const JobControl &control) {
            Found found{.frame = frame, .chosen = {}, .value = 0.0, .problem = {}, .names = {}};
            try {
                found.chosen = chosenTarget(*frame, control.stop());
                const ChosenTarget &chosen = *found.chosen;
                found.value = target_value(chosen.target, *chosen.trace);
                if (chosen.choice.kind == TargetKind::word) {
                    for (const WordPrediction &word :
                         masked_word_predictions(*chosen.trace, chosen.target.token, offered_words))
                        found.names.append(word.piece);
                } else if (chosen.choice.kind == TargetKind::label) {
                    for (const ClassPrediction &one : class_predictions(*chosen.trace))
                        found.names.append(one.label);
                }
            } catch (const Error &error) {
                found.problem = error.message();
            }
            return found;
        },
        Older::finishIfShort);
}

void TargetBar::accept(const Found &found)
{
    found_ = found;
    value_->setText(found.chosen
                        ? targetTitle(*found.chosen) + QStringLiteral(" = ") + readableNumber(found.value)
                        : found.problem);
    if (!found.chosen)
        return;
    offer(*name_, found.names);
    offer(*contrast_, found.names);
    // What the likeliest is.
    if (!name_->lineEdit()->hasFocus() && found.frame == session_.frame() && current().name.isEmpty())
        write(*name_, found.chosen->choice.name);
}

void TargetBar::chooseKind()
{
    const Frame &frame = *session_.frame();
    if (!frame)
        return;
    TargetChoice choice{.kind = kinds[static_cast<std::size_t>(kind_->currentIndex())]};
    const Selected &pinned = frame.selection;
    if (choice.atToken())
        choice.token = anchorInRun(frame, pinned.query);
    choice.layer = pinned.layer;
    if (choice.kind == TargetKind::neuron)
        choice.index = std::max(0, pinned.neuron);
    else if (choice.kind == TargetKind::hidden)
        choice.index = -1;
    session_.explain(choice);
}

void TargetBar::choose()
{
    const Frame &frame = *session_.frame();
    if (!frame)
        return;
    TargetChoice choice = current();
    if (choice.kind == TargetKind::word || choice.kind == TargetKind::label) {
        choice.measure = measures[static_cast<std::size_t>(measure_->currentIndex())];
        choice.contrast = contrast_->currentText().trimmed();
        // Who asked for the likeliest goes on doing so until another one is named.
        const QString name = name_->currentText().trimmed();
        const bool likeliest = choice.name.isEmpty() && found_.chosen && name == found_.chosen->choice.name;
        if (!likeliest)
            choice.name = name;
    } else if (choice.kind != TargetKind::similarity) {
        choice.layer = layer_->value() - 1;
        choice.index = index_->value();
    }
    if (choice.atToken() && sender() == token_) {
        if (const auto token = anchorInRun(frame, token_->currentIndex())) {
            choice.token = token;
            choice.lost = false;
        }
    }
    session_.explain(choice);
}

} // namespace encoderscope
