// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/sentence_map_figure.h"

#include "engine/analysis/sentence_vector.h"
#include "engine/corpus/corpus_reader.h"
#include "engine/error.h"
#include "engine/model/model_hash.h"
#include "engine/text/text_file.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/jobs/stopped.h"

#include <QFileInfo>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <optional>

namespace encoderscope
{

namespace
{

constexpr std::size_t most_sources = 6;          ///< with a colour of their own
constexpr std::size_t most_labelled = 40;        ///< sentences that are written beside their points,
constexpr qsizetype longest_beside = 16;         ///< when none of them has more UTF-16 units
constexpr qsizetype longest_sentence_label = 80; ///< UTF-16 units

/// The sentences of a source together, those of the last sources as one. The points of a short text are
/// painted over those of a long one, which would hide them.
std::vector<std::vector<std::size_t>> bySource(const SentenceMap &map)
{
    std::vector<std::vector<std::size_t>> series;
    QHash<QString, std::size_t> places;
    for (std::size_t i = 0; i < map.sentences.size(); ++i) {
        const QString &source = map.sentences[i].source;
        const auto known = places.constFind(source);
        const std::size_t place = known != places.constEnd() ? *known : std::min(series.size(), most_sources);
        if (known == places.constEnd())
            places.insert(source, place);
        if (place == series.size())
            series.emplace_back();
        series[place].push_back(i);
    }
    std::stable_sort(series.begin(),
                     series.begin() + static_cast<std::ptrdiff_t>(std::min(series.size(), most_sources)),
                     [](const auto &one, const auto &other) { return one.size() > other.size(); });
    return series;
}

/// What was kept, where the corpus is still the same.
ShownMap mapOf(const FigureRequest &request, const CorpusFile &file, const std::stop_token &stop)
{
    const auto *kept = std::any_cast<ShownMap>(&request.kept);
    const QDateTime modified = QFileInfo(file.path()).lastModified();
    if (kept && kept->path == file.path() && kept->modified == modified &&
        kept->map->all == count_sentences(file)) // what was added may still be in the file's log
        return *kept;
    auto made = std::make_shared<const SentenceMap>(map_sentences(file, usual_mapped_sentences, stop));
    throwIfStopped(stop);
    ShownMap shown{.path = file.path(), .modified = modified, .map = made, .series = bySource(*made)};
    return shown;
}

/// Where the run's sentence lies; nowhere when its model has no vector of a sentence.
std::optional<QPointF> placeOf(const Trace &trace, const PrincipalAxes &axes)
{
    try {
        const RowVector vector = sentence_vector(trace);
        if (vector.size() != axes.axes.cols() || !vector.allFinite())
            return std::nullopt;
        const Matrix place = axes.places_of(vector);
        return QPointF(static_cast<double>(place(0, 0)), static_cast<double>(place(0, 1)));
    } catch (const Error &) {
        return std::nullopt;
    }
}

/// The axis from the least to the greatest, with some room.
void fit(const std::vector<ChartSeries> &all, double (QPointF::*coordinate)() const, double &low,
         double &high)
{
    low = high = (all.front().points.front().*coordinate)();
    for (const ChartSeries &series : all) {
        for (const QPointF &point : series.points) {
            low = std::min(low, (point.*coordinate)());
            high = std::max(high, (point.*coordinate)());
        }
    }
    const double room = high > low ? 0.05 * (high - low) : 1.0;
    low -= room;
    high += room;
}

ChartData chartOf(const ShownMap &shown, const std::optional<QPointF> &own)
{
    const SentenceMap &map = *shown.map;
    ChartData data;
    data.xTitle = componentTitle(0, static_cast<double>(map.axes.shares[0]));
    data.yTitle = componentTitle(1, static_cast<double>(map.axes.shares[1]));
    const bool labelled = map.sentences.size() <= most_labelled &&
                          std::all_of(map.sentences.begin(), map.sentences.end(),
                                      [](const auto &one) { return one.beginning.size() <= longest_beside; });
    for (std::size_t place = 0; place < shown.series.size(); ++place) {
        ChartSeries series{.kind = ChartSeries::Kind::points,
                           .colour = FigureColour::series(static_cast<int>(place)),
                           .labelled = labelled};
        for (const std::size_t sentence : shown.series[place]) {
            const PlacedSentence &one = map.sentences[sentence];
            series.points.append(QPointF(static_cast<double>(one.x), static_cast<double>(one.y)));
            series.labels.append(shortened(printableText(one.beginning), longest_sentence_label));
        }
        if (shown.series.size() > 1)
            series.name = place == most_sources
                              ? FigureKinds::tr("other texts")
                              : QFileInfo(map.sentences[shown.series[place].front()].source).fileName();
        data.series.push_back(std::move(series));
    }
    if (own)
        data.series.push_back({.kind = ChartSeries::Kind::points,
                               .name = FigureKinds::tr("this sentence"),
                               .colour = {FigureColour::Role::text},
                               .points = {*own},
                               .ringed = true});
    fit(data.series, &QPointF::x, data.xLow, data.xHigh);
    fit(data.series, &QPointF::y, data.yLow, data.yHigh);
    return data;
}

} // namespace

const PlacedSentence *ShownMap::at(const Hit &hit) const
{
    const auto panel = static_cast<std::size_t>(std::max(hit.panel, 0));
    const auto row = static_cast<std::size_t>(hit.row);
    if (hit.row < 0 || panel >= series.size() || row >= series[panel].size())
        return nullptr;
    return &map->sentences[series[panel][row]];
}

MadeFigure sentenceMapFigure(const FigureRequest &request, const QString &path, const std::stop_token &stop)
{
    const CorpusFile file(path, CorpusFile::Access::read);
    const ShownMap shown = mapOf(request, file, stop);
    const Trace &trace = request.frame.trace();
    const bool same = file.settings().model == model_hash(trace.model());
    const std::optional<QPointF> own = same ? placeOf(trace, shown.map->axes) : std::nullopt;
    throwIfStopped(stop);
    if (!shown.map->axes.axes.allFinite())
        return {.reason = FigureKinds::tr("The vectors of the sentences are not all finite."), .kept = shown};
    const auto number = [](qint64 count) { return QLocale().toString(count); };
    QStringList caption{FigureKinds::tr("corpus %1, sentences: %2 of %3")
                            .arg(QFileInfo(path).fileName(), number(std::ssize(shown.map->sentences)),
                                 number(shown.map->all))};
    if (!same)
        caption.append(FigureKinds::tr("its model: %1").arg(shortened(file.settings().model_name)));
    return {.figure = makeFigure(chartOf(shown, own),
                                 FigureKinds::tr("The corpus's sentences along two principal components") +
                                     comparisonSuffix(request.frame.compared),
                                 QStringLiteral("corpus-map") + comparisonName(request.frame.compared),
                                 caption.join(QStringLiteral(" · "))),
            .kept = shown};
}

} // namespace encoderscope
