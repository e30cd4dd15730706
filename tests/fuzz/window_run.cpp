// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/folder_run.h"

#include "resources/translations/language.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/page.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QImage>
#include <QMessageBox>
#include <QSlider>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTabWidget>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>

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

/// What a user would choose next, by a folder's number: the same on every machine.
class Choices
{
public:
    explicit Choices(unsigned number)
        : random_(number)
    {
    }
    /// From 0 to count - 1.
    int below(int count)
    {
        return count < 1 ? 0 : static_cast<int>(random_() % static_cast<unsigned>(count));
    }
    bool half() { return below(2) == 0; }

private:
    std::mt19937 random_;
};

} // namespace

struct FolderRun::Parts {
    Parts(int &argc, char *argv[]);

    void settle();
    void type(Choices &choices);
    void switchSomething(Choices &choices);
    void choose(const QWidget &page, Choices &choices);
    void look(Page &page);
    void lookAtPages(Choices &choices);

    QApplication application;
    QString problem;
    Session session;
    ModelLoader loader;
    SessionFiles files{session, loader};
    MainWindow window{session, loader, files};
    SessionState first;             ///< what every folder is opened in
    std::map<QString, int> painted; ///< how often each view was, with a figure
    int late = 0;                   ///< how often one was left before its figure was there
};

FolderRun::Parts::Parts(int &argc, char *argv[])
    : application(argc, argv)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    installLanguage(QStringLiteral("en"));
    applyTheme(QStringLiteral("light"));
    QObject::connect(&loader, &ModelLoader::failed, &window,
                     [this](const QString &message) { problem = message; });
    files.begin(first);
    window.resize(1000, 700);
    window.show();
    wait_until([this] { return session.model() != nullptr; });
    settle();
    first = session.state();
}

void FolderRun::Parts::settle()
{
    wait_until([this] { return !session.busy(); });
}

void FolderRun::Parts::type(Choices &choices)
{
    const QStringList texts = {QStringLiteral("a b [MASK]"), QStringLiteral("the cat sat on the mat"),
                               QStringLiteral("나는 어제"), QStringLiteral("x")};
    const QString text = texts[choices.below(static_cast<int>(texts.size()))];
    session.setTexts(text, choices.half() ? QStringLiteral("a cat") : QString(), QString());
    session.setHidesSpecial(choices.half());
    settle();
}

void FolderRun::Parts::switchSomething(Choices &choices)
{
    const EncoderConfig &config = session.model()->config;
    const int layer = choices.below(config.layers);
    const int head = choices.below(config.heads);
    const std::array<std::function<void()>, 6> all = {
        [] {},
        [&] { session.toggleHead(layer, head); },
        [&] { session.toggleAttention(layer); },
        [&] { session.toggleFeedForward(layer); },
        [&] { session.toggleLayer(layer); },
        [&] { session.togglePositions(); },
    };
    all[static_cast<std::size_t>(choices.below(static_cast<int>(all.size())))]();
    session.setComparison(std::array{Comparison::now, Comparison::before,
                                     Comparison::difference}[static_cast<std::size_t>(choices.below(3))]);
    settle();
    if (session.shown())
        session.selection().pin({.layer = choices.below(config.layers),
                                 .head = choices.below(config.heads),
                                 .query = choices.below(static_cast<int>(session.shown().trace().tokens())),
                                 .key = choices.below(static_cast<int>(session.shown().trace().tokens())),
                                 .dimension = choices.below(config.d_model),
                                 .neuron = choices.below(config.d_ff)});
}

/// Half of the choices on the page, each at random.
void FolderRun::Parts::choose(const QWidget &page, Choices &choices)
{
    const auto usable = [&](const QWidget *widget) {
        return widget->isVisibleTo(&page) && widget->isEnabled() && choices.half();
    };
    for (QComboBox *box : page.findChildren<QComboBox *>()) {
        if (usable(box))
            box->setCurrentIndex(choices.below(box->count()));
    }
    for (QCheckBox *box : page.findChildren<QCheckBox *>()) {
        if (usable(box))
            box->toggle();
    }
    for (QSlider *slider : page.findChildren<QSlider *>()) {
        if (usable(slider))
            slider->setValue(slider->minimum() + choices.below(slider->maximum() - slider->minimum() + 1));
    }
    settle();
}

/// Paints the page, once its figures are there: those that take longer are left, as a user would who goes on.
void FolderRun::Parts::look(Page &page)
{
    constexpr int patience = 300;
    QElapsedTimer clock;
    clock.start();
    page.grab();
    wait_until([&] { return !page.late() || clock.elapsed() > patience; });
    page.grab();
    late += page.late() ? 1 : 0;
    for (CatalogueView *view : page.findChildren<CatalogueView *>()) {
        if (view->isVisible() && view->figure())
            ++painted[view->name()];
    }
}

/// Each page with two of its tabs.
void FolderRun::Parts::lookAtPages(Choices &choices)
{
    for (int number = 0; number < static_cast<int>(window.pageTitles().size()); ++number) {
        window.showPage(number);
        const QList<Page *> pages = window.findChildren<Page *>();
        Page &page = **std::find_if(pages.begin(), pages.end(), std::mem_fn(&QWidget::isVisible));
        const QList<QTabWidget *> tabs = page.findChildren<QTabWidget *>();
        for (int time = 0; time < (tabs.isEmpty() ? 1 : 2); ++time) {
            for (QTabWidget *one : tabs) {
                int tab = choices.below(one->count());
                while (!one->isTabVisible(tab))
                    tab = (tab + 1) % one->count();
                one->setCurrentIndex(tab);
            }
            choose(page, choices);
            look(page);
        }
    }
    window.grab();
}

FolderRun::FolderRun(int &argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LOGGING_RULES", "qt.qpa.*=false");
    QStandardPaths::setTestModeEnabled(true);
    parts_ = std::make_unique<Parts>(argc, argv);
}

FolderRun::~FolderRun() = default;

QString FolderRun::open(const QString &folder)
{
    Parts &parts = *parts_;
    parts.session.begin(parts.first);
    parts.settle();
    const ModelPtr before = parts.session.model();
    parts.problem = QStringLiteral(""); // not null
    parts.loader.open(folder);
    wait_until([&parts] { return parts.loader.opening().isNull(); });
    parts.settle();
    for (QMessageBox *box : parts.window.findChildren<QMessageBox *>())
        box->close();
    return parts.session.model() == before ? parts.problem : QString();
}

void FolderRun::use(unsigned number)
{
    Choices choices(number);
    parts_->type(choices);
    parts_->switchSomething(choices);
    parts_->lookAtPages(choices);
}

QString FolderRun::report() const
{
    QStringList views;
    for (const auto &[name, count] : parts_->painted)
        views.append(QStringLiteral("%1 %2").arg(name).arg(count));
    return QStringLiteral("painted: %1; left before they were there: %2")
        .arg(views.join(QStringLiteral(", ")))
        .arg(parts_->late);
}

} // namespace encoderscope
