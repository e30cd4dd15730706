// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_hash.h"
#include "engine/model/save_model.h"
#include "ui/jobs/job_threads.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <random>

using namespace encoderscope;

namespace
{

/// Folders of models with 2 layers of 2 heads, made once.
QString checkpoint(const char *name)
{
    static const QTemporaryDir folder;
    const QString path = QDir(folder.path()).absoluteFilePath(QLatin1String(name));
    if (!QFileInfo::exists(path)) {
        Model model = *default_model();
        model.config.layers = 2;
        model.config.heads = 2;
        model.weights = initial_weights(model.config, static_cast<unsigned>(qstrlen(name)));
        save_model(model, path);
    }
    return path;
}

/// All of a state that a file holds, to compare; models read twice are the same.
QByteArray saved(SessionState state)
{
    state.input.reference.hash.clear();
    return sessionBytes(state);
}

/// What decides the run.
QByteArray inputOf(const SessionState &state)
{
    SessionState bare;
    bare.input = state.input;
    return saved(bare);
}

bool settled(const Session &session)
{
    return QTest::qWaitFor([&] { return !session.busy(); }, 20000);
}

/// What a window has of a session.
struct Program {
    Session session;
    ModelLoader loader;
    SessionFiles files{session, loader};

    bool ready()
    {
        return QTest::qWaitFor([this] { return loader.opening().isNull(); }, 20000) && settled(session);
    }
};

/// Does random things to a session, the same ones for the same seed.
class RandomUser
{
public:
    RandomUser(Program &program, const QString &folder, unsigned seed)
        : program_(program)
        , session_(program.session)
        , folder_(folder)
        , random_(seed)
    {
        models_ = {session_.model(), load_model(checkpoint("bert")), load_model(checkpoint("roberta"))};
    }

    /// One edit, undo, redo, saving or reopening. False, and why in `problem`, when something is not as it
    /// should be.
    bool act()
    {
        const int kind = pick(21);
        if (kind < 2)
            return back();
        if (kind == 2)
            return save();
        if (kind == 3)
            return reopen();
        const SessionState before = session_.state();
        const bool typed = edit(kind);
        const QByteArray after = inputOf(session_.state());
        if (after == inputOf(before) || pick(4) > 0)
            return true;
        session_.undo();
        const bool undone = typed || check(inputOf(session_.state()) == inputOf(before), "undo");
        session_.redo();
        return undone && check(inputOf(session_.state()) == after, "redo");
    }

    QString problem;

private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    bool check(bool right, const char *what)
    {
        if (!right)
            problem = QLatin1String(what);
        return right;
    }

    /// True when it was typing: that goes on with what was typed before.
    bool edit(int kind)
    {
        static const QStringList pieces{QStringLiteral("a"),    QStringLiteral(" "),
                                        QStringLiteral("cat "), QStringLiteral("고양"),
                                        QStringLiteral("🙂"), QStringLiteral("the mat")};
        const auto changed = [this](QString text) {
            const auto at = pick(static_cast<int>(text.size()) + 1);
            if (pick(3) == 0)
                text.remove(at, pick(6));
            else
                text.insert(at, pieces[pick(static_cast<int>(pieces.size()))]);
            return text.left(120);
        };
        const auto token = [this] {
            settled(session_);
            return session_.shown() ? pick(session_.shown().now->tokens()) : -1;
        };
        switch (kind) {
        case 4:
        case 5:
        case 6:
        case 7:
            session_.setText(changed(session_.text()));
            return true;
        case 8:
            session_.setTextB(session_.textB().isNull() || pick(3) > 0 ? changed(session_.textB() + u'b')
                                                                       : QString());
            return true;
        case 9:
            session_.toggleMaskedToken(token());
            break;
        case 10:
            session_.toggleReplacedByMask(token());
            break;
        case 11:
            session_.toggleHead(pick(2), pick(4));
            break;
        case 12:
            session_.soloHead(pick(2), pick(2));
            break;
        case 13:
            session_.setModel(models_[static_cast<std::size_t>(pick(3))]);
            break;
        case 14:
            session_.setTokenization(static_cast<Tokenization>(pick(3)));
            break;
        case 15:
            session_.resetSwitches();
            break;
        case 16:
            session_.selection().pin({.layer = pick(4), .head = pick(4), .query = token(), .key = token()});
            break;
        case 17:
            session_.setComparison(static_cast<Comparison>(pick(3)));
            session_.setHidesSpecial(pick(2) == 0);
            session_.setPage(pageNames()[pick(6)]);
            break;
        case 20:
            explain();
            break;
        case 18:
            session_.setParameter(QStringLiteral("similarity"), QStringLiteral("layer"), pick(4));
            session_.setZoomed(QStringLiteral("attention"), QRectF(0, 0, 1 + pick(5), 1 + pick(5)));
            break;
        default:
            session_.toggleLayer(pick(2));
            break;
        }
        return false;
    }

    void explain()
    {
        TargetChoice choice{.kind = static_cast<TargetChoice::Kind>(pick(5)),
                            .measure = static_cast<Measure>(pick(3)),
                            .name = pick(2) == 0 ? QString() : QStringLiteral("cat"),
                            .layer = pick(4),
                            .index = pick(9)};
        if (choice.atToken() && session_.shown())
            choice.token = anchorOf(session_.shown().now->encoding(), pick(session_.shown().now->tokens()));
        if (choice.kind == TargetChoice::Kind::similarity)
            choice = {.kind = choice.kind};
        session_.explain(choice);
    }

    /// Some steps back and as many forth: nothing is lost on the way.
    bool back()
    {
        const QByteArray before = inputOf(session_.state());
        int steps = 0;
        for (const int most = 1 + pick(8); steps < most && session_.history().canUndo(); ++steps)
            session_.undo();
        const int stay = pick(3) == 0 ? pick(steps + 1) : 0;
        for (int i = stay; i < steps; ++i)
            session_.redo();
        return stay > 0 || check(inputOf(session_.state()) == before, "steps back and forth");
    }

    bool save()
    {
        const int index = pick(4);
        program_.files.save(file(index));
        kept_[index] = saved(session_.state());
        return true;
    }

    bool reopen()
    {
        if (kept_.empty())
            return true;
        const auto &[index, state] = *std::next(kept_.begin(), pick(static_cast<int>(kept_.size())));
        program_.files.open(file(index));
        return check(program_.ready(), "the model") &&
               check(saved(session_.state()) == state, "a reopened file");
    }

    QString file(int index) const { return folder_ + QStringLiteral("/%1.encoderscope").arg(index); }

    Program &program_;
    Session &session_;
    QString folder_;
    std::mt19937 random_;
    std::vector<ModelPtr> models_;
    std::map<int, QByteArray> kept_;
};

} // namespace

class TestSessionHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)).removeRecursively();
    }
    void cleanup() { setMark(Mark::opening, QString()); }

    void randomEditsEndInEqualStates()
    {
        QByteArray ends[2];
        for (QByteArray &end : ends) {
            QTemporaryDir folder;
            Program program;
            program.session.setText(QStringLiteral("the cat sat on the mat"));
            QVERIFY(settled(program.session));
            RandomUser user(program, folder.path(), 11);
            for (int i = 0; i < 1000; ++i)
                QVERIFY2(user.act() && settled(program.session),
                         qPrintable(QStringLiteral("action %1: %2").arg(i).arg(user.problem)));
            while (program.session.history().canRedo())
                program.session.redo();
            QVERIFY(program.ready());
            end = saved(program.session.state());
            QCOMPARE(saved(readSession(JsonField::parse(end, QStringLiteral("end")), viewKinds())), end);
        }
        QCOMPARE(ends[0], ends[1]);
    }

    void theNextStartIsAsTheLastOneEnded()
    {
        SessionState before;
        {
            Program program;
            program.session.setModel(load_model(checkpoint("bert")));
            program.session.setTexts(QStringLiteral("the cat"), QString(), QString());
            QVERIFY(program.ready());
            program.session.toggleHead(1, 0);
            program.session.toggleMaskedToken(1);
            program.session.selection().pin({.layer = 1, .head = 1, .query = 2, .key = 1});
            program.session.setComparison(Comparison::difference);
            program.session.setPage(QStringLiteral("output"));
            program.session.setParameter(QStringLiteral("hidden"), QStringLiteral("layer"), 0);
            QVERIFY(program.ready());
            before = program.session.state();
            program.files.remember();
        }
        Program again;
        again.files.begin(SessionFiles::last({}));
        QVERIFY(!again.session.shown()); // nothing of another model under this one's name
        QVERIFY(again.ready());
        QCOMPARE(saved(again.session.state()), saved(before));
        QCOMPARE(again.session.frame()->selection, (Selected{.layer = 1, .head = 1, .query = 2, .key = 1}));
        QCOMPARE(again.session.frame()->masked, std::set<int>{1});
        QVERIFY(!again.session.history().canUndo());
    }

    void whatHasNotBeenRememberedIsTheFirstStart()
    {
        QFile::remove(lastSession());
        SessionState first;
        first.input.text = QStringLiteral("나는 간다");
        QCOMPARE(SessionFiles::last(first).input.text, first.input.text);

        QFile broken(lastSession());
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"format\": ");
        broken.close();
        QVERIFY_THROWS_EXCEPTION(Error, SessionFiles::last(first));
        QCOMPARE(SessionFiles::last(first).input.text, first.input.text);
        QVERIFY(QFileInfo::exists(lastSession() + QStringLiteral(".unreadable")));
    }

    void aModelThatIsGoneLeavesEverythingElse()
    {
        QTemporaryDir folder;
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.reference = {ModelReference::Kind::folder, folder.filePath(QStringLiteral("gone")), {}};
        state.pinned.layer = 5;
        const QString file = folder.filePath(QStringLiteral("a.encoderscope"));
        writeSessionFile(state, file);
        Program program;
        program.session.setText(QStringLiteral("before"));
        program.files.open(file);
        QVERIFY(program.ready());
        QVERIFY(program.files.missing().contains(QStringLiteral("gone")));
        QVERIFY(!program.session.model());
        QVERIFY(!program.session.shown());
        QCOMPARE(program.session.text(), QStringLiteral("the cat"));
        program.session.toggleHead(0, 0); // nothing needs a model
        program.session.soloHead(0, 0);
        program.session.setText(QStringLiteral("the cats"));
        // found elsewhere
        program.loader.open(checkpoint("bert"));
        QVERIFY(program.ready());
        QVERIFY(program.files.missing().isEmpty());
        QVERIFY(program.session.shown());
        QCOMPARE(program.session.state().input.reference.source, checkpoint("bert"));
        QCOMPARE(program.session.state().pinned.layer, 5);
        // and the undo goes back to before the session was opened
        while (program.session.history().canUndo())
            program.session.undo();
        QVERIFY(program.ready());
        QVERIFY(program.session.shown());
    }

    void aModelWithOtherWeightsIsNamed()
    {
        QTemporaryDir folder;
        SessionState state;
        state.input.reference = {ModelReference::Kind::folder, checkpoint("bert"), QStringLiteral("0123")};
        const QString file = folder.filePath(QStringLiteral("a.encoderscope"));
        writeSessionFile(state, file);
        Program program;
        QSignalSpy noticed(&program.files, &SessionFiles::noticed);
        program.files.open(file);
        QVERIFY(program.ready());
        QTRY_COMPARE(noticed.size(), 1);
        program.files.save(file);
        Program other;
        QSignalSpy again(&other.files, &SessionFiles::noticed);
        other.files.open(file);
        QVERIFY(other.ready());
        QTest::qWait(100); // as long as comparing a few numbers may take
        QVERIFY(again.isEmpty());
    }

    void whatIsStoredLastHolds()
    {
        const int before = load(setting::lessonStep);
        constexpr int last = 100;
        for (int step = 1; step <= last; ++step) {
            QThread::usleep(100); // some while those before are being written
            store(setting::lessonStep, step);
            store(setting::lesson, QString::number(step));
            QCOMPARE(load(setting::lessonStep), step); // though the disk may not have it yet
        }
        endJobThreads();
        const QSettings onDisk(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                                   QStringLiteral("/window.ini"),
                               QSettings::IniFormat);
        QCOMPARE(onDisk.value(QLatin1String(setting::lessonStep.key)).toInt(), last);
        QCOMPARE(onDisk.value(QLatin1String(setting::lesson.key)).toString(), QString::number(last));
        QCOMPARE(load(setting::lessonStep), last);
        store(setting::lessonStep, before);
        store(setting::lesson, QString());
    }

    void aModelThatEndedTheProgramIsNotReadUnasked()
    {
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.reference = {ModelReference::Kind::folder, checkpoint("bert"), {}};
        writeSessionFile(state, lastSession());
        setMark(Mark::opening, checkpoint("bert")); // as the start before left it
        Program program;
        program.files.begin(SessionFiles::last({}));
        QVERIFY(program.loader.opening().isNull());
        QVERIFY(!program.files.missing().isEmpty());
        QVERIFY(!program.session.model());
        program.files.remember(); // closed without asking: not at the next start either
        QCOMPARE(marked(Mark::opening), checkpoint("bert"));
        program.files.openModel();
        QVERIFY(program.ready());
        QVERIFY(program.session.model());
        program.session.notePainted(false);
        QVERIFY(marked(Mark::opening).isEmpty());
    }

    void pathsAreAbsolute()
    {
        Program program;
        program.loader.open(QDir::current().relativeFilePath(checkpoint("bert")));
        QVERIFY(program.ready());
        QCOMPARE(program.session.state().input.reference.source, checkpoint("bert"));
        QCOMPARE(marked(Mark::opening), checkpoint("bert")); // not painted yet
        program.session.notePainted(false);
        QVERIFY(marked(Mark::opening).isEmpty());
    }

    /// In case the program ends without being closed.
    void theSessionIsKeptMeanwhile()
    {
        Program program;
        program.session.setText(QStringLiteral("a red rose"));
        QVERIFY(program.ready());
        QFile::remove(lastSession());
        const auto kept = [] {
            QFile file(lastSession());
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_VERIFY_WITH_TIMEOUT(kept().contains("a red rose"), 20'000);
        QVERIFY(kept().contains(model_hash(*program.session.model()).toUtf8()));
        program.session.setText(QStringLiteral("a white rose"));
        program.files.remember();
        QVERIFY(kept().contains("a white rose"));
    }

private:
    static QString lastSession()
    {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
        QDir().mkpath(folder);
        return folder + QStringLiteral("/last.encoderscope");
    }
};

QTEST_GUILESS_MAIN(TestSessionHistory)
#include "tst_session_history.moc"
