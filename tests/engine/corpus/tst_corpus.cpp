// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/corpus/merge_corpora.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "tests/engine/corpus/corpus_folder.h"

#include <QFileInfo>
#include <QHash>
#include <QProcess>
#include <QTest>

#include <limits>
#include <map>

using namespace encoderscope;

namespace
{

/// As SQLite says it in bytes 18 and 19 of the file.
bool in_wal_mode(const QString &corpus)
{
    return bytes_of(corpus).mid(18, 2) == QByteArray("\2\2");
}

QString data(const char *folder)
{
    return QStringLiteral(ENCODERSCOPE_TEST_DATA "/") + QLatin1String(folder);
}

} // namespace

class TestCorpus : public QObject, private CorpusFolder
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void what_is_kept_is_what_a_run_gives();
    void vectors_and_predictions_are_those_of_a_run();
    void a_run_that_is_not_finite_is_kept_without_numbers();
    void examples_are_the_strongest();
    void the_strongest_pair_is_found_in_every_block_of_queries();
    void shards_merge_to_one_run();
    void merging_twice_adds_nothing();
    void what_cannot_be_merged_is_said_before_anything_is_written();
    void stopped_and_resumed_is_one_run();
    void killed_and_resumed_is_one_run();
    void every_format_gives_the_sentences_data();
    void every_format_gives_the_sentences();
    void bad_input_is_said_and_nothing_lost_data();
    void bad_input_is_said_and_nothing_lost();
    void an_endless_line_is_named();
    void bad_lines_can_be_skipped();
    void options_without_effect_are_refused_data();
    void options_without_effect_are_refused();
    void a_changed_sentence_is_refused();
    void another_model_is_refused();
    void another_programs_database_stays_as_it_is();
    void a_damaged_corpus_is_refused_data();
    void a_damaged_corpus_is_refused();
    void files_may_follow_each_other();
    void one_writes_while_others_read();
    void a_full_disk_loses_nothing();
    void words_are_found_by_their_beginning();
    void uses_of_a_piece_are_found();
    void the_nearest_uses_come_first();

private:
    QStringList whole_; ///< content of the corpus of text_, made at once
};

void TestCorpus::initTestCase()
{
    const AddProgress progress = add(path(QStringLiteral("whole.sqlite")), text_);
    QCOMPARE(progress.added, 100);
    QVERIFY(progress.cut > 0);
    QCOMPARE(progress.bytes, progress.size);
    whole_ = content(path(QStringLiteral("whole.sqlite")));
    QVERIFY(whole_.size() > 1000);
}

void TestCorpus::what_is_kept_is_what_a_run_gives()
{
    const CorpusFile file(path(QStringLiteral("whole.sqlite")), CorpusFile::Access::read);
    HeadStatistics all;
    QHash<int, qint64> pieces;
    double mean = 0.0;
    const std::vector<std::int64_t> numbers = read_sentence_numbers(file);
    QCOMPARE(numbers.size(), 100U);
    for (const std::int64_t number : numbers) {
        const StoredSentence stored = read_sentence(file, number);
        QCOMPARE(stored.result.text.toUtf8(), sentences(100)[stored.line - 1]);
        const TracePtr trace = run_encoder(
            model_, model_->tokenizer->encode(stored.result.text, QString(), settings_.max_tokens));
        QCOMPARE(stored.result.tokens.size(), static_cast<std::size_t>(trace->tokens()));
        for (int token = 0; token < trace->tokens(); ++token) {
            const StoredToken &one = stored.result.tokens[static_cast<std::size_t>(token)];
            QCOMPARE(one.piece, trace->token(token).id);
            QCOMPARE(stored.result.text.mid(one.begin, one.end - one.begin),
                     trace->encoding().text.mid(trace->token(token).begin,
                                                trace->token(token).end - trace->token(token).begin));
            ++pieces[one.piece];
        }
        const HeadStatistics head = head_statistics(*trace, 1, 2);
        QCOMPARE(
            stored.result.heads[(static_cast<std::size_t>(settings_.heads) + 2) * head_measures.size() + 4],
            head.previous.value());
        all += head;
        mean += static_cast<double>(head.previous.value()) / 100.0;
    }
    const HeadTotals totals = read_head_totals(file);
    const MeasureTotal &previous = totals.at(static_cast<std::size_t>(settings_.heads) + 2, 4);
    QCOMPARE(previous.sentences, 100);
    QVERIFY(std::abs(previous.mean - mean) < 1e-12);
    QVERIFY(std::abs(previous.token_mean() - static_cast<double>(all.previous.value())) < 1e-6);
    QVERIFY(previous.deviation() > 0.0);
    QCOMPARE(previous.queries, all.previous.queries);
    for (const PieceCount &piece : read_piece_counts(file, 1000)) {
        QCOMPARE(piece.occurrences, pieces[piece.id]);
        QCOMPARE(piece.text, model_->tokenizer->piece(piece.id));
    }
}

void TestCorpus::vectors_and_predictions_are_those_of_a_run()
{
    const QString text = QStringLiteral("the cat sees the dog");
    for (const char *folder : {"sentences/prompt", "cases/multi-label-softmax"}) {
        const ModelPtr model = load_model(data(folder));
        const CorpusSettings settings = settings_of(*model, model->config.max_positions, 1);
        const QString corpus = path(QFileInfo(QLatin1String(folder)).fileName());
        {
            CorpusFile file(corpus, settings);
            CorpusWriter writer(file);
            SentenceReader reader({.path = write(QStringLiteral("cat.txt"), text.toUtf8()), .field = {}});
            add_sentences(writer, settings, model, reader, {});
        }
        const CorpusFile file(corpus, CorpusFile::Access::read);
        const SentenceResult kept = read_sentence(file, sentence_number(1, 1)).result;
        const TracePtr trace = run_encoder(model, model->tokenizer->encode(text));
        QCOMPARE(kept.vector.size() > 0, model->output.sentence.has_value());
        if (model->output.sentence)
            QVERIFY(kept.vector == sentence_vector(*trace));
        QCOMPARE(kept.predictions.size() > 0, model->output.classification.has_value());
        for (const StoredPrediction &prediction : kept.predictions) {
            const std::vector<ClassPrediction> classes = class_predictions(*trace);
            const auto same = std::find_if(classes.begin(), classes.end(), [&](const ClassPrediction &one) {
                return one.label == prediction.label;
            });
            QVERIFY(same != classes.end());
            QCOMPARE(static_cast<float>(prediction.value), same->value);
            QCOMPARE(prediction.rank, 1 + static_cast<int>(std::count_if(classes.begin(), classes.end(),
                                                                         [&](const ClassPrediction &one) {
                                                                             return one.value > same->value;
                                                                         })));
        }
    }
    // Masked words, of the default model.
    const QString corpus = path(QStringLiteral("masked.sqlite"));
    add(corpus, write(QStringLiteral("masked.txt"), "The cat [MASK] the dog.\n"));
    const SentenceResult kept =
        read_sentence(CorpusFile(corpus, CorpusFile::Access::read), sentence_number(1, 1)).result;
    QCOMPARE(kept.predictions.size(), 5U);
    const TracePtr trace =
        run_encoder(model_, model_->tokenizer->encode(QStringLiteral("The cat [MASK] the dog.")));
    const auto words = masked_word_predictions(*trace, kept.predictions.front().first, 5);
    for (std::size_t rank = 0; rank < words.size(); ++rank) {
        QCOMPARE(kept.predictions[rank].label, words[rank].piece);
        QCOMPARE(static_cast<float>(kept.predictions[rank].value), words[rank].probability);
    }
}

void TestCorpus::a_run_that_is_not_finite_is_kept_without_numbers()
{
    const ModelPtr model = load_model(data("cases/nan-weights-crash"));
    const CorpusSettings settings = settings_of(*model, 16, 2);
    CorpusFile file(path(QStringLiteral("nan.sqlite")), settings);
    CorpusWriter writer(file);
    SentenceReader reader({.path = text_, .field = {}});
    const qint64 without = add_sentences(writer, settings, model, reader, {}).not_finite;
    QVERIFY(without > 0 && without < 100);
    QCOMPARE(read_summary(file).not_finite, without);
    const HeadTotals totals = read_head_totals(file);
    QCOMPARE(totals.at(0, 0).sentences, 100 - without);
    QVERIFY(std::isfinite(totals.at(0, 0).mean));
    for (const ExampleInContext &one : neuron_examples(file, 0, 0))
        QVERIFY(std::isfinite(one.example.value) && !one.sentence.result.heads.empty());
}

void TestCorpus::examples_are_the_strongest()
{
    const CorpusFile file(path(QStringLiteral("whole.sqlite")), CorpusFile::Access::read);
    const int layer = 2, neuron = 17, head = 1;
    std::vector<float> activations, weights;
    for (const QByteArray &line : sentences(100)) {
        const TracePtr trace = run_encoder(
            model_, model_->tokenizer->encode(QString::fromUtf8(line), QString(), settings_.max_tokens));
        const int last = trace->tokens() - 1; // [CLS] and [SEP] do not count
        activations.push_back(trace->layer(layer).activated.col(neuron).segment(1, last - 1).maxCoeff());
        Matrix between = trace->attention_weights(layer, head).block(1, 1, last - 1, last - 1);
        between.diagonal().setConstant(0.0F);
        weights.push_back(between.maxCoeff());
    }
    std::sort(activations.rbegin(), activations.rend());
    std::sort(weights.rbegin(), weights.rend());
    const auto neurons = neuron_examples(file, layer, neuron);
    const auto heads = head_examples(file, layer, head);
    QCOMPARE(neurons.size(), 3U);
    QCOMPARE(heads.size(), 3U);
    for (std::size_t rank = 0; rank < 3; ++rank) {
        QCOMPARE(neurons[rank].example.value, activations[rank]);
        QCOMPARE(heads[rank].example.value, weights[rank]);
        const TracePtr trace = run_encoder(
            model_, model_->tokenizer->encode(heads[rank].sentence.result.text, QString(), limit));
        QCOMPARE(trace->attention_weights(layer, head)(heads[rank].example.token, heads[rank].example.key),
                 weights[rank]);
    }
}

void TestCorpus::the_strongest_pair_is_found_in_every_block_of_queries()
{
    // Weights come in blocks of 64 queries. Words in another order put other queries at the beginning of one.
    const QStringList words =
        QString::fromLatin1(sentences(25).join(' ')).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::map<int, int> found; // of a query, by its place in the block
    for (int turn = 0; turn < 24; ++turn) {
        const QString text = (words.mid(5 * turn) + words.mid(0, 5 * turn)).join(QLatin1Char(' '));
        const TracePtr trace = run_encoder(model_, model_->tokenizer->encode(text, QString(), 256));
        QVERIFY(trace->tokens() > 3 * 64);
        const auto heads = static_cast<std::size_t>(trace->layers() * trace->heads());
        TopExamples neurons(static_cast<std::size_t>(settings_.layers * settings_.d_ff), 1), pairs(heads, 1);
        sentence_result(*trace, 1, {}, neurons, pairs);
        const int last = trace->tokens() - 1;
        for (std::size_t head = 0; head < heads; ++head) {
            Matrix between = trace
                                 ->attention_weights(static_cast<int>(head) / trace->heads(),
                                                     static_cast<int>(head) % trace->heads())
                                 .block(1, 1, last - 1, last - 1);
            between.diagonal().setConstant(0.0F);
            Index query = 0, key = 0;
            between.maxCoeff(&query, &key);
            const Example &best = pairs.of(head).front();
            QCOMPARE(best.value, between(query, key));
            QVERIFY(between(best.token - 1, best.key - 1) >=
                    between(query, key) * (1.0F - 1e-6F)); // or as great
            ++found[(static_cast<int>(query) + 1) % 64];
        }
    }
    QVERIFY2(found[0] > 0 && found[63] > 0, "no head's strongest query begins or ends a block");
}

void TestCorpus::shards_merge_to_one_run()
{
    const QString merged = path(QStringLiteral("merged.sqlite"));
    for (int index : {2, 0, 1}) {
        const QString shard = path(QStringLiteral("shard%1.sqlite").arg(index));
        QVERIFY(add(shard, text_, {.shard = {index, 3}, .name = {}, .bad_line = {}}).added >= 33);
        CorpusFile file(merged, settings_);
        CorpusWriter writer(file);
        merge_corpus(writer, CorpusFile(shard, CorpusFile::Access::read), settings_);
    }
    QCOMPARE(content(merged), whole_);
}

void TestCorpus::merging_twice_adds_nothing()
{
    const QString merged = path(QStringLiteral("twice.sqlite"));
    for (int time = 0; time < 2; ++time) {
        const Outcome outcome =
            run_corpus_command({QStringLiteral("merge"), path(QStringLiteral("whole.sqlite")),
                                path(QStringLiteral("shard1.sqlite")), QStringLiteral("--output"), merged});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
    }
    QCOMPARE(content(merged), whole_);
}

void TestCorpus::what_cannot_be_merged_is_said_before_anything_is_written()
{
    const QString merged = path(QStringLiteral("not-merged.sqlite"));
    const QString missing = path(QStringLiteral("shard9.sqlite"));
    const Outcome outcome =
        run_corpus_command({QStringLiteral("merge"), path(QStringLiteral("shard1.sqlite")), missing,
                            QStringLiteral("--output"), merged});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.errors.contains(QStringLiteral("There is no corpus %1").arg(missing)),
             qPrintable(outcome.errors));
    QVERIFY(!QFile::exists(merged));
}

void TestCorpus::stopped_and_resumed_is_one_run()
{
    const QString corpus = path(QStringLiteral("stopped.sqlite"));
    const QString text = write(QStringLiteral("long.txt"), sentences(600).join('\n'));
    std::stop_source stop;
    const AddProgress first =
        add(corpus, text, {}, stop.get_token(), [&](const AddProgress &) { stop.request_stop(); });
    QVERIFY(first.stopped);
    QVERIFY(first.added > 0 && first.added < 600);
    const AddProgress second = add(corpus, text);
    QCOMPARE(second.present, first.added);
    QCOMPARE(first.added + second.added, 600);
    const AddProgress third = add(corpus, text);
    QCOMPARE(third.added, 0);
    QCOMPARE(third.present, 600);

    const QString at_once = path(QStringLiteral("at-once.sqlite"));
    add(at_once, text);
    QCOMPARE(content(corpus), content(at_once));
}

void TestCorpus::killed_and_resumed_is_one_run()
{
    const QString corpus = path(QStringLiteral("killed.sqlite"));
    const QString text = path(QStringLiteral("long.txt"));
    const QStringList arguments{QStringLiteral("corpus"),       QStringLiteral("add"),
                                QStringLiteral("--text"),       text,
                                QStringLiteral("--output"),     corpus,
                                QStringLiteral("--max-tokens"), QString::number(limit),
                                QStringLiteral("--examples"),   QStringLiteral("3")};
    const auto added = [&] {
        try {
            return read_summary(CorpusFile(corpus, CorpusFile::Access::read)).sentences;
        } catch (const Error &) {
            return qint64(0); // not made yet
        }
    };
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), arguments);
    while (process.state() != QProcess::NotRunning && added() == 0)
        process.waitForFinished(5);
    process.kill(); // SIGKILL
    process.waitForFinished();
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    const qint64 before = added();
    QVERIFY(before > 0 && before < 600);
    const Outcome outcome = run_corpus_command(arguments.mid(1));
    QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
    QVERIFY(outcome.errors.contains(QStringLiteral("already there: %1").arg(before)));
    QCOMPARE(content(corpus), content(path(QStringLiteral("at-once.sqlite"))));
}

void TestCorpus::every_format_gives_the_sentences_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("lines") << QStringLiteral("f.txt")
                           << QByteArray("\xEF\xBB\xBFone, \"two\"\r\n\n  \n둘\r\nlast");
    QTest::newRow("csv") << QStringLiteral("f.csv")
                         << QByteArray("id,text\r\n1,\"one, \"\"two\"\"\"\r\n\r\n2,\n3,둘\n4,\"last\"");
    QTest::newRow("tsv") << QStringLiteral("f.tsv")
                         << QByteArray("text\tn\n\"one, \"\"two\"\"\"\t1\n둘\t2\nlast\t3\n");
    QTest::newRow("json") << QStringLiteral("f.jsonl")
                          << QByteArray("{\"text\": \"one, \\\"two\\\"\"}\n\"둘\"\n\n{\"n\": 1, \"text\": "
                                        "\"last\"}\n");
}

void TestCorpus::every_format_gives_the_sentences()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    const QString file = write(name, bytes);
    SentenceReader reader({.path = file, .format = format_of_file(file), .field = {}});
    QStringList texts;
    while (const std::optional<SourceSentence> sentence = reader.next())
        texts.append(sentence->text);
    QCOMPARE(texts,
             (QStringList{QStringLiteral("one, \"two\""), QStringLiteral("둘"), QStringLiteral("last")}));
    QCOMPARE(reader.position(), bytes.size());
}

void TestCorpus::bad_input_is_said_and_nothing_lost_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, const char *name, const QByteArray &bytes, const char *message) {
        QTest::newRow(what) << QString::fromLatin1(name) << bytes << QString::fromLatin1(message);
    };
    row("UTF-8", "b.txt", "good\nbad \xFF\n", "line 2: it is not valid UTF-8");
    row("NUL", "b.txt", QByteArray("good\nb\0d\n", 9), "line 2: it has a NUL character");
    row("long line", "b.txt", "good\n" + QByteArray(SentenceReader::longest + 1, 'a'),
        "line 2: it has 1048577 bytes; expected at most 1048576");
    row("columns", "b.csv", "text,n\ngood,1\nbad\n", "line 3: columns: expected 2, found 1");
    row("quotes", "b.csv", "text\ngood\n\"bad\n\n", "line 3: the quotes that begin a value have no end");
    row("JSON", "b.jsonl", "\"good\"\n{\"text\": \n", "line 2: it is not JSON");
    row("two values", "b.jsonl", "\"good\"\n\"a\", \"b\"\n", "line 2: expected a string, or an object");
    row("no string", "b.jsonl", "\"good\"\n{\"text\": 5}\n", "whose field \"text\" is a string");
}

void TestCorpus::bad_input_is_said_and_nothing_lost()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const QString corpus = path(QStringLiteral("bad.sqlite"));
    QFile::remove(corpus);
    const QString file = write(name, bytes);
    try {
        add(corpus, file);
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(message), qPrintable(error.message()));
        QVERIFY(error.message().contains(file));
    }
    QCOMPARE(read_summary(CorpusFile(corpus, CorpusFile::Access::read)).sentences, 1);
}

void TestCorpus::an_endless_line_is_named()
{
    const QString file = write(QStringLiteral("endless.txt"), "good\n" + QByteArray((64 << 20) + 1, 'a'));
    SentenceReader reader({.path = file, .field = {}});
    QVERIFY(reader.next());
    try {
        reader.next();
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(
                     QStringLiteral("%1, line 2: it is longer than 67108864 bytes").arg(file)),
                 qPrintable(error.message()));
    }
    QVERIFY(QFile::remove(file));
}

void TestCorpus::bad_lines_can_be_skipped()
{
    const QString file =
        write(QStringLiteral("some.txt"),
              "one\nb\xFF\xFE\ntwo\nb\xC0\n" + QByteArray("word ").repeated(100) + "\nthree\n");
    QStringList problems;
    const AddOptions options{.shard = {},
                             .name = {},
                             .refuse_long = true,
                             .bad_line = [&](const BadLine &line) { problems.append(line.message()); }};
    const AddProgress progress = add(path(QStringLiteral("some.sqlite")), file, options);
    QCOMPARE(progress.added, 3);
    QCOMPARE(progress.bad, 3);
    QCOMPARE(problems.size(), 3);
    QVERIFY(problems[2].contains(QStringLiteral("line 5: it has more than 24 tokens")));
    const Outcome outcome = run_corpus_command(
        {QStringLiteral("add"), QStringLiteral("--text"), file, QStringLiteral("--output"),
         path(QStringLiteral("skip.sqlite")), QStringLiteral("--bad-lines"), QStringLiteral("skip")});
    QCOMPARE(outcome.code, 1); // not all of it is there
    QVERIFY(outcome.errors.contains(QStringLiteral("added: 4")));
}

void TestCorpus::options_without_effect_are_refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, const QString &arguments, const char *message) {
        QTest::newRow(what) << arguments.split(QLatin1Char(' ')) << QString::fromLatin1(message);
    };
    const QString add =
        QStringLiteral("add --text %1 --output %2 ").arg(text_, path(QStringLiteral("no.sqlite")));
    const QString query = QStringLiteral("query %1 ").arg(path(QStringLiteral("whole.sqlite")));
    row("a field of lines", add + QStringLiteral("--field text"),
        "which have no fields; expected csv, tsv or jsonl");
    row("a shard too many", add + QStringLiteral("--shard 5/3"),
        "--shard: \"5/3\" is not understood; expected a part");
    row("a layer", query + QStringLiteral("--heads --layer 2"), "--layer goes with --nearest only");
    row("among", query + QStringLiteral("--among any"), "--among goes with --nearest only");
    row("no words", query + QStringLiteral("--search "), "--search: expected a word or more");
}

void TestCorpus::options_without_effect_are_refused()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, message);
    const Outcome outcome = run_corpus_command(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.errors.contains(message), qPrintable(outcome.errors));
    QVERIFY(!QFile::exists(path(QStringLiteral("no.sqlite"))));
}

void TestCorpus::a_changed_sentence_is_refused()
{
    const QString corpus = path(QStringLiteral("changed.sqlite"));
    const QString file = write(QStringLiteral("changed.txt"), "one\ntwo\n");
    add(corpus, file);
    write(QStringLiteral("changed.txt"), "one\nthree\nfour\n");
    try {
        add(corpus, file);
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.message().contains(
            QStringLiteral("line 2: this is not the sentence that was added, \"two\"")));
    }
    AddOptions named;
    named.name = QStringLiteral("other");
    QCOMPARE(add(corpus, file, named).added, 3);
    const QString other = path(QStringLiteral("changed-apart.sqlite"));
    add(other, file);
    const CorpusFile from(other, CorpusFile::Access::read);
    CorpusFile into(corpus, settings_);
    CorpusWriter writer(into);
    QVERIFY_THROWS_EXCEPTION(Error, merge_corpus(writer, from, settings_));
}

void TestCorpus::another_model_is_refused()
{
    const QString corpus = path(QStringLiteral("whole.sqlite"));
    CorpusSettings other = settings_;
    other.model = QStringLiteral("0123456789abcdef");
    other.model_name = QStringLiteral("another");
    const auto message = [&] {
        try {
            CorpusFile file(corpus, other);
        } catch (const Error &error) {
            return error.message();
        }
        return QString();
    };
    QVERIFY(message().contains(QStringLiteral("made with another model, %1 (%2); this one is another")
                                   .arg(settings_.model_name, settings_.model)));
    other = settings_;
    other.max_tokens = 30;
    QVERIFY(message().contains(QStringLiteral("cut to 24 tokens, not to 30")));
    other = settings_;
    other.examples = 5;
    QVERIFY(message().contains(QStringLiteral("keeps 3 examples")));
    QCOMPARE(content(corpus), whole_);
    QVERIFY(!in_wal_mode(corpus));
}

void TestCorpus::another_programs_database_stays_as_it_is()
{
    const QString name = QStringLiteral("another program");
    for (const char *mode : {"DELETE", "WAL"}) {
        const QString theirs = path(QLatin1String(mode) + QStringLiteral(".sqlite"));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(theirs);
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(QStringLiteral("PRAGMA journal_mode = ") + QLatin1String(mode)));
            QVERIFY(query.exec(QStringLiteral("CREATE TABLE theirs (a)")));
            query.finish();
            // As it is while its owner works, or has died.
            for (const char *end : {"", "-wal"})
                QFile::copy(theirs + QLatin1String(end),
                            path(QStringLiteral("theirs.sqlite")) + QLatin1String(end));
        }
        QSqlDatabase::removeDatabase(name);
        const QString copy = path(QStringLiteral("theirs.sqlite"));
        const QByteArray before = bytes_of(copy) + '|' + bytes_of(copy + QStringLiteral("-wal"));
        QVERIFY(before.size() > 4096);
        const auto refuses = [&](const auto &open) {
            try {
                open();
            } catch (const Error &error) {
                return error.message().contains(QStringLiteral("no corpus of this program"));
            }
            return false;
        };
        QVERIFY(refuses([&] { CorpusFile(copy, settings_); }));
        QVERIFY(refuses([&] { CorpusFile(copy, CorpusFile::Access::write); }));
        QCOMPARE(bytes_of(copy) + '|' + bytes_of(copy + QStringLiteral("-wal")), before);
        for (const char *end : {"", "-wal", "-shm"})
            QFile::remove(copy + QLatin1String(end));
    }
}

void TestCorpus::a_damaged_corpus_is_refused_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, const char *statement, const char *message) {
        QTest::newRow(what) << QString::fromLatin1(statement) << QString::fromLatin1(message);
    };
    row("later version", "PRAGMA user_version = 3", "version 3; this program reads versions 1 and 2");
    row("another program's", "PRAGMA application_id = 7", "no corpus of this program");
    row("property", "UPDATE property SET value = '99999999999' WHERE name = 'layers'", "property layers is");
    row("no property", "DELETE FROM property WHERE name = 'd_ff'", "property d_ff is \"\"");
    row("layer", "UPDATE head_total SET layer = 99 WHERE layer = 1",
        "has the number 99, which the model lacks");
    row("measure", "UPDATE head_total SET measure = 'x' || measure WHERE layer = 1", "measure \"x");
    row("statistics", "UPDATE sentence SET heads = x'00'", "has statistics of another model");
    row("token", "UPDATE neuron_example SET token = 4000", "an example's token is not in its sentence");
    row("sentence", "UPDATE head_example SET sentence = 5", "has no sentence 5");
}

void TestCorpus::a_damaged_corpus_is_refused()
{
    QFETCH(const QString, statement);
    QFETCH(const QString, message);
    const QString damaged = path(QStringLiteral("damaged.sqlite"));
    QFile::remove(damaged);
    QVERIFY(QFile::copy(path(QStringLiteral("shard1.sqlite")), damaged));
    {
        const CorpusFile file(damaged, CorpusFile::Access::write);
        file.execute(QStringLiteral("DELETE FROM head_example WHERE layer > 1 OR head > 1"));
        file.execute(QStringLiteral("DELETE FROM head_example WHERE sentence != (SELECT min(sentence) FROM "
                                    "head_example)"));
        file.execute(statement);
    }
    try {
        const CorpusFile file(damaged, CorpusFile::Access::read);
        read_head_totals(file);
        for (const std::int64_t number : read_sentence_numbers(file))
            read_sentence(file, number);
        neuron_examples(file, 0, 0);
        head_examples(file, 0, 0);
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(message), qPrintable(error.message()));
        QVERIFY(error.message().contains(damaged));
    }
}

void TestCorpus::files_may_follow_each_other()
{
    const QString corpus = path(QStringLiteral("several.sqlite"));
    QStringList arguments{QStringLiteral("add"), QStringLiteral("--output"), corpus,
                          QStringLiteral("--text")};
    for (const char *name : {"first", "second", "third"}) // as a shell makes of --text *.txt
        arguments.append(write(QLatin1String(name) + QStringLiteral(".txt"), name + QByteArray("\nagain\n")));
    const Outcome outcome = run_corpus_command(arguments);
    QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
    const CorpusSummary summary = read_summary(CorpusFile(corpus, CorpusFile::Access::read));
    QCOMPARE(summary.sentences, 6);
    QCOMPARE(summary.sources.size(), 3U);
    QCOMPARE(summary.sources[2].first, arguments.last());
    arguments += {QStringLiteral("--name"), QStringLiteral("x")};
    QCOMPARE(run_corpus_command(arguments).code, 2);
}

void TestCorpus::one_writes_while_others_read()
{
    const QString corpus = path(QStringLiteral("two.sqlite"));
    add(corpus, write(QStringLiteral("one.txt"), "one\n"));
    CorpusFile writing(corpus, settings_);
    QCOMPARE(read_summary(CorpusFile(corpus, CorpusFile::Access::read)).sentences, 1);
    const Outcome outcome =
        run_corpus_command({QStringLiteral("add"), QStringLiteral("--text"), path(QStringLiteral("one.txt")),
                            QStringLiteral("--output"), corpus, QStringLiteral("--max-tokens"),
                            QString::number(limit), QStringLiteral("--examples"), QStringLiteral("3")});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.errors.contains(QStringLiteral("is being written by another program")),
             qPrintable(outcome.errors));
}

void TestCorpus::a_full_disk_loses_nothing()
{
    const QString corpus = path(QStringLiteral("full.sqlite"));
    const QString text = path(QStringLiteral("long.txt"));
    std::stop_source stop;
    qint64 first = 0;
    add(corpus, text, {}, stop.get_token(), [&](const AddProgress &progress) {
        first = progress.added;
        stop.request_stop();
    });
    QVERIFY(first > 0);
    {
        CorpusFile file(corpus, settings_);
        QSqlQuery pages = file.prepared(QStringLiteral("PRAGMA page_count"));
        file.execute(pages);
        QVERIFY(pages.next());
        const int most = pages.value(0).toInt() + 5;
        pages.finish();
        file.execute(
            QStringLiteral("PRAGMA max_page_count = %1").arg(most)); // what SQLite makes of a full disk
        CorpusWriter writer(file);
        SentenceReader reader({.path = text, .field = {}});
        try {
            add_sentences(writer, settings_, model_, reader, {});
            QFAIL("no error");
        } catch (const Error &error) {
            QVERIFY2(
                error.message().contains(QStringLiteral("the disk is full. What was added before is kept.")),
                qPrintable(error.message()));
        }
    }
    QCOMPARE(read_summary(CorpusFile(corpus, CorpusFile::Access::read)).sentences, first);
    QCOMPARE(add(corpus, text).present, first);
    QCOMPARE(content(corpus), content(path(QStringLiteral("at-once.sqlite"))));
}

void TestCorpus::words_are_found_by_their_beginning()
{
    const CorpusFile file(path(QStringLiteral("whole.sqlite")), CorpusFile::Access::read);
    const auto found = search_sentences(file, QStringLiteral("고양이 moon"), 100);
    QVERIFY(!found.empty());
    for (const auto &[sentence, words] : found) {
        QVERIFY(sentence.result.text.contains(QStringLiteral("고양이가")));
        QVERIFY(sentence.result.text.contains(QStringLiteral("moon")));
        QCOMPARE(words.size(), 2U);
        for (const auto &[begin, end] : words) {
            const QString word = sentence.result.text.mid(begin, end - begin);
            QVERIFY2(word == QStringLiteral("고양이가") || word == QStringLiteral("moon"), qPrintable(word));
        }
    }
    QCOMPARE(count_sentences(file, QStringLiteral("고양이 moon")), std::ssize(found));
    QVERIFY(count_sentences(file, QStringLiteral("moon")) > 2);
    QCOMPARE(count_sentences(file, QStringLiteral("\"")), 0);
    QVERIFY(search_sentences(file, QStringLiteral("moon"), 2).size() == 2U);
    QVERIFY(search_sentences(file, QStringLiteral("\"moon\" OR cat) *"), 5).empty());
    QVERIFY(search_sentences(file, QStringLiteral("  "), 5).empty());
}

void TestCorpus::uses_of_a_piece_are_found()
{
    const CorpusFile file(path(QStringLiteral("whole.sqlite")), CorpusFile::Access::read);
    const QString piece =
        model_->tokenizer->piece(model_->tokenizer->encode(QStringLiteral("moon")).tokens[1].id);
    std::vector<std::int64_t> expected;
    for (const std::int64_t number : read_sentence_numbers(file)) {
        const auto tokens = read_sentence(file, number).result.tokens;
        if (std::any_of(tokens.begin(), tokens.end(), [&](const auto &one) { return one.text == piece; }))
            expected.push_back(number);
    }
    const PieceUses found = piece_uses(file, piece, 1000);
    QVERIFY(expected.size() > 10U);
    QCOMPARE(found.sentences, std::ssize(expected));
    QCOMPARE(found.uses.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto &[use, sentence] = found.uses[i];
        QCOMPARE(use.sentence, expected[i]);
        QCOMPARE(sentence.result.tokens[static_cast<std::size_t>(use.token)].text, piece);
        const auto [begin, end] = place_of(sentence.result, use.token);
        QVERIFY(QStringLiteral("moon").contains(sentence.result.text.mid(begin, end - begin)));
    }
    QCOMPARE(piece_uses(file, piece, 3).uses.size(), 3U);
    QCOMPARE(piece_uses(file, piece, 3).sentences, std::ssize(expected));
    QVERIFY(piece_uses(file, QStringLiteral("no such piece"), 3).uses.empty());
    QVERIFY(!has_vectors(file));

    // Without its indexes, as an older one: the same, and they come when something is added.
    const QString older = path(QStringLiteral("older.sqlite"));
    QVERIFY(QFile::copy(path(QStringLiteral("whole.sqlite")), older));
    const auto indexes = [&older] {
        const CorpusFile made(older, CorpusFile::Access::read);
        QSqlQuery query = made.prepared(
            QStringLiteral("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"));
        made.execute(query);
        return query.next() ? query.value(0).toInt() : -1;
    };
    QCOMPARE(indexes(), 3);
    {
        const CorpusFile writable(older, CorpusFile::Access::write);
        for (const char *name : {"token_piece", "sentence_length", "sentence_not_finite"})
            writable.execute(QStringLiteral("DROP INDEX %1").arg(QLatin1String(name)));
    }
    {
        const CorpusFile without(older, CorpusFile::Access::read);
        QCOMPARE(piece_uses(without, piece, 1000).sentences, std::ssize(expected));
        QCOMPARE(read_summary(without).tokens, read_summary(file).tokens);
    }
    QCOMPARE(add(older, text_).present, 100);
    QCOMPARE(indexes(), 3);
}

void TestCorpus::the_nearest_uses_come_first()
{
    const ModelPtr model = load_model(data("sentences/mean"));
    const QString corpus = path(QStringLiteral("vectors.sqlite"));
    const CorpusSettings settings = settings_of(*model, model->config.max_positions, 1);
    const QByteArrayList lines{"the cat sees the dog", "a cat", "the dog sees the moon", "the moon",
                               "dog dog"};
    {
        CorpusFile file(corpus, settings);
        CorpusWriter writer(file);
        SentenceReader reader({.path = write(QStringLiteral("vectors.txt"), lines.join('\n')), .field = {}});
        add_sentences(writer, settings, model, reader, {});
    }
    const CorpusFile file(corpus, CorpusFile::Access::read);
    QVERIFY(has_vectors(file));
    const RowVector own =
        sentence_vector(*run_encoder(model, model->tokenizer->encode(QStringLiteral("the cat"))));
    const QString piece = model->tokenizer->encode(QStringLiteral("the")).tokens[1].piece;
    const PieceUses found = nearest_uses(file, piece, own, 2);
    QCOMPARE(found.sentences, 3);
    QCOMPARE(found.compared, 3);
    QCOMPARE(found.uses.size(), 2U);
    std::vector<float> cosines;
    for (const int line : {1, 3, 4}) {
        const RowVector other = read_sentence(file, sentence_number(1, line)).result.vector;
        cosines.push_back(own.dot(other) / own.norm() / other.norm());
    }
    std::sort(cosines.rbegin(), cosines.rend());
    QVERIFY(cosines[0] > cosines[1]);
    for (std::size_t rank = 0; rank < 2; ++rank)
        QVERIFY(std::abs(found.uses[rank].example.value - cosines[rank]) < 1e-6F);
    try {
        nearest_uses(file, piece, own.leftCols(own.size() - 1), 2);
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("has a vector of another length")),
                 qPrintable(error.message()));
    }
}

QTEST_GUILESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
