// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/translations/language.h"

#include <QLabel>
#include <QTest>

using namespace encoderscope;

namespace
{

class HearsOfLanguages : public QLabel
{
public:
    int changes = 0;

protected:
    void changeEvent(QEvent *event) override
    {
        changes += event->type() == QEvent::LanguageChange ? 1 : 0;
        QLabel::changeEvent(event);
    }
};

QString everythingOn()
{
    return QCoreApplication::translate("encoderscope::Session", "Everything on");
}

} // namespace

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void switchesBackAndForth()
    {
        HearsOfLanguages label;
        installLanguage(QStringLiteral("ko"));
        QCOMPARE(everythingOn(), QStringLiteral("모두 켜기"));
        QCoreApplication::sendPostedEvents();
        QVERIFY(label.changes > 0);
        label.changes = 0;
        installLanguage(QStringLiteral("en"));
        QCOMPARE(everythingOn(), QStringLiteral("Everything on"));
        QCoreApplication::sendPostedEvents();
        QVERIFY(label.changes > 0);
    }

    void unknownChoiceIsTheSystems()
    {
        QCOMPARE(resolvedLanguage(QStringLiteral("ko")), QStringLiteral("ko"));
        QVERIFY(languages().contains(resolvedLanguage(QStringLiteral("tlh"))));
        QVERIFY(languages().contains(resolvedLanguage(QString())));
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
