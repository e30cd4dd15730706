// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/corpus.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>
#include <numeric>

namespace encoderscope
{

namespace
{

/// The bytes of a file, or all that comes through a pipe.
QByteArray text_bytes(const QString &name)
{
    QFile file(name);
    const auto unreadable = [&](const QString &reason) {
        return Error(
            QCoreApplication::translate("Training", "The text “%1” cannot be read: %2").arg(name, reason));
    };
    if (QFileInfo(name).isDir())
        throw unreadable(
            QCoreApplication::translate("Training", "expected a file or a pipe, found a folder."));
    if (!file.open(QIODevice::ReadOnly))
        throw unreadable(file.errorString());
    constexpr qint64 at_once = 1024 * 1024;
    QByteArray all;
    for (;;) {
        const QByteArray part = file.read(at_once);
        if (file.error() != QFileDevice::NoError)
            throw unreadable(file.errorString());
        if (part.isEmpty())
            return all;
        all += part;
        if (all.size() > largest_text)
            throw unreadable(QCoreApplication::translate("Training", "expected at most %1 bytes, found more.")
                                 .arg(largest_text));
    }
}

} // namespace

QStringList read_lines(const QStringList &files)
{
    QStringList lines;
    for (const QString &name : files) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(text_bytes(name));
        if (decoder.hasError())
            throw Error(QCoreApplication::translate("Training", "“%1” is not UTF-8 text.").arg(name));
        for (const QStringView line : QStringView(text).split(QLatin1Char('\n'))) {
            if (const QStringView trimmed = line.trimmed(); !trimmed.isEmpty())
                lines.append(trimmed.toString());
        }
    }
    if (lines.isEmpty())
        throw Error(QCoreApplication::translate(
                        "Training", "There is no text to learn from: “%1” has no line with anything on it.")
                        .arg(files.join(QStringLiteral("”, “"))));
    return lines;
}

Encoding encode_line(const Tokenizer &tokenizer, const QString &line, int max_tokens)
{
    const qsizetype tab = line.indexOf(QLatin1Char('\t'));
    return tab < 0 ? tokenizer.encode(line, QString(), max_tokens)
                   : tokenizer.encode(line.left(tab), line.mid(tab + 1).trimmed(), max_tokens);
}

Sentences tokenize_lines(const Tokenizer &tokenizer, const QStringList &lines, int max_tokens)
{
    const Tokenizer::Specials specials = tokenizer.specials();
    const std::size_t around = specials.before.size() + specials.after.size();
    Sentences sentences;
    for (const QString &line : lines) {
        const Encoding encoding = encode_line(tokenizer, line, max_tokens);
        if (encoding.tokens.size() < around + 2)
            continue;
        std::vector<int> ids;
        ids.reserve(encoding.tokens.size());
        for (const Token &token : encoding.tokens)
            ids.push_back(token.id);
        sentences.push_back(std::move(ids));
    }
    return sentences;
}

void check_learnable(const Sentences &sentences, const MaskingVocabulary &vocabulary)
{
    if (sentences.empty())
        throw Error(QCoreApplication::translate(
            "Training", "The text is too short to learn from: no line of it has two pieces."));
    QSet<int> distinct;
    for (const std::vector<int> &sentence : sentences) {
        for (const int id : sentence) {
            if (!vocabulary.special[static_cast<std::size_t>(id)])
                distinct.insert(id);
        }
        if (distinct.size() > 1)
            return;
    }
    throw Error(QCoreApplication::translate(
        "Training", "The text has only one distinct piece: there is nothing to predict in it."));
}

MaskingVocabulary masking_vocabulary(const Tokenizer &tokenizer, const QStringList &asked)
{
    MaskingVocabulary result;
    result.mask = tokenizer.mask_id();
    if (result.mask < 0)
        throw Error(QCoreApplication::translate(
            "Training", "The vocabulary has no mask token: masked words cannot be learned with it."));
    result.special.assign(static_cast<std::size_t>(tokenizer.vocabulary_size()), false);
    result.special[static_cast<std::size_t>(result.mask)] = true;
    const Tokenizer::Specials single = tokenizer.specials();
    const Tokenizer::Specials pair = tokenizer.pair_specials();
    for (const std::vector<Token> *tokens :
         {&single.before, &single.after, &pair.before, &pair.between, &pair.after}) {
        for (const Token &token : *tokens)
            result.special[static_cast<std::size_t>(token.id)] = true;
    }
    if (pair.between.size() == 1) {
        result.separator = pair.between.front().id;
        result.type_b = pair.type_b;
    }
    for (int id = 0; id < tokenizer.vocabulary_size(); ++id) {
        const QString piece = tokenizer.piece(id);
        result.continues.push_back(piece.size() > 2 && piece.startsWith(QLatin1String("##")));
        if (piece.size() > 2 && piece.startsWith(QLatin1Char('[')) && piece.endsWith(QLatin1Char(']')))
            result.special[static_cast<std::size_t>(id)] = true;
        if (!result.special[static_cast<std::size_t>(id)])
            result.replacements.push_back(id);
        if (!asked.isEmpty())
            result.given.push_back(!asked.contains(piece));
    }
    if (result.replacements.empty())
        throw Error(
            QCoreApplication::translate("Training", "The vocabulary has no pieces but special ones."));
    return result;
}

std::uint64_t fingerprint(const Sentences &sentences)
{
    // FNV-1a over the ids, each sentence closed by a -1.
    std::uint64_t hash = 0xCBF29CE484222325U;
    const auto add = [&hash](int value) {
        hash = (hash ^ static_cast<std::uint32_t>(value)) * 0x100000001B3U;
    };
    for (const std::vector<int> &sentence : sentences) {
        for (const int id : sentence)
            add(id);
        add(-1);
    }
    return hash;
}

BatchOrder::BatchOrder(const Sentences &sentences, int batch_tokens, std::uint64_t seed, bool short_first)
    : sentences_(sentences)
    , seed_(seed)
    , short_first_(short_first)
{
    std::vector<int> lengths;
    lengths.reserve(sentences.size());
    for (const std::vector<int> &sentence : sentences)
        lengths.push_back(static_cast<int>(sentence.size()));
    std::sort(lengths.begin(), lengths.end());
    // The sorted lengths are the same in each epoch, and so are the cuts.
    cuts_.push_back(0);
    int tokens = 0;
    for (std::size_t index = 0; index < lengths.size(); ++index) {
        if (tokens > 0 && tokens + lengths[index] > batch_tokens) {
            cuts_.push_back(static_cast<int>(index));
            tokens = 0;
        }
        tokens += lengths[index];
    }
    cuts_.push_back(static_cast<int>(lengths.size()));
}

void BatchOrder::order_epoch(std::int64_t epoch)
{
    if (epoch == epoch_)
        return;
    epoch_ = epoch;
    KeyedRandom random{seed_, 0x0BDE, static_cast<std::uint64_t>(epoch)};
    struct Entry {
        std::size_t length;
        std::uint64_t key;
        int index;
    };
    std::vector<Entry> entries;
    entries.reserve(sentences_.size());
    for (std::size_t index = 0; index < sentences_.size(); ++index)
        entries.push_back({sentences_[index].size(), random.next(), static_cast<int>(index)});
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        return std::tie(a.length, a.key, a.index) < std::tie(b.length, b.key, b.index);
    });
    order_.clear();
    for (const Entry &entry : entries)
        order_.push_back(entry.index);
    batches_.resize(static_cast<std::size_t>(epoch_size()));
    std::iota(batches_.begin(), batches_.end(), 0);
    for (int left = epoch_size(); left > 1; --left)
        std::swap(batches_[static_cast<std::size_t>(left - 1)],
                  batches_[static_cast<std::size_t>(random.below(left))]);
    if (short_first_ && epoch == 0) {
        std::vector<double> places(batches_.size());
        for (double &place : places)
            place = random.uniform() * static_cast<double>(places.size());
        const auto place = [&](int batch) { return batch + places[static_cast<std::size_t>(batch)]; };
        std::sort(batches_.begin(), batches_.end(), [&](int a, int b) { return place(a) < place(b); });
    }
}

std::vector<const std::vector<int> *> BatchOrder::batch(std::int64_t number)
{
    order_epoch(number / epoch_size());
    const auto cut = static_cast<std::size_t>(batches_[static_cast<std::size_t>(number % epoch_size())]);
    std::vector<const std::vector<int> *> result;
    for (int index = cuts_[cut]; index < cuts_[cut + 1]; ++index)
        result.push_back(&sentences_[static_cast<std::size_t>(order_[static_cast<std::size_t>(index)])]);
    return result;
}

} // namespace encoderscope
