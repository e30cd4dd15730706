// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QString>
#include <QStringList>

#include <map>
#include <variant>
#include <vector>

namespace encoderscope
{

/// One choice of a view: a switch, a whole number, a number, or a word (also one of a list of words).
using ParameterValue = std::variant<bool, int, double, QString>;

/// What was chosen for a view, by the parameter's name. What is not there is as the view's kind says.
using Parameters = std::map<QString, ParameterValue>;

/// What a view can be told: its name in files and on the command line, and what is allowed.
struct ParameterKind {
    enum class Type {
        choice,  ///< one of `choices`
        integer, ///< in [lowest, highest]
        number,  ///< in [lowest, highest]
        boolean,
        layer, ///< from 0 in [lowest, highest]; -1 is the embedding's output. Unset: the pinned one
        head,  ///< from 0. Unset: the pinned one
        token, ///< from 0. Unset: the pinned query
        text,  ///< at most `highest` characters
    };

    QString name;             ///< "quantity"
    QString description = {}; ///< for the user, in the window's language
    Type type = Type::boolean;
    QStringList choices = {};
    double lowest = 0.0;
    double highest = 0.0;
    ParameterValue fallback = false; ///< what holds when nothing was chosen

    /// A whole number from `lowest` to `highest`, or what is one: a layer, a head, a token.
    bool whole() const
    {
        return type == Type::integer || type == Type::layer || type == Type::head || type == Type::token;
    }
};

using ParameterKinds = std::vector<ParameterKind>;
/// By the view's name.
using ViewKinds = std::map<QString, ParameterKinds>;

/// What was chosen, else the kind's fallback. `Value` is the alternative that the kind's values have.
template <typename Value>
Value chosen(const Parameters &parameters, const ParameterKind &kind)
{
    const auto found = parameters.find(kind.name);
    const ParameterValue &value = found == parameters.end() ? kind.fallback : found->second;
    const Value *typed = std::get_if<Value>(&value);
    return typed ? *typed : std::get<Value>(kind.fallback);
}

/// The kind of that name; null when there is none.
const ParameterKind *findKind(const ParameterKinds &kinds, const QString &name);

/// Why `value` is none of the kind's, for the user: what was expected and what was found. Empty when it is.
QString wrongValue(const ParameterKind &kind, const ParameterValue &value);

/// What a word on the command line means as a value of that kind. Throws Error that says what was expected.
ParameterValue valueOf(const ParameterKind &kind, const QString &word);

} // namespace encoderscope
