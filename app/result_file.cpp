// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/result_file.h"

#include "app/run_options.h"
#include "engine/file_writer.h"
#include "ui/figures/table_files.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>

namespace encoderscope
{

namespace
{

enum class ResultFormat { json, csv, npy };
constexpr std::array<std::pair<const char *, ResultFormat>, 3> result_formats{
    {{"json", ResultFormat::json}, {"csv", ResultFormat::csv}, {"npy", ResultFormat::npy}}};

ResultFormat format_of(const QCommandLineParser &parser, const OutputOptions &options)
{
    if (parser.isSet(options.format))
        return one_of(QStringLiteral("--format"), parser.value(options.format), result_formats);
    const QString ending = QFileInfo(parser.value(options.output)).suffix().toLower();
    return ending.isEmpty() ? ResultFormat::json : one_of(QStringLiteral("--output"), ending, result_formats);
}

QByteArray csv_of(const CommandResult &result)
{
    TableData table;
    for (const QString &column : result.columns)
        table.columns.append({.title = column});
    table.rows = result.rows;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    writeCsv(buffer, Figure{.title = {}, .caption = {}, .name = {}, .content = std::move(table)});
    return buffer.data();
}

QByteArray npy_of(const Eigen::MatrixXd &numbers)
{
    HeatmapData data;
    data.rows = static_cast<int>(numbers.rows());
    data.columns = static_cast<int>(numbers.cols());
    data.values = rowsOf(numbers.cast<float>());
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    writeNpy(buffer, Figure{.title = {}, .caption = {}, .name = {}, .content = std::move(data)});
    return buffer.data();
}

QByteArray bytes_of(const CommandResult &result, ResultFormat format)
{
    switch (format) {
    case ResultFormat::json:
        break;
    case ResultFormat::csv:
        return csv_of(result);
    case ResultFormat::npy:
        return npy_of(result.numbers);
    }
    return QJsonDocument(result.json).toJson();
}

QJsonValue json_number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue();
}

} // namespace

OutputOptions::OutputOptions()
    : output({QStringLiteral("o"), QStringLiteral("output")},
             QCoreApplication::translate("Command", "The file to write; - or nothing: standard output."),
             QCoreApplication::translate("Command", "file"), QStringLiteral("-"))
    , format(QStringLiteral("format"),
             QCoreApplication::translate("Command",
                                         "json, csv or npy; without it, by the file's name, or json."),
             QStringLiteral("format"))
{
}

void OutputOptions::add_to(OptionParser &parser) const
{
    parser.addOptions({output, format});
    parser.setChoices(format.names().constFirst(), words_of(result_formats));
}

QJsonArray json_numbers(const Eigen::VectorXd &values)
{
    QJsonArray array;
    for (const double value : values)
        array.append(json_number(value));
    return array;
}

QJsonArray json_rows(const Eigen::MatrixXd &values)
{
    QJsonArray rows;
    for (Eigen::Index row = 0; row < values.rows(); ++row)
        rows.append(json_numbers(values.row(row).transpose()));
    return rows;
}

QVariantList csv_row(const QStringList &labels, const Eigen::VectorXd &values)
{
    QVariantList row(labels.begin(), labels.end());
    for (const double value : values)
        row.append(value);
    return row;
}

ResultWriter::ResultWriter(const QCommandLineParser &parser, const OutputOptions &options, bool many)
    : parser_(parser)
    , options_(options)
{
    const QString output = parser.value(options.output);
    if (!many || output_of_line(output, 1) != output)
        return;
    if (parser.isSet(options.format) && format_of(parser, options) != ResultFormat::json)
        require_line_in(output);
    lines_ = std::make_unique<FileWriter>(output);
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::write(CommandResult result, qint64 line)
{
    if (line > 0)
        result.json[QStringLiteral("line")] = line;
    if (lines_)
        lines_->put(QJsonDocument(result.json).toJson(QJsonDocument::Compact) + '\n');
    else
        write_file(output_of_line(parser_.value(options_.output), line),
                   bytes_of(result, format_of(parser_, options_)));
}

void ResultWriter::finish()
{
    if (lines_)
        lines_->commit();
}

void write_result(const CommandResult &result, const QCommandLineParser &parser, const OutputOptions &options)
{
    write_file(parser.value(options.output), bytes_of(result, format_of(parser, options)));
}

} // namespace encoderscope
