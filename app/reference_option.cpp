// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reference_option.h"

#include "app/command.h"
#include "app/session_option.h"
#include "engine/analysis/trace_reader.h"
#include "engine/model/built_in_models.h"
#include "engine/model/model_hash.h"
#include "engine/model/model_sources.h"
#include "ui/state/reference.h"
#include "ui/state/run.h"
#include "ui/state/session.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

struct ReferenceMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

} // namespace

ReferenceOptions::ReferenceOptions()
    : text_(QStringLiteral("reference-text"),
            ReferenceMessages::tr(
                "Another text to compare with; what is not named is as in this run, switches too."),
            QStringLiteral("text"))
    , text_b_(QStringLiteral("reference-text-b"),
              ReferenceMessages::tr("Sentence B of the text to compare with."), QStringLiteral("text"))
    , model_(QStringLiteral("reference-model"), ReferenceMessages::tr("Another model to compare with."),
             QStringLiteral("model"))
    , trace_(QStringLiteral("reference-trace"),
             ReferenceMessages::tr(
                 "A run that was written to a file, by the command trace or from another program, to "
                 "compare with."),
             QStringLiteral("file"))
    , session_(QStringLiteral("reference-session"),
               ReferenceMessages::tr(
                   "A session saved in the window: its text, model and switches are compared with. "
                   "The other options of the reference take precedence."),
               QStringLiteral("file"))
{
}

void ReferenceOptions::add_to(OptionParser &parser) const
{
    parser.addOptions({text_, text_b_, model_, trace_, session_});
}

std::optional<RunInput> ReferenceOptions::read(const QCommandLineParser &parser, const RunInput &now) const
{
    const bool session = parser.isSet(session_);
    const bool text = parser.isSet(text_);
    const bool text_b = parser.isSet(text_b_);
    if (parser.isSet(trace_)) {
        for (const QCommandLineOption &option : {text_, text_b_, model_, session_}) {
            if (parser.isSet(option))
                throw ArgumentError(
                    ReferenceMessages::tr("--%1 is a run that was made already: --%2 cannot change it.")
                        .arg(trace_.names().constLast(), option.names().constLast()));
        }
        return recordedInput(read_trace(parser.value(trace_)));
    }
    if (!session && !text && !text_b && !parser.isSet(model_))
        return std::nullopt;
    RunInput input = session ? readSessionFile(parser.value(session_), viewKinds()).input : now;
    if (input.recorded && !parser.isSet(model_))
        throw ArgumentError(ReferenceMessages::tr(
            "--trace has no model to run another text: name one with --reference-model."));
    input.recorded = nullptr;
    if (text) {
        // What was masked in another text means nothing in this one.
        input.text = parser.value(text_);
        input.textB.reset();
        input.masked.clear();
        input.replaced.clear();
    }
    if (text_b)
        input.textB = parser.value(text_b_);
    if (input.text.trimmed().isEmpty())
        throw ArgumentError(ReferenceMessages::tr("--reference-text is missing or empty."));
    if (text_b && parser.value(text_b_).trimmed().isEmpty())
        throw ArgumentError(ReferenceMessages::tr("--reference-text-b is missing or empty."));
    if (parser.isSet(model_)) {
        input.model = named_model(parser.value(model_));
        input.reference = referenceOf(*input.model);
    } else if (session) {
        open_model(input, QStringLiteral("--reference-model"));
    }
    input.reference.hash = model_hash(*input.model);
    return input;
}

std::optional<RunInput> ReferenceOptions::of_session(SessionState &state)
{
    using Kind = ReferenceChoice::Kind;
    if (state.reference.kind == Kind::withoutSwitches)
        return std::nullopt;
    std::optional<RunInput> input;
    if (const PinnedRun *run =
            state.reference.kind == Kind::pinned ? pinnedRun(state, state.reference.name) : nullptr) {
        input = run->input;
        open_model(*input, QStringLiteral("--reference-model"));
        input->reference.hash = model_hash(*input->model);
    } else {
        ReferenceRunOf wanted = wantedReference(state, nullptr);
        if (!wanted.input)
            throw Error(wanted.problem);
        input = std::move(wanted.input);
    }
    state.input = shownInput(state);
    return input;
}

} // namespace encoderscope
