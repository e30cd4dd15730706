// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/particles.h"

#include <QRegularExpression>

#include <optional>

namespace encoderscope
{

namespace
{

/// How a word ends when it is read aloud.
enum class Ending { vowel, l, consonant };

constexpr int first_syllable = 0xAC00;
constexpr int last_syllable = 0xD7A3;
constexpr int finals = 28; // the last consonants that a syllable may have, none among them
constexpr int final_l = 8; // ㄹ

Ending ending_of_syllable(QChar syllable)
{
    const int final = (syllable.unicode() - first_syllable) % finals;
    return final == 0 ? Ending::vowel : final == final_l ? Ending::l : Ending::consonant;
}

/// 영 일 이 삼 사 오 육 칠 팔 구; an integer that ends in zeros is so many 십, 백, 천, 만, 억 or 조.
Ending ending_of_number(const QString &word)
{
    static const QRegularExpression zeros(QStringLiteral("(?<![0-9.,])[0-9,]*[1-9][0-9,]*?([0,]+)$"));
    if (const auto found = zeros.match(word); found.hasMatch()) {
        const auto count = found.captured(1).count(QLatin1Char('0'));
        return count >= 12 && count < 16 ? Ending::vowel : Ending::consonant;
    }
    switch (word.back().digitValue()) {
    case 1:
    case 7:
    case 8:
        return Ending::l;
    case 0:
    case 3:
    case 6:
        return Ending::consonant;
    default:
        return Ending::vowel;
    }
}

/// About: "the model" 모델, "the map" 맵, "the file" 파일, but "the dog" 도그 and "the class" 클래스.
Ending ending_of_latin(const QString &word)
{
    if (word == word.toUpper()) { // letter by letter
        switch (word.back().unicode()) {
        case 'L':
        case 'R':
            return Ending::l;
        case 'M':
        case 'N':
            return Ending::consonant;
        default:
            return Ending::vowel;
        }
    }
    const QString lower = word.toLower();
    if (lower.endsWith(QLatin1Char('l')) || lower.endsWith(QLatin1String("le")))
        return Ending::l;
    static const QRegularExpression closed(QStringLiteral("([mn]e?|ng|ck|[aeiou][bckpt])$"));
    return closed.match(lower).hasMatch() ? Ending::consonant : Ending::vowel;
}

/// Where the word ends that `before` ends with: in front of tags, quotes and brackets.
QString without_closing_marks(QString before)
{
    static const QRegularExpression closing(QStringLiteral("(<[^<>]*>|[\"'”’»」』)\\]}]|\u2060)$"));
    for (auto found = closing.match(before); found.hasMatch(); found = closing.match(before)) {
        const QString shorter = before.left(found.capturedStart());
        if (shorter.isEmpty() || shorter.back().isSpace())
            break; // the mark is the word
        before = shorter;
    }
    return before;
}

std::optional<Ending> ending_of(const QString &before)
{
    constexpr qsizetype syllable = 3; // letters of one, in text that has them one by one
    QString text = without_closing_marks(before);
    const QString end = text.right(syllable).normalized(QString::NormalizationForm_C);
    text = text.chopped(std::min(text.size(), syllable)) + end;
    if (text.isEmpty())
        return std::nullopt;
    const QChar last = text.back();
    if (last.unicode() >= first_syllable && last.unicode() <= last_syllable)
        return ending_of_syllable(last);
    if (last >= QChar(0x3131) && last <= QChar(0x314E)) // ㄱ to ㅎ, whose names end as 기역 and 리을 do
        return last == QChar(0x3139) ? Ending::l : Ending::consonant;
    if (last >= QChar(0x314F) && last <= QChar(0x3163)) // ㅏ to ㅣ
        return Ending::vowel;
    static const QRegularExpression number(QStringLiteral("[0-9][0-9.,]*$"));
    static const QRegularExpression latin(QStringLiteral("[A-Za-z]+$"));
    if (last >= QLatin1Char('0') && last <= QLatin1Char('9'))
        return ending_of_number(number.match(text).captured());
    if (const auto found = latin.match(text); found.hasMatch())
        return ending_of_latin(found.captured());
    static const QString named_with_a_vowel = QStringLiteral(".,?!%;*/"); // 마침표, 쉼표, ... 퍼센트, 슬래시
    if (named_with_a_vowel.contains(last))
        return Ending::vowel;
    return std::nullopt;
}

} // namespace

QString withParticles(const QString &message)
{
    static const QRegularExpression particle(
        QStringLiteral("이\\(가\\)|은\\(는\\)|을\\(를\\)|과\\(와\\)|\\(으\\)로|\\(이\\)"));
    QString result;
    qsizetype from = 0;
    for (auto found = particle.match(message); found.hasMatch(); found = particle.match(message, from)) {
        result += QStringView(message).mid(from, found.capturedStart() - from);
        const QString both = found.captured();
        if (const std::optional<Ending> ending = ending_of(result); !ending) {
            result += both;
        } else if (both == QStringLiteral("(으)로")) {
            result += *ending == Ending::consonant ? QStringLiteral("으로") : QStringLiteral("로");
        } else if (both == QStringLiteral("(이)")) {
            result += *ending == Ending::vowel ? QString() : QStringLiteral("이");
        } else {
            result += *ending == Ending::vowel ? both[2] : both[0];
        }
        from = found.capturedEnd();
    }
    return result + message.mid(from);
}

} // namespace encoderscope
