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

    /// Opens the folder. Returns why it was refused; null when it opened.
    QString open(const QString &folder);
    /// Does with the opened one what a user would, who chooses by the number.
    void use(unsigned number);
    /// What was looked at, all in all.
    QString report() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace encoderscope
