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

namespace
{

/// The first byte that is no part of a character, of bytes that are not UTF-8 throughout.
int wrong_byte(QByteArrayView bytes)
{
    const QString text = text_of_utf8(bytes);
    const QChar replaced(QChar::ReplacementCharacter);
    for (qsizetype at = text.indexOf(replaced); at >= 0; at = text.indexOf(replaced, at + 1)) {
        const QByteArrayView rest = bytes.sliced(text.left(at).toUtf8().size());
        if (!rest.startsWith("\xEF\xBF\xBD")) // as it was written
            return static_cast<unsigned char>(rest.front());
    }
    return 0;
}

} // namespace

QString text_of(const QByteArray &bytes, const QString &file)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    if (decoder.hasError()) {
        qsizetype number = 1;
        int found = 0;
        for (const QByteArray &line : bytes.split('\n')) {
            if (!line.isValidUtf8()) {
                found = wrong_byte(line);
                break;
            }
            ++number;
        }
        throw Error(QCoreApplication::translate("Tokenizer",
                                                "%1: Line %2 is not valid UTF-8: the byte 0x%3 was found.")
                        .arg(file)
                        .arg(number)
                        .arg(found, 2, 16, QLatin1Char('0')));
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
