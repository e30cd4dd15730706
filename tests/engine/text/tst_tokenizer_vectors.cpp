// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert.h"
#include "engine/text/tokenizer_folder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace encoderscope;

namespace
{

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA "/tokenizers/");
const QString reference = QStringLiteral(ENCODERSCOPE_TEST_DATA "/../../../shared/reference/");

QJsonDocument read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QJsonParseError problem;
    const QJsonDocument document =
        QJsonDocument::fromJson(file.readAll().replace("\xEF\xBB\xBF", "\\uFEFF"), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(path), qPrintable(problem.errorString()));
    return document;
}

QString joined(const std::vector<int> &numbers)
{
    QStringList all;
    for (const int number : numbers)
        all.append(QString::number(number));
    return all.join(u' ');
}

std::vector<int> ids_of(const Encoding &encoding)
{
    std::vector<int> ids;
    for (const Token &token : encoding.tokens)
        ids.push_back(token.id);
    return ids;
}

TokenizerPtr bert(const QString &vocabulary, bool lowercase)
{
    return bert_tokenizer(std::make_shared<const Vocabulary>(read_vocabulary(vocabulary)),
                          {.normalizer = {.lowercase = lowercase}});
}

/// What is wrong with spans and texts of an encoding; empty when nothing is.
QString wrong_spans(const Encoding &encoding)
{
    for (const Token &token : encoding.tokens) {
        const QString &typed = token.segment == 0 ? encoding.text : encoding.text_b;
        const bool added = token.special && token.word < 0;
        if (token.begin < 0 || token.end < token.begin || token.end > typed.size())
            return QStringLiteral("span of ") + token.piece;
        if (token.begin < token.end && token.text != typed.mid(token.begin, token.end - token.begin) &&
            !typed.mid(token.begin, token.end - token.begin).trimmed().isEmpty())
            return QStringLiteral("text of ") + token.piece;
        if (token.text.isEmpty() || (!added && token.word < 0))
            return QStringLiteral("text or word of ") + token.piece;
        if (token.end < typed.size() && typed[token.end].isLowSurrogate() && token.end > 0 &&
            typed[token.end - 1].isHighSurrogate())
            return QStringLiteral("half a character in ") + token.piece;
    }
    return {};
}

} // namespace

/// Ids against the reference implementation, over the lines of tests/data/tokenizers (see make.py there).
class TestTokenizerVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ids_are_the_references_data();
    void ids_are_the_references();
    void vocabularies_of_others_too_data();
    void vocabularies_of_others_too();
    void published_vectors_too_data();
    void published_vectors_too();

private:
    void compare(const TokenizerPtr &tokenizer, const QString &expected, bool pairs);

    QStringList lines_;
    QJsonObject expected_;
};

void TestTokenizerVectors::initTestCase()
{
    for (const QJsonValue &line : read(data + QStringLiteral("lines.json")).array())
        lines_.append(QStringLiteral("") + line.toString());
    expected_ = read(data + QStringLiteral("expected.json")).object();
    QVERIFY(lines_.size() >= 2'000);
}

void TestTokenizerVectors::compare(const TokenizerPtr &tokenizer, const QString &expected, bool pairs)
{
    constexpr qsizetype digits = 4;
    QCOMPARE(expected.size(), lines_.size() * digits);
    int different = 0;
    for (qsizetype i = 0; i < lines_.size(); ++i) {
        const QString second = pairs ? lines_[(i + 1) % lines_.size()] : QString();
        const Encoding encoding = tokenizer->encode(lines_[i], second);
        std::vector<int> numbers = ids_of(encoding);
        if (pairs) {
            for (const Token &token : encoding.tokens)
                numbers.push_back(token.type);
        }
        const QByteArray digest =
            QCryptographicHash::hash(joined(numbers).toLatin1(), QCryptographicHash::Sha1).toHex();
        const QString wrong = wrong_spans(encoding);
        if (!wrong.isEmpty())
            qWarning("line %lld: %s", static_cast<long long>(i), qPrintable(wrong));
        if (QLatin1String(digest.first(digits)) == expected.mid(i * digits, digits) && wrong.isEmpty())
            continue;
        constexpr int shown = 5;
        if (++different <= shown)
            qWarning("line %lld: %s\n  ids %s", static_cast<long long>(i),
                     QJsonDocument(QJsonArray{lines_[i]}).toJson(QJsonDocument::Compact).constData(),
                     qPrintable(joined(numbers)));
    }
    QCOMPARE(different, 0);
}

void TestTokenizerVectors::ids_are_the_references_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("expected");
    for (const char *name : {"bert-uncased", "bert-cased", "bert-accents", "roberta", "roberta-files",
                             "albert", "xlm-roberta"}) {
        const QString folder = QString::fromLatin1(name);
        QTest::newRow(name) << folder << QString(folder).remove(QStringLiteral("-files"));
    }
}

void TestTokenizerVectors::ids_are_the_references()
{
    QFETCH(QString, folder);
    QFETCH(QString, expected);
    const TokenizerPtr tokenizer = load_tokenizer(data + folder);
    QVERIFY(tokenizer->mask_id() >= 0);
    compare(tokenizer, expected_.value(expected).toString(), false);
    compare(tokenizer, expected_.value(expected + QStringLiteral(" pairs")).toString(), true);
}

void TestTokenizerVectors::vocabularies_of_others_too_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("lowercase");
    QTest::newRow("cased") << QStringLiteral("bert-base-cased") << false;
    QTest::newRow("multilingual") << QStringLiteral("bert-base-multilingual-cased") << false;
    QTest::newRow("uncased") << QStringLiteral("bert-base-uncased") << true;
    QTest::newRow("koelectra") << QStringLiteral("koelectra-v1v2-32200") << false;
}

void TestTokenizerVectors::vocabularies_of_others_too()
{
    QFETCH(QString, name);
    QFETCH(bool, lowercase);
    const QString vocabulary = reference + QStringLiteral("vocabs/%1.vocab.txt").arg(name);
    if (!QFile::exists(vocabulary))
        QSKIP("the reference vocabularies are not beside the checkout");
    compare(bert(vocabulary, lowercase), expected_.value(QStringLiteral("vocabs/") + name).toString(), false);
}

void TestTokenizerVectors::published_vectors_too_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(reference + QStringLiteral("tokenizer-vectors"));
    if (!folder.exists())
        QSKIP("the reference vectors are not beside the checkout");
    for (const QString &file : folder.entryList({QStringLiteral("*.json")}))
        QTest::newRow(qPrintable(file)) << folder.filePath(file);
}

void TestTokenizerVectors::published_vectors_too()
{
    QFETCH(QString, file);
    const QJsonObject vectors = read(file).object();
    const TokenizerPtr tokenizer =
        bert(reference + QStringLiteral("vocabs/") + vectors.value(QStringLiteral("vocab")).toString(),
             vectors.value(QStringLiteral("do_lower_case")).toBool());
    const QJsonArray cases = vectors.value(QStringLiteral("cases")).toArray();
    QVERIFY(!cases.isEmpty());
    for (const QJsonValue &one : cases) {
        std::vector<int> ids;
        for (const QJsonValue &id : one[QStringLiteral("ids")].toArray())
            ids.push_back(id.toInt());
        QCOMPARE(joined(ids_of(tokenizer->encode(one[QStringLiteral("text")].toString()))), joined(ids));
    }
}

QTEST_GUILESS_MAIN(TestTokenizerVectors)
#include "tst_tokenizer_vectors.moc"
