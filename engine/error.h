// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <exception>

namespace encoderscope
{

/// The one exception that the engine throws for input it cannot use: a message for the user that says what is
/// wrong, where (file, field) and what was expected. The message is translated.
class Error : public std::exception
{
public:
    explicit Error(QString message);

    const QString &message() const { return message_; }
    const char *what() const noexcept override { return utf8_.constData(); }

private:
    QString message_;
    QByteArray utf8_;
};

} // namespace encoderscope
