// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_file.h"

#include <array>

namespace encoderscope
{

/// A statement that is run many times. Its values are called :a, :b, :c ... in their order: Qt finds those by
/// their names faster than by their places, for which it makes a name each time.
class Statement
{
public:
    /// Throws Error.
    Statement(const CorpusFile &file, const QString &text)
        : file_(file)
        , query_(file.prepared(text))
    {
    }

    /// Throws Error.
    template <typename... Values>
    void execute(const Values &...values)
    {
        static const std::array<QString, 8> names{
            QStringLiteral(":a"), QStringLiteral(":b"), QStringLiteral(":c"), QStringLiteral(":d"),
            QStringLiteral(":e"), QStringLiteral(":f"), QStringLiteral(":g"), QStringLiteral(":h")};
        static_assert(sizeof...(Values) <= std::tuple_size_v<decltype(names)>);
        auto name = names.begin();
        (query_.bindValue(*name++, QVariant(values)), ...);
        file_.execute(query_);
    }

private:
    const CorpusFile &file_;
    QSqlQuery query_;
};

} // namespace encoderscope
