// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/download_dialog.h"

#include "engine/model/model_sources.h"
#include "ui/models/hub_download.h"
#include "ui/plain_text.h"
#include "ui/text_height.h"
#include "ui/window/more_models.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace encoderscope
{

DownloadDialog::DownloadDialog(QWidget *parent)
    : QDialog(parent)
    , list_(new QTreeWidget)
    , name_(new QLineEdit)
    , state_(plainLabel())
    , progress_(new QProgressBar)
{
    setWindowTitle(tr("More models"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *explanation = plainLabel(
        tr("Models on the Hugging Face Hub that are worth a look, or the name of any other one of the BERT "
           "family. "
           "It is kept in the local cache that other tools share; after that no network is needed."));
    explanation->setWordWrap(true);
    name_->setPlaceholderText(QStringLiteral("google-bert/bert-base-multilingual-cased"));
    name_->setAccessibleName(tr("Model name"));
    state_->setWordWrap(true);
    state_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    state_->setMinimumHeight(textHeight(*state_, 3));
    state_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    progress_->setRange(0, 1000);
    progress_->setValue(0);
    auto *buttons = new QDialogButtonBox;
    begin_ = buttons->addButton(tr("Download"), QDialogButtonBox::ActionRole);
    begin_->setDefault(true);
    begin_->setEnabled(false);
    buttons->addButton(QDialogButtonBox::Cancel);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{explanation, list_, name_, progress_, state_, buttons})
        layout->addWidget(widget);
    fillList();
    resize(760, 520);

    connect(name_, &QLineEdit::textChanged, this,
            [this](const QString &text) { begin_->setEnabled(is_hub_name(text.trimmed())); });
    connect(list_, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (!item)
            return;
        name_->setText(item->text(0));
        state_->setText(item->data(0, Qt::UserRole).toString());
    });
    connect(list_, &QTreeWidget::itemActivated, this, [this] {
        if (begin_->isEnabled())
            start();
    });
    connect(begin_, &QPushButton::clicked, this, &DownloadDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

DownloadDialog::~DownloadDialog() = default;

void DownloadDialog::fillList()
{
    list_->setAccessibleName(tr("Models that are worth a look"));
    list_->setHeaderLabels({tr("Name"), tr("Size"), tr("Languages"), tr("Licence")});
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setAlternatingRowColors(true);
    const QLocale locale;
    for (const KnownModel &model : knownModels()) {
        auto *item =
            new QTreeWidgetItem(list_, {model.name,
                                        locale.formattedDataSize(static_cast<qint64>(model.megabytes * 1e6),
                                                                 0, QLocale::DataSizeSIFormat),
                                        model.languages.join(QStringLiteral(", ")), model.licence});
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setData(0, Qt::UserRole, model.about);
        item->setToolTip(0, plainToolTip(model.about));
    }
    list_->header()->setStretchLastSection(false);
    for (int column = 0; column < list_->columnCount(); ++column)
        list_->header()->setSectionResizeMode(column, column == 0 ? QHeaderView::Stretch
                                                                  : QHeaderView::ResizeToContents);
    list_->setMinimumHeight(200);
    name_->setFocus();
}

void DownloadDialog::setName(const QString &name)
{
    name_->setText(name);
}

void DownloadDialog::start()
{
    download_ = std::make_unique<HubDownload>(name_->text().trimmed());
    connect(download_.get(), &HubDownload::progress, this, &DownloadDialog::showProgress);
    connect(download_.get(), &HubDownload::waiting, state_, &QLabel::setText);
    connect(download_.get(), &HubDownload::failed, this, &DownloadDialog::end);
    connect(download_.get(), &HubDownload::finished, this, [this](const QString &folder) {
        Q_EMIT downloaded(folder);
        accept();
    });
    list_->setEnabled(false);
    name_->setEnabled(false);
    begin_->setEnabled(false);
    state_->setText(tr("Asking for the list of files…"));
    progress_->setRange(0, 0);
    download_->start();
}

void DownloadDialog::showProgress(qint64 received, qint64 total, const QString &file)
{
    const QLocale locale;
    if (total > 0) {
        progress_->setRange(0, 1000);
        progress_->setValue(
            static_cast<int>(1000.0 * static_cast<double>(received) / static_cast<double>(total)));
    }
    state_->setText(
        tr("%1: %2 of %3").arg(file, locale.formattedDataSize(received), locale.formattedDataSize(total)));
}

void DownloadDialog::end(const QString &message)
{
    progress_->setRange(0, 1000);
    progress_->setValue(0);
    state_->setText(message);
    list_->setEnabled(true);
    name_->setEnabled(true);
    begin_->setEnabled(true);
}

void DownloadDialog::done(int result)
{
    if (download_)
        download_->cancel();
    QDialog::done(result);
}

} // namespace encoderscope
