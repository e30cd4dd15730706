// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QAbstractButton;
class QComboBox;
class QLabel;
class QLayout;
class QSlider;
class QTabWidget;

namespace encoderscope
{

/// Gives a combo box its texts, in the current language, without changing what is chosen.
void setTexts(QComboBox &box, const QStringList &texts);

/// The texts from `first` on can be chosen or not: what a model does not have is greyed.
void offerFrom(QComboBox &box, int first, const QList<bool> &offered);

/// Boxes that become narrower than their texts where a page has little room.
void keepNarrow(std::initializer_list<QComboBox *> boxes);

/// What a tab shows: a row of controls, and under it what they are of.
QWidget *column(QLayout *controls, QWidget *body);

class Session;

// Controls that show and make a choice of a view, which is part of the session's state.

/// Of a list of words, which the box lists in the same order.
void bindChoice(QComboBox &box, Session &session, const QString &view, const QString &name);
/// The same with tabs. A tab that the model has no use for may be hidden: the choice stays.
void bindTabs(QTabWidget &tabs, Session &session, const QString &view, const QString &name);
/// On or off.
void bindSwitch(QAbstractButton &button, Session &session, const QString &view, const QString &name);

/// Chooses a hidden state: the embedding's output or that after a layer.
class LayerSlider : public QWidget
{
    Q_OBJECT

public:
    /// `first`: the lowest that can be chosen; -1: the embedding's output.
    explicit LayerSlider(QWidget *parent = nullptr, int first = -1);

    /// Shows a layer of a model that has so many.
    void showLayer(int layer, int layers);
    void retranslate();

Q_SIGNALS:
    /// By the user.
    void layerChanged(int layer);

private:
    int first_;
    QSlider *slider_;
    QLabel *label_;
};

} // namespace encoderscope
