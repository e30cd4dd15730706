// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_window.h"

#include "app/command.h"
#include "app/model_option.h"
#include "engine/file_writer.h"
#include "resources/translations/language.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_settings.h"
#include "ui/state/settings.h"
#include "ui/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QImageWriter>
#include <QStyleFactory>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

namespace encoderscope
{

namespace
{

class Start
{
    Q_DECLARE_TR_FUNCTIONS(Start)
};

/// What the window is started with; what is not given is as it was when the window was last closed.
struct Arguments {
    QCommandLineOption text{QStringLiteral("text"), Start::tr("The sentence to begin with."),
                            QStringLiteral("text")};
    QCommandLineOption textB{QStringLiteral("text-b"), Start::tr("A second sentence."),
                             QStringLiteral("text")};
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
    QCommandLineOption language{QStringLiteral("language"),
                                Start::tr("The language of the window: en or ko."), QStringLiteral("code")};
    QCommandLineOption theme{QStringLiteral("theme"), Start::tr("The theme of the window: light or dark."),
                             QStringLiteral("name")};
    QCommandLineOption size{QStringLiteral("size"), Start::tr("The size of the window, such as 1280x800."),
                            QStringLiteral("size")};

    QCommandLineOption screenshot{
        QStringLiteral("screenshot"),
        Start::tr("Save a picture of the window there as soon as it shows the sentence, and end."),
        QStringLiteral("file")};

    void add_to(QCommandLineParser &parser) const
    {
        parser.addOptions(
            {text, textB, model, page, layer, head, query, key, language, theme, size, screenshot});
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
    qInstallMessageHandler(usual);
    return made;
}

/// What the arguments say, checked.
struct Wishes {
    std::optional<QString> text, textB, model, language, theme, screenshot;
    std::optional<int> page, layer, head, query, key;
    std::optional<QSize> size;
    bool helped = false;
};

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
    QCommandLineParser parser;
    parser.setApplicationDescription(Start::tr("Shows a Transformer encoder at work on a sentence."));
    const Arguments arguments;
    arguments.add_to(parser);
    Wishes wishes;
    parse(parser, QString(), given, wishes.helped);
    if (!parser.positionalArguments().isEmpty())
        throw ArgumentError(
            Start::tr("\"%1\" is not a command; one of %2 was expected, or an option: see --help.")
                .arg(parser.positionalArguments().first(), names_of_commands()));
    const auto text = [&](const QCommandLineOption &option) {
        return parser.isSet(option) ? std::optional(parser.value(option)) : std::nullopt;
    };
    wishes.text = text(arguments.text);
    wishes.textB = text(arguments.textB);
    wishes.model = text(arguments.model);
    wishes.screenshot = text(arguments.screenshot);
    wishes.language = choice(parser, arguments.language, languages());
    wishes.theme = choice(parser, arguments.theme, {QStringLiteral("light"), QStringLiteral("dark")});
    wishes.page = number(parser, arguments.page, 1);
    wishes.layer = number(parser, arguments.layer, 1);
    wishes.head = number(parser, arguments.head, 1);
    wishes.query = number(parser, arguments.query, 0);
    wishes.key = number(parser, arguments.key, 0);
    wishes.size = size(parser, arguments.size);
    return wishes;
}

void apply(const Wishes &wishes, Session &session)
{
    Selected selected = session.selection().pinned();
    selected.layer = wishes.layer.value_or(selected.layer);
    selected.head = wishes.head.value_or(selected.head);
    selected.query = wishes.query.value_or(selected.query);
    selected.key = wishes.key.value_or(selected.key);
    session.selection().pin(selected);
    if (wishes.text) {
        session.setTextB(wishes.textB.value_or(QString()));
        session.setText(*wishes.text);
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

/// When nothing has been under way for a while.
void end_with_screenshot(MainWindow &window, const Session &session, const ModelLoader &loader,
                         const QString &file)
{
    auto *timer = new QTimer(&window);
    QObject::connect(
        timer, &QTimer::timeout, &window, [&window, &session, &loader, file, calm = 0]() mutable {
            const bool done = !session.busy() && loader.opening().isNull() && session.times().shown > 0.0;
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
    {
        const QCoreApplication console(argc, argv);
        installLanguage(load(setting::language));
        wishes = read(QCoreApplication::arguments().mid(1));
    }
    if (wishes.helped)
        return 0;

    const auto app = application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    applyTheme(wishes.theme.value_or(load(setting::theme)));
    installLanguage(wishes.language.value_or(load(setting::language)));

    Session session;
    restoreSession(session);
    apply(wishes, session);
    ModelLoader loader;
    QObject::connect(&loader, &ModelLoader::opened, &session, &Session::setModel);
    MainWindow window(session, loader);
    window.restoreLayout();
    if (wishes.page)
        window.showPage(*wishes.page);
    if (wishes.size)
        window.resize(*wishes.size);
    window.show();
    const QString model = wishes.model.value_or(load(setting::modelFolder));
    if (!model.isEmpty())
        loader.open(model);
    if (wishes.screenshot)
        end_with_screenshot(window, session, loader, *wishes.screenshot);
    return QApplication::exec();
}

} // namespace encoderscope
