// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/steering_panel.h"

#include "engine/attribution/steering.h"
#include "engine/particles.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/wrapping_row.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

constexpr double greatestFactor = 1000.0;

QDoubleSpinBox *factorBox(double value)
{
    auto *box = new QDoubleSpinBox;
    box->setRange(-greatestFactor, greatestFactor);
    box->setDecimals(2);
    box->setSingleStep(0.25);
    box->setValue(value);
    box->setKeyboardTracking(false);
    return box;
}

WrappingRow *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new WrappingRow;
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    return row;
}

/// The same parts, whatever their factors.
bool sameParts(const std::vector<ScaledPart> &a, const std::vector<ScaledPart> &b)
{
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](const ScaledPart &one, const ScaledPart &other) {
            return one.kind == other.kind && one.layer == other.layer && one.index == other.index;
        });
}

} // namespace

SteeringPanel::SteeringPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , scaleLabel_(new QLabel)
    , scaleLayerLabel_(new QLabel)
    , timesLabel_(new QLabel(QStringLiteral("×")))
    , steerLabel_(new QLabel)
    , steerLayerLabel_(new QLabel)
    , steerTimesLabel_(new QLabel(QStringLiteral("×")))
    , problem_(plainLabel())
    , empty_(new QLabel)
    , hint_(new QLabel)
    , what_(new QComboBox)
    , tokens_(new QComboBox)
    , layer_(new QSpinBox)
    , index_(new QSpinBox)
    , steerLayer_(new QSpinBox)
    , factor_(factorBox(2.0))
    , steerFactor_(factorBox(1.0))
    , scale_(new QToolButton)
    , steer_(new QToolButton)
    , list_(new QGridLayout)
{
    scale_->setObjectName(QStringLiteral("scale"));
    steer_->setObjectName(QStringLiteral("steer"));
    what_->setObjectName(QStringLiteral("scaled"));
    index_->setObjectName(QStringLiteral("scaled-index"));
    layer_->setObjectName(QStringLiteral("scaled-layer"));
    factor_->setObjectName(QStringLiteral("scaled-factor"));
    steerLayer_->setObjectName(QStringLiteral("steered-layer"));
    steerFactor_->setObjectName(QStringLiteral("steered-factor"));
    scaleLabel_->setBuddy(what_);
    scaleLayerLabel_->setBuddy(layer_);
    timesLabel_->setBuddy(factor_);
    steerLabel_->setBuddy(tokens_);
    steerLayerLabel_->setBuddy(steerLayer_);
    steerTimesLabel_->setBuddy(steerFactor_);
    problem_->setWordWrap(true);
    hint_->setWordWrap(true);
    list_->setColumnStretch(3, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->addLayout(
        rowOf({scaleLabel_, what_, index_, scaleLayerLabel_, layer_, timesLabel_, factor_, scale_}));
    column->addLayout(
        rowOf({steerLabel_, tokens_, steerLayerLabel_, steerLayer_, steerTimesLabel_, steerFactor_, steer_}));
    column->addWidget(problem_);
    column->addSpacing(8);
    column->addWidget(empty_);
    column->addLayout(list_);
    column->addStretch(1);
    column->addWidget(hint_);

    connect(scale_, &QToolButton::clicked, this, &SteeringPanel::scale);
    connect(steer_, &QToolButton::clicked, this, &SteeringPanel::steer);
    connect(what_, &QComboBox::currentIndexChanged, this, &SteeringPanel::refresh);
    // What is chosen here is pinned everywhere.
    for (QSpinBox *box : {layer_, steerLayer_})
        connect(box, &QSpinBox::valueChanged, this,
                [this](int layer) { session_.selection().pinLayer(layer - 1); });
    connect(index_, &QSpinBox::valueChanged, this, [this](int index) {
        if (what_->currentIndex() == 1)
            session_.selection().pinNeuron(index);
        else
            session_.selection().pinHead(layer_->value() - 1, index - 1);
    });
    connect(&session_, &Session::stateChanged, this, &SteeringPanel::showState);
    retranslate();
    bindChoice(*what_, session_, QStringLiteral("why-page"), QStringLiteral("scaled"));
}

void SteeringPanel::retranslate()
{
    scaleLabel_->setText(tr("Multiply"));
    setTexts(*what_, {tr("head"), tr("neuron")});
    scaleLayerLabel_->setText(tr("of layer"));
    scale_->setText(tr("Scale"));
    scale_->setToolTip(tr("Its output is multiplied by the factor; 0 switches it off"));
    steerLabel_->setText(tr("Add this run − reference,"));
    setTexts(*tokens_, {tr("mean of all tokens"), tr("of the pinned token")});
    steerLayerLabel_->setText(tr("after layer"));
    steer_->setText(tr("Steer"));
    steer_->setToolTip(
        tr("The difference of the two runs' hidden states there is kept and added to every token of "
           "whatever is typed"));
    empty_->setText(tr("Nothing is scaled or steered."));
    hint_->setText(
        tr("Pin a run (F9), type another sentence, steer, and then type a third one: it is pushed from the "
           "first towards the second. Everything here can be undone, and is saved with the session."));
    what_->setAccessibleName(tr("What is scaled"));
    index_->setAccessibleName(tr("Head or neuron"));
    layer_->setAccessibleName(tr("Layer"));
    factor_->setAccessibleName(tr("Factor"));
    tokens_->setAccessibleName(tr("Tokens of the difference"));
    steerLayer_->setAccessibleName(tr("Layer after which the difference is added"));
    steerFactor_->setAccessibleName(tr("Factor of the difference"));
    listed_.clear();
    showState();
}

void SteeringPanel::refresh()
{
    const Frame &frame = *session_.frame();
    if (!frame)
        return;
    const QSignalBlocker a(layer_), b(steerLayer_), c(index_);
    const EncoderConfig &config = frame.compared.now->config();
    const bool neuron = what_->currentIndex() == 1;
    layer_->setRange(1, std::max(1, config.layers));
    steerLayer_->setRange(1, std::max(1, config.layers));
    // Neurons count from 0, as everywhere.
    index_->setRange(neuron ? 0 : 1, std::max(1, neuron ? config.d_ff - 1 : config.heads));
    const Selected &pinned = frame.selection;
    layer_->setValue(pinned.layer + 1);
    steerLayer_->setValue(pinned.layer + 1);
    index_->setValue(neuron ? std::max(0, pinned.neuron) : pinned.head + 1);

    const bool there = frame.reference != ReferenceRun::none;
    steer_->setEnabled(there);
    problem_->setText(there ? QString()
                      : frame.referenceProblem.isEmpty()
                          ? tr("There is no reference yet: pin a run (F9) and type another "
                               "sentence.")
                          : frame.referenceProblem);
    problem_->setVisible(!there);
}

QString SteeringPanel::nameOf(const ScaledPart &part) const
{
    switch (part.kind) {
    case ScaledPart::Kind::head:
        return tr("layer %1 head %2").arg(part.layer + 1).arg(part.index + 1);
    case ScaledPart::Kind::neuron:
        return tr("layer %1 neuron %2").arg(part.layer + 1).arg(part.index);
    case ScaledPart::Kind::steering:
        break;
    }
    return tr("a difference of runs, after layer %1").arg(part.layer + 1);
}

void SteeringPanel::showState()
{
    const std::vector<ScaledPart> parts = scaledParts(session_.switches());
    empty_->setVisible(parts.empty());
    if (parts == listed_ && lines_.size() == parts.size())
        return;
    if (!sameParts(parts, listed_) || lines_.size() != parts.size())
        showLines(parts);
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const QSignalBlocker blocker(lines_[at].factor);
        lines_[at].factor->setValue(static_cast<double>(parts[at].factor));
    }
    listed_ = parts;
}

void SteeringPanel::showLines(const std::vector<ScaledPart> &parts)
{
    for (const Line &line : lines_) {
        for (QWidget *widget : std::initializer_list<QWidget *>{line.name, line.factor, line.remove}) {
            list_->removeWidget(widget);
            widget->hide();
            widget->deleteLater(); // one of them may have asked for this
        }
    }
    lines_.clear();
    int row = 0;
    for (const ScaledPart &part : parts) {
        const QString name = nameOf(part);
        const Line line{new QLabel(name), factorBox(static_cast<double>(part.factor)), new QToolButton};
        line.factor->setPrefix(QStringLiteral("× "));
        line.factor->setAccessibleName(tr("Factor of %1").arg(name));
        line.remove->setText(tr("Take back"));
        line.remove->setAccessibleName(withParticles(tr("Take back %1").arg(name)));
        list_->addWidget(line.name, row, 0);
        list_->addWidget(line.factor, row, 1);
        list_->addWidget(line.remove, row++, 2);
        connect(line.factor, &QDoubleSpinBox::valueChanged, this, [this, part, name](double factor) {
            session_.setSwitches(withFactor(session_.switches(), part, static_cast<float>(factor)),
                                 tr("Scale %1").arg(name));
        });
        connect(line.remove, &QToolButton::clicked, this, [this, part, name] {
            session_.setSwitches(withoutScaling(session_.switches(), part), tr("Take back %1").arg(name));
        });
        lines_.push_back(line);
    }
}

void SteeringPanel::scale()
{
    const int layer = layer_->value() - 1;
    const auto factor = static_cast<float>(factor_->value());
    const bool neuron = what_->currentIndex() == 1;
    const ScaledPart part{neuron ? ScaledPart::Kind::neuron : ScaledPart::Kind::head, layer,
                          neuron ? index_->value() : index_->value() - 1, factor};
    session_.setSwitches(withFactor(session_.switches(), part, factor), tr("Scale %1").arg(nameOf(part)));
}

void SteeringPanel::steer()
{
    const Frame &frame = *session_.frame();
    if (!frame || frame.reference == ReferenceRun::none)
        return;
    const ComparedTrace both = aligned(frame.compared);
    std::optional<SteeringTokens> tokens;
    if (tokens_->currentIndex() == 1) {
        const int own = selectionIn(frame.state.pinned, *both.now).query;
        tokens = SteeringTokens{own, referenceToken(both, own)};
        if (tokens->reference < 0) {
            problem_->setText(withParticles(tr("Token %1, %2, has no partner in the reference.")
                                                .arg(own)
                                                .arg(quotedToken(*both.now, own))));
            problem_->show();
            return;
        }
    }
    const int layer = steerLayer_->value() - 1;
    const Result<RowVector> way =
        attempt([&] { return steering_direction(*both.now, *both.before, layer, tokens); });
    problem_->setVisible(!way);
    if (!way) {
        problem_->setText(way.problem());
        return;
    }
    session_.setSwitches(withSteering(session_.switches(), layer, {way->data(), way->data() + way->size()},
                                      static_cast<float>(steerFactor_->value())),
                         tr("Steer after layer %1").arg(layer + 1));
}

} // namespace encoderscope
