// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_list.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace encoderscope
{

namespace
{

struct ListMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

QString figures_listed()
{
    QString text;
    for (const FigureKind &kind : catalogue())
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(kind.name), -18).arg(kind.title());
    return text;
}

QString type_name(ParameterKind::Type type)
{
    using Type = ParameterKind::Type;
    switch (type) {
    case Type::choice:
        return QStringLiteral("choice");
    case Type::integer:
        return QStringLiteral("integer");
    case Type::number:
        return QStringLiteral("number");
    case Type::boolean:
        return QStringLiteral("boolean");
    case Type::layer:
        return QStringLiteral("layer");
    case Type::head:
        return QStringLiteral("head");
    case Type::token:
        return QStringLiteral("token");
    case Type::text:
        break;
    }
    return QStringLiteral("text");
}

QJsonObject parameter_json(const ParameterKind &parameter)
{
    QJsonObject object{{QStringLiteral("name"), parameter.name},
                       {QStringLiteral("type"), type_name(parameter.type)},
                       {QStringLiteral("description"), parameter.description}};
    using Type = ParameterKind::Type;
    if (parameter.type == Type::choice) {
        object[QStringLiteral("choices")] = QJsonArray::fromStringList(parameter.choices);
        object[QStringLiteral("default")] = std::get<QString>(parameter.fallback);
    } else if (parameter.type == Type::integer) {
        object[QStringLiteral("lowest")] = parameter.lowest;
        object[QStringLiteral("highest")] = parameter.highest;
        object[QStringLiteral("default")] = std::get<int>(parameter.fallback);
    } else if (parameter.type == Type::text) {
        object[QStringLiteral("default")] = std::get<QString>(parameter.fallback);
    }
    return object;
}

} // namespace

QStringList kind_names()
{
    QStringList names;
    for (const FigureKind &kind : catalogue())
        names.append(QLatin1String(kind.name));
    return names;
}

void print_figure_list(bool json)
{
    QByteArray text = figures_listed().toUtf8();
    if (json) {
        QJsonArray kinds;
        for (const FigureKind &kind : catalogue()) {
            QJsonArray parameters;
            for (const ParameterKind &parameter : kind.parameters())
                parameters.append(parameter_json(parameter));
            kinds.append(QJsonObject{{QStringLiteral("name"), QLatin1String(kind.name)},
                                     {QStringLiteral("title"), kind.title()},
                                     {QStringLiteral("parameters"), parameters}});
        }
        text = QJsonDocument(kinds).toJson();
    }
    if (std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout) !=
            static_cast<std::size_t>(text.size()) ||
        std::fflush(stdout) != 0)
        throw Error(ListMessages::tr("The output could not be written."));
}

QString figure_description()
{
    return ListMessages::tr(
               "Runs the encoder on a text and writes a figure of it to a file: a picture (.png, .svg, "
               ".pdf) or the numbers (.csv, .json, .npy).") +
           QStringLiteral("\n\n") + ListMessages::tr("Kinds; figure KIND --help says what each takes:") +
           QLatin1Char('\n') + figures_listed() + QLatin1Char('\n') +
           ListMessages::tr(
               "Layers and heads count from 1, tokens and positions from 0. Exit code 0: the file is "
               "complete; 1: failure, no file; 2: wrong arguments.");
}

QString kind_description(const FigureKind &kind)
{
    return QStringLiteral("%1: %2").arg(QLatin1String(kind.name), kind.title());
}

} // namespace encoderscope
