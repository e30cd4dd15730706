// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/particles.h"

#include <QCoreApplication>

#include <cmath>

namespace encoderscope
{

namespace
{

const auto finite = [](float value) { return std::isfinite(value); };

QString text(const char *block)
{
    return QCoreApplication::translate("NonFinite", block);
}

/// Where `values` has such a number; not set when it has none.
std::optional<NonFinite> find(const MatrixRef &values, int layer, const char *block)
{
    // The sum of the numbers times 0 is 0 if all are finite; that is quickly asked.
    if (values.size() == 0 || (values.array() * 0.0F).sum() == 0.0F)
        return std::nullopt;
    for (Index row = 0; row < values.rows(); ++row) {
        const auto begin = values.row(row).begin();
        const auto end = values.row(row).end();
        const auto found = std::find_if_not(begin, end, finite);
        if (found != end)
            return NonFinite{.layer = layer,
                             .head = -1,
                             .token = static_cast<int>(row),
                             .nan = std::isnan(*found),
                             .block = text(block)};
    }
    return std::nullopt;
}

std::optional<NonFinite> find_in_embedding(const EmbeddingTrace &stages)
{
    const std::initializer_list<std::pair<const Matrix *, const char *>> order{
        {&stages.token, QT_TRANSLATE_NOOP("NonFinite", "embedding of the token")},
        {&stages.scaled, QT_TRANSLATE_NOOP("NonFinite", "scaled embedding")},
        {&stages.position, QT_TRANSLATE_NOOP("NonFinite", "positional encoding")},
        {&stages.token_type, QT_TRANSLATE_NOOP("NonFinite", "embedding of the token type")},
        {&stages.task_type, QT_TRANSLATE_NOOP("NonFinite", "embedding of the task type")},
        {&stages.sum, QT_TRANSLATE_NOOP("NonFinite", "sum of the embeddings")},
        {&stages.normalized, QT_TRANSLATE_NOOP("NonFinite", "layer norm of the embeddings")},
        {&stages.output, QT_TRANSLATE_NOOP("NonFinite", "output of the embedding")}};
    for (const auto &[values, block] : order) {
        if (auto found = find(*values, -1, block))
            return found;
    }
    return std::nullopt;
}

/// Scores and weights, made anew for this, which is asked when what came of them is not finite.
std::optional<NonFinite> find_in_heads(const Trace &trace, int layer)
{
    constexpr int block_rows = 256;
    for (int head = 0; head < trace.heads(); ++head) {
        for (int row = 0; row < trace.tokens(); row += block_rows) {
            const Trace::Rows rows{.first = row, .count = std::min(block_rows, trace.tokens() - row)};
            std::optional<NonFinite> found;
            if (trace.has(TracePart::scores, layer))
                found = find(trace.scaled_scores(layer, head, rows), layer,
                             QT_TRANSLATE_NOOP("NonFinite", "attention scores"));
            if (!found && trace.has(TracePart::weights, layer))
                found = find(trace.attention_weights(layer, head, rows), layer,
                             QT_TRANSLATE_NOOP("NonFinite", "attention weights"));
            if (found) {
                found->head = head;
                found->token += row;
                return found;
            }
        }
    }
    return std::nullopt;
}

std::optional<NonFinite> find_in_layer(const Trace &trace, int index)
{
    const LayerTrace &layer = trace.layer(index);
    using Stages = std::initializer_list<std::pair<const Matrix *, const char *>>;
    const auto first_of = [index](const Stages &stages) -> std::optional<NonFinite> {
        for (const auto &[values, block] : stages) {
            if (auto found = find(*values, index, block))
                return found;
        }
        return std::nullopt;
    };
    if (auto found = first_of(
            {{&layer.attention_input, QT_TRANSLATE_NOOP("NonFinite", "layer norm before the attention")},
             {&layer.unrotated_query, QT_TRANSLATE_NOOP("NonFinite", "queries before the rotation")},
             {&layer.unrotated_key, QT_TRANSLATE_NOOP("NonFinite", "keys before the rotation")},
             {&layer.query, QT_TRANSLATE_NOOP("NonFinite", "queries")},
             {&layer.key, QT_TRANSLATE_NOOP("NonFinite", "keys")},
             {&layer.value, QT_TRANSLATE_NOOP("NonFinite", "values")}}))
        return found;
    const auto joined =
        first_of({{&layer.concatenation, QT_TRANSLATE_NOOP("NonFinite", "concatenated heads")}});
    if (joined) {
        const auto in_heads = find_in_heads(trace, index);
        return in_heads ? in_heads : joined;
    }
    return first_of(
        {{&layer.attention_output, QT_TRANSLATE_NOOP("NonFinite", "output of the attention")},
         {&layer.attention_sum, QT_TRANSLATE_NOOP("NonFinite", "sum after the attention")},
         {&layer.attention_result, QT_TRANSLATE_NOOP("NonFinite", "layer norm after the attention")},
         {&layer.feed_forward_input, QT_TRANSLATE_NOOP("NonFinite", "layer norm before the FFN")},
         {&layer.expanded, QT_TRANSLATE_NOOP("NonFinite", "FFN before the activation")},
         {&layer.gate, QT_TRANSLATE_NOOP("NonFinite", "gate of the FFN")},
         {&layer.feed_forward_value, QT_TRANSLATE_NOOP("NonFinite", "value of the FFN, before the gate")},
         {&layer.activated, QT_TRANSLATE_NOOP("NonFinite", "FFN after the activation")},
         {&layer.feed_forward_output, QT_TRANSLATE_NOOP("NonFinite", "output of the FFN")},
         {&layer.feed_forward_sum, QT_TRANSLATE_NOOP("NonFinite", "sum after the FFN")},
         {&layer.output, QT_TRANSLATE_NOOP("NonFinite", "output of the layer")}});
}

} // namespace

std::optional<NonFinite> first_non_finite(const Trace &trace)
{
    if (auto found = find_in_embedding(trace.embedding()))
        return found;
    for (int layer = 0; layer < trace.layers(); ++layer) {
        if (auto found = find_in_layer(trace, layer))
            return found;
    }
    return find(trace.output(), trace.layers(), QT_TRANSLATE_NOOP("NonFinite", "last layer norm"));
}

QString non_finite_message(const Trace &trace)
{
    const std::optional<NonFinite> found = first_non_finite(trace);
    if (!found)
        return {};
    QStringList place;
    if (found->layer >= 0 && found->layer < trace.layers())
        place.append(QCoreApplication::translate("NonFinite", "layer %1").arg(found->layer + 1));
    place.append(found->block);
    if (found->head >= 0)
        place.append(QCoreApplication::translate("NonFinite", "head %1").arg(found->head + 1));
    place.append(QCoreApplication::translate("NonFinite", "token %1 (%2)")
                     .arg(found->token)
                     .arg(trace.token(found->token).piece.left(40)));
    //: %1: NaN or infinity, %2: "layer 2, attention weights, head 3, token 4 (cat)"
    return withParticles(
        QCoreApplication::translate("NonFinite", "%1 first arises here: %2.")
            .arg(found->nan ? QStringLiteral("NaN") : QCoreApplication::translate("NonFinite", "An infinity"),
                 place.join(QStringLiteral(", "))));
}

} // namespace encoderscope
