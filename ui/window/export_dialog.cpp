// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_dialog.h"

#include "ui/figures/all_heads.h"
#include "ui/plain_text.h"
#include "ui/window/figure_preview.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double millimetresAUnit = 25.4 / 96.0;

bool isPicture(FigureFormat format)
{
    return format == FigureFormat::png || format == FigureFormat::svg || format == FigureFormat::pdf;
}

} // namespace

ExportDialog::ExportDialog(FigurePtr figure, const ComparedTrace &trace, QWidget *parent)
    : QDialog(parent)
    , figure_(std::move(figure))
    , trace_(trace)
    , writing_([this](const Result<int> &files) { finish(files); },
               [this](const Progress &progress) {
                   progress_->setValue(static_cast<int>(progress.done));
                   say(progressText_(progress));
               })
    , preview_(new FigurePreview(figure_, this))
{
    setWindowTitle(tr("Export figure"));
    auto *controls = new QVBoxLayout;
    controls->addWidget(makeControls());
    controls->addStretch();
    auto *upper = new QHBoxLayout;
    upper->addWidget(preview_, 1);
    upper->addLayout(controls);
    message_ = plainLabel();
    message_->setWordWrap(true);
    progress_ = new QProgressBar(this);
    cancel_ = new QPushButton(tr("Cancel"), this);
    auto *running = new QHBoxLayout;
    running->addWidget(progress_, 1);
    running->addWidget(cancel_);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(upper, 1);
    layout->addWidget(message_);
    layout->addLayout(running);
    layout->addWidget(makeButtons());
    showRunning(false);
    connect(cancel_, &QPushButton::clicked, this, [this] { writing_.cancel(); });
    read(loadExportChoice());
    refresh();
    resize(920, 620);
}

ExportDialog::~ExportDialog()
{
    storeExportChoice(choice());
}

QWidget *ExportDialog::makeControls()
{
    auto *controls = new QWidget(this);
    auto *form = new QFormLayout(controls);
    format_ = new QComboBox(controls);
    for (const auto &[format, name] :
         {std::pair(FigureFormat::svg, tr("SVG (vectors)")),
          std::pair(FigureFormat::pdf, tr("PDF (vectors)")), std::pair(FigureFormat::png, tr("PNG (pixels)")),
          std::pair(FigureFormat::csv, tr("CSV (numbers)")),
          std::pair(FigureFormat::json, tr("JSON (numbers)")),
          std::pair(FigureFormat::npy, tr("NPY (numbers)"))})
        format_->addItem(name, static_cast<int>(format));
    width_ = new QDoubleSpinBox(controls);
    width_->setRange(0.0, 2000.0);
    width_->setDecimals(1);
    width_->setSuffix(tr(" mm"));
    width_->setSpecialValueText(tr("as needed"));
    text_ = new QDoubleSpinBox(controls);
    text_->setRange(5.0, 36.0);
    text_->setDecimals(1);
    text_->setSuffix(tr(" pt"));
    resolution_ = new QComboBox(controls);
    for (const int dots : {96, 144, 192, 300, 600})
        resolution_->addItem(tr("%1 dpi").arg(dots), dots);
    theme_ = new QComboBox(controls);
    theme_->addItem(tr("Light"), static_cast<int>(Theme::light));
    theme_->addItem(tr("Dark"), static_cast<int>(Theme::dark));
    title_ = new QCheckBox(tr("Title"), controls);
    caption_ = new QCheckBox(tr("Caption"), controls);
    size_ = plainLabel();
    form->addRow(tr("Format"), format_);
    form->addRow(tr("Width"), width_);
    form->addRow(tr("Text"), text_);
    form->addRow(tr("Resolution"), resolution_);
    form->addRow(tr("Theme"), theme_);
    form->addRow(QString(), title_);
    form->addRow(QString(), caption_);
    form->addRow(tr("Size"), size_);
    for (QComboBox *box : {format_, resolution_, theme_})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    for (QDoubleSpinBox *box : {width_, text_})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
    for (QCheckBox *box : {title_, caption_})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
    return controls;
}

QWidget *ExportDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    save_ = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    save_->setShortcut(QKeySequence::Save);
    save_->setDefault(true);
    QPushButton *copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    saveAll_ = buttons->addButton(tr("All heads…"), QDialogButtonBox::ActionRole);
    saveAll_->setToolTip(tr("The attention of every head of every layer, a file each, into a folder"));
    saveAll_->setVisible(static_cast<bool>(trace_));
    connect(save_, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(copyButton, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(saveAll_, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void ExportDialog::read(const ExportChoice &choice)
{
    format_->setCurrentIndex(format_->findData(static_cast<int>(choice.format)));
    theme_->setCurrentIndex(theme_->findData(static_cast<int>(choice.theme)));
    width_->setValue(choice.widthMillimetres);
    text_->setValue(choice.textPoints);
    const int resolution = resolution_->findData(choice.dotsAnInch);
    resolution_->setCurrentIndex(resolution < 0 ? 2 : resolution);
    title_->setChecked(choice.title);
    caption_->setChecked(choice.caption);
    folder_ = choice.folder;
}

ExportChoice ExportDialog::choice() const
{
    return {.format = static_cast<FigureFormat>(format_->currentData().toInt()),
            .theme = static_cast<Theme>(theme_->currentData().toInt()),
            .textPoints = text_->value(),
            .widthMillimetres = width_->value(),
            .dotsAnInch = resolution_->currentData().toInt(),
            .title = title_->isChecked(),
            .caption = caption_->isChecked(),
            .folder = folder_};
}

void ExportDialog::refresh()
{
    const ExportChoice chosen = choice();
    const bool picture = isPicture(chosen.format);
    for (QWidget *widget :
         {static_cast<QWidget *>(width_), static_cast<QWidget *>(text_), static_cast<QWidget *>(theme_),
          static_cast<QWidget *>(title_), static_cast<QWidget *>(caption_)})
        widget->setEnabled(picture);
    resolution_->setEnabled(chosen.format == FigureFormat::png);
    const FileOptions options = chosen.options(*figure_);
    preview_->present(chosen.style(), options.size);
    if (chosen.format == FigureFormat::png)
        size_->setText(tr("%1 × %2 pixels")
                           .arg(std::ceil(options.size.width() * options.scale))
                           .arg(std::ceil(options.size.height() * options.scale)));
    else if (picture)
        size_->setText(tr("%1 × %2 mm")
                           .arg(options.size.width() * millimetresAUnit, 0, 'f', 0)
                           .arg(options.size.height() * millimetresAUnit, 0, 'f', 0));
    else
        size_->setText(tr("every value"));
}

void ExportDialog::copy()
{
    const Result<Done> copied = attempt([this] {
        const ExportChoice chosen = choice();
        QGuiApplication::clipboard()->setMimeData(
            figureMimeData(*figure_, chosen.style(), chosen.options(*figure_)).release());
    });
    say(copied ? tr("Copied.") : copied.problem());
}

void ExportDialog::chooseFile()
{
    const QString suffix = suffixOf(choice().format);
    auto *dialog = new QFileDialog(this, tr("Save figure"), folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    dialog->selectFile((figure_->name.isEmpty() ? QStringLiteral("figure") : figure_->name) +
                       QLatin1Char('.') + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::save);
    dialog->open();
}

void ExportDialog::save(const QString &path)
{
    const ExportChoice chosen = choice();
    const FileOptions options = chosen.options(*figure_);
    const FigureFormat format = knownFormat(path).value_or(chosen.format); // as the name says, if it does
    const auto saved = [this, path] {
        folder_ = QFileInfo(path).absolutePath();
        return tr("Saved as %1.").arg(QDir::toNativeSeparators(path));
    };

    // A large figure is written beside the window; it tells how far it is by the rows that it asks for.
    struct Rows {
        const JobControl *control = nullptr;
        int done = 0, all = 0;
    };
    const auto rows = std::make_shared<Rows>();
    const SlowFigure slow = figure_->slowCopy([rows](int count) {
        rows->done += count;
        rows->control->report(rows->done, rows->all);
        throwIfStopped(rows->control->stop());
    });
    rows->all = slow.rows;
    if (slow.figure) {
        start(
            slow.rows,
            [=, figure = slow.figure](const JobControl &control) {
                rows->control = &control;
                writeFigure(*figure, chosen.style(), path, format, options);
                return 1;
            },
            [](const Progress &progress) {
                return tr("Writing, %1 s left").arg(std::ceil(progress.secondsLeft), 0, 'f', 0);
            },
            [saved](const Result<int> &files) {
                return files.wasStopped() ? tr("Cancelled; nothing was written.") : saved();
            });
        return;
    }
    const Result<Done> written =
        attempt([&] { writeFigure(*figure_, chosen.style(), path, format, options); });
    say(written ? saved() : written.problem());
}

void ExportDialog::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder for the files of all heads"), folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::saveAllHeads);
    dialog->open();
}

void ExportDialog::saveAllHeads(const QString &folder)
{
    const ExportChoice chosen = choice();
    const int count = trace_.trace().layers() * trace_.trace().heads();
    folder_ = folder;
    start(
        count,
        [trace = trace_, chosen, folder](const JobControl &control) {
            const AllHeads heads(trace, {}, folder, chosen.format, chosen.style(),
                                 {.scale = chosen.dotsAnInch / 96.0});
            int written = 0;
            while (written < heads.count() && !control.stop().stop_requested()) {
                heads.write(written++);
                control.report(written, heads.count());
            }
            return written;
        },
        [](const Progress &progress) {
            return tr("%1 of %2 files, %3 s left")
                .arg(progress.done)
                .arg(progress.total)
                .arg(std::ceil(progress.secondsLeft), 0, 'f', 0);
        },
        [folder](const Result<int> &files) {
            return tr("%n file(s) written to %1.", nullptr, *files).arg(QDir::toNativeSeparators(folder));
        });
}

void ExportDialog::start(int total, Job<int>::Work write, ProgressText progress, ResultText result)
{
    progressText_ = std::move(progress);
    resultText_ = std::move(result);
    progress_->setRange(0, total);
    progress_->setValue(0);
    say(QString());
    showRunning(true);
    writing_.ask(std::move(write));
}

void ExportDialog::finish(const Result<int> &files)
{
    showRunning(false);
    say(files.problem().isEmpty() ? resultText_(files) : files.problem());
}

void ExportDialog::showRunning(bool running)
{
    for (QWidget *widget : {static_cast<QWidget *>(progress_), static_cast<QWidget *>(cancel_)})
        widget->setVisible(running);
    save_->setEnabled(!running);
    saveAll_->setEnabled(!running);
}

void ExportDialog::say(const QString &message)
{
    message_->setText(message);
}

void exportFigure(QWidget *parent, const FigurePtr &figure, const ComparedTrace &trace)
{
    if (figure == nullptr)
        return;
    // What is under the pointer is of the moment; what is pinned belongs to the picture.
    figure->emphasis.hoveredRow = figure->emphasis.hoveredColumn = -1;
    auto *dialog = new ExportDialog(figure, trace, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void copyFigure(const Figure &figure)
{
    const ExportChoice choice = loadExportChoice();
    QGuiApplication::clipboard()->setMimeData(
        figureMimeData(figure, choice.style(), choice.options(figure)).release());
}

} // namespace encoderscope
