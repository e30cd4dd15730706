// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "ui/lessons/live_expression.h"
#include "ui/state/frame.h"

#include <QCoreApplication>

#include <array>
#include <stop_token>
#include <utility>

namespace encoderscope
{

/// What an expression's arguments mean in one run: which layer, head, token and dimension. Each function
/// throws Error when what they name is not there.
class LiveArguments
{
public:
    LiveArguments(const Frame &frame, TracePtr trace, const LiveExpression &expression,
                  const std::stop_token &stop);

    const Trace &trace() const { return *trace_; }
    const Frame &frame() const { return frame_; }
    const std::stop_token &stop() const { return stop_; }
    QString argument(const QString &name) const; ///< empty when it is not given

    int layer() const;                    ///< from 0
    int stateLayer() const;               ///< the same; "embedding" is -1
    int head() const;                     ///< from 0
    int token(const QString &name) const; ///< the token that the argument of that name means
    int anyToken() const;                 ///< that of `token`, `key` or `query`, the first that is given
    bool wantsAll(const QString &name) const;
    /// The number that the argument of that name is; unset: `least`.
    int number(const QString &name, int least, int most) const;
    int position(const QString &name) const; ///< unset: the pinned token's
    int dimension(Index size) const;         ///< in [0, size)
    int neuron() const; ///< "max": the strongest of the token; unset: the pinned one, else that

protected:
    int number(const QString &name, const QString &word, int least, int most) const;
    int namedHead(const QString &name) const;
    /// The attention weights of the query that is meant [1 x tokens].
    Matrix weightRow() const;

    const Frame &frame_;
    TracePtr trace_;
    std::stop_token stop_;

private:
    int wordToken(const QString &words) const; ///< the first token that is one of them, divided by |
    int maskToken() const;
    int extremeKey(bool greatest) const;

    const LiveExpression &expression_;
};

/// To be thrown: the run lacks that.
Error nothingThere(const QString &what);

/// What the word means. Throws Error that lists those that are known.
template <typename Value, std::size_t count>
Value oneOf(const QString &argument, const QString &word,
            const std::array<std::pair<const char *, Value>, count> &all)
{
    QStringList words;
    for (const auto &[name, value] : all) {
        if (word == QLatin1String(name))
            return value;
        words.append(QLatin1String(name));
    }
    throw Error(QCoreApplication::translate("Lesson", "%1: \"%2\" is not known; one of %3 was expected.")
                    .arg(argument, word, words.join(QStringLiteral(", "))));
}

} // namespace encoderscope
