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

} // namespace

SeriesSource stepsOf(const Lesson &lesson, const SessionState &state)
{
    const QString language = currentLanguage();
    return {Series::tr("the steps of “%1”").arg(lesson.title.in(language)), lesson.name,
            static_cast<int>(lesson.steps.size()),
            [lesson, state, language](const JobControl &control, const std::function<void(int)> &made) {
                StepPictures pictures(state, language);
                std::vector<FigurePtr> figures;
                int done = 0;
                for (const LessonStep &step : lesson.steps) {
                    if (FigurePtr figure = pictures.next(step, control.stop()))
                        figures.push_back(std::move(figure));
                    made(++done);
                }
                return figures;
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
            std::vector<FigurePtr> figures;
            int done = 0;
            for (const FigureOrder &one : orders) {
                throwIfStopped(control.stop());
                if (FigurePtr figure = figureOf(one, *frame, control.stop()))
                    figures.push_back(std::move(figure));
                made(++done);
            }
            return figures;
        }};
}

SeriesSource trainingOf(const FigureOrder &order, const std::vector<Snapshot> &snapshots,
                        const SessionState &state)
{
    return {Series::tr("“%1” through the training").arg(order.kind->title()),
            QString::fromLatin1(order.kind->name) + QStringLiteral("-training"),
            static_cast<int>(snapshots.size()),
            [order, snapshots, state](const JobControl &control, const std::function<void(int)> &made) {
                std::vector<FigurePtr> figures;
                int done = 0;
                for (const Snapshot &snapshot : snapshots) {
                    RunCaches caches;
                    RunRequest request;
                    request.input = state.input;
                    request.input.model = snapshot.model;
                    const RunResult result = run(request, caches, control.stop());
                    throwIfStopped(control.stop());
                    if (!result.now)
                        throw Error(result.problem);
                    const Frame frame = frameOf(state, {result.now, result.before, state.comparison});
                    if (const FigurePtr figure = figureOf(order, frame, control.stop())) {
                        auto titled = std::make_shared<Figure>(*figure);
                        titled->title += QStringLiteral(" · ") + Series::tr("step %1").arg(snapshot.step);
                        titled->name += QStringLiteral("-step%1").arg(snapshot.step);
                        figures.push_back(std::move(titled));
                    }
                    made(++done);
                }
                return figures;
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
