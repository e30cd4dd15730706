// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/json_reader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

namespace
{

const QString name = QStringLiteral("some/config.json");

template <typename Function>
QString message(Function function)
{
    try {
        (void)function();
    } catch (const Error &error) {
        return error.message();
    }
    return QStringLiteral("accepted");
}

/// The most memory that this process has had mapped so far, in bytes.
qint64 most_mapped()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmPeak:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return -1;
}

} // namespace

class TestJsonReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_know_where_they_stand();
    void null_counts_as_absent();
    void fields_are_taken_within_their_limits();
    void what_does_not_fit_is_named_data();
    void what_does_not_fit_is_named();
    void a_huge_file_is_refused_before_memory_is_taken();
    void too_deep_or_too_many_values_are_refused();
    void brackets_in_texts_count_for_nothing();
    void a_byte_order_mark_is_kept_in_texts_only();
};

void TestJsonReader::fields_know_where_they_stand()
{
    const JsonField root = JsonField::parse(R"({"a": {"b": [1, {"c": "x"}]}})", name);
    const JsonField field = root[QStringLiteral("a")][QStringLiteral("b")][1][QStringLiteral("c")];
    QCOMPARE(field.string(), QStringLiteral("x"));
    QCOMPARE(message([&] { return field.number(); }),
             QStringLiteral("some/config.json, field \"a.b[1].c\": expected a number, found \"x\"."));
    QCOMPARE(JsonField::parse("[true]", name)[0].boolean(), true);
    QCOMPARE(message([&] { return JsonField::parse("[]", name)[QStringLiteral("a")]; }),
             QStringLiteral("some/config.json: expected an object, found a list."));
}

void TestJsonReader::null_counts_as_absent()
{
    const JsonField root = JsonField::parse(R"({"a": null})", name);
    QVERIFY(!root.has(QStringLiteral("a")));
    QVERIFY(!root.has(QStringLiteral("b")));
    QCOMPARE(root.integer(QStringLiteral("a"), 1, 2, 7), 7);
    QCOMPARE(root.number(QStringLiteral("a"), 0.0, 1.0, 0.5), 0.5);
    QCOMPARE(root.flag(QStringLiteral("a"), true), true);
    QCOMPARE(root.text(QStringLiteral("a"), QStringLiteral("c")), QStringLiteral("c"));
    QVERIFY(!root[QStringLiteral("a")][QStringLiteral("b")].exists());
}

void TestJsonReader::fields_are_taken_within_their_limits()
{
    const JsonField root = JsonField::parse(R"({"n": 12, "x": 0.25, "f": false, "t": "가"})", name);
    QCOMPARE(root.integer(QStringLiteral("n"), 12, 12), 12);
    QCOMPARE(root.number(QStringLiteral("x"), 0.0, 0.25, 1.0), 0.25);
    QCOMPARE(root.flag(QStringLiteral("f"), true), false);
    QCOMPARE(root.text(QStringLiteral("t")), QStringLiteral("가"));
}

void TestJsonReader::what_does_not_fit_is_named_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("found");
    QTest::newRow("too small") << QByteArray("0") << QStringLiteral("found 0.");
    QTest::newRow("too great") << QByteArray("1e300") << QStringLiteral("found 1e+300.");
    QTest::newRow("no whole number") << QByteArray("1.5") << QStringLiteral("found 1.5.");
    QTest::newRow("a text") << QByteArray("\"3\"") << QStringLiteral("found \"3\".");
    QTest::newRow("a list") << QByteArray("[3]") << QStringLiteral("found a list.");
    QTest::newRow("an object") << QByteArray("{}") << QStringLiteral("found an object.");
    QTest::newRow("nothing") << QByteArray("null") << QStringLiteral("found nothing.");
    QTest::newRow("a flag") << QByteArray("true") << QStringLiteral("found true.");
}

void TestJsonReader::what_does_not_fit_is_named()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, found);
    const JsonField root = JsonField::parse("{\"layers\": " + value + "}", name);
    QCOMPARE(message([&] { return root.integer(QStringLiteral("layers"), 1, 9); }),
             QStringLiteral("some/config.json, field \"layers\": expected a whole number from 1 to 9, ") +
                 found);
}

void TestJsonReader::a_huge_file_is_refused_before_memory_is_taken()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("config.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(3LL * 1024 * 1024 * 1024)); // takes no room on the disk
    const qint64 before = most_mapped();
    QCOMPARE(message([&] { return JsonField::read(path); }),
             path + QStringLiteral(" has 3221225472 bytes; expected at most 16777216."));
    QVERIFY(before > 0);
    QVERIFY(most_mapped() - before < 64 * 1024 * 1024);
}

void TestJsonReader::too_deep_or_too_many_values_are_refused()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(JsonField::parse(nested(JsonField::greatest_depth), name).is_array());
    QVERIFY(message([&] {
                return JsonField::parse(nested(JsonField::greatest_depth + 1), name);
            }).startsWith(QStringLiteral("some/config.json: Expected at most 100 lists")));
    const QByteArray many = "[" + QByteArray("0,").repeated(JsonField::most_values) + "0]";
    QCOMPARE(message([&] { return JsonField::parse(many, name); }),
             QStringLiteral("some/config.json: Expected at most 8000000 values."));
    QVERIFY(message([&] { return JsonField::parse("{\"a\"", name); }).contains(QStringLiteral("not JSON")));
    QVERIFY(message([&] { return JsonField::parse("\"a\\", name); }).contains(QStringLiteral("not JSON")));
}

void TestJsonReader::brackets_in_texts_count_for_nothing()
{
    const QByteArray brackets(1000, '[');
    const JsonField root = JsonField::parse("{\"a\": \"\\\"" + brackets + "\"}", name);
    QCOMPARE(root.text(QStringLiteral("a")).size(), 1001);
}

void TestJsonReader::a_byte_order_mark_is_kept_in_texts_only()
{
    const JsonField root = JsonField::parse("\xEF\xBB\xBF{\"a\": \"\xEF\xBB\xBFx\"}", name);
    QCOMPARE(root.text(QStringLiteral("a")), QStringLiteral("\uFEFFx"));
}

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_json_reader.moc"
