// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_classes.h"

#include "engine/text/text_file.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

struct Known {
    QString name;
    TokenizerKind kind;
};

/// The classes, without the "Fast" that some of their names end with.
const std::vector<Known> &known_classes()
{
    static const std::vector<Known> classes{
        {QStringLiteral("AlbertTokenizer"), TokenizerKind::albert},
        {QStringLiteral("BartTokenizer"), TokenizerKind::roberta},
        {QStringLiteral("BertJapaneseTokenizer"), TokenizerKind::bert_japanese},
        {QStringLiteral("BertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("CamembertTokenizer"), TokenizerKind::camembert},
        {QStringLiteral("ConvBertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("DebertaTokenizer"), TokenizerKind::deberta},
        {QStringLiteral("DebertaV2Tokenizer"), TokenizerKind::deberta_v2},
        {QStringLiteral("DistilBertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("ElectraTokenizer"), TokenizerKind::bert},
        {QStringLiteral("GPT2Tokenizer"), TokenizerKind::gpt2},
        {QStringLiteral("HerbertTokenizer"), TokenizerKind::herbert},
        {QStringLiteral("KoBERTTokenizer"), TokenizerKind::kobert_sentencepiece},
        {QStringLiteral("KoBertTokenizer"), TokenizerKind::kobert},
        {QStringLiteral("LongformerTokenizer"), TokenizerKind::roberta},
        {QStringLiteral("MBartTokenizer"), TokenizerKind::mbart},
        {QStringLiteral("MBart50Tokenizer"), TokenizerKind::mbart50},
        {QStringLiteral("MobileBertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("MPNetTokenizer"), TokenizerKind::mpnet},
        {QStringLiteral("PreTrainedTokenizer"), TokenizerKind::by_file},
        {QStringLiteral("PythonBackend"), TokenizerKind::by_file},
        {QStringLiteral("RetriBertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("RobertaTokenizer"), TokenizerKind::roberta},
        {QStringLiteral("SqueezeBertTokenizer"), TokenizerKind::bert},
        {QStringLiteral("T5Tokenizer"), TokenizerKind::t5},
        {QStringLiteral("TokenizersBackend"), TokenizerKind::by_file},
        {QStringLiteral("XLMRobertaTokenizer"), TokenizerKind::xlm_roberta},
    };
    return classes;
}

TokenizerKind kind_of_model(const QString &model_type)
{
    static const std::vector<Known> types{
        {QStringLiteral("albert"), TokenizerKind::albert},
        {QStringLiteral("bart"), TokenizerKind::roberta},
        {QStringLiteral("bert"), TokenizerKind::bert},
        {QStringLiteral("camembert"), TokenizerKind::camembert},
        {QStringLiteral("data2vec-text"), TokenizerKind::roberta},
        {QStringLiteral("deberta"), TokenizerKind::deberta},
        {QStringLiteral("deberta-v2"), TokenizerKind::deberta_v2},
        {QStringLiteral("distilbert"), TokenizerKind::bert},
        {QStringLiteral("electra"), TokenizerKind::bert},
        {QStringLiteral("ernie"), TokenizerKind::bert},
        {QStringLiteral("gte"), TokenizerKind::xlm_roberta},
        {QStringLiteral("mbart"), TokenizerKind::mbart},
        {QStringLiteral("megatron-bert"), TokenizerKind::bert},
        {QStringLiteral("mpnet"), TokenizerKind::mpnet},
        {QStringLiteral("mt5"), TokenizerKind::t5},
        {QStringLiteral("neobert"), TokenizerKind::bert},
        {QStringLiteral("new"), TokenizerKind::xlm_roberta},
        {QStringLiteral("nomic_bert"), TokenizerKind::bert},
        {QStringLiteral("roberta"), TokenizerKind::roberta},
        {QStringLiteral("roberta-prelayernorm"), TokenizerKind::roberta},
        {QStringLiteral("t5"), TokenizerKind::t5},
        {QStringLiteral("umt5"), TokenizerKind::t5},
        {QStringLiteral("xlm-roberta"), TokenizerKind::xlm_roberta},
        {QStringLiteral("xlm-roberta-xl"), TokenizerKind::xlm_roberta},
    };
    for (const Known &type : types) {
        if (type.name == model_type)
            return type.kind;
    }
    return TokenizerKind::by_file;
}

} // namespace

ChosenKind tokenizer_kind(const TokenizerSettings &settings, bool described)
{
    const std::optional<JsonField> field = settings.tokenizer_class();
    if (!field)
        return {kind_of_model(settings.model_type()), false};
    QString name = field->string();
    if (name.endsWith(QStringLiteral("Fast")))
        name.chop(4);
    QStringList names;
    for (const Known &known : known_classes()) {
        if (known.name == name) {
            if (known.kind == TokenizerKind::by_file && !described)
                return {kind_of_model(settings.model_type()), false};
            return {known.kind, true};
        }
        if (known.kind != TokenizerKind::by_file)
            names.append(known.name);
    }
    if (!described)
        throw field->unsupported(name, names + QStringList{QCoreApplication::translate(
                                                   "Tokenizer", "any class with a tokenizer.json")});
    return {TokenizerKind::by_file, true};
}

} // namespace encoderscope
