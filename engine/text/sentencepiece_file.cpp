// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/sentencepiece_file.h"

#include "engine/error.h"
#include "engine/text/charsmap.h"
#include "engine/text/pre_tokenizers.h"
#include "engine/text/text_file.h"
#include "engine/text/unigram.h"

#include <QCoreApplication>
#include <QtEndian>

#include <bit>
#include <cmath>

namespace encoderscope
{

namespace
{

/// Reads the fields of one Protocol Buffers message.
class Message
{
public:
    Message(QByteArrayView bytes, const QString &file)
        : bytes_(bytes)
        , file_(file)
    {
    }

    /// Moves to the next field; false at the end.
    bool next()
    {
        if (bytes_.isEmpty())
            return false;
        const quint64 key = varint();
        constexpr quint64 kind_mask = 7;
        number_ = key >> 3U;
        content_ = {};
        value_ = 0;
        switch (key & kind_mask) {
        case 0:
            value_ = varint();
            break;
        case 1:
            content_ = take(8);
            break;
        case 2:
            content_ = take(varint());
            break;
        case 5:
            content_ = take(4);
            break;
        default:
            throw broken();
        }
        return true;
    }

    quint64 number() const { return number_; }
    quint64 value() const { return value_; }
    QByteArrayView content() const { return content_; }
    Message message() const { return {content_, file_}; }

    float real() const
    {
        if (content_.size() != 4)
            throw broken();
        return std::bit_cast<float>(qFromLittleEndian<quint32>(content_.data()));
    }

    Error broken() const
    {
        return Error(
            QCoreApplication::translate("Tokenizer", "%1: The file is not a whole sentencepiece model.")
                .arg(file_));
    }

private:
    quint64 varint()
    {
        constexpr unsigned most_bits = 64;
        quint64 value = 0;
        for (unsigned shift = 0; shift < most_bits; shift += 7) {
            const auto byte = static_cast<quint8>(take(1).front());
            value |= static_cast<quint64>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        throw broken();
    }

    QByteArrayView take(quint64 count)
    {
        if (count > static_cast<quint64>(bytes_.size()))
            throw broken();
        const auto length = static_cast<qsizetype>(count);
        const QByteArrayView taken = bytes_.first(length);
        bytes_ = bytes_.sliced(length);
        return taken;
    }

    QByteArrayView bytes_;
    QString file_;
    quint64 number_ = 0;
    quint64 value_ = 0;
    QByteArrayView content_;
};

/// Field numbers and values of sentencepiece_model.proto.
namespace field
{
constexpr quint64 pieces = 1;
constexpr quint64 trainer = 2;
constexpr quint64 normalizer = 3;
constexpr quint64 piece_text = 1;
constexpr quint64 piece_score = 2;
constexpr quint64 piece_type = 3;
constexpr quint64 trainer_model_type = 3;
constexpr quint64 normalizer_charsmap = 2;
constexpr quint64 type_unknown = 2;
constexpr quint64 model_unigram = 1;
} // namespace field

struct Parts {
    QStringList pieces;
    std::vector<double> scores;
    int unknown_id = 0;
    std::vector<Normalizer> normalizers;
    int type_b = 1;
    bool double_separator = false;
};

TokenizerPtr assemble(Parts parts, const SentencePieceNames &names, const QByteArray &charsmap,
                      const QString &file)
{
    try {
        if (!charsmap.isEmpty())
            parts.normalizers.push_back(charsmap_normalizer(charsmap));
    } catch (const Error &error) {
        throw Error(QCoreApplication::translate("Tokenizer", "%1: field \"%2\": %3")
                        .arg(file, QStringLiteral("precompiled_charsmap"), error.message()));
    }
    parts.normalizers.push_back(
        replace_normalizer(QRegularExpression(QStringLiteral(" {2,}")), QStringLiteral(" ")));

    Pipeline pipeline;
    pipeline.model = std::make_shared<Unigram>(parts.pieces, std::move(parts.scores), parts.unknown_id);
    const QString unknown = parts.pieces.value(parts.unknown_id);
    pipeline.vocabulary = std::make_shared<const Vocabulary>(std::move(parts.pieces));
    const auto special = [&](const QString &piece) {
        Token token;
        token.id = pipeline.vocabulary->id(piece);
        token.piece = piece;
        token.text = piece;
        token.special = true;
        if (token.id < 0)
            throw Error(QCoreApplication::translate(
                            "Tokenizer", "%1: The vocabulary has no \"%2\"; the tokenizer needs it.")
                            .arg(file, piece.left(80)));
        return token;
    };
    const Token cls = special(names.cls);
    const Token sep = special(names.sep);
    pipeline.specials = {
        {cls}, parts.double_separator ? std::vector{sep, sep} : std::vector{sep}, {sep}, parts.type_b};
    for (const QString &name : {names.cls, names.pad, names.sep, unknown, names.mask}) {
        AddedToken token{.content = name, .id = pipeline.vocabulary->id(name), .special = true};
        token.lstrip = name == names.mask;
        if (token.id >= 0)
            pipeline.added.push_back(std::move(token));
    }
    pipeline.normalizer = sequence_normalizer(std::move(parts.normalizers));
    pipeline.pre_tokenizer = metaspace_pre_tokenizer(QStringLiteral("\u2581"), PrependScheme::always, true);
    pipeline.unknown_id = parts.unknown_id;
    pipeline.mask_id = pipeline.vocabulary->id(names.mask);
    return std::make_shared<PipelineTokenizer>(std::move(pipeline));
}

} // namespace

SentencePieceFile parse_sentencepiece(const QByteArray &bytes, const QString &file)
{
    SentencePieceFile model;
    model.unknown_id = -1;
    Message message(bytes, file);
    while (message.next()) {
        if (message.number() == field::pieces) {
            QString text;
            double score = 0.0;
            for (Message piece = message.message(); piece.next();) {
                if (piece.number() == field::piece_text)
                    text = text_of_utf8(piece.content());
                else if (piece.number() == field::piece_score)
                    score = static_cast<double>(piece.real());
                else if (piece.number() == field::piece_type && piece.value() == field::type_unknown)
                    model.unknown_id = static_cast<int>(model.pieces.size());
            }
            if (!std::isfinite(score))
                throw message.broken();
            model.pieces.append(text);
            model.scores.push_back(score);
        } else if (message.number() == field::trainer) {
            for (Message trainer = message.message(); trainer.next();) {
                if (trainer.number() == field::trainer_model_type && trainer.value() != field::model_unigram)
                    throw Error(QCoreApplication::translate("Tokenizer",
                                                            "%1: field \"%2\": found \"%3\"; supported: %4.")
                                    .arg(file, QStringLiteral("model_type"))
                                    .arg(trainer.value())
                                    .arg(QStringLiteral("1 (unigram)")));
            }
        } else if (message.number() == field::normalizer) {
            for (Message normalizer = message.message(); normalizer.next();) {
                if (normalizer.number() == field::normalizer_charsmap)
                    model.charsmap = normalizer.content().toByteArray();
            }
        }
    }
    if (model.pieces.isEmpty() || model.unknown_id < 0)
        throw message.broken();
    return model;
}

TokenizerPtr albert_tokenizer(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                              bool keep_accents, const QString &file)
{
    Parts parts{
        .pieces = model.pieces, .scores = model.scores, .unknown_id = model.unknown_id, .normalizers = {}};
    for (const QString &quotes : {QStringLiteral("``"), QStringLiteral("''")})
        parts.normalizers.push_back(replace_normalizer(QRegularExpression(quotes), QStringLiteral("\"")));
    if (!keep_accents) {
        parts.normalizers.push_back(unicode_normalizer(UnicodeForm::nfkd));
        parts.normalizers.push_back(strip_accents_normalizer());
    }
    if (lowercase)
        parts.normalizers.push_back(lowercase_normalizer());
    return assemble(std::move(parts), names, model.charsmap, file);
}

TokenizerPtr xlm_roberta_tokenizer(const SentencePieceFile &model, const SentencePieceNames &names,
                                   const QString &file)
{
    constexpr int own_specials = 3; // <unk> <s> </s> of the model, in another order than fairseq's
    const QStringList specials{names.cls, names.pad, names.sep, QStringLiteral("<unk>")};
    Parts parts{.pieces = specials + model.pieces.mid(own_specials),
                .scores = {},
                .unknown_id = 3,
                .normalizers = {}};
    parts.scores.assign(4, 0.0);
    if (model.pieces.size() > own_specials)
        parts.scores.insert(parts.scores.end(), model.scores.begin() + own_specials, model.scores.end());
    parts.pieces.append(names.mask);
    parts.scores.push_back(0.0);
    parts.type_b = 0;
    parts.double_separator = true;
    return assemble(std::move(parts), names, model.charsmap, file);
}

} // namespace encoderscope
