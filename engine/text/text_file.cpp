// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/text_file.h"

#include "engine/regular_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

namespace encoderscope
{

QByteArray read_bytes(const QString &file)
{
    check_regular_file(file);
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        throw Error(QCoreApplication::translate("Tokenizer", "%1: The file cannot be read: %2")
                        .arg(file, source.errorString()));
    if (source.isSequential() || source.size() > largest_tokenizer_file)
        throw Error(QCoreApplication::translate(
                        "Tokenizer", "%1: The file has %2 bytes; expected at most %3 for a vocabulary.")
                        .arg(file)
                        .arg(source.size())
                        .arg(largest_tokenizer_file));
    return source.read(source.size()); // allocates what it is given
}

QString text_of_utf8(QByteArrayView bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return bytes.startsWith("\xEF\xBB\xBF") ? QChar(QChar::ByteOrderMark) + text : text;
}

QString text_of(const QByteArray &bytes, const QString &file)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    if (decoder.hasError()) {
        qsizetype line = 1;
        for (const QByteArray &candidate : bytes.split('\n')) {
            if (!candidate.isValidUtf8())
                break;
            ++line;
        }
        throw Error(
            QCoreApplication::translate("Tokenizer", "%1: Line %2 is not valid UTF-8.").arg(file).arg(line));
    }
    return text;
}

} // namespace encoderscope
