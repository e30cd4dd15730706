// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/token_following.h"

#include <QTest>

using namespace encoderscope;

namespace
{

/// Words as tokens between two specials, with spans as a tokenizer sets them.
Encoding words(const QString &text)
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
        Token token;
        token.text = word;
        token.begin = begin;
        token.end = begin + word.size();
        begin = token.end + 1;
        encoding.tokens.push_back(token);
    }
    special();
    return encoding;
}

} // namespace

class TestTokenFollowing : public QObject
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
    }

    void follows()
    {
        QFETCH(QString, before);
        QFETCH(int, token);
        QFETCH(QString, after);
        const Encoding from = words(before);
        const Encoding to = words(after);
        QTEST(followedToken(from, token, to).value_or(-1), "followed");
        QTEST(nearestToken(from, token, to), "nearest");
    }

    void nothingFollowsNothing()
    {
        const Encoding encoding = words(QStringLiteral("the cat"));
        QCOMPARE(nearestToken(encoding, -1, encoding), -1);
        QVERIFY(!followedToken(encoding, 99, encoding));
        QCOMPARE(nearestToken(encoding, 1, Encoding()), -1);
        QCOMPARE(followedTokens(encoding, {1, 2, 99}, encoding), (std::set<int>{1, 2}));
    }
};

QTEST_APPLESS_MAIN(TestTokenFollowing)
#include "tst_token_following.moc"
