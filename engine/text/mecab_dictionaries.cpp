// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/mecab_words.h"

#include <QDir>
#include <QStandardPaths>

namespace encoderscope
{

const std::vector<MecabDictionary> &mecab_dictionaries()
{
    static const std::vector<MecabDictionary> dictionaries{
        {QStringLiteral("ipadic"), QStringLiteral("apt install mecab-ipadic-utf8")},
        {QStringLiteral("unidic"), QStringLiteral("apt install unidic-mecab")},
        {QStringLiteral("unidic_lite"),
         QStringLiteral("pip install --target ~/.local/share/mecab/dic unidic-lite")},
    };
    return dictionaries;
}

QStringList mecab_folders()
{
    QStringList folders;
    for (const QString &data : QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation))
        folders.append(QDir::cleanPath(data + QStringLiteral("/mecab/dic")));
    folders.append({QStringLiteral("/var/lib/mecab/dic"), QStringLiteral("/usr/lib/mecab/dic"),
                    QStringLiteral("/usr/local/lib/mecab/dic"),
                    QStringLiteral("/opt/homebrew/lib/mecab/dic")});
    folders.removeDuplicates();
    return folders;
}

std::optional<QString> mecab_dictionary(const QString &name)
{
    // Debian's name for the one in UTF-8; the folder of a Python package.
    const QStringList places{name + QStringLiteral("-utf8"), name, name + QStringLiteral("/dicdir")};
    for (const QString &folder : mecab_folders()) {
        for (const QString &place : places) {
            const QDir dictionary(folder + u'/' + place);
            if (dictionary.exists(QStringLiteral("sys.dic")))
                return dictionary.path();
        }
    }
    return std::nullopt;
}

} // namespace encoderscope
