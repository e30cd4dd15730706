// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/mecab_words.h"
#include "engine/text/text_file.h"
#include "engine/text/tokenizer_folder.h"
#include "engine/text/tokenizer_json.h"
#include "tests/written_folder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

namespace
{

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA "/tokenizers/");

JsonField read(const QString &file)
{
    return JsonField::read(data + file);
}

QStringList lines()
{
    QStringList all;
    for (const QJsonValue &line : read(QStringLiteral("lines.json")).array())
        all.append(line.toString());
    return all;
}

QString numbers(const Encoding &encoding, bool types)
{
    QStringList all;
    for (const Token &token : encoding.tokens)
        all.append(QString::number(token.id));
    for (const Token &token : encoding.tokens) {
        if (types)
            all.append(QString::number(token.type));
    }
    return all.join(u' ');
}

/// As in the scripts that made the data: of each 50 lines the first 8 digits.
QString digests(const QStringList &rows)
{
    constexpr qsizetype block = 50;
    QString result;
    for (qsizetype i = 0; i < rows.size(); i += block)
        result += QString::fromLatin1(
            QCryptographicHash::hash(rows.mid(i, block).join(u'\n').toUtf8(), QCryptographicHash::Sha1)
                .toHex()
                .first(8));
    return result;
}

QString digests(const Tokenizer &tokenizer, const QStringList &texts, bool pairs)
{
    QStringList rows;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const QString second = texts[(i + 1) % texts.size()];
        rows.append(numbers(
            tokenizer.encode(texts[i], pairs ? (second.isNull() ? QStringLiteral("") : second) : QString()),
            pairs));
    }
    return digests(rows);
}

/// What a configuration describes, as a tokenizer.json.
JsonField whole(const QJsonObject &models, const QJsonObject &part)
{
    const QJsonValue named = models.value(part.value(QStringLiteral("model")).toString());
    const QJsonObject file =
        named.isString() ? read(named.toString()).object() : QJsonObject{{QStringLiteral("model"), named}};
    QJsonObject model = file.value(QStringLiteral("model")).toObject();
    const QJsonObject changes = part.value(QStringLiteral("changes")).toObject();
    for (auto change = changes.begin(); change != changes.end(); ++change)
        model.insert(change.key(), change.value());
    QJsonObject pieces = model.value(QStringLiteral("vocab")).toObject();
    for (const QJsonValue &piece : part.value(QStringLiteral("without")).toArray())
        pieces.remove(piece.toString());
    if (part.contains(QStringLiteral("without")))
        model.insert(QStringLiteral("vocab"), pieces);
    const QString added = QStringLiteral("added_tokens");
    QJsonObject tokenizer = part;
    tokenizer.insert(QStringLiteral("model"), model);
    if (!part.contains(added))
        tokenizer.insert(added, file.value(added));
    return JsonField::made(tokenizer, QStringLiteral("tokenizer.json"));
}

} // namespace

/// Against the ids of the reference implementation: see make_folders.py, make_recent.py,
/// make_configurations.py and make_japanese.py.
class TestTokenizerFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_layout_of_files_has_the_references_ids_data();
    void every_layout_of_files_has_the_references_ids();
    void every_part_has_the_references_ids_data();
    void every_part_has_the_references_ids();
    void japanese_words_have_the_references_ids_data();
    void japanese_words_have_the_references_ids();
    void japanese_text_of_any_length_is_cut();
    void japanese_settings_that_are_not_supported_are_refused_data();
    void japanese_settings_that_are_not_supported_are_refused();
    void classes_that_are_not_known_are_refused_data();
    void classes_that_are_not_known_are_refused();
    void pieces_that_are_too_long_are_refused_data();
    void pieces_that_are_too_long_are_refused();
    void steps_that_make_a_text_endless_are_refused();
    void expressions_that_never_end_are_refused();

private:
    const QStringList lines_ = lines();
    const JsonField folders_ = read(QStringLiteral("folders.json"));
    const JsonField recent_ = read(QStringLiteral("recent.json"));
    const JsonField configurations_ = read(QStringLiteral("configurations.json"));
    const JsonField japanese_ = read(QStringLiteral("japanese.json"));
};

namespace
{

/// Writes a model's folder with `settings` as tokenizer_config.json.
void write_japanese(const JsonField &japanese, const QJsonObject &settings, const QTemporaryDir &folder)
{
    QStringList pieces;
    for (const QJsonValue &piece : japanese[QStringLiteral("vocab.txt")].array())
        pieces.append(piece.toString());
    write_folder(
        {{QStringLiteral("vocab.txt"), pieces.join(u'\n')},
         {QStringLiteral("config.json"), QJsonObject{{QStringLiteral("model_type"), QStringLiteral("bert")}}},
         {QStringLiteral("tokenizer_config.json"), settings}},
        QDir(folder.path()));
}

} // namespace

void TestTokenizerFolders::every_layout_of_files_has_the_references_ids_data()
{
    QTest::addColumn<QString>("name");
    for (const JsonField *file : {&folders_, &recent_}) {
        for (const QString &name : file->object().keys())
            QTest::newRow(qPrintable((file == &recent_ ? QStringLiteral("recent: ") : QString()) + name))
                << name;
    }
}

void TestTokenizerFolders::every_layout_of_files_has_the_references_ids()
{
    QFETCH(QString, name);
    const bool recent = QByteArray(QTest::currentDataTag()).startsWith("recent: ");
    const JsonField expected = (recent ? recent_ : folders_)[name];
    QTemporaryDir folder;
    write_folder(expected[QStringLiteral("files")].object(), QDir(folder.path()));
    if (expected.has(QStringLiteral("refused"))) {
        try {
            load_tokenizer(folder.path());
            QFAIL("read as something else");
        } catch (const Error &error) {
            QVERIFY2(error.message().contains(expected.text(QStringLiteral("refused"))), error.what());
            QVERIFY2(error.message().contains(QStringLiteral("field \"")), error.what());
        }
        return;
    }
    const TokenizerPtr tokenizer = load_tokenizer(folder.path());
    const JsonField texts = expected[QStringLiteral("texts")];
    for (qsizetype i = 0; texts.exists() && i < texts.array().size(); ++i) {
        QStringList ids;
        for (const QJsonValue &id : texts[i][1].array())
            ids.append(QString::number(id.toInt()));
        QCOMPARE(numbers(tokenizer->encode(texts[i][0].string()), false), ids.join(u' '));
    }
    QCOMPARE(digests(*tokenizer, lines_, false), expected.text(QStringLiteral("lines")));
    if (expected.has(QStringLiteral("pairs")))
        QCOMPARE(digests(*tokenizer, lines_, true), expected.text(QStringLiteral("pairs")));
}

void TestTokenizerFolders::every_part_has_the_references_ids_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : configurations_[QStringLiteral("configurations")].object().keys())
        QTest::newRow(qPrintable(name)) << name;
}

void TestTokenizerFolders::every_part_has_the_references_ids()
{
    QFETCH(QString, name);
    const JsonField expected = configurations_[QStringLiteral("configurations")][name];
    const TokenizerPtr tokenizer =
        tokenizer_from_json(whole(configurations_[QStringLiteral("models")].object(), expected.object()));
    // The reference implementation knows other versions of Unicode: a random character here and there.
    const qsizetype other_characters = name.startsWith(QStringLiteral("UnicodeScripts")) ? 5 : 0;
    const QString found = digests(*tokenizer, lines_, false);
    const QString wanted = expected.text(QStringLiteral("lines"));
    QCOMPARE(found.size(), wanted.size());
    qsizetype different = 0;
    for (qsizetype i = 0; i < wanted.size(); i += 8)
        different += found.mid(i, 8) == wanted.mid(i, 8) ? 0 : 1;
    QVERIFY2(different <= other_characters, qPrintable(QString::number(different)));
    if (expected.has(QStringLiteral("pairs")))
        QCOMPARE(digests(*tokenizer, lines_, true), expected.text(QStringLiteral("pairs")));
}

void TestTokenizerFolders::japanese_words_have_the_references_ids_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : japanese_[QStringLiteral("tokenizers")].object().keys())
        QTest::newRow(qPrintable(name)) << name;
}

void TestTokenizerFolders::japanese_words_have_the_references_ids()
{
    QFETCH(QString, name);
    const JsonField expected = japanese_[QStringLiteral("tokenizers")][name];
    QTemporaryDir folder;
    write_japanese(japanese_, expected[QStringLiteral("tokenizer_config.json")].object(), folder);
    const QString dictionary = expected.text(QStringLiteral("dictionary"));
    if (!dictionary.isEmpty() && (!has_mecab() || !mecab_dictionary(dictionary))) {
        // Of the ones that Debian has not: only what the message says.
        QVERIFY2(!has_mecab() || dictionary == QStringLiteral("unidic_lite"),
                 "mecab-ipadic-utf8 is needed: app/install-packages test");
        try {
            load_tokenizer(folder.path());
            QFAIL("read without its dictionary");
        } catch (const Error &error) {
            QVERIFY2(error.message().contains(QStringLiteral("MeCab")), error.what());
            QVERIFY2(error.message().contains(QStringLiteral("tokenizer_config.json, field \"")),
                     error.what());
        }
        return;
    }
    const TokenizerPtr tokenizer = load_tokenizer(folder.path());
    const JsonField texts = expected[QStringLiteral("texts")];
    for (qsizetype i = 0; i < texts.array().size(); ++i) {
        QStringList wanted, found;
        for (const QJsonValue &piece : texts[i][2].array())
            wanted.append(piece.toString());
        for (const Token &token : tokenizer->encode(texts[i][0].string()).tokens)
            found.append(token.piece);
        QCOMPARE(found.join(u' '), wanted.join(u' '));
    }
    QStringList japanese, others;
    for (const QJsonValue &line : japanese_[QStringLiteral("lines")].array())
        japanese.append(line.toString());
    for (QString line : lines_)
        others.append(line.remove(QChar(0)));
    QCOMPARE(digests(*tokenizer, japanese, false), expected.text(QStringLiteral("japanese")));
    QCOMPARE(digests(*tokenizer, others, false), expected.text(QStringLiteral("lines")));
    if (expected.has(QStringLiteral("pairs")))
        QCOMPARE(digests(*tokenizer, others, true), expected.text(QStringLiteral("pairs")));
    // Every token stands where its characters were typed.
    const QString text = QStringLiteral("ＡＢＣ株式会社の㍿　すもも か\u3099く");
    qsizetype last = 0;
    for (const Token &token : tokenizer->tokenize(text)) {
        QVERIFY(token.begin >= 0 && token.begin < token.end && token.end <= text.size());
        QVERIFY(token.end >= last);
        last = token.end;
    }
    QCOMPARE(last, text.size());
}

void TestTokenizerFolders::japanese_text_of_any_length_is_cut()
{
    if (!has_mecab())
        return;
    QTemporaryDir folder;
    write_japanese(japanese_,
                   japanese_[QStringLiteral("tokenizers")][QStringLiteral("ipadic, character")]
                            [QStringLiteral("tokenizer_config.json")]
                                .object(),
                   folder);
    const TokenizerPtr tokenizer = load_tokenizer(folder.path());
    const QString word = QStringLiteral("猫");
    // MeCab counts in 16 bits: the blanks before a word, and its bytes.
    for (const QString &text :
         {QString(200'000, u' ') + word, QString(100'000, u'\u00D0') + word, QString(70'000, u'あ') + word}) {
        const std::vector<Token> tokens = tokenizer->tokenize(text);
        QCOMPARE(tokens.back().text, word);
        QCOMPARE(tokens.back().begin, text.size() - 1);
    }
}

void TestTokenizerFolders::japanese_settings_that_are_not_supported_are_refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *json, const char *named) {
        QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(named);
    };
    row("another program", R"({"word_tokenizer_type": "sudachi"})",
        "field \"word_tokenizer_type\": found \"sudachi\"; supported: basic, mecab");
    row("other pieces", R"({"subword_tokenizer_type": "sentencepiece"})",
        "field \"subword_tokenizer_type\": found \"sentencepiece\"; supported: wordpiece, character");
    row("a path", R"({"word_tokenizer_type": "mecab", "mecab_kwargs": {"mecab_dic": "/etc"}})",
        "field \"mecab_kwargs.mecab_dic\": found \"/etc\"; supported: ipadic, unidic, unidic_lite");
    row("a path behind a name",
        R"({"word_tokenizer_type": "mecab", "mecab_kwargs": {"mecab_dic": "ipadic/../../x"}})",
        "field \"mecab_kwargs.mecab_dic\": found");
    row("any dictionary", R"({"word_tokenizer_type": "mecab", "mecab_kwargs": {"mecab_dic": null}})",
        "field \"mecab_kwargs.mecab_dic\": expected ipadic, unidic, unidic_lite, found nothing");
    row("options of MeCab",
        R"({"word_tokenizer_type": "mecab", "mecab_kwargs": {"mecab_option": "-d /etc"}})",
        "field \"mecab_kwargs.mecab_option\": expected an empty text, found \"-d /etc\"");
    row("no object", R"({"word_tokenizer_type": "mecab", "mecab_kwargs": "ipadic"})", "field \"mecab_kwargs");
    row("words that are not cut", R"({"never_split": ["猫"]})",
        "field \"never_split\": expected an empty list");
    row("no side", R"({"truncation_side": "up"})",
        "field \"truncation_side\": found \"up\"; supported: left, right");
    row("no name", R"({"word_tokenizer_type": 3})",
        "field \"word_tokenizer_type\": expected a text, found 3");
}

void TestTokenizerFolders::japanese_settings_that_are_not_supported_are_refused()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    QJsonObject settings = QJsonDocument::fromJson(json).object();
    QVERIFY(!settings.isEmpty());
    settings.insert(QStringLiteral("tokenizer_class"), QStringLiteral("BertJapaneseTokenizer"));
    QTemporaryDir folder;
    write_japanese(japanese_, settings, folder);
    try {
        load_tokenizer(folder.path());
        QFAIL("read as something else");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("tokenizer_config.json, ") + named), error.what());
    }
}

void TestTokenizerFolders::classes_that_are_not_known_are_refused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const char *file, const char *json, const char *found) {
        QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(json) << QString::fromLatin1(found);
    };
    row("BERTweet", "config.json", R"({"model_type": "roberta", "tokenizer_class": "BertweetTokenizer"})",
        "found \"BertweetTokenizer\"");
    row("characters", "tokenizer_config.json", R"({"tokenizer_class": "CanineTokenizer"})",
        "found \"CanineTokenizer\"");
    row("not a name", "tokenizer_config.json", R"({"tokenizer_class": 3})", "found 3");
    row("other files", "tokenizer_config.json", R"({"tokenizer_class": "RobertaTokenizer"})", "vocab.json");
}

void TestTokenizerFolders::classes_that_are_not_known_are_refused()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, json);
    QFETCH(QString, found);
    QTemporaryDir folder;
    write_folder({{QStringLiteral("vocab.txt"), QStringLiteral("[UNK]\n[CLS]\n[SEP]\n")},
                  {file, QString::fromLatin1(json)}},
                 QDir(folder.path()));
    try {
        load_tokenizer(folder.path());
        QFAIL("read as something else");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(file + QStringLiteral(", field \"tokenizer_class\"")),
                 error.what());
        QVERIFY2(error.message().contains(found), error.what());
    }
}

void TestTokenizerFolders::pieces_that_are_too_long_are_refused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<QString>("named");
    const auto json = [](const char *row, const char *file, const char *text, const char *field) {
        const QByteArrayList parts = QByteArray(text).split('@');
        QTest::newRow(row) << QString::fromLatin1(file) << parts[0] << parts[1] << QString::fromLatin1(field);
    };
    QTest::newRow("vocab.txt") << QStringLiteral("vocab.txt") << QByteArray("[UNK]\n[CLS]\n[SEP]\n")
                               << QByteArray("\n") << QStringLiteral("Line 4");
    json("WordPiece", "tokenizer.json", R"({"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "@": 1}}})",
         "field \"model.vocab.y");
    json("Unigram", "tokenizer.json",
         R"({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["@", -1.5]]}})",
         "field \"model.vocab[1][0]\"");
    json("added", "tokenizer.json",
         R"({"added_tokens": [{"content": "@", "id": 1}],
             "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}})",
         "field \"added_tokens[0].content\"");
    json("processor", "tokenizer.json",
         R"({"post_processor": {"type": "BertProcessing", "cls": ["@", 0], "sep": ["a", 0]},
             "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}})",
         "field \"post_processor.cls[0]\"");
    json("added file", "added_tokens.json", R"({"@": 9})", "field \"y");
    json("setting", "tokenizer_config.json", R"({"mask_token": "@"})", "field \"mask_token\"");
    json("special", "special_tokens_map.json", R"({"cls_token": {"content": "@"}})",
         "field \"cls_token.content\"");
    json("decoder", "tokenizer_config.json", R"({"added_tokens_decoder": {"5": {"content": "@"}}})",
         "field \"added_tokens_decoder.5.content\"");
    // Its pieces are messages (1) with a text (1), each behind its length.
    const QByteArray length("\xA1\x8D\x06", 3); // 100,001 = 0x186A1
    const QByteArray around("\xA5\x8D\x06", 3); // and what is before the text
    QTest::newRow("SentencePiece") << QStringLiteral("spiece.model")
                                   << QByteArray("\x0A\x03\x0A\x01x\x0A") + around + "\x0A" + length
                                   << QByteArray() << QStringLiteral("Piece 1");
}

void TestTokenizerFolders::pieces_that_are_too_long_are_refused()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, end);
    QFETCH(QString, named);
    QTemporaryDir folder;
    QJsonObject files;
    if (file != QStringLiteral("spiece.model") && file != QStringLiteral("tokenizer.json"))
        files.insert(QStringLiteral("vocab.txt"), QStringLiteral("[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n"));
    write_folder(files, QDir(folder.path()));
    QFile written(folder.filePath(file));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(begin + QByteArray(100'001, 'y') + end);
    written.close();
    try {
        load_tokenizer(folder.path());
        QFAIL("accepted");
    } catch (const Error &error) {
        for (const QString &part :
             {named, file, QStringLiteral("expected at most 1000 characters, found 100001")})
            QVERIFY2(error.message().contains(part), error.what());
        QVERIFY(error.message().size() < 500);
    }
}

void TestTokenizerFolders::steps_that_make_a_text_endless_are_refused()
{
    // "." -> 200 x: three such steps make a page of "hello" 40 million characters long, many more for ever.
    QJsonArray steps;
    for (int i = 0; i < 40; ++i)
        steps.append(QJsonObject{
            {QStringLiteral("type"), QStringLiteral("Replace")},
            {QStringLiteral("pattern"), QJsonObject{{QStringLiteral("Regex"), QStringLiteral(".")}}},
            {QStringLiteral("content"), QString(200, u'x')}});
    QJsonObject tokenizer = read(QStringLiteral("albert/tokenizer.json")).object();
    tokenizer.insert(QStringLiteral("normalizer"),
                     QJsonObject{{QStringLiteral("type"), QStringLiteral("Sequence")},
                                 {QStringLiteral("normalizers"), steps}});
    const TokenizerPtr made =
        tokenizer_from_json(JsonField::made(tokenizer, QStringLiteral("tokenizer.json")));
    QElapsedTimer timer;
    timer.start();
    QVERIFY_THROWS_EXCEPTION(Error, made->encode(QStringLiteral("hello")));
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

void TestTokenizerFolders::expressions_that_never_end_are_refused()
{
    QJsonObject tokenizer = read(QStringLiteral("albert/tokenizer.json")).object();
    tokenizer.insert(QStringLiteral("pre_tokenizer"),
                     QJsonObject{{QStringLiteral("type"), QStringLiteral("Split")},
                                 {QStringLiteral("pattern"),
                                  QJsonObject{{QStringLiteral("Regex"), QStringLiteral("(?:a+)+$")}}},
                                 {QStringLiteral("behavior"), QStringLiteral("Isolated")},
                                 {QStringLiteral("invert"), false}});
    const TokenizerPtr made =
        tokenizer_from_json(JsonField::made(tokenizer, QStringLiteral("tokenizer.json")));
    QElapsedTimer timer;
    timer.start();
    QVERIFY_THROWS_EXCEPTION(Error, made->encode(QString(2'000, u'a') + u'b'));
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!made->encode(QStringLiteral("caaa")).tokens.empty());
}

QTEST_GUILESS_MAIN(TestTokenizerFolders)
#include "tst_tokenizer_folders.moc"
