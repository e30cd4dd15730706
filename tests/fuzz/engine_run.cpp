// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/model/load_model.h"
#include "tests/fuzz/folder_run.h"
#include "tests/fuzz/run_model.h"

#include <QCoreApplication>

#include <cstdlib>

namespace encoderscope
{

struct FolderRun::Parts {
    QCoreApplication application;
    ModelPtr model = {};
};

FolderRun::FolderRun(int &argc, char *argv[])
    : parts_(new Parts{.application = {argc, argv}})
{
}

FolderRun::~FolderRun() = default;

QString FolderRun::open(const QString &folder)
{
    try {
        parts_->model = load_model(folder);
        return {};
    } catch (const Error &error) {
        if (error.message().isEmpty())
            std::abort();
        return error.message();
    }
}

void FolderRun::use(unsigned /*number*/)
{
    run_model(parts_->model);
}

QString FolderRun::report() const
{
    return QStringLiteral("each run and its heads computed");
}

} // namespace encoderscope
