// SPDX-License-Identifier: GPL-3.0-or-later
// Many sentences: corpora made, added to, merged, indexed, and asked for the nearest tokens.
#include "app/corpus_commands.h"
#include "app/python/bindings/values.h"
#include "app/run_options.h"
#include "app/stopped_by_signal.h"
#include "engine/corpus/add_sentences.h"
#include "engine/corpus/merge_corpora.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/sentence_map.h"
#include "engine/corpus/token_index.h"
#include "engine/corpus/vector_search_module.h"

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
        const CorpusSettings settings = settings_to_merge(QStringList(paths.begin(), paths.end()));
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

struct PythonIndex {
    int layer = 0;
    std::string path;
    BuiltIndex built;
};

/// `layer`, or every one after which there are vectors.
std::vector<PythonIndex> index_corpus(const py::object &corpus, std::optional<int> layer)
{
    const QString path = path_from(corpus);
    ensure_application();
    std::vector<PythonIndex> all;
    int signal = 0;
    {
        const Undisturbed undisturbed;
        const StoppedBySignal stopped;
        const CorpusFile file(path, CorpusFile::Access::write);
        const std::vector<int> layers = layer ? std::vector{*layer} : token_layers_of(file);
        for (const int one : layers) {
            const BuiltIndex built = build_token_index(file, one, {}, stopped.token());
            if (built.stopped)
                break;
            all.push_back({one, to_python(token_index_path(path, one)), built});
        }
        signal = stopped.signal();
    }
    end_as_signalled(signal);
    return all;
}

/// A token of a corpus in its sentence.
struct PythonUse {
    double cosine = 0.0;
    std::int64_t sentence = 0;
    std::string source, text, piece;
    std::int64_t line = 0;
    int token = 0;
    std::pair<int, int> place; ///< in the text, in code points
};

/// Of the piece, or of any. `layer`: the last one after which there are vectors.
std::vector<PythonUse> uses_near(const py::object &corpus,
                                 const py::array_t<float, py::array::c_style | py::array::forcecast> &vector,
                                 std::optional<int> layer, const std::optional<std::string> &piece, int most)
{
    if (vector.ndim() != 1)
        throw py::value_error("vector: expected one dimension, found " + std::to_string(vector.ndim()));
    whole_within(QStringLiteral("--most"), QString::number(most), 1, 1'000'000);
    const QString path = path_from(corpus);
    const RowVector wanted = Eigen::Map<const RowVector>(vector.data(), vector.size());
    ensure_application();
    const Undisturbed undisturbed;
    const CorpusFile file(path, CorpusFile::Access::read);
    const int after = layer.value_or(token_layers_of(file).back());
    const PieceUses found = piece ? nearest_tokens(file, after, from_python(*piece), wanted, most)
                                  : nearest_of_any_piece(file, after, wanted, most);
    std::vector<PythonUse> uses;
    for (const auto &[use, sentence] : found.uses) {
        const StoredToken &token = sentence.result.tokens[static_cast<std::size_t>(use.token)];
        uses.push_back({.cosine = static_cast<double>(use.value),
                        .sentence = use.sentence,
                        .source = to_python(sentence.source),
                        .text = to_python(sentence.result.text),
                        .piece = to_python(token.text),
                        .line = sentence.line,
                        .token = use.token,
                        .place = {token.begin, token.end}});
    }
    return uses;
}

struct PythonMap {
    SentenceMap map;
    Matrix positions; ///< [sentences x 2]
};

PythonMap sentence_map(const py::object &corpus, int most)
{
    whole_within(QStringLiteral("--most"), QString::number(most), 1, most_mapped_sentences);
    const QString path = path_from(corpus);
    ensure_application();
    const Undisturbed undisturbed;
    PythonMap made{map_sentences(CorpusFile(path, CorpusFile::Access::read), most), {}};
    made.positions.resize(std::ssize(made.map.sentences), 2);
    for (Index row = 0; row < made.positions.rows(); ++row) {
        const PlacedSentence &one = made.map.sentences[static_cast<std::size_t>(row)];
        made.positions.row(row) << one.x, one.y;
    }
    return made;
}

/// Where vectors [n x d], or one [d], lie along the map's axes.
py::array places_of(const PythonMap &map,
                    const py::array_t<float, py::array::c_style | py::array::forcecast> &vectors)
{
    const Index d = map.map.axes.axes.cols();
    const py::ssize_t last = vectors.ndim() == 0 ? 0 : vectors.shape(vectors.ndim() - 1);
    if (vectors.ndim() < 1 || vectors.ndim() > 2 || last != d)
        throw py::value_error("vectors: expected [n x " + std::to_string(d) + "] or [" + std::to_string(d) +
                              "]");
    return owned(map.map.axes.places_of(Eigen::Map<const Matrix>(vectors.data(), vectors.size() / d, d)));
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
    py::class_<PythonIndex>(module, "Index")
        .def_readonly("layer", &PythonIndex::layer)
        .def_readonly("path", &PythonIndex::path)
        .def_property_readonly("tokens", [](const PythonIndex &index) { return index.built.tokens; })
        .def_property_readonly("bytes", [](const PythonIndex &index) { return index.built.bytes; });
    py::class_<PythonUse>(module, "Use")
        .def_readonly("cosine", &PythonUse::cosine)
        .def_readonly("sentence", &PythonUse::sentence)
        .def_readonly("source", &PythonUse::source)
        .def_readonly("line", &PythonUse::line)
        .def_readonly("text", &PythonUse::text)
        .def_readonly("token", &PythonUse::token)
        .def_readonly("piece", &PythonUse::piece)
        .def_readonly("place", &PythonUse::place);
    module.def("index_corpus", &index_corpus, py::arg("corpus"), py::arg("layer") = py::none());
    module.def("nearest_tokens", &uses_near, py::arg("corpus"), py::arg("vector"), py::kw_only(),
               py::arg("layer") = py::none(), py::arg("piece") = py::none(), py::arg("most") = 20);
    py::class_<PlacedSentence>(module, "PlacedSentence")
        .def_readonly("sentence", &PlacedSentence::number)
        .def_property_readonly("source", [](const PlacedSentence &one) { return to_python(one.source); })
        .def_readonly("line", &PlacedSentence::line)
        .def_property_readonly("beginning",
                               [](const PlacedSentence &one) { return to_python(one.beginning); });
    py::class_<PythonMap>(module, "SentenceMap")
        .def_property_readonly(
            "positions",
            [](const py::object &self) { return view_of(self.cast<const PythonMap &>().positions, self); })
        .def_property_readonly(
            "shares",
            [](const PythonMap &map) { return std::pair(map.map.axes.shares[0], map.map.axes.shares[1]); })
        .def_property_readonly("sentences", [](const PythonMap &map) { return map.map.sentences; })
        .def_property_readonly("all", [](const PythonMap &map) { return map.map.all; })
        .def("places_of", &places_of, py::arg("vectors"));
    module.def("sentence_map", &sentence_map, py::arg("corpus"), py::kw_only(),
               py::arg("most") = usual_mapped_sentences);
    module.def("_look_for_modules_as",
               [](const py::object &folder) { look_for_modules_as(path_from(folder)); });
}

} // namespace encoderscope
