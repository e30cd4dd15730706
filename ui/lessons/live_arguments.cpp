// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_arguments.h"

#include <algorithm>
#include <utility>

namespace encoderscope
{

Error nothingThere(const QString &what)
{
    return Error(QCoreApplication::translate("Lesson", "There is no %1 in this run.").arg(what));
}

LiveArguments::LiveArguments(const Frame &frame, TracePtr trace, const LiveExpression &expression,
                             const std::stop_token &stop)
    : frame_(frame)
    , trace_(std::move(trace))
    , stop_(stop)
    , expression_(expression)
{
    if (!trace_)
        throw nothingThere(QStringLiteral("run"));
    if (!trace_->has(TracePart::model))
        throw Error(QCoreApplication::translate(
            "Lesson", "A recorded run is shown, which lessons cannot use: open a model."));
}

QString LiveArguments::argument(const QString &name) const
{
    const auto found = expression_.arguments.find(name);
    return found == expression_.arguments.end() ? QString() : found->second;
}

int LiveArguments::number(const QString &name, const QString &word, int least, int most) const
{
    bool valid = false;
    const int value = word.toInt(&valid);
    if (!valid || value < least || value > most)
        throw Error(QCoreApplication::translate("Lesson", "%1: \"%2\" is not a number from %3 to %4.")
                        .arg(name, word)
                        .arg(least)
                        .arg(most));
    return value;
}

int LiveArguments::number(const QString &name, int least, int most) const
{
    const QString word = argument(name);
    return word.isEmpty() ? least : number(name, word, least, most);
}

int LiveArguments::layer() const
{
    const QString name = QStringLiteral("layer");
    const QString word = argument(name);
    const int last = trace_->layers() - 1;
    if (last < 0)
        throw nothingThere(name);
    if (word.isEmpty() || word == QStringLiteral("pinned"))
        return std::clamp(frame_.selection.layer, 0, last);
    if (word == QStringLiteral("last"))
        return last;
    return number(name, word, 1, last + 1) - 1;
}

int LiveArguments::stateLayer() const
{
    return argument(QStringLiteral("layer")) == QStringLiteral("embedding") ? -1 : layer();
}

int LiveArguments::namedHead(const QString &name) const
{
    const QString word = argument(name);
    if (word.isEmpty() || word == QStringLiteral("pinned"))
        return std::clamp(frame_.selection.head, 0, trace_->heads() - 1);
    if (word == QStringLiteral("next"))
        return (frame_.selection.head + 1) % trace_->heads();
    return number(name, word, 1, trace_->heads()) - 1;
}

int LiveArguments::head() const
{
    return namedHead(QStringLiteral("head"));
}

int LiveArguments::wordToken(const QString &words) const
{
    const QStringList wanted = words.split(QLatin1Char('|'));
    for (int token = 0; token < trace_->tokens(); ++token) {
        if (wanted.contains(trace_->token(token).text))
            return token;
    }
    throw nothingThere(QStringLiteral("\"%1\"").arg(words));
}

int LiveArguments::maskToken() const
{
    const int id = trace_->model().tokenizer->mask_id();
    for (int token = 0; id >= 0 && token < trace_->tokens(); ++token) {
        if (trace_->token(token).id == id)
            return token;
    }
    throw nothingThere(QStringLiteral("[MASK]"));
}

Matrix LiveArguments::weightRow() const
{
    return trace_->attention_weights(layer(), head(), {token(QStringLiteral("query")), 1});
}

int LiveArguments::extremeKey(bool greatest) const
{
    const Matrix row = weightRow();
    Index place = 0;
    if (greatest)
        row.row(0).maxCoeff(&place);
    else
        row.row(0).minCoeff(&place);
    return static_cast<int>(place);
}

int LiveArguments::token(const QString &name) const
{
    const QString word = argument(name);
    const int last = trace_->tokens() - 1;
    const int query = std::clamp(frame_.selection.query, 0, last);
    const bool isKey = name == QStringLiteral("key");
    if (word == QStringLiteral("max") || word == QStringLiteral("min"))
        return extremeKey(word == QStringLiteral("max"));
    if (word == QStringLiteral("key") || (isKey && (word.isEmpty() || word == QStringLiteral("pinned"))))
        return frame_.selection.key >= 0 ? std::min(frame_.selection.key, last) : extremeKey(true);
    if (word.isEmpty() || word == QStringLiteral("pinned") || word == QStringLiteral("query"))
        return query;
    if (word == QStringLiteral("self"))
        return isKey ? token(QStringLiteral("query")) : query;
    if (word == QStringLiteral("first"))
        return 0;
    if (word == QStringLiteral("last"))
        return last;
    if (word == QStringLiteral("next"))
        return std::min(query + 1, last);
    if (word == QStringLiteral("previous"))
        return std::max(query - 1, 0);
    if (word == QStringLiteral("mask"))
        return maskToken();
    if (word.startsWith(QLatin1Char('\'')))
        return wordToken(word.mid(1, word.size() - 2));
    return number(name, word, 0, last);
}

int LiveArguments::anyToken() const
{
    for (const char *name : {"token", "key", "query"}) {
        if (!argument(QLatin1String(name)).isEmpty())
            return token(QLatin1String(name));
    }
    return token(QStringLiteral("token"));
}

bool LiveArguments::wantsAll(const QString &name) const
{
    return argument(name) == QStringLiteral("*");
}

int LiveArguments::position(const QString &name) const
{
    const QString word = argument(name);
    if (word.isEmpty() || word == QStringLiteral("pinned"))
        return std::clamp(frame_.selection.query, 0, trace_->tokens() - 1);
    return number(name, word, 0, 4095);
}

int LiveArguments::dimension(Index size) const
{
    const QString name = QStringLiteral("dimension");
    const QString word = argument(name);
    const int last = static_cast<int>(size) - 1;
    if (last < 0)
        throw nothingThere(name);
    if (word.isEmpty() || word == QStringLiteral("pinned"))
        return std::clamp(frame_.selection.dimension, 0, last);
    return number(name, word, 0, last);
}

int LiveArguments::neuron() const
{
    const QString name = QStringLiteral("neuron");
    const QString word = argument(name);
    const Matrix &activated = trace_->layer(layer()).activated;
    const int last = static_cast<int>(activated.cols()) - 1;
    if (word == QStringLiteral("max") || (frame_.selection.neuron < 0 && word.isEmpty())) {
        const bool all = wantsAll(QStringLiteral("token"));
        Index place = 0;
        activated
            .row(all ? std::clamp(frame_.selection.query, 0, trace_->tokens() - 1)
                     : token(QStringLiteral("token")))
            .maxCoeff(&place);
        return static_cast<int>(place);
    }
    if (word.isEmpty() || word == QStringLiteral("pinned"))
        return std::clamp(frame_.selection.neuron, 0, last);
    return number(name, word, 0, last);
}

} // namespace encoderscope
