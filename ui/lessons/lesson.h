// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/json_reader.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace encoderscope
{

/// A text of a lesson in the languages of the program. Paragraphs are divided by empty lines; within one,
/// *…* is emphasis and `…` a formula, in which _ and ^ put the next character, or what stands in (…) after
/// them, below or above the line. `{…}` is a live number. Nothing else means anything: a lesson can come from
/// anyone.
struct LessonText {
    QString english;
    QString korean;

    /// In the language of that code, else in English; `ko` falls back to what is there.
    const QString &in(const QString &language) const;
    bool empty() const { return english.isEmpty() && korean.isEmpty(); }
};

/// What a step points at.
struct LessonTarget {
    enum class Kind { none, figure, worked, part, tokens } kind = Kind::none;
    /// The figure's name in the catalogue, the worked example's step, or the map's part, where "head pinned"
    /// and "layer pinned" are the pinned ones.
    QString name;
    /// Of a heatmap: which row and column is meant, as live numbers or whole numbers; empty = all.
    QString row = {}, column = {};
};

/// An answer to choose. With `value` (an expression) it is right when its number is the greatest.
struct LessonOption {
    LessonText label;
    QString value;
};

/// A question whose answer is computed from the running model, never written in the lesson.
struct LessonQuestion {
    enum class Kind {
        greatest, ///< of `options`, the one whose value is greatest
        compare,  ///< is the number of the second option larger than, smaller than or equal to the first's?
        token,    ///< the token with the greatest of the numbers that `value` has for all (`*`)
    };
    Kind kind = Kind::greatest;
    LessonText ask = {};
    std::vector<LessonOption> options = {}; ///< of `greatest`; the two numbers of `compare`
    QString value = {};                     ///< of `token`
    LessonText after = {};                  ///< said once it was answered
    QJsonObject reveal = {};                ///< what the state takes over when the answer is uncovered
};

struct LessonStep {
    LessonText title;
    LessonText text = {};
    LessonText aim = {};              ///< "try it yourself": what to do in the window; may be empty
    std::vector<int> statements = {}; ///< those of the source page that the step shows, by number
    QJsonObject state = {};           ///< the fields of a session that the step takes over
    /// One of built_in_models() to open for the step; empty: the learner's own stays.
    QString model = {};
    LessonText sentence = {}; ///< a sentence to take over; empty: the learner's own stays
    /// Which head to pin, found in the run: "most_previous", "most_next", "most_itself", or empty.
    QString head = {};
    /// What of the pinned head's layer is switched off: "head", that head, "others", all but it, or empty.
    QString off = {};
    LessonTarget target = {};
    std::optional<LessonQuestion> question = {};
};

struct Lesson {
    QString name; ///< in files and settings: "attention"
    LessonText title;
    std::vector<LessonStep> steps = {};
};

/// The largest lesson file that is read, in bytes.
constexpr qint64 largest_lesson = 8 * 1024 * 1024;
/// A lesson file, as resources/lessons/README.md describes it. Everything in it is checked. Throws Error that
/// names file and field.
Lesson readLesson(const JsonField &file);

/// The bytes that readLesson() reads.
QByteArray lessonFile(const Lesson &lesson);

/// The lessons that the program carries, in the course's order.
std::vector<Lesson> course();
/// Its chapters by name, in order; reads none of them.
QStringList courseNames();

/// A lesson's text as HTML, live numbers filled in already; everything foreign in it is escaped.
QString lessonHtml(const QString &text);

} // namespace encoderscope
