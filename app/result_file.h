// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "engine/matrix.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace encoderscope
{

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

/// Numbers that are not finite become null.
QJsonArray json_numbers(const Eigen::VectorXd &values);
QJsonArray json_rows(const Eigen::MatrixXd &values);
/// A row of a CSV file: `labels`, and then the numbers.
QVariantList csv_row(const QStringList &labels, const Eigen::VectorXd &values);

} // namespace encoderscope
