// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <array>
#include <vector>

namespace encoderscope
{

/// The pieces "<0x00>" to "<0xFF>" of a vocabulary, which stand for the bytes of what has no piece.
class BytePieces
{
public:
    explicit BytePieces(const QStringList &pieces);

    /// The pieces of the bytes of `text` in UTF-8; empty when one of them is missing.
    std::vector<int> of(const QString &text) const;

private:
    std::array<int, 256> ids_; ///< -1: missing
};

} // namespace encoderscope
