// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/side_by_side_figure.h"

#include "engine/error.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/run_difference.h"
#include "ui/figures/side_by_side.h"
#include "ui/state/view_kinds.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

struct KeptSides {
    std::any now, reference;
};

QString withoutSuffix(QString text, const QString &suffix)
{
    return text.endsWith(suffix) ? text.chopped(suffix.size()) : text;
}

FigurePtr titled(const FigurePtr &figure, const QString &title)
{
    if (!figure)
        return nullptr;
    auto named = std::make_shared<Figure>(*figure);
    named->title = title;
    return named;
}

} // namespace

const std::any &keptOfSide(const std::any &kept, bool reference)
{
    const auto *sides = std::any_cast<KeptSides>(&kept);
    if (!sides)
        return kept; // of the run alone: one of the sides may be able to use it
    return reference ? sides->reference : sides->now;
}

int referenceLayer(const Frame &frame, int layer)
{
    const int here = frame.compared.now->layers();
    const int there = frame.compared.before->layers();
    if (here == there || layer < 0)
        return layer;
    const QString view = QStringLiteral("compared");
    const int chosenLayer = chosen<int>(frame.parameters(view), viewKind(view, QStringLiteral("layer")));
    if (chosenLayer > 0)
        return std::min(chosenLayer, there) - 1;
    const double share = static_cast<double>(layer + 1) / std::max(1, here);
    return std::clamp(static_cast<int>(std::lround(share * there)), 1, std::max(1, there)) - 1;
}

Parameters referenceParameters(const FigureKind &kind, const Frame &frame, const Parameters &parameters)
{
    Parameters moved = parameters;
    if (frame.compared.now->layers() != frame.compared.before->layers()) {
        for (const auto &[name, value] : resolved(kind, comparedAs(frame, Comparison::now), parameters)) {
            const ParameterKinds kinds = kind.parameters();
            if (findKind(kinds, name)->type == ParameterKind::Type::layer)
                moved[name] = referenceLayer(frame, std::get<int>(value));
        }
    }
    for (const ParameterKind &parameter : kind.parameters()) {
        const auto found = moved.find(parameter.name);
        if (parameter.type != ParameterKind::Type::token || found == moved.end() ||
            !std::holds_alternative<int>(found->second))
            continue;
        const int token = referenceToken(frame.compared, std::get<int>(found->second));
        if (token >= 0)
            found->second = token;
        else
            moved.erase(found);
    }
    return moved;
}

MadeFigure sideBySideFigure(const FigureKind &kind, const Frame &frame, const Parameters &parameters,
                            const std::any &kept, const MakeOne &make)
{
    const auto side = [&](Comparison shown) {
        const bool reference = shown == Comparison::before;
        try {
            return make(comparedAs(frame, shown),
                        reference ? referenceParameters(kind, frame, parameters) : parameters,
                        keptOfSide(kept, reference));
        } catch (const Error &error) {
            return MadeFigure{.reason = error.message()};
        }
    };
    MadeFigure now = side(Comparison::now);
    MadeFigure reference = side(Comparison::before);
    const KeptSides sides{now.kept, reference.kept};
    if (!now.figure && !reference.figure)
        return {.reason = now.reason, .kept = sides};
    shareScales(now.figure, reference.figure);
    const Figure &first = now.figure ? *now.figure : *reference.figure;
    RunNames names = runNames(frame);
    // Another layer beside it is named.
    const Parameters ofReference = referenceParameters(kind, frame, parameters);
    if (const auto layer = ofReference.find(QStringLiteral("layer"));
        layer != ofReference.end() && frame.compared.now->layers() != frame.compared.before->layers())
        names.reference += QStringLiteral(" · ") + stateName(std::get<int>(layer->second));
    // Where the two have other titles, of another token or other sizes, each has its own.
    const QString suffix = comparisonSuffix(comparedAs(frame, Comparison::before).compared);
    const QString ofNow = now.figure ? now.figure->title : QString();
    const QString ofOther = reference.figure ? withoutSuffix(reference.figure->title, suffix) : QString();
    const bool alike = !now.figure || !reference.figure || ofNow == ofOther;
    const auto titleOf = [alike](const QString &name, const QString &own) {
        return alike ? name : name + QStringLiteral(" · ") + own;
    };
    Figure both{.title = alike ? first.title : kind.title(),
                .caption = {},
                .name = withoutSuffix(withoutSuffix(first.name, QStringLiteral("-reference")),
                                      QStringLiteral("-before")) +
                        QStringLiteral("-side-by-side"),
                .content =
                    SideBySide{.now = titled(now.figure, titleOf(names.now, ofNow)),
                               .reference = titled(reference.figure, titleOf(names.reference, ofOther)),
                               .nowReason = now.reason,
                               .referenceReason = reference.reason,
                               .nowName = names.now,
                               .referenceName = names.reference}};
    return {.figure = std::make_shared<const Figure>(std::move(both)), .kept = sides};
}

} // namespace encoderscope
