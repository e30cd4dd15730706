// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/terms_in_text.h"

#include "ui/help/help_texts.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct Forms {
    QRegularExpression any;                  ///< captures the form without its ending
    QHash<QString, const HelpTerm *> ofForm; ///< in lower case
};

Forms formsIn(bool korean)
{
    Forms forms;
    for (const HelpTerm &term : helpTexts().terms) {
        const QStringList &written = korean ? term.inKorean : term.inEnglish;
        const QString &title = korean ? term.title.korean : term.title.english;
        for (const QString &form : written.isEmpty() ? QStringList{title} : written)
            forms.ofForm.insert(form.toLower(), &term);
    }
    QStringList longestFirst = forms.ofForm.keys();
    std::sort(longestFirst.begin(), longestFirst.end(),
              [](const QString &a, const QString &b) { return a.size() > b.size(); });
    for (QString &form : longestFirst)
        form = QRegularExpression::escape(form);
    // Korean puts particles behind a word, and a number before "층"; English has a plural.
    const QString pattern =
        korean ? QStringLiteral(
                     "(?<![\\p{L}_])(%1)(?:들)?(?:은|는|이|가|을|를|의|에|에서|와|과|로|으로|도|만|별|"
                     "마다|까지|부터|보다|이나|나|인)?(?![\\p{L}\\p{N}_])")
               : QStringLiteral("(?<![\\p{L}\\p{N}_])(%1)(?:e?s)?(?![\\p{L}\\p{N}_])");
    forms.any = QRegularExpression(pattern.arg(longestFirst.join(QLatin1Char('|'))),
                                   QRegularExpression::CaseInsensitiveOption |
                                       QRegularExpression::UseUnicodePropertiesOption);
    return forms;
}

} // namespace

std::vector<const HelpTerm *> termsIn(const QString &text, const QString &language)
{
    static const Forms english = formsIn(false);
    static const Forms korean = formsIn(true);
    const Forms &forms = language.startsWith(QStringLiteral("ko")) ? korean : english;
    std::vector<const HelpTerm *> found;
    for (auto match = forms.any.globalMatch(text); match.hasNext();) {
        const HelpTerm *term = forms.ofForm.value(match.next().captured(1).toLower());
        if (term && std::find(found.begin(), found.end(), term) == found.end())
            found.push_back(term);
    }
    return found;
}

} // namespace encoderscope
