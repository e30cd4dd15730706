// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "ui/window/examples.h"

#include <QTest>

#include <algorithm>

using namespace encoderscope;

class TestExamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsDoWhatTheExamplesSay();
};

void TestExamples::headsDoWhatTheExamplesSay()
{
    const ModelPtr model = default_model();
    int heads = 0;
    for (const ExampleGroup &group : exampleSentences()) {
        QVERIFY(!group.sentences.empty());
        for (const ExampleSentence &example : group.sentences) {
            const TracePtr trace = run_encoder(model, model->tokenizer->encode(example.text, example.textB));
            QVERIFY2(std::none_of(trace->encoding().tokens.begin(), trace->encoding().tokens.end(),
                                  [](const Token &token) { return token.unknown; }) ||
                         !example.look,
                     qUtf8Printable(example.text));
            QCOMPARE(example.look.has_value(), group.title.isEmpty());
            if (!example.look)
                continue;
            ++heads;
            const HeadPattern pattern =
                pattern_of(head_statistics(*trace, example.look->layer, example.look->head));
            QVERIFY2(pattern == example.look->pattern, qUtf8Printable(example.text));
            const QString said = whatToLookFor(*example.look);
            QVERIFY2(said.contains(QString::number(example.look->layer + 1)), qUtf8Printable(said));
        }
    }
    QVERIFY(heads > 0);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
