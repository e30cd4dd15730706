// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vector.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "engine/model/save_model.h"
#include "engine/model/sentence_modules.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// Folders of sentence-transformers: the vectors that it computes (tests/data/sentences), or none and a
/// message.
class TestSentenceModules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors_are_those_of_the_reference_data();
    void vectors_are_those_of_the_reference();
    void pairs_are_compared_each_alone();
    void masked_tokens_are_not_pooled();
    void replaced_tokens_stay_replaced_in_a_cut_text();
    void saved_again_it_gives_the_same_vectors();
    void the_old_layout_is_opened();
    void settings_of_older_versions_are_read_data();
    void settings_of_older_versions_are_read();
    void what_is_not_computed_gives_no_vector_data();
    void what_is_not_computed_gives_no_vector();
    void what_lies_in_other_folders_is_named();
};

namespace
{

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA "/sentences/");

void copy_folder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    for (const QFileInfo &entry : QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        const QString target = to + QLatin1Char('/') + entry.fileName();
        if (entry.isDir())
            copy_folder(entry.filePath(), target);
        else
            QVERIFY(QFile::copy(entry.filePath(), target));
    }
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RowVector vector_of(const ModelPtr &model, const QString &text)
{
    return sentence_vector(
        *run_encoder(model, model->tokenizer->encode(text, QString(), model->config.max_positions)));
}

QJsonArray expected(const QString &name)
{
    return QJsonDocument::fromJson(content(data + name + QStringLiteral("/expected.json"))).array();
}

void compare(const QJsonValue &expected, const RowVector &found)
{
    const QString text = expected[QStringLiteral("text")].toString();
    const QJsonArray vector = expected[QStringLiteral("vector")].toArray();
    QCOMPARE(static_cast<qsizetype>(found.size()), vector.size());
    for (qsizetype i = 0; i < vector.size(); ++i) {
        const double difference = std::abs(static_cast<double>(found(i)) - vector[i].toDouble());
        QVERIFY2(difference < 1e-4, qPrintable(QStringLiteral("%1: %2").arg(text).arg(difference)));
    }
}

/// The message that the model has instead of a vector; empty when it has one.
QString problem(const QString &folder)
{
    const ModelPtr model = load_model(folder);
    if (model->output.sentence)
        return {};
    const TracePtr trace = run_encoder(model, model->tokenizer->encode(QStringLiteral("a dog")));
    try {
        sentence_vector(*trace);
    } catch (const Error &error) {
        return error.message();
    }
    return QStringLiteral("a vector all the same");
}

} // namespace

void TestSentenceModules::vectors_are_those_of_the_reference_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(names.size() >= 12);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestSentenceModules::vectors_are_those_of_the_reference()
{
    QFETCH(QString, name);
    const ModelPtr model = load_model(data + name);
    QVERIFY2(model->output.sentence.has_value(), qPrintable(model->output.sentence_problem));
    for (const QJsonValue &one : expected(name))
        compare(one, vector_of(model, one[QStringLiteral("text")].toString()));
}

void TestSentenceModules::pairs_are_compared_each_alone()
{
    const QString name = QStringLiteral("prompt");
    const ModelPtr model = load_model(data + name);
    const QJsonArray all = expected(name);
    const SentencePair pair = compare_sentences(model, all[0][QStringLiteral("text")].toString(),
                                                all[6][QStringLiteral("text")].toString());
    compare(all[0], pair.a);
    compare(all[6], pair.b);
    QVERIFY(std::abs(pair.cosine - pair.a.dot(pair.b)) < 1e-6F); // both have length 1
}

void TestSentenceModules::masked_tokens_are_not_pooled()
{
    const ModelPtr model = load_model(data + QStringLiteral("max"));
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("the cat sat"));
    Switches switches;
    for (int token = 0; token < 5; ++token) {
        if (token != 2)
            switches.masked_tokens.insert(token);
    }
    const TracePtr trace = run_encoder(model, encoding, switches);
    QVERIFY(sentence_vector(*trace) == trace->output().row(2));
    switches.masked_tokens.insert(2);
    QVERIFY(sentence_vector(*run_encoder(model, encoding, switches)).isZero());
}

void TestSentenceModules::replaced_tokens_stay_replaced_in_a_cut_text()
{
    for (const char *name : {"cut", "prompt"}) {
        const ModelPtr model = load_model(data + QLatin1String(name));
        const QString text = QStringLiteral("the cat sat on the mat a dog");
        Encoding encoding = model->tokenizer->encode(text);
        encoding.tokens[2].id = model->tokenizer->mask_id();
        const RowVector replaced = sentence_vector(*run_encoder(model, encoding));
        const RowVector typed = vector_of(model, QStringLiteral("the [MASK] sat on the mat a dog"));
        QVERIFY2((replaced - typed).cwiseAbs().maxCoeff() < 1e-5F, name);
        QVERIFY2((replaced - vector_of(model, text)).cwiseAbs().maxCoeff() > 1e-3F, name);
    }
}

void TestSentenceModules::saved_again_it_gives_the_same_vectors()
{
    for (const char *name : {"dense", "cut", "prompt-not-pooled"}) {
        const ModelPtr model = load_model(data + QLatin1String(name));
        QTemporaryDir folder;
        save_model(*model, folder.path());
        const ModelPtr again = load_model(folder.path());
        QVERIFY2(again->output.sentence.has_value(), qPrintable(again->output.sentence_problem));
        const QString text = QStringLiteral("The cat sat on the mat, a dog");
        QVERIFY(vector_of(again, text) == vector_of(model, text));
    }
}

void TestSentenceModules::the_old_layout_is_opened()
{
    QTemporaryDir folder;
    const QString below = folder.filePath(QStringLiteral("0_Transformer"));
    copy_folder(data + QStringLiteral("cut"), below);
    QVERIFY(QDir(below).rename(QStringLiteral("1_Pooling"), QStringLiteral("../1_Pooling")));
    QVERIFY(QFile::remove(below + QStringLiteral("/modules.json")));
    write(folder.filePath(QStringLiteral("modules.json")), R"([
        {"idx": 0, "name": "0", "path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])");
    write(folder.filePath(QStringLiteral("config.json")), R"({"__version__": "0.3.0"})");
    const ModelPtr model = load_model(folder.path());
    for (const QJsonValue &one : expected(QStringLiteral("cut")))
        compare(one, vector_of(model, one[QStringLiteral("text")].toString()));
    // Saved, the encoder lies in the folder itself.
    QTemporaryDir saved;
    save_model(*model, saved.path());
    QVERIFY(!QFileInfo::exists(saved.filePath(QStringLiteral("0_Transformer"))));
    const ModelPtr again = load_model(saved.path());
    for (const QJsonValue &one : expected(QStringLiteral("cut")))
        compare(one, vector_of(again, one[QStringLiteral("text")].toString()));
}

void TestSentenceModules::settings_of_older_versions_are_read_data()
{
    QTest::addColumn<QByteArray>("pooling");
    QTest::addColumn<QString>("same_as");
    QTest::newRow("mean") << QByteArray(
                                 R"({"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false})")
                          << QStringLiteral("mean");
    QTest::newRow("cls") << QByteArray(
                                R"({"pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true})")
                         << QStringLiteral("cls");
    QTest::newRow("none said") << QByteArray(R"({"word_embedding_dimension": 8})") << QStringLiteral("mean");
    QTest::newRow("a list of one") << QByteArray(R"({"pooling_mode": ["lasttoken"]})")
                                   << QStringLiteral("lasttoken");
}

void TestSentenceModules::settings_of_older_versions_are_read()
{
    QFETCH(QByteArray, pooling);
    QFETCH(QString, same_as);
    QTemporaryDir folder;
    copy_folder(data + QStringLiteral("max"), folder.path());
    write(folder.filePath(QStringLiteral("1_Pooling/config.json")), pooling);
    const ModelPtr model = load_model(folder.path());
    for (const QJsonValue &one : expected(same_as))
        compare(one, vector_of(model, one[QStringLiteral("text")].toString()));
}

void TestSentenceModules::what_is_not_computed_gives_no_vector_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *file, const QByteArray &bytes,
                        const QStringList &words) {
        QTest::newRow(name) << QString::fromLatin1(file) << bytes << words;
    };
    const QByteArray begin = R"([{"path": "", "type": "sentence_transformers.models.Transformer"}, )";
    const QByteArray pooling = R"({"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"})";
    row("another step", "modules.json",
        begin + pooling + R"(, {"path": "2", "type": "sentence_transformers.models.WordWeights"}])",
        {QStringLiteral("modules.json"), QStringLiteral("WordWeights")});
    row("a class of its own", "modules.json",
        begin + R"({"path": "1_Pooling", "type": "custom_st.Pooling"}])",
        {QStringLiteral("modules.json"), QStringLiteral("custom_st.Pooling")});
    row("no pooling", "modules.json",
        begin + R"({"path": "2", "type": "sentence_transformers.models.Normalize"}])",
        {QStringLiteral("modules.json"), QStringLiteral("Normalize")});
    row("two poolings", "modules.json", begin + pooling + ", " + pooling + "]",
        {QStringLiteral("modules.json"), QStringLiteral("Pooling")});
    row("only the encoder", "modules.json", begin.chopped(2) + "]", {QStringLiteral("modules.json")});
    row("broken", "modules.json", "[{", {QStringLiteral("modules.json")});
    row("no list", "modules.json", "{}", {QStringLiteral("modules.json")});
    row("another folder", "modules.json",
        begin + R"({"path": "../1_Pooling", "type": "sentence_transformers.models.Pooling"}])",
        {QStringLiteral("modules.json"), QStringLiteral("path")});
    row("an absolute folder", "modules.json",
        begin + R"({"path": "/etc", "type": "sentence_transformers.models.Pooling"}])",
        {QStringLiteral("modules.json"), QStringLiteral("path")});
    row("a missing file", "modules.json",
        begin + R"({"path": "nowhere", "type": "sentence_transformers.models.Pooling"}])",
        {QStringLiteral("nowhere/config.json")});
    row("a missing weight", "modules.json",
        begin + pooling + R"(, {"path": "1_Pooling", "type": "sentence_transformers.models.LayerNorm"}])",
        {QStringLiteral("1_Pooling")});
    row("another pooling", "1_Pooling/config.json", R"({"pooling_mode": "median"})",
        {QStringLiteral("1_Pooling/config.json"), QStringLiteral("median"), QStringLiteral("mean")});
    row("another pooling, as a flag", "1_Pooling/config.json", R"({"pooling_mode_median": true})",
        {QStringLiteral("1_Pooling/config.json"), QStringLiteral("pooling_mode_median")});
    row("no poolings", "1_Pooling/config.json", R"({"pooling_mode": []})",
        {QStringLiteral("1_Pooling/config.json"), QStringLiteral("pooling_mode")});
    row("another output of the encoder", "sentence_bert_config.json",
        R"({"modality_config": {"text": {"method": "forward", "method_output_name": "pooler_output"}}})",
        {QStringLiteral("sentence_bert_config.json"), QStringLiteral("method_output_name"),
         QStringLiteral("pooler_output")});
    row("no room for a token", "sentence_bert_config.json", R"({"max_seq_length": 0})",
        {QStringLiteral("sentence_bert_config.json"), QStringLiteral("max_seq_length")});
    row("a prompt that is not there", "config_sentence_transformers.json", R"({"default_prompt_name": "x"})",
        {QStringLiteral("config_sentence_transformers.json"), QStringLiteral("prompts")});
}

void TestSentenceModules::what_is_not_computed_gives_no_vector()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, words);
    QTemporaryDir folder;
    copy_folder(data + QStringLiteral("mean"), folder.path());
    QCOMPARE(problem(folder.path()), QString());
    write(folder.filePath(file), content);
    const QString said = problem(folder.path());
    for (const QString &word : words)
        QVERIFY2(said.contains(word), qPrintable(said));
}

void TestSentenceModules::what_lies_in_other_folders_is_named()
{
    const auto message = [](const QString &folder) {
        try {
            load_encoder(folder);
        } catch (const Error &error) {
            return error.message();
        }
        return QString();
    };
    QTemporaryDir folder;
    QVERIFY(message(folder.path()).contains(QStringLiteral("config.json")));
    copy_folder(data + QStringLiteral("mean"), folder.filePath(QStringLiteral("inner")));
    QVERIFY2(message(folder.path()).contains(folder.filePath(QStringLiteral("inner"))),
             qPrintable(message(folder.path())));
    write(folder.filePath(QStringLiteral("adapter_config.json")),
          R"({"base_model_name_or_path": "klue/bert-base", "peft_type": "LORA"})");
    QVERIFY2(message(folder.path()).contains(QStringLiteral("klue/bert-base")),
             qPrintable(message(folder.path())));
}

QTEST_GUILESS_MAIN(TestSentenceModules)
#include "tst_sentence_modules.moc"
