// SPDX-License-Identifier: GPL-3.0-or-later
// bench_open FOLDER [ROUNDS]: from asking for a checkpoint to its first painted picture in the running
// window, and the longest time for which the window's event loop was not served meanwhile. The default model
// comes back before each round.
#include "tests/bench/bench_window.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace encoderscope;

namespace
{

struct Opening {
    double shown = 0.0;   ///< milliseconds to the painted picture; 0 = it did not come
    double blocked = 0.0; ///< longest gap between calls of a timer of 1 ms
};

Opening open(ModelLoader &loader, Session &session, const QString &folder)
{
    Opening result;
    const ModelPtr before = session.model();
    QEventLoop loop;
    QElapsedTimer sinceAsked;
    QElapsedTimer sinceServed;
    QTimer served;
    served.setTimerType(Qt::PreciseTimer);
    const auto noteServed = [&] {
        result.blocked = std::max(result.blocked, static_cast<double>(sinceServed.nsecsElapsed()) / 1e6);
        sinceServed.restart();
    };
    QObject::connect(&served, &QTimer::timeout, &loop, noteServed);
    QObject::connect(&session, &Session::timesChanged, &loop, [&] {
        if (session.shown().now->model_pointer() == before)
            return;
        result.blocked = std::max(result.blocked, static_cast<double>(sinceServed.nsecsElapsed()) / 1e6);
        result.shown = static_cast<double>(sinceAsked.nsecsElapsed()) / 1e6;
        loop.quit();
    });
    QObject::connect(&loader, &ModelLoader::failed, &loop, [&](const QString &message) {
        std::fprintf(stderr, "bench_open: %s\n", qPrintable(message));
        loop.quit();
    });
    QTimer::singleShot(bench_time_limit, &loop, &QEventLoop::quit);
    sinceAsked.start();
    sinceServed.start();
    served.start(1);
    loader.open(folder);
    loop.exec();
    return result;
}

} // namespace

int main(int argc, char *argv[])
{
    const BenchApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_open FOLDER [ROUNDS]\n", stderr);
        return 2;
    }
    const int rounds = arguments.size() > 2 ? arguments[2].toInt() : 5;

    BenchWindow shown;
    auto &[session, loader, files, window] = shown;
    if (!shown.show())
        return 1;
    window.showPage(2);
    if (!shown.showText(QStringLiteral("The animal didn't cross the street because it was too tired.")))
        return 1;

    QJsonArray openings;
    for (int round = 0; round < rounds; ++round) {
        const Opening opening = open(loader, session, arguments[1]);
        if (opening.shown == 0.0)
            return 1;
        openings.append(QJsonObject{{QStringLiteral("shown_ms"), opening.shown},
                                    {QStringLiteral("longest_block_ms"), opening.blocked}});
        open(loader, session, QString());
        QTest::qWait(200);
    }
    const QJsonObject result{{QStringLiteral("benchmark"), QStringLiteral("checkpoint to painted picture")},
                             {QStringLiteral("folder"), arguments[1]},
                             {QStringLiteral("openings"), openings}};
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
