// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace encoderscope
{

/// Where the Hugging Face tools keep what they download: HF_HUB_CACHE, else `hub` in HF_HOME, else
/// ~/.cache/huggingface/hub (XDG_CACHE_HOME respected).
QString hub_cache_folder();

/// True for what can be a model's name on the Hub: "name" or "organization/name".
bool is_hub_name(const QString &name);

/// The folder of a model in the cache: "models--organization--name". `name` is a Hub name.
QString cache_folder_of(const QString &cache, const QString &name);

/// A model that has been downloaded, by this program or another.
struct CachedModel {
    QString name;           ///< "organization/name"
    QString folder;         ///< its newest snapshot
    QString model_type;     ///< from config.json
    bool supported = false; ///< this program can open that type, and the weights are there
};

/// The models in the cache that have a config.json, sorted by name.
std::vector<CachedModel> cached_models(const QString &cache = hub_cache_folder());

/// The newest snapshot of that name in the cache: the one that refs/main names. Empty when there is none.
QString cached_snapshot(const QString &name, const QString &cache = hub_cache_folder());

/// The folder that `folder_or_name` means: a folder, or a name in the cache. Throws Error when it is neither.
QString resolve_model(const QString &folder_or_name);

/// What to call the model in `folder`: for a snapshot in a cache its name on the Hub, else the folder's name.
QString model_name(const QString &folder);

} // namespace encoderscope
