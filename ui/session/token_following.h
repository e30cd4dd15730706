// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token.h"

#include <optional>
#include <set>

namespace encoderscope
{

/// Where a token of `from` is in `to`, an encoding of an edited text (or of the same text cut otherwise).
/// Nothing when its characters were edited away or it never was there. A special token stays the same one.
std::optional<int> followedToken(const Encoding &from, int token, const Encoding &to);

/// The same, but the nearest token where its own is gone; -1 only when `token` was none or `to` is empty.
int nearestToken(const Encoding &from, int token, const Encoding &to);

/// Those of `tokens` that are still there.
std::set<int> followedTokens(const Encoding &from, const std::set<int> &tokens, const Encoding &to);

} // namespace encoderscope
