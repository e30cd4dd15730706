// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/initial_vocabulary.h"

namespace encoderscope
{

QStringList initial_vocabulary()
{
    QStringList pieces{QStringLiteral("[PAD]"), QStringLiteral("[UNK]"), QStringLiteral("[CLS]"),
                       QStringLiteral("[SEP]"), QStringLiteral("[MASK]")};
    for (char16_t c = u'!'; c <= u'~'; ++c) {
        if (c < u'A' || c > u'Z')
            pieces.append(QString(QChar(c)));
    }
    for (char16_t c = u'0'; c <= u'z'; ++c) {
        if (c <= u'9' || c >= u'a')
            pieces.append(QStringLiteral("##") + QChar(c));
    }
    const QStringList words =
        QStringLiteral(
            "the of and to in is was for that on with as it at by from be this are or an he his her "
            "she they we you not but have has had were been which who what when where there their "
            "one two can will would all if so no do did about into over than then them out up "
            "because too very")
            .split(u' ');
    const QStringList endings =
        QStringLiteral(
            "ing ed er ers est ly ness ment tion tions able ful less ous ive al ic ist ism ity es 에서 "
            "에게 으로 에는 에도 까지 부터 처럼 보다 이다 입니다 습니다 합니다 했다 하고 하는 한다 "
            "하게 하지 되는 된다 였다 았다 었다 들이 들은 들을")
            .split(u' ');
    pieces += words;
    for (const QString &ending : endings)
        pieces.append(QStringLiteral("##") + ending);
    constexpr char16_t first_syllable = 0xAC00;
    constexpr char16_t last_syllable = 0xD7A3;
    for (char16_t c = first_syllable; c <= last_syllable; ++c)
        pieces.append(QString(QChar(c)));
    for (char16_t c = first_syllable; c <= last_syllable; ++c)
        pieces.append(QStringLiteral("##") + QChar(c));
    return pieces;
}

} // namespace encoderscope
