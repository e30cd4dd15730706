// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/result_file.h"
#include "app/target_option.h"
#include "engine/attribution/patching.h"
#include "ui/state/history.h"

#include <QCoreApplication>

#include <optional>

namespace encoderscope
{

namespace
{

struct PatchMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr std::array<std::pair<const char *, std::optional<Patch>>, 4> blocks{
    {{"hidden", Patch::hidden},
     {"attention", Patch::attention},
     {"feed-forward", Patch::feed_forward},
     {"heads", std::nullopt}}};

struct PatchOptions {
    RunOptions run;
    TargetOptions target;
    OutputOptions output;
    QCommandLineOption reference{
        QStringLiteral("reference"),
        PatchMessages::tr("The reference text. Without it, the same text with everything on."),
        QStringLiteral("text")};
    QCommandLineOption block{QStringLiteral("block"),
                             PatchMessages::tr("hidden, attention, feed-forward or heads."),
                             QStringLiteral("block"), QStringLiteral("hidden")};
    QCommandLineOption align{
        QStringLiteral("align"),
        PatchMessages::tr(
            "3=4: token 3 is token 4 of the reference; 3=-: it has none. May be repeated; the others "
            "are aligned by their characters. Tokens count from 0."),
        QStringLiteral("tokens")};

    void add_to(OptionParser &parser) const
    {
        run.add_to(parser);
        target.add_to(parser);
        parser.addOptions({reference, block, align});
        parser.setChoices(block.names().constFirst(), words_of(blocks));
        output.add_to(parser);
    }
};

QString patch_description()
{
    return PatchMessages::tr(
        "Runs the encoder on a reference too, puts the output of one block of that run into this one, and "
        "says "
        "how much of the target's difference comes back: 0 nothing, 1 all of it. The reference is another "
        "text, or the same one without what is off here.\n\n"
        "Blocks: hidden (hidden state after a layer), attention, feed-forward (a sublayer's output before "
        "the "
        "residual), each one token at a time; heads, one head at a time.\n\n"
        "CSV: a line for each layer; NPY: [layers x tokens] or [layers x heads].");
}

/// The run to take parts from. Throws ArgumentError when there is none.
TracePtr reference_run(const QCommandLineParser &parser, const PatchOptions &options,
                       const SessionState &state, const Frame &now, const ChosenTarget &chosen)
{
    Frame reference = now;
    if (parser.isSet(options.reference)) {
        SessionState other = withTexts(state, parser.value(options.reference), state.input.textB);
        other.target = state.target;
        if (other.target)
            other.target->lost = false; // its token is found by the alignment
        reference = run_state(other, "patch");
    } else if (now.reference == ReferenceRun::none) {
        throw ArgumentError(PatchMessages::tr("--%1 is missing.").arg(options.reference.names().first()));
    } else {
        reference.compared.comparison = Comparison::before;
    }
    return chosen.other ? chosenTarget(reference).trace : reference.shown();
}

/// "3=4": token 3 here is token 4 of the reference; "3=" or "3=-": it has none.
TokenPair correction(const QString &word, int last, int last_of_reference)
{
    const QString option = QStringLiteral("--align");
    const QStringList sides = word.split(QLatin1Char('='));
    if (sides.size() != 2)
        throw ArgumentError(PatchMessages::tr("--align: \"%1\" is not of the form 3=4.").arg(word));
    const int token = whole_within(option, sides[0], 0, last);
    const bool none = sides[1].isEmpty() || sides[1] == QStringLiteral("-");
    return {token, none ? -1 : whole_within(option, sides[1], 0, last_of_reference)};
}

/// The same number in the reference.
Target in_reference(const ChosenTarget &chosen, const Alignment &alignment)
{
    Target there = chosen.target;
    if (chosen.choice.atToken()) {
        there.token = alignment[static_cast<std::size_t>(there.token)];
        if (there.token < 0)
            throw ArgumentError(
                PatchMessages::tr("Token %1, where the target stands, has none to match it in the "
                                  "reference; --align %1=n names one.")
                    .arg(chosen.target.token));
    }
    return there;
}

} // namespace

int run_patch(const QStringList &arguments)
{
    const PatchOptions options;
    OptionParser parser;
    parser.setApplicationDescription(patch_description());
    options.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("patch"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    const std::optional<Patch> patch = one_of(QStringLiteral("--block"), parser.value(options.block), blocks);
    SessionState state = options.run.read(parser);
    options.target.read(parser, state);
    const Frame now = run_state(state, "patch");
    const ChosenTarget chosen = chosenTarget(now);
    const TracePtr reference = reference_run(parser, options, state, now, chosen);
    std::vector<TokenPair> corrections;
    for (const QString &word : parser.values(options.align))
        corrections.push_back(correction(word, chosen.trace->tokens() - 1, reference->tokens() - 1));
    const Alignment alignment =
        partners(align_tokens(chosen.trace->encoding(), reference->encoding(), corrections));
    const Target there = in_reference(chosen, alignment);
    const PatchMap map =
        patch ? patch_tokens(chosen.target, *chosen.trace, there, *reference, *patch, alignment)
              : patch_heads(chosen.target, *chosen.trace, there, *reference, alignment);

    CommandResult result;
    result.numbers = map.recovered;
    result.json = target_json(chosen);
    result.json[QStringLiteral("reference")] = reference->encoding().text;
    result.json[QStringLiteral("reference_value")] = map.reference;
    result.json[QStringLiteral("block")] = parser.value(options.block);
    QJsonArray partners;
    for (const int partner : alignment)
        partners.append(partner < 0 ? QJsonValue() : QJsonValue(partner));
    result.json[QStringLiteral("reference_tokens")] = QJsonArray::fromStringList(token_texts(*reference));
    result.json[QStringLiteral("alignment")] = partners;
    result.json[QStringLiteral("recovered")] = json_rows(map.recovered);

    result.columns = QStringList{QStringLiteral("layer")};
    for (Eigen::Index column = 0; column < map.recovered.cols(); ++column)
        result.columns +=
            patch ? chosen.trace->token(static_cast<int>(column)).text : QString::number(column + 1);
    for (Eigen::Index layer = 0; layer < map.recovered.rows(); ++layer)
        result.rows.push_back(csv_row({QString::number(layer + 1)}, map.recovered.row(layer)));
    write_result(result, parser, options.output);
    return 0;
}

} // namespace encoderscope
