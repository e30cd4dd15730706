// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"
#include "ui/jobs/job.h"

#include <functional>
#include <optional>

namespace encoderscope
{

/// Makes a figure of one kind over and over: at once, or beside the window when that takes long. Makes it
/// anew only when what it depends on changed.
class FigureSource
{
public:
    /// `arrived` is called when a figure that took long is there, or cannot be made.
    FigureSource(const FigureKind &kind, std::function<void()> arrived);

    const FigureKind &kind() const { return kind_; }
    /// Of that frame, which has a run; while it is computed, the one before. Null: see reason().
    FigurePtr figure(const FramePtr &frame, const Parameters &parameters);
    /// A newer figure is being computed.
    bool waiting() const { return waiting_; }
    /// Why there is none, for the user; empty while one is being computed.
    const QString &reason() const { return made_.reason; }
    /// What takes long is computed elsewhere and given to keep().
    void setSupplied() { supplied_ = true; }
    void keep(std::any kept);
    /// The next figure is made anew: texts are of another language.
    void forget() { asked_.reset(); }
    /// How much of it is computed, from 0 to 1, while it is waited for; `told` hears of changes.
    double done() const { return done_; }
    void setTold(std::function<void()> told) { told_ = std::move(told); }
    /// Stops what is being computed: until something changes, or again(), there is no figure.
    void stop();
    void again() { asked_.reset(); }
    bool stopped() const { return stopped_; }
    /// What was handed back last for the figures to come.
    const std::any &kept() const { return made_.kept; }

private:
    /// All that a figure depends on.
    struct Question {
        ModelPtr model;
        QString modelHash;
        TracePtr now, before;
        Comparison comparison = Comparison::now;
        std::shared_ptr<const TokenAlignment> alignment = {};
        QString referenceName = {}; ///< side by side
        Parameters compared = {};   ///< the same
        bool hidesSpecial = false;
        Parameters parameters;
        std::optional<TargetChoice> target = {}; ///< of what explains
        int targetToken = -1;                    ///< where it stands
        bool operator==(const Question &) const = default;
    };
    struct Answer {
        quint64 number = 0; ///< of the question
        MadeFigure made;
    };

    void take(MadeFigure made);
    FigureListener listenerOf(const JobControl &control, quint64 number);
    Question questionOf(const Frame &frame, const Parameters &parameters) const;

    const FigureKind &kind_;
    std::optional<Question> asked_;
    quint64 number_ = 0; ///< of the newest question
    bool waiting_ = false;
    bool supplied_ = false;
    bool stopped_ = false;
    double done_ = 0.0;
    std::function<void()> told_ = [] {};
    MadeFigure made_;
    std::function<void()> arrived_;
    Job<Answer> job_;
};

} // namespace encoderscope
