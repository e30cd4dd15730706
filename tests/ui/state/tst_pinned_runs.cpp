// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "ui/state/chosen_heads.h"
#include "ui/state/reference_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;
using Kind = ReferenceChoice::Kind;

#define SETTLE(session) QTRY_VERIFY_WITH_TIMEOUT(!(session).busy(), 60000)

/// What a run is compared with: pinned runs, and those that are always there.
class TestPinnedRuns : public QObject
{
    Q_OBJECT

    static ModelPtr version(unsigned step, int layers = 2)
    {
        auto model = std::make_shared<Model>(*default_model());
        model->config.layers = layers;
        model->weights = initial_weights(model->config, step);
        return model;
    }
    static QString textOf(const TracePtr &trace) { return trace->encoding().text; }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aPinnedRunIsComparedWithWhatIsTyped()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        const TracePtr pinned = session.shown().now;
        session.pinRun();
        SETTLE(session);
        QCOMPARE(session.shown().before, pinned);
        session.setComparison(Comparison::difference);
        for (const char *text : {"the cats", "the cats s", "the cats sat"}) {
            session.setText(QString::fromLatin1(text));
            SETTLE(session);
            QCOMPARE(session.shown().before, pinned); // not computed again
            QCOMPARE(textOf(session.shown().now), QString::fromLatin1(text));
            QCOMPARE(session.shown().comparison, Comparison::difference);
            QVERIFY(session.shown().alignment);
        }
        QCOMPARE(session.frame()->reference, ReferenceRun::other);
        // Switches do not ask for a run without them: only for the run itself.
        session.toggleHead(0, 0);
        SETTLE(session);
        QCOMPARE(session.shown().before, pinned);
    }

    void ofAnEqualRunThereIsNothingElse()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.pinRun();
        session.setComparison(Comparison::difference);
        SETTLE(session);
        const ComparedTrace shown = session.shown();
        QVERIFY(!shown.acrossRuns());
        QVERIFY(shown.matrix([](const Trace &trace) { return trace.output(); }).isZero(0.0F));
    }

    void pinningRenamingAndRemovingCanBeUndone()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.pinRun();
        session.setText(QStringLiteral("the dog"));
        session.pinRun();
        QCOMPARE(session.state().pinnedRuns.size(), std::size_t{2});
        QVERIFY(session.state().pinnedRuns[0].name != session.state().pinnedRuns[1].name);
        const QString first = session.state().pinnedRuns[0].name;
        const QString second = session.state().pinnedRuns[1].name;
        session.renamePinnedRun(second, QStringLiteral(" dog "));
        QCOMPARE(session.state().reference, (ReferenceChoice{Kind::pinned, QStringLiteral("dog")}));
        session.renamePinnedRun(QStringLiteral("dog"), first); // taken
        session.renamePinnedRun(QStringLiteral("dog"), QStringLiteral("  "));
        QCOMPARE(session.state().pinnedRuns[1].name, QStringLiteral("dog"));
        session.setComparison(Comparison::sideBySide);
        session.removePinnedRun(QStringLiteral("dog"));
        QCOMPARE(session.state().reference, ReferenceChoice());
        QCOMPARE(session.comparison(), Comparison::now); // nothing to compare with
        session.undo();
        QCOMPARE(session.state().reference.name, QStringLiteral("dog"));
        session.undo();
        QCOMPARE(session.state().reference.name, second);
        session.undo();
        QCOMPARE(session.state().reference.name, first);
        session.undo(); // the text
        session.undo();
        QVERIFY(session.state().pinnedRuns.empty());
        session.redo();
        QCOMPARE(session.state().reference.name, first);
        SETTLE(session);
        QCOMPARE(textOf(session.shown().before), QStringLiteral("the cat"));
    }

    void sentenceBIsARunOfItsOwn()
    {
        Session session;
        session.setTexts(QStringLiteral("the cat"), QStringLiteral("the dogs sat"), QString());
        SETTLE(session);
        const int both = session.shown().now->tokens();
        session.compareWith({Kind::sentenceB});
        SETTLE(session);
        QCOMPARE(textOf(session.shown().now), QStringLiteral("the cat"));
        QVERIFY(session.shown().now->encoding().text_b.isNull());
        QCOMPARE(textOf(session.shown().before), QStringLiteral("the dogs sat"));
        QCOMPARE(session.textB(), QStringLiteral("the dogs sat"));
        QVERIFY(session.shown().now->tokens() < both);
        session.setTextB({});
        SETTLE(session);
        QVERIFY(session.frame()->referenceProblem.contains(QStringLiteral("sentence B")));
        QCOMPARE(session.shown().now, session.shown().before);
    }

    void theTextBeforeMaskingIsTheReference()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat"));
        SETTLE(session);
        const TracePtr plain = session.shown().now;
        session.compareWith({Kind::beforeMasking});
        SETTLE(session);
        QVERIFY(!session.frame()->referenceProblem.isEmpty());
        session.toggleReplacedByMask(2);
        SETTLE(session);
        QVERIFY(session.frame()->referenceProblem.isEmpty());
        QVERIFY(session.shown().now->token(2).id != session.shown().before->token(2).id);
        QCOMPARE(session.shown().before, plain); // kept
    }

    void theTrainingStepBeforeIsTheReference()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        const ModelPtr first = version(1), second = version(2), third = version(3);
        session.setModel(first);
        SETTLE(session);
        QVERIFY(!session.hasStepBefore());
        session.compareWith({Kind::stepBefore});
        SETTLE(session);
        QVERIFY(!session.frame()->referenceProblem.isEmpty());
        session.replaceModel(first, second);
        SETTLE(session);
        QCOMPARE(session.shown().before->model_pointer(), first);
        QCOMPARE(session.shown().now->model_pointer(), second);
        session.replaceModel(second, third);
        SETTLE(session);
        QCOMPARE(session.shown().before->model_pointer(), second);
        // A pinned run keeps its step while training goes on.
        session.pinRun();
        session.replaceModel(third, first);
        SETTLE(session);
        QCOMPARE(session.shown().before->model_pointer(), third);
        session.setModel(default_model());
        QVERIFY(!session.hasStepBefore());
    }

    void tokensOfTheReferenceStandForThoseOfTheRun()
    {
        Session session;
        session.setText(QStringLiteral("the dog sat"));
        SETTLE(session);
        session.pinRun();
        session.setText(QStringLiteral("and the dog sat"));
        SETTLE(session);
        session.selection().pinQuery(3); // dog
        session.setComparison(Comparison::before);
        QCOMPARE(session.frame()->trace().tokens(), 5);
        QCOMPARE(session.selection().pinned().query, 2);
        session.selection().pinQuery(3); // sat, in the reference
        QCOMPARE(session.selection().pinned().query, 3);
        session.setComparison(Comparison::now);
        QCOMPARE(session.selection().pinned().query, 4);
        session.setComparison(Comparison::before);
        session.toggleMaskedToken(2); // dog
        SETTLE(session);
        session.setComparison(Comparison::now);
        QCOMPARE(session.frame()->masked, std::set<int>{3});
    }

    void aModelWithFewerLayersCanBeTheReference()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        session.setModel(version(1, 1));
        SETTLE(session);
        session.pinRun();
        session.setModel(default_model());
        session.selection().pinHead(3, 1);
        SETTLE(session);
        session.setComparison(Comparison::before);
        QCOMPARE(session.selection().pinned().layer, 0);
        QCOMPARE(session.frame()->trace().layers(), 1);
        session.setComparison(Comparison::now);
        QCOMPARE(session.selection().pinned().layer, 3);
    }

    void theSessionFileHasThePinnedRuns()
    {
        const auto reread = [](const SessionState &state) {
            return readSession(JsonField::parse(sessionBytes(state), QStringLiteral("a.encoderscope")),
                               viewKinds());
        };
        SessionState state;
        PinnedRun run{QStringLiteral("실행 \"1\""), {}};
        run.input.text = QStringLiteral("나는 간다");
        run.input.textB = QStringLiteral("b");
        run.input.reference = {ModelReference::Kind::folder, QStringLiteral("/some/where"),
                               QStringLiteral("00ff")};
        run.input.tokenization = Tokenization::character;
        run.input.switches.layer(1).heads_off = {0, 2};
        run.input.masked = {{.begin = 0, .end = 2}};
        run.input.replaced = {{.begin = 3, .end = 5}};
        state.pinnedRuns = {run};
        state.reference = {Kind::pinned, run.name};
        state.comparison = Comparison::sideBySide;
        QVERIFY(reread(state) == state);
        for (const Kind kind : {Kind::sentenceB, Kind::beforeMasking, Kind::stepBefore}) {
            state.reference = {kind};
            QVERIFY(reread(state) == state);
        }
        state.reference = {Kind::pinned, QStringLiteral("another")};
        QVERIFY_THROWS_EXCEPTION(Error, reread(state));
        state.pinnedRuns.push_back(run); // of the same name
        state.reference = {};
        QVERIFY_THROWS_EXCEPTION(Error, reread(state));
    }

    void aReferenceWhoseModelIsGoneSaysSo()
    {
        const QTemporaryDir folder;
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.model = default_model();
        PinnedRun gone{QStringLiteral("gone"), state.input};
        gone.input.model.reset();
        gone.input.reference = {ModelReference::Kind::folder, folder.filePath(QStringLiteral("nothing"))};
        PinnedRun unsaved = gone;
        unsaved.name = QStringLiteral("unsaved");
        unsaved.input.reference = {ModelReference::Kind::unsaved, QStringLiteral("mine")};
        PinnedRun standard = gone;
        standard.name = QStringLiteral("standard");
        standard.input.text = QStringLiteral("the dog");
        standard.input.reference = {};
        state.pinnedRuns = {gone, unsaved, standard};
        state.reference = {Kind::pinned, gone.name};
        state.comparison = Comparison::difference;
        Session session;
        const ReferenceLoader loader(session);
        session.begin(state);
        QTRY_VERIFY_WITH_TIMEOUT(session.frame()->referenceProblem.contains(QStringLiteral("nothing")),
                                 20000);
        QVERIFY(session.shown()); // the run itself is there
        QCOMPARE(session.shown().comparison, Comparison::now);
        session.compareWith({Kind::pinned, unsaved.name});
        QTRY_VERIFY_WITH_TIMEOUT(session.frame()->referenceProblem.contains(QStringLiteral("never saved")),
                                 20000);
        session.compareWith({Kind::pinned, standard.name});
        QTRY_VERIFY_WITH_TIMEOUT(session.frame()->referenceProblem.isEmpty() &&
                                     session.shown().comparison == Comparison::difference,
                                 20000);
        QCOMPARE(textOf(session.shown().before), QStringLiteral("the dog"));
        QCOMPARE(session.state().pinnedRuns.size(), std::size_t{3}); // nothing is lost
    }

    void headsAreChosenByTheirNumbers()
    {
        const std::vector<HeadPlace> heads{{0, 1}, {2, 3}};
        QCOMPARE(chosenHeads(QStringLiteral(" 1.2, 3.4;1.2 ")), heads);
        QCOMPARE(chosenHeadsText(heads), QStringLiteral("1.2 3.4"));
        QCOMPARE(withHeadChosen(QStringLiteral("1.2 3.4"), {0, 1}), QStringLiteral("3.4"));
        QVERIFY(chosenHeads(QString()).empty());
        for (const char *wrong : {"1", "0.1", "1.0", "1.2.3", "a.b", "-1.2", "123456.1"})
            QVERIFY_THROWS_EXCEPTION(Error, chosenHeads(QString::fromLatin1(wrong)));
        QString many;
        for (int head = 0; head < 40; ++head)
            many = withHeadChosen(many, {head, 0});
        QCOMPARE(chosenHeads(many).size(), most_chosen_heads);
        QCOMPARE(chosenHeads(many).back(), (HeadPlace{39, 0}));
        SessionState state;
        state.pinned.layer = 1;
        state = withHeadChosen(state, {2, 2});
        QCOMPARE(chosenHeadsOf(state), QStringLiteral("2.1 3.3")); // beside the pinned one
    }
};

QTEST_MAIN(TestPinnedRuns)
#include "tst_pinned_runs.moc"
