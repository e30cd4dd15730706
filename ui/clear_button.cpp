// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clear_button.h"

#include "ui/line_pixmap.h"

#include <QAction>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>

namespace encoderscope
{

namespace
{

QIcon cross(const QColor &colour)
{
    return linePixmap(colour, 6, [](QPainter &painter) {
        painter.drawLine(QPointF(20, 20), QPointF(44, 44));
        painter.drawLine(QPointF(44, 20), QPointF(20, 44));
    });
}

class ClearButton : public QAction
{
    Q_OBJECT

public:
    explicit ClearButton(QLineEdit *edit)
        : QAction(edit)
        , edit_(edit)
    {
        setObjectName(QStringLiteral("clear"));
        edit->addAction(this, QLineEdit::TrailingPosition);
        edit->installEventFilter(this);
        show();
        setVisible(!edit->text().isEmpty());
        connect(edit, &QLineEdit::textChanged, this,
                [this](const QString &text) { setVisible(!text.isEmpty()); });
        connect(this, &QAction::triggered, edit, [edit] {
            edit->clear();
            Q_EMIT edit->textEdited(QString());
        });
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
            show();
        return QAction::eventFilter(watched, event);
    }

private:
    void show()
    {
        setIcon(cross(edit_->palette().color(QPalette::PlaceholderText)));
        setText(tr("Clear"));
    }

    QLineEdit *edit_;
};

} // namespace

void addClearButton(QLineEdit *edit)
{
    new ClearButton(edit);
}

} // namespace encoderscope

#include "clear_button.moc"
