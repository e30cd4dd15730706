// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/wordpiece_trainer.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace encoderscope;

namespace
{

QString u(const char *text)
{
    return QString::fromUtf8(text);
}

/// Words built of syllables with a skewed distribution, as languages have it.
QStringList made_up_lines(int lines)
{
    QRandomGenerator random(7);
    const auto skewed = [&](int bound) {
        const double x = random.generateDouble();
        return static_cast<int>(x * x * x * bound);
    };
    QStringList result;
    for (int i = 0; i < lines; ++i) {
        QString line;
        for (int word = 0; word < 10; ++word) {
            for (int syllable = skewed(5); syllable >= 0; --syllable) {
                if (word % 2 == 0)
                    line += QChar(0xAC00 + skewed(1500) * 7);
                else
                    line += QString(QChar(u'a' + skewed(26))) + QChar(u'a' + skewed(26));
            }
            line += u' ';
        }
        result.append(line);
    }
    return result;
}

} // namespace

class TestWordPieceTrainer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joins_the_most_frequent_pairs_first();
    void counts_overlapping_pairs_right();
    void keeps_to_its_limits();
    void is_the_same_every_time_and_fast();
    void its_vocabulary_covers_its_lines();
    void required_pieces_are_in();
};

void TestWordPieceTrainer::joins_the_most_frequent_pairs_first()
{
    const QStringList lines{u("hug ").repeated(10), u("pug ").repeated(5), u("pun ").repeated(12),
                            u("bun ").repeated(4), u("hugs ").repeated(5)};
    const QStringList pieces = train_wordpiece(lines);
    const QStringList joined = pieces.mid(pieces.indexOf(u("##ug")));
    // By hand: ##u ##g 20 times, ##u ##n 16, h ##ug 15, p ##un 12; then 5: p ##ug, hug ##s; 4: b ##un.
    QCOMPARE(joined.mid(0, 4), QStringList({u("##ug"), u("##un"), u("hug"), u("pun")}));
    QCOMPARE(QSet<QString>(joined.begin() + 4, joined.end()), QSet<QString>({u("pug"), u("hugs"), u("bun")}));
    QCOMPARE(pieces.mid(0, 5), WordPieceTraining().specials);
}

void TestWordPieceTrainer::counts_overlapping_pairs_right()
{
    // aaaaa = a ##a ##a ##a ##a: (##a ##a) 9 times over 3 words, then (##aa ##aa) 3 times; (a ##aa) is the
    // older pair.
    const QStringList pieces = train_wordpiece({u("aaaaa aaaaa aaaaa")}, {.min_frequency = 3});
    QCOMPARE(pieces.mid(pieces.indexOf(u("##aa"))), QStringList({u("##aa"), u("aaa"), u("aaaaa")}));
}

void TestWordPieceTrainer::keeps_to_its_limits()
{
    const QStringList lines = made_up_lines(300);
    QCOMPARE(train_wordpiece(lines, {.pieces = 700, .alphabet = 300}).size(), 700);
    const QStringList few = train_wordpiece(lines, {.min_frequency = 1'000'000, .alphabet = 300});
    QCOMPARE(few.size(), 5 + 300);
    for (const QString &piece : train_wordpiece(lines, {.pieces = 3000, .longest_piece = 3}))
        QVERIFY2(piece.startsWith(u'[') || QString(piece).remove(u("##")).size() <= 3, qPrintable(piece));
    QCOMPARE(train_wordpiece({}).mid(0, 5), WordPieceTraining().specials);
}

void TestWordPieceTrainer::is_the_same_every_time_and_fast()
{
    const QStringList lines = made_up_lines(3'000);
    QElapsedTimer timer;
    timer.start();
    const QStringList once = train_wordpiece(lines);
    const auto milliseconds = timer.elapsed();
    QVERIFY2(milliseconds < 30'000, qPrintable(QString::number(milliseconds)));
    QCOMPARE(train_wordpiece(lines), once);
    QCOMPARE(QSet<QString>(once.begin(), once.end()).size(), once.size());
}

void TestWordPieceTrainer::its_vocabulary_covers_its_lines()
{
    const QStringList lines = made_up_lines(200);
    const WordPieceTraining options{.pieces = 2'000};
    const TokenizerPtr tokenizer =
        bert_tokenizer(std::make_shared<const Vocabulary>(train_wordpiece(lines, options)),
                       {.normalizer = options.normalizer});
    for (const QString &line : lines) {
        for (const Token &token : tokenizer->tokenize(line))
            QVERIFY(!token.unknown);
    }
}

void TestWordPieceTrainer::required_pieces_are_in()
{
    const QStringList lines{u("hug ").repeated(10), u("pug ").repeated(5), u("갔다 ").repeated(3),
                            u("zebra ").repeated(20)};
    WordPieceTraining options{.pieces = 300, .required = {u("갔"), u("##갔"), u("hug"), u("뷁"), u("zebra")}};
    const QStringList pieces = train_wordpiece(lines, options);
    for (const QString &piece : options.required)
        QCOMPARE(pieces.count(piece), 1);
    // "zebra" is one piece already, so that its pairs are not joined; those of "pug" are.
    for (const char *part : {"ze", "##ra", "##bra", "##eb", "##br"})
        QVERIFY2(!pieces.contains(u(part)), part);
    QVERIFY(pieces.contains(u("pug")));
    options.pieces = 113;
    QCOMPARE(train_wordpiece(lines, options).size(), 113);
    options.alphabet = 0;
    options.pieces = 300;
    QVERIFY(!train_wordpiece(lines, options).contains(u("##다")));
    QVERIFY(train_wordpiece(lines, options).contains(u("뷁")));
}

QTEST_GUILESS_MAIN(TestWordPieceTrainer)
#include "tst_wordpiece_trainer.moc"
