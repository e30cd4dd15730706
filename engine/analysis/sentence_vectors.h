// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/model.h"

#include <span>
#include <stop_token>

namespace encoderscope
{

/// The vectors of many texts, a row for each [texts x d]: those that sentence_vector() gives, but packed by
/// length, on all cores, without keeping anything of the runs. Empty when `stop` was requested. Throws Error
/// as sentence_vector() does.
Matrix sentence_vectors(const ModelPtr &model, std::span<const QString> texts,
                        const std::stop_token &stop = {});

} // namespace encoderscope
