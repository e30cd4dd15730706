// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/granularity.h"

#include "engine/text/pipeline.h"
#include "engine/text/plain_models.h"

namespace encoderscope
{

TokenizerPtr with_granularity(const TokenizerPtr &base, Granularity granularity)
{
    const auto *tokenizer = dynamic_cast<const PipelineTokenizer *>(base.get());
    if (granularity == Granularity::subword || !tokenizer)
        return base;
    Pipeline pipeline = tokenizer->pipeline();
    if (granularity == Granularity::word)
        pipeline.model = std::make_shared<WholeWords>(pipeline.vocabulary, pipeline.unknown_id);
    else
        pipeline.model = std::make_shared<SingleCharacters>(pipeline.vocabulary, pipeline.unknown_id,
                                                            pipeline.continuation_prefix);
    return std::make_shared<PipelineTokenizer>(std::move(pipeline));
}

} // namespace encoderscope
