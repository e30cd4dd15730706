// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_mechanisms.h"

#include "engine/error.h"
#include "engine/forward/rotation.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int farthest = 4095; ///< position that lessons name

Error notInModel(const QString &what)
{
    return Error(QCoreApplication::translate("Lesson", "There is no %1 in this run.").arg(what));
}

TurnRate turnRate(const LiveSource &source)
{
    const std::optional<TurnRate> rate = source.trace().config().turn_rate(source.layer());
    const LayerTrace &layer = source.trace().layer(source.layer());
    if (!rate || layer.unrotated_query.size() == 0 || layer.unrotated_key.size() == 0)
        throw notInModel(QStringLiteral("rotation"));
    return *rate;
}

/// Width of a head's query; of a trace from a file not d_model / heads.
Index headWidth(const LiveSource &source)
{
    return source.trace().layer(source.layer()).unrotated_query.cols() / source.trace().heads();
}

/// One token's row of a head, turned as at another position [1 x d_k].
Matrix turned(const LiveSource &source, const Matrix &all, int token, int by)
{
    const Index d_k = headWidth(source);
    Matrix row = all.block(token, source.head() * d_k, 1, d_k);
    const Index place = token + by;
    const Turns turns = rotary_turns(place + 1, d_k, turnRate(source));
    rotate(row, {turns.cosine.row(place), turns.sine.row(place)}, Turning::forth, row);
    return row;
}

} // namespace

Matrix headQueries(const LiveSource &source)
{
    const QString rotated = source.argument(QStringLiteral("rotated"));
    if (rotated.isEmpty())
        return source.trace().query(source.layer(), source.head());
    if (rotated != QStringLiteral("off"))
        throw Error(QCoreApplication::translate("Lesson", "%1: \"%2\" is not known; one of %3 was expected.")
                        .arg(QStringLiteral("rotated"), rotated, QStringLiteral("off")));
    turnRate(source);
    const Index d_k = headWidth(source);
    return source.trace().layer(source.layer()).unrotated_query.middleCols(source.head() * d_k, d_k);
}

double rotationAngle(const LiveSource &source)
{
    return source.position(QStringLiteral("position")) * 360.0 / rotationWavelength(source);
}

double rotationWavelength(const LiveSource &source)
{
    const TurnRate rate = turnRate(source);
    const auto d_k = static_cast<int>(headWidth(source));
    return rotary_wavelength(source.number(QStringLiteral("pair"), 0, d_k / 2 - 1), d_k, rate);
}

double scoreAfterShift(const LiveSource &source)
{
    turnRate(source);
    const int both = source.number(QStringLiteral("shift"), 0, farthest);
    const int more = source.number(QStringLiteral("key_shift"), 0, farthest);
    const LayerTrace &layer = source.trace().layer(source.layer());
    const Matrix query = turned(source, layer.unrotated_query, source.token(QStringLiteral("query")), both);
    const Matrix key = turned(source, layer.unrotated_key, source.token(QStringLiteral("key")), both + more);
    return static_cast<double>((query * key.transpose())(0, 0));
}

double windowOf(const LiveSource &source)
{
    const std::optional<int> window = source.trace().config().window_of(source.layer());
    if (!window)
        throw notInModel(QStringLiteral("window"));
    return *window;
}

double keysInWindow(const LiveSource &source)
{
    const int query = source.token(QStringLiteral("query"));
    const int last = source.trace().tokens() - 1;
    const int window = source.trace().config().window_of(source.layer()).value_or(last);
    return std::min(query + window, last) - std::max(query - window, 0) + 1;
}

void needProduct(const LiveSource &source, bool RelativeProducts::*product)
{
    if (!(source.trace().config().relative_products.*product))
        throw notInModel(QStringLiteral("product with relative positions"));
}

void needPositionBias(const LiveSource &source)
{
    if (!source.trace().config().has_position_bias())
        throw notInModel(QStringLiteral("position bias"));
}

const Matrix &gatedPart(const LiveSource &source, Matrix LayerTrace::*part)
{
    const Matrix &numbers = source.trace().layer(source.layer()).*part;
    if (numbers.size() == 0)
        throw notInModel(QStringLiteral("gate"));
    return numbers;
}

} // namespace encoderscope
