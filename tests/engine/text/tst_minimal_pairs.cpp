// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/text/minimal_pairs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace encoderscope;

class TestMinimalPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs_are_read();
    void broken_files_are_refused_data();
    void broken_files_are_refused();
    void any_bytes_are_taken_or_refused();
    void a_file_is_read_or_refused();
    void the_examples_are_twenty_pairs_in_each_language();
};

void TestMinimalPairs::pairs_are_read()
{
    const QByteArray bytes = "\xEF\xBB\xBF# comment\r\nThe cat.\tThe dog.\r\n\r\n \t \n"
                             " \xEA\xB0\x80 \t\xEB\x82\x98\tlook here \n# another\nA\tB\t";
    const std::vector<MinimalPair> pairs = parse_minimal_pairs(bytes, QStringLiteral("pairs.tsv"));
    QVERIFY(pairs == (std::vector<MinimalPair>{
                         {QStringLiteral("The cat."), QStringLiteral("The dog."), QString()},
                         {QStringLiteral("가"), QStringLiteral("나"), QStringLiteral("look here")},
                         {QStringLiteral("A"), QStringLiteral("B"), QString()}}));
    // Quotation marks belong to the sentence, and nothing is lost of many lines.
    const std::vector<MinimalPair> many = parse_minimal_pairs(
        QByteArray("\"The cat\" sat.\t'The dog' sat.\n").repeated(10'000), QStringLiteral("pairs.tsv"));
    QCOMPARE(many.size(), std::size_t{10'000});
    QCOMPARE(many.back().first, QStringLiteral("\"The cat\" sat."));
}

void TestMinimalPairs::broken_files_are_refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("found"); ///< what the message names besides the file
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("No pair");
    QTest::newRow("comments only") << QByteArray("# a\tb\n\n") << QStringLiteral("No pair");
    QTest::newRow("no tab") << QByteArray("a\tb\nThe cat. The dog.\n")
                            << QStringLiteral("line 2: Fields between tabs: 1 ");
    QTest::newRow("many tabs") << QByteArray("a\tb\tc\td\n")
                               << QStringLiteral("line 1: Fields between tabs: 4 (\"a⇥b⇥c⇥d\")");
    QTest::newRow("an empty sentence")
        << QByteArray("\n# x\n  \tb\n") << QStringLiteral("line 3: Sentence 1");
    QTest::newRow("an empty second sentence") << QByteArray("a\t\tlook\n") << QStringLiteral("Sentence 2");
    QTest::newRow("a zero byte") << QByteArray("a\0\tb", 4)
                                 << QStringLiteral("line 1: The control character U+0000");
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "a\0\t\0b\0",
                                          8)
                            << QStringLiteral("UTF-8");
    QTest::newRow("wrong UTF-8") << QByteArray("a\tb\nc\t\xC0\x80\n")
                                 << QStringLiteral("Line 2 is not valid UTF-8: the byte 0xc0");
    QTest::newRow("wrong UTF-8 after what stands for it")
        << QByteArray("\xEF\xBF\xBD \xEA\xB0\x80\tb\xEA\xB0\n")
        << QStringLiteral("Line 1 is not valid UTF-8: the byte 0xea");
    QTest::newRow("lines that end as they did long ago")
        << QByteArray("a\tb\rc\td\r") << QStringLiteral("line 1: The control character U+000D");
    QTest::newRow("a long line in one piece") << QByteArray("a\tb\n") + QByteArray(1'000'000, 'x')
                                              << QStringLiteral("line 2: Fields between tabs: 1 ");
    QTest::newRow("a long sentence") << QByteArray("a\t") + QByteArray(longest_sentence + 1, 'b')
                                     << QStringLiteral("20001");
    QTest::newRow("too many") << QByteArray("a\tb\n").repeated(100'001) << QStringLiteral("line 100001");
}

void TestMinimalPairs::broken_files_are_refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, found);
    try {
        parse_minimal_pairs(bytes, QStringLiteral("pairs.tsv"));
        QFAIL("taken");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("pairs.tsv")), qPrintable(error.message()));
        QVERIFY2(error.message().contains(found), qPrintable(error.message()));
        QVERIFY2(error.message().size() < 400, qPrintable(error.message()));
    }
}

void TestMinimalPairs::any_bytes_are_taken_or_refused()
{
    std::mt19937 random(7);
    const QByteArrayList parts{"a", "b ", "\xEA\xB0\x80",      "\t",  "\t", "\t", "\n", "\r",
                               "#", " ",  QByteArray(1, '\0'), "\xEA"};
    int taken = 0;
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes;
        for (std::size_t i = random() % 12; i > 0; --i)
            bytes += parts[static_cast<qsizetype>(random() % static_cast<std::size_t>(parts.size()))];
        try {
            for (const MinimalPair &pair : parse_minimal_pairs(bytes, QStringLiteral("x")))
                QVERIFY(!pair.first.isEmpty() && !pair.second.isEmpty());
            ++taken;
        } catch (const Error &error) {
            QVERIFY(!error.message().isEmpty());
        }
    }
    QVERIFY(taken > 10);
}

void TestMinimalPairs::a_file_is_read_or_refused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("pairs.tsv"));
    QVERIFY_THROWS_EXCEPTION(Error, read_minimal_pairs(path));
    QVERIFY_THROWS_EXCEPTION(Error, read_minimal_pairs(folder.path()));
    QVERIFY_THROWS_EXCEPTION(Error, read_minimal_pairs(QStringLiteral("/dev/zero")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a\tb\n");
    QVERIFY(file.flush());
    QCOMPARE(read_minimal_pairs(path).size(), std::size_t{1});
    QVERIFY(file.resize(largest_pairs_file + 1));
    QVERIFY_THROWS_EXCEPTION(Error, read_minimal_pairs(path));
}

void TestMinimalPairs::the_examples_are_twenty_pairs_in_each_language()
{
    const std::vector<MinimalPair> english =
        read_minimal_pairs(QStringLiteral("resources/sentences/pairs.en.tsv"));
    const std::vector<MinimalPair> korean =
        read_minimal_pairs(QStringLiteral("resources/sentences/pairs.ko.tsv"));
    const auto hangul = [](const QString &text) {
        return std::any_of(text.begin(), text.end(),
                           [](QChar c) { return c.script() == QChar::Script_Hangul; });
    };
    const TokenizerPtr tokenizer = default_model()->tokenizer;
    const auto idsOf = [&tokenizer](const QString &text) {
        std::vector<int> ids;
        for (const Token &token : tokenizer->encode(text).tokens)
            ids.push_back(token.id);
        return ids;
    };
    QCOMPARE(english.size(), korean.size());
    int hangul_pairs = 0;
    for (std::size_t i = 0; i < english.size(); ++i) {
        QCOMPARE(english[i].first, korean[i].first);
        QCOMPARE(english[i].second, korean[i].second);
        QVERIFY(english[i].first != english[i].second);
        // Where the vocabulary knows neither word, there is nothing to compare.
        QVERIFY2(idsOf(english[i].first) != idsOf(english[i].second), qPrintable(english[i].first));
        QCOMPARE(hangul(english[i].first), hangul(english[i].second));
        QVERIFY2(!english[i].look.isEmpty() && hangul(korean[i].look), qPrintable(english[i].first));
        hangul_pairs += hangul(english[i].first) ? 1 : 0;
    }
    QCOMPARE(hangul_pairs, 20);
    QCOMPARE(english.size() - static_cast<std::size_t>(hangul_pairs), std::size_t{20});
}

QTEST_APPLESS_MAIN(TestMinimalPairs)
#include "tst_minimal_pairs.moc"
