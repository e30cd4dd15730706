// SPDX-License-Identifier: GPL-3.0-or-later
// Models, and the tensors of their runs.
#include "app/python/bindings/values.h"
#include "app/run_options.h"
#include "engine/analysis/head_statistics.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/sentence_vectors.h"
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "engine/analysis/trace_tensors.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"
#include "engine/model/model_hash.h"
#include "ui/state/run.h"
#include "ui/state/session.h"
#include "ui/state/session_file.h"

namespace encoderscope
{

namespace
{

PythonModel opened_model(const py::object &source)
{
    if (source.is_none()) {
        const Undisturbed undisturbed;
        return {default_model()};
    }
    const QString name = path_from(source);
    const Undisturbed undisturbed;
    return {named_model(name)};
}

PythonTrace run_model(const PythonModel &self, const std::string &text, const std::optional<std::string> &b,
                      const py::kwargs &options)
{
    const RunOptions run;
    OptionParser parser;
    run.add_to(parser);
    read_options(parser, options,
                 {QStringLiteral("session"), QStringLiteral("text"), QStringLiteral("text-file"),
                  QStringLiteral("text-b"), QStringLiteral("model")});
    SessionState state;
    state.input.text = from_python(text);
    if (b)
        state.input.textB = from_python(*b);
    state.input.model = self.model;
    state.input.reference = referenceOf(*self.model);
    const Undisturbed undisturbed;
    run.apply(parser, state.input);
    RunCaches caches;
    const RunResult result = runAlone(state.input, caches);
    return {frameOf(state, {result.now, result.before})};
}

PythonTrace opened_trace(const py::object &path)
{
    const QString file = path_from(path);
    const Undisturbed undisturbed;
    SessionState state;
    state.input = recordedInput(read_trace(file));
    return {frameOf(state, {state.input.recorded, state.input.recorded})};
}

/// Calls `visit(name, matrix)` for each tensor that the trace stores, by its name in a trace's file.
template <typename Visit>
void each_tensor(const Trace &trace, const Visit &visit)
{
    const auto stages = [&visit](const auto &values, const auto &table, const QString &stem) {
        for (const auto &tensor : table) {
            if (const Matrix &matrix = values.*tensor.values; matrix.size() > 0)
                visit(stem + QLatin1String(tensor.name), matrix);
        }
    };
    stages(trace.embedding(), embedding_tensors, QStringLiteral("embedding."));
    for (int layer = 0; layer < trace.layers(); ++layer)
        stages(trace.layer(layer), layer_tensors, layer_tensor_name(layer, ""));
    visit(QStringLiteral("output"), trace.output());
}

std::vector<std::string> names_of_tensors(const PythonTrace &self)
{
    std::vector<std::string> names;
    each_tensor(self.trace(),
                [&names](const QString &name, const Matrix &) { names.push_back(to_python(name)); });
    return names;
}

const Matrix *find_tensor(const PythonTrace &self, const std::string &wanted)
{
    const Matrix *found = nullptr;
    each_tensor(self.trace(), [&, name = from_python(wanted)](const QString &one, const Matrix &matrix) {
        if (one == name)
            found = &matrix;
    });
    return found;
}

py::array tensor_named(const py::object &self, const std::string &name)
{
    const Matrix *found = find_tensor(py::cast<const PythonTrace &>(self), name);
    if (!found)
        throw py::key_error(name);
    return view_of(*found, self);
}

/// All heads side by side, or the columns of one.
template <Matrix LayerTrace::*member>
py::array of_heads(const py::object &self, int number, std::optional<int> head)
{
    const auto &run = py::cast<const PythonTrace &>(self);
    const Matrix &all = run.trace().layer(run.layer(number)).*member;
    if (all.size() == 0)
        throw py::key_error("the file of the trace lacks this");
    if (!head)
        return view_of(all, self);
    const Index width = all.cols() / run.trace().heads();
    return view_of(all.data() + width * run.head(*head), all.rows(), width, all.cols(), self);
}

py::array weights_of_heads(const PythonTrace &self, int number, std::optional<int> head)
{
    const Trace &trace = self.trace();
    const int layer = self.layer(number);
    const int first = head ? self.head(*head) : 0;
    const int count = head ? 1 : trace.heads();
    if (!trace.has(TracePart::weights, layer))
        throw py::key_error("the file of the trace lacks the attention weights of layer " +
                            std::to_string(number));
    const int n = trace.tokens();
    Matrix weights(static_cast<Index>(count) * n, n);
    {
        const Undisturbed undisturbed;
        for (int one = 0; one < count; ++one)
            weights.middleRows(static_cast<Index>(one) * n, n) = trace.attention_weights(layer, first + one);
    }
    const py::array all = owned(std::move(weights));
    return head ? all : py::array(all.attr("reshape")(count, n, n));
}

py::dict statistics_of_heads(const PythonTrace &self)
{
    const Trace &trace = self.trace();
    if (!trace.has(TracePart::weights))
        throw py::key_error("the file of the trace lacks attention weights");
    std::vector<HeadStatistics> heads;
    {
        const Undisturbed undisturbed;
        heads = head_statistics(trace);
    }
    py::dict all;
    for (const auto &[name, measure] : head_measures) {
        Matrix numbers(trace.layers(), trace.heads());
        for (std::size_t head = 0; head < heads.size(); ++head)
            numbers(static_cast<Index>(head)) = (heads[head].*measure).value();
        all[name] = owned(std::move(numbers));
    }
    return all;
}

py::array vectors_of_sentences(const PythonModel &self, const std::vector<std::string> &texts)
{
    std::vector<QString> all;
    all.reserve(texts.size());
    for (const std::string &text : texts)
        all.push_back(from_python(text));
    Matrix vectors;
    {
        const Undisturbed undisturbed;
        vectors = sentence_vectors(self.model, all);
    }
    return owned(std::move(vectors));
}

py::array vector_of_sentence(const PythonTrace &self)
{
    RowVector vector;
    {
        const Undisturbed undisturbed;
        vector = sentence_vector(self.trace());
    }
    return owned(std::move(vector));
}

std::vector<std::pair<std::string, float>> words_at(const PythonTrace &self, int token, int count)
{
    self.token(token);
    const Undisturbed undisturbed;
    std::vector<std::pair<std::string, float>> words;
    for (const WordPrediction &word : masked_word_predictions(self.trace(), token, count))
        words.emplace_back(to_python(word.piece), word.probability);
    return words;
}

std::vector<std::pair<std::string, float>> labels_of(const PythonTrace &self)
{
    const Undisturbed undisturbed;
    std::vector<std::pair<std::string, float>> labels;
    for (const ClassPrediction &one : class_predictions(self.trace()))
        labels.emplace_back(to_python(one.label), one.value);
    return labels;
}

std::vector<std::string> pieces_of(const PythonTrace &self)
{
    std::vector<std::string> all;
    for (const Token &token : self.trace().encoding().tokens)
        all.push_back(to_python(token.piece));
    return all;
}

py::array ids_of(const PythonTrace &self)
{
    Eigen::VectorXi all(self.trace().tokens());
    for (int token = 0; token < self.trace().tokens(); ++token)
        all(token) = self.trace().token(token).id;
    return owned(std::move(all));
}

void bind_model(py::module_ &module)
{
    py::class_<PythonModel>(module, "Model")
        .def_property_readonly("name", [](const PythonModel &self) { return to_python(self.model->name); })
        .def_property_readonly("hash",
                               [](const PythonModel &self) { return to_python(model_hash(*self.model)); })
        .def_property_readonly("layers", [](const PythonModel &self) { return self.model->config.layers; })
        .def_property_readonly("heads", [](const PythonModel &self) { return self.model->config.heads; })
        .def_property_readonly("d_model", [](const PythonModel &self) { return self.model->config.d_model; })
        .def_property_readonly("d_ff", [](const PythonModel &self) { return self.model->config.d_ff; })
        .def_property_readonly("max_tokens",
                               [](const PythonModel &self) { return self.model->config.max_positions; })
        .def("run", &run_model, py::arg("text"), py::arg("b") = py::none())
        .def("sentence_vectors", &vectors_of_sentences, py::arg("texts"))
        .def("__repr__", [](const PythonModel &self) {
            const EncoderConfig &config = self.model->config;
            return to_python(QStringLiteral("<encoderscope.Model \"%1\": %2 layers, %3 heads, d_model %4>")
                                 .arg(self.model->name)
                                 .arg(config.layers)
                                 .arg(config.heads)
                                 .arg(config.d_model));
        });
}

void bind_tensors(py::class_<PythonTrace> &trace)
{
    trace.def("keys", &names_of_tensors)
        .def("__getitem__", &tensor_named, py::arg("name"))
        .def("__contains__", [](const PythonTrace &self,
                                const std::string &name) { return find_tensor(self, name) != nullptr; })
        .def("__iter__", [](const PythonTrace &self) { return py::iter(py::cast(names_of_tensors(self))); })
        .def("__len__", [](const PythonTrace &self) { return names_of_tensors(self).size(); })
        .def_property_readonly("output",
                               [](const py::object &self) {
                                   return view_of(py::cast<const PythonTrace &>(self).trace().output(), self);
                               })
        .def(
            "hidden",
            [](const py::object &self, int number) {
                const auto &run = py::cast<const PythonTrace &>(self);
                return view_of(run.trace().hidden(number == 0 ? -1 : run.layer(number)), self);
            },
            py::arg("layer"))
        .def("query", &of_heads<&LayerTrace::query>, py::arg("layer"), py::arg("head") = py::none())
        .def("key", &of_heads<&LayerTrace::key>, py::arg("layer"), py::arg("head") = py::none())
        .def("value", &of_heads<&LayerTrace::value>, py::arg("layer"), py::arg("head") = py::none())
        .def(
            "neurons",
            [](const py::object &self, int number) {
                const auto &run = py::cast<const PythonTrace &>(self);
                run.layer(number);
                return tensor_named(self, "layer." + std::to_string(number) + ".feed_forward.activation");
            },
            py::arg("layer"))
        .def("attention_weights", &weights_of_heads, py::arg("layer"), py::arg("head") = py::none());
}

} // namespace

void bind_runs(py::module_ &module)
{
    module.def("load", &opened_model, py::arg("folder_or_name") = py::none());
    module.def("read_trace", &opened_trace, py::arg("path"));
    py::class_<PythonTrace> trace(module, "Trace");
    bind_model(module);
    trace
        .def_property_readonly(
            "text", [](const PythonTrace &self) { return to_python(self.trace().encoding().text); })
        .def_property_readonly("b",
                               [](const PythonTrace &self) -> std::optional<std::string> {
                                   const QString &b = self.trace().encoding().text_b;
                                   return b.isNull() ? std::nullopt : std::optional(to_python(b));
                               })
        .def_property_readonly("cut",
                               [](const PythonTrace &self) {
                                   const Encoding &encoding = self.trace().encoding();
                                   return encoding.cut_a >= 0 || encoding.cut_b >= 0;
                               })
        .def_property_readonly(
            "model", [](const PythonTrace &self) { return PythonModel{self.trace().model_pointer()}; })
        .def_property_readonly("tokens", &pieces_of)
        .def_property_readonly("ids", &ids_of)
        .def_property_readonly("layers", [](const PythonTrace &self) { return self.trace().layers(); })
        .def_property_readonly("heads", [](const PythonTrace &self) { return self.trace().heads(); })
        .def("head_statistics", &statistics_of_heads)
        .def("sentence_vector", &vector_of_sentence)
        .def("predictions", &words_at, py::arg("token"), py::arg("count") = 5)
        .def("classes", &labels_of)
        .def(
            "save",
            [](const PythonTrace &self, const py::object &path) {
                const QString file = path_from(path);
                const Undisturbed undisturbed;
                write_trace(self.trace(), file);
            },
            py::arg("path"))
        .def(
            "save_session",
            [](const PythonTrace &self, const py::object &path) {
                writeSessionFile(self.frame.state, path_from(path));
            },
            py::arg("path"))
        .def("__repr__", [](const PythonTrace &self) {
            return to_python(QStringLiteral("<encoderscope.Trace of %1 tokens by \"%2\">")
                                 .arg(self.trace().tokens())
                                 .arg(self.trace().model().name));
        });
    bind_tensors(trace);
    bind_explanations(trace, module);
    bind_figures(trace, module);
}

} // namespace encoderscope
