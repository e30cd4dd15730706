// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/figure_order.h"

#include "engine/model/model_hash.h"
#include "ui/figures/catalogue/figure_labels.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

FigurePtr figureOf(const FigureOrder &order, const Frame &frame, const std::stop_token &stop)
{
    const FigurePtr figure =
        order.kind ? figureOf(*order.kind, frame, order.parameters, {}, stop).figure : order.figure;
    return figure ? withShownPart(figure, order.viewpoint) : nullptr;
}

std::vector<FigureOrder> allHeads(const Frame &frame, const Parameters &choices)
{
    std::vector<FigureOrder> orders;
    for (int layer = 0; layer < frame.trace().layers(); ++layer) {
        for (int head = 0; head < frame.trace().heads(); ++head) {
            FigureOrder order{.kind = findFigureKind(QStringLiteral("attention")), .parameters = choices};
            order.parameters[QStringLiteral("heads")] = QStringLiteral("one");
            order.parameters[QStringLiteral("layer")] = layer;
            order.parameters[QStringLiteral("head")] = head;
            orders.push_back(std::move(order));
        }
    }
    return orders;
}

std::optional<ValueRange> valuesIn(const ParameterKind &parameter, const Frame &frame)
{
    using Type = ParameterKind::Type;
    const Trace &trace = frame.trace();
    switch (parameter.type) {
    case Type::layer:
        return ValueRange{std::max(static_cast<int>(parameter.lowest), -1), trace.layers() - 1};
    case Type::head:
        return ValueRange{0, trace.heads() - 1};
    case Type::token:
        return ValueRange{0, trace.tokens() - 1};
    default:
        return std::nullopt;
    }
}

std::vector<FigureOrder> ordersOver(const FigureKind &kind, const ParameterKind &parameter,
                                    const ValueRange &values, const Parameters &choices)
{
    std::vector<FigureOrder> orders;
    for (int value = values.first; value <= values.last; value += values.step) {
        FigureOrder order{.kind = &kind, .parameters = choices};
        order.parameters[parameter.name] = value;
        orders.push_back(std::move(order));
    }
    return orders;
}

FigurePtr withModelHash(const FigurePtr &figure, const Model &model)
{
    if (const SideBySide *both = figure->pair()) {
        SideBySide sides = *both;
        if (sides.now)
            sides.now = withModelHash(sides.now, model);
        auto hashed = std::make_shared<Figure>(*figure);
        hashed->content = std::move(sides);
        return hashed;
    }
    const QString name = printableText(model.name);
    const QString hash = QStringLiteral(" (%1)").arg(model_hash(model).left(shownHashDigits));
    if (!figure->caption.startsWith(name) || figure->caption.mid(name.size()).startsWith(hash))
        return figure;
    auto hashed = std::make_shared<Figure>(*figure);
    hashed->caption.insert(name.size(), hash);
    return hashed;
}

FigurePtr withShownPart(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    if (const SideBySide *both = figure->pair(); both && !viewpoint.visibleCells.isNull()) {
        SideBySide sides = *both;
        for (FigurePtr *side : {&sides.now, &sides.reference}) {
            if (*side)
                *side = withShownPart(*side, viewpoint);
        }
        auto part = std::make_shared<Figure>(*figure);
        part->content = std::move(sides);
        return part;
    }
    const HeatmapData *map = figure->heatmap();
    if (viewpoint.visibleCells.isNull() || !map)
        return figure;
    const auto last = [](double end, int size) {
        return std::clamp(static_cast<int>(std::ceil(end)), 1, size) - 1;
    };
    const QRectF &cells = viewpoint.visibleCells;
    auto part = std::make_shared<Figure>(*figure);
    part->caption += QStringLiteral(" · ") +
                     QCoreApplication::translate("Figures", "shown: rows %1–%2 of %3, columns %4–%5 of %6")
                         .arg(static_cast<int>(std::floor(cells.top())))
                         .arg(last(cells.bottom(), map->rows))
                         .arg(map->rows)
                         .arg(static_cast<int>(std::floor(cells.left())))
                         .arg(last(cells.right(), map->columns))
                         .arg(map->columns);
    return part;
}

} // namespace encoderscope
