// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "engine/matrix.h"
#include "engine/platform/platform.h"
#include "ui/state/frame.h"

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <string>

namespace py = pybind11;

namespace encoderscope
{

inline QString from_python(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string to_python(const QString &text)
{
    return text.toStdString();
}

/// A path or a name: str, or whatever os.fspath() takes. Throws Python's TypeError.
inline QString path_from(const py::object &path)
{
    return from_python(py::cast<std::string>(py::module_::import("os").attr("fspath")(path)));
}

/// Stands around long work: Python's other threads go on, and no handler of a signal runs on this thread,
/// nor on those that it starts. A signal that comes has its effect afterwards.
struct Undisturbed {
    platform::HeldSignals held{platform::HeldSignals::Which::all};
    py::gil_scoped_release unlocked;
};

/// Numbers that `owner` keeps alive [rows x columns], `stride` floats from row to row: no copy, and not to be
/// written to.
inline py::array view_of(const float *data, Index rows, Index columns, Index stride, const py::object &owner)
{
    constexpr auto size = static_cast<py::ssize_t>(sizeof(float));
    py::array_t<float> array({rows, columns}, {size * stride, size}, data, owner);
    array.attr("setflags")(py::arg("write") = false);
    return array;
}

inline py::array view_of(const Matrix &matrix, const py::object &owner)
{
    return view_of(matrix.data(), matrix.rows(), matrix.cols(), matrix.cols(), owner);
}

/// Numbers that were computed for Python, which takes them over without a copy.
template <typename Numbers>
py::array owned(Numbers numbers)
{
    using Scalar = typename Numbers::Scalar;
    constexpr auto size = static_cast<py::ssize_t>(sizeof(Scalar));
    auto *kept = new Numbers(std::move(numbers));
    const py::capsule owner(kept, [](void *pointer) { delete static_cast<Numbers *>(pointer); });
    if constexpr (Numbers::IsVectorAtCompileTime)
        return py::array_t<Scalar>({kept->size()}, {size}, kept->data(), owner);
    else
        return py::array_t<Scalar>({kept->rows(), kept->cols()},
                                   {size * kept->rowStride(), size * kept->colStride()}, kept->data(), owner);
}

struct PythonModel {
    ModelPtr model;
};

/// A run with what figures and explanations of it need.
struct PythonTrace {
    Frame frame;

    const Trace &trace() const { return *frame.compared.now; }
    /// A layer or head, counted from 1, as an index. Throws Python's IndexError.
    int layer(int number) const { return within(number, 1, trace().layers(), "layer") - 1; }
    int head(int number) const { return within(number, 1, trace().heads(), "head") - 1; }
    int token(int number) const { return within(number, 0, trace().tokens() - 1, "token"); }

private:
    static int within(int number, int first, int last, const char *what)
    {
        if (number < first || number > last)
            throw py::index_error(std::string(what) + " " + std::to_string(number) + " is not within " +
                                  std::to_string(first) + " to " + std::to_string(last));
        return number;
    }
};

/// Keyword arguments as options of the command line: `text_size=9` is --text-size 9, True a flag, a list an
/// option that is repeated; None and False say nothing. Throws Python's TypeError for those of `refused`,
/// ArgumentError for what `parser` does not have.
void read_options(OptionParser &parser, const py::dict &options, const QStringList &refused);

/// The one application object of Qt that fonts, painting and databases need, without a display: made when it
/// is first asked for, and there until the process ends. Throws std::runtime_error when another one is there
/// that cannot paint.
void ensure_application();

void bind_runs(py::module_ &module);
void bind_explanations(py::class_<PythonTrace> &trace, py::module_ &module);
void bind_figures(py::class_<PythonTrace> &trace, py::module_ &module);
void bind_corpora(py::module_ &module);

} // namespace encoderscope
