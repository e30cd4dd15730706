// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/lesson.h"

#include "engine/model/built_in_models.h"
#include "ui/lessons/live_numbers.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr int file_version = 1;
constexpr qsizetype most_steps = 200;
constexpr qsizetype most_characters = 20'000; ///< of one text
constexpr qsizetype most_options = 12;

constexpr std::array<std::pair<const char *, LessonTarget::Kind>, 4> targets{
    {{"figure", LessonTarget::Kind::figure},
     {"worked", LessonTarget::Kind::worked},
     {"part", LessonTarget::Kind::part},
     {"tokens", LessonTarget::Kind::tokens}}};

constexpr std::array<std::pair<const char *, LessonQuestion::Kind>, 3> questions{
    {{"greatest", LessonQuestion::Kind::greatest},
     {"compare", LessonQuestion::Kind::compare},
     {"token", LessonQuestion::Kind::token}}};

QString tooMuch(qsizetype found, qsizetype most)
{
    return QCoreApplication::translate("Lesson",
                                       "%1 is more than a lesson may have; at most %2 was expected.")
        .arg(found)
        .arg(most);
}

/// The expressions in a text, or one expression, are checked where they stand, so that the message says
/// where.
template <typename Check>
void checkAt(const JsonField &field, Check &&check)
{
    try {
        check();
    } catch (const Error &error) {
        throw field.error(error.message());
    }
}

QString readString(const JsonField &field)
{
    const QString text = field.string();
    if (text.size() > most_characters)
        throw field.error(tooMuch(text.size(), most_characters));
    return text;
}

LessonText readText(const JsonField &field)
{
    LessonText text;
    if (!field.exists())
        return text;
    text.english = field[QStringLiteral("en")].exists() ? readString(field[QStringLiteral("en")]) : QString();
    text.korean = field[QStringLiteral("ko")].exists() ? readString(field[QStringLiteral("ko")]) : QString();
    if (text.empty())
        throw field.error(QCoreApplication::translate("Lesson", "a text in \"en\" or \"ko\" was expected."));
    checkAt(field, [&text] {
        checkExpressions(text.english);
        checkExpressions(text.korean);
    });
    return text;
}

QString readExpression(const JsonField &field)
{
    const QString expression = readString(field);
    checkAt(field, [&expression] { checkExpression(expression); });
    return expression;
}

template <typename Kind, std::size_t count>
Kind readKind(const JsonField &field, const std::array<std::pair<const char *, Kind>, count> &kinds)
{
    const QString word = field.string();
    QStringList names;
    for (const auto &[name, kind] : kinds) {
        if (word == QLatin1String(name))
            return kind;
        names.append(QLatin1String(name));
    }
    throw field.unsupported(word, names);
}

/// One of these words, or empty.
QString readWord(const JsonField &field, const QStringList &known)
{
    if (!field.exists())
        return {};
    const QString word = field.string();
    if (!known.contains(word))
        throw field.unsupported(word, known);
    return word;
}

/// A row or column: a live number, or a whole number.
QString readPlace(const JsonField &field)
{
    if (!field.exists())
        return {};
    if (field.is_string())
        return readExpression(field);
    return QString::number(field.integer(0, 1'000'000));
}

LessonTarget readTarget(const JsonField &field)
{
    if (!field.exists())
        return {};
    for (const auto &[name, kind] : targets) {
        const JsonField named = field[QLatin1String(name)];
        if (named.exists())
            return {kind, readString(named), readPlace(field[QStringLiteral("row")]),
                    readPlace(field[QStringLiteral("column")])};
    }
    throw field.error(QCoreApplication::translate(
        "Lesson", "one of \"figure\", \"worked\", \"part\", \"tokens\" was expected."));
}

LessonQuestion readQuestion(const JsonField &field)
{
    LessonQuestion question{.kind = readKind(field[QStringLiteral("kind")], questions),
                            .ask = readText(field[QStringLiteral("ask")])};
    question.after = readText(field[QStringLiteral("after")]);
    if (field[QStringLiteral("reveal")].exists())
        question.reveal = field[QStringLiteral("reveal")].object();
    if (question.kind == LessonQuestion::Kind::token) {
        question.value = readExpression(field[QStringLiteral("value")]);
        return question;
    }
    const JsonField options = field[QStringLiteral("options")];
    const qsizetype count = options.array().size();
    const bool compares = question.kind == LessonQuestion::Kind::compare;
    if (count < 2 || count > (compares ? 2 : most_options))
        throw options.error(QCoreApplication::translate("Lesson", "%1 options were found; %2 were expected.")
                                .arg(QString::number(count), compares
                                                                 ? QStringLiteral("2")
                                                                 : QStringLiteral("2–%1").arg(most_options)));
    for (qsizetype i = 0; i < count; ++i)
        question.options.push_back({readText(options[i][QStringLiteral("label")]),
                                    readExpression(options[i][QStringLiteral("value")])});
    return question;
}

LessonStep readStep(const JsonField &field)
{
    LessonStep step{.title = readText(field[QStringLiteral("title")]),
                    .text = readText(field[QStringLiteral("text")]),
                    .aim = readText(field[QStringLiteral("try")])};
    if (step.title.empty() || step.text.empty())
        throw field.error(QCoreApplication::translate("Lesson", "a \"title\" and a \"text\" were expected."));
    const JsonField statements = field[QStringLiteral("statements")];
    if (statements.exists()) {
        const qsizetype count = std::min(statements.array().size(), most_steps);
        for (qsizetype i = 0; i < count; ++i)
            step.statements.push_back(statements[i].integer(1, 1000));
    }
    if (field[QStringLiteral("state")].exists())
        step.state = field[QStringLiteral("state")].object();
    step.sentence = readText(field[QStringLiteral("sentence")]);
    if (const JsonField model = field[QStringLiteral("model")]; model.exists()) {
        step.model = model.string();
        if (!is_built_in(step.model))
            throw model.unsupported(step.model, built_in_models());
    }
    step.head =
        readWord(field[QStringLiteral("head")], {QStringLiteral("most_previous"), QStringLiteral("most_next"),
                                                 QStringLiteral("most_itself")});
    step.off = readWord(field[QStringLiteral("off")], {QStringLiteral("head"), QStringLiteral("others")});
    step.target = readTarget(field[QStringLiteral("point")]);
    if (field[QStringLiteral("question")].exists())
        step.question = readQuestion(field[QStringLiteral("question")]);
    return step;
}

QJsonObject written(const LessonText &text)
{
    QJsonObject object;
    if (!text.english.isEmpty())
        object.insert(QStringLiteral("en"), text.english);
    if (!text.korean.isEmpty())
        object.insert(QStringLiteral("ko"), text.korean);
    return object;
}

template <typename Kind, std::size_t count>
QString nameOf(Kind kind, const std::array<std::pair<const char *, Kind>, count> &kinds)
{
    for (const auto &[name, value] : kinds) {
        if (value == kind)
            return QLatin1String(name);
    }
    return {};
}

QJsonObject written(const LessonTarget &target)
{
    QJsonObject object{{nameOf(target.kind, targets), target.name}};
    for (const auto &[name, place] :
         {std::pair(QStringLiteral("row"), target.row), std::pair(QStringLiteral("column"), target.column)}) {
        bool whole = false;
        const int number = place.toInt(&whole);
        if (!place.isEmpty())
            object.insert(name, whole ? QJsonValue(number) : QJsonValue(place));
    }
    return object;
}

QJsonObject written(const LessonQuestion &question)
{
    QJsonObject object{{QStringLiteral("kind"), nameOf(question.kind, questions)},
                       {QStringLiteral("ask"), written(question.ask)}};
    if (!question.after.empty())
        object.insert(QStringLiteral("after"), written(question.after));
    if (!question.reveal.isEmpty())
        object.insert(QStringLiteral("reveal"), question.reveal);
    if (question.kind == LessonQuestion::Kind::token)
        object.insert(QStringLiteral("value"), question.value);
    QJsonArray options;
    for (const LessonOption &option : question.options) {
        QJsonObject one{{QStringLiteral("value"), option.value}};
        if (!option.label.empty())
            one.insert(QStringLiteral("label"), written(option.label));
        options.append(one);
    }
    if (!options.isEmpty())
        object.insert(QStringLiteral("options"), options);
    return object;
}

} // namespace

const QString &LessonText::in(const QString &language) const
{
    const bool wanted = language.startsWith(QStringLiteral("ko"));
    return (wanted && !korean.isEmpty()) || english.isEmpty() ? korean : english;
}

Lesson readLesson(const JsonField &root)
{
    const JsonField format = root[QStringLiteral("format")];
    if (!format.is_string() || format.string() != QStringLiteral("encoderscope-lesson"))
        format.refuse(QStringLiteral("\"encoderscope-lesson\""));
    root[QStringLiteral("version")].integer(1, file_version);
    Lesson lesson{.name = readString(root[QStringLiteral("name")]),
                  .title = readText(root[QStringLiteral("title")])};
    const JsonField steps = root[QStringLiteral("steps")];
    const qsizetype count = steps.array().size();
    if (count < 1)
        throw steps.error(QCoreApplication::translate("Lesson", "a lesson has at least one step."));
    if (count > most_steps)
        throw steps.error(tooMuch(count, most_steps));
    for (qsizetype i = 0; i < count; ++i)
        lesson.steps.push_back(readStep(steps[i]));
    return lesson;
}

QByteArray lessonFile(const Lesson &lesson)
{
    QJsonArray steps;
    for (const LessonStep &step : lesson.steps) {
        QJsonObject object{{QStringLiteral("title"), written(step.title)},
                           {QStringLiteral("text"), written(step.text)}};
        if (!step.aim.empty())
            object.insert(QStringLiteral("try"), written(step.aim));
        if (!step.sentence.empty())
            object.insert(QStringLiteral("sentence"), written(step.sentence));
        if (!step.model.isEmpty())
            object.insert(QStringLiteral("model"), step.model);
        if (!step.head.isEmpty())
            object.insert(QStringLiteral("head"), step.head);
        if (!step.off.isEmpty())
            object.insert(QStringLiteral("off"), step.off);
        if (!step.state.isEmpty())
            object.insert(QStringLiteral("state"), step.state);
        if (step.target.kind != LessonTarget::Kind::none)
            object.insert(QStringLiteral("point"), written(step.target));
        if (!step.statements.empty()) {
            QJsonArray statements;
            for (const int statement : step.statements)
                statements.append(statement);
            object.insert(QStringLiteral("statements"), statements);
        }
        if (step.question)
            object.insert(QStringLiteral("question"), written(*step.question));
        steps.append(object);
    }
    const QJsonObject root{{QStringLiteral("format"), QStringLiteral("encoderscope-lesson")},
                           {QStringLiteral("version"), file_version},
                           {QStringLiteral("name"), lesson.name},
                           {QStringLiteral("title"), written(lesson.title)},
                           {QStringLiteral("steps"), steps}};
    return QJsonDocument(root).toJson();
}

QStringList courseNames()
{
    return {QStringLiteral("tokens"),    QStringLiteral("embedding"), QStringLiteral("positions"),
            QStringLiteral("attention"), QStringLiteral("heads"),     QStringLiteral("feed-forward"),
            QStringLiteral("residuals"), QStringLiteral("layers"),    QStringLiteral("learning"),
            QStringLiteral("why"),       QStringLiteral("since-2017")};
}

std::vector<Lesson> course()
{
    std::vector<Lesson> lessons;
    for (const QString &name : courseNames()) {
        QFile file(QStringLiteral(":/lessons/%1.json").arg(name));
        if (file.open(QIODevice::ReadOnly))
            lessons.push_back(readLesson(JsonField::parse(file.readAll(), file.fileName())));
    }
    return lessons;
}

} // namespace encoderscope
