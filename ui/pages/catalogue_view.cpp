// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalogue_view.h"

#include <QEvent>

namespace encoderscope
{

CatalogueView::CatalogueView(Session &session, const FigureKind &kind, const QString &name, Axis rows,
                             Axis columns, QWidget *parent)
    : LinkedView(
          session, rows, columns, [this] { return make(); }, parent)
    , session_(session)
    , name_(name)
    , source_(kind, [this] { remake(); })
{
    setObjectName(name);
    source_.setTold([this] { Q_EMIT computingChanged(); });
}

Parameters CatalogueView::parameters() const
{
    Parameters all = ownChoices_ ? ownChoices_() : Parameters();
    const auto &views = session_.state().views;
    if (const auto found = views.find(name_); found != views.end())
        all.insert(found->second.begin(), found->second.end());
    return all;
}

void CatalogueView::keep(const std::any &kept)
{
    source_.keep(kept);
    remake();
}

FigurePtr CatalogueView::make()
{
    const FramePtr frame = session_.frame();
    if (!*frame) {
        setReason(QString());
        return nullptr;
    }
    FigurePtr figure = source_.figure(frame, parameters());
    setReason(source_.waiting()   ? tr("Computing…")
              : source_.stopped() ? tr("Stopped before it was computed.")
                                  : source_.reason());
    return figure;
}

void CatalogueView::again()
{
    source_.again();
    remake();
}

bool CatalogueView::late() const
{
    return FigureView::late() || (source_.waiting() && !visibleRegion().isEmpty());
}

void CatalogueView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        source_.forget();
    LinkedView::changeEvent(event);
}

void CatalogueView::figureShown()
{
    const auto &zoomed = session_.state().zoomed;
    const auto found = zoomed.find(name_);
    const QRectF wanted = found == zoomed.end() ? QRectF() : found->second;
    if (wanted != zoomInState_) {
        zoomInState_ = wanted;
        setVisibleCells(wanted);
    } else {
        zoomChanged(); // a matrix of another size is shown whole
    }
}

void CatalogueView::zoomChanged()
{
    const QRectF now = zoomed() ? visibleCells() : QRectF();
    if (now == zoomInState_)
        return;
    zoomInState_ = now;
    session_.setZoomed(name_, now);
}

} // namespace encoderscope
