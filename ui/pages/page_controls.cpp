// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_controls.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/state/frame_follower.h"
#include "ui/state/session.h"
#include "ui/state/view_kinds.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace encoderscope
{

void setTexts(QComboBox &box, const QStringList &texts)
{
    const QSignalBlocker blocker(box);
    const int chosen = std::max(0, box.currentIndex());
    box.setSizeAdjustPolicy(QComboBox::AdjustToContents); // of this language, too
    box.clear();
    box.addItems(texts);
    box.setCurrentIndex(chosen);
}

void offerFrom(QComboBox &box, int first, const QList<bool> &offered)
{
    auto *items = qobject_cast<QStandardItemModel *>(box.model());
    for (int index = 0; items && index < offered.size() && first + index < items->rowCount(); ++index)
        items->item(first + index)->setEnabled(offered.at(index));
}

void keepNarrow(std::initializer_list<QComboBox *> boxes)
{
    constexpr int characters = 9;
    for (QComboBox *box : boxes)
        box->setMinimumWidth(box->fontMetrics().averageCharWidth() * characters + 30);
}

namespace
{

ParameterValue valueIn(const Session &session, const QString &view, const ParameterKind &kind)
{
    const auto &views = session.state().views;
    const auto found = views.find(view);
    const Parameters none;
    const Parameters &parameters = found == views.end() ? none : found->second;
    const auto value = parameters.find(kind.name);
    return value == parameters.end() ? kind.fallback : value->second;
}

int indexIn(const Session &session, const QString &view, const ParameterKind &kind)
{
    return static_cast<int>(kind.choices.indexOf(std::get<QString>(valueIn(session, view, kind))));
}

} // namespace

QWidget *column(QLayout *controls, QWidget *body)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(controls);
    layout->addWidget(body, 1);
    return widget;
}

void bindChoice(QComboBox &box, Session &session, const QString &view, const QString &name)
{
    const ParameterKind &kind = viewKind(view, name);
    const auto show = [&box, &session, view, &kind] {
        const QSignalBlocker blocker(box);
        box.setCurrentIndex(indexIn(session, view, kind));
    };
    QObject::connect(&box, &QComboBox::currentIndexChanged, &session, [&session, view, &kind](int index) {
        if (index >= 0 && index < kind.choices.size())
            session.setParameter(view, kind.name, kind.choices[index]);
    });
    QObject::connect(&session, &Session::stateChanged, &box, show);
    show();
}

void bindTabs(QTabWidget &tabs, Session &session, const QString &view, const QString &name)
{
    const ParameterKind &kind = viewKind(view, name);
    const auto shown = std::make_shared<int>(-1); // of the choice
    const auto show = [&tabs, &session, view, &kind, shown] {
        const int index = *shown = indexIn(session, view, kind);
        const QSignalBlocker blocker(tabs);
        if (tabs.isTabVisible(index))
            tabs.setCurrentIndex(index);
    };
    QObject::connect(&tabs, &QTabWidget::currentChanged, &session,
                     [&tabs, &session, view, &kind, shown](int index) {
                         // Otherwise it is another one because the one before was hidden.
                         const int chosen = indexIn(session, view, kind);
                         if (index >= 0 && chosen == *shown && tabs.isTabVisible(chosen))
                             session.setParameter(view, kind.name, kind.choices[index]);
                     });
    new FrameFollower(session, show, &tabs); // with the frame tabs have come or gone
    show();
}

void bindSwitch(QAbstractButton &button, Session &session, const QString &view, const QString &name)
{
    const ParameterKind &kind = viewKind(view, name);
    const auto show = [&button, &session, view, &kind] {
        const QSignalBlocker blocker(button);
        button.setChecked(std::get<bool>(valueIn(session, view, kind)));
    };
    QObject::connect(&button, &QAbstractButton::toggled, &session,
                     [&session, view, &kind](bool on) { session.setParameter(view, kind.name, on); });
    QObject::connect(&session, &Session::stateChanged, &button, show);
    show();
}

LayerSlider::LayerSlider(QWidget *parent, int first)
    : QWidget(parent)
    , first_(first)
    , slider_(new QSlider(Qt::Horizontal, this))
    , label_(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(slider_);
    layout->addWidget(label_);
    slider_->setPageStep(1);
    slider_->setTickPosition(QSlider::TicksBelow);
    slider_->setTickInterval(1);
    slider_->setRange(first_, first_);
    slider_->setFixedWidth(130);
    connect(slider_, &QSlider::valueChanged, this, [this](int layer) {
        retranslate();
        Q_EMIT layerChanged(layer);
    });
    retranslate();
}

void LayerSlider::showLayer(int layer, int layers)
{
    const QSignalBlocker blocker(slider_);
    slider_->setRange(first_, layers - 1);
    slider_->setValue(layer);
    retranslate();
}

void LayerSlider::retranslate()
{
    const QFontMetrics metrics = label_->fontMetrics();
    label_->setMinimumWidth(
        std::max(metrics.horizontalAdvance(stateName(-1)), metrics.horizontalAdvance(stateName(98))) + 6);
    label_->setText(stateName(slider_->value()));
    slider_->setAccessibleName(tr("Layer"));
    slider_->setToolTip(tr("The hidden state after this layer"));
}

} // namespace encoderscope
