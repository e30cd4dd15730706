// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/session_file.h"

#include "engine/forward/switches_json.h"
#include "engine/model/built_in_models.h"
#include "engine/text/text_file.h"
#include "ui/state/reference.h"
#include "ui/state/token_matches.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

#include <array>
#include <cmath>

namespace encoderscope
{

namespace
{

struct SessionFile {
    Q_DECLARE_TR_FUNCTIONS(SessionFile)
};

constexpr int version = 1;
constexpr int most_layers = 10'000; // and heads of a layer
constexpr int most_anchors = 100'000;
constexpr int most_dimensions = 1'000'000'000;
const QString format = QStringLiteral("encoderscope session");

template <typename Value>
using Words = std::vector<std::pair<QString, Value>>;

const Words<Tokenization> tokenizations{{QStringLiteral("subword"), Tokenization::subword},
                                        {QStringLiteral("word"), Tokenization::word},
                                        {QStringLiteral("character"), Tokenization::character}};
const Words<Comparison> comparisons{{QStringLiteral("now"), Comparison::now},
                                    {QStringLiteral("before"), Comparison::before},
                                    {QStringLiteral("difference"), Comparison::difference},
                                    {QStringLiteral("side-by-side"), Comparison::sideBySide}};
const Words<ReferenceChoice::Kind> referenceKinds{
    {QStringLiteral("without-switches"), ReferenceChoice::Kind::withoutSwitches},
    {QStringLiteral("sentence-b"), ReferenceChoice::Kind::sentenceB},
    {QStringLiteral("before-masking"), ReferenceChoice::Kind::beforeMasking},
    {QStringLiteral("step-before"), ReferenceChoice::Kind::stepBefore},
    {QStringLiteral("pinned"), ReferenceChoice::Kind::pinned}};
const Words<ModelReference::Kind> modelKinds{{QStringLiteral("default"), ModelReference::Kind::standard},
                                             {QStringLiteral("folder"), ModelReference::Kind::folder},
                                             {QStringLiteral("hub"), ModelReference::Kind::hub},
                                             {QStringLiteral("built-in"), ModelReference::Kind::builtIn},
                                             {QStringLiteral("trace"), ModelReference::Kind::trace},
                                             {QStringLiteral("unsaved"), ModelReference::Kind::unsaved}};

template <typename Value>
Words<Value> named(std::initializer_list<Value> values, const char *(*word)(Value))
{
    Words<Value> words;
    for (const Value value : values)
        words.emplace_back(QLatin1String(word(value)), value);
    return words;
}

const Words<TargetChoice::Kind> targetKinds =
    named({TargetChoice::Kind::word, TargetChoice::Kind::label, TargetChoice::Kind::similarity,
           TargetChoice::Kind::neuron, TargetChoice::Kind::hidden},
          targetWord);
const Words<Measure> measures =
    named({Measure::logit, Measure::log_probability, Measure::probability}, measureWord);

template <typename Value>
QString wordOf(const Words<Value> &words, Value value)
{
    for (const auto &[word, meant] : words) {
        if (meant == value)
            return word;
    }
    return {};
}

template <typename Value>
Value read(const Words<Value> &words, const JsonField &field)
{
    QStringList all;
    for (const auto &[word, meant] : words) {
        if (field.is_string() && field.string() == word)
            return meant;
        all.append(word);
    }
    field.refuse(SessionFile::tr("one of %1").arg(all.join(QStringLiteral(", "))));
}

template <typename Value>
Value read(const Words<Value> &words, const JsonField &field, Value fallback)
{
    return field.exists() ? read(words, field) : fallback;
}

/// A text of at most `longest` UTF-16 units.
QString readText(const JsonField &field, int longest)
{
    if (!field.is_string() || field.string().size() > longest)
        field.refuse(SessionFile::tr("a text of at most %1 characters").arg(longest));
    return well_formed(field.string());
}

QJsonObject anchorObject(const TokenAnchor &anchor)
{
    if (anchor.special >= 0)
        return {{QStringLiteral("special"), anchor.special}};
    QJsonObject object{
        {QStringLiteral("sentence"), anchor.segment == 0 ? QStringLiteral("a") : QStringLiteral("b")},
        {QStringLiteral("begin"), anchor.begin},
        {QStringLiteral("end"), anchor.end}};
    if (anchor.part > 0)
        object[QStringLiteral("part")] = anchor.part;
    return object;
}

TokenAnchor readAnchor(const JsonField &field, const TextPair &text)
{
    const JsonField special = field[QStringLiteral("special")];
    if (special.exists())
        return {.special = special.integer(0, most_anchors)};
    const Words<int> sentences{{QStringLiteral("a"), 0}, {QStringLiteral("b"), 1}};
    TokenAnchor anchor;
    anchor.segment = read(sentences, field[QStringLiteral("sentence")]);
    const auto length = static_cast<int>(anchor.segment == 0 ? text.a.size() : text.b.size());
    const int begin = field[QStringLiteral("begin")].integer(0, length);
    anchor.begin = begin;
    anchor.end = field[QStringLiteral("end")].integer(begin, length + 1);
    anchor.part = field.integer(QStringLiteral("part"), 0, most_anchors, 0);
    return anchor;
}

QJsonArray anchorsArray(const TokenAnchors &anchors)
{
    QJsonArray array;
    for (const TokenAnchor &anchor : anchors)
        array.append(anchorObject(anchor));
    return array;
}

/// A list of at most `most` elements; none when there is no such field.
qsizetype lengthOf(const JsonField &field, int most)
{
    if (!field.exists())
        return 0;
    const qsizetype length = field.array().size();
    if (length > most)
        throw field.error(SessionFile::tr("expected at most %1 elements, found %2.").arg(most).arg(length));
    return length;
}

TokenAnchors readAnchors(const JsonField &field, const TextPair &text)
{
    TokenAnchors anchors;
    const qsizetype length = lengthOf(field, most_anchors);
    for (qsizetype i = 0; i < length; ++i)
        anchors.insert(readAnchor(field[i], text));
    return anchors;
}

ModelReference readReference(const JsonField &field)
{
    ModelReference reference;
    if (!field.exists())
        return reference;
    reference.kind = read(modelKinds, field[QStringLiteral("kind")]);
    if (reference.kind != ModelReference::Kind::standard) {
        const JsonField source = field[QStringLiteral("source")];
        constexpr int longest = 4096; // of a path
        reference.source = readText(source, longest);
        if (reference.source.isEmpty())
            source.refuse(SessionFile::tr("a folder or a name"));
        if (reference.kind == ModelReference::Kind::builtIn && !is_built_in(reference.source))
            throw source.unsupported(reference.source, built_in_models());
        const bool path =
            reference.kind == ModelReference::Kind::folder || reference.kind == ModelReference::Kind::trace;
        if (path && !QDir::isAbsolutePath(reference.source))
            source.refuse(SessionFile::tr("an absolute path"));
    }
    constexpr int hash = 128;
    if (field.has(QStringLiteral("hash")))
        reference.hash = readText(field[QStringLiteral("hash")], hash);
    return reference;
}

QJsonObject pinnedObject(const Pinned &pinned)
{
    QJsonObject object{{QStringLiteral("layer"), pinned.layer + 1},
                       {QStringLiteral("head"), pinned.head + 1}};
    if (pinned.dimension >= 0)
        object[QStringLiteral("dimension")] = pinned.dimension;
    if (pinned.neuron >= 0)
        object[QStringLiteral("neuron")] = pinned.neuron;
    if (pinned.query)
        object[QStringLiteral("query")] = anchorObject(*pinned.query);
    if (pinned.key)
        object[QStringLiteral("key")] = anchorObject(*pinned.key);
    return object;
}

Pinned readPinned(const JsonField &field, const TextPair &text)
{
    Pinned pinned;
    if (!field.exists())
        return pinned;
    pinned.layer = field.integer(QStringLiteral("layer"), 1, most_layers, 1) - 1;
    pinned.head = field.integer(QStringLiteral("head"), 1, most_layers, 1) - 1;
    pinned.dimension = field.integer(QStringLiteral("dimension"), 0, most_dimensions, -1);
    pinned.neuron = field.integer(QStringLiteral("neuron"), 0, most_dimensions, -1);
    if (field.has(QStringLiteral("query")))
        pinned.query = readAnchor(field[QStringLiteral("query")], text);
    if (field.has(QStringLiteral("key")))
        pinned.key = readAnchor(field[QStringLiteral("key")], text);
    return pinned;
}

QJsonObject targetObject(const TargetChoice &target)
{
    QJsonObject object{{QStringLiteral("kind"), wordOf(targetKinds, target.kind)},
                       {QStringLiteral("measure"), wordOf(measures, target.measure)}};
    if (target.token)
        object[QStringLiteral("token")] = anchorObject(*target.token);
    if (!target.name.isEmpty())
        object[QStringLiteral("name")] = well_formed(target.name);
    if (!target.contrast.isEmpty())
        object[QStringLiteral("contrast")] = well_formed(target.contrast);
    if (target.kind == TargetChoice::Kind::neuron || target.kind == TargetChoice::Kind::hidden) {
        object[QStringLiteral("layer")] = target.layer + 1;
        if (target.index >= 0)
            object[QStringLiteral("index")] = target.index;
    }
    if (target.lost)
        object[QStringLiteral("lost")] = true;
    return object;
}

TargetChoice readTarget(const JsonField &field, const TextPair &text)
{
    constexpr int longest_piece = 1000;
    TargetChoice target;
    target.kind = read(targetKinds, field[QStringLiteral("kind")]);
    target.measure = read(measures, field[QStringLiteral("measure")], Measure::logit);
    if (field.has(QStringLiteral("token")))
        target.token = readAnchor(field[QStringLiteral("token")], text);
    if (field.has(QStringLiteral("name")))
        target.name = readText(field[QStringLiteral("name")], longest_piece);
    if (field.has(QStringLiteral("contrast")))
        target.contrast = readText(field[QStringLiteral("contrast")], longest_piece);
    if (target.kind == TargetChoice::Kind::neuron || target.kind == TargetChoice::Kind::hidden) {
        const bool hidden = target.kind == TargetChoice::Kind::hidden;
        target.layer = field[QStringLiteral("layer")].integer(hidden ? 0 : 1, most_layers) - 1;
        target.index = hidden ? field.integer(QStringLiteral("index"), 0, most_dimensions, -1)
                              : field[QStringLiteral("index")].integer(0, most_dimensions);
    }
    target.lost = field.flag(QStringLiteral("lost"), false);
    return target;
}

QJsonValue valueOf(const ParameterValue &value)
{
    return std::visit([](const auto &typed) { return QJsonValue(typed); }, value);
}

ParameterValue readValue(const ParameterKind &kind, const JsonField &field)
{
    using Type = ParameterKind::Type;
    ParameterValue value;
    if (kind.whole())
        value = field.integer(static_cast<int>(kind.lowest), static_cast<int>(kind.highest));
    else if (kind.type == Type::number)
        value = field.number();
    else if (kind.type == Type::boolean)
        value = field.boolean();
    else
        value = well_formed(field.string());
    const QString wrong = wrongValue(kind, value);
    if (!wrong.isEmpty())
        throw field.error(wrong);
    return value;
}

std::map<QString, Parameters> readViews(const JsonField &field, const ViewKinds &views)
{
    std::map<QString, Parameters> read;
    if (!field.exists())
        return read;
    for (const auto &[view, kinds] : views) {
        const JsonField choices = field[view];
        for (const ParameterKind &kind : kinds) {
            if (choices.exists() && choices.has(kind.name))
                read[view][kind.name] = readValue(kind, choices[kind.name]);
        }
    }
    return read;
}

std::map<QString, QRectF> readZoomed(const JsonField &field)
{
    std::map<QString, QRectF> read;
    constexpr int most_views = 1000;
    constexpr int longest_name = 100;
    constexpr double most_cells = 1e9;
    if (!field.exists())
        return read;
    const QStringList names = field.object().keys();
    if (names.size() > most_views)
        throw field.error(
            SessionFile::tr("expected at most %1 elements, found %2.").arg(most_views).arg(names.size()));
    for (const QString &name : names) {
        const JsonField cells = field[name];
        if (name.size() > longest_name || !cells.is_array() || cells.array().size() != 4)
            cells.refuse(SessionFile::tr("x, y, width and height in cells"));
        std::array<double, 4> numbers{};
        for (qsizetype i = 0; i < 4; ++i) {
            const double lowest = i < 2 ? 0.0 : 1e-3;
            const double number = cells[i].number();
            if (!(number >= lowest && number <= most_cells))
                cells[i].refuse(SessionFile::tr("a number from %1 to %2").arg(lowest).arg(most_cells));
            numbers[static_cast<std::size_t>(i)] = number;
        }
        read[well_formed(name)] = QRectF(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
    return read;
}

QJsonObject inputObject(const RunInput &input)
{
    QJsonObject model{{QStringLiteral("kind"), wordOf(modelKinds, input.reference.kind)}};
    if (input.reference.kind != ModelReference::Kind::standard)
        model[QStringLiteral("source")] = input.reference.source;
    if (!input.reference.hash.isEmpty())
        model[QStringLiteral("hash")] = input.reference.hash;
    return {{QStringLiteral("text"), well_formed(input.text)},
            {QStringLiteral("text_b"), input.textB ? QJsonValue(well_formed(*input.textB)) : QJsonValue()},
            {QStringLiteral("model"), model},
            {QStringLiteral("tokenization"), wordOf(tokenizations, input.tokenization)},
            {QStringLiteral("switches"), switches_object(input.switches)},
            {QStringLiteral("masked"), anchorsArray(input.masked)},
            {QStringLiteral("replaced"), anchorsArray(input.replaced)}};
}

RunInput readInput(const JsonField &field)
{
    RunInput input;
    input.text = readText(field[QStringLiteral("text")], longest_session_text);
    const JsonField second = field[QStringLiteral("text_b")];
    if (second.exists())
        input.textB = readText(second, longest_session_text);
    const TextPair text = input.sentences();
    input.reference = readReference(field[QStringLiteral("model")]);
    input.tokenization = read(tokenizations, field[QStringLiteral("tokenization")], Tokenization::subword);
    if (field.has(QStringLiteral("switches")))
        input.switches = read_switches(field[QStringLiteral("switches")]);
    input.masked = readAnchors(field[QStringLiteral("masked")], text);
    input.replaced = readAnchors(field[QStringLiteral("replaced")], text);
    return input;
}

QString readRunName(const JsonField &field)
{
    const QString name = readText(field, longest_run_name).trimmed();
    if (name.isEmpty())
        field.refuse(SessionFile::tr("a name"));
    return name;
}

std::vector<PinnedRun> readPinnedRuns(const JsonField &field)
{
    std::vector<PinnedRun> runs;
    const qsizetype length = lengthOf(field, most_pinned_runs);
    for (qsizetype i = 0; i < length; ++i) {
        PinnedRun run{readRunName(field[i][QStringLiteral("name")]), readInput(field[i])};
        for (const PinnedRun &before : runs) {
            if (before.name == run.name)
                field[i][QStringLiteral("name")].refuse(SessionFile::tr("a name that no other run has"));
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

QJsonObject choiceObject(const ReferenceChoice &choice)
{
    QJsonObject object{{QStringLiteral("kind"), wordOf(referenceKinds, choice.kind)}};
    if (choice.kind == ReferenceChoice::Kind::pinned)
        object[QStringLiteral("name")] = well_formed(choice.name);
    return object;
}

ReferenceChoice readChoice(const JsonField &field, const std::vector<PinnedRun> &runs)
{
    ReferenceChoice choice;
    if (!field.exists())
        return choice;
    choice.kind = read(referenceKinds, field[QStringLiteral("kind")]);
    if (choice.kind != ReferenceChoice::Kind::pinned)
        return choice;
    const JsonField name = field[QStringLiteral("name")];
    choice.name = readRunName(name);
    QStringList names;
    for (const PinnedRun &run : runs)
        names.append(run.name);
    if (!names.contains(choice.name))
        name.refuse(names.isEmpty() ? SessionFile::tr("the name of a pinned run; there is none")
                                    : SessionFile::tr("one of %1").arg(names.join(QStringLiteral(", "))));
    return choice;
}

QJsonArray matchesArray(const std::vector<TokenMatch> &matches)
{
    QJsonArray array;
    for (const TokenMatch &match : matches) {
        QJsonObject one{{QStringLiteral("reference"), choiceObject(match.reference)}};
        if (match.now)
            one[QStringLiteral("token")] = anchorObject(*match.now);
        if (match.other)
            one[QStringLiteral("partner")] = anchorObject(*match.other);
        array.append(one);
    }
    return array;
}

/// `state` has its sentences and pinned runs.
std::vector<TokenMatch> readMatches(const JsonField &field, const SessionState &state)
{
    std::vector<TokenMatch> matches;
    const qsizetype length = lengthOf(field, most_matches);
    for (qsizetype i = 0; i < length; ++i) {
        const JsonField one = field[i];
        const JsonField reference = one[QStringLiteral("reference")];
        if (!reference.exists())
            reference.refuse(SessionFile::tr("what the run is compared with"));
        TokenMatch match{.reference = readChoice(reference, state.pinnedRuns)};
        const MatchTexts texts = matchTexts(state, match.reference);
        if (one.has(QStringLiteral("token")))
            match.now = readAnchor(one[QStringLiteral("token")], texts.now);
        if (one.has(QStringLiteral("partner")))
            match.other = readAnchor(one[QStringLiteral("partner")], texts.other);
        if (!match.now && !match.other)
            one.refuse(SessionFile::tr("a token, a partner, or both"));
        matches.push_back(std::move(match));
    }
    return matches;
}

} // namespace

QJsonObject sessionObject(const SessionState &state)
{
    const RunInput &input = state.input;
    QJsonObject views;
    for (const auto &[view, choices] : state.views) {
        QJsonObject object;
        for (const auto &[name, value] : choices)
            object[name] = valueOf(value);
        views[view] = object;
    }
    QJsonObject zoomed;
    for (const auto &[view, cells] : state.zoomed)
        zoomed[view] = QJsonArray{cells.x(), cells.y(), cells.width(), cells.height()};
    QJsonObject file{{QStringLiteral("format"), format},
                     {QStringLiteral("version"), version},
                     {QStringLiteral("program"), QCoreApplication::applicationVersion()},
                     {QStringLiteral("comparison"), wordOf(comparisons, state.comparison)},
                     {QStringLiteral("hide_special"), state.hidesSpecial},
                     {QStringLiteral("page"), state.page},
                     {QStringLiteral("pinned"), pinnedObject(state.pinned)},
                     {QStringLiteral("views"), views},
                     {QStringLiteral("zoomed"), zoomed}};
    const QJsonObject run = inputObject(input);
    for (auto field = run.begin(); field != run.end(); ++field)
        file[field.key()] = field.value();
    if (!state.pinnedRuns.empty()) {
        QJsonArray runs;
        for (const PinnedRun &pinned : state.pinnedRuns) {
            QJsonObject one = inputObject(pinned.input);
            one[QStringLiteral("name")] = well_formed(pinned.name);
            runs.append(one);
        }
        file[QStringLiteral("pinned_runs")] = runs;
    }
    if (state.reference.kind != ReferenceChoice::Kind::withoutSwitches)
        file[QStringLiteral("reference")] = choiceObject(state.reference);
    if (!state.matches.empty())
        file[QStringLiteral("aligned")] = matchesArray(state.matches);
    if (state.target)
        file[QStringLiteral("target")] = targetObject(*state.target);
    return file;
}

QByteArray sessionBytes(const SessionState &state)
{
    return QJsonDocument(sessionObject(state)).toJson();
}

SessionState readSession(const JsonField &file, const ViewKinds &views)
{
    const JsonField name = file[QStringLiteral("format")];
    if (!name.is_string() || name.string() != format)
        name.refuse(u'"' + format + u'"');
    file[QStringLiteral("version")].integer(1, version);
    SessionState state;
    state.input = readInput(file);
    const TextPair text = state.input.sentences();
    state.pinnedRuns = readPinnedRuns(file[QStringLiteral("pinned_runs")]);
    state.reference = readChoice(file[QStringLiteral("reference")], state.pinnedRuns);
    state.matches = readMatches(file[QStringLiteral("aligned")], state);
    state.comparison = read(comparisons, file[QStringLiteral("comparison")], Comparison::now);
    state.hidesSpecial = file.flag(QStringLiteral("hide_special"), false);
    constexpr int longest_name = 100;
    if (file.has(QStringLiteral("page")))
        state.page = readText(file[QStringLiteral("page")], longest_name);
    state.pinned = readPinned(file[QStringLiteral("pinned")], text);
    if (file.has(QStringLiteral("target")))
        state.target = readTarget(file[QStringLiteral("target")], text);
    state.views = readViews(file[QStringLiteral("views")], views);
    state.zoomed = readZoomed(file[QStringLiteral("zoomed")]);
    if (!comparable(state))
        state.comparison = Comparison::now;
    return state;
}

SessionState readSessionFile(const QString &path, const ViewKinds &views)
{
    return readSession(JsonField::read(path, largest_session), views);
}

void writeSessionFile(const SessionState &state, const QString &path, FileWriter::Care care)
{
    write_file(path, sessionBytes(state), care);
}

} // namespace encoderscope
