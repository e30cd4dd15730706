// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model_sources.h"

#include "engine/error.h"
#include "engine/model/tensor_names.h"
#include "engine/model/weight_files.h"
#include "engine/text/json_reader.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace encoderscope
{

namespace
{

const QString folder_prefix = QStringLiteral("models--");
const QString separator = QStringLiteral("--");

QString revision_of_main(const QString &model_folder)
{
    QFile file(model_folder + QStringLiteral("/refs/main"));
    constexpr qint64 longest_revision = 200;
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString revision = QString::fromUtf8(file.read(longest_revision)).trimmed();
    return revision.contains(QLatin1Char('/')) || revision.startsWith(QLatin1Char('.')) ? QString()
                                                                                        : revision;
}

bool has_config(const QString &snapshot)
{
    return QFileInfo::exists(snapshot + QStringLiteral("/config.json"));
}

QString newest_snapshot(const QString &model_folder)
{
    const QString snapshots = model_folder + QStringLiteral("/snapshots/");
    const QString revision = revision_of_main(model_folder);
    if (!revision.isEmpty() && has_config(snapshots + revision))
        return snapshots + revision;
    const QStringList all = QDir(snapshots).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
    for (const QString &name : all) {
        if (has_config(snapshots + name))
            return snapshots + name;
    }
    return {};
}

CachedModel describe(const QString &name, const QString &snapshot)
{
    CachedModel model{.name = name, .folder = snapshot, .model_type = {}, .supported = false};
    try {
        const JsonField config = JsonField::read(snapshot + QStringLiteral("/config.json"));
        model.model_type = config.text(QStringLiteral("model_type"));
    } catch (const Error &) {
        return model; // listed, and refused with the reason when it is opened
    }
    const QStringList weights = weight_file_names();
    const auto is_there = [&snapshot](const QString &file) {
        return QFileInfo::exists(snapshot + QLatin1Char('/') + file);
    };
    model.supported = supported_model_types().contains(model.model_type) &&
                      std::any_of(weights.begin(), weights.end(), is_there);
    return model;
}

} // namespace

QString hub_cache_folder()
{
    for (const char *variable : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
        const QString folder = qEnvironmentVariable(variable);
        if (!folder.isEmpty())
            return folder;
    }
    const QString home = qEnvironmentVariable("HF_HOME");
    if (!home.isEmpty())
        return home + QStringLiteral("/hub");
    const QString cache = qEnvironmentVariable("XDG_CACHE_HOME");
    return (cache.isEmpty() ? QDir::homePath() + QStringLiteral("/.cache") : cache) +
           QStringLiteral("/huggingface/hub");
}

bool is_hub_name(const QString &name)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,95})/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,95})\\z"));
    return pattern.match(name).hasMatch() && !name.contains(QStringLiteral("..")) &&
           !name.contains(separator);
}

QString cache_folder_of(const QString &cache, const QString &name)
{
    return cache + QLatin1Char('/') + folder_prefix + QString(name).replace(QLatin1Char('/'), separator);
}

std::vector<CachedModel> cached_models(const QString &cache)
{
    std::vector<CachedModel> models;
    const QStringList folders =
        QDir(cache).entryList({folder_prefix + QLatin1Char('*')}, QDir::Dirs, QDir::Name | QDir::IgnoreCase);
    for (const QString &folder : folders) {
        const QString snapshot = newest_snapshot(cache + QLatin1Char('/') + folder);
        if (!snapshot.isEmpty())
            models.push_back(
                describe(folder.mid(folder_prefix.size()).replace(separator, QStringLiteral("/")), snapshot));
    }
    return models;
}

QString cached_snapshot(const QString &name, const QString &cache)
{
    return is_hub_name(name) ? newest_snapshot(cache_folder_of(cache, name)) : QString();
}

QString resolve_model(const QString &folder_or_name)
{
    if (QFileInfo(folder_or_name).isDir())
        return folder_or_name;
    const QString snapshot = cached_snapshot(folder_or_name);
    if (!snapshot.isEmpty())
        return snapshot;
    throw Error(QCoreApplication::translate("Model", "\"%1\" is neither a folder nor a model in %2.")
                    .arg(folder_or_name, hub_cache_folder()));
}

QString model_name(const QString &folder)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    const QStringList parts = path.split(QLatin1Char('/'));
    const qsizetype count = parts.size();
    if (count >= 3 && parts[count - 2] == QStringLiteral("snapshots") &&
        parts[count - 3].startsWith(folder_prefix))
        return QString(parts[count - 3]).mid(folder_prefix.size()).replace(separator, QStringLiteral("/"));
    return parts.last();
}

} // namespace encoderscope
