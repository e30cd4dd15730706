// SPDX-License-Identifier: GPL-3.0-or-later
// Many sentences: corpora made, added to and merged.
#include "app/python/bindings/values.h"
#include "app/run_options.h"
#include "app/stopped_by_signal.h"
#include "engine/corpus/add_sentences.h"
#include "engine/corpus/merge_corpora.h"

#include <QFileInfo>

#include <csignal>

namespace encoderscope
{

namespace
{

/// What stopped the work has its usual effect: Ctrl-C raises KeyboardInterrupt.
void end_as_signalled(int signal)
{
    if (signal == 0)
        return;
    std::raise(signal); // at once, and in this thread
    if (PyErr_CheckSignals() != 0)
        throw py::error_already_set();
}

std::vector<QString> paths_of(const py::object &paths)
{
    if (py::isinstance<py::str>(paths) || py::hasattr(paths, "__fspath__"))
        return {path_from(paths)};
    std::vector<QString> all;
    for (const py::handle path : paths)
        all.push_back(path_from(py::reinterpret_borrow<py::object>(path)));
    return all;
}

Shard shard_of(const std::pair<int, int> &shard)
{
    const auto [number, count] = shard;
    if (number < 1 || number > count)
        throw py::value_error("shard (" + std::to_string(number) + ", " + std::to_string(count) +
                              "): expected (3, 16) for the third of 16 parts");
    return {number - 1, count};
}

SentenceFormat format_of(const QString &path, const std::optional<std::string> &format)
{
    return format ? one_of(QStringLiteral("--format"), from_python(*format), sentence_formats)
                  : format_of_file(path);
}

AddProgress add_to_corpus(const PythonModel &model, const py::object &files, const py::object &output,
                          const std::pair<int, int> &shard, const std::optional<std::string> &name,
                          const std::optional<std::string> &format, const std::optional<std::string> &field,
                          std::optional<int> max_tokens, std::optional<int> examples, bool refuse_long,
                          bool skip_bad_lines, const std::vector<int> &token_vectors)
{
    const std::vector<QString> paths = paths_of(files);
    const QString corpus_path = path_from(output);
    if (name && paths.size() > 1)
        throw py::value_error("name is for one file");
    const int most = model.model->config.max_positions;
    if (max_tokens)
        whole_within(QStringLiteral("--max-tokens"), QString::number(*max_tokens), 3,
                     most > 0 ? most : 1 << 16);
    if (examples)
        whole_within(QStringLiteral("--examples"), QString::number(*examples), 0, most_kept_examples);
    AddOptions options{.shard = shard_of(shard),
                       .name = from_python(name.value_or(std::string())),
                       .refuse_long = refuse_long,
                       .bad_line = {}};
    if (skip_bad_lines)
        options.bad_line = [](const BadLine &) {};
    if (!layers_from_text(layers_as_text(token_vectors), model.model->config.layers))
        throw py::value_error("token_vectors: expected layers from 1 to " +
                              std::to_string(model.model->config.layers) + ", in order");
    ensure_application();
    AddProgress all;
    int signal = 0;
    {
        const Undisturbed undisturbed;
        const StoppedBySignal stopped;
        const CorpusSettings settings =
            settings_of(*model.model, max_tokens.value_or(usual_max_tokens(*model.model)),
                        examples.value_or(CorpusSettings().examples), token_vectors);
        CorpusFile corpus(corpus_path, settings);
        CorpusWriter writer(corpus);
        for (const QString &path : paths) {
            SentenceReader reader({.path = path,
                                   .format = format_of(path, format),
                                   .field = from_python(field.value_or(std::string()))});
            const AddProgress one =
                add_sentences(writer, settings, model.model, reader, options, {}, stopped.token());
            all.added += one.added;
            all.present += one.present;
            all.bad += one.bad;
            all.cut += one.cut;
            all.not_finite += one.not_finite;
            if (one.stopped)
                break;
        }
        signal = stopped.signal();
    }
    end_as_signalled(signal);
    return all;
}

MergeProgress merge_corpora(const py::object &corpora, const py::object &output)
{
    const std::vector<QString> paths = paths_of(corpora);
    const QString into = path_from(output);
    if (paths.empty())
        throw py::value_error("no corpora to merge");
    for (const QString &path : paths) {
        if (QFileInfo(path).exists() &&
            QFileInfo(path).canonicalFilePath() == QFileInfo(into).canonicalFilePath())
            throw py::value_error(to_python(path) + " cannot be merged into itself");
    }
    ensure_application();
    MergeProgress all;
    int signal = 0;
    {
        const Undisturbed undisturbed;
        const StoppedBySignal stopped;
        const CorpusSettings settings = CorpusFile(paths.front(), CorpusFile::Access::read).settings();
        CorpusFile corpus(into, settings);
        CorpusWriter writer(corpus);
        for (const QString &path : paths) {
            const MergeProgress one =
                merge_corpus(writer, CorpusFile(path, CorpusFile::Access::read), settings, stopped.token());
            all.added += one.added;
            all.present += one.present;
            if (one.stopped)
                break;
        }
        signal = stopped.signal();
    }
    end_as_signalled(signal);
    return all;
}

} // namespace

void bind_corpora(py::module_ &module)
{
    py::class_<AddProgress>(module, "Added")
        .def_readonly("added", &AddProgress::added)
        .def_readonly("present", &AddProgress::present)
        .def_readonly("bad", &AddProgress::bad)
        .def_readonly("cut", &AddProgress::cut)
        .def_readonly("not_finite", &AddProgress::not_finite);
    py::class_<MergeProgress>(module, "Merged")
        .def_readonly("added", &MergeProgress::added)
        .def_readonly("present", &MergeProgress::present);
    module.def("add_to_corpus", &add_to_corpus, py::arg("model"), py::arg("files"), py::arg("output"),
               py::kw_only(), py::arg("shard") = std::pair(1, 1), py::arg("name") = py::none(),
               py::arg("format") = py::none(), py::arg("field") = py::none(),
               py::arg("max_tokens") = py::none(), py::arg("examples") = py::none(),
               py::arg("refuse_long") = false, py::arg("skip_bad_lines") = false,
               py::arg("token_vectors") = std::vector<int>());
    module.def("merge_corpora", &merge_corpora, py::arg("corpora"), py::arg("output"));
}

} // namespace encoderscope
