// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/sentencepiece_file.h"

#include "engine/error.h"
#include "engine/text/text_file.h"
#include "engine/text/vocabulary.h"

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
constexpr quint64 type_control = 3;
constexpr quint64 type_user_defined = 4;
constexpr quint64 type_unused = 5;
constexpr quint64 model_unigram = 1;
} // namespace field

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
            quint64 type = 0;
            for (Message piece = message.message(); piece.next();) {
                if (piece.number() == field::piece_text)
                    text = text_of_utf8(piece.content());
                else if (piece.number() == field::piece_score)
                    score = static_cast<double>(piece.real());
                else if (piece.number() == field::piece_type)
                    type = piece.value();
            }
            if (text.size() > longest_piece)
                throw Error(QCoreApplication::translate(
                                "Tokenizer", "%1: Piece %2: expected at most %3 characters, found %4.")
                                .arg(file)
                                .arg(model.pieces.size())
                                .arg(longest_piece)
                                .arg(text.size()));
            if (type == field::type_unknown)
                model.unknown_id = static_cast<int>(model.pieces.size());
            else if (type == field::type_control)
                model.control_pieces.append(text);
            else if (type == field::type_user_defined)
                model.user_defined_pieces.append(text);
            else if (type == field::type_unused)
                model.unused_pieces.append(text);
            if (!std::isfinite(score))
                throw message.broken();
            model.pieces.append(text);
            model.scores.push_back(score);
        } else if (message.number() == field::trainer) {
            for (Message trainer = message.message(); trainer.next();) {
                if (trainer.number() == field::trainer_model_type && trainer.value() != field::model_unigram)
                    throw Error(QCoreApplication::translate("Tokenizer",
                                                            "%1, field \"%2\": found \"%3\"; supported: %4.")
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

} // namespace encoderscope
