// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/model/torch_file.h"
#include "engine/model/weight_files.h"
#include "tests/engine/model/torch_archive.h"

#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// Files of torch.save(): the tensors as they are meant, or a message that names the file. (Files that
/// PyTorch itself wrote are in tests/data/checkpoints.)
class TestTorchFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strides_and_offsets_are_honoured();
    void the_same_tensor_twice_is_no_overlap();
    void what_would_be_run_is_named_data();
    void what_would_be_run_is_named();
    void other_formats_are_named();
    void tensors_outside_of_their_storage_are_refused_data();
    void tensors_outside_of_their_storage_are_refused();
    void tensors_over_each_other_are_refused();
    void pickles_that_lie_are_refused_data();
    void pickles_that_lie_are_refused();
    void zip_files_that_lie_are_refused_data();
    void zip_files_that_lie_are_refused();
    void every_cut_is_refused();
    void every_changed_byte_is_survived();
};

namespace
{

const QString file = QStringLiteral("pytorch_model.bin");

std::span<const uchar> span_of(const QByteArray &bytes)
{
    return {reinterpret_cast<const uchar *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

QMap<QString, TensorInfo> read(const QByteArray &bytes)
{
    return read_torch_tensors(span_of(bytes), file);
}

/// What reading says; empty when it succeeds.
QString message(const QByteArray &bytes)
{
    try {
        read(bytes);
    } catch (const Error &error) {
        return error.message();
    }
    return {};
}

/// 0, 1, 2 ... as floats.
QByteArray floats(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += bytes_of(std::bit_cast<quint32>(static_cast<float>(i)));
    return bytes;
}

const PickledTensor plain{.offset = 0, .shape = {2, 3}, .strides = {3, 1}};

} // namespace

void TestTorchFile::strides_and_offsets_are_honoured()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(file);
    QFile written(path);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(
        archive(pickled_dictionary(
                    {{"plain", plain.bytes()},
                     {"turned", PickledTensor{.key = "1", .shape = {3, 2}, .strides = {1, 3}}.bytes()},
                     {"apart", PickledTensor{.key = "2", .offset = 1, .shape = {2}, .strides = {4}}.bytes()},
                     {"number", pickled_number(7)}}),
                {floats(6), floats(6), floats(6)}));
    written.close();
    const WeightFile opened = open_weight_file(path);
    QCOMPARE(opened.tensors.keys(),
             (QStringList{QStringLiteral("apart"), QStringLiteral("plain"), QStringLiteral("turned")}));
    const auto matrix = [&](const char *name, const std::vector<qint64> &shape) {
        const QString key = QLatin1String(name);
        return Matrix(matrix_of(opened.file, key, opened.tensors[key], shape).view());
    };
    QCOMPARE(matrix("plain", {2, 3}), (Matrix(2, 3) << 0, 1, 2, 3, 4, 5).finished());
    QCOMPARE(matrix("turned", {3, 2}), (Matrix(3, 2) << 0, 3, 1, 4, 2, 5).finished());
    QCOMPARE(matrix("apart", {2}), (Matrix(1, 2) << 1, 5).finished());
    // Used where it lies.
    const SharedMatrix mapped =
        matrix_of(opened.file, QStringLiteral("plain"), opened.tensors[QStringLiteral("plain")], {2, 3});
    const auto *data = reinterpret_cast<const uchar *>(mapped.data());
    QVERIFY(data >= opened.file->bytes().data() &&
            data < opened.file->bytes().data() + opened.file->bytes().size());
}

void TestTorchFile::the_same_tensor_twice_is_no_overlap()
{
    std::vector<std::pair<QByteArray, QByteArray>> many;
    for (int i = 0; i < 1000; ++i)
        many.emplace_back(QByteArray::number(i), plain.bytes());
    const QByteArray same = archive(pickled_dictionary(many), {floats(6)});
    QCOMPARE(message(same), QString());
    QCOMPARE(read(same).size(), 1000);
}

void TestTorchFile::what_would_be_run_is_named_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("named");
    QTest::newRow("a global") << QByteArray("\x80\x02"
                                            "cposix\nsystem\nX\x02\0\0\0ls\x85R.",
                                            25)
                              << QStringLiteral("posix.system");
    QTest::newRow("a global by its parts") << QByteArray("\x80\x04\x8c\x08"
                                                         "builtins\x8c\x04"
                                                         "exec\x93\x8c\x01x\x85R.")
                                           << QStringLiteral("builtins.exec");
    QTest::newRow("the oldest way") << QByteArray("(X\x02\0\0\0lsios\nsystem\n.", 20)
                                    << QStringLiteral("os.system");
    QTest::newRow("beside tensors") << pickled_dictionary({{"plain", plain.bytes()},
                                                           {"x", pickled_name("subprocess", "Popen")}})
                                    << QStringLiteral("subprocess.Popen");
    QTest::newRow("of PyTorch") << pickled_dictionary({{"x", pickled_name("torch.hub", "load")}})
                                << QStringLiteral("torch.hub.load");
}

void TestTorchFile::what_would_be_run_is_named()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QString, named);
    const QString said = message(archive(pickle, {floats(6)}));
    QVERIFY2(said.contains(QLatin1Char('"') + named + QLatin1Char('"')) && said.contains(file),
             qPrintable(said));
}

void TestTorchFile::other_formats_are_named()
{
    const QByteArray before_zip("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    QVERIFY2(message(before_zip).contains(QStringLiteral("1.6")), qPrintable(message(before_zip)));
    QVERIFY2(message(before_zip).contains(QStringLiteral("weights_only=True")),
             qPrintable(message(before_zip)));
    for (const QByteArray &other : {QByteArray(), QByteArray("hello"), QByteArray(100, '\0')})
        QVERIFY2(message(other).contains(file), qPrintable(message(other)));
}

void TestTorchFile::tensors_outside_of_their_storage_are_refused_data()
{
    QTest::addColumn<QByteArray>("tensor");
    const auto row = [](const char *name, const PickledTensor &tensor) {
        QTest::newRow(name) << tensor.bytes();
    };
    constexpr qint64 huge = std::numeric_limits<qint64>::max();
    row("too many rows", {.shape = {3, 3}, .strides = {3, 1}});
    row("from an offset", {.offset = 1, .shape = {2, 3}, .strides = {3, 1}});
    row("from a negative offset", {.offset = -1, .shape = {2, 3}, .strides = {3, 1}});
    row("from a huge offset", {.offset = huge, .shape = {2, 3}, .strides = {3, 1}});
    row("a wide stride", {.shape = {2, 3}, .strides = {4, 1}});
    row("a huge stride", {.shape = {2, 3}, .strides = {huge, 1}});
    row("a negative stride", {.shape = {2, 3}, .strides = {-3, 1}});
    row("a negative size", {.shape = {-2, 3}, .strides = {3, 1}});
    row("sizes that overflow", {.shape = {huge, huge}, .strides = {0, 0}});
    row("one number many times", {.shape = {65536, 65536}, .strides = {0, 0}});
    row("a row many times", {.shape = {1000, 3}, .strides = {0, 1}});
    row("fewer strides than sizes", {.shape = {2, 3}, .strides = {1}});
    row("no such storage", {.key = "7", .shape = {2, 3}, .strides = {3, 1}});
    row("another folder", {.key = "../data.pkl", .shape = {2, 3}, .strides = {3, 1}});
    row("wider numbers", {.shape = {2, 3}, .strides = {3, 1}, .type = "DoubleStorage"});
    row("a dtype as a storage", {.shape = {2, 3}, .strides = {3, 1}, .type = "Size"});
}

void TestTorchFile::tensors_outside_of_their_storage_are_refused()
{
    QFETCH(QByteArray, tensor);
    const QString said = message(archive(pickled_dictionary({{"the tensor", tensor}}), {floats(6)}));
    QVERIFY2(said.contains(file) && said.contains(QStringLiteral("the tensor")), qPrintable(said));
}

void TestTorchFile::tensors_over_each_other_are_refused()
{
    std::vector<std::pair<QByteArray, QByteArray>> many;
    for (int i = 0; i < 600; ++i)
        many.emplace_back(QByteArray::number(i),
                          PickledTensor{.offset = i, .shape = {600}, .strides = {1}}.bytes());
    const QString said = message(archive(pickled_dictionary(many), {floats(1200)}));
    QVERIFY2(said.contains(file), qPrintable(said));
}

void TestTorchFile::pickles_that_lie_are_refused_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no end") << QByteArray("}");
    QTest::newRow("nothing") << QByteArray(".");
    QTest::newRow("a number") << QByteArray("K\x01.");
    QTest::newRow("a tensor alone") << plain.bytes() + '.';
    QTest::newRow("a text past the end") << QByteArray("X\xff\xff\xff\x7f.");
    QTest::newRow("a place that nobody filled") << QByteArray("h\x05.");
    QTest::newRow("no mark") << QByteArray("}u.");
    QTest::newRow("below the mark") << QByteArray("](a.");
    QTest::newRow("a key without a value") << QByteArray("}(K\x01u.");
    QTest::newRow("adding to a number") << QByteArray("K\x01(K\x01K\x02u.");
    QTest::newRow("calling a number") << QByteArray("K\x01)R.");
    QTest::newRow("calling with a number") << pickled_name("collections", "OrderedDict") + "K\x01R.";
    QTest::newRow("an unknown opcode") << QByteArray("\xff.");
    QTest::newRow("a million marks") << QByteArray(1'000'000, '(') + '.';
    QTest::newRow("lists, a million deep")
        << QByteArray("]").repeated(1'000'000) + QByteArray("a").repeated(999'999) + '.';
    QTest::newRow("tuples, a million deep") << ')' + QByteArray("\x85").repeated(1'000'000) + '.';
    QTest::newRow("a list in itself") << QByteArray("]q\x01h\x01"
                                                    "a.");
    QTest::newRow("one list as many dictionaries")
        << "](" + QByteArray("K\x01K\x02\x86").repeated(10'000) +
               "eq\x01"
               "0(" +
               (pickled_name("collections", "OrderedDict") + "h\x01\x85R").repeated(10'000) + "t.";
}

void TestTorchFile::pickles_that_lie_are_refused()
{
    QFETCH(QByteArray, pickle);
    const QString said = message(archive(pickle, {floats(6)}));
    QVERIFY2(said.contains(file), qPrintable(said));
}

void TestTorchFile::zip_files_that_lie_are_refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray pickle = pickled_dictionary({{"plain", plain.bytes()}});
    const auto with = [&](const ArchiveEntry &entry) { return archive({{"a/data.pkl", pickle}, entry}); };
    QTest::newRow("compressed") << with({"a/data/0", floats(6), 8});
    QTest::newRow("encrypted") << with({"a/data/0", floats(6), 0, 1});
    QTest::newRow("a name twice") << with({"a/data.pkl", floats(6)});
    QTest::newRow("two pickles") << with({"b/data.pkl", pickle});
    QTest::newRow("an entry elsewhere") << with({"a/data/0", floats(6), 0, 0, 4});
    QTest::newRow("an entry past the end") << with({"a/data/0", floats(6), 0, 0, 1'000'000});
    QTest::newRow("no pickle") << archive({{"a/data/0", floats(6)}});
    QTest::newRow("a pickle further down") << archive({{"a/b/data.pkl", pickle}, {"a/b/data/0", floats(6)}});
    QTest::newRow("the other byte order")
        << archive({{"a/data.pkl", pickle}, {"a/byteorder", "big"}, {"a/data/0", floats(6)}});
    QTest::newRow("nothing but a beginning") << QByteArray("PK\x03\x04");
}

void TestTorchFile::zip_files_that_lie_are_refused()
{
    QFETCH(QByteArray, bytes);
    QVERIFY2(message(bytes).contains(file), qPrintable(message(bytes)));
}

void TestTorchFile::every_cut_is_refused()
{
    const QByteArray whole = archive(pickled_dictionary({{"plain", plain.bytes()}}), {floats(6)});
    QCOMPARE(message(whole), QString());
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(message(whole.left(size)).contains(file), qPrintable(QString::number(size)));
}

void TestTorchFile::every_changed_byte_is_survived()
{
    const QByteArray whole = archive(pickled_dictionary({{"plain", plain.bytes()}}), {floats(6)});
    int refused = 0;
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const char value : {'\0', '\x01', '\x7f', '\xff', '.', '(', 'R', 't'}) {
            QByteArray changed = whole;
            changed[at] = value;
            try {
                for (const TensorInfo &tensor : read(changed))
                    QVERIFY(tensor.begin >= 0 && tensor.begin <= tensor.end && tensor.end <= whole.size());
            } catch (const Error &error) {
                QVERIFY2(error.message().contains(file), error.what());
                ++refused;
            }
        }
    }
    QVERIFY(refused > 1000);
}

QTEST_GUILESS_MAIN(TestTorchFile)
#include "tst_torch_file.moc"
