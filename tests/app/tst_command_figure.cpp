// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

/// `encoderscope figure`, as a script calls it: without a display.
class TestCommandFigure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_kind_in_every_format_data();
    void every_kind_in_every_format();
    void wrong_arguments_are_exit_code_2_data();
    void wrong_arguments_are_exit_code_2();
    void an_unwritable_path_is_exit_code_1();
    void long_text_is_cut_and_said();
    void all_heads_are_a_file_each();
    void help_lists_the_kinds();
    void kinds_are_listed_with_their_parameters();
    void a_picture_has_the_size_that_was_asked_for();
    void standard_output_takes_a_figure();
    void texts_are_free();
    void a_long_text_can_be_refused();
    void the_version_is_printed();
    void korean_is_spoken();
    void figures_over_layers_and_steps();
    void a_lesson_gives_a_picture_of_each_step();
    void wrong_series_are_exit_code_2_data();
    void wrong_series_are_exit_code_2();

private:
    struct Result {
        int exit_code;
        QByteArray output;
        QByteArray errors;
    };
    static Result run(const QStringList &arguments, const QStringList &command = {QStringLiteral("figure")});
    QString file(const QString &name) const { return folder_.filePath(name); }

    QTemporaryDir folder_;
};

TestCommandFigure::Result TestCommandFigure::run(const QStringList &arguments, const QStringList &command)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), command + arguments);
    process.waitForFinished(120'000);
    const int exit_code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {exit_code, process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestCommandFigure::every_kind_in_every_format_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("start");
    const QByteArray npy("\x93NUMPY");
    QTest::newRow("embedding") << QStringList{QStringLiteral("embedding"), QStringLiteral("--stage"),
                                              QStringLiteral("token")}
                               << QStringLiteral("a.svg") << QByteArray("<?xml");
    QTest::newRow("positions") << QStringList{QStringLiteral("positions"), QStringLiteral("--theme"),
                                              QStringLiteral("dark")}
                               << QStringLiteral("a.png") << QByteArray("\x89PNG");
    QTest::newRow("attention") << QStringList{QStringLiteral("attention"), QStringLiteral("--layer"),
                                              QStringLiteral("2"), QStringLiteral("--head"),
                                              QStringLiteral("4")}
                               << QStringLiteral("a.pdf") << QByteArray("%PDF-");
    QTest::newRow("mean") << QStringList{QStringLiteral("attention"), QStringLiteral("--head"),
                                         QStringLiteral("mean"), QStringLiteral("--log")}
                          << QStringLiteral("b.svg") << QByteArray("<?xml");
    QTest::newRow("scores") << QStringList{QStringLiteral("attention"), QStringLiteral("--quantity"),
                                           QStringLiteral("raw-scores")}
                            << QStringLiteral("a.csv") << QByteArray("query,");
    QTest::newRow("difference") << QStringList{QStringLiteral("attention"), QStringLiteral("--layer"),
                                               QStringLiteral("3"),         QStringLiteral("--off"),
                                               QStringLiteral("1"),         QStringLiteral("--off"),
                                               QStringLiteral("2.ffn"),     QStringLiteral("--compare"),
                                               QStringLiteral("difference")}
                                << QStringLiteral("c.svg") << QByteArray("<?xml");
    QTest::newRow("heads") << QStringList{QStringLiteral("heads"), QStringLiteral("--off"),
                                          QStringLiteral("2.1")}
                           << QStringLiteral("h.svg") << QByteArray("<?xml");
    QTest::newRow("feed-forward") << QStringList{QStringLiteral("feed-forward"), QStringLiteral("--stage"),
                                                 QStringLiteral("before")}
                                  << QStringLiteral("a.json") << QByteArray("{");
    QTest::newRow("hidden") << QStringList{QStringLiteral("hidden"), QStringLiteral("--layer"),
                                           QStringLiteral("0")}
                            << QStringLiteral("a.npy") << npy;
}

void TestCommandFigure::every_kind_in_every_format()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, name);
    QFETCH(QByteArray, start);
    const Result result = run(arguments + QStringList{QStringLiteral("--text"), QStringLiteral("안녕 world"),
                                                      QStringLiteral("--output"), file(name)});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QFile written(file(name));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.read(start.size()) == start);
}

void TestCommandFigure::wrong_arguments_are_exit_code_2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    const QStringList text{QStringLiteral("--text"), QStringLiteral("a")};
    const QStringList output{QStringLiteral("--output"), file(QStringLiteral("wrong.svg"))};
    QTest::newRow("no kind") << text + output << QByteArray("attention");
    QTest::newRow("unknown kind") << QStringList{QStringLiteral("tree")} + text + output
                                  << QByteArray("tree");
    QTest::newRow("no text") << QStringList{QStringLiteral("heads")} + output << QByteArray("--text");
    QTest::newRow("empty text") << QStringList{QStringLiteral("heads"), QStringLiteral("--text"),
                                               QStringLiteral("  ")} +
                                       output
                                << QByteArray("--text");
    QTest::newRow("no output") << QStringList{QStringLiteral("heads")} + text << QByteArray("--output");
    QTest::newRow("head 5 of 4") << QStringList{QStringLiteral("attention"), QStringLiteral("--head"),
                                                QStringLiteral("5")} +
                                        text + output
                                 << QByteArray("head 5");
    QTest::newRow("head 0") << QStringList{QStringLiteral("attention"), QStringLiteral("--head"),
                                           QStringLiteral("0")} +
                                   text + output
                            << QByteArray("--head");
    QTest::newRow("layer 99") << QStringList{QStringLiteral("hidden"), QStringLiteral("--layer"),
                                             QStringLiteral("99")} +
                                     text + output
                              << QByteArray("layer 99");
    QTest::newRow("switch") << QStringList{QStringLiteral("heads"), QStringLiteral("--off"),
                                           QStringLiteral("2.x")} +
                                   text + output
                            << QByteArray("2.x");
    QTest::newRow("switched head 9") << QStringList{QStringLiteral("heads"), QStringLiteral("--off"),
                                                    QStringLiteral("2.9")} +
                                            text + output
                                     << QByteArray("head 9");
    QTest::newRow("switched layer") << QStringList{QStringLiteral("heads"), QStringLiteral("--off"),
                                                   QStringLiteral("99999.1")} +
                                           text + output
                                    << QByteArray("99999");
    QTest::newRow("scale") << QStringList{QStringLiteral("heads"), QStringLiteral("--scale"),
                                          QStringLiteral("-1")} +
                                  text + output
                           << QByteArray("--scale");
    QTest::newRow("format") << QStringList{QStringLiteral("heads"), QStringLiteral("--output"),
                                           QStringLiteral("a.gif")} +
                                   text
                            << QByteArray("a.gif");
    QTest::newRow("option") << QStringList{QStringLiteral("heads"), QStringLiteral("--nonsense")} + text +
                                   output
                            << QByteArray("nonsense");
    QTest::newRow("stage") << QStringList{QStringLiteral("feed-forward"), QStringLiteral("--stage"),
                                          QStringLiteral("sum")} +
                                  text + output
                           << QByteArray("sum");
    QTest::newRow("language") << QStringList{QStringLiteral("heads"), QStringLiteral("--language"),
                                             QStringLiteral("xx")} +
                                     text + output
                              << QByteArray("xx");
    QTest::newRow("all heads") << QStringList{QStringLiteral("hidden"), QStringLiteral("--all-heads")} +
                                      text + output
                               << QByteArray("all-heads");
    QTest::newRow("colours") << QStringList{QStringLiteral("heads"), QStringLiteral("--colours"),
                                            QStringLiteral("rainbow")} +
                                    text + output
                             << QByteArray("viridis, cividis, magma, greys");
    QTest::newRow("width") << QStringList{QStringLiteral("heads"), QStringLiteral("--width"),
                                          QStringLiteral("1e9")} +
                                  text + output
                           << QByteArray("--width");
    QTest::newRow("token 99") << QStringList{QStringLiteral("lengths"), QStringLiteral("--token"),
                                             QStringLiteral("99")} +
                                     text + output
                              << QByteArray("token 99");
    QTest::newRow("masked word") << QStringList{QStringLiteral("heads"), QStringLiteral("--mask"),
                                                QStringLiteral("zebra")} +
                                        text + output
                                 << QByteArray("zebra");
    QTest::newRow("standard output") << QStringList{QStringLiteral("heads"), QStringLiteral("--output"),
                                                    QStringLiteral("-")} +
                                            text
                                     << QByteArray("--format");
}

void TestCommandFigure::wrong_arguments_are_exit_code_2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const Result result = run(arguments);
    QCOMPARE(result.exit_code, 2);
    QVERIFY2(result.errors.contains(said), result.errors.constData());
    QVERIFY(!QFile::exists(file(QStringLiteral("wrong.svg"))));
}

void TestCommandFigure::an_unwritable_path_is_exit_code_1()
{
    const QString path = file(QStringLiteral("no/such/folder/a.svg"));
    const Result result = run({QStringLiteral("heads"), QStringLiteral("--text"), QStringLiteral("a"),
                               QStringLiteral("--output"), path});
    QCOMPARE(result.exit_code, 1);
    QVERIFY2(result.errors.contains(path.toUtf8()), result.errors.constData());
}

void TestCommandFigure::long_text_is_cut_and_said()
{
    const QString path = file(QStringLiteral("long.npy"));
    const Result result = run({QStringLiteral("hidden"), QStringLiteral("--layer"), QStringLiteral("1"),
                               QStringLiteral("--text"), QStringLiteral("a ").repeated(50'000),
                               QStringLiteral("--output"), path});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QVERIFY2(result.errors.contains("100000"), result.errors.constData());
    QVERIFY(QFile::exists(path));
}

void TestCommandFigure::all_heads_are_a_file_each()
{
    const QString folder = file(QStringLiteral("all"));
    const Result result = run({QStringLiteral("attention"), QStringLiteral("--all-heads"),
                               QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("--text"),
                               QStringLiteral("a b"), QStringLiteral("--output"), folder});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 16);
    QVERIFY(QFile::exists(folder + QStringLiteral("/attention-layer4-head4.csv")));
}

void TestCommandFigure::help_lists_the_kinds()
{
    const Result result = run({QStringLiteral("--help")});
    QCOMPARE(result.exit_code, 0);
    for (const char *kind : {"embedding", "positions", "attention", "heads", "feed-forward", "hidden"})
        QVERIFY2(result.output.contains(kind), kind);
}

void TestCommandFigure::kinds_are_listed_with_their_parameters()
{
    Result result = run({QStringLiteral("--list")});
    QCOMPARE(result.exit_code, 0);
    const auto lines = result.output.count('\n');
    result = run({QStringLiteral("--list"), QStringLiteral("--json")});
    const QJsonArray kinds = QJsonDocument::fromJson(result.output).array();
    QCOMPARE(kinds.size(), lines);
    QVERIFY(lines >= 44);
    const auto attention = std::find_if(kinds.begin(), kinds.end(), [](const QJsonValue &kind) {
        return kind[QStringLiteral("name")] == QStringLiteral("attention");
    });
    QVERIFY(attention != kinds.end());
    const QJsonArray parameters = (*attention)[QStringLiteral("parameters")].toArray();
    QCOMPARE(parameters.at(3)[QStringLiteral("name")].toString(), QStringLiteral("quantity"));
    QCOMPARE(parameters.at(3)[QStringLiteral("choices")].toArray().size(), 6);
    result = run({QStringLiteral("position-curves"), QStringLiteral("--help")});
    QCOMPARE(result.exit_code, 0);
    QVERIFY2(result.output.contains("--pairs"), result.output.constData());
    QVERIFY2(!result.output.contains("--quantity"), result.output.constData());
}

void TestCommandFigure::a_picture_has_the_size_that_was_asked_for()
{
    const QString path = file(QStringLiteral("sized.png"));
    const Result result = run({QStringLiteral("hidden"), QStringLiteral("--text"), QStringLiteral("a b"),
                               QStringLiteral("--width"), QStringLiteral("84"), QStringLiteral("--height"),
                               QStringLiteral("50"), QStringLiteral("--dpi"), QStringLiteral("300"),
                               QStringLiteral("--output"), path});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const QImage image(path);
    QCOMPARE(image.width(), 993); // 84 mm at 300 dots an inch, rounded up
    QCOMPARE(image.height(), 591);
}

void TestCommandFigure::standard_output_takes_a_figure()
{
    const Result result = run({QStringLiteral("tokens"), QStringLiteral("--text"), QStringLiteral("a cat"),
                               QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("--output"),
                               QStringLiteral("-")});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QVERIFY2(result.output.startsWith("token,text,piece,id\r\n0,"), result.output.constData());
}

void TestCommandFigure::texts_are_free()
{
    const Result result = run({QStringLiteral("attention"), QStringLiteral("--text"), QStringLiteral("a cat"),
                               QStringLiteral("--off"), QStringLiteral("1.2"), QStringLiteral("--mask"),
                               QStringLiteral("cat"), QStringLiteral("--temperature"), QStringLiteral("2"),
                               QStringLiteral("--title"), QStringLiteral("Mine"), QStringLiteral("--format"),
                               QStringLiteral("json"), QStringLiteral("--output"), QStringLiteral("-")});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const QJsonObject figure = QJsonDocument::fromJson(result.output).object();
    QCOMPARE(figure[QStringLiteral("title")].toString(), QStringLiteral("Mine"));
    const QString caption = figure[QStringLiteral("caption")].toString();
    for (const char *part : {"layer 1 without head 2", "temperature 2", "masked: 2 cat"})
        QVERIFY2(caption.contains(QLatin1String(part)), qPrintable(caption));
}

void TestCommandFigure::a_long_text_can_be_refused()
{
    const QString path = file(QStringLiteral("refused.svg"));
    const Result result = run({QStringLiteral("hidden"), QStringLiteral("--long"), QStringLiteral("refuse"),
                               QStringLiteral("--text"), QStringLiteral("a ").repeated(50'000),
                               QStringLiteral("--output"), path});
    QCOMPARE(result.exit_code, 1);
    QVERIFY(!result.errors.isEmpty());
    QVERIFY(!QFile::exists(path));
}

void TestCommandFigure::the_version_is_printed()
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), {QStringLiteral("--version")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(QString::fromUtf8(process.readAllStandardOutput())
                .contains(QRegularExpression(QStringLiteral("^Encoderscope \\d+\\.\\d+\\.\\d+\\s*$"))));
}

void TestCommandFigure::korean_is_spoken()
{
    const Result result = run({QStringLiteral("heads"), QStringLiteral("--language"), QStringLiteral("ko"),
                               QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--output"),
                               QStringLiteral("a.gif")});
    QCOMPARE(result.exit_code, 2);
    QVERIFY(QString::fromUtf8(result.errors).contains(QStringLiteral("파일")));
}

void TestCommandFigure::figures_over_layers_and_steps()
{
    const QString folder = file(QStringLiteral("layers"));
    Result result =
        run({QStringLiteral("hidden"), QStringLiteral("--over"), QStringLiteral("layer"),
             QStringLiteral("--text"), QStringLiteral("a cat"), QStringLiteral("--output"), folder});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 5); // the embedding and four layers
    QCOMPARE(names.first(), QStringLiteral("01-hidden-embedding.svg"));
    QCOMPARE(names.last(), QStringLiteral("05-hidden-layer4.svg"));

    // A training over its steps, as one file.
    const QString path = file(QStringLiteral("learned.webp"));
    result = run({QStringLiteral("separation"), QStringLiteral("--over"), QStringLiteral("steps=0:40:20"),
                  QStringLiteral("--scale"), QStringLiteral("0.5"), QStringLiteral("--text"),
                  QStringLiteral("a"), QStringLiteral("--output"), path});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY(bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
    QCOMPARE(bytes.count("ANMF"), 3);
}

void TestCommandFigure::a_lesson_gives_a_picture_of_each_step()
{
    const QStringList lesson{QStringLiteral("lesson")};
    const QString folder = file(QStringLiteral("attention"));
    Result result =
        run({QStringLiteral("attention"), QStringLiteral("--text"), QStringLiteral("a cat sat"),
             QStringLiteral("--steps"), QStringLiteral("4-6"), QStringLiteral("--output"), folder},
            lesson);
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.size(), 3); // softmax, step by step
    QVERIFY(names[0].startsWith(QStringLiteral("01-attention-")));
    // All of the head that the first step of the chapter found.
    const QString head = names[2].section(QLatin1Char('-'), 2).chopped(4);
    QCOMPARE(names[0], QStringLiteral("01-attention-%1-raw-scores.svg").arg(head));
    QCOMPARE(names[1], QStringLiteral("02-attention-%1-scaled-scores.svg").arg(head));
    QFile first(QDir(folder).filePath(names[0]));
    QVERIFY(first.open(QIODevice::ReadOnly));
    QVERIFY(first.readAll().contains("The score: a dot product"));

    result = run({QStringLiteral("learning"), QStringLiteral("--language"), QStringLiteral("ko"),
                  QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--scale"),
                  QStringLiteral("0.5"), QStringLiteral("--output"), file(QStringLiteral("learning.webp"))},
                 lesson);
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    QVERIFY(QFile::exists(file(QStringLiteral("learning.webp"))));
    QVERIFY(result.errors.contains("1")); // the step on the page Training has no picture

    result = run({QStringLiteral("--list")}, lesson);
    QCOMPARE(result.exit_code, 0);
    QCOMPARE(result.output.count('\n'), 11);
}

void TestCommandFigure::wrong_series_are_exit_code_2_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto words = [](const char *all) {
        return QString::fromUtf8(all).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    QTest::newRow("no such option") << words("figure hidden --over head");
    QTest::newRow("a choice") << words("figure embedding --over stage");
    QTest::newRow("no values") << words("figure separation --over steps");
    QTest::newRow("backwards") << words("figure separation --over steps=9:3:1");
    QTest::newRow("no step") << words("figure separation --over steps=0:9:0");
    QTest::newRow("no such layer") << words("figure attention --over layer=1:9");
    QTest::newRow("no time") << words("figure attention --over layer --seconds 0");
    QTest::newRow("no such lesson") << words("lesson none");
    QTest::newRow("no such step") << words("lesson heads --steps 3-99");
    QTest::newRow("no lesson") << words("lesson");
}

void TestCommandFigure::wrong_series_are_exit_code_2()
{
    QFETCH(QStringList, arguments);
    const Result result =
        run(arguments.mid(1) + QStringList{QStringLiteral("--text"), QStringLiteral("a"),
                                           QStringLiteral("--output"), file(QStringLiteral("never"))},
            {arguments.first()});
    QCOMPARE(result.exit_code, 2);
    QVERIFY(!result.errors.isEmpty());
    QVERIFY(!QFile::exists(file(QStringLiteral("never"))));
}

QTEST_GUILESS_MAIN(TestCommandFigure)
#include "tst_command_figure.moc"
