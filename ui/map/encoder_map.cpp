// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/encoder_map.h"

#include "ui/figures/screen_pixmap.h"
#include "ui/map/map_switches.h"
#include "ui/map/thumbnails.h"
#include "ui/state/session.h"
#include "ui/state/switch_edits.h"
#include "ui/theme.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

using Kind = MapPart::Kind;

/// What thumbnails may cost on the UI thread, in multiplications: about 3 ms.
constexpr double budget = 4e6;

/// What is scaled or steered of that part of the map.
std::vector<ScaledPart> scaledOf(const Switches &switches, const MapPart &part)
{
    std::vector<ScaledPart> found;
    for (const ScaledPart &one : scaledParts(switches)) {
        using Scaled = ScaledPart::Kind;
        const bool head = one.kind == Scaled::head && (part.kind == Kind::attention ||
                                                       (part.kind == Kind::head && part.head == one.index));
        const bool neuron = one.kind == Scaled::neuron && part.kind == Kind::feedForward;
        const bool steered = one.kind == Scaled::steering && part.kind == Kind::layer;
        if (one.layer == part.layer && (head || neuron || steered))
            found.push_back(one);
    }
    return found;
}

} // namespace

EncoderMap::EncoderMap(Session &session, QWidget *parent)
    : QAbstractScrollArea(parent)
    , session_(session)
    , pictureJob_([this](const Result<Done> &made) { pictureProblem_ = made.problem(); })
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setSingleStep(30);

    connect(&session_, &Session::frameChanged, this, &EncoderMap::showFrame);
    // A switch moves at once, whenever the run comes.
    connect(&session_, &Session::stateChanged, this, [this] {
        if (session_.switches() != session_.frame()->state.input.switches)
            viewport()->update();
    });
    connect(&session_.selection(), &Selection::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
    setAccessibleName(tr("Encoder map"));
    layOut();
}

std::optional<MapItem> EncoderMap::itemOf(const MapPart &part) const
{
    const MapItem *found = layout_.find(part);
    if (!found)
        return std::nullopt;
    MapItem item = *found;
    for (QRectF *rect : {&item.frame, &item.label, &item.thumbnail, &item.toggle})
        rect->translate(0.0, -verticalScrollBar()->value());
    return item;
}

void EncoderMap::layOut()
{
    EncoderConfig config;
    if (session_.shown())
        config = session_.shown().trace().config();
    else if (session_.model())
        config = session_.model()->config;
    const bool other = config.layers != layers_ || config.heads != heads_;
    layers_ = config.layers;
    heads_ = config.heads;
    layout_ = mapLayout(layers_, heads_, viewport()->width(), QFontMetricsF(font()).height());
    states_.clear();
    if (other) {
        pictures_.assign(layout_.items.size(), Picture());
        current_ = layout_.items.size() - 1;
    }
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(layout_.size.height())) - viewport()->height()));
    // The encoder begins at the bottom.
    if (other)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

void EncoderMap::showFrame()
{
    viewport()->update();
    const ComparedTrace &shown = session_.shown();
    if (shown.now == pictured_.now && shown.before == pictured_.before &&
        shown.alignment == pictured_.alignment && shown.comparison == pictured_.comparison)
        return;
    pictured_ = shown;
    ++generation_;
    requested_.clear();
    if (!shown)
        pictures_.assign(layout_.items.size(), Picture());
    else if (shown.trace().config().layers != layers_ || shown.trace().config().heads != heads_)
        layOut();
}

QPointF EncoderMap::inMap(const QPointF &point) const
{
    return point + QPointF(0.0, verticalScrollBar()->value());
}

QRectF EncoderMap::visibleMap() const
{
    return QRectF(viewport()->rect()).translated(0.0, verticalScrollBar()->value());
}

void EncoderMap::updatePictures()
{
    if (!session_.shown() || session_.shown().trace().layers() != layers_)
        return;
    const ComparedTrace &shown = session_.shown();
    const QRectF visible = visibleMap();
    std::vector<std::size_t> stale;
    double cost = 0.0;
    for (std::size_t index = 0; index < layout_.items.size(); ++index) {
        const MapItem &item = layout_.items[index];
        if (item.thumbnail.isNull() || pictures_[index].generation == generation_ ||
            !item.thumbnail.intersects(visible))
            continue;
        stale.push_back(index);
        cost += thumbnailCost(shown.trace(), item.part);
    }
    std::vector<MapPart> parts;
    for (const std::size_t index : stale)
        parts.push_back(layout_.items[index].part);
    const bool underWay = std::all_of(parts.begin(), parts.end(), [this](const MapPart &part) {
        return std::find(requested_.begin(), requested_.end(), part) != requested_.end();
    });
    if (underWay)
        return;
    const bool dark = themeOf(palette()) == Theme::dark;
    if (cost <= budget) {
        for (const std::size_t index : stale)
            pictures_[index] = {thumbnail(shown, layout_.items[index].part, dark), generation_};
        return;
    }
    requested_ = parts;
    pictureProblem_.clear();
    askForPictures(parts, dark);
}

/// Each is shown as soon as it is there.
void EncoderMap::askForPictures(const std::vector<MapPart> &parts, bool dark)
{
    pictureJob_.ask([this, compared = session_.shown(), parts, dark,
                     generation = generation_](const JobControl &control) {
        for (const MapPart &part : parts) {
            const QImage image = thumbnail(compared, part, dark, control.stop());
            throwIfStopped(control.stop());
            control.post([this, generation, part, image] { acceptPicture(generation, part, image); });
        }
        return Done();
    });
}

void EncoderMap::acceptPicture(quint64 generation, const MapPart &part, const QImage &image)
{
    const MapItem *item = layout_.find(part);
    if (generation != generation_ || !item)
        return;
    pictures_[static_cast<std::size_t>(item - layout_.items.data())] = {image, generation};
    viewport()->update();
}

QString EncoderMap::labelOf(const MapPart &part) const
{
    switch (part.kind) {
    case Kind::output:
        return tr("Output");
    case Kind::headColumn:
        return QString::number(part.head + 1);
    case Kind::layer:
        return tr("Layer %1").arg(part.layer + 1);
    case Kind::attention:
        return tr("Attention");
    case Kind::head:
        return {};
    case Kind::feedForward:
        return tr("FFN");
    case Kind::positions:
        return tr("+ Position");
    case Kind::embedding:
        return tr("Embedding");
    }
    return {};
}

QString EncoderMap::nameOf(const MapPart &part) const
{
    switch (part.kind) {
    case Kind::headColumn:
        return tr("Head %1 of all layers").arg(part.head + 1);
    case Kind::attention:
        return tr("Attention of layer %1").arg(part.layer + 1);
    case Kind::head:
        return tr("Layer %1, head %2").arg(part.layer + 1).arg(part.head + 1);
    case Kind::feedForward:
        return tr("FFN of layer %1").arg(part.layer + 1);
    case Kind::positions:
        return tr("Positional encoding");
    default:
        return labelOf(part);
    }
}

QString EncoderMap::scalingOf(const MapPart &part) const
{
    QStringList lines;
    for (const ScaledPart &one : scaledOf(session_.switches(), part)) {
        const auto factor = static_cast<double>(one.factor);
        switch (one.kind) {
        case ScaledPart::Kind::head:
            lines += tr("Head %1 × %2").arg(one.index + 1).arg(factor);
            break;
        case ScaledPart::Kind::neuron:
            lines += tr("Neuron %1 × %2").arg(one.index).arg(factor);
            break;
        case ScaledPart::Kind::steering:
            lines += tr("Steered: a difference of runs × %1 is added").arg(factor);
            break;
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString EncoderMap::describe(const MapPart &part) const
{
    QStringList lines{nameOf(part)};
    if (!partOn(session_.switches(), part, layers_))
        lines.first() = tr("%1: switched off").arg(nameOf(part));
    switch (part.kind) {
    case Kind::headColumn:
        lines += tr("Switch: all heads of this number on or off");
        break;
    case Kind::layer:
        lines += tr("Off: the layer passes its input through");
        lines += tr("Double-click: only this layer, or all again");
        break;
    case Kind::head:
        lines += tr("Off: the head adds zeros to the concatenation");
        lines += tr("Double-click: only this head, or all again");
        break;
    case Kind::attention:
    case Kind::feedForward:
        lines += tr("Off: the sublayer passes its input through");
        break;
    case Kind::positions:
        lines += tr("Off: no position is added to the embedding");
        break;
    case Kind::output:
    case Kind::embedding:
        break;
    }
    if (const QString scaling = scalingOf(part); !scaling.isEmpty())
        lines += scaling;
    if (!pictureProblem_.isEmpty())
        lines += tr("The map's pictures cannot be made: %1").arg(pictureProblem_);
    return lines.join(QLatin1Char('\n'));
}

MapItemState EncoderMap::stateOf(std::size_t index) const
{
    const MapItem &item = layout_.items[index];
    const MapPart &part = item.part;
    const Selected &pinned = session_.selection().pinned();
    const Selected &hovered = session_.selection().hovered();
    MapItemState state;
    state.label = labelOf(part);
    if (part.kind != Kind::head && !scaledOf(session_.switches(), part).empty())
        state.label += part.kind == Kind::layer ? QStringLiteral(" +") : QStringLiteral(" ×");
    state.on = partOn(session_.switches(), part, layers_);
    state.switchOn = switchOn(session_.switches(), part, layers_);
    const auto names = [&part](const Selected &selected) {
        return (part.kind == Kind::layer && selected.layer == part.layer) ||
               (part.kind == Kind::head && selected.layer == part.layer && selected.head == part.head);
    };
    state.pinned = names(pinned);
    state.hovered = names(hovered);
    state.current = hasFocus() && index == current_;
    return state;
}

void EncoderMap::updateGround(const FigureStyle &style)
{
    std::vector<MapItemState> states;
    for (std::size_t index = 0; index < layout_.items.size(); ++index)
        states.push_back(stateOf(index));
    if (states == states_ && ground_.devicePixelRatio() == devicePixelRatioF())
        return;
    states_ = std::move(states);
    ground_ = screenPixmap(viewport()->size(), devicePixelRatioF(), palette().color(QPalette::Window));
    QPainter painter(&ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0.0, -verticalScrollBar()->value());
    painter.setFont(font());
    paintMapArrows(painter, layout_, style);
    const QRectF visible = visibleMap();
    for (std::size_t index = 0; index < layout_.items.size(); ++index) {
        if (layout_.items[index].frame.intersects(visible))
            paintMapItem(painter, layout_.items[index], states_[index], style, palette());
    }
}

void EncoderMap::paintEvent(QPaintEvent *)
{
    updatePictures();
    const FigureStyle style = figureStyle(themeOf(palette()));
    updateGround(style);
    QPainter painter(viewport());
    painter.drawPixmap(0, 0, ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0.0, -verticalScrollBar()->value());
    const QRectF visible = visibleMap();
    for (std::size_t index = 0; index < layout_.items.size(); ++index) {
        const MapItem &item = layout_.items[index];
        if (!item.thumbnail.isNull() && item.thumbnail.intersects(visible))
            paintMapPicture(painter, item, pictures_[index].image, states_[index], style);
    }
}

void EncoderMap::scrollContentsBy(int, int)
{
    states_.clear();
    viewport()->update();
}

void EncoderMap::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    layOut();
    if (atEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void EncoderMap::changeEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::LanguageChange:
        setAccessibleName(tr("Encoder map"));
        [[fallthrough]];
    case QEvent::FontChange:
        layOut();
        break;
    case QEvent::PaletteChange:
        ++generation_;
        requested_.clear();
        states_.clear();
        viewport()->update();
        break;
    default:
        break;
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace encoderscope
