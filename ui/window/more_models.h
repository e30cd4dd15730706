// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace encoderscope
{

/// A model of the Hub that is worth a look, as the program's own list has it.
struct KnownModel {
    QString name;          ///< "google-bert/bert-base-uncased"
    double megabytes = 0;  ///< of its weights, 10^6 bytes; the Hub says exactly before the download
    QStringList languages; ///< in the interface's language
    QString licence;       ///< SPDX
    QString about;         ///< what there is to see in it, in the interface's language
};

/// In the order of ":/models/more.json".
std::vector<KnownModel> knownModels();

} // namespace encoderscope
