// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pipeline.h"

#include "engine/error.h"
#include "engine/text/text_file.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

/// Longer clusters (a letter under a heap of marks) are not kept whole: each of their tokens would carry all.
constexpr std::size_t longest_cluster = 32;

/// The typed text around a span, widened so that no user-perceived character is broken on screen.
class Screen
{
public:
    Screen(const QString &text, const AlignedText &typed)
        : text_(text)
    {
        const std::vector<std::size_t> bounds = cluster_bounds(typed);
        whole_ = bounds.size() == static_cast<std::size_t>(text.size()) + 1;
        if (whole_)
            return;
        begins_.resize(static_cast<std::size_t>(text.size()));
        ends_.resize(begins_.size());
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            const bool keep = bounds[i + 1] - bounds[i] <= longest_cluster;
            for (std::size_t j = bounds[i]; j < bounds[i + 1]; ++j) {
                for (qsizetype unit = typed[j].begin; unit < typed[j].end; ++unit) {
                    begins_[static_cast<std::size_t>(unit)] = typed[keep ? bounds[i] : j].begin;
                    ends_[static_cast<std::size_t>(unit)] = typed[keep ? bounds[i + 1] - 1 : j].end;
                }
            }
        }
    }

    /// Sets the token's span to what `characters` came from, and its text to what was typed there; the piece
    /// stands in where that is only white space.
    void place(Token &token, AlignedView characters) const
    {
        token.begin = characters.front().begin;
        token.end = characters.front().end;
        for (const AlignedCharacter &c : characters) {
            token.begin = std::min(token.begin, c.begin);
            token.end = std::max(token.end, c.end);
        }
        if (token.begin < token.end && !whole_) {
            token.begin = begins_[static_cast<std::size_t>(token.begin)];
            token.end = ends_[static_cast<std::size_t>(token.end) - 1];
        }
        qsizetype begin = token.begin;
        qsizetype end = token.end;
        while (begin < end && text_[begin].isSpace())
            ++begin;
        while (begin < end && text_[end - 1].isSpace())
            --end;
        if (begin < end) {
            token.begin = begin;
            token.end = end;
            token.text = text_.mid(begin, end - begin);
        } else {
            token.text = token.piece;
        }
    }

private:
    const QString &text_;
    bool whole_ = false;            ///< each UTF-16 unit is a cluster
    std::vector<qsizetype> begins_; ///< of the cluster, for each UTF-16 unit
    std::vector<qsizetype> ends_;
};

} // namespace

Token special_token(int id, const QString &piece)
{
    return {.id = id, .piece = piece, .text = piece, .special = true};
}

Token special_token(const Vocabulary &vocabulary, const QString &piece, const QString &file)
{
    const int id = vocabulary.id(piece);
    if (id < 0)
        throw Error(QCoreApplication::translate("Tokenizer",
                                                "%1: The vocabulary has no \"%2\"; the tokenizer needs it.")
                        .arg(file, shortened(piece)));
    return special_token(id, piece);
}

void add_specials(Pipeline &pipeline, const Token &cls, const Token &sep, PairStyle style)
{
    Token last = sep;
    last.type = style == PairStyle::bert ? 1 : 0;
    pipeline.specials = {.before = {cls}, .between = {}, .after = {sep}};
    pipeline.pair_specials = {.before = {cls},
                              .between =
                                  style == PairStyle::roberta ? std::vector{sep, sep} : std::vector{sep},
                              .after = {last},
                              .type_a = 0,
                              .type_b = last.type};
    if (style == PairStyle::t5) {
        pipeline.specials.before.clear();
        pipeline.pair_specials.before.clear();
    }
}

PipelineTokenizer::PipelineTokenizer(Pipeline pipeline)
    : pipeline_(std::move(pipeline))
{
    const auto normalized = [this](const QString &content) {
        const AlignedText text = aligned_text(content);
        WorkBudget budget(text.size());
        return to_string(pipeline_.normalizer(text, budget));
    };
    std::vector<AddedToken> as_typed;
    std::vector<AddedToken> as_normalized;
    for (const AddedToken &token : pipeline_.added) {
        std::vector<AddedToken> &tokens = token.normalized ? as_normalized : as_typed;
        tokens.push_back(token);
        if (token.normalized && pipeline_.normalizer)
            tokens.back().content = normalized(token.content);
    }
    added_as_typed_ = AddedTokens(std::move(as_typed));
    added_as_normalized_ = AddedTokens(std::move(as_normalized));
}

std::vector<Token> PipelineTokenizer::tokenize(const QString &text) const
{
    const AlignedText typed = aligned_text(text);
    const Screen screen(text, typed);
    WorkBudget budget(typed.size());
    std::vector<Token> tokens;
    int word = -1;

    const auto token_of = [&](int id) {
        Token token;
        token.id = id;
        token.piece = pipeline_.vocabulary->piece(id);
        return token;
    };
    const auto add_special = [&](const Stretch &stretch) {
        Token token = token_of(stretch.token->id);
        token.word = ++word;
        token.special = stretch.token->special;
        screen.place(token, stretch.text);
        tokens.push_back(std::move(token));
    };
    const auto add_word = [&](const AlignedText &characters) {
        ++word;
        bool continuation = false;
        for (const WordPart &part : pipeline_.model->parts(characters)) {
            Token token = token_of(part.id);
            token.word = word;
            token.unknown = part.unknown;
            token.continuation = continuation;
            screen.place(token, AlignedView(characters).subspan(part.begin, part.end - part.begin));
            tokens.push_back(std::move(token));
            continuation = true;
        }
    };

    for (Stretch &typed_stretch : added_as_typed_.split(typed)) {
        if (typed_stretch.token) {
            add_special(typed_stretch);
            continue;
        }
        bool at_start = typed_stretch.text.front().begin == 0;
        AlignedText normal = pipeline_.normalizer
                                 ? pipeline_.normalizer(std::move(typed_stretch.text), budget)
                                 : std::move(typed_stretch.text);
        for (Stretch &stretch : added_as_normalized_.split(normal)) {
            if (stretch.token) {
                add_special(stretch);
            } else if (pipeline_.pre_tokenizer) {
                for (const AlignedText &characters :
                     pipeline_.pre_tokenizer(std::move(stretch.text), at_start, budget))
                    add_word(characters);
            } else {
                add_word(stretch.text);
            }
            at_start = false;
        }
    }
    return tokens;
}

} // namespace encoderscope
