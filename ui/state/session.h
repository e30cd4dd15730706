// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/state/frame.h"
#include "ui/state/history.h"
#include "ui/state/reference.h"

#include <QObject>
#include <QTimer>

namespace encoderscope
{

/// How long the newest result took, in milliseconds.
struct RunTimes {
    double forward = 0.0;  ///< the encoder alone
    bool cached = false;   ///< it did not run: the result was kept from before
    double shown = 0.0;    ///< from what the user did to the painted picture; 0 = not painted yet
    bool sinceKey = false; ///< `shown` counts from something done in the window, not from the start
};

/// Holds what the user chose, makes runs of it off the UI thread, and says when there is a new frame. The
/// only mutable state that views share: they call its intents and redraw from its frame.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);

    const SessionState &state() const { return state_; }
    /// What views redraw from; never null.
    const FramePtr &frame() const { return frame_; }

    // Parts of the state.
    const QString &text() const { return state_.input.text; }
    QString textB() const; ///< null = no second sentence
    /// Null until it is read, and when it cannot be found.
    const ModelPtr &model() const { return state_.input.model; }
    Tokenization tokenization() const { return state_.input.tokenization; }
    /// Without masked tokens.
    const Switches &switches() const { return state_.input.switches; }
    Comparison comparison() const { return state_.comparison; }
    /// Special tokens are left out of the attention views, and the weights renormalized over the others.
    bool hidesSpecial() const { return state_.hidesSpecial; }
    /// Tokens of the frame that are taken out of attention, or shown to the model as its mask token, in the
    /// state: the run of it may be still under way.
    std::set<int> maskedTokens() const;
    std::set<int> replacedTokens() const;

    /// The frame's run and what it is compared with.
    const ComparedTrace &shown() const { return frame_->compared; }

    /// The most characters of a sentence that the model can make use of, amply counted: more are left out.
    qsizetype longestText() const;

    /// A run is under way whose result will be shown.
    bool busy() const { return generation_ != answered_; }
    const RunTimes &times() const { return times_; }

    Selection &selection() { return selection_; }
    const Selection &selection() const { return selection_; }

    /// Makes `next` the state. Can be undone when something of it is that decides the run or what is
    /// explained; `description` is what the undo menu says.
    void edit(SessionState next, const QString &description);
    /// The same, and the undo takes back all of it: as when a session is opened.
    void replace(SessionState next, const QString &description);
    /// What the program starts with: nothing to undo.
    void begin(SessionState state);

    const History &history() const { return history_; }
    /// Nothing happens when there is nothing to undo or redo.
    void undo();
    void redo();

    // Intents. Layers, heads and tokens from 0; tokens are those of the trace that the frame shows.
    void setText(const QString &text);
    void setTextB(const QString &text); ///< null: a single sentence again
    void setTexts(const QString &text, const QString &textB, const QString &description);
    void setTokenization(Tokenization tokenization);
    /// With `text` a sentence goes with it, in the same step.
    void setModel(const ModelPtr &model, const QString &text = {});
    void setSwitches(const Switches &switches, const QString &description);
    void toggleHead(int layer, int head);
    void toggleAttention(int layer);
    void toggleFeedForward(int layer);
    void toggleLayer(int layer);
    void togglePositions();
    void soloHead(int layer, int head);
    void soloLayer(int layer);
    void toggleHeadColumn(int head);
    void toggleMaskedToken(int token);
    /// A token shown to the model as its mask token, or itself again (masked-word prediction).
    void toggleReplacedByMask(int token);
    /// Switches and masked tokens.
    void resetSwitches();
    /// What is to be explained, on the page that does so. Its token is one of the frame's text.
    void explain(TargetChoice target);

    /// Keeps the run of this moment by a name of its own, and compares with it.
    void pinRun();
    /// Training has shown an earlier version of the model.
    bool hasStepBefore() const { return stepAfter_ && stepAfter_ == state_.input.model; }
    void compareWith(const ReferenceChoice &reference);
    /// With a recorded run in a file, which is then one of the pinned ones.
    void compareWithTrace(const QString &path);
    void renamePinnedRun(const QString &name, const QString &to);
    void removePinnedRun(const QString &name);
    /// Puts a token of the run and one of the reference together, by the numbers that both have in their own
    /// traces; -1 for one of them: the other has no partner. What was said before of the run's token is
    /// replaced, or, with `ofReference`, of the reference's. The alignment is computed anew.
    void putTogether(const TokenPair &tokens, bool ofReference = false);
    /// Takes back all of that for this reference.
    void alignAutomatically();

    // Those that only change how it is looked at: no undo.
    void setComparison(Comparison comparison);
    void setHidesSpecial(bool hides);
    void setPage(const QString &page);
    void setParameter(const QString &view, const QString &name, const ParameterValue &value);
    void setZoomed(const QString &view, const QRectF &cells); ///< null: all of it
    /// Pins the query (or the key) that many shown tokens further, as far as there are any.
    void stepToken(int step, bool key = false);
    /// Pins the layer or the head that many further, as far as there are any.
    void stepLayer(int step);
    void stepHead(int step);

    /// Another version of the same model, as training makes them: wherever the state and its history have
    /// `from`. Nothing to undo.
    void replaceModel(const ModelPtr &from, const ModelPtr &to);
    /// The model that the state's reference names has been read. Nothing to undo.
    void attachModel(const ModelPtr &model);
    /// The model (or recorded run) that a pinned run names has been read. Nothing to undo.
    void attachPinned(const ModelReference &reference, const ModelPtr &model, const TracePtr &recorded);
    /// It cannot be, for that reason.
    void refusePinned(const ModelReference &reference, const QString &reason);
    /// Shows a run that was read from a file. Its text and switches cannot be changed: what tries to says so
    /// by unchangeable(). Another model ends it.
    void setRecorded(const TracePtr &trace);
    /// The recorded run that the state's reference names has been read. Nothing to undo.
    void attachRecorded(const TracePtr &trace);

    /// The window has just painted; `late`: some of it is not what is shown yet.
    void notePainted(bool late);

Q_SIGNALS:
    /// For controls that show a choice. Views wait for the frame.
    void stateChanged();
    /// A new frame: redraw. One for each edit.
    void frameChanged();
    void busyChanged();
    /// What the run is compared with was chosen, again or anew.
    void referenceChosen();
    /// Of a sentence that was longer than longestText().
    void textLeftOut(qsizetype taken, qsizetype all);
    /// Something that is recorded was to be changed; it was not.
    void unchangeable();
    void timesChanged();

private:
    void become(SessionState next);
    QString usable(const QString &text);
    void run();
    void accept(const RunResult &result);
    void show(const Frame &answer);
    void showNothing();
    void pin(const Selected &selected);
    void pinNewMask(const RunResult &result);

    SessionState state_;
    FramePtr frame_;
    History history_;
    TypedStretch typed_;
    Selection selection_;

    quint64 generation_ = 0;                                         ///< of the newest request
    quint64 answered_ = 0;                                           ///< of the newest result
    std::optional<std::chrono::steady_clock::time_point> unpainted_; ///< when what is shown was asked for
    std::optional<std::chrono::steady_clock::time_point> firstPainted_;
    RunTimes times_;
    quint64 maskEdit_ = 0; ///< the request after which a new mask token is pinned
    QTimer otherModel_; ///< runs out when a run takes so long that the pictures of the model before must go
    ModelPtr asked_;    ///< the model of the newest request
    std::shared_ptr<RunCaches> caches_ = std::make_shared<RunCaches>(); ///< for one run at a time
    KeptReferences references_;
    ModelPtr stepBefore_, stepAfter_; ///< the last version of a model that training replaced, and by what
    std::vector<std::pair<ModelReference, QString>> lacking_; ///< models of pinned runs, and why
    Job<RunResult> runs_;
};

} // namespace encoderscope
