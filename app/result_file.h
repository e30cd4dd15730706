// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "engine/matrix.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <vector>

namespace encoderscope
{

class FileWriter;

/// What a command found out, in the forms in which it can be written.
struct CommandResult {
    QJsonObject json;
    QStringList columns;            ///< CSV: their names
    std::vector<QVariantList> rows; ///< CSV: texts and doubles
    Eigen::MatrixXd numbers;        ///< NPY
};

/// --output and --format.
struct OutputOptions {
    OutputOptions();
    void add_to(OptionParser &parser) const;

    QCommandLineOption output, format;
};

/// Writes to the file that the options name, or to standard output. Throws ArgumentError for a format that is
/// not known, Error for a file that cannot be written.
void write_result(const CommandResult &result, const QCommandLineParser &parser,
                  const OutputOptions &options);

/// Results of one text, as write_result() writes them, or of many: a file each where {line} in --output says
/// so, else JSON, a line each, with the numbers of their lines.
class ResultWriter
{
public:
    /// Throws ArgumentError where many results cannot be written as the options say.
    ResultWriter(const QCommandLineParser &parser, const OutputOptions &options, bool many);
    ~ResultWriter();

    /// `line` as RunOptions::for_each_text() says it. Throws as write_result() does.
    void write(CommandResult result, qint64 line);
    /// To be called once, after the last one. Throws Error.
    void finish();

private:
    const QCommandLineParser &parser_;
    const OutputOptions &options_;
    std::unique_ptr<FileWriter> lines_; ///< where each result is a line
};

/// Numbers that are not finite become null.
QJsonArray json_numbers(const Eigen::VectorXd &values);
QJsonArray json_rows(const Eigen::MatrixXd &values);
/// A row of a CSV file: `labels`, and then the numbers.
QVariantList csv_row(const QStringList &labels, const Eigen::VectorXd &values);

} // namespace encoderscope
