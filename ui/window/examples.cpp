// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/examples.h"

#include "resources/translations/language.h"
#include "ui/state/session.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

std::optional<HeadPattern> patternOf(const QJsonValue &sentence)
{
    const QString pattern = sentence[QLatin1String("pattern")].toString();
    if (pattern == QLatin1String("previous"))
        return HeadPattern::previous;
    if (pattern == QLatin1String("next"))
        return HeadPattern::next;
    if (pattern == QLatin1String("first"))
        return HeadPattern::first;
    return std::nullopt;
}

QString whatToLookFor(HeadPattern pattern)
{
    switch (pattern) {
    case HeadPattern::previous:
        return QCoreApplication::translate("Examples",
                                           "A head in which nearly every token gives its weight to the one "
                                           "before it. Look at the line below the diagonal.");
    case HeadPattern::next:
        return QCoreApplication::translate("Examples",
                                           "A head in which most tokens give their weight to the one after "
                                           "them. Look at the line above the diagonal.");
    case HeadPattern::first:
        return QCoreApplication::translate("Examples",
                                           "A head in which all tokens rest on [CLS]. Look at the first "
                                           "column; a head that has nothing to say often does this.");
    default:
        return {};
    }
}

} // namespace

std::vector<ExampleGroup> exampleSentences()
{
    QFile file(QStringLiteral(":/sentences/examples.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString language = currentLanguage();
    std::vector<ExampleGroup> groups;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &group : all) {
        ExampleGroup read{.title = group[QLatin1String("group")].toString()};
        if (read.title == QLatin1String("heads"))
            read.title.clear();
        const QJsonArray sentences = group[QLatin1String("sentences")].toArray();
        for (const QJsonValue &sentence : sentences) {
            const std::optional<HeadPattern> pattern = patternOf(sentence);
            read.sentences.push_back(
                {sentence[QLatin1String("text")].toString(),
                 sentence[QLatin1String("textB")].toString(QString()), pattern,
                 pattern ? whatToLookFor(*pattern) : sentence[QLatin1String("see")][language].toString()});
        }
        groups.push_back(std::move(read));
    }
    return groups;
}

std::optional<std::pair<int, int>> headWith(const Trace &trace, HeadPattern pattern)
{
    const std::vector<HeadStatistics> all = head_statistics(trace);
    std::optional<std::pair<int, int>> found;
    float least = 0.0F;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const float entropy = all[index].entropy.value();
        if (pattern_of(all[index]) != pattern || (found && entropy >= least))
            continue;
        const auto place = static_cast<int>(index);
        found = {place / trace.heads(), place % trace.heads()};
        least = entropy;
    }
    return found;
}

void pinHeadWith(Session &session, HeadPattern pattern)
{
    const auto pin = [&session, pattern] {
        const Trace &trace = session.shown().trace();
        if (trace.recording() != nullptr) // its heads may be unknown
            return;
        if (const auto head = headWith(trace, pattern))
            session.selection().pinHead(head->first, head->second);
    };
    if (!session.busy() && session.shown())
        return pin();
    auto *once = new QObject(&session);
    QObject::connect(&session, &Session::frameChanged, once, [&session, once, pin] {
        if (session.busy() || !session.shown())
            return;
        once->disconnect();
        QObject::disconnect(&session, nullptr, once, nullptr);
        once->deleteLater();
        pin();
    });
}

} // namespace encoderscope
