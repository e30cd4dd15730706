// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_answers.h"

#include "engine/analysis/sentence_vector.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/token_index.h"
#include "engine/corpus/vector_search_module.h"
#include "engine/error.h"
#include "ui/jobs/stopped.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

TextPart partOf(const SentenceResult &sentence, int token)
{
    const auto [begin, end] = place_of(sentence, token);
    return {begin, end};
}

/// As anchorOf() of the run that the sentence is from.
TokenAnchor anchorIn(const SentenceResult &sentence, int token)
{
    const auto here = sentence.tokens.begin() + token;
    const auto added = [](const StoredToken &one) { return one.special && one.begin == one.end; };
    if (added(*here))
        return {.special = static_cast<int>(std::count_if(sentence.tokens.begin(), here, added))};
    const TextPart part = partOf(sentence, token);
    const auto same = [&](const StoredToken &one) {
        return !added(one) && one.begin == here->begin && one.end == here->end;
    };
    return {.begin = part.begin,
            .end = part.end,
            .part = static_cast<int>(std::count_if(sentence.tokens.begin(), here, same))};
}

/// More than any model takes: of a sentence of a megabyte the list need not hold all.
constexpr qsizetype most_row_text = 1 << 16;

CorpusRow rowOf(const StoredSentence &sentence)
{
    CorpusRow row;
    row.source = sentence.source;
    row.line = sentence.line;
    row.text = sentence.result.text.left(most_row_text);
    return row;
}

std::vector<CorpusRow> rowsOf(const std::vector<ExampleInContext> &examples)
{
    std::vector<CorpusRow> rows;
    for (const auto &[example, sentence] : examples) {
        CorpusRow row = rowOf(sentence);
        row.value = static_cast<double>(example.value);
        row.token = partOf(sentence.result, example.token);
        row.query = anchorIn(sentence.result, example.token);
        if (example.key >= 0) {
            row.key = partOf(sentence.result, example.key);
            row.keyToken = anchorIn(sentence.result, example.key);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The first word that was found, and the token that begins it.
CorpusRow rowOf(const FoundSentence &found)
{
    CorpusRow row = rowOf(found.sentence);
    if (found.words.empty())
        return row;
    row.token = {found.words.front().first, found.words.front().second};
    const SentenceResult &sentence = found.sentence.result;
    for (int token = 0; token < static_cast<int>(sentence.tokens.size()); ++token) {
        const TextPart part = partOf(sentence, token);
        if (part.begin < row.token.end && part.end > row.token.begin) {
            row.query = anchorIn(sentence, token);
            break;
        }
    }
    return row;
}

void takeUses(const PieceUses &uses, CorpusAnswer &answer)
{
    answer.rows = rowsOf(uses.uses);
    answer.all = uses.sentences;
    answer.compared = uses.compared;
    answer.byIndex = uses.by_index;
}

} // namespace

OpenedCorpusPtr openCorpus(const QString &path)
{
    const CorpusFile file(path, CorpusFile::Access::read);
    const CorpusSummary summary = read_summary(file);
    const HeadTotals totals = read_head_totals(file);
    OpenedCorpus opened{.path = path,
                        .settings = file.settings(),
                        .sentences = summary.sentences,
                        .tokens = summary.tokens,
                        .vectors = has_vectors(file),
                        .indexed = indexed_layers(file),
                        .heads = {}};
    for (std::size_t head = 0; head < totals.heads(); ++head)
        opened.heads.push_back(totals.statistics(head));
    return std::make_shared<const OpenedCorpus>(std::move(opened));
}

CorpusRow rowOfSentence(const QString &path, std::int64_t number)
{
    return rowOf(read_sentence(CorpusFile(path, CorpusFile::Access::read), number));
}

void prepareNearest()
{
    try {
        vector_search();
    } catch (const Error &) {
        // Not there: who asks is told why.
    }
}

CorpusAnswer answerOf(const CorpusQuestion &question, const std::stop_token &stop)
{
    CorpusAnswer answer{.question = question, .rows = {}};
    if (question.kind == CorpusQuestion::Kind::none)
        return answer;
    const CorpusFile file(question.corpus->path, CorpusFile::Access::read);
    switch (question.kind) {
    case CorpusQuestion::Kind::none:
        break;
    case CorpusQuestion::Kind::headExamples:
        answer.rows = rowsOf(head_examples(file, question.layer, question.index));
        break;
    case CorpusQuestion::Kind::neuronExamples:
        answer.rows = rowsOf(neuron_examples(file, question.layer, question.index));
        break;
    case CorpusQuestion::Kind::uses:
        takeUses(piece_uses(file, question.piece, most_corpus_rows), answer);
        break;
    case CorpusQuestion::Kind::nearestUses: {
        takeUses(nearest_uses(file, question.piece, sentence_vector(*question.run), most_corpus_rows, stop),
                 answer);
        std::erase_if(answer.rows, [&text = question.run->encoding().text](const CorpusRow &row) {
            return row.text == text; // elsewhere
        });
        break;
    }
    case CorpusQuestion::Kind::nearestTokens:
    case CorpusQuestion::Kind::nearestOfAny: {
        const RowVector own = question.run->hidden(question.layer).row(question.index);
        const int layer = question.layer + 1;
        takeUses(question.kind == CorpusQuestion::Kind::nearestOfAny
                     ? nearest_of_any_piece(file, layer, own, most_corpus_rows, 0, stop)
                     : nearest_tokens(file, layer, question.piece, own, most_corpus_rows, 0, stop),
                 answer);
        std::erase_if(answer.rows, [&text = question.run->encoding().text](const CorpusRow &row) {
            return row.text == text; // elsewhere
        });
        break;
    }
    case CorpusQuestion::Kind::search:
        for (const FoundSentence &found : search_sentences(file, question.words, most_corpus_rows))
            answer.rows.push_back(rowOf(found));
        answer.all = count_sentences(file, question.words);
        break;
    }
    throwIfStopped(stop);
    return answer;
}

} // namespace encoderscope
