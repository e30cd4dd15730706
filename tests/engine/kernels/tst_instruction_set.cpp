// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/kernels/instruction_set.h"

#include <QTest>

using namespace encoderscope;
using namespace encoderscope::kernels;

/// The environment variable is read once, so these run in this order.
class TestInstructionSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknown_name_is_refused();
    void environment_limits_the_choice();
};

void TestInstructionSet::unknown_name_is_refused()
{
    qputenv("ENCODERSCOPE_ISA", "mmx");
    try {
        static_cast<void>(instruction_set());
        QFAIL("not refused");
    } catch (const Error &error) {
        QVERIFY(error.message().contains(QStringLiteral("mmx")));
        QVERIFY(error.message().contains(QStringLiteral("baseline")));
    }
}

void TestInstructionSet::environment_limits_the_choice()
{
    qputenv("ENCODERSCOPE_ISA", "baseline");
    QCOMPARE(instruction_set(), std::string("baseline"));
    QCOMPARE(instruction_sets(), std::vector<std::string>{"baseline"});
}

QTEST_GUILESS_MAIN(TestInstructionSet)
#include "tst_instruction_set.moc"
