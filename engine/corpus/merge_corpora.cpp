// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/merge_corpora.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/text/text_file.h"

#include <QHash>

namespace encoderscope
{

namespace
{

constexpr std::size_t portion = 2000; ///< sentences of a transaction

/// The examples of `all` that are of these sentences, under the numbers that they have elsewhere.
TopExamples examples_of(const TopExamples &all, const QHash<qint64, qint64> &numbers, int most)
{
    TopExamples some(all.things(), static_cast<std::size_t>(most));
    for (std::size_t thing = 0; thing < all.things(); ++thing) {
        for (Example example : all.of(thing)) {
            const auto number = numbers.constFind(example.sentence);
            if (number == numbers.constEnd())
                continue;
            example.sentence = *number;
            some.offer(thing, example);
        }
    }
    return some;
}

/// Throws Error unless both are of one model, with one choice of settings.
void check_same(const CorpusFile &from, const CorpusSettings &settings)
{
    const CorpusSettings &other = from.settings();
    if (other.model != settings.model || other.layers != settings.layers || other.heads != settings.heads ||
        other.d_ff != settings.d_ff)
        throw Error(
            CorpusMessages::tr("%1 was made with another model, %2 (%3); the others with %4 (%5).")
                .arg(from.path(), other.model_name, other.model, settings.model_name, settings.model));
    if (other.max_tokens != settings.max_tokens || other.examples != settings.examples)
        throw Error(CorpusMessages::tr(
                        "%1 was made with --max-tokens %2 and --examples %3; the others with %4 and %5.")
                        .arg(from.path())
                        .arg(other.max_tokens)
                        .arg(other.examples)
                        .arg(settings.max_tokens)
                        .arg(settings.examples));
    if (other.token_layers != settings.token_layers)
        throw Error(
            CorpusMessages::tr("%1 keeps vectors of tokens after other layers (--token-vectors %2) than the "
                               "others (%3).")
                .arg(from.path(), layers_as_text(other.token_layers), layers_as_text(settings.token_layers)));
}

/// Numbers of each of its vectors of tokens; 0 where it has none yet.
int vector_length(const CorpusFile &file)
{
    if (file.settings().token_layers.empty())
        return 0;
    QSqlQuery query = file.prepared(QStringLiteral("SELECT length(vector) FROM token_vector LIMIT 1"));
    file.execute(query);
    return query.next() ? query.value(0).toInt() / 2 : 0;
}

} // namespace

CorpusSettings settings_to_merge(const QStringList &paths)
{
    CorpusSettings settings;
    for (const QString &path : paths) {
        const CorpusFile file(path, CorpusFile::Access::read);
        if (path == paths.constFirst())
            settings = file.settings();
        check_same(file, settings);
        if (settings.d_model == 0)
            settings.d_model = vector_length(file);
    }
    return settings;
}

MergeProgress merge_corpus(CorpusWriter &into, const CorpusFile &from, const CorpusSettings &settings,
                           const std::stop_token &stop)
{
    check_same(from, settings);
    const TopExamples neurons = read_neuron_examples(from);
    const TopExamples heads = read_head_examples(from);
    MergeProgress progress;
    std::vector<SentenceResult> results;
    QHash<qint64, qint64> numbers; // in `from` -> in `into`
    const auto store = [&] {
        into.add(results, examples_of(neurons, numbers, settings.examples),
                 examples_of(heads, numbers, settings.examples));
        progress.added += std::ssize(results);
        results.clear();
        numbers.clear();
    };
    for (const std::int64_t number : read_sentence_numbers(from)) {
        if (stop.stop_requested())
            break;
        StoredSentence sentence = read_sentence(from, number);
        const std::int64_t there = sentence_number(into.source(sentence.source), sentence.line);
        if (const QString text = into.text_of(there); !text.isNull()) {
            if (text != sentence.result.text)
                throw Error(
                    CorpusMessages::tr("%1: line %2 of %3 is \"%4\", but another sentence in what was merged "
                                       "before, \"%5\".")
                        .arg(from.path())
                        .arg(sentence.line)
                        .arg(sentence.source, shortened(sentence.result.text), shortened(text)));
            ++progress.present;
            continue;
        }
        numbers.insert(number, there);
        sentence.result.token_vectors = read_token_vectors(from, sentence.result);
        sentence.result.number = there;
        results.push_back(std::move(sentence.result));
        if (results.size() >= portion)
            store();
    }
    if (!results.empty())
        store();
    progress.stopped = stop.stop_requested();
    return progress;
}

} // namespace encoderscope
