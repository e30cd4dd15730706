// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/checks.h"

#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

void check_input(const Model &model, const Encoding &encoding)
{
    const EncoderConfig &config = model.config;
    if (encoding.tokens.empty())
        throw Error(QCoreApplication::translate("Encoder", "There is no token to run the encoder on."));
    const auto n = static_cast<qsizetype>(encoding.tokens.size());
    if (config.max_positions > 0 && n > config.max_positions)
        throw Error(
            QCoreApplication::translate("Encoder", "The input has %1 tokens; the model %2 takes at most %3.")
                .arg(n)
                .arg(model.name)
                .arg(config.max_positions));
    for (const Token &token : encoding.tokens) {
        if (token.id < 0 || token.id >= config.vocabulary_size)
            throw Error(QCoreApplication::translate(
                            "Encoder", "Token \"%1\" has the id %2; the model %3 has an embedding for "
                                       "ids from 0 to %4.")
                            .arg(token.piece)
                            .arg(token.id)
                            .arg(model.name)
                            .arg(config.vocabulary_size - 1));
    }
}

void check_files(const Model &model)
{
    for (const MappedFilePtr &file : model.files)
        file->check_unchanged();
}

} // namespace encoderscope
