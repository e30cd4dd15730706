// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/plan.h"
#include "engine/model/load_model.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace encoderscope;

namespace
{

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// `encoderscope train`, as a person at a terminal calls it.
class TestCommandTrain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trains_measures_and_saves();
    void interrupted_and_resumed_is_the_same_training();
    void what_cannot_be_trained_is_said_data();
    void what_cannot_be_trained_is_said();
    void another_text_is_not_gone_on_with();
    void a_folder_that_holds_something_is_left_alone();
    void no_room_is_said_and_what_was_there_stays();

private:
    struct Result {
        int exit_code;
        QString output;
        QString errors;
    };
    static Result finish(QProcess &process);
    static Result run(const QStringList &arguments);
    QString path(const QString &name) const { return folder_.filePath(name); }
    QStringList size(const QString &steps) const;

    QTemporaryDir folder_;
    QString text_;
};

TestCommandTrain::Result TestCommandTrain::finish(QProcess &process)
{
    process.waitForFinished(120'000);
    const int exit_code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {exit_code, QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

TestCommandTrain::Result TestCommandTrain::run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), QStringList{QStringLiteral("train")} + arguments);
    return finish(process);
}

QStringList TestCommandTrain::size(const QString &steps) const
{
    return QStringLiteral(
               "--layers 2 --heads 4 --d-model 128 --d-ff 256 --vocabulary 300 --batch-tokens 1024 "
               "--warm-up-steps 4 --steps %1 --text %2")
        .arg(steps, text_)
        .split(QLatin1Char(' '));
}

void TestCommandTrain::initTestCase()
{
    text_ = path(QStringLiteral("text.txt"));
    QFile file(text_);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(playground_plan().lines.join(QLatin1Char('\n')).toUtf8());
}

void TestCommandTrain::trains_measures_and_saves()
{
    const QString model_folder = path(QStringLiteral("model"));
    const QString report = path(QStringLiteral("report.json"));
    const Result result =
        run(size(QStringLiteral("60")) +
            QStringList{QStringLiteral("--output"), model_folder, QStringLiteral("--report"), report});
    QVERIFY2(result.exit_code == 0, qUtf8Printable(result.errors));
    QVERIFY2(result.output.contains(QStringLiteral("step 60 of 60")), qUtf8Printable(result.output));
    const QJsonObject measured = QJsonDocument::fromJson(read(report)).object();
    QCOMPARE(measured[QStringLiteral("steps")].toInt(), 60);
    QCOMPARE(measured[QStringLiteral("heads")].toArray().size(), 2 * 4);
    const QJsonObject held_out = measured[QStringLiteral("texts")].toArray().first().toObject();
    const auto loss = [&](const char *who) {
        return held_out[QLatin1String(who)].toObject()[QStringLiteral("loss")].toDouble();
    };
    QVERIFY2(loss("model") > 0.0 && loss("model") < loss("unigram"), read(report).constData());
    const ModelPtr model = load_model(model_folder);
    QCOMPARE(model->config.d_model, 128);
    QCOMPARE(model->config.layers, 2);
}

void TestCommandTrain::interrupted_and_resumed_is_the_same_training()
{
    const QStringList whole = size(QStringLiteral("100"));
    const QString one = path(QStringLiteral("one"));
    const Result at_once = run(whole + QStringList{QStringLiteral("--output"), one});
    QVERIFY2(at_once.exit_code == 0, qUtf8Printable(at_once.errors));

    const QString many = path(QStringLiteral("many"));
    QStringList arguments = whole;
    int stops = 0;
    for (bool finished = false; !finished;) {
        // A run begins by saving; a signal before that just ends it.
        const QString saved = many + QStringLiteral("/training.safetensors");
        const QDateTime before = QFileInfo(saved).lastModified();
        QProcess process;
        process.start(QStringLiteral(ENCODERSCOPE_PROGRAM),
                      QStringList{QStringLiteral("train")} + arguments +
                          QStringList{QStringLiteral("--output"), many});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(saved).lastModified() != before, 30'000);
        if (stops < 8) {
            QTest::qWait(150);
            if (const qint64 id = process.processId(); id > 0) // 0 would be everybody here
                ::kill(static_cast<pid_t>(id), stops % 2 == 0 ? SIGINT : SIGTERM);
        }
        const Result result = finish(process);
        QVERIFY2(result.exit_code == 0, qUtf8Printable(result.output + result.errors));
        finished = !result.output.contains(QStringLiteral("and saved; --resume goes on."));
        stops += finished ? 0 : 1;
        arguments = QStringList{QStringLiteral("--resume")};
    }
    QVERIFY(stops > 0);
    for (const QString &file : QDir(one).entryList({QStringLiteral("model*"), QStringLiteral("vocab*")}))
        QVERIFY2(read(one + QLatin1Char('/') + file) == read(many + QLatin1Char('/') + file),
                 qUtf8Printable(file));
}

void TestCommandTrain::what_cannot_be_trained_is_said_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("exit_code");
    QTest::addColumn<QString>("says");
    const QByteArray good("a b c d\nb c d a\n");
    QTest::newRow("no step") << QStringList{QStringLiteral("--steps"), QStringLiteral("0")} << good << 2
                             << QStringLiteral("--steps must be a whole number");
    QTest::newRow("rate") << QStringList{QStringLiteral("--rate"), QStringLiteral("fast")} << good << 2
                          << QStringLiteral("--rate must be a number");
    QTest::newRow("heads that do not divide")
        << QStringList{QStringLiteral("--d-model"), QStringLiteral("10"), QStringLiteral("--heads"),
                       QStringLiteral("4")}
        << good << 1 << QStringLiteral("heads");
    QTest::newRow("empty") << QStringList() << QByteArray("\n \n") << 1
                           << QStringLiteral("There is no text to learn from");
    QTest::newRow("tiny") << QStringList() << QByteArray("a\n") << 1
                          << QStringLiteral("The text is too short to learn from");
    QTest::newRow("one piece") << QStringList() << QByteArray("a a a\na a\n") << 1
                               << QStringLiteral("only one distinct piece");
    QTest::newRow("no UTF-8") << QStringList() << QByteArray("\xFF\xFE a b") << 1
                              << QStringLiteral("is not UTF-8 text");
    QTest::newRow("rate beyond all bounds")
        << QStringList{QStringLiteral("--rate"), QStringLiteral("1000"),    QStringLiteral("--warm-up-steps"),
                       QStringLiteral("0"),      QStringLiteral("--steps"), QStringLiteral("500")}
        << good << 1 << QStringLiteral("the loss is no longer a number");
}

void TestCommandTrain::what_cannot_be_trained_is_said()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, text);
    QFETCH(int, exit_code);
    QFETCH(QString, says);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("t.txt"));
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write(text);
    target.close();
    const Result result =
        run(arguments + QStringList{QStringLiteral("--text"), file, QStringLiteral("--output"),
                                    folder.filePath(QStringLiteral("model"))});
    QCOMPARE(result.exit_code, exit_code);
    QVERIFY2(result.errors.contains(says), qUtf8Printable(result.errors));
}

void TestCommandTrain::another_text_is_not_gone_on_with()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("t.txt"));
    const QString model = folder.filePath(QStringLiteral("model"));
    QVERIFY(QFile::copy(text_, file));
    const QStringList output{QStringLiteral("--output"), model};
    QCOMPARE(run(QStringList{QStringLiteral("--text"), file, QStringLiteral("--steps"), QStringLiteral("1"),
                             QStringLiteral("--d-model"), QStringLiteral("16")} +
                 output)
                 .exit_code,
             0);
    const QByteArray before = read(model + QStringLiteral("/training.safetensors"));
    QFile target(file);
    QVERIFY(target.open(QIODevice::Append));
    target.write("one line more\n");
    target.close();
    const Result result =
        run(QStringList{QStringLiteral("--resume"), QStringLiteral("--steps"), QStringLiteral("2")} + output);
    QCOMPARE(result.exit_code, 1);
    QVERIFY2(result.errors.contains(QStringLiteral("The text is no longer what the training")),
             qUtf8Printable(result.errors));
    QVERIFY(!before.isEmpty());
    QVERIFY(read(model + QStringLiteral("/training.safetensors")) == before);
}

void TestCommandTrain::a_folder_that_holds_something_is_left_alone()
{
    QTemporaryDir folder;
    QFile mine(folder.filePath(QStringLiteral("mine.txt")));
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.close();
    const Result result =
        run(QStringList{QStringLiteral("--text"), text_, QStringLiteral("--output"), folder.path()});
    QCOMPARE(result.exit_code, 1);
    QVERIFY2(result.errors.contains(QStringLiteral("exists already and is not empty")),
             qUtf8Printable(result.errors));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("mine.txt")});
}

void TestCommandTrain::no_room_is_said_and_what_was_there_stays()
{
    QTemporaryDir folder;
    const QString model = folder.filePath(QStringLiteral("model"));
    const auto roomFor = [&](rlim_t bytes, const QString &steps, const QStringList &arguments) {
        QProcess process;
        process.setChildProcessModifier([bytes] { // no file may be longer: as on a full disk, some of it fits
            const rlimit limit{bytes, bytes};
            setrlimit(RLIMIT_FSIZE, &limit);
            std::signal(SIGXFSZ, SIG_IGN);
        });
        process.start(QStringLiteral(ENCODERSCOPE_PROGRAM),
                      QStringList{QStringLiteral("train"), QStringLiteral("--steps"), steps,
                                  QStringLiteral("--output"), model} +
                          arguments);
        return finish(process);
    };
    const QStringList begin{QStringLiteral("--text"), text_, QStringLiteral("--d-model"),
                            QStringLiteral("64")};
    const Result none = roomFor(100'000, QStringLiteral("1"), begin);
    QCOMPARE(none.exit_code, 1);
    QVERIFY2(none.errors.contains(QStringLiteral("/model/model.safetensors cannot be written: it is larger")),
             qUtf8Printable(none.errors));
    QVERIFY(!QFile::exists(model));
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));

    // Later, when a training is there that can be gone on with.
    QCOMPARE(roomFor(100'000'000, QStringLiteral("1"), begin).exit_code, 0);
    const QByteArray before = read(model + QStringLiteral("/model.safetensors"));
    const Result later = roomFor(100'000, QStringLiteral("2"), {QStringLiteral("--resume")});
    QCOMPARE(later.exit_code, 1);
    QVERIFY(!before.isEmpty());
    QVERIFY(read(model + QStringLiteral("/model.safetensors")) == before);
    QCOMPARE(roomFor(100'000'000, QStringLiteral("2"), {QStringLiteral("--resume")}).exit_code, 0);
}

QTEST_GUILESS_MAIN(TestCommandTrain)
#include "tst_command_train.moc"
