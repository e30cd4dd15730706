// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/file_writer.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_sources.h"
#include "engine/model/save_model.h"
#include "loopback_hub.h"
#include "tests/small_disk.h"
#include "ui/models/hub_download.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <optional>
#include <utility>

#include <sys/resource.h>

using namespace encoderscope;

namespace
{

const SmallDisk *disk = nullptr;

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Outcome {
    int code = -1;
    QByteArray errors;
};

Outcome run(const QStringList &arguments, rlim_t largest_file = RLIM_INFINITY)
{
    QProcess process;
    process.setChildProcessModifier([largest_file] {
        const rlimit limit = {.rlim_cur = largest_file, .rlim_max = RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
    });
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardError()};
}

ModelPtr small_model(unsigned seed)
{
    const ModelPtr base = untrained_model();
    auto model = std::make_shared<Model>(*base);
    model->config = {.vocabulary_size = base->config.vocabulary_size,
                     .d_model = 4,
                     .layers = 1,
                     .heads = 2,
                     .d_ff = 4,
                     .embedding_size = 4};
    model->weights = initial_weights(model->config, seed);
    model->folder.clear();
    return model;
}

/// Every file below the folder, with its content.
QMap<QString, QByteArray> files_of(const QString &folder)
{
    QMap<QString, QByteArray> files;
    QDirIterator found(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString path = found.next();
        files.insert(QDir(folder).relativeFilePath(path), content(path));
    }
    return files;
}

} // namespace

/// A disk with less room than is needed, or hardly more: what was there before is whole, or what is new, and
/// the exit code or the error says which.
class TestFullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void an_export_is_whole_or_the_one_before_data();
    void an_export_is_whole_or_the_one_before();
    void a_file_that_may_not_grow_data();
    void a_file_that_may_not_grow();
    void a_model_is_whole_or_the_one_before();
    void a_download_is_whole_or_goes_on();

private:
    static constexpr int most_room = 64; // kilobytes, by pages of four
};

void TestFullDisk::initTestCase()
{
    for (const char *variable : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(variable);
    if (!disk->problem().isEmpty())
        QSKIP(qPrintable(disk->problem()));
    std::signal(SIGXFSZ, SIG_IGN);
}

void TestFullDisk::init()
{
    if (!disk->problem().isEmpty())
        return;
    QDirIterator all(disk->path(QString()), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    while (all.hasNext()) {
        const QFileInfo entry(all.next());
        QVERIFY(entry.isDir() && !entry.isSymbolicLink() ? QDir(entry.filePath()).removeRecursively()
                                                         : QFile::remove(entry.filePath()));
    }
}

void TestFullDisk::an_export_is_whole_or_the_one_before_data()
{
    QTest::addColumn<QStringList>("command");
    const auto figure = [](const char *kind, const char *format) {
        QTest::addRow("%s, %s", kind, format)
            << QStringList{QStringLiteral("figure"),  QLatin1String(kind),        QStringLiteral("--text"),
                           QStringLiteral("a b"),     QStringLiteral("--format"), QLatin1String(format),
                           QStringLiteral("--scale"), QStringLiteral("1"),        QStringLiteral("--output")};
    };
    figure("attention", "svg");
    figure("attention", "pdf");
    figure("attention", "png");
    figure("hidden", "csv");
    figure("hidden", "json");
    figure("feed-forward", "npy");
    QTest::newRow("animation") << QStringList{
        QStringLiteral("figure"),   QStringLiteral("attention"), QStringLiteral("--text"),
        QStringLiteral("a b"),      QStringLiteral("--over"),    QStringLiteral("layer"),
        QStringLiteral("--format"), QStringLiteral("webp"),      QStringLiteral("--scale"),
        QStringLiteral("1"),        QStringLiteral("--output")};
    QTest::newRow("trace") << QStringList{QStringLiteral("trace"), QStringLiteral("--text"),
                                          QStringLiteral("a"), QStringLiteral("--output")};
}

void TestFullDisk::an_export_is_whole_or_the_one_before()
{
    QFETCH(QStringList, command);
    const QString path = disk->path(QStringLiteral("file"));
    QVERIFY(disk->leave(400));
    QCOMPARE(run(command + QStringList{path}).code, 0);
    const QByteArray whole = content(path);
    const QByteArray before = "what was there";
    int done = 0;
    int refused = 0;
    // From no room to just enough.
    const auto needed = static_cast<int>(whole.size() / 1024);
    for (const int room : {0, 4, 8, 16, 32, most_room, needed / 2, needed - 8, needed + 12}) {
        if (room < 0)
            continue;
        QVERIFY(disk->leave(400));
        write_file(path, before);
        QVERIFY(disk->leave(room));
        const Outcome outcome = run(command + QStringList{path});
        const QByteArray after = content(path);
        QVERIFY2(outcome.code == 0 || outcome.code == 1, outcome.errors.constData());
        if (outcome.code == 0) {
            QCOMPARE(after.size(), whole.size()); // a PDF knows its date
            ++done;
        } else {
            QCOMPARE(after, before);
            QVERIFY2(outcome.errors.contains("no space left"), outcome.errors.constData());
            ++refused;
        }
        QCOMPARE(files_of(disk->path(QString())).size(), 2); // this and the ballast
    }
    qInfo("%d done, %d refused", done, refused);
    QVERIFY(done > 0);
    QVERIFY(refused > 0);
}

void TestFullDisk::a_file_that_may_not_grow_data()
{
    an_export_is_whole_or_the_one_before_data();
}

void TestFullDisk::a_file_that_may_not_grow()
{
    QFETCH(QStringList, command);
    const QString path = disk->path(QStringLiteral("file"));
    write_file(path, "before");
    const Outcome outcome = run(command + QStringList{path}, 1024);
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.errors.contains("larger than files may be"), outcome.errors.constData());
    QCOMPARE(content(path), "before");
}

void TestFullDisk::a_model_is_whole_or_the_one_before()
{
    const ModelPtr first = small_model(1);
    const ModelPtr second = small_model(2);
    const QString folder = disk->path(QStringLiteral("model"));
    const QString other = disk->path(QStringLiteral("other"));
    QVERIFY(disk->leave(2000));
    save_model(*second, other);
    const QMap<QString, QByteArray> whole = files_of(other);
    QVERIFY(QDir(other).removeRecursively());
    qint64 needed = 0;
    for (const QByteArray &file : whole)
        needed += file.size() / 1024 + 4;

    int done = 0;
    int refused = 0;
    for (const bool over : {false, true}) { // a folder that is there
        for (int room = 0; room <= most_room + 8; room += 8) {
            // From no room at all to all that is needed.
            const auto left = room <= most_room ? room * needed / most_room : needed + 40;
            QVERIFY(disk->leave(2000));
            QDir(folder).removeRecursively();
            if (over)
                save_model(*first, folder);
            const QMap<QString, QByteArray> before = files_of(folder);
            QVERIFY(disk->leave(left));
            try {
                save_model(*second, folder);
                QCOMPARE(files_of(folder), whole);
                ++done;
            } catch (const Error &error) {
                QVERIFY2(error.message().contains(folder), error.what());
                QVERIFY2(error.message().contains(QStringLiteral("no space left")), error.what());
                QCOMPARE(files_of(folder), before);
                QCOMPARE(QFileInfo::exists(folder), over);
                ++refused;
            }
            for (const QString &file : files_of(disk->path(QString())).keys())
                QVERIFY2(!file.contains(QStringLiteral(".encoderscope-")), qPrintable(file));
        }
    }
    qInfo("%d done, %d refused", done, refused);
    QVERIFY(done > 0);
    QVERIFY(refused > 10);
}

void TestFullDisk::a_download_is_whole_or_goes_on()
{
    const QTemporaryDir source;
    save_model(*small_model(1), source.path());
    const QMap<QString, QByteArray> files = files_of(source.path());
    qint64 needed = 0;
    for (const QByteArray &file : files)
        needed += file.size() / 1024 + 4;
    const QByteArray revision(40, 'a');
    LoopbackServer hub([&](const LoopbackServer::Request &request) -> LoopbackServer::Answer {
        if (request.path.startsWith("/api/")) {
            QJsonArray siblings;
            for (const QString &file : files.keys())
                siblings.append(QJsonObject{{QStringLiteral("rfilename"), file}});
            return {.body = QJsonDocument(QJsonObject{{QStringLiteral("sha"), QString::fromLatin1(revision)},
                                                      {QStringLiteral("siblings"), siblings}})
                                .toJson()};
        }
        const QString name = QString::fromUtf8(request.path.sliced(request.path.lastIndexOf('/') + 1));
        const QByteArray bytes = files[name];
        const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        const QByteArray range = request.headers.value("range");
        const qsizetype from = range.isEmpty() ? 0 : range.sliced(6, range.size() - 7).toLongLong();
        LoopbackServer::Answer answer{
            .status = range.isEmpty() ? 200 : 206, .headers = {{"ETag", hash}}, .body = bytes.sliced(from)};
        answer.headers.emplace_back("Content-Length", QByteArray::number(answer.body.size()));
        answer.headers.emplace_back("Content-Range", "bytes " + QByteArray::number(from) + "-");
        return answer;
    });
    const HubOptions options{.endpoint = QUrl(QString::fromLatin1(hub.url())),
                             .token = {},
                             .cache = disk->path(QStringLiteral("cache")),
                             .silenceLimit = 20'000};
    // What it says, and whether that is where the model is. `room`: what another program leaves of the disk
    // after it was found large enough.
    const auto download = [&](std::optional<qint64> room) {
        HubDownload running(QStringLiteral("someone/model"), options);
        QSignalSpy failed(&running, &HubDownload::failed);
        QSignalSpy finished(&running, &HubDownload::finished);
        connect(&running, &HubDownload::progress, this, [&room] {
            if (room)
                disk->leave(*std::exchange(room, std::nullopt));
        });
        running.start();
        (void)QTest::qWaitFor([&] { return !failed.isEmpty() || !finished.isEmpty(); }, 20'000);
        return std::pair((finished.isEmpty() ? failed : finished).value(0).value(0).toString(),
                         !finished.isEmpty());
    };
    int done = 0;
    int refused = 0;
    for (int room = 0; room <= most_room + 4; room += 4) {
        QDir(options.cache).removeRecursively();
        QVERIFY(disk->leave(needed + 100));
        const auto [said, whole] = download(room <= most_room ? room : needed + 50);
        if (whole) {
            ++done;
            QVERIFY(load_model(said));
            continue;
        }
        ++refused;
        QVERIFY2(said.contains(QStringLiteral("no space left")), qPrintable(said));
        QVERIFY(cached_models(options.cache).empty());
        QVERIFY(disk->leave(needed + 100));
        const auto [folder, later] = download(std::nullopt);
        QVERIFY2(later, qPrintable(folder));
        QVERIFY(load_model(folder));
    }
    QVERIFY(disk->leave(needed / 2));
    QDir(options.cache).removeRecursively();
    QVERIFY(disk->leave(needed / 2));
    const auto [said, whole] = download(std::nullopt);
    QVERIFY(!whole);
    QVERIFY2(said.contains(QStringLiteral("has only")), qPrintable(said));
    qInfo("%d done, %d refused", done, refused);
    QVERIFY(done > 0);
    QVERIFY(refused > 5);
}

int main(int argc, char *argv[])
{
    const SmallDisk small(8 * 1024); // before there is a second thread
    disk = &small;
    const QCoreApplication application(argc, argv);
    TestFullDisk test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_full_disk.moc"
