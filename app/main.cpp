// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/start_window.h"
#include "engine/platform/platform.h"
#include "engine/version.h"
#include "resources/translations/language.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>

using namespace encoderscope;

namespace
{

/// The exit code of `run`, with what it throws said on standard error after `name`.
template <typename Run>
int guarded(const QByteArray &name, Run &&run)
{
    try {
        return run();
    } catch (const ArgumentError &error) {
        std::fprintf(stderr, "%s: %s\n", name.constData(), error.what());
        return 2;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s: %s\n", name.constData(), error.what());
        return 1;
    } catch (const std::bad_alloc &) {
        const QString message =
            QCoreApplication::translate("Command", "There is not enough memory for this.");
        std::fprintf(stderr, "%s: %s\n", name.constData(), qUtf8Printable(message));
        return 1;
    }
}

int print_version()
{
    std::printf("Encoderscope %s\n", qPrintable(program_version()));
    if (std::fflush(stdout) != 0)
        throw Error(QCoreApplication::translate("Command", "The output could not be written."));
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    platform::reuse_freed_memory();
    platform::keep_standard_streams();
    platform::say_errors_of_writing();
    if (argc > 1 && std::strcmp(argv[1], "--version") == 0)
        return guarded("encoderscope", [] { return print_version(); });
    const auto all = commands();
    const auto command = std::find_if(all.begin(), all.end(), [&](const Command &candidate) {
        return argc > 1 && std::strcmp(argv[1], candidate.name) == 0;
    });
    if (command == all.end())
        return guarded("encoderscope", [&] { return start_window(argc, argv); });
    std::unique_ptr<QCoreApplication> application;
    QStringList arguments;
    QTemporaryDir runtime;
    if (command->paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) // Qt warns without one
            qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
        {
            const QCoreApplication console(argc, argv); // the other one would take --session for itself
            arguments = QCoreApplication::arguments();
        }
        application = std::make_unique<QApplication>(argc, argv);
    } else {
        application = std::make_unique<QCoreApplication>(argc, argv);
        arguments = QCoreApplication::arguments();
    }
    installLanguage(QString());
    return guarded(QByteArray("encoderscope ") + command->name,
                   [&] { return command->run(arguments.mid(2)); });
}
