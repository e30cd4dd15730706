// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/vector_search_module.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/error.h"

#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace encoderscope
{

namespace
{

/// Empty: this process is the program.
QString &program_folder()
{
    static QString folder;
    return folder;
}

QStringList module_folders()
{
    if (const QString named = qEnvironmentVariable("ENCODERSCOPE_MODULES"); !named.isEmpty())
        return {named};
    const QDir program(program_folder().isEmpty() ? QCoreApplication::applicationDirPath()
                                                  : program_folder());
    return {program.filePath(QStringLiteral("modules")),
            QDir::cleanPath(program.filePath(QStringLiteral(ENCODERSCOPE_MODULES_FROM_PROGRAM)))};
}

} // namespace

void look_for_modules_as(const QString &folder)
{
    program_folder() = folder;
}

const VectorSearch &vector_search()
{
    const QStringList folders = module_folders();
    for (const QString &folder : folders) {
        const QString path = QDir(folder).filePath(QStringLiteral(ENCODERSCOPE_FAISS_MODULE));
        if (!QFileInfo::exists(path))
            continue;
        QLibrary library(path);
        library.setLoadHints(QLibrary::PreventUnloadHint);
        const auto entry = reinterpret_cast<VectorSearchEntry>(library.resolve(vector_search_entry));
        if (!entry)
            throw Error(CorpusMessages::tr("The module with FAISS, %1, cannot be loaded: %2")
                            .arg(path, library.errorString()));
        return *entry();
    }
    throw Error(CorpusMessages::tr("The module with FAISS, which finds vectors among many, is not installed: "
                                   "%1 was looked for in %2.")
                    .arg(QStringLiteral(ENCODERSCOPE_FAISS_MODULE), folders.join(QStringLiteral(", "))));
}

} // namespace encoderscope
