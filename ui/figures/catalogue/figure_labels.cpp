// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/figure_labels.h"

#include "engine/version.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace encoderscope
{

namespace
{

const QString separator = QStringLiteral(" · ");

constexpr qsizetype mostLabelCharacters = 64;
constexpr qsizetype mostCaptionCharacters = 300;

/// A few words that a line does not end within.
QString unbroken(QString words)
{
    return words.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString quoted(const QString &text)
{
    QString line = text;
    line.replace(QLatin1Char('\r'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    return QChar(0x201C) + printableText(shortened(line.trimmed(), mostCaptionCharacters)) + QChar(0x201D);
}

} // namespace

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.left(most + 64));
    finder.setPosition(most);
    const qsizetype end = finder.isAtBoundary() ? most : finder.toPreviousBoundary();
    QString cut = text.left(end > 0 ? end : most);
    while (cut.endsWith(QLatin1Char(' ')))
        cut.chop(1); // the dots would stand in a line of their own
    return cut + QChar(0x2026);
}

QString printableText(const QString &text)
{
    const auto plain = [](QChar c) {
        return !c.isSurrogate() && !c.isNonCharacter() && c.category() != QChar::Other_Control;
    };
    if (std::all_of(text.begin(), text.end(), plain))
        return text;
    QString shown;
    for (qsizetype index = 0; index < text.size(); ++index) {
        const QChar c = text.at(index);
        if (c.isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate()) {
            shown += c;
            shown += text.at(++index);
        } else if (c.isSurrogate() || c.isNonCharacter()) {
            shown += QChar(QChar::ReplacementCharacter);
        } else if (c.unicode() < 0x20) {
            shown += QChar(0x2400 + c.unicode()); // its picture from the block "Control Pictures"
        } else if (c.unicode() == 0x7F) {
            shown += QChar(0x2421);
        } else if (c.category() == QChar::Other_Control) {
            shown += QChar(QChar::ReplacementCharacter);
        } else {
            shown += c;
        }
    }
    return shown;
}

QString comparisonSuffix(const ComparedTrace &compared)
{
    const bool other = otherReference(compared);
    switch (compared.comparison) {
    case Comparison::before:
        return other ? QCoreApplication::translate("Figures", " (reference)")
                     : QCoreApplication::translate("Figures", " (before switching)");
    case Comparison::difference:
        return other ? QCoreApplication::translate("Figures", " (now − reference)")
                     : QCoreApplication::translate("Figures", " (now − before)");
    case Comparison::now:
    case Comparison::sideBySide:
        break;
    }
    return {};
}

QString comparisonName(const ComparedTrace &compared)
{
    switch (compared.comparison) {
    case Comparison::before:
        return otherReference(compared) ? QStringLiteral("-reference") : QStringLiteral("-before");
    case Comparison::difference:
        return QStringLiteral("-difference");
    case Comparison::now:
    case Comparison::sideBySide:
        break;
    }
    return {};
}

QString withHatching(const QString &caption, bool hatched)
{
    return hatched ? caption + (caption.isEmpty() ? QString() : separator) +
                         QCoreApplication::translate("Figures", "hatched: switched off")
                   : caption;
}

QString comparedValueTitle(const ComparedTrace &compared, const QString &value)
{
    if (!compared.difference())
        return value;
    return (otherReference(compared) ? QCoreApplication::translate("Figures", "%1, now − reference")
                                     : QCoreApplication::translate("Figures", "%1, now − before"))
        .arg(value);
}

namespace
{

QString labelOfToken(const Token &token)
{
    const QString &shown = token.special || token.text.isEmpty() ? token.piece : token.text;
    return shortened(printableText(shown), mostLabelCharacters);
}

} // namespace

QStringList tokenLabels(const Trace &trace)
{
    QStringList labels;
    labels.reserve(trace.tokens());
    for (const Token &token : trace.encoding().tokens)
        labels.append(labelOfToken(token));
    return labels;
}

QStringList labelsAmong(const QStringList &labels, const QList<int> &tokens)
{
    QStringList kept;
    for (const int token : tokens)
        kept.append(labels.at(token));
    return kept;
}

QString quotedToken(const Trace &trace, int token)
{
    return QStringLiteral("“%1”").arg(token >= 0 && token < trace.tokens() ? labelOfToken(trace.token(token))
                                                                           : QString());
}

QString stateName(int layer)
{
    return layer < 0 ? QCoreApplication::translate("Pages", "embedding")
                     : QCoreApplication::translate("Pages", "layer %1").arg(layer + 1);
}

QString stateFileName(int layer)
{
    return layer < 0 ? QStringLiteral("embedding") : QStringLiteral("layer%1").arg(layer + 1);
}

QString componentTitle(int component, double share)
{
    return QCoreApplication::translate("Pages", "component %1 (%2 % of the variance)")
        .arg(component + 1)
        .arg(share * 100.0, 0, 'f', 0);
}

QString placeCaption(int layer, int head)
{
    QStringList parts;
    if (layer >= 0)
        parts.append(unbroken(QCoreApplication::translate("Figures", "layer %1").arg(layer + 1)));
    if (head >= 0)
        parts.append(unbroken(QCoreApplication::translate("Figures", "head %1").arg(head + 1)));
    return parts.join(separator);
}

QString activationName(Activation activation)
{
    switch (activation) {
    case Activation::relu:
        return QStringLiteral("ReLU");
    case Activation::gelu:
        return QStringLiteral("GELU");
    case Activation::gelu_tanh:
        return QStringLiteral("GELU (tanh)");
    case Activation::silu:
        return QStringLiteral("SiLU");
    case Activation::quick_gelu:
        return QStringLiteral("QuickGELU");
    case Activation::mish:
        return QStringLiteral("Mish");
    case Activation::relu_squared:
        return QStringLiteral("ReLU²");
    case Activation::identity:
        return QCoreApplication::translate("Figures", "identity");
    }
    return {};
}

namespace
{

/// "1, 3"
QString numbersFromOne(const std::set<int> &indices)
{
    QStringList numbers;
    for (const int index : indices)
        numbers.append(QString::number(index + 1));
    return numbers.join(QStringLiteral(", "));
}

QString tokensText(const Trace &trace, const std::set<int> &tokens)
{
    const QStringList labels = tokenLabels(trace);
    QStringList parts;
    for (const int token : tokens)
        parts.append(QString::number(token) + QLatin1Char(' ') + labels.value(token));
    return parts.join(QStringLiteral(", "));
}

/// Of one layer, from 0.
QStringList layerChanges(const LayerSwitches &switches, int layer)
{
    const int number = layer + 1;
    if (!switches.on)
        return {QCoreApplication::translate("Figures", "layer %1 off").arg(number)};
    QStringList parts;
    if (!switches.attention)
        parts.append(QCoreApplication::translate("Figures", "attention of layer %1 off").arg(number));
    if (!switches.feed_forward)
        parts.append(QCoreApplication::translate("Figures", "FFN of layer %1 off").arg(number));
    if (!switches.heads_off.empty())
        parts.append(QCoreApplication::translate("Figures", "layer %1 without head %2")
                         .arg(QString::number(number), numbersFromOne(switches.heads_off)));
    for (const auto &[head, factor] : switches.head_factors) {
        if (!switches.heads_off.contains(head))
            parts.append(QCoreApplication::translate("Figures", "layer %1 head %2 × %3")
                             .arg(number)
                             .arg(head + 1)
                             .arg(readableNumber(static_cast<double>(factor))));
    }
    for (const auto &[neuron, factor] : switches.neuron_factors)
        parts.append(QCoreApplication::translate("Figures", "layer %1 neuron %2 × %3")
                         .arg(number)
                         .arg(neuron)
                         .arg(readableNumber(static_cast<double>(factor))));
    if (!switches.steering.empty())
        parts.append(QCoreApplication::translate("Figures", "steered after layer %1, × %2")
                         .arg(number)
                         .arg(readableNumber(static_cast<double>(switches.steering_factor))));
    return parts;
}

QString sentenceText(const QString &text, qsizetype cut, bool left)
{
    if (cut < 0)
        return quoted(text);
    if (left)
        return quoted(text) + QLatin1Char(' ') +
               QCoreApplication::translate("Figures", "(without the first %1 of %2 characters)")
                   .arg(cut)
                   .arg(text.size());
    return quoted(text) + QLatin1Char(' ') +
           QCoreApplication::translate("Figures", "(cut after %1 of %2 characters)")
               .arg(cut)
               .arg(text.size());
}

} // namespace

QString changesText(const Trace &trace, const std::set<int> &replaced)
{
    const Switches &switches = trace.switches();
    QStringList parts;
    for (int layer = 0; layer < static_cast<int>(switches.layers.size()); ++layer)
        parts += layerChanges(switches.layer(layer), layer);
    if (!switches.positions)
        parts.append(QCoreApplication::translate("Figures", "positional encoding off"));
    if (switches.embedding_scale)
        parts.append(*switches.embedding_scale
                         ? QCoreApplication::translate("Figures", "embedding × √d_model")
                         : QCoreApplication::translate("Figures", "embedding not × √d_model"));
    if (switches.activation)
        parts.append(QCoreApplication::translate("Figures", "activation %1")
                         .arg(activationName(*switches.activation)));
    if (switches.temperature != 1.0F)
        parts.append(QCoreApplication::translate("Figures", "temperature %1")
                         .arg(static_cast<double>(switches.temperature)));
    if (!switches.masked_tokens.empty())
        parts.append(QCoreApplication::translate("Figures", "masked: %1")
                         .arg(tokensText(trace, switches.masked_tokens)));
    if (!replaced.empty())
        parts.append(QCoreApplication::translate("Figures", "mask token at %1").arg([&replaced] {
            QStringList numbers;
            for (const int token : replaced)
                numbers.append(QString::number(token));
            return numbers.join(QStringLiteral(", "));
        }()));
    return parts.join(QStringLiteral("; "));
}

namespace
{

/// Model and text of a run; `hash` may be empty.
QStringList runParts(const Trace &trace, const QString &hash, bool ofText)
{
    QString model = printableText(trace.model().name);
    if (!hash.isEmpty())
        model += QStringLiteral(" (%1)").arg(hash.left(shownHashDigits));
    if (!trace.model().trained)
        model = QCoreApplication::translate("Figures", "%1 (untrained weights)").arg(model);
    QStringList parts{model};
    if (ofText) {
        const Encoding &encoding = trace.encoding();
        parts.append(sentenceText(encoding.text, encoding.cut_a, encoding.cut_left));
        if (!encoding.text_b.isNull())
            parts.append(sentenceText(encoding.text_b, encoding.cut_b, encoding.cut_left));
        parts.append(
            unbroken(QCoreApplication::translate("Figures", "%n token(s)", nullptr, trace.tokens())));
    }
    return parts;
}

/// The tokens that stand as the mask token although something else was typed.
std::set<int> maskedByHand(const Trace &trace)
{
    std::set<int> tokens;
    const TokenizerPtr &tokenizer = trace.model().tokenizer;
    for (int token = 0; tokenizer && token < trace.tokens(); ++token) { // a recorded run has none
        if (!trace.token(token).special && trace.token(token).id == tokenizer->mask_id())
            tokens.insert(token);
    }
    return tokens;
}

/// What of a reference run a caption says, of any but this run without switches.
QStringList referenceParts(const Frame &frame, bool ofText)
{
    const Trace &reference = *frame.compared.before;
    QStringList parts = runParts(reference, frame.referenceHash, ofText);
    const QString changes = changesText(reference, maskedByHand(reference));
    if (!changes.isEmpty())
        parts.append(changes);
    return parts;
}

} // namespace

QString runCaption(const Frame &frame, bool ofText, const QString &place)
{
    const ComparedTrace &compared = frame.compared;
    const bool other = otherReference(compared);
    const bool ofReference = other && compared.comparison == Comparison::before;
    QStringList parts = ofReference ? referenceParts(frame, ofText)
                                    : runParts(frame.trace(), frame.state.input.reference.hash, ofText);
    if (!place.isEmpty())
        parts.append(place);
    if (ofText && !ofReference) {
        // A difference is made by what was changed; its other run is the plain one.
        const QString changes =
            changesText(compared.difference() ? *compared.now : frame.trace(), frame.replaced);
        if (!changes.isEmpty())
            parts.append(changes);
        else if (compared.comparison == Comparison::before)
            parts.append(QCoreApplication::translate("Figures", "everything on"));
    }
    if (other && compared.difference()) {
        parts.append(QCoreApplication::translate("Figures", "reference: %1")
                         .arg(referenceParts(frame, ofText).join(separator)));
        if (ofText && compared.acrossRuns() && !partnersText(compared).isEmpty())
            parts.append(unbroken(partnersText(compared)));
    }
    parts.append(unbroken(QStringLiteral("Encoderscope %1").arg(program_version())));
    return parts.join(separator);
}

} // namespace encoderscope
