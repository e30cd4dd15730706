// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"
#include "engine/forward/encoder.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "tests/message_of.h"
#include "ui/lessons/answer.h"
#include "ui/lessons/lesson.h"
#include "ui/lessons/lesson_writer.h"
#include "ui/lessons/live_expression.h"
#include "ui/lessons/live_numbers.h"
#include "ui/lessons/step_state.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <map>

using namespace encoderscope;

namespace
{

const QString english = QStringLiteral("The animal didn't cross the street because it was too tired.");
const QString korean = QStringLiteral("나는 어제 친구와 영화를 보았다.");

/// A frame as the window has it after that state was chosen.
Frame frameOf(const SessionState &state, const Selected &pinned = {.layer = 1, .head = 0, .query = 2})
{
    Frame frame;
    frame.state = state;
    static std::map<QString, ModelPtr> models;
    ModelPtr &model = models[state.input.reference.source];
    if (!model)
        model = state.input.reference.kind == ModelReference::Kind::builtIn
                    ? built_in_model(state.input.reference.source)
                    : default_model();
    const TokenizerPtr tokenizer = with_granularity(model->tokenizer, state.input.tokenization);
    const Encoding encoding = tokenizer->encode(state.input.text);
    frame.compared.now = run_encoder(model, encoding, state.input.switches);
    frame.compared.before = state.input.switched() ? run_encoder(model, encoding) : frame.compared.now;
    frame.selection = pinned;
    return frame;
}

Frame frameOf(const QString &text)
{
    SessionState state;
    state.input.text = text;
    return frameOf(state);
}

Lesson lessonOf(const QByteArray &json)
{
    return readLesson(JsonField::parse(json, QStringLiteral("a.json")));
}

QJsonObject smallLesson()
{
    const QJsonObject text{{QStringLiteral("en"), QStringLiteral("{tokens} tokens")}};
    return {{QStringLiteral("format"), QStringLiteral("encoderscope-lesson")},
            {QStringLiteral("version"), 1},
            {QStringLiteral("name"), QStringLiteral("small")},
            {QStringLiteral("title"), text},
            {QStringLiteral("steps"),
             QJsonArray{QJsonObject{{QStringLiteral("title"), text}, {QStringLiteral("text"), text}}}}};
}

} // namespace

class TestLessons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void live_numbers_are_those_of_the_trace();
    void numbers_of_newer_parts_are_those_of_the_trace();
    void learned_positions_have_no_wavelengths();
    void wrong_expressions_say_what_is_wrong_data();
    void wrong_expressions_say_what_is_wrong();
    void numbers_are_written_as_asked();
    void text_is_escaped_and_filled();
    void course_covers_every_statement();
    void every_step_resolves_in_both_languages_data();
    void every_step_resolves_in_both_languages();
    void claims_hold();
    void a_step_takes_over_only_what_it_names();
    void the_learners_sentence_comes_back();
    void the_learners_model_comes_back();
    void a_recorded_run_comes_back();
    void lessons_survive_being_written();
    void a_teachers_steps_are_collected_in_a_file();
    void a_file_that_is_no_lesson_is_left_alone();
    void hostile_lessons_are_refused_data();
    void hostile_lessons_are_refused();
};

void TestLessons::live_numbers_are_those_of_the_trace()
{
    const Frame frame = frameOf(english);
    const Trace &trace = frame.trace();
    const auto number = [&frame](const char *expression) {
        return liveNumber(QString::fromUtf8(expression), frame);
    };
    QCOMPARE(number("tokens"), double(trace.tokens()));
    QCOMPARE(number("d_model"), 128.0);
    QCOMPARE(number("parameters.share[block=embedding]"),
             number("parameters[block=embedding]") / number("parameters"));
    const Matrix weights = trace.attention_weights(2, 1);
    // A row is rounded in another order than a whole matrix.
    const auto near = [](double value, float expected) { return std::abs(value - double(expected)) < 1e-6; };
    QVERIFY(near(number("attention.weights[layer=3,head=2,query=4,key=5]"), weights(4, 5)));
    QVERIFY(near(number("attention.weights[layer=3,head=2,query=4,key=max]"), weights.row(4).maxCoeff()));
    QVERIFY(near(number("attention.weights[layer=3,head=2,query=pinned,key=self]"), weights(2, 2)));
    QVERIFY(near(number("attention.scaled_scores[layer=3,head=2,query=4,key=5]"),
                 trace.scaled_scores(2, 1)(4, 5)));
    QCOMPARE(number("hidden.norm[layer=embedding,token=3]"), double(trace.hidden(-1).row(3).norm()));
    int street = 0;
    while (trace.token(street).text != QStringLiteral("street"))
        ++street;
    QCOMPARE(number("token.position[token='street|거리']"), double(street));
    QVERIFY(std::abs(number("position.encoding[position=3,dimension=8]") -
                     std::sin(3.0 / std::pow(10000.0, 8.0 / 128.0))) < 1e-5);
    QVERIFY(std::abs(number("attention.sum[layer=1,head=1,query=0]") - 1.0) < 1e-5);
    const LiveValue all = liveValue(QStringLiteral("attention.weights[layer=3,head=2,query=4,key=*]"), frame);
    QCOMPARE(std::get<std::vector<double>>(all).size(), std::size_t(trace.tokens()));
    QCOMPARE(std::get<QString>(liveValue(QStringLiteral("token.text[token=4]"), frame)), trace.token(4).text);
    QCOMPARE(number("hidden.norm[layer=1,token=3,run=difference]"), 0.0);
}

void TestLessons::numbers_of_newer_parts_are_those_of_the_trace()
{
    const auto frameWith = [](const QString &model) {
        SessionState state;
        state.input.text = english;
        state.input.reference = {ModelReference::Kind::builtIn, model, {}};
        return frameOf(state, {.layer = 1, .head = 2, .query = 3});
    };
    const auto near = [](double value, double expected) {
        return std::abs(value - expected) <= 1e-4 * std::max(1.0, std::abs(expected));
    };
    const Frame modern = frameWith(QStringLiteral("untrained:modernbert"));
    const auto number = [&modern](const char *expression) {
        return liveNumber(QString::fromUtf8(expression), modern);
    };
    const Trace &trace = modern.trace();
    // A rotation by position * base^(-2i/d_k) radians; layers with a window have a base of their own.
    const double degrees = 180.0 / std::acos(-1.0);
    QVERIFY(near(number("rotation.angle[layer=1]"), 3.0 * degrees));
    QVERIFY(near(number("rotation.angle[layer=1,pair=8,position=5]"), 5.0 * degrees / std::sqrt(160000.0)));
    QVERIFY(near(number("rotation.angle[layer=2,pair=8,position=5]"), 5.0 * degrees / std::sqrt(10000.0)));
    QVERIFY(near(number("rotation.angle[pair=3,position=1]") * number("rotation.wavelength[pair=3]"), 360.0));
    QVERIFY(near(number("query.norm[layer=1,rotated=off]"), number("query.norm[layer=1]")));
    QVERIFY(near(number("query.norm[layer=1]"), double(trace.query(0, 2).row(3).norm())));
    // Turned as they stand it is the run's score; further on together, the same; further apart, another.
    const double score = double(trace.raw_scores(0, 2)(3, 5));
    QVERIFY(near(number("rotation.score[layer=1,key=5]"), score));
    QVERIFY(near(number("rotation.score[layer=1,key=5,shift=10]"), score));
    QVERIFY(std::abs(number("rotation.score[layer=1,key=5,key_shift=3]") - score) > 1e-2);
    QCOMPARE(number("window[layer=2]"), 3.0);
    for (const int layer : {1, 2, 3, 4}) {
        for (const int query : {0, 3, 8, trace.tokens() - 1}) {
            const Matrix row = trace.attention_weights(layer - 1, 1, {query, 1});
            QCOMPARE(
                liveNumber(QStringLiteral("window.keys[layer=%1,query=%2]").arg(layer).arg(query), modern),
                double((row.array() > 0.0F).count()));
        }
    }
    QVERIFY(near(number("ffn.gate[layer=3,neuron=7]") * number("ffn.value[layer=3,neuron=7]"),
                 number("ffn.activated[layer=3,neuron=7]")));
    QVERIFY(std::abs(number("ffn.gate[layer=3,neuron=7]")) > 0.0);

    const Frame deberta = frameWith(QStringLiteral("untrained:deberta"));
    const auto part = [&deberta](const char *name) {
        return liveNumber(
            QStringLiteral("attention.%1[layer=2,head=3,query=4,key=6]").arg(QLatin1String(name)), deberta);
    };
    const double sum = part("raw_scores") + part("content_to_position") + part("position_to_content");
    QVERIFY(near(part("scaled_scores"), sum / std::sqrt(3.0 * 32.0)));
    QVERIFY(std::abs(part("content_to_position")) > 0.01 && std::abs(part("position_to_content")) > 0.01);
    QCOMPARE(liveNumber(QStringLiteral("attention.products"), deberta), 3.0);

    // The bias of a head for the distance of query and key.
    auto biased = std::make_shared<Model>(*untrained_model());
    biased->config.relative_buckets = 8;
    biased->weights.relative_bias = SharedMatrix(Matrix(Matrix::Random(8, biased->config.heads)));
    Frame shifted = frameOf(english);
    shifted.compared.now = run_encoder(biased, shifted.trace().encoding());
    QVERIFY(near(liveNumber(QStringLiteral("attention.position_bias[head=2,query=4,key=6]"), shifted),
                 double(biased->weights.relative_bias.view()(4 + 2, 1))));

    // Models without have no such numbers.
    const Frame paper = frameOf(english);
    for (const char *expression :
         {"rotation.angle", "rotation.wavelength", "rotation.score", "query.norm[rotated=off]", "window",
          "ffn.gate", "ffn.value", "attention.content_to_position", "attention.position_to_content",
          "attention.position_bias", "ffn.one_matrix"}) {
        const bool gated = QLatin1String(expression) == QLatin1String("ffn.one_matrix");
        QVERIFY2(!messageOf([&] { liveValue(QLatin1String(expression), gated ? modern : paper); }).isEmpty(),
                 expression);
    }
    QCOMPARE(liveNumber(QStringLiteral("window.keys"), paper), double(paper.trace().tokens()));
    QVERIFY(messageOf([&] {
                liveValue(QStringLiteral("query.norm[rotated=of]"), modern);
            }).contains(QStringLiteral("of")));
}

void TestLessons::learned_positions_have_no_wavelengths()
{
    auto model = std::make_shared<Model>(*untrained_model());
    model->config.positions = Positions::learned;
    model->config.max_positions = 50;
    model->weights = initial_weights(model->config, 1);
    Frame frame;
    frame.compared.now = run_encoder(model, model->tokenizer->encode(QStringLiteral("a b")));
    frame.compared.before = frame.compared.now;
    frame.selection = {.layer = 0, .head = 0, .query = 1};
    for (const char *expression : {"position.wavelength[dimension=0]", "position.nearest_distance",
                                   "position.distance[position=0,other=1]"})
        QVERIFY(!messageOf([&] { liveValue(QLatin1String(expression), frame); }).isEmpty());
    QCOMPARE(liveNumber(QStringLiteral("position.encoding[position=1,dimension=2]"), frame),
             double(frame.trace().embedding().position(1, 2)));
}

void TestLessons::wrong_expressions_say_what_is_wrong_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("said");
    QTest::newRow("no such name") << "attention.colour"
                                  << "attention.colour";
    QTest::newRow("no such argument") << "tokens[layer=1]"
                                      << "layer";
    QTest::newRow("no such layer") << "attention.weights[layer=9]"
                                   << "9";
    QTest::newRow("no such word") << "token.id[token='zebra']"
                                  << "zebra";
    QTest::newRow("not closed") << "attention.weights[layer=1"
                                << "attention.weights[layer=1";
    QTest::newRow("twice") << "attention.weights[layer=1,layer=2]"
                           << "layer=1,layer=2";
    QTest::newRow("huge") << "attention.weights[query=99999999999999]"
                          << "99999999999999";
    QTest::newRow("no such run") << "tokens[run=tomorrow]"
                                 << "tomorrow";
}

void TestLessons::wrong_expressions_say_what_is_wrong()
{
    QFETCH(QString, expression);
    QFETCH(QString, said);
    const Frame frame = frameOf(english);
    const QString message = messageOf([&] { liveValue(expression, frame); });
    QVERIFY2(message.contains(said), qPrintable(message));
    QCOMPARE(filledWithNumbers(QStringLiteral("a {%1} b").arg(expression), frame), QStringLiteral("a – b"));
}

void TestLessons::numbers_are_written_as_asked()
{
    QCOMPARE(writtenNumber(0.51234, {}), QStringLiteral("0.512"));
    QCOMPARE(writtenNumber(12.3456, {}), QStringLiteral("12.35"));
    QCOMPARE(writtenNumber(-3.0, {}), QStringLiteral("−3"));
    QCOMPARE(writtenNumber(1'234'567.0, {}), QStringLiteral("1,234,567"));
    QCOMPARE(writtenNumber(0.51234, QStringLiteral("%")), QStringLiteral("51 %"));
    QCOMPARE(writtenNumber(0.00123, QStringLiteral("%")), QStringLiteral("0.1 %"));
    QCOMPARE(writtenNumber(2.0, QStringLiteral("2")), QStringLiteral("2.00"));
    QCOMPARE(writtenNumber(1.5, QStringLiteral("signed")), QStringLiteral("+1.50"));
    QCOMPARE(writtenNumber(-1.234e-6, {}), QStringLiteral("−1.23 · 10⁻⁶"));
    QCOMPARE(writtenNumber(0.000123, {}), QStringLiteral("0.000123"));
    QCOMPARE(writtenNumber(std::nan(""), {}), QStringLiteral("NaN"));
}

void TestLessons::text_is_escaped_and_filled()
{
    const QString html = lessonHtml(QStringLiteral("<img src=x> *so* `q_k^2`\n\nnext & last"));
    QVERIFY(!html.contains(QStringLiteral("<img")));
    QVERIFY(html.contains(QStringLiteral("<i>so</i>")));
    QVERIFY(html.contains(QStringLiteral("q<sub>k</sub><sup>2</sup>")));
    QCOMPARE(html.count(QStringLiteral("<p>")), 2);
    QVERIFY(lessonHtml(QStringLiteral("`e^(s_j)`")).contains(QStringLiteral("e<sup>s_j</sup>")));
}

void TestLessons::course_covers_every_statement()
{
    std::set<int> met;
    const std::vector<Lesson> lessons = course();
    QCOMPARE(lessons.size(), std::size_t{11});
    QFile readme(QStringLiteral("resources/lessons/README.md"));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(readme.readAll());
    for (const Lesson &lesson : lessons) {
        for (std::size_t step = 0; step < lesson.steps.size(); ++step) {
            for (const int statement : lesson.steps[step].statements) {
                met.insert(statement);
                const QRegularExpression row(QStringLiteral("\\| %1 \\|.*%2 %3\\b")
                                                 .arg(statement)
                                                 .arg(QRegularExpression::escape(lesson.name))
                                                 .arg(step + 1));
                QVERIFY2(
                    row.match(text).hasMatch(),
                    qPrintable(QStringLiteral("%1 %2: %3").arg(lesson.name).arg(step + 1).arg(statement)));
            }
        }
    }
    for (int statement = 1; statement <= 54; ++statement)
        QVERIFY2(met.contains(statement), qPrintable(QString::number(statement)));
    for (const LiveNumberKind &kind : liveNumberKinds())
        QVERIFY2(text.contains(QStringLiteral("| `%1` |").arg(kind.name)), qPrintable(kind.name));
}

void TestLessons::every_step_resolves_in_both_languages_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << "en";
    QTest::newRow("ko") << "ko";
}

/// On a sentence of the learner's own: every number is there, every question has an answer.
void TestLessons::every_step_resolves_in_both_languages()
{
    QFETCH(QString, language);
    SessionState state;
    state.input.text = language == QStringLiteral("ko") ? korean : english;
    Frame frame = frameOf(state);
    LearnersOwn own;
    for (const Lesson &lesson : course()) {
        for (const LessonStep &step : lesson.steps) {
            const QString where = lesson.name + QStringLiteral(": ") + step.title.english;
            state = followedState(state, frame, step.state, step, language, own);
            frame = frameOf(state, {.layer = std::max(state.pinned.layer, 0),
                                    .head = std::max(state.pinned.head, 0),
                                    .query = 2});
            for (const LessonText *text : {&step.title, &step.text, &step.aim}) {
                QVERIFY2(text->empty() || (!text->english.isEmpty() && !text->korean.isEmpty()),
                         qPrintable(where));
                const QStringList expressions = expressionsIn(text->in(language));
                // Whatever is said in percent is a share.
                static const QRegularExpression percent(QStringLiteral("([\\d,.]+) %"));
                for (auto found = percent.globalMatch(filledWithNumbers(text->in(language), frame));
                     found.hasNext();) {
                    const QString share = found.next().captured(1).remove(QLatin1Char(','));
                    QVERIFY2(share.toDouble() <= 100.0, qPrintable(where + QStringLiteral(" – ") + share));
                }
                for (const QString &expression : expressions) {
                    const QString message = messageOf([&] { liveValue(expression, frame); });
                    QVERIFY2(message.isEmpty(), qPrintable(where + QStringLiteral(" – ") + message));
                }
            }
            if (!step.question)
                continue;
            for (const LessonOption &option : step.question->options) {
                const QString message = messageOf([&] { liveNumber(option.value, frame); });
                QVERIFY2(message.isEmpty(), qPrintable(where + QStringLiteral(" – ") + message));
            }
            const AskedQuestion asked = askedQuestion(*step.question, frame, language);
            QVERIFY2(asked.right >= 0 && asked.right < asked.options.size(), qPrintable(where));
            QVERIFY2(!filledWithNumbers(step.question->after.in(language), frame).contains(QChar(0x2013)),
                     qPrintable(where));
        }
    }
}

/// What lessons say, computed on the default model.
void TestLessons::claims_hold()
{
    // Words that are used alike have vectors near each other.
    for (const QString &text : {QStringLiteral("A book lies on the left, and none on the right."),
                                QStringLiteral("엄마, 아빠, 책.")}) {
        const Frame frame = frameOf(text);
        QVERIFY(liveNumber(QStringLiteral("embedding.cosine[token='left|엄마',other='right|아빠']"), frame) >
                liveNumber(QStringLiteral("embedding.cosine[token='left|엄마',other='book|책']"), frame) +
                    0.04);
    }
    for (const QString &text : {english, korean}) {
        const Frame frame = frameOf(text);
        const auto number = [&frame](const char *expression) {
            return liveNumber(QString::fromUtf8(expression), frame);
        };
        // Without positions, order is lost; with them it is not.
        QVERIFY(number("order.change[positions=off]") < 1e-4);
        QVERIFY(number("order.change[positions=on]") > 1e-2);
        // Each position is computed on its own until attention mixes them.
        QCOMPARE(number("change.rows[layer=last,attention=off]"), 1.0);
        QCOMPARE(number("change.rows[layer=last,attention=on]"), number("tokens"));
        QVERIFY(number("position.nearest_distance") > 0.1);
        // Heads and layers have matrices of their own.
        QVERIFY(std::abs(number("weights.cosine[matrix=query,layer=1,head=1,other_head=2]")) < 0.5);
        QVERIFY(std::abs(number("weights.cosine[matrix=up,layer=1,other_layer=2]")) < 0.5);
        QVERIFY(number("attention.most_previous") > 0.5);
        QVERIFY(number("attention.likeness[layer=1,head=1,other_head=2]") < 1.0);
        // The embedding table has a row for each piece, the row of the token's id.
        QCOMPARE(number("weights.rows[matrix=tokens]"), number("vocabulary_size"));
        QCOMPARE(number("weights.columns[matrix=tokens]"), number("d_model"));
        const auto row = frame.trace().model().weights.embedding.token.view().row(frame.trace().token(2).id);
        QVERIFY(std::abs(number("embedding.norm[token=2,stage=token]") - double(row.norm())) < 1e-4);
        // Of vectors it is true that each is most like itself; of attention in one head, and not in another.
        QVERIFY(std::abs(number("hidden.cosine[layer=2,token=3,other=3]") - 1.0) < 1e-5);
        for (int layer = 1; layer <= 4; ++layer) {
            for (int head = 1; head <= 4; ++head) {
                const QString itself =
                    QStringLiteral("attention.itself[layer=%1,head=%2]").arg(layer).arg(head);
                QVERIFY(liveNumber(itself, frame) <= number("attention.most_itself") + 1e-6);
            }
        }
        QVERIFY(number("attention.most_itself") > 0.5);
        const QString elsewhere = QStringLiteral("attention.itself[layer=1,head=1]");
        QVERIFY(liveNumber(elsewhere, frame) < 1.0 / double(frame.trace().tokens()));
        // Layer by layer a word is less what it was, and more of the others.
        QVERIFY(number("hidden.kept[layer=last]") < number("hidden.kept[layer=1]"));
        QVERIFY(number("hidden.mixed[layer=last]") > number("hidden.mixed[layer=1]"));
        // The scaled embedding is not drowned by the position.
        QVERIFY(number("embedding.norm[stage=scaled]") > number("embedding.norm[stage=token]"));

        // Every head contributes, and without all others of a layer more is lost than without that one.
        const auto changedWithout = [&frame](const QString &what) {
            LessonStep step;
            step.head = QStringLiteral("most_previous");
            step.off = what;
            const SessionState state = stepState(frame.state, frame, {}, step, {});
            return liveNumber(QStringLiteral("hidden.changed[layer=last]"), frameOf(state));
        };
        const double withoutOne = changedWithout(QStringLiteral("head"));
        QVERIFY(withoutOne > 0.1);
        QVERIFY(changedWithout(QStringLiteral("others")) > withoutOne);

        // Without an activation an FFN is one matrix; with the model's it is far from that.
        SessionState straight;
        straight.input.text = text;
        straight.input.switches.activation = Activation::identity;
        const Frame without = frameOf(straight);
        for (int layer = 1; layer <= without.trace().layers(); ++layer) {
            const QString one = QStringLiteral("ffn.one_matrix[layer=%1").arg(layer);
            const double bent = liveNumber(one + QStringLiteral(",run=reference]"), without);
            QVERIFY(bent > 0.1);
            QVERIFY(liveNumber(one + QStringLiteral("]"), without) < 1e-4 * bent); // rounding
        }
    }
    // The matrices of a layer grow with the square of d_model, the table in proportion to it.
    const EncoderConfig small = default_model()->config;
    EncoderConfig large = small;
    large.d_model = large.embedding_size = 2 * small.d_model;
    const std::vector<BlockCost> before = encoder_costs(small, 10);
    const std::vector<BlockCost> after = encoder_costs(large, 10);
    for (std::size_t i = 0; i < before.size(); ++i) {
        using Block = BlockCost::Block;
        const double ratio = double(after[i].parameters) / double(std::max(1LL, before[i].parameters));
        if (before[i].block == Block::query_key_value || before[i].block == Block::output)
            QVERIFY(std::abs(ratio - 4.0) < 0.05);
        else if (before[i].block == Block::token_embedding)
            QCOMPARE(ratio, 2.0);
    }
}

void TestLessons::a_step_takes_over_only_what_it_names()
{
    SessionState mine;
    mine.input.text = english;
    mine.pinned.layer = 2;
    mine.pinned.head = 3;
    mine.hidesSpecial = true;
    mine.input.switches.positions = false;
    const Frame frame = frameOf(mine);
    LessonStep step;
    const SessionState plain = stepState(mine, frame, {}, step, QStringLiteral("en"));
    QCOMPARE(plain.input.text, english);
    QCOMPARE(plain.pinned.layer, 2);
    QVERIFY(plain.hidesSpecial);
    QVERIFY(plain.input.switches.positions); // what a step before may have left behind
    step.sentence = {QStringLiteral("A cat."), QStringLiteral("고양이.")};
    step.head = QStringLiteral("most_previous");
    const QJsonObject fields{{QStringLiteral("page"), QStringLiteral("attention")},
                             {QStringLiteral("switches"), QJsonObject{{QStringLiteral("positions"), false}}}};
    const SessionState taken = stepState(mine, frame, fields, step, QStringLiteral("ko"));
    QCOMPARE(taken.input.text, QStringLiteral("고양이."));
    QCOMPARE(taken.page, QStringLiteral("attention"));
    QVERIFY(!taken.input.switches.positions);
    QCOMPARE(double(taken.pinned.layer + 1),
             liveNumber(QStringLiteral("attention.most_previous.layer_number"), frame));
    const int layer = taken.pinned.layer;
    const int head = taken.pinned.head;
    step.off = QStringLiteral("head");
    QJsonObject noSwitches = fields;
    noSwitches.remove(QStringLiteral("switches"));
    const SessionState without = stepState(mine, frame, noSwitches, step, QStringLiteral("ko"));
    QCOMPARE(without.input.switches.layer(layer).heads_off, std::set<int>{head});
    QJsonObject compared = noSwitches;
    compared.insert(QStringLiteral("comparison"), QStringLiteral("difference"));
    QCOMPARE(stepState(mine, frame, compared, step, QStringLiteral("ko")).comparison, Comparison::difference);
    step.off = QStringLiteral("others");
    const SessionState alone = stepState(mine, frame, noSwitches, step, QStringLiteral("ko"));
    QCOMPARE(alone.input.switches.layer(layer).heads_off.size(), std::size_t(frame.trace().heads() - 1));
    QVERIFY(!alone.input.switches.layer(layer).heads_off.contains(head));
    const QJsonObject wrong{{QStringLiteral("comparison"), 7}};
    QVERIFY(messageOf([&] { stepState(mine, frame, wrong, {}, {}); }).contains(QStringLiteral("comparison")));
}

void TestLessons::the_learners_sentence_comes_back()
{
    SessionState state;
    state.input.text = QStringLiteral("one of my own");
    state.input.textB = QStringLiteral("and another");
    state.pinned.query = TokenAnchor{.begin = 4, .end = 6};
    const SessionState before = state;
    LearnersOwn own;
    const LessonStep bringsOne{.title = {}, .sentence = {QStringLiteral("theirs"), {}}};
    const LessonStep bringsNone{.title = {}};
    const auto follow = [&](const LessonStep &step) {
        state = followedState(state, {}, {}, step, QStringLiteral("en"), own);
    };
    follow(bringsOne);
    QCOMPARE(state.input.text, QStringLiteral("theirs"));
    follow(bringsOne);
    QCOMPARE(state.input.text, QStringLiteral("theirs"));
    follow(bringsNone);
    QCOMPARE(state.input, before.input);
    QCOMPARE(state.pinned, before.pinned);
    // What the learner typed meanwhile stays.
    follow(bringsOne);
    state.input.text = QStringLiteral("typed");
    follow(bringsNone);
    QCOMPARE(state.input.text, QStringLiteral("typed"));
}

void TestLessons::the_learners_model_comes_back()
{
    SessionState state;
    state.input.text = english;
    state.input.model = default_model();
    const SessionState before = state;
    LearnersOwn own;
    const auto step = [](const char *model) {
        LessonStep made{.title = {}};
        made.model = QLatin1String(model);
        return made;
    };
    const auto follow = [&](const LessonStep &one) {
        state = followedState(state, {}, {}, one, QStringLiteral("en"), own);
    };
    follow(step("untrained:modernbert"));
    QCOMPARE(state.input.reference.source, QStringLiteral("untrained:modernbert"));
    QVERIFY(!state.input.model); // who shows it reads it
    const ModelPtr modern = built_in_model(state.input.reference.source);
    state.input.model = modern;
    follow(step("untrained:modernbert"));
    QCOMPARE(state.input.model, modern);
    follow(step("untrained:deberta"));
    QCOMPARE(state.input.reference.source, QStringLiteral("untrained:deberta"));
    QVERIFY(!state.input.model);
    state.input.text = korean; // typed meanwhile
    follow(step(""));
    QCOMPARE(state.input.model, before.input.model);
    QCOMPARE(state.input.reference, before.input.reference);
    QCOMPARE(state.input.text, korean);
    // What the learner opened in the chapter stays.
    follow(step("untrained:deberta"));
    state.input.model = modern;
    state.input.reference = {ModelReference::Kind::folder, QStringLiteral("/mine"), {}};
    follow(step(""));
    QCOMPARE(state.input.model, modern);
    QCOMPARE(state.input.reference.source, QStringLiteral("/mine"));
}

void TestLessons::a_recorded_run_comes_back()
{
    SessionState state;
    const Frame frame = frameOf(english);
    state.input.text = english;
    state.input.model = frame.compared.now->model_pointer();
    state.input.recorded = frame.compared.now;
    const RunInput before = state.input;
    LearnersOwn own;
    LessonStep bringsModel{.title = {}};
    bringsModel.model = QStringLiteral("untrained:modernbert");
    bringsModel.sentence = {QStringLiteral("theirs"), {}};
    const LessonStep bringsNone{.title = {}};
    const auto follow = [&](const LessonStep &step) {
        state = followedState(state, {}, {}, step, QStringLiteral("en"), own);
    };
    follow(bringsNone);
    QCOMPARE(state.input.recorded, before.recorded); // it is no run of the model's
    follow(bringsModel);
    QVERIFY(!state.input.recorded);
    QCOMPARE(state.input.text, QStringLiteral("theirs"));
    follow(bringsModel);
    follow(bringsNone);
    QCOMPARE(state.input, before);
}

void TestLessons::lessons_survive_being_written()
{
    for (const Lesson &lesson : course()) {
        const QByteArray bytes = lessonFile(lesson);
        QCOMPARE(lessonFile(lessonOf(bytes)), bytes);
    }
}

void TestLessons::a_teachers_steps_are_collected_in_a_file()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.json"));
    SessionState state;
    state.input.text = english;
    state.page = QStringLiteral("attention");
    state.pinned.layer = 3;
    state.pinned.query = TokenAnchor{.begin = 4, .end = 10};
    state.input.switches.layer(1).heads_off = {2};
    state.views[QStringLiteral("attention")][QStringLiteral("quantity")] = QStringLiteral("raw-scores");
    appendStep(path,
               stepOf(state, {QStringLiteral("One"), QStringLiteral("See {tokens} & <b>more</b>.")},
                      QStringLiteral("en")),
               QStringLiteral("Mine"), QStringLiteral("en"));
    appendStep(path,
               stepOf(state, {QStringLiteral("둘"), QStringLiteral("보세요."), false}, QStringLiteral("ko")),
               QStringLiteral("Other"), QStringLiteral("ko"));
    QVERIFY(isLessonFile(path));
    const Lesson lesson = readLesson(JsonField::read(path, largest_lesson));
    QCOMPARE(lesson.title.english, QStringLiteral("Mine"));
    QCOMPARE(lesson.steps.size(), std::size_t{2});

    // The first one brings its sentence along, the second one leaves the learner's.
    SessionState learner;
    learner.input.text = korean;
    const Frame frame = frameOf(learner);
    const SessionState first =
        stepState(learner, frame, lesson.steps[0].state, lesson.steps[0], QStringLiteral("ko"));
    QCOMPARE(first.input.text, english);
    QCOMPARE(first.pinned.query, state.pinned.query);
    QCOMPARE(first.page, state.page);
    QCOMPARE(first.pinned.layer, 3);
    QCOMPARE(first.input.switches, state.input.switches);
    QCOMPARE(first.views, state.views);
    const SessionState second =
        stepState(learner, frame, lesson.steps[1].state, lesson.steps[1], QStringLiteral("ko"));
    QCOMPARE(second.input.text, korean);
    QVERIFY(!second.pinned.query);
    QCOMPARE(second.input.switches, state.input.switches);
    QCOMPARE(lesson.steps[1].title.korean, QStringLiteral("둘"));

    // A note that could not be opened again is refused, and the file stays as it was.
    const auto wrong = [&] {
        appendStep(path,
                   stepOf(state, {QStringLiteral("x"), QStringLiteral("{colour}")}, QStringLiteral("en")), {},
                   QStringLiteral("en"));
    };
    QVERIFY(messageOf(wrong).contains(QStringLiteral("colour")));
    QCOMPARE(readLesson(JsonField::read(path, largest_lesson)).steps.size(), std::size_t{2});
}

void TestLessons::a_file_that_is_no_lesson_is_left_alone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("config.json"));
    const QByteArray content = "{\"d_model\": 3}";
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    QVERIFY(!isLessonFile(path));
    QVERIFY(!isLessonFile(folder.filePath(QStringLiteral("missing.json"))));
    const LessonStep step = stepOf({}, {QStringLiteral("x"), QStringLiteral("y")}, QStringLiteral("en"));
    QVERIFY(messageOf([&] {
                appendStep(path, step, {}, QStringLiteral("en"));
            }).contains(QStringLiteral("config.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestLessons::hostile_lessons_are_refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("said");
    const auto with = [](const char *field, const QJsonValue &value) {
        QJsonObject lesson = smallLesson();
        lesson[QLatin1String(field)] = value;
        return QJsonDocument(lesson).toJson();
    };
    const auto withStep = [&with](const char *field, const QJsonValue &value) {
        QJsonObject step = smallLesson()[QLatin1String("steps")].toArray().at(0).toObject();
        step[QLatin1String(field)] = value;
        return with("steps", QJsonArray{step});
    };
    QTest::newRow("another file") << with("format", QStringLiteral("x")) << "format";
    QTest::newRow("later version") << with("version", 99) << "version";
    QTest::newRow("no steps") << with("steps", QJsonArray()) << "steps";
    QJsonArray many;
    for (int i = 0; i < 201; ++i)
        many.append(smallLesson()[QLatin1String("steps")].toArray().at(0));
    QTest::newRow("too many steps") << with("steps", many) << "steps";
    QTest::newRow("text is a number") << withStep("text", 3) << "steps[0]";
    QTest::newRow("text without language") << withStep("text", QJsonObject()) << "steps[0].text";
    QTest::newRow("unknown live number")
        << withStep("text", QJsonObject{{QStringLiteral("en"), QStringLiteral("{shell[run=now]}")}})
        << "shell";
    QTest::newRow("long text") << withStep("text", QJsonObject{{QStringLiteral("en"), QString(30'000, u'x')}})
                               << "30000";
    QTest::newRow("statement of words")
        << withStep("statements", QJsonArray{QStringLiteral("one")}) << "statements[0]";
    QTest::newRow("state is a list") << withStep("state", QJsonArray()) << "state";
    QTest::newRow("points at nothing") << withStep("point", QJsonObject()) << "point";
    QTest::newRow("points at an unknown cell")
        << withStep("point", QJsonObject{{QStringLiteral("figure"), QStringLiteral("attention")},
                                         {QStringLiteral("row"), QStringLiteral("shell")}})
        << "shell";
    QTest::newRow("points before the first cell")
        << withStep("point", QJsonObject{{QStringLiteral("figure"), QStringLiteral("attention")},
                                         {QStringLiteral("column"), -1}})
        << "column";
    QTest::newRow("a model from anywhere")
        << withStep("model", QStringLiteral("/home/someone/model")) << "/home/someone/model";
    QTest::newRow("unknown head") << withStep("head", QStringLiteral("best")) << "best";
    QTest::newRow("unknown switch") << withStep("off", QStringLiteral("all")) << "off";
    QTest::newRow("question without options")
        << withStep("question", QJsonObject{{QStringLiteral("kind"), QStringLiteral("greatest")},
                                            {QStringLiteral("ask"),
                                             QJsonObject{{QStringLiteral("en"), QStringLiteral("?")}}},
                                            {QStringLiteral("options"), QJsonArray()}})
        << "options";
}

void TestLessons::hostile_lessons_are_refused()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, said);
    const QString message = messageOf([&] { lessonOf(json); });
    QVERIFY2(message.contains(said) && message.contains(QStringLiteral("a.json")), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestLessons)
#include "tst_lessons.moc"
