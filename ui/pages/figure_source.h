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

private:
    /// All that a figure depends on.
    struct Question {
        ModelPtr model;
        QString modelHash;
        TracePtr now, before;
        Comparison comparison = Comparison::now;
        bool hidesSpecial = false;
        Parameters parameters;
        bool operator==(const Question &) const = default;
    };
    struct Answer {
        quint64 number = 0; ///< of the question
        MadeFigure made;
    };

    Question questionOf(const Frame &frame, const Parameters &parameters) const;

    const FigureKind &kind_;
    std::optional<Question> asked_;
    quint64 number_ = 0; ///< of the newest question
    bool waiting_ = false;
    bool supplied_ = false;
    MadeFigure made_;
    std::function<void()> arrived_;
    Job<Answer> job_;
};

} // namespace encoderscope
