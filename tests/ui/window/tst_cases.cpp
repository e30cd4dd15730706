// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/model/save_model.h"
#include "resources/translations/language.h"
#include "tests/every_page.h"
#include "tests/small_bert.h"
#include "tests/written_folder.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/theme.h"
#include "ui/window/main_window.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>

using namespace encoderscope;

namespace
{

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA);

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return QJsonDocument::fromJson(file.readAll()).object();
}

void copyFolder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    for (const QFileInfo &entry : QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        const QString target = to + QLatin1Char('/') + entry.fileName();
        if (entry.isDir()) {
            copyFolder(entry.filePath(), target);
        } else {
            QFile::remove(target);
            QVERIFY(QFile::copy(entry.filePath(), target));
        }
    }
}

/// A folder of tests/data/cases, where it only holds sentence-transformers' files laid over a small model.
void writeCase(const QString &name, const QString &folder)
{
    const QString from = data + QStringLiteral("/cases/") + name;
    const QString inner = QStringLiteral("/0_Transformer");
    if (name.startsWith(QStringLiteral("st-"))) {
        copyFolder(data + QStringLiteral("/sentences/mean"),
                   QDir(from + inner).exists() ? folder + inner : folder);
        if (name == QStringLiteral("st-nopool"))
            QVERIFY(QDir(folder + QStringLiteral("/1_Pooling")).removeRecursively());
    }
    copyFolder(from, folder);
}

/// Files of a tokenizer with a small BERT.
void writeTokenizer(QJsonObject files, const QString &folder)
{
    const QTemporaryDir alone;
    const QString config = QStringLiteral("config.json");
    if (!files.contains(config))
        files.insert(config, QJsonObject{{QStringLiteral("model_type"), QStringLiteral("bert")}});
    write_folder(files, QDir(alone.path()));
    save_model(small_bert(alone.path()), folder);
}

void compare(const QJsonArray &expected, const std::vector<float> &found, double tolerance)
{
    QCOMPARE(static_cast<qsizetype>(found.size()), expected.size());
    for (qsizetype index = 0; index < expected.size(); ++index) {
        const auto value = static_cast<double>(found[static_cast<std::size_t>(index)]);
        QVERIFY2(
            std::abs(value - expected[index].toDouble()) < tolerance,
            qPrintable(
                QStringLiteral("%1: %2, expected %3").arg(index).arg(value).arg(expected[index].toDouble())));
    }
}

std::vector<float> numbers(const MatrixRef &matrix)
{
    std::vector<float> all;
    for (Index row = 0; row < matrix.rows(); ++row) {
        for (Index column = 0; column < matrix.cols(); ++column)
            all.push_back(matrix(row, column));
    }
    return all;
}

} // namespace

/// Models of the kinds that people report, opened in the window: each is shown, with the reference's numbers,
/// or refused with a message that says why.
class TestCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void modelsAreShownOrRefused_data();
    void modelsAreShownOrRefused();
    void tokenizersGiveTheReferencesIds_data();
    void tokenizersGiveTheReferencesIds();
    void tokenizersThatAreNotKnownAreRefused();

private:
    /// Opens it as the window does. Returns why it was refused; null when it was not.
    QString open(const QString &folder);
    void type(const QString &text, const QString &textB = {});
    /// Every tab of every page is painted, each within five seconds.
    void lookAtEverything();
    QJsonArray ids() const;
    void checkNumbers(const QJsonObject &expected);

    QJsonObject expected_, tokenizers_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<ModelLoader> loader_;
    std::unique_ptr<SessionFiles> files_;
    std::unique_ptr<MainWindow> window_;
};

void TestCases::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    installLanguage(QStringLiteral("en"));
    applyTheme(QStringLiteral("light"));
    expected_ = readObject(data + QStringLiteral("/cases/expected.json"));
    tokenizers_ = readObject(data + QStringLiteral("/tokenizers/folders.json"));
    // A folder without expectations would not be looked at.
    const QStringList folders =
        QDir(data + QStringLiteral("/cases")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QCOMPARE(folders, expected_.keys());
}

void TestCases::init()
{
    session_ = std::make_unique<Session>();
    loader_ = std::make_unique<ModelLoader>();
    files_ = std::make_unique<SessionFiles>(*session_, *loader_);
    window_ = std::make_unique<MainWindow>(*session_, *loader_, *files_);
    window_->resize(1024, 700);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
}

void TestCases::cleanup()
{
    window_.reset();
    files_.reset();
    loader_.reset();
    session_.reset();
}

QString TestCases::open(const QString &folder)
{
    QString problem;
    const auto told = connect(loader_.get(), &ModelLoader::failed, this,
                              [&problem](const QString &message) { problem = message; });
    const ModelPtr before = session_->model();
    loader_->open(folder);
    const bool done =
        QTest::qWaitFor([&] { return loader_->opening().isNull() && !session_->busy(); }, 20'000);
    disconnect(told);
    if (!done)
        return QStringLiteral("it never ended");
    return session_->model() == before ? problem + QStringLiteral("") : QString();
}

void TestCases::type(const QString &text, const QString &textB)
{
    session_->setTexts(text, textB, QString());
    QVERIFY(QTest::qWaitFor([&] { return !session_->busy(); }, 20'000));
}

void TestCases::lookAtEverything()
{
    QElapsedTimer timer;
    look_at_every_page(*window_, [&] {
        timer.start();
        QTest::qWait(10);
        QVERIFY(!window_->grab().isNull());
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    });
}

QJsonArray TestCases::ids() const
{
    QJsonArray all;
    for (const Token &token : session_->shown().now->encoding().tokens)
        all.append(token.id);
    return all;
}

void TestCases::modelsAreShownOrRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : expected_.keys())
        QTest::newRow(qPrintable(name)) << name;
}

void TestCases::modelsAreShownOrRefused()
{
    QFETCH(QString, name);
    const QJsonObject expected = expected_.value(name).toObject();
    const QTemporaryDir folder;
    writeCase(name, folder.path());
    const QString refused = open(folder.path());
    if (expected.contains(QStringLiteral("refused"))) {
        for (const QJsonValue &part : expected.value(QStringLiteral("refused")).toArray())
            QVERIFY2(refused.contains(part.toString()), qPrintable(refused));
        return;
    }
    QVERIFY2(refused.isNull(), qPrintable(refused));
    type(expected.value(QStringLiteral("text")).toString(),
         expected.value(QStringLiteral("text_b")).toString());
    const auto *problem = window_->findChild<QLabel *>(QStringLiteral("problem"));
    const QJsonArray parts = expected.value(QStringLiteral("problem")).toArray();
    for (const QJsonValue &part : parts)
        QVERIFY2(problem->text().contains(part.toString()), qPrintable(problem->text()));
    if (parts.isEmpty())
        QCOMPARE(problem->text(), QString());
    lookAtEverything();
    checkNumbers(expected);
}

void TestCases::checkNumbers(const QJsonObject &expected)
{
    const auto list = [&expected](const char *key) { return expected.value(QLatin1String(key)).toArray(); };
    if (expected.contains(QStringLiteral("ids")))
        QCOMPARE(ids(), list("ids"));
    if (expected.contains(QStringLiteral("output")))
        compare(list("output"), numbers(session_->shown().now->output()), 2e-4);
    if (expected.contains(QStringLiteral("sentence")))
        compare(list("sentence"), numbers(sentence_vector(*session_->shown().now)), 2e-4);
    if (expected.contains(QStringLiteral("no_sentence")))
        QVERIFY_THROWS_EXCEPTION(Error, sentence_vector(*session_->shown().now));
    if (expected.contains(QStringLiteral("classes"))) {
        // What the bars say.
        const MadeFigure made = figureOf(*findFigureKind(QStringLiteral("classes")), *session_->frame(), {});
        std::vector<float> bars;
        for (const double value : std::get<BarsData>(made.figure->content).values)
            bars.push_back(static_cast<float>(value));
        compare(list("classes"), bars, 2e-4);
        // A score is a logit itself; a probability has its logit beside it.
        const bool scores =
            session_->model()->output.classification->values == ClassificationHead::Values::scores;
        QCOMPARE(std::get<BarsData>(made.figure->content).labels.first().contains(QStringLiteral("logit")),
                 !scores);
    }
    if (expected.contains(QStringLiteral("word"))) {
        const int mask =
            static_cast<int>(list("ids").toVariantList().indexOf(session_->model()->tokenizer->mask_id()));
        const WordPrediction word = masked_word_predictions(*session_->shown().now, mask, 1).front();
        QCOMPARE(word.piece, list("word")[0].toString());
        QVERIFY(std::abs(static_cast<double>(word.probability) - list("word")[1].toDouble()) < 2e-4);
    }
}

void TestCases::tokenizersGiveTheReferencesIds_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : tokenizers_.keys()) {
        if (tokenizers_.value(name).toObject().contains(QStringLiteral("texts")))
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestCases::tokenizersGiveTheReferencesIds()
{
    QFETCH(QString, name);
    const QJsonObject expected = tokenizers_.value(name).toObject();
    const QTemporaryDir folder;
    writeTokenizer(expected.value(QStringLiteral("files")).toObject(), folder.path());
    const QString refused = open(folder.path());
    QVERIFY2(refused.isNull(), qPrintable(refused));
    for (const QJsonValue &text : expected.value(QStringLiteral("texts")).toArray()) {
        type(text[0].toString());
        QCOMPARE(ids(), text[1].toArray());
        QVERIFY(!window_->grab().isNull());
    }
}

void TestCases::tokenizersThatAreNotKnownAreRefused()
{
    // The files of a tokenizer over those of a model that opens.
    const QTemporaryDir folder;
    copyFolder(data + QStringLiteral("/cases/multi-label-softmax"), folder.path());
    QJsonObject files = tokenizers_.value(QStringLiteral("japanese-tokenizer-class"))
                            .toObject()
                            .value(QStringLiteral("files"))
                            .toObject();
    files.remove(QStringLiteral("config.json"));
    write_folder(files, QDir(folder.path()));
    const QString refused = open(folder.path());
    for (const char *part : {"tokenizer_config.json", "word_tokenizer_type", "MeCab"})
        QVERIFY2(refused.contains(QLatin1String(part)), qPrintable(refused));
}

QTEST_MAIN(TestCases)
#include "tst_cases.moc"
