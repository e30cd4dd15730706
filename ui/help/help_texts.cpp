// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_texts.h"

#include <QFile>

#include <algorithm>

namespace encoderscope
{

namespace
{

LessonText textOf(const JsonField &field)
{
    return {field[QStringLiteral("en")].string(), field[QStringLiteral("ko")].string()};
}

QStringList namesOf(const JsonField &field)
{
    QStringList names;
    for (qsizetype i = 0; i < field.array().size(); ++i)
        names.append(field[i].string());
    return names;
}

template <typename Entry>
const Entry *find(const std::vector<Entry> &entries, const QString &name)
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&name](const Entry &entry) { return entry.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace

const HelpTerm *HelpTexts::term(const QString &name) const
{
    return find(terms, name);
}

const HelpView *HelpTexts::view(const QString &name) const
{
    return find(views, name);
}

HelpTexts readHelp(const JsonField &file)
{
    HelpTexts help;
    const JsonField terms = file[QStringLiteral("terms")];
    for (qsizetype i = 0; i < terms.array().size(); ++i) {
        HelpTerm term{terms[i][QStringLiteral("name")].string(), textOf(terms[i][QStringLiteral("title")]),
                      textOf(terms[i][QStringLiteral("text")]), namesOf(terms[i][QStringLiteral("see")])};
        if (const JsonField written = terms[i][QStringLiteral("written")]; written.exists()) {
            term.inEnglish = namesOf(written[QStringLiteral("en")]);
            term.inKorean = namesOf(written[QStringLiteral("ko")]);
        }
        help.terms.push_back(std::move(term));
    }
    const JsonField views = file[QStringLiteral("views")];
    for (qsizetype i = 0; i < views.array().size(); ++i)
        help.views.push_back(
            {views[i][QStringLiteral("name")].string(), textOf(views[i][QStringLiteral("what")]),
             textOf(views[i][QStringLiteral("read")]), textOf(views[i][QStringLiteral("try")]),
             namesOf(views[i][QStringLiteral("see")])});
    return help;
}

const HelpTexts &helpTexts()
{
    static const HelpTexts texts = [] {
        QFile file(QStringLiteral(":/help/help.json"));
        return file.open(QIODevice::ReadOnly) ? readHelp(JsonField::parse(file.readAll(), file.fileName()))
                                              : HelpTexts();
    }();
    return texts;
}

} // namespace encoderscope
