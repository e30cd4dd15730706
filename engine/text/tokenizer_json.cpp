// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_json.h"

#include "engine/text/tokenizer_json_parts.h"
#include "engine/text/tokenizer_settings.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

std::vector<AddedToken> read_added_tokens(const JsonField &field, const Vocabulary &vocabulary)
{
    std::vector<AddedToken> added;
    if (!field.exists())
        return added;
    const qsizetype count = field.array().size();
    const int most = vocabulary.size() + static_cast<int>(count) + most_holes;
    for (qsizetype i = 0; i < count; ++i) {
        const JsonField entry = field[i];
        AddedToken token = read_added_token(entry);
        const int known = vocabulary.id(token.content);
        const int id = entry[QStringLiteral("id")].integer(0, most);
        token.id = known >= 0 ? known : id;
        if (!token.content.isEmpty())
            added.push_back(std::move(token));
    }
    return added;
}

} // namespace

VocabularyPtr with_added_tokens(const VocabularyPtr &base, const std::vector<AddedToken> &added)
{
    QStringList pieces = base->pieces();
    for (const AddedToken &token : added) {
        if (token.id >= pieces.size())
            pieces.resize(token.id + 1);
        pieces[token.id] = token.content;
    }
    return pieces == base->pieces() ? base : std::make_shared<const Vocabulary>(std::move(pieces));
}

Pipeline pipeline_from_json(const JsonField &root, const QString &mask)
{
    const ReadModel model = read_piece_model(root[QStringLiteral("model")]);
    Pipeline pipeline;
    pipeline.added = read_added_tokens(root[QStringLiteral("added_tokens")], *model.vocabulary);
    pipeline.vocabulary = with_added_tokens(model.vocabulary, pipeline.added);
    pipeline.normalizer = read_normalizer(root[QStringLiteral("normalizer")]);
    pipeline.pre_tokenizer = read_pre_tokenizer(root[QStringLiteral("pre_tokenizer")]);
    read_post_processor(root[QStringLiteral("post_processor")], pipeline);
    pipeline.model = model.model;
    pipeline.continuation_prefix = model.continuation_prefix;
    pipeline.unknown_id = model.unknown_id;
    if (pipeline.unknown_id < 0)
        pipeline.unknown_id = std::max(pipeline.vocabulary->id(QStringLiteral("<unk>")), 0);
    for (const QString &name : {mask, QStringLiteral("[MASK]"), QStringLiteral("<mask>")}) {
        if (pipeline.mask_id < 0 && !name.isEmpty())
            pipeline.mask_id = pipeline.vocabulary->id(name);
    }
    const JsonField truncation = root[QStringLiteral("truncation")];
    pipeline.truncates_left = truncation.text(QStringLiteral("direction")) == QStringLiteral("Left");
    return pipeline;
}

TokenizerPtr tokenizer_from_json(const JsonField &root, const QString &mask)
{
    return std::make_shared<PipelineTokenizer>(pipeline_from_json(root, mask));
}

} // namespace encoderscope
