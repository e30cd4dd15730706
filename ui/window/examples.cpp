// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/examples.h"

#include "resources/translations/language.h"
#include "ui/state/session.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct NamedPattern {
    const char *name;
    HeadPattern pattern;
    const char *look;
};

constexpr NamedPattern patterns[] = {
    {"previous", HeadPattern::previous,
     QT_TRANSLATE_NOOP(
         "Examples", "A head in which nearly every token gives its weight to the one before it. Look at the "
                     "line below the diagonal.")},
    {"next", HeadPattern::next,
     QT_TRANSLATE_NOOP(
         "Examples", "A head in which most tokens give their weight to the one after them. Look at the line "
                     "above the diagonal.")},
    {"word", HeadPattern::word,
     QT_TRANSLATE_NOOP("Examples",
                       "A head that brings the pieces of a word together. Pin a piece of a word that is cut: "
                       "its weight goes to the other pieces.")},
    {"same", HeadPattern::same,
     QT_TRANSLATE_NOOP(
         "Examples",
         "A head in which a word looks for itself elsewhere in the sentence. Pin one of those that "
         "come twice; what comes once stays with itself.")},
    {"itself", HeadPattern::itself,
     QT_TRANSLATE_NOOP("Examples",
                       "A head in which tokens look at themselves: the diagonal. What it finds is the token "
                       "alone, whatever stands around it.")},
    {"punctuation", HeadPattern::punctuation,
     QT_TRANSLATE_NOOP(
         "Examples",
         "A head that looks at the full stop and other marks. Pin any word, and see how much of its "
         "weight goes there.")},
};

/// The head that `sentence` is about, and what it says of it; null when each reader may look where they like.
const NamedPattern *patternOf(const QJsonValue &sentence)
{
    const QString name = sentence[QLatin1String("pattern")].toString();
    const auto *found =
        std::find_if(std::begin(patterns), std::end(patterns),
                     [&name](const NamedPattern &one) { return name == QLatin1String(one.name); });
    return found == std::end(patterns) ? nullptr : found;
}

std::optional<ExampleHead> headOf(const QJsonValue &sentence)
{
    if (const NamedPattern *pattern = patternOf(sentence))
        return ExampleHead{pattern->pattern, {}, {}};
    const QJsonArray looks = sentence[QLatin1String("looks")].toArray();
    if (looks.size() == 2)
        return ExampleHead{HeadPattern::mixed, looks[0].toString(), looks[1].toString()};
    return std::nullopt;
}

QString seeIn(const QJsonValue &sentence, const QString &language)
{
    if (const NamedPattern *pattern = patternOf(sentence))
        return QCoreApplication::translate("Examples", pattern->look);
    return sentence[QLatin1String("see")][language].toString();
}

/// The first token with that text; -1 = none.
int tokenWith(const Trace &trace, const QString &text)
{
    for (int index = 0; index < trace.tokens(); ++index) {
        const Token &token = trace.token(index);
        if (!token.special && token.text.compare(text, Qt::CaseInsensitive) == 0)
            return index;
    }
    return -1;
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
            read.sentences.push_back({sentence[QLatin1String("text")].toString(),
                                      sentence[QLatin1String("textB")].toString(QString()), headOf(sentence),
                                      seeIn(sentence, language)});
        }
        groups.push_back(std::move(read));
    }
    return groups;
}

std::optional<FoundHead> headFor(const Trace &trace, const ExampleHead &wanted)
{
    const bool byTokens = !wanted.query.isEmpty();
    const int query = byTokens ? tokenWith(trace, wanted.query) : -1;
    const int key = byTokens ? tokenWith(trace, wanted.key) : -1;
    if (byTokens && (query < 0 || key < 0))
        return std::nullopt;
    std::optional<FoundHead> found;
    float best = 0.0F; // the larger, the better
    const auto offer = [&](int layer, int head, float value) {
        if (found && value <= best)
            return;
        found = {layer, head, query};
        best = value;
    };
    if (byTokens) {
        for (int layer = 0; layer < trace.layers(); ++layer) {
            for (int head = 0; head < trace.heads(); ++head)
                offer(layer, head,
                      trace.attention_weights(layer, head, {.first = query, .count = 1})(0, key));
        }
        return found;
    }
    const std::vector<HeadStatistics> all = head_statistics(trace);
    for (std::size_t index = 0; index < all.size(); ++index) {
        const auto place = static_cast<int>(index);
        if (pattern_of(all[index]) == wanted.pattern)
            offer(place / trace.heads(), place % trace.heads(), -all[index].entropy.value());
    }
    return found;
}

void pinHeadFor(Session &session, const ExampleHead &wanted)
{
    const auto pin = [&session, wanted] {
        const Trace &trace = session.shown().trace();
        if (trace.recording() != nullptr) // its heads may be unknown
            return;
        if (const auto found = headFor(trace, wanted)) {
            Selected selected = session.selection().pinned();
            selected.layer = found->layer;
            selected.head = found->head;
            if (found->query >= 0)
                selected.query = found->query;
            session.selection().pin(selected);
        }
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
