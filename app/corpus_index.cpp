// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/corpus_commands.h"
#include "app/progress_line.h"
#include "app/run_options.h"
#include "app/stopped_by_signal.h"
#include "engine/corpus/token_index.h"

#include <QCoreApplication>
#include <QLocale>

namespace encoderscope
{

namespace
{

struct IndexMessages {
    Q_DECLARE_TR_FUNCTIONS(Corpus)
};

} // namespace

int run_corpus_index(const QStringList &arguments)
{
    const QCommandLineOption layer_option{
        QStringLiteral("layer"),
        IndexMessages::tr(
            "The layer whose vectors are indexed; without it, each after which the corpus keeps some."),
        IndexMessages::tr("number")};
    OptionParser parser;
    parser.setApplicationDescription(IndexMessages::tr(
        "Makes an index of the vectors of tokens (FAISS), by which the nearest uses of a token are found "
        "among "
        "all tokens of the corpus: a file beside it for each layer. Sentences that are added later are found "
        "as well, up to a thousand; then the index has to be made anew."));
    parser.addPositionalArgument(QStringLiteral("corpus"),
                                 IndexMessages::tr("The corpus, made with --token-vectors."));
    parser.addOption(layer_option);
    bool helped = false;
    parse(parser, QStringLiteral("corpus index"), arguments, helped);
    if (helped)
        return 0;
    if (parser.positionalArguments().size() != 1)
        throw ArgumentError(IndexMessages::tr("Say one corpus to index."));
    StoppedBySignal stopped;
    const CorpusFile file(parser.positionalArguments().constFirst(), CorpusFile::Access::write);
    std::vector<int> layers = token_layers_of(file);
    if (parser.isSet(layer_option))
        layers = {
            whole_within(QStringLiteral("--layer"), parser.value(layer_option), 1, file.settings().layers)};
    const QLocale locale;
    for (const int layer : layers) {
        ProgressLine line(stderr);
        const auto report = [&](double share) {
            if (line.due())
                line.show(IndexMessages::tr("layer %1: %2 %")
                              .arg(layer)
                              .arg(locale.toString(100.0 * share, 'f', 0)));
        };
        const BuiltIndex built = build_token_index(file, layer, report, stopped.token());
        line.end();
        if (built.stopped) {
            say(IndexMessages::tr("Stopped; an index that was there before is as it was."));
            return 1;
        }
        say(IndexMessages::tr("%1: the vectors of %2 tokens after layer %3, %4 MB")
                .arg(token_index_path(file.path(), layer), locale.toString(built.tokens))
                .arg(layer)
                .arg(locale.toString(static_cast<double>(built.bytes) / 1e6, 'f', 1)));
    }
    return 0;
}

} // namespace encoderscope
