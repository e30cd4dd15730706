// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/picture_options.h"
#include "app/run_options.h"
#include "resources/translations/language.h"
#include "ui/lessons/lesson.h"
#include "ui/lessons/step_pictures.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>

namespace encoderscope
{

namespace
{

struct LessonMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

/// The chapters and how many steps each has.
QByteArray chapters_listed()
{
    QString text;
    for (const Lesson &lesson : course())
        text += QStringLiteral("  %1 %2 %3\n")
                    .arg(lesson.name, -14)
                    .arg(lesson.steps.size(), 3)
                    .arg(lesson.title.in(currentLanguage()));
    return text.toUtf8();
}

/// A chapter of the course, or one from a file.
Lesson lesson_named(const QString &name)
{
    QStringList names;
    for (Lesson &lesson : course()) {
        if (lesson.name == name)
            return std::move(lesson);
        names.append(lesson.name);
    }
    if (!QFileInfo::exists(name))
        throw_unknown_word(QStringLiteral("LESSON"), name, names);
    return readLesson(JsonField::read(name, largest_lesson));
}

/// From the first to the last of these steps, from 0; said as "3" or "3-7", from 1.
std::pair<int, int> steps_named(const QString &words, int count)
{
    if (words.isEmpty())
        return {0, count - 1};
    const QString option = QStringLiteral("--steps");
    const int first = whole_within(option, words.section(QLatin1Char('-'), 0, 0), 1, count);
    const int last = whole_within(option, words.section(QLatin1Char('-'), -1), first, count);
    return {first - 1, last - 1};
}

} // namespace

int run_lesson(const QStringList &all)
{
    PictureOptions::choose_language(all);
    const RunOptions run;
    const PictureOptions picture(
        LessonMessages::tr("The file of the animation, or the folder of the numbered pictures, to write."));
    const QCommandLineOption list(QStringLiteral("list"),
                                  LessonMessages::tr("Lists the chapters of the course."));
    const QCommandLineOption steps(QStringLiteral("steps"),
                                   LessonMessages::tr("Only these steps, from 1: 4, or 4-6."),
                                   QStringLiteral("steps"));
    const QCommandLineOption seconds(QStringLiteral("seconds"),
                                     LessonMessages::tr("webp: how long each picture stands."),
                                     QStringLiteral("seconds"), QStringLiteral("4"));
    OptionParser parser;
    parser.setApplicationDescription(LessonMessages::tr(
        "Writes the picture of each step of a lesson, on your own sentence: as numbered files, or "
        "as one animated webp."));
    QList<Choice> chapters;
    for (const Lesson &lesson : course())
        chapters.append({lesson.name, lesson.title.in(currentLanguage())});
    parser.addPositionalArgument(QStringLiteral("lesson"),
                                 LessonMessages::tr("A chapter of the course, or a lesson's file."), {},
                                 chapters);
    parser.addOption(list);
    run.add_to(parser);
    picture.add_to(parser);
    parser.addOptions({steps, seconds});
    bool helped = false;
    parse(parser, QStringLiteral("lesson"), all, helped);
    if (helped)
        return 0;
    if (parser.isSet(list)) {
        print(chapters_listed());
        return 0;
    }
    if (parser.positionalArguments().size() != 1)
        throw ArgumentError(LessonMessages::tr("One lesson was expected; --list says which there are."));
    const Lesson lesson = lesson_named(parser.positionalArguments().constFirst());
    const auto [first, last] = steps_named(parser.value(steps), static_cast<int>(lesson.steps.size()));
    const QString output = picture.output(parser);
    const FigureFormat format = picture.format(parser).value_or(FigureFormat::svg);
    if (output == QStringLiteral("-") && format != FigureFormat::webp)
        throw ArgumentError(
            LessonMessages::tr("--output -: a folder is written, which cannot go to standard output."));
    const PictureLook look = picture.look(parser);
    const double each = number_within(QStringLiteral("--seconds"), parser.value(seconds), 0.02, 60.0);
    const SessionState state = run.read(parser);

    StepPictures pictures(state, currentLanguage());
    std::vector<FigurePtr> figures;
    for (int step = 0; step <= last; ++step) { // each begins where the one before ended
        const FigurePtr figure = pictures.next(lesson.steps[static_cast<std::size_t>(step)]);
        if (step < first)
            continue;
        if (figure)
            figures.push_back(figure);
        else
            std::fprintf(
                stderr, "encoderscope lesson: %s\n",
                qUtf8Printable(
                    LessonMessages::tr("Step %1 shows no figure: it has no picture.").arg(step + 1)));
    }
    if (figures.empty())
        throw Error(LessonMessages::tr("None of the steps shows a figure."));
    write_series(figures, look, output, format, each);
    return 0;
}

} // namespace encoderscope
