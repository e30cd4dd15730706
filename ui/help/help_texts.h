// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/json_reader.h"
#include "ui/lessons/lesson.h"

#include <vector>

namespace encoderscope
{

/// What a word on screen means.
struct HelpTerm {
    QString name; ///< in files: "attention-weight"
    LessonText title;
    LessonText text;
    QStringList see;                           ///< names of related terms
    QStringList inEnglish = {}, inKorean = {}; ///< how it is written on screen; empty: as in the title
};

/// What a figure is about.
struct HelpView {
    QString name; ///< of the kind in the catalogue
    LessonText what;
    LessonText read;
    LessonText attempt; ///< what to try
    QStringList see;
};

struct HelpTexts {
    std::vector<HelpTerm> terms;
    std::vector<HelpView> views;

    const HelpTerm *term(const QString &name) const;
    const HelpView *view(const QString &name) const;
};

/// Throws Error that names file and field.
HelpTexts readHelp(const JsonField &file);
/// What the program carries.
const HelpTexts &helpTexts();

} // namespace encoderscope
