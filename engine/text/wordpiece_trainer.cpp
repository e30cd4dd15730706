// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/wordpiece_trainer.h"

#include <QHash>
#include <QMap>

#include <algorithm>
#include <queue>
#include <unordered_map>

namespace encoderscope
{

namespace
{

const QString prefix = QStringLiteral("##");

struct Word {
    std::vector<int> symbols;
    qint64 count = 0;
};

/// In alphabetical order, so that nothing depends on the order of a hash.
QMap<QString, qint64> count_words(const QStringList &lines, const BertNormalizerOptions &options)
{
    const Normalizer normalize = bert_normalizer(options);
    const PreTokenizer pre_tokenize = bert_pre_tokenizer();
    QHash<QString, qint64> counts;
    for (const QString &line : lines) {
        WorkBudget budget(static_cast<std::size_t>(line.size()));
        for (const AlignedText &word : pre_tokenize(normalize(aligned_text(line), budget), true, budget))
            ++counts[to_string(word)];
    }
    QMap<QString, qint64> sorted;
    for (auto it = counts.constKeyValueBegin(); it != counts.constKeyValueEnd(); ++it)
        sorted.insert(it->first, it->second);
    return sorted;
}

/// "word" as "w", "##o", "##r", "##d".
QStringList characters_of(const QString &word)
{
    QStringList symbols;
    for (const AlignedCharacter &c : aligned_text(word)) {
        const QString character = to_string({&c, 1});
        symbols.append(symbols.isEmpty() ? character : prefix + character);
    }
    return symbols;
}

class Training
{
public:
    Training(const QStringList &lines, const WordPieceTraining &options)
        : options_(options)
    {
        for (const QString &special : options.specials)
            add_piece(special, 0);
        QMap<QString, qint64> counts = count_words(lines, options.normalizer);
        add_alphabet(counts);
        add_words(counts); // a word that is required whole teaches no pairs
    }

    QStringList run()
    {
        while (pieces_.size() < options_.pieces && !queue_.empty()) {
            const Candidate best = queue_.top();
            queue_.pop();
            const auto pair = pairs_.find(best.pair);
            if (pair == pairs_.end() || pair->second.count != best.count)
                continue; // a newer entry holds its present count
            if (best.count < options_.min_frequency)
                break;
            join(best.pair);
        }
        return pieces_;
    }

private:
    using Pair = std::uint64_t; ///< left symbol << 32 | right symbol

    struct Occurrences {
        qint64 count = 0;
        std::vector<int> words; ///< may name a word twice, or one that has lost the pair
    };

    struct Candidate {
        qint64 count = 0;
        Pair pair = 0;
        /// The most frequent first; of equals the pair of the older pieces.
        bool operator<(const Candidate &other) const
        {
            return count != other.count ? count < other.count : pair > other.pair;
        }
    };

    static Pair pair_of(int left, int right)
    {
        return static_cast<Pair>(left) << 32U | static_cast<Pair>(right);
    }

    int add_piece(const QString &piece, int characters)
    {
        const auto known = ids_.constFind(piece);
        if (known != ids_.constEnd())
            return *known;
        const int id = static_cast<int>(pieces_.size());
        ids_.insert(piece, id);
        pieces_.append(piece);
        characters_.push_back(characters);
        return id;
    }

    /// Returns how many there are that were not in already.
    qsizetype add_required()
    {
        const qsizetype before = pieces_.size();
        for (const QString &piece : options_.required) {
            const qsizetype start =
                piece.startsWith(prefix) && piece.size() > prefix.size() ? prefix.size() : 0;
            if (pieces_.size() < options_.pieces)
                add_piece(piece, static_cast<int>(aligned_text(piece.mid(start)).size()));
        }
        return pieces_.size() - before;
    }

    void add_alphabet(const QMap<QString, qint64> &counts)
    {
        for (char16_t c = u'!'; c <= u'~'; ++c) {
            WorkBudget budget(1);
            const AlignedText normal =
                bert_normalizer(options_.normalizer)({AlignedCharacter{c, 0, 1}}, budget);
            const QString character = to_string(normal);
            add_piece(character, 1);
            if (QChar(c).isLetterOrNumber())
                add_piece(prefix + character, 1);
        }
        QMap<QString, qint64> frequency;
        for (auto word = counts.constKeyValueBegin(); word != counts.constKeyValueEnd(); ++word) {
            for (const QString &symbol : characters_of(word->first))
                frequency[symbol] += word->second;
        }
        QStringList symbols = frequency.keys();
        std::stable_sort(symbols.begin(), symbols.end(), [&](const QString &a, const QString &b) {
            return frequency.value(a) > frequency.value(b);
        });
        const qsizetype most = options_.specials.size() + options_.alphabet + add_required();
        for (const QString &symbol : symbols) {
            if (pieces_.size() < std::min<qsizetype>(most, options_.pieces))
                add_piece(symbol, 1);
        }
    }

    void add_words(const QMap<QString, qint64> &counts)
    {
        for (auto entry = counts.constKeyValueBegin(); entry != counts.constKeyValueEnd(); ++entry) {
            const auto whole = ids_.constFind(entry->first);
            if (whole != ids_.constEnd() && characters_[static_cast<std::size_t>(*whole)] > 1)
                continue;
            Word word{{}, entry->second};
            for (const QString &symbol : characters_of(entry->first))
                word.symbols.push_back(ids_.value(symbol, -1));
            if (std::find(word.symbols.begin(), word.symbols.end(), -1) != word.symbols.end())
                continue;
            const int index = static_cast<int>(words_.size());
            for (std::size_t i = 0; i + 1 < word.symbols.size(); ++i)
                count_pair(pair_of(word.symbols[i], word.symbols[i + 1]), word.count, index);
            words_.push_back(std::move(word));
        }
        for (const auto &[pair, occurrences] : pairs_)
            queue_.push({occurrences.count, pair});
    }

    void count_pair(Pair pair, qint64 count, int word)
    {
        Occurrences &occurrences = pairs_[pair];
        occurrences.count += count;
        if (count > 0 && (occurrences.words.empty() || occurrences.words.back() != word))
            occurrences.words.push_back(word);
    }

    /// Makes the pair one piece in all words.
    void join(Pair pair)
    {
        const int left = static_cast<int>(pair >> 32U);
        const int right = static_cast<int>(pair & 0xFFFFFFFFU);
        const std::vector<int> words = std::move(pairs_.at(pair).words);
        pairs_.erase(pair);
        const int characters =
            characters_[static_cast<std::size_t>(left)] + characters_[static_cast<std::size_t>(right)];
        if (characters > options_.longest_piece)
            return;
        const int joined = add_piece(pieces_[left] + pieces_[right].mid(prefix.size()), characters);
        std::vector<Pair> changed;
        for (const int index : words) {
            Word &word = words_[static_cast<std::size_t>(index)];
            std::vector<int> symbols;
            for (std::size_t i = 0; i < word.symbols.size(); ++i) {
                const bool here =
                    i + 1 < word.symbols.size() && word.symbols[i] == left && word.symbols[i + 1] == right;
                symbols.push_back(here ? joined : word.symbols[i]);
                i += here ? 1 : 0;
            }
            if (symbols.size() == word.symbols.size())
                continue;
            recount(word.symbols, -word.count, index, pair, changed);
            recount(symbols, word.count, index, pair, changed);
            word.symbols = std::move(symbols);
        }
        std::sort(changed.begin(), changed.end());
        changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
        for (const Pair other : changed) {
            const auto found = pairs_.find(other);
            if (found->second.count > 0)
                queue_.push({found->second.count, other});
            else
                pairs_.erase(found);
        }
    }

    void recount(const std::vector<int> &symbols, qint64 count, int word, Pair joined,
                 std::vector<Pair> &changed)
    {
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const Pair pair = pair_of(symbols[i], symbols[i + 1]);
            if (pair == joined)
                continue;
            count_pair(pair, count, word);
            changed.push_back(pair);
        }
    }

    WordPieceTraining options_;
    QStringList pieces_;
    std::vector<int> characters_; ///< of each piece
    QHash<QString, int> ids_;
    std::vector<Word> words_;
    std::unordered_map<Pair, Occurrences> pairs_;
    std::priority_queue<Candidate> queue_;
};

} // namespace

QStringList train_wordpiece(const QStringList &lines, const WordPieceTraining &options)
{
    return Training(lines, options).run();
}

} // namespace encoderscope
