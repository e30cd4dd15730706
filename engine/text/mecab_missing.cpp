// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/mecab_words.h"

#include <QCoreApplication>

namespace encoderscope
{

bool has_mecab()
{
    return false;
}

PreTokenizer mecab_pre_tokenizer(const QString &dictionary_folder)
{
    throw Error(QCoreApplication::translate("Tokenizer", "%1: This program was built without MeCab.")
                    .arg(dictionary_folder));
}

} // namespace encoderscope
