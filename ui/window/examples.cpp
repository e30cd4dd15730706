// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/examples.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

std::vector<ExampleGroup> exampleSentences()
{
    QFile file(QStringLiteral(":/sentences/examples.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<ExampleGroup> groups;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &group : all) {
        ExampleGroup read{.title = group[QLatin1String("group")].toString()};
        const QJsonArray sentences = group[QLatin1String("sentences")].toArray();
        for (const QJsonValue &sentence : sentences)
            read.sentences.push_back({sentence[QLatin1String("text")].toString(),
                                      sentence[QLatin1String("textB")].toString(QString())});
        groups.push_back(std::move(read));
    }
    return groups;
}

} // namespace encoderscope
