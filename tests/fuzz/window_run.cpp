// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/folder_run.h"

#include "resources/translations/language.h"
#include "tests/every_page.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QStandardPaths>
#include <QStyleFactory>

#include <functional>

namespace encoderscope
{

namespace
{

/// The event loop, until it is so; the watchdog ends a wait without end.
void wait_until(const std::function<bool()> &done)
{
    while (!done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
}

void let_run(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

} // namespace

struct FolderRun::Parts {
    Parts(int &argc, char *argv[])
        : application(argc, argv)
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        installLanguage(QStringLiteral("en"));
        applyTheme(QStringLiteral("light"));
    }

    QApplication application;
    QString problem;
    Session session;
    ModelLoader loader;
    SessionFiles files{session, loader};
    MainWindow window{session, loader, files};
};

FolderRun::FolderRun(int &argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    parts_ = std::make_unique<Parts>(argc, argv);
    QObject::connect(&parts_->loader, &ModelLoader::failed, &parts_->window,
                     [this](const QString &message) { parts_->problem = message; });
    SessionState first;
    first.input.text = QStringLiteral("a b [MASK]");
    parts_->files.begin(first);
    parts_->window.resize(1000, 700);
    parts_->window.show();
    wait_until([this] { return parts_->session.model() != nullptr && !parts_->session.busy(); });
}

FolderRun::~FolderRun() = default;

QString FolderRun::open(const QString &folder)
{
    Session &session = parts_->session;
    MainWindow &window = parts_->window;
    const ModelPtr before = session.model();
    parts_->problem = QStringLiteral(""); // not null
    parts_->loader.open(folder);
    wait_until([this] { return parts_->loader.opening().isNull(); });
    wait_until([&] { return !session.busy(); });
    window.grab();
    if (session.model() == before)
        return parts_->problem;
    static constexpr int look = 20;
    look_at_every_page(window, [&window] {
        let_run(look);
        window.grab();
    });
    session.toggleHead(0, 0);
    wait_until([&] { return !session.busy(); });
    let_run(look);
    window.grab();
    session.resetSwitches();
    return {};
}

} // namespace encoderscope
