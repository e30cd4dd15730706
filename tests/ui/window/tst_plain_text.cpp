// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "tests/opened_window.h"
#include "tests/source_files.h"
#include "ui/plain_text.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/window/download_dialog.h"
#include "ui/window/main_window.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>
#include <QToolTip>

#include <set>

using namespace encoderscope;

namespace
{

/// What Qt would show as a picture, read from that file without end.
const QString hostile = QStringLiteral("<img src=\"/dev/zero\">");

/// Every word is a token that is called so.
class HostileTokenizer : public Tokenizer
{
public:
    std::vector<Token> tokenize(const QString &text) const override
    {
        std::vector<Token> tokens;
        for (qsizetype begin = 0; begin < text.size();) {
            const qsizetype space = text.indexOf(QLatin1Char(' '), begin);
            const qsizetype end = space < 0 ? text.size() : space;
            const int word = static_cast<int>(tokens.size());
            tokens.push_back({.id = 10 + word,
                              .piece = hostile,
                              .text = hostile,
                              .begin = begin,
                              .end = end,
                              .word = word,
                              .unknown = word == 1});
            begin = end + 1;
        }
        return tokens;
    }
    Specials specials() const override
    {
        const Token special{.id = 2, .piece = hostile, .text = hostile, .special = true};
        return {.before = {special}, .between = {special}, .after = {special}};
    }
    int vocabulary_size() const override { return 100; }
    QString piece(int) const override { return hostile; }
    int id(const QString &) const override { return 4; }
    int mask_id() const override { return 4; }
};

ModelPtr hostileModel()
{
    auto model = std::make_shared<Model>(*default_model());
    model->name = hostile;
    model->folder = QStringLiteral("/nowhere/") + hostile;
    model->tokenizer = std::make_shared<HostileTokenizer>();
    ClassificationHead classes;
    classes.classifier.weight = model->weights.layers[0].query.weight;
    classes.labels = QStringList(model->config.d_model, hostile);
    model->output.classification = classes;
    return model;
}

bool isPlain(const QString &toolTip)
{
    return !Qt::mightBeRichText(toolTip) || !toolTip.contains(QLatin1String("<img"));
}

/// The tool tip that a widget shows for that point.
QString toolTipAt(QWidget *widget, const QPoint &point)
{
    const QString before = QStringLiteral("before"); // a tool tip that is hidden stays readable for a while
    QToolTip::showText(widget->mapToGlobal(point), before, widget);
    QHelpEvent help(QEvent::ToolTip, point, widget->mapToGlobal(point));
    QApplication::sendEvent(widget, &help);
    return QToolTip::text() == before ? QString() : QToolTip::text();
}

} // namespace

/// A model whose name, tokens and labels look like HTML, in every view of the window.
class TestPlainText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void textIsPlain();
    void aHostileModelIsOnlyText();
    void messagesAreOnlyText();
    void menusAreOnlyText();
    void noOtherWayIsTaken();

private:
    void checkWidgets();
    int seen_ = 0;
    std::set<QString> tips_;
};

void TestPlainText::textIsPlain()
{
    QCOMPARE(plainToolTip(QStringLiteral("a < b\nc")), QStringLiteral("a < b\nc"));
    QVERIFY(!plainToolTip(hostile).contains(QLatin1String("<img")));
    QTextDocument document;
    document.setHtml(plainToolTip(hostile + QStringLiteral("\n&amp;")));
    QCOMPARE(document.toPlainText().simplified(), hostile + QStringLiteral(" &amp;"));
    QCOMPARE(withoutMnemonics(QStringLiteral("R&D")), QStringLiteral("R&&D"));
}

void TestPlainText::checkWidgets()
{
    for (QWidget *widget : QApplication::allWidgets()) {
        QVERIFY2(isPlain(widget->toolTip()), qPrintable(widget->toolTip()));
        for (const QAction *action : widget->actions())
            QVERIFY2(isPlain(action->toolTip()), qPrintable(action->toolTip()));
        if (const auto *label = qobject_cast<QLabel *>(widget)) {
            if (label->text().contains(QLatin1String("<img")))
                QCOMPARE(label->textFormat(), Qt::PlainText);
            seen_ += label->text().contains(hostile) ? 1 : 0;
        }
        if (const auto *items = qobject_cast<QAbstractItemView *>(widget); items && items->model()) {
            for (int row = 0; row < items->model()->rowCount(); ++row) {
                for (int column = 0; column < items->model()->columnCount(); ++column) {
                    const QModelIndex index = items->model()->index(row, column);
                    const QString tip = index.data(Qt::ToolTipRole).toString();
                    QVERIFY2(isPlain(tip), qPrintable(tip));
                    seen_ += tip.contains(QLatin1String("dev/zero")) ? 1 : 0;
                }
            }
        }
        if (!widget->isVisible() || widget->isWindow())
            continue;
        for (int y = 6; y < widget->height(); y += 24) {
            for (int x = 6; x < widget->width(); x += 24) {
                const QString tip = toolTipAt(widget, QPoint(x, y));
                QVERIFY2(isPlain(tip), qPrintable(tip));
                if (tip.contains(QLatin1String("dev/zero")))
                    tips_.insert(QString::fromLatin1(widget->metaObject()->className()));
            }
        }
    }
    QToolTip::hideText();
}

void TestPlainText::aHostileModelIsOnlyText()
{
    OpenedWindow opened;
    auto &[session, loader, files, window] = opened;
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    session.setModel(hostileModel());
    session.setText(QStringLiteral("one two three"));
    QTRY_VERIFY(session.shown() && session.shown().now->model().name == hostile && !session.busy());
    for (int page = 0; page < 6; ++page) {
        window.showPage(page);
        bool tabbed = false;
        for (auto *tabs : window.findChildren<QTabWidget *>()) {
            if (!tabs->isVisible())
                continue;
            tabbed = true;
            for (int tab = 0; tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                QTest::qWait(50);
                checkWidgets();
            }
        }
        if (!tabbed)
            checkWidgets();
    }
    QVERIFY2(seen_ > 3, qPrintable(QString::number(seen_)));
    // The token strip, and views of figures.
    QVERIFY2(tips_.size() >= 2, qPrintable(QString::number(tips_.size())));
}

void TestPlainText::messagesAreOnlyText()
{
    OpenedWindow opened;
    auto &[session, loader, files, window] = opened;
    window.show();
    loader.open(QStringLiteral("/nowhere/") + hostile);
    QTRY_VERIFY(window.findChild<QMessageBox *>());
    const auto *box = window.findChild<QMessageBox *>();
    QVERIFY(box->text().contains(hostile));
    QCOMPARE(box->textFormat(), Qt::PlainText);
    checkWidgets();

    auto *download = new DownloadDialog(&window);
    for (const QLabel *label : download->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    delete download;
}

void TestPlainText::menusAreOnlyText()
{
    store(setting::recentModels, QStringList{QStringLiteral("/nowhere/<b>R&D"), hostile});
    OpenedWindow opened;
    auto &[session, loader, files, window] = opened;
    bool found = false;
    for (const QToolButton *button : window.findChildren<QToolButton *>()) {
        if (!button->menu())
            continue;
        Q_EMIT button->menu()->aboutToShow();
        for (const QAction *action : button->menu()->actions()) {
            QVERIFY2(!action->toolTip().contains(QLatin1String("<b>")), qPrintable(action->toolTip()));
            QVERIFY2(isPlain(action->toolTip()), qPrintable(action->toolTip()));
            found = found || action->text().contains(QLatin1String("R&&D"));
        }
    }
    QVERIFY(found);
    store(setting::recentModels, QStringList());
}

/// What shows text goes through plain_text.h; terms that are explained are those of the program's own
/// glossary.
void TestPlainText::noOtherWayIsTaken()
{
    static const QRegularExpression ways(
        QStringLiteral("QMessageBox::(warning|information|critical|question|about)\\(|QErrorMessage|"
                       "QToolTip::showText\\((?![^;]*(plainToolTip|explained\\())[^;]*;"));
    QCOMPARE(found_in_sources({QStringLiteral("ui")}, ways, 100), QString());
}

QTEST_MAIN(TestPlainText)
#include "tst_plain_text.moc"
