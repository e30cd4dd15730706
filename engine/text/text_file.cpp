// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/text_file.h"

#include "engine/regular_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

namespace encoderscope
{

QByteArray read_bytes(const QString &file, qint64 most_bytes)
{
    check_regular_file(file);
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        throw Error(QCoreApplication::translate("Tokenizer", "%1: The file cannot be read: %2")
                        .arg(file, source.errorString()));
    if (source.isSequential() || source.size() > most_bytes)
        throw Error(QCoreApplication::translate("Model", "%1 has %2 bytes; expected at most %3.")
                        .arg(file)
                        .arg(source.size())
                        .arg(most_bytes));
    return source.read(source.size()); // allocates what it is given
}

QString text_of_utf8(QByteArrayView bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return bytes.startsWith("\xEF\xBB\xBF") ? QChar(QChar::ByteOrderMark) + text : text;
}

QString shortened(const QString &text)
{
    constexpr qsizetype greatest = 100;
    QString result = text.left(greatest);
    for (QChar &c : result) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar::ReplacementCharacter;
    }
    if (text.size() > greatest)
        result += QStringLiteral("…");
    return result;
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

QString well_formed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace encoderscope
