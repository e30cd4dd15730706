// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/lessons/answer.h"
#include "ui/lessons/lesson.h"
#include "ui/lessons/step_state.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace encoderscope
{

class Session;

/// What a step shows of the run at hand: its texts with the numbers filled in.
struct ShownStep {
    QString title;
    QString html;
    QString aim; ///< as HTML; empty = none
    std::optional<AskedQuestion> question = {};
    QString after = {};        ///< as HTML: what is said once the question was answered
    int row = -1, column = -1; ///< of the heatmap that the step points at; -1: all
    int layer = 0, head = 0;   ///< what is pinned
};

/// Leads through lessons: takes a step's state over into the session, fills its texts from the frame beside
/// the window, and remembers where one was.
class LessonGuide : public QObject
{
    Q_OBJECT

public:
    explicit LessonGuide(Session &session, QObject *parent = nullptr);
    ~LessonGuide() override;

    /// The course, once a step of it was opened, and what was opened from files.
    const std::vector<Lesson> &lessons() const { return lessons_; }
    /// A lesson is open. Its number and step, from 0.
    bool active() const { return active_; }
    int lesson() const { return lesson_; }
    int step() const { return step_; }
    const LessonStep &current() const;
    const ShownStep &shown() const { return shown_; }
    /// What was chosen; -1: not answered yet.
    int answer() const { return answer_; }
    bool atStart() const { return lesson_ == 0 && step_ == 0; }
    bool atEnd() const;

    /// Opens a step and takes its state over; out of range: the nearest there is.
    void open(int lesson, int step);
    /// The same by the lesson's name; the first lesson when there is none of that name.
    void open(const QString &name, int step);
    /// Where one was when the course was last left.
    void resume();
    void next();
    void back();
    /// Takes the step's state over once more, after something else was tried.
    void again();
    void choose(int option);
    /// Its texts once more, as after a change of language.
    void refill() { fill(); }
    void leave();
    /// A lesson from a file, opened after those that are there. Throws Error.
    void openFile(const QString &path);

Q_SIGNALS:
    /// Another step, or it is over.
    void stepChanged();
    /// Its texts or numbers.
    void shownChanged();
    /// A lesson asks for something that is none of a session's.
    void failed(const QString &message);

private:
    void readCourse();
    void remember();
    void takeOver(const QJsonObject &fields, const LessonStep &step);
    void fill();

    Session &session_;
    std::vector<Lesson> lessons_;
    bool active_ = false;
    int lesson_ = 0;
    int step_ = 0;
    int answer_ = -1;
    LearnersOwn own_;
    ShownStep shown_;
    Job<ShownStep> filling_;
    QTimer slowRun_; ///< runs out when a step's text does not wait any longer for its run
    class Place;
    std::shared_ptr<Place> place_; ///< for the next start
    Job<Done> remembering_;
    bool remembered_ = true; ///< the place
};

} // namespace encoderscope
