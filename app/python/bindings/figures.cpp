// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of the catalogue, of a trace.
#include "app/figure_arguments.h"
#include "app/python/bindings/values.h"
#include "app/run_options.h"
#include "app/target_option.h"
#include "engine/file_writer.h"
#include "engine/model/model_hash.h"
#include "ui/figures/figure_renderer.h"

#include <QApplication>
#include <QThread>

#include <stdexcept>

namespace encoderscope
{

namespace
{

struct PythonFigure {
    FigurePtr figure;
    PictureLook look;
};

/// How the run is shown: as it is, or beside or less the one that it is compared with.
Frame compared_frame(const PythonTrace &self, const PythonTrace *reference, Comparison comparison)
{
    SessionState state = self.frame.state;
    state.comparison = comparison;
    const TracePtr before = reference ? reference->frame.compared.now : self.frame.compared.before;
    Frame frame = frameOf(state, {self.frame.compared.now, before, comparison});
    if (reference) {
        frame.reference = ReferenceRun::other;
        frame.referenceHash = model_hash(before->model());
    }
    return frame;
}

const FigureKind &kind_named(const QString &name)
{
    if (const FigureKind *kind = findFigureKind(name))
        return *kind;
    QStringList known;
    for (const FigureKind &kind : catalogue())
        known.append(QLatin1String(kind.name));
    throw_unknown_word(QStringLiteral("KIND"), name, known);
}

PythonFigure figure_of(const PythonTrace &self, const std::string &name, const PythonTrace *reference,
                       const std::optional<std::string> &compare, bool hide_special,
                       const std::optional<std::string> &title, const std::optional<std::string> &caption,
                       const py::kwargs &options)
{
    const QString kind_name = from_python(name);
    const FigureKind &kind = kind_named(kind_name);
    const PictureOptions picture{QString()};
    const TargetOptions target;
    OptionParser parser;
    parser.addOptions(options_of(kind)); // those of the target too, where the kind has one
    picture.add_to(parser);
    read_options(parser, options,
                 {QStringLiteral("o"), QStringLiteral("output"), QStringLiteral("format"),
                  QStringLiteral("language"), QStringLiteral("all-heads")});
    ensure_application();
    const PictureLook look = picture.look(parser);
    const Comparison comparison = comparison_named(compare     ? from_python(*compare)
                                                   : reference ? QStringLiteral("difference")
                                                               : QStringLiteral("now"));
    const Parameters parameters = parameters_of(kind, parser);

    const Undisturbed undisturbed;
    Frame frame = compared_frame(self, reference, comparison);
    frame.state.hidesSpecial = hide_special;
    if (kind.page == FigurePage::why && self.trace().has(TracePart::model))
        target.read(parser, frame.state);
    if (const QString unfit = unfitParameter(kind, frame, parameters); !unfit.isEmpty())
        throw ArgumentError(unfit);
    const MadeFigure made = figureOf(kind, frame, parameters);
    if (!made.figure)
        throw Error(made.reason);
    if (!title && !caption)
        return {made.figure, look};
    auto changed = std::make_shared<Figure>(*made.figure);
    if (title)
        changed->title = from_python(*title);
    if (caption)
        changed->caption = from_python(*caption);
    return {changed, look};
}

/// The content of a file. Throws Error, and std::runtime_error where Qt paints such a figure in one thread
/// only.
QByteArray bytes_of(const PythonFigure &self, FigureFormat format)
{
    const bool numbers =
        format == FigureFormat::csv || format == FigureFormat::json || format == FigureFormat::npy;
    const bool here = QThread::currentThread() == qApp->thread();
    if (!numbers && !here && needsGuiThread(*self.figure))
        throw std::runtime_error("\"" + to_python(self.figure->title) +
                                 "\" can be painted only in the thread in which the first figure was made");
    const Undisturbed undisturbed;
    return figureBytes(self.figure, self.look.style, format,
                       numbers ? FileOptions{} : file_options(self.figure, self.look));
}

py::bytes python_bytes(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

py::object shown_svg(const PythonFigure &self)
{
    constexpr qsizetype most = 2 << 20; // a notebook keeps it: larger pictures are shown as pixels
    const QByteArray svg = bytes_of(self, FigureFormat::svg);
    if (svg.size() > most)
        return py::none();
    return py::cast(svg.toStdString());
}

} // namespace

void bind_figures(py::class_<PythonTrace> &trace, py::module_ &module)
{
    py::class_<PythonFigure>(module, "Figure")
        .def_property_readonly("title",
                               [](const PythonFigure &self) { return to_python(self.figure->title); })
        .def_property_readonly("caption",
                               [](const PythonFigure &self) { return to_python(self.figure->caption); })
        .def("svg", [](const PythonFigure &self) { return bytes_of(self, FigureFormat::svg).toStdString(); })
        .def("png", [](const PythonFigure &self) { return python_bytes(bytes_of(self, FigureFormat::png)); })
        .def("csv", [](const PythonFigure &self) { return bytes_of(self, FigureFormat::csv).toStdString(); })
        .def("numbers",
             [](const PythonFigure &self) {
                 const py::bytes npy = python_bytes(bytes_of(self, FigureFormat::npy));
                 return py::module_::import("numpy").attr("load")(
                     py::module_::import("io").attr("BytesIO")(npy));
             })
        .def(
            "save",
            [](const PythonFigure &self, const py::object &path) {
                const QString file = path_from(path);
                write_file(file, bytes_of(self, formatOf(file)));
            },
            py::arg("path"))
        .def("_repr_svg_", &shown_svg)
        .def("_repr_png_",
             [](const PythonFigure &self) { return python_bytes(bytes_of(self, FigureFormat::png)); });
    trace.def("figure", &figure_of, py::arg("kind"), py::arg("reference") = py::none(),
              py::arg("compare") = py::none(), py::arg("hide_special") = false, py::arg("title") = py::none(),
              py::arg("caption") = py::none());
}

} // namespace encoderscope
