// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_download.h"

#include "engine/error.h"
#include "engine/model/model_description.h"
#include "engine/model/model_sources.h"
#include "engine/particles.h"
#include "engine/text/json_reader.h"
#include "engine/text/text_file.h"
#include "ui/models/hub_files.h"
#include "ui/models/hub_snapshot.h"
#include "ui/models/hub_wait.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr qint64 greatestList = 4 * 1024 * 1024; // of the Hub's largest repositories, a tenth
constexpr qint64 receiveBuffer = 1024 * 1024;

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool isGood(int status)
{
    return status >= 200 && status < 300;
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) {
        return url.port(url.scheme() == QStringLiteral("https") ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

/// An etag without its quotes and its mark of weakness.
QString plainEtag(const QByteArray &header)
{
    QString etag = QString::fromLatin1(header).trimmed();
    if (etag.startsWith(QStringLiteral("W/")))
        etag = etag.mid(2);
    return etag.remove(QLatin1Char('"'));
}

} // namespace

HubDownload::HubDownload(const QString &name, HubOptions options, QObject *parent)
    : QObject(parent)
    , name_(name)
    , options_(std::move(options))
    , modelFolder_(cache_folder_of(options_.cache, name))
    , blobsFolder_(modelFolder_ + QStringLiteral("/blobs"))
{
}

HubDownload::~HubDownload()
{
    stop();
}

void HubDownload::start()
{
    if (running_)
        return;
    running_ = true;
    ++run_;
    waits_ = 0;
    guarded([this] {
        if (!is_hub_name(name_))
            throw Error(tr("\"%1\" is not a model's name: expected \"organization/name\".").arg(name_));
        if (std::any_of(options_.token.begin(), options_.token.end(),
                        [](QChar c) { return c < u'!' || c > u'~'; }))
            throw Error(tr("HF_TOKEN has characters that no token has."));
        askForFiles();
    });
}

void HubDownload::cancel()
{
    if (!running_)
        return;
    stop();
    Q_EMIT cancelled();
}

void HubDownload::stop()
{
    running_ = false;
    blob_.reset();
    lock_.reset();
    if (reply_) {
        reply_->disconnect(this);
        reply_->abort();
        reply_->deleteLater();
        reply_ = nullptr;
    }
}

void HubDownload::fail(const QString &message)
{
    stop();
    Q_EMIT failed(withParticles(message));
}

void HubDownload::guarded(const std::function<void()> &step)
{
    try {
        step();
    } catch (const Error &error) {
        fail(error.message());
    }
}

void HubDownload::send(const Request &request)
{
    QNetworkRequest message(request.url);
    message.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    message.setTransferTimeout(options_.silenceLimit);
    message.setRawHeader("User-Agent", "encoderscope");
    message.setRawHeader("Accept-Encoding", "identity"); // lengths and ranges are those of the file
    if (!request.range.isEmpty())
        message.setRawHeader("Range", request.range);
    if (!options_.token.isEmpty() && sameOrigin(request.url, options_.endpoint))
        message.setRawHeader("Authorization", "Bearer " + options_.token.toLatin1());

    QNetworkReply *reply = request.verb == "HEAD" ? network_.head(message) : network_.get(message);
    reply->setReadBufferSize(receiveBuffer);
    reply_ = reply;
    receiving_ = false;
    const auto end = [this, reply, request] {
        reply->disconnect(this);
        reply->deleteLater();
        reply_ = nullptr;
        const QPointer<QNetworkReply> still(reply); // who hears of the end may delete all this
        guarded([&] { answer(*reply, request); });
        if (still && still->isRunning())
            still->abort();
    };
    connect(reply, &QNetworkReply::readyRead, this, [this, reply, request, end] {
        if (!isGood(statusOf(*reply)))
            end(); // its head says all; its body may have no end
        else if (request.arriving)
            guarded([&] { request.arriving(*reply); });
    });
    connect(reply, &QNetworkReply::finished, this, end);
}

QUrl HubDownload::redirectOf(const QNetworkReply &reply, const Request &request) const
{
    const int status = statusOf(reply);
    const bool described = request.verb == "HEAD" && reply.hasRawHeader("X-Linked-Etag");
    if (status < 300 || status >= 400 || described)
        return {};
    const QUrl target = request.url.resolved(QUrl::fromEncoded(reply.rawHeader("Location")));
    constexpr int mostRedirects = 5;
    const bool lessSafe =
        request.url.scheme() == QStringLiteral("https") && target.scheme() != QStringLiteral("https");
    if (!target.isValid() || target.host().isEmpty() || !target.scheme().startsWith(QStringLiteral("http")) ||
        lessSafe || request.redirects >= mostRedirects)
        throw Error(tr("The Hub sent the download of %1 somewhere it cannot follow.").arg(name_));
    return target;
}

void HubDownload::answer(QNetworkReply &reply, Request request)
{
    if (wait(reply, request))
        return;
    const QUrl target = redirectOf(reply, request);
    if (target.isEmpty()) {
        request.answered(reply);
        return;
    }
    request.url = target;
    ++request.redirects;
    send(request);
}

bool HubDownload::wait(const QNetworkReply &reply, const Request &request)
{
    const int status = statusOf(reply);
    const bool busy = status == 429 || status == 503;
    const std::optional<qint64> seconds =
        busy ? retryAfter(reply.rawHeader("Retry-After"), QDateTime::currentDateTimeUtc()) : std::nullopt;
    if (!seconds)
        return false;
    constexpr qint64 longest = 5 * 60;
    constexpr int most = 20;
    if (*seconds > longest || ++waits_ > most)
        throw Error(
            tr("The Hub has too many requests and asks to come back in %n second(s). Downloading again "
               "goes on from there.",
               nullptr, static_cast<int>(std::min<qint64>(*seconds, std::numeric_limits<int>::max()))));
    Q_EMIT waiting(tr("The Hub has too many requests: waiting %n second(s), as it asks…", nullptr,
                      static_cast<int>(*seconds)));
    later(static_cast<int>(*seconds) * 1000, [this, request] { send(request); });
    return true;
}

void HubDownload::later(int milliseconds, const std::function<void()> &step)
{
    QTimer::singleShot(milliseconds, this, [this, step, run = run_] {
        if (running_ && run == run_)
            guarded(step);
    });
}

void HubDownload::checkAnswer(const QNetworkReply &reply, const QString &what) const
{
    const int status = statusOf(reply);
    const bool described = status >= 300 && status < 400;
    if ((isGood(status) || described) && reply.error() == QNetworkReply::NoError)
        return;
    if (reply.error() == QNetworkReply::OperationCanceledError)
        throw Error(tr("%1: nothing came for %2 seconds. Downloading again goes on from there.")
                        .arg(what)
                        .arg(static_cast<double>(options_.silenceLimit) / 1000.0));
    if (status == 401 || status == 403)
        throw Error(
            tr("%1 does not exist, or needs permission: set HF_TOKEN to a token that may read it. (The Hub "
               "answered %2.)")
                .arg(what)
                .arg(status));
    if (status == 404)
        throw Error(tr("The Hub does not have %1.").arg(what));
    if (status > 0 && !isGood(status))
        throw Error(tr("%1: the Hub answered %2; expected 200.").arg(what).arg(status));
    throw Error(tr("%1: no answer from %2: %3.").arg(what, reply.url().host(), reply.errorString()));
}

QUrl HubDownload::fileUrl(const QString &path) const
{
    QUrl url = options_.endpoint;
    url.setPath(url.path() + QStringLiteral("/%1/resolve/%2/%3").arg(name_, revision_, path));
    return url;
}

void HubDownload::askForFiles()
{
    list_.clear();
    QUrl url = options_.endpoint;
    url.setPath(url.path() + QStringLiteral("/api/models/%1/revision/main").arg(name_));
    Request request;
    request.url = url;
    request.arriving = [this](QNetworkReply &reply) { readList(reply); };
    request.answered = [this](QNetworkReply &reply) { readFiles(reply); };
    send(request);
}

void HubDownload::readList(QNetworkReply &reply)
{
    const QByteArray coding = reply.rawHeader("Content-Encoding");
    if (!coding.isEmpty() && coding != "identity") // how long it becomes, nobody knows
        throw Error(
            tr("The Hub's list of the files of %1 came packed (%2), although it was asked for as it is.")
                .arg(name_, shortened(QString::fromLatin1(coding))));
    list_ += reply.readAll();
    if (list_.size() > greatestList)
        throw Error(tr("The Hub's list of the files of %1 is longer than %2.")
                        .arg(name_, QLocale().formattedDataSize(greatestList)));
}

void HubDownload::readFiles(QNetworkReply &reply)
{
    checkAnswer(reply, name_);
    readList(reply);
    const JsonField list = JsonField::parse(list_, tr("The Hub's list of the files of %1").arg(name_));
    revision_ = list.text(QStringLiteral("sha"));
    static const QRegularExpression commit(QStringLiteral("\\A[0-9a-f]{40}\\z"));
    if (!commit.match(revision_).hasMatch())
        list.refuse(QStringLiteral("sha"), tr("a revision of 40 hexadecimal digits"));
    QStringList names;
    for (const QJsonValue &file : list.object().value(QStringLiteral("siblings")).toArray())
        names.append(file.toObject().value(QStringLiteral("rfilename")).toString());
    files_.clear();
    for (const QString &path : neededFiles(name_, names))
        files_.push_back({.path = path, .etag = {}});
    described_ = 0;
    fetched_ = 0;
    total_ = 0;
    done_ = 0;
    describeNext();
}

void HubDownload::describeNext()
{
    if (described_ < files_.size()) {
        Request request;
        request.verb = "HEAD";
        request.url = fileUrl(files_[described_].path);
        request.answered = [this](QNetworkReply &reply) { readDescription(reply); };
        send(request);
        return;
    }
    QDir().mkpath(blobsFolder_);
    checkRoom();
    fetchNext();
}

void HubDownload::checkRoom() const
{
    qint64 missing = total_;
    for (const HubFile &file : files_)
        missing -= HubBlob::bytesThere(blobsFolder_, file);
    // Not by QStorageInfo, which knows nothing where the folder's mount is not listed, as in a chroot.
    std::error_code unknown;
    const auto space = std::filesystem::space(QFileInfo(blobsFolder_).filesystemFilePath(), unknown);
    const auto room = static_cast<qint64>(space.available);
    if (!unknown && room < missing)
        throw Error(tr("%1 needs %2; %3 has only %4 left.")
                        .arg(name_, QLocale().formattedDataSize(missing), options_.cache,
                             QLocale().formattedDataSize(room)));
}

void HubDownload::readDescription(QNetworkReply &reply)
{
    HubFile &file = files_[described_];
    const QString what = name_ + QLatin1Char('/') + file.path;
    checkAnswer(reply, what);
    const bool linked = reply.hasRawHeader("X-Linked-Etag");
    file.etag = plainEtag(reply.rawHeader(linked ? "X-Linked-Etag" : "ETag"));
    static const QRegularExpression safe(
        QStringLiteral("\\A[A-Za-z0-9_-]{1,128}\\z")); // it becomes a file's name
    if (!safe.match(file.etag).hasMatch())
        throw Error(tr("The Hub did not say which version of %1 it has.").arg(what));
    bool number = false;
    file.size = reply.rawHeader(reply.hasRawHeader("X-Linked-Size") ? "X-Linked-Size" : "Content-Length")
                    .toLongLong(&number);
    if (!number || file.size < 0)
        throw Error(tr("The Hub did not say how long %1 is.").arg(what));
    const bool weights =
        file.path.endsWith(QStringLiteral(".safetensors")) || file.path.endsWith(QStringLiteral(".bin"));
    const qint64 greatest = weights                                      ? std::numeric_limits<qint64>::max()
                            : file.path == QStringLiteral("config.json") ? JsonField::largest_configuration
                                                                         : largest_tokenizer_file;
    if (file.size > greatest || file.size > std::numeric_limits<qint64>::max() - total_)
        throw Error(tr("%1 has %2 by the Hub's word, more than such a file has.")
                        .arg(what, QLocale().formattedDataSize(file.size)));
    total_ += file.size;
    ++described_;
    describeNext();
}

void HubDownload::checkConfig() const
{
    const QByteArray config =
        read_bytes(blobsFolder_ + QLatin1Char('/') + files_.front().etag, JsonField::largest_configuration);
    read_model_description(JsonField::parse(config, name_ + QStringLiteral("/config.json")));
}

void HubDownload::fetchNext()
{
    while (fetched_ < files_.size() && HubBlob::isThere(blobsFolder_, files_[fetched_])) {
        done_ += files_[fetched_].size;
        // Before the large files come: can the model be opened at all?
        if (fetched_++ == 0)
            checkConfig();
    }
    reportProgress();
    if (!running_)
        return;
    if (fetched_ == files_.size()) {
        const QString snapshot = makeSnapshot(modelFolder_, revision_, files_);
        stop();
        Q_EMIT finished(snapshot);
        return;
    }
    lock_ = std::make_unique<HubLock>(modelFolder_, files_[fetched_].etag);
    if (!lock_->take()) {
        Q_EMIT waiting(withParticles(
            tr("Another program is downloading %1; waiting for it…").arg(files_[fetched_].path)));
        constexpr int pause = 300;
        later(pause, [this] { fetchNext(); });
        return;
    }
    if (HubBlob::isThere(blobsFolder_, files_[fetched_])) { // since it was looked for
        fetchNext();
        return;
    }
    blob_ = std::make_unique<HubBlob>(blobsFolder_, files_[fetched_]);
    hashThenFetch();
}

void HubDownload::hashThenFetch()
{
    if (blob_->hashNext()) {
        later(0, [this] { hashThenFetch(); });
        return;
    }
    if (blob_->size() == files_[fetched_].size) {
        blob_->finish();
        blob_.reset();
        lock_.reset();
        fetchNext();
        return;
    }
    fetch();
}

void HubDownload::fetch()
{
    Request request;
    request.url = fileUrl(files_[fetched_].path);
    if (blob_->size() > 0)
        request.range = "bytes=" + QByteArray::number(blob_->size()) + '-';
    request.arriving = [this](QNetworkReply &reply) { receive(reply); };
    request.answered = [this](QNetworkReply &reply) { endBlob(reply); };
    send(request);
}

void HubDownload::receive(QNetworkReply &reply)
{
    if (!std::exchange(receiving_, true) && blob_->size() > 0) {
        const QByteArray expected = "bytes " + QByteArray::number(blob_->size()) + '-';
        if (statusOf(reply) != 206 || !reply.rawHeader("Content-Range").startsWith(expected))
            blob_->restart();
    }
    blob_->write(reply.readAll());
    reportProgress();
}

void HubDownload::endBlob(QNetworkReply &reply)
{
    const QString what = name_ + QLatin1Char('/') + files_[fetched_].path;
    constexpr int rangeNotSatisfiable = 416;
    if (statusOf(reply) == rangeNotSatisfiable && blob_->size() > 0) {
        blob_->restart();
        fetch();
        return;
    }
    if (isGood(statusOf(reply)))
        receive(reply);
    if (!running_) // cancelled by who looked at the progress
        return;
    // Of a connection that broke, what is missing is the better message.
    if (!isGood(statusOf(reply)) || reply.error() == QNetworkReply::OperationCanceledError)
        checkAnswer(reply, what);
    blob_->finish();
    blob_.reset();
    lock_.reset();
    fetchNext();
}

void HubDownload::reportProgress()
{
    const QString path = fetched_ < files_.size() ? files_[fetched_].path : QString();
    Q_EMIT progress(done_ + (blob_ ? blob_->size() : 0), total_, path);
}

} // namespace encoderscope
