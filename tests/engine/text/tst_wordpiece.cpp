// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/bert.h"
#include "engine/text/granularity.h"
#include "engine/text/initial_vocabulary.h"

#include <QElapsedTimer>
#include <QTest>

using namespace encoderscope;

namespace
{

TokenizerPtr bert(const char *pieces, BertNormalizerOptions normalizer = {})
{
    const QString all = QStringLiteral("[PAD] [UNK] [CLS] [SEP] [MASK] ") + QString::fromUtf8(pieces);
    return bert_tokenizer(std::make_shared<const Vocabulary>(all.split(u' ')), {.normalizer = normalizer});
}

TokenizerPtr initial()
{
    return bert_tokenizer(std::make_shared<const Vocabulary>(initial_vocabulary()),
                          {.normalizer = {.strip_accents = false}});
}

QString pieces(const TokenizerPtr &tokenizer, const QString &text)
{
    QStringList all;
    for (const Token &token : tokenizer->tokenize(text))
        all.append(token.piece);
    return all.join(u' ');
}

QString texts(const TokenizerPtr &tokenizer, const QString &text)
{
    QStringList all;
    for (const Token &token : tokenizer->tokenize(text))
        all.append(token.text);
    return all.join(u'|');
}

QString u(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestWordPiece : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takes_the_longest_piece_from_the_left();
    void a_word_with_an_uncovered_place_is_unknown();
    void words_over_a_hundred_characters_are_unknown();
    void accents_are_stripped_as_told();
    void spans_point_to_what_was_typed();
    void a_hangul_syllable_is_never_broken();
    void a_hangul_syllable_without_a_piece_is_spelled();
    void a_typed_special_is_one_token();
    void words_and_characters_share_the_vocabulary();
    void a_pair_has_types_and_segments();
    void what_is_too_long_is_cut_as_told_data();
    void what_is_too_long_is_cut_as_told();
    void lines_twice_or_empty_keep_the_numbers_of_others();
    void any_text_is_taken_and_spans_hold();
    void long_texts_are_fast();
    void the_initial_vocabulary_covers_english_and_korean();
    void a_broken_vocabulary_is_refused_data();
    void a_broken_vocabulary_is_refused();
};

void TestWordPiece::takes_the_longest_piece_from_the_left()
{
    const TokenizerPtr tokenizer = bert("un ##aff ##able ##a ##f una");
    QCOMPARE(pieces(tokenizer, u("unaffable")), u("una ##f ##f ##able"));
    const std::vector<Token> tokens = tokenizer->tokenize(u("unaffable un"));
    QCOMPARE(tokens[0].continuation, false);
    QCOMPARE(tokens[1].continuation, true);
    QCOMPARE(tokens[3].word, 0);
    QCOMPARE(tokens[4].word, 1);
    QCOMPARE(tokens[4].continuation, false);
}

void TestWordPiece::a_word_with_an_uncovered_place_is_unknown()
{
    const std::vector<Token> tokens = bert("a ##b .")->tokenize(u("ab abx. ab"));
    QCOMPARE(tokens.size(), std::size_t{6});
    QCOMPARE(tokens[2].piece, u("[UNK]"));
    QVERIFY(tokens[2].unknown);
    QVERIFY(!tokens[2].special);
    QCOMPARE(tokens[2].text, u("abx"));
    QCOMPARE(tokens[2].begin, 3);
    QCOMPARE(tokens[2].end, 6);
}

void TestWordPiece::words_over_a_hundred_characters_are_unknown()
{
    const TokenizerPtr tokenizer = bert("a ##a");
    QCOMPARE(tokenizer->tokenize(QString(100, u'a')).size(), std::size_t{100});
    const std::vector<Token> tokens = tokenizer->tokenize(QString(101, u'a'));
    QCOMPARE(tokens.size(), std::size_t{1});
    QVERIFY(tokens[0].unknown);
}

void TestWordPiece::accents_are_stripped_as_told()
{
    const char *vocabulary = "resume résumé Résumé";
    QCOMPARE(pieces(bert(vocabulary), u("Résumé")), u("resume"));
    QCOMPARE(pieces(bert(vocabulary, {.strip_accents = false}), u("Résumé")), u("résumé"));
    QCOMPARE(pieces(bert(vocabulary, {.lowercase = false}), u("Résumé")), u("Résumé"));
    QCOMPARE(pieces(bert(vocabulary, {.strip_accents = true, .lowercase = false}), u("résumé")), u("resume"));
}

void TestWordPiece::spans_point_to_what_was_typed()
{
    const TokenizerPtr tokenizer = bert("ca ##fe ' 水 i");
    // A decomposed é, a control character inside a word, an ideograph without blanks, a character that grows.
    const QString text = u("  CA\x01"
                           "FE\u0301'水İ");
    const std::vector<Token> tokens = tokenizer->tokenize(text);
    QCOMPARE(pieces(tokenizer, text), u("ca ##fe ' 水 i"));
    QCOMPARE(tokens[0].text, u("CA"));
    QCOMPARE(tokens[0].begin, 2);
    QCOMPARE(tokens[1].text, u("FE\u0301"));
    QCOMPARE(tokens[1].begin, 5);
    QCOMPARE(tokens[1].end, 8);
    QCOMPARE(tokens[3].text, u("水"));
    QCOMPARE(tokens[4].text, u("İ"));
    QCOMPARE(tokens[4].end, text.size());
}

void TestWordPiece::a_hangul_syllable_is_never_broken()
{
    // Lowercasing BERT decomposes syllables to jamo, and its vocabulary may cut between them.
    const TokenizerPtr tokenizer = bert("\u1112 ##\u1161 ##\u11ab ##\u1100\u1173\u11af");
    const QString text = u("한글");
    QCOMPARE(pieces(tokenizer, text), u("\u1112 ##\u1161 ##\u11ab ##\u1100\u1173\u11af"));
    QCOMPARE(texts(tokenizer, text), u("한|한|한|글"));
}

void TestWordPiece::a_typed_special_is_one_token()
{
    const TokenizerPtr tokenizer = bert("the cat mask [ ]");
    const std::vector<Token> tokens = tokenizer->tokenize(u("the[MASK] cat [mask]"));
    QCOMPARE(tokens[1].id, tokenizer->mask_id());
    QVERIFY(tokens[1].special);
    QCOMPARE(tokens[1].begin, 3);
    QCOMPARE(tokens[1].end, 9);
    QCOMPARE(tokens[1].word, 1);
    QCOMPARE(tokens[2].word, 2);
    QCOMPARE(tokens[3].piece, u("["));
}

void TestWordPiece::words_and_characters_share_the_vocabulary()
{
    const TokenizerPtr base = bert("the cats c ##a t ##s cat ##t . 고 ##양 양");
    const TokenizerPtr words = with_granularity(base, Granularity::word);
    const TokenizerPtr characters = with_granularity(base, Granularity::character);
    const QString text = u("The cats. 고양 tea");
    QCOMPARE(pieces(words, text), u("the cats . [UNK] [UNK]"));
    QCOMPARE(texts(words, text), u("The|cats|.|고양|tea"));
    QVERIFY(words->tokenize(text)[3].unknown);
    QCOMPARE(pieces(characters, text), u("t [UNK] [UNK] c ##a ##t ##s . 고 ##양 t [UNK] ##a"));
    QCOMPARE(texts(characters, text), u("T|h|e|c|a|t|s|.|고|양|t|e|a"));
    QVERIFY(characters->tokenize(text)[4].continuation);
    QCOMPARE(words->specials().before.front().id, base->specials().before.front().id);
    QCOMPARE(with_granularity(base, Granularity::subword), base);
}

void TestWordPiece::a_pair_has_types_and_segments()
{
    const Encoding encoding = bert("a b")->encode(u("a"), u("b"));
    const std::vector<Token> &tokens = encoding.tokens;
    QCOMPARE(tokens.size(), std::size_t{5});
    const int types[] = {0, 0, 0, 1, 1};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        QCOMPARE(tokens[i].type, types[i]);
        QCOMPARE(tokens[i].segment, types[i]);
    }
    QCOMPARE(bert("a b")->encode(u("a")).tokens.back().type, 0);
}

void TestWordPiece::what_is_too_long_is_cut_as_told_data()
{
    QTest::addColumn<int>("a");
    QTest::addColumn<int>("b");
    QTest::addColumn<bool>("left");
    QTest::addColumn<QString>("expected"); // tokens of A and B of 9 that have room, and where they were cut
    QTest::newRow("A is longer by one") << 6 << 5 << false << u("5 4 cut 10 8");
    QTest::newRow("B is longer by one") << 5 << 6 << false << u("4 5 cut 8 10");
    QTest::newRow("equal: the odd one is B's") << 6 << 6 << false << u("4 5 cut 8 10");
    QTest::newRow("A is short") << 2 << 20 << false << u("2 7 cut -1 14");
    QTest::newRow("B is short") << 20 << 2 << false << u("7 2 cut 14 -1");
    QTest::newRow("both fit") << 5 << 4 << false << u("5 4 cut -1 -1");
    QTest::newRow("from the left") << 6 << 5 << true << u("5 4 cut 2 2");
    QTest::newRow("B from the left") << 2 << 20 << true << u("2 7 cut -1 26");
}

void TestWordPiece::what_is_too_long_is_cut_as_told()
{
    QFETCH(int, a);
    QFETCH(int, b);
    QFETCH(bool, left);
    QFETCH(QString, expected);
    Pipeline pipeline = bert_pipeline(std::make_shared<const Vocabulary>(QStringList{
                                          u("[UNK]"), u("[CLS]"), u("[SEP]"), u("x"), u("y"), u("z")}),
                                      {});
    pipeline.truncates_left = left;
    const PipelineTokenizer tokenizer(std::move(pipeline));
    const QString text_a = u("x ").repeated(a - 1) + u("y ");
    const QString text_b = u("x ").repeated(b - 1) + u("z ");
    const Encoding encoding = tokenizer.encode(text_a, text_b, 12);
    int of_a = 0;
    int of_b = 0;
    for (const Token &token : encoding.tokens) {
        of_a += token.special || token.segment == 1 ? 0 : 1;
        of_b += token.special || token.segment == 0 ? 0 : 1;
        QCOMPARE(token.type, token.segment);
    }
    QCOMPARE(QStringLiteral("%1 %2 cut %3 %4").arg(of_a).arg(of_b).arg(encoding.cut_a).arg(encoding.cut_b),
             expected);
    const bool whole = a + b <= 9;
    QCOMPARE(encoding.tokens.size(), std::size_t{12});
    QCOMPARE(encoding.cut_left, left);
    // The last token is y and z where nothing was cut, or was on the left.
    QCOMPARE(encoding.tokens[encoding.tokens.size() - 2].piece,
             left || whole || encoding.cut_b < 0 ? u("z") : u("x"));
}

void TestWordPiece::lines_twice_or_empty_keep_the_numbers_of_others()
{
    const Vocabulary vocabulary = parse_vocabulary("[UNK]\na\n\na\nb \r\n", u("vocab.txt"), {u("[UNK]")});
    QCOMPARE(vocabulary.size(), 5);
    QCOMPARE(vocabulary.id(u("a")), 3);
    QCOMPARE(vocabulary.id(u("b")), 4);
    QCOMPARE(vocabulary.id(QString()), -1);
    QCOMPARE(vocabulary.piece(1), u("a"));
}

void TestWordPiece::any_text_is_taken_and_spans_hold()
{
    const TokenizerPtr tokenizer = initial();
    const QString texts[] = {
        QString(),
        u(" \t\r\n"),
        QString(QChar(0xD800)),
        QString(QChar(0xDC00)) + QChar(0xD83D),
        QString(3, QChar(0)) + u("a"),
        u("👨‍👩‍👧‍👦 🇰🇷 e\u0301\u0301 שלום عليكم ㄱㅏ 각"),
        u("a") + QString(1000, QChar(0x301)),
        QString(1000, QChar(0x200D)),
    };
    for (const QString &text : texts) {
        for (const Granularity granularity :
             {Granularity::word, Granularity::character, Granularity::subword}) {
            qsizetype before = 0;
            for (const Token &token : with_granularity(tokenizer, granularity)->tokenize(text)) {
                QVERIFY(token.begin >= before || token.continuation);
                QVERIFY(token.begin < token.end);
                QVERIFY(token.end <= text.size());
                QCOMPARE(token.text, text.mid(token.begin, token.end - token.begin));
                QVERIFY(token.id >= 0 && token.id < tokenizer->vocabulary_size());
                before = token.begin;
            }
        }
    }
}

void TestWordPiece::long_texts_are_fast()
{
    const TokenizerPtr tokenizer = initial();
    const QString texts[] = {
        u("word ").repeated(20'000),
        QString(100'000, u'a'),
        (QString(99, u'가') + u' ').repeated(1'000),
        u("e\u0301").repeated(50'000),
        QString(100'000, QChar(0x301)),
        u("[MASK").repeated(20'000),
        u("👨‍👩‍👧‍👦").repeated(9'000),
    };
    for (const QString &text : texts) {
        QElapsedTimer timer;
        timer.start();
        (void)tokenizer->encode(text);
        QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
    }
}

void TestWordPiece::the_initial_vocabulary_covers_english_and_korean()
{
    const TokenizerPtr tokenizer = initial();
    for (const Token &token :
         tokenizer->tokenize(u("The animal didn't cross the street (42%). 뷁햏 강아지가 뛰었다!")))
        QVERIFY2(!token.unknown, qPrintable(token.text));
    const QStringList all = initial_vocabulary();
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), all.size());
}

void TestWordPiece::a_broken_vocabulary_is_refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("named");
    QTest::newRow("empty") << QByteArray() << u("empty");
    QTest::newRow("only line ends") << QByteArray("\n\n\n") << u("empty");
    QTest::newRow("no unknown") << QByteArray("a\nb\n") << u("[UNK]");
    QTest::newRow("no UTF-8") << QByteArray("[UNK]\na\xFF\n") << u("Line 2");
    QTest::newRow("a megabyte of a piece") << "[UNK]\na\n" + QByteArray(1'000'000, 'y') + "\nb\n"
                                           << u("Line 3: expected at most 1000 characters, found 1000000.");
}

void TestWordPiece::a_broken_vocabulary_is_refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, named);
    try {
        parse_vocabulary(bytes, u("some/vocab.txt"), {u("[UNK]")});
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(named), error.what());
        QVERIFY2(error.message().contains(u("some/vocab.txt")), error.what());
    }
}

void TestWordPiece::a_hangul_syllable_without_a_piece_is_spelled()
{
    const QString all = u("[PAD] [UNK] [CLS] [SEP] [MASK] 먹 ##다 ㅂ ##ㅂ ##ㅞ ##ㄺ ##ㅅ ##ㅏ a");
    const auto vocabulary = std::make_shared<const Vocabulary>(all.split(u' '));
    const TokenizerPtr tokenizer = bert_tokenizer(vocabulary, made_tokenizer_options());
    QCOMPARE(pieces(tokenizer, u("뷁다")), u("ㅂ ##ㅞ ##ㄺ ##다"));
    QCOMPARE(texts(tokenizer, u("뷁다")), u("뷁|뷁|뷁|다"));
    QCOMPARE(pieces(tokenizer, u("먹뷁")), u("먹 ##ㅂ ##ㅞ ##ㄺ"));
    QCOMPARE(pieces(tokenizer, u("먹사")), u("먹 ##ㅅ ##ㅏ"));
    QCOMPARE(pieces(tokenizer, u("먹자")), u("[UNK]")); // no ㅈ
    QCOMPARE(pieces(tokenizer, u("ab")), u("[UNK]"));
    QCOMPARE(pieces(bert_tokenizer(vocabulary), u("뷁다")), u("[UNK]"));
    for (const Token &token : tokenizer->tokenize(u("먹뷁다")))
        QVERIFY(token.word == 0 && token.end - token.begin == 1);
}

QTEST_GUILESS_MAIN(TestWordPiece)
#include "tst_wordpiece.moc"
