// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMenu;
class QToolButton;
class QWidget;

namespace encoderscope
{

class ModelLoader;
class Session;

/// Where models come from: the default one, folders, those used lately, the local cache, the Hub. Shows what
/// is being opened in the model button and says what went wrong.
class ModelMenu : public QObject
{
    Q_OBJECT

public:
    ModelMenu(Session &session, ModelLoader &loader, QToolButton *button, QWidget *window);

    void openDefault();
    void chooseFolder();
    void download();

private:
    void fill();
    void showOpening();
    void remember(const QString &folder);
    void complain(const QString &message);

    Session &session_;
    ModelLoader &loader_;
    QToolButton *button_;
    QWidget *window_;
    QMenu *menu_;
    QTimer slow_; ///< runs out when opening takes longer than a person notices
};

} // namespace encoderscope
