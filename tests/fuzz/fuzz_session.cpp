// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_folder.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

using namespace encoderscope;

/// A session file; what is accepted must come back the same when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString file = QStringLiteral("a.encoderscope");
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        const SessionState state = readSession(JsonField::parse(bytes, file), viewKinds());
        if (readSession(JsonField::parse(sessionBytes(state), file), viewKinds()) != state)
            std::abort();
    } catch (const Error &error) {
        check_message(error, file);
    }
    return 0;
}
