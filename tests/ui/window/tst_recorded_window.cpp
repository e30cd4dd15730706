// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/safetensors_writer.h"
#include "tests/opened_window.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/window/main_window.h"

#include <QLineEdit>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// A recorded run in the window: every page shows what there is of it.
class TestRecordedWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        const ModelPtr model = default_model();
        const TracePtr run = run_encoder(model, model->tokenizer->encode(QStringLiteral("the cat sat")));
        write_trace(*run, folder_.filePath(QStringLiteral("ours.safetensors")));
        // Of another program: tokens and hidden states, and nothing else.
        std::vector<qint64> ids{1, 2, 3};
        std::vector<TensorToWrite> tensors{TensorToWrite::ids(QStringLiteral("tokens.ids"), std::move(ids))};
        for (const char *name : {"embedding.output", "layer.1.output", "layer.2.output"})
            tensors.push_back(
                TensorToWrite::matrix(QLatin1String(name), SharedMatrix(Matrix(Matrix::Random(3, 8)))));
        write_safetensors(
            folder_.filePath(QStringLiteral("least.safetensors")), tensors,
            {{QStringLiteral("format"), QStringLiteral("encoderscope trace")},
             {QStringLiteral("version"), QStringLiteral("1")},
             {QStringLiteral("model"), QStringLiteral("someone's/encoder")},
             {QStringLiteral("text"), QStringLiteral("the cat sat")},
             {QStringLiteral("config"), QStringLiteral(R"({"d_model": 8, "layers": 2, "heads": 4})")},
             {QStringLiteral("tokens"),
              QStringLiteral(R"([{"piece": "the", "end": 3}, {"piece": "cat", "begin": 4,
                                                         "end": 7}, {"piece": "sat", "begin": 8, "end": 11}])")}});
    }

    void every_page_shows_what_there_is_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("ours") << QStringLiteral("ours.safetensors");
        QTest::newRow("least") << QStringLiteral("least.safetensors");
    }

    void every_page_shows_what_there_is()
    {
        QFETCH(QString, file);
        OpenedWindow opened;
        auto &[session, loader, files, window] = opened;
        SessionState first;
        first.input.text = QStringLiteral("before");
        files.begin(first);
        window.resize(1100, 760);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 60000);
        loader.open(folder_.filePath(file));
        QTRY_VERIFY_WITH_TIMEOUT(session.state().input.recorded && !session.busy(), 60000);
        QVERIFY(session.frame()->shown()->recording());
        QVERIFY(window.statusBar()->currentMessage().contains(QStringLiteral("does not hold")));
        for (int page = 0; page < static_cast<int>(window.pageTitles().size()); ++page) {
            window.showPage(page);
            QTest::qWait(150);
            QVERIFY(!window.grab().isNull());
        }
        // What is typed is taken back, and it is said why.
        auto *edit = window.findChild<QLineEdit *>();
        QVERIFY(edit);
        QTest::keyClicks(edit, QStringLiteral("x"));
        QCOMPARE(edit->text(), QStringLiteral("the cat sat"));
        QVERIFY(window.statusBar()->currentMessage().contains(QStringLiteral("cannot be changed")));
        session.toggleHead(0, 0);
        QVERIFY(!session.switches().any());
        // Another model can be opened from here.
        loader.open(QString());
        QTRY_VERIFY_WITH_TIMEOUT(!session.state().input.recorded && !session.busy(), 60000);
        QVERIFY(!session.frame()->shown()->recording());
        QVERIFY(!window.grab().isNull());
    }

private:
    QTemporaryDir folder_;
};

QTEST_MAIN(TestRecordedWindow)
#include "tst_recorded_window.moc"
