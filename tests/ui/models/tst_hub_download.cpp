// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_sources.h"
#include "engine/model/save_model.h"
#include "loopback_hub.h"
#include "ui/models/hub_download.h"
#include "ui/models/hub_files.h"
#include "ui/models/hub_wait.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace encoderscope;

namespace
{

const QString name = QStringLiteral("someone/small-model");
const QByteArray revision(40, 'a');
const QByteArray token = "hf_secretSECRETsecret";

} // namespace

/// Downloads from a Hub on loopback that also fails on purpose.
class TestHubDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void a_model_arrives_and_opens();
    void the_token_goes_to_the_hub_alone();
    void only_needed_files_are_asked_for();
    void what_is_there_is_not_fetched_again();
    void cut_off_it_goes_on_from_there();
    void a_server_without_ranges_begins_anew();
    void refusals_say_what_to_do_data();
    void refusals_say_what_to_do();
    void a_file_that_is_missing_is_named();
    void a_wrong_length_is_refused_data();
    void a_wrong_length_is_refused();
    void a_wrong_hash_is_refused_data();
    void a_wrong_hash_is_refused();
    void silence_ends_the_download();
    void a_slow_server_is_waited_for();
    void cancelled_it_can_go_on();
    void models_that_cannot_be_opened_are_refused_early();
    void weights_of_pytorch_are_taken_where_there_are_no_others();
    void lies_in_the_list_are_refused_data();
    void lies_in_the_list_are_refused();
    void redirects_do_not_go_on_for_ever();
    void no_server_is_said();
    void two_programs_can_download_the_same();
    void what_another_program_fetches_is_waited_for();
    void when_to_come_back_is_read_data();
    void when_to_come_back_is_read();
    void too_many_requests_are_waited_for();
    void what_has_no_end_is_not_read_data();
    void what_has_no_end_is_not_read();
    void sizes_are_added_up_safely();
    void cancel_ends_it_at_every_stage_data();
    void cancel_ends_it_at_every_stage();

private:
    using Answer = LoopbackServer::Answer;
    using Request = LoopbackServer::Request;

    Answer hub(const Request &request) const;
    Answer storage(const Request &request) const;
    Answer file(const Request &request, const QByteArray &content) const;
    QString path(const QByteArray &requestPath) const;
    /// The message of a download that fails; empty when it does not.
    QString failure();
    QString download();
    QStringList leftovers() const;

    QTemporaryDir source_;
    QMap<QString, QByteArray> files_;
    std::unique_ptr<QTemporaryDir> cache_;
    std::unique_ptr<LoopbackServer> hub_;
    std::unique_ptr<LoopbackServer> storage_; ///< where the Hub keeps large files: another origin
    std::function<void(const Request &, Answer &)> spoil_;
    HubOptions options_;
};

void TestHubDownload::initTestCase()
{
    for (const char *variable : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(variable);
    const ModelPtr base = untrained_model();
    Model model = *base;
    model.config = {.vocabulary_size = base->config.vocabulary_size,
                    .d_model = 4,
                    .layers = 1,
                    .heads = 2,
                    .d_ff = 4,
                    .embedding_size = 4};
    model.weights = initial_weights(model.config, 1);
    save_model(model, source_.path());
    for (const QString &file : QDir(source_.path()).entryList(QDir::Files)) {
        QFile content(source_.filePath(file));
        QVERIFY(content.open(QIODevice::ReadOnly));
        files_.insert(file, content.readAll());
    }
    files_.insert(QStringLiteral("README.md"), "# model");
    files_.insert(QStringLiteral("pytorch_model.bin"), "pickle");
}

void TestHubDownload::init()
{
    spoil_ = {};
    cache_ = std::make_unique<QTemporaryDir>();
    hub_ = std::make_unique<LoopbackServer>([this](const Request &request) {
        Answer answer = hub(request);
        if (spoil_)
            spoil_(request, answer);
        return answer;
    });
    storage_ = std::make_unique<LoopbackServer>([this](const Request &request) {
        Answer answer = storage(request);
        if (spoil_)
            spoil_(request, answer);
        return answer;
    });
    options_ = {.endpoint = QUrl(QString::fromLatin1(hub_->url())),
                .token = QString::fromLatin1(token),
                .cache = cache_->path(),
                .silenceLimit = 5000};
}

QString TestHubDownload::path(const QByteArray &requestPath) const
{
    return QString::fromUtf8(requestPath.sliced(requestPath.lastIndexOf('/') + 1));
}

LoopbackServer::Answer TestHubDownload::hub(const Request &request) const
{
    if (request.path.startsWith("/api/models/")) {
        QJsonArray siblings;
        for (const QString &file : files_.keys())
            siblings.append(QJsonObject{{QStringLiteral("rfilename"), file}});
        const QJsonObject list{{QStringLiteral("sha"), QString::fromLatin1(revision)},
                               {QStringLiteral("siblings"), siblings}};
        return {.body = QJsonDocument(list).toJson()};
    }
    const QString file_name = path(request.path);
    if (!files_.contains(file_name))
        return {.status = 404};
    const QByteArray content = files_[file_name];
    if (file_name.endsWith(QStringLiteral(".safetensors"))) {
        const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        return {.status = 302,
                .headers = {{"Location", storage_->url() + "/blob/" + file_name.toUtf8() + "?Signature=xyz"},
                            {"X-Linked-Etag", "\"" + hash + "\""},
                            {"X-Linked-Size", QByteArray::number(content.size())}}};
    }
    return file(request, content);
}

LoopbackServer::Answer TestHubDownload::storage(const Request &request) const
{
    return file(request, files_[path(request.path.first(request.path.indexOf('?')))]);
}

LoopbackServer::Answer TestHubDownload::file(const Request &request, const QByteArray &content) const
{
    const QByteArray blob = "blob " + QByteArray::number(content.size()) + QByteArray(1, '\0') + content;
    const QByteArray hash = QCryptographicHash::hash(blob, QCryptographicHash::Sha1).toHex();
    Answer answer{.headers = {{"ETag", "W/\"" + hash + "\""}}, .body = content};
    const QByteArray range = request.headers.value("range");
    if (range.startsWith("bytes=")) {
        const qsizetype from = range.sliced(6, range.size() - 7).toLongLong();
        answer.status = 206;
        answer.body = content.sliced(from);
        answer.headers.emplace_back("Content-Range", "bytes " + QByteArray::number(from) + "-" +
                                                         QByteArray::number(content.size() - 1) + "/" +
                                                         QByteArray::number(content.size()));
    }
    if (request.verb == "HEAD")
        answer.headers.emplace_back("Content-Length", QByteArray::number(content.size()));
    return answer;
}

QString TestHubDownload::failure()
{
    HubDownload download(name, options_);
    QSignalSpy failed(&download, &HubDownload::failed);
    QSignalSpy finished(&download, &HubDownload::finished);
    download.start();
    (void)QTest::qWaitFor([&] { return !failed.isEmpty() || !finished.isEmpty(); }, 10'000);
    const QString message = failed.isEmpty() ? QString() : failed[0][0].toString();
    if (message.contains(QString::fromLatin1(token)) || message.contains(QStringLiteral("Signature")))
        return QStringLiteral("a secret is in the message");
    return message;
}

QString TestHubDownload::download()
{
    HubDownload download(name, options_);
    QSignalSpy failed(&download, &HubDownload::failed);
    QSignalSpy finished(&download, &HubDownload::finished);
    download.start();
    (void)QTest::qWaitFor([&] { return !failed.isEmpty() || !finished.isEmpty(); }, 20'000);
    return finished.isEmpty() ? QStringLiteral("failed: ") + failed.value(0).value(0).toString()
                              : finished[0][0].toString();
}

QStringList TestHubDownload::leftovers() const
{
    QStringList found;
    QDirIterator files(cache_->path(), {QStringLiteral("*.incomplete")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        found.append(files.next());
    return found;
}

void TestHubDownload::a_model_arrives_and_opens()
{
    HubDownload download(name, options_);
    QSignalSpy progress(&download, &HubDownload::progress);
    QSignalSpy finished(&download, &HubDownload::finished);
    download.start();
    QVERIFY(finished.wait());
    QVERIFY(!download.isRunning());
    const QString folder = finished[0][0].toString();
    QCOMPARE(folder, cache_->path() + QStringLiteral("/models--someone--small-model/snapshots/") +
                         QString::fromLatin1(revision));
    const ModelPtr model = load_model(folder);
    QCOMPARE(model->name, name);
    QCOMPARE(model->config.d_model, 4);

    const std::vector<CachedModel> cached = cached_models(cache_->path());
    QCOMPARE(cached.size(), 1U);
    QCOMPARE(cached[0].name, name);
    QCOMPARE(cached[0].folder, folder);
    QVERIFY(cached[0].supported);
    QVERIFY(leftovers().isEmpty());
    // As other tools lay it out: links into blobs, relative.
    const QString link = QFile::symLinkTarget(folder + QStringLiteral("/config.json"));
    QVERIFY(link.contains(QStringLiteral("/models--someone--small-model/blobs/")));

    const auto last = progress.last();
    QCOMPARE(last[0].toLongLong(), last[1].toLongLong());
    QVERIFY(last[1].toLongLong() > files_[QStringLiteral("model.safetensors")].size());
    for (qsizetype i = 1; i < progress.size(); ++i)
        QVERIFY(progress[i][0].toLongLong() >= progress[i - 1][0].toLongLong());

    QDirIterator all(cache_->path(), QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(token), qPrintable(file.fileName()));
    }
}

void TestHubDownload::the_token_goes_to_the_hub_alone()
{
    QVERIFY(load_model(download()));
    QVERIFY(!hub_->requests().empty());
    for (const Request &request : hub_->requests())
        QCOMPARE(request.headers.value("authorization"), "Bearer " + token);
    QVERIFY(!storage_->requests().empty());
    for (const Request &request : storage_->requests())
        QVERIFY(!request.headers.contains("authorization"));
}

void TestHubDownload::only_needed_files_are_asked_for()
{
    download();
    for (const char *file : {"README.md", "pytorch_model.bin"}) {
        QCOMPARE(hub_->count("HEAD", file), 0);
        QCOMPARE(hub_->count("GET", file), 0);
    }
    QCOMPARE(hub_->count("GET", "vocab.txt"), 1);
}

void TestHubDownload::what_is_there_is_not_fetched_again()
{
    const QString first = download();
    hub_->forget();
    storage_->forget();
    QCOMPARE(download(), first);
    QCOMPARE(hub_->count("GET", "vocab.txt"), 0);
    QCOMPARE(storage_->requests().size(), 0U);
}

void TestHubDownload::cut_off_it_goes_on_from_there()
{
    const qsizetype half = files_[QStringLiteral("model.safetensors")].size() / 2;
    spoil_ = [half](const Request &request, Answer &answer) {
        if (!request.path.startsWith("/blob/"))
            return;
        answer.headers.emplace_back("Content-Length", QByteArray::number(answer.body.size()));
        answer.cutAfter = half;
    };
    const QString message = failure();
    QVERIFY2(message.contains(QString::number(half)), qPrintable(message));
    QVERIFY(cached_models(cache_->path()).empty());
    QCOMPARE(leftovers().size(), 1);
    spoil_ = {};
    storage_->forget();
    QVERIFY(load_model(download()));
    QCOMPARE(storage_->requests().size(), 1U);
    QCOMPARE(storage_->requests()[0].headers.value("range"), "bytes=" + QByteArray::number(half) + "-");
    QVERIFY(leftovers().isEmpty());
}

void TestHubDownload::a_server_without_ranges_begins_anew()
{
    cut_off_it_goes_on_from_there();
    cache_ = std::make_unique<QTemporaryDir>();
    options_.cache = cache_->path();
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.path.startsWith("/blob/"))
            answer.cutAfter = 1000;
        answer.headers.emplace_back("Content-Length", QByteArray::number(answer.body.size()));
    };
    QVERIFY(!failure().isEmpty());
    spoil_ = [this](const Request &request, Answer &answer) {
        if (request.path.startsWith("/blob/"))
            answer = {.body = files_[QStringLiteral("model.safetensors")]};
    };
    QVERIFY(load_model(download()));
}

void TestHubDownload::refusals_say_what_to_do_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::newRow("401") << 401 << QStringLiteral("HF_TOKEN");
    QTest::newRow("403") << 403 << QStringLiteral("HF_TOKEN");
    QTest::newRow("404") << 404 << QStringLiteral("does not have");
    QTest::newRow("500") << 500 << QStringLiteral("500");
    QTest::newRow("429") << 429 << QStringLiteral("429"); // without a word when to come back
}

void TestHubDownload::refusals_say_what_to_do()
{
    QFETCH(int, status);
    QFETCH(QString, said);
    spoil_ = [status](const Request &, Answer &answer) { answer = {.status = status}; };
    const QString message = failure();
    QVERIFY2(message.contains(said), qPrintable(message));
    QVERIFY2(message.contains(name), qPrintable(message));
}

void TestHubDownload::a_file_that_is_missing_is_named()
{
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.verb == "GET" && request.path.endsWith("vocab.txt"))
            answer = {.status = 404};
    };
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("vocab.txt")), qPrintable(message));
    QVERIFY(cached_models(cache_->path()).empty());
}

void TestHubDownload::a_wrong_length_is_refused_data()
{
    QTest::addColumn<int>("more");
    QTest::newRow("longer") << 10;
    QTest::newRow("shorter") << -10;
}

void TestHubDownload::a_wrong_length_is_refused()
{
    QFETCH(int, more);
    spoil_ = [more](const Request &request, Answer &answer) {
        if (!request.path.startsWith("/blob/"))
            return;
        if (more > 0)
            answer.body += QByteArray(more, 'x');
        else
            answer.body.chop(-more);
    };
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("model.safetensors")), qPrintable(message));
    QVERIFY(cached_models(cache_->path()).empty());
    spoil_ = {};
    QVERIFY(load_model(download()));
}

void TestHubDownload::a_wrong_hash_is_refused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("SHA-256") << QByteArray("model.safetensors");
    QTest::newRow("git's SHA-1") << QByteArray("vocab.txt");
}

void TestHubDownload::a_wrong_hash_is_refused()
{
    QFETCH(QByteArray, file);
    spoil_ = [file](const Request &request, Answer &answer) {
        if (request.verb == "GET" && request.path.contains(file) && !answer.body.isEmpty())
            answer.body[answer.body.size() / 2] = static_cast<char>(answer.body[answer.body.size() / 2] ^ 1);
    };
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("damaged")), qPrintable(message));
    QVERIFY2(message.contains(QString::fromLatin1(file)), qPrintable(message));
    QVERIFY(leftovers().isEmpty());
    spoil_ = {};
    QVERIFY(load_model(download()));
}

void TestHubDownload::silence_ends_the_download()
{
    options_.silenceLimit = 150;
    spoil_ = [](const Request &request, Answer &answer) {
        answer.silent = request.path.startsWith("/blob/");
    };
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("0.15")), qPrintable(message));
}

void TestHubDownload::a_slow_server_is_waited_for()
{
    options_.silenceLimit = 400;
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.path.startsWith("/blob/"))
            answer.dripEvery = 10;
    };
    QVERIFY(load_model(download()));
}

void TestHubDownload::cancelled_it_can_go_on()
{
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.path.startsWith("/blob/"))
            answer.dripEvery = 5;
    };
    HubDownload download(name, options_);
    QSignalSpy cancelled(&download, &HubDownload::cancelled);
    QSignalSpy failed(&download, &HubDownload::failed);
    QSignalSpy finished(&download, &HubDownload::finished);
    bool cancel = true;
    connect(&download, &HubDownload::progress, this, [&](qint64 received, qint64 total, const QString &file) {
        if (cancel && file == QStringLiteral("model.safetensors") && received > total / 2)
            download.cancel();
    });
    download.start();
    QVERIFY(cancelled.wait());
    QVERIFY(!download.isRunning());
    QVERIFY(cached_models(cache_->path()).empty());
    cancel = false;
    storage_->forget();
    download.start();
    QVERIFY(finished.wait());
    QVERIFY(failed.isEmpty());
    QVERIFY(!storage_->requests()[0].headers.value("range").isEmpty());
    QVERIFY(load_model(finished[0][0].toString()));
}

void TestHubDownload::weights_of_pytorch_are_taken_where_there_are_no_others()
{
    const auto list = [](std::initializer_list<const char *> names) {
        QStringList all;
        for (const char *name : names)
            all.append(QLatin1String(name));
        return all;
    };
    const QString model = QStringLiteral("a/b");
    QCOMPARE(
        neededFiles(model, list({"config.json", "pytorch_model.bin", "tf_model.h5", "2_Dense/config.json",
                                 "2_Dense/pytorch_model.bin", "2_Dense/other.bin", "modules.json"})),
        list({"config.json", "modules.json", "2_Dense/config.json", "2_Dense/pytorch_model.bin",
              "pytorch_model.bin"}));
    QCOMPARE(neededFiles(model, list({"config.json", "pytorch_model.bin", "model.safetensors"})),
             list({"config.json", "model.safetensors"}));
    QCOMPARE(
        neededFiles(model, list({"config.json", "pytorch_model.bin.index.json",
                                 "pytorch_model-00001-of-00001.bin", "model-00001-of-00001.safetensors"})),
        list({"config.json", "pytorch_model.bin.index.json", "pytorch_model-00001-of-00001.bin"}));
}

void TestHubDownload::models_that_cannot_be_opened_are_refused_early()
{
    const QMap<QString, QByteArray> whole = files_;
    files_[QStringLiteral("config.json")] = R"({"model_type": "gpt2"})";
    QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("gpt2")), qPrintable(message));
    QCOMPARE(storage_->requests().size(), 0U);

    files_ = whole;
    files_.remove(QStringLiteral("model.safetensors"));
    files_.remove(QStringLiteral("pytorch_model.bin"));
    message = failure();
    QVERIFY2(message.contains(QStringLiteral("model.safetensors")), qPrintable(message));
    files_ = whole;
}

void TestHubDownload::lies_in_the_list_are_refused_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("no JSON") << QByteArray("/api/") << QByteArray() << QByteArray("<html>");
    QTest::newRow("a revision that leaves the folder")
        << QByteArray("/api/") << QByteArray() << QByteArray(R"({"sha":"../../../../x","siblings":[]})");
    QTest::newRow("no files") << QByteArray("/api/") << QByteArray()
                              << QByteArray(R"({"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})");
    QTest::newRow("an etag that leaves the folder")
        << QByteArray("vocab.txt") << QByteArray("ETag") << QByteArray("\"../../x\"");
    QTest::newRow("no etag") << QByteArray("vocab.txt") << QByteArray("ETag") << QByteArray("");
    QTest::newRow("a negative length")
        << QByteArray("vocab.txt") << QByteArray("X-Linked-Size") << QByteArray("-1");
    QTest::newRow("more than any disk")
        << QByteArray("vocab.txt") << QByteArray("X-Linked-Size") << QByteArray("9000000000000000");
}

void TestHubDownload::lies_in_the_list_are_refused()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    spoil_ = [&](const Request &request, Answer &answer) {
        if (!request.path.contains(path))
            return;
        if (header.isEmpty())
            answer.body = value;
        else if (request.verb == "HEAD")
            answer.headers = {{header, value}, {header == "ETag" ? "X-None" : "ETag", "\"x\""}};
    };
    QVERIFY(!failure().isEmpty());
    QVERIFY(leftovers().isEmpty());
    QVERIFY(cached_models(cache_->path()).empty());
}

void TestHubDownload::redirects_do_not_go_on_for_ever()
{
    spoil_ = [this](const Request &request, Answer &answer) {
        if (request.path.startsWith("/api/"))
            answer = {.status = 307, .headers = {{"Location", hub_->url() + request.path}}};
    };
    QVERIFY(failure().contains(name));
    QVERIFY(hub_->requests().size() < 10U);

    spoil_ = [](const Request &request, Answer &answer) {
        if (request.path.startsWith("/api/"))
            answer = {.status = 307, .headers = {{"Location", "file:///etc/hostname"}}};
    };
    QVERIFY(failure().contains(name));
}

void TestHubDownload::no_server_is_said()
{
    hub_->close();
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("127.0.0.1")), qPrintable(message));

    options_.token = QStringLiteral("two\r\nlines");
    const QString bad = failure();
    QVERIFY2(bad.contains(QStringLiteral("HF_TOKEN")) && !bad.contains(QStringLiteral("two")),
             qPrintable(bad));
}

void TestHubDownload::two_programs_can_download_the_same()
{
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.path.startsWith("/blob/"))
            answer.dripEvery = 1;
    };
    for (int round = 0; round < 12; ++round) {
        cache_ = std::make_unique<QTemporaryDir>();
        options_.cache = cache_->path();
        storage_->forget();
        HubDownload first(name, options_);
        HubDownload second(name, options_);
        QSignalSpy firstFinished(&first, &HubDownload::finished);
        QSignalSpy secondFinished(&second, &HubDownload::finished);
        QSignalSpy failed(&second, &HubDownload::failed);
        first.start();
        QTest::qWait(round * 3);
        second.start();
        QTRY_VERIFY_WITH_TIMEOUT(!firstFinished.isEmpty() && !secondFinished.isEmpty(), 20'000);
        QVERIFY(failed.isEmpty());
        QVERIFY(load_model(firstFinished[0][0].toString()));
        QCOMPARE(storage_->count("GET", "xyz"), 1); // the weights came once
        QVERIFY(leftovers().isEmpty());
    }
}

void TestHubDownload::what_another_program_fetches_is_waited_for()
{
    const QString model = cache_folder_of(cache_->path(), name);
    const QByteArray hash =
        QCryptographicHash::hash(files_[QStringLiteral("model.safetensors")], QCryptographicHash::Sha256)
            .toHex();
    auto other = std::make_unique<HubLock>(model, QString::fromLatin1(hash));
    QVERIFY(other->take());
    HubDownload download(name, options_);
    QSignalSpy waiting(&download, &HubDownload::waiting);
    QSignalSpy finished(&download, &HubDownload::finished);
    QSignalSpy cancelled(&download, &HubDownload::cancelled);
    download.start();
    QVERIFY(waiting.wait());
    QVERIFY(waiting[0][0].toString().contains(QStringLiteral("model.safetensors")));
    download.cancel();
    QCOMPARE(cancelled.size(), 1);
    download.start();
    QVERIFY(waiting.wait());
    QCOMPARE(storage_->requests().size(), 0U);
    other.reset();
    QVERIFY(finished.wait());
    QVERIFY(load_model(finished[0][0].toString()));
}

void TestHubDownload::when_to_come_back_is_read_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("seconds"); // -1: says nothing
    QTest::newRow("a number") << QByteArray("120") << qint64{120};
    QTest::newRow("now") << QByteArray(" 0 ") << qint64{0};
    QTest::newRow("a date") << QByteArray("Wed, 21 Oct 2015 07:28:30 GMT") << qint64{30};
    QTest::newRow("a date that has passed") << QByteArray("Wed, 21 Oct 2015 07:27:00 GMT") << qint64{0};
    QTest::newRow("negative") << QByteArray("-5") << qint64{-1};
    QTest::newRow("more than any number") << QByteArray("99999999999999999999") << qint64{-1};
    QTest::newRow("words") << QByteArray("soon") << qint64{-1};
    QTest::newRow("nothing") << QByteArray() << qint64{-1};
}

void TestHubDownload::when_to_come_back_is_read()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, seconds);
    const QDateTime now(QDate(2015, 10, 21), QTime(7, 28), QTimeZone::utc());
    QCOMPARE(retryAfter(header, now).value_or(-1), seconds);
}

void TestHubDownload::too_many_requests_are_waited_for()
{
    int refusals = 2;
    spoil_ = [&refusals](const Request &request, Answer &answer) {
        if (request.verb == "GET" && request.path.endsWith("vocab.txt") && refusals-- > 0)
            answer = {.status = 429, .headers = {{"Retry-After", "1"}}};
    };
    QElapsedTimer clock;
    clock.start();
    QVERIFY(load_model(download()));
    QVERIFY(clock.elapsed() >= 2000);
    QCOMPARE(hub_->count("GET", "vocab.txt"), 3);

    cache_ = std::make_unique<QTemporaryDir>();
    options_.cache = cache_->path();
    spoil_ = [](const Request &, Answer &answer) {
        answer = {.status = 429, .headers = {{"Retry-After", "3600"}}};
    };
    const QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("3600")), qPrintable(message));

    spoil_ = [](const Request &, Answer &answer) {
        answer = {.status = 503, .headers = {{"Retry-After", "200"}}};
    };
    HubDownload download(name, options_);
    QSignalSpy waiting(&download, &HubDownload::waiting);
    QSignalSpy cancelled(&download, &HubDownload::cancelled);
    download.start();
    QVERIFY(waiting.wait());
    QVERIFY(waiting[0][0].toString().contains(QStringLiteral("200")));
    download.cancel();
    QCOMPARE(cancelled.size(), 1);
}

void TestHubDownload::what_has_no_end_is_not_read_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QString>("said");
    QTest::newRow("404") << 404 << QByteArray() << QStringLiteral("does not have");
    QTest::newRow("a redirect") << 302 << QByteArray() << QStringLiteral("cannot follow");
    QTest::newRow("a list") << 200 << QByteArray() << QStringLiteral("longer than");
    QTest::newRow("a packed list") << 200 << QByteArray("gzip") << QStringLiteral("gzip");
}

void TestHubDownload::what_has_no_end_is_not_read()
{
    QFETCH(int, status);
    QFETCH(QByteArray, coding);
    QFETCH(QString, said);
    spoil_ = [&](const Request &, Answer &answer) {
        answer = {.status = status, .headers = {{"Location", "file:///"}}};
        if (!coding.isEmpty()) {
            answer.headers.emplace_back("Content-Encoding", coding);
            answer.body = QByteArray(1000, 'x');
            return;
        }
        answer.body = QByteArray((status == 200 ? 16 : 4) * 1024 * 1024, ' ');
        answer.dripEvery = status == 200 ? 0 : 1;
    };
    const QString message = failure();
    QVERIFY2(message.contains(said), qPrintable(message));
    QVERIFY2(message.contains(name), qPrintable(message));
}

void TestHubDownload::sizes_are_added_up_safely()
{
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.verb == "HEAD" && request.path.endsWith("model.safetensors"))
            answer.headers = {{"X-Linked-Etag", "x"}, {"X-Linked-Size", "9223372036854775807"}};
    };
    QString message = failure();
    QVERIFY2(message.contains(QStringLiteral("model.safetensors")), qPrintable(message));
    spoil_ = [](const Request &request, Answer &answer) {
        if (request.verb == "HEAD" && request.path.endsWith("config.json"))
            answer.headers = {{"ETag", "x"}, {"Content-Length", "3000000000"}};
    };
    message = failure();
    QVERIFY2(message.contains(QStringLiteral("config.json")), qPrintable(message));
    QCOMPARE(hub_->count("GET", "config.json"), 0);
}

void TestHubDownload::cancel_ends_it_at_every_stage_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("the list") << QByteArray("GET") << QByteArray("/api/");
    QTest::newRow("a size") << QByteArray("HEAD") << QByteArray("vocab.txt");
    QTest::newRow("a small file") << QByteArray("GET") << QByteArray("vocab.txt");
    QTest::newRow("the weights") << QByteArray("GET") << QByteArray("/blob/");
}

void TestHubDownload::cancel_ends_it_at_every_stage()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, path);
    bool reached = false;
    spoil_ = [&](const Request &request, Answer &answer) {
        if (request.verb == verb && request.path.contains(path))
            answer.silent = reached = true;
    };
    options_.silenceLimit = 600'000; // a slow request's time has no limit of its own
    HubDownload download(name, options_);
    QSignalSpy cancelled(&download, &HubDownload::cancelled);
    QSignalSpy failed(&download, &HubDownload::failed);
    download.start();
    QTRY_VERIFY(reached);
    download.cancel();
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(!download.isRunning());
    QTest::qWait(50);
    QVERIFY(failed.isEmpty());
    spoil_ = {};
    QSignalSpy finished(&download, &HubDownload::finished);
    download.start();
    QVERIFY(finished.wait());
}

QTEST_GUILESS_MAIN(TestHubDownload)
#include "tst_hub_download.moc"
