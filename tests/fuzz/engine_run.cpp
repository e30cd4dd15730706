// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/model/load_model.h"
#include "tests/fuzz/folder_run.h"
#include "tests/fuzz/run_model.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

namespace encoderscope
{

struct FolderRun::Parts {
    QCoreApplication application;
    ModelPtr model = {};
    int ran = 0;
};

FolderRun::FolderRun(int &argc, char *argv[])
    : parts_(new Parts{.application = {argc, argv}})
{
}

FolderRun::~FolderRun() = default;

namespace
{

/// What was refused must be said.
QString said(const Error &error)
{
    if (error.message().isEmpty())
        std::abort();
    return error.message();
}

} // namespace

QString FolderRun::open(const QString &folder)
{
    try {
        parts_->model = load_model(folder);
        return {};
    } catch (const Error &error) {
        return said(error);
    }
}

void FolderRun::use(unsigned /*number*/)
{
    try {
        run_model(parts_->model);
        ++parts_->ran;
    } catch (const Error &error) {
        std::fprintf(stderr, "  not run: %s\n", qUtf8Printable(said(error)));
    }
}

QString FolderRun::report() const
{
    return QStringLiteral("%1 of those that opened ran, with every output head").arg(parts_->ran);
}

} // namespace encoderscope
