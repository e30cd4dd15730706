// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/chosen_heads.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct Heads {
    Q_DECLARE_TR_FUNCTIONS(Heads)
};

} // namespace

std::vector<HeadPlace> chosenHeads(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    static const QRegularExpression place(QStringLiteral("^([1-9][0-9]{0,4})\\.([1-9][0-9]{0,4})$"));
    std::vector<HeadPlace> heads;
    for (const QString &word : text.split(between, Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = place.match(word);
        if (!match.hasMatch())
            throw Error(Heads::tr("“%1” is no head; “2.1” is head 1 of layer 2.").arg(word.left(40)));
        const HeadPlace head{match.captured(1).toInt() - 1, match.captured(2).toInt() - 1};
        if (std::find(heads.begin(), heads.end(), head) == heads.end())
            heads.push_back(head);
        if (heads.size() > most_chosen_heads)
            throw Error(Heads::tr("At most %1 heads can be shown together.").arg(most_chosen_heads));
    }
    return heads;
}

QString chosenHeadsText(const std::vector<HeadPlace> &heads)
{
    QStringList words;
    for (const HeadPlace &head : heads)
        words.append(QStringLiteral("%1.%2").arg(head.layer + 1).arg(head.head + 1));
    return words.join(QLatin1Char(' '));
}

QString withHeadChosen(const QString &text, const HeadPlace &head)
{
    std::vector<HeadPlace> heads;
    try {
        heads = chosenHeads(text);
    } catch (const Error &) {
        heads.clear(); // what was typed by hand and is not understood gives way
    }
    if (std::erase(heads, head) == 0)
        heads.push_back(head);
    if (heads.size() > most_chosen_heads)
        heads.erase(heads.begin());
    return chosenHeadsText(heads);
}

namespace
{

const QString severalHeads = QStringLiteral("several-heads");
const QString chosenName = QStringLiteral("chosen");

} // namespace

QString chosenHeadsOf(const SessionState &state)
{
    const auto view = state.views.find(severalHeads);
    return view == state.views.end() ? QString()
                                     : chosen<QString>(view->second, {.name = chosenName,
                                                                      .type = ParameterKind::Type::text,
                                                                      .fallback = QString()});
}

SessionState withHeadsChosen(SessionState state, const QString &heads)
{
    state.views[severalHeads][chosenName] = heads;
    return state;
}

SessionState withHeadChosen(SessionState state, const HeadPlace &head)
{
    QString heads = chosenHeadsOf(state);
    if (heads.trimmed().isEmpty()) {
        const HeadPlace pinned{state.pinned.layer, state.pinned.head};
        heads = pinned == head ? QString() : chosenHeadsText({pinned});
    }
    return withHeadsChosen(std::move(state), withHeadChosen(heads, head));
}

} // namespace encoderscope
