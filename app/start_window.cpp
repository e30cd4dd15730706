// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_window.h"

#include "app/command.h"
#include "app/model_option.h"
#include "app/session_option.h"
#include "engine/analysis/trace_reader.h"
#include "engine/corpus/corpus_settings.h"
#include "engine/file_writer.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"
#include "engine/model/model_description.h"
#include "engine/model/model_sources.h"
#include "engine/text/minimal_pairs.h"
#include "engine/version.h"
#include "resources/translations/language.h"
#include "ui/interface_scale.h"
#include "ui/jobs/job_queue.h"
#include "ui/lessons/lesson.h"
#include "ui/lessons/lesson_writer.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/window/examples.h"
#include "ui/window/main_window.h"
#include "ui/window_style.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QImageWriter>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

namespace encoderscope
{

namespace
{

class Start
{
    Q_DECLARE_TR_FUNCTIONS(Start)
};

const QStringList themes{QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("contrast")};

/// What the window is started with; what is not given is as it was when the window was last closed.
struct Arguments {
    QCommandLineOption text{QStringLiteral("text"), Start::tr("The sentence to begin with."),
                            QStringLiteral("text")};
    QCommandLineOption textB{QStringLiteral("text-b"), Start::tr("A second sentence."),
                             QStringLiteral("text")};
    QCommandLineOption session = session_option();
    QCommandLineOption model = model_option();
    QCommandLineOption page{QStringLiteral("page"), Start::tr("The page to open, from 1."),
                            QStringLiteral("number")};
    QCommandLineOption layer{QStringLiteral("layer"), Start::tr("The layer to select, from 1."),
                             QStringLiteral("number")};
    QCommandLineOption head{QStringLiteral("head"), Start::tr("The head to select, from 1."),
                            QStringLiteral("number")};
    QCommandLineOption query{QStringLiteral("query"), Start::tr("The query token to select, from 0."),
                             QStringLiteral("number")};
    QCommandLineOption key{QStringLiteral("key"), Start::tr("The key token to select, from 0."),
                           QStringLiteral("number")};
    QCommandLineOption lesson{
        QStringLiteral("lesson"),
        Start::tr("A chapter of the course to open, such as attention, or a step of it: attention:6."),
        QStringLiteral("chapter")};
    QCommandLineOption language{QStringLiteral("language"),
                                Start::tr("The language of the window: en or ko."), QStringLiteral("code")};
    QCommandLineOption theme{QStringLiteral("theme"),
                             Start::tr("The theme of the window: light, dark or contrast."),
                             QStringLiteral("name")};
    QCommandLineOption size{QStringLiteral("size"), Start::tr("The size of the window, such as 1280x800."),
                            QStringLiteral("size")};

    QCommandLineOption screenshot{
        QStringLiteral("screenshot"),
        Start::tr("Save a picture of the window there as soon as it shows the sentence, and end."),
        QStringLiteral("file")};

    void add_to(OptionParser &parser) const
    {
        parser.addOptions({session, text, textB, model, page, layer, head, query, key, lesson, language,
                           theme, size, screenshot});
        parser.setChoices(QStringLiteral("lesson"), courseNames());
        parser.setChoices(QStringLiteral("language"), languages());
        parser.setChoices(QStringLiteral("theme"), themes);
    }
};

std::optional<int> number(const QCommandLineParser &parser, const QCommandLineOption &option, int first)
{
    if (!parser.isSet(option))
        return std::nullopt;
    bool ok = false;
    const int value = parser.value(option).toInt(&ok);
    if (!ok || value < first)
        throw ArgumentError(Start::tr("--%1 takes a whole number from %2, not \"%3\".")
                                .arg(option.names().constFirst())
                                .arg(first)
                                .arg(parser.value(option)));
    return value - first;
}

std::optional<QSize> size(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    if (!parser.isSet(option))
        return std::nullopt;
    const QStringList parts = parser.value(option).split(QLatin1Char('x'));
    const QSize given(parts.value(0).toInt(), parts.value(1).toInt());
    constexpr int most = 8192; // its picture then takes 256 MB
    if (parts.size() != 2 || given.width() < 1 || given.height() < 1 || given.width() > most ||
        given.height() > most)
        throw ArgumentError(Start::tr("--size takes WIDTHxHEIGHT, each at most %1, not \"%2\".")
                                .arg(most)
                                .arg(parser.value(option)));
    return given;
}

std::optional<QString> choice(const QCommandLineParser &parser, const QCommandLineOption &option,
                              const QStringList &known)
{
    if (!parser.isSet(option))
        return std::nullopt;
    if (!known.contains(parser.value(option)))
        throw ArgumentError(
            Start::tr("--%1 takes one of %2, not \"%3\".")
                .arg(option.names().constFirst(), known.join(QStringLiteral(", ")), parser.value(option)));
    return parser.value(option);
}

/// Qt ends the program by a fatal message when it finds no display: say it in one line that helps instead.
void without_display(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type != QtFatalMsg)
        return;
    std::fputs("encoderscope: no display to open a window on; figures can be made without one, see "
               "\"encoderscope figure --help\"\n",
               stderr);
    std::_Exit(1);
}

std::unique_ptr<QApplication> application(int &argc, char *argv[])
{
    const QtMessageHandler usual = qInstallMessageHandler(without_display);
    auto made = std::make_unique<QApplication>(argc, argv);
    QApplication::setApplicationVersion(program_version());
    qInstallMessageHandler(usual);
    return made;
}

/// What the arguments say, checked.
struct Wishes {
    std::optional<QString> session, trace, corpus, pairs, text, textB, model, language, theme, screenshot,
        lesson, lessonFile;
    int lessonStep = 0;
    std::optional<int> page, layer, head, query, key;
    std::optional<QSize> size;
    bool helped = false;
};

/// "attention:6". Throws ArgumentError when there is no such chapter or step.
void readLesson(const QCommandLineParser &parser, const QCommandLineOption &option, Wishes &wishes)
{
    if (!parser.isSet(option))
        return;
    const QStringList parts = parser.value(option).split(QLatin1Char(':'));
    QStringList names;
    for (const Lesson &lesson : course()) {
        names.append(lesson.name);
        const int steps = static_cast<int>(lesson.steps.size());
        const int step = parts.size() > 1 ? parts[1].toInt() : 1;
        if (parts[0] != lesson.name)
            continue;
        if (parts.size() > 2 || step < 1 || step > steps)
            throw ArgumentError(Start::tr("--lesson: \"%1\" is no step; %2 has steps 1 to %3.")
                                    .arg(parser.value(option), lesson.name)
                                    .arg(steps));
        wishes.lesson = lesson.name;
        wishes.lessonStep = step - 1;
        return;
    }
    throw ArgumentError(Start::tr("--%1 takes one of %2, not \"%3\".")
                            .arg(option.names().constFirst(), names.join(QStringLiteral(", ")), parts[0]));
}

QString names_of_commands()
{
    QStringList names;
    for (const Command &command : commands())
        names.append(QLatin1String(command.name));
    return names.join(QStringLiteral(", "));
}

/// Needs an application object of any kind, not a display. Throws ArgumentError.
Wishes read(const QStringList &given)
{
    OptionParser parser;
    const Arguments arguments;
    arguments.add_to(parser);
    QList<Choice> names;
    for (const Command &command : commands())
        names.append({QLatin1String(command.name), command.summary()});
    parser.setApplicationDescription(
        Start::tr("Shows a Transformer encoder at work on a sentence.") + QStringLiteral("\n\n") +
        Start::tr("These commands open no window; --help after one lists its options.") + listed(names));
    parser.addPositionalArgument(QStringLiteral("file"),
                                 Start::tr("A session, a lesson, a recorded run, a corpus or minimal pairs "
                                           "(.tsv) to open in the window."),
                                 QStringLiteral("[file]"), names);
    Wishes wishes;
    parse(parser, QString(), given, wishes.helped);
    if (wishes.helped)
        return wishes;
    const auto text = [&](const QCommandLineOption &option) {
        return parser.isSet(option) ? std::optional(parser.value(option)) : std::nullopt;
    };
    wishes.session = text(arguments.session);
    for (const QString &file : parser.positionalArguments()) {
        if (wishes.session || wishes.trace || wishes.corpus || wishes.pairs || !QFileInfo(file).isFile())
            throw ArgumentError(Start::tr("\"%1\" is not a command and no file of a session or a run; one of "
                                          "%2 was expected, or an option: "
                                          "see --help.")
                                    .arg(file, names_of_commands()));
        (file.endsWith(trace_suffix)    ? wishes.trace
         : file.endsWith(corpus_suffix) ? wishes.corpus
         : is_pairs_file(file)          ? wishes.pairs
                                        : wishes.session) = file;
    }
    if (wishes.session && isLessonFile(*wishes.session))
        wishes.lessonFile = std::exchange(wishes.session, std::nullopt);
    wishes.text = text(arguments.text);
    wishes.textB = text(arguments.textB);
    wishes.model = text(arguments.model);
    wishes.screenshot = text(arguments.screenshot);
    readLesson(parser, arguments.lesson, wishes);
    wishes.language = choice(parser, arguments.language, languages());
    wishes.theme = choice(parser, arguments.theme, themes);
    wishes.page = number(parser, arguments.page, 1);
    wishes.layer = number(parser, arguments.layer, 1);
    wishes.head = number(parser, arguments.head, 1);
    wishes.query = number(parser, arguments.query, 0);
    wishes.key = number(parser, arguments.key, 0);
    wishes.size = size(parser, arguments.size);
    return wishes;
}

/// The configuration of the model that `state` names; nothing when it cannot be read: the window says why.
std::optional<EncoderConfig> configuration(const ModelReference &reference)
{
    using Kind = ModelReference::Kind;
    if (reference.kind == Kind::standard)
        return default_model()->config;
    if (reference.kind == Kind::builtIn)
        return named_model(reference.source)->config;
    if (reference.kind == Kind::unsaved)
        return std::nullopt;
    try {
        const QString folder = resolve_model(reference.source);
        return read_model_description(JsonField::read(folder + QStringLiteral("/config.json"))).config;
    } catch (const Error &) {
        return std::nullopt;
    }
}

/// Throws ArgumentError when the model does not have what was wished for.
void check(const Wishes &wishes, const ModelReference &reference)
{
    if (!wishes.layer && !wishes.head)
        return;
    const std::optional<EncoderConfig> config = configuration(reference);
    if (config && wishes.layer && *wishes.layer >= config->layers)
        throw ArgumentError(Start::tr("There is no layer %1: the model has layers 1 to %2.")
                                .arg(*wishes.layer + 1)
                                .arg(config->layers));
    if (config && wishes.head && *wishes.head >= config->heads)
        throw ArgumentError(Start::tr("There is no head %1: a layer of the model has heads 1 to %2.")
                                .arg(*wishes.head + 1)
                                .arg(config->heads));
}

/// What was wished for instead of what `state` says. Throws ArgumentError.
void apply(const Wishes &wishes, SessionState &state)
{
    if (wishes.text) {
        // Nothing that was done to another sentence.
        const bool ofSession = wishes.session.has_value();
        RunInput input;
        if (ofSession) {
            input = state.input;
            input.masked.clear();
            input.replaced.clear();
        }
        input.text = *wishes.text;
        input.textB = wishes.textB;
        state.input = std::move(input);
        state.pinned.query.reset();
        state.pinned.key.reset();
        state.target.reset();
    } else if (wishes.textB) {
        state.input.textB = wishes.textB;
    }
    if (wishes.model) {
        const QFileInfo folder(*wishes.model);
        const bool name = !folder.exists() && is_hub_name(*wishes.model);
        state.input.reference = {name ? ModelReference::Kind::hub : ModelReference::Kind::folder,
                                 name ? *wishes.model : QDir::cleanPath(folder.absoluteFilePath()),
                                 {}};
        if (is_built_in(*wishes.model))
            state.input.reference = {ModelReference::Kind::builtIn, *wishes.model, {}};
    }
    if (wishes.trace)
        state.input.reference = {
            ModelReference::Kind::trace, QFileInfo(*wishes.trace).absoluteFilePath(), {}};
    check(wishes, state.input.reference);
    state.pinned.layer = wishes.layer.value_or(state.pinned.layer);
    state.pinned.head = wishes.head.value_or(state.pinned.head);
    if (wishes.corpus) {
        state.page = corpusPage();
        state.views[QStringLiteral("corpus-page")][QStringLiteral("corpus")] =
            QFileInfo(*wishes.corpus).absoluteFilePath();
    }
    if (wishes.page)
        state.page = pageNames().value(*wishes.page, state.page);
}

/// Tokens have numbers once there is a run.
void pinTokens(const Wishes &wishes, Session &session)
{
    if (!wishes.query && !wishes.key)
        return;
    auto *once = new QObject(&session);
    QObject::connect(&session, &Session::frameChanged, once, [&session, wishes, once] {
        if (!session.shown())
            return;
        once->deleteLater();
        once->disconnect();
        QObject::disconnect(&session, nullptr, once, nullptr);
        Selected pinned = session.selection().pinned();
        pinned.query = wishes.query.value_or(pinned.query);
        pinned.key = wishes.key.value_or(pinned.key);
        session.selection().pin(pinned);
    });
}

/// Once there is a run that the step's texts can be filled from.
void openLesson(const Wishes &wishes, Session &session, MainWindow &window)
{
    if (!wishes.lesson && !wishes.lessonFile)
        return;
    auto *once = new QObject(&session);
    QObject::connect(&session, &Session::frameChanged, once, [&session, &window, wishes, once] {
        if (!session.shown())
            return;
        QObject::disconnect(&session, nullptr, once, nullptr);
        once->deleteLater();
        if (wishes.lessonFile)
            window.openLessonFile(*wishes.lessonFile);
        else
            window.openLesson(*wishes.lesson, wishes.lessonStep);
    });
}

/// The very first sentence, in the window's language.
SessionState firstState()
{
    SessionState state;
    state.input.text = Start::tr("The animal didn't cross the street because it was too tired.");
    return state;
}

/// As the last window was closed; what cannot be read of it is said on standard error and kept.
SessionState lastState()
{
    try {
        return SessionFiles::last(firstState());
    } catch (const Error &error) {
        std::fprintf(stderr, "encoderscope: %s\n", qUtf8Printable(error.message()));
        return firstState();
    }
}

void save_picture(const QPixmap &picture, const QString &file)
{
    const QByteArray format = QFileInfo(file).suffix().toLower().toLatin1();
    if (!QImageWriter::supportedImageFormats().contains(format))
        throw Error(Start::tr("%1: the name's ending is no format of pictures.").arg(file));
    FileWriter writer(file);
    if (!picture.save(&writer, format.constData()))
        throw Error(writer.errorString());
    writer.commit();
}

/// When nothing has been under way for a while; with 1 and a message when there is nothing to show.
void end_with_screenshot(MainWindow &window, const Session &session, const SessionFiles &files,
                         const QString &file)
{
    auto *timer = new QTimer(&window);
    QObject::connect(timer, &QTimer::timeout, &window, [&window, &session, &files, file, calm = 0]() mutable {
        const QString problem = session.shown() ? QString() : files.missing() + session.frame()->problem;
        if (!problem.isEmpty() && !session.busy()) {
            std::fprintf(stderr, "encoderscope: %s\n", qUtf8Printable(problem));
            QApplication::exit(1);
            return;
        }
        const bool done = !JobQueue::anyRunning() && session.times().shown > 0.0;
        calm = done ? calm + 1 : 0;
        if (calm < 8)
            return;
        try {
            save_picture(window.grab(), file);
            QApplication::exit(0);
        } catch (const Error &error) {
            std::fprintf(stderr, "encoderscope: %s\n", error.what());
            QApplication::exit(1);
        }
    });
    timer->start(100);
}

} // namespace

int start_window(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("encoderscope"));
    QGuiApplication::setDesktopFileName(QStringLiteral("encoderscope"));
    Wishes wishes;
    SessionState state;
    bool first = false; ///< nothing was chosen before: the window opens on a head that shows something
    {
        const QCoreApplication console(argc, argv);
        installLanguage(load(setting::language));
        wishes = read(QCoreApplication::arguments().mid(1));
        if (wishes.helped)
            return 0;
        installLanguage(wishes.language.value_or(load(setting::language)));
        if (wishes.pairs)
            read_minimal_pairs(*wishes.pairs); // before there is a window, where it cannot be read
        state = wishes.session ? readSessionFile(*wishes.session, viewKinds()) : lastState();
        first = state == firstState() && !wishes.session && !wishes.trace && !wishes.layer && !wishes.head;
        apply(wishes, state);
    }

    const auto app = application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    applyTheme(wishes.theme.value_or(load(setting::theme)));
    applyInterfaceScale(load(setting::interfaceScale));
    installLanguage(wishes.language.value_or(load(setting::language)));

    Session session;
    ModelLoader loader;
    SessionFiles files(session, loader);
    MainWindow window(session, loader, files);
    window.restoreLayout();
    if (wishes.size)
        window.resize(*wishes.size);
    pinTokens(wishes, session);
    openLesson(wishes, session, window);
    files.begin(std::move(state), wishes.session.value_or(QString()), wishes.model || wishes.trace);
    if (first)
        pinHeadFor(session, {HeadPattern::previous});
    if (wishes.pairs)
        window.openPairs(*wishes.pairs);
    window.show();
    if (wishes.screenshot)
        end_with_screenshot(window, session, files, *wishes.screenshot);
    return QApplication::exec();
}

} // namespace encoderscope
