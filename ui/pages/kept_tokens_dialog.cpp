// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/kept_tokens_dialog.h"

#include "engine/corpus/corpus_settings.h"
#include "engine/corpus/vector_search_module.h"
#include "engine/error.h"
#include "ui/pages/wrapping_row.h"
#include "ui/plain_text.h"
#include "ui/text_height.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace encoderscope
{

KeptTokensDialog::KeptTokensDialog(const ModelPtr &model, const SentenceFile &text, QWidget *parent)
    : QDialog(parent)
    , index_(new QCheckBox(tr("With an index, by which similar tokens of any piece are found")))
    , cost_(plainLabel())
    , job_([this](const Result<Found> &found) {
        if (found)
            take(*found);
    })
{
    setWindowTitle(tr("What the corpus keeps of each token"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *explanation = plainLabel(
        tr("With vectors of its tokens the corpus can put the uses of a token first that are most like it. "
           "They are the hidden states after the layers that you choose here, and cannot be added later; "
           "without any the file stays small."));
    explanation->setWordWrap(true);
    auto *group = new QGroupBox(tr("Vectors after layer"));
    auto *row = new WrappingRow(group);
    for (int layer = 1; layer <= model->config.layers; ++layer) {
        auto *box = new QCheckBox(QString::number(layer));
        box->setObjectName(QStringLiteral("keptLayer%1").arg(layer));
        box->setAccessibleName(tr("Vectors after layer %1").arg(layer));
        connect(box, &QCheckBox::toggled, this, &KeptTokensDialog::showCost);
        row->addWidget(box);
        layers_.push_back(box);
    }
    index_->setObjectName(QStringLiteral("keptIndex"));
    index_->setChecked(true);
    connect(index_, &QCheckBox::toggled, this, &KeptTokensDialog::showCost);
    cost_->setObjectName(QStringLiteral("keptCost"));
    cost_->setWordWrap(true);
    cost_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    cost_->setMinimumHeight(textHeight(*cost_, 2));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *make = buttons->addButton(tr("Make the corpus"), QDialogButtonBox::AcceptRole);
    make->setObjectName(QStringLiteral("makeOfChosen"));
    make->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    for (QWidget *widget : std::initializer_list<QWidget *>{explanation, group, index_, cost_})
        layout->addWidget(widget);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(500, 300);

    job_.ask([model, text](const JobControl &control) {
        Found found;
        try {
            found.size = estimated_token_vectors(*model, text, usual_max_tokens(*model), control.stop());
        } catch (const Error &) {
            // Whoever makes the corpus is told.
        }
        try {
            vector_search();
        } catch (const Error &error) {
            found.noIndex = error.message();
        }
        return found;
    });
    showCost();
}

KeptTokens KeptTokensDialog::chosen() const
{
    KeptTokens kept;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
        if (layers_[layer]->isChecked())
            kept.layers.push_back(static_cast<int>(layer) + 1);
    }
    kept.index = !kept.layers.empty() && index_->isEnabled() && index_->isChecked();
    return kept;
}

void KeptTokensDialog::take(const Found &found)
{
    found_ = found;
    index_->setToolTip(plainToolTip(found.noIndex));
    showCost();
}

void KeptTokensDialog::showCost()
{
    const bool any =
        std::any_of(layers_.begin(), layers_.end(), [](const QCheckBox *box) { return box->isChecked(); });
    index_->setEnabled(any && (!found_ || found_->noIndex.isEmpty()));
    const KeptTokens kept = chosen();
    if (kept.layers.empty()) {
        cost_->setText(tr("Nothing more on the disk."));
    } else if (!found_) {
        cost_->setText(tr("Reading the text…"));
    } else if (!found_->size || found_->size->tokens == 0) {
        cost_->setText(tr("How much room on the disk they take cannot be told."));
    } else {
        const QLocale locale;
        const auto layers = std::ssize(kept.layers);
        const qint64 vectors = layers * found_->size->vectors;
        const qint64 index = kept.index ? layers * found_->size->index : 0;
        const auto room = [&](qint64 bytes) {
            return locale.formattedDataSize(bytes, bytes < 10'000'000 ? 1 : 0, QLocale::DataSizeSIFormat);
        };
        cost_->setText(tr("About %1 more on the disk, for some %2 tokens of the text: vectors %3, index %4.")
                           .arg(room(vectors + index), locale.toString(found_->size->tokens), room(vectors),
                                room(index)));
    }
}

} // namespace encoderscope
