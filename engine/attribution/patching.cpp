// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/patching.h"

#include "engine/attribution/stacked_run.h"
#include "engine/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace encoderscope
{

namespace
{

void check_models(const Trace &now, const Trace &reference)
{
    const EncoderConfig &a = now.config();
    const EncoderConfig &b = reference.config();
    if (a.layers != b.layers || a.d_model != b.d_model || a.heads != b.heads || a.d_ff != b.d_ff)
        throw Error(QCoreApplication::translate(
            "Attribution", "The reference run is of a model of other sizes: nothing of it fits here."));
}

/// The part of a layer that holds what is patched; a block's output follows from what W_O or W_2 read there.
const Matrix &patched_part(const Trace &trace, int layer, Branch branch)
{
    switch (branch) {
    case Branch::heads:
        return trace.layer(layer).concatenation;
    case Branch::neurons:
        return trace.layer(layer).activated;
    case Branch::output:
        break;
    }
    return trace.hidden(layer);
}

PatchMap begin(const Target &target, const Trace &now, const Target &reference_target, const Trace &reference,
               const Alignment &alignment, Index columns)
{
    check_models(now, reference);
    check_alignment(alignment, now, reference);
    return {.recovered =
                Eigen::MatrixXd::Constant(now.layers(), columns, std::numeric_limits<double>::quiet_NaN()),
            .now = target_value(target, now),
            .reference = target_value(reference_target, reference)};
}

/// Runs the variants of each layer; columns[k] is the column of variant k.
void patch_layers(const Target &target, const Trace &now, Branch branch, const std::vector<int> &columns,
                  const std::function<void(int layer, std::size_t variant, Eigen::Ref<Matrix> rows)> &change,
                  PatchMap &map, const std::stop_token &stop, const OnProgress &progress)
{
    const std::vector<const Switches *> switches(columns.size(), &now.switches());
    for (int layer = now.layers() - 1; layer >= 0; --layer) {
        const std::vector<double> values = target_of_variants(
            target, now, layer, branch, switches,
            [&](std::size_t variant, Eigen::Ref<Matrix> rows) { change(layer, variant, rows); }, stop);
        if (stop.stop_requested()) {
            map.stopped = true;
            return;
        }
        for (std::size_t at = 0; at < values.size(); ++at)
            map.recovered(layer, columns[at]) = (values[at] - map.now) / (map.reference - map.now);
        if (progress)
            progress(static_cast<double>(now.layers() - layer) / now.layers());
    }
}

} // namespace

void check_alignment(const Alignment &alignment, const Trace &now, const Trace &reference)
{
    if (std::ssize(alignment) != now.tokens())
        throw Error(QCoreApplication::translate("Attribution",
                                                "%1 tokens are aligned with the reference; the input has %2.")
                        .arg(alignment.size())
                        .arg(now.tokens()));
    for (std::size_t token = 0; token < alignment.size(); ++token) {
        if (alignment[token] < -1 || alignment[token] >= reference.tokens())
            throw Error(QCoreApplication::translate("Attribution",
                                                    "Token %1 (\"%2\") is aligned with token %3 of the "
                                                    "reference, which has %4.")
                            .arg(token)
                            .arg(now.token(static_cast<int>(token)).text)
                            .arg(alignment[token])
                            .arg(reference.tokens()));
    }
}

PatchMap patch_tokens(const Target &target, const Trace &now, const Target &reference_target,
                      const Trace &reference, Patch patch, const Alignment &alignment,
                      const std::stop_token &stop, const OnProgress &progress)
{
    PatchMap map = begin(target, now, reference_target, reference, alignment, now.tokens());
    const Branch branch = patch == Patch::hidden      ? Branch::output
                          : patch == Patch::attention ? Branch::heads
                                                      : Branch::neurons;
    std::vector<int> tokens;
    for (int token = 0; token < now.tokens(); ++token) {
        if (alignment[static_cast<std::size_t>(token)] >= 0)
            tokens.push_back(token);
    }
    patch_layers(
        target, now, branch, tokens,
        [&](int layer, std::size_t variant, Eigen::Ref<Matrix> rows) {
            const int token = tokens[variant];
            rows.row(token) =
                patched_part(reference, layer, branch).row(alignment[static_cast<std::size_t>(token)]);
        },
        map, stop, progress);
    return map;
}

PatchMap patch_heads(const Target &target, const Trace &now, const Target &reference_target,
                     const Trace &reference, const Alignment &alignment, const std::stop_token &stop,
                     const OnProgress &progress)
{
    PatchMap map = begin(target, now, reference_target, reference, alignment, now.heads());
    std::vector<int> heads(static_cast<std::size_t>(now.heads()));
    for (std::size_t head = 0; head < heads.size(); ++head)
        heads[head] = static_cast<int>(head);
    const Index d_k = now.config().d_k();
    patch_layers(
        target, now, Branch::heads, heads,
        [&](int layer, std::size_t variant, Eigen::Ref<Matrix> rows) {
            const Index column = static_cast<Index>(variant) * d_k;
            const Matrix &from = reference.layer(layer).concatenation;
            for (int token = 0; token < now.tokens(); ++token) {
                const int partner = alignment[static_cast<std::size_t>(token)];
                if (partner >= 0)
                    rows.row(token).segment(column, d_k) = from.row(partner).segment(column, d_k);
            }
        },
        map, stop, progress);
    return map;
}

} // namespace encoderscope
