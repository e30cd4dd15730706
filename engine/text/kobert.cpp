// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/kobert.h"

#include "engine/text/charsmap.h"
#include "engine/text/normalizers.h"
#include "engine/text/sentencepiece_tokenizers.h"
#include "engine/text/unigram.h"

#include <QSet>

namespace encoderscope
{

namespace
{

constexpr char32_t word_mark = 0x2581;

/// The pieces of a sentencepiece model by their names in another vocabulary.
class KobertPieces : public PieceModel
{
public:
    KobertPieces(const SentencePieceFile &model, VocabularyPtr vocabulary, int unknown_id)
        : unigram_(made_from_text(model), model.scores, model.unknown_id)
        , vocabulary_(std::move(vocabulary))
        , unknown_id_(unknown_id)
    {
    }

    std::vector<WordPart> parts(AlignedView word) const override
    {
        std::vector<WordPart> result;
        for (const WordPart &part : unigram_.parts(word)) {
            const AlignedView text = word.subspan(part.begin, part.end - part.begin);
            if (ends_with_number_and_comma(text))
                add_number(word, part, result);
            else
                result.push_back(named(word, part.begin, part.end));
        }
        return result;
    }

private:
    /// Control pieces and unused ones are never made from text.
    static QStringList made_from_text(const SentencePieceFile &model)
    {
        QSet<QString> others(model.control_pieces.begin(), model.control_pieces.end());
        others.unite(QSet<QString>(model.unused_pieces.begin(), model.unused_pieces.end()));
        QStringList pieces = model.pieces;
        for (QString &piece : pieces) {
            if (others.contains(piece))
                piece.clear();
        }
        return pieces;
    }

    static bool ends_with_number_and_comma(AlignedView text)
    {
        return text.size() > 1 && text.back().value == U',' &&
               QChar::category(text[text.size() - 2].value) == QChar::Number_DecimalDigit;
    }

    WordPart named(AlignedView word, std::size_t begin, std::size_t end) const
    {
        const int id = vocabulary_->id(to_string(word.subspan(begin, end - begin)));
        return {id < 0 ? unknown_id_ : id, begin, end, id < 0};
    }

    /// "12," as the pieces of "12" (cut as a word of its own) and ",".
    void add_number(AlignedView word, const WordPart &part, std::vector<WordPart> &result) const
    {
        const bool begins_word = word[part.begin].value == word_mark;
        const std::size_t begin = begins_word ? part.begin + 1 : part.begin;
        const AlignedView digits = word.subspan(begin, part.end - 1 - begin);
        AlignedText alone{{word_mark, digits.front().begin, digits.front().begin}};
        alone.insert(alone.end(), digits.begin(), digits.end());
        for (const WordPart &piece : unigram_.parts(alone)) {
            std::size_t from = piece.begin + begin - 1;
            if (piece.begin == 0 && !begins_word) {
                if (piece.end == 1)
                    continue;
                from = begin;
            }
            result.push_back(named(word, from, piece.end + begin - 1));
        }
        result.push_back(named(word, part.end - 1, part.end));
    }

    Unigram unigram_;
    VocabularyPtr vocabulary_;
    int unknown_id_;
};

/// All white space as blanks, before the model's own table drops some of it.
Normalizer blanks_normalizer()
{
    return [](AlignedText text, WorkBudget &) {
        for (AlignedCharacter &c : text) {
            if (is_space(c.value) || (c.value >= 0x1C && c.value <= 0x1F))
                c.value = U' ';
        }
        return text;
    };
}

/// Drops the marks that combine with what stands before them.
Normalizer combining_marks_normalizer()
{
    return [](AlignedText text, WorkBudget &) {
        std::erase_if(text, [](const AlignedCharacter &c) { return QChar::combiningClass(c.value) != 0; });
        return text;
    };
}

} // namespace

Pipeline kobert_pipeline(const SentencePieceFile &model, VocabularyPtr vocabulary, const KobertNames &names,
                         bool lowercase, bool keep_accents, const QString &file)
{
    Pipeline pipeline;
    pipeline.vocabulary = std::move(vocabulary);
    const auto special = [&](const QString &piece) {
        return special_token(*pipeline.vocabulary, piece, file);
    };
    add_specials(pipeline, special(names.cls), special(names.sep), PairStyle::bert);
    pipeline.unknown_id = special(names.unknown).id;
    pipeline.mask_id = pipeline.vocabulary->id(names.mask);
    for (const QString &name : {names.unknown, names.cls, names.sep, names.pad, names.mask}) {
        const int id = pipeline.vocabulary->id(name);
        if (id >= 0)
            pipeline.added.push_back({.content = name, .id = id, .special = true});
    }

    std::vector<Normalizer> normalizers{blanks_normalizer()};
    for (const QString &quotes : {QStringLiteral("``"), QStringLiteral("''")})
        normalizers.push_back(replace_normalizer(literal_pattern(quotes), QStringLiteral("\"")));
    if (!keep_accents) {
        normalizers.push_back(unicode_normalizer(UnicodeForm::nfkd));
        normalizers.push_back(combining_marks_normalizer());
    }
    if (lowercase)
        normalizers.push_back(lowercase_normalizer());
    if (!model.charsmap.isEmpty())
        normalizers.push_back(sentencepiece_charsmap_normalizer(model.charsmap));
    pipeline.normalizer = sequence_normalizer(std::move(normalizers));
    pipeline.pre_tokenizer = sentencepiece_pre_tokenizer();
    pipeline.model = std::make_shared<KobertPieces>(model, pipeline.vocabulary, pipeline.unknown_id);
    return pipeline;
}

} // namespace encoderscope
