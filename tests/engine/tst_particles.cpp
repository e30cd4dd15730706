// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/particles.h"

#include <QTest>

using namespace encoderscope;

class TestParticles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followTheLastSound_data();
    void followTheLastSound();
    void severalInOneMessage();
    void leaveOtherTextAlone();
    void errorsSpeakWell();
};

/// The word, what it takes for 이(가), and for (으)로.
void TestParticles::followTheLastSound_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("by");
    const auto row = [](const char *word, const char *subject, const char *by) {
        QTest::newRow(word) << QString::fromUtf8(subject) << QString::fromUtf8(by);
    };
    row("책", "이", "으로");
    row("그", "가", "로");
    row("\u1112\u1161\u11ab\u1100\u1173\u11af", "이", "로"); // 한글, letter by letter
    row("\u1112\u1161", "가", "로");
    row("물", "이", "로");
    row("ㄱ", "이", "으로");
    row("ㄹ", "이", "로");
    row("ㅏ", "가", "로");
    row("0", "이", "으로");
    row("1", "이", "로");
    row("2", "가", "로");
    row("3", "이", "으로");
    row("7", "이", "로");
    row("10", "이", "으로");
    row("12", "가", "로");
    row("30,000", "이", "으로");
    row("1000000000000", "가", "로"); // 1조
    row("2.50", "이", "으로");        // 이 점 오영
    row("−0.97", "이", "로");
    row("[CLS]", "가", "로");
    row("FFN", "이", "으로");
    row("URL", "이", "로");
    row("model", "이", "로");
    row("model.safetensors", "가", "로");
    row("table", "이", "로");
    row("cat", "이", "으로");
    row("map", "이", "으로");
    row("animal", "이", "로");
    row("name", "이", "으로");
    row("it", "이", "으로");
    row("the", "가", "로");
    row("dog", "가", "로");
    row("“책”", "이", "으로");
    row("“<b style=\"color:#123456\">그</b>”", "가", "로");
    row("(3층)", "이", "으로");
    row(".", "가", "로");
    row("100 %", "가", "로");
    row("漢", "이(가)", "(으)로");
}

void TestParticles::followTheLastSound()
{
    const QString word = QString::fromUtf8(QTest::currentDataTag());
    QFETCH(QString, subject);
    QFETCH(QString, by);
    QCOMPARE(withParticles(word + QStringLiteral("이(가) 있다")), word + subject + QStringLiteral(" 있다"));
    QCOMPARE(withParticles(word + QStringLiteral("(으)로")), word + by);
}

void TestParticles::severalInOneMessage()
{
    QCOMPARE(withParticles(QStringLiteral("“그”은(는) “책”을(를), “사과”을(를) “물”과(와)")),
             QStringLiteral("“그”는 “책”을, “사과”를 “물”과"));
    QCOMPARE(withParticles(QStringLiteral("8(이)어야 하는데 5(이)라고 되어 있다")),
             QStringLiteral("8이어야 하는데 5라고 되어 있다"));
}

void TestParticles::leaveOtherTextAlone()
{
    for (const QString &text : {QString(), QStringLiteral("layer 3 (of 4)"),
                                QStringLiteral("그(것)이 책이다"), QStringLiteral("이(가)")})
        QCOMPARE(withParticles(text), text);
}

void TestParticles::errorsSpeakWell()
{
    QCOMPARE(Error(QStringLiteral("\"config.json\"을(를) 읽을 수 없습니다.")).message(),
             QStringLiteral("\"config.json\"을 읽을 수 없습니다."));
}

QTEST_GUILESS_MAIN(TestParticles)
#include "tst_particles.moc"
