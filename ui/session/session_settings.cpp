// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_settings.h"

#include "ui/session/session.h"
#include "ui/session/settings.h"

namespace encoderscope
{

void storeSession(const Session &session)
{
    store(setting::text, session.text());
    store(setting::pair, !session.textB().isNull());
    store(setting::textB, session.textB());
    store(setting::tokenization, static_cast<int>(session.tokenization()));
    store(setting::hideSpecial, session.hidesSpecial());
    const Selected &pinned = session.selection().pinned();
    store(setting::layer, pinned.layer);
    store(setting::head, pinned.head);
    store(setting::query, pinned.query);
    store(setting::keyToken, pinned.key);
}

void restoreSession(Session &session)
{
    session.selection().pin({.layer = load(setting::layer),
                             .head = load(setting::head),
                             .query = load(setting::query),
                             .key = load(setting::keyToken)});
    session.setHidesSpecial(load(setting::hideSpecial));
    const int tokenization = load(setting::tokenization);
    for (const Tokenization known : {Tokenization::word, Tokenization::character}) {
        if (tokenization == static_cast<int>(known))
            session.setTokenization(known);
    }
    if (load(setting::pair))
        session.setTextB(load(setting::textB).isNull() ? QStringLiteral("") : load(setting::textB));
    session.setText(load(setting::text));
}

} // namespace encoderscope
