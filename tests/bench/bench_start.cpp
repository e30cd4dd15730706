// SPDX-License-Identifier: GPL-3.0-or-later
// bench_start [ROUNDS]: from starting the program to the first figure of a trace painted in its window and
// handed to the display. Each round is a process of its own, which goes the way of the real program.
#include "app/start_window.h"
#include "engine/platform/platform.h"
#include "ui/figures/figure.h"
#include "ui/pages/figure_view.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

using namespace encoderscope;

namespace
{

constexpr const char *begun_variable = "ENCODERSCOPE_BENCH_BEGUN";

qint64 now()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Says when the first figure was painted, and ends the program.
class FirstPicture : public QObject
{
public:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        auto *view = event->type() == QEvent::Paint ? qobject_cast<FigureView *>(object) : nullptr;
        if (view != nullptr && view->figure() != nullptr && !seen_) {
            seen_ = true;
            // comes after what was painted has been handed over
            QTimer::singleShot(0, this, [] {
                std::printf("%.1f\n",
                            static_cast<double>(now() - qgetenv(begun_variable).toLongLong()) / 1e6);
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        }
        return false;
    }

private:
    bool seen_ = false;
};

void watch()
{
    if (!qEnvironmentVariableIsSet(begun_variable))
        return;
    auto *watcher = new FirstPicture;
    watcher->setParent(QCoreApplication::instance());
    QCoreApplication::instance()->installEventFilter(watcher);
}
Q_COREAPP_STARTUP_FUNCTION(watch)

/// Milliseconds of one start; 0 when there was no picture.
double start_once(const QString &program)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(begun_variable), QString::number(now()));
    process.setProcessEnvironment(environment);
    process.start(program, QStringList());
    return process.waitForFinished() ? process.readAllStandardOutput().trimmed().toDouble() : 0.0;
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsSet(begun_variable)) {
        platform::reuse_freed_memory();
        QStandardPaths::setTestModeEnabled(true);
        return start_window(argc, argv);
    }
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int rounds = arguments.size() > 1 ? arguments[1].toInt() : 11;
    std::vector<double> times;
    for (int round = 0; round <= rounds; ++round) {
        const double milliseconds = start_once(QCoreApplication::applicationFilePath());
        if (milliseconds <= 0.0)
            return 1;
        if (round > 0) // the first one brings the files into memory
            times.push_back(milliseconds);
    }
    std::sort(times.begin(), times.end());
    QJsonArray all;
    for (const double time : times)
        all.append(time);
    const QJsonObject result{{QStringLiteral("benchmark"), QStringLiteral("process start to first figure")},
                             {QStringLiteral("median_ms"), times[times.size() / 2]},
                             {QStringLiteral("all_ms"), all}};
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
