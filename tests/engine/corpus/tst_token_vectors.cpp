// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/merge_corpora.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/token_index.h"
#include "engine/corpus/token_vector_size.h"
#include "engine/forward/encoder.h"
#include "tests/engine/corpus/corpus_folder.h"

#include <QFileInfo>
#include <QFloat16>
#include <QTest>
#include <QtEndian>

#include <array>
#include <cmath>
#include <limits>
#include <map>

using namespace encoderscope;

/// Vectors of tokens that a corpus keeps.
class TestTokenVectors : public QObject, private CorpusFolder
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_room_on_the_disk_is_told_before();
    void a_page_holds_rows_of_vectors_whole_data();
    void a_page_holds_rows_of_vectors_whole();
    void the_nearest_tokens_are_those_of_brute_force();
    void of_a_frequent_piece_some_uses_everywhere_are_compared();
    void vectors_of_tokens_are_asked_for_on_the_command_line();
};

void TestTokenVectors::initTestCase()
{
    QCOMPARE(add(path(QStringLiteral("whole.sqlite")), text_).added, 100);
}

void TestTokenVectors::the_room_on_the_disk_is_told_before()
{
    // More than is read of it.
    const QString text =
        write(QStringLiteral("room.txt"), sentences(3000).join('\n') + "\nbroken \xff line\n");
    const QString corpus = path(QStringLiteral("room.sqlite"));
    const TokenVectorSize told =
        estimated_token_vectors(*model_, {.path = text, .field = {}}, settings_.max_tokens);
    settings_.token_layers = {3};
    add(corpus, text, {.shard = {}, .name = {}, .bad_line = [](const BadLine &) {}});
    settings_.token_layers = {};
    const CorpusFile file(corpus, CorpusFile::Access::write);
    const BuiltIndex built = build_token_index(file, 3);
    const auto about = [](qint64 one, qint64 other) {
        return std::abs(double(one) / double(other) - 1.0) < 0.03;
    };
    QVERIFY2(about(told.tokens, built.tokens), qPrintable(QString::number(told.tokens)));
    QVERIFY2(std::abs(double(told.index) / double(built.bytes) - 1.0) < 0.1,
             qPrintable(QString::number(told.index)));
    const auto size = [&file] {
        QSqlQuery query = file.prepared(QStringLiteral(
            "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"));
        file.execute(query);
        return query.next() ? query.value(0).toLongLong() : 0;
    };
    const qint64 with = size();
    file.execute(QStringLiteral("DROP TABLE token_vector"));
    file.execute(QStringLiteral("VACUUM"));
    QVERIFY2(std::abs(double(told.vectors) / double(with - size()) - 1.0) < 0.25,
             qPrintable(QStringLiteral("%1 told, %2 taken").arg(told.vectors).arg(with - size())));
    QCOMPARE(
        estimated_token_vectors(*model_, {.path = write(QStringLiteral("empty.txt"), "\n"), .field = {}}, 0)
            .tokens,
        0);
}

void TestTokenVectors::a_page_holds_rows_of_vectors_whole_data()
{
    QTest::addColumn<int>("d_model");
    for (const int d_model : {128, 384, 768, 1024, 4096})
        QTest::addRow("d_model %d", d_model) << d_model;
}

void TestTokenVectors::a_page_holds_rows_of_vectors_whole()
{
    QFETCH(int, d_model);
    constexpr int rows = 400;
    const QString corpus = path(QStringLiteral("page-%1.sqlite").arg(d_model));
    CorpusSettings settings = settings_;
    settings.d_model = d_model;
    settings.token_layers = {1};
    const auto pragma = [](const CorpusFile &file, const QString &what) {
        QSqlQuery query = file.prepared(QStringLiteral("PRAGMA ") + what);
        file.execute(query);
        return query.next() ? query.value(0).toLongLong() : 0;
    };
    qint64 page = 0;
    qint64 taken = 0;
    {
        const CorpusFile file(corpus, settings);
        page = pragma(file, QStringLiteral("page_size"));
        const qint64 before = pragma(file, QStringLiteral("page_count"));
        Transaction transaction(file);
        for (int row = 0; row < rows; ++row)
            file.execute(QStringLiteral("INSERT INTO token_vector VALUES (1, 7, %1, 0, zeroblob(%2))")
                             .arg(row)
                             .arg(2 * d_model));
        transaction.commit();
        taken = (pragma(file, QStringLiteral("page_count")) - before) * page;
    }
    const double share = double(taken) / (2.0 * d_model * rows);
    QVERIFY2(share < 1.35, qPrintable(QString::number(share)));

    const QString merged = path(QStringLiteral("page-%1-merged.sqlite").arg(d_model));
    const Outcome outcome =
        run_corpus_command({QStringLiteral("merge"), corpus, QStringLiteral("--output"), merged});
    QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
    QCOMPARE(pragma(CorpusFile(merged, CorpusFile::Access::read), QStringLiteral("page_size")), page);
    QCOMPARE(settings_to_merge({corpus}).d_model, d_model);
}

void TestTokenVectors::the_nearest_tokens_are_those_of_brute_force()
{
    const CorpusSettings settings = settings_of(*model_, limit, 2, {2, 4});
    const auto add_part = [&](const QString &corpus, int index, int count) {
        CorpusFile file(corpus, settings);
        CorpusWriter writer(file);
        SentenceReader reader({.path = text_, .format = SentenceFormat::lines, .field = {}});
        add_sentences(writer, settings, model_, reader,
                      {.shard = {index, count}, .name = {}, .bad_line = {}});
    };
    const QString whole = path(QStringLiteral("tokens.sqlite"));
    const QString merged = path(QStringLiteral("tokens-merged.sqlite"));
    add_part(whole, 0, 1);
    for (const int index : {1, 0, 2}) {
        const QString shard = path(QStringLiteral("tokens-%1.sqlite").arg(index));
        add_part(shard, index, 3);
        CorpusFile file(merged, settings);
        CorpusWriter writer(file);
        merge_corpus(writer, CorpusFile(shard, CorpusFile::Access::read), settings);
    }
    for (const QString &corpus : {whole, merged}) {
        const CorpusFile file(corpus, CorpusFile::Access::read);
        QVERIFY(file.settings().token_layers == settings.token_layers);
        for (const char *text : {"The dog sees the cat.", "고양이가 쥐를!"}) {
            const TracePtr own = run_encoder(model_, model_->tokenizer->encode(QString::fromUtf8(text)));
            const RowVector vector = own->hidden(3).row(1);
            const QString piece = own->token(1).piece;
            std::vector<std::pair<float, qint64>> expected; // the best of each sentence
            for (int line = 1; line <= 100; ++line) {
                const TracePtr other =
                    run_encoder(model_, model_->tokenizer->encode(QString::fromUtf8(sentences(100)[line - 1]),
                                                                  QString(), limit));
                float best = -2.0F;
                for (int token = 0; token < other->tokens(); ++token) {
                    const RowVector one = other->hidden(3).row(token);
                    if (other->token(token).piece == piece)
                        best = std::max(best, vector.dot(one) / vector.norm() / one.norm());
                }
                if (best > -2.0F)
                    expected.emplace_back(best, line);
            }
            std::sort(expected.rbegin(), expected.rend());
            QVERIFY(expected.size() > 10);
            const PieceUses found = nearest_tokens(file, 4, piece, vector, 10);
            QCOMPARE(found.sentences, std::ssize(expected));
            QVERIFY(found.compared >= std::ssize(expected));
            QCOMPARE(found.uses.size(), 10U);
            for (std::size_t rank = 0; rank < 10; ++rank) {
                const auto &[use, sentence] = found.uses[rank];
                QVERIFY(std::abs(use.value - expected[rank].first) < 1e-3F); // float16
                QCOMPARE(sentence.result.tokens[static_cast<std::size_t>(use.token)].text, piece);
            }
            const std::int64_t first = found.uses[0].example.sentence;
            for (const auto &[use, sentence] : nearest_tokens(file, 4, piece, vector, 10, first).uses)
                QVERIFY(use.sentence != first);
        }
        QVERIFY_THROWS_EXCEPTION(Error, nearest_tokens(file, 3, QStringLiteral("the"), RowVector(), 5));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 nearest_tokens(file, 4, QStringLiteral("the"), RowVector::Ones(3), 5));
    }
    QCOMPARE(content(merged), content(whole));
    const auto vectors_in = [](const QString &corpus) {
        const CorpusFile file(corpus, CorpusFile::Access::read);
        QSqlQuery query = file.prepared(QStringLiteral(
            "SELECT layer, piece, sentence, position, hex(vector) FROM token_vector ORDER BY 1, 2, 3, 4"));
        file.execute(query);
        QStringList rows;
        while (query.next())
            rows.append(query.value(2).toString() + query.value(3).toString() + query.value(4).toString());
        return rows;
    };
    QCOMPARE(vectors_in(merged), vectors_in(whole));
    QVERIFY(vectors_in(whole).size() > 1000);
    // Other layers are another corpus, and none is as it was.
    QVERIFY_THROWS_EXCEPTION(Error, CorpusFile(whole, settings_of(*model_, limit, 2)));
    QVERIFY_THROWS_EXCEPTION(Error, CorpusFile(whole, settings_of(*model_, limit, 2, {4})));
    const CorpusFile plain(path(QStringLiteral("whole.sqlite")), CorpusFile::Access::read);
    QSqlQuery version = plain.prepared(QStringLiteral("PRAGMA user_version"));
    QVERIFY(version.exec() && version.next());
    QCOMPARE(version.value(0).toInt(), 1);
}

void TestTokenVectors::of_a_frequent_piece_some_uses_everywhere_are_compared()
{
    constexpr int lines = 9000;
    const auto angle = [](qint64 line) { return static_cast<float>(line) / lines; };
    CorpusSettings settings = settings_;
    settings.d_model = 2;
    settings.token_layers = {1};
    const CorpusFile file(path(QStringLiteral("frequent.sqlite")), settings);
    Transaction transaction(file);
    file.execute(QStringLiteral("INSERT INTO source VALUES (1, 'lines')"));
    file.execute(QStringLiteral("INSERT INTO piece VALUES (7, 'x', %1)").arg(lines));
    QSqlQuery sentence =
        file.prepared(QStringLiteral("INSERT INTO sentence VALUES (?, 'x', 1, 0, NULL, NULL, ?)"));
    QSqlQuery token = file.prepared(QStringLiteral("INSERT INTO token VALUES (?, 0, 7, 0, 1, 0)"));
    QSqlQuery vector = file.prepared(QStringLiteral("INSERT INTO token_vector VALUES (1, 7, ?, 0, ?)"));
    for (int line = 1; line <= lines; ++line) {
        const qint64 number = sentence_number(1, line);
        const std::array<float, 2> floats{std::cos(angle(line)), std::sin(angle(line))};
        const std::array<qfloat16, 2> halves{qfloat16(floats[0]), qfloat16(floats[1])};
        const auto bytes = [](const auto &of) {
            return QByteArray(reinterpret_cast<const char *>(of.data()), qsizetype(sizeof of));
        };
        sentence.addBindValue(number);
        sentence.addBindValue(bytes(floats));
        token.addBindValue(number);
        vector.addBindValue(number);
        vector.addBindValue(bytes(halves));
        for (QSqlQuery *one : {&sentence, &token, &vector})
            file.execute(*one);
    }
    transaction.commit();

    const RowVector own = RowVector::Unit(2, 0);
    for (const PieceUses &found : {nearest_tokens(file, 1, QStringLiteral("x"), own, lines),
                                   nearest_uses(file, QStringLiteral("x"), own, lines)}) {
        QCOMPARE(found.sentences, lines);
        QVERIFY2(found.compared > most_compared / 2 && found.compared <= most_compared,
                 qPrintable(QString::number(found.compared)));
        QCOMPARE(std::ssize(found.uses), found.compared);
        qint64 before = 0; // the nearest come first, which are the first lines
        for (const auto &[use, stored] : found.uses) {
            QVERIFY(stored.line > before && stored.line - before < lines / 100);
            before = stored.line;
            QVERIFY(std::abs(use.value - std::cos(angle(stored.line))) < 1e-3F); // float16
        }
        QVERIFY(lines - before < lines / 100);
    }
}

void TestTokenVectors::vectors_of_tokens_are_asked_for_on_the_command_line()
{
    const QString corpus = path(QStringLiteral("asked.sqlite"));
    const QStringList add{QStringLiteral("add"),
                          QStringLiteral("--text"),
                          text_,
                          QStringLiteral("--output"),
                          corpus,
                          QStringLiteral("--token-vectors")};
    for (const char *bad : {"0", "2,x", "4,2", "99", ""})
        QCOMPARE(run_corpus_command(add + QStringList{QLatin1String(bad)}).code, 2);
    QVERIFY(!QFileInfo::exists(corpus));
    QCOMPARE(run_corpus_command(add + QStringList{QStringLiteral("3")}).code, 0);
    const QStringList query{QStringLiteral("query"), corpus, QStringLiteral("--nearest")};
    QCOMPARE(run_corpus_command(query + QStringList{QStringLiteral("4294967297.1")}).code, 0);
    const Outcome special = run_corpus_command(query + QStringList{QStringLiteral("4294967297.0")});
    QVERIFY2(special.code != 0 && special.errors.contains(QStringLiteral("has no vector after layer 3")),
             qPrintable(special.errors));
    const QStringList any =
        query + QStringList{QStringLiteral("4294967297.1"), QStringLiteral("--among"), QStringLiteral("any")};
    const Outcome none = run_corpus_command(any);
    QVERIFY2(none.code == 1 && none.errors.contains(QStringLiteral("has no index")), qPrintable(none.errors));
    const QStringList index{QStringLiteral("index"), corpus};
    QCOMPARE(run_corpus_command(index + QStringList{QStringLiteral("--layer"), QStringLiteral("2")}).code, 1);
    const Outcome made = run_corpus_command(index);
    QVERIFY2(made.code == 0 && made.errors.contains(QStringLiteral("after layer 3")),
             qPrintable(made.errors));
    QCOMPARE(run_corpus_command(any).code, 0);
    QVERIFY(run_corpus_command({QStringLiteral("index"), path(QStringLiteral("whole.sqlite"))})
                .errors.contains(QStringLiteral("made without --token-vectors")));
    const Outcome without = run_corpus_command({QStringLiteral("query"), path(QStringLiteral("whole.sqlite")),
                                                QStringLiteral("--nearest"), QStringLiteral("4294967297.1")});
    QVERIFY2(without.errors.contains(QStringLiteral("made without --token-vectors")),
             qPrintable(without.errors));
}

QTEST_GUILESS_MAIN(TestTokenVectors)
#include "tst_token_vectors.moc"
