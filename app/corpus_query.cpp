// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/corpus_commands.h"
#include "app/result_file.h"
#include "app/run_options.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/sentence_map.h"
#include "engine/corpus/token_index.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace encoderscope
{

namespace
{

struct QueryMessages {
    Q_DECLARE_TR_FUNCTIONS(Corpus)
};

constexpr std::array<std::pair<HeadPattern, const char *>, 11> patterns{
    {{HeadPattern::same, "same"},
     {HeadPattern::word, "word"},
     {HeadPattern::previous, "previous"},
     {HeadPattern::next, "next"},
     {HeadPattern::itself, "itself"},
     {HeadPattern::first, "first"},
     {HeadPattern::separator, "separator"},
     {HeadPattern::punctuation, "punctuation"},
     {HeadPattern::neighbours, "neighbours"},
     {HeadPattern::broad, "broad"},
     {HeadPattern::mixed, "mixed"}}};

QString name_of(HeadPattern pattern)
{
    for (const auto &[value, name] : patterns) {
        if (value == pattern)
            return QLatin1String(name);
    }
    return {};
}

/// Which tokens may be the nearest.
enum class Among { same, any };
constexpr std::array<std::pair<const char *, Among>, 2> among_choices{
    {{"same", Among::same}, {"any", Among::any}}};

struct QueryOptions {
    QCommandLineOption heads{QStringLiteral("heads"),
                             QueryMessages::tr("What each head does: each measure's mean and deviation.")};
    QCommandLineOption head{
        QStringLiteral("head"),
        QueryMessages::tr("2.1: where head 1 of layer 2 is strongest, a query and a key, in "
                          "context."),
        QStringLiteral("layer.head")};
    QCommandLineOption neuron{
        QStringLiteral("neuron"),
        QueryMessages::tr("2.17: where neuron 17, counted from 0, of layer 2 is strongest, in "
                          "context."),
        QStringLiteral("layer.neuron")};
    QCommandLineOption search{QStringLiteral("search"),
                              QueryMessages::tr("Sentences with words that begin like each of these."),
                              QueryMessages::tr("words")};
    QCommandLineOption uses{
        QStringLiteral("uses"),
        QueryMessages::tr("Sentences with this piece of the vocabulary, as --pieces writes it, in context."),
        QueryMessages::tr("piece")};
    QCommandLineOption nearest{
        QStringLiteral("nearest"),
        QueryMessages::tr(
            "4294967297.2: of token 2 of that sentence, the uses elsewhere whose vectors are nearest; of a "
            "corpus made with --token-vectors."),
        QStringLiteral("sentence.token")};
    QCommandLineOption layer{
        QStringLiteral("layer"),
        QueryMessages::tr("With --nearest: the layer after which vectors are compared; without it, "
                          "the last that the corpus keeps some of."),
        QueryMessages::tr("number")};
    QCommandLineOption among{
        QStringLiteral("among"),
        QueryMessages::tr("With --nearest: same: uses of the same piece of the vocabulary; any: all tokens, "
                          "by the index that \"corpus index\" makes."),
        QueryMessages::tr("which"), QStringLiteral("same")};
    QCommandLineOption pieces{QStringLiteral("pieces"),
                              QueryMessages::tr("How often each piece of the vocabulary comes.")};
    QCommandLineOption map{
        QStringLiteral("map"),
        QueryMessages::tr("Where sentences lie along the two directions in which their vectors vary most "
                          "(principal components); of a model that makes vectors of sentences.")};
    QCommandLineOption sentence{QStringLiteral("sentence"),
                                QueryMessages::tr("Everything that is kept of one sentence, by its number."),
                                QueryMessages::tr("number")};
    QCommandLineOption most{QStringLiteral("most"),
                            QueryMessages::tr("Most results; without it 20, of --map 4000, which lie evenly "
                                              "over the corpus."),
                            QueryMessages::tr("number")};

    QList<QCommandLineOption> questions() const
    {
        return {heads, head, neuron, search, uses, nearest, pieces, map, sentence};
    }
};

QJsonObject token_json(const SentenceResult &sentence, int position)
{
    const StoredToken &token = sentence.tokens[static_cast<std::size_t>(position)];
    return {{QStringLiteral("position"), position},
            {QStringLiteral("piece"), token.text},
            {QStringLiteral("begin"), token.begin},
            {QStringLiteral("end"), token.end}};
}

QJsonObject place_json(const StoredSentence &sentence)
{
    return {{QStringLiteral("sentence"), static_cast<qint64>(sentence.result.number)},
            {QStringLiteral("source"), sentence.source},
            {QStringLiteral("line"), sentence.line},
            {QStringLiteral("text"), sentence.result.text}};
}

CommandResult summary(const CorpusFile &file)
{
    const CorpusSummary found = read_summary(file);
    const CorpusSettings &settings = file.settings();
    CommandResult result;
    result.json = {{QStringLiteral("model"), settings.model_name},
                   {QStringLiteral("model_hash"), settings.model},
                   {QStringLiteral("layers"), settings.layers},
                   {QStringLiteral("heads"), settings.heads},
                   {QStringLiteral("d_ff"), settings.d_ff},
                   {QStringLiteral("max_tokens"), settings.max_tokens},
                   {QStringLiteral("examples"), settings.examples},
                   {QStringLiteral("sentences"), found.sentences},
                   {QStringLiteral("token_vectors"), layers_as_text(settings.token_layers)},
                   {QStringLiteral("indexed"), layers_as_text(indexed_layers(file))},
                   {QStringLiteral("tokens"), found.tokens},
                   {QStringLiteral("cut"), found.cut},
                   {QStringLiteral("not_finite"), found.not_finite}};
    QJsonArray sources;
    result.columns = {QStringLiteral("source"), QStringLiteral("sentences")};
    for (const auto &[name, sentences] : found.sources) {
        sources.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("sentences"), sentences}});
        result.rows.push_back({name, static_cast<double>(sentences)});
    }
    result.json[QStringLiteral("sources")] = sources;
    return result;
}

CommandResult heads(const CorpusFile &file)
{
    const HeadTotals totals = read_head_totals(file);
    const auto per_layer = static_cast<std::size_t>(file.settings().heads);
    CommandResult result;
    result.columns = {QStringLiteral("layer"), QStringLiteral("head"), QStringLiteral("pattern")};
    for (const auto &[name, member] : head_measures)
        result.columns += {QLatin1String(name), QLatin1String(name) + QStringLiteral("_deviation")};
    result.numbers.resize(static_cast<Eigen::Index>(totals.heads()), head_measures.size());
    QJsonArray all;
    for (std::size_t head = 0; head < totals.heads(); ++head) {
        const auto layer_number = static_cast<int>(head / per_layer) + 1;
        const auto head_number = static_cast<int>(head % per_layer) + 1;
        const QString pattern = name_of(pattern_of(totals.statistics(head)));
        QJsonObject object{{QStringLiteral("layer"), layer_number},
                           {QStringLiteral("head"), head_number},
                           {QStringLiteral("pattern"), pattern}};
        QVariantList row{QString::number(layer_number), QString::number(head_number), pattern};
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            const MeasureTotal &total = totals.at(head, measure);
            object[QLatin1String(head_measures[measure].first)] =
                QJsonObject{{QStringLiteral("sentences"), static_cast<qint64>(total.sentences)},
                            {QStringLiteral("mean"), total.mean},
                            {QStringLiteral("deviation"), total.deviation()},
                            {QStringLiteral("token_mean"), total.token_mean()}};
            row += {total.mean, total.deviation()};
            result.numbers(static_cast<Eigen::Index>(head), static_cast<Eigen::Index>(measure)) = total.mean;
        }
        all.append(object);
        result.rows.push_back(row);
    }
    result.json = {{QStringLiteral("heads"), all}};
    return result;
}

CommandResult examples(const std::vector<ExampleInContext> &found, bool of_head, int most)
{
    CommandResult result;
    result.columns = {QStringLiteral("value"), QStringLiteral("source"), QStringLiteral("line"),
                      of_head ? QStringLiteral("query") : QStringLiteral("token")};
    if (of_head)
        result.columns.append(QStringLiteral("key"));
    result.columns.append(QStringLiteral("text"));
    QJsonArray all;
    for (const ExampleInContext &one : found) {
        if (all.size() == most)
            break;
        const SentenceResult &sentence = one.sentence.result;
        const auto piece = [&](int position) {
            return sentence.tokens[static_cast<std::size_t>(position)].text;
        };
        QJsonObject object = place_json(one.sentence);
        object[QStringLiteral("value")] = static_cast<double>(one.example.value);
        object[of_head ? QStringLiteral("query") : QStringLiteral("token")] =
            token_json(sentence, one.example.token);
        QVariantList row{static_cast<double>(one.example.value), one.sentence.source,
                         static_cast<double>(one.sentence.line), piece(one.example.token)};
        if (of_head) {
            object[QStringLiteral("key")] = token_json(sentence, one.example.key);
            row.append(piece(one.example.key));
        }
        row.append(sentence.text);
        all.append(object);
        result.rows.push_back(row);
    }
    result.json = {{QStringLiteral("examples"), all}};
    return result;
}

CommandResult found_sentences(const std::vector<FoundSentence> &sentences)
{
    CommandResult result;
    result.columns = {QStringLiteral("sentence"), QStringLiteral("source"), QStringLiteral("line"),
                      QStringLiteral("text")};
    QJsonArray all;
    for (const auto &[sentence, words] : sentences) {
        all.append(place_json(sentence));
        result.rows.push_back({QString::number(sentence.result.number), sentence.source,
                               static_cast<double>(sentence.line), sentence.result.text});
    }
    result.json = {{QStringLiteral("sentences"), all}};
    return result;
}

CommandResult uses_of_piece(const PieceUses &found)
{
    CommandResult result;
    result.columns = {QStringLiteral("sentence"), QStringLiteral("source"), QStringLiteral("line"),
                      QStringLiteral("token"), QStringLiteral("text")};
    QJsonArray all;
    for (const auto &[use, sentence] : found.uses) {
        QJsonObject object = place_json(sentence);
        object[QStringLiteral("token")] = token_json(sentence.result, use.token);
        all.append(object);
        result.rows.push_back({QString::number(use.sentence), sentence.source,
                               static_cast<double>(sentence.line), static_cast<double>(use.token),
                               sentence.result.text});
    }
    result.json = {{QStringLiteral("sentences"), found.sentences}, {QStringLiteral("uses"), all}};
    return result;
}

CommandResult piece_counts(const CorpusFile &file, int most)
{
    CommandResult result;
    result.columns = {QStringLiteral("id"), QStringLiteral("piece"), QStringLiteral("occurrences")};
    QJsonArray all;
    for (const PieceCount &piece : read_piece_counts(file, most)) {
        all.append(QJsonObject{{QStringLiteral("id"), piece.id},
                               {QStringLiteral("piece"), piece.text},
                               {QStringLiteral("occurrences"), piece.occurrences}});
        result.rows.push_back(
            {QString::number(piece.id), piece.text, static_cast<double>(piece.occurrences)});
    }
    result.json = {{QStringLiteral("pieces"), all}};
    return result;
}

CommandResult map_of_sentences(const SentenceMap &map)
{
    CommandResult result;
    result.columns = {QStringLiteral("sentence"), QStringLiteral("source"), QStringLiteral("line"),
                      QStringLiteral("x"),        QStringLiteral("y"),      QStringLiteral("beginning")};
    result.numbers.resize(std::ssize(map.sentences), 2);
    QJsonArray all;
    for (const PlacedSentence &one : map.sentences) {
        const auto x = static_cast<double>(one.x);
        const auto y = static_cast<double>(one.y);
        result.numbers.row(all.size()) << x, y;
        all.append(QJsonObject{{QStringLiteral("sentence"), static_cast<qint64>(one.number)},
                               {QStringLiteral("source"), one.source},
                               {QStringLiteral("line"), one.line},
                               {QStringLiteral("x"), x},
                               {QStringLiteral("y"), y},
                               {QStringLiteral("beginning"), one.beginning}});
        result.rows.push_back(
            {QString::number(one.number), one.source, static_cast<double>(one.line), x, y, one.beginning});
    }
    result.json = {{QStringLiteral("sentences"), map.all},
                   {QStringLiteral("shares"), QJsonArray{static_cast<double>(map.axes.shares[0]),
                                                         static_cast<double>(map.axes.shares[1])}},
                   {QStringLiteral("map"), all}};
    return result;
}

CommandResult one_sentence(const CorpusFile &file, std::int64_t number)
{
    const StoredSentence stored = read_sentence(file, number);
    const SentenceResult &sentence = stored.result;
    CommandResult result;
    result.json = place_json(stored);
    result.json[QStringLiteral("cut")] = sentence.cut;
    QJsonArray tokens;
    result.columns = {QStringLiteral("position"), QStringLiteral("piece"), QStringLiteral("begin"),
                      QStringLiteral("end")};
    for (int position = 0; position < static_cast<int>(sentence.tokens.size()); ++position) {
        const StoredToken &token = sentence.tokens[static_cast<std::size_t>(position)];
        tokens.append(token_json(sentence, position));
        result.rows.push_back({static_cast<double>(position), token.text, static_cast<double>(token.begin),
                               static_cast<double>(token.end)});
    }
    result.json[QStringLiteral("tokens")] = tokens;
    QJsonArray predictions;
    for (const StoredPrediction &prediction : sentence.predictions)
        predictions.append(QJsonObject{{QStringLiteral("kind"), prediction.kind},
                                       {QStringLiteral("first"), prediction.first},
                                       {QStringLiteral("last"), prediction.last},
                                       {QStringLiteral("rank"), prediction.rank},
                                       {QStringLiteral("label"), prediction.label},
                                       {QStringLiteral("value"), prediction.value}});
    result.json[QStringLiteral("predictions")] = predictions;
    result.json[QStringLiteral("vector")] = json_numbers(sentence.vector.transpose().cast<double>());
    QJsonArray all;
    for (std::size_t head = 0; head < sentence.heads.size() / head_measures.size(); ++head) {
        QJsonObject object;
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            if (sentence.queries[measure] > 0)
                object[QLatin1String(head_measures[measure].first)] =
                    static_cast<double>(sentence.heads[head * head_measures.size() + measure]);
        }
        object[QStringLiteral("layer")] = static_cast<int>(head) / file.settings().heads + 1;
        object[QStringLiteral("head")] = static_cast<int>(head) % file.settings().heads + 1;
        all.append(object);
    }
    result.json[QStringLiteral("heads")] = all;
    return result;
}

/// "2.17": a layer, from 1, and a number from `first` below `first` + `count`; both from 0 then.
std::pair<int, int> layer_and_number(const QString &option, const QString &word, int layers, int first,
                                     int count)
{
    const QStringList parts = word.split(QLatin1Char('.'));
    if (parts.size() != 2)
        throw ArgumentError(
            QueryMessages::tr(
                "%1: \"%2\" is not understood; expected a layer, a dot and a number, as in 2.1.")
                .arg(option, word));
    return {whole_within(option, parts[0], 1, layers) - 1,
            whole_within(option, parts[1], first, first + count - 1) - first};
}

/// The nearest uses of a token of the corpus.
CommandResult nearest(const CorpusFile &file, const QCommandLineParser &parser, const QueryOptions &options,
                      int most)
{
    const std::vector<int> &layers = token_layers_of(file);
    const int layer =
        parser.isSet(options.layer)
            ? whole_within(QStringLiteral("--layer"), parser.value(options.layer), 1, file.settings().layers)
            : layers.back();
    const QString word = parser.value(options.nearest);
    const QStringList parts = word.split(QLatin1Char('.'));
    bool good = parts.size() == 2;
    const qint64 number = good ? parts[0].toLongLong(&good) : 0;
    if (!good)
        throw ArgumentError(
            QueryMessages::tr("--nearest: \"%1\" is not understood; expected the number of a sentence, as "
                              "--search says it, a dot and a token, from 0.")
                .arg(word));
    const StoredSentence stored = read_sentence(file, number);
    const int position = whole_within(QStringLiteral("--nearest"), parts[1], 0,
                                      static_cast<int>(stored.result.tokens.size()) - 1);
    const StoredToken &token = stored.result.tokens[static_cast<std::size_t>(position)];
    const RowVector vector = read_token_vector(file, layer, number, token.piece, position);
    if (vector.size() == 0)
        throw ArgumentError(
            QueryMessages::tr("Token %1 of sentence %2 has no vector after layer %3: only the text's tokens "
                              "have some, after these layers: %4.")
                .arg(position)
                .arg(number)
                .arg(layer)
                .arg(layers_as_text(layers)));
    const PieceUses found =
        one_of(QStringLiteral("--among"), parser.value(options.among), among_choices) == Among::any
            ? nearest_of_any_piece(file, layer, vector, most, number)
            : nearest_tokens(file, layer, token.text, vector, most, number);
    CommandResult result = examples(found.uses, false, most);
    result.json[QStringLiteral("sentences")] = found.sentences;
    result.json[QStringLiteral("compared")] = found.compared;
    result.json[QStringLiteral("by_index")] = found.by_index;
    return result;
}

CommandResult answer(const CorpusFile &file, const QCommandLineParser &parser, const QueryOptions &options)
{
    const auto at_most = [&](int usual, int limit) {
        return parser.isSet(options.most)
                   ? whole_within(QStringLiteral("--most"), parser.value(options.most), 1, limit)
                   : usual;
    };
    if (parser.isSet(options.map))
        return map_of_sentences(map_sentences(file, at_most(usual_mapped_sentences, most_mapped_sentences)));
    const int most = at_most(20, 1'000'000);
    const CorpusSettings &settings = file.settings();
    if (parser.isSet(options.heads))
        return heads(file);
    if (parser.isSet(options.head)) {
        const auto [layer, head] = layer_and_number(QStringLiteral("--head"), parser.value(options.head),
                                                    settings.layers, 1, settings.heads);
        return examples(head_examples(file, layer, head), true, most);
    }
    if (parser.isSet(options.neuron)) {
        const auto [layer, neuron] = layer_and_number(
            QStringLiteral("--neuron"), parser.value(options.neuron), settings.layers, 0, settings.d_ff);
        return examples(neuron_examples(file, layer, neuron), false, most);
    }
    if (parser.isSet(options.search)) {
        const QString words = parser.value(options.search);
        if (words.trimmed().isEmpty())
            throw ArgumentError(QueryMessages::tr("--search: expected a word or more, and found none."));
        return found_sentences(search_sentences(file, words, most));
    }
    if (parser.isSet(options.uses))
        return uses_of_piece(piece_uses(file, parser.value(options.uses), most));
    if (parser.isSet(options.nearest))
        return nearest(file, parser, options, most);
    if (parser.isSet(options.pieces))
        return piece_counts(file, most);
    if (parser.isSet(options.sentence)) {
        bool good = false;
        const qint64 number = parser.value(options.sentence).toLongLong(&good);
        if (!good)
            throw ArgumentError(
                QueryMessages::tr("--sentence: \"%1\" is not a sentence's number, as --search says it.")
                    .arg(parser.value(options.sentence)));
        return one_sentence(file, number);
    }
    return summary(file);
}

} // namespace

int run_corpus_query(const QStringList &arguments)
{
    const QueryOptions options;
    const OutputOptions output;
    OptionParser parser;
    parser.setApplicationDescription(QueryMessages::tr(
        "Says what is in a corpus; without an option, of what sentences it is made. Layers and heads "
        "count from 1, tokens and neurons from 0. NPY: with --heads, the means [heads x measures]; with "
        "--map, the places [sentences x 2]."));
    parser.addPositionalArgument(QStringLiteral("corpus"), QueryMessages::tr("The corpus."));
    parser.addOptions(options.questions());
    parser.addOptions({options.layer, options.among, options.most});
    parser.setChoices(QStringLiteral("among"), words_of(among_choices));
    output.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("corpus query"), arguments, helped);
    if (helped)
        return 0;
    if (parser.positionalArguments().size() != 1)
        throw ArgumentError(QueryMessages::tr("Say one corpus to ask."));
    QStringList asked;
    for (const QCommandLineOption &option : options.questions()) {
        if (parser.isSet(option))
            asked.append(QStringLiteral("--") + option.names().constFirst());
    }
    if (asked.size() > 1)
        throw ArgumentError(
            QueryMessages::tr("Ask one thing at a time: %1.").arg(asked.join(QStringLiteral(", "))));
    for (const QCommandLineOption &option : {options.layer, options.among}) {
        if (parser.isSet(option) && !parser.isSet(options.nearest))
            throw ArgumentError(
                QueryMessages::tr("--%1 goes with --nearest only.").arg(option.names().constFirst()));
    }
    const CorpusFile file(parser.positionalArguments().constFirst(), CorpusFile::Access::read);
    write_result(answer(file, parser, options), parser, output);
    return 0;
}

} // namespace encoderscope
