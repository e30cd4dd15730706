// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_files.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace encoderscope
{

QStringList neededFiles(const QString &model, const QStringList &repositoryFiles)
{
    QStringList needed;
    for (const char *name :
         {"config.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt",
          "vocab.json", "merges.txt", "tokenizer.json", "spiece.model", "sentencepiece.bpe.model",
          "modules.json", "1_Pooling/config.json"}) {
        if (repositoryFiles.contains(QLatin1String(name)))
            needed.append(QLatin1String(name));
    }
    if (!needed.contains(QStringLiteral("config.json")))
        throw Error(
            QCoreApplication::translate("Hub", "%1 has no config.json: it is not a model that can be opened.")
                .arg(model));

    const QString whole = QStringLiteral("model.safetensors");
    const QString index = whole + QStringLiteral(".index.json");
    if (repositoryFiles.contains(whole))
        return needed << whole;
    if (!repositoryFiles.contains(index))
        throw Error(QCoreApplication::translate(
                        "Hub", "%1 has no model.safetensors; weights in other formats are not "
                               "downloaded, because some of them can run any program when "
                               "they are opened.")
                        .arg(model));
    static const QRegularExpression part(QStringLiteral("\\Amodel-\\d+-of-\\d+\\.safetensors\\z"));
    const QStringList parts = repositoryFiles.filter(part);
    constexpr qsizetype mostParts = 1000;
    if (parts.size() > mostParts)
        throw Error(QCoreApplication::translate("Hub", "%1 has its weights in %2 files; expected at most %3.")
                        .arg(model)
                        .arg(parts.size())
                        .arg(mostParts));
    return needed << index << parts;
}

} // namespace encoderscope
