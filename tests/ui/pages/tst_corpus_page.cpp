// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/corpus/add_sentences.h"
#include "engine/corpus/corpus_reader.h"
#include "engine/corpus/token_index.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"
#include "resources/translations/language.h"
#include "tests/opened_window.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/corpus_list.h"
#include "ui/pages/corpus_page.h"
#include "ui/pages/head_table_view.h"
#include "ui/state/session_file.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/window/sentence_edit.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QFileDialog>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

namespace
{

enum Tab { headsTab, examplesTab, usesTab, searchTab, mapTab };

QByteArrayList linesOfText()
{
    QByteArrayList lines;
    for (const char *who : {"The cat", "A small dog", "고양이가", "My old friend Anna", "Nobody 😀"}) {
        for (const char *what : {"sees the moon.", "does not like a river.", "잡았다 쥐를!", "sleeps."})
            lines.append(QByteArray(who) + ' ' + what);
    }
    lines.append(
        "Far from here, where the old river meets the sea and the road ends, nobody has ever seen " +
        QByteArray("a cat that would not look at the moon and the stars above the roofs. ").repeated(2));
    return lines;
}

} // namespace

/// The page Corpus in the window, as a person uses it.
class TestCorpusPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { opened_.reset(); }

    void what_searches_an_index_is_loaded_with_the_corpus(); // first: it stays loaded
    void without_a_corpus_it_says_how_to_make_one();
    void a_dropped_corpus_is_shown();
    void heads_stand_beside_those_of_the_sentence();
    void an_example_is_opened_with_its_tokens_pinned();
    void a_neurons_examples_follow_the_pinned_neuron();
    void uses_of_the_pinned_token_are_listed();
    void the_nearest_sentences_come_first();
    void the_nearest_tokens_come_first();
    void like_sentences_lie_together();
    void words_are_searched_while_they_are_typed();
    void what_cannot_be_opened_is_said_data();
    void what_cannot_be_opened_is_said();
    void another_model_is_said();
    void what_was_chosen_is_in_the_session();
    void a_corpus_is_made_of_a_text();
    void what_was_stopped_goes_on();
    void vectors_of_tokens_and_their_index_are_had_from_the_window();
    void an_index_that_lacks_too_much_is_made_anew();
    void it_speaks_korean();

private:
    QString path(const QString &name) const { return folder_.filePath(name); }
    QString write(const QString &name, const QByteArray &bytes) const;
    void make(const QString &corpus, const ModelPtr &model, const QByteArrayList &lines,
              std::vector<int> tokenLayers = {}) const;
    void drop(const QString &file);
    /// Clicks the page's tab.
    void choose(Tab tab);
    void openCorpus()
    {
        drop(corpus_);
        QTRY_COMPARE(opened_->window.page(), 8);
        QTRY_VERIFY(child<QTabWidget>()->isVisible());
    }
    template <typename Widget>
    Widget *child(const char *name = "")
    {
        return page_->findChild<Widget *>(QLatin1String(name));
    }
    CorpusList *list();
    QString cell(int row, CorpusListModel::Column column)
    {
        return list()->model()->index(row, column).data().toString();
    }
    void clickRow(int row);
    const Trace &trace() { return *opened_->session.shown().now; }
    const Selected &pinned() { return opened_->session.selection().pinned(); }
    bool labelSays(const QString &text);
    /// Answers the dialogs of the button that makes a corpus, up to that about its tokens.
    void chooseFiles(const QString &text, const QString &corpus);
    /// The one about its tokens; null where it is not open.
    QDialog *keptTokens();
    void makeWithoutTokens();

    QTemporaryDir folder_;
    QString corpus_;
    std::unique_ptr<OpenedWindow> opened_;
    CorpusPage *page_ = nullptr;
};

QString TestCorpusPage::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

void TestCorpusPage::make(const QString &corpus, const ModelPtr &model, const QByteArrayList &lines,
                          std::vector<int> tokenLayers) const
{
    const CorpusSettings settings = settings_of(*model, 128, 4, std::move(tokenLayers));
    CorpusFile file(corpus, settings);
    CorpusWriter writer(file);
    SentenceReader reader(
        {.path = write(QFileInfo(corpus).completeBaseName() + QStringLiteral(".txt"), lines.join('\n')),
         .field = {}});
    add_sentences(writer, settings, model, reader, {});
}

void TestCorpusPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c());
    installLanguage(QStringLiteral("en"));
    corpus_ = path(QStringLiteral("study.sqlite"));
    make(corpus_, default_model(), linesOfText());
}

void TestCorpusPage::init()
{
    store(setting::recentCorpora, QStringList());
    opened_ = std::make_unique<OpenedWindow>();
    opened_->window.resize(1024, 700);
    opened_->window.show();
    opened_->session.setText(QStringLiteral("the cat sees the moon"));
    QVERIFY(QTest::qWaitForWindowExposed(&opened_->window));
    QTRY_VERIFY(opened_->session.shown() && !opened_->session.busy());
    QTRY_VERIFY((page_ = opened_->window.findChild<CorpusPage *>()) != nullptr);
}

void TestCorpusPage::drop(const QString &file)
{
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&opened_->window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&opened_->window, &event);
}

void TestCorpusPage::choose(Tab tab)
{
    QTabBar *bar = child<QTabWidget>()->tabBar();
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    QCOMPARE(bar->currentIndex(), int(tab));
}

CorpusList *TestCorpusPage::list()
{
    for (CorpusList *one : page_->findChildren<CorpusList *>()) {
        if (one->isVisible())
            return one;
    }
    return nullptr;
}

void TestCorpusPage::clickRow(int row)
{
    CorpusList *rows = list();
    rows->scrollTo(rows->model()->index(row, CorpusListModel::sentence));
    const QRect place = rows->visualRect(rows->model()->index(row, CorpusListModel::sentence));
    QVERIFY(rows->viewport()->rect().contains(place.center()));
    QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, place.center());
    QTRY_VERIFY(!opened_->session.busy());
}

bool TestCorpusPage::labelSays(const QString &text)
{
    const auto labels = page_->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

void TestCorpusPage::what_searches_an_index_is_loaded_with_the_corpus()
{
    const auto loaded = [] {
        QFile maps(QStringLiteral("/proc/self/maps"));
        return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("encoderscope_faiss");
    };
    openCorpus();
    QVERIFY(!loaded()); // it has no index
    const QString indexed = path(QStringLiteral("indexed.sqlite"));
    make(indexed, default_model(), linesOfText(), {4});
    QProcess program; // not here, which would load it
    program.start(QStringLiteral(ENCODERSCOPE_PROGRAM),
                  {QStringLiteral("corpus"), QStringLiteral("index"), indexed});
    QVERIFY(program.waitForFinished());
    if (indexed_layers(CorpusFile(indexed, CorpusFile::Access::read)).empty())
        QSKIP("FAISS is not there");
    QVERIFY(!loaded());
    drop(indexed);
    QTRY_VERIFY(loaded());
}

void TestCorpusPage::without_a_corpus_it_says_how_to_make_one()
{
    opened_->window.showPage(8);
    auto *button = child<QPushButton>("openCorpus");
    QVERIFY(button->isVisible());
    auto *command = child<QLineEdit>("corpusCommand");
    QVERIFY2(command->text().startsWith(QStringLiteral("encoderscope corpus add --text")),
             qPrintable(command->text()));
    QVERIFY(labelSays(QStringLiteral("thousands of sentences")));
    QVERIFY(!child<QTabWidget>()->isVisible());
}

void TestCorpusPage::a_dropped_corpus_is_shown()
{
    openCorpus();
    const CorpusSummary summary = read_summary(CorpusFile(corpus_, CorpusFile::Access::read));
    const QString said = child<QLabel>("corpusFile")->text();
    QVERIFY2(said.contains(QStringLiteral("study.sqlite")) &&
                 said.contains(QStringLiteral("sentences: %1").arg(linesOfText().size())) &&
                 said.contains(QStringLiteral("tokens: %1").arg(summary.tokens)),
             qPrintable(said));
    QVERIFY(!child<QLabel>("otherModel")->isVisible());
    QCOMPARE(CorpusPage::recent(), QStringList{corpus_});

    // Once more, from the menu of those opened lately, after another session was there.
    SessionState other;
    other.input = opened_->session.state().input;
    opened_->session.begin(other);
    QTRY_VERIFY(!child<QTabWidget>()->isVisible());
    QMenu *menu = opened_->window.menuBar()->actions().first()->menu();
    Q_EMIT menu->aboutToShow();
    QAction *recent = nullptr;
    for (QMenu *one : menu->findChildren<QMenu *>()) {
        for (QAction *action : one->actions())
            recent = action->text() == QStringLiteral("study.sqlite") ? action : recent;
    }
    QVERIFY(recent);
    recent->trigger();
    QTRY_COMPARE(opened_->window.page(), 8);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
}

void TestCorpusPage::heads_stand_beside_those_of_the_sentence()
{
    openCorpus();
    auto *view = child<CatalogueView>("corpus-head");
    const auto check = [&](int layer, int head) {
        const QString name = QStringLiteral("Layer %1 head %2").arg(layer + 1).arg(head + 1);
        QTRY_VERIFY(view->figure() && view->figure()->title.startsWith(name) && !view->late());
        const HeadTotals totals = read_head_totals(CorpusFile(corpus_, CorpusFile::Access::read));
        const auto index = static_cast<std::size_t>(layer * trace().heads() + head);
        const HeadStatistics here = head_statistics(trace(), layer, head);
        const auto rows = view->figure()->table().rows;
        QCOMPARE(rows.size(), 10U);
        QVERIFY(rows[0][0].toString().startsWith(QStringLiteral("entropy")));
        const MeasureTotal &entropy = totals.at(index, 0);
        QCOMPARE(rows[0][1].toDouble(), entropy.mean);
        QCOMPARE(rows[0][2].toDouble(), entropy.deviation());
        QCOMPARE(rows[0][3].toDouble(), static_cast<double>(here.entropy.value()));
        QCOMPARE(rows[0][4].toDouble(),
                 (static_cast<double>(here.entropy.value()) - entropy.mean) / entropy.deviation());
        QCOMPARE(rows[3][1].toDouble(), 100.0 * totals.at(index, 4).mean); // previous, in percent
        QCOMPARE(rows[3][3].toDouble(), 100.0 * static_cast<double>(here.previous.value()));
    };
    check(0, 0);
    // A click in the table of all heads pins one.
    auto *heads = child<HeadTableView>();
    const QAbstractItemModel &table = *heads->model();
    QCOMPARE(table.rowCount(), trace().layers() * trace().heads());
    const int row = trace().heads() + 2;
    heads->scrollTo(table.index(row, 0));
    QTest::mouseClick(heads->viewport(), Qt::LeftButton, {}, heads->visualRect(table.index(row, 0)).center());
    QTRY_COMPARE(pinned().head, 2);
    QCOMPARE(pinned().layer, 1);
    check(1, 2);
    QVERIFY(table.index(row, HeadTableModel::entropy)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("%1 sentences").arg(linesOfText().size())));
    // Another sentence, other numbers.
    opened_->session.setText(QStringLiteral("nobody sleeps"));
    QTRY_VERIFY(!opened_->session.busy());
    QTRY_VERIFY(!view->late());
    check(1, 2);
}

void TestCorpusPage::an_example_is_opened_with_its_tokens_pinned()
{
    openCorpus();
    choose(examplesTab);
    opened_->session.selection().pinHead(2, 1);
    const auto expected = head_examples(CorpusFile(corpus_, CorpusFile::Access::read), 2, 1);
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    QTRY_COMPARE(cell(0, CorpusListModel::sentence), expected[0].sentence.result.text);
    const QAbstractItemModelTester tester(list()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!page_->grab().isNull());
    for (int row = 0; row < 4; ++row) {
        const auto &[example, sentence] = expected[static_cast<std::size_t>(row)];
        QCOMPARE(cell(row, CorpusListModel::value),
                 QString::number(static_cast<double>(example.value), 'f', 3));
        clickRow(row);
        QCOMPARE(opened_->session.text(), sentence.result.text);
        QTRY_COMPARE(trace().encoding().text, sentence.result.text);
        QCOMPARE(pinned().layer, 2);
        QCOMPARE(pinned().head, 1);
        QCOMPARE(pinned().query, example.token);
        QCOMPARE(pinned().key, example.key);
        QCOMPARE(trace().attention_weights(2, 1)(pinned().query, pinned().key), example.value);
    }
    const auto *told =
        QAccessible::queryAccessibleInterface(list())->tableInterface()->cellAt(0, CorpusListModel::sentence);
    QVERIFY(told->text(QAccessible::Name).contains(expected[0].sentence.result.text));
    QVERIFY(told->text(QAccessible::Name).contains(QStringLiteral("looks at")));
    for (int back = 0; back < 4; ++back)
        QTest::keyClick(opened_->window.findChild<SentenceEdit *>(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(opened_->session.text(), QStringLiteral("the cat sees the moon"));
    QCOMPARE(opened_->window.page(), 8);

    // By the keyboard, too.
    list()->setFocus();
    list()->selectRow(1);
    QTest::keyClick(list(), Qt::Key_Return);
    QCOMPARE(opened_->session.text(), expected[1].sentence.result.text);
}

void TestCorpusPage::a_neurons_examples_follow_the_pinned_neuron()
{
    openCorpus();
    choose(examplesTab);
    auto *of = child<QComboBox>("examplesOf");
    of->setCurrentIndex(1);
    QTRY_VERIFY(labelSays(QStringLiteral("No neuron is pinned")));
    QCOMPARE(list()->model()->rowCount(), 0);
    auto *layer = child<QSpinBox>("examplesLayer");
    auto *neuron = child<QSpinBox>("examplesIndex");
    layer->setValue(3);
    neuron->setFocus();
    neuron->selectAll();
    QTest::keyClicks(neuron, QStringLiteral("17"));
    QTest::keyClick(neuron, Qt::Key_Return);
    QTRY_COMPARE(pinned().neuron, 17);
    const auto expected = neuron_examples(CorpusFile(corpus_, CorpusFile::Access::read), 2, 17);
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    clickRow(0);
    QTRY_COMPARE(trace().encoding().text, expected[0].sentence.result.text);
    QCOMPARE(pinned().query, expected[0].example.token);
    QCOMPARE(pinned().key, -1);
    QCOMPARE(trace().layer(2).activated(pinned().query, 17), expected[0].example.value);
    // Pinned elsewhere in the window.
    opened_->session.selection().pinNeuron(3);
    const auto others = neuron_examples(CorpusFile(corpus_, CorpusFile::Access::read), 2, 3);
    QTRY_COMPARE(cell(0, CorpusListModel::value),
                 QString::number(static_cast<double>(others[0].example.value), 'f', 2));
    QCOMPARE(neuron->value(), 3);
}

void TestCorpusPage::uses_of_the_pinned_token_are_listed()
{
    openCorpus();
    choose(usesTab);
    opened_->session.selection().pinQuery(2);
    const QString piece = trace().token(2).piece;
    const PieceUses expected = piece_uses(CorpusFile(corpus_, CorpusFile::Access::read), piece, 200);
    QVERIFY(expected.sentences > 2);
    QTRY_COMPARE(list()->model()->rowCount(), int(expected.sentences));
    QVERIFY(labelSays(QStringLiteral("Sentences with “%1”: %2").arg(piece).arg(expected.sentences)));
    // The longest sentence: what is marked is far from its beginning, and in sight.
    const int last = list()->model()->rowCount() - 1;
    clickRow(last);
    QTRY_VERIFY(trace().encoding().text.startsWith(QStringLiteral("Far from here")));
    QCOMPARE(trace().token(pinned().query).piece, piece);
    QVERIFY(!child<QComboBox>("usesOrder")
                 ->model()
                 ->flags(child<QComboBox>("usesOrder")->model()->index(1, 0))
                 .testFlag(Qt::ItemIsEnabled));
}

void TestCorpusPage::the_nearest_sentences_come_first()
{
    const ModelPtr model = load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/sentences/mean"));
    const QString corpus = path(QStringLiteral("vectors.sqlite"));
    make(corpus, model, {"the cat sees the dog", "a cat", "the dog sees the moon", "the moon", "the cat"});
    Session &session = opened_->session;
    session.setModel(model, QStringLiteral("the cat"));
    QTRY_VERIFY(session.shown() && session.shown().now->model_pointer() == model && !session.busy());
    drop(corpus);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
    choose(usesTab);
    session.selection().pinQuery(1);
    auto *order = child<QComboBox>("usesOrder");
    order->setCurrentIndex(1);
    QTRY_COMPARE(list()->model()->rowCount(), 3); // without itself
    QTRY_VERIFY(!list()->isColumnHidden(CorpusListModel::value));
    const RowVector own = sentence_vector(trace());
    double before = 2.0;
    for (int row = 0; row < 3; ++row) {
        const RowVector other = sentence_vector(
            *run_encoder(model, model->tokenizer->encode(cell(row, CorpusListModel::sentence))));
        const double cosine = static_cast<double>(own.dot(other) / own.norm() / other.norm());
        QVERIFY(cosine <= before);
        QCOMPARE(cell(row, CorpusListModel::value), QString::number(cosine, 'f', 3));
        before = cosine;
    }
}

void TestCorpusPage::like_sentences_lie_together()
{
    auto *view = child<CatalogueView>("corpus-map");
    openCorpus();
    choose(mapTab);
    QTRY_VERIFY(!view->late() && !view->computing());
    QVERIFY(!view->figure()); // the default model has no vectors of sentences

    const ModelPtr model = load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/sentences/mean"));
    const QString corpus = path(QStringLiteral("map.sqlite"));
    make(corpus, model, {"the cat sees the dog", "a cat", "the dog sees the moon", "the moon"});
    Session &session = opened_->session;
    session.setModel(model, QStringLiteral("a cat"));
    QTRY_VERIFY(session.shown() && session.shown().now->model_pointer() == model && !session.busy());
    drop(corpus);
    const auto chart = [view]() -> const ChartData * {
        const FigurePtr figure = view->figure();
        return figure ? std::get_if<ChartData>(&figure->content) : nullptr;
    };
    QTRY_VERIFY(!view->late() && !view->computing() && chart());
    QCOMPARE(chart()->series.size(), 2U);
    const ChartSeries sentences = chart()->series[0];
    QCOMPARE(sentences.labels,
             QStringList({QStringLiteral("the cat sees the dog"), QStringLiteral("a cat"),
                          QStringLiteral("the dog sees the moon"), QStringLiteral("the moon")}));
    const auto apart = [&](int sentence) {
        return QLineF(chart()->series[1].points[0], sentences.points[sentence]).length();
    };
    QVERIFY(apart(1) < 1e-4 && apart(0) > 1e-2 && apart(2) > 1e-2 &&
            apart(3) > 1e-2); // this sentence is there

    // The point under the pointer says its sentence, and a click brings it.
    std::optional<QPoint> place;
    for (int y = 0; y < view->height() && !place; y += 3) {
        for (int x = 0; x < view->width() && !place; x += 3) {
            const std::optional<Hit> hit = view->hitAt(QPointF(x, y));
            if (hit && hit->panel == 0 && hit->row == 2)
                place = QPoint(x, y);
        }
    }
    QVERIFY(place);
    QVERIFY(view->hitAt(*place)->description.contains(QStringLiteral("the dog sees the moon")));
    QTest::mouseClick(view, Qt::LeftButton, {}, *place);
    QTRY_COMPARE(session.state().input.text, QStringLiteral("the dog sees the moon"));
    QTRY_VERIFY(!session.busy() && !view->late() && !view->computing() && chart());
    QTRY_VERIFY(apart(2) < 1e-4);
}

void TestCorpusPage::the_nearest_tokens_come_first()
{
    const QString corpus = path(QStringLiteral("tokens.sqlite"));
    make(corpus, default_model(),
         {"The cat sees the dog.", "A moon.", "고양이가 잡았다 쥐를!", "The moon sees the cat.",
          "the cat sees the moon"},
         {2, 4});
    drop(corpus);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
    choose(usesTab);
    auto *order = child<QComboBox>("usesOrder");
    const auto offered = [order](int index) {
        return order->model()->flags(order->model()->index(index, 0)).testFlag(Qt::ItemIsEnabled);
    };
    QVERIFY(!offered(1) && offered(2));
    const auto nearest = [&](const QString &text, int token, int layer, int rows) {
        opened_->session.setText(text);
        QTRY_VERIFY(trace().encoding().text == text && !opened_->session.busy());
        Selected chosen = pinned();
        chosen.layer = layer;
        opened_->session.selection().pin(chosen);
        opened_->session.selection().pinQuery(token);
        order->setCurrentIndex(2);
        QTRY_COMPARE(list()->model()->rowCount(), rows);
        QTRY_VERIFY(!list()->isColumnHidden(CorpusListModel::value));
    };
    nearest(QStringLiteral("the cat sees the moon"), 2, 0, 2); // without itself
    QVERIFY(labelSays(QStringLiteral("after layer 4")));
    nearest(QStringLiteral("the cat sees the moon"), 2, 1, 2);
    QTRY_VERIFY(labelSays(QStringLiteral("after layer 2")));
    const RowVector own = trace().hidden(1).row(2);
    double before = 2.0;
    for (int row = 0; row < 2; ++row) {
        const TracePtr run = run_encoder(
            default_model(), default_model()->tokenizer->encode(cell(row, CorpusListModel::sentence)));
        double best = -2.0;
        for (int token = 0; token < run->tokens(); ++token) {
            const RowVector other = run->hidden(1).row(token);
            if (run->token(token).id == trace().token(2).id)
                best = std::max(best, static_cast<double>(own.dot(other) / own.norm() / other.norm()));
        }
        QVERIFY(best <= before);
        QVERIFY(std::abs(cell(row, CorpusListModel::value).toDouble() - best) < 2e-3);
        before = best;
    }
    const QString first = cell(0, CorpusListModel::sentence);
    const QString piece = trace().token(2).piece;
    clickRow(0);
    QTRY_COMPARE(trace().encoding().text, first);
    QCOMPARE(trace().token(pinned().query).piece, piece);
    QCOMPARE(pinned().layer, 1);
    nearest(QStringLiteral("고양이가 운다"), 1, 3, 1);
    QCOMPARE(cell(0, CorpusListModel::sentence), QStringLiteral("고양이가 잡았다 쥐를!"));

    QVERIFY(!offered(3)); // no index
    build_token_index(CorpusFile(corpus, CorpusFile::Access::write), 4);
    drop(corpus);
    QTRY_VERIFY(offered(3));
    choose(usesTab);
    order->setCurrentIndex(3);
    QTRY_COMPARE(list()->model()->rowCount(), 5);
    QVERIFY(!list()->isColumnHidden(CorpusListModel::value));
    QCOMPARE(cell(0, CorpusListModel::sentence), QStringLiteral("고양이가 잡았다 쥐를!"));
    QTRY_VERIFY(
        labelSays(QStringLiteral("the corpus's index finds, by the cosine of their vectors after layer 4")));
    clickRow(1); // another piece
    QTRY_VERIFY(trace().encoding().text != QStringLiteral("고양이가 운다"));
    QTRY_COMPARE(list()->model()->rowCount(), 4);
}

void TestCorpusPage::words_are_searched_while_they_are_typed()
{
    openCorpus();
    choose(searchTab);
    QVERIFY(labelSays(QStringLiteral("Words that begin like this")));
    auto *search = child<QLineEdit>("corpusSearch");
    QInputMethodEvent typed; // keys are Latin letters
    typed.setCommitString(QStringLiteral("고양이 잡"));
    QCoreApplication::sendEvent(search, &typed);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY(labelSays(QStringLiteral("Sentences found: 1")));
    QCOMPARE(cell(0, CorpusListModel::sentence), QStringLiteral("고양이가 잡았다 쥐를!"));
    clickRow(0);
    QTRY_COMPARE(trace().encoding().text, QStringLiteral("고양이가 잡았다 쥐를!"));
    const Token &token = trace().token(pinned().query);
    QVERIFY(token.begin < 4 && !token.special);
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("moon nobody"));
    QTRY_COMPARE(list()->model()->rowCount(), 2); // also behind an emoji
    clickRow(0);
    QTRY_COMPARE(trace().encoding().text, QString::fromUtf8("Nobody 😀 sees the moon."));
    QCOMPARE(trace().token(pinned().query).begin, 0);
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("\"moon OR *"));
    QTRY_VERIFY(labelSays(QStringLiteral("Sentences found: 0")));
    QVERIFY(!opened_->window.findChild<QMessageBox *>());
}

void TestCorpusPage::what_cannot_be_opened_is_said_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("message");
    QTest::newRow("no database") << QStringLiteral("text.sqlite") << QStringLiteral("no SQLite database");
    QTest::newRow("another program's")
        << QStringLiteral("other.sqlite") << QStringLiteral("no corpus of this program");
    QTest::newRow("later version") << QStringLiteral("later.sqlite")
                                   << QStringLiteral("version 3; this program reads versions 1 and 2");
    QTest::newRow("half of it") << QStringLiteral("half.sqlite") << QStringLiteral("is damaged");
    QTest::newRow("sizes") << QStringLiteral("sizes.sqlite") << QStringLiteral("property layers is");
}

void TestCorpusPage::what_cannot_be_opened_is_said()
{
    QFETCH(const QString, name);
    QFETCH(const QString, message);
    const QString file = path(name);
    QFile::remove(file);
    QVERIFY(QFile::copy(corpus_, file));
    const auto execute = [&](const char *statement) {
        CorpusFile(file, CorpusFile::Access::write).execute(QLatin1String(statement));
    };
    if (name.startsWith(QStringLiteral("text")))
        write(name, QByteArray("The cat sees the moon.\n").repeated(100));
    else if (name.startsWith(QStringLiteral("other")))
        execute("PRAGMA application_id = 7");
    else if (name.startsWith(QStringLiteral("later")))
        execute("PRAGMA user_version = 3");
    else if (name.startsWith(QStringLiteral("sizes")))
        execute("UPDATE property SET value = '99999999999' WHERE name = 'layers'");
    else
        QVERIFY(QFile::resize(file, QFileInfo(file).size() / 2));
    openCorpus();
    drop(file);
    QTRY_VERIFY(opened_->window.findChild<QMessageBox *>());
    auto *box = opened_->window.findChild<QMessageBox *>();
    QVERIFY2(box->text().contains(message) || box->informativeText().contains(message),
             qPrintable(box->text()));
    QVERIFY(box->text().contains(name) && box->textFormat() == Qt::PlainText);
    box->close();
    // What was open still is.
    QVERIFY(child<QTabWidget>()->isVisible());
    QVERIFY(child<QLabel>("corpusFile")->text().contains(QStringLiteral("study.sqlite")));
    QCOMPARE(CorpusPage::recent(), QStringList{corpus_});

    // A session that names it says so on the page.
    opened_->session.setParameter(QStringLiteral("corpus-page"), QStringLiteral("corpus"), file);
    QTRY_VERIFY(labelSays(message));
    QVERIFY(!child<QTabWidget>()->isVisible());
    opened_->session.setParameter(QStringLiteral("corpus-page"), QStringLiteral("corpus"), corpus_);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
}

void TestCorpusPage::another_model_is_said()
{
    const QString file = path(QStringLiteral("model.sqlite"));
    QFile::remove(file);
    QVERIFY(QFile::copy(corpus_, file));
    CorpusFile(file, CorpusFile::Access::write)
        .execute(QStringLiteral("UPDATE property SET value = CASE name WHEN 'model' THEN '0123456789abcdef' "
                                "ELSE '<b>big</b>' END WHERE name LIKE 'model%'"));
    drop(file);
    auto *label = child<QLabel>("otherModel");
    QTRY_VERIFY(label->isVisible());
    QVERIFY2(label->text().contains(QStringLiteral("another model, <b>big</b>")), qPrintable(label->text()));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    auto *view = child<CatalogueView>("corpus-head");
    QTRY_VERIFY(!view->late());
    QVERIFY(!view->figure());
    choose(examplesTab); // they are its own
    QTRY_COMPARE(list()->model()->rowCount(), 4);
}

void TestCorpusPage::what_was_chosen_is_in_the_session()
{
    openCorpus();
    choose(searchTab);
    QTest::keyClicks(child<QLineEdit>("corpusSearch"), QStringLiteral("river"));
    const QByteArray bytes = sessionBytes(opened_->session.state());
    const SessionState read = readSession(JsonField::parse(bytes, QStringLiteral("x")), viewKinds());
    opened_.reset();
    init();
    opened_->session.begin(read);
    QTRY_COMPARE(opened_->window.page(), 8);
    QTRY_VERIFY(list() && list()->model()->rowCount() == 6);
    QCOMPARE(child<QLineEdit>("corpusSearch")->text(), QStringLiteral("river"));

    const auto refused = [&](const QByteArray &from, const QByteArray &to) {
        QByteArray changed = bytes;
        changed.replace(from, to);
        try {
            readSession(JsonField::parse(changed, QStringLiteral("x")), viewKinds());
        } catch (const Error &error) {
            return error.message();
        }
        return QString();
    };
    QVERIFY(refused("\"river\"", '"' + QByteArray(201, 'x') + '"')
                .contains(QStringLiteral("views.corpus-page.search")));
    QVERIFY(
        refused("\"tab\": \"search\"", "\"tab\": \"why\"").contains(QStringLiteral("views.corpus-page.tab")));
}

void TestCorpusPage::chooseFiles(const QString &text, const QString &corpus)
{
    opened_->window.showPage(8);
    QTest::mouseClick(child<QPushButton>("makeCorpus"), Qt::LeftButton);
    for (const QString &file : {text, corpus}) {
        auto *dialog = opened_->window.findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        delete dialog;
    }
}

QDialog *TestCorpusPage::keptTokens()
{
    auto *button = opened_->window.findChild<QPushButton *>(QStringLiteral("makeOfChosen"));
    return button && button->isVisible() ? qobject_cast<QDialog *>(button->window()) : nullptr;
}

void TestCorpusPage::makeWithoutTokens()
{
    QVERIFY(keptTokens());
    QTest::mouseClick(keptTokens()->findChild<QPushButton *>(QStringLiteral("makeOfChosen")), Qt::LeftButton);
}

void TestCorpusPage::vectors_of_tokens_and_their_index_are_had_from_the_window()
{
    const QString text = write(QStringLiteral("kept.txt"), linesOfText().join('\n'));
    const QString corpus = path(QStringLiteral("kept.sqlite"));
    chooseFiles(text, corpus);
    QPointer<QDialog> dialog = keptTokens();
    QVERIFY(dialog);
    const auto box = [&](const char *name) { return dialog->findChild<QCheckBox *>(QLatin1String(name)); };
    const auto click = [&](const char *name) {
        QCheckBox *one = box(name);
        QTest::mouseClick(one, Qt::LeftButton, {}, {10, one->height() / 2});
    };
    const auto *cost = dialog->findChild<QLabel *>(QStringLiteral("keptCost"));
    QVERIFY(cost->text().contains(QStringLiteral("Nothing more")));
    QVERIFY(!box("keptIndex")->isEnabled() && !box("keptLayer5"));
    click("keptLayer2");
    click("keptLayer4");
    QTRY_VERIFY2(cost->text().contains(QStringLiteral("more on the disk, for some")),
                 qPrintable(cost->text()));
    qint64 tokens = 0;
    for (const QByteArray &line : linesOfText())
        tokens += std::ssize(default_model()->tokenizer->encode(QString::fromUtf8(line)).tokens) - 2;
    QVERIFY2(cost->text().contains(QStringLiteral("some %1 tokens").arg(tokens)), qPrintable(cost->text()));
    QVERIFY(box("keptIndex")->isEnabled() && box("keptIndex")->isChecked());
    const QString both = cost->text();
    click("keptIndex");
    QVERIFY(cost->text() != both && cost->text().contains(QStringLiteral("index 0 bytes")));
    QVERIFY(!dialog->grab().isNull());
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("makeOfChosen")), Qt::LeftButton);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
    QTRY_VERIFY(!dialog);
    const auto settings = [&] { return CorpusFile(corpus, CorpusFile::Access::read).settings(); };
    QVERIFY(settings().token_layers == (std::vector<int>{2, 4}));

    // More sentences of another text: what it keeps is not asked again.
    opened_->session.setParameter(QStringLiteral("corpus-page"), QStringLiteral("corpus"), QString());
    QTRY_VERIFY(child<QPushButton>("makeCorpus")->isVisible());
    chooseFiles(write(QStringLiteral("more.txt"), "the cat sees the moon\nA cat sleeps."), corpus);
    QVERIFY(!keptTokens());
    QTRY_VERIFY(labelSays(QStringLiteral("kept.sqlite is made: added: 2")));
    QTRY_VERIFY(child<QTabWidget>()->isVisible());

    // The index, where it is missed.
    choose(usesTab);
    auto *order = child<QComboBox>("usesOrder");
    const auto offered = [order](int index) {
        return order->model()->flags(order->model()->index(index, 0)).testFlag(Qt::ItemIsEnabled);
    };
    QVERIFY(offered(2) && !offered(3));
    QVERIFY(order->toolTip().contains(QStringLiteral("no index")));
    auto *button = child<QPushButton>("makeIndex");
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(offered(3));
    QVERIFY(!button->isVisible());
    QVERIFY2(
        child<QLabel>("corpusMakerText")->text().contains(QStringLiteral("The index of kept.sqlite is made")),
        qPrintable(child<QLabel>("corpusMakerText")->text()));
    QVERIFY(indexed_layers(CorpusFile(corpus, CorpusFile::Access::read)) == (std::vector<int>{2, 4}));
    opened_->session.selection().pinQuery(2);
    order->setCurrentIndex(3);
    QTRY_VERIFY(labelSays(QStringLiteral("the corpus's index finds")));
    QTRY_VERIFY(list()->model()->rowCount() > 10);

    // At once, with a new one.
    opened_->session.setParameter(QStringLiteral("corpus-page"), QStringLiteral("corpus"), QString());
    QTRY_VERIFY(child<QPushButton>("makeCorpus")->isVisible());
    const QString other = path(QStringLiteral("kept-at-once.sqlite"));
    chooseFiles(text, other);
    dialog = keptTokens();
    QVERIFY(dialog);
    click("keptLayer3");
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("makeOfChosen")), Qt::LeftButton);
    QTRY_VERIFY2(labelSays(QStringLiteral("added: 21 · The index of kept-at-once.sqlite is made")),
                 qPrintable(child<QLabel>("corpusMakerText")->text()));
    QVERIFY(indexed_layers(CorpusFile(other, CorpusFile::Access::read)) == std::vector<int>{3});
    QVERIFY(!opened_->window.findChild<QMessageBox *>());
}

void TestCorpusPage::an_index_that_lacks_too_much_is_made_anew()
{
    const QString corpus = path(QStringLiteral("stale.sqlite"));
    make(corpus, default_model(), linesOfText(), {4});
    {
        const CorpusFile file(corpus, CorpusFile::Access::write);
        build_token_index(file, 4);
        file.execute(
            QStringLiteral("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) "
                           "INSERT INTO sentence SELECT (7 << 32) + i, '', 0, 0, NULL, NULL, NULL FROM n"));
    }
    drop(corpus);
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
    choose(usesTab);
    auto *button = child<QPushButton>("makeIndex");
    QVERIFY(button->isVisible());
    QVERIFY(child<QComboBox>("usesOrder")->toolTip().contains(QStringLiteral("lacks too many")));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(!button->isVisible());
    QVERIFY(indexed_layers(CorpusFile(corpus, CorpusFile::Access::read)) == std::vector<int>{4});
}

void TestCorpusPage::a_corpus_is_made_of_a_text()
{
    const QString text = write(QStringLiteral("mine.txt"), linesOfText().join('\n') + "\nbroken \xff line\n");
    const QString corpus = path(QStringLiteral("mine.sqlite"));
    chooseFiles(text, corpus);
    makeWithoutTokens();
    QTRY_VERIFY(child<QTabWidget>()->isVisible());
    QVERIFY(child<QLabel>("corpusFile")
                ->text()
                .contains(QStringLiteral("sentences: %1").arg(linesOfText().size())));
    const QString said = child<QLabel>("corpusMakerText")->text();
    QVERIFY2(said.contains(QStringLiteral("mine.sqlite is made: added: 21")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("bad lines left out: 1 (")) && said.contains(QStringLiteral("22")),
             qPrintable(said));
    QVERIFY(!child<QPushButton>("stopCorpus")->isVisible() &&
            !child<QPushButton>("goOnWithCorpus")->isVisible());
    const CorpusSettings settings = CorpusFile(corpus, CorpusFile::Access::read).settings();
    QCOMPARE(settings.model, settings_of(*default_model(), 0, 0).model);

    // What is no corpus is left as it is.
    opened_->session.setParameter(QStringLiteral("corpus-page"), QStringLiteral("corpus"), QString());
    QTRY_VERIFY(child<QPushButton>("makeCorpus")->isVisible());
    const QString other = write(QStringLiteral("other-text.sqlite"), QByteArray("a text\n").repeated(200));
    chooseFiles(text, other);
    QTRY_VERIFY(opened_->window.findChild<QMessageBox *>());
    QVERIFY(
        opened_->window.findChild<QMessageBox *>()->text().contains(QStringLiteral("no SQLite database")));
    QFile kept(other);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("a text\n").repeated(200));
}

void TestCorpusPage::what_was_stopped_goes_on()
{
    constexpr int copies = 150;
    const QString text =
        write(QStringLiteral("long.txt"), (linesOfText().join('\n') + '\n').repeated(copies));
    const QString corpus = path(QStringLiteral("long.sqlite"));
    chooseFiles(text, corpus);
    makeWithoutTokens();
    const auto *label = child<QLabel>("corpusMakerText");
    QTRY_VERIFY(label->text().contains(QStringLiteral("min left")));
    QVERIFY(label->text().contains(QStringLiteral("long.sqlite is being made")));
    QTest::mouseClick(child<QPushButton>("stopCorpus"), Qt::LeftButton);
    QTRY_VERIFY(label->text().contains(QStringLiteral("was stopped: what was added is kept")));
    const auto sentences = [&] {
        return read_summary(CorpusFile(corpus, CorpusFile::Access::read)).sentences;
    };
    const qint64 all = linesOfText().size() * copies;
    const qint64 first = sentences();
    QVERIFY2(first > 0 && first < all, qPrintable(QString::number(first)));
    QTRY_VERIFY(child<QTabWidget>()->isVisible()); // what there is can be looked at
    QTest::mouseClick(child<QPushButton>("goOnWithCorpus"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QStringLiteral("long.sqlite is made")), 60'000);
    QVERIFY2(label->text().contains(QStringLiteral("there already: %1").arg(QLocale().toString(first))),
             qPrintable(label->text()));
    QCOMPARE(sentences(), all);
}

void TestCorpusPage::it_speaks_korean()
{
    openCorpus();
    installLanguage(QStringLiteral("ko"));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(page_->title(), QStringLiteral("말뭉치"));
    choose(examplesTab);
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    for (const QLabel *label : page_->findChildren<QLabel *>()) {
        const QString text = label->text();
        const bool latin = std::any_of(text.cbegin(), text.cend(),
                                       [](QChar c) { return c.unicode() < 0x80 && c.isLetter(); });
        QVERIFY2(!label->isVisible() || !latin || label->objectName() == QStringLiteral("corpusFile"),
                 qPrintable(text));
    }
    installLanguage(QStringLiteral("en"));
    QCoreApplication::sendPostedEvents();
}

QTEST_MAIN(TestCorpusPage)
#include "tst_corpus_page.moc"
