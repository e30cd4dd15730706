// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/series_sources.h"

#include "resources/translations/language.h"
#include "ui/lessons/step_pictures.h"
#include "ui/state/run.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct Series {
    Q_DECLARE_TR_FUNCTIONS(Series)
};

/// The figures of `items`, of those that have one, with word of each that is done. Throws Stopped.
template <typename Items, typename Make>
std::vector<FigurePtr> figuresOf(const Items &items, const JobControl &control,
                                 const std::function<void(int)> &made, const Make &make)
{
    std::vector<FigurePtr> figures;
    int done = 0;
    for (const auto &item : items) {
        throwIfStopped(control.stop());
        if (FigurePtr figure = make(item))
            figures.push_back(std::move(figure));
        made(++done);
    }
    return figures;
}

FigurePtr atStep(const FigurePtr &figure, int step)
{
    auto titled = std::make_shared<Figure>(*figure);
    titled->title += QStringLiteral(" · ") + Series::tr("step %1").arg(step);
    titled->name += QStringLiteral("-step%1").arg(step);
    return titled;
}

} // namespace

SeriesSource stepsOf(const Lesson &lesson, const SessionState &state)
{
    const QString language = currentLanguage();
    return {Series::tr("the steps of “%1”").arg(lesson.title.in(language)), lesson.name,
            static_cast<int>(lesson.steps.size()),
            [lesson, state, language](const JobControl &control, const std::function<void(int)> &made) {
                StepPictures pictures(state, language);
                return figuresOf(lesson.steps, control, made,
                                 [&](const LessonStep &step) { return pictures.next(step, control.stop()); });
            }};
}

SeriesSource layersOf(const FigureOrder &order, const ParameterKind &layer, const FramePtr &frame)
{
    std::vector<FigureOrder> orders =
        ordersOver(*order.kind, layer, *valuesIn(layer, *frame), order.parameters);
    const auto count = static_cast<int>(orders.size());
    return {
        Series::tr("“%1” from the lowest layer to the highest").arg(order.kind->title()),
        QString::fromLatin1(order.kind->name) + QStringLiteral("-layers"), count,
        [orders = std::move(orders), frame](const JobControl &control, const std::function<void(int)> &made) {
            return figuresOf(orders, control, made,
                             [&](const FigureOrder &one) { return figureOf(one, *frame, control.stop()); });
        }};
}

SeriesSource trainingOf(const FigureOrder &order, const std::vector<Snapshot> &snapshots,
                        const SessionState &state)
{
    return {Series::tr("“%1” through the training").arg(order.kind->title()),
            QString::fromLatin1(order.kind->name) + QStringLiteral("-training"),
            static_cast<int>(snapshots.size()),
            [order, snapshots, state](const JobControl &control, const std::function<void(int)> &made) {
                return figuresOf(snapshots, control, made, [&](const Snapshot &snapshot) {
                    RunInput input = state.input;
                    input.model = snapshot.model;
                    RunCaches caches;
                    const RunResult result = runAlone(input, caches, control.stop());
                    const Frame frame = frameOf(state, {result.now, result.before, state.comparison});
                    const FigurePtr figure = figureOf(order, frame, control.stop());
                    return figure ? atStep(figure, snapshot.step) : nullptr;
                });
            }};
}

const ParameterKind *layerOf(const ParameterKinds &kinds)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(), [](const ParameterKind &kind) {
        return kind.type == ParameterKind::Type::layer;
    });
    return found == kinds.end() ? nullptr : &*found;
}

} // namespace encoderscope
