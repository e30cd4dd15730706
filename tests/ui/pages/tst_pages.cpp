// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"
#include "engine/analysis/head_statistics.h"
#include "engine/analysis/rollout.h"
#include "engine/analysis/weights.h"
#include "engine/forward/embedding.h"
#include "tests/ui/headed_model.h"
#include "tests/ui/pages/shown_page.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/figures/catalogue/position_figures.h"
#include "ui/pages/attention_page.h"
#include "ui/pages/corpus_page.h"
#include "ui/pages/embedding_page.h"
#include "ui/pages/feed_forward_page.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/head_table_view.h"
#include "ui/pages/output_page.h"
#include "ui/pages/positions_page.h"
#include "ui/pages/token_table.h"
#include "ui/pages/weights_page.h"
#include "ui/pages/why_page.h"
#include "ui/pages/wrapping_row.h"
#include "ui/worked/worked_example.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSplitter>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <set>

using namespace encoderscope;

namespace
{

bool anyLabelContains(const QWidget &page, const QString &text)
{
    const auto labels = page.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void attentionCellIsHoveredAndPinned()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        QVERIFY(view);
        const Matrix weights = shown.trace().attention_weights(0, 0);
        Selection &selection = shown.session.selection();

        QTest::mouseMove(view, cellPoint(*view, 2, 5));
        QCOMPARE(selection.hovered(), (Selected{.layer = 0, .head = 0, .query = 2, .key = 5}));
        const auto hit = view->hitAt(cellPoint(*view, 2, 5));
        QVERIFY(hit);
        QCOMPARE(float(hit->value), weights(2, 5));
        QVERIFY(anyLabelContains(shown.page, hit->description));

        QTest::mouseClick(view, Qt::LeftButton, {}, cellPoint(*view, 2, 5));
        QCOMPARE(selection.pinned().query, 2);
        QCOMPARE(selection.pinned().key, 5);
        QTest::mouseClick(view, Qt::LeftButton, {}, cellPoint(*view, 2, 5));
        QCOMPARE(selection.pinned().key, -1);
        QCOMPARE(selection.pinned().query, 2);

        view->setFocus();
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(selection.pinned().query, 3);
        QCOMPARE(selection.pinned().key, 0);
    }

    void tabsAreCutWhereTheyDoNotFit()
    {
        FittingTabs tabs;
        const QStringList titles{QStringLiteral("Tokens"), QStringLiteral("Heads and layers"),
                                 QStringLiteral("Patching"), QStringLiteral("Similarity of all tokens")};
        for (const QString &title : titles)
            tabs.addTab(new QWidget, title);
        const QTabBar &bar = *tabs.tabBar();
        const auto right = [&] { return bar.tabRect(bar.count() - 1).right(); };
        tabs.resize(1000, 200);
        tabs.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tabs));
        QList<int> whole;
        for (int tab = 0; tab < bar.count(); ++tab)
            whole.append(bar.tabRect(tab).width());
        const int all = right();
        QVERIFY(all < 1000);
        tabs.resize(all - 60, 200);
        QTRY_VERIFY2(right() < tabs.width(), qPrintable(QString::number(right())));
        QVERIFY(right() >= tabs.width() - 12);      // no narrower than it has to be
        QCOMPARE(bar.tabRect(0).width(), whole[0]); // the longest gives way
        for (const QToolButton *button : bar.findChildren<QToolButton *>())
            QVERIFY(!button->isVisible());
        tabs.resize(1000, 200);
        QTRY_COMPARE(bar.tabRect(3).width(), whole[3]);
    }

    void aDeckShowsItsPartsTogetherOrOneByOne()
    {
        auto *inner = new QSplitter(Qt::Horizontal);
        auto *outer = new QSplitter(Qt::Vertical);
        QList<QWidget *> parts;
        for (int part = 0; part < 3; ++part)
            parts.append(new QPlainTextEdit);
        outer->addWidget(parts[0]);
        outer->addWidget(inner);
        inner->addWidget(parts[1]);
        inner->addWidget(parts[2]);
        FigureDeck deck(outer);
        deck.setTitles({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")});
        deck.resize(600, 400);
        deck.show();
        outer->setSizes({100, 300});
        QVERIFY(QTest::qWaitForWindowExposed(&deck));
        const QSize before = parts[2]->size();
        const QList<int> sizes = outer->sizes();
        QSignalSpy shown(&deck, &FigureDeck::partShown);

        deck.setFolded(true);
        auto *tabs = deck.findChild<QTabWidget *>();
        QVERIFY(tabs && tabs->count() == 3);
        QCOMPARE(tabs->tabText(2), QStringLiteral("three"));
        QVERIFY(parts[0]->isVisible() && !parts[1]->isVisible());
        deck.reveal(parts[2]);
        QTRY_VERIFY(parts[2]->isVisible() && parts[2]->height() > 300 && parts[2]->width() > 560);
        deck.setPartVisible(parts[0], false);
        QVERIFY(!tabs->isTabVisible(0));

        deck.setFolded(false);
        QTRY_VERIFY(parts[1]->isVisible() && parts[2]->isVisible());
        QVERIFY(!parts[0]->isVisible());
        deck.setPartVisible(parts[0], true);
        outer->setSizes(sizes);
        QTRY_COMPARE(parts[2]->size(), before);
        QCOMPARE(outer->indexOf(parts[0]), 0);
        QCOMPARE(inner->indexOf(parts[2]), 1);
        QVERIFY(shown.count() >= 3);
        deck.reveal(parts[1]); // nothing to do
    }

    void aPageIsFilledOnceForEachFrame()
    {
        class CountingPage : public Page
        {
        public:
            explicit CountingPage(Session &session)
                : Page(session, nullptr)
            {
            }
            void retranslate() override {}
            void refresh() override { ++filled; }
            int filled = 0;
        };
        Session session;
        std::unique_ptr<CountingPage> page;
        // Shown with the frame, as the window does, before it hears of it.
        connect(&session, &Session::frameChanged, this, [&] { page->setVisible(session.text().size() > 3); });
        page = std::make_unique<CountingPage>(session);
        const auto settle = [&](const QString &text) {
            session.setText(text);
            QVERIFY(QTest::qWaitFor([&] { return session.shown() && !session.busy(); }));
            QTest::qWait(20);
        };
        settle(QStringLiteral("the"));
        QCOMPARE(page->filled, 0);
        settle(QStringLiteral("the cat"));
        QCOMPARE(page->filled, 1);
        settle(QStringLiteral("the cats"));
        QCOMPARE(page->filled, 2);
        page->hide();
        page->show();
        QCOMPARE(page->filled, 2);
        QEvent translated(QEvent::LanguageChange);
        QApplication::sendEvent(page.get(), &translated);
        QCOMPARE(page->filled, 3);
    }

    void controlsGoOnInAnotherLine()
    {
        QWidget window;
        auto *row = new WrappingRow;
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addLayout(row);
        layout->addStretch(1);
        QList<QWidget *> fields;
        for (int i = 0; i < 3; ++i) {
            auto *box = new QComboBox;
            box->addItem(QStringLiteral("something that is long %1").arg(i));
            auto *label = new QLabel(QStringLiteral("Choice %1:").arg(i));
            label->setBuddy(box);
            row->addWidget(label);
            row->addWidget(box);
            fields << label << box;
        }
        row->addStretch();
        auto *last = new QLabel(QStringLiteral("at the right"));
        row->addWidget(last);
        fields << last;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const int all = row->sizeHint().width();
        QVERIFY(row->minimumSize().width() < all / 2);
        int lines = 0;
        for (const int width : {all + 100, all - 1, all / 2, all / 3 + 20}) {
            window.resize(width, 300);
            QCoreApplication::processEvents();
            ++lines; // one more each time
            QCOMPARE(row->geometry().height(), row->heightForWidth(width));
            const int pitch = row->geometry().height() / lines;
            std::set<int> seen;
            for (int i = 0; i < fields.size(); ++i) {
                const QRect place = fields[i]->geometry();
                QVERIFY2(place.width() >= fields[i]->sizeHint().width(), qPrintable(QString::number(width)));
                QVERIFY(window.rect().contains(place));
                seen.insert(place.center().y() / pitch);
                for (int other = 0; other < i; ++other)
                    QVERIFY(!place.intersects(fields[other]->geometry()));
                if (i % 2 == 1) // a label and its field
                    QVERIFY(std::abs(place.center().y() - fields[i - 1]->geometry().center().y()) <= 1);
            }
            QCOMPARE(static_cast<int>(seen.size()), lines);
            QCOMPARE(last->geometry().right(), width - 1);
        }
        fields[2]->hide();
        fields[3]->hide();
        QCoreApplication::processEvents();
        QCOMPARE(row->heightForWidth(all / 3 + 20), row->geometry().height());
    }

    void whatTheLastTabShowsHasRoom()
    {
        Shown<FeedForwardPage> shown;
        QVERIFY(shown.ready());
        shown.page.resize(500, 460); // beside the course in a small window
        auto *heatmap = shown.page.findChild<FigureView *>(QStringLiteral("feed-forward"));
        auto *strongest = shown.page.findChild<FigureView *>(QStringLiteral("neurons"));
        auto *separation = shown.page.findChild<FigureView *>(QStringLiteral("separation"));
        const auto choose = [&](const char *tab) {
            shown.session.setParameter(QStringLiteral("feed-forward-page"), QStringLiteral("tab"),
                                       QLatin1String(tab));
            QCoreApplication::processEvents();
        };
        const int before = heatmap->height();
        choose("separation");
        QVERIFY(separation->isVisible() && !strongest->isVisible() && !heatmap->isVisible());
        QVERIFY2(separation->width() > 460 && separation->height() > 280,
                 qPrintable(QStringLiteral("%1 × %2").arg(separation->width()).arg(separation->height())));
        choose("neuron");
        QVERIFY(strongest->isVisible() && heatmap->isVisible());
        QVERIFY(std::abs(heatmap->height() - before) <= 2);
    }

    void whatIsHoveredElsewhereIsEmphasised()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        shown.session.selection().hover({.query = 1, .key = 4});
        QCOMPARE(view->emphasis().hoveredRow, 1);
        QCOMPARE(view->emphasis().hoveredColumn, 4);
        shown.session.selection().unhover();
        QCOMPARE(view->emphasis().hoveredRow, -1);
    }

    void quantityAndHeadsAreChosen()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        const auto boxes = shown.page.findChildren<QComboBox *>();
        QCOMPARE(boxes.size(), 3);
        boxes[0]->setCurrentIndex(2); // raw scores
        FigureView *view = visibleHeatmap(shown.page);
        const auto hit = view->hitAt(cellPoint(*view, 3, 1));
        QCOMPARE(float(hit->value), shown.trace().raw_scores(0, 0)(3, 1));
    }

    void clickInTheGridOpensTheHead()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        auto *tabs = shown.page.findChild<QTabWidget *>();
        tabs->setCurrentIndex(2);
        auto *grid = qobject_cast<FigureView *>(tabs->currentWidget());
        QVERIFY(grid);
        QVERIFY(QTest::qWaitFor([grid] { return grid->isVisible() && grid->width() > 200; }));
        const int wanted = 2 * shown.trace().heads() + 1;
        QPoint found(-1, -1);
        for (int y = 0; y < grid->height() && found.x() < 0; y += 3) {
            for (int x = 0; x < grid->width(); x += 3) {
                const auto hit = grid->hitAt(QPointF(x, y));
                if (hit && hit->panel == wanted) {
                    found = QPoint(x + 2, y + 2);
                    break;
                }
            }
        }
        QVERIFY(found.x() >= 0);
        QTest::mouseClick(grid, Qt::LeftButton, {}, found);
        QCOMPARE(shown.session.selection().pinned().layer, 2);
        QCOMPARE(shown.session.selection().pinned().head, 1);
        QCOMPARE(tabs->currentIndex(), 0);
    }

    void rolloutLeavesOutHiddenSpecials()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        auto *tabs = shown.page.findChild<QTabWidget *>();
        tabs->setCurrentIndex(5);
        auto *view = qobject_cast<FigureView *>(tabs->currentWidget());
        QVERIFY(view);
        const auto columns = [view] { return view->figure() ? view->figure()->heatmap()->columns : 0; };
        QTRY_COMPARE(columns(), shown.trace().tokens());
        shown.session.setHidesSpecial(true);
        QTRY_COMPARE(columns(), shown.trace().tokens() - 2);
        const HeatmapData &map = *view->figure()->heatmap();
        const Matrix shares = map.values(0, map.rows);
        const Matrix all = attention_rollout(shown.trace(), shown.session.selection().pinned().layer);
        for (Index row = 0; row < shares.rows(); ++row) {
            const RowVector words = all.row(row + 1).segment(1, shares.cols());
            QVERIFY((shares.row(row) - words / words.sum()).cwiseAbs().maxCoeff() < 1e-5F);
        }
    }

    void headFiguresAreThoseOfTheTrace()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        const HeadStatistics statistics = head_statistics(shown.trace(), 0, 0);
        QVERIFY(anyLabelContains(shown.page, headSummary(statistics)));
        HeadTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setStatistics(head_statistics(shown.trace()), shown.trace().heads());
        QCOMPARE(model.rowCount(), shown.trace().layers() * shown.trace().heads());
        QCOMPARE(model.index(0, HeadTableModel::entropy).data(Qt::UserRole).toFloat(),
                 statistics.entropy.value());
    }

    void headStatisticsAreNeverCut()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        shown.page.findChild<QTabWidget *>()->setCurrentIndex(6);
        const auto *table = shown.page.findChild<QTableView *>();
        QTRY_VERIFY(table->model()->rowCount() > 0);
        for (const int width : {400, 1600}) {
            shown.page.resize(width, 600);
            QTRY_VERIFY(std::abs(table->width() - shown.page.width()) < 100);
            int all = 0;
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                QVERIFY(table->columnWidth(column) >= table->horizontalHeader()->sectionSizeHint(column));
                for (int row = 0; row < table->model()->rowCount(); ++row) {
                    const QString text = table->model()->index(row, column).data().toString();
                    QVERIFY(table->columnWidth(column) > table->fontMetrics().horizontalAdvance(text) + 6);
                }
                all += table->columnWidth(column);
            }
            QCOMPARE(all > table->viewport()->width(), width < 1000);
        }
    }

    void tokensAreShownAsTextPiecesAndIds()
    {
        Shown<EmbeddingPage> shown;
        QVERIFY(shown.ready());
        auto *table = shown.page.findChild<TokenTable *>();
        QCOMPARE(table->model()->columnCount(), shown.trace().tokens());
        for (int token = 0; token < shown.trace().tokens(); ++token) {
            QCOMPARE(table->model()->index(TokenTableModel::piece, token).data().toString(),
                     shown.trace().token(token).piece);
            QCOMPARE(table->model()->index(TokenTableModel::id, token).data().toInt(),
                     shown.trace().token(token).id);
        }
        QVERIFY(table->viewport()->rect().contains(
            table->visualRect(table->model()->index(TokenTableModel::id, 0))));
        QCOMPARE(table->model()->index(TokenTableModel::word, 1).data().toString(), QStringLiteral("the"));
        const QRect cell = table->visualRect(table->model()->index(TokenTableModel::piece, 2));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
        QCOMPARE(shown.session.selection().pinned().query, 2);

        auto *pieces = shown.page.findChildren<QComboBox *>().front();
        QCOMPARE(pieces->count(), 3);
        QCOMPARE(pieces->currentText(), QStringLiteral("Subwords"));
        QTest::keyClick(pieces, Qt::Key_Down);
        QCOMPARE(pieces->currentText(), QStringLiteral("Words"));
        QCOMPARE(int(shown.session.tokenization()), int(Tokenization::word));
        QTest::keyClick(pieces, Qt::Key_Down);
        QCOMPARE(int(shown.session.tokenization()), int(Tokenization::character));
    }

    void embeddingStagesAreThoseOfTheModel()
    {
        Shown<EmbeddingPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        QVERIFY(view);
        const auto hit = view->hitAt(cellPoint(*view, 1, 7));
        QCOMPARE(float(hit->value), shown.trace().embedding().token(1, 7));
        QTest::mouseMove(view, cellPoint(*view, 1, 7));
        QCOMPARE(shown.session.selection().hovered(), (Selected{.query = 1, .dimension = 7}));
    }

    void positionFormulaHasTheNumbers()
    {
        const ModelPtr model = Session().model();
        if (model->config.positions != Positions::sinusoidal)
            QSKIP("the default model has no sine and cosine positions");
        const int d = model->config.embedding_size;
        const Matrix table = positionTable(*model, 16);
        QCOMPARE(table.rows(), 16);
        const QString text = positionFormula(*model, table, 3, 5);
        const double expected = std::cos(3.0 / std::pow(10000.0, 4.0 / d));
        QVERIFY2(text.contains(QStringLiteral("cos(3 / 10000<sup>4/%1</sup>)").arg(d)), qPrintable(text));
        QVERIFY2(text.contains(QString::number(expected, 'f', 4).replace(QLatin1Char('-'), QChar(0x2212))),
                 qPrintable(text));
    }

    void pairsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("pairs");
        QTest::newRow("list") << QStringLiteral("0, 4 8") << QList<int>{0, 4, 8};
        QTest::newRow("range") << QStringLiteral("1-3,2") << QList<int>{1, 2, 3};
        QTest::newRow("too large") << QStringLiteral("5, 64, 60-999999") << QList<int>{5, 60, 61, 62, 63};
        QTest::newRow("rubbish") << QStringLiteral("x - ; 99999999999999") << QList<int>{};
        QTest::newRow("empty") << QString() << QList<int>{};
    }

    void pairsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, pairs);
        QCOMPARE(readPairs(text, 64), pairs);
    }

    void hoveredPositionIsPutIntoTheFormula()
    {
        Shown<PositionsPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page, shown.trace().config().embedding_size);
        QVERIFY(view);
        // Beyond the sentence: a position without a token.
        const QPoint point = cellPoint(*view, 40, 6);
        const auto hit = view->hitAt(point);
        QVERIFY(hit && hit->row > shown.trace().tokens());
        QTest::mouseMove(view, point);
        const QString formula = QStringLiteral("PE(%1, %2)").arg(hit->row).arg(hit->column);
        QVERIFY2(anyLabelContains(shown.page, formula), qPrintable(formula));
        QCOMPARE(shown.session.selection().hovered().query, -1);
        QCOMPARE(shown.session.selection().hovered().dimension, hit->column);
        QTest::mouseClick(view, Qt::LeftButton, {}, point);
        QVERIFY(shown.session.selection().pinned().query < shown.trace().tokens());
    }

    void typingLeavesPositionFiguresAlone()
    {
        Shown<PositionsPage> shown;
        QVERIFY(shown.ready());
        QList<FigurePtr> before;
        for (FigureView *view : shown.page.findChildren<FigureView *>())
            before.append(view->figure());
        shown.session.setText(sentence + QStringLiteral(" again"));
        QTRY_VERIFY(!shown.session.busy());
        QList<FigurePtr> after;
        for (FigureView *view : shown.page.findChildren<FigureView *>())
            after.append(view->figure());
        QCOMPARE(before.size(), 6);
        QVERIFY(before == after);
        shown.session.selection().pinQuery(3); // the curves have a line at the pinned position
        after.clear();
        for (FigureView *view : shown.page.findChildren<FigureView *>())
            after.append(view->figure());
        QVERIFY(before != after);
    }

    /// So that they are painted in one go with everything else that a key changes.
    void figuresAreMadeWithTheirFrame()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        const auto *view = shown.page.findChild<CatalogueView *>(QStringLiteral("attention"));
        QCoreApplication::processEvents();
        int figures = 0;
        bool made = false;
        connect(view, &FigureView::shownChanged, this, [&] { ++figures; });
        connect(&shown.session, &Session::frameChanged, this, [&] { made = made || figures > 0; });
        shown.session.setText(QStringLiteral("The dog ran."));
        QTRY_VERIFY(!shown.session.busy() && shown.trace().tokens() == 6);
        QVERIFY(made);
    }

    void activationIsSwitched()
    {
        Shown<FeedForwardPage> shown;
        QVERIFY(shown.ready());
        auto *activation = shown.page.findChildren<QComboBox *>().at(1);
        activation->setFocus();
        QTest::keyClick(activation, Qt::Key_End);
        QVERIFY(shown.session.switches().activation == Activation::identity);
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        QCOMPARE(shown.trace().layer(0).activated(1, 3), shown.trace().layer(0).expanded(1, 3));
        shown.session.undo();
        QCOMPARE(activation->currentIndex(), 0);
        for (int key = 0; key < 4; ++key)
            QTest::keyClick(activation, Qt::Key_Down);
        QVERIFY(shown.session.switches().activation == Activation::silu);
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const float before = shown.trace().layer(0).expanded(1, 3);
        const float after = shown.trace().layer(0).activated(1, 3);
        QVERIFY(std::abs(after - before / (1.0F + std::exp(-before))) < 1e-5F);
    }

    void hiddenStateIsShown()
    {
        Shown<OutputPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        QVERIFY(view);
        const auto hit = view->hitAt(cellPoint(*view, 1, 9));
        QCOMPARE(float(hit->value), shown.trace().hidden(shown.trace().layers() - 1)(1, 9));
    }

    void differenceIsShownEverywhere()
    {
        Shown<OutputPage> shown;
        QVERIFY(shown.ready());
        shown.session.toggleHead(0, 1);
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        shown.session.setComparison(Comparison::difference);
        FigureView *view = visibleHeatmap(shown.page);
        const auto hit = view->hitAt(cellPoint(*view, 2, 4));
        const int last = shown.trace().layers() - 1;
        const float difference =
            shown.session.shown().now->hidden(last)(2, 4) - shown.session.shown().before->hidden(last)(2, 4);
        QVERIFY(difference != 0.0F);
        QCOMPARE(float(hit->value), difference);
    }

    void whatHeadsSayOfTokensHasItsTabs()
    {
        Shown<OutputPage> shown;
        QVERIFY(shown.ready());
        auto *tabs = shown.page.findChild<QTabWidget *>();
        const QStringList titles{QStringLiteral("Labels"), QStringLiteral("Answer"),
                                 QStringLiteral("Replaced tokens")};
        const auto tabOf = [tabs](const QString &title) {
            int index = 0;
            while (index < tabs->count() && tabs->tabText(index) != title)
                ++index;
            return index;
        };
        for (const QString &title : titles)
            QVERIFY2(!tabs->isTabVisible(tabOf(title)), qPrintable(title)); // the default model has none

        shown.session.setModel(headedModel());
        shown.session.setTextB(QStringLiteral("it was very tired"));
        QTRY_VERIFY(!shown.session.busy() && shown.session.frame()->marks());
        const TokenMarks &marks = *shown.session.frame()->marks();
        for (const QString &title : titles) {
            QVERIFY2(tabs->isTabVisible(tabOf(title)), qPrintable(title));
            tabs->setCurrentIndex(tabOf(title));
            QVERIFY(QTest::qWaitFor([&] { return tabs->currentWidget()->isVisible(); }));
            if (title == QStringLiteral("Labels"))
                QVERIFY(anyLabelContains(shown.page, marks.labels.front().label + QStringLiteral(": “")));
            else if (title == QStringLiteral("Answer"))
                QVERIFY(anyLabelContains(shown.page, QStringLiteral("Likeliest answers: “")));
        }
        // A row of the answer's figure is a token of B, and a click pins that token.
        tabs->setCurrentIndex(tabOf(QStringLiteral("Answer")));
        FigureView *view = visibleHeatmap(shown.page, 2);
        QVERIFY(view);
        QTest::mouseClick(view, Qt::LeftButton, {}, cellPoint(*view, 1, 0));
        QCOMPARE(shown.session.selection().pinned().query, answer_tokens(shown.trace())[1]);
        QCOMPARE(shown.trace().token(shown.session.selection().pinned().query).segment, 1);
        // What was chosen stays chosen in the session, and comes back with the head.
        QCOMPARE(std::get<QString>(
                     shown.session.state().views.at(QStringLiteral("output-page")).at(QStringLiteral("tab"))),
                 QStringLiteral("answer"));
    }

    void tokensToMaskAreThereWhenTheirTabComesBack()
    {
        Shown<OutputPage> shown;
        QVERIFY(shown.ready());
        const ModelPtr withWords = shown.session.model();
        auto without = std::make_shared<Model>(*withWords);
        without->output.masked_word.reset();
        shown.session.setModel(without);
        QTRY_VERIFY(!shown.session.busy() && shown.trace().model_pointer() == without);
        // Chosen while there is no such tab, as by a session that another model is opened with.
        shown.session.setParameter(QStringLiteral("output-page"), QStringLiteral("tab"),
                                   QStringLiteral("words"));
        shown.session.setModel(withWords);
        auto *tabs = shown.page.findChild<QTabWidget *>();
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Masked words"));
        const auto *tokens = tabs->currentWidget()->findChild<QListWidget *>();
        QTRY_COMPARE(tokens->count(), shown.trace().tokens());
    }

    void weightsFollowWhatIsPinned()
    {
        Shown<WeightsPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        QVERIFY(view);
        const Model &model = shown.trace().model();
        const auto shows = [&](WeightMatrix which, int layer, int head) {
            const HeatmapData *map = view->figure() ? view->figure()->heatmap() : nullptr;
            const Matrix weights = weight_matrix(model, which, layer, head);
            return map && !view->late() && map->rows == weights.rows() && map->columns == weights.cols() &&
                   map->values(0, map->rows) == weights;
        };
        QTRY_VERIFY(shows(WeightMatrix::query, 0, 0));
        const auto hit = view->hitAt(cellPoint(*view, 5, 7));
        QCOMPARE(float(hit->value), model.weights.layers[0].query.weight.view()(7, 5));
        shown.session.selection().pinHead(2, 3);
        QTRY_VERIFY(shows(WeightMatrix::query, 2, 3));
        const auto boxes = shown.page.findChildren<QComboBox *>();
        boxes[1]->setCurrentIndex(1); // all heads
        QTRY_VERIFY(shows(WeightMatrix::query, 2, -1));
        boxes[0]->setCurrentIndex(static_cast<int>(WeightMatrix::up));
        QTRY_VERIFY(shows(WeightMatrix::up, 2, -1));
        QTest::mouseMove(view, cellPoint(*view, 5, 7));
        QCOMPARE(shown.session.selection().hovered().dimension, 5);
        QCOMPARE(shown.session.selection().hovered().neuron, 7);
        boxes[0]->setCurrentIndex(static_cast<int>(
            WeightMatrix::position_embedding)); // the default model has no table of positions
        QTRY_VERIFY(!view->figure());
    }

    void wordsAreLookedUpInTheTable()
    {
        Shown<WeightsPage> shown;
        QVERIFY(shown.ready());
        const ModelPtr model = shown.trace().model_pointer();
        shown.session.setParameter(QStringLiteral("weights-page"), QStringLiteral("tab"),
                                   QStringLiteral("words"));
        // Without a figure, as while a word is typed: no bars.
        const auto bars = [&](const char *name) {
            const auto view = shown.page.findChild<FigureView *>(QLatin1String(name));
            return view->figure() ? std::get<BarsData>(view->figure()->content) : BarsData();
        };
        // Nothing asked: the pinned token.
        shown.session.selection().pinQuery(2);
        const int id = shown.trace().token(2).id;
        const auto row = [&](int piece) {
            QList<double> values;
            for (const float value : model->weights.embedding.token.view().row(piece))
                values.append(static_cast<double>(value));
            return values;
        };
        QTRY_COMPARE(bars("word-vector").values, row(id));
        auto *field = shown.page.findChild<QLineEdit *>();
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("left"));
        const int left = model->tokenizer->id(QStringLiteral("left"));
        QTRY_COMPARE(bars("word-vector").values, row(left));
        const std::vector<NearWord> near = nearest_words(*model, left, 12);
        QTRY_COMPARE(bars("nearest-words").labels.value(3), near[3].piece);
        QCOMPARE(bars("nearest-words").values.value(3), static_cast<double>(near[3].cosine));
        auto *nearest = shown.page.findChild<FigureView *>(QStringLiteral("nearest-words"));
        Hit fourth;
        fourth.column = 3;
        Q_EMIT nearest->clicked(fourth, Qt::NoModifier);
        QTRY_COMPARE(field->text(), near[3].piece);
        QTRY_COMPARE(bars("word-vector").values, row(near[3].id));
        shown.session.setParameter(QStringLiteral("words"), QStringLiteral("word"),
                                   QStringLiteral("qqqqzzzz"));
        QTRY_VERIFY(bars("word-vector").values.isEmpty());
    }

    void costsFollowTheSliders()
    {
        Shown<WeightsPage> shown;
        QVERIFY(shown.ready());
        shown.session.setParameter(QStringLiteral("weights-page"), QStringLiteral("tab"),
                                   QStringLiteral("costs"));
        auto *view = shown.page.findChild<FigureView *>(QStringLiteral("costs"));
        const auto total = [&](int rowsFromEnd) {
            const auto rows = view->figure()->table().rows;
            return rows[rows.size() - static_cast<std::size_t>(rowsFromEnd)];
        };
        const EncoderConfig own = shown.trace().config();
        QCOMPARE(total(1)[1].toDouble(), double(total_cost(encoder_costs(own, 9)).parameters));
        QCOMPARE(total(1)[3].toDouble(),
                 double(total_cost(encoder_costs(own, shown.trace().tokens())).multiplications));
        const auto sliders = shown.page.findChildren<QSlider *>();
        QCOMPARE(sliders.size(), 5);
        sliders[0]->setValue(sliders[0]->value() + 2); // 128, 192, 256
        EncoderConfig wider = own;
        wider.d_model = wider.embedding_size = 256;
        QTRY_COMPARE(total(2)[1].toDouble(), double(total_cost(encoder_costs(wider, 9)).parameters));
        QCOMPARE(total(1)[1].toDouble(), double(total_cost(encoder_costs(own, 9)).parameters));
        shown.page.findChild<QPushButton *>()->click();
        QTRY_COMPARE(total(1)[0].toString(), QStringLiteral("all"));
        sliders[2]->setValue(2); // three heads cannot share 128
        QTRY_VERIFY(!view->figure());
    }

    void everyKindIsOnAPageAsTheCatalogueMakesIt()
    {
        Session session;
        session.setModel(headedModel());
        std::vector<std::unique_ptr<Page>> pages;
        pages.push_back(std::make_unique<EmbeddingPage>(session));
        pages.push_back(std::make_unique<PositionsPage>(session));
        pages.push_back(std::make_unique<AttentionPage>(session));
        pages.push_back(std::make_unique<FeedForwardPage>(session));
        pages.push_back(std::make_unique<OutputPage>(session));
        pages.push_back(std::make_unique<WhyPage>(session));
        pages.push_back(std::make_unique<WeightsPage>(session));
        pages.push_back(std::make_unique<CorpusPage>(session));
        session.setTexts(sentence, QStringLiteral("it was tired"), QStringLiteral("Texts"));
        QTRY_VERIFY_WITH_TIMEOUT(!session.busy() && session.shown(), 20'000);
        std::set<QString> seen;
        for (const auto &page : pages) {
            page->resize(900, 700);
            page->show();
            QVERIFY(QTest::qWaitForWindowExposed(page.get()));
            for (const FigureOrder &order : page->figures())
                seen.insert(QString::fromLatin1(order.kind->name));
            for (CatalogueView *view : page->findChildren<CatalogueView *>()) {
                for (QWidget *tab = view; tab != nullptr && tab != page.get(); tab = tab->parentWidget()) {
                    auto *tabs = qobject_cast<QTabWidget *>(
                        tab->parentWidget() ? tab->parentWidget()->parentWidget() : nullptr);
                    if (tabs && tabs->isTabVisible(tabs->indexOf(tab)))
                        tabs->setCurrentWidget(tab);
                }
                const FigurePtr own = figureOf(view->kind(), *session.frame(), view->parameters()).figure;
                if (own == nullptr || !view->isVisible())
                    continue;
                QTRY_VERIFY2_WITH_TIMEOUT(view->figure() != nullptr && !view->late(),
                                          qPrintable(view->name()), 20'000);
                QCOMPARE(view->figure()->title, own->title);
                QCOMPARE(view->figure()->table().rows, own->table().rows);
            }
            page->hide();
        }
        seen.insert(QString::fromLatin1(WorkedExample(session).kind().name));
        for (const FigureKind &kind : catalogue()) {
            const QString name = QString::fromLatin1(kind.name);
            // The positions of the text's tokens alone are a stage of the embedding on the pages.
            QVERIFY2(seen.contains(name) || name == QStringLiteral("positions"), kind.name);
        }
    }

    void theTableOfHeadsShowsWhatIsCompared()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        shown.session.setParameter(QStringLiteral("attention-page"), QStringLiteral("tab"),
                                   QStringLiteral("head-table"));
        auto *other = shown.page.findChild<HeadTableView *>(QStringLiteral("reference-heads"));
        const QList<HeadTableView *> tables = shown.page.findChildren<HeadTableView *>();
        HeadTableView *table = tables.value(tables.front() == other ? 1 : 0);
        const auto *name = shown.page.findChild<QLabel *>(QStringLiteral("heads-of"));
        const auto entropies = [](const HeadTableView *of) {
            std::vector<double> found;
            for (int row = 0; row < of->model()->rowCount(); ++row)
                found.push_back(
                    of->model()->index(row, HeadTableModel::entropy).data(Qt::UserRole).toDouble());
            return found;
        };
        const auto measured = [](const Trace &trace) {
            std::vector<double> found;
            for (const HeadStatistics &one : head_statistics(trace))
                found.push_back(static_cast<double>(one.entropy.value()));
            return found;
        };
        QTRY_COMPARE(entropies(table), measured(shown.trace()));
        QVERIFY(!other->isVisible() && !name->isVisible());
        shown.session.pinRun();
        shown.session.setText(QStringLiteral("it was too tired"));
        shown.session.setComparison(Comparison::difference);
        QTRY_VERIFY(!shown.session.busy() && shown.session.shown().difference());
        const std::vector<double> now = measured(shown.trace());
        const std::vector<double> before = measured(*shown.session.shown().before);
        QVERIFY(now != before);
        std::vector<double> difference;
        for (std::size_t head = 0; head < now.size(); ++head)
            difference.push_back(now[head] - before[head]);
        QTRY_COMPARE(entropies(table), difference);
        QVERIFY(name->isVisible() && !other->isVisible());
        const QString written =
            table->model()->index(0, HeadTableModel::entropy).data(Qt::DisplayRole).toString();
        QVERIFY2(written.front() == (difference[0] > 0.0 ? QLatin1Char('+') : QChar(0x2212)),
                 qPrintable(written));
        shown.session.setComparison(Comparison::sideBySide);
        QTRY_COMPARE(entropies(table), now);
        QTRY_VERIFY(other->isVisible());
        QTRY_COMPARE(entropies(other), before);
        shown.session.setComparison(Comparison::now);
        QTRY_VERIFY(!other->isVisible() && !name->isVisible());
    }

    void choicesAreInTheState()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        const auto boxes = shown.page.findChildren<QComboBox *>();
        boxes[1]->setCurrentIndex(1);
        const Parameters chosen = shown.session.state().views.at(QStringLiteral("attention"));
        QCOMPARE(std::get<QString>(chosen.at(QStringLiteral("heads"))), QStringLiteral("mean"));
        shown.session.setParameter(QStringLiteral("attention"), QStringLiteral("quantity"),
                                   QStringLiteral("scaled-scores"));
        QCOMPARE(boxes[0]->currentIndex(), 1);
        FigureView *view = visibleHeatmap(shown.page);
        view->zoom(2.0, cellPoint(*view, 4, 4));
        QCOMPARE(shown.session.state().zoomed.at(QStringLiteral("attention")), view->visibleCells());
        SessionState state = shown.session.state();
        state.zoomed[QStringLiteral("attention")] = QRectF(1, 2, 3, 4);
        shown.session.begin(state);
        view->figure();
        QCOMPARE(view->visibleCells(), QRectF(1, 2, 3, 4));
    }

    void tablesAreExported()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        shown.page.findChild<QTabWidget *>()->setCurrentIndex(6);
        QSignalSpy spy(&shown.page, &Page::exportRequested);
        shown.page.exportCurrent();
        QTRY_COMPARE(spy.size(), 1);
        const auto figure = spy.at(0).at(0).value<FigurePtr>();
        QCOMPARE(static_cast<int>(figure->table().rows.size()),
                 shown.trace().layers() * shown.trace().heads());
    }

    void pagesLiveThroughEmptyAndLongText()
    {
        Session session;
        std::vector<std::unique_ptr<Page>> pages;
        pages.push_back(std::make_unique<EmbeddingPage>(session));
        pages.push_back(std::make_unique<PositionsPage>(session));
        pages.push_back(std::make_unique<AttentionPage>(session));
        pages.push_back(std::make_unique<FeedForwardPage>(session));
        pages.push_back(std::make_unique<OutputPage>(session));
        for (const auto &page : pages) {
            page->resize(700, 560);
            page->show();
        }
        for (const QString &text :
             {QString(), QString(QStringLiteral("word ")).repeated(80), QStringLiteral("a")}) {
            session.setText(text);
            QVERIFY(QTest::qWaitFor([&] { return !session.busy(); }, 30000));
            session.selection().pin(
                {.layer = 3, .head = 3, .query = 60, .key = 70, .dimension = 127, .neuron = 511});
            for (const auto &page : pages) {
                for (QTabWidget *tabs : page->findChildren<QTabWidget *>()) {
                    for (int tab = 0; tab < tabs->count(); ++tab) {
                        if (tabs->isTabVisible(tab))
                            tabs->setCurrentIndex(tab);
                        QTest::qWait(1);
                        QVERIFY(!page->grab().isNull());
                    }
                }
            }
        }
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
