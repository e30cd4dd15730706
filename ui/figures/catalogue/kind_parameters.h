// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"

#include <QCoreApplication>

namespace encoderscope
{

/// What the kinds say to the user.
struct FigureKinds {
    Q_DECLARE_TR_FUNCTIONS(FigureKinds)
};

/// What can be chosen on a page, too: as the view's kind says (`ui/state/view_kinds.h`), with what the
/// command line's help says of it.
ParameterKind viewParameter(const char *view, const char *name, const QString &description);

// The parameters that several kinds have, and what a request says of them.

/// -1 is the embedding's output, where `embedding` says that it is allowed.
ParameterKind layerParameter(bool embedding = false);
ParameterKind headParameter();
ParameterKind tokenParameter();
ParameterKind neuronParameter();

inline QString neuronName()
{
    return QStringLiteral("neuron");
}

/// A whole number, too: -1 is the pinned key.
inline QString keyName()
{
    return QStringLiteral("key");
}

int layerOf(const FigureRequest &request);
int headOf(const FigureRequest &request);
int tokenOf(const FigureRequest &request);

/// A choice's word; the number of its place among the kind's choices.
QString wordOf(const FigureRequest &request, const ParameterKind &kind);
int choiceOf(const FigureRequest &request, const ParameterKind &kind);
bool isSet(const FigureRequest &request, const ParameterKind &kind);
int wholeOf(const FigureRequest &request, const ParameterKind &kind);

/// Of a kind whose figures are of one run.
MadeFigure noDifference();

// For FigureKind::slow.

/// So many numbers of a run, and of the reference where the difference is shown, are more than a window
/// should wait for.
bool manyNumbers(const FigureRequest &request, double numbers);
/// The same of the difference of rows of tokens, with so many numbers each.
bool isLargeDifference(const FigureRequest &request, int columns);
/// How many numbers between tokens are looked at to choose the colour scale.
double sampledPairs(const FigureRequest &request);

/// For FigureKind::needs: nothing but tokens and hidden states.
inline FigureNeeds needsNothing(const FigureRequest &)
{
    return {};
}
/// Of the layer that the request names.
inline FigureNeeds needsOfLayer(const FigureRequest &request, std::initializer_list<TracePart> parts)
{
    FigureNeeds needs;
    for (const TracePart part : parts)
        needs.push_back({part, layerOf(request)});
    return needs;
}

// The kinds of each page.
std::vector<FigureKind> tokenKinds();
std::vector<FigureKind> positionKinds();
std::vector<FigureKind> attentionKinds();
std::vector<FigureKind> headComparisonKinds();
std::vector<FigureKind> layerComparisonKinds();
std::vector<FigureKind> weightComparisonKinds();
std::vector<FigureKind> feedForwardKinds();
std::vector<FigureKind> outputKinds();
std::vector<FigureKind> whyKinds();
std::vector<FigureKind> weightKinds();
std::vector<FigureKind> corpusKinds();
std::vector<FigureKind> workedKinds();

} // namespace encoderscope
