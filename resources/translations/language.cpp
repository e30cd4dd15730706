// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/translations/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace encoderscope
{

namespace
{

/// The application's translator of that name, which it owns; made and installed the first time.
void install(const QString &name, const QString &file, const QString &folder)
{
    QCoreApplication *application = QCoreApplication::instance();
    auto *translator = application->findChild<QTranslator *>(name);
    if (!translator) {
        translator = new QTranslator(application);
        translator->setObjectName(name);
    } else {
        QCoreApplication::removeTranslator(translator);
    }
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
}

} // namespace

QStringList languages()
{
    return {QStringLiteral("en"), QStringLiteral("ko")};
}

QString resolvedLanguage(const QString &choice)
{
    if (languages().contains(choice))
        return choice;
    for (const QString &wanted : QLocale::system().uiLanguages()) {
        const QString code = wanted.section(QLatin1Char('-'), 0, 0);
        if (languages().contains(code))
            return code;
    }
    return QStringLiteral("en");
}

void installLanguage(const QString &choice)
{
    const QString language = resolvedLanguage(choice);
    install(QStringLiteral("qt"), QStringLiteral("qtbase_") + language,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("encoderscope"), QStringLiteral("encoderscope_") + language,
            QStringLiteral(":/i18n"));
}

QString currentLanguage()
{
    const QCoreApplication *application = QCoreApplication::instance();
    const auto *translator =
        application ? application->findChild<QTranslator *>(QStringLiteral("encoderscope")) : nullptr;
    const QString language = translator ? translator->language().section(QLatin1Char('_'), 0, 0) : QString();
    return languages().contains(language) ? language : QStringLiteral("en");
}

} // namespace encoderscope
