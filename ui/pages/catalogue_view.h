// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/figure_source.h"
#include "ui/pages/linked_view.h"

namespace encoderscope
{

/// A figure of the catalogue, linked with the selection. Its choices and the part that it shows are the
/// session's state.
class CatalogueView : public LinkedView
{
    Q_OBJECT

public:
    /// `name`: of the view, in the session's state.
    CatalogueView(Session &session, const FigureKind &kind, const QString &name, Axis rows, Axis columns,
                  QWidget *parent = nullptr);

    const QString &name() const { return name_; }
    const FigureKind &kind() const { return source_.kind(); }
    /// Choices that are not in the session's state, such as what is under the pointer; they win.
    void setOwnChoices(std::function<Parameters()> choices) { ownChoices_ = std::move(choices); }
    /// What the figure is made with: own choices, else the session's.
    Parameters parameters() const;

    /// What takes long is computed elsewhere and given to keep().
    void setSupplied() { source_.setSupplied(); }
    void keep(const std::any &kept);

    bool late() const override;

    /// A newer figure is being computed; how much of it is, from 0 to 1.
    bool computing() const { return source_.waiting(); }
    double done() const { return source_.done(); }
    /// Stops that; again() computes it after all.
    void stop() { source_.stop(); }
    bool stopped() const { return source_.stopped(); }
    void again();
    /// What the figure was made with; see MadeFigure.
    const std::any &kept() const { return source_.kept(); }

Q_SIGNALS:
    /// One of these changed.
    void computingChanged();

protected:
    void changeEvent(QEvent *event) override;
    void figureShown() override;
    void zoomChanged() override;

private:
    FigurePtr make();

    Session &session_;
    QString name_;
    std::function<Parameters()> ownChoices_;
    QRectF zoomInState_; ///< as it was last seen or told there
    FigureSource source_;
};

} // namespace encoderscope
