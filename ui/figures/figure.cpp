// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/heatmap_parts.h"

#include <QTextDocumentFragment>
#include <QtNumeric>

#include <algorithm>

namespace encoderscope
{

namespace
{

using Visit = std::function<void(const QVariantList &row)>;

QString orElse(const QString &text, const char *otherwise)
{
    return text.isEmpty() ? QString::fromLatin1(otherwise) : text;
}

QString numbered(int index, const QString &label)
{
    return QString::number(index) + QLatin1Char(' ') + label;
}

QStringList columnsOf(const HeatmapData &data)
{
    QStringList columns{data.rowTitle};
    for (int column = 0; column < data.columns; ++column)
        columns.append(columnName(data, column));
    return columns;
}

void visitRowsOf(const HeatmapData &data, const Visit &visit)
{
    constexpr int rowsAtOnce = 64;
    for (int first = 0; first < data.rows; first += rowsAtOnce) {
        const Matrix values = data.values(first, std::min(rowsAtOnce, data.rows - first));
        for (Index row = 0; row < values.rows(); ++row) {
            QVariantList cells{rowName(data, first + static_cast<int>(row))};
            cells.reserve(values.cols() + 1);
            for (Index column = 0; column < values.cols(); ++column)
                cells.append(static_cast<double>(values(row, column)));
            visit(cells);
        }
    }
}

QStringList columnsOf(const HeatmapGrid &grid)
{
    QStringList columns{QStringLiteral("panel")};
    if (!grid.panels.empty())
        columns += columnsOf(grid.panels.front());
    return columns;
}

void visitRowsOf(const HeatmapGrid &grid, const Visit &visit)
{
    for (std::size_t index = 0; index < grid.panels.size(); ++index) {
        const QVariant panel = grid.titles.value(static_cast<int>(index));
        visitRowsOf(grid.panels[index], [&](const QVariantList &row) { visit(QVariantList{panel} + row); });
    }
}

QStringList columnsOf(const ChartData &data)
{
    return {QStringLiteral("series"), QStringLiteral("label"), orElse(data.xTitle, "x"),
            orElse(data.yTitle, "y")};
}

void visitRowsOf(const ChartData &data, const Visit &visit)
{
    for (const ChartSeries &series : data.series) {
        for (qsizetype index = 0; index < series.points.size(); ++index)
            visit({series.name, series.labels.value(index), series.points.at(index).x(),
                   series.points.at(index).y()});
    }
}

QStringList columnsOf(const BarsData &data)
{
    return {orElse(data.labelTitle, "label"), orElse(data.valueTitle, "value")};
}

void visitRowsOf(const BarsData &data, const Visit &visit)
{
    for (qsizetype bar = 0; bar < data.values.size(); ++bar)
        visit({data.labels.value(bar), data.values.at(bar)});
}

QStringList columnsOf(const TokenLines &lines)
{
    QStringList columns{QStringLiteral("head"), QStringLiteral("query")};
    for (int key = 0; key < lines.tokens.size(); ++key)
        columns.append(numbered(indexOf(lines.indices, key), lines.tokens.at(key)));
    return columns;
}

void visitRowsOf(const TokenLines &lines, const Visit &visit)
{
    for (const TokenLines::Head &head : lines.heads) {
        for (Index query = 0; query < head.weights.rows(); ++query) {
            const int token = static_cast<int>(query);
            QVariantList row{head.name, numbered(indexOf(lines.indices, token), lines.tokens.value(token))};
            for (Index key = 0; key < head.weights.cols(); ++key)
                row.append(static_cast<double>(head.weights(query, key)));
            visit(row);
        }
    }
}

QStringList columnsOf(const TableData &table)
{
    QStringList columns;
    for (const TableData::Column &column : table.columns)
        columns.append(column.title);
    return columns;
}

void visitRowsOf(const TableData &table, const Visit &visit)
{
    for (const QVariantList &row : table.rows)
        visit(row);
}

QStringList columnsOf(const WorkedSteps &)
{
    return {QStringLiteral("step"), QStringLiteral("vector"), QStringLiteral("element"),
            QStringLiteral("value")};
}

/// The numbers of strips and of the softmax's rows, by the title of their step.
void visitRowsOf(const WorkedSteps &steps, const Visit &visit)
{
    QString title;
    for (const StepLine &line : steps.lines) {
        if (line.kind == StepLine::Kind::title)
            title = QTextDocumentFragment::fromHtml(line.text).toPlainText();
        const auto put = [&](const QString &vector, const QString &element, float value) {
            visit({title, vector, element, static_cast<double>(value)});
        };
        for (Index element = 0; element < line.values.size(); ++element)
            put(labelOf(line), QString::number(element), line.values[element]);
        if (line.kind != StepLine::Kind::key)
            continue;
        const QString key = numbered(line.token, line.text);
        put(QStringLiteral("q·k"), key, line.raw);
        put(QStringLiteral("s"), key, line.scaled);
        put(QStringLiteral("a"), key, line.share);
    }
}

/// Where the columns of the two figures go in the table of both: equal names share a column.
struct SharedColumns {
    QStringList names;
    QList<qsizetype> now, reference; ///< the place of each own column
};
SharedColumns sharedColumns(const SideBySide &pair)
{
    SharedColumns shared;
    shared.names.append(QStringLiteral("run"));
    const auto add = [&shared](const FigurePtr &figure, QList<qsizetype> &places) {
        if (!figure)
            return;
        for (const QString &name : figure->tableColumns()) {
            qsizetype place = shared.names.indexOf(name, 1);
            while (place >= 0 && places.contains(place))
                place = shared.names.indexOf(name, place + 1);
            if (place < 0) {
                place = shared.names.size();
                shared.names.append(name);
            }
            places.append(place);
        }
    };
    add(pair.now, shared.now);
    add(pair.reference, shared.reference);
    return shared;
}

QStringList columnsOf(const SideBySide &pair)
{
    return sharedColumns(pair).names;
}

void visitRowsOf(const SideBySide &pair, const Visit &visit)
{
    const SharedColumns shared = sharedColumns(pair);
    const auto pass = [&](const FigurePtr &figure, const QString &name, const QList<qsizetype> &places) {
        if (!figure)
            return;
        figure->visitRows([&](const QVariantList &row) {
            QVariantList all(shared.names.size(), QVariant(qQNaN()));
            all[0] = name;
            for (qsizetype place = 0; place < std::min(row.size(), places.size()); ++place)
                all[places[place]] = row[place];
            visit(all);
        });
    };
    pass(pair.now, pair.nowName, shared.now);
    pass(pair.reference, pair.referenceName, shared.reference);
}

/// The heatmaps among the contents, but those of two side by side: what computes values when it is asked.
template <typename Figure>
auto heatmapsOf(Figure &figure)
{
    using Data = std::conditional_t<std::is_const_v<Figure>, const HeatmapData, HeatmapData>;
    std::vector<Data *> heatmaps;
    if (auto *data = std::get_if<HeatmapData>(&figure.content))
        heatmaps.push_back(data);
    if (auto *grid = std::get_if<HeatmapGrid>(&figure.content)) {
        for (Data &panel : grid->panels)
            heatmaps.push_back(&panel);
    }
    return heatmaps;
}

} // namespace

QStringList Figure::tableColumns() const
{
    return std::visit([](const auto &one) { return columnsOf(one); }, content);
}

void Figure::visitRows(const Visit &visit) const
{
    std::visit([&visit](const auto &one) { visitRowsOf(one, visit); }, content);
}

Table Figure::table() const
{
    Table table;
    table.columns = tableColumns();
    visitRows([&table](const QVariantList &row) { table.rows.push_back(row); });
    return table;
}

int slowRows(const Figure &figure)
{
    int rows = 0;
    std::size_t values = 0;
    if (const SideBySide *pair = figure.pair())
        return (pair->now ? slowRows(*pair->now) : 0) + (pair->reference ? slowRows(*pair->reference) : 0);
    for (const HeatmapData *data : heatmapsOf(figure)) {
        rows += data->rows;
        values += data->size();
    }
    return values > CellRaster::manyValues ? rows : 0;
}

FigurePtr watched(const Figure &figure, const std::function<void(int rows)> &asked)
{
    auto copy = std::make_shared<Figure>(figure);
    if (auto *pair = std::get_if<SideBySide>(&copy->content)) {
        for (FigurePtr *one : {&pair->now, &pair->reference}) {
            if (*one)
                *one = watched(**one, asked);
        }
    }
    for (HeatmapData *data : heatmapsOf(*copy))
        data->values = watched(std::move(data->values), asked);
    return copy;
}

} // namespace encoderscope
