// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_renderer.h"
#include "ui/pages/figure_view.h"
#include "ui/state/session.h"

#include <QTest>

#include <memory>

namespace encoderscope
{

inline const QString sentence = QStringLiteral("the animal did not cross the street");

/// The middle of a cell of a heatmap that fills `view`.
inline QPoint cellPoint(FigureView &view, int row, int column)
{
    const QRectF cells = FigureRenderer(view.figure(), view.lastingViewpoint())
                             .cellArea(QRectF(view.rect()).adjusted(4, 4, -4, -4), view.style());
    const QRectF visible = view.visibleCells();
    return QPointF(cells.left() + (column + 0.5 - visible.left()) / visible.width() * cells.width(),
                   cells.top() + (row + 0.5 - visible.top()) / visible.height() * cells.height())
        .toPoint();
}

/// `columns` 0: the first heatmap, whatever its columns are.
inline FigureView *visibleHeatmap(const QWidget &page, int columns = 0)
{
    for (FigureView *view : page.findChildren<FigureView *>()) {
        const auto map = view->isVisible() && view->figure() ? view->figure()->heatmap() : nullptr;
        if (map && (columns == 0 || map->columns == columns))
            return view;
    }
    return nullptr;
}

/// A page that is seen, with a session of its own.
template <typename PageType>
struct Shown {
    Session session;
    PageType page{session};

    Shown()
    {
        session.setText(sentence);
        page.resize(760, 620);
        page.show();
    }
    bool ready()
    {
        const bool shown = QTest::qWaitFor([this] { return bool(session.shown()) && !session.busy(); }) &&
                           QTest::qWaitForWindowExposed(&page);
        QCoreApplication::processEvents(); // layouts settle
        return shown;
    }
    const Trace &trace() { return *session.shown().now; }
};

} // namespace encoderscope
