// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/text/minimal_pairs.h"
#include "resources/translations/language.h"
#include "ui/lessons/lesson.h"
#include "ui/state/session.h"
#include "ui/window/examples.h"

#include <QTest>

#include <algorithm>

using namespace encoderscope;

namespace
{

/// A sentence that the program brings along, and what it says of it.
struct OwnSentence {
    QString text;
    QString says;
};

std::vector<OwnSentence> ownSentences(const QString &language)
{
    std::vector<OwnSentence> all;
    for (const ExampleGroup &group : exampleSentences()) {
        for (const ExampleSentence &example : group.sentences) {
            for (const QString &text : {example.text, example.textB})
                all.push_back({text, example.see});
        }
    }
    for (const MinimalPair &pair :
         read_minimal_pairs(QStringLiteral(":/sentences/pairs.%1.tsv").arg(language))) {
        for (const QString &text : {pair.first, pair.second})
            all.push_back({text, pair.look});
    }
    for (const Lesson &lesson : course()) {
        for (const LessonStep &step : lesson.steps)
            all.push_back({step.sentence.in(language), step.title.in(language)});
    }
    return all;
}

} // namespace

class TestExamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsDoWhatTheExamplesSay();
    void everyExampleSaysWhatThereIsToSee();
    void noSentenceIsUnknownToTheModel_data();
    void noSentenceIsUnknownToTheModel();
    void aTellingHeadIsPinnedOnceThereIsARun();
};

void TestExamples::headsDoWhatTheExamplesSay()
{
    const ModelPtr model = default_model();
    int heads = 0;
    for (const ExampleGroup &group : exampleSentences()) {
        QVERIFY(!group.sentences.empty());
        for (const ExampleSentence &example : group.sentences) {
            QCOMPARE(example.pattern.has_value(), group.title.isEmpty());
            if (!example.pattern)
                continue;
            ++heads;
            const TracePtr trace = run_encoder(model, model->tokenizer->encode(example.text, example.textB));
            QVERIFY2(std::none_of(trace->encoding().tokens.begin(), trace->encoding().tokens.end(),
                                  [](const Token &token) { return token.unknown; }),
                     qUtf8Printable(example.text));
            const auto head = headWith(*trace, *example.pattern);
            QVERIFY2(head, qUtf8Printable(example.text));
            // The one whose weights are most concentrated of those that do it.
            const auto entropy = [&](int layer, int index) {
                return head_statistics(*trace, layer, index).entropy.value();
            };
            for (int layer = 0; layer < trace->layers(); ++layer) {
                for (int index = 0; index < trace->heads(); ++index) {
                    if (pattern_of(head_statistics(*trace, layer, index)) == *example.pattern)
                        QVERIFY(entropy(head->first, head->second) <= entropy(layer, index));
                }
            }
            QVERIFY(pattern_of(head_statistics(*trace, head->first, head->second)) == *example.pattern);
        }
    }
    QVERIFY(heads > 0);
    const TracePtr alone = run_encoder(model, model->tokenizer->encode(QStringLiteral("a")));
    QVERIFY(!headWith(*alone, HeadPattern::same)); // nothing comes twice
}

void TestExamples::everyExampleSaysWhatThereIsToSee()
{
    for (const QString &language : languages()) {
        installLanguage(language);
        for (const ExampleGroup &group : exampleSentences()) {
            for (const ExampleSentence &example : group.sentences) {
                QVERIFY2(!example.see.isEmpty(), qUtf8Printable(example.text));
                const bool hangul = std::any_of(example.see.begin(), example.see.end(),
                                                [](QChar c) { return c.script() == QChar::Script_Hangul; });
                QVERIFY2(hangul || language != QStringLiteral("ko"), qUtf8Printable(example.see));
            }
        }
    }
    installLanguage(QStringLiteral("en"));
}

void TestExamples::noSentenceIsUnknownToTheModel_data()
{
    QTest::addColumn<QString>("language");
    for (const QString &language : languages())
        QTest::newRow(qPrintable(language)) << language;
}

/// Unless it is about that.
void TestExamples::noSentenceIsUnknownToTheModel()
{
    QFETCH(QString, language);
    installLanguage(language);
    const TokenizerPtr tokenizer = default_model()->tokenizer;
    const std::vector<OwnSentence> sentences = ownSentences(language);
    QVERIFY(sentences.size() > 100);
    QStringList unknown;
    for (const OwnSentence &sentence : sentences) {
        const std::vector<Token> tokens = tokenizer->encode(sentence.text).tokens;
        if (!sentence.says.contains(QStringLiteral("[UNK]")) &&
            std::any_of(tokens.begin(), tokens.end(), [](const Token &token) { return token.unknown; }))
            unknown.append(sentence.text);
    }
    QCOMPARE(unknown.join(QLatin1Char('\n')), QString());
    installLanguage(QStringLiteral("en"));
}

void TestExamples::aTellingHeadIsPinnedOnceThereIsARun()
{
    Session session;
    session.setText(QStringLiteral("She put the milk back in the fridge."));
    pinHeadWith(session, HeadPattern::previous);
    QTRY_VERIFY(session.shown() && !session.busy());
    const auto head = headWith(session.shown().trace(), HeadPattern::previous);
    QVERIFY(head);
    QTRY_COMPARE(session.selection().pinned().layer, head->first);
    QCOMPARE(session.selection().pinned().head, head->second);
    // Only then: what is chosen later stays.
    session.selection().pinHead(3, 3);
    session.setText(QStringLiteral("She put the milk back."));
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.selection().pinned().layer, 3);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
