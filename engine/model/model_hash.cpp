// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model_hash.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>

namespace encoderscope
{

namespace
{

class Hash
{
public:
    void add(const SharedMatrix &matrix)
    {
        const std::array<qint64, 2> shape{matrix.rows(), matrix.columns()};
        hash_.addData(QByteArrayView(reinterpret_cast<const char *>(shape.data()), sizeof(shape)));
        const Index size = matrix.rows() * matrix.columns();
        constexpr Index stretches = 8;
        constexpr Index longest = 512;
        const Index length = std::min(longest, size);
        for (Index i = 0; i < stretches && length > 0; ++i) {
            const Index begin = (size - length) * i / (stretches - 1);
            hash_.addData(QByteArrayView(reinterpret_cast<const char *>(matrix.data() + begin),
                                         length * static_cast<Index>(sizeof(float))));
        }
    }
    void add(const Linear &linear)
    {
        add(linear.weight);
        add(linear.bias);
    }
    void add(const LayerNorm &norm)
    {
        add(norm.gain);
        add(norm.bias);
    }
    QString result() const { return QString::fromLatin1(hash_.result().toHex().left(16)); }

private:
    QCryptographicHash hash_{QCryptographicHash::Sha256};
};

} // namespace

QString model_hash(const Model &model)
{
    if (!model.has_weights())
        return model.hash;
    Hash hash;
    const EmbeddingWeights &embedding = model.weights.embedding;
    for (const SharedMatrix *matrix : {&embedding.token, &embedding.position, &embedding.token_type})
        hash.add(*matrix);
    if (!embedding.task_type.empty())
        hash.add(embedding.task_type);
    hash.add(embedding.norm);
    hash.add(embedding.projection);
    for (const LayerWeights &layer : model.weights.layers) {
        for (const Linear *linear :
             {&layer.query, &layer.key, &layer.value, &layer.output, &layer.expand, &layer.shrink})
            hash.add(*linear);
        for (const SharedMatrix *matrix :
             {&layer.feed_forward_value.weight, &layer.relative_key, &layer.relative_query}) {
            if (!matrix->empty())
                hash.add(*matrix);
        }
        hash.add(layer.attention_norm);
        hash.add(layer.feed_forward_norm);
    }
    hash.add(model.weights.final_norm);
    hash.add(model.weights.relative_bias);
    return hash.result();
}

QString model_hash(const ModelPtr &model)
{
    static std::mutex mutex;
    static std::map<std::weak_ptr<const Model>, QString, std::owner_less<>> known;
    {
        const std::lock_guard lock(mutex);
        std::erase_if(known, [](const auto &one) { return one.first.expired(); });
        const auto found = known.find(model);
        if (found != known.end())
            return found->second;
    }
    const QString hash = model_hash(*model);
    const std::lock_guard lock(mutex);
    known.emplace(model, hash);
    return hash;
}

} // namespace encoderscope
