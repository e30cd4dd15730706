// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace encoderscope
{

/// What is done with each folder: engine_run.cpp or window_run.cpp, whichever is linked.
class FolderRun
{
public:
    FolderRun(int &argc, char *argv[]);
    ~FolderRun();

    /// Opens the folder and does with it what a user would. Returns why it was refused; null when it opened.
    QString open(const QString &folder);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace encoderscope
