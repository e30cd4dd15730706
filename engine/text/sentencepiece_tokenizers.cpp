// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/sentencepiece_tokenizers.h"

#include "engine/error.h"
#include "engine/text/charsmap.h"
#include "engine/text/normalizers.h"
#include "engine/text/pre_tokenizers.h"
#include "engine/text/unigram.h"

#include <QCoreApplication>
#include <QSet>

namespace encoderscope
{

namespace
{

struct Parts {
    QStringList pieces;
    std::vector<double> scores;
    int unknown_id = 0;
    std::vector<Normalizer> normalizers;
    PairStyle pairs = PairStyle::roberta;
    QStringList sentinels = {};
};

/// Pieces of the model from `first` on behind some specials, and the mask token.
Parts behind_specials(const QStringList &specials, const SentencePieceFile &model, int first,
                      const QString &mask)
{
    Parts parts{.pieces = specials + model.pieces.mid(first), .scores = {}, .normalizers = {}};
    parts.scores.assign(static_cast<std::size_t>(specials.size()), 0.0);
    if (model.pieces.size() > first)
        parts.scores.insert(parts.scores.end(), model.scores.begin() + first, model.scores.end());
    parts.pieces.append(mask);
    parts.scores.push_back(0.0);
    return parts;
}

/// All pieces of the model as they are, between the separators of BERT.
Parts as_in_bert(const SentencePieceFile &model)
{
    return {.pieces = model.pieces,
            .scores = model.scores,
            .unknown_id = model.unknown_id,
            .normalizers = {},
            .pairs = PairStyle::bert};
}

Pipeline assemble(Parts parts, const SentencePieceFile &model, const SentencePieceNames &names,
                  const QString &file)
{
    try {
        if (!model.charsmap.isEmpty())
            parts.normalizers.push_back(charsmap_normalizer(model.charsmap));
    } catch (const Error &error) {
        throw Error(QCoreApplication::translate("Json", "%1, field \"%2\": %3")
                        .arg(file, QStringLiteral("precompiled_charsmap"), error.message()));
    }
    Pipeline pipeline;
    pipeline.model = std::make_shared<Unigram>(parts.pieces, std::move(parts.scores), parts.unknown_id);
    pipeline.vocabulary = std::make_shared<const Vocabulary>(std::move(parts.pieces));
    const auto special = [&](const QString &piece) {
        return special_token(*pipeline.vocabulary, piece, file);
    };
    const bool begins = parts.pairs != PairStyle::t5;
    add_specials(pipeline, begins ? special(names.cls) : Token(), special(names.sep), parts.pairs);
    QSet<QString> seen;
    const auto add = [&](const QStringList &pieces, bool is_special) {
        for (const QString &piece : pieces) {
            const int id = pipeline.vocabulary->id(piece);
            if (id >= 0 && !seen.contains(piece))
                pipeline.added.push_back({.content = piece, .id = id, .special = is_special});
            seen.insert(piece);
        }
    };
    add({names.cls, names.pad, names.sep, names.unknown, names.mask}, true);
    add(parts.sentinels, true);
    add(model.control_pieces, true);
    add(model.user_defined_pieces, false);
    pipeline.normalizer = sequence_normalizer(std::move(parts.normalizers));
    pipeline.pre_tokenizer = sentencepiece_pre_tokenizer();
    pipeline.unknown_id = parts.unknown_id;
    pipeline.mask_id = pipeline.vocabulary->id(names.mask);
    return pipeline;
}

} // namespace

PreTokenizer sentencepiece_pre_tokenizer()
{
    return sequence_pre_tokenizer(
        {whitespace_split_pre_tokenizer(),
         metaspace_pre_tokenizer(QStringLiteral("\u2581"), PrependScheme::always, true)});
}

Pipeline albert_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                         bool keep_accents, const QString &file)
{
    Parts parts = as_in_bert(model);
    for (const QString &quotes : {QStringLiteral("``"), QStringLiteral("''")})
        parts.normalizers.push_back(replace_normalizer(literal_pattern(quotes), QStringLiteral("\"")));
    if (!keep_accents) {
        parts.normalizers.push_back(unicode_normalizer(UnicodeForm::nfkd));
        parts.normalizers.push_back(strip_accents_normalizer());
    }
    if (lowercase)
        parts.normalizers.push_back(lowercase_normalizer());
    return assemble(std::move(parts), model, names, file);
}

Pipeline deberta_v2_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                             bool split_by_punct, const QString &file)
{
    Parts parts = as_in_bert(model);
    if (!parts.pieces.contains(names.mask)) {
        parts.pieces.append(names.mask);
        parts.scores.push_back(0.0);
    }
    if (lowercase)
        parts.normalizers.push_back(lowercase_normalizer());
    parts.normalizers.push_back(strip_normalizer(true, true));
    Pipeline pipeline = assemble(std::move(parts), model, names, file);
    pipeline.normalizer = sequence_normalizer(
        {std::move(pipeline.normalizer),
         replace_normalizer(compiled_pattern(QStringLiteral(" {2,}")), QStringLiteral(" "))});
    // Only what the model's table has made a blank divides words.
    pipeline.pre_tokenizer = metaspace_pre_tokenizer(QStringLiteral("\u2581"), PrependScheme::always, true);
    if (split_by_punct)
        pipeline.pre_tokenizer = sequence_pre_tokenizer(
            {punctuation_pre_tokenizer(SplitBehavior::isolated), std::move(pipeline.pre_tokenizer)});
    return pipeline;
}

Pipeline xlm_roberta_pipeline(const SentencePieceFile &model, const SentencePieceNames &names,
                              const QString &file)
{
    constexpr int own_specials = 3; // <unk> <s> </s> of the model, in another order than fairseq's
    Parts parts =
        behind_specials({names.cls, names.pad, names.sep, names.unknown}, model, own_specials, names.mask);
    parts.unknown_id = 3;
    return assemble(std::move(parts), model, names, file);
}

Pipeline camembert_pipeline(const SentencePieceFile &model, const SentencePieceNames &names,
                            const QString &file)
{
    constexpr int own_specials = 1; // <unk>
    constexpr double never = -100.0;
    Parts parts = behind_specials({QStringLiteral("<s>NOTUSED"), names.pad, QStringLiteral("</s>NOTUSED"),
                                   names.unknown, QStringLiteral("<unk>NOTUSED")},
                                  model, own_specials, names.mask);
    parts.scores[4] = never;
    parts.unknown_id = 3;
    return assemble(std::move(parts), model, names, file);
}

Pipeline t5_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, int extra,
                     const QString &file)
{
    Parts parts = as_in_bert(model);
    parts.pairs = PairStyle::t5;
    for (int number = extra - 1; number >= 0; --number) {
        parts.sentinels.append(QStringLiteral("<extra_id_%1>").arg(number));
        parts.pieces.append(parts.sentinels.constLast());
        parts.scores.push_back(0.0);
    }
    return assemble(std::move(parts), model, names, file);
}

} // namespace encoderscope
