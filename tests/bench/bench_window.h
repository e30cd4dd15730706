// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/translations/language.h"
#include "tests/opened_window.h"
#include "ui/theme.h"

#include <QApplication>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTest>

namespace encoderscope
{

constexpr int bench_time_limit = 20000; // milliseconds

/// An application that looks the same on each machine, without the user's settings.
class BenchApplication
{
public:
    BenchApplication(int &argc, char **argv)
        : application_(argc, argv)
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        installLanguage(QStringLiteral("en"));
        applyTheme(QStringLiteral("light"));
    }

private:
    QApplication application_;
};

/// The program's window of 1280 x 800 with the default model.
struct BenchWindow : OpenedWindow {
    BenchWindow() { window.resize(1280, 800); }
    bool show()
    {
        window.show();
        return QTest::qWaitForWindowExposed(&window);
    }
    /// Waits until the picture of the text is painted.
    bool showText(const QString &text)
    {
        session.setText(text);
        if (!QTest::qWaitFor([this] { return !session.busy() && session.times().shown > 0.0; },
                             bench_time_limit))
            return false;
        QTest::qWait(300);
        return true;
    }
};

} // namespace encoderscope
