// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace encoderscope
{

/// Where models come from, with which permission, and where they are kept.
struct HubOptions {
    QUrl endpoint;
    QString token; ///< sent to the endpoint alone; never in a message or a file
    QString cache;
    int silenceLimit = 30'000; ///< milliseconds without a byte after which the download has failed

    /// HF_ENDPOINT, HF_TOKEN, and the cache of engine/model/model_sources.h.
    static HubOptions fromEnvironment();
};

} // namespace encoderscope
