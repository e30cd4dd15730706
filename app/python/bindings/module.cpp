// SPDX-License-Identifier: GPL-3.0-or-later
// The Python module encoderscope._native; encoderscope/__init__.pyi says what it offers.
#include "app/python/bindings/values.h"
#include "app/run_options.h"
#include "engine/analysis/head_statistics.h"
#include "engine/version.h"
#include "resources/translations/language.h"
#include "ui/figures/catalogue/catalogue.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

#include <stdexcept>

namespace encoderscope
{

namespace
{

py::tuple names_of_measures()
{
    std::vector<std::string> names;
    for (const auto &[name, measure] : head_measures)
        names.emplace_back(name);
    return py::tuple(py::cast(names));
}

py::tuple names_of_figures()
{
    std::vector<std::string> names;
    for (const FigureKind &kind : catalogue())
        names.emplace_back(kind.name);
    return py::tuple(py::cast(names));
}

void set_language(const std::string &code)
{
    const QString language = from_python(code);
    if (!languages().contains(language))
        throw_unknown_word(QStringLiteral("--language"), language, languages());
    ensure_application();
    installLanguage(language);
}

} // namespace

void read_options(OptionParser &parser, const py::dict &options, const QStringList &refused)
{
    QStringList arguments{QStringLiteral("encoderscope")};
    for (const auto &[key, value] : options) {
        const QString name =
            from_python(py::cast<std::string>(key)).replace(QLatin1Char('_'), QLatin1Char('-'));
        if (refused.contains(name))
            throw py::type_error("\"" + py::cast<std::string>(key) + "\" is no keyword argument here");
        const auto say = [&](const py::handle &one) {
            arguments.append(
                QStringLiteral("--%1=%2").arg(name, from_python(py::cast<std::string>(py::str(one)))));
        };
        if (value.is_none() || py::isinstance<py::bool_>(value)) {
            if (!value.is_none() && py::cast<bool>(value))
                arguments.append(QStringLiteral("--") + name);
        } else if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
            for (const py::handle one : value)
                say(one);
        } else {
            say(value);
        }
    }
    if (!parser.parse(arguments))
        throw ArgumentError(parser.errorText());
}

void ensure_application()
{
    if (QCoreApplication::instance()) {
        if (!qobject_cast<QApplication *>(QCoreApplication::instance()))
            throw std::runtime_error(
                "This needs a QApplication; the process has another application object of Qt.");
        return;
    }
    constexpr const char *runtime = "XDG_RUNTIME_DIR"; // Qt warns without one
    const QTemporaryDir folder;
    const bool without = !qEnvironmentVariableIsSet(runtime);
    if (without)
        qputenv(runtime, QFile::encodeName(folder.path()));
    static char name[] = "encoderscope", platform[] = "-platform", offscreen[] = "offscreen";
    static char *arguments[] = {name, platform, offscreen, nullptr};
    static int count = 3;
    new QApplication(count, arguments); // nobody knows when Python needs it for the last time
    if (without)
        qunsetenv(runtime);
}

} // namespace encoderscope

PYBIND11_MODULE(_native, module)
{
    using namespace encoderscope;
    // For as long as the process lives: the interpreter ends before static objects do.
    static const py::handle error = py::exception<Error>(module, "Error", PyExc_ValueError).release();
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown)
                std::rethrow_exception(thrown);
        } catch (const Error &problem) {
            PyErr_SetString(error.ptr(), problem.what());
        }
    });
    module.attr("__version__") = to_python(program_version());
    module.attr("head_measures") = names_of_measures();
    module.attr("figure_kinds") = names_of_figures();
    module.def("set_language", &set_language, py::arg("code"));
    bind_runs(module);
    bind_corpora(module);
}
