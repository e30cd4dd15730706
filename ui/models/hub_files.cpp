// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_files.h"

#include "engine/error.h"
#include "engine/model/weight_files.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace encoderscope
{

QStringList neededFiles(const QString &model, const QStringList &repositoryFiles)
{
    QStringList needed;
    for (const char *name : {"config.json", "tokenizer_config.json", "special_tokens_map.json",
                             "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt", "tokenizer.json",
                             "spiece.model", "spm.model", "sentencepiece.bpe.model", "modules.json",
                             "config_sentence_transformers.json", "sentence_bert_config.json"}) {
        if (repositoryFiles.contains(QLatin1String(name)))
            needed.append(QLatin1String(name));
    }
    if (!needed.contains(QStringLiteral("config.json")))
        throw Error(
            QCoreApplication::translate("Hub", "%1 has no config.json: it is not a model that can be opened.")
                .arg(model));

    // The steps of sentence-transformers: "2_Dense/config.json" and its weights.
    static const QRegularExpression step(
        QStringLiteral("\\A[1-9]_[A-Za-z]+/(?:config\\.json|model\\.safetensors|pytorch_model\\.bin)\\z"));
    needed << repositoryFiles.filter(step);
    const QStringList names = weight_file_names();
    const auto found = std::find_if(names.begin(), names.end(), [&repositoryFiles](const QString &name) {
        return repositoryFiles.contains(name);
    });
    if (found == names.end())
        throw Error(
            QCoreApplication::translate("Hub", "%1 has no weights that can be opened: expected one of %2.")
                .arg(model, names.join(QStringLiteral(", "))));
    if (!found->endsWith(QStringLiteral(".json")))
        return needed << *found;
    static const QRegularExpression part(
        QStringLiteral("\\A(?:model-\\d+-of-\\d+\\.safetensors|pytorch_model-\\d+-of-\\d+\\.bin)\\z"));
    const QStringList parts = repositoryFiles.filter(part).filter(
        found->startsWith(QStringLiteral("model")) ? QStringLiteral(".safetensors") : QStringLiteral(".bin"));
    constexpr qsizetype mostParts = 1000;
    if (parts.size() > mostParts)
        throw Error(QCoreApplication::translate("Hub", "%1 has its weights in %2 files; expected at most %3.")
                        .arg(model)
                        .arg(parts.size())
                        .arg(mostParts));
    return needed << *found << parts;
}

} // namespace encoderscope
