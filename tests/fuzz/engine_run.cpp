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
};

FolderRun::FolderRun(int &argc, char *argv[])
    : parts_(new Parts{.application = {argc, argv}})
{
}

FolderRun::~FolderRun() = default;

QString FolderRun::open(const QString &folder)
{
    try {
        run_model(load_model(folder));
        return {};
    } catch (const Error &error) {
        if (error.message().isEmpty())
            std::abort();
        return error.message();
    }
}

} // namespace encoderscope
