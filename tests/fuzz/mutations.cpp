// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/mutations.h"

#include "engine/error.h"
#include "engine/model/save_model.h"
#include "tests/small_bert.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtEndian>

#include <limits>

namespace encoderscope
{

namespace
{

/// Its results are laid down by the standard, unlike those of its distributions.
class Random
{
public:
    explicit Random(unsigned seed)
        : engine_(seed)
    {
    }
    /// From 0 to size - 1; 0 when there is nothing to choose from.
    qsizetype below(qsizetype size) { return size > 0 ? static_cast<qsizetype>(engine_() % size) : 0; }
    template <typename Container>
    const auto &of(const Container &all)
    {
        return all[below(static_cast<qsizetype>(std::size(all)))];
    }

private:
    std::mt19937_64 engine_;
};

ModelFiles read_folder(const QString &folder)
{
    ModelFiles files;
    const QDir top(QDir(folder).absolutePath());
    QDirIterator found(top.path(), QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        QFile file(found.next());
        const QString name = top.relativeFilePath(file.fileName());
        if (!QFileInfo(name).baseName().startsWith(QStringLiteral("expected")) &&
            file.open(QIODevice::ReadOnly))
            files.insert(name, file.readAll());
    }
    return files;
}

/// Special tokens under the names of every family, letters, then numbered ends of words.
QByteArray vocabulary(int size)
{
    QByteArray pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n<s>\n<pad>\n</s>\n<unk>\n<mask>\n";
    for (int i = 0; i < size - 10; ++i)
        pieces +=
            i < 26 ? QByteArray(1, static_cast<char>('a' + i)) + '\n' : "##" + QByteArray::number(i) + '\n';
    return pieces;
}

/// A small BERT with the tokenizer in `folder`.
ModelFiles with_tokenizer(const QString &folder)
{
    const QTemporaryDir place;
    save_model(small_bert(folder), place.path());
    return read_folder(place.path());
}

QJsonValue hostile_value(Random &random)
{
    static const QJsonArray deep = [] {
        QJsonArray array;
        for (int i = 0; i < 500; ++i)
            array = QJsonArray{QJsonValue(array)};
        return array;
    }();
    static const std::vector<QJsonValue> values{
        0,
        -1,
        1,
        2,
        3,
        7,
        1e-300,
        0.5,
        -0.0,
        65537,
        2147483647.0,
        2147483648.0,
        -2147483649.0,
        9007199254740993.0,
        1e19,
        1e308,
        QJsonValue::Null,
        true,
        false,
        QString(),
        QStringLiteral("x"),
        QStringLiteral("../../../etc/hostname"),
        QStringLiteral("<img src=\"file:///etc/hostname\"><b>&amp;"),
        QStringLiteral("%1 %n %s"),
        QString(100'000, u'y'),
        QString(QChar(0)),
        QString(QChar(0xD800)),
        QStringLiteral("gelu"),
        QStringLiteral("bert"),
        QStringLiteral("encoderscope"),
        QJsonArray(),
        QJsonArray{1, QStringLiteral("a"), QJsonObject()},
        QJsonObject(),
        QJsonObject{{QStringLiteral("type"), QStringLiteral("Sequence")}},
        deep};
    return random.of(values);
}

/// Changes a field somewhere below `value`.
QJsonValue changed(const QJsonValue &value, Random &random, int depth = 0)
{
    const bool here = depth > 6 || random.below(3) == 0;
    if (value.isObject() && !(here && depth > 0)) {
        QJsonObject object = value.toObject();
        const QStringList keys = object.keys();
        if (keys.isEmpty())
            return hostile_value(random);
        const QString key = random.of(keys);
        switch (random.below(8)) {
        case 0:
            object.remove(key);
            break;
        case 1:
            object.insert(key, object.value(random.of(keys)));
            break;
        case 2: {
            static const QStringList known{QStringLiteral("num_labels"),
                                           QStringLiteral("id2label"),
                                           QStringLiteral("problem_type"),
                                           QStringLiteral("position_embedding_type"),
                                           QStringLiteral("embedding_size"),
                                           QStringLiteral("hidden_act"),
                                           QStringLiteral("layer_norm_eps"),
                                           QStringLiteral("pad_token_id"),
                                           QStringLiteral("relative_attention_num_buckets"),
                                           QStringLiteral("num_hidden_groups"),
                                           QStringLiteral("inner_group_num"),
                                           QStringLiteral("type_vocab_size"),
                                           QStringLiteral("tie_word_embeddings"),
                                           QStringLiteral("model_max_length"),
                                           QStringLiteral("mask_token"),
                                           QStringLiteral("added_tokens_decoder"),
                                           QStringLiteral("normalizer"),
                                           QStringLiteral("__metadata__")};
            object.insert(random.of(known), hostile_value(random));
            break;
        }
        default:
            object.insert(key, changed(object.value(key), random, depth + 1));
        }
        return object;
    }
    if (value.isArray() && !here) {
        QJsonArray array = value.toArray();
        if (array.isEmpty())
            return hostile_value(random);
        const auto at = random.below(array.size());
        switch (random.below(4)) {
        case 0:
            array.removeAt(at);
            break;
        case 1:
            array.append(array.at(at));
            break;
        default:
            array.replace(at, changed(array.at(at), random, depth + 1));
        }
        return array;
    }
    if (value.isDouble() && random.below(2) == 0)
        return value.toDouble() + (random.below(2) == 0 ? 1.0 : -1.0);
    return hostile_value(random);
}

QByteArray changed_json(const QByteArray &json, Random &random)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonValue value =
        document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QJsonValue result = changed(value, random);
    return result.isArray() ? QJsonDocument(result.toArray()).toJson(QJsonDocument::Compact)
                            : QJsonDocument(result.toObject()).toJson(QJsonDocument::Compact);
}

/// The header as JSON, with a length that is true.
void change_header(QByteArray &file, Random &random)
{
    if (file.size() < 8)
        return;
    const auto length = qFromLittleEndian<quint64>(file.constData());
    if (length > static_cast<quint64>(file.size() - 8))
        return;
    const QByteArray header = changed_json(file.sliced(8, static_cast<qsizetype>(length)), random);
    const quint64 size = qToLittleEndian(static_cast<quint64>(header.size()));
    file = QByteArray(reinterpret_cast<const char *>(&size), 8) + header +
           file.sliced(8 + static_cast<qsizetype>(length));
}

/// Writes one float, or many, over the data of a safetensors file.
void change_weights(QByteArray &file, Random &random)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    static const std::vector<float> floats{std::numeric_limits<float>::quiet_NaN(),
                                           infinity,
                                           -infinity,
                                           std::numeric_limits<float>::max(),
                                           -std::numeric_limits<float>::max(),
                                           std::numeric_limits<float>::denorm_min(),
                                           1e30F,
                                           -1e18F,
                                           0.0F};
    const auto length = file.size() < 8 ? quint64{0} : qFromLittleEndian<quint64>(file.constData());
    const auto data =
        static_cast<qsizetype>(std::min<quint64>(length, static_cast<quint64>(file.size())) + 8);
    const qsizetype count = (file.size() - data) / 4;
    if (count < 1)
        return;
    const float value = random.of(floats);
    qsizetype many = random.below(3) == 0 ? 1 : random.below(2) == 0 ? count : 1 + random.below(count);
    for (qsizetype at = random.below(count); many > 0 && at < count; ++at, --many)
        std::memcpy(file.data() + data + at * 4, &value, 4);
}

void change_bytes(QByteArray &file, Random &random)
{
    const qsizetype at = random.below(file.size());
    const qsizetype size = 1 + random.below(std::min<qsizetype>(file.size() - at, 64));
    switch (random.below(6)) {
    case 0:
        file.truncate(at);
        break;
    case 1:
        file.insert(at, file.mid(at, size).repeated(1 + static_cast<int>(random.below(300))));
        break;
    case 2:
        file.remove(at, size);
        break;
    case 3:
        file.replace(at, std::min(size, file.size() - at),
                     QByteArray(size, static_cast<char>(random.below(256))));
        break;
    default:
        for (qsizetype i = 1 + random.below(8); i > 0 && !file.isEmpty(); --i)
            file[random.below(file.size())] = static_cast<char>(random.below(256));
    }
}

void change_lines(QByteArray &file, Random &random)
{
    QList<QByteArray> lines = file.split('\n');
    const qsizetype at = random.below(lines.size());
    switch (random.below(8)) {
    case 0:
        lines.removeAt(at);
        break;
    case 1:
        lines.insert(random.below(lines.size()), lines[at]);
        break;
    case 2:
        lines[at].clear();
        break;
    case 3:
        lines[at] = QByteArray(1'000'000, 'z');
        break;
    case 4:
        lines[at] += "\xFF\xC0\x80";
        break;
    case 5:
        lines[at] = "<img src=\"file:///etc/hostname\">";
        break;
    case 6:
        file = lines.join("\r\n");
        return;
    default:
        lines.swapItemsAt(at, random.below(lines.size()));
    }
    file = lines.join('\n');
}

QString changed_file(ModelFiles &files, const std::vector<ModelFiles> &bases, Random &random)
{
    const QString name = random.of(files.keys());
    QByteArray &file = files[name];
    const qsizetype choice = random.below(12);
    if (choice == 0) {
        const ModelFiles &other = random.of(bases);
        const QString theirs = random.of(other.keys());
        files.insert(theirs, other[theirs]);
        return theirs + QStringLiteral(" of another model");
    }
    if (choice == 1) {
        files.remove(name);
        return name + QStringLiteral(" removed");
    }
    if (choice == 2) {
        change_bytes(file, random);
        return name + QStringLiteral(": bytes");
    }
    if (name.endsWith(QStringLiteral(".json"))) {
        file = changed_json(file, random);
        return name + QStringLiteral(": a field");
    }
    if (name.endsWith(QStringLiteral(".safetensors"))) {
        if (choice % 3 == 0) {
            change_header(file, random);
            return name + QStringLiteral(": its header");
        }
        change_weights(file, random);
        return name + QStringLiteral(": numbers");
    }
    if (name.endsWith(QStringLiteral(".txt"))) {
        change_lines(file, random);
        return name + QStringLiteral(": lines");
    }
    change_bytes(file, random);
    return name + QStringLiteral(": bytes");
}

} // namespace

std::vector<ModelFiles> base_folders(const QStringList &more)
{
    std::vector<ModelFiles> bases;
    const QDir checkpoints(QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints"));
    for (const QString &name : checkpoints.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        ModelFiles files = read_folder(checkpoints.filePath(name));
        const QJsonObject config = QJsonDocument::fromJson(files[QStringLiteral("config.json")]).object();
        files.insert(QStringLiteral("vocab.txt"), vocabulary(config[QStringLiteral("vocab_size")].toInt()));
        bases.push_back(std::move(files));
    }
    // Sentence-transformers' layouts, and what people reported.
    for (const char *place : {"/sentences", "/cases"}) {
        const QDir folder(QStringLiteral(ENCODERSCOPE_TEST_DATA) + QLatin1String(place));
        for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
            bases.push_back(read_folder(folder.filePath(name)));
    }
    const QDir tokenizers(QStringLiteral(ENCODERSCOPE_TEST_DATA "/tokenizers"));
    for (const QString &name : tokenizers.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        try {
            bases.push_back(with_tokenizer(tokenizers.filePath(name)));
        } catch (const Error &) { // there to be refused, or no tokenizer's folder
            continue;
        }
    }
    for (const QString &folder : more)
        bases.push_back(read_folder(folder));
    return bases;
}

ModelFiles mutated(const std::vector<ModelFiles> &bases, unsigned number, QString &what)
{
    Random random(number);
    ModelFiles files = random.of(bases);
    QStringList faults;
    for (qsizetype count = 1 + random.below(2) * random.below(4); count > 0 && !files.isEmpty(); --count)
        faults.append(changed_file(files, bases, random));
    what = faults.join(QStringLiteral("; "));
    return files;
}

} // namespace encoderscope
