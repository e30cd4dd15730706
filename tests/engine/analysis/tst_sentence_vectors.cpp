// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/sentence_vectors.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"

#include <QTest>

using namespace encoderscope;

namespace
{

ModelPtr model_of(const char *folder)
{
    return load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/") + QLatin1String(folder));
}

} // namespace

/// The vectors of many sentences, computed together.
class TestSentenceVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_of_many_sentences_are_those_of_each();
};

void TestSentenceVectors::vectors_of_many_sentences_are_those_of_each()
{
    std::vector<QString> texts;
    for (const char *words : {"the cat", "A dog", "the moon and the dog see the cat", "x"}) {
        for (int times = 1; times <= 40; times += 13)
            texts.push_back(QString(QLatin1String(words) + QLatin1Char(' ')).repeated(times));
    }
    for (const char *folder : {"sentences/mean", "sentences/prompt-not-pooled", "sentences/lowercase-flag"}) {
        const ModelPtr model = model_of(folder);
        const Matrix vectors = sentence_vectors(model, texts);
        QCOMPARE(vectors.rows(), std::ssize(texts));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const RowVector alone = sentence_vector(*run_encoder(
                model, model->tokenizer->encode(texts[i], QString(), model->config.max_positions)));
            QCOMPARE(vectors.cols(), alone.size());
            QVERIFY2((vectors.row(static_cast<Index>(i)) - alone).cwiseAbs().maxCoeff() < 1e-5F, folder);
        }
    }
    QCOMPARE(sentence_vectors(model_of("sentences/mean"), {}).size(), 0);
}

QTEST_GUILESS_MAIN(TestSentenceVectors)
#include "tst_sentence_vectors.moc"
