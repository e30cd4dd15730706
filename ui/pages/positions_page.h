// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace encoderscope
{

/// What tells the positions apart: the curves, the formula with numbers, the table, and how alike positions
/// are.
class PositionsPage : public Page
{
    Q_OBJECT

public:
    explicit PositionsPage(Session &session, QWidget *parent = nullptr);

    QString title() const override;

protected:
    void remakeViews() override;
    void refresh() override;
    void refreshHovered() override;
    void retranslate() override;

private:
    /// What the figures are made of: the text is not.
    struct Basis {
        ModelPtr model;
        int positions = 0;
        QList<int> pairs; ///< of the curves, like the cursor's position
        int position = -1;
    };

    void showPairs();
    int positions() const;
    QList<int> pairs() const;
    Matrix table() const;
    /// The hovered position and dimension, else the pinned ones.
    int position() const;
    int dimension() const;

    QLabel *pairsLabel_, *positionsLabel_, *kind_, *general_, *formula_;
    QLineEdit *pairs_;
    QComboBox *positions_;
    LinkedView *curves_, *heatmap_, *products_;
    Basis made_;
    int hoveredPosition_ = -1; ///< here; there may be no token at it
};

} // namespace encoderscope
