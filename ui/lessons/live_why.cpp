// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_why.h"

#include "engine/attribution/sweep.h"
#include "engine/attribution/token_methods.h"
#include "engine/error.h"
#include "ui/jobs/stopped.h"
#include "ui/state/chosen_target.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int steps = 50; // of integrated gradients

ChosenTarget targetOf(const LiveSource &source)
{
    Frame frame = source.frame();
    const bool now = &source.trace() == frame.compared.now.get();
    frame.compared.comparison = now ? Comparison::now : Comparison::before;
    return chosenTarget(frame, source.stop());
}

Eigen::MatrixXd headChanges(const LiveSource &source)
{
    const ChosenTarget chosen = targetOf(source);
    const Sweep swept =
        sweep(chosen.target, *chosen.trace,
              {.heads = true, .sublayers = false, .tokens = false, .positions = false}, source.stop());
    throwIfStopped(source.stop());
    return swept.heads;
}

} // namespace

QString whyTarget(const LiveSource &source)
{
    return targetTitle(targetOf(source));
}

double whyValue(const LiveSource &source)
{
    const ChosenTarget chosen = targetOf(source);
    return target_value(chosen.target, *chosen.trace);
}

std::vector<double> whyScores(const LiveSource &source)
{
    const QString wanted = source.argument(QStringLiteral("method"));
    const QString name = wanted.isEmpty() ? QStringLiteral("occlusion") : wanted;
    QStringList known;
    for (const NamedMethod &one : token_methods())
        known.append(QLatin1String(one.name));
    const qsizetype at = known.indexOf(name);
    if (at < 0)
        throw Error(QCoreApplication::translate("Lesson", "%1: \"%2\" is not known; one of %3 was expected.")
                        .arg(QStringLiteral("method"), name, known.join(QStringLiteral(", "))));
    const ChosenTarget chosen = targetOf(source);
    const MethodScores found =
        token_scores(token_methods()[static_cast<std::size_t>(at)].method, chosen.target, *chosen.trace,
                     Baseline::mask, steps, source.stop());
    throwIfStopped(source.stop());
    return {found.scores.begin(), found.scores.end()};
}

QString whyMost(const LiveSource &source)
{
    const std::vector<double> scores = whyScores(source);
    const auto most = std::max_element(scores.begin(), scores.end()) - scores.begin();
    return targetOf(source).trace->token(static_cast<int>(most)).text;
}

double sweepChange(const LiveSource &source)
{
    return headChanges(source)(source.layer(), source.head());
}

LiveSource::BestHead sweepWorst(const LiveSource &source)
{
    Eigen::Index layer = 0, head = 0;
    const double change = headChanges(source).minCoeff(&layer, &head);
    return {.layer = static_cast<int>(layer), .head = static_cast<int>(head), .weight = change};
}

} // namespace encoderscope
