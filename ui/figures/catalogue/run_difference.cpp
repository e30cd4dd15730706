// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/run_difference.h"

#include "ui/figures/catalogue/figure_labels.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct Difference {
    Q_DECLARE_TR_FUNCTIONS(Difference)
};

constexpr int mostWords = 3;
constexpr qsizetype mostNameCharacters = 32;

QString wholeText(const Encoding &encoding)
{
    return encoding.text_b.isNull() ? encoding.text : encoding.text + QStringLiteral(" | ") + encoding.text_b;
}

/// The characters that the tokens stand for, without those of an added special.
QString charactersOf(const Trace &trace, const std::vector<int> &tokens)
{
    QString text;
    qsizetype end = -1;
    int segment = -1;
    for (const int index : tokens) {
        const Token &token = trace.token(index);
        const Encoding &encoding = trace.encoding();
        const QString &sentence = token.segment == 0 ? encoding.text : encoding.text_b;
        if (token.special || (token.segment == segment && token.begin < end))
            continue;
        if (token.segment == segment && token.begin > end)
            text += QLatin1Char(' ');
        text += sentence.mid(token.begin, token.end - token.begin);
        end = token.end;
        segment = token.segment;
    }
    return printableText(text);
}

QString quotedName(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("∅")
                          : QStringLiteral("“%1”").arg(shortened(text, mostNameCharacters));
}

/// Where two texts are alike for longer than a name is, both begin with the word in which they part.
qsizetype partingWord(const QString &one, const QString &other)
{
    const auto parted = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
    const qsizetype common = parted - one.begin();
    const qsizetype word = common > 0 ? one.lastIndexOf(QLatin1Char(' '), common - 1) + 1 : 0;
    return common < mostNameCharacters - 8 ? 0 : word;
}

/// The words that stand for each other, or for nothing.
QString wordsText(const ComparedTrace &compared)
{
    const ComparedTrace tokens = aligned(compared);
    QStringList parts;
    bool more = false;
    if (!tokens.alignment)
        return {};
    for (const AlignedTokens &unit : tokens.alignment->units) {
        if (unit.same)
            continue;
        const QString reference = charactersOf(*compared.before, unit.reference);
        const QString now = charactersOf(*compared.now, unit.now);
        if (reference == now)
            continue;
        more = parts.size() >= mostWords;
        if (more)
            break;
        parts.append(QStringLiteral("%1 → %2").arg(quotedName(reference), quotedName(now)));
    }
    return parts.join(QStringLiteral(", ")) + (more ? QStringLiteral(", …") : QString());
}

QString changes(const Trace &trace)
{
    const QString text = changesText(trace, {});
    return text.isEmpty() ? QCoreApplication::translate("Figures", "everything on") : text;
}

QString arrow(const QString &reference, const QString &now)
{
    return reference + QStringLiteral(" → ") + now;
}

QString allTokensText(const Trace &trace)
{
    return QCoreApplication::translate("Figures", "%n token(s)", nullptr, trace.tokens());
}

} // namespace

QString runDifference(const ComparedTrace &compared)
{
    if (!compared || !compared.before || compared.now == compared.before)
        return {};
    const Trace &now = *compared.now;
    const Trace &reference = *compared.before;
    QStringList parts;
    if (now.model_pointer() != reference.model_pointer()) {
        const bool named = now.model().name != reference.model().name;
        parts.append(named ? arrow(printableText(reference.model().name), printableText(now.model().name))
                           : Difference::tr("other weights of %1").arg(printableText(now.model().name)));
    }
    const bool otherText = wholeText(now.encoding()) != wholeText(reference.encoding());
    if (otherText) {
        const QString words = wordsText(compared);
        parts.append(words.isEmpty() ? Difference::tr("another text") : words);
    } else if (!(now.encoding() == reference.encoding())) {
        const QString words = now.tokens() == reference.tokens() ? wordsText(compared) : QString();
        parts.append(!words.isEmpty() ? words
                     : now.tokens() == reference.tokens()
                         ? Difference::tr("other pieces")
                         : arrow(allTokensText(reference), allTokensText(now)));
    }
    if (changesText(now, {}) != changesText(reference, {}))
        parts.append(arrow(changes(reference), changes(now)));
    return parts.join(QStringLiteral("; "));
}

RunNames runNames(const Frame &frame)
{
    const ComparedTrace &compared = frame.compared;
    const Trace &now = *compared.now;
    const Trace &reference = *compared.before;
    RunNames names{Difference::tr("now"), frame.reference == ReferenceRun::other
                                              ? Difference::tr("reference")
                                              : Difference::tr("before switching")};
    if (frame.reference == ReferenceRun::other && frame.state.reference.kind == ReferenceChoice::Kind::pinned)
        names.reference = frame.state.reference.name;
    const auto tell = [&names](const QString &ofNow, const QString &ofReference) {
        names.now += QStringLiteral(": ") + ofNow;
        names.reference += QStringLiteral(": ") + ofReference;
    };
    const QString nowText = printableText(wholeText(now.encoding()).simplified());
    const QString referenceText = printableText(wholeText(reference.encoding()).simplified());
    const qsizetype from = partingWord(nowText, referenceText);
    const auto text = [from](const QString &whole) {
        return quotedName(from > 0 ? QChar(0x2026) + whole.mid(from) : whole);
    };
    if (now.model().name != reference.model().name)
        tell(printableText(now.model().name), printableText(reference.model().name));
    else if (wholeText(now.encoding()) != wholeText(reference.encoding()))
        tell(text(nowText), text(referenceText));
    else if (now.tokens() != reference.tokens())
        tell(allTokensText(now), allTokensText(reference));
    else if (changesText(now, {}) != changesText(reference, {}))
        tell(shortened(changes(now), mostNameCharacters), shortened(changes(reference), mostNameCharacters));
    return names;
}

DifferingTokens differingTokens(const ComparedTrace &compared)
{
    DifferingTokens differing;
    if (!compared.acrossRuns())
        return differing;
    const ComparedTrace tokens = aligned(compared);
    for (const AlignedTokens &unit : tokens.alignment->units) {
        const bool same =
            unit.same && unit.now.size() == unit.reference.size() &&
            std::equal(unit.now.begin(), unit.now.end(), unit.reference.begin(), [&](int now, int reference) {
                return compared.now->token(now).text == compared.before->token(reference).text;
            });
        if (same)
            continue;
        differing.now.insert(unit.now.begin(), unit.now.end());
        differing.reference.insert(unit.reference.begin(), unit.reference.end());
    }
    return differing;
}

} // namespace encoderscope
