// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"
#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/embedding_figures.h"
#include "ui/figures/catalogue/feed_forward_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/hidden_figures.h"
#include "ui/figures/figure_renderer.h"

#include <QTest>

using namespace encoderscope;

namespace
{

const HeatmapData &heatmap(const FigurePtr &figure)
{
    return std::get<HeatmapData>(figure->content);
}

} // namespace

/// The figures say what the trace says.
class TestTraceFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void attention_shows_the_heads_weights();
    void mean_and_maximum_are_over_all_heads();
    void without_special_tokens_rows_sum_to_one_again();
    void a_difference_is_now_minus_before();
    void what_is_off_is_marked();
    void positions_that_are_off_are_still_shown();
    void missing_stages_have_no_figure();
    void every_figure_has_title_and_name();
    void labels_are_fit_to_paint();

private:
    ComparedTrace compared(const Switches &switches, Comparison comparison) const;

    ModelPtr model_;
    Encoding encoding_;
    TracePtr plain_;
};

void TestTraceFigures::initTestCase()
{
    model_ = untrained_model();
    encoding_ = model_->tokenizer->encode(QStringLiteral("고양이가 cat"));
    plain_ = run_encoder(model_, encoding_);
}

ComparedTrace TestTraceFigures::compared(const Switches &switches, Comparison comparison) const
{
    return {.now = run_encoder(model_, encoding_, switches), .before = plain_, .comparison = comparison};
}

void TestTraceFigures::attention_shows_the_heads_weights()
{
    const FigurePtr figure = attentionFigure(compared({}, Comparison::now), {.layer = 1, .head = 2});
    const HeatmapData &data = heatmap(figure);
    QCOMPARE(data.rows, plain_->tokens());
    QVERIFY(data.values(0, data.rows).isApprox(plain_->attention_weights(1, 2)));
    QVERIFY(figure->title.contains(QStringLiteral("layer 2, head 3")));
    QCOMPARE(figure->name, QStringLiteral("attention-layer2-head3"));
    QVERIFY(figure->caption.contains(QStringLiteral("head")));

    const FigurePtr scores = attentionFigure(
        compared({}, Comparison::now), {.layer = 1, .head = 2, .quantity = AttentionQuantity::rawScores});
    QVERIFY(heatmap(scores).values(0, data.rows).isApprox(plain_->raw_scores(1, 2)));
    QCOMPARE(heatmap(scores).scale.map, ColourMap::diverging);
}

void TestTraceFigures::mean_and_maximum_are_over_all_heads()
{
    Matrix mean = Matrix::Zero(plain_->tokens(), plain_->tokens());
    Matrix maximum = mean;
    for (int head = 0; head < plain_->heads(); ++head) {
        mean += plain_->attention_weights(0, head) / static_cast<float>(plain_->heads());
        maximum = maximum.cwiseMax(plain_->attention_weights(0, head));
    }
    const auto shown = [this](HeadSelection heads) {
        return attentionData(compared({}, Comparison::now), {.heads = heads}).values(0, plain_->tokens());
    };
    QVERIFY(shown(HeadSelection::mean).isApprox(mean));
    QVERIFY(shown(HeadSelection::maximum).isApprox(maximum));
}

void TestTraceFigures::without_special_tokens_rows_sum_to_one_again()
{
    const FigurePtr figure = attentionFigure(compared({}, Comparison::now), {.hideSpecial = true});
    const HeatmapData &data = heatmap(figure);
    QCOMPARE(data.rows, plain_->tokens() - 2);
    QCOMPARE(data.rowIndices.front(), 1);
    const Matrix values = data.values(0, data.rows);
    for (Index row = 0; row < values.rows(); ++row)
        QVERIFY(qAbs(values.row(row).sum() - 1.0F) < 1e-5F);
    const Matrix all = plain_->attention_weights(0, 0);
    QVERIFY(qAbs(values(0, 1) / values(0, 0) - all(1, 2) / all(1, 1)) < 1e-4F);
    QVERIFY(figure->title.contains(QStringLiteral("renormalized")));

    const FigurePtr heads = headsFigure(compared({}, Comparison::now), true);
    QVERIFY(heads->title.contains(QStringLiteral("renormalized")));
    const Table all_heads = heads->table();
    QCOMPARE(all_heads.rows.size(), static_cast<std::size_t>(plain_->layers() * plain_->heads() * data.rows));
    QCOMPARE(all_heads.rows.front().at(2).toFloat(), values(0, 0));
}

void TestTraceFigures::a_difference_is_now_minus_before()
{
    Switches switches;
    switches.layer(0).heads_off = {1};
    const ComparedTrace difference = compared(switches, Comparison::difference);
    const FigurePtr figure = hiddenFigure(difference, 0);
    const HeatmapData &data = heatmap(figure);
    QVERIFY(data.values(0, data.rows).isApprox(difference.now->hidden(0) - plain_->hidden(0)));
    QCOMPARE(data.scale.map, ColourMap::diverging);
    QCOMPARE(data.scale.low, -data.scale.high);
    QVERIFY(figure->title.contains(QStringLiteral("now − before")));
    QCOMPARE(heatmap(attentionFigure(difference, {.layer = 2})).scale.map, ColourMap::diverging);
}

void TestTraceFigures::what_is_off_is_marked()
{
    Switches switches;
    switches.layer(0).heads_off = {1};
    switches.layer(1).feed_forward = false;
    const ComparedTrace now = compared(switches, Comparison::now);
    QVERIFY(attentionData(now, {.layer = 0, .head = 1}).switchedOff);
    QVERIFY(!attentionData(now, {.layer = 0, .head = 0}).switchedOff);
    QVERIFY(feedForwardData(now, 1, FeedForwardStage::after).switchedOff);
    QVERIFY(!feedForwardData(now, 0, FeedForwardStage::after).switchedOff);
    const ComparedTrace before = compared(switches, Comparison::before);
    QVERIFY(!attentionData(before, {.layer = 0, .head = 1}).switchedOff);
}

void TestTraceFigures::positions_that_are_off_are_still_shown()
{
    Switches switches;
    switches.positions = false;
    const FigurePtr figure = positionsFigure(compared(switches, Comparison::now));
    QVERIFY(figure);
    QVERIFY(heatmap(figure).switchedOff);
    const FigurePtr difference = positionsFigure(compared(switches, Comparison::difference));
    QCOMPARE(heatmap(difference).values(0, 1)(0, 1), -1.0F); // cos 0 is no longer added
}

void TestTraceFigures::missing_stages_have_no_figure()
{
    const ComparedTrace trace = compared({}, Comparison::now);
    const EmbeddingTrace &embedding = plain_->embedding();
    QCOMPARE(embeddingFigure(trace, EmbeddingStage::tokenType) == nullptr, embedding.token_type.size() == 0);
    QCOMPARE(embeddingFigure(trace, EmbeddingStage::normalized) == nullptr, embedding.normalized.size() == 0);
    QVERIFY(embeddingFigure(trace, EmbeddingStage::output));
}

void TestTraceFigures::every_figure_has_title_and_name()
{
    const ComparedTrace trace = compared({}, Comparison::now);
    for (const FigurePtr &figure :
         {embeddingFigure(trace, EmbeddingStage::token), positionsFigure(trace), attentionFigure(trace, {}),
          headsFigure(trace), feedForwardFigure(trace, 0, FeedForwardStage::before),
          hiddenFigure(trace, -1)}) {
        QVERIFY(figure);
        QVERIFY(!figure->title.isEmpty());
        QVERIFY(!figure->name.isEmpty() && !figure->name.contains(QLatin1Char(' ')));
        const FigureStyle style = figureStyle(Theme::light, 10.0);
        const QSizeF size = FigureRenderer(figure).naturalSize(style);
        QVERIFY(size.width() > 100 && size.height() > 100 && size.width() < 2000 && size.height() < 2000);
    }
}

void TestTraceFigures::labels_are_fit_to_paint()
{
    Encoding odd = encoding_;
    odd.text =
        QStringLiteral("a") + QChar(0xD800) + QStringLiteral("\n\u0007") + QString(100'000, QLatin1Char('x'));
    odd.tokens[1].text = QString(QChar(0xDC00)) + QChar(0x07);
    odd.tokens[2].text = QString(5'000, QChar(0xAC00));
    const TracePtr trace = run_encoder(model_, odd);
    const QStringList labels = tokenLabels(*trace);
    QCOMPARE(labels.at(1), QString(QChar(QChar::ReplacementCharacter)) + QChar(0x2407));
    QVERIFY(labels.at(2).size() < 100);
    const QString caption = runCaption(frameOf({}, {trace, trace}), true, {});
    QVERIFY(caption.size() < 600);
    QVERIFY(caption.isValidUtf16());
    QVERIFY(!caption.contains(QLatin1Char('\n')));
}

QTEST_MAIN(TestTraceFigures)
#include "tst_trace_figures.moc"
