// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/patterns.h"

#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// Steps for one place of the text, after which a search gives up: a pattern that backtracks without end.
constexpr int most_steps = 20'000;

/// What stands for a class of characters inside of brackets: as Oniguruma has it, which follows Unicode's
/// Annex 18 where ours has less (marks in \w) or more (U+180E in \s).
struct CharacterClass {
    char16_t letter;
    const char *members;
    const char *others; ///< all other characters
};
constexpr const char *letter_symbols =
    R"(\x{24B6}-\x{24E9}\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189})";
/// What \w also has there, but only outside of brackets.
constexpr const char *latin1_numbers = R"(\x{B2}\x{B3}\x{B9}\x{BC}-\x{BE})";
constexpr CharacterClass classes[] = {
    {u'w', R"(\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc})", R"(\p{C}\p{No}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\p{S}\p{Z})"},
    {u's', R"(\x09-\x0D\x20\x{85}\p{Z})",
     R"(\x{00}-\x{08}\x{0E}-\x{1F}\x{7F}-\x{84}\x{86}-\x{9F}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{L}\p{M}\p{N}\p{P}\p{S})"},
    {u'd', R"(\p{Nd})", R"(\p{C}\p{L}\p{M}\p{Nl}\p{No}\p{P}\p{S}\p{Z})"},
    {u'h', R"(0-9A-Fa-f)", R"(\x{00}-\x{2F}\x{3A}-\x{40}\x{47}-\x{60}\x{67}-\x{10FFFF})"},
};

/// The class that the escape `letter` (of either case) stands for, as members of a bracket.
QString members_of(QChar letter)
{
    for (const CharacterClass &one : classes) {
        if (letter == one.letter)
            return QLatin1String(one.members) +
                   (one.letter == u'w' ? QLatin1String(letter_symbols) : QLatin1String());
        if (letter == QChar(one.letter).toUpper())
            return QLatin1String(one.others);
    }
    return {};
}

QString word_outside_of_brackets()
{
    return members_of(u'w') + QLatin1String(latin1_numbers);
}

/// Between a word character and another one, or (`after` "!", `before` "=") not there.
QString word_boundary(const QString &after, const QString &before)
{
    const QString word = QStringLiteral("[%1]").arg(word_outside_of_brackets());
    return QStringLiteral("(?:(?<=%1)(?%3%1)|(?<!%1)(?%2%1))").arg(word, after, before);
}

/// The members of a bracket that a POSIX class, such as [:punct:], stands for.
QString posix_class(const QString &name)
{
    if (name == QStringLiteral("[:punct:]"))
        return QStringLiteral("\\p{P}\\p{S}");
    for (const auto &[posix, letter] :
         {std::pair(QStringLiteral("[:word:]"), u'w'), std::pair(QStringLiteral("[:space:]"), u's'),
          std::pair(QStringLiteral("[:digit:]"), u'd')}) {
        if (name == posix)
            return members_of(letter);
    }
    return name;
}

/// The braces of \p at `i`, which is moved behind them: the name of a script means just that, not also what
/// is used with it.
QString property(const QString &pattern, qsizetype &i)
{
    const qsizetype end = pattern.indexOf(u'}', i);
    if (i + 1 >= pattern.size() || pattern[i + 1] != u'{' || end < 0)
        return {};
    QString name = pattern.sliced(i + 2, end - i - 2);
    i = end;
    const bool negated = name.startsWith(u'^');
    if (negated)
        name.remove(0, 1);
    constexpr qsizetype longest_category = 2; // "L", "Lu"
    const bool script = name.size() > longest_category && name != QStringLiteral("Any");
    return QStringLiteral("{%1%2%3}")
        .arg(QStringView(negated ? u"^" : u""), QStringView(script ? u"sc:" : u""), name);
}

QString translated(const QString &pattern)
{
    QString result;
    int brackets = 0;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\\' && i + 1 < pattern.size()) {
            const QChar letter = pattern[++i];
            const QString members = members_of(letter);
            if (letter == u'b' && brackets == 0)
                result += word_boundary(QStringLiteral("="), QStringLiteral("!"));
            else if (letter == u'B' && brackets == 0)
                result += word_boundary(QStringLiteral("!"), QStringLiteral("="));
            else if (letter == u'p' || letter == u'P')
                result += QString(c) + letter + property(pattern, i);
            else if (members.isEmpty())
                result += QString(c) + letter;
            else if (brackets > 0)
                result += members;
            else if (letter == u'w' || letter == u'W')
                result += (letter == u'w' ? QStringLiteral("[%1]") : QStringLiteral("[^%1]"))
                              .arg(word_outside_of_brackets());
            else
                result += u'[' + members + u']';
            continue;
        }
        if (c == u'[') {
            const bool posix = brackets > 0 && i + 1 < pattern.size() && pattern[i + 1] == u':';
            if (brackets > 0 && !posix)
                throw Error(QCoreApplication::translate("Tokenizer", "sets within sets are not supported"));
            if (posix) {
                const qsizetype end = pattern.indexOf(QStringLiteral(":]"), i);
                if (end < 0)
                    throw Error(QCoreApplication::translate("Tokenizer", "a set is not closed"));
                result += posix_class(pattern.sliced(i, end + 2 - i));
                i = end + 1;
                continue;
            }
            ++brackets;
            result += c;
            if (i + 1 < pattern.size() && pattern[i + 1] == u'^')
                result += pattern[++i];
            if (i + 1 < pattern.size() && pattern[i + 1] == u']') {
                result += QStringLiteral("\\]");
                ++i;
            }
            continue;
        }
        if (c == u']' && brackets > 0)
            --brackets;
        if (c == u'(' && brackets == 0 && i + 1 < pattern.size() && pattern[i + 1] == u'?') {
            result += QStringLiteral("(?");
            ++i;
            // "m" there lets a dot match line ends, which is our "s".
            while (i + 1 < pattern.size() && QStringLiteral("imxs-").contains(pattern[i + 1])) {
                ++i;
                result += pattern[i] == u'm' ? u's' : pattern[i];
            }
            continue;
        }
        if (brackets > 0 && c == u'&' && i + 1 < pattern.size() && pattern[i + 1] == u'&')
            throw Error(QCoreApplication::translate("Tokenizer", "sets within sets are not supported"));
        result += c;
    }
    return result;
}

QRegularExpression compiled(const QString &pattern)
{
    QRegularExpression expression(
        QStringLiteral("(*LIMIT_MATCH=%1)(*LIMIT_DEPTH=%1)").arg(most_steps) + pattern,
        QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::MultilineOption);
    if (!expression.isValid())
        throw Error(expression.errorString());
    return expression;
}

} // namespace

QRegularExpression compiled_pattern(const QString &oniguruma)
{
    return compiled(translated(oniguruma));
}

QRegularExpression literal_pattern(const QString &text)
{
    return compiled(QRegularExpression::escape(text));
}

std::vector<Match> find_all(AlignedView text, const QRegularExpression &pattern, WorkBudget &budget)
{
    budget.spend(text.size());
    const QString string = to_string(text);
    std::vector<Match> matches;
    std::size_t index = 0;
    qsizetype unit = 0;
    const auto index_of = [&](qsizetype target) {
        while (unit < target)
            unit += QChar::requiresSurrogates(text[index++].value) ? 2 : 1;
        return index;
    };
    auto found = pattern.globalMatch(string);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        const std::size_t begin = index_of(match.capturedStart());
        const bool nothing_new =
            match.capturedLength() == 0 && !matches.empty() && matches.back().end == begin;
        if (!nothing_new)
            matches.push_back({begin, index_of(match.capturedEnd())});
    }
    // At the end of the text there is nothing more to find either, but a search from there does not fail.
    if (!found.isValid() && !pattern.match(string, matches.empty() ? 0 : unit).isValid())
        WorkBudget::give_up();
    return matches;
}

} // namespace encoderscope
