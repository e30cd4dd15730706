// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/lesson_guide.h"

#include "resources/translations/language.h"
#include "ui/lessons/live_numbers.h"
#include "ui/lessons/step_state.h"
#include "ui/state/frame_follower.h"
#include "ui/state/session.h"
#include "ui/state/settings.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace encoderscope
{

/// Where one is, written by one thread at a time; each writes the newest.
class LessonGuide::Place
{
public:
    void set(const QString &lesson, int step)
    {
        const std::lock_guard lock(mutex_);
        newest_ = {lesson, step};
    }
    Done write()
    {
        const std::lock_guard lock(writing_); // set() does not wait for the disk
        const auto [lesson, step] = newest();
        store(setting::lesson, lesson);
        store(setting::lessonStep, step);
        return {};
    }

private:
    std::pair<QString, int> newest()
    {
        const std::lock_guard lock(mutex_);
        return newest_;
    }

    std::mutex mutex_, writing_;
    std::pair<QString, int> newest_;
};

namespace
{

/// A row or column that a lesson names; -1 when it names none, or the run has none.
int placeOf(const QString &place, const Frame &frame, const std::stop_token &stop)
{
    bool whole = false;
    const int number = place.toInt(&whole);
    if (whole || place.isEmpty())
        return whole ? number : -1;
    try {
        return static_cast<int>(liveNumber(place, frame, stop));
    } catch (const Error &) {
        return -1;
    }
}

ShownStep filledStep(const LessonStep &step, const Frame &frame, const QString &language,
                     const std::stop_token &stop)
{
    const auto html = [&](const LessonText &text) {
        return lessonHtml(filledWithNumbers(text.in(language), frame, stop));
    };
    ShownStep shown{.title = filledWithNumbers(step.title.in(language), frame, stop),
                    .html = html(step.text),
                    .aim = html(step.aim)};
    shown.row = placeOf(step.target.row, frame, stop);
    shown.column = placeOf(step.target.column, frame, stop);
    shown.layer = frame.selection.layer;
    shown.head = frame.selection.head;
    if (step.question) {
        shown.question = askedQuestion(*step.question, frame, language, stop);
        shown.after = html(step.question->after);
    }
    return shown;
}

} // namespace

LessonGuide::LessonGuide(Session &session, QObject *parent)
    : QObject(parent)
    , session_(session)
    , filling_([this](const Result<ShownStep> &filled) {
        if (!filled || !active_)
            return;
        shown_ = *filled;
        Q_EMIT shownChanged();
    })
    , place_(std::make_shared<Place>())
    , remembering_([this](const Result<Done> &) { remembered_ = true; })
{
    slowRun_.setSingleShot(true);
    slowRun_.setInterval(slow_run);
    connect(&slowRun_, &QTimer::timeout, this, &LessonGuide::fill);
    connect(&session_, &Session::frameChanged, this, &LessonGuide::fill);
}

LessonGuide::~LessonGuide()
{
    if (!remembered_)
        place_->write();
}

const LessonStep &LessonGuide::current() const
{
    return lessons_[static_cast<std::size_t>(lesson_)].steps[static_cast<std::size_t>(step_)];
}

bool LessonGuide::atEnd() const
{
    return lesson_ + 1 == static_cast<int>(lessons_.size()) &&
           step_ + 1 == static_cast<int>(lessons_[static_cast<std::size_t>(lesson_)].steps.size());
}

/// Beside the window, which waits for no disk.
void LessonGuide::remember()
{
    place_->set(lessons_[static_cast<std::size_t>(lesson_)].name, step_);
    remembered_ = false;
    remembering_.ask([place = place_](const JobControl &) { return place->write(); });
}

void LessonGuide::readCourse()
{
    if (lessons_.empty())
        lessons_ = course();
}

void LessonGuide::open(int lesson, int step)
{
    readCourse();
    active_ = true;
    lesson_ = std::clamp(lesson, 0, static_cast<int>(lessons_.size()) - 1);
    step_ =
        std::clamp(step, 0, static_cast<int>(lessons_[static_cast<std::size_t>(lesson_)].steps.size()) - 1);
    remember();
    again();
    Q_EMIT stepChanged();
}

void LessonGuide::again()
{
    if (!active_)
        return;
    answer_ = -1;
    const FramePtr before = session_.frame();
    takeOver(current().state, current());
    if (session_.busy())
        slowRun_.start(); // its numbers are those of the run to come, or, where it is slow, of the one before
    else if (session_.frame() == before)
        fill();
}

void LessonGuide::open(const QString &name, int step)
{
    readCourse();
    const auto found = std::find_if(lessons_.begin(), lessons_.end(),
                                    [&name](const Lesson &lesson) { return lesson.name == name; });
    if (found == lessons_.end())
        open(0, 0);
    else
        open(static_cast<int>(found - lessons_.begin()), step);
}

void LessonGuide::resume()
{
    if (!lessons_.empty())
        open(lesson_, step_);
    else
        open(load(setting::lesson), load(setting::lessonStep));
}

void LessonGuide::next()
{
    if (!active_ || atEnd())
        return;
    const bool last = step_ + 1 == static_cast<int>(lessons_[static_cast<std::size_t>(lesson_)].steps.size());
    open(last ? lesson_ + 1 : lesson_, last ? 0 : step_ + 1);
}

void LessonGuide::back()
{
    if (!active_ || atStart())
        return;
    if (step_ > 0)
        open(lesson_, step_ - 1);
    else
        open(lesson_ - 1, static_cast<int>(lessons_[static_cast<std::size_t>(lesson_) - 1].steps.size()) - 1);
}

void LessonGuide::choose(int option)
{
    if (!active_ || answer_ >= 0 || !shown_.question || option < 0 ||
        option >= shown_.question->options.size())
        return;
    answer_ = option;
    if (!current().question->reveal.isEmpty())
        takeOver(current().question->reveal, current());
    Q_EMIT shownChanged();
}

void LessonGuide::leave()
{
    if (!active_)
        return;
    active_ = false;
    filling_.cancel();
    session_.edit(withOwnModel(session_.state(), std::exchange(own_, {}).model), tr("Lesson step"));
    Q_EMIT stepChanged();
}

void LessonGuide::openFile(const QString &path)
{
    readCourse();
    lessons_.push_back(readLesson(JsonField::read(path, largest_lesson)));
    open(static_cast<int>(lessons_.size()) - 1, 0);
}

void LessonGuide::takeOver(const QJsonObject &fields, const LessonStep &step)
{
    try {
        session_.edit(
            followedState(session_.state(), *session_.frame(), fields, step, currentLanguage(), own_),
            tr("Lesson step"));
    } catch (const Error &error) {
        Q_EMIT failed(error.message());
    }
}

void LessonGuide::fill()
{
    slowRun_.stop();
    if (!active_ || !*session_.frame())
        return;
    filling_.ask([step = current(), frame = session_.frame(),
                  language = currentLanguage()](const JobControl &control) {
        return filledStep(step, *frame, language, control.stop());
    });
}

} // namespace encoderscope
