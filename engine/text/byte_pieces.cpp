// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/byte_pieces.h"

namespace encoderscope
{

BytePieces::BytePieces(const QStringList &pieces)
{
    constexpr qsizetype length = 6; // of "<0xEA>"
    ids_.fill(-1);
    for (int id = 0; id < pieces.size(); ++id) {
        const QString &piece = pieces[id];
        if (piece.size() != length || !piece.startsWith(QStringLiteral("<0x")) || piece.back() != u'>')
            continue;
        const QStringView digits = QStringView(piece).sliced(3, 2);
        bool number = false;
        const uint byte = digits.toUInt(&number, 16);
        if (number && byte < ids_.size() && digits.toString() == digits.toString().toUpper())
            ids_[byte] = id;
    }
}

std::vector<int> BytePieces::of(const QString &text) const
{
    std::vector<int> result;
    for (const char byte : text.toUtf8()) {
        const int id = ids_[static_cast<quint8>(byte)];
        if (id < 0)
            return {};
        result.push_back(id);
    }
    return result;
}

} // namespace encoderscope
