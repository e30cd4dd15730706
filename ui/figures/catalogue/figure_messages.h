// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace encoderscope
{

/// The translated words of figures: `Figures::tr("...")`; of those that explain a prediction,
/// `Why::tr("...")`.
struct Figures {
    Q_DECLARE_TR_FUNCTIONS(Figures)
};

struct Why {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

} // namespace encoderscope
