// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/examples.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

std::optional<ExampleHead> headOf(const QJsonValue &sentence)
{
    const QString pattern = sentence[QLatin1String("pattern")].toString();
    if (pattern.isEmpty())
        return std::nullopt;
    ExampleHead look{.layer = sentence[QLatin1String("layer")].toInt() - 1,
                     .head = sentence[QLatin1String("head")].toInt() - 1};
    if (pattern == QLatin1String("previous"))
        look.pattern = HeadPattern::previous;
    else if (pattern == QLatin1String("next"))
        look.pattern = HeadPattern::next;
    else if (pattern == QLatin1String("first"))
        look.pattern = HeadPattern::first;
    return look;
}

} // namespace

QString whatToLookFor(const ExampleHead &look)
{
    QString text;
    switch (look.pattern) {
    case HeadPattern::previous:
        text = QCoreApplication::translate("Examples",
                                           "Layer %1, head %2 of the default model: nearly every token "
                                           "gives its weight to the one before it. Look at the line "
                                           "below the diagonal.");
        break;
    case HeadPattern::next:
        text = QCoreApplication::translate("Examples",
                                           "Layer %1, head %2 of the default model: most tokens give "
                                           "their weight to the one after them. Look at the line above "
                                           "the diagonal.");
        break;
    case HeadPattern::first:
        text = QCoreApplication::translate("Examples",
                                           "Layer %1, head %2 of the default model: all tokens rest on "
                                           "[CLS]. Look at the first column; a head that has nothing to "
                                           "say often does this.");
        break;
    default:
        return {};
    }
    return text.arg(look.layer + 1).arg(look.head + 1);
}

std::vector<ExampleGroup> exampleSentences()
{
    QFile file(QStringLiteral(":/sentences/examples.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<ExampleGroup> groups;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &group : all) {
        ExampleGroup read{.title = group[QLatin1String("group")].toString()};
        if (read.title == QLatin1String("heads"))
            read.title.clear();
        const QJsonArray sentences = group[QLatin1String("sentences")].toArray();
        for (const QJsonValue &sentence : sentences)
            read.sentences.push_back({sentence[QLatin1String("text")].toString(),
                                      sentence[QLatin1String("textB")].toString(QString()),
                                      headOf(sentence)});
        groups.push_back(std::move(read));
    }
    return groups;
}

} // namespace encoderscope
