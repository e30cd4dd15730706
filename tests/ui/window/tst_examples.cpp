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

/// The head has the pattern, and no other that has it is more concentrated.
void patternIsClearest(const Trace &trace, const FoundHead &found, const ExampleSentence &example)
{
    const auto entropy = [&trace](int layer, int head) {
        return head_statistics(trace, layer, head).entropy.value();
    };
    QVERIFY(pattern_of(head_statistics(trace, found.layer, found.head)) == example.head->pattern);
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            if (pattern_of(head_statistics(trace, layer, head)) == example.head->pattern)
                QVERIFY(entropy(found.layer, found.head) <= entropy(layer, head));
        }
    }
}

/// The key that the example names is the one that the query gives most to in that head, and no other head
/// gives it more.
void queryLooksAtKey(const Trace &trace, const FoundHead &found, const ExampleSentence &example)
{
    const Matrix row = trace.attention_weights(found.layer, found.head, {.first = found.query, .count = 1});
    Index key = 0;
    const float most = row.row(0).maxCoeff(&key);
    QCOMPARE(trace.token(found.query).text.toLower(), example.head->query);
    QCOMPARE(trace.token(static_cast<int>(key)).text.toLower(), example.head->key);
    QVERIFY2(most >= 0.4F, qUtf8Printable(QStringLiteral("%1: %2").arg(example.text).arg(most)));
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head)
            QVERIFY(trace.attention_weights(layer, head)(found.query, key) < most + 1e-5F);
    }
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
            if (!example.head)
                continue;
            ++heads;
            const TracePtr trace = run_encoder(model, model->tokenizer->encode(example.text, example.textB));
            QVERIFY2(std::none_of(trace->encoding().tokens.begin(), trace->encoding().tokens.end(),
                                  [](const Token &token) { return token.unknown; }),
                     qUtf8Printable(example.text));
            const auto found = headFor(*trace, *example.head);
            QVERIFY2(found, qUtf8Printable(example.text));
            if (example.head->query.isEmpty())
                patternIsClearest(*trace, *found, example);
            else
                queryLooksAtKey(*trace, *found, example);
        }
    }
    QVERIFY(heads > 8);
    const TracePtr alone = run_encoder(model, model->tokenizer->encode(QStringLiteral("a")));
    QVERIFY(!headFor(*alone, {.pattern = HeadPattern::same})); // nothing comes twice
    QVERIFY(!headFor(*alone, {.query = QStringLiteral("a"), .key = QStringLiteral("b")}));
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
    pinHeadFor(session, {.pattern = HeadPattern::previous});
    QTRY_VERIFY(session.shown() && !session.busy());
    const auto head = headFor(session.shown().trace(), {.pattern = HeadPattern::previous});
    QVERIFY(head);
    QTRY_COMPARE(session.selection().pinned().layer, head->layer);
    QCOMPARE(session.selection().pinned().head, head->head);
    // Only then: what is chosen later stays.
    session.selection().pinHead(3, 3);
    session.setText(QStringLiteral("She put the milk back."));
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.selection().pinned().layer, 3);

    // A head that is asked for by what it does with one token brings that token along.
    session.setText(QStringLiteral("The dog was too fast."));
    pinHeadFor(session, {.query = QStringLiteral("too"), .key = QStringLiteral("fast")});
    QTRY_VERIFY(!session.busy());
    QTRY_COMPARE(session.selection().pinned().query, 4);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
