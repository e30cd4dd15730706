// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/bert.h"
#include "engine/text/granularity.h"
#include "engine/text/longest_common.h"
#include "engine/text/token_alignment.h"
#include "engine/text/tokenizer_folder.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace encoderscope;

namespace
{

QString u(const char *text)
{
    return QString::fromUtf8(text);
}

/// One tokenizer for both languages: lower case, accents kept.
TokenizerPtr subword()
{
    static const TokenizerPtr made = bert_tokenizer(
        std::make_shared<const Vocabulary>(
            u("[PAD] [UNK] [CLS] [SEP] [MASK] the a cat dog mat big old sat slept it he yesterday not to be "
              "or talk walk play ##ed ##ing ##s gi ##raf ##fe saw . , ' ? 고양이 쥐 밥 어제 나는 나를 봤다 "
              "먹었다 "
              "잔다 쫓는다 ##가 ##는 ##를 ##을 눈 😀")
                .split(u' ')),
        {.normalizer = {.strip_accents = false}});
    return made;
}

/// The same with characters; with words as pieces; and one that has bytes and other specials.
TokenizerPtr characters()
{
    return with_granularity(subword(), Granularity::character);
}
TokenizerPtr words()
{
    return with_granularity(subword(), Granularity::word);
}
TokenizerPtr bytes()
{
    static const TokenizerPtr made =
        load_tokenizer(QStringLiteral(ENCODERSCOPE_TEST_DATA "/tokenizers/roberta"));
    return made;
}

QString joined(const Encoding &encoding, const std::vector<int> &tokens)
{
    QStringList all;
    for (const int token : tokens)
        all.append(encoding.tokens[static_cast<std::size_t>(token)].text);
    return all.join(u'+');
}

/// "a=b" the same characters, "a~b" one in the place of the other, "a!" and "!b" without a partner.
QString written(const TokenAlignment &alignment, const Encoding &now, const Encoding &reference)
{
    QStringList all;
    for (const AlignedTokens &unit : alignment.units) {
        const QString here = joined(now, unit.now);
        const QString there = joined(reference, unit.reference);
        if (!unit.matched())
            all.append(unit.now.empty() ? u'!' + there : here + u'!');
        else
            all.append(here + (unit.same ? u'=' : u'~') + there);
    }
    return all.join(u' ');
}

/// Only the matched tokens, in an order that does not depend on the side.
std::set<std::pair<std::vector<int>, std::vector<int>>> matched(const TokenAlignment &alignment)
{
    std::set<std::pair<std::vector<int>, std::vector<int>>> all;
    for (const AlignedTokens &unit : alignment.units) {
        if (unit.matched())
            all.insert({unit.now, unit.reference});
    }
    return all;
}

/// "2=3 4=": token 2 with token 3 of the reference; token 4 with none.
std::vector<TokenPair> pairs_of(const QString &text)
{
    std::vector<TokenPair> pairs;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList sides = word.split(u'=');
        pairs.push_back(
            {sides[0].isEmpty() ? -1 : sides[0].toInt(), sides[1].isEmpty() ? -1 : sides[1].toInt()});
    }
    return pairs;
}

std::vector<TokenPair> swapped(std::vector<TokenPair> pairs)
{
    for (TokenPair &pair : pairs)
        std::swap(pair.now, pair.reference);
    return pairs;
}

/// Each token of both sides stands in one unit, once.
bool complete(const TokenAlignment &alignment)
{
    std::vector<int> now, reference;
    for (const AlignedTokens &unit : alignment.units) {
        now.insert(now.end(), unit.now.begin(), unit.now.end());
        reference.insert(reference.end(), unit.reference.begin(), unit.reference.end());
    }
    std::sort(now.begin(), now.end());
    std::sort(reference.begin(), reference.end());
    const auto counts_up = [](const std::vector<int> &all, int count) {
        for (int i = 0; i < count; ++i) {
            if (i >= std::ssize(all) || all[static_cast<std::size_t>(i)] != i)
                return false;
        }
        return std::ssize(all) == count;
    };
    return counts_up(now, alignment.now_tokens) && counts_up(reference, alignment.reference_tokens);
}

using MakeTokenizer = TokenizerPtr (*)();

} // namespace

Q_DECLARE_METATYPE(MakeTokenizer)

class TestTokenAlignment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cases_data();
    void cases();
    void a_run_is_aligned_with_itself_token_by_token();
    void the_other_way_round_gives_the_same_partners();
    void corrected_cases_data();
    void corrected_cases();
    void any_corrections_hold();
    void corrections_that_name_no_token_are_refused();
    void partners_are_one_for_each_token();
    void subsequences_are_the_longest();
    void long_texts_are_fast();
    void a_stopped_alignment_is_empty();
};

void TestTokenAlignment::cases_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("now_b");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("reference_b");
    QTest::addColumn<MakeTokenizer>("tokenizer");
    QTest::addColumn<MakeTokenizer>("other");
    QTest::addColumn<QString>("expected"); // between [CLS]=[CLS] and [SEP]=[SEP] unless it names them

    const auto both = [](const char *name, const char *now, const char *reference, const char *expected) {
        QTest::newRow(name) << u(now) << QString() << u(reference) << QString() << MakeTokenizer(subword)
                            << MakeTokenizer(subword) << u(expected);
    };
    const auto cut = [](const char *name, const char *text, MakeTokenizer now, MakeTokenizer reference,
                        const char *expected) {
        QTest::newRow(name) << u(text) << QString() << u(text) << QString() << now << reference
                            << u(expected);
    };
    const auto pairs = [](const char *name, const char *a, const char *b, const char *other_a,
                          const char *other_b, const char *expected) {
        QTest::newRow(name) << u(a) << (b ? u(b) : QString()) << u(other_a)
                            << (other_b ? u(other_b) : QString()) << MakeTokenizer(subword)
                            << MakeTokenizer(subword) << u(expected);
    };

    // English: one word or more replaced, put in, taken out, moved.
    both("the same", "the cat sat.", "the cat sat.", "the=the cat=cat sat=sat .=.");
    both("one replaced", "the cat sat.", "the dog sat.", "the=the cat~dog sat=sat .=.");
    both("two replaced", "the big cat sat.", "the old dog sat.", "the=the big~old cat~dog sat=sat .=.");
    both("first replaced", "he slept.", "it slept.", "he~it slept=slept .=.");
    both("last replaced", "the cat sat", "the cat slept", "the=the cat=cat sat~slept");
    both("put in", "the big cat sat", "the cat sat", "the=the big! cat=cat sat=sat");
    both("taken out", "the cat sat", "the big cat sat", "the=the !big cat=cat sat=sat");
    both("two in the place of one", "the cat sat", "the old dog sat", "the=the cat! !old !dog sat=sat");
    both("moved", "yesterday the cat sat.", "the cat sat yesterday.",
         "yesterday! the=the cat=cat sat=sat !yesterday .=.");
    both("at the front, so a capital", "The cat sat", "the cat sat", "The~the cat=cat sat=sat");
    both("an ending", "he walked", "he talked", "he=he walk~talk ed=ed");
    both("cut in as many pieces", "he played", "he walking", "he=he play~walk ed~ing");
    both("a plural", "the cats sat", "the cat sat", "the=the cat=cat s! sat=sat");
    both("three pieces for one", "the giraffe sat", "the dog sat", "the=the gi+raf+fe~dog sat=sat");
    both("negation", "he sat", "he not sat", "he=he !not sat=sat");
    both("punctuation", "he sat.", "he sat?", "he=he sat=sat .~?");
    both("repeated words", "to be or not to be", "to be or to be", "to=to be=be or=or not! to=to be=be");
    both("more repeated words", "the cat the dog the mat", "the cat the mat",
         "the=the cat=cat the=the dog! the! mat=mat");
    both("more blanks", "the  cat \t sat ", " the cat sat", "the=the cat=cat sat=sat");

    // Korean: particles, order.
    both("another particle", "고양이가 잔다.", "고양이는 잔다.", "고양이=고양이 가~는 잔다=잔다 .=.");
    both("a particle more", "고양이 잔다.", "고양이가 잔다.", "고양이=고양이 !가 잔다=잔다 .=.");
    both("another particle in one piece", "나는 봤다", "나를 봤다", "나는~나를 봤다=봤다");
    both("two particles", "고양이가 쥐를 쫓는다.", "고양이를 쥐가 쫓는다.",
         "고양이=고양이 가~를 쥐=쥐 를~가 쫓는다=쫓는다 .=.");
    both("a word moved", "어제 고양이가 밥을 먹었다.", "고양이가 밥을 어제 먹었다.",
         "어제! 고양이=고양이 가=가 밥=밥 을=을 !어제 먹었다=먹었다 .=.");
    both("a word replaced", "고양이가 밥을 먹었다", "쥐가 밥을 먹었다",
         "고양이~쥐 가=가 밥=밥 을=을 먹었다=먹었다");
    both("homographs", "눈을 봤다", "눈을 먹었다", "눈=눈 을=을 봤다~먹었다");

    // Mixed, unknown, emoji, typed specials.
    both("mixed", "나는 cat 봤다", "나는 dog 봤다", "나는=나는 cat~dog 봤다=봤다");
    both("a particle at a Latin word", "cat는 잔다", "cat가 잔다", "cat=cat 는~가 잔다=잔다");
    both("an unknown word", "the zzz sat", "the cat sat", "the=the zzz~cat sat=sat");
    both("the same unknown word", "the zzz sat", "the zzz slept", "the=the zzz=zzz sat~slept");
    both("two unknown words", "the zzz sat", "the yyy sat", "the=the zzz~yyy sat=sat");
    both("emoji", "the 😀 sat", "the 👩‍👩‍👧 sat", "the=the 😀~👩‍👩‍👧 sat=sat");
    both("an emoji more", "cat 😀", "cat", "cat=cat 😀!");
    both("a typed mask", "the [MASK] sat", "the cat sat", "the=the [MASK]~cat sat=sat");
    both("accents written in two ways", "고양이가 cafe\u0301 봤다", "고양이는 caf\u00e9 봤다",
         "고양이=고양이 가~는 cafe\u0301=caf\u00e9 봤다=봤다");

    // Nothing in common, and nothing at all.
    both("nothing in common", "the cat sat", "고양이가 잔다", "the! cat! sat! !고양이 !가 !잔다");
    both("nothing in common, as many words", "the cat", "고양이가 잔다", "the! cat! !고양이 !가 !잔다");
    both("more differs than is the same", "the cat sat saw", "the dog slept it",
         "the=the cat! sat! saw! !dog !slept !it");
    both("empty here", "", "the cat", "!the !cat");
    both("empty there", "the cat", "", "the! cat!");
    both("empty on both sides", "", "", "");
    both("blanks only", "  ", "the", "!the");

    // One text, cut in other ways.
    cut("subwords and characters", "cats play", subword, characters, "cat=c+a+t s=s play=p+l+a+y");
    cut("characters and subwords", "cats play", characters, subword, "c+a+t=cat s=s p+l+a+y=play");
    cut("words and subwords", "he played", words, subword, "he=he played=play+ed");
    cut("syllables stay whole", "고양이가 잔다", subword, characters, "고양이=고+양+이 가=가 잔다=잔+다");
    cut("an unknown word in characters", "zzz sat", subword, characters, "zzz=z+z+z sat=s+a+t");
    cut("other specials", "the cat", subword, bytes, "[CLS]=<s> the=the cat=c+at [SEP]=</s>");
    cut("bytes of a syllable", "쥐", subword, bytes, "[CLS]=<s> 쥐=쥐+쥐+쥐 [SEP]=</s>");
    cut("bytes of an emoji", "👧", bytes, subword, "<s>=[CLS] 👧+👧=👧 </s>=[SEP]");
    QTest::newRow("another word, cut in another way")
        << u("the cats sat") << QString() << u("the mats sat") << QString() << MakeTokenizer(subword)
        << MakeTokenizer(characters) << u("the=t+h+e cat~m+a+t s=s sat=s+a+t");
    QTest::newRow("bytes one by one")
        << u("쥐 a") << QString() << u("쥐 cat") << QString() << MakeTokenizer(bytes) << MakeTokenizer(bytes)
        << u("<s>=<s> 쥐=쥐 쥐=쥐 쥐=쥐 a~c+at </s>=</s>");

    // Pairs of sentences.
    pairs("pairs", "the cat sat", "it slept", "the dog sat", "it sat",
          "the=the cat~dog sat=sat [SEP]=[SEP] it=it slept~sat");
    pairs("B alone", "the cat sat.", "it slept.", "it slept.", nullptr,
          "the! cat! sat! .! [SEP]! it=it slept=slept .=.");
    pairs("A alone", "the cat sat.", "it slept.", "the cat sat.", nullptr,
          "the=the cat=cat sat=sat .=. [SEP]! it! slept! .!");
    pairs("two sentences in one", "the cat sat.", "it slept.", "the cat sat. it slept.", nullptr,
          "the=the cat=cat sat=sat .=. [SEP]! it=it slept=slept .=.");
    pairs("an empty B", "the cat", "", "the cat", "it", "the=the cat=cat [SEP]=[SEP] !it");
    pairs("an empty A", "", "it", "the", "it", "!the [SEP]=[SEP] it=it");
}

void TestTokenAlignment::cases()
{
    QFETCH(QString, now);
    QFETCH(QString, now_b);
    QFETCH(QString, reference);
    QFETCH(QString, reference_b);
    QFETCH(MakeTokenizer, tokenizer);
    QFETCH(MakeTokenizer, other);
    QFETCH(QString, expected);
    const Encoding a = tokenizer()->encode(now, now_b);
    const Encoding b = other()->encode(reference, reference_b);
    const TokenAlignment alignment = align_tokens(a, b);
    const QString first = QStringLiteral("[CLS]=[CLS]");
    if (tokenizer != bytes && other != bytes)
        expected = (first + u' ' + expected).trimmed() + QStringLiteral(" [SEP]=[SEP]");
    QCOMPARE(written(alignment, a, b), expected);
    QVERIFY(complete(alignment));
    QVERIFY(matched(align_tokens(b, a)) == matched(transposed(alignment)));
}

void TestTokenAlignment::a_run_is_aligned_with_itself_token_by_token()
{
    const QStringList texts{QString(),
                            u("the cat sat."),
                            u("고양이가 쥐를 쫓는다. 뷁 ㅋㅋ"),
                            u("👩‍👩‍👧 e\u0301\u0302 \u1112\u1161\u11ab the the"),
                            QString(QChar(0xd800)) + u("a"),
                            QString(300, u'x')};
    for (const MakeTokenizer make : {subword, characters, words, bytes}) {
        for (const QString &text : texts) {
            for (const QString &second : texts) {
                const Encoding encoding = make()->encode(text, second);
                const TokenAlignment alignment = align_tokens(encoding, encoding);
                QCOMPARE(alignment.units.size(), encoding.tokens.size());
                for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
                    const auto token = static_cast<int>(i);
                    QVERIFY(alignment.units[i] == (AlignedTokens{{token}, {token}, true}));
                }
            }
        }
    }
}

void TestTokenAlignment::the_other_way_round_gives_the_same_partners()
{
    const QStringList all = u("the cat dog cats 고양이가 고양이는 쥐가 . giraffe The").split(u' ');
    std::mt19937 random(5);
    const auto text = [&] {
        QStringList some;
        for (std::size_t i = random() % 9; i > 0; --i)
            some.append(all[static_cast<qsizetype>(random() % static_cast<std::size_t>(all.size()))]);
        return some.join(u' ');
    };
    for (int round = 0; round < 1000; ++round) {
        const Encoding a = subword()->encode(text(), round % 3 == 0 ? text() : QString());
        const Encoding b =
            (round % 2 == 0 ? subword() : characters())->encode(text(), round % 5 == 0 ? text() : QString());
        const TokenAlignment alignment = align_tokens(a, b);
        QVERIFY(complete(alignment));
        QVERIFY2(matched(align_tokens(b, a)) == matched(transposed(alignment)),
                 qPrintable(a.text + u'/' + a.text_b + u'/' + b.text + u'/' + b.text_b));
    }
}

void TestTokenAlignment::corrected_cases_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<MakeTokenizer>("other");
    QTest::addColumn<QString>("corrections"); // [CLS] is token 0
    QTest::addColumn<QString>("expected");    // between [CLS]=[CLS] and [SEP]=[SEP]
    const auto row = [](const char *name, const char *now, const char *reference, const char *corrections,
                        const char *expected, MakeTokenizer other = subword) {
        QTest::newRow(name) << u(now) << u(reference) << other << u(corrections) << u(expected);
    };

    // One word: with another one, with none, several with one.
    row("another one", "the big cat sat", "the dog sat", "3=2", "the=the big! cat~dog sat=sat");
    row("the one before it", "the big cat sat", "the dog sat", "2=2", "the=the big~dog cat! sat=sat");
    row("both", "the big cat sat", "the dog sat", "2=2 3=2", "the=the big+cat~dog sat=sat");
    row("none", "the cat sat", "the dog sat", "2=", "the=the cat! !dog sat=sat");
    row("none, of the reference", "the cat sat", "the dog sat", "=2", "the=the cat! !dog sat=sat");
    row("as it is", "the cat sat", "the dog sat", "2=2", "the=the cat~dog sat=sat");
    row("the same one", "the cat sat", "the dog sat", "1=1", "the=the cat~dog sat=sat");
    row("a particle", "고양이가 잔다", "고양이 잔다", "2=1", "고양이! 가~고양이 잔다=잔다");
    row("a piece of a word", "the cats sat", "the dog sat", "2=2", "the=the cat~dog s! sat=sat");
    row("one character", "cats play", "cats play", "1=1", "cat~c !a !t s=s play=p+l+a+y", characters);

    // What lies around it is aligned anew.
    row("the words between", "the cat sat saw", "the dog slept it", "3=3",
        "the=the cat~dog sat~slept saw~it");
    row("nothing in common", "the cat sat", "고양이가 잔다", "2=1", "the! cat~고양이 !가 sat~잔다");
    row("the other one of two", "the cat the cat", "the cat", "3=1", "the! cat! the=the cat=cat");
    row("three of them", "the cat the cat the cat", "the cat", "3=1", "the! cat! the=the cat=cat the! cat!");

    // Across others: these keep their partners.
    row("a moved word", "어제 고양이가 밥을 먹었다.", "고양이가 밥을 어제 먹었다.", "1=5",
        "어제=어제 고양이=고양이 가=가 밥=밥 을=을 먹었다=먹었다 .=.");
    row("a moved word leaves no gap", "yesterday big cat sat", "old cat sat yesterday", "1=4",
        "yesterday=yesterday big~old cat=cat sat=sat");
    row("all moved", "the cat sat", "sat cat the", "1=3 2=2 3=1", "the=the cat=cat sat=sat");
    row("across and several", "yesterday the cat sat", "the dog sat yesterday",
        "1=4 3=3 2=", "yesterday=yesterday the! !the !dog cat~sat sat!");
}

void TestTokenAlignment::corrected_cases()
{
    QFETCH(QString, now);
    QFETCH(QString, reference);
    QFETCH(MakeTokenizer, other);
    QFETCH(QString, corrections);
    QFETCH(QString, expected);
    const Encoding a = subword()->encode(now);
    const Encoding b = other()->encode(reference);
    const std::vector<TokenPair> pairs = pairs_of(corrections);
    const TokenAlignment alignment = align_tokens(a, b, pairs);
    QCOMPARE(written(alignment, a, b), QStringLiteral("[CLS]=[CLS] %1 [SEP]=[SEP]").arg(expected));
    QVERIFY(complete(alignment));
    QVERIFY(matched(align_tokens(b, a, swapped(pairs))) == matched(transposed(alignment)));
}

void TestTokenAlignment::any_corrections_hold()
{
    const QStringList all = u("the cat dog cats 고양이가 고양이는 쥐가 . giraffe The").split(u' ');
    std::mt19937 random(6);
    const auto below = [&](std::size_t count) { return static_cast<int>(random() % count); };
    const auto text = [&] {
        QStringList some;
        for (int i = below(9); i > 0; --i)
            some.append(all[below(static_cast<std::size_t>(all.size()))]);
        return some.join(u' ');
    };
    for (int round = 0; round < 1000; ++round) {
        const Encoding a = subword()->encode(text(), round % 3 == 0 ? text() : QString());
        const Encoding b =
            (round % 2 == 0 ? subword() : characters())->encode(text(), round % 5 == 0 ? text() : QString());
        std::vector<TokenPair> pairs;
        for (int i = below(4); i > 0; --i)
            pairs.push_back({below(a.tokens.size()), below(b.tokens.size())});
        const TokenAlignment alignment = align_tokens(a, b, pairs);
        QVERIFY(complete(alignment));
        for (const TokenPair &pair : pairs) {
            const auto holds = [&](const AlignedTokens &unit) {
                return std::find(unit.now.begin(), unit.now.end(), pair.now) != unit.now.end() &&
                       std::find(unit.reference.begin(), unit.reference.end(), pair.reference) !=
                           unit.reference.end();
            };
            QVERIFY(std::any_of(alignment.units.begin(), alignment.units.end(), holds));
        }
        QVERIFY2(matched(align_tokens(b, a, swapped(pairs))) == matched(transposed(alignment)),
                 qPrintable(a.text + u'/' + a.text_b + u'/' + b.text + u'/' + b.text_b));
    }
}

void TestTokenAlignment::corrections_that_name_no_token_are_refused()
{
    const Encoding encoding = subword()->encode(u("the cat"));
    for (const TokenPair &pair : std::vector<TokenPair>{{4, 0}, {0, 4}, {-2, 0}, {0, -2}, {-1, -1}})
        QVERIFY_THROWS_EXCEPTION(Error, align_tokens(encoding, encoding, {pair}));
}

void TestTokenAlignment::partners_are_one_for_each_token()
{
    const auto partners_of = [](const char *now, MakeTokenizer make, const char *reference,
                                MakeTokenizer other) {
        return partners(align_tokens(make()->encode(u(now)), other()->encode(u(reference))));
    };
    QVERIFY(partners_of("the cat sat", subword, "the dog sat", subword) == std::vector<int>({0, 1, 2, 3, 4}));
    QVERIFY(partners_of("the cat sat", subword, "the big dog sat", subword) ==
            std::vector<int>({0, 1, -1, 4, 5}));
    QVERIFY(partners_of("cats", characters, "cats", subword) == std::vector<int>({0, 1, 1, 1, 2, 3}));
    QVERIFY(partners_of("cats", subword, "cats", characters) == std::vector<int>({0, 1, 4, 5}));
}

void TestTokenAlignment::subsequences_are_the_longest()
{
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        const int kinds = 1 + static_cast<int>(random() % 6);
        std::vector<int> a(random() % 14), b(random() % 14);
        for (std::vector<int> *all : {&a, &b}) {
            for (int &word : *all)
                word = static_cast<int>(random() % static_cast<unsigned>(kinds));
        }
        std::vector<std::vector<int>> lengths(a.size() + 1, std::vector<int>(b.size() + 1, 0));
        for (std::size_t i = 0; i < a.size(); ++i) {
            for (std::size_t j = 0; j < b.size(); ++j)
                lengths[i + 1][j + 1] =
                    a[i] == b[j] ? lengths[i][j] + 1 : std::max(lengths[i][j + 1], lengths[i + 1][j]);
        }
        const std::vector<CommonItem> common = longest_common_subsequence(a, b);
        QCOMPARE(static_cast<int>(common.size()), lengths[a.size()][b.size()]);
        int last_a = -1, last_b = -1;
        for (const CommonItem &item : common) {
            QVERIFY(item.a > last_a && item.b > last_b);
            QCOMPARE(a[static_cast<std::size_t>(item.a)], b[static_cast<std::size_t>(item.b)]);
            last_a = item.a;
            last_b = item.b;
        }
    }
}

void TestTokenAlignment::long_texts_are_fast()
{
    // 4,096 words in another order is the longest way between two texts; also none in common, and one long
    // word.
    std::mt19937 random(4);
    QStringList here;
    for (int i = 0; i < 4096; ++i)
        here.append(QStringLiteral("w%1").arg(random() % 3000));
    QStringList shuffled = here;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    QStringList other;
    for (int i = 0; i < 4096; ++i)
        other.append(QStringLiteral("v%1").arg(i));
    const QString one_word = QString(4096, u'a');
    const auto milliseconds = [](const QString &now, const QString &reference,
                                 const TokenizerPtr &tokenizer) {
        const Encoding a = tokenizer->encode(now);
        const Encoding b = tokenizer->encode(reference);
        QElapsedTimer timer;
        timer.start();
        const TokenAlignment alignment = align_tokens(a, b);
        const qint64 taken = timer.elapsed();
        if (!complete(alignment))
            qFatal("tokens are missing");
        return taken;
    };
    constexpr qint64 most = 3000; // a debug build on a busy machine; the usual time is a tenth of it
    for (const QString &reference : {here.join(u' '), shuffled.join(u' '), other.join(u' ')}) {
        const qint64 taken = milliseconds(here.join(u' '), reference, words());
        QVERIFY2(taken < most, qPrintable(QString::number(taken)));
    }
    const qint64 taken = milliseconds(u("cat ") + one_word, u("cat ") + QString(4096, u'b'), characters());
    QVERIFY2(taken < most, qPrintable(QString::number(taken)));
}

void TestTokenAlignment::a_stopped_alignment_is_empty()
{
    std::stop_source stop;
    stop.request_stop();
    const Encoding now = words()->encode(u("the cat sat on the mat"));
    const Encoding reference = words()->encode(u("a dog sat"));
    QVERIFY(align_tokens(now, reference, {}, stop.get_token()).units.empty());
}

QTEST_APPLESS_MAIN(TestTokenAlignment)
#include "tst_token_alignment.moc"
