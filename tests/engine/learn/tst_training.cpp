// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/learn/plan.h"
#include "engine/learn/saved_training.h"
#include "engine/learn/snapshots.h"
#include "engine/learn/trainer.h"
#include "engine/learn/word_test.h"
#include "engine/model/load_model.h"
#include "engine/model/safetensors_writer.h"
#include "engine/model/save_model.h"
#include "engine/text/bert.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace encoderscope;

namespace
{

TrainingPlan small_plan(int steps)
{
    TrainingPlan plan = playground_plan(200);
    plan.d_model = 16;
    plan.d_ff = 24;
    plan.settings.steps = steps;
    plan.settings.warmup_steps = 4;
    plan.settings.batch_tokens = 256;
    return plan;
}

std::vector<double> curve(Training &training, int steps)
{
    std::vector<double> losses;
    for (int step = 0; step < steps; ++step)
        losses.push_back(training.step().outcome.mean_loss());
    return losses;
}

} // namespace

class TestTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void same_seed_same_curve_on_any_number_of_threads();
    void another_seed_another_curve();
    void goes_on_as_if_it_had_not_stopped();
    void a_saved_training_that_lies_is_refused_data();
    void a_saved_training_that_lies_is_refused();
    void rate_climbs_stays_and_falls();
    void decays_what_the_weights_were();
    void masks_as_BERT_does();
    void masks_whole_words();
    void pairs_have_two_token_types();
    void every_epoch_sees_every_sentence_once();
    void short_sentences_come_first();
    void a_penalty_keeps_weight_off_specials();
    void learns_to_look_at_the_token_before();
    void only_what_is_asked_is_masked();
    void a_code_book_needs_the_activation();
    void words_are_masked_one_by_one();
    void refuses_text_that_teaches_nothing();
    void stops_when_the_loss_is_no_number();
    void saved_model_opens();
    void snapshots_stay_few();
    void trainer_reports_pauses_and_stops();
    void trainer_reports_failure();
};

void TestTraining::same_seed_same_curve_on_any_number_of_threads()
{
    TrainingPlan plan = small_plan(6);
    plan.settings.dropout = 0.1;
    plan.settings.whole_word_share = 0.5;
    plan.settings.special_key_share = 0.5;
    plan.settings.special_penalty = 0.3;
    plan.settings.short_first = true;
    const auto one = begin_training(plan, 1);
    const auto three = begin_training(plan, 3);
    QCOMPARE(curve(*one, 6), curve(*three, 6));
    QVERIFY(one->state().parameters == three->state().parameters);
}

void TestTraining::another_seed_another_curve()
{
    TrainingPlan plan = small_plan(2);
    const auto first = begin_training(plan, 1);
    plan.settings.seed = 2;
    const auto second = begin_training(plan, 1);
    QVERIFY(curve(*first, 2) != curve(*second, 2));
}

void TestTraining::goes_on_as_if_it_had_not_stopped()
{
    const TrainingPlan plan = small_plan(8);
    const auto whole = begin_training(plan, 2);
    const std::vector<double> losses = curve(*whole, 8);

    QTemporaryDir folder;
    {
        const auto first = begin_training(plan, 2);
        QCOMPARE(curve(*first, 3), std::vector<double>(losses.begin(), losses.begin() + 3));
        SavedTraining saved;
        saved.settings = plan.settings;
        saved.settings.whole_word_share = 0.25;
        saved.settings.special_key_share = 0.5;
        saved.settings.special_penalty = 0.125;
        saved.settings.short_first = true;
        saved.state = first->state();
        saved.texts = {QStringLiteral("a.txt")};
        saved.fingerprint = 0xFEDCBA9876543210U;
        save_training(saved, folder.path());
    }
    SavedTraining saved = load_training(folder.path());
    QCOMPARE(saved.state.step, 3);
    QCOMPARE(saved.texts, QStringList{QStringLiteral("a.txt")});
    QCOMPARE(saved.fingerprint, 0xFEDCBA9876543210U);
    QCOMPARE(saved.settings.peak_rate, plan.settings.peak_rate);
    QCOMPARE(saved.settings.optimizer.beta2, plan.settings.optimizer.beta2);
    QCOMPARE(saved.settings.whole_word_share, 0.25);
    QCOMPARE(saved.settings.special_key_share, 0.5);
    QCOMPARE(saved.settings.special_penalty, 0.125);
    QVERIFY(saved.settings.short_first);
    const auto second = begin_training(plan, 1);
    second->restore(std::move(saved.state));
    QCOMPARE(curve(*second, 5), std::vector<double>(losses.begin() + 3, losses.end()));
    QVERIFY(second->state().parameters == whole->state().parameters);
    QVERIFY(second->finished());
}

void TestTraining::a_saved_training_that_lies_is_refused_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *settings, const char *field, const char *found) {
        QTest::newRow(settings) << QString::fromLatin1(settings) << QString::fromLatin1(field)
                                << QString::fromLatin1(found);
    };
    row("{\"step\":-1}", "step", "-1");
    row("{\"step\":1.5}", "step", "1.5");
    row("{\"step\":\"1\"}", "step", "\"1\"");
    row("{\"step\":0}", "steps", "");
    row("{\"step\"", "training.safetensors", "");
}

void TestTraining::a_saved_training_that_lies_is_refused()
{
    QFETCH(QString, settings);
    QFETCH(QString, field);
    QFETCH(QString, found);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("training.safetensors"));
    write_safetensors(file, {}, {{QStringLiteral("training"), settings}});
    try {
        load_training(folder.path());
        QFAIL("loaded");
    } catch (const Error &error) {
        for (const QString &part : {file, field, found})
            QVERIFY2(error.message().contains(part), error.what());
    }
}

void TestTraining::rate_climbs_stays_and_falls()
{
    TrainingSettings settings{.steps = 100, .warmup_steps = 10, .decay_steps = 20, .peak_rate = 1.0F};
    QCOMPARE(settings.rate(0), 0.1F);
    QCOMPARE(settings.rate(9), 1.0F);
    QCOMPARE(settings.rate(50), 1.0F);
    QCOMPARE(settings.rate(80), 1.0F);
    QCOMPARE(settings.rate(90), 0.5F);
    QCOMPARE(settings.rate(99), 0.05F);
    settings.decay_steps = -1;
    QCOMPARE(settings.rate(55), 0.5F);
}

void TestTraining::masks_as_BERT_does()
{
    // Ids 0 to 2 are special, 1 is the mask.
    MaskingVocabulary vocabulary;
    vocabulary.mask = 1;
    vocabulary.special.assign(50, false);
    for (int id = 0; id < 50; ++id) {
        vocabulary.special[static_cast<std::size_t>(id)] = id < 3;
        if (id >= 3)
            vocabulary.replacements.push_back(id);
    }
    std::vector<int> sentence{0};
    for (int index = 0; index < 20000; ++index)
        sentence.push_back(3 + index % 47);
    sentence.push_back(2);
    const std::vector<const std::vector<int> *> sentences{&sentence};
    const Batch batch = mask_tokens(sentences, vocabulary, 0.15, KeyedRandom{4});
    int masked = 0;
    int kept = 0;
    for (std::size_t index = 0; index < batch.positions.size(); ++index) {
        const auto position = static_cast<std::size_t>(batch.positions[index]);
        QCOMPARE(batch.labels[index], sentence[position]);
        masked += batch.ids[position] == 1 ? 1 : 0;
        kept += batch.ids[position] == sentence[position] ? 1 : 0;
    }
    const auto count = static_cast<double>(batch.labels.size());
    QVERIFY2(std::abs(count / 20000.0 - 0.15) < 0.01, qPrintable(QString::number(count)));
    QVERIFY2(std::abs(masked / count - 0.8) < 0.03, qPrintable(QString::number(masked)));
    QVERIFY2(std::abs(kept / count - 0.1) < 0.03, qPrintable(QString::number(kept)));
    QCOMPARE(batch.ids.front(), 0);
    QCOMPARE(batch.ids.back(), 2);

    const std::vector<int> short_one{0, 5, 2};
    const std::vector<const std::vector<int> *> one{&short_one};
    QCOMPARE(mask_tokens(one, vocabulary, 1e-9, KeyedRandom{4}).labels, std::vector<int>{5});
}

void TestTraining::decays_what_the_weights_were()
{
    // Algorithm 2 of "Decoupled Weight Decay Regularization" by hand, from m = v = 0: of a first step the
    // corrected averages are the gradient and its square, so the step is the rate times the gradient's sign.
    const EncoderConfig config{.vocabulary_size = 5,
                               .d_model = 4,
                               .layers = 1,
                               .heads = 1,
                               .d_ff = 4,
                               .embedding_size = 4,
                               .max_positions = 8,
                               .token_types = 2};
    const ParameterLayout layout(config);
    kernels::Workers workers(1);
    const AdamWSettings settings{.epsilon = 0.0F, .weight_decay = 0.5F};
    ParameterVector parameters = ParameterVector::Constant(layout.size, 2.0F);
    const ParameterVector gradient = ParameterVector::Constant(layout.size, 3.0F);
    AdamWState state{ParameterVector::Zero(layout.size), ParameterVector::Zero(layout.size)};
    constexpr float rate = 0.1F;
    adamw_step(layout, settings, 1, rate, gradient, 1.0F, state, parameters, workers);
    for (const Slot &slot : layout.all_slots) {
        const bool linear =
            slot.name.startsWith(QStringLiteral("layer")) && slot.name.endsWith(QStringLiteral("weight"));
        QCOMPARE(slot.decays, linear);
        const float expected = 2.0F - rate * (1.0F + (linear ? 0.5F * 2.0F : 0.0F));
        for (Index index = slot.offset; index < slot.offset + slot.size(); ++index)
            QVERIFY2(std::abs(parameters(index) - expected) < 1e-6F, qPrintable(slot.name));
    }
}

void TestTraining::masks_whole_words()
{
    // Of every three pieces the last two go on with a word.
    MaskingVocabulary vocabulary;
    vocabulary.mask = 1;
    vocabulary.special = {true, true, true, false, false, false};
    vocabulary.continues = {false, false, false, false, true, true};
    vocabulary.replacements = {3, 4, 5};
    std::vector<int> sentence{0};
    for (int word = 0; word < 4000; ++word)
        sentence.insert(sentence.end(), {3, 4, 5});
    sentence.push_back(2);
    const std::vector<const std::vector<int> *> sentences{&sentence};
    const Batch batch = mask_tokens(sentences, vocabulary, 0.15, KeyedRandom{4}, true);
    QCOMPARE(batch.positions.size() % 3, std::size_t(0));
    for (std::size_t index = 0; index < batch.positions.size(); index += 3) {
        QCOMPARE(batch.positions[index] % 3, 1);
        QCOMPARE(batch.positions[index + 2], batch.positions[index] + 2);
    }
    const auto share = static_cast<double>(batch.positions.size()) / 12000.0;
    QVERIFY2(std::abs(share - 0.15) < 0.02, qPrintable(QString::number(share)));
}

void TestTraining::pairs_have_two_token_types()
{
    TrainingPlan plan = small_plan(1);
    plan.lines.append(QStringLiteral("a 1 b 2\tc 3 d 4"));
    const ModelPtr model = initial_model(plan);
    QCOMPARE(model->config.token_types, 2);
    QCOMPARE(initial_model(small_plan(1))->config.token_types, 0);
    const Sentences sentences = tokenize_lines(*model->tokenizer, {plan.lines.last()}, 128);
    const std::vector<const std::vector<int> *> all{&sentences.front()};
    const Batch batch = mask_tokens(all, masking_vocabulary(*model->tokenizer), 0.15, KeyedRandom{1});
    std::vector<int> types;
    std::vector<bool> special;
    for (const Token &token :
         model->tokenizer->encode(QStringLiteral("a 1 b 2"), QStringLiteral("c 3 d 4")).tokens) {
        types.push_back(token.type);
        special.push_back(token.special);
    }
    QCOMPARE(batch.types, types);
    QCOMPARE(batch.special, special);
    QCOMPARE(types.back(), 1);
}

void TestTraining::every_epoch_sees_every_sentence_once()
{
    Sentences sentences;
    for (int index = 0; index < 300; ++index)
        sentences.emplace_back(static_cast<std::size_t>(3 + index % 17), index);
    BatchOrder order(sentences, 64, 9);
    std::vector<int> seen(300, 0);
    std::vector<int> first;
    for (int number = 0; number < order.epoch_size(); ++number) {
        std::size_t tokens = 0;
        for (const std::vector<int> *sentence : order.batch(number)) {
            ++seen[static_cast<std::size_t>(sentence->front())];
            tokens += sentence->size();
            first.push_back(sentence->front());
        }
        QVERIFY(tokens <= 64);
    }
    QCOMPARE(seen, std::vector<int>(300, 1));
    std::vector<int> second;
    for (int number = 0; number < order.epoch_size(); ++number) {
        for (const std::vector<int> *sentence : order.batch(order.epoch_size() + number))
            second.push_back(sentence->front());
    }
    QVERIFY(first != second);
}

void TestTraining::short_sentences_come_first()
{
    Sentences sentences;
    for (int index = 0; index < 600; ++index)
        sentences.emplace_back(static_cast<std::size_t>(3 + index % 50), 5);
    BatchOrder order(sentences, 64, 9, true);
    const auto mean_length = [&](int from, int to) {
        double tokens = 0.0;
        double count = 0.0;
        for (int number = from; number < to; ++number) {
            for (const std::vector<int> *sentence : order.batch(number)) {
                tokens += static_cast<double>(sentence->size());
                ++count;
            }
        }
        return tokens / count;
    };
    const int size = order.epoch_size();
    const double first = mean_length(0, size / 4);
    const double last = mean_length(size - size / 4, size);
    QVERIFY2(first < 0.6 * last, qPrintable(QStringLiteral("%1, %2").arg(first).arg(last)));
    const double next_first = mean_length(size, size + size / 4);
    const double next_last = mean_length(2 * size - size / 4, 2 * size);
    QVERIFY2(next_first > 0.6 * next_last,
             qPrintable(QStringLiteral("%1, %2").arg(next_first).arg(next_last)));
}

void TestTraining::a_penalty_keeps_weight_off_specials()
{
    const auto share_after = [](double penalty) {
        TrainingPlan plan = small_plan(150);
        plan.settings.special_penalty = penalty;
        const auto training = begin_training(plan, 2);
        double share = 0.0;
        while (!training->finished())
            share = training->step().outcome.special_share();
        return share;
    };
    const double without = share_after(0.0);
    const double with = share_after(5.0);
    QVERIFY2(with < 0.5 * without, qPrintable(QStringLiteral("%1, %2").arg(without).arg(with)));
}

void TestTraining::learns_to_look_at_the_token_before()
{
    TrainingPlan plan = playground_plan();
    plan.settings.steps = 1500;
    const QString line = plan.lines.first();
    const auto training = begin_training(plan, 2);
    const auto most_previous = [&] {
        const ModelPtr model = training->snapshot(QString());
        float most = 0.0F;
        for (const HeadStatistics &head :
             head_statistics(*run_encoder(model, model->tokenizer->encode(line))))
            most = std::max(most, head.previous.value());
        return most;
    };
    const float previous_before = most_previous();
    const double before = training->step().outcome.mean_loss();
    double after = 0.0;
    while (!training->finished())
        after = training->step().outcome.mean_loss();
    const float previous_after = most_previous();
    // Numbers are then known (0 nats), letters one of four (1.39 nats): 0.7 on average, and some of the
    // neighbours are masked too.
    QVERIFY2(before > 4.0, qPrintable(QString::number(before)));
    QVERIFY2(after < 1.3, qPrintable(QString::number(after)));
    QVERIFY2(previous_before < 0.15F, qPrintable(QString::number(static_cast<double>(previous_before))));
    QVERIFY2(previous_after > 0.3F, qPrintable(QString::number(static_cast<double>(previous_after))));
}

void TestTraining::only_what_is_asked_is_masked()
{
    const auto training = begin_training(code_book_plan(), 1);
    const Tokenizer &tokenizer = training->tokenizer();
    const std::vector<Batch> batches =
        evaluation_batches(training->sentences(), training->vocabulary(), 1.0, 512, 3);
    int labels = 0;
    for (const Batch &batch : batches) {
        QCOMPARE(int(batch.labels.size()), batch.sentences());
        for (const int label : batch.labels) {
            QVERIFY(code_book_plan().asked.contains(tokenizer.piece(label)));
            ++labels;
        }
    }
    QCOMPARE(labels, 144);
}

/// What the step "feed-forward 6" of the course says.
void TestTraining::a_code_book_needs_the_activation()
{
    for (const Activation activation : {Activation::relu, Activation::identity}) {
        TrainingPlan plan = code_book_plan();
        plan.activation = activation;
        const auto training = begin_training(plan, 2);
        while (!training->finished())
            training->step();
        const Outcome outcome = training->evaluate(
            evaluation_batches(training->sentences(), training->vocabulary(), 1.0, 512, 3));
        const double right = double(outcome.correct) / double(outcome.labels);
        if (activation == Activation::relu)
            QVERIFY2(right > 0.97, qPrintable(QString::number(right)));
        else
            QVERIFY2(right < 0.65, qPrintable(QString::number(right)));
    }
}

void TestTraining::words_are_masked_one_by_one()
{
    const QStringList pieces =
        QStringLiteral("[PAD] [UNK] [CLS] [SEP] [MASK] sing ##ing a , cat").split(u' ');
    const TokenizerPtr tokenizer = bert_tokenizer(std::make_shared<const Vocabulary>(pieces));
    const QStringList lines{QStringLiteral("a singing, cat"), QStringLiteral("a dog")};
    const std::vector<Batch> batches = one_word_batches(*tokenizer, lines, 128);
    // [CLS] a sing ##ing , cat [SEP] and [CLS] a [UNK] [SEP]
    QCOMPARE(batches.size(), std::size_t(5));
    QCOMPARE(batches[1].ids, (std::vector<int>{2, 7, 4, 4, 8, 9, 3}));
    QCOMPARE(batches[1].positions, (std::vector<int>{2, 3}));
    QCOMPARE(batches[1].labels, (std::vector<int>{5, 6}));
    QCOMPARE(batches[2].labels, std::vector<int>{9});

    // After "a" comes "sing" in this text, so that is what a bigram finds.
    const Sentences text = tokenize_lines(*tokenizer, {QStringLiteral("a sing a sing a cat")}, 128);
    const Baselines baselines(text, tokenizer->vocabulary_size(), masking_vocabulary(*tokenizer));
    const QStringList test{QStringLiteral("a sing a cat a dog")};
    const WordOutcome bigram = test_words_by_bigram(baselines, *tokenizer, test, 128);
    QCOMPARE(bigram.words, 6);
    QCOMPARE(bigram.unknown, 1);
    QCOMPARE(bigram.found, 4); // sing, and each a: after [CLS], after "sing", and as the most frequent piece
    QCOMPARE(bigram.pieces_found, 4);
    const WordOutcome unigram = test_words_by_unigram(baselines, *tokenizer, test, 128);
    QCOMPARE(unigram.found, 3);
    // A word is found when all of its pieces are.
    const Sentences singing = tokenize_lines(*tokenizer, {QStringLiteral("singing singing")}, 128);
    const Baselines half(singing, tokenizer->vocabulary_size(), masking_vocabulary(*tokenizer));
    const WordOutcome one = test_words_by_unigram(half, *tokenizer, {QStringLiteral("singing")}, 128);
    QCOMPARE(one.pieces_found, 1);
    QCOMPARE(one.found, 0);

    TrainingPlan plan = playground_plan();
    plan.settings.steps = 1500;
    const auto training = begin_training(plan, 2);
    while (!training->finished())
        training->step();
    const WordOutcome learned = test_words(*training->snapshot(QString()), plan.lines.mid(0, 20), 128);
    QCOMPARE(learned.words, 20 * 16);
    QCOMPARE(learned.unknown, 0);
    // A number is known from its letter; a letter is one of four.
    QVERIFY2(learned.share() > 0.55, qPrintable(QString::number(learned.share())));
}

void TestTraining::refuses_text_that_teaches_nothing()
{
    TrainingPlan plan = small_plan(1);
    plan.lines = {};
    QVERIFY_THROWS_EXCEPTION(Error, begin_training(plan, 1));
    plan.lines = {QStringLiteral("a")};
    QVERIFY_THROWS_EXCEPTION(Error, begin_training(plan, 1));
    plan.lines = {QStringLiteral("a a a a a"), QStringLiteral("a a a")};
    QVERIFY_THROWS_EXCEPTION(Error, begin_training(plan, 1));
    plan = small_plan(1);
    plan.heads = 3;
    QVERIFY_THROWS_EXCEPTION(Error, begin_training(plan, 1));
}

void TestTraining::stops_when_the_loss_is_no_number()
{
    const auto training = begin_training(small_plan(4), 1);
    TrainingState state = training->state();
    state.parameters(0) = std::numeric_limits<float>::quiet_NaN();
    state.parameters.segment(0, training->layout().token.size())
        .setConstant(std::numeric_limits<float>::quiet_NaN());
    training->restore(state);
    QVERIFY_THROWS_EXCEPTION(Error, training->step());
    QCOMPARE(training->steps_done(), 0);
}

void TestTraining::saved_model_opens()
{
    const auto training = begin_training(small_plan(1), 1);
    training->step();
    const ModelPtr model = training->snapshot(QStringLiteral("small"));
    QVERIFY(model->trained);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("small"));
    save_model(*model, path);
    const ModelPtr opened = load_model(path);
    QVERIFY(opened->trained);
    QVERIFY(opened->config == model->config);
    QVERIFY(parameters_of(training->layout(), *opened) == training->state().parameters);
    QVERIFY(parameters_of(training->layout(), *model) == training->state().parameters);
}

void TestTraining::snapshots_stay_few()
{
    Snapshots snapshots(10);
    for (int step = 0; step <= 1000; ++step)
        snapshots.add({step, nullptr});
    const auto &all = snapshots.all();
    QVERIFY(all.size() >= 4 && all.size() <= 10);
    QCOMPARE(all.front().step, 0);
    QCOMPARE(all.back().step, 1000);
    for (std::size_t index = 1; index + 1 < all.size(); ++index)
        QCOMPARE(all[index].step - all[index - 1].step, all[1].step - all[0].step);
}

namespace
{

/// What a trainer told, from its own thread.
struct Told {
    std::mutex mutex;
    std::vector<TrainerUpdate> updates;

    Trainer::Listener listener()
    {
        return [this](const TrainerUpdate &update) {
            const std::lock_guard lock(mutex);
            updates.push_back(update);
        };
    }
    TrainerUpdate last()
    {
        const std::lock_guard lock(mutex);
        return updates.empty() ? TrainerUpdate() : updates.back();
    }
    bool says(TrainerUpdate::State state) { return last().state == state; }
};

} // namespace

void TestTraining::trainer_reports_pauses_and_stops()
{
    Told told;
    Trainer trainer(small_plan(1'000'000), QStringLiteral("x"), 2, told.listener());
    QTRY_VERIFY(told.last().step > 0);
    trainer.pause();
    QTRY_VERIFY(told.says(TrainerUpdate::State::paused));
    const int paused_at = told.last().step;
    QTest::qWait(100);
    QCOMPARE(told.last().step, paused_at);
    trainer.go_on();
    QTRY_VERIFY(told.last().step > paused_at);
    trainer.stop();
    QTRY_VERIFY(told.says(TrainerUpdate::State::stopped));
    int expected = 1;
    for (const TrainerUpdate &update : told.updates) {
        for (const auto &[step, loss] : update.losses)
            QCOMPARE(step, expected++);
    }
    QCOMPARE(expected - 1, told.last().step);
    QVERIFY(told.last().model);
}

void TestTraining::trainer_reports_failure()
{
    TrainingPlan plan = small_plan(10);
    plan.lines = {QStringLiteral("a")};
    Told told;
    const Trainer trainer(plan, QStringLiteral("x"), 1, told.listener());
    QTRY_VERIFY(told.says(TrainerUpdate::State::failed));
    QVERIFY(!told.last().problem.isEmpty());
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
