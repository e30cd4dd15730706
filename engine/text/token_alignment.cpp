// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/token_alignment.h"

#include "engine/error.h"
#include "engine/text/aligned_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>

namespace encoderscope
{

namespace
{

/// Things that were put together, in any order.
class Groups
{
public:
    explicit Groups(std::size_t count)
        : parents_(count)
    {
        std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    }

    std::size_t of(std::size_t thing)
    {
        while (parents_[thing] != thing) {
            parents_[thing] = parents_[parents_[thing]];
            thing = parents_[thing];
        }
        return thing;
    }

    void join(std::size_t a, std::size_t b) { parents_[of(a)] = of(b); }

private:
    std::vector<std::size_t> parents_;
};

bool added(const Token &token)
{
    return token.word < 0 && token.begin >= token.end;
}

/// One of the two inputs, and what is known of its tokens.
struct Side {
    const Encoding &encoding;
    std::vector<bool> taken;

    std::size_t size() const { return encoding.tokens.size(); }
    const Token &token(int index) const { return encoding.tokens[static_cast<std::size_t>(index)]; }
    bool free(int index) const { return !taken[static_cast<std::size_t>(index)]; }
    void take(const std::vector<int> &tokens)
    {
        for (const int token : tokens)
            taken[static_cast<std::size_t>(token)] = true;
    }
};

/// Spans of one side in their order, found by the tokens that they overlap.
class SpanIndex
{
public:
    explicit SpanIndex(std::vector<TextSpan> spans)
        : spans_(std::move(spans))
        , order_(spans_.size())
    {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            return key(spans_[a].segment, spans_[a].begin) < key(spans_[b].segment, spans_[b].begin);
        });
    }

    template <typename Function>
    void for_each_in(const Token &token, Function &&function) const
    {
        auto at = std::partition_point(order_.begin(), order_.end(), [&](std::size_t index) {
            return key(spans_[index].segment, spans_[index].end) <= key(token.segment, token.begin);
        });
        for (; at != order_.end(); ++at) {
            const TextSpan &span = spans_[*at];
            if (span.segment != token.segment || span.begin >= token.end)
                return;
            function(*at);
        }
    }

private:
    static std::pair<int, qsizetype> key(int segment, qsizetype at) { return {segment, at}; }

    std::vector<TextSpan> spans_;
    std::vector<std::size_t> order_;
};

std::vector<TextSpan> spans_of(const std::vector<AlignedSpans> &aligned, bool now)
{
    std::vector<TextSpan> spans;
    spans.reserve(aligned.size());
    for (const AlignedSpans &pair : aligned)
        spans.push_back(now ? pair.now : pair.reference);
    return spans;
}

const QString &sentence(const Encoding &encoding, int segment)
{
    return segment == 0 ? encoding.text : encoding.text_b;
}

/// By sentence and unit: how many of those before it are no blanks and have no equal partner.
class Differing
{
public:
    Differing(const Encoding &encoding, const std::vector<TextSpan> &equal)
    {
        for (int segment = 0; segment < 2; ++segment) {
            const QString &text = sentence(encoding, segment);
            std::vector<bool> differs(static_cast<std::size_t>(text.size()));
            for (qsizetype i = 0; i < text.size(); ++i)
                differs[static_cast<std::size_t>(i)] = !text[i].isSpace();
            for (const TextSpan &span : equal) {
                if (span.segment == segment)
                    std::fill(differs.begin() + span.begin, differs.begin() + span.end, false);
            }
            counts_[segment].reserve(differs.size() + 1);
            counts_[segment].push_back(0);
            for (const bool differing : differs)
                counts_[segment].push_back(counts_[segment].back() + (differing ? 1 : 0));
        }
    }

    bool any(const Token &token) const
    {
        const std::vector<int> &counts = counts_[token.segment == 0 ? 0 : 1];
        return counts[static_cast<std::size_t>(token.end)] > counts[static_cast<std::size_t>(token.begin)];
    }

private:
    std::vector<int> counts_[2];
};

/// Puts the automatic units together.
class Aligner
{
public:
    Aligner(const Encoding &now, const Encoding &reference, const std::vector<AlignedSpans> &texts)
        : now_{now, std::vector<bool>(now.tokens.size(), false)}
        , reference_{reference, std::vector<bool>(reference.tokens.size(), false)}
    {
        add_partners_by_characters(texts);
        add_specials();
        add_empty_ones();
    }

    std::vector<AlignedTokens> units() && { return std::move(units_); }

private:
    void add(AlignedTokens unit)
    {
        now_.take(unit.now);
        reference_.take(unit.reference);
        units_.push_back(std::move(unit));
    }

    bool same_pieces(const AlignedTokens &unit) const
    {
        return std::equal(unit.now.begin(), unit.now.end(), unit.reference.begin(), unit.reference.end(),
                          [&](int a, int b) {
                              return now_.token(a).id == reference_.token(b).id &&
                                     now_.token(a).piece == reference_.token(b).piece;
                          });
    }

    void add_one_by_one(const AlignedTokens &unit)
    {
        for (std::size_t i = 0; i < unit.now.size(); ++i)
            add({{unit.now[i]}, {unit.reference[i]}, unit.same});
    }

    void add_partners_by_characters(const std::vector<AlignedSpans> &texts)
    {
        std::vector<AlignedSpans> equal;
        for (const AlignedSpans &pair : texts) {
            if (composed(sentence(now_.encoding, pair.now.segment), pair.now) ==
                composed(sentence(reference_.encoding, pair.reference.segment), pair.reference))
                equal.push_back(pair);
        }
        const Differing now_differs(now_.encoding, spans_of(equal, true));
        const Differing reference_differs(reference_.encoding, spans_of(equal, false));

        // Tokens of now, tokens of the reference, characters.
        const std::size_t first_character = now_.size() + reference_.size();
        Groups groups(first_character + texts.size());
        const auto join = [&](const Side &side, std::size_t first_token, bool now) {
            const SpanIndex index(spans_of(texts, now));
            for (std::size_t i = 0; i < side.size(); ++i) {
                const Token &token = side.encoding.tokens[i];
                if (token.begin < token.end)
                    index.for_each_in(token, [&](std::size_t character) {
                        groups.join(first_token + i, first_character + character);
                    });
            }
        };
        join(now_, 0, true);
        join(reference_, now_.size(), false);

        std::map<std::size_t, AlignedTokens> found;
        for (std::size_t i = 0; i < now_.size(); ++i)
            found[groups.of(i)].now.push_back(static_cast<int>(i));
        for (std::size_t i = 0; i < reference_.size(); ++i)
            found[groups.of(now_.size() + i)].reference.push_back(static_cast<int>(i));
        for (auto &[group, unit] : found) {
            if (!unit.matched())
                continue;
            const auto differ = [](const Side &side, const Differing &differs,
                                   const std::vector<int> &tokens) {
                return std::any_of(tokens.begin(), tokens.end(),
                                   [&](int token) { return differs.any(side.token(token)); });
            };
            unit.same = !differ(now_, now_differs, unit.now) &&
                        !differ(reference_, reference_differs, unit.reference);
            // Several for one character (bytes, letters of a syllable), or other characters in as many
            // pieces.
            const bool as_many = unit.now.size() == unit.reference.size();
            if (as_many && (!unit.same || same_pieces(unit)))
                add_one_by_one(unit);
            else
                add(std::move(unit));
        }
    }

    /// Added specials: those before A from the front, those after the last sentence from the back, those
    /// between A and B in their order.
    void add_specials()
    {
        const auto run = [](const Side &side, bool from_front) {
            int count = 0;
            const auto size = static_cast<int>(side.size());
            while (count < size && added(side.token(from_front ? count : size - 1 - count)))
                ++count;
            return count;
        };
        const auto n = static_cast<int>(now_.size());
        const auto m = static_cast<int>(reference_.size());
        const int front = std::min(run(now_, true), run(reference_, true));
        for (int i = 0; i < front; ++i)
            add({{i}, {i}, true});
        const int back = std::min({run(now_, false), run(reference_, false), n - front, m - front});
        for (int i = 1; i <= back; ++i)
            add({{n - i}, {m - i}, true});
        if (now_.encoding.text_b.isNull() != reference_.encoding.text_b.isNull())
            return;
        const auto left = [](const Side &side) {
            std::vector<int> tokens;
            for (int i = 0; i < static_cast<int>(side.size()); ++i) {
                if (side.free(i) && added(side.token(i)))
                    tokens.push_back(i);
            }
            return tokens;
        };
        const std::vector<int> here = left(now_);
        const std::vector<int> there = left(reference_);
        for (std::size_t i = 0; i < std::min(here.size(), there.size()); ++i)
            add({{here[i]}, {there[i]}, true});
    }

    /// Pieces that stand for no typed character, as some tokenizers put before a text: they follow partners.
    void add_empty_ones()
    {
        std::vector<int> last_partner(now_.size(), -1);
        std::vector<int> last_partner_there(reference_.size(), -1);
        for (const AlignedTokens &unit : units_) {
            last_partner[static_cast<std::size_t>(unit.now.back())] = unit.reference.back();
            last_partner_there[static_cast<std::size_t>(unit.reference.back())] = unit.now.back();
        }
        const auto empty = [](const Side &side, int index) {
            const Token &token = side.token(index);
            return side.free(index) && token.word >= 0 && token.begin >= token.end;
        };
        for (int i = 0; i < static_cast<int>(now_.size()); ++i) {
            if (!empty(now_, i))
                continue;
            const int before = i == 0 ? -1 : last_partner[static_cast<std::size_t>(i) - 1];
            if (i > 0 && before < 0)
                continue;
            const int there = before + 1;
            if (there >= static_cast<int>(reference_.size()) || !empty(reference_, there) ||
                (there > 0 && last_partner_there[static_cast<std::size_t>(there) - 1] != i - 1))
                continue;
            add({{i}, {there}, true});
            last_partner[static_cast<std::size_t>(i)] = there;
            last_partner_there[static_cast<std::size_t>(there)] = i;
        }
    }

    Side now_, reference_;
    std::vector<AlignedTokens> units_;
};

void check(const TokenPair &pair, int n, int m)
{
    const auto in = [](int token, int count) { return token >= -1 && token < count; };
    if (in(pair.now, n) && in(pair.reference, m) && (pair.now >= 0 || pair.reference >= 0))
        return;
    throw Error(QCoreApplication::translate("Alignment",
                                            "Token %1 is to be aligned with token %2 of the reference; "
                                            "expected numbers below %3 and %4, or -1 for one of them.")
                    .arg(pair.now)
                    .arg(pair.reference)
                    .arg(n)
                    .arg(m));
}

QString characters(const Encoding &encoding, const std::vector<int> &tokens)
{
    QString text;
    for (const int index : tokens) {
        const Token &token = encoding.tokens[static_cast<std::size_t>(index)];
        text += added(token)
                    ? token.piece
                    : composed(sentence(encoding, token.segment), {token.segment, token.begin, token.end});
    }
    return text;
}

void correct(std::vector<AlignedTokens> &units, const std::vector<TokenPair> &corrections,
             const Encoding &now, const Encoding &reference)
{
    const std::size_t n = now.tokens.size();
    const std::size_t m = reference.tokens.size();
    std::vector<bool> named(n + m, false);
    Groups groups(n + m);
    for (const TokenPair &pair : corrections) {
        if (pair.now >= 0)
            named[static_cast<std::size_t>(pair.now)] = true;
        if (pair.reference >= 0)
            named[n + static_cast<std::size_t>(pair.reference)] = true;
        if (pair.now >= 0 && pair.reference >= 0)
            groups.join(static_cast<std::size_t>(pair.now), n + static_cast<std::size_t>(pair.reference));
    }
    for (AlignedTokens &unit : units) {
        const std::size_t before = unit.now.size() + unit.reference.size();
        std::erase_if(unit.now, [&](int token) { return named[static_cast<std::size_t>(token)]; });
        std::erase_if(unit.reference, [&](int token) { return named[n + static_cast<std::size_t>(token)]; });
        if (unit.matched() && unit.now.size() + unit.reference.size() < before)
            unit.same = characters(now, unit.now) == characters(reference, unit.reference);
    }
    std::map<std::size_t, AlignedTokens> made;
    for (std::size_t i = 0; i < n + m; ++i) {
        if (named[i]) {
            AlignedTokens &unit = made[groups.of(i)];
            (i < n ? unit.now : unit.reference).push_back(static_cast<int>(i < n ? i : i - n));
        }
    }
    for (auto &[group, unit] : made) {
        if (!unit.matched())
            continue;
        unit.same = characters(now, unit.now) == characters(reference, unit.reference);
        units.push_back(std::move(unit));
    }
}

/// All tokens, also those without a partner, in the order that TokenAlignment promises.
std::vector<AlignedTokens> in_order(std::vector<AlignedTokens> units, std::size_t n, std::size_t m)
{
    std::erase_if(units, [](const AlignedTokens &unit) { return !unit.matched(); });
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> unit_here(n, none), unit_there(m, none);
    for (std::size_t i = 0; i < units.size(); ++i) {
        for (const int token : units[i].now)
            unit_here[static_cast<std::size_t>(token)] = i;
        for (const int token : units[i].reference)
            unit_there[static_cast<std::size_t>(token)] = i;
    }
    // What only the reference has waits for the unit of the token that follows it there.
    std::vector<std::vector<int>> waiting(units.size() + 1);
    std::size_t following = units.size();
    for (std::size_t i = m; i-- > 0;) {
        if (unit_there[i] == none)
            waiting[following].push_back(static_cast<int>(i));
        else
            following = unit_there[i];
    }
    std::vector<AlignedTokens> ordered;
    ordered.reserve(n + m);
    const auto add_waiting = [&](std::size_t unit) {
        for (auto token = waiting[unit].rbegin(); token != waiting[unit].rend(); ++token)
            ordered.push_back({{}, {*token}, false});
    };
    std::vector<bool> done(units.size(), false);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t unit = unit_here[i];
        if (unit == none) {
            ordered.push_back({{static_cast<int>(i)}, {}, false});
        } else if (!done[unit]) {
            done[unit] = true;
            add_waiting(unit);
            ordered.push_back(std::move(units[unit]));
        }
    }
    add_waiting(units.size());
    return ordered;
}

/// Which of both comes first in any comparison of the two, so that the way round does not matter.
bool in_turn(const Encoding &a, const Encoding &b)
{
    return std::pair(a.text, a.text_b) <= std::pair(b.text, b.text_b);
}

/// The characters of tokens that are put together, where both stand for some.
std::vector<AlignedSpans> spans_together(const std::vector<TokenPair> &corrections, const Encoding &now,
                                         const Encoding &reference)
{
    const auto span = [](const Encoding &encoding, int index) {
        const Token &token = encoding.tokens[static_cast<std::size_t>(index)];
        return TextSpan{token.segment, token.begin, token.end};
    };
    std::vector<AlignedSpans> spans;
    for (const TokenPair &pair : corrections) {
        check(pair, static_cast<int>(now.tokens.size()), static_cast<int>(reference.tokens.size()));
        if (pair.now < 0 || pair.reference < 0)
            continue;
        const AlignedSpans both{span(now, pair.now), span(reference, pair.reference)};
        if (both.now.begin < both.now.end && both.reference.begin < both.reference.end)
            spans.push_back(both);
    }
    return spans;
}

std::vector<AlignedSpans> turned(std::vector<AlignedSpans> texts)
{
    for (AlignedSpans &pair : texts)
        std::swap(pair.now, pair.reference);
    return texts;
}

} // namespace

TokenAlignment align_tokens(const Encoding &now, const Encoding &reference,
                            const std::vector<TokenPair> &corrections, const std::stop_token &stop)
{
    TokenAlignment alignment{.units = {},
                             .now_tokens = static_cast<int>(now.tokens.size()),
                             .reference_tokens = static_cast<int>(reference.tokens.size())};
    const std::vector<AlignedSpans> together = spans_together(corrections, now, reference);
    const std::vector<AlignedSpans> texts = in_turn(now, reference)
                                                ? align_texts(now, reference, together, stop)
                                                : turned(align_texts(reference, now, turned(together), stop));
    if (stop.stop_requested())
        return alignment;
    std::vector<AlignedTokens> units = Aligner(now, reference, texts).units();
    if (!corrections.empty())
        correct(units, corrections, now, reference);
    alignment.units = in_order(std::move(units), now.tokens.size(), reference.tokens.size());
    return alignment;
}

TokenAlignment transposed(TokenAlignment alignment)
{
    std::swap(alignment.now_tokens, alignment.reference_tokens);
    for (AlignedTokens &unit : alignment.units)
        std::swap(unit.now, unit.reference);
    return alignment;
}

std::vector<int> partners(const TokenAlignment &alignment)
{
    std::vector<int> all(static_cast<std::size_t>(alignment.now_tokens), -1);
    for (const AlignedTokens &unit : alignment.units) {
        for (std::size_t i = 0; i < unit.now.size() && !unit.reference.empty(); ++i)
            all[static_cast<std::size_t>(unit.now[i])] =
                unit.reference[std::min(i, unit.reference.size() - 1)];
    }
    return all;
}

} // namespace encoderscope
