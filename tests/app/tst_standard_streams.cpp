// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace
{

struct Result {
    int code = -1;
    QByteArray output;
    QByteArray errors;
};

/// A line of the shell in which $E is the program.
Result run(const QString &line)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("E"), QStringLiteral(ENCODERSCOPE_PROGRAM));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("bash"), {QStringLiteral("-c"), line});
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The program between others: what it reads and writes may be closed, full, endless or no file at all.
class TestStandardStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errors_end_with_their_code_data();
    void errors_end_with_their_code();
    void a_text_comes_through_a_pipe();
    void a_minus_is_standard_output_data();
    void a_minus_is_standard_output();
    void a_device_stays_one();

private:
    QTemporaryDir folder_;
};

void TestStandardStreams::errors_end_with_their_code_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *line, int code, const char *said) {
        QTest::newRow(line) << QString::fromUtf8(line) << code << QByteArray(said);
    };
    row("$E nonsense", 2, "\"nonsense\" is not a command");
    row("$E --size 100000x100000", 2, "at most");
    row("cd $(mktemp -d) && printf 'a\\tb\\nc\\n' > x.tsv && \"$OLDPWD/$E\" x.tsv", 1,
        "x.tsv, line 2: Fields between tabs: 1 (\"c\"); expected 2 or 3");
    row("cd $(mktemp -d) && : > x.tsv && \"$OLDPWD/$E\" x.tsv", 1, "x.tsv: No pair was found; expected");
    row("$E --help > /dev/full", 1, "no space left");
    row("$E tokenize --help > /dev/full", 1, "no space left");
    row("$E tokenize --help >&-", 1, "is closed");
    row("$E tokenize --text a > /dev/full", 1, "no space left");
    row("$E tokenize <&-", 1, "Standard input cannot be read");
    row("$E tokenize < /", 1, "Standard input cannot be read");
    row("$E tokenize < /dev/zero", 1, "Standard input, line 1: it is longer");
    row("yes | $E tokenize | head -n 1 > /dev/null; exit ${PIPESTATUS[1]}", 1, "its reader has gone");
    row("$E figure heads --text 'a b' -o - --format csv | true; exit ${PIPESTATUS[0]}", 1,
        "its reader has gone");
    row("$E figure heads --text a -o - --format svg > /dev/full", 1, "no space left");
    row("$E figure heads --text a -o -", 2, "--format");
    row("$E trace --text a --output - > /dev/full", 1, "no space left");
    row("$E figure attention --all-heads --text a -o - --format csv", 2, "cannot go to standard output");
    row("$E train --text README.md --output -", 2, "cannot go to standard output");
    row("$E trace --text a --output /dev/full nonsense", 2, "Unexpected argument \"nonsense\"");
    row("$E train --text README.md --output /dev/full nonsense", 2, "Unexpected argument");
    row("$E trace --text a --output /", 1, "it is a folder");
    row("cd $(mktemp -d) && \"$OLDPWD/$E\" train --text /dev/zero --output m", 1,
        "/dev/zero” cannot be read: expected at most 536870912 bytes");
    row("cd $(mktemp -d) && \"$OLDPWD/$E\" train --text . --output m", 1, "found a folder");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they map more than any limit
    row("ulimit -v 700000; $E figure heads --text a -o /dev/null --scale 31 --format png", 1,
        "not enough memory");
#endif
}

void TestStandardStreams::errors_end_with_their_code()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Result result = run(line);
    QVERIFY2(result.errors.contains(said), (result.errors + result.output.left(200)).constData());
    QCOMPARE(result.errors.count('\n'), 1); // one line, for a person
    QCOMPARE(result.code, code);
}

void TestStandardStreams::a_text_comes_through_a_pipe()
{
    const QTemporaryDir folder;
    const QString train =
        QStringLiteral("$E train --steps 2 --layers 1 --d-model 8 --heads 1 --d-ff 8 --vocabulary 128 "
                       "--text %1 --output ") +
        folder.path();
    const QString text = QStringLiteral("yes 'the cat sat on the mat' | head -n 200");
    for (const auto &[name, line] :
         {std::pair{QStringLiteral("/one"), QStringLiteral("%1 | %2").arg(text, train)},
          {QStringLiteral("/two"), train}}) {
        const bool piped = name == QStringLiteral("/one");
        const Result result =
            run(line.arg(piped ? QStringLiteral("/dev/stdin") : QStringLiteral("<(%1)").arg(text)) + name);
        QVERIFY2(result.code == 0, result.errors.constData());
        QVERIFY(QFile::exists(folder.path() + name + QStringLiteral("/model.safetensors")));
    }
    const Result piped = run(QStringLiteral("printf 'a cat\\nsits\\n' | $E trace --text-file - --output -"));
    QVERIFY2(piped.code == 0, piped.errors.constData());
    QCOMPARE(piped.output, run(QStringLiteral("$E trace --text $'a cat\\nsits' --output -")).output);
}

void TestStandardStreams::a_minus_is_standard_output_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("SVG") << QStringLiteral("figure attention --text 'a b' --format svg --output ");
    QTest::newRow("PNG") << QStringLiteral("figure attention --text 'a b' --format png --output ");
    QTest::newRow("NPY") << QStringLiteral("figure attention --text 'a b' --format npy --output ");
    QTest::newRow("trace") << QStringLiteral("trace --text 'a b' --output ");
}

void TestStandardStreams::a_minus_is_standard_output()
{
    QFETCH(QString, command);
    const QString file = folder_.filePath(QStringLiteral("file"));
    const Result direct = run(QStringLiteral("$E ") + command + QLatin1Char('-'));
    QCOMPARE(direct.code, 0);
    QCOMPARE(run(QStringLiteral("$E ") + command + file).code, 0);
    QVERIFY(!direct.output.isEmpty());
    QCOMPARE(direct.output, content(file));
    // What the shell opened: a file, whose end stays where it is.
    QCOMPARE(run(QStringLiteral("(echo before; $E %1 -) > %2").arg(command, file)).code, 0);
    QCOMPARE(content(file), "before\n" + direct.output);
}

void TestStandardStreams::a_device_stays_one()
{
    const QString line =
        QStringLiteral("mkfifo %1/pipe; $E figure attention --text a --format csv --output %1/pipe & "
                       "cat %1/pipe; wait $!; code=$?; test -p %1/pipe && exit $code")
            .arg(folder_.path());
    const Result result = run(line);
    QCOMPARE(result.code, 0);
    QVERIFY(result.output.startsWith("query"));
}

QTEST_GUILESS_MAIN(TestStandardStreams)
#include "tst_standard_streams.moc"
