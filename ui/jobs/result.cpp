// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/result.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <new>

namespace encoderscope
{

QString messageOfCurrentException()
{
    try {
        throw;
    } catch (const Error &error) {
        return error.message();
    } catch (const std::bad_alloc &) {
        return QCoreApplication::translate("Jobs", "There is not enough memory.");
    } catch (const std::exception &exception) {
        return QCoreApplication::translate("Jobs", "Something unforeseen went wrong: %1")
            .arg(QString::fromLocal8Bit(exception.what()));
    } catch (...) {
        return QCoreApplication::translate("Jobs", "Something unforeseen went wrong.");
    }
}

} // namespace encoderscope
