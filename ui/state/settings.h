// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace encoderscope
{

/// A thing remembered from one start to the next: where it is kept, and what holds before it was ever set.
template <typename T>
struct Setting {
    const char *key;
    T fallback;
};

/// All there are; what was chosen for the sentence is in the last session's file.
namespace setting
{
inline const Setting<QStringList> recentModels{"model/recent", {}};
inline const Setting<QStringList> recentSessions{"session/recent", {}};
inline const Setting<QStringList> recentCorpora{"corpus/recent", {}};
inline const Setting<QString> language{"view/language", {}}; ///< "en", "ko"; empty = the system's
inline const Setting<QString> theme{"view/theme", {}};       ///< "light", "dark"; empty = the desktop's
inline const Setting<double> interfaceScale{"view/scale", 1.0};
inline const Setting<int> exportFormat{"export/format", 1};
inline const Setting<bool> exportDark{"export/dark", false};
inline const Setting<double> exportTextPoints{"export/textPoints", 10.0};
inline const Setting<double> exportWidth{"export/millimetres", 0.0}; ///< 0 = as the figure needs
inline const Setting<double> exportHeight{"export/millimetresHigh", 0.0};
inline const Setting<int> exportPalette{"export/palette", 0};
inline const Setting<int> exportDotsAnInch{"export/dotsAnInch", 192};
inline const Setting<bool> exportTitle{"export/title", true};
inline const Setting<bool> exportCaption{"export/caption", true};
inline const Setting<bool> exportNumbers{"export/numbers", true};
inline const Setting<bool> exportPinned{"export/pinned", true};
inline const Setting<QString> exportFolder{"export/folder", {}}; ///< empty = the user's pictures
inline const Setting<QString> lesson{"course/lesson", {}};
inline const Setting<int> lessonStep{"course/step", 0};
inline const Setting<bool> courseOffered{"course/offered", false}; ///< the first start has asked
inline const Setting<QByteArray> geometry{"window/geometry", {}};
inline const Setting<QByteArray> panes{"window/panes", {}};
} // namespace setting

/// What the program is at, for the next start to find if it ends on the way. In a file of its own, written
/// without waiting for the disk: it has to outlive the program, not the machine.
enum class Mark {
    opening,          ///< a model
    openingReference, ///< a model to compare with
};

/// Empty when there is none.
QString marked(Mark mark);
/// Nothing takes it away.
void setMark(Mark mark, const QString &what);

/// As it was stored last, though it may not be on the disk yet: that is done beside the window, and the end
/// of the program waits for it.
QVariant storedSetting(const char *key);
void storeSetting(const char *key, const QVariant &value);

template <typename T>
T load(const Setting<T> &setting)
{
    const QVariant value = storedSetting(setting.key);
    return value.canConvert<T>() ? value.value<T>() : setting.fallback;
}

template <typename T>
void store(const Setting<T> &setting, const T &value)
{
    storeSetting(setting.key, QVariant::fromValue(value));
}

} // namespace encoderscope
