// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_snapshot.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <filesystem>
#include <system_error>

namespace encoderscope
{

namespace
{

void link(const QString &target, const QString &place)
{
    namespace fs = std::filesystem;
    const fs::path there = QFileInfo(place).filesystemFilePath();
    const fs::path wanted(QFile::encodeName(target).toStdString());
    std::error_code error;
    if (fs::is_symlink(there, error) && fs::read_symlink(there, error) == wanted)
        return;
    error.clear();
    const fs::path aside =
        there.parent_path() / (".link-" + QUuid::createUuid().toString(QUuid::Id128).toStdString());
    fs::create_symlink(wanted, aside, error);
    if (!error)
        fs::rename(aside, there, error);
    if (!error)
        return;
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw unwritable(place, error.value());
}

} // namespace

QString makeSnapshot(const QString &modelFolder, const QString &revision, const std::vector<HubFile> &files)
{
    const QString snapshot = modelFolder + QStringLiteral("/snapshots/") + revision;
    for (const HubFile &file : files) {
        const QString place = snapshot + QLatin1Char('/') + file.path;
        QDir().mkpath(QFileInfo(place).path());
        const auto depth = static_cast<int>(file.path.count(QLatin1Char('/'))) + 2;
        link(QStringLiteral("../").repeated(depth) + QStringLiteral("blobs/") + file.etag, place);
    }
    QDir().mkpath(modelFolder + QStringLiteral("/refs"));
    write_file(modelFolder + QStringLiteral("/refs/main"), revision.toLatin1(), FileWriter::Care::synced);
    return snapshot;
}

} // namespace encoderscope
