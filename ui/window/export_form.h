// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/export_choice.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace encoderscope
{

/// The controls of the export dialog.
class ExportForm : public QWidget
{
    Q_OBJECT

public:
    explicit ExportForm(QWidget *parent = nullptr);

    void read(const ExportChoice &choice);
    ExportChoice choice() const;
    /// The figure's own texts, which what is typed replaces.
    void setTexts(const QString &title, const QString &caption);
    /// The figure with the texts as typed.
    FigurePtr withTexts(const FigurePtr &figure) const;
    void showSize(const FileOptions &options);

Q_SIGNALS:
    void changed();

private:
    void makeFormat(QFormLayout &form);
    void makeLook(QFormLayout &form);
    void choosePreset(int index);
    void refresh();

    QString folder_;
    QComboBox *format_, *preset_, *theme_, *palette_, *resolution_;
    QDoubleSpinBox *text_, *width_, *height_;
    QCheckBox *title_, *caption_, *numbers_, *pinned_;
    QLineEdit *titleText_, *captionText_;
    QLabel *size_;
};

} // namespace encoderscope
