// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/merge_corpora.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/token_index.h"
#include "engine/corpus/token_vector_size.h"
#include "engine/forward/encoder.h"
#include "tests/engine/corpus/corpus_folder.h"
#include "tests/message_of.h"

#include <QDir>
#include <QFileInfo>
#include <QFloat16>
#include <QTest>
#include <QtEndian>

#include <array>
#include <cmath>
#include <limits>
#include <map>

using namespace encoderscope;

/// Vectors of tokens that a corpus keeps, and the index of them.
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
    void an_index_finds_what_reading_all_vectors_finds();
    void a_strange_index_is_refused_data();
    void a_strange_index_is_refused();
    void sentences_that_came_after_the_index_are_found();
    void a_stopped_index_leaves_the_one_before();
    void without_faiss_it_is_said();

private:
    /// A corpus with an index of its vectors after layer 4.
    QString indexed();
    /// A copy of it.
    QString copy_of_indexed(const QString &name);
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
    qint64 taken = 0;
    {
        const CorpusFile file(corpus, settings);
        const auto pages = [&file](const QString &what) {
            QSqlQuery query = file.prepared(QStringLiteral("PRAGMA ") + what);
            file.execute(query);
            return query.next() ? query.value(0).toLongLong() : 0;
        };
        const qint64 before = pages(QStringLiteral("page_count"));
        Transaction transaction(file);
        for (int row = 0; row < rows; ++row)
            file.execute(QStringLiteral("INSERT INTO token_vector VALUES (1, 7, %1, 0, zeroblob(%2))")
                             .arg(row)
                             .arg(2 * d_model));
        transaction.commit();
        taken = (pages(QStringLiteral("page_count")) - before) * pages(QStringLiteral("page_size"));
    }
    const double share = double(taken) / (2.0 * d_model * rows);
    QVERIFY2(share < 1.35, qPrintable(QString::number(share)));
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

QString TestTokenVectors::indexed()
{
    const QString corpus = path(QStringLiteral("indexed.sqlite"));
    if (QFileInfo::exists(corpus))
        return corpus;
    const CorpusSettings settings = settings_of(*model_, limit, 2, {4});
    CorpusFile file(corpus, settings);
    CorpusWriter writer(file);
    SentenceReader reader({.path = write(QStringLiteral("indexed.txt"), sentences(300).join('\n')),
                           .format = SentenceFormat::lines,
                           .field = {}});
    add_sentences(writer, settings, model_, reader,
                  {.shard = {}, .name = QStringLiteral("indexed"), .bad_line = {}});
    std::vector<double> shares;
    const BuiltIndex built = build_token_index(file, 4, [&shares](double share) { shares.push_back(share); });
    if (built.stopped || built.tokens < 2000 || !std::is_sorted(shares.begin(), shares.end()) ||
        shares.back() != 1.0)
        qFatal("no index was made");
    return corpus;
}

QString TestTokenVectors::copy_of_indexed(const QString &name)
{
    const QString from = indexed();
    const QString to = path(name);
    QFile::remove(to);
    QFile::remove(token_index_path(to, 4));
    if (!QFile::copy(from, to) || !QFile::copy(token_index_path(from, 4), token_index_path(to, 4)))
        qFatal("cannot copy");
    return to;
}

namespace
{

struct TokenRow {
    qint64 sentence = 0;
    int piece = 0;
    int position = 0;
    RowVector vector;
};

std::vector<TokenRow> all_token_vectors(const CorpusFile &file)
{
    std::vector<TokenRow> rows;
    QSqlQuery query =
        file.prepared(QStringLiteral("SELECT sentence, piece, position, vector FROM token_vector"));
    file.execute(query);
    while (query.next())
        rows.push_back({query.value(0).toLongLong(), query.value(1).toInt(), query.value(2).toInt(),
                        vector_of_halves(query.value(3).toByteArray())});
    return rows;
}

/// The greatest cosine with `vector` of each sentence but one, best first.
std::vector<float> greatest_cosines(const std::vector<TokenRow> &rows, const RowVector &vector, qint64 but)
{
    std::map<qint64, float> best;
    for (const TokenRow &row : rows) {
        if (row.sentence == but)
            continue;
        const float cosine = vector.dot(row.vector) / vector.norm() / row.vector.norm();
        const auto [there, inserted] = best.try_emplace(row.sentence, cosine);
        there->second = std::max(there->second, cosine);
    }
    std::vector<float> cosines;
    for (const auto &[sentence, cosine] : best)
        cosines.push_back(cosine);
    std::sort(cosines.rbegin(), cosines.rend());
    return cosines;
}

} // namespace

void TestTokenVectors::an_index_finds_what_reading_all_vectors_finds()
{
    const CorpusFile file(indexed(), CorpusFile::Access::read);
    QVERIFY(indexed_layers(file) == std::vector<int>{4});
    const std::vector<TokenRow> rows = all_token_vectors(file);
    const TokenIndex index(file, 4);
    QCOMPARE(index.tokens(), std::ssize(rows));
    constexpr std::size_t most = 10;
    std::size_t found_of_best = 0;
    std::size_t asked = 0;
    std::size_t other_pieces = 0;
    for (std::size_t i = 0; i < rows.size(); i += rows.size() / 40) { // Korean ones too
        const TokenRow &own = rows[i];
        // Between two tokens, where the nearest are of several lists.
        const RowVector vector = own.vector + rows[(7 * i + 1000) % rows.size()].vector;
        const std::vector<float> exact = greatest_cosines(rows, vector, own.sentence);
        const PieceUses found = nearest_of_any_piece(file, 4, vector, most, own.sentence);
        QVERIFY(found.by_index);
        QCOMPARE(found.sentences, 300);
        QCOMPARE(found.uses.size(), most);
        for (std::size_t rank = 0; rank < most; ++rank) {
            const auto &[use, sentence] = found.uses[rank];
            QVERIFY(use.sentence != own.sentence);
            QVERIFY(rank == 0 || use.value <= found.uses[rank - 1].example.value);
            QVERIFY(use.value <= exact[rank] + 1e-5F);
            found_of_best += use.value >= exact[most - 1] - 1e-5F ? 1 : 0;
            other_pieces +=
                sentence.result.tokens[static_cast<std::size_t>(use.token)].piece != own.piece ? 1 : 0;
        }
        ++asked;

        const std::vector<TokenPlace> same = index.nearest(own.vector, 20, own.piece);
        QVERIFY(!same.empty());
        for (const TokenPlace &place : same)
            QCOMPARE(place.piece, own.piece);
        const RowVector first = read_token_vector(file, 4, same[0].sentence, same[0].piece, same[0].position);
        QVERIFY(own.vector.dot(first) / own.vector.norm() / first.norm() > 0.999F); // itself, or as near
    }
    QVERIFY(asked >= 40);
    QVERIFY(other_pieces > 0);
    const double recall = static_cast<double>(found_of_best) / static_cast<double>(most * asked);
    QVERIFY2(recall > 0.97, qPrintable(QString::number(recall)));
    QVERIFY_THROWS_EXCEPTION(Error, nearest_of_any_piece(file, 3, rows[0].vector, 5));
    QVERIFY_THROWS_EXCEPTION(Error, nearest_of_any_piece(file, 4, RowVector::Ones(3), 5));
}

void TestTokenVectors::a_strange_index_is_refused_data()
{
    QTest::addColumn<std::function<void(QByteArray &)>>("change");
    QTest::addColumn<QString>("message");
    using Change = std::function<void(QByteArray &)>;
    const auto row = [](const char *what, const Change &change, const char *message) {
        QTest::newRow(what) << change << QString::fromLatin1(message);
    };
    static const auto at = [](const QByteArray &bytes, qsizetype place) {
        return qFromLittleEndian<qint64>(bytes.constData() + place);
    };
    const auto put = [](qsizetype place, const auto value) -> Change {
        return [place, value](QByteArray &bytes) { qToLittleEndian(value, bytes.data() + place); };
    };
    constexpr qsizetype version = 12, layer = 16, columns = 20, lists = 24, all = 32, tokens = 40, build = 48,
                        begin = 64;
    static const auto ends_of = [](const QByteArray &bytes) { return begin + 8 * at(bytes, all); };
    static const auto numbers_of = [](const QByteArray &bytes) {
        return ends_of(bytes) + 8 * at(bytes, lists);
    };
    row(
        "nothing", [](QByteArray &bytes) { bytes.clear(); }, "only 0 bytes");
    row(
        "half a header", [](QByteArray &bytes) { bytes.truncate(40); }, "only 40 bytes");
    row(
        "half of it", [](QByteArray &bytes) { bytes.truncate(bytes.size() / 2); }, "counts in it");
    row(
        "more than all", [](QByteArray &bytes) { bytes.append('x'); }, "counts in it");
    row(
        "something else", [](QByteArray &bytes) { bytes[0] = 'x'; }, "begins otherwise");
    row("later version", put(version, quint32(2)), "version 2; this program reads version 1");
    row("no columns", put(columns, quint32(0)), "counts in it");
    row("many columns", put(columns, quint32(0xFFFFFFFF)), "counts in it");
    row("no lists", put(lists, quint64(0)), "counts in it");
    row("many lists", put(lists, quint64(1) << 61), "counts in it");
    row("many sentences", put(all, quint64(1) << 61), "counts in it");
    row("many tokens", put(tokens, ~quint64(0)), "counts in it");
    row(
        "lists beyond the end",
        [](QByteArray &bytes) {
            qToLittleEndian(quint64(1) << 60, bytes.data() + ends_of(bytes) + 8 * (at(bytes, lists) - 1));
        },
        "one after the other");
    row(
        "lists that overlap",
        [](QByteArray &bytes) { qToLittleEndian(quint64(1) << 40, bytes.data() + ends_of(bytes)); },
        "one after the other");
    row(
        "not finite",
        [](QByteArray &bytes) {
            qToLittleEndian(std::numeric_limits<float>::quiet_NaN(),
                            bytes.data() + numbers_of(bytes) + 8 * at(bytes, tokens));
        },
        "finite");
    row("sentences in disorder", put(begin, quint64(1) << 62), "not in order");
    row(
        "a sentence that it lacks",
        [](QByteArray &bytes) {
            for (qint64 i = 0; i < at(bytes, tokens); ++i)
                qToLittleEndian(quint64(1) << 42, bytes.data() + numbers_of(bytes) + 8 * i);
        },
        "a sentence that it lacks");
    row(
        "a token that the corpus lacks",
        [](QByteArray &bytes) {
            for (qint64 i = 0; i < at(bytes, tokens); ++i)
                qToLittleEndian(quint64(1) << 16, bytes.data() + numbers_of(bytes) + 8 * i);
        },
        "a token that the corpus lacks");
    row("of another corpus", put(build, quint64(7)), "the index of another corpus");
    row("of another layer", put(layer, quint32(3)), "the index of another corpus");
}

void TestTokenVectors::a_strange_index_is_refused()
{
    QFETCH(const std::function<void(QByteArray &)>, change);
    QFETCH(const QString, message);
    const QString corpus = copy_of_indexed(QStringLiteral("strange.sqlite"));
    QByteArray bytes = bytes_of(token_index_path(corpus, 4));
    change(bytes);
    write(QStringLiteral("strange.sqlite.layer-4.index"), bytes);
    const CorpusFile file(corpus, CorpusFile::Access::read);
    const RowVector vector = all_token_vectors(file).front().vector;
    const QString said = messageOf([&] { nearest_of_any_piece(file, 4, vector, 5); });
    QVERIFY2(said.contains(message), qPrintable(said));
}

void TestTokenVectors::sentences_that_came_after_the_index_are_found()
{
    const QString corpus = copy_of_indexed(QStringLiteral("grown.sqlite"));
    const CorpusSettings settings = settings_of(*model_, limit, 2, {4});
    CorpusFile file(corpus, settings);
    const QString later = write(QStringLiteral("later.txt"), "The cat sleeps.\n고양이가 잔다.");
    {
        CorpusWriter writer(file);
        SentenceReader reader({.path = later, .format = SentenceFormat::lines, .field = {}});
        QCOMPARE(
            add_sentences(writer, settings, model_, reader, {.shard = {}, .name = {}, .bad_line = {}}).added,
            2);
    }
    for (const char *text : {"The cat sleeps.", "고양이가 잔다."}) {
        const TracePtr run = run_encoder(model_, model_->tokenizer->encode(QString::fromUtf8(text)));
        const PieceUses found = nearest_of_any_piece(file, 4, run->hidden(3).row(2), 5);
        QVERIFY(found.uses[0].example.value > 0.999F);
        QCOMPARE(found.uses[0].sentence.source, later);
    }
    QVERIFY(indexed_layers(file) == std::vector<int>{4});
    // Too many, which need not be read to be counted.
    file.execute(
        QStringLiteral("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                       "INSERT INTO sentence SELECT (7 << 32) + i, '', 0, 0, NULL, NULL, NULL FROM n"));
    const QString said =
        messageOf([&] { nearest_of_any_piece(file, 4, RowVector::Ones(model_->config.d_model), 5); });
    QVERIFY2(said.contains(QStringLiteral("before 1002 of its sentences")), qPrintable(said));
    build_token_index(file, 4);
    QCOMPARE(nearest_of_any_piece(file, 4, RowVector::Ones(model_->config.d_model), 5).sentences, 1302);
}

void TestTokenVectors::a_stopped_index_leaves_the_one_before()
{
    const QString corpus = copy_of_indexed(QStringLiteral("stopped-index.sqlite"));
    const QByteArray before = bytes_of(token_index_path(corpus, 4));
    const CorpusFile file(corpus, CorpusFile::Access::write);
    for (const double stopping : {0.0, 0.15, 0.35, 0.9}) {
        std::stop_source stop;
        const BuiltIndex built = build_token_index(
            file, 4,
            [&](double share) {
                if (share >= stopping)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(built.stopped);
        QCOMPARE(bytes_of(token_index_path(corpus, 4)), before);
        QVERIFY(indexed_layers(file) == std::vector<int>{4});
    }
    QVERIFY(QDir(folder_.path())
                .entryList({QStringLiteral(".encoderscope-*")}, QDir::Hidden | QDir::Files)
                .isEmpty());
}

void TestTokenVectors::without_faiss_it_is_said()
{
    const QByteArray folder = qgetenv("ENCODERSCOPE_MODULES");
    const CorpusFile file(copy_of_indexed(QStringLiteral("without.sqlite")), CorpusFile::Access::write);
    const TokenRow own = all_token_vectors(file).front();
    const auto is_said = [](const QString &message, const QString &expected) {
        if (!message.contains(expected))
            qCritical("%s", qPrintable(message));
        return message.contains(expected);
    };
    qputenv("ENCODERSCOPE_MODULES", QFile::encodeName(path(QStringLiteral("no-modules"))));
    const QString missing = messageOf([&] { nearest_of_any_piece(file, 4, own.vector, 5); });
    const QString not_made = messageOf([&] { build_token_index(file, 4); });
    QDir(folder_.path()).mkdir(QStringLiteral("bad-modules"));
    write(QStringLiteral("bad-modules/encoderscope_faiss.so"), "no library");
    qputenv("ENCODERSCOPE_MODULES", QFile::encodeName(path(QStringLiteral("bad-modules"))));
    const QString bad = messageOf([&] { nearest_of_any_piece(file, 4, own.vector, 5); });
    qputenv("ENCODERSCOPE_MODULES", folder);
    QVERIFY(is_said(missing, QStringLiteral("is not installed")));
    QVERIFY(is_said(not_made, QStringLiteral("is not installed")));
    QVERIFY(is_said(bad, QStringLiteral("cannot be loaded")));
    QVERIFY(nearest_of_any_piece(file, 4, own.vector, 5).by_index);
}

QTEST_GUILESS_MAIN(TestTokenVectors)
#include "tst_token_vectors.moc"
