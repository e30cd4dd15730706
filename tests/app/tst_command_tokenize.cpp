// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace
{

struct Result {
    int code = -1;
    QList<QJsonObject> lines;
    QByteArray errors;
};

Result run(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), QStringList{QStringLiteral("tokenize")} + arguments);
    process.write(input);
    process.closeWriteChannel();
    Result result;
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return result;
    result.code = process.exitCode();
    result.errors = process.readAllStandardError();
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            result.lines.append(QJsonDocument::fromJson(line).object());
    }
    return result;
}

QString pieces(const QJsonObject &line)
{
    QStringList all;
    for (const QJsonValue &piece : line[QStringLiteral("pieces")].toArray())
        all.append(piece.toString());
    return all.join(u' ');
}

void write(const QString &file, const QByteArray &bytes)
{
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write(bytes);
}

} // namespace

class TestCommandTokenize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void prints_ids_and_pieces_of_a_text();
    void prints_a_line_for_each_line();
    void takes_any_bytes();
    void cuts_nothing();
    void wrong_arguments_and_folders_are_told();

private:
    QStringList model_;
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestCommandTokenize::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    write(folder_->filePath(QStringLiteral("vocab.txt")),
          "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\n##s\n한\n");
    write(folder_->filePath(QStringLiteral("tokenizer_config.json")),
          R"({"do_lower_case": true, "strip_accents": false})");
    model_ = QStringList{QStringLiteral("--model"), folder_->path()};
}

void TestCommandTokenize::prints_ids_and_pieces_of_a_text()
{
    Result result = run(model_ + QStringList{QStringLiteral("--text"), QStringLiteral("Hellos [MASK] 한 x")});
    QCOMPARE(result.code, 0);
    QCOMPARE(result.lines.size(), 1);
    QCOMPARE(pieces(result.lines[0]), QStringLiteral("[CLS] hello ##s [MASK] 한 [UNK] [SEP]"));
    QCOMPARE(result.lines[0][QStringLiteral("ids")].toArray(), QJsonArray({2, 5, 6, 4, 7, 1, 3}));
    result = run(model_ + QStringList{QStringLiteral("--text"), QStringLiteral("한"),
                                      QStringLiteral("--text-b"), QStringLiteral("hello")});
    QCOMPARE(pieces(result.lines[0]), QStringLiteral("[CLS] 한 [SEP] hello [SEP]"));
}

void TestCommandTokenize::prints_a_line_for_each_line()
{
    const Result result = run(model_, "hello\n\n한 hello");
    QCOMPARE(result.code, 0);
    QCOMPARE(result.lines.size(), 3);
    QCOMPARE(pieces(result.lines[1]), QStringLiteral("[CLS] [SEP]"));
    QCOMPARE(pieces(result.lines[2]), QStringLiteral("[CLS] 한 hello [SEP]"));
    QCOMPARE(run(model_, "").lines.size(), 0);
}

void TestCommandTokenize::takes_any_bytes()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(static_cast<char>(byte));
    const Result result = run(model_, all + "\xF0\x9F\nhello\xED\xA0\x80\n");
    QCOMPARE(result.code, 0);
    QCOMPARE(result.lines.size(), 3);
    QVERIFY(pieces(result.lines[2]).startsWith(QStringLiteral("[CLS] hello")));
}

void TestCommandTokenize::cuts_nothing()
{
    const Result result = run(model_, QByteArray("hello ").repeated(20'000));
    QCOMPARE(result.code, 0);
    QCOMPARE(result.lines[0][QStringLiteral("ids")].toArray().size(), 20'002);
}

void TestCommandTokenize::wrong_arguments_and_folders_are_told()
{
    QCOMPARE(run({QStringLiteral("--no-such-option")}).code, 2);
    QCOMPARE(run({QStringLiteral("stray")}).code, 2);
    QCOMPARE(run({QStringLiteral("--help")}).code, 0);
    const Result nowhere = run({QStringLiteral("--model"), QStringLiteral("/no/such/folder"),
                                QStringLiteral("--text"), QStringLiteral("a")});
    QCOMPARE(nowhere.code, 1);
    QVERIFY(nowhere.errors.contains("/no/such/folder"));
    write(folder_->filePath(QStringLiteral("vocab.txt")), "[UNK]\n[CLS]\na\n");
    const Result without = run(model_ + QStringList{QStringLiteral("--text"), QStringLiteral("a")});
    QCOMPARE(without.code, 1);
    QVERIFY2(without.errors.contains("vocab.txt") && without.errors.contains("[SEP]"),
             without.errors.constData());
    QVERIFY(without.lines.isEmpty());
}

QTEST_GUILESS_MAIN(TestCommandTokenize)
#include "tst_command_tokenize.moc"
