// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "tests/fuzz/check_encoding.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

namespace
{

/// What the window computes of a model that opened.
void run(const ModelPtr &model)
{
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("a b [MASK]"), QStringLiteral("b"),
                                                       model->config.max_positions);
    check_encoding(*model->tokenizer, encoding);
    constexpr int most_layers = 24;
    if (model->config.layers > most_layers)
        return;
    const TracePtr trace = run_encoder(model, encoding);
    if (trace->output().rows() != static_cast<Index>(encoding.tokens.size()))
        std::abort();
    if (model->output.masked_word)
        masked_word_predictions(*trace, 0, 5);
    if (model->output.pooler)
        pooled_vector(*trace);
    if (model->output.classification)
        class_predictions(*trace);
    if (model->output.token_classification)
        labelled_spans(*trace);
    if (model->output.answer)
        answers(*trace, 3);
    if (model->output.discriminator)
        replaced_logits(*trace);
    non_finite_message(*trace);
    if (model->output.sentence)
        compare_sentences(model, QStringLiteral("a"), QStringLiteral("b"));
}

} // namespace

/// A model's folder ("=== name" before each file; "=== tensors" lists those of model.safetensors), opened and
/// run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QMap<QString, QByteArray> files = files_of(bytes);
    const auto make = [&](const QString &list, const QString &file) {
        if (files.contains(list))
            files.insert(file, made_safetensors(files[list]));
    };
    make(QStringLiteral("tensors"), QStringLiteral("model.safetensors"));
    make(QStringLiteral("part"), QStringLiteral("part.safetensors"));
    folder.fill(files, {QStringLiteral("config.json"), QStringLiteral("model.safetensors"),
                        QStringLiteral("model.safetensors.index.json"), QStringLiteral("part.safetensors"),
                        QStringLiteral("modules.json"), QStringLiteral("1_Pooling/config.json"),
                        QStringLiteral("tokenizer_config.json"), QStringLiteral("vocab.txt")});
    try {
        run(load_model(folder.path()));
    } catch (const Error &error) {
        if (error.message().isEmpty())
            std::abort();
    }
    return 0;
}
