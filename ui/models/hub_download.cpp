// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_download.h"

#include "engine/error.h"
#include "engine/model/model_description.h"
#include "engine/model/model_sources.h"
#include "engine/text/json_reader.h"
#include "engine/text/text_file.h"
#include "ui/models/hub_files.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTimer>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr qint64 greatestList = 16 * 1024 * 1024;
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
    Q_EMIT failed(message);
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
    if (request.arriving) {
        connect(reply, &QNetworkReply::readyRead, this, [this, reply, request] {
            if (isGood(statusOf(*reply)))
                guarded([&] { request.arriving(*reply); });
        });
    }
    connect(reply, &QNetworkReply::finished, this, [this, reply, request] {
        reply->deleteLater();
        reply_ = nullptr;
        guarded([&] { answer(*reply, request); });
    });
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
    const QUrl target = redirectOf(reply, request);
    if (target.isEmpty()) {
        request.answered(reply);
        return;
    }
    request.url = target;
    ++request.redirects;
    send(request);
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
    QUrl url = options_.endpoint;
    url.setPath(url.path() + QStringLiteral("/api/models/%1/revision/main").arg(name_));
    Request request;
    request.url = url;
    // Nothing is read before the end; a list longer than any is not waited for.
    request.arriving = [this](QNetworkReply &reply) {
        reply.setReadBufferSize(greatestList);
        if (reply.bytesAvailable() >= greatestList)
            throw Error(tr("The Hub's list of the files of %1 is too long.").arg(name_));
    };
    request.answered = [this](QNetworkReply &reply) { readFiles(reply); };
    send(request);
}

void HubDownload::readFiles(QNetworkReply &reply)
{
    checkAnswer(reply, name_);
    const JsonField list =
        JsonField::parse(reply.readAll(), tr("The Hub's list of the files of %1").arg(name_));
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
    qint64 total = 0;
    for (const HubFile &file : files_)
        total += file.size;
    QDir().mkpath(blobsFolder_);
    // Not by QStorageInfo, which knows nothing where the folder's mount is not listed, as in a chroot.
    std::error_code unknown;
    const auto space = std::filesystem::space(QFileInfo(blobsFolder_).filesystemFilePath(), unknown);
    const auto room = static_cast<qint64>(space.available);
    if (!unknown && room < total)
        throw Error(tr("%1 needs %2; %3 has only %4 left.")
                        .arg(name_, QLocale().formattedDataSize(total), options_.cache,
                             QLocale().formattedDataSize(room)));
    fetchNext();
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
        makeSnapshot();
        return;
    }
    blob_ = std::make_unique<HubBlob>(blobsFolder_, files_[fetched_]);
    hashThenFetch();
}

void HubDownload::hashThenFetch()
{
    if (blob_->hashNext()) {
        QTimer::singleShot(0, this, [this, run = run_] {
            if (running_ && run == run_)
                guarded([this] { hashThenFetch(); });
        });
        return;
    }
    if (blob_->size() == files_[fetched_].size) {
        blob_->finish();
        blob_.reset();
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
    fetchNext();
}

void HubDownload::makeSnapshot()
{
    const QString snapshot = modelFolder_ + QStringLiteral("/snapshots/") + revision_;
    for (const HubFile &file : files_) {
        const QString link = snapshot + QLatin1Char('/') + file.path;
        QDir().mkpath(QFileInfo(link).path());
        QFile::remove(link);
        const auto depth = static_cast<int>(file.path.count(QLatin1Char('/'))) + 2;
        const QString target = QStringLiteral("../").repeated(depth) + QStringLiteral("blobs/") + file.etag;
        if (!QFile::link(target, link))
            throw Error(tr("%1 cannot be made.").arg(link));
    }
    QDir().mkpath(modelFolder_ + QStringLiteral("/refs"));
    QSaveFile main(modelFolder_ + QStringLiteral("/refs/main"));
    if (!main.open(QIODevice::WriteOnly) || main.write(revision_.toLatin1()) < 0 || !main.commit())
        throw Error(tr("%1 cannot be made.").arg(main.fileName()));
    stop();
    Q_EMIT finished(snapshot);
}

void HubDownload::reportProgress()
{
    qint64 total = 0;
    for (const HubFile &file : files_)
        total += file.size;
    const QString path = fetched_ < files_.size() ? files_[fetched_].path : QString();
    Q_EMIT progress(done_ + (blob_ ? blob_->size() : 0), total, path);
}

} // namespace encoderscope
