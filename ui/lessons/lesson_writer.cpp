// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/lesson_writer.h"

#include "engine/error.h"
#include "engine/file_writer.h"
#include "ui/state/session_file.h"

#include <QFileInfo>

namespace encoderscope
{

namespace
{

LessonText textIn(const QString &language, const QString &text)
{
    return language.startsWith(QStringLiteral("ko")) ? LessonText{{}, text} : LessonText{text, {}};
}

} // namespace

LessonStep stepOf(const SessionState &state, const StepNote &note, const QString &language)
{
    LessonStep step{.title = textIn(language, note.title), .text = textIn(language, note.text)};
    if (state.input.reference.kind == ModelReference::Kind::builtIn)
        step.model = state.input.reference.source;
    QJsonObject fields = sessionObject(state);
    for (const char *own : {"format", "version", "program", "model", "text", "text_b"})
        fields.remove(QLatin1String(own));
    if (note.withSentence && !state.input.text.isEmpty()) {
        // Whoever follows the lesson in another language sees this sentence, too.
        step.sentence = {state.input.text, state.input.text};
        if (state.input.textB)
            fields.insert(QStringLiteral("text_b"), *state.input.textB);
    } else {
        for (const char *ofSentence : {"masked", "replaced"})
            fields.remove(QLatin1String(ofSentence));
        QJsonObject pinned = fields.value(QStringLiteral("pinned")).toObject();
        pinned.remove(QStringLiteral("query"));
        pinned.remove(QStringLiteral("key"));
        fields.insert(QStringLiteral("pinned"), pinned);
    }
    step.state = fields;
    return step;
}

void appendStep(const QString &path, const LessonStep &step, const QString &title, const QString &language)
{
    Lesson lesson;
    if (QFileInfo::exists(path)) {
        lesson = readLesson(JsonField::read(path, largest_lesson));
    } else {
        lesson.name = QFileInfo(path).completeBaseName();
        lesson.title = textIn(language, title);
    }
    lesson.steps.push_back(step);
    const QByteArray bytes = lessonFile(lesson);
    readLesson(JsonField::parse(bytes, path)); // nothing is written that could not be opened
    write_file(path, bytes);
}

bool isLessonFile(const QString &path)
{
    try {
        const JsonField format = JsonField::read(path, largest_lesson)[QStringLiteral("format")];
        return format.is_string() && format.string() == QStringLiteral("encoderscope-lesson");
    } catch (const Error &) {
        return false;
    }
}

} // namespace encoderscope
