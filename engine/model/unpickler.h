// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <span>
#include <vector>

namespace encoderscope
{

/// A value in a pickle. What is more than a number belongs to the Pickle that it stands in.
struct PickledValue {
    enum class Kind {
        none,
        integer,    ///< `number`; true and false are 1 and 0
        real,       ///< not looked at
        text,       ///< texts and bytes
        name,       ///< "module.name" of a class or a function
        list,       ///< lists and tuples
        dictionary, ///< keys and values in turn
        call,       ///< the name, then the list of arguments
        outside,    ///< one value that names what lies outside of the pickle
    };
    Kind kind = Kind::none;
    qint64 number = 0; ///< of an integer; for texts and what has items the place in the Pickle
};

/// What a file in Python's pickle format (protocols 2 to 5) says, read without doing any of it: what would be
/// called is a value like others. Only the opcodes that a dictionary of tensors needs are known.
class Pickle
{
public:
    /// `may_be_named` decides which classes and functions ("module.name") may occur. Throws Error for another
    /// one, naming it, and for a pickle that is broken. `file` is for messages.
    Pickle(std::span<const uchar> bytes, const QString &file,
           const std::function<bool(const QString &)> &may_be_named);

    const PickledValue &root() const { return root_; }
    /// Of a text or a name; empty for others.
    QString text(const PickledValue &value) const;
    /// Of a list, a dictionary, a call or something outside; empty for others.
    const std::vector<PickledValue> &items(const PickledValue &value) const;

private:
    friend class Unpickler;

    // All values lie side by side: one that holds itself, or a thousand others one in the other, is no
    // danger.
    QStringList texts_;
    std::vector<std::vector<PickledValue>> items_;
    PickledValue root_;
};

} // namespace encoderscope
