// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace encoderscope;

/// The same weights under other names and in other files: the same numbers, or a message.
class TestWeightFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void a_table_stored_as_the_decoder_is_found_data();
    void a_table_stored_as_the_decoder_is_found();
    void a_bias_stored_as_the_decoders_is_found();
    void an_untied_decoder_has_its_own_bias();
    void a_decoder_that_is_missing_is_said();
    void outer_prefixes_are_dropped_data();
    void outer_prefixes_are_dropped();
    void another_architectures_names_are_refused();
    void several_models_are_refused();
    void a_variant_is_opened_when_it_is_the_only_one();
    void safetensors_come_before_pickles();
    void no_token_types_are_none();

private:
    using Rename = std::function<QString(const QString &)>;
    /// Writes the tensors under the names that `rename` gives; a null name leaves the tensor out.
    void write(const Rename &rename, const QMap<QString, QString> &metadata = {},
               const QString &file = QStringLiteral("model.safetensors"));
    void configure(const QString &field, const QJsonValue &value);
    ModelPtr open() const { return load_encoder(folder_->path()); }
    QString message() const;

    std::unique_ptr<QTemporaryDir> folder_;
};

namespace
{

/// BERT for masked words, whose decoder is the embedding table.
const QString source = QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/bert");
const QString table = QStringLiteral("bert.embeddings.word_embeddings.weight");
const QString decoder = QStringLiteral("cls.predictions.decoder.weight");
const QString decoder_bias = QStringLiteral("cls.predictions.decoder.bias");
const QString bias = QStringLiteral("cls.predictions.bias");

SharedMatrix read(const SafetensorsFile &file, const QString &name)
{
    return file.matrix(name, file.tensors()[name].shape);
}

RowVector logits(const ModelPtr &model)
{
    Encoding encoding;
    for (const int id : {3, 14, 15, 9}) {
        encoding.tokens.emplace_back();
        encoding.tokens.back().id = id;
    }
    return masked_word_logits(*run_encoder(model, encoding), 1);
}

} // namespace

void TestWeightFiles::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(QFile::copy(source + QStringLiteral("/config.json"),
                        folder_->filePath(QStringLiteral("config.json"))));
}

void TestWeightFiles::write(const Rename &rename, const QMap<QString, QString> &metadata, const QString &file)
{
    const SafetensorsFile from(source + QStringLiteral("/model.safetensors"));
    std::vector<TensorToWrite> tensors;
    for (const QString &name : from.tensors().keys()) {
        const QString renamed = rename(name);
        if (renamed.isNull())
            continue;
        const bool one_dimension = from.tensors()[name].shape.size() == 1;
        tensors.push_back(one_dimension ? TensorToWrite::vector(renamed, read(from, name))
                                        : TensorToWrite::matrix(renamed, read(from, name)));
    }
    write_safetensors(folder_->filePath(file), tensors, metadata);
}

void TestWeightFiles::configure(const QString &field, const QJsonValue &value)
{
    const QString path = folder_->filePath(QStringLiteral("config.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    object.insert(field, value);
    QVERIFY(file.resize(0));
    file.seek(0);
    file.write(QJsonDocument(object).toJson());
}

QString TestWeightFiles::message() const
{
    try {
        open();
    } catch (const Error &error) {
        return error.message();
    }
    return {};
}

void TestWeightFiles::a_table_stored_as_the_decoder_is_found_data()
{
    QTest::addColumn<bool>("named");
    QTest::newRow("the header names the other") << true;
    QTest::newRow("nobody names the other") << false;
}

void TestWeightFiles::a_table_stored_as_the_decoder_is_found()
{
    QFETCH(bool, named);
    write([](const QString &name) { return name == table ? decoder : name; },
          named ? QMap<QString, QString>{{table, decoder}, {QStringLiteral("format"), QStringLiteral("pt")}}
                : QMap<QString, QString>());
    const ModelPtr model = open();
    QCOMPARE(logits(model), logits(load_encoder(source)));
    QCOMPARE(model->output.masked_word->decoder.data(), model->weights.embedding.token.data());
}

void TestWeightFiles::a_bias_stored_as_the_decoders_is_found()
{
    write([](const QString &name) { return name == bias ? decoder_bias : name; });
    QCOMPARE(logits(open()), logits(load_encoder(source)));
}

void TestWeightFiles::an_untied_decoder_has_its_own_bias()
{
    // The reference adds the decoder's bias, whether it is tied or not.
    const RowVector before = logits(load_encoder(source));
    const SafetensorsFile from(source + QStringLiteral("/model.safetensors"));
    const Matrix moved = read(from, bias).view().array() + 2.0F;
    write([](const QString &name) { return name; });
    QVERIFY(QFile::rename(folder_->filePath(QStringLiteral("model.safetensors")),
                          folder_->filePath(QStringLiteral("one.safetensors"))));
    write_safetensors(folder_->filePath(QStringLiteral("two.safetensors")),
                      {TensorToWrite::vector(decoder_bias, SharedMatrix(moved))});
    QJsonObject map{{decoder_bias, QStringLiteral("two.safetensors")}};
    for (const QString &name : from.tensors().keys())
        map.insert(name, QStringLiteral("one.safetensors"));
    QFile index(folder_->filePath(QStringLiteral("model.safetensors.index.json")));
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.write(QJsonDocument(QJsonObject{{QStringLiteral("weight_map"), map}}).toJson());
    index.close();
    QVERIFY((logits(open()).array() - before.array() - 2.0F).abs().maxCoeff() < 1e-5F);
}

void TestWeightFiles::a_decoder_that_is_missing_is_said()
{
    write([](const QString &name) { return name; });
    configure(QStringLiteral("tie_word_embeddings"), false);
    const ModelPtr model = open();
    QVERIFY(!model->output.masked_word);
    QCOMPARE(model->output.left_out.size(), 1);
    QVERIFY(model->output.left_out[0].contains(QStringLiteral("tie_word_embeddings")));
}

void TestWeightFiles::outer_prefixes_are_dropped_data()
{
    QTest::addColumn<QString>("outer");
    for (const char *outer : {"model.", "module.", "_orig_mod.", "module._orig_mod.", "0.auto_model."})
        QTest::newRow(outer) << QString::fromLatin1(outer);
}

void TestWeightFiles::outer_prefixes_are_dropped()
{
    QFETCH(QString, outer);
    const RowVector expected = logits(load_encoder(source));
    write([&](const QString &name) { return outer + name; });
    QCOMPARE(logits(open()), expected);
    // In place of the architecture's own, and the heads without it.
    const QString own = QStringLiteral("bert.");
    write([&](const QString &name) { return name.startsWith(own) ? outer + name.mid(own.size()) : name; });
    QCOMPARE(logits(open()), expected);
}

void TestWeightFiles::another_architectures_names_are_refused()
{
    for (const char *other : {"roberta.", "model.electra."}) {
        const QString own = QStringLiteral("bert.");
        write([&](const QString &name) { return QString(name).replace(own, QLatin1String(other)); });
        QVERIFY2(message().contains(QLatin1String(other)) && message().contains(own), qPrintable(message()));
    }
}

void TestWeightFiles::several_models_are_refused()
{
    const QString positions = QStringLiteral("bert.embeddings.position_embeddings.weight");
    write([&](const QString &name) {
        if (name == table)
            return QStringLiteral("question_encoder.") + table;
        return name == positions ? QStringLiteral("ctx_encoder.") + table : name;
    });
    QVERIFY2(message().contains(QStringLiteral("question_encoder.")) &&
                 message().contains(QStringLiteral("ctx_encoder.")),
             qPrintable(message()));
}

void TestWeightFiles::a_variant_is_opened_when_it_is_the_only_one()
{
    const auto same = [](const QString &name) { return name; };
    write(same, {}, QStringLiteral("model.fp16.safetensors"));
    QCOMPARE(logits(open()), logits(load_encoder(source)));
    write(same, {}, QStringLiteral("model.int8.safetensors"));
    QVERIFY2(message().contains(QStringLiteral("model.fp16.safetensors")), qPrintable(message()));
}

void TestWeightFiles::safetensors_come_before_pickles()
{
    write([](const QString &name) { return name; });
    QFile pickle(folder_->filePath(QStringLiteral("pytorch_model.bin")));
    QVERIFY(pickle.open(QIODevice::WriteOnly));
    pickle.write("broken");
    pickle.close();
    QCOMPARE(message(), QString());
    QVERIFY(QFile::remove(folder_->filePath(QStringLiteral("model.safetensors"))));
    QVERIFY(message().contains(QStringLiteral("pytorch_model.bin")));
}

void TestWeightFiles::no_token_types_are_none()
{
    const QString types = QStringLiteral("bert.embeddings.token_type_embeddings.weight");
    write([&](const QString &name) { return name == types ? QString() : name; });
    configure(QStringLiteral("type_vocab_size"), 0);
    const ModelPtr model = open();
    QVERIFY(model->weights.embedding.token_type.empty());
    QVERIFY(logits(model).allFinite());
}

QTEST_GUILESS_MAIN(TestWeightFiles)
#include "tst_weight_files.moc"
