// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace encoderscope
{

/// The translated messages about files of corpora: `CorpusMessages::tr("...")`.
struct CorpusMessages {
    Q_DECLARE_TR_FUNCTIONS(Corpus)
};

} // namespace encoderscope
