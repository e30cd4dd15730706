// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/reference_loader.h"

#include "engine/model/model_hash.h"

#include <algorithm>
#include <utility>

namespace encoderscope
{

ReferenceLoader::ReferenceLoader(Session &session, QObject *parent)
    : QObject(parent)
    , session_(session)
    , job_([this](const Result<ModelLoader::Opened> &result) { accept(result); })
{
    connect(&session_, &Session::stateChanged, this, &ReferenceLoader::look);
    look();
}

void ReferenceLoader::look()
{
    const ReferenceChoice &choice = session_.state().reference;
    const PinnedRun *run =
        choice.kind == ReferenceChoice::Kind::pinned ? pinnedRun(session_.state(), choice.name) : nullptr;
    if (std::exchange(choice_, choice) != choice)
        tried_.clear(); // a folder may be there again
    if (!run || run->input.model)
        return;
    const ModelReference wanted = run->input.reference;
    if (std::find(tried_.begin(), tried_.end(), wanted) != tried_.end() || (running_ && opening_ == wanted))
        return;
    tried_.push_back(wanted);
    if (wanted.kind == ModelReference::Kind::unsaved) {
        session_.refusePinned(wanted, tr("it was trained in the window and never saved."));
        return;
    }
    opening_ = wanted;
    name_ = run->name;
    running_ = true;
    job_.ask([source = wanted.source](const JobControl &) { return ModelLoader::read(source); });
}

void ReferenceLoader::accept(const Result<ModelLoader::Opened> &result)
{
    running_ = false;
    if (!result) {
        if (!result.wasStopped())
            session_.refusePinned(opening_, result.problem());
        return;
    }
    const auto *trace = std::get_if<TracePtr>(&*result);
    const ModelPtr model = trace ? (*trace)->model_pointer() : std::get<ModelPtr>(*result);
    if (!opening_.hash.isEmpty() && opening_.hash != model_hash(*model))
        Q_EMIT noticed(tr("%1 has other weights than when “%2” was pinned: its numbers differ.")
                           .arg(model->name, name_));
    session_.attachPinned(opening_, model, trace ? *trace : nullptr);
}

} // namespace encoderscope
