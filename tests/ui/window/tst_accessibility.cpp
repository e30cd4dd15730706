// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"
#include "ui/accessible_view.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/map/encoder_map.h"
#include "ui/pages/figure_view.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/token_strip.h"
#include "ui/window_style.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

using namespace encoderscope;

namespace
{

QString name(const QAccessibleInterface *item)
{
    return item->text(QAccessible::Name);
}

/// As WCAG 2 defines it, from 1 to 21.
double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(static_cast<double>(colour.redF())) +
               0.7152 * linear(static_cast<double>(colour.greenF())) +
               0.0722 * linear(static_cast<double>(colour.blueF()));
    };
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

} // namespace

/// What a screen reader is told, and what is seen by those who see little.
class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        session_ = std::make_unique<Session>();
        loader_ = std::make_unique<ModelLoader>();
        files_ = std::make_unique<SessionFiles>(*session_, *loader_);
        window_ = std::make_unique<MainWindow>(*session_, *loader_, *files_);
        window_->resize(1280, 800);
        window_->show();
        session_->setText(QStringLiteral("the cat sat"));
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        QTRY_VERIFY(session_->shown() && !session_->busy());
    }
    void cleanup()
    {
        window_.reset();
        files_.reset();
        loader_.reset();
        session_.reset();
    }

    void headsOfTheMapHaveNameAndState();
    void tokensAreAList();
    void cellsOfHeatmapsHaveRowColumnAndValue();
    void hiddenTokensAreNoCells();
    void chartsAreTables();
    void itemsThatAreGoneAreInvalid();
    void choosersHaveLabels();
    void highContrastIsHigh();
    void uncheckedBoxesAreSeen_data();
    void uncheckedBoxesAreSeen();
    void chosenButtonsAreSeen_data() { uncheckedBoxesAreSeen_data(); }
    void chosenButtonsAreSeen();

private:
    /// The heatmap of the page, or what is none.
    FigureView *shownFigure(bool heatmap);
    QAccessibleInterface *view(QWidget *widget) { return QAccessible::queryAccessibleInterface(widget); }

    std::unique_ptr<Session> session_;
    std::unique_ptr<ModelLoader> loader_;
    std::unique_ptr<SessionFiles> files_;
    std::unique_ptr<MainWindow> window_;
};

void TestAccessibility::headsOfTheMapHaveNameAndState()
{
    auto *map = window_->findChild<EncoderMap *>();
    QAccessibleInterface *list = view(map);
    QCOMPARE(list->role(), QAccessible::List);
    const EncoderConfig &config = session_->model()->config;
    // Output, a switch for each number of a head, layers with attention, heads and FFN, positions, embedding.
    QCOMPARE(list->childCount(), 3 + config.heads + config.layers * (3 + config.heads));
    QAccessibleInterface *head = nullptr;
    for (int index = 0; index < list->childCount(); ++index) {
        QVERIFY(!name(list->child(index)).isEmpty());
        if (name(list->child(index)) == QStringLiteral("Layer 2, head 3"))
            head = list->child(index);
    }
    QVERIFY(head != nullptr);
    QCOMPARE(list->indexOfChild(head), list->indexOfChild(list->child(list->indexOfChild(head))));
    QCOMPARE(head->parent(), list);
    QVERIFY(head->state().checkable && head->state().checked);
    QVERIFY(head->text(QAccessible::Description).contains(QStringLiteral("concatenation")));
    QVERIFY(
        map->viewport()->rect().translated(map->viewport()->mapToGlobal(QPoint())).intersects(head->rect()));
    const QPoint inside = head->rect().center();
    if (!head->state().offscreen)
        QCOMPARE(list->childAt(inside.x(), inside.y()), head);

    const HeadStatistics statistics = head_statistics(*session_->shown().now, 1, 2);
    QCOMPARE(head->text(QAccessible::Value), patternName(pattern_of(statistics)));

    head->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(!session_->switches().head_on(1, 2));
    QVERIFY(!head->state().checked);
    QCOMPARE(head->text(QAccessible::Value), QStringLiteral("switched off"));
}

void TestAccessibility::tokensAreAList()
{
    auto *strip = window_->findChild<TokenStrip *>();
    QAccessibleInterface *list = view(strip);
    const Trace &trace = *session_->shown().now;
    QCOMPARE(list->childCount(), trace.tokens());
    for (int token = 0; token < trace.tokens(); ++token) {
        QVERIFY(name(list->child(token)).contains(trace.token(token).text));
        QVERIFY(list->child(token)->text(QAccessible::Description).contains(trace.token(token).piece));
    }
    list->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(session_->selection().pinned().query, 2);
    QVERIFY(list->child(2)->state().selected);
    QCOMPARE(list->child(2)->text(QAccessible::Value), QStringLiteral("query"));
    session_->setHidesSpecial(true);
    QCOMPARE(list->childCount(), trace.tokens() - 2);
}

FigureView *TestAccessibility::shownFigure(bool heatmap)
{
    for (FigureView *one : window_->findChildren<FigureView *>()) {
        const bool shown = one->isVisible() && !one->visibleRegion().isEmpty();
        if (shown && one->figure() && (one->figure()->heatmap() != nullptr) == heatmap)
            return one;
    }
    return nullptr;
}

void TestAccessibility::cellsOfHeatmapsHaveRowColumnAndValue()
{
    window_->showPage(2);
    FigureView *heatmap = shownFigure(true);
    QVERIFY(heatmap != nullptr);
    const Trace &trace = *session_->shown().now;
    QAccessibleInterface *table = view(heatmap);
    QCOMPARE(table->role(), QAccessible::Table);
    QVERIFY(table->tableInterface() != nullptr);
    QCOMPARE(table->tableInterface()->rowCount(), trace.tokens());
    QCOMPARE(table->tableInterface()->columnCount(), trace.tokens());
    QAccessibleInterface *cell = table->tableInterface()->cellAt(2, 1);
    QVERIFY(cell != nullptr);
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 2);
    QCOMPARE(cell->tableCellInterface()->columnIndex(), 1);
    QCOMPARE(name(cell),
             QStringLiteral("query 2 %1, key 1 %2").arg(trace.token(2).text, trace.token(1).text));
    const Selected &pinned = session_->selection().pinned();
    const float weight = trace.attention_weights(pinned.layer, pinned.head)(2, 1);
    QVERIFY(std::abs(cell->text(QAccessible::Value).toDouble() - static_cast<double>(weight)) < 1e-4);
    QVERIFY(cell->text(QAccessible::Description).contains(QStringLiteral("attention weight")));
    const QPoint inside = cell->rect().center();
    QCOMPARE(table->childAt(inside.x(), inside.y()), cell);
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(session_->selection().pinned().query, 2);
    QCOMPARE(session_->selection().pinned().key, 1);
    QVERIFY(cell->state().selected);
    QCOMPARE(table->tableInterface()->cellAt(trace.tokens(), 0), nullptr);
}

void TestAccessibility::hiddenTokensAreNoCells()
{
    window_->showPage(2);
    session_->setHidesSpecial(true);
    QTRY_VERIFY(!session_->busy());
    FigureView *heatmap = shownFigure(true);
    QVERIFY(heatmap != nullptr);
    const Trace &trace = *session_->shown().now;
    QAccessibleTableInterface *table = view(heatmap)->tableInterface();
    QCOMPARE(table->rowCount(), trace.tokens() - 2);
    QAccessibleInterface *cell = table->cellAt(1, 0);
    QVERIFY2(name(cell).startsWith(QStringLiteral("query 2 ") + trace.token(2).text), qPrintable(name(cell)));
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(session_->selection().pinned().query, 2);
    QCOMPARE(session_->selection().pinned().key, 1);
}

void TestAccessibility::chartsAreTables()
{
    window_->showPage(1);
    FigureView *chart = shownFigure(false);
    QVERIFY(chart != nullptr);
    const Table numbers = chart->figure()->table();
    QAccessibleTableInterface *table = view(chart)->tableInterface();
    QVERIFY(table != nullptr);
    QCOMPARE(table->columnCount(), static_cast<int>(numbers.columns.size()));
    QCOMPARE(table->rowCount(), static_cast<int>(std::min<std::size_t>(numbers.rows.size(), 2'000)));
    QCOMPARE(table->columnDescription(1), numbers.columns[1]);
    QCOMPARE(table->cellAt(0, 0)->text(QAccessible::Value), numbers.rows[0][0].toString());
    QVERIFY(!table->cellAt(0, table->columnCount() - 1)->text(QAccessible::Value).isEmpty());
}

void TestAccessibility::itemsThatAreGoneAreInvalid()
{
    QAccessibleInterface *list = view(window_->findChild<TokenStrip *>());
    QAccessibleInterface *last = list->child(list->childCount() - 1);
    QVERIFY(last->isValid());
    session_->setText(QStringLiteral("a"));
    QTRY_VERIFY(list->childCount() < 5 && !session_->busy());
    QVERIFY(!last->isValid());
    QVERIFY(last->state().invalid);
    QVERIFY(name(last).isEmpty());
    QVERIFY(list->child(list->childCount()) == nullptr);
}

void TestAccessibility::choosersHaveLabels()
{
    for (QComboBox *box : window_->findChildren<QComboBox *>()) {
        const auto relations = view(box)->relations(QAccessible::Label);
        const bool labelled = !relations.isEmpty() && !name(relations.first().first).isEmpty();
        QVERIFY2(labelled || !box->accessibleName().isEmpty(),
                 qPrintable(box->objectName() + box->currentText()));
    }
}

void TestAccessibility::highContrastIsHigh()
{
    const QPalette palette = contrastPalette();
    using Role = QPalette::ColorRole;
    for (const auto &[text, ground] : {std::pair<Role, Role>(QPalette::WindowText, QPalette::Window),
                                       {QPalette::Text, QPalette::Base},
                                       {QPalette::Text, QPalette::AlternateBase},
                                       {QPalette::ButtonText, QPalette::Button},
                                       {QPalette::BrightText, QPalette::Window},
                                       {QPalette::Link, QPalette::Base},
                                       {QPalette::PlaceholderText, QPalette::Base},
                                       {QPalette::ToolTipText, QPalette::ToolTipBase},
                                       {QPalette::HighlightedText, QPalette::Highlight}})
        QVERIFY(contrast(palette.color(text), palette.color(ground)) >= 7.0);
    QCOMPARE(themeOf(palette), Theme::dark);
}

void TestAccessibility::uncheckedBoxesAreSeen_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << windowPalette(Theme::light);
    QTest::newRow("dark") << windowPalette(Theme::dark);
    QTest::newRow("contrast") << contrastPalette();
}

void TestAccessibility::uncheckedBoxesAreSeen()
{
    QFETCH(QPalette, palette);
    QCheckBox box;
    WindowStyle style;
    box.setStyle(&style);
    box.setPalette(palette);
    box.resize(20, 20);
    const QImage image = box.grab().toImage();
    int seen = 0;
    for (int x = 0; x < image.width(); ++x)
        seen +=
            contrast(image.pixelColor(x, image.height() / 2), palette.color(QPalette::Window)) >= 3.0 ? 1 : 0;
    QVERIFY2(seen >= 2, qPrintable(QString::number(seen))); // both sides of the box
}

void TestAccessibility::chosenButtonsAreSeen()
{
    QFETCH(QPalette, palette);
    QPushButton button;
    WindowStyle style;
    button.setStyle(&style);
    button.setPalette(palette);
    button.setCheckable(true);
    button.resize(60, 24);
    const QImage before = button.grab().toImage();
    button.setChecked(true);
    const QImage chosen = button.grab().toImage();
    int seen = 0;
    for (int x = 0; x < chosen.width(); ++x) {
        const QPoint at(x, chosen.height() / 2);
        seen += chosen.pixelColor(at) != before.pixelColor(at) &&
                        contrast(chosen.pixelColor(at), palette.color(QPalette::Window)) >= 3.0
                    ? 1
                    : 0;
    }
    QVERIFY2(seen >= 2, qPrintable(QString::number(seen))); // both sides of the button
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
