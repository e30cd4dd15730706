// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/rich_label.h"

#include <QEvent>
#include <QTextFrame>
#include <QTextOption>

#include <cmath>

namespace encoderscope
{

RichLabel::RichLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    measured_.setUndoRedoEnabled(false);
    measured_.setDefaultFont(font());
    QTextOption option = measured_.defaultTextOption();
    option.setWrapMode(QTextOption::WordWrap); // as in a label
    measured_.setDefaultTextOption(option);
}

void RichLabel::setHtml(const QString &html)
{
    if (html == text())
        return;
    measured_.setHtml(html);
    QTextFrameFormat frame = measured_.rootFrame()->frameFormat();
    frame.setMargin(0); // the same
    measured_.rootFrame()->setFrameFormat(frame);
    measureAnew();
    setText(html);
}

void RichLabel::measureAnew()
{
    heights_.clear();
    narrowest_ = -1;
}

QSize RichLabel::minimumSizeHint() const
{
    ensurePolished();
    if (narrowest_ < 0) {
        measured_.setTextWidth(0.0);
        narrowest_ = static_cast<int>(std::ceil(measured_.size().width()));
    }
    return {narrowest_, fontMetrics().height()};
}

int RichLabel::heightForWidth(int width) const
{
    ensurePolished();
    const auto known = heights_.find(width);
    if (known != heights_.end())
        return known->second;
    measured_.setTextWidth(width);
    const int height = static_cast<int>(std::ceil(measured_.size().height()));
    heights_.emplace(width, height);
    return height;
}

void RichLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange) {
        measured_.setDefaultFont(font());
        measureAnew();
    }
    QLabel::changeEvent(event);
}

} // namespace encoderscope
