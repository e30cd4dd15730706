// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace encoderscope;

/// Reading and writing safetensors files, and refusing those that lie.
class TestSafetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void what_is_written_is_read();
    void half_precision_is_converted();
    void floats_that_are_not_aligned_are_copied();
    void a_number_too_large_for_f16_is_refused();
    void lying_headers_are_refused_data();
    void lying_headers_are_refused();
    void a_wrong_shape_or_type_for_the_role_is_refused();
    void every_cut_file_is_refused();

private:
    QString path(const char *name) const { return folder_.filePath(QLatin1String(name)); }
    QString write_raw(const QByteArray &header, const QByteArray &data, qint64 length = -1) const;

    QTemporaryDir folder_;
};

QString TestSafetensors::write_raw(const QByteArray &header, const QByteArray &data, qint64 length) const
{
    const QString name = path("raw.safetensors");
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    const qint64 little = qToLittleEndian(length == -1 ? static_cast<qint64>(header.size()) : length);
    file.write(reinterpret_cast<const char *>(&little), 8);
    file.write(header);
    file.write(data);
    return name;
}

void TestSafetensors::what_is_written_is_read()
{
    Matrix values(2, 3);
    values << 1.0F, -2.5F, 3.25F, 1e-30F, 1e30F, 0.0F;
    Matrix row(1, 2);
    row << 7.0F, 8.0F;
    write_safetensors(path("a.safetensors"),
                      {TensorToWrite::ids(QStringLiteral("ids"), {3, -1, 1LL << 40}),
                       TensorToWrite::matrix(QStringLiteral("한글 \"quoted\""), values),
                       TensorToWrite::vector(QStringLiteral("row"), row)},
                      {{QStringLiteral("format"), QStringLiteral("pt")}});
    const SafetensorsFile file(path("a.safetensors"));
    QCOMPARE(file.metadata().value(QStringLiteral("format")), QStringLiteral("pt"));
    QCOMPARE(file.integers(QStringLiteral("ids")), (std::vector<qint64>{3, -1, 1LL << 40}));
    QVERIFY(file.matrix(QStringLiteral("한글 \"quoted\""), {2, 3}).view() == values);
    QVERIFY(file.matrix(QStringLiteral("row"), {2}).view() == row);
    // In place: the same memory each time.
    QCOMPARE(file.matrix(QStringLiteral("row"), {2}).data(), file.matrix(QStringLiteral("row"), {2}).data());
}

void TestSafetensors::half_precision_is_converted()
{
    Matrix numbers(2, 2);
    numbers << 1.0F, -0.333251953125F, 65504.0F, 0.0F;
    const SharedMatrix values(std::move(numbers));
    write_safetensors(path("h.safetensors"),
                      {TensorToWrite::matrix(QStringLiteral("h"), values, FloatType::f16)});
    const SafetensorsFile file(path("h.safetensors"));
    QCOMPARE(file.tensors()[QStringLiteral("h")].dtype, QStringLiteral("F16"));
    QVERIFY(file.matrix(QStringLiteral("h"), {2, 2}).view() == values.view());

    // 0x3FC0 is 1.5 and 0xC040 is -3 in bfloat16.
    const QByteArray data = QByteArray::fromHex("C03F40C0");
    const SafetensorsFile bf16(write_raw(R"({"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", data));
    const SharedMatrix b = bf16.matrix(QStringLiteral("b"), {2});
    QCOMPARE(b.view()(0, 0), 1.5F);
    QCOMPARE(b.view()(0, 1), -3.0F);
}

void TestSafetensors::floats_that_are_not_aligned_are_copied()
{
    const float number = 1.25F;
    const QByteArray data(reinterpret_cast<const char *>(&number), 4);
    QByteArray header = R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    for (int blanks = 0; blanks < 4; ++blanks) {
        const SafetensorsFile file(write_raw(header, data));
        QCOMPARE(file.matrix(QStringLiteral("x"), {1}).view()(0, 0), number);
        header += ' ';
    }
}

void TestSafetensors::a_number_too_large_for_f16_is_refused()
{
    QVERIFY_THROWS_EXCEPTION(
        Error,
        write_safetensors(path("large.safetensors"),
                          {TensorToWrite::matrix(QStringLiteral("h"), Matrix(Matrix::Constant(1, 1, 7e4F)),
                                                 FloatType::f16)}));
    QVERIFY(!QFile::exists(path("large.safetensors")));
}

void TestSafetensors::lying_headers_are_refused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("data_size");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QString>("said"); // in the message
    const auto row = [](const char *name, const QByteArray &header, int data_size, const char *said,
                        qint64 length = -1) {
        QTest::newRow(name) << header << data_size << length << QString::fromUtf8(said);
    };
    row("a header of 2^60 bytes", "{}", 0, "1152921504606846976", 1LL << 60);
    row("a negative length", "{}", 0, "18446744073709551614", -2);
    row("a length past the end", "{}", 0, "length of 3", 3);
    row("no JSON", "{\"a\"", 0, "not JSON");
    row("a list", "[]", 0, "expected an object, found a list");
    row("nested 100000 deep", QByteArray(100000, '['), 0, "at most 100 lists");
    row("an offset past the end", R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4, "[0, 8]");
    row("offsets the wrong way round", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4,
        "[4, 0]");
    row("a negative offset", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}})", 4, "[-4, 0]");
    row("a fractional offset", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0.5,4]}})", 4, "[0.5, 4]");
    row("a huge offset", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}})", 4,
        "x");
    row("one offset", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", 4, "x");
    row("no offsets", R"({"x":{"dtype":"F32","shape":[1]}})", 4, "x");
    row("overlapping tensors",
        R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}})",
        6, "offset 4");
    row("the same bytes twice",
        R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        4, "offset 4");
    row("a gap",
        R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
        12, "offset 4");
    row("bytes left over", R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 5, "by its header");
    row("a negative shape", R"({"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4, "-1");
    row("two negative sizes", R"({"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}})", 4, "-1");
    row("a fractional shape", R"({"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", 4, "1.5");
    row("a shape that overflows",
        R"({"x":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}})", 16,
        "4611686018427387905");
    row("a shape that is no list", R"({"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", 4, "shape");
    row("a shape of another size", R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4, "[2]");
    row("an unknown dtype", R"({"x":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}})", 4, "F31");
    row("no dtype", R"({"x":{"shape":[1],"data_offsets":[0,4]}})", 4, "dtype");
    row("a tensor that is no object", R"({"x":[1]})", 0, "object");
    row("a name twice",
        R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        4, "more than once");
    row("a name twice, once escaped",
        R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0078":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        4, "more than once");
}

void TestSafetensors::lying_headers_are_refused()
{
    QFETCH(QByteArray, header);
    QFETCH(int, data_size);
    QFETCH(qint64, length);
    QFETCH(QString, said);
    const QString name = write_raw(header, QByteArray(data_size, '\0'), length);
    try {
        const SafetensorsFile file(name);
        QFAIL("was read");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(name), error.what());
        QVERIFY2(error.message().contains(said), error.what());
    }
}

void TestSafetensors::a_wrong_shape_or_type_for_the_role_is_refused()
{
    write_safetensors(path("role.safetensors"),
                      {TensorToWrite::matrix(QStringLiteral("x"), Matrix(Matrix::Zero(2, 3))),
                       TensorToWrite::ids(QStringLiteral("ids"), {1, 2})});
    const SafetensorsFile file(path("role.safetensors"));
    const QString x = QStringLiteral("x");
    QVERIFY_THROWS_EXCEPTION(Error, file.matrix(x, {3, 2}));
    QVERIFY_THROWS_EXCEPTION(Error, file.matrix(x, {6}));
    QVERIFY_THROWS_EXCEPTION(Error, file.matrix(QStringLiteral("ids"), {2}));
    QVERIFY_THROWS_EXCEPTION(Error, file.matrix(QStringLiteral("y"), {2, 3}));
    QVERIFY_THROWS_EXCEPTION(Error, file.integers(x));
}

void TestSafetensors::every_cut_file_is_refused()
{
    write_safetensors(path("whole.safetensors"),
                      {TensorToWrite::matrix(QStringLiteral("x"), Matrix(Matrix::Ones(2, 3)))});
    QFile whole(path("whole.safetensors"));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const QByteArray cut = bytes.first(size);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 read_safetensors_header({reinterpret_cast<const uchar *>(cut.constData()),
                                                          static_cast<std::size_t>(cut.size())},
                                                         QStringLiteral("cut")));
    }
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
