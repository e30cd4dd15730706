// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/model_hash.h"
#include "ui/state/model_loader.h"
#include "ui/state/reference_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

#define SETTLE(session) QTRY_VERIFY_WITH_TIMEOUT((session).model() && !(session).busy(), 60000)

/// A run that was read from a file, in the session.
class TestRecordedRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Switches switches;
        switches.layer(0).heads_off = {1};
        const ModelPtr model = default_model();
        run_ = run_encoder(
            model, model->tokenizer->encode(QStringLiteral("the cat"), QStringLiteral("it sat")), switches);
        file_ = folder_.filePath(QStringLiteral("run.safetensors"));
        write_trace(*run_, file_);
    }

    /// No window paints here: what was opened would count as what the program ended at.
    void cleanup() { setMark(Mark::opening, QString()); }

    void itIsShownAndCannotBeChanged()
    {
        Session session;
        session.setText(QStringLiteral("before"));
        session.toggleHead(2, 2);
        SETTLE(session);
        const TracePtr trace = read_trace(file_);
        session.setRecorded(trace);
        SETTLE(session);
        QCOMPARE(session.shown().now, trace);
        QCOMPARE(session.frame()->reference, ReferenceRun::none);
        QCOMPARE(session.text(), QStringLiteral("the cat"));
        QCOMPARE(session.textB(), QStringLiteral("it sat"));
        QVERIFY(!session.switches().any());

        QSignalSpy refused(&session, &Session::unchangeable);
        session.toggleHead(0, 0);
        session.togglePositions();
        session.setText(QStringLiteral("the dog"));
        session.setTextB(QString());
        session.toggleMaskedToken(1);
        session.toggleReplacedByMask(1);
        session.setTokenization(Tokenization::character);
        QCOMPARE(refused.size(), 7);
        session.resetSwitches(); // changes nothing
        QCOMPARE(refused.size(), 7);
        QCOMPARE(session.shown().now, trace);
        QVERIFY(!session.busy());
        QCOMPARE(session.text(), QStringLiteral("the cat"));

        // How it is looked at can be chosen.
        session.selection().pinLayer(2);
        QCOMPARE(session.frame()->selection.layer, 2);
    }

    void anotherModelEndsItAndUndoBringsItBack()
    {
        Session session;
        const TracePtr trace = read_trace(file_);
        session.setRecorded(trace);
        SETTLE(session);
        session.setModel(default_model());
        SETTLE(session);
        QVERIFY(session.shown().now->recording() == nullptr);
        QCOMPARE(session.text(), QStringLiteral("the cat"));
        session.toggleHead(0, 0);
        QVERIFY(session.switches().any());
        session.undo();
        session.undo();
        SETTLE(session);
        QCOMPARE(session.shown().now, trace);
        session.undo();
        SETTLE(session);
        QVERIFY(session.shown().now->recording() == nullptr);
    }

    void aSessionsFileNamesIt()
    {
        Session session;
        ModelLoader loader;
        SessionFiles files(session, loader);
        SessionState first;
        first.input.text = QStringLiteral("first");
        files.begin(first);
        SETTLE(session);
        QSignalSpy noticed(&files, &SessionFiles::noticed);
        loader.open(file_);
        QTRY_VERIFY(session.state().input.recorded);
        SETTLE(session);
        QVERIFY(session.shown().now->output() == run_->output());
        QCOMPARE(session.state().input.reference.kind, ModelReference::Kind::trace);
        QCOMPARE(session.state().input.reference.source, file_);
        QVERIFY(noticed.value(0).value(0).toString().contains(QStringLiteral("tokenizer")));
        const QString saved = folder_.filePath(QStringLiteral("a.encoderscope"));
        files.save(saved);

        Session other;
        ModelLoader otherLoader;
        SessionFiles otherFiles(other, otherLoader);
        otherFiles.begin(readSessionFile(saved, viewKinds()), saved);
        SETTLE(other);
        QVERIFY(other.state().input.recorded);
        QVERIFY(other.shown().now->output() == run_->output());
        // A session with the model itself, which has the same weights.
        const QString plain = folder_.filePath(QStringLiteral("plain.encoderscope"));
        SessionState state;
        state.input.text = QStringLiteral("plain");
        state.input.reference.hash = model_hash(*default_model());
        writeSessionFile(state, plain);
        files.open(plain);
        QTRY_VERIFY(!session.state().input.recorded);
        SETTLE(session);
        QCOMPARE(session.shown().now->encoding().text, QStringLiteral("plain"));
        QVERIFY(session.model()->has_weights());
        files.open(saved);
        QTRY_VERIFY(session.state().input.recorded);
        // Opened again while it is shown.
        const TracePtr shown = other.shown().now;
        otherFiles.open(saved);
        SETTLE(other);
        QCOMPARE(other.shown().now, shown);
    }

    void itIsComparedWith()
    {
        Session session;
        const ReferenceLoader loader(session);
        session.setText(QStringLiteral("the dog"));
        SETTLE(session);
        const TracePtr own = session.shown().now;
        const auto settled = [&session] {
            return !session.busy() && session.shown() && session.shown().before != session.shown().now;
        };
        session.compareWithTrace(file_);
        QTRY_VERIFY_WITH_TIMEOUT(settled(), 60000);
        QVERIFY(session.shown().before->recording());
        QVERIFY(session.shown().before->output() == run_->output());
        QCOMPARE(session.shown().now, own);
        QCOMPARE(session.frame()->reference, ReferenceRun::other);
        QCOMPARE(session.state().reference.name, QStringLiteral("run"));
        session.setComparison(Comparison::difference);
        QCOMPARE(session.shown().comparison, Comparison::difference);
        QVERIFY(session.shown().alignment);
        // Once more: of the same name, told apart by a number.
        session.compareWithTrace(file_);
        QCOMPARE(session.state().reference.name, QStringLiteral("run 2"));
        QTRY_VERIFY_WITH_TIMEOUT(settled(), 60000);

        // The other way round: the recorded run is shown, one that is computed is the reference.
        session.compareWith({});
        session.pinRun();
        const QString pinned = session.state().reference.name;
        const TracePtr trace = read_trace(file_);
        session.setRecorded(trace);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown().now == trace && settled(), 60000);
        QCOMPARE(session.state().reference.name, pinned);
        QVERIFY(session.shown().before->output() == own->output());
        session.setComparison(Comparison::sideBySide);
        QCOMPARE(session.shown().comparison, Comparison::sideBySide);
        // And in a session's file.
        const QString saved = folder_.filePath(QStringLiteral("compared.encoderscope"));
        writeSessionFile(session.state(), saved);
        const SessionState again = readSessionFile(saved, viewKinds());
        QCOMPARE(again.pinnedRuns.size(), session.state().pinnedRuns.size());
        QCOMPARE(again.pinnedRuns[0].input.reference.kind, ModelReference::Kind::trace);

        // A file that is none is said to be none, and the run itself is there.
        const QString none = folder_.filePath(QStringLiteral("none.safetensors"));
        QFile file(none);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("nothing") == 7);
        file.close();
        session.compareWithTrace(none);
        QTRY_VERIFY_WITH_TIMEOUT(session.frame()->referenceProblem.contains(QStringLiteral("none")) &&
                                     !session.frame()->referenceProblem.contains(u'…'),
                                 60000);
        QCOMPARE(session.shown().now, trace);
    }

    void aFileThatIsNoneIsRefused()
    {
        Session session;
        ModelLoader loader;
        SessionFiles files(session, loader);
        files.begin({});
        SETTLE(session);
        const QString path = folder_.filePath(QStringLiteral("broken.safetensors"));
        QFile whole(file_);
        QFile broken(path);
        QVERIFY(whole.open(QIODevice::ReadOnly) && broken.open(QIODevice::WriteOnly));
        broken.write(whole.readAll().chopped(7));
        broken.close();
        QSignalSpy failed(&loader, &ModelLoader::failed);
        loader.open(path);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("broken.safetensors")));
        QVERIFY(!session.state().input.recorded);
    }

private:
    QTemporaryDir folder_;
    QString file_;
    TracePtr run_;
};

QTEST_GUILESS_MAIN(TestRecordedRun)
#include "tst_recorded_run.moc"
