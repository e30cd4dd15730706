// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/comparison_bar.h"

#include "ui/figures/catalogue/side_by_side_figure.h"
#include "ui/line_pixmap.h"
#include "ui/pages/page_controls.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/state/switch_edits.h"
#include "ui/window/alignment_strip.h"
#include "ui/window/reference_menu.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace encoderscope
{

namespace
{

/// The run is another one, but nothing in it is off: another activation, a head that is scaled.
bool onlyChanged(const RunInput &input)
{
    Switches rest = input.switches;
    rest.activation.reset();
    rest.temperature = 1.0F;
    rest.embedding_scale.reset();
    for (const ScaledPart &part : scaledParts(rest))
        rest = withoutScaling(rest, part);
    return input.masked.empty() && !rest.any();
}

/// A drawing pin.
QIcon pinIcon(const QColor &colour)
{
    return linePixmap(colour, 5, [](QPainter &painter) {
        painter.translate(32, 32);
        painter.rotate(40);
        painter.drawLine(QPointF(-13, -24), QPointF(13, -24));
        painter.drawPolyline(QPolygonF({{-8, -24}, {-8, -6}, {-16, 4}, {16, 4}, {8, -6}, {8, -24}}));
        painter.drawLine(QPointF(0, 4), QPointF(0, 27));
    });
}

/// Two rows of tokens, and lines between them.
QIcon alignmentIcon(const QColor &colour)
{
    return linePixmap(colour, 5, [](QPainter &painter) {
        for (const double left : {4.0, 24.0, 44.0}) {
            painter.drawRect(QRectF(left, 6, 14, 12));
            painter.drawRect(QRectF(left, 46, 14, 12));
        }
        painter.drawLine(QPointF(11, 20), QPointF(11, 44));
        painter.drawLine(QPointF(31, 20), QPointF(51, 44));
    });
}

constexpr int widestSummary = 120;

} // namespace

ComparisonBar::ComparisonBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , pin_(new QToolButton)
    , label_(plainLabel())
    , choices_(new QButtonGroup(this))
    , alignment_(new QToolButton)
    , layer_(new LayerSlider(nullptr, 0))
    , reset_(new QToolButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    pin_->setObjectName(QStringLiteral("pin"));
    pin_->setPopupMode(QToolButton::MenuButtonPopup);
    pin_->setMenu(new QMenu(pin_));
    offerReferences(*pin_->menu(), session_, this);
    layout->addWidget(pin_);
    label_->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(label_);
    layout->addSpacing(8);
    for (const Comparison comparison :
         {Comparison::now, Comparison::before, Comparison::difference, Comparison::sideBySide}) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        choices_->addButton(button, static_cast<int>(comparison));
        layout->addWidget(button);
    }
    alignment_->setObjectName(QStringLiteral("alignment"));
    alignment_->setCheckable(true);
    bindSwitch(*alignment_, session_, QStringLiteral("compared"), QStringLiteral("alignment"));
    layout->addWidget(alignment_);
    layer_->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(layer_);
    reset_->setObjectName(QStringLiteral("reset"));
    layout->addWidget(reset_);

    connect(pin_, &QToolButton::clicked, &session_, &Session::pinRun);
    connect(choices_, &QButtonGroup::idClicked, &session_,
            [&session](int id) { session.setComparison(static_cast<Comparison>(id)); });
    connect(layer_, &LayerSlider::layerChanged, &session_, [&session](int layer) {
        session.setParameter(QStringLiteral("compared"), QStringLiteral("layer"), layer + 1);
    });
    connect(reset_, &QToolButton::clicked, &session_, &Session::resetSwitches);
    connect(&session_, &Session::stateChanged, this, &ComparisonBar::showState);
    connect(&session_, &Session::frameChanged, this, &ComparisonBar::showProblem);
    retranslate();
    showState();
}

void ComparisonBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showState();
    }
    if (event->type() == QEvent::PaletteChange) {
        pin_->setIcon(pinIcon(palette().color(QPalette::ButtonText)));
        alignment_->setIcon(alignmentIcon(palette().color(QPalette::ButtonText)));
    }
    QWidget::changeEvent(event);
}

void ComparisonBar::retranslate()
{
    pin_->setIcon(pinIcon(palette().color(QPalette::ButtonText)));
    pin_->setAccessibleName(tr("Pin this run"));
    pin_->setToolTip(tr("Pin this run: others are compared with it (F9)"));
    alignment_->setIcon(alignmentIcon(palette().color(QPalette::ButtonText)));
    alignment_->setAccessibleName(tr("Which token stands for which"));
    alignment_->setToolTip(tr("Which token stands for which, to be corrected by dragging (F4)"));
    layer_->retranslate();
    layer_->setToolTip(tr("The layer of the reference beside the pinned one"));
    reset_->setText(tr("Everything on"));
    reset_->setToolTip(tr("Switch everything on again"));
}

void ComparisonBar::showState()
{
    const SessionState &state = session_.state();
    const bool plain = state.reference.kind == ReferenceChoice::Kind::withoutSwitches;
    const auto set = [this](Comparison comparison, const QString &text, const QString &tip) {
        QAbstractButton *button = choices_->button(static_cast<int>(comparison));
        button->setText(text);
        button->setToolTip(tip);
    };
    set(Comparison::now, tr("Now"),
        plain ? tr("Every view shows the run as switched") : tr("Every view shows the run"));
    set(Comparison::before, plain ? tr("Before") : tr("Reference"),
        plain ? tr("Every view shows the run with everything on")
              : tr("Every view shows the run that is compared with"));
    set(Comparison::difference, tr("Difference"),
        plain ? tr("Every view shows what the switches changed: now − before")
              : tr("Every view shows what differs: now − reference"));
    set(Comparison::sideBySide, tr("Side by side"), tr("Every view shows both, on one scale"));

    const bool comparing = comparable(state);
    const QString text = !plain                     ? tr("vs. %1").arg(referenceTitle(state.reference))
                         : onlyChanged(state.input) ? tr("Changed:")
                                                    : tr("Switched off:");
    label_->setText(label_->fontMetrics().elidedText(text, Qt::ElideRight, widestSummary));
    label_->setToolTip(plain ? QString() : plainToolTip(referenceTitle(state.reference)));
    label_->setVisible(comparing);
    for (QAbstractButton *button : choices_->buttons())
        button->setVisible(comparing);
    reset_->setVisible(state.input.switched());
    choices_->button(static_cast<int>(state.comparison))->setChecked(true);
    showProblem();
}

/// Where the reference is missing there is only the run to show.
void ComparisonBar::showProblem()
{
    const bool there = session_.frame()->referenceProblem.isEmpty();
    for (const Comparison comparison : {Comparison::before, Comparison::difference, Comparison::sideBySide})
        choices_->button(static_cast<int>(comparison))->setEnabled(there);
    alignment_->setVisible(comparable(session_.state()) && AlignmentStrip::possible(session_));
    const Frame &frame = *session_.frame();
    const bool deeper = frame && frame.compared.comparison == Comparison::sideBySide &&
                        frame.compared.now->layers() != frame.compared.before->layers();
    layer_->setVisible(deeper);
    if (deeper)
        layer_->showLayer(referenceLayer(frame, frame.selection.layer), frame.compared.before->layers());
}

} // namespace encoderscope
