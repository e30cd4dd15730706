// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/kind_parameters.h"

#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/cell_raster.h"
#include "ui/state/view_kinds.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int most = 1'000'000; // what a model or text really has is checked when a figure is asked for

QString description(const char *text)
{
    return QCoreApplication::translate("FigureKinds", text);
}

int numberOf(const FigureRequest &request, const char *name)
{
    return std::get<int>(request.parameters.at(QLatin1String(name)));
}

} // namespace

ParameterKind viewParameter(const char *view, const char *name, const QString &description)
{
    ParameterKind parameter = viewKind(QLatin1String(view), QLatin1String(name));
    parameter.description = description;
    return parameter;
}

ParameterKind layerParameter(bool embedding)
{
    return {.name = QStringLiteral("layer"),
            .description = embedding ? description(QT_TRANSLATE_NOOP(
                                           "FigureKinds",
                                           "The layer, 0 for the embedding's output; without it the last."))
                                     : description(QT_TRANSLATE_NOOP("FigureKinds", "The layer.")),
            .type = ParameterKind::Type::layer,
            .lowest = embedding ? -1.0 : 0.0,
            .highest = most,
            .fallback = 0};
}

ParameterKind headParameter()
{
    return {.name = QStringLiteral("head"),
            .description = description(QT_TRANSLATE_NOOP("FigureKinds", "The head.")),
            .type = ParameterKind::Type::head,
            .highest = most,
            .fallback = 0};
}

ParameterKind tokenParameter()
{
    return {.name = QStringLiteral("token"),
            .description = description(QT_TRANSLATE_NOOP("FigureKinds", "The token's number, from 0.")),
            .type = ParameterKind::Type::token,
            .highest = most,
            .fallback = 0};
}

MadeFigure noDifference()
{
    return {.reason =
                FigureKinds::tr("This figure has no difference. Choose now, reference or side by side.")};
}

ParameterKind neuronParameter()
{
    return {.name = neuronName(),
            .description =
                FigureKinds::tr("The neuron's number, from 0; -1: the pinned one, else the token's "
                                "strongest."),
            .type = ParameterKind::Type::integer,
            .lowest = -1,
            .highest = 1'000'000,
            .fallback = -1};
}

bool manyNumbers(const FigureRequest &request, double numbers)
{
    return numbers * (request.frame.compared.difference() ? 2.0 : 1.0) > double{CellRaster::manyValues};
}

bool isLargeDifference(const FigureRequest &request, int columns)
{
    return request.frame.compared.difference() &&
           manyNumbers(request, static_cast<double>(request.frame.trace().tokens()) * columns);
}

double sampledPairs(const FigureRequest &request)
{
    const int tokens = request.frame.trace().tokens();
    return static_cast<double>(tokens) * std::min(tokens, scale_sample_rows);
}

int layerOf(const FigureRequest &request)
{
    return numberOf(request, "layer");
}

int headOf(const FigureRequest &request)
{
    return numberOf(request, "head");
}

int tokenOf(const FigureRequest &request)
{
    return numberOf(request, "token");
}

QString wordOf(const FigureRequest &request, const ParameterKind &kind)
{
    return chosen<QString>(request.parameters, kind);
}

int choiceOf(const FigureRequest &request, const ParameterKind &kind)
{
    return std::max(0, static_cast<int>(kind.choices.indexOf(wordOf(request, kind))));
}

bool isSet(const FigureRequest &request, const ParameterKind &kind)
{
    return chosen<bool>(request.parameters, kind);
}

int wholeOf(const FigureRequest &request, const ParameterKind &kind)
{
    return chosen<int>(request.parameters, kind);
}

} // namespace encoderscope
