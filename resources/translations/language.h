// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// The languages of the interface, by code: "en", "ko".
QStringList languages();

/// The language to use for a choice: the code itself when there is such a language, else (also for an empty
/// one) the system's, else English.
QString resolvedLanguage(const QString &choice);

/// Makes the application speak that language from now on, Qt's own texts included; widgets hear of it
/// through QEvent::LanguageChange. Needs an application object.
void installLanguage(const QString &choice);

/// The code of the language that the application speaks: "en" until one was installed.
QString currentLanguage();

} // namespace encoderscope
