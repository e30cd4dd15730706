// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/training_page.h"

#include "engine/error.h"
#include "engine/model/save_model.h"
#include "ui/figures/catalogue/loss_figure.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>

#include <array>
#include <cmath>

namespace encoderscope
{

namespace
{

enum Preset { playground, ownText };

struct Size {
    int d_model, heads, layers, d_ff, vocabulary;
};
constexpr std::array<Size, 3> sizes{{{32, 2, 1, 64, 500}, {64, 4, 2, 256, 2000}, {128, 4, 4, 512, 8000}}};

} // namespace

TrainingPage::TrainingPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , run_(new TrainingRun(session, this))
    , opening_([this](const Result<QString> &text) {
        if (text)
            text_->setPlainText(*text);
        else
            status_->setText(text.problem());
    })
    , saving_([this](const Result<QString> &folder) {
        status_->setText(folder ? tr("Saved as %1.").arg(*folder) : folder.problem());
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
    connect(run_, &TrainingRun::changed, this, &TrainingPage::showRun);
    showRun();
}

QWidget *TrainingPage::makeForm()
{
    auto *panel = new QWidget;
    form_ = new QFormLayout(panel);
    form_->setContentsMargins(0, 0, 8, 0);
    preset_ = new QComboBox;
    preset_->setObjectName(QStringLiteral("preset"));
    preset_->addItems({QString(), QString()});
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

    start_ = new QPushButton;
    start_->setObjectName(QStringLiteral("start"));
    pause_ = new QPushButton;
    pause_->setObjectName(QStringLiteral("pause"));
    stop_ = new QPushButton;
    stop_->setObjectName(QStringLiteral("stop"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {start_, pause_, stop_})
        buttons->addWidget(button);
    form_->addRow(buttons);
    connect(preset_, &QComboBox::activated, this, &TrainingPage::choosePreset);
    connect(steps_, &QSpinBox::valueChanged, this, &TrainingPage::showRun);
    connect(open_, &QPushButton::clicked, this, &TrainingPage::openText);
    connect(start_, &QPushButton::clicked, this, &TrainingPage::start);
    connect(pause_, &QPushButton::clicked, this, &TrainingPage::pauseOrGoOn);
    connect(stop_, &QPushButton::clicked, run_, &TrainingRun::stop);
    return panel;
}

QWidget *TrainingPage::makeCurve()
{
    curve_ = addView([this] { return lossFigure(); });
    curve_->setObjectName(QStringLiteral("lossCurve"));
    connect(curve_, &FigureView::hovered, this, [this](const Hit &hit) {
        const QList<QPointF> &losses = run_->losses();
        if (hit.panel == 0 && hit.row >= 0 && hit.row < losses.size())
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
    auto *row = new QHBoxLayout;
    row->addWidget(snapshotLabel_, 1);
    row->addWidget(save_);

    auto *panel = new QWidget;
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(status_);
    layout->addWidget(curve_, 1);
    layout->addWidget(snapshot_); // a row of its own: in a narrow window nothing would be left of it
    layout->addLayout(row);
    connect(snapshot_, &QSlider::valueChanged, run_, &TrainingRun::showSnapshot);
    connect(save_, &QPushButton::clicked, this, &TrainingPage::saveModel);
    return panel;
}

QString TrainingPage::title() const
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
    preset_->setItemText(playground, tr("Playground: look at the token before"));
    preset_->setItemText(ownText, tr("A text of your own"));
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
    const bool own = preset_->currentIndex() == ownText;
    text_->setReadOnly(!own);
    size_->setEnabled(own);
    open_->setEnabled(own);
    if (own) {
        text_->clear();
        size_->setCurrentIndex(1);
        steps_->setValue(2000);
        return;
    }
    const TrainingPlan plan = playground_plan();
    text_->setPlainText(plan.lines.mid(0, 12).join(QLatin1Char('\n')) + QStringLiteral("\n…"));
    size_->setCurrentIndex(0);
    steps_->setValue(plan.settings.steps);
}

TrainingPlan TrainingPage::plan() const
{
    TrainingPlan plan;
    if (preset_->currentIndex() == playground) {
        plan = playground_plan();
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
    const TrainingPlan chosen = plan();
    if (preset_->currentIndex() == playground)
        run_->start(chosen, tr("playground"), chosen.lines.first());
    else
        run_->start(chosen, tr("own text"));
}

void TrainingPage::pauseOrGoOn()
{
    if (run_->latest().state == TrainingRun::State::paused)
        run_->goOn();
    else
        run_->pause();
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
    const int index = run_->shownSnapshot();
    if (index < 0)
        return;
    const ModelPtr model = run_->snapshots()[static_cast<std::size_t>(index)].model;
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

FigurePtr TrainingPage::lossFigure() const
{
    const int shown = run_->shownSnapshot();
    return lossCurve({.losses = run_->losses(),
                      .steps = run_->losses().isEmpty() ? steps_->value() : run_->latest().steps,
                      .shownStep = shown < 0 ? -1 : run_->snapshots()[static_cast<std::size_t>(shown)].step});
}

QString TrainingPage::statusText() const
{
    const TrainerUpdate &latest = run_->latest();
    const QLocale locale;
    const QString loss =
        run_->losses().isEmpty() ? QStringLiteral("–") : locale.toString(run_->losses().last().y(), 'f', 3);
    const QString progress =
        tr("step %1 of %2 · loss %3").arg(locale.toString(latest.step), locale.toString(latest.steps), loss);
    switch (latest.state) {
    case TrainingRun::State::preparing:
        return run_->active()
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
    const bool active = run_->active();
    const bool paused = run_->latest().state == TrainingRun::State::paused;
    start_->setEnabled(!active);
    pause_->setEnabled(active && run_->latest().state != TrainingRun::State::preparing);
    pause_->setText(paused ? tr("Go on") : tr("Pause"));
    stop_->setEnabled(active);
    QString status = statusText();
    if (run_->replacedSentence())
        status +=
            QLatin1Char('\n') + tr("The sentence above is now one of this text's: the new vocabulary has "
                                   "no pieces for yours. Undo brings yours and the model before back.");
    status_->setText(status);

    curve_->remake();

    const auto &snapshots = run_->snapshots();
    const int shown = run_->shownSnapshot();
    const QSignalBlocker blocker(snapshot_);
    snapshot_->setEnabled(snapshots.size() > 1);
    snapshot_->setMaximum(std::max(static_cast<int>(snapshots.size()) - 1, 0));
    snapshot_->setValue(shown);
    save_->setEnabled(shown >= 0);
    const int step = shown < 0 ? 0 : snapshots[static_cast<std::size_t>(shown)].step;
    snapshotLabel_->setText(tr("Shown: step %1").arg(QLocale().toString(step)));
}

} // namespace encoderscope
