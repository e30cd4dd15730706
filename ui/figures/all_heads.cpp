// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/all_heads.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QDir>

namespace encoderscope
{

AllHeads::AllHeads(ComparedTrace trace, const AttentionView &view, QString folder, FigureFormat format,
                   FigureStyle style, const FileOptions &options)
    : trace_(std::move(trace))
    , view_(view)
    , folder_(std::move(folder))
    , format_(format)
    , style_(std::move(style))
    , options_(options)
{
    view_.heads = HeadSelection::one;
    if (!QDir().mkpath(folder_))
        throw Error(QCoreApplication::translate("Figures", "The folder %1 cannot be made.").arg(folder_));
}

int AllHeads::count() const
{
    return trace_.trace().layers() * trace_.trace().heads();
}

void AllHeads::write(int index) const
{
    AttentionView view = view_;
    view.layer = index / trace_.trace().heads();
    view.head = index % trace_.trace().heads();
    const FigurePtr figure = attentionFigure(trace_, view);
    const QString name = figure->name + QLatin1Char('.') + suffixOf(format_);
    writeFigure(*figure, style_, QDir(folder_).filePath(name), format_, options_);
}

} // namespace encoderscope
