// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/view_kinds.h"

#include "engine/attribution/token_methods.h"

namespace encoderscope
{

namespace
{

using Type = ParameterKind::Type;

QStringList words(std::initializer_list<const char *> all)
{
    QStringList list;
    for (const char *word : all)
        list.append(QString::fromLatin1(word));
    return list;
}

ParameterKind choice(const char *name, std::initializer_list<const char *> all, qsizetype first = 0)
{
    const QStringList list = words(all);
    return {
        .name = QString::fromLatin1(name), .type = Type::choice, .choices = list, .fallback = list[first]};
}

ParameterKind layer(const char *name, int fallback)
{
    return {.name = QString::fromLatin1(name),
            .type = Type::layer,
            .lowest = -1,
            .highest = last_layer,
            .fallback = fallback};
}

ParameterKind text(const char *name, int longest, const char *fallback)
{
    return {.name = QString::fromLatin1(name),
            .type = Type::text,
            .highest = static_cast<double>(longest),
            .fallback = QString::fromLatin1(fallback)};
}

ParameterKind methods()
{
    QStringList names;
    for (const NamedMethod &one : token_methods())
        names.append(QLatin1String(one.name));
    return {.name = QStringLiteral("method"),
            .type = Type::choice,
            .choices = names,
            .fallback = QStringLiteral("integrated-gradients")};
}

ParameterKind boolean(const char *name)
{
    return {.name = QString::fromLatin1(name), .type = Type::boolean, .fallback = false};
}

ParameterKind integer(const char *name, int highest, int fallback = 0)
{
    return {.name = QString::fromLatin1(name),
            .type = Type::integer,
            .highest = static_cast<double>(highest),
            .fallback = fallback};
}

} // namespace

const ViewKinds &viewKinds()
{
    static const ViewKinds all{
        {QStringLiteral("embedding-page"), {choice("tab", {"embedding", "similarity", "components"})}},
        {QStringLiteral("embedding"),
         {choice("stage",
                 {"token", "scaled", "position", "token-type", "task-type", "sum", "normalized", "output"})}},
        {QStringLiteral("similarity"), {layer("layer", -1)}},
        {QStringLiteral("components"), {layer("layer", -1)}},
        {QStringLiteral("positions"),
         {text("pairs", 1000, "0, 4, 8, 16, 32"), choice("positions", {"32", "64", "128", "256", "512"}, 1)}},
        {QStringLiteral("attention-page"),
         {choice("tab", {"attention", "lines", "heads", "several", "alike", "rollout", "head-table"})}},
        {QStringLiteral("several-heads"),
         {text("chosen", 400, ""), choice("as", {"side-by-side", "mean", "max", "difference"})}},
        {QStringLiteral("attention"),
         {choice("quantity", {"weights", "scaled-scores", "raw-scores", "content-position",
                              "position-content", "position-bias"}),
          choice("heads", {"one", "mean", "max"}), boolean("log")}},
        {QStringLiteral("feed-forward-page"),
         {choice("tab", {"activation", "neuron", "weights", "words", "separation"})}},
        {QStringLiteral("feed-forward"), {choice("stage", {"before", "after", "gate", "value"}, 1)}},
        {QStringLiteral("separation"), {integer("steps", 2000, 300)}},
        {QStringLiteral("output-page"),
         {choice("tab", {"hidden", "similarity", "layers", "words", "sentence", "classes", "token-classes",
                         "answer", "replaced"})}},
        {QStringLiteral("hidden"), {layer("layer", last_layer)}},
        {QStringLiteral("why-page"),
         {choice("tab", {"tokens", "heads", "patching", "similarity", "steering"}),
          choice("part", {"heads", "sublayers", "tokens", "lens"}),
          choice("block", {"hidden", "attention", "feed-forward"}), choice("reading", {"plain", "fitted"}),
          choice("scaled", {"head", "neuron"}), methods(), choice("baseline", {"mask", "zero", "average"}),
          choice("steps", {"10", "20", "50", "100", "300"}, 2)}},
        {QStringLiteral("worked"),
         {choice("product", {"none", "query", "key", "value", "sum", "output", "up", "down", "gate-value"}),
          integer("element", 1'000'000), choice("keys", {"strongest", "all"})}},
        {QStringLiteral("training-page"), {choice("preset", {"playground", "code-book", "own"})}},
        {QStringLiteral("weights-page"), {choice("tab", {"matrix", "layer", "words", "costs", "changes"})}},
        {QStringLiteral("weights"),
         {choice("matrix", {"query", "key", "value", "output", "query-key", "value-output", "up",
                            "gate-value", "down", "biases", "up-bias", "norms", "tokens", "positions",
                            "relative-key", "relative-query", "relative-bias"}),
          choice("heads", {"one", "all"})}},
        {QStringLiteral("words"), {text("word", 200, "")}},
        {QStringLiteral("corpus-page"),
         {text("corpus", 4096, ""), choice("tab", {"heads", "examples", "uses", "search", "map"}),
          choice("of", {"head", "neuron"}), choice("order", {"corpus", "nearest", "tokens", "any"}),
          text("search", 200, "")}},
        {QStringLiteral("compared"), {integer("layer", last_layer), boolean("alignment")}},
        {QStringLiteral("costs"),
         {integer("d_model", 8192), integer("layers", 96), integer("heads", 128), integer("d_ff", 32'768),
          integer("tokens", 8192)}},
    };
    return all;
}

const ParameterKind &viewKind(const QString &view, const QString &name)
{
    return *findKind(viewKinds().at(view), name);
}

const QStringList &pageNames()
{
    static const QStringList names = words({"embedding", "positions", "attention", "feed-forward", "output",
                                            "training", "why", "weights", "corpus"});
    return names;
}

QString whyPage()
{
    return QStringLiteral("why");
}

QString corpusPage()
{
    return QStringLiteral("corpus");
}

} // namespace encoderscope
