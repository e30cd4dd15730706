// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QFile>
#include <QString>

#include <optional>

namespace encoderscope
{

/// One file of a repository as the Hub describes it.
struct HubFile {
    QString path; ///< within the repository
    QString etag; ///< SHA-256 of large files, git's SHA-1 of the others; the blob's name in the cache
    qint64 size = -1;
};

/// A blob being fetched: `blobs/ETAG.incomplete`, renamed to `blobs/ETAG` when its length and hash are right.
/// What an earlier try left is gone on with.
class HubBlob
{
public:
    /// Throws Error when the file cannot be written.
    HubBlob(const QString &blobsFolder, const HubFile &file);

    /// True when the whole file is there, checked.
    static bool isThere(const QString &blobsFolder, const HubFile &file);

    /// Bytes of it in the cache, of the whole file or of its beginning; at most its size.
    static qint64 bytesThere(const QString &blobsFolder, const HubFile &file);

    /// Bytes that are there.
    qint64 size() const { return size_; }
    /// Hashes the next piece of what an earlier try left; false when there is none. So that a large piece
    /// does not keep the window waiting.
    bool hashNext();
    /// Begins anew: what was there is not the beginning of what comes.
    void restart();
    /// Throws Error when there is more than the file's size, or no room on the disk.
    void write(const QByteArray &bytes);
    /// Checks length and hash and renames. Throws Error; after a wrong hash nothing is left.
    void finish();

private:
    void startHash();
    [[noreturn]] void fail(const QString &message);

    QFile incomplete_;
    QString whole_;
    HubFile file_;
    qint64 size_ = 0;
    qint64 hashed_ = 0;
    std::optional<QCryptographicHash::Algorithm> algorithm_; ///< not set: the etag is no hash
    std::unique_ptr<QCryptographicHash> hash_;
};

} // namespace encoderscope
