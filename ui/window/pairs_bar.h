// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/minimal_pairs.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QToolButton;

namespace encoderscope
{

class Session;

/// Minimal pairs, one after the other: the first sentence as A, compared with the second as a run of its own,
/// and what to look for. The program's own, or those of a file.
class PairsBar : public QFrame
{
    Q_OBJECT

public:
    explicit PairsBar(Session &session, QWidget *parent = nullptr);

    /// So many pairs further, round and round; the first time the first one.
    void step(int by);
    /// Pairs of a file instead. Says what is wrong with it, and then keeps those that it has.
    void open(const QString &path);
    int current() const { return current_; }
    const std::vector<MinimalPair> &pairs() const { return pairs_; }

Q_SIGNALS:
    void failed(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void readOwn();
    void list();
    void choose(int index);
    void chooseFile();
    void showPair();

    Session &session_;
    std::vector<MinimalPair> pairs_;
    bool own_ = true; ///< the program's pairs
    int current_ = -1;
    QToolButton *before_, *next_, *file_, *close_;
    QComboBox *list_;
    QLabel *look_;
};

} // namespace encoderscope
