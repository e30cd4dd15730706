// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "ui/state/frame_follower.h"
#include "ui/state/session.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace encoderscope;

namespace
{

/// A model with other sizes than the default one.
ModelPtr otherModel()
{
    const ModelPtr base = default_model();
    auto model = std::make_shared<Model>(*base);
    model->name = QStringLiteral("other");
    model->config.layers = 2;
    model->config.heads = 2;
    model->weights = initial_weights(model->config, 7);
    return model;
}

#define SETTLE(session)                                                                                      \
    QTRY_VERIFY_WITH_TIMEOUT(!(session).busy(), 60000);                                                      \
    QVERIFY2((session).frame()->problem.isEmpty(), qPrintable((session).frame()->problem))

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void showsTheTypedText()
    {
        Session session;
        QSignalSpy shown(&session, &Session::frameChanged);
        session.setText(QStringLiteral("the cat"));
        QVERIFY(session.busy());
        SETTLE(session);
        QCOMPARE(session.shown().now->encoding().text, QStringLiteral("the cat"));
        QVERIFY(!shown.isEmpty());
        QVERIFY(session.times().forward > 0.0);
    }

    void whatWasKeptSaysSo()
    {
        Session session;
        for (const char *text : {"the cat", "the cats", "the cat"}) {
            QVERIFY(!session.times().cached);
            session.setText(QString::fromLatin1(text));
            SETTLE(session);
        }
        QVERIFY(session.times().cached);
        session.toggleHead(1, 2);
        SETTLE(session);
        QVERIFY(!session.times().cached);
    }

    void theNewestTextWins()
    {
        Session session;
        QString text;
        QStringList seen;
        connect(&session, &Session::frameChanged, this,
                [&] { seen += session.shown().now->encoding().text; });
        for (int i = 0; i < 40; ++i) {
            text += QStringLiteral("word ");
            session.setText(text);
            QTest::qWait(i % 5 == 0 ? 3 : 0);
        }
        SETTLE(session);
        QCOMPARE(session.shown().now->encoding().text, text);
        for (qsizetype i = 1; i < seen.size(); ++i)
            QVERIFY2(seen[i].size() > seen[i - 1].size(), "an older text came after a newer one");
    }

    void aTraceOfTheModelBeforeIsDropped()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        session.setModel(otherModel());
        connect(&session, &Session::frameChanged, this,
                [&] { QCOMPARE(session.shown().now->model_pointer(), session.model()); });
        SETTLE(session);
        QCOMPARE(session.shown().now->layers(), 2);
    }

    void picturesOfTheModelBeforeGoWhenTheNextTakesLong()
    {
        Session session;
        session.setText(QStringLiteral("word ").repeated(600));
        SETTLE(session);
        auto slow = std::make_shared<Model>(*default_model());
        slow->name = QStringLiteral("slow");
        slow->config.layers = 80;
        slow->weights = initial_weights(slow->config, 7);
        session.setModel(slow);
        QVERIFY(session.shown()); // for a moment: most models are quick
        QTRY_VERIFY_WITH_TIMEOUT(!session.shown(), 5000);
        QVERIFY(session.busy());
        QVERIFY(session.frame()->state.input.model == ModelPtr(slow));
        session.undo(); // nobody needs to wait for it
        SETTLE(session);
        QVERIFY(session.shown());
        QCOMPARE(session.shown().now->model_pointer(), session.model());
    }

    void whatComesWithTheFrameDoesNotWaitForLong()
    {
        Session session;
        session.setText(QStringLiteral("the"));
        SETTLE(session);
        std::vector<std::pair<QString, bool>> shown; // the page, and whether its run is there
        const FrameFollower follower(
            session, [&] { shown.emplace_back(session.state().page, !session.busy()); }, nullptr);
        session.setPage(QStringLiteral("attention"));
        QCOMPARE(shown.size(), std::size_t{1}); // no run: at once
        SessionState next = session.state();
        next.page = QStringLiteral("output");
        next.input.text = QStringLiteral("the cat");
        session.edit(next, QStringLiteral("test"));
        QCOMPARE(shown.size(), std::size_t{1});
        SETTLE(session);
        QCOMPARE(shown.back().first, next.page);
        // So many words take longer than a person should wait for a page.
        next.page = QStringLiteral("embedding");
        next.input.text = QStringLiteral("the ").repeated(500);
        session.edit(next, QStringLiteral("test"));
        QTRY_COMPARE_WITH_TIMEOUT(shown.back().first, next.page, 60'000);
        const bool waited = shown.back().second;
        SETTLE(session);
        // Half as much again: the timer may be late, and more so where the processor is busy.
        QVERIFY(!waited || session.times().forward < 150.0);
        QVERIFY(shown.back().second);
    }

    void switchesMakeBeforeAndNowDiffer()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat"));
        SETTLE(session);
        QCOMPARE(session.shown().now, session.shown().before);
        session.toggleHead(1, 2);
        SETTLE(session);
        QVERIFY(!session.shown().now->switches().head_on(1, 2));
        QVERIFY(session.shown().before->switches().head_on(1, 2));
        QVERIFY(session.shown().now->output() != session.shown().before->output());
        session.setComparison(Comparison::difference);
        QVERIFY(session.shown().matrix([](const Trace &trace) { return trace.output(); }).norm() > 0.0F);

        session.undo();
        SETTLE(session);
        QVERIFY(!session.switches().any());
        QCOMPARE(session.comparison(), Comparison::now);
        QCOMPARE(session.shown().now->output(), session.shown().before->output());
    }

    void soloAndBack()
    {
        Session session;
        session.soloHead(1, 1);
        QVERIFY(session.switches().head_on(1, 1));
        QVERIFY(!session.switches().head_on(0, 1));
        QVERIFY(!session.switches().head_on(1, 0));
        session.soloHead(1, 1);
        QVERIFY(session.switches().head_on(0, 1));
        session.soloLayer(2);
        QVERIFY(session.switches().layer(2).on);
        QVERIFY(!session.switches().layer(0).on);
        session.soloLayer(2);
        QVERIFY(session.switches().layer(0).on);
    }

    void pinnedAndMaskedTokensFollowTheText()
    {
        Session session;
        session.setTokenization(Tokenization::word);
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.selection().pinQuery(2);
        session.toggleMaskedToken(2);
        SETTLE(session);
        session.setText(QStringLiteral("it was the cat"));
        SETTLE(session);
        QCOMPARE(session.selection().pinned().query, 4);
        QCOMPARE(session.maskedTokens(), std::set<int>{4});
        QCOMPARE(session.shown().now->switches().masked_tokens, std::set<int>{4});

        // An undo of something else does not bring an old index back.
        session.setText(QStringLiteral("the cat"));
        session.toggleHead(0, 0);
        SETTLE(session);
        session.undo();
        SETTLE(session);
        QCOMPARE(session.maskedTokens(), std::set<int>{2});
    }

    void anUndoneMaskIsThatOfItsOwnText()
    {
        Session session;
        session.setTokenization(Tokenization::word);
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.toggleMaskedToken(2);
        SETTLE(session);
        session.setText(QStringLiteral("it was the cat"));
        SETTLE(session);
        const SessionState typed = session.state();
        session.undo();
        SETTLE(session);
        QCOMPARE(session.text(), QStringLiteral("the cat"));
        QCOMPARE(session.frame()->masked, std::set<int>{2});
        session.undo();
        SETTLE(session);
        QVERIFY(session.frame()->masked.empty());
        session.redo();
        session.redo();
        SETTLE(session);
        QCOMPARE(session.text(), QStringLiteral("it was the cat"));
        QCOMPARE(session.frame()->masked, std::set<int>{4});
        QVERIFY(session.state().input == typed.input);
    }

    void aTrainedModelStaysInTheHistory()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        const ModelPtr before = session.model();
        const auto version = [](unsigned step) {
            auto model = std::make_shared<Model>(*otherModel());
            model->weights = initial_weights(model->config, step);
            return ModelPtr(model);
        };
        const ModelPtr first = version(1), second = version(2), third = version(3);
        session.setModel(first);
        session.replaceModel(first, second);
        SETTLE(session);
        session.toggleMaskedToken(1);
        session.replaceModel(second, third); // training goes on
        SETTLE(session);
        session.undo();
        SETTLE(session);
        QVERIFY(session.frame()->masked.empty());
        QCOMPARE(session.model(), third);
        session.redo();
        SETTLE(session);
        QCOMPARE(session.frame()->masked, std::set<int>{1});
        QCOMPARE(session.model(), third);
        session.undo();
        session.undo();
        QCOMPARE(session.model(), before);
        session.replaceModel(third, first); // while another model is shown
        QCOMPARE(session.model(), before);
        session.redo();
        QCOMPARE(session.model(), first);
    }

    void aChangedModelComesWithItsOwnSwitches()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        session.toggleHead(3, 3);
        SETTLE(session);
        bool seen = false;
        connect(&session, &Session::stateChanged, this, [&] {
            seen = true;
            QVERIFY(!session.switches().any());
            QCOMPARE(session.model()->config.layers, 2);
        });
        session.setModel(otherModel());
        QVERIFY(seen);
        SETTLE(session);
    }

    void typingIsUndoneByWords()
    {
        Session session;
        const auto type = [&session](const QString &text) {
            for (const QChar character : text)
                session.setText(session.text() + character);
        };
        type(QStringLiteral("the cat sat"));
        for (int i = 0; i < 2; ++i)
            session.setText(session.text().chopped(1));
        QCOMPARE(session.text(), QStringLiteral("the cat s"));
        QStringList undone;
        while (session.history().canUndo()) {
            session.undo();
            undone += session.text();
        }
        QCOMPARE(undone, (QStringList{QStringLiteral("the cat sat"), QStringLiteral("the cat "),
                                      QStringLiteral("the "), QString()}));
        while (session.history().canRedo())
            session.redo();
        QCOMPARE(session.text(), QStringLiteral("the cat s"));
        SETTLE(session);

        session.toggleHead(0, 0);
        type(QStringLiteral("at"));
        session.undo();
        QCOMPARE(session.text(), QStringLiteral("the cat s"));
        QVERIFY(session.switches().any());
        type(QStringLiteral("un"));
        session.setTextB(QStringLiteral("a pasted sentence"));
        session.undo();
        QVERIFY(session.textB().isNull());
        QCOMPARE(session.text(), QStringLiteral("the cat sun"));
    }

    void oneFrameForEachEdit()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat"));
        SETTLE(session);
        QSignalSpy frames(&session, &Session::frameChanged);
        const auto frameOf = [&](auto &&edit) {
            frames.clear();
            edit();
            const bool settled = QTest::qWaitFor([&] { return !session.busy(); }, 20000);
            QTest::qWait(10);
            const Frame &frame = *session.frame();
            const bool valid = frame.selection.query >= 0 && frame.selection.query < frame.trace().tokens() &&
                               frame.selection.key < frame.trace().tokens() &&
                               frame.selection.layer < frame.trace().layers() &&
                               frame.state.input.text == frame.trace().encoding().text;
            return settled && valid ? frames.size() : -1;
        };
        QCOMPARE(frameOf([&] { session.setText(QStringLiteral("the cat sat on")); }), 1);
        QCOMPARE(frameOf([&] { session.selection().pin({.layer = 3, .head = 3, .query = 5, .key = 4}); }), 1);
        QCOMPARE(frameOf([&] { session.setText(QStringLiteral("a")); }), 1);
        QCOMPARE(frameOf([&] { session.toggleHead(0, 1); }), 1);
        QCOMPARE(frameOf([&] { session.setComparison(Comparison::difference); }), 1);
        QCOMPARE(frameOf([&] { session.undo(); }), 1); // and the comparison goes with it
        QCOMPARE(session.frame()->compared.comparison, Comparison::now);
        QCOMPARE(frameOf([&] { session.setHidesSpecial(true); }), 1);
        QCOMPARE(frameOf([&] { session.setHidesSpecial(true); }), 0);
        QCOMPARE(frameOf([&] { session.toggleMaskedToken(1); }), 1);
        QCOMPARE(frameOf([&] { session.setModel(otherModel()); }), 1);
        QCOMPARE(frameOf([&] { session.setParameter(QStringLiteral("x"), QStringLiteral("y"), 1); }), 1);
    }

    void aLayerThatAModelLacksComesBack()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.selection().pinHead(3, 3);
        session.setModel(otherModel());
        SETTLE(session);
        QCOMPARE(session.frame()->selection.layer, 1);
        session.selection().pinQuery(2);
        session.undo();
        SETTLE(session);
        QCOMPARE(session.frame()->selection.layer, 3);
        QCOMPARE(session.frame()->selection.head, 3);
    }

    void aTypedMaskTokenIsPinned()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat on the mat"));
        SETTLE(session);
        session.selection().pinQuery(1);
        session.setText(QStringLiteral("the cat [MASK] on the mat"));
        SETTLE(session);
        const Frame &frame = *session.frame();
        QCOMPARE(frame.trace().token(frame.selection.query).id, session.model()->tokenizer->mask_id());
        // Only when it appears: another token can be pinned then.
        session.selection().pinQuery(1);
        session.setText(QStringLiteral("the cat [MASK] on the mats"));
        SETTLE(session);
        QCOMPARE(session.frame()->selection.query, 1);
    }

    void selectionStaysInRange()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat on the mat"));
        SETTLE(session);
        session.selection().pin({.layer = 3, .head = 3, .query = 5, .key = 5});
        QCOMPARE(session.selection().pinned().query, 5);
        session.setModel(otherModel());
        SETTLE(session);
        QCOMPARE(session.selection().pinned().layer, 1);
        QCOMPARE(session.selection().pinned().head, 1);
        session.setText(QString());
        SETTLE(session);
        QVERIFY(session.selection().pinned().query < session.shown().now->tokens());
        QVERIFY(session.selection().pinned().key < session.shown().now->tokens());
        session.undo();
        session.undo();
        SETTLE(session);
        QCOMPARE(session.shown().now->layers(), default_model()->config.layers);
    }

    void aWordReplacedByTheMaskToken()
    {
        Session session;
        session.setTokenization(Tokenization::word);
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.toggleReplacedByMask(1);
        SETTLE(session);
        QCOMPARE(session.shown().now->token(1).id, session.model()->tokenizer->mask_id());
        session.toggleReplacedByMask(1);
        SETTLE(session);
        QVERIFY(session.shown().now->token(1).id != session.model()->tokenizer->mask_id());
    }

    void longAndOddTextsArriveOrAreCut()
    {
        Session session;
        QElapsedTimer timer;
        timer.start();
        session.setText(QStringLiteral("word ").repeated(20'000));
        QVERIFY2(timer.elapsed() < 100, "the UI thread waited");
        SETTLE(session);
        QVERIFY(session.shown().now->encoding().cut_a > 0);
        QCOMPARE(session.shown().now->tokens(), session.model()->config.max_positions);
        for (const QString &text : {QString(), QString(QChar(0xD800)), QStringLiteral("\u0001\u0007"),
                                    QStringLiteral("🙂👩‍👩‍👧"), QStringLiteral("שלום")}) {
            session.setText(text);
            SETTLE(session);
            QVERIFY(session.shown().now->tokens() >= 2);
        }
    }

    void endsWhileItRuns()
    {
        for (int i = 0; i < 20; ++i) {
            Session session;
            session.setText(QStringLiteral("word ").repeated(100 * i));
            QTest::qWait(i % 4);
        }
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
