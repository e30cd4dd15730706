// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_dialog.h"

#include "engine/error.h"
#include "ui/figures/figure_renderer.h"
#include "ui/plain_text.h"
#include "ui/window/export_form.h"
#include "ui/window/figure_preview.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace encoderscope
{

ExportDialog::ExportDialog(FigurePtr figure, const Viewpoint &viewpoint, ExportOthers others, QWidget *parent)
    : QDialog(parent)
    , figure_(withShownPart(figure, viewpoint))
    , viewpoint_(viewpoint)
    , others_(std::move(others))
    , writing_([this](const Result<int> &files) { finish(files); },
               [this](const Progress &progress) {
                   progress_->setValue(static_cast<int>(progress.done));
                   say(progressText_(progress));
               })
    , preview_(new FigurePreview(this))
    , form_(new ExportForm(this))
{
    setWindowTitle(tr("Export figure"));
    auto *controls = new QVBoxLayout;
    controls->addWidget(form_);
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
    const ExportChoice last = loadExportChoice();
    folder_ = last.folder;
    form_->read(last);
    form_->setTexts(figure_->title, figure_->caption);
    connect(form_, &ExportForm::changed, this, &ExportDialog::refresh);
    refresh();
    resize(1000, 660);
}

ExportDialog::~ExportDialog()
{
    storeExportChoice(choice());
}

QWidget *ExportDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    save_ = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    save_->setShortcut(QKeySequence::Save);
    save_->setDefault(true);
    QPushButton *copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    saveHeads_ = buttons->addButton(tr("All heads…"), QDialogButtonBox::ActionRole);
    saveHeads_->setToolTip(tr("The attention of every head of every layer, a file each, into a folder"));
    saveFigures_ = buttons->addButton(tr("All figures…"), QDialogButtonBox::ActionRole);
    saveFigures_->setToolTip(tr("Every figure of every page, light and dark, into a folder"));
    for (QPushButton *button : {saveHeads_, saveFigures_})
        button->setVisible(others_.frame != nullptr && *others_.frame);
    connect(save_, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(copyButton, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(saveHeads_, &QPushButton::clicked, this, [this] {
        chooseFolder(tr("Folder for the files of all heads"), [this](const QString &folder) {
            saveAll(allHeads(*others_.frame), {choice().theme}, folder);
        });
    });
    connect(saveFigures_, &QPushButton::clicked, this, [this] {
        chooseFolder(tr("Folder for all figures"), [this](const QString &folder) {
            saveAll(others_.all, {Theme::light, Theme::dark}, folder);
        });
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

ExportChoice ExportDialog::choice() const
{
    ExportChoice chosen = form_->choice();
    chosen.folder = folder_;
    return chosen;
}

void ExportDialog::refresh()
{
    const ExportChoice chosen = choice();
    const FigurePtr figure = form_->withTexts(figure_);
    const FileOptions options = chosen.options(figure, viewpoint_);
    preview_->present(figure, chosen.style(), options);
    form_->showSize(options);
}

void ExportDialog::copy()
{
    const Result<Done> copied = attempt([this] {
        const ExportChoice chosen = choice();
        const FigurePtr figure = form_->withTexts(figure_);
        QGuiApplication::clipboard()->setMimeData(
            figureMimeData(figure, chosen.style(), chosen.options(figure, viewpoint_)).release());
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
    const FigurePtr whole = form_->withTexts(figure_);
    const FileOptions options = chosen.options(whole, viewpoint_);
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
    rows->all = slowRows(*whole);
    if (rows->all > 0) {
        const FigurePtr figure = watched(*whole, [rows](int count) {
            rows->done += count;
            rows->control->report(rows->done, rows->all);
            throwIfStopped(rows->control->stop());
        });
        start(
            rows->all,
            [=](const JobControl &control) {
                rows->control = &control;
                writeFigure(figure, chosen.style(), path, format, options);
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
    const Result<Done> written = attempt([&] { writeFigure(whole, chosen.style(), path, format, options); });
    say(written ? saved() : written.problem());
}

void ExportDialog::chooseFolder(const QString &title,
                                const std::function<void(const QString &folder)> &chosen)
{
    auto *dialog = new QFileDialog(this, title, folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, chosen);
    dialog->open();
}

void ExportDialog::saveAll(const std::vector<FigureOrder> &orders, const std::vector<Theme> &themes,
                           const QString &folder)
{
    folder_ = folder;
    const int total = static_cast<int>(orders.size());
    const auto problem = std::make_shared<QString>(); // of a file that was written in this thread
    start(
        total,
        [this, frame = others_.frame, orders, themes, chosen = choice(), folder,
         problem](const JobControl &control) {
            if (!QDir().mkpath(folder))
                throw Error(tr("The folder %1 cannot be made.").arg(folder));
            int written = 0;
            for (std::size_t index = 0; index < orders.size() && !control.stop().stop_requested(); ++index) {
                const FigurePtr figure = figureOf(orders[index], *frame, control.stop());
                for (const Theme theme : themes) {
                    if (!figure)
                        break; // this model or text has none
                    ExportChoice look = chosen;
                    look.theme = theme;
                    const QString name =
                        figure->name +
                        (themes.size() > 1 && theme == Theme::dark ? QStringLiteral("-dark") : QString()) +
                        QLatin1Char('.') + suffixOf(look.format);
                    const auto write = [=, viewpoint = orders[index].viewpoint] {
                        writeFigure(figure, look.style(), QDir(folder).filePath(name), look.format,
                                    look.options(figure, viewpoint));
                    };
                    if (needsGuiThread(*figure))
                        control.post([this, write, problem] {
                            if (problem->isEmpty())
                                *problem = attempt(write).problem();
                            if (!problem->isEmpty())
                                writing_.cancel();
                        });
                    else
                        write();
                    ++written;
                }
                control.report(static_cast<int>(index) + 1, static_cast<int>(orders.size()));
            }
            return written;
        },
        [](const Progress &progress) {
            return tr("%1 of %2 figures, %3 s left")
                .arg(progress.done)
                .arg(progress.total)
                .arg(std::ceil(progress.secondsLeft), 0, 'f', 0);
        },
        [folder, problem](const Result<int> &files) {
            if (!problem->isEmpty())
                return *problem;
            return files ? tr("%n file(s) written to %1.", nullptr, *files)
                               .arg(QDir::toNativeSeparators(folder))
                         : tr("Cancelled.");
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
    for (QPushButton *button : {save_, saveHeads_, saveFigures_})
        button->setEnabled(!running);
}

void ExportDialog::say(const QString &message)
{
    message_->setText(message);
}

void exportFigure(QWidget *parent, const FigurePtr &figure, const Viewpoint &viewpoint, ExportOthers others)
{
    if (figure == nullptr)
        return;
    auto *dialog = new ExportDialog(figure, viewpoint, std::move(others), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void copyFigure(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    const ExportChoice choice = loadExportChoice();
    QGuiApplication::clipboard()->setMimeData(
        figureMimeData(withShownPart(figure, viewpoint), choice.style(), choice.options(figure, viewpoint))
            .release());
}

} // namespace encoderscope
