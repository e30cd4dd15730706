// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

class Session;

/// Remembers sentence, selection and view for the next start.
void storeSession(const Session &session);

/// Brings them back; at the very first start there is an example sentence. The model is not part of it:
/// it is read off the UI thread.
void restoreSession(Session &session);

} // namespace encoderscope
