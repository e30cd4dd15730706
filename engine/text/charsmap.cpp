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

    /// The replacement for the shortest beginning of `utf8` that the table has.
    std::optional<QString> replacement(const QByteArray &utf8) const
    {
        std::size_t position = offset(units_[0]);
        for (const char byte : utf8) {
            const auto label = static_cast<quint8>(byte);
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
                    return std::nullopt;
                return QString::fromUtf8(replacements_.constData() + value);
            }
        }
        return std::nullopt;
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

} // namespace

Normalizer charsmap_normalizer(const QByteArray &charsmap)
{
    return [table = std::make_shared<const Charsmap>(charsmap)](const AlignedText &text) {
        constexpr qsizetype longest_whole = 5; // UTF-8 bytes of a cluster that is looked up as a whole
        AlignedText result;
        result.reserve(text.size());
        const auto replace = [&](AlignedView part) {
            const std::optional<QString> replacement = table->replacement(to_string(part).toUtf8());
            if (!replacement)
                return false;
            for (const AlignedCharacter &c : aligned_text(*replacement))
                result.push_back({c.value, part.front().begin, part.back().end});
            return true;
        };
        const std::vector<std::size_t> bounds = cluster_bounds(text);
        for (std::size_t i = 0; i + 1 < bounds.size() && result.size() < longest_normalized_text; ++i) {
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
