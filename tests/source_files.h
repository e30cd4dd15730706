// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

namespace encoderscope
{

/// What `unwanted` finds in the sources of these folders, as "file: what was found", each in a line; more
/// than `fewest` files have to be there. For a test that runs in the folder of the project.
inline QString found_in_sources(const QStringList &folders, const QRegularExpression &unwanted, int fewest,
                                const QString &exceptIn = {})
{
    QStringList found;
    int files = 0;
    for (const QString &folder : folders) {
        QDirIterator sources(folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                             QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            QFile file(sources.next());
            if (!exceptIn.isEmpty() && file.fileName().startsWith(exceptIn))
                continue;
            if (!file.open(QIODevice::ReadOnly)) {
                found.append(file.fileName() + QStringLiteral(": cannot be read"));
                continue;
            }
            ++files;
            const QRegularExpressionMatch match = unwanted.match(QString::fromUtf8(file.readAll()));
            if (match.hasMatch())
                found.append(file.fileName() + QStringLiteral(": ") + match.captured());
        }
    }
    if (files <= fewest)
        found.append(QStringLiteral("only %1 files").arg(files));
    return found.join(QLatin1Char('\n'));
}

} // namespace encoderscope
