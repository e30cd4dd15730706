// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/hub_blob.h"
#include "ui/models/hub_lock.h"
#include "ui/models/hub_options.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace encoderscope
{

/// Downloads a model by its name from the Hub into the local cache, laid out as other tools expect it. Only
/// the needed files; each is written aside, checked against the announced size and hash, and renamed; the
/// snapshot appears when all are there. Cancelled or failed, what has come stays, and start() goes on from
/// there.
class HubDownload : public QObject
{
    Q_OBJECT

public:
    /// `name`: "organization/name".
    explicit HubDownload(const QString &name, HubOptions options = HubOptions::fromEnvironment(),
                         QObject *parent = nullptr);
    ~HubDownload() override;

    const QString &name() const { return name_; }
    bool isRunning() const { return running_; }

    /// Begins, or goes on after cancel() or failed().
    void start();
    /// Stops; does nothing when it is not running.
    void cancel();

Q_SIGNALS:
    /// Bytes that are there, of all files; `total` is 0 until the Hub has said.
    void progress(qint64 received, qint64 total, const QString &file);
    /// Nothing comes for a while, and why; the next progress() ends it.
    void waiting(const QString &reason);
    /// One of these three ends each start(). `folder`: for load_model().
    void finished(const QString &folder);
    void failed(const QString &message);
    void cancelled();

private:
    using Answer = std::function<void(QNetworkReply &)>;

    /// Sends a request, follows redirects, and hands over the answer. `arriving` (may be empty) is called
    /// when bytes of a good answer have come.
    struct Request {
        QByteArray verb = "GET";
        QUrl url;
        QByteArray range;
        Answer arriving;
        Answer answered;
        int redirects = 0;
    };
    void send(const Request &request);
    void answer(QNetworkReply &reply, Request request);
    /// Sends the request again later, when the Hub asks for that. True when it does. Throws Error when it
    /// asks for too much.
    bool wait(const QNetworkReply &reply, const Request &request);
    /// Runs a step later, unless the download has ended by then.
    void later(int milliseconds, const std::function<void()> &step);
    /// Where the reply sends us; empty when it is an answer. Throws Error for a redirect that must not be
    /// followed.
    QUrl redirectOf(const QNetworkReply &reply, const Request &request) const;
    /// Runs a step; an Error in it ends the download.
    void guarded(const std::function<void()> &step);
    void fail(const QString &message);
    void stop();

    void askForFiles();
    void readList(QNetworkReply &reply);
    void readFiles(QNetworkReply &reply);
    void describeNext();
    void checkRoom() const;
    void readDescription(QNetworkReply &reply);
    void fetchNext();
    void hashThenFetch();
    void fetch();
    void receive(QNetworkReply &reply);
    void endBlob(QNetworkReply &reply);
    void checkConfig() const;

    /// Throws Error unless the answer is a good one.
    void checkAnswer(const QNetworkReply &reply, const QString &what) const;
    QUrl fileUrl(const QString &path) const;
    void reportProgress();

    QString name_;
    HubOptions options_;
    QNetworkAccessManager network_;
    QPointer<QNetworkReply> reply_;
    bool running_ = false;
    int run_ = 0; ///< counts start(), so that what belongs to an earlier one is ignored

    QString modelFolder_;
    QString blobsFolder_;
    QString revision_;
    QByteArray list_; ///< of the repository's files, as far as it has come
    std::vector<HubFile> files_;
    std::size_t described_ = 0;
    std::size_t fetched_ = 0;
    qint64 total_ = 0;              ///< bytes of all files described
    qint64 done_ = 0;               ///< bytes of the files that are complete
    int waits_ = 0;                 ///< how often the Hub has asked to come back later
    std::unique_ptr<HubLock> lock_; ///< of the blob being fetched
    std::unique_ptr<HubBlob> blob_;
    bool receiving_ = false; ///< the answer's beginning has been looked at
};

} // namespace encoderscope
