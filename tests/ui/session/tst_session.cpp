// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "ui/session/session.h"
#include "ui/session/session_settings.h"
#include "ui/session/settings.h"

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
    QVERIFY2((session).problem().isEmpty(), qPrintable((session).problem()))

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void showsTheTypedText()
    {
        Session session;
        QSignalSpy shown(&session, &Session::shownChanged);
        session.setText(QStringLiteral("the cat"));
        QVERIFY(session.busy());
        SETTLE(session);
        QCOMPARE(session.shown().now->encoding().text, QStringLiteral("the cat"));
        QVERIFY(!shown.isEmpty());
        QVERIFY(session.times().forward > 0.0);
    }

    void theNewestTextWins()
    {
        Session session;
        QString text;
        QStringList seen;
        connect(&session, &Session::shownChanged, this,
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
        connect(&session, &Session::shownChanged, this,
                [&] { QCOMPARE(session.shown().now->model_pointer(), session.model()); });
        SETTLE(session);
        QCOMPARE(session.shown().now->layers(), 2);
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

        session.undoStack().undo();
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
        QCOMPARE(session.switches().masked_tokens, std::set<int>{4});
        QCOMPARE(session.shown().now->switches().masked_tokens, std::set<int>{4});

        // An undo of something else does not bring an old index back.
        session.toggleHead(0, 0);
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.undoStack().undo();
        SETTLE(session);
        QCOMPARE(session.switches().masked_tokens, std::set<int>{2});
    }

    void selectionStaysInRange()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat on the mat"));
        SETTLE(session);
        session.selection().pin({.layer = 3, .head = 3, .query = 5, .key = 5});
        session.setModel(otherModel());
        SETTLE(session);
        QCOMPARE(session.selection().pinned().layer, 1);
        QCOMPARE(session.selection().pinned().head, 1);
        session.setText(QString());
        SETTLE(session);
        QVERIFY(session.selection().pinned().query < session.shown().now->tokens());
        QVERIFY(session.selection().pinned().key < session.shown().now->tokens());
        session.undoStack().undo();
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

    void comesBackAtTheNextStart()
    {
        {
            Session session;
            session.setText(QStringLiteral("나는 집에 간다"));
            session.setTextB(QStringLiteral(""));
            session.setHidesSpecial(true);
            SETTLE(session);
            session.selection().pin({.layer = 2, .head = 1, .query = 1, .key = 2});
            storeSession(session);
        }
        Session session;
        restoreSession(session);
        SETTLE(session);
        QCOMPARE(session.text(), QStringLiteral("나는 집에 간다"));
        QVERIFY(!session.textB().isNull());
        QVERIFY(session.hidesSpecial());
        QCOMPARE(session.selection().pinned(), (Selected{.layer = 2, .head = 1, .query = 1, .key = 2}));
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
