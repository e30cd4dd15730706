// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/token_vector_size.h"
#include "ui/jobs/job.h"

#include <QDialog>

#include <optional>
#include <vector>

class QCheckBox;
class QLabel;

namespace encoderscope
{

/// What a new corpus keeps of each token.
struct KeptTokens {
    std::vector<int> layers = {}; ///< after which there are vectors, from 1, in order
    bool index = false;           ///< one is made of each layer's
};

/// Asks for it, and says how much room on the disk it takes.
class KeptTokensDialog : public QDialog
{
    Q_OBJECT

public:
    KeptTokensDialog(const ModelPtr &model, const SentenceFile &text, QWidget *parent);

    KeptTokens chosen() const;

private:
    /// What is found out beside the window.
    struct Found {
        std::optional<TokenVectorSize> size; ///< of a layer's; none: the text cannot be read
        QString noIndex;                     ///< why none can be made; empty: it can
    };
    void take(const Found &found);
    void showCost();

    std::vector<QCheckBox *> layers_;
    QCheckBox *index_;
    QLabel *cost_;
    std::optional<Found> found_;
    Job<Found> job_;
};

} // namespace encoderscope
