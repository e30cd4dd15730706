// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_blob.h"

#include "engine/file_writer.h"
#include "engine/platform/platform.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace encoderscope
{

namespace
{

constexpr qint64 piece = 1024 * 1024;

std::optional<QCryptographicHash::Algorithm> algorithmOf(const QString &etag)
{
    static const QRegularExpression hex(QStringLiteral("\\A[0-9a-f]+\\z"));
    if (!hex.match(etag).hasMatch())
        return std::nullopt;
    constexpr qsizetype sha256Digits = 64;
    constexpr qsizetype sha1Digits = 40;
    if (etag.size() == sha256Digits)
        return QCryptographicHash::Sha256;
    if (etag.size() == sha1Digits)
        return QCryptographicHash::Sha1;
    return std::nullopt;
}

} // namespace

HubBlob::HubBlob(const QString &blobsFolder, const HubFile &file)
    : incomplete_(blobsFolder + QLatin1Char('/') + file.etag + QStringLiteral(".incomplete"))
    , whole_(blobsFolder + QLatin1Char('/') + file.etag)
    , file_(file)
    , algorithm_(algorithmOf(file.etag))
{
    QDir().mkpath(blobsFolder);
    if (!incomplete_.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        fail(incomplete_.errorString());
    size_ = incomplete_.size();
    startHash();
    if (size_ > file_.size)
        restart();
}

bool HubBlob::isThere(const QString &blobsFolder, const HubFile &file)
{
    const QFileInfo info(blobsFolder + QLatin1Char('/') + file.etag);
    return info.isFile() && info.size() == file.size;
}

qint64 HubBlob::bytesThere(const QString &blobsFolder, const HubFile &file)
{
    if (isThere(blobsFolder, file))
        return file.size;
    const QFileInfo begun(blobsFolder + QLatin1Char('/') + file.etag + QStringLiteral(".incomplete"));
    return begun.exists() && begun.size() <= file.size ? begun.size() : 0;
}

void HubBlob::fail(const QString &message)
{
    throw Error(
        QCoreApplication::translate("Hub", "%1 cannot be written: %2.").arg(incomplete_.fileName(), message));
}

void HubBlob::startHash()
{
    hashed_ = 0;
    if (!algorithm_)
        return;
    hash_ = std::make_unique<QCryptographicHash>(*algorithm_);
    // git hashes a blob with a header before it.
    if (*algorithm_ == QCryptographicHash::Sha1)
        hash_->addData(QByteArray("blob ") + QByteArray::number(file_.size) + QByteArray(1, '\0'));
}

bool HubBlob::hashNext()
{
    if (!hash_ || hashed_ == size_)
        return false;
    incomplete_.seek(hashed_);
    const QByteArray bytes = incomplete_.read(std::min(piece, size_ - hashed_));
    if (bytes.isEmpty())
        fail(incomplete_.errorString());
    hash_->addData(bytes);
    hashed_ += bytes.size();
    return true;
}

void HubBlob::restart()
{
    if (!incomplete_.resize(0))
        fail(incomplete_.errorString());
    size_ = 0;
    startHash();
}

void HubBlob::write(const QByteArray &bytes)
{
    if (bytes.size() > file_.size - size_) {
        const QString name = file_.path;
        incomplete_.remove();
        throw Error(
            QCoreApplication::translate("Hub", "%1 is longer than the %2 bytes that the Hub announced.")
                .arg(name)
                .arg(file_.size));
    }
    incomplete_.seek(size_);
    if (const int reason = platform::write(incomplete_, bytes.constData(), bytes.size()); reason != 0)
        throw unwritable(incomplete_.fileName(), reason);
    size_ += bytes.size();
    if (hash_) {
        hash_->addData(bytes);
        hashed_ += bytes.size();
    }
}

void HubBlob::finish()
{
    if (size_ != file_.size)
        throw Error(QCoreApplication::translate(
                        "Hub", "%1 was cut off after %2 of %3 bytes. Downloading again goes on from there.")
                        .arg(file_.path)
                        .arg(size_)
                        .arg(file_.size));
    if (hash_ && QString::fromLatin1(hash_->result().toHex()) != file_.etag) {
        incomplete_.remove();
        throw Error(QCoreApplication::translate("Hub", "%1 arrived damaged: expected the hash %2, found %3.")
                        .arg(file_.path, file_.etag, QString::fromLatin1(hash_->result().toHex())));
    }
    publish(incomplete_, whole_);
}

} // namespace encoderscope
