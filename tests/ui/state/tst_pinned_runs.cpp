// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/model_hash.h"
#include "ui/state/chosen_heads.h"
#include "ui/state/reference_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/settings.h"
#include "ui/state/token_matches.h"
#include "ui/state/view_kinds.h"

#include <QDir>
#include <QScopeGuard>
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

    void whatIsKnownOfTheReferenceIsKept()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        SETTLE(session);
        session.pinRun();
        SETTLE(session);
        QVERIFY(session.frame()->referenceHash == model_hash(*default_model()));
        session.setText(QStringLiteral("the cats"));
        SETTLE(session);
        QVERIFY(session.frame()->referenceHash == model_hash(*default_model()));
        // A switch changes no token, and what is typed and taken back was aligned before.
        const std::shared_ptr<const AlignedRuns> alignment = session.shown().alignment;
        QVERIFY(alignment);
        session.toggleHead(0, 0);
        SETTLE(session);
        QCOMPARE(session.shown().alignment, alignment);
        session.setText(QStringLiteral("the cats sat"));
        SETTLE(session);
        QVERIFY(session.shown().alignment != alignment);
        QCOMPARE(session.shown().alignment->now_tokens, session.shown().now->tokens());
        session.setText(QStringLiteral("the cats"));
        SETTLE(session);
        QCOMPARE(session.shown().alignment, alignment);
        // Put together by hand it is another one.
        session.putTogether({1, 2});
        SETTLE(session);
        QVERIFY(session.shown().alignment != alignment);
        session.undo();
        SETTLE(session);
        QCOMPARE(session.shown().alignment, alignment);
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

    void aReferenceThatEndedTheProgramIsNotOpenedUnasked()
    {
        const QString folder = QDir(QStringLiteral("resources/model")).absolutePath();
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.model = default_model();
        PinnedRun run{QStringLiteral("run"), state.input};
        run.input.model.reset();
        run.input.reference = {ModelReference::Kind::folder, folder};
        state.pinnedRuns = {run};
        state.reference = {Kind::pinned, run.name};
        state.comparison = Comparison::difference;
        const auto clear = qScopeGuard([] {
            setMark(Mark::opening, QString());
            setMark(Mark::openingReference, QString());
        });
        // Whether it was the run's own model or the reference when the program ended.
        for (const Mark noted : {Mark::opening, Mark::openingReference}) {
            setMark(Mark::opening, QString());
            setMark(Mark::openingReference, QString());
            setMark(noted, folder);
            Session session;
            const ReferenceLoader loader(session);
            session.begin(state);
            SETTLE(session);
            QVERIFY2(session.frame()->referenceProblem.contains(QStringLiteral("unexpectedly")),
                     qPrintable(session.frame()->referenceProblem));
            QVERIFY(session.shown()); // the run itself is there
            QCOMPARE(session.state().pinnedRuns, state.pinnedRuns);
            QCOMPARE(marked(noted), folder); // also at the next start
            session.compareWith(state.reference);
            QCOMPARE(marked(Mark::openingReference), folder);
            QTRY_VERIFY2_WITH_TIMEOUT(session.frame()->referenceProblem.isEmpty(),
                                      qPrintable(session.frame()->referenceProblem), 20000);
            SETTLE(session);
            QVERIFY(session.shown().before->model_pointer() != default_model());
            QCOMPARE(marked(Mark::openingReference), folder); // until it is painted
            session.notePainted(false);
            QVERIFY(marked(Mark::openingReference).isEmpty());
        }
        // One that cannot be read ended nothing.
        state.pinnedRuns[0].input.reference.source = QStringLiteral("/nowhere/at/all");
        Session session;
        const ReferenceLoader loader(session);
        session.begin(state);
        QTRY_VERIFY_WITH_TIMEOUT(session.frame()->referenceProblem.contains(QStringLiteral("nowhere")),
                                 20000);
        QVERIFY(marked(Mark::openingReference).isEmpty());
    }

    void tokensThatWerePutTogetherStayTogether()
    {
        Session session;
        session.setText(QStringLiteral("the dog sat"));
        SETTLE(session);
        session.pinRun();
        session.setText(QStringLiteral("the old cat sat"));
        SETTLE(session);
        const auto partner = [&session](int token) { return referenceToken(session.shown(), token); };
        const auto word = [&session](int token) { return session.shown().now->token(token).text; };
        QCOMPARE(word(3), QStringLiteral("cat"));
        QCOMPARE(partner(3), -1);
        const TracePtr now = session.shown().now;
        const TracePtr before = session.shown().before;
        session.putTogether({3, 2});
        SETTLE(session);
        QCOMPARE(partner(3), 2);
        QCOMPARE(session.shown().now, now); // no run for it
        QCOMPARE(session.shown().before, before);
        session.putTogether({3, 2}); // as it is: nothing to undo
        QCOMPARE(session.history().undoText(), Session::tr("Align tokens"));
        session.undo();
        SETTLE(session);
        QCOMPARE(partner(3), -1);
        session.redo();
        SETTLE(session);
        QCOMPARE(partner(3), 2);
        // They follow the text, and what is typed elsewhere does not part them.
        session.setText(QStringLiteral("and the old cat sat"));
        SETTLE(session);
        QCOMPARE(word(4), QStringLiteral("cat"));
        QCOMPARE(partner(4), 2);
        // For another reference they mean nothing; for theirs they are kept.
        const ReferenceChoice first = session.state().reference;
        session.pinRun();
        session.setText(QStringLiteral("the old cat sat"));
        SETTLE(session);
        QVERIFY(!hasMatches(session.state().matches, session.state().reference));
        session.renamePinnedRun(first.name, QStringLiteral("dog"));
        session.compareWith({Kind::pinned, QStringLiteral("dog")});
        SETTLE(session);
        QCOMPARE(partner(3), 2);
        // Another partner, none, and automatically again.
        session.putTogether({3, 3});
        SETTLE(session);
        QCOMPARE(partner(3), 3);
        QCOMPARE(session.state().matches.size(), std::size_t{1});
        session.putTogether({3, -1});
        SETTLE(session);
        QCOMPARE(partner(3), -1);
        session.putTogether({2, 2}, true);
        session.putTogether({1, 2}, true); // the reference's token moves on
        SETTLE(session);
        QCOMPARE(partner(1), 2);
        QVERIFY(partner(2) != 2);
        session.alignAutomatically();
        SETTLE(session);
        QVERIFY(session.state().matches.empty());
        QCOMPARE(partner(1), 1);
        session.undo();
        SETTLE(session);
        QCOMPARE(partner(1), 2);
        // Where the characters are gone there is nothing to put together.
        session.setText(QStringLiteral("old cat sat"));
        QVERIFY(!hasMatches(session.state().matches, session.state().reference) ||
                session.state().matches.front().now->begin > 0);
        session.putTogether({99, 0});
        session.putTogether({-1, -1});
        session.removePinnedRun(QStringLiteral("dog"));
        QVERIFY(session.state().matches.empty());
    }

    void sentenceBKeepsItsPartners()
    {
        Session session;
        session.setTexts(QStringLiteral("the cat"), QStringLiteral("my dog sat"), QString());
        session.compareWith({Kind::sentenceB});
        SETTLE(session);
        session.putTogether({1, 3});
        SETTLE(session);
        QCOMPARE(referenceToken(session.shown(), 1), 3);
        session.setTextB(QStringLiteral("and my dog sat"));
        SETTLE(session);
        QCOMPARE(referenceToken(session.shown(), 1), 4);
        session.setTextB(QStringLiteral("and my dog slept"));
        QVERIFY(session.state().matches.empty());
        session.undo();
        session.undo();
        SETTLE(session);
        QCOMPARE(session.state().matches.size(), std::size_t{1});
    }

    void theSessionFileHasWhatWasPutTogether_data()
    {
        QTest::addColumn<QByteArray>("aligned");
        QTest::addColumn<QByteArray>("named"); // what the refusal speaks of; empty: taken
        const auto row = [](const char *name, const char *aligned, const char *named) {
            QTest::newRow(name) << QByteArray(aligned) << QByteArray(named);
        };
        row("both", R"([{"reference": {"kind": "pinned", "name": "run"},
                         "token": {"sentence": "a", "begin": 4, "end": 7},
                         "partner": {"sentence": "b", "begin": 0, "end": 2}}])",
            "");
        row("specials", R"([{"reference": {"kind": "sentence-b"}, "token": {"special": 0}}])", "");
        row("none", "[]", "");
        row("no list", R"({"0": 1})", "aligned");
        row("no reference", R"([{"token": {"special": 0}}])", "aligned");
        row("no such run", R"([{"reference": {"kind": "pinned", "name": "x"}, "token": {"special": 0}}])",
            "name");
        row("neither", R"([{"reference": {"kind": "sentence-b"}}])", "aligned");
        row("beyond the text", R"([{"reference": {"kind": "pinned", "name": "run"},
                                    "token": {"sentence": "a", "begin": 40, "end": 50}}])",
            "begin");
        row("beyond the reference's text", R"([{"reference": {"kind": "pinned", "name": "run"},
                                                "partner": {"sentence": "b", "begin": 5, "end": 6}}])",
            "begin");
        row("backwards", R"([{"reference": {"kind": "sentence-b"},
                              "token": {"sentence": "a", "begin": 3, "end": 1}}])",
            "end");
        row("huge", R"([{"reference": {"kind": "sentence-b"}, "token": {"special": 1e300}}])", "special");
        QByteArray many = "[";
        for (std::size_t i = 0; i <= most_matches; ++i)
            many += R"({"reference": {"kind": "sentence-b"}, "token": {"special": 0}},)";
        many.back() = ']';
        QTest::newRow("too many") << many << QByteArray("aligned");
    }

    void theSessionFileHasWhatWasPutTogether()
    {
        QFETCH(QByteArray, aligned);
        QFETCH(QByteArray, named);
        const auto parsed = [](const QByteArray &bytes) {
            return readSession(JsonField::parse(bytes, QStringLiteral("a.encoderscope")), viewKinds());
        };
        const QByteArray file = R"({"format": "encoderscope session", "version": 1, "text": "the cat sat",
            "text_b": "it slept", "pinned_runs": [{"name": "run", "text": "a dog", "text_b": "sat"}],
            "aligned": )" + aligned +
                                "}";
        try {
            const SessionState state = parsed(file);
            QVERIFY2(named.isEmpty(), "taken");
            QVERIFY(parsed(sessionBytes(state)) == state);
            QCOMPARE(state.matches.empty(), aligned == "[]");
        } catch (const Error &error) {
            QVERIFY2(!named.isEmpty() && error.message().contains(QLatin1String(named)),
                     qPrintable(error.message()));
        }
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
