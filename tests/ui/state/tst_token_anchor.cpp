// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/token_anchor.h"

#include <QTest>

using namespace encoderscope;

namespace
{

/// Pieces of `length` characters at most (0: whole words) between two specials, with spans as a tokenizer
/// sets them.
Encoding encoded(const QString &text, qsizetype length = 0)
{
    Encoding encoding;
    encoding.text = text;
    const auto special = [&] {
        Token token;
        token.special = true;
        encoding.tokens.push_back(token);
    };
    special();
    qsizetype begin = 0;
    for (const QString &word : text.split(QLatin1Char(' '))) {
        for (qsizetype at = 0; at<word.size(); at += length> 0 ? length : word.size()) {
            Token token;
            token.text = length > 0 ? word.mid(at, length) : word;
            token.begin = begin + at;
            token.end = token.begin + token.text.size();
            encoding.tokens.push_back(token);
        }
        begin += word.size() + 1;
    }
    special();
    return encoding;
}

} // namespace

class TestTokenAnchor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void follows_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<int>("token");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("followed"); // -1 = gone
        QTest::addColumn<int>("nearest");
        const auto row = [](const char *name, const char *before, int token, const char *after, int followed,
                            int nearest) {
            QTest::newRow(name) << QString::fromUtf8(before) << token << QString::fromUtf8(after) << followed
                                << nearest;
        };
        row("typed behind it", "the cat", 2, "the cat sat", 2, 2);
        row("typed before it", "the cat", 2, "oh the cat", 3, 3);
        row("grows at its end", "the cat", 2, "the cats", 2, 2);
        row("word taken away before it", "the big cat", 3, "the cat", 2, 2);
        row("itself taken away", "the big cat", 2, "the cat", -1, 2);
        row("changed inside", "the cat", 2, "the cut", -1, 2);
        row("the last special stays the last", "the cat", 3, "the cat sat down", 5, 5);
        row("the first special stays", "the cat", 0, "a dog", 0, 0);
        row("all replaced", "the cat", 1, "나는 고양이", -1, 1);
        row("nothing left", "the cat", 2, "", -1, 1);
    }

    void follows()
    {
        QFETCH(QString, before);
        QFETCH(int, token);
        QFETCH(QString, after);
        const TokenAnchor anchor = anchorOf(encoded(before), token);
        const auto moved = movedAnchor(anchor, {before, {}}, {after, {}});
        const std::set<int> found = moved ? tokensAt(encoded(after), *moved) : std::set<int>();
        QVERIFY(found.size() <= 1);
        QTEST(found.empty() ? -1 : *found.begin(), "followed");
        QTEST(tokenNear(encoded(after), nearestAnchor(anchor, {before, {}}, {after, {}})), "nearest");
    }

    void everyTokenIsFoundByItsAnchor()
    {
        Encoding encoding = encoded(QStringLiteral("the cat sat"), 2);
        encoding.tokens[3].begin = encoding.tokens[2].begin; // two tokens for the same characters
        encoding.tokens[3].end = encoding.tokens[2].end;
        for (int token = 0; token < static_cast<int>(encoding.tokens.size()); ++token)
            QCOMPARE(tokensAt(encoding, anchorOf(encoding, token)), std::set<int>{token});
    }

    void aWordIsAllItsPieces()
    {
        const QString text = QStringLiteral("the cat sat");
        const TokenAnchor cat = anchorOf(encoded(text), 2);
        QCOMPARE(tokensAt(encoded(text, 1), cat), (std::set<int>{4, 5, 6}));
        const TokenAnchor piece = anchorOf(encoded(text, 1), 5);
        QCOMPARE(tokensAt(encoded(text), piece), std::set<int>{2});
    }

    void theOtherSentenceIsLeftAlone()
    {
        const TokenAnchor inB{.segment = 1, .begin = 4, .end = 7};
        const TextPair before{QStringLiteral("one"), QStringLiteral("the cat")};
        QCOMPARE(*movedAnchor(inB, before, {QStringLiteral("two one"), before.b}), inB);
        const auto moved = movedAnchor(inB, before, {before.a, QStringLiteral("oh the cat")});
        QCOMPARE(moved->begin, 7);
        QVERIFY(!movedAnchor(inB, before, {before.a, QString()}));
        QVERIFY(movedAnchors({inB}, before, {before.a, QString()}).empty());
    }

    void nothingIsNearNothing()
    {
        QCOMPARE(tokenNear(Encoding(), TokenAnchor{.begin = 1, .end = 2}), -1);
        QVERIFY(tokensAt(Encoding(), TokenAnchor{.special = 0}).empty());
    }
};

QTEST_APPLESS_MAIN(TestTokenAnchor)
#include "tst_token_anchor.moc"
