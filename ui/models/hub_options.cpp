// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_options.h"

#include "engine/model/model_sources.h"

namespace encoderscope
{

HubOptions HubOptions::fromEnvironment()
{
    const QString endpoint = qEnvironmentVariable("HF_ENDPOINT", QStringLiteral("https://huggingface.co"));
    HubOptions options;
    options.endpoint = QUrl(endpoint.endsWith(QLatin1Char('/')) ? endpoint.chopped(1) : endpoint);
    options.token = qEnvironmentVariable("HF_TOKEN").trimmed();
    options.cache = hub_cache_folder();
    return options;
}

} // namespace encoderscope
