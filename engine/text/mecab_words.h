// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"

#include <optional>

namespace encoderscope
{

/// The dictionaries of MeCab that Japanese models name.
struct MecabDictionary {
    QString name;    ///< as in the files of models: "ipadic"
    QString package; ///< what brings it, for messages
};
const std::vector<MecabDictionary> &mecab_dictionaries();

/// The folders that dictionaries lie in, each in a folder of its own: of the user, and of the system.
QStringList mecab_folders();

/// The folder of the dictionary of that name below one of mecab_folders(); not set when there is none.
std::optional<QString> mecab_dictionary(const QString &name);

/// This program was built with MeCab.
bool has_mecab();

/// Cuts into words as MeCab does with the dictionary in that folder: a lattice of all words that the
/// dictionary finds, and the path through it with the least cost. Blanks are in no word. Throws Error when
/// there is no such dictionary, it is not in UTF-8, or the program was built without MeCab.
PreTokenizer mecab_pre_tokenizer(const QString &dictionary_folder);

} // namespace encoderscope
