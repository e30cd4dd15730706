// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/folder_run.h"
#include "tests/fuzz/mutations.h"
#include "tests/fuzz/watchdog.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace encoderscope;

namespace
{

struct Counts {
    int opened = 0;
    int refused = 0;
};

void write_folder(const QString &folder, const ModelFiles &files)
{
    for (auto it = files.begin(); it != files.end(); ++it) {
        const QString path = folder + QLatin1Char('/') + it.key();
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(it.value()) != it.value().size())
            std::abort();
    }
}

QString opened_from(FolderRun &run, Watchdog &watchdog, const ModelFiles &files)
{
    const QTemporaryDir folder;
    write_folder(folder.path(), files);
    watchdog.begin();
    return run.open(folder.path());
}

} // namespace

/// Mutated model folders, one after another, through the engine or the window. Aborts at what must
/// not happen; what it was doing then stands on the last line.
int main(int argc, char *argv[])
{
    FolderRun run(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption from(QStringLiteral("from"), QStringLiteral("The first."),
                                  QStringLiteral("number"), QStringLiteral("0"));
    const QCommandLineOption count(QStringLiteral("count"), QStringLiteral("How many."),
                                   QStringLiteral("number"), QStringLiteral("50"));
    const QCommandLineOption keep(QStringLiteral("keep"), QStringLiteral("Only writes the folders here."),
                                  QStringLiteral("folder"));
    parser.addOptions({from, count, keep});
    parser.addPositionalArgument(QStringLiteral("folders"), QStringLiteral("More models to begin with."));
    parser.addHelpOption();
    parser.process(QCoreApplication::arguments());

    const std::vector<ModelFiles> bases = base_folders(parser.positionalArguments());
    Watchdog watchdog;
    Counts counts;
    // What cannot be opened as it is says little when it cannot with a fault in it: all but a few must open.
    std::size_t openable = 0;
    for (const ModelFiles &base : bases) {
        const QString refused = opened_from(run, watchdog, base);
        openable += refused.isNull() ? 1 : 0;
        if (!refused.isNull())
            std::fprintf(stderr, "refused without a fault: %s\n", qUtf8Printable(refused));
    }
    if (openable * 4 < bases.size() * 3)
        return 1;
    const unsigned first = parser.value(from).toUInt();
    const unsigned end = first + parser.value(count).toUInt();
    for (unsigned number = first; number < end; ++number) {
        QString what;
        const ModelFiles files = mutated(bases, number, what);
        std::fprintf(stderr, "%u: %s\n", number, qUtf8Printable(what));
        if (parser.isSet(keep)) {
            write_folder(QStringLiteral("%1/%2").arg(parser.value(keep)).arg(number), files);
            continue;
        }
        const QString refused = opened_from(run, watchdog, files);
        if (refused.isNull())
            run.use(number);
        else
            std::fprintf(stderr, "  refused: %s\n", qUtf8Printable(refused.left(400)));
        ++(refused.isNull() ? counts.opened : counts.refused);
    }
    std::printf("%d opened, %d refused; at most %.1f s of computing for one, %ld MiB\n", counts.opened,
                counts.refused, watchdog.longest(), Watchdog::most_memory());
    std::printf("%s\n", qUtf8Printable(run.report()));
    return 0;
}
