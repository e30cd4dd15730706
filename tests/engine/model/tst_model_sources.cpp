// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/model/model_sources.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// Models by folder and by name in the local Hugging Face cache.
class TestModelSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void the_cache_is_where_the_environment_says();
    void snapshots_are_listed_by_name();
    void the_newest_snapshot_is_the_one_of_main();
    void folders_and_names_are_resolved();
    void names_cannot_leave_the_cache_data();
    void names_cannot_leave_the_cache();

private:
    void put(const QString &path, const QByteArray &content);

    std::unique_ptr<QTemporaryDir> home_;
};

void TestModelSources::init()
{
    home_ = std::make_unique<QTemporaryDir>();
    qputenv("HF_HUB_CACHE", home_->path().toUtf8());
}

void TestModelSources::cleanup()
{
    for (const char *variable : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"})
        qunsetenv(variable);
}

void TestModelSources::put(const QString &path, const QByteArray &content)
{
    const QFileInfo info(home_->filePath(path));
    QDir().mkpath(info.path());
    QFile file(info.filePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void TestModelSources::the_cache_is_where_the_environment_says()
{
    QCOMPARE(hub_cache_folder(), home_->path());
    qunsetenv("HF_HUB_CACHE");
    qputenv("HF_HOME", "/hf");
    QCOMPARE(hub_cache_folder(), QStringLiteral("/hf/hub"));
    qunsetenv("HF_HOME");
    qputenv("XDG_CACHE_HOME", "/xdg");
    QCOMPARE(hub_cache_folder(), QStringLiteral("/xdg/huggingface/hub"));
    qunsetenv("XDG_CACHE_HOME");
    QCOMPARE(hub_cache_folder(), QDir::homePath() + QStringLiteral("/.cache/huggingface/hub"));
}

void TestModelSources::snapshots_are_listed_by_name()
{
    put(QStringLiteral("models--klue--bert-base/snapshots/abc/config.json"), R"({"model_type": "bert"})");
    put(QStringLiteral("models--klue--bert-base/snapshots/abc/model.safetensors"), "");
    put(QStringLiteral("models--gpt2/snapshots/def/config.json"), R"({"model_type": "gpt2"})");
    put(QStringLiteral("models--broken/snapshots/1/config.json"), "{");
    put(QStringLiteral("models--empty/snapshots/1/README.md"), "");
    put(QStringLiteral("datasets--x--y/snapshots/1/config.json"), "{}");
    const std::vector<CachedModel> models = cached_models();
    QCOMPARE(models.size(), 3U);
    QCOMPARE(models[0].name, QStringLiteral("broken"));
    QVERIFY(!models[0].supported);
    QCOMPARE(models[1].name, QStringLiteral("gpt2"));
    QVERIFY(!models[1].supported);
    QCOMPARE(models[2].name, QStringLiteral("klue/bert-base"));
    QVERIFY(models[2].supported);
    QCOMPARE(models[2].folder, home_->filePath(QStringLiteral("models--klue--bert-base/snapshots/abc")));
    QCOMPARE(model_name(models[2].folder), QStringLiteral("klue/bert-base"));
    QVERIFY(cached_models(home_->filePath(QStringLiteral("nowhere"))).empty());
}

void TestModelSources::the_newest_snapshot_is_the_one_of_main()
{
    put(QStringLiteral("models--a--b/snapshots/aaa/config.json"), "{}");
    put(QStringLiteral("models--a--b/snapshots/bbb/config.json"), "{}");
    const QString stem = home_->filePath(QStringLiteral("models--a--b/snapshots/"));
    for (const char *revision : {"aaa", "bbb\n"}) {
        put(QStringLiteral("models--a--b/refs/main"), revision);
        QCOMPARE(cached_snapshot(QStringLiteral("a/b")), stem + QString::fromLatin1(revision).trimmed());
    }
    put(QStringLiteral("models--a--b/refs/main"), "../../../elsewhere");
    QVERIFY(cached_snapshot(QStringLiteral("a/b")).startsWith(stem));
}

void TestModelSources::folders_and_names_are_resolved()
{
    put(QStringLiteral("models--a--b/snapshots/aaa/config.json"), "{}");
    QCOMPARE(resolve_model(home_->path()), home_->path());
    QCOMPARE(resolve_model(QStringLiteral("a/b")),
             home_->filePath(QStringLiteral("models--a--b/snapshots/aaa")));
    try {
        resolve_model(QStringLiteral("a/c"));
        QFAIL("resolved");
    } catch (const Error &error) {
        QVERIFY(error.message().contains(QStringLiteral("a/c")));
        QVERIFY(error.message().contains(home_->path()));
    }
    QCOMPARE(model_name(QStringLiteral("/models/my model/")), QStringLiteral("my model"));
}

void TestModelSources::names_cannot_leave_the_cache_data()
{
    QTest::addColumn<bool>("valid");
    for (const char *name :
         {"bert-base-uncased", "klue/bert-base", "sentence-transformers/all-MiniLM-L6-v2", "a"})
        QTest::newRow(name) << true;
    for (const char *name :
         {"", "..", "../x", "a/..", "a/b/c", "/a", "a/", ".a/b", "a/.b", "a b", "a--b", "a\nb", "a..b", "é"})
        QTest::newRow(name) << false;
}

void TestModelSources::names_cannot_leave_the_cache()
{
    QFETCH(bool, valid);
    QCOMPARE(is_hub_name(QString::fromUtf8(QTest::currentDataTag())), valid);
}

QTEST_GUILESS_MAIN(TestModelSources)
#include "tst_model_sources.moc"
