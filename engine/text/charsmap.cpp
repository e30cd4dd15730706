// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/charsmap.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QtEndian>

#include <memory>
#include <optional>

namespace encoderscope
{

namespace
{

class Charsmap
{
public:
    explicit Charsmap(const QByteArray &bytes)
    {
        constexpr qsizetype head = 4;
        if (bytes.size() < head)
            throw broken(bytes.size());
        const quint32 trie_bytes = qFromLittleEndian<quint32>(bytes.constData());
        if (trie_bytes % 4 != 0 || trie_bytes == 0 || trie_bytes > bytes.size() - head)
            throw broken(bytes.size());
        units_.resize(trie_bytes / 4);
        qFromLittleEndian<quint32>(bytes.constData() + head, static_cast<qsizetype>(units_.size()),
                                   units_.data());
        replacements_ = bytes.mid(head + static_cast<qsizetype>(trie_bytes));
        replacements_.append('\0');
    }

    struct Found {
        QString replacement;
        qsizetype bytes = 0; ///< how many it replaces
    };

    /// The replacement for a beginning of `utf8` that the table has: the shortest one, or the longest.
    std::optional<Found> find(QByteArrayView utf8, bool longest) const
    {
        std::optional<Found> found;
        std::size_t position = offset(units_[0]);
        for (qsizetype i = 0; i < utf8.size(); ++i) {
            const auto label = static_cast<quint8>(utf8[i]);
            position ^= label;
            if (label == 0 || position >= units_.size())
                break;
            const quint32 unit = units_[position];
            if ((unit & 0x800000FFU) != label)
                break;
            position ^= offset(unit);
            const bool has_leaf = (unit >> 8U & 1U) != 0;
            if (has_leaf && position < units_.size()) {
                const auto value = static_cast<qsizetype>(units_[position] & 0x7FFFFFFFU);
                if (value >= replacements_.size())
                    break;
                found = Found{QString::fromUtf8(replacements_.constData() + value), i + 1};
                if (!longest)
                    break;
            }
        }
        return found;
    }

private:
    static std::size_t offset(quint32 unit) { return (unit >> 10U) << ((unit & 0x200U) >> 6U); }

    static Error broken(qsizetype bytes)
    {
        return Error(QCoreApplication::translate(
                         "Tokenizer", "expected a compiled table of characters, found %1 other bytes.")
                         .arg(bytes));
    }

    std::vector<quint32> units_;
    QByteArray replacements_;
};

void append(AlignedText &result, const QString &replacement, AlignedView source, WorkBudget &budget)
{
    budget.spend(static_cast<std::size_t>(replacement.size()));
    if (result.size() > budget.longest())
        WorkBudget::give_up();
    for (const AlignedCharacter &c : aligned_text(replacement))
        result.push_back({c.value, source.front().begin, source.back().end});
}

} // namespace

Normalizer sentencepiece_charsmap_normalizer(const QByteArray &charsmap)
{
    return [table = std::make_shared<const Charsmap>(charsmap)](const AlignedText &text, WorkBudget &budget) {
        AlignedText result;
        result.reserve(text.size());
        QByteArray utf8;
        std::vector<qsizetype> ends; // of each character, in bytes
        for (const AlignedCharacter &c : text) {
            utf8 += QStringView(QChar::fromUcs4(c.value)).toUtf8();
            ends.push_back(utf8.size());
        }
        qsizetype at = 0;
        for (std::size_t i = 0; i < text.size();) {
            const auto found = table->find(QByteArrayView(utf8).sliced(at), true);
            std::size_t next = i + 1;
            while (found && next < text.size() && ends[next - 1] - at < found->bytes)
                ++next;
            if (found)
                append(result, found->replacement, AlignedView(text).subspan(i, next - i), budget);
            else
                result.push_back(text[i]);
            at = ends[next - 1];
            i = next;
        }
        return result;
    };
}

Normalizer charsmap_normalizer(const QByteArray &charsmap)
{
    return [table = std::make_shared<const Charsmap>(charsmap)](const AlignedText &text, WorkBudget &budget) {
        constexpr qsizetype longest_whole = 5; // UTF-8 bytes of a cluster that is looked up as a whole
        AlignedText result;
        result.reserve(text.size());
        const auto replace = [&](AlignedView part) {
            const auto found = table->find(to_string(part).toUtf8(), false);
            if (found)
                append(result, found->replacement, part, budget);
            return found.has_value();
        };
        const std::vector<std::size_t> bounds = cluster_bounds(text);
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
            const AlignedView cluster = AlignedView(text).subspan(bounds[i], bounds[i + 1] - bounds[i]);
            if (cluster.size() > 1 && cluster.size() <= longest_whole &&
                to_string(cluster).toUtf8().size() <= longest_whole && replace(cluster))
                continue;
            for (std::size_t j = 0; j < cluster.size(); ++j) {
                if (!replace(cluster.subspan(j, 1)))
                    result.push_back(cluster[j]);
            }
        }
        return result;
    };
}

} // namespace encoderscope
