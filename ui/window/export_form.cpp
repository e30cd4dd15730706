// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_form.h"

#include "ui/plain_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double millimetresAUnit = 25.4 / 96.0;

bool isPicture(FigureFormat format)
{
    return format == FigureFormat::png || format == FigureFormat::svg || format == FigureFormat::pdf ||
           format == FigureFormat::webp;
}

bool inPixels(FigureFormat format)
{
    return format == FigureFormat::png || format == FigureFormat::webp;
}

QDoubleSpinBox *spinBox(double most, const QString &suffix)
{
    auto *box = new QDoubleSpinBox;
    box->setRange(0.0, most);
    box->setDecimals(1);
    box->setSuffix(suffix);
    return box;
}

QWidget *besides(QCheckBox *check, QLineEdit *text)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(check);
    row->addWidget(text, 1);
    return widget;
}

} // namespace

ExportForm::ExportForm(QWidget *parent)
    : QWidget(parent)
{
    auto *form = new QFormLayout(this);
    makeFormat(*form);
    makeLook(*form);
    for (QComboBox *box : {format_, resolution_, theme_, palette_})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportForm::refresh);
    for (QDoubleSpinBox *box : {width_, height_, text_})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ExportForm::refresh);
    for (QCheckBox *box : {title_, caption_, numbers_, pinned_})
        connect(box, &QCheckBox::toggled, this, &ExportForm::refresh);
    for (QLineEdit *line : {titleText_, captionText_})
        connect(line, &QLineEdit::textChanged, this, &ExportForm::refresh);
    connect(preset_, &QComboBox::activated, this, &ExportForm::choosePreset);
}

void ExportForm::makeFormat(QFormLayout &form)
{
    format_ = new QComboBox;
    for (const auto &[format, name] :
         {std::pair(FigureFormat::svg, tr("SVG (vectors)")),
          std::pair(FigureFormat::pdf, tr("PDF (vectors)")), std::pair(FigureFormat::png, tr("PNG (pixels)")),
          std::pair(FigureFormat::webp, tr("WebP (pixels)")),
          std::pair(FigureFormat::csv, tr("CSV (numbers)")),
          std::pair(FigureFormat::json, tr("JSON (numbers)")),
          std::pair(FigureFormat::npy, tr("NPY (numbers)"))})
        format_->addItem(name, static_cast<int>(format));
    preset_ = new QComboBox;
    preset_->addItem(tr("as below"));
    for (const ExportPreset &preset : exportPresets())
        preset_->addItem(preset.name());
    width_ = spinBox(2000.0, tr(" mm"));
    height_ = spinBox(2000.0, tr(" mm"));
    for (QDoubleSpinBox *box : {width_, height_})
        box->setSpecialValueText(tr("as needed"));
    text_ = spinBox(36.0, tr(" pt"));
    text_->setMinimum(5.0);
    resolution_ = new QComboBox;
    for (const int dots : {96, 144, 192, 300, 600})
        resolution_->addItem(tr("%1 dpi").arg(dots), dots);
    size_ = plainLabel();
    form.addRow(tr("Format"), format_);
    form.addRow(tr("For"), preset_);
    form.addRow(tr("Width"), width_);
    form.addRow(tr("Height"), height_);
    form.addRow(tr("Text"), text_);
    form.addRow(tr("Resolution"), resolution_);
    form.addRow(tr("Size"), size_);
}

void ExportForm::makeLook(QFormLayout &form)
{
    theme_ = new QComboBox;
    theme_->addItem(tr("Light"), static_cast<int>(Theme::light));
    theme_->addItem(tr("Dark"), static_cast<int>(Theme::dark));
    palette_ = new QComboBox;
    for (const char *name : paletteNames())
        palette_->addItem(QLatin1String(name));
    palette_->setItemText(static_cast<int>(Palette::greys), tr("greys (prints without colours)"));
    title_ = new QCheckBox(tr("Title"));
    caption_ = new QCheckBox(tr("Caption"));
    numbers_ = new QCheckBox(tr("Values in cells and at bars"));
    pinned_ = new QCheckBox(tr("What is pinned"));
    titleText_ = new QLineEdit;
    titleText_->setAccessibleName(tr("Title"));
    captionText_ = new QLineEdit;
    captionText_->setAccessibleName(tr("Caption"));
    form.addRow(tr("Theme"), theme_);
    form.addRow(tr("Colours"), palette_);
    form.addRow(besides(title_, titleText_));
    form.addRow(besides(caption_, captionText_));
    form.addRow(numbers_);
    form.addRow(pinned_);
}

void ExportForm::read(const ExportChoice &choice)
{
    format_->setCurrentIndex(format_->findData(static_cast<int>(choice.format)));
    theme_->setCurrentIndex(theme_->findData(static_cast<int>(choice.theme)));
    palette_->setCurrentIndex(static_cast<int>(choice.palette));
    width_->setValue(choice.widthMillimetres);
    height_->setValue(choice.heightMillimetres);
    text_->setValue(choice.textPoints);
    const int resolution = resolution_->findData(choice.dotsAnInch);
    resolution_->setCurrentIndex(resolution < 0 ? 2 : resolution);
    title_->setChecked(choice.title);
    caption_->setChecked(choice.caption);
    numbers_->setChecked(choice.numbers);
    pinned_->setChecked(choice.pinned);
    folder_ = choice.folder;
}

ExportChoice ExportForm::choice() const
{
    return {.format = static_cast<FigureFormat>(format_->currentData().toInt()),
            .theme = static_cast<Theme>(theme_->currentData().toInt()),
            .palette = static_cast<Palette>(palette_->currentIndex()),
            .textPoints = text_->value(),
            .widthMillimetres = width_->value(),
            .heightMillimetres = height_->value(),
            .dotsAnInch = resolution_->currentData().toInt(),
            .title = title_->isChecked(),
            .caption = caption_->isChecked(),
            .numbers = numbers_->isChecked(),
            .pinned = pinned_->isChecked(),
            .folder = folder_};
}

void ExportForm::choosePreset(int index)
{
    if (index < 1)
        return;
    const ExportPreset &preset = exportPresets()[static_cast<std::size_t>(index - 1)];
    ExportChoice chosen = choice();
    chosen.textPoints = preset.textPoints;
    chosen.widthMillimetres = preset.widthMillimetres;
    chosen.heightMillimetres = preset.heightMillimetres;
    chosen.dotsAnInch = preset.dotsAnInch;
    {
        const QSignalBlocker blocker(this);
        read(chosen);
    }
    preset_->setCurrentIndex(index);
    Q_EMIT changed();
}

void ExportForm::refresh()
{
    const ExportChoice chosen = choice();
    const bool picture = isPicture(chosen.format);
    for (QWidget *widget : std::initializer_list<QWidget *>{preset_, width_, height_, text_, theme_, palette_,
                                                            title_, caption_, numbers_, pinned_})
        widget->setEnabled(picture);
    titleText_->setEnabled(!picture || chosen.title);
    captionText_->setEnabled(!picture || chosen.caption);
    resolution_->setEnabled(inPixels(chosen.format));
    // A size of one's own is no preset any more.
    const int index = preset_->currentIndex();
    if (index > 0) {
        const ExportPreset &preset = exportPresets()[static_cast<std::size_t>(index - 1)];
        if (preset.textPoints != chosen.textPoints || preset.widthMillimetres != chosen.widthMillimetres ||
            preset.heightMillimetres != chosen.heightMillimetres)
            preset_->setCurrentIndex(0);
    }
    Q_EMIT changed();
}

void ExportForm::setTexts(const QString &title, const QString &caption)
{
    titleText_->setPlaceholderText(title);
    captionText_->setPlaceholderText(caption);
}

FigurePtr ExportForm::withTexts(const FigurePtr &figure) const
{
    if (titleText_->text().isEmpty() && captionText_->text().isEmpty())
        return figure;
    auto changed = std::make_shared<Figure>(*figure);
    if (!titleText_->text().isEmpty())
        changed->title = titleText_->text();
    if (!captionText_->text().isEmpty())
        changed->caption = captionText_->text();
    return changed;
}

void ExportForm::showSize(const FileOptions &options)
{
    const FigureFormat format = choice().format;
    if (inPixels(format))
        size_->setText(tr("%1 × %2 pixels")
                           .arg(std::ceil(options.size.width() * options.scale))
                           .arg(std::ceil(options.size.height() * options.scale)));
    else if (isPicture(format))
        size_->setText(tr("%1 × %2 mm")
                           .arg(options.size.width() * millimetresAUnit, 0, 'f', 0)
                           .arg(options.size.height() * millimetresAUnit, 0, 'f', 0));
    else
        size_->setText(tr("every value"));
}

} // namespace encoderscope
