// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "ui/figures/compared_trace.h"
#include "ui/jobs/job.h"
#include "ui/session/run.h"
#include "ui/session/selection.h"

#include <QObject>
#include <QUndoStack>

namespace encoderscope
{

/// How long the newest result took, in milliseconds.
struct RunTimes {
    double forward = 0.0;  ///< the encoder alone
    double shown = 0.0;    ///< from what the user did to the painted picture; 0 = not painted yet
    bool sinceKey = false; ///< `shown` counts from something done in the window, not from the start
};

/// What the user chose: text, model, switches, selection; and the traces that come of it, which a worker
/// makes off the UI thread. The only mutable state that views share. Views call its intents and redraw from
/// its signals.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);

    const QString &text() const { return text_; }
    const QString &textB() const { return textB_; } ///< null = no second sentence
    const ModelPtr &model() const { return model_; }
    Tokenization tokenization() const { return tokenization_; }
    const Switches &switches() const { return switches_; }
    Comparison comparison() const { return shown_.comparison; }
    /// Special tokens are left out of the attention views, and the weights renormalized over the others.
    bool hidesSpecial() const { return hidesSpecial_; }
    const std::set<int> &replacedByMask() const { return replaced_; }

    /// The newest finished runs; null until the first one, and when nothing can be run (see problem()).
    const ComparedTrace &shown() const { return shown_; }
    /// Why there is nothing new to show, for the user; empty when all is well.
    const QString &problem() const { return problem_; }

    /// A run is under way whose result will be shown.
    bool busy() const { return generation_ != answered_; }
    const RunTimes &times() const { return times_; }

    Selection &selection() { return selection_; }
    const Selection &selection() const { return selection_; }
    QUndoStack &undoStack() { return undoStack_; }

    void setText(const QString &text);
    void setTextB(const QString &text); ///< null: a single sentence again
    void setTokenization(Tokenization tokenization);
    void setComparison(Comparison comparison);
    void setHidesSpecial(bool hides);
    /// A token shown to the model as its mask token, or itself again (masked-word prediction).
    void toggleReplacedByMask(int token);

    /// Undoable.
    void setModel(const ModelPtr &model);
    /// Undoable; `description` is what the undo menu says.
    void setSwitches(const Switches &switches, const QString &description);
    void toggleHead(int layer, int head);
    void toggleAttention(int layer);
    void toggleFeedForward(int layer);
    void toggleLayer(int layer);
    void togglePositions();
    /// All other heads of the model off; once more: all on again.
    void soloHead(int layer, int head);
    /// All other layers off; once more: all on again.
    void soloLayer(int layer);
    /// Every head of that index, in all layers.
    void toggleHeadColumn(int head);
    void toggleMaskedToken(int token);
    void resetSwitches();

    /// A newer state of the model being trained: shown without an undo step.
    void replaceModel(const ModelPtr &model);

    /// Pins the query (or the key) that many shown tokens further, as far as there are any.
    void stepToken(int step, bool key = false);
    /// Pins the layer or the head that many further, as far as there are any.
    void stepLayer(int step);
    void stepHead(int step);

    /// The window has just painted; `late`: some of it is not what is shown yet.
    void notePainted(bool late);

Q_SIGNALS:
    void textChanged();
    void modelChanged();
    void tokenizationChanged();
    void switchesChanged();
    /// New traces, or another comparison: redraw.
    void shownChanged();
    void problemChanged();
    void hidesSpecialChanged();
    void busyChanged();
    void timesChanged();

private:
    struct ModelState;

    void run();
    void accept(const RunResult &result);
    void followTokens(const Encoding &from, const Trace &to);
    void keepSelectionInRange(const Trace &trace);
    void applySwitches(const Switches &switches);
    void applyModel(const ModelState &state);

    QString text_;
    QString textB_;
    ModelPtr model_;
    Tokenization tokenization_ = Tokenization::subword;
    Switches switches_;
    std::set<int> replaced_;
    bool hidesSpecial_ = false;
    ComparedTrace shown_;
    QString problem_;
    Selection selection_;
    QUndoStack undoStack_;

    quint64 generation_ = 0;                                         ///< of the newest request
    quint64 answered_ = 0;                                           ///< of the newest result
    std::optional<std::chrono::steady_clock::time_point> unpainted_; ///< when what is shown was asked for
    std::optional<std::chrono::steady_clock::time_point> firstPainted_;
    RunTimes times_;
    ModelPtr asked_;                                                     ///< the model of the newest request
    std::shared_ptr<TraceCache> cache_ = std::make_shared<TraceCache>(); ///< for one run at a time
    Job<RunResult> runs_;
};

} // namespace encoderscope
