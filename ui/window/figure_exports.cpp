// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_exports.h"

#include "engine/model/model_hash.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/pages/page.h"
#include "ui/pages/training_page.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/window/export_dialog.h"
#include "ui/window/page_stack.h"
#include "ui/window/series_dialog.h"
#include "ui/worked/worked_example.h"

#include <QMainWindow>
#include <QStatusBar>

#include <utility>

namespace encoderscope
{

FigureExports::FigureExports(Session &session, PageStack &pages, WorkedExample &worked, LessonGuide &lessons,
                             QMainWindow &window)
    : QObject(&window)
    , session_(session)
    , pages_(pages)
    , worked_(worked)
    , lessons_(lessons)
    , window_(window)
    , heads_(*findFigureKind(QStringLiteral("heads")),
             [this] { exportOne(heads_.figure(session_.frame(), {}), {}); })
{
}

void FigureExports::exportOne(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    ExportOthers others;
    FigurePtr named = figure;
    if (figure && session_.shown()) {
        auto frame = std::make_shared<Frame>(*session_.frame());
        frame->state.input.reference.hash = model_hash(frame->trace().model_pointer());
        named = withModelHash(figure, frame->trace().model());
        others.frame = std::move(frame);
    }
    others.all = pages_.figures();
    others.all.push_back({.kind = &worked_.kind(), .parameters = worked_.parameters()});
    exportFigure(&window_, named, viewpoint, std::move(others));
}

void FigureExports::exportHeads()
{
    if (!session_.shown())
        return;
    if (const FigurePtr figure = heads_.figure(session_.frame(), {}); !heads_.waiting())
        exportOne(figure, {});
    else
        window_.statusBar()->showMessage(tr("Computing…"), 3000);
}

void FigureExports::exportSeries()
{
    if (!session_.shown())
        return;
    std::vector<SeriesSource> sources;
    if (lessons_.active())
        sources.push_back(
            stepsOf(lessons_.lessons()[static_cast<std::size_t>(lessons_.lesson())], session_.state()));
    FigureOrder shown{.kind = findFigureKind(QStringLiteral("heads"))}; // where the page shows none
    for (const FigureOrder &order : pages_.current()->figures()) {
        if (order.kind && QLatin1String(order.kind->name) == pages_.current()->currentKind())
            shown = {.kind = order.kind, .parameters = order.parameters};
    }
    const ParameterKinds kinds = shown.kind->parameters();
    if (const ParameterKind *layer = layerOf(kinds))
        sources.push_back(layersOf(shown, *layer, session_.frame()));
    const TrainingRuns &training = static_cast<TrainingPage *>(pages_.page(PageIndex::training))->runs();
    if (const std::vector<Snapshot> &snapshots = training.shown().snapshots(); snapshots.size() > 1)
        sources.push_back(trainingOf(shown, snapshots, session_.state()));
    if (sources.empty()) {
        showMessage(
            &window_, QMessageBox::Warning, tr("Export a series of figures"),
            tr("There is nothing to show one after the other: open a chapter of the course, a figure of one "
               "layer, or a training."));
        return;
    }
    auto *dialog = new SeriesDialog(std::move(sources), &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void FigureExports::copy(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    if (figure == nullptr)
        return;
    const Result<Done> copied = attempt([&] {
        copyFigure(session_.shown() ? withModelHash(figure, session_.shown().trace().model()) : figure,
                   viewpoint);
    });
    if (copied)
        window_.statusBar()->showMessage(tr("The figure was copied."), 3000);
    else
        showMessage(&window_, QMessageBox::Warning, tr("Copy figure"), copied.problem());
}

} // namespace encoderscope
