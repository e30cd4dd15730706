// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/aligned_text.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr char32_t replacement = 0xFFFD;
/// No cluster and no decomposition starts with or reaches over characters below this one, but for CR LF.
constexpr char32_t first_combining = 0x300;

bool is_simple(AlignedView text)
{
    return std::all_of(text.begin(), text.end(), [](const AlignedCharacter &c) {
        return c.value < first_combining && c.value != U'\r';
    });
}

void order_marks(AlignedText &text)
{
    const auto combining = [](const AlignedCharacter &c) {
        return c.value < first_combining ? 0 : QChar::combiningClass(c.value);
    };
    for (auto begin = text.begin(); begin != text.end();) {
        if (combining(*begin) == 0) {
            ++begin;
            continue;
        }
        const auto end =
            std::find_if(begin, text.end(), [&](const AlignedCharacter &c) { return combining(c) == 0; });
        std::stable_sort(begin, end, [&](const AlignedCharacter &a, const AlignedCharacter &b) {
            return combining(a) < combining(b);
        });
        begin = end;
    }
}

} // namespace

AlignedText aligned_text(const QString &text)
{
    AlignedText characters;
    characters.reserve(static_cast<std::size_t>(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (!unit.isSurrogate()) {
            characters.push_back({unit.unicode(), i, i + 1});
        } else if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            characters.push_back({QChar::surrogateToUcs4(unit, text[i + 1]), i, i + 2});
            ++i;
        } else {
            characters.push_back({replacement, i, i + 1});
        }
    }
    return characters;
}

QString to_string(AlignedView text)
{
    QString string;
    string.reserve(static_cast<qsizetype>(text.size()));
    for (const AlignedCharacter &c : text)
        string += QStringView(QChar::fromUcs4(c.value));
    return string;
}

std::vector<std::size_t> cluster_bounds(AlignedView text)
{
    std::vector<std::size_t> bounds;
    bounds.reserve(text.size() + 1);
    if (is_simple(text)) {
        for (std::size_t i = 0; i <= text.size(); ++i)
            bounds.push_back(i);
        return bounds;
    }
    const QString string = to_string(text);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, string);
    std::size_t index = 0;
    qsizetype unit = 0;
    bounds.push_back(0);
    for (qsizetype next = finder.toNextBoundary(); next > 0; next = finder.toNextBoundary()) {
        if (next <= unit)
            continue; // Qt 6.4 cuts some surrogate pairs in two, as that of U+11FD0
        while (unit < next)
            unit += QChar::requiresSurrogates(text[index++].value) ? 2 : 1;
        // Qt 6.4 cuts before some spacing marks of Indic scripts.
        if (index == text.size() || text[index].value < first_combining || !QChar::isMark(text[index].value))
            bounds.push_back(index);
    }
    return bounds;
}

AlignedText decomposed(AlignedView text, bool compatibility, QChar::UnicodeVersion version)
{
    AlignedText result;
    result.reserve(text.size());
    for (const AlignedCharacter &c : text) {
        if (c.value < 0x80) {
            result.push_back(c);
            continue;
        }
        const auto form = compatibility ? QString::NormalizationForm_KD : QString::NormalizationForm_D;
        const QString parts = QStringView(QChar::fromUcs4(c.value)).toString().normalized(form, version);
        for (const AlignedCharacter &part : aligned_text(parts))
            result.push_back({part.value, c.begin, c.end});
    }
    order_marks(result);
    return result;
}

AlignedText composed(AlignedView text, QChar::UnicodeVersion version)
{
    if (is_simple(text))
        return {text.begin(), text.end()};
    AlignedText result;
    result.reserve(text.size());
    const std::vector<std::size_t> bounds = cluster_bounds(text);
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        const AlignedView cluster = text.subspan(bounds[i], bounds[i + 1] - bounds[i]);
        const QString before = to_string(cluster);
        const QString after = before.normalized(QString::NormalizationForm_C, version);
        if (after == before) {
            result.insert(result.end(), cluster.begin(), cluster.end());
            continue;
        }
        qsizetype begin = cluster.front().begin;
        qsizetype end = cluster.front().end;
        for (const AlignedCharacter &c : cluster) {
            begin = std::min(begin, c.begin);
            end = std::max(end, c.end);
        }
        for (const AlignedCharacter &c : aligned_text(after))
            result.push_back({c.value, begin, end});
    }
    return result;
}

AlignedText lowercased(AlignedView text)
{
    constexpr char32_t i_with_dot = 0x130;
    constexpr char32_t dot_above = 0x307;
    AlignedText result;
    result.reserve(text.size());
    for (const AlignedCharacter &c : text) {
        if (c.value == i_with_dot) {
            result.push_back({U'i', c.begin, c.end});
            result.push_back({dot_above, c.begin, c.end});
        } else {
            result.push_back({QChar::toLower(c.value), c.begin, c.end});
        }
    }
    return result;
}

AlignedText without_marks(AlignedView text)
{
    AlignedText result;
    result.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](const AlignedCharacter &c) {
        return c.value < first_combining || reference_category(c.value) != QChar::Mark_NonSpacing;
    });
    return result;
}

QChar::Category reference_category(char32_t c)
{
    switch (c) { // those whose category changed after Unicode 8.0
    case 0x166D:
    case 0x111C9:
        return QChar::Punctuation_Other;
    case 0x1734:
        return QChar::Mark_NonSpacing;
    case 0x1885:
    case 0x1886:
        return QChar::Letter_Other;
    case 0xA9BD:
        return QChar::Mark_SpacingCombining;
    default:
        break;
    }
    return QChar::unicodeVersion(c) <= QChar::Unicode_8_0 ? QChar::category(c) : QChar::Other_NotAssigned;
}

bool is_space(char32_t c)
{
    if (c <= 0x20)
        return c == 0x20 || (c >= 0x09 && c <= 0x0D);
    return QChar::isSpace(c);
}

bool is_word_character(char32_t c)
{
    constexpr char32_t non_joiner = 0x200C;
    constexpr char32_t joiner = 0x200D;
    const QChar::Category category = QChar::category(c);
    return QChar::isLetter(c) || QChar::isMark(c) || category == QChar::Number_DecimalDigit ||
           category == QChar::Number_Letter || category == QChar::Punctuation_Connector || c == non_joiner ||
           c == joiner || (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
           (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189);
}

} // namespace encoderscope
