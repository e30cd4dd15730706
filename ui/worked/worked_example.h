// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/catalogue/worked_lines.h"
#include "ui/figures/steps_painter.h"
#include "ui/figures/viewpoint.h"
#include "ui/jobs/job.h"
#include "ui/painted_words.h"
#include "ui/state/session.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <memory>
#include <optional>

namespace encoderscope
{

/// One token's way through the pinned layer and head, step by step with the run's own numbers. What the
/// pointer is on lights the cells it came from, here and in the figures. Of a long text they are computed
/// beside the window; the steps before stay meanwhile.
class WorkedExample : public QAbstractScrollArea, public PaintedWords
{
    Q_OBJECT

public:
    explicit WorkedExample(Session &session, QWidget *parent = nullptr);
    ~WorkedExample() override;

    /// Of the catalogue.
    const FigureKind &kind() const { return kind_; }
    /// What was chosen here.
    Parameters parameters() const;
    /// What is seen is not the newest frame's yet.
    bool late() const { return waiting_ || (stale_ && isVisible()); }
    /// What is shown; null when nothing is.
    const FigurePtr &figure() const { return figure_; }
    /// What exportRequested or copyRequested is to be about: the step of the line that the keyboard is on,
    /// else all steps.
    void exportCurrent() { offer(&WorkedExample::exportRequested, focused_); }
    void copyCurrent() { offer(&WorkedExample::copyRequested, focused_); }

    /// The lines shown, and where they are in the viewport.
    const std::vector<StepLine> &lines() const { return steps_.lines(); }
    QRect lineRect(int line) const;
    /// Where an element of a strip is painted, in the viewport.
    QRectF elementRect(int line, int element) const;
    /// The lines of a step by its name ("projections", "softmax"), in the viewport; null when there is none.
    QRect stepRect(const QString &name) const;
    /// Scrolls there.
    void showStep(const QString &name);
    /// Everything as text.
    QString plainText() const;
    QString wordsAt(const QPoint &point) const override;

    QSize sizeHint() const override { return {350, 600}; }
    QSize minimumSizeHint() const override { return {260, 160}; }

Q_SIGNALS:
    void exportRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);
    void copyRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    using Offer = void (WorkedExample::*)(const FigurePtr &, const Viewpoint &);
    /// The step of that line; of none (-1) all.
    void offer(Offer signal, int line);

    void changed();
    void rebuild();
    void take(const Result<MadeFigure> &made);
    void layOut();
    const StepLine &lineAt(int line) const { return lines()[static_cast<std::size_t>(line)]; }
    /// From the viewport to the lines.
    QPointF inside(const QPointF &point) const;
    QPointF origin() const;
    Selected lightsOf(const StepLine &line) const;
    void hover(const StepPoint &point);
    void activate(const StepPoint &point);
    /// Whose product is shown, as the session's state says.
    WorkedElement opened() const;
    void open(const WorkedElement &element);
    void stepProduct(int step);
    void moveFocus(int steps);
    QString description(const StepPoint &point) const;
    /// Of an element that is a product: how it begins, and that there is more.
    QString productHint(const StepPoint &point) const;

    FigureStyle style() const;
    StepMarks marks() const;

    Session &session_;
    const FigureKind &kind_;
    FigurePtr figure_;
    QString reason_; ///< why there is none
    std::optional<WorkedNumbers> numbers_;
    StepsPainter steps_;
    Job<MadeFigure> job_;
    bool stale_ = true;
    std::weak_ptr<const Model> model_; ///< of the newest frame
    QTimer next_;                      ///< lays out that frame's example
    bool waiting_ = false;             ///< what is shown is of an earlier frame
    StepPoint hovered_;
    bool hovering_ = false; ///< what is hovered everywhere comes from here
    int focused_ = -1;      ///< a line
};

} // namespace encoderscope
