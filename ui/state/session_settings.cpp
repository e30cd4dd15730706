// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/session_settings.h"

#include "ui/state/session.h"
#include "ui/state/settings.h"

namespace encoderscope
{

void storeSession(const Session &session)
{
    store(setting::text, session.text());
    store(setting::pair, !session.textB().isNull());
    store(setting::textB, session.textB());
    store(setting::tokenization, static_cast<int>(session.tokenization()));
    store(setting::hideSpecial, session.hidesSpecial());
    const Pinned &pinned = session.state().pinned;
    store(setting::layer, pinned.layer);
    store(setting::head, pinned.head);
}

void restoreSession(Session &session)
{
    SessionState state = session.state();
    state.pinned.layer = load(setting::layer);
    state.pinned.head = load(setting::head);
    state.hidesSpecial = load(setting::hideSpecial);
    const int tokenization = load(setting::tokenization);
    for (const Tokenization known : {Tokenization::word, Tokenization::character}) {
        if (tokenization == static_cast<int>(known))
            state.input.tokenization = known;
    }
    if (load(setting::pair))
        state.input.textB = load(setting::textB);
    state.input.text = load(setting::text);
    session.begin(std::move(state));
}

} // namespace encoderscope
