// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/training_page.h"

#include "engine/error.h"
#include "engine/model/save_model.h"
#include "engine/particles.h"
#include "ui/figures/catalogue/loss_figure.h"
#include "ui/pages/page_controls.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <array>
#include <cmath>

namespace encoderscope
{

namespace
{

enum Preset { playground, codeBook, ownText }; // as the view's choices
/// What another run has otherwise.
enum Variation {
    withoutPositions,
    withoutActivation,
    oneHead,
    halfTheWidth,
    twiceTheWidth,
    otherWeights,
    allVariations
};

struct Size {
    int d_model, heads, layers, d_ff, vocabulary;
};
constexpr std::array<Size, 3> sizes{{{32, 2, 1, 64, 500}, {64, 4, 2, 256, 2000}, {128, 4, 4, 512, 8000}}};

} // namespace

TrainingPage::TrainingPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , runs_(new TrainingRuns(session, this))
    , opening_([this](const Result<QString> &text) {
        if (text)
            text_->setPlainText(*text);
        else
            status_->setText(text.problem());
    })
    , saving_([this](const Result<QString> &folder) {
        status_->setText(folder ? withParticles(tr("Saved as %1.").arg(*folder)) : folder.problem());
    })
{
    auto *body = new QWidget;
    auto *layout = new QHBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeForm(), 1);
    layout->addWidget(makeCurve(), 2);
    setBody(body);
    retranslate();
    choosePreset();
    connect(&session, &Session::stateChanged, this, [this] {
        if (preset_->currentIndex() != shownPreset_)
            choosePreset();
    });
    connect(runs_, &TrainingRuns::changed, this, &TrainingPage::showRun);
    showRun();
}

QWidget *TrainingPage::makeForm()
{
    auto *panel = new QWidget;
    form_ = new QFormLayout(panel);
    form_->setContentsMargins(0, 0, 8, 0);
    form_->setRowWrapPolicy(QFormLayout::WrapLongRows);
    preset_ = new QComboBox;
    preset_->setObjectName(QStringLiteral("preset"));
    preset_->addItems({QString(), QString(), QString()});
    bindChoice(*preset_, session(), QStringLiteral("training-page"), QStringLiteral("preset"));
    preset_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    form_->addRow(new QLabel, preset_);
    text_ = new QPlainTextEdit;
    text_->setObjectName(QStringLiteral("trainingText"));
    text_->setTabChangesFocus(true);
    form_->addRow(text_);
    open_ = new QPushButton;
    form_->addRow(open_);
    size_ = new QComboBox;
    size_->setObjectName(QStringLiteral("size"));
    for (std::size_t index = 0; index < sizes.size(); ++index)
        size_->addItem(QString());
    form_->addRow(new QLabel, size_);
    steps_ = new QSpinBox;
    steps_->setObjectName(QStringLiteral("steps"));
    steps_->setRange(1, 1'000'000);
    form_->addRow(new QLabel, steps_);
    seed_ = new QSpinBox;
    seed_->setRange(0, 1'000'000);
    seed_->setValue(1);
    form_->addRow(new QLabel, seed_);
    makeComparisons();

    start_ = new QPushButton;
    start_->setObjectName(QStringLiteral("start"));
    pause_ = new QPushButton;
    pause_->setObjectName(QStringLiteral("pause"));
    stop_ = new QPushButton;
    stop_->setObjectName(QStringLiteral("stop"));
    auto *buttons = new WrappingRow; // so that the curve has its share of a narrow window
    for (QPushButton *button : {start_, pause_, stop_})
        buttons->addWidget(button);
    form_->addRow(buttons);
    connect(steps_, &QSpinBox::valueChanged, this, &TrainingPage::showRun);
    connect(open_, &QPushButton::clicked, this, &TrainingPage::openText);
    connect(start_, &QPushButton::clicked, this, &TrainingPage::start);
    connect(pause_, &QPushButton::clicked, this, &TrainingPage::pauseOrGoOn);
    connect(stop_, &QPushButton::clicked, runs_, &TrainingRuns::stop);
    return panel;
}

QWidget *TrainingPage::makeCurve()
{
    curve_ = addView([this] { return lossFigure(); });
    curve_->setObjectName(QStringLiteral("loss"));
    connect(curve_, &FigureView::hovered, this, [this](const Hit &hit) {
        if (hit.panel < 0 || hit.panel >= runs_->count())
            return;
        const QList<QPointF> &losses = runs_->at(runOfSeries(hit.panel)).losses();
        if (hit.row >= 0 && hit.row < losses.size())
            describe(tr("step %1 · loss %2")
                         .arg(QLocale().toString(losses[hit.row].x(), 'f', 0),
                              QLocale().toString(losses[hit.row].y(), 'f', 3)));
    });
    connect(curve_, &FigureView::left, this, [this] { describe(QString()); });

    status_ = new QLabel;
    status_->setObjectName(QStringLiteral("trainingStatus"));
    status_->setTextFormat(Qt::PlainText);
    status_->setWordWrap(true);
    snapshot_ = new QSlider(Qt::Horizontal);
    snapshot_->setObjectName(QStringLiteral("snapshot"));
    snapshotLabel_ = new QLabel;
    save_ = new QPushButton;
    save_->setObjectName(QStringLiteral("save"));
    shownRun_ = new QComboBox;
    shownRun_->setObjectName(QStringLiteral("shownRun"));
    auto *row = new QHBoxLayout;
    row->addWidget(snapshotLabel_, 1);
    row->addWidget(shownRun_);
    row->addWidget(save_);

    auto *panel = new QWidget;
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(status_);
    layout->addWidget(curve_, 1);
    layout->addWidget(snapshot_); // a row of its own: in a narrow window nothing would be left of it
    layout->addLayout(row);
    connect(snapshot_, &QSlider::valueChanged, this, [this](int index) { run().showSnapshot(index); });
    connect(shownRun_, &QComboBox::activated, runs_, &TrainingRuns::show);
    connect(save_, &QPushButton::clicked, this, &TrainingPage::saveModel);
    return panel;
}

QString TrainingPage::title()
{
    return tr("Training");
}

void TrainingPage::retranslate()
{
    const auto label = [this](QWidget *field, const QString &text) {
        auto *beside = static_cast<QLabel *>(form_->labelForField(field));
        beside->setText(text);
        beside->setBuddy(field);
    };
    label(preset_, tr("Learn from"));
    label(size_, tr("Size"));
    label(steps_, tr("Steps"));
    label(seed_, tr("Seed"));
    label(compare_, tr("Compare with"));
    const QStringList comparisons{tr("without positions"), tr("without activation"),
                                  tr("one head"),          tr("half d_model"),
                                  tr("twice d_model"),     tr("other initial weights")};
    for (qsizetype index = 0; index < comparisons_.size(); ++index)
        comparisons_[index]->setText(comparisons[index]);
    const QStringList presets{tr("Playground"), tr("Code book"), tr("A text of your own")};
    const QStringList tips{
        tr("Each letter is followed by the number of its group: a head learns to look at the "
           "token before."),
        tr("Pairs of letters, each with a number of its own: hardly to be learned without an "
           "activation."),
        tr("Sentences that you paste or open")};
    for (int index = 0; index < presets.size(); ++index) {
        preset_->setItemText(index, presets[index]);
        preset_->setItemData(index, tips[index], Qt::ToolTipRole);
    }
    preset_->setToolTip(preset_->currentData(Qt::ToolTipRole).toString());
    for (std::size_t index = 0; index < sizes.size(); ++index)
        size_->setItemText(static_cast<int>(index), tr("%1 × %2, d_model %3")
                                                        .arg(tr("%n layer(s)", nullptr, sizes[index].layers),
                                                             tr("%n head(s)", nullptr, sizes[index].heads))
                                                        .arg(sizes[index].d_model));
    text_->setPlaceholderText(tr("Paste a text here, a sentence or paragraph a line."));
    text_->setAccessibleName(tr("Text to learn from"));
    open_->setText(tr("Open a text…"));
    start_->setText(tr("Start"));
    stop_->setText(tr("Stop"));
    save_->setText(tr("Save model…"));
    snapshot_->setAccessibleName(tr("Saved steps"));
    showRun();
}

void TrainingPage::choosePreset()
{
    shownPreset_ = preset_->currentIndex();
    preset_->setToolTip(preset_->currentData(Qt::ToolTipRole).toString());
    const bool own = shownPreset_ == ownText;
    comparisons_[withoutActivation]->setChecked(shownPreset_ == codeBook);
    text_->setReadOnly(!own);
    form_->setRowVisible(size_, own);
    form_->setRowVisible(open_, own);
    if (own) {
        text_->clear();
        size_->setCurrentIndex(1);
        steps_->setValue(2000);
        return;
    }
    constexpr int seen = 12; // lines
    const TrainingPlan plan = shownPreset_ == codeBook ? code_book_plan() : playground_plan(seen);
    text_->setPlainText(plan.lines.mid(0, seen).join(QLatin1Char('\n')) + QStringLiteral("\n…"));
    size_->setCurrentIndex(0);
    steps_->setValue(plan.settings.steps);
}

void TrainingPage::makeComparisons()
{
    compare_ = new QToolButton;
    compare_->setObjectName(QStringLiteral("compare"));
    compare_->setPopupMode(QToolButton::InstantPopup);
    compare_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *menu = new QMenu(compare_);
    for (int index = 0; index < allVariations; ++index) {
        QAction *action = menu->addAction(QString());
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, &TrainingPage::showRun);
        comparisons_.append(action);
    }
    compare_->setMenu(menu);
    form_->addRow(new QLabel, compare_);
}

void TrainingPage::showComparisons()
{
    QStringList chosen;
    for (const QAction *action : std::as_const(comparisons_)) {
        if (action->isChecked())
            chosen.append(action->text());
    }
    compare_->setText(chosen.isEmpty() ? tr("nothing") : chosen.join(QStringLiteral(", ")));
    compare_->setToolTip(tr("Up to three more runs, on the same batches."));
    for (QAction *action : std::as_const(comparisons_))
        action->setEnabled(action->isChecked() || chosen.size() + 1 < TrainingRuns::most);
    shownRun_->setVisible(runs_->count() > 1);
    QStringList labels;
    for (int index = 0; index < runs_->count(); ++index)
        labels.append(runs_->label(index));
    const QSignalBlocker blocker(shownRun_);
    shownRun_->clear();
    shownRun_->addItems(labels);
    shownRun_->setCurrentIndex(runs_->shownIndex());
    shownRun_->setAccessibleName(tr("Run shown"));
}

std::vector<TrainingRuns::Start> TrainingPage::starts() const
{
    const TrainingPlan chosen = plan();
    const QStringList names{tr("playground"), tr("code book"), tr("own text")};
    const QString &name = names[preset_->currentIndex()];
    std::vector<TrainingRuns::Start> all{{chosen, name, tr("as chosen")}};
    for (int index = 0; index < allVariations; ++index) {
        if (!comparisons_[index]->isChecked())
            continue;
        TrainingPlan changed = chosen;
        switch (index) {
        case withoutPositions:
            changed.positions = false;
            break;
        case withoutActivation:
            changed.activation = Activation::identity;
            break;
        case oneHead:
            changed.heads = 1;
            break;
        case halfTheWidth:
            changed.d_model /= 2;
            changed.d_ff /= 2;
            break;
        case twiceTheWidth:
            changed.d_model *= 2;
            changed.d_ff *= 2;
            break;
        default:
            changed.weights_seed = chosen.settings.seed + 1;
        }
        all.push_back({changed, name + QStringLiteral(", ") + comparisons_[index]->text(),
                       comparisons_[index]->text()});
    }
    return all;
}

TrainingPlan TrainingPage::plan() const
{
    TrainingPlan plan;
    if (preset_->currentIndex() != ownText) {
        plan = preset_->currentIndex() == codeBook ? code_book_plan() : playground_plan();
    } else {
        const Size &size = sizes[static_cast<std::size_t>(size_->currentIndex())];
        plan = {.lines = text_->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts),
                .d_model = size.d_model,
                .heads = size.heads,
                .layers = size.layers,
                .d_ff = size.d_ff,
                .vocabulary = size.vocabulary};
        plan.settings.batch_tokens = 1024;
    }
    plan.settings.steps = steps_->value();
    plan.settings.warmup_steps = std::min(plan.settings.warmup_steps, plan.settings.steps / 10);
    plan.settings.seed = static_cast<unsigned>(seed_->value());
    return plan;
}

void TrainingPage::start()
{
    QString sentence = preset_->currentIndex() == ownText ? QString() : plan().lines.first();
    if (preset_->currentIndex() == codeBook) // with the number left to the model
        sentence = sentence.section(QLatin1Char(' '), 0, -2) + QStringLiteral(" [MASK]");
    runs_->start(starts(), sentence);
}

void TrainingPage::pauseOrGoOn()
{
    if (run().latest().state == TrainingRun::State::paused)
        runs_->goOn();
    else
        runs_->pause();
}

void TrainingPage::openText()
{
    auto *dialog = new QFileDialog(this, tr("Open a text to learn from"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        opening_.ask([file](const JobControl &) { return read_lines({file}).join(QLatin1Char('\n')); });
    });
    dialog->open();
}

void TrainingPage::saveModel()
{
    const int index = run().shownSnapshot();
    if (index < 0)
        return;
    const ModelPtr model = run().snapshots()[static_cast<std::size_t>(index)].model;
    auto *dialog = new QFileDialog(this, tr("Save the model as a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, model](const QString &folder) {
        status_->setText(tr("Saving…"));
        saving_.ask([model, folder](const JobControl &) {
            if (QFileInfo::exists(folder))
                throw Error(tr("%1 exists already: choose another name.").arg(folder));
            save_model(*model, folder);
            return folder;
        });
    });
    dialog->open();
}

int TrainingPage::runOfSeries(int series) const
{
    // The one that is shown comes first, the others in their order.
    if (series == 0)
        return runs_->shownIndex();
    return series <= runs_->shownIndex() ? series - 1 : series;
}

FigurePtr TrainingPage::lossFigure() const
{
    const TrainingRun &run = runs_->shown();
    const int shown = run.shownSnapshot();
    Losses losses{.losses = run.losses(),
                  .steps = run.losses().isEmpty() ? steps_->value() : run.latest().steps,
                  .shownStep = shown < 0 ? -1 : run.snapshots()[static_cast<std::size_t>(shown)].step};
    if (runs_->count() > 1) {
        losses.name = runs_->label(runs_->shownIndex());
        for (int series = 1; series < runs_->count(); ++series)
            losses.others.append(
                {runs_->label(runOfSeries(series)), runs_->at(runOfSeries(series)).losses()});
    }
    return lossCurve(losses);
}

QString TrainingPage::statusText() const
{
    const TrainingRun &run = runs_->shown();
    const TrainerUpdate &latest = run.latest();
    const QLocale locale;
    const QString loss =
        run.losses().isEmpty() ? QStringLiteral("–") : locale.toString(run.losses().last().y(), 'f', 3);
    const QString progress =
        tr("step %1 of %2 · loss %3").arg(locale.toString(latest.step), locale.toString(latest.steps), loss);
    switch (latest.state) {
    case TrainingRun::State::preparing:
        return run.active()
                   ? tr("Making a vocabulary from the text…")
                   : tr("Choose a text and start: every page then shows the sentence above under the "
                        "model being trained.");
    case TrainingRun::State::running: {
        const double tokens = latest.tokens_per_second;
        return tr("Learning: %1 · %2 tokens/s").arg(progress, locale.toString(tokens, 'f', 0));
    }
    case TrainingRun::State::paused:
        return tr("Paused: %1").arg(progress);
    case TrainingRun::State::finished:
        return tr("Finished: %1").arg(progress);
    case TrainingRun::State::stopped:
        return tr("Stopped: %1").arg(progress);
    case TrainingRun::State::failed:
        return latest.problem;
    }
    return {};
}

void TrainingPage::showRun()
{
    const TrainingRun &run = runs_->shown();
    const bool active = runs_->active();
    const bool paused = run.latest().state == TrainingRun::State::paused;
    start_->setEnabled(!active);
    pause_->setEnabled(active && run.latest().state != TrainingRun::State::preparing);
    pause_->setText(paused ? tr("Go on") : tr("Pause"));
    stop_->setEnabled(active);
    QString status = statusText();
    if (run.replacedSentence())
        status +=
            QLatin1Char('\n') + tr("The sentence above is now one of this text's: the new vocabulary has "
                                   "no pieces for yours. Undo brings yours and the model before back.");
    status_->setText(status);

    curve_->remake();

    showComparisons();
    const auto &snapshots = run.snapshots();
    const int shown = run.shownSnapshot();
    const QSignalBlocker blocker(snapshot_);
    snapshot_->setEnabled(snapshots.size() > 1);
    snapshot_->setMaximum(std::max(static_cast<int>(snapshots.size()) - 1, 0));
    snapshot_->setValue(shown);
    save_->setEnabled(shown >= 0);
    const int step = shown < 0 ? 0 : snapshots[static_cast<std::size_t>(shown)].step;
    snapshotLabel_->setText(tr("Shown: step %1").arg(QLocale().toString(step)));
}

} // namespace encoderscope
