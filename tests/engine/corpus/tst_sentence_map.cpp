// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences of a corpus along two principal components, against a singular value decomposition of their
// vectors.
#include "engine/corpus/sentence_map.h"
#include "engine/model/load_model.h"
#include "tests/engine/corpus/corpus_folder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <Eigen/SVD>

#include <set>

using namespace encoderscope;

class TestSentenceMap : public QObject, private CorpusFolder
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void places_are_principal_components();
    void other_vectors_have_a_place();
    void some_of_many_lie_evenly();
    void a_sentence_without_a_vector_is_left_out();
    void what_cannot_be_mapped_is_said();
    void the_command_writes_it();
    void told_to_stop_it_has_no_sentences();

private:
    Eigen::MatrixXd vectors(const SentenceMap &map) const;

    static constexpr int lines = 60;
    QString corpus_ = path(QStringLiteral("vectors.sqlite"));
};

void TestSentenceMap::initTestCase()
{
    const ModelPtr model = load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/sentences/mean"));
    CorpusFile file(corpus_, settings_of(*model, model->config.max_positions, 1));
    CorpusWriter writer(file);
    const QByteArrayList words{"the", "cat", "sees", "a", "dog", "and", "moon"};
    QByteArray text;
    for (int i = 0; i < lines; ++i)
        text += words[i % 7] + ' ' + words[i / 7 % 7] + ' ' + words[(i * i + i / 3) % 7] + '\n';
    SentenceReader reader({.path = write(QStringLiteral("words.txt"), text), .field = {}});
    QCOMPARE(add_sentences(writer, file.settings(), model, reader, {}).added, lines);
}

/// As they are in the file [sentences x d].
Eigen::MatrixXd TestSentenceMap::vectors(const SentenceMap &map) const
{
    const CorpusFile file(corpus_, CorpusFile::Access::read);
    Eigen::MatrixXd all;
    for (const PlacedSentence &one : map.sentences) {
        const RowVector vector = read_sentence(file, one.number).result.vector;
        all.conservativeResize(all.rows() + 1, vector.size());
        all.bottomRows(1) = vector.cast<double>();
    }
    return all;
}

void TestSentenceMap::places_are_principal_components()
{
    const CorpusFile file(corpus_, CorpusFile::Access::read);
    const SentenceMap map = map_sentences(file, usual_mapped_sentences);
    QCOMPARE(map.all, lines);
    QCOMPARE(std::ssize(map.sentences), lines);
    Eigen::MatrixXd all = vectors(map);
    all.rowwise() -= all.colwise().mean().eval();
    const Eigen::BDCSVD<Eigen::MatrixXd> svd(all, Eigen::ComputeThinU | Eigen::ComputeThinV);
    const Eigen::VectorXd variances = svd.singularValues().cwiseAbs2();
    QVERIFY(variances(0) > 1.01 * variances(1) &&
            variances(1) > 1.01 * variances(2)); // they can be told apart
    for (const int component : {0, 1}) {
        const Eigen::VectorXd expected = all * svd.matrixV().col(component);
        Eigen::VectorXd found(lines);
        for (Index i = 0; i < lines; ++i) {
            const PlacedSentence &one = map.sentences[static_cast<std::size_t>(i)];
            found(i) = static_cast<double>(component == 0 ? one.x : one.y);
        }
        const double off = std::min((found - expected).norm(), (found + expected).norm()) / expected.norm();
        QVERIFY2(off < 1e-5, qPrintable(QString::number(off)));
        QVERIFY(std::abs(static_cast<double>(map.axes.shares[component]) -
                         variances(component) / variances.sum()) < 1e-5);
    }
    const PlacedSentence &last = map.sentences.back();
    QCOMPARE(last.line, lines);
    QCOMPARE(last.beginning, read_sentence(file, last.number).result.text);
    QVERIFY(last.source.endsWith(QStringLiteral("words.txt")));
}

void TestSentenceMap::other_vectors_have_a_place()
{
    const CorpusFile file(corpus_, CorpusFile::Access::read);
    const SentenceMap map = map_sentences(file, usual_mapped_sentences);
    const Matrix places = map.axes.places_of(vectors(map).cast<float>());
    for (Index i = 0; i < lines; ++i) {
        const PlacedSentence &one = map.sentences[static_cast<std::size_t>(i)];
        QVERIFY(std::abs(places(i, 0) - one.x) < 1e-4F && std::abs(places(i, 1) - one.y) < 1e-4F);
    }
}

void TestSentenceMap::some_of_many_lie_evenly()
{
    const SentenceMap map = map_sentences(CorpusFile(corpus_, CorpusFile::Access::read), 20);
    QCOMPARE(map.all, lines);
    QCOMPARE(map.sentences.size(), 20U);
    for (std::size_t i = 0; i < 20; ++i)
        QCOMPARE(map.sentences[i].line, qint64(3 * i) + 1);
}

void TestSentenceMap::a_sentence_without_a_vector_is_left_out()
{
    const QString changed = path(QStringLiteral("without.sqlite"));
    QVERIFY(QFile::copy(corpus_, changed));
    const CorpusFile file(changed, CorpusFile::Access::write);
    file.execute(QStringLiteral("UPDATE sentence SET vector = NULL WHERE id % 4294967296 = 7"));
    const SentenceMap map = map_sentences(file, usual_mapped_sentences);
    QCOMPARE(map.all, lines);
    QCOMPARE(std::ssize(map.sentences), lines - 1);
    std::set<qint64> found;
    for (const PlacedSentence &one : map.sentences)
        found.insert(one.line);
    QVERIFY(!found.contains(7) && found.contains(8));
}

void TestSentenceMap::what_cannot_be_mapped_is_said()
{
    const auto refused = [](const QString &corpus) {
        try {
            map_sentences(CorpusFile(corpus, CorpusFile::Access::read), usual_mapped_sentences);
        } catch (const Error &error) {
            return error.message();
        }
        return QString();
    };
    const QString plain = path(QStringLiteral("plain.sqlite"));
    add(plain, text_);
    QVERIFY2(refused(plain).startsWith(plain + QStringLiteral(" has no vectors of sentences")),
             qPrintable(refused(plain)));
    const QString damaged = path(QStringLiteral("damaged.sqlite"));
    QVERIFY(QFile::copy(corpus_, damaged));
    CorpusFile(damaged, CorpusFile::Access::write)
        .execute(QStringLiteral("UPDATE sentence SET vector = x'0000803f' WHERE id % 4294967296 = 7"));
    QVERIFY2(refused(damaged).contains(QStringLiteral("has a vector of another length")),
             qPrintable(refused(damaged)));
}

void TestSentenceMap::the_command_writes_it()
{
    const QString output = path(QStringLiteral("map.json"));
    const Outcome outcome = run_corpus_command({QStringLiteral("query"), corpus_, QStringLiteral("--map"),
                                                QStringLiteral("--most"), QStringLiteral("12"),
                                                QStringLiteral("--output"), output});
    QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
    const QJsonObject written = QJsonDocument::fromJson(bytes_of(output)).object();
    const SentenceMap map = map_sentences(CorpusFile(corpus_, CorpusFile::Access::read), 12);
    QCOMPARE(written[QStringLiteral("sentences")].toInt(), lines);
    const QJsonArray points = written[QStringLiteral("map")].toArray();
    QCOMPARE(points.size(), 12);
    for (int i = 0; i < 12; ++i) {
        const PlacedSentence &one = map.sentences[static_cast<std::size_t>(i)];
        const QJsonObject point = points[i].toObject();
        QCOMPARE(point[QStringLiteral("beginning")].toString(), one.beginning);
        QCOMPARE(point[QStringLiteral("x")].toDouble(), static_cast<double>(one.x));
        QCOMPARE(point[QStringLiteral("y")].toDouble(), static_cast<double>(one.y));
    }
    QVERIFY(run_corpus_command({QStringLiteral("query"), corpus_, QStringLiteral("--map"),
                                QStringLiteral("--most"), QStringLiteral("50001")})
                .errors.contains(QStringLiteral("--most")));
}

void TestSentenceMap::told_to_stop_it_has_no_sentences()
{
    std::stop_source stop;
    stop.request_stop();
    const CorpusFile file(corpus_, CorpusFile::Access::read);
    QVERIFY(map_sentences(file, usual_mapped_sentences, stop.get_token()).sentences.empty());
}

QTEST_GUILESS_MAIN(TestSentenceMap)
#include "tst_sentence_map.moc"
