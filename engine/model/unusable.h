// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "engine/text/text_file.h"

namespace encoderscope
{

/// What is thrown for a field of a file from others: names the file, the field, what was expected and what
/// was found.
Error unusable(const QString &file, const QString &field, const QString &expected, const QString &found);

/// "[512 x 128]"
template <typename Sizes>
QString shape_as_text(const Sizes &shape)
{
    QString text = QStringLiteral("[");
    bool first = true;
    int shown = 0;
    for (const auto size : shape) {
        if (!first)
            text += QStringLiteral(" x ");
        first = false;
        if (++shown > 8) {
            text += QStringLiteral("…");
            break;
        }
        text += QString::number(size);
    }
    return text + QStringLiteral("]");
}

} // namespace encoderscope
