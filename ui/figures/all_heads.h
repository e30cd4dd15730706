// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"
#include "ui/figures/trace_figures.h"

namespace encoderscope
{

/// The attention of every head of every layer, a file each, written one by one so that the caller can show
/// progress and stop in between.
class AllHeads
{
public:
    /// `view` says everything but layer and head. Creates `folder` where it is missing; throws Error.
    AllHeads(ComparedTrace trace, const AttentionView &view, QString folder, FigureFormat format,
             FigureStyle style, const FileOptions &options);

    int count() const;
    /// Writes the index-th file (layer by layer); throws Error.
    void write(int index) const;

private:
    ComparedTrace trace_;
    AttentionView view_;
    QString folder_;
    FigureFormat format_;
    FigureStyle style_;
    FileOptions options_;
};

} // namespace encoderscope
