// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/safetensors.h"
#include "engine/model/save_model.h"
#include "ui/state/session_file.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// `encoderscope` with a session, a layer, a head, as a script calls it.
class TestSessionOption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.reference = {ModelReference::Kind::folder, small(), {}};
        state.input.switches.layer(1).heads_off = {0};
        state.input.masked = {{.special = 0}};
        session_ = folder_->filePath(QStringLiteral("a.encoderscope"));
        writeSessionFile(state, session_);
    }

    void commandsReadASession()
    {
        const QString output = folder_->filePath(QStringLiteral("t.safetensors"));
        const Result traced = run({QStringLiteral("trace"), QStringLiteral("--session"), session_,
                                   QStringLiteral("--output"), output});
        QVERIFY2(traced.code == 0, traced.errors.constData());
        const SafetensorsFile file(output);
        QCOMPARE(file.metadata().value(QStringLiteral("text")), QStringLiteral("the cat"));
        const Index d_model = default_model()->config.d_model;
        const auto n = static_cast<qint64>(file.integers(QStringLiteral("tokens.ids")).size());
        QCOMPARE(file.matrix(QStringLiteral("layer.1.output"), {n, d_model}).columns(), d_model);

        const Result drawn = run({QStringLiteral("figure"), QStringLiteral("attention"),
                                  QStringLiteral("--session"), session_, QStringLiteral("--format"),
                                  QStringLiteral("csv"), QStringLiteral("--output"), QStringLiteral("-")});
        QVERIFY2(drawn.code == 0, drawn.errors.constData());
        const Result tokens = run({QStringLiteral("tokenize"), QStringLiteral("--session"), session_,
                                   QStringLiteral("--text"), QStringLiteral("a dog")});
        QVERIFY2(tokens.code == 0, tokens.errors.constData());
        QVERIFY(tokens.output.startsWith("{\"ids\":["));

        const Result broken =
            run({QStringLiteral("trace"), QStringLiteral("--session"),
                 small() + QStringLiteral("/config.json"), QStringLiteral("--output"), output});
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.errors.contains("config.json"), broken.errors.constData());
        QVERIFY2(broken.errors.contains("format"), broken.errors.constData());
    }

    void theWindowOpensASessionAndAnotherModelsLayer()
    {
        const QString picture = folder_->filePath(QStringLiteral("w.png"));
        for (const QStringList &arguments :
             {QStringList{session_}, QStringList{QStringLiteral("--session"), session_},
              QStringList{QStringLiteral("--model"), small(), QStringLiteral("--layer"), QStringLiteral("2"),
                          QStringLiteral("--head"), QStringLiteral("2"), QStringLiteral("--query"),
                          QStringLiteral("2")}}) {
            QFile::remove(picture);
            const Result result = run(arguments + QStringList{QStringLiteral("--screenshot"), picture});
            QVERIFY2(result.code == 0, result.errors.constData());
            QVERIFY(!QImage(picture).isNull());
        }
    }

    void aTextWithoutAModelMeansTheDefaultModel()
    {
        // The last window had the model of 2 layers.
        const QString last = folder_->filePath(QStringLiteral("encoderscope/last.encoderscope"));
        QVERIFY(QDir().mkpath(QFileInfo(last).path()));
        QVERIFY(QFile::copy(session_, last));
        const QStringList layer{QStringLiteral("--layer"), QStringLiteral("4"),
                                QStringLiteral("--screenshot"), folder_->filePath(QStringLiteral("w.png"))};
        const Result text = run(QStringList{QStringLiteral("--text"), QStringLiteral("a")} + layer);
        QVERIFY2(text.code == 0, text.errors.constData());
        QVERIFY(QFile::remove(last) && QFile::copy(session_, last));
        const Result without = run(layer);
        QCOMPARE(without.code, 2);
        QVERIFY2(without.errors.contains("layers 1 to 2"), without.errors.constData());
    }

    void aPictureWithoutAModelIsRefused()
    {
        const QString picture = folder_->filePath(QStringLiteral("w.png"));
        const Result result = run({QStringLiteral("--model"), QStringLiteral("/no/where"),
                                   QStringLiteral("--screenshot"), picture});
        QCOMPARE(result.code, 1);
        QVERIFY2(result.errors.contains("/no/where"), result.errors.constData());
        QVERIFY(!QFileInfo::exists(picture));
    }

    void whatTheModelDoesNotHaveIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, const QStringList &arguments, const char *message) {
            QTest::newRow(name) << arguments << QByteArray(message);
        };
        row("layer of the default model",
            {QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--layer"), QStringLiteral("60")},
            "There is no layer 60");
        row("head of the default model",
            {QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--head"), QStringLiteral("60")},
            "There is no head 60");
        row("layer of another model",
            {QStringLiteral("--model"), small(), QStringLiteral("--layer"), QStringLiteral("3")},
            "There is no layer 3");
        row("neither command nor file", {QStringLiteral("nonsense")}, "nonsense");
    }

    void whatTheModelDoesNotHaveIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, message);
        const Result result = run(arguments);
        QCOMPARE(result.code, 2);
        QVERIFY2(result.errors.contains(message), result.errors.constData());
    }

private:
    struct Result {
        int code;
        QByteArray output, errors;
    };

    /// A model with 2 layers of 2 heads.
    static QString small()
    {
        static const QTemporaryDir folder;
        const QString path = QDir(folder.path()).absoluteFilePath(QStringLiteral("small"));
        if (!QFileInfo::exists(path)) {
            Model model = *default_model();
            model.config.layers = 2;
            model.config.heads = 2;
            model.weights = initial_weights(model.config, 3);
            save_model(model, path);
        }
        return path;
    }

    /// With settings of its own.
    Result run(const QStringList &arguments) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder_->path());
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), arguments);
        if (!process.waitForFinished(120'000))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    std::unique_ptr<QTemporaryDir> folder_;
    QString session_;
};

QTEST_GUILESS_MAIN(TestSessionOption)
#include "tst_session_option.moc"
