// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Corpus: what a model did over many sentences, beside the run.
#include "engine/corpus/corpus_reader.h"
#include "engine/error.h"
#include "engine/model/model_hash.h"
#include "engine/text/text_file.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/sentence_map_figure.h"

#include <QFileInfo>
#include <QLocale>

#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

ParameterKind corpusParameter()
{
    return viewParameter("corpus-page", "corpus",
                         FigureKinds::tr("The corpus: a file that “encoderscope corpus add” made."));
}

constexpr double notThere = std::numeric_limits<double>::quiet_NaN();

/// A measure that the table of heads has, and how it is written here.
struct ShownMeasure {
    QueryMean HeadStatistics::*member;
    QString name;
    double factor = 1.0;
};

std::vector<ShownMeasure> shownMeasures()
{
    const HeadTableModel heads;
    const auto titled = [&heads](HeadTableModel::Column column, const QString &unit) {
        return QStringLiteral("%1 (%2)").arg(
            heads.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), unit);
    };
    const auto share = [&titled](HeadTableModel::Column column, QueryMean HeadStatistics::*member) {
        return ShownMeasure{member, titled(column, QStringLiteral("%")), 100.0};
    };
    return {{&HeadStatistics::entropy, titled(HeadTableModel::entropy, FigureKinds::tr("bits"))},
            {&HeadStatistics::distance, titled(HeadTableModel::distance, FigureKinds::tr("tokens"))},
            share(HeadTableModel::diagonal, &HeadStatistics::diagonal),
            share(HeadTableModel::previous, &HeadStatistics::previous),
            share(HeadTableModel::next, &HeadStatistics::next),
            share(HeadTableModel::first, &HeadStatistics::first),
            share(HeadTableModel::separator, &HeadStatistics::separator),
            share(HeadTableModel::word, &HeadStatistics::word),
            share(HeadTableModel::same, &HeadStatistics::same),
            share(HeadTableModel::punctuation, &HeadStatistics::punctuation)};
}

/// Where the corpus has that measure.
std::size_t indexOf(QueryMean HeadStatistics::*member)
{
    std::size_t index = 0;
    while (head_measures[index].second != member)
        ++index;
    return index;
}

TableData tableOf(const HeadTotals &totals, std::size_t head, const HeadStatistics &here)
{
    TableData table;
    table.keyColumns = 1;
    table.columns = {{.title = FigureKinds::tr("measure")},
                     {.title = FigureKinds::tr("corpus: mean"), .decimals = 2},
                     {.title = FigureKinds::tr("deviation"), .decimals = 2},
                     {.title = FigureKinds::tr("this sentence"), .decimals = 2},
                     {.title = FigureKinds::tr("deviations off"), .decimals = 1}};
    for (const ShownMeasure &shown : shownMeasures()) {
        const MeasureTotal &total = totals.at(head, indexOf(shown.member));
        const QueryMean &mean = here.*shown.member;
        const bool known = total.sentences > 0;
        const double value = mean.queries > 0 ? static_cast<double>(mean.value()) : notThere;
        table.rows.push_back({shown.name, known ? total.mean * shown.factor : notThere,
                              total.sentences > 1 ? total.deviation() * shown.factor : notThere,
                              value * shown.factor,
                              total.deviation() > 0.0 ? (value - total.mean) / total.deviation() : notThere});
    }
    return table;
}

/// Throws Error where the file is no corpus.
MadeFigure besideCorpus(const FigureRequest &request, const QString &path)
{
    const ComparedTrace &compared = request.frame.compared;
    const Trace &trace = request.frame.trace();
    const CorpusFile file(path, CorpusFile::Access::read);
    const CorpusSettings &settings = file.settings();
    const QString name = QFileInfo(path).fileName();
    if (settings.model != model_hash(trace.model()) || settings.layers != trace.layers() ||
        settings.heads != trace.heads())
        return {.reason =
                    FigureKinds::tr("%1 was made with another model, %2: its heads are not those of %3.")
                        .arg(name, shortened(settings.model_name), trace.model().name)};
    const int layer = layerOf(request);
    const int head = headOf(request);
    const auto index = static_cast<std::size_t>(layer * trace.heads() + head);
    const HeadTotals totals = read_head_totals(file);
    const HeadStatistics here = head_statistics(trace, layer, head);
    const QString caption = QStringList{placeCaption(layer, head),
                                        FigureKinds::tr("corpus %1, sentences: %2")
                                            .arg(name, QLocale().toString(read_summary(file).sentences)),
                                        FigureKinds::tr("there: %1, here: %2")
                                            .arg(patternName(pattern_of(totals.statistics(index))),
                                                 patternName(pattern_of(here)))}
                                .join(QStringLiteral(" · "));
    return {makeFigure(tableOf(totals, index, here),
                       FigureKinds::tr("Layer %1 head %2 beside the corpus").arg(layer + 1).arg(head + 1) +
                           comparisonSuffix(compared),
                       QStringLiteral("corpus-layer%1-head%2").arg(layer + 1).arg(head + 1) +
                           comparisonName(compared),
                       caption)};
}

/// The figure that `make` makes of the corpus that is open, or why there is none.
template <typename Make>
MadeFigure ofCorpus(const FigureRequest &request, const Make &make)
{
    if (request.frame.compared.difference())
        return noDifference();
    const QString path = wordOf(request, corpusParameter());
    if (path.isEmpty())
        return {.reason = FigureKinds::tr("No corpus is open.")};
    try {
        return make(path);
    } catch (const Error &error) {
        return {.reason = error.message()};
    }
}

MadeFigure corpusHead(const FigureRequest &request, const std::stop_token &)
{
    return ofCorpus(request, [&](const QString &path) { return besideCorpus(request, path); });
}

MadeFigure corpusMap(const FigureRequest &request, const std::stop_token &stop)
{
    return ofCorpus(request, [&](const QString &path) { return sentenceMapFigure(request, path, stop); });
}

/// Reading takes its time.
bool corpusIsOpen(const FigureRequest &request)
{
    return !wordOf(request, corpusParameter()).isEmpty();
}

} // namespace

std::vector<FigureKind> corpusKinds()
{
    return {
        {.name = "corpus-head",
         .page = FigurePage::corpus,
         .title =
             [] {
                 return FigureKinds::tr("What a head does in this sentence and over a corpus, in numbers");
             },
         .parameters =
             [] {
                 return ParameterKinds{corpusParameter(), layerParameter(), headParameter()};
             },
         .make = corpusHead,
         .slow = corpusIsOpen,
         .needs = [](const FigureRequest &request) { return needsOfLayer(request, {TracePart::weights}); }},
        {.name = "corpus-map",
         .page = FigurePage::corpus,
         .title =
             [] {
                 return FigureKinds::tr(
                     "The corpus's sentences, those together that the model takes for alike");
             },
         .parameters = [] { return ParameterKinds{corpusParameter()}; },
         .make = corpusMap,
         .slow = corpusIsOpen,
         .needs = needsNothing}};
}

} // namespace encoderscope
