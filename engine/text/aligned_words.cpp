// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/aligned_words.h"

#include "engine/text/aligned_text.h"
#include "engine/text/longest_common.h"

#include <QHash>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <optional>
#include <set>

namespace encoderscope
{

namespace
{

/// The part of a sentence that tokens stand for, as characters and as words.
struct Sentence {
    const QString *text = nullptr;
    TextSpan span;
    std::vector<qsizetype> characters; ///< where each begins, and the end of the last one
    std::vector<TextSpan> words;
};

const QString &text_of(const Encoding &encoding, int segment)
{
    return segment == 0 ? encoding.text : encoding.text_b;
}

bool is_blank(const QString &text, qsizetype begin, qsizetype end)
{
    return std::all_of(text.begin() + begin, text.begin() + end, [](QChar c) { return c.isSpace(); });
}

/// By unit of the span: whether a token stands for it.
std::vector<bool> covered_units(const Encoding &encoding, const TextSpan &span)
{
    std::vector<int> changes(static_cast<std::size_t>(span.end - span.begin) + 1, 0);
    for (const Token &token : encoding.tokens) {
        if (token.segment == span.segment && token.begin < token.end) {
            ++changes[static_cast<std::size_t>(token.begin - span.begin)];
            --changes[static_cast<std::size_t>(token.end - span.begin)];
        }
    }
    std::vector<bool> covered;
    covered.reserve(changes.size());
    int tokens = 0;
    for (const int change : changes) {
        tokens += change;
        covered.push_back(tokens > 0);
    }
    return covered;
}

/// Words as Unicode has them (Annex 29), whatever the tokenizer; a typed special is one.
void find_words(const Encoding &encoding, Sentence &sentence)
{
    const TextSpan &span = sentence.span;
    const qsizetype size = span.end - span.begin;
    std::vector<bool> begins(static_cast<std::size_t>(size) + 1, false);
    const QString part = sentence.text->mid(span.begin, size);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, part);
    for (qsizetype at = 0; at >= 0; at = finder.toNextBoundary())
        begins[static_cast<std::size_t>(at)] = true;
    std::vector<bool> whole(begins.size(), false);
    for (const qsizetype at : sentence.characters)
        whole[static_cast<std::size_t>(at - span.begin)] = true;
    for (std::size_t at = 0; at < begins.size(); ++at)
        begins[at] = begins[at] && whole[at];
    for (const Token &token : encoding.tokens) {
        if (token.segment != span.segment || !token.special || token.begin >= token.end)
            continue;
        for (qsizetype at = token.begin; at <= token.end; ++at)
            begins[static_cast<std::size_t>(at - span.begin)] = at == token.begin || at == token.end;
    }
    begins.back() = true;

    const std::vector<bool> covered = covered_units(encoding, span);
    qsizetype begin = 0;
    for (qsizetype at = 1; at <= size; ++at) {
        if (!begins[static_cast<std::size_t>(at)])
            continue;
        if (!is_blank(part, begin, at) &&
            std::find(covered.begin() + begin, covered.begin() + at, true) != covered.begin() + at)
            sentence.words.push_back({span.segment, span.begin + begin, span.begin + at});
        begin = at;
    }
}

Sentence sentence_of(const Encoding &encoding, int segment)
{
    Sentence sentence;
    sentence.text = &text_of(encoding, segment);
    sentence.span.segment = segment;
    bool any = false;
    for (const Token &token : encoding.tokens) {
        if (token.segment != segment || token.begin >= token.end)
            continue;
        sentence.span.begin = any ? std::min(sentence.span.begin, token.begin) : token.begin;
        sentence.span.end = any ? std::max(sentence.span.end, token.end) : token.end;
        any = true;
    }
    if (!any)
        return sentence;
    const AlignedText characters =
        aligned_text(sentence.text->mid(sentence.span.begin, sentence.span.end - sentence.span.begin));
    for (const std::size_t bound : cluster_bounds(characters))
        sentence.characters.push_back(
            bound < characters.size() ? sentence.span.begin + characters[bound].begin : sentence.span.end);
    find_words(encoding, sentence);
    return sentence;
}

/// The characters of a span of whole characters: where each begins, and the end of the last one.
std::span<const qsizetype> characters_in(const Sentence &sentence, const TextSpan &span)
{
    const auto first = std::lower_bound(sentence.characters.begin(), sentence.characters.end(), span.begin);
    const auto last = std::lower_bound(first, sentence.characters.end(), span.end);
    return {first, last + 1};
}

QString folded(const QString &text, const TextSpan &span)
{
    return text.mid(span.begin, span.end - span.begin)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C);
}

/// Two words, character by character.
struct WordPair {
    const Sentence *now;
    const Sentence *reference;
    TextSpan now_word, reference_word;
    std::span<const qsizetype> here, there; ///< where the characters begin, and the end

    std::size_t now_size() const { return here.size() - 1; }
    std::size_t reference_size() const { return there.size() - 1; }
    AlignedSpans characters(std::size_t a, std::size_t b) const
    {
        return {{now_word.segment, here[a], here[a + 1]}, {reference_word.segment, there[b], there[b + 1]}};
    }
    bool same(std::size_t a, std::size_t b) const
    {
        const AlignedSpans spans = characters(a, b);
        return folded(*now->text, spans.now) == folded(*reference->text, spans.reference);
    }
    /// How many characters agree from the beginning on, and from the end of what is left.
    std::pair<std::size_t, std::size_t> agreeing() const
    {
        const std::size_t most = std::min(now_size(), reference_size());
        std::size_t first = 0;
        while (first < most && same(first, first))
            ++first;
        std::size_t last = 0;
        while (first + last < most && same(now_size() - 1 - last, reference_size() - 1 - last))
            ++last;
        return {first, last};
    }
};

/// Sentences of both sides that are compared with each other, word by word in their order.
class SentenceAligner
{
public:
    SentenceAligner(std::vector<const Sentence *> now, std::vector<const Sentence *> reference,
                    const std::vector<AlignedSpans> &together, std::vector<AlignedSpans> &found,
                    const std::stop_token &stop)
        : now_(std::move(now))
        , reference_(std::move(reference))
        , together_(together)
        , found_(found)
        , stop_(stop)
    {
    }

    void align()
    {
        if (now_.size() == 1 && reference_.size() == 1 && align_equal())
            return;
        const std::vector<int> here = keys(now_, now_words_);
        const std::vector<int> there = keys(reference_, reference_words_);
        const auto same = [&](const CommonItem &item) {
            return here[static_cast<std::size_t>(item.a)] == there[static_cast<std::size_t>(item.b)];
        };
        const std::vector<CommonItem> common = common_words(here, there);
        for (const CommonItem &item : common)
            lettered_ += has_letters(now_words_[static_cast<std::size_t>(item.a)]) ? 1 : 0;
        int next_now = 0;
        int next_reference = 0;
        for (const CommonItem &item : common) {
            align_gap(next_now, item.a, next_reference, item.b);
            if (same(item))
                align_same(item.a, item.b);
            else
                align_different(item.a, item.b);
            next_now = item.a + 1;
            next_reference = item.b + 1;
        }
        align_gap(next_now, static_cast<int>(now_words_.size()), next_reference,
                  static_cast<int>(reference_words_.size()));
    }

private:
    struct Word {
        const Sentence *sentence;
        TextSpan span;
    };

    /// The same characters on both sides.
    bool align_equal()
    {
        const Sentence &now = *now_.front();
        const Sentence &reference = *reference_.front();
        if (*now.text != *reference.text)
            return false;
        const qsizetype begin = std::max(now.span.begin, reference.span.begin);
        const qsizetype end = std::min(now.span.end, reference.span.end);
        for (std::size_t i = 0; i + 1 < now.characters.size(); ++i) {
            const qsizetype from = now.characters[i];
            const qsizetype to = now.characters[i + 1];
            if (from >= begin && to <= end)
                found_.push_back({{now.span.segment, from, to}, {reference.span.segment, from, to}});
        }
        return true;
    }

    /// The first word that has some of the span; -1 when none does.
    static int word_at(const std::vector<Word> &words, const TextSpan &span)
    {
        const auto found = std::find_if(words.begin(), words.end(), [&](const Word &word) {
            return word.span.segment == span.segment && word.span.begin < span.end &&
                   word.span.end > span.begin;
        });
        return found == words.end() ? -1 : static_cast<int>(found - words.begin());
    }

    static bool in_order(const CommonItem &a, const CommonItem &b)
    {
        return (a.a < b.a && a.b < b.b) || (a.a > b.a && a.b > b.b);
    }

    static std::vector<CommonItem> with(std::vector<CommonItem> items, const CommonItem &item)
    {
        items.insert(std::partition_point(items.begin(), items.end(),
                                          [&](const CommonItem &other) { return other.a < item.a; }),
                     item);
        return items;
    }

    /// The words of a longest common subsequence and, among them, those that were put together; without the
    /// ones that would cost others their partners, which are left out of gaps.
    std::vector<CommonItem> common_words(const std::vector<int> &here, const std::vector<int> &there)
    {
        std::vector<CommonItem> common = longest_common_subsequence(here, there, stop_);
        std::vector<CommonItem> knots;
        for (const AlignedSpans &pair : together_) {
            const CommonItem knot{word_at(now_words_, pair.now), word_at(reference_words_, pair.reference)};
            if (knot.a < 0 || knot.b < 0 || stop_.stop_requested())
                continue;
            const auto fits = [&](const CommonItem &item) { return in_order(item, knot); };
            std::vector<CommonItem> others = common;
            std::erase_if(others,
                          [&](const CommonItem &item) { return item.a == knot.a || item.b == knot.b; });
            bool placed = std::all_of(knots.begin(), knots.end(), fits);
            if (placed && std::all_of(others.begin(), others.end(), fits)) {
                common = with(std::move(others), knot);
            } else if (placed) {
                std::vector<CommonItem> again = common_around(with(knots, knot), here, there);
                placed = again.size() > others.size();
                if (placed)
                    common = std::move(again);
            }
            if (placed) {
                knots = with(std::move(knots), knot);
            } else {
                moved_now_.insert(knot.a);
                moved_reference_.insert(knot.b);
            }
        }
        return common;
    }

    /// The knots, and the longest common subsequences between them.
    std::vector<CommonItem> common_around(const std::vector<CommonItem> &knots, const std::vector<int> &here,
                                          const std::vector<int> &there) const
    {
        std::vector<CommonItem> all;
        CommonItem from{0, 0};
        const auto add_until = [&](const CommonItem &to) {
            const auto part = [](const std::vector<int> &words, int begin, int end) {
                return std::span(words).subspan(static_cast<std::size_t>(begin),
                                                static_cast<std::size_t>(end - begin));
            };
            for (const CommonItem &item :
                 longest_common_subsequence(part(here, from.a, to.a), part(there, from.b, to.b), stop_))
                all.push_back({from.a + item.a, from.b + item.b});
            from = {to.a + 1, to.b + 1};
        };
        for (const CommonItem &knot : knots) {
            add_until(knot);
            all.push_back(knot);
        }
        add_until({static_cast<int>(here.size()), static_cast<int>(there.size())});
        return all;
    }

    /// A number for each word: the same for those that differ in nothing but case and in how accents are
    /// written.
    std::vector<int> keys(const std::vector<const Sentence *> &sentences, std::vector<Word> &words)
    {
        std::vector<int> all;
        for (const Sentence *sentence : sentences) {
            for (const TextSpan &span : sentence->words) {
                words.push_back({sentence, span});
                const QString word = folded(*sentence->text, span);
                const auto known = numbers_.constFind(word);
                all.push_back(known != numbers_.constEnd() ? *known : static_cast<int>(numbers_.size()));
                numbers_.insert(word, all.back());
            }
        }
        return all;
    }

    static bool has_letters(const Word &word)
    {
        const QString &text = *word.sentence->text;
        return std::any_of(text.begin() + word.span.begin, text.begin() + word.span.end,
                           [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
    }

    WordPair pair(int now, int reference) const
    {
        const Word &here = now_words_[static_cast<std::size_t>(now)];
        const Word &there = reference_words_[static_cast<std::size_t>(reference)];
        return {here.sentence,
                there.sentence,
                here.span,
                there.span,
                characters_in(*here.sentence, here.span),
                characters_in(*there.sentence, there.span)};
    }

    void align_same(int now, int reference)
    {
        align_blank(now, reference);
        const WordPair words = pair(now, reference);
        if (words.now_size() != words.reference_size()) {
            found_.push_back({words.now_word, words.reference_word});
            return;
        }
        for (std::size_t i = 0; i < words.now_size(); ++i)
            found_.push_back(words.characters(i, i));
    }

    void align_different(int now, int reference)
    {
        align_blank(now, reference);
        const WordPair words = pair(now, reference);
        const auto [first, last] = words.agreeing();
        for (std::size_t i = 0; i < first; ++i)
            found_.push_back(words.characters(i, i));
        const std::size_t here = words.now_size() - last;
        const std::size_t there = words.reference_size() - last;
        if (first < here && first < there)
            found_.push_back({{words.now_word.segment, words.here[first], words.here[here]},
                              {words.reference_word.segment, words.there[first], words.there[there]}});
        for (std::size_t i = 0; i < last; ++i)
            found_.push_back(words.characters(here + i, there + i));
    }

    /// What stands between these words and those before them, which are partners too.
    void align_blank(int now, int reference)
    {
        const TextSpan here = before(now_words_, now);
        const TextSpan there = before(reference_words_, reference);
        const bool follows = now == last_now_ + 1 && reference == last_reference_ + 1;
        if (follows && here.begin < here.end && there.begin < there.end)
            found_.push_back({here, there});
        last_now_ = now;
        last_reference_ = reference;
    }

    static TextSpan before(const std::vector<Word> &words, int index)
    {
        const Word &word = words[static_cast<std::size_t>(index)];
        const bool first = index == 0 || words[static_cast<std::size_t>(index) - 1].sentence != word.sentence;
        const qsizetype begin =
            first ? word.sentence->span.begin : words[static_cast<std::size_t>(index) - 1].span.end;
        return {word.span.segment, begin, word.span.begin};
    }

    /// Words between those that are common to both.
    void align_gap(int now, int now_end, int reference, int reference_end)
    {
        const auto staying = [](int from, int to, const std::set<int> &moved) {
            std::vector<int> words;
            for (int word = from; word < to; ++word) {
                if (!moved.contains(word))
                    words.push_back(word);
            }
            return words;
        };
        const std::vector<int> here = staying(now, now_end, moved_now_);
        const std::vector<int> there = staying(reference, reference_end, moved_reference_);
        if (here.empty() || here.size() != there.size() || stop_.stop_requested())
            return;
        const auto count = static_cast<int>(here.size());
        bool aligned = count <= lettered_;
        if (!aligned) {
            int alike = 0;
            for (std::size_t i = 0; i < here.size(); ++i) {
                const WordPair words = pair(here[i], there[i]);
                const auto [first, last] = words.agreeing();
                if (2 * (first + last) >= std::max(words.now_size(), words.reference_size()))
                    ++alike;
            }
            aligned = 2 * alike >= count;
        }
        for (std::size_t i = 0; aligned && i < here.size(); ++i)
            align_different(here[i], there[i]);
    }

    std::vector<const Sentence *> now_, reference_;
    const std::vector<AlignedSpans> &together_;
    std::vector<AlignedSpans> &found_;
    const std::stop_token &stop_;
    QHash<QString, int> numbers_;
    std::vector<Word> now_words_, reference_words_;
    std::set<int> moved_now_, moved_reference_; ///< put together with a word out of order
    int lettered_ = 0;                          ///< common words that have letters
    int last_now_ = -1, last_reference_ = -1;
};

} // namespace

std::vector<AlignedSpans> align_texts(const Encoding &now, const Encoding &reference,
                                      const std::vector<AlignedSpans> &together, const std::stop_token &stop)
{
    const Sentence a = sentence_of(now, 0);
    const Sentence b = sentence_of(now, 1);
    const Sentence reference_a = sentence_of(reference, 0);
    const Sentence reference_b = sentence_of(reference, 1);
    std::vector<AlignedSpans> found;
    const auto align = [&](std::vector<const Sentence *> here, std::vector<const Sentence *> there) {
        SentenceAligner(std::move(here), std::move(there), together, found, stop).align();
    };
    const bool pair = !now.text_b.isNull();
    if (pair == !reference.text_b.isNull()) {
        align({&a}, {&reference_a});
        align({&b}, {&reference_b});
    } else if (pair) {
        if (reference.text == now.text)
            align({&a}, {&reference_a});
        else if (reference.text == now.text_b)
            align({&b}, {&reference_a});
        else
            align({&a, &b}, {&reference_a});
    } else {
        if (now.text == reference.text)
            align({&a}, {&reference_a});
        else if (now.text == reference.text_b)
            align({&a}, {&reference_b});
        else
            align({&a}, {&reference_a, &reference_b});
    }
    return stop.stop_requested() ? std::vector<AlignedSpans>() : found;
}

QString composed(const QString &text, const TextSpan &span)
{
    return text.mid(span.begin, span.end - span.begin).normalized(QString::NormalizationForm_C);
}

} // namespace encoderscope
