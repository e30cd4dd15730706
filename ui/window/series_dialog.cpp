// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/series_dialog.h"

#include "ui/figures/figure_renderer.h"
#include "ui/plain_text.h"
#include "ui/window/export_choice.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>

namespace encoderscope
{

namespace
{

/// Runs `paint` in the thread of the job's owner and waits for it; not when the job is told to stop before.
void inOwnersThread(const JobControl &control, const std::function<void()> &paint)
{
    struct Turn {
        std::mutex mutex;
        std::condition_variable over;
        bool done = false;
        bool givenUp = false;
        std::exception_ptr problem;
    };
    const auto turn = std::make_shared<Turn>();
    control.post([turn, &paint] { // `paint` lives until it has run or was given up
        const std::lock_guard lock(turn->mutex);
        if (turn->givenUp)
            return;
        try {
            paint();
        } catch (...) {
            turn->problem = std::current_exception();
        }
        turn->done = true;
        turn->over.notify_one();
    });
    std::unique_lock lock(turn->mutex);
    while (!turn->done) {
        turn->givenUp = control.stop().stop_requested();
        throwIfStopped(control.stop());
        turn->over.wait_for(lock, std::chrono::milliseconds(20));
    }
    if (turn->problem)
        std::rethrow_exception(turn->problem);
}

} // namespace

SeriesDialog::SeriesDialog(std::vector<SeriesSource> sources, QWidget *parent)
    : QDialog(parent)
    , sources_(std::move(sources))
    , source_(new QComboBox)
    , format_(new QComboBox)
    , secondsLabel_(new QLabel(tr("Each stands for")))
    , seconds_(new QDoubleSpinBox)
    , message_(plainLabel())
    , progress_(new QProgressBar)
    , cancel_(new QPushButton(tr("Cancel")))
    , writing_(
          [this](const Result<int> &files) {
              showRunning(false);
              if (!files.problem().isEmpty())
                  message_->setText(files.problem());
              else if (files.wasStopped())
                  message_->setText(tr("Cancelled."));
              else
                  message_->setText(
                      tr("%n file(s) written: %1.", nullptr, *files).arg(QDir::toNativeSeparators(path_)));
          },
          [this](const Progress &progress) {
              progress_->setValue(static_cast<int>(progress.done));
              message_->setText(tr("%1 s left").arg(std::ceil(progress.secondsLeft), 0, 'f', 0));
          })
{
    setWindowTitle(tr("Export a series of figures"));
    for (const SeriesSource &source : sources_)
        source_->addItem(source.title);
    source_->setObjectName(QStringLiteral("source"));
    format_->setObjectName(QStringLiteral("format"));
    for (const auto &[format, name] : {std::pair(FigureFormat::webp, tr("one animated WebP")),
                                       std::pair(FigureFormat::png, tr("numbered PNG files")),
                                       std::pair(FigureFormat::svg, tr("numbered SVG files")),
                                       std::pair(FigureFormat::pdf, tr("numbered PDF files"))})
        format_->addItem(name, static_cast<int>(format));
    seconds_->setRange(0.1, 60.0);
    seconds_->setDecimals(1);
    seconds_->setValue(2.0);
    seconds_->setSuffix(tr(" s"));
    secondsLabel_->setBuddy(seconds_);
    auto *look = plainLabel();
    look->setText(
        tr("The pictures look as the figure did that you exported last: theme, colours, size of text."));
    for (QLabel *label : {look, message_})
        label->setWordWrap(true);
    auto *form = new QFormLayout;
    form->addRow(tr("Pictures of"), source_);
    form->addRow(tr("As"), format_);
    form->addRow(secondsLabel_, seconds_);
    auto *running = new QHBoxLayout;
    running->addWidget(progress_, 1);
    running->addWidget(cancel_);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    save_ = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    save_->setObjectName(QStringLiteral("save"));
    save_->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(look);
    layout->addStretch(1);
    layout->addWidget(message_);
    layout->addLayout(running);
    layout->addWidget(buttons);
    connect(format_, &QComboBox::currentIndexChanged, this, &SeriesDialog::refresh);
    connect(save_, &QPushButton::clicked, this, &SeriesDialog::chooseFile);
    connect(cancel_, &QPushButton::clicked, this, [this] { writing_.cancel(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
    showRunning(false);
    resize(520, 260);
}

SeriesDialog::~SeriesDialog() = default;

FigureFormat SeriesDialog::format() const
{
    return static_cast<FigureFormat>(format_->currentData().toInt());
}

void SeriesDialog::refresh()
{
    const bool animated = format() == FigureFormat::webp;
    seconds_->setEnabled(animated);
    secondsLabel_->setEnabled(animated);
}

void SeriesDialog::showRunning(bool running)
{
    progress_->setVisible(running);
    cancel_->setVisible(running);
    for (QWidget *widget : std::initializer_list<QWidget *>{source_, format_, save_})
        widget->setEnabled(!running);
}

void SeriesDialog::chooseFile()
{
    const bool animated = format() == FigureFormat::webp;
    const QString folder = loadExportChoice().folder;
    auto *dialog =
        new QFileDialog(this, animated ? tr("Save the animation") : tr("Folder for the pictures"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (animated) {
        const QString suffix = suffixOf(FigureFormat::webp);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(suffix);
        dialog->setNameFilter(QStringLiteral("WebP (*.%1)").arg(suffix));
        dialog->selectFile(sources_[static_cast<std::size_t>(source_->currentIndex())].fileName +
                           QLatin1Char('.') + suffix);
    } else {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    }
    connect(dialog, &QFileDialog::fileSelected, this, &SeriesDialog::save);
    dialog->open();
}

void SeriesDialog::save(const QString &path)
{
    path_ = path;
    ExportChoice choice = loadExportChoice();
    choice.folder =
        format() == FigureFormat::webp ? QFileInfo(path).absolutePath() : QDir(path).absolutePath();
    storeExportChoice(choice);
    constexpr double unitsAMillimetre = 96.0 / 25.4;
    const SeriesFiles files{.output = path,
                            .format = format(),
                            .style = choice.style(),
                            .width = choice.widthMillimetres * unitsAMillimetre,
                            .height = choice.heightMillimetres * unitsAMillimetre,
                            .scale = choice.dotsAnInch / 96.0,
                            .each = std::chrono::milliseconds(std::lround(1000.0 * seconds_->value()))};
    const SeriesSource source = sources_[static_cast<std::size_t>(source_->currentIndex())];
    progress_->setRange(0, 2 * source.count);
    progress_->setValue(0);
    message_->clear();
    showRunning(true);
    writing_.ask([source, files](const JobControl &control) {
        const int total = 2 * source.count;
        const std::vector<FigurePtr> figures =
            source.make(control, [&control, total](int made) { control.report(made, total); });
        return writeSeries(
            figures, files,
            [&control](const Figure &figure, const std::function<void()> &paint) {
                if (needsGuiThread(figure))
                    inOwnersThread(control, paint);
                else
                    paint();
            },
            [&](int done) { control.report(source.count + done, total); }, control.stop());
    });
}

} // namespace encoderscope
