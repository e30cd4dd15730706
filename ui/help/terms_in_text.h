// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace encoderscope
{

struct HelpTerm;

/// The terms that stand in `text`, as `language` writes them, in their order and each once. Where one form
/// holds another the longer one counts: "layer norm" is neither "layer" nor "norm".
std::vector<const HelpTerm *> termsIn(const QString &text, const QString &language);

} // namespace encoderscope
