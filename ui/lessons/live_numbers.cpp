// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_numbers.h"

#include "engine/analysis/contributions.h"
#include "ui/lessons/live_expression.h"
#include "ui/lessons/live_mechanisms.h"
#include "ui/lessons/live_source.h"
#include "ui/lessons/live_why.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace encoderscope
{

namespace
{

using Compute = std::function<LiveValue(const LiveSource &)>;

struct Entry {
    LiveNumberKind kind;
    Compute compute;
};

LiveNumberKind kind(const char *name, const char *arguments = "")
{
    return {QLatin1String(name), QString::fromLatin1(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts)};
}

/// `of` for the token that an argument names, or for all.
template <typename Of>
LiveValue forTokens(const LiveSource &source, const QString &argument, Of &&of)
{
    if (!source.wantsAll(argument))
        return static_cast<double>(of(source.token(argument)));
    std::vector<double> all;
    for (int token = 0; token < source.trace().tokens(); ++token)
        all.push_back(static_cast<double>(of(token)));
    return all;
}

LiveValue attention(const LiveSource &source, Matrix (Trace::*numbers)(int, int, Trace::Rows) const)
{
    const int query = source.token(QStringLiteral("query"));
    const Matrix row = (source.trace().*numbers)(source.layer(), source.head(), {query, 1});
    return forTokens(source, QStringLiteral("key"), [&row](int key) { return row(0, key); });
}

const std::vector<Entry> &entries()
{
    static const std::vector<Entry> all = [] {
        const auto config = [](const LiveSource &s) -> const EncoderConfig & { return s.trace().config(); };
        const QString token = QStringLiteral("token");
        const QString key = QStringLiteral("key");
        return std::vector<Entry>{
            {kind("tokens"), [](const LiveSource &s) -> LiveValue { return double(s.trace().tokens()); }},
            {kind("layers"), [config](const LiveSource &s) -> LiveValue { return double(config(s).layers); }},
            {kind("heads"), [config](const LiveSource &s) -> LiveValue { return double(config(s).heads); }},
            {kind("layer"), [](const LiveSource &s) -> LiveValue { return double(s.layer() + 1); }},
            {kind("head"), [](const LiveSource &s) -> LiveValue { return double(s.head() + 1); }},
            {kind("d_model"),
             [config](const LiveSource &s) -> LiveValue { return double(config(s).d_model); }},
            {kind("d_ff"), [config](const LiveSource &s) -> LiveValue { return double(config(s).d_ff); }},
            {kind("d_k"), [config](const LiveSource &s) -> LiveValue { return double(config(s).d_k()); }},
            {kind("vocabulary_size"),
             [config](const LiveSource &s) -> LiveValue { return double(config(s).vocabulary_size); }},
            {kind("temperature"),
             [](const LiveSource &s) -> LiveValue { return double(s.trace().switches().temperature); }},
            {kind("model"), [](const LiveSource &s) -> LiveValue { return s.trace().model().name; }},
            {kind("token.text", "token query key layer head"),
             [](const LiveSource &s) -> LiveValue { return s.trace().token(s.anyToken()).text; }},
            {kind("token.id", "token"),
             [token](const LiveSource &s) -> LiveValue {
                 return double(s.trace().token(s.token(token)).id);
             }},
            {kind("token.position", "token query key layer head"),
             [](const LiveSource &s) -> LiveValue { return double(s.anyToken()); }},
            {kind("tokens.unknown"),
             [](const LiveSource &s) -> LiveValue { return s.countTokens(&Token::unknown); }},
            {kind("tokens.special"),
             [](const LiveSource &s) -> LiveValue { return s.countTokens(&Token::special); }},
            {kind("tokens.continued"),
             [](const LiveSource &s) -> LiveValue { return s.countTokens(&Token::continuation); }},
            {kind("characters"),
             [](const LiveSource &s) -> LiveValue { return double(s.trace().encoding().text.size()); }},
            {kind("words"), [](const LiveSource &s) -> LiveValue { return s.words(); }},
            {kind("embedding.value", "token dimension stage"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix &stage = s.embeddingStage();
                 return forTokens(s, token, [&](int t) { return stage(t, s.dimension(stage.cols())); });
             }},
            {kind("embedding.norm", "token stage"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix &stage = s.embeddingStage();
                 return forTokens(s, token, [&](int t) { return stage.row(t).norm(); });
             }},
            {kind("embedding.cosine", "token other"),
             [token](const LiveSource &s) -> LiveValue { return s.embeddingCosine(); }},
            {kind("embedding.nearest", "token rank"),
             [](const LiveSource &s) -> LiveValue { return s.nearestWord().piece; }},
            {kind("embedding.nearest.cosine", "token rank"),
             [](const LiveSource &s) -> LiveValue { return double(s.nearestWord().cosine); }},
            {kind("position.encoding", "position dimension"),
             [](const LiveSource &s) -> LiveValue { return s.positionEncoding(); }},
            {kind("position.wavelength", "dimension"),
             [](const LiveSource &s) -> LiveValue { return s.wavelength(); }},
            {kind("position.distance", "position other"),
             [](const LiveSource &s) -> LiveValue { return s.positionDistance(); }},
            {kind("position.nearest_distance"),
             [](const LiveSource &s) -> LiveValue { return s.nearestPositionDistance(); }},
            {kind("order.change", "positions"),
             [](const LiveSource &s) -> LiveValue { return s.orderChange(); }},
            {kind("query.value", "layer head token dimension"),
             [](const LiveSource &s) -> LiveValue {
                 return double(s.trace().query(s.layer(), s.head())(s.token(QStringLiteral("token")),
                                                                    s.dimension(s.trace().config().d_k())));
             }},
            {kind("query.norm", "layer head token rotated"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix queries = headQueries(s);
                 return forTokens(s, token, [&](int t) { return queries.row(t).norm(); });
             }},
            {kind("rotation.angle", "layer position pair"),
             [](const LiveSource &s) -> LiveValue { return rotationAngle(s); }},
            {kind("rotation.wavelength", "layer pair"),
             [](const LiveSource &s) -> LiveValue { return rotationWavelength(s); }},
            {kind("rotation.score", "layer head query key shift key_shift"),
             [](const LiveSource &s) -> LiveValue { return scoreAfterShift(s); }},
            {kind("window", "layer"), [](const LiveSource &s) -> LiveValue { return windowOf(s); }},
            {kind("window.keys", "layer query"),
             [](const LiveSource &s) -> LiveValue { return keysInWindow(s); }},
            {kind("attention.content_to_position", "layer head query key"),
             [](const LiveSource &s) -> LiveValue {
                 needProduct(s, &RelativeProducts::content_to_position);
                 return attention(s, &Trace::content_to_position);
             }},
            {kind("attention.position_to_content", "layer head query key"),
             [](const LiveSource &s) -> LiveValue {
                 needProduct(s, &RelativeProducts::position_to_content);
                 return attention(s, &Trace::position_to_content);
             }},
            {kind("attention.position_bias", "layer head query key"),
             [](const LiveSource &s) -> LiveValue {
                 needPositionBias(s);
                 return attention(s, &Trace::position_bias);
             }},
            {kind("attention.products"),
             [config](const LiveSource &s) -> LiveValue {
                 return double(config(s).relative_products.in_scale);
             }},
            {kind("attention.raw_scores", "layer head query key"),
             [](const LiveSource &s) { return attention(s, &Trace::raw_scores); }},
            {kind("attention.scaled_scores", "layer head query key"),
             [](const LiveSource &s) { return attention(s, &Trace::scaled_scores); }},
            {kind("attention.weights", "layer head query key"),
             [](const LiveSource &s) { return attention(s, &Trace::attention_weights); }},
            {kind("attention.sum", "layer head query"),
             [](const LiveSource &s) -> LiveValue { return s.weightSum(); }},
            {kind("attention.itself", "layer head"),
             [](const LiveSource &s) -> LiveValue { return s.meanWeight(0); }},
            {kind("attention.previous", "layer head"),
             [](const LiveSource &s) -> LiveValue { return s.meanWeight(-1); }},
            {kind("attention.next", "layer head"),
             [](const LiveSource &s) -> LiveValue { return s.meanWeight(1); }},
            {kind("attention.special", "layer head"),
             [](const LiveSource &s) -> LiveValue { return s.specialWeight(); }},
            {kind("attention.most_itself"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(0).weight; }},
            {kind("attention.most_itself.layer_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(0).layer + 1); }},
            {kind("attention.most_itself.head_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(0).head + 1); }},
            {kind("attention.most_itself.head"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(0).name(); }},
            {kind("attention.most_previous"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(-1).weight; }},
            {kind("attention.most_previous.layer_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(-1).layer + 1); }},
            {kind("attention.most_previous.head_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(-1).head + 1); }},
            {kind("attention.most_previous.head"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(-1).name(); }},
            {kind("attention.most_next"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(1).weight; }},
            {kind("attention.most_next.layer_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(1).layer + 1); }},
            {kind("attention.most_next.head_number"),
             [](const LiveSource &s) -> LiveValue { return double(s.greatestOfHeads(1).head + 1); }},
            {kind("attention.most_next.head"),
             [](const LiveSource &s) -> LiveValue { return s.greatestOfHeads(1).name(); }},
            {kind("attention.likeness", "layer head other_head"),
             [](const LiveSource &s) -> LiveValue { return s.headLikeness(); }},
            {kind("value.norm", "layer head token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token,
                                  [&](int t) { return s.trace().value(s.layer(), s.head()).row(t).norm(); });
             }},
            {kind("head.share", "layer head query key"),
             [key](const LiveSource &s) -> LiveValue {
                 const std::vector<double> shares = s.contributionShares();
                 return forTokens(s, key, [&](int t) { return shares[static_cast<std::size_t>(t)]; });
             }},
            {kind("attention.output.norm", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) {
                     return s.trace().layer(s.layer()).attention_output.row(t).norm();
                 });
             }},
            {kind("ffn.expanded", "layer token neuron"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token,
                                  [&](int t) { return s.trace().layer(s.layer()).expanded(t, s.neuron()); });
             }},
            {kind("ffn.activated", "layer token neuron"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token,
                                  [&](int t) { return s.trace().layer(s.layer()).activated(t, s.neuron()); });
             }},
            {kind("ffn.gate", "layer token neuron"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix &gate = gatedPart(s, &LayerTrace::gate);
                 return forTokens(s, token, [&](int t) { return gate(t, s.neuron()); });
             }},
            {kind("ffn.value", "layer token neuron"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix &value = gatedPart(s, &LayerTrace::feed_forward_value);
                 return forTokens(s, token, [&](int t) { return value(t, s.neuron()); });
             }},
            {kind("ffn.neuron", "layer token neuron"),
             [](const LiveSource &s) -> LiveValue { return double(s.neuron()); }},
            {kind("ffn.active", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 const Matrix share = active_share(s.trace(), s.layer());
                 return forTokens(s, token, [&](int t) { return share(t, 0); });
             }},
            {kind("ffn.one_matrix", "layer"),
             [](const LiveSource &s) -> LiveValue { return s.distanceFromOneMatrix(); }},
            {kind("ffn.output.norm", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) {
                     return s.trace().layer(s.layer()).feed_forward_output.row(t).norm();
                 });
             }},
            {kind("change.rows", "layer token attention"),
             [](const LiveSource &s) -> LiveValue { return s.rowsChanged(); }},
            {kind("hidden.norm", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token,
                                  [&](int t) { return s.trace().hidden(s.stateLayer()).row(t).norm(); });
             }},
            {kind("hidden.mean", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token,
                                  [&](int t) { return s.trace().hidden(s.stateLayer()).row(t).mean(); });
             }},
            {kind("hidden.deviation", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) { return s.deviation(t); });
             }},
            {kind("hidden.cosine", "layer token other"),
             [](const LiveSource &s) -> LiveValue { return s.hiddenCosine(); }},
            {kind("hidden.kept", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) { return s.cosineWithEmbedding(t); });
             }},
            {kind("hidden.changed", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) { return s.changeAgainstReference(t); });
             }},
            {kind("hidden.mixed", "layer token"),
             [token](const LiveSource &s) -> LiveValue {
                 return forTokens(s, token, [&](int t) { return s.rolloutFromOthers(t); });
             }},
            {kind("weights.norm", "matrix layer head"),
             [](const LiveSource &s) -> LiveValue { return double(s.weights().norm()); }},
            {kind("weights.rows", "matrix layer head"),
             [](const LiveSource &s) -> LiveValue { return double(s.weights().rows()); }},
            {kind("weights.columns", "matrix layer head"),
             [](const LiveSource &s) -> LiveValue { return double(s.weights().cols()); }},
            {kind("weights.cosine", "matrix layer head other_layer other_head"),
             [](const LiveSource &s) -> LiveValue { return s.weightsCosine(); }},
            {kind("parameters.share", "block"),
             [](const LiveSource &s) -> LiveValue { return s.parameterShare(); }},
            {kind("parameters", "block"), [](const LiveSource &s) -> LiveValue { return s.parameters(); }},
            {kind("multiplications", "block"),
             [](const LiveSource &s) -> LiveValue { return s.multiplications(); }},
            {kind("prediction.probability", "token rank"),
             [](const LiveSource &s) -> LiveValue { return double(s.prediction().probability); }},
            {kind("prediction.word", "token rank"),
             [](const LiveSource &s) -> LiveValue { return s.prediction().piece; }},
            {kind("why.target"), [](const LiveSource &s) -> LiveValue { return whyTarget(s); }},
            {kind("why.value"), [](const LiveSource &s) -> LiveValue { return whyValue(s); }},
            {kind("why.score", "token method"),
             [token](const LiveSource &s) -> LiveValue {
                 const std::vector<double> scores = whyScores(s);
                 return forTokens(s, token, [&](int t) {
                     return t < std::ssize(scores) ? scores[static_cast<std::size_t>(t)] : 0.0;
                 });
             }},
            {kind("why.most", "method"), [](const LiveSource &s) -> LiveValue { return whyMost(s); }},
            {kind("sweep.change", "layer head"),
             [](const LiveSource &s) -> LiveValue { return sweepChange(s); }},
            {kind("sweep.worst"), [](const LiveSource &s) -> LiveValue { return sweepWorst(s).weight; }},
            {kind("sweep.worst.head"), [](const LiveSource &s) -> LiveValue { return sweepWorst(s).name(); }},
        };
    }();
    return all;
}

const Entry &entryOf(const LiveExpression &expression)
{
    const auto found = std::find_if(entries().begin(), entries().end(),
                                    [&](const Entry &entry) { return entry.kind.name == expression.name; });
    if (found == entries().end())
        throw Error(
            QCoreApplication::translate("Lesson", "There is no live number \"%1\".").arg(expression.name));
    for (const auto &[name, value] : expression.arguments) {
        if (name != QStringLiteral("run") && !found->kind.arguments.contains(name))
            throw Error(QCoreApplication::translate("Lesson", "\"%1\" takes no argument \"%2\", only %3.")
                            .arg(expression.name, name,
                                 (found->kind.arguments + QStringList{QStringLiteral("run")})
                                     .join(QStringLiteral(", "))));
    }
    return *found;
}

LiveValue difference(const LiveValue &now, const LiveValue &reference)
{
    if (const double *number = std::get_if<double>(&now))
        return *number - std::get<double>(reference);
    const auto *list = std::get_if<std::vector<double>>(&now);
    if (list == nullptr)
        throw Error(QCoreApplication::translate("Lesson", "A word has no difference."));
    std::vector<double> differences = *list;
    const auto &before = std::get<std::vector<double>>(reference);
    for (std::size_t i = 0; i < std::min(before.size(), differences.size()); ++i)
        differences[i] -= before[i];
    return differences;
}

const QRegularExpression &braces()
{
    static const QRegularExpression form(QStringLiteral("\\{([^{}]*)\\}"));
    return form;
}

} // namespace

std::vector<LiveNumberKind> liveNumberKinds()
{
    std::vector<LiveNumberKind> kinds;
    for (const Entry &entry : entries())
        kinds.push_back(entry.kind);
    return kinds;
}

LiveValue liveValue(const QString &text, const Frame &frame, const std::stop_token &stop)
{
    const LiveExpression expression = parsedExpression(text);
    const Entry &entry = entryOf(expression);
    if (!frame)
        throw Error(QCoreApplication::translate("Lesson", "There is no run yet."));
    const auto run = expression.arguments.find(QStringLiteral("run"));
    const QString which = run == expression.arguments.end() ? QStringLiteral("now") : run->second;
    const auto of = [&](const TracePtr &trace) {
        return entry.compute(LiveSource(frame, trace, expression, stop));
    };
    if (which == QStringLiteral("now"))
        return of(frame.compared.now);
    if (which == QStringLiteral("reference"))
        return of(frame.compared.before);
    if (which == QStringLiteral("difference"))
        return difference(of(frame.compared.now), of(frame.compared.before));
    throw Error(QCoreApplication::translate("Lesson", "run: \"%1\" is not known; one of %2 was expected.")
                    .arg(which, QStringLiteral("now, reference, difference")));
}

double liveNumber(const QString &expression, const Frame &frame, const std::stop_token &stop)
{
    const LiveValue value = liveValue(expression, frame, stop);
    if (const double *number = std::get_if<double>(&value))
        return *number;
    throw Error(QCoreApplication::translate("Lesson", "\"%1\" is not one number.").arg(expression));
}

QString filledWithNumbers(const QString &text, const Frame &frame, const std::stop_token &stop)
{
    QString filled;
    qsizetype place = 0;
    for (auto match = braces().globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        filled += text.mid(place, found.capturedStart() - place);
        place = found.capturedEnd();
        try {
            const LiveValue value = liveValue(found.captured(1), frame, stop);
            if (const double *number = std::get_if<double>(&value))
                filled += writtenNumber(*number, parsedExpression(found.captured(1)).format);
            else if (const QString *word = std::get_if<QString>(&value))
                filled += *word;
            else
                filled += QStringLiteral("–");
        } catch (const Error &) {
            filled += QStringLiteral("–");
        }
    }
    return filled + text.mid(place);
}

QStringList expressionsIn(const QString &text)
{
    QStringList expressions;
    for (auto match = braces().globalMatch(text); match.hasNext();)
        expressions += match.next().captured(1);
    return expressions;
}

void checkExpression(const QString &expression)
{
    entryOf(parsedExpression(expression));
}

void checkExpressions(const QString &text)
{
    for (const QString &expression : expressionsIn(text))
        checkExpression(expression);
}

} // namespace encoderscope
