// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "engine/text/json_reader.h"

#include <QCoreApplication>

#include <utility>
#include <vector>

namespace encoderscope
{

// What a number in a config.json may be at most, and the words that stand for a choice.

inline constexpr int greatest_layers = 1000;
inline constexpr int greatest_heads = 1024;
inline constexpr int greatest_width = 65536;
inline constexpr int greatest_positions = 1'000'000;
inline constexpr int greatest_vocabulary = 10'000'000;

/// Names of one value in the files; the first is the one written.
template <typename Value>
using Names = std::vector<std::pair<QString, Value>>;

const Names<Activation> &activation_names();

template <typename Value>
QString name_of(const Names<Value> &names, Value value)
{
    for (const auto &[name, candidate] : names) {
        if (candidate == value)
            return name;
    }
    return {};
}

template <typename Value>
Value choice(const JsonField &config, const QString &field, const Names<Value> &names,
             const QString &fallback)
{
    const QString found = config.text(field, fallback);
    QStringList all;
    for (const auto &[name, value] : names) {
        if (name == found)
            return value;
        all.append(name);
    }
    config.refuse(field,
                  QCoreApplication::translate("Model", "one of %1").arg(all.join(QStringLiteral(", "))));
}

} // namespace encoderscope
