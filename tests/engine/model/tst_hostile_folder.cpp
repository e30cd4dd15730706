// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/save_model.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace encoderscope;

/// Folders that lie or change: a message that names the file, never a crash.
class TestHostileFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void fields_out_of_their_limits_are_refused_data();
    void fields_out_of_their_limits_are_refused();
    void other_architectures_are_named();
    void a_broken_config_is_refused_data();
    void a_broken_config_is_refused();
    void what_is_no_pickle_is_refused();
    void what_lies_there_instead_of_weights_is_named_data();
    void what_lies_there_instead_of_weights_is_named();
    void a_pointer_of_git_is_named();
    void a_folder_without_weights_is_refused();
    void tensors_that_do_not_fit_the_config_are_named_data();
    void tensors_that_do_not_fit_the_config_are_named();
    void a_table_that_config_does_not_count_is_refused();
    void what_is_not_computed_is_said();
    void an_index_cannot_leave_the_folder_data();
    void an_index_cannot_leave_the_folder();
    void pipes_and_devices_are_refused_data();
    void pipes_and_devices_are_refused();
    void a_file_cut_while_open_is_noticed();
    void a_file_overwritten_while_open_is_noticed();
    void a_file_replaced_while_open_changes_nothing();

private:
    QString path(const char *name) const { return folder_->filePath(QLatin1String(name)); }
    void change(const QString &field, const QJsonValue &value);
    void write(const char *name, const QByteArray &bytes);
    /// The message that opening the folder gives; empty when it opens.
    QString message() const;

    static void save(int layers, const QString &folder);

    QTemporaryDir model_; ///< a folder that opens
    std::unique_ptr<QTemporaryDir> folder_;
    QByteArray config_;
};

void TestHostileFolder::save(int layers, const QString &folder)
{
    const ModelPtr base = untrained_model();
    Model model = *base;
    model.config = {.vocabulary_size = base->config.vocabulary_size,
                    .d_model = 8,
                    .layers = layers,
                    .heads = 2,
                    .d_ff = 4,
                    .embedding_size = 8,
                    .positions = Positions::learned,
                    .max_positions = 600,
                    .token_types = 2};
    model.weights = initial_weights(model.config, 1);
    save_model(model, folder);
}

void TestHostileFolder::initTestCase()
{
    save(1, model_.path());
    QFile file(model_.filePath(QStringLiteral("config.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    config_ = file.readAll();
}

void TestHostileFolder::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    for (const QString &name : QDir(model_.path()).entryList(QDir::Files))
        QVERIFY(QFile::copy(model_.filePath(name), folder_->filePath(name)));
    QCOMPARE(message(), QString());
}

void TestHostileFolder::write(const char *name, const QByteArray &bytes)
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestHostileFolder::change(const QString &field, const QJsonValue &value)
{
    QJsonObject object = QJsonDocument::fromJson(config_).object();
    if (value.isUndefined())
        object.remove(field);
    else
        object.insert(field, value);
    write("config.json", QJsonDocument(object).toJson());
}

QString TestHostileFolder::message() const
{
    try {
        load_encoder(folder_->path());
    } catch (const Error &error) {
        return error.message();
    }
    return {};
}

void TestHostileFolder::fields_out_of_their_limits_are_refused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *field, const QJsonValue &value) {
        const QString name = QLatin1String(field) + QStringLiteral(" = ") + value.toVariant().toString();
        QTest::newRow(qPrintable(name)) << QString::fromLatin1(field) << value;
    };
    for (const char *field : {"num_hidden_layers", "num_attention_heads", "hidden_size", "intermediate_size",
                              "vocab_size", "max_position_embeddings"}) {
        for (const QJsonValue &value :
             {QJsonValue(0), QJsonValue(-1), QJsonValue(1e9), QJsonValue(1.5), QJsonValue(1e300),
              QJsonValue(QStringLiteral("12")), QJsonValue(QJsonArray{1}), QJsonValue()})
            row(field, value);
    }
    row("num_attention_heads", 3);
    row("layer_norm_eps", 0);
    row("layer_norm_eps", -1e-12);
    row("layer_norm_eps", QStringLiteral("small"));
    row("hidden_act", QStringLiteral("tanhexp"));
    row("hidden_act", 1);
    row("type_vocab_size", -1);
    row("is_decoder", true);
    row("is_decoder", QStringLiteral("no"));
    row("position_embedding_type", QStringLiteral("relative_value"));
    row("pruned_heads", QJsonObject{{QStringLiteral("0"), QJsonArray{1}}});
    row("quantization_config", QJsonObject{{QStringLiteral("quant_method"), QStringLiteral("bitsandbytes")}});
    row("auto_map", QJsonObject{{QStringLiteral("AutoModelForMaskedLM"), QStringLiteral("modeling.Model")}});
    row("problem_type", QStringLiteral("ranking"));
    row("id2label", QJsonObject{{QStringLiteral("0"), QString(1'001, u'y')}});
    row("tie_word_embeddings", 1);
    row("model_type", QJsonValue());
    row("model_type", 7);
}

void TestHostileFolder::fields_out_of_their_limits_are_refused()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    change(field, value);
    const QString said = message();
    QVERIFY2(said.contains(path("config.json")), qPrintable(said));
    QVERIFY2(said.contains(field), qPrintable(said));
}

void TestHostileFolder::other_architectures_are_named()
{
    change(QStringLiteral("model_type"), QStringLiteral("llama"));
    const QString said = message();
    for (const char *word :
         {"model_type", "llama", "bert", "distilbert", "roberta", "electra", "albert", "mpnet"})
        QVERIFY2(said.contains(QLatin1String(word)), qPrintable(said));
}

void TestHostileFolder::a_broken_config_is_refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"model_type\": \"bert\"");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("nested a million deep") << QByteArray(1'000'000, '[');
    QTest::newRow("objects nested deep") << QByteArray("{\"a\":").repeated(300'000);
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("17 MB") << QByteArray("{\"a\": \"" + QByteArray(17 * 1024 * 1024, 'x') + "\"}");
}

void TestHostileFolder::a_broken_config_is_refused()
{
    QFETCH(QByteArray, json);
    write("config.json", json);
    QVERIFY2(message().contains(path("config.json")), qPrintable(message()));
}

void TestHostileFolder::what_is_no_pickle_is_refused()
{
    QVERIFY(QFile::rename(path("model.safetensors"), path("pytorch_model.bin")));
    const QString said = message();
    QVERIFY2(said.contains(path("pytorch_model.bin")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("zip")), qPrintable(said));
}

void TestHostileFolder::what_lies_there_instead_of_weights_is_named_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *file, const char *named) {
        QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(named);
    };
    row("tf_model.h5", "TensorFlow");
    row("flax_model.msgpack", "Flax");
    row("model.onnx", "ONNX");
    row("onnx/model.onnx", "ONNX");
    row("model.gguf", "GGUF");
    row("adapter_model.safetensors", "LoRA");
    row("weights.pt", "PyTorch");
    row("weights.safetensors", "safetensors");
}

void TestHostileFolder::what_lies_there_instead_of_weights_is_named()
{
    QFETCH(QString, file);
    QFETCH(QString, named);
    QVERIFY(QFile::remove(path("model.safetensors")));
    QDir(folder_->path()).mkpath(QFileInfo(file).path());
    write(qPrintable(file), "x");
    const QString said = message();
    for (const QString &word : {folder_->path(), named, QFileInfo(file).fileName(),
                                QStringLiteral("model.safetensors"), QStringLiteral("pytorch_model.bin")})
        QVERIFY2(said.contains(word), qPrintable(said));
}

void TestHostileFolder::a_pointer_of_git_is_named()
{
    const QByteArray pointer = "version https://git-lfs.example/spec/v1\noid sha256:0123\nsize 440473133\n";
    for (const char *name : {"model.safetensors", "pytorch_model.bin"}) {
        QFile::remove(path("model.safetensors"));
        write(name, pointer);
        QVERIFY2(message().contains(path(name)) && message().contains(QStringLiteral("Git LFS")) &&
                     message().contains(QStringLiteral("440473133")),
                 qPrintable(message()));
    }
}

void TestHostileFolder::a_folder_without_weights_is_refused()
{
    QVERIFY(QFile::remove(path("model.safetensors")));
    QVERIFY(message().contains(QStringLiteral("model.safetensors.index.json")));
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(message().contains(QStringLiteral("config.json")));
    folder_->remove();
    QVERIFY(message().contains(folder_->path()));
}

void TestHostileFolder::tensors_that_do_not_fit_the_config_are_named_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("value");
    QTest::addColumn<QString>("tensor");
    const auto row = [](const char *field, int value, const char *tensor) {
        QTest::newRow(field) << QString::fromLatin1(field) << value << QString::fromLatin1(tensor);
    };
    row("vocab_size", 10'000'000, "word_embeddings");
    row("max_position_embeddings", 1'000'000, "position_embeddings");
    row("type_vocab_size", 3, "token_type_embeddings");
    row("hidden_size", 65536, "word_embeddings");
    row("intermediate_size", 65536, "layer.0.intermediate");
    row("num_hidden_layers", 1000, "layer.1.attention");
}

void TestHostileFolder::tensors_that_do_not_fit_the_config_are_named()
{
    QFETCH(QString, field);
    QFETCH(int, value);
    QFETCH(QString, tensor);
    change(field, value);
    const QString said = message();
    QVERIFY2(said.contains(path("model.safetensors")), qPrintable(said));
    QVERIFY2(said.contains(tensor), qPrintable(said));
}

void TestHostileFolder::a_table_that_config_does_not_count_is_refused()
{
    change(QStringLiteral("type_vocab_size"), 0);
    const QString said = message();
    QVERIFY2(said.contains(path("model.safetensors")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("token_type_embeddings.weight\": expected [0 x 8], found [2 x 8]")),
             qPrintable(said));
}

void TestHostileFolder::what_is_not_computed_is_said()
{
    QCOMPARE(load_encoder(folder_->path())->output.left_out, QStringList());
    save(3, folder_->path());
    change(QStringLiteral("num_hidden_layers"), 2);
    write("adapter_config.json", "{}");
    const auto model = load_encoder(folder_->path());
    QCOMPARE(model->weights.layers.size(), std::size_t(2));
    QCOMPARE(model->output.left_out.size(), 2);
    QVERIFY(model->output.left_out[0].contains(QStringLiteral("num_hidden_layers")));
    QVERIFY(model->output.left_out[1].contains(QStringLiteral("adapter_config.json")));
}

void TestHostileFolder::an_index_cannot_leave_the_folder_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no map") << QByteArray("{}");
    QTest::newRow("a list") << QByteArray(R"({"weight_map": []})");
    QTest::newRow("another folder") << QByteArray(R"({"weight_map": {"x": "../model.safetensors"}})");
    QTest::newRow("an absolute path") << QByteArray(R"({"weight_map": {"x": "/etc/x.safetensors"}})");
    QTest::newRow("another format") << QByteArray(R"({"weight_map": {"x": "model.onnx"}})");
    QTest::newRow("a number") << QByteArray(R"({"weight_map": {"x": 1}})");
    QTest::newRow("a file that is not there") << QByteArray(R"({"weight_map": {"x": "no.safetensors"}})");
    QTest::newRow("a tensor that is not there") << QByteArray(R"({"weight_map": {"x": "part.safetensors"}})");
}

void TestHostileFolder::an_index_cannot_leave_the_folder()
{
    QFETCH(QByteArray, json);
    QVERIFY(QFile::rename(path("model.safetensors"), path("part.safetensors")));
    write("model.safetensors.index.json", json);
    QVERIFY2(message().contains(folder_->path()), qPrintable(message()));
}

void TestHostileFolder::pipes_and_devices_are_refused_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestHostileFolder::pipes_and_devices_are_refused()
{
    QFETCH(QString, name);
    const QString file = folder_->filePath(name);
    const auto said = [&] {
        try {
            load_model(folder_->path());
        } catch (const Error &error) {
            return error.message();
        }
        return QString();
    };
    QFile::remove(file);
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), file));
    QVERIFY2(said().contains(file), qPrintable(said()));
    QFile::remove(file);
    QCOMPARE(mkfifo(qPrintable(file), 0600), 0);
    QVERIFY2(said().contains(file), qPrintable(said()));
}

void TestHostileFolder::a_file_cut_while_open_is_noticed()
{
    const ModelPtr model = load_model(folder_->path());
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("a"));
    QVERIFY(run_encoder(model, encoding));
    QVERIFY(QFile::resize(path("model.safetensors"), 100));
    // Reading what is gone must not end the program.
    QVERIFY(model->weights.embedding.token.view().sum() < 1e30F);
    QVERIFY(model->weights.layers[0].shrink.weight.view().sum() < 1e30F);
    try {
        run_encoder(model, encoding);
        QFAIL("ran");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(path("model.safetensors")), error.what());
    }
}

void TestHostileFolder::a_file_overwritten_while_open_is_noticed()
{
    const ModelPtr model = load_model(folder_->path());
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("a"));
    QTest::qWait(20); // the clock of the file system has a grain
    QFile file(path("model.safetensors"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 1));
    QVERIFY(file.putChar(1));
    file.close();
    QVERIFY_THROWS_EXCEPTION(Error, run_encoder(model, encoding));
}

void TestHostileFolder::a_file_replaced_while_open_changes_nothing()
{
    const ModelPtr model = load_model(folder_->path());
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("a"));
    const Matrix before = run_encoder(model, encoding)->output();
    save_model(*untrained_model(), folder_->path());
    QVERIFY(run_encoder(model, encoding)->output() == before);
}

QTEST_GUILESS_MAIN(TestHostileFolder)
#include "tst_hostile_folder.moc"
