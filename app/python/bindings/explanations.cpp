// SPDX-License-Identifier: GPL-3.0-or-later
// What tokens and parts of the encoder did for a number of the run.
#include "app/python/bindings/values.h"
#include "app/target_option.h"
#include "engine/attribution/sweep.h"
#include "engine/attribution/token_methods.h"

namespace encoderscope
{

namespace
{

struct PythonAttribution {
    std::string method, target;
    double value = 0.0;
    std::vector<std::string> tokens;
    py::array scores; ///< [tokens]
    std::optional<double> gap, baseline_value;
};

struct PythonSweep {
    std::string target;
    double value = 0.0;
    py::array heads, importance;               ///< [layers x heads]
    py::array attention, feed_forward, layers; ///< [layers]
    py::array tokens;                          ///< [tokens]
    std::optional<double> positions;
};

TokenMethod method_named(const QString &name)
{
    QStringList known;
    for (const NamedMethod &one : token_methods()) {
        if (name == QLatin1String(one.name))
            return one.method;
        known.append(QLatin1String(one.name));
    }
    throw_unknown_word(QStringLiteral("--method"), name, known);
}

/// What the keyword arguments target, measure and contrast name in the run.
ChosenTarget target_in(const PythonTrace &self, const py::kwargs &options)
{
    const TargetOptions target;
    OptionParser parser;
    target.add_to(parser);
    read_options(parser, options, {});
    const Undisturbed undisturbed;
    Frame frame = self.frame;
    if (self.trace().has(TracePart::model)) // else it is said that nothing can be explained
        target.read(parser, frame.state);
    return chosenTarget(frame);
}

PythonAttribution attribution_of(const PythonTrace &self, const std::string &method,
                                 const std::string &baseline, int steps, const py::kwargs &options)
{
    const TokenMethod how = method_named(from_python(method));
    const Baseline other = one_of(QStringLiteral("--baseline"), from_python(baseline), baselines);
    whole_within(QStringLiteral("--steps"), QString::number(steps), 1, most_gradient_steps);
    const ChosenTarget chosen = target_in(self, options);
    MethodScores found;
    double value = 0.0;
    {
        const Undisturbed undisturbed;
        found = token_scores(how, chosen.target, *chosen.trace, other, steps);
        value = target_value(chosen.target, *chosen.trace);
    }
    std::vector<std::string> tokens;
    for (const QString &text : token_texts(*chosen.trace))
        tokens.push_back(to_python(text));
    return {.method = method,
            .target = to_python(targetText(chosen)),
            .value = value,
            .tokens = std::move(tokens),
            .scores = owned(std::move(found.scores)),
            .gap = found.gap,
            .baseline_value = found.baseline_value};
}

PythonSweep sweep_of(const PythonTrace &self, const py::kwargs &options)
{
    const ChosenTarget chosen = target_in(self, options);
    Sweep found;
    Eigen::MatrixXd importance;
    {
        const Undisturbed undisturbed;
        found = sweep(chosen.target, *chosen.trace);
        importance = head_importance(*chosen.trace, target_gradients(chosen.target, *chosen.trace));
    }
    return {.target = to_python(targetText(chosen)),
            .value = found.value,
            .heads = owned(std::move(found.heads)),
            .importance = owned(std::move(importance)),
            .attention = owned(std::move(found.attention)),
            .feed_forward = owned(std::move(found.feed_forward)),
            .layers = owned(std::move(found.layers)),
            .tokens = owned(std::move(found.tokens)),
            .positions = found.positions};
}

} // namespace

void bind_explanations(py::class_<PythonTrace> &trace, py::module_ &module)
{
    py::class_<PythonAttribution>(module, "Attribution")
        .def_readonly("method", &PythonAttribution::method)
        .def_readonly("target", &PythonAttribution::target)
        .def_readonly("value", &PythonAttribution::value)
        .def_readonly("tokens", &PythonAttribution::tokens)
        .def_readonly("scores", &PythonAttribution::scores)
        .def_readonly("gap", &PythonAttribution::gap)
        .def_readonly("baseline_value", &PythonAttribution::baseline_value);
    py::class_<PythonSweep>(module, "Sweep")
        .def_readonly("target", &PythonSweep::target)
        .def_readonly("value", &PythonSweep::value)
        .def_readonly("heads", &PythonSweep::heads)
        .def_readonly("importance", &PythonSweep::importance)
        .def_readonly("attention", &PythonSweep::attention)
        .def_readonly("feed_forward", &PythonSweep::feed_forward)
        .def_readonly("layers", &PythonSweep::layers)
        .def_readonly("tokens", &PythonSweep::tokens)
        .def_readonly("positions", &PythonSweep::positions);
    trace
        .def("attribution", &attribution_of, py::arg("method") = "integrated-gradients",
             py::arg("baseline") = "mask", py::arg("steps") = 50)
        .def("sweep", &sweep_of);
    std::vector<std::string> methods;
    for (const NamedMethod &one : token_methods())
        methods.emplace_back(one.name);
    module.attr("attribution_methods") = py::tuple(py::cast(methods));
}

} // namespace encoderscope
