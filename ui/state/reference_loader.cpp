// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/reference_loader.h"

#include "engine/model/model_hash.h"
#include "ui/state/settings.h"

#include <algorithm>
#include <utility>

namespace encoderscope
{

ReferenceLoader::ReferenceLoader(Session &session, QObject *parent)
    : QObject(parent)
    , session_(session)
    , suspected_{marked(Mark::opening), marked(Mark::openingReference)}
    , job_([this](const Result<ModelLoader::Opened> &result) { accept(result); })
{
    suspected_.removeAll(QString());
    connect(&session_, &Session::stateChanged, this, &ReferenceLoader::look);
    connect(&session_, &Session::referenceChosen, this, [this] {
        tried_.clear(); // a folder may be there again
        suspected_.clear();
        look();
    });
    connect(&session_, &Session::timesChanged, this, [this] {
        const ComparedTrace &shown = session_.shown();
        if (unproven_ && shown && shown.before->model_pointer() == unproven_)
            ended();
    });
    look();
}

ReferenceLoader::~ReferenceLoader()
{
    ended();
}

/// The opening of a model has come to an end that is no crash.
void ReferenceLoader::ended()
{
    unproven_.reset();
    if (std::exchange(noted_, false))
        setMark(Mark::openingReference, QString());
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
    if (suspected_.contains(wanted.source)) {
        session_.refusePinned(wanted, tr("the program ended unexpectedly when it was last opened. Choose "
                                         "the run again to open it all the same."));
        return;
    }
    noted_ = true;
    setMark(Mark::openingReference, wanted.source);
    opening_ = wanted;
    name_ = run->name;
    running_ = true;
    job_.ask([wanted](const JobControl &) {
        const ModelLoader::Opened opened = ModelLoader::read(wanted.source);
        if (!wanted.hash.isEmpty())
            model_hash(ModelLoader::modelOf(opened)); // while the window need not wait for it
        return opened;
    });
}

void ReferenceLoader::accept(const Result<ModelLoader::Opened> &result)
{
    running_ = false;
    if (!result) {
        ended();
        if (!result.wasStopped())
            session_.refusePinned(opening_, result.problem());
        return;
    }
    const auto *trace = std::get_if<TracePtr>(&*result);
    const ModelPtr model = ModelLoader::modelOf(*result);
    unproven_ = model;
    if (!opening_.hash.isEmpty() && opening_.hash != model_hash(model))
        Q_EMIT noticed(tr("%1 has other weights than when “%2” was pinned: its numbers differ.")
                           .arg(model->name, name_));
    session_.attachPinned(opening_, model, trace ? *trace : nullptr);
}

} // namespace encoderscope
