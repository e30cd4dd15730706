// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_folder.h"

#include "engine/text/bert.h"
#include "engine/text/bert_japanese_settings.h"
#include "engine/text/json_reader.h"
#include "engine/text/kobert.h"
#include "engine/text/sentencepiece_tokenizers.h"
#include "engine/text/text_file.h"
#include "engine/text/tokenizer_classes.h"
#include "engine/text/tokenizer_json.h"
#include "engine/text/tokenizer_json_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace encoderscope
{

namespace
{

const QString json_file = QStringLiteral("tokenizer.json");
const QString vocabulary_file = QStringLiteral("vocab.txt");
const QString pieces_file = QStringLiteral("vocab.json");
const QString merges_file = QStringLiteral("merges.txt");
const QString albert_file = QStringLiteral("spiece.model");
const QString deberta_file = QStringLiteral("spm.model");
const QString sentencepiece_file = QStringLiteral("sentencepiece.bpe.model");

/// A folder, its files and what they say.
struct Folder {
    QDir directory;
    TokenizerSettings settings;
    ChosenKind chosen;

    bool has(const QString &name) const { return directory.exists(name); }
    QString path(const QString &name) const { return directory.filePath(name); }
    QString token(const char *name, const QString &fallback) const
    {
        return settings.token(QLatin1String(name), fallback);
    }
    bool flag(const char *name, bool fallback) const { return settings.flag(QLatin1String(name), fallback); }
};

BertNormalizerOptions bert_normalizer_options(const Folder &folder)
{
    return {.clean_text = true,
            .space_chinese_chars = folder.flag("tokenize_chinese_chars", true),
            .strip_accents = folder.settings.flag(QStringLiteral("strip_accents")),
            .lowercase = folder.flag("do_lower_case", true)};
}

bool is_mbart(TokenizerKind kind)
{
    return kind == TokenizerKind::mbart || kind == TokenizerKind::mbart50;
}

/// The template of mBART's tokenizer.json with the language that tokenizer_config.json names ("src_lang") in
/// place of its own: the one special token there that does not end a text.
QJsonObject with_language(const JsonField &root, const JsonField &post_processor, const JsonField &language)
{
    QStringList known;
    int id = -1;
    const JsonField added = root[QStringLiteral("added_tokens")];
    for (qsizetype i = 0; added.exists() && i < added.array().size(); ++i) {
        known.append(added[i][QStringLiteral("content")].string());
        if (known.constLast() == language.string())
            id = added[i][QStringLiteral("id")].integer(0, std::numeric_limits<int>::max());
    }
    if (id < 0)
        throw language.unsupported(language.string(), known);
    const QString special_tokens = QStringLiteral("special_tokens");
    QJsonObject tokens = post_processor[special_tokens].object();
    for (const QString &name : tokens.keys()) {
        if (name != QStringLiteral("</s>"))
            tokens.insert(name, QJsonObject{{QStringLiteral("id"), name},
                                            {QStringLiteral("ids"), QJsonArray{id}},
                                            {QStringLiteral("tokens"), QJsonArray{language.string()}}});
    }
    QJsonObject changed = post_processor.object();
    changed.insert(special_tokens, tokens);
    return changed;
}

/// What the files say of a tokenizer.json that was made with other options: the reference implementation
/// gives these to it.
JsonField with_settings(const JsonField &root, const Folder &folder)
{
    QJsonObject object = root.object();
    const auto is = [&](const QString &part, const QString &type) {
        return root[part].is_object() && root[part].text(QStringLiteral("type")) == type;
    };
    const QString normalizer = QStringLiteral("normalizer");
    const QString pre_tokenizer = QStringLiteral("pre_tokenizer");
    const QString post_processor = QStringLiteral("post_processor");
    if (const std::optional<JsonField> language = folder.settings.option(QStringLiteral("src_lang"));
        language && is_mbart(folder.chosen.kind) && is(post_processor, QStringLiteral("TemplateProcessing")))
        object.insert(post_processor, with_language(root, root[post_processor], *language));
    switch (folder.chosen.kind) {
    case TokenizerKind::bert:
    case TokenizerKind::mpnet:
        if (is(normalizer, QStringLiteral("BertNormalizer"))) {
            const BertNormalizerOptions options = bert_normalizer_options(folder);
            QJsonObject changed = root[normalizer].object();
            changed.insert(QStringLiteral("lowercase"), options.lowercase);
            changed.insert(QStringLiteral("handle_chinese_chars"), options.space_chinese_chars);
            changed.insert(QStringLiteral("strip_accents"),
                           options.strip_accents ? QJsonValue(*options.strip_accents) : QJsonValue());
            object.insert(normalizer, changed);
        }
        break;
    case TokenizerKind::roberta:
    case TokenizerKind::gpt2:
        if (is(pre_tokenizer, QStringLiteral("ByteLevel"))) {
            QJsonObject changed = root[pre_tokenizer].object();
            changed.insert(QStringLiteral("add_prefix_space"), folder.flag("add_prefix_space", false));
            object.insert(pre_tokenizer, changed);
        }
        break;
    case TokenizerKind::albert:
    case TokenizerKind::xlm_roberta:
    case TokenizerKind::camembert:
    case TokenizerKind::mbart:
    case TokenizerKind::t5:
        if (is(pre_tokenizer, QStringLiteral("Metaspace"))) {
            const QJsonObject split{{QStringLiteral("type"), QStringLiteral("WhitespaceSplit")}};
            object.insert(pre_tokenizer, QJsonObject{{QStringLiteral("type"), QStringLiteral("Sequence")},
                                                     {QStringLiteral("pretokenizers"),
                                                      QJsonArray{split, object.value(pre_tokenizer)}}});
        }
        break;
    default:
        break;
    }
    return JsonField::made(object, root.file());
}

Pipeline from_json(const Folder &folder)
{
    const JsonField root = JsonField::read(folder.path(json_file), largest_tokenizer_file);
    Pipeline pipeline =
        pipeline_from_json(with_settings(root, folder), folder.token("mask_token", QString()));
    return pipeline;
}

/// SentencePiece's pieces, not WordPiece's.
bool holds_sentencepieces(const QStringList &pieces)
{
    bool marked = false;
    for (const QString &piece : pieces) {
        if (piece.size() > 2 && piece.startsWith(QStringLiteral("##")))
            return false;
        marked = marked || (piece.size() > 1 && piece.startsWith(QChar(0x2581)));
    }
    return marked;
}

/// The sentencepiece model beside a vocab.txt: KoBERT's has a name of its own.
QString model_beside(const Folder &folder)
{
    const QStringList models = folder.directory.entryList({QStringLiteral("*.model")}, QDir::Files);
    if (models.size() != 1)
        throw Error(QCoreApplication::translate(
                        "Tokenizer",
                        "%1: its pieces are those of a sentencepiece model (\u2581 begins a word); "
                        "expected one .model file beside it, found %2.")
                        .arg(folder.path(vocabulary_file))
                        .arg(models.size()));
    return folder.path(models.first());
}

Pipeline from_kobert(const Folder &folder, VocabularyPtr vocabulary, const QString &model_file)
{
    const SentencePieceFile model = parse_sentencepiece(read_bytes(model_file), model_file);
    if (!vocabulary)
        vocabulary = std::make_shared<const Vocabulary>(model.pieces);
    KobertNames names;
    names.unknown = folder.token("unk_token", names.unknown);
    names.cls = folder.token("cls_token", names.cls);
    names.sep = folder.token("sep_token", names.sep);
    names.pad = folder.token("pad_token", names.pad);
    names.mask = folder.token("mask_token", names.mask);
    return kobert_pipeline(model, std::move(vocabulary), names, folder.flag("do_lower_case", false),
                           folder.flag("keep_accents", false), model_file);
}

Pipeline from_vocab_txt(const Folder &folder, TokenizerKind kind)
{
    const bool mpnet = kind == TokenizerKind::mpnet;
    BertOptions options;
    options.wordpiece.unknown = folder.token("unk_token", options.wordpiece.unknown);
    options.cls = folder.token("cls_token", mpnet ? QStringLiteral("<s>") : options.cls);
    options.sep = folder.token("sep_token", mpnet ? QStringLiteral("</s>") : options.sep);
    options.pad = folder.token("pad_token", mpnet ? QStringLiteral("<pad>") : options.pad);
    options.mask = folder.token("mask_token", mpnet ? QStringLiteral("<mask>") : options.mask);
    options.normalizer = bert_normalizer_options(folder);
    options.wordpiece.hangul_as_letters = folder.flag("hangul_as_letters", false);
    options.pairs = mpnet ? PairStyle::roberta : PairStyle::bert;
    auto vocabulary = std::make_shared<const Vocabulary>(
        read_vocabulary(folder.path(vocabulary_file), {options.wordpiece.unknown, options.cls, options.sep}));
    if (kind == TokenizerKind::kobert || holds_sentencepieces(vocabulary->pieces()))
        return from_kobert(folder, std::move(vocabulary), model_beside(folder));
    return bert_pipeline(std::move(vocabulary), options);
}

Pipeline from_bert_japanese(const Folder &folder)
{
    const BertJapaneseOptions options = bert_japanese_options(folder.settings);
    return bert_japanese_pipeline(
        std::make_shared<const Vocabulary>(
            read_vocabulary(folder.path(vocabulary_file), {options.unknown, options.cls, options.sep})),
        options);
}

/// RoBERTa's two files (GPT-2's and HerBERT's too), as the fields of a tokenizer.json: one reader knows the
/// format.
Pipeline from_vocab_and_merges(const Folder &folder, TokenizerKind kind)
{
    const QString file = folder.path(pieces_file);
    const QJsonObject pieces = JsonField::read(file, largest_tokenizer_file).object();
    QJsonArray merges;
    const QString merges_path = folder.path(merges_file);
    for (const QString &line : text_of(read_bytes(merges_path), merges_path).split(u'\n')) {
        const QString merge = line.endsWith(u'\r') ? line.chopped(1) : line;
        if (!merge.isEmpty() && !merge.startsWith(QStringLiteral("#version")))
            merges.append(merge);
    }
    const auto id = [&](const QString &piece) {
        if (!pieces.contains(piece))
            throw Error(QCoreApplication::translate(
                            "Tokenizer", "%1: The vocabulary has no \"%2\"; the tokenizer needs it.")
                            .arg(file, shortened(piece)));
        return pieces.value(piece);
    };
    const bool gpt2 = kind == TokenizerKind::gpt2;
    const bool herbert = kind == TokenizerKind::herbert;
    const bool deberta = kind == TokenizerKind::deberta;
    const auto named = [&](const char *name, const char *roberta, const char *of_deberta) {
        return folder.token(name, gpt2 ? QString() : QLatin1String(deberta ? of_deberta : roberta));
    };
    const QString cls = named("cls_token", "<s>", "[CLS]");
    const QString sep = named("sep_token", "</s>", "[SEP]");
    const QString mask = named("mask_token", "<mask>", "[MASK]");
    const QString pad = named("pad_token", "<pad>", "[PAD]");
    const QString unknown = gpt2 ? folder.token("unk_token", QStringLiteral("<|endoftext|>"))
                                 : named("unk_token", "<unk>", "[UNK]");
    QJsonArray added;
    QStringList names{cls, pad, sep, unknown, mask};
    names.removeDuplicates();
    for (const QString &token : names) {
        if (!token.isEmpty() && pieces.contains(token))
            added.append(QJsonObject{{QStringLiteral("content"), token},
                                     {QStringLiteral("id"), pieces.value(token)},
                                     {QStringLiteral("special"), true},
                                     {QStringLiteral("lstrip"), token == mask && !herbert}});
    }
    QJsonObject model{{QStringLiteral("type"), QStringLiteral("BPE")},
                      {QStringLiteral("vocab"), pieces},
                      {QStringLiteral("merges"), merges}};
    QJsonObject tokenizer{{QStringLiteral("added_tokens"), added}};
    if (herbert) {
        id(unknown);
        model.insert(QStringLiteral("unk_token"), unknown);
        model.insert(QStringLiteral("end_of_word_suffix"), QStringLiteral("</w>"));
        tokenizer.insert(QStringLiteral("normalizer"),
                         QJsonObject{{QStringLiteral("type"), QStringLiteral("BertNormalizer")},
                                     {QStringLiteral("lowercase"), false},
                                     {QStringLiteral("strip_accents"), false}});
        tokenizer.insert(QStringLiteral("pre_tokenizer"),
                         QJsonObject{{QStringLiteral("type"), QStringLiteral("BertPreTokenizer")}});
    } else {
        tokenizer.insert(
            QStringLiteral("pre_tokenizer"),
            QJsonObject{{QStringLiteral("type"), QStringLiteral("ByteLevel")},
                        {QStringLiteral("add_prefix_space"), folder.flag("add_prefix_space", false)}});
    }
    if (!gpt2)
        tokenizer.insert(
            QStringLiteral("post_processor"),
            QJsonObject{{QStringLiteral("type"), herbert || deberta ? QStringLiteral("BertProcessing")
                                                                    : QStringLiteral("RobertaProcessing")},
                        {QStringLiteral("cls"), QJsonArray{cls, id(cls)}},
                        {QStringLiteral("sep"), QJsonArray{sep, id(sep)}}});
    tokenizer.insert(QStringLiteral("model"), model);
    return pipeline_from_json(JsonField::made(tokenizer, file), mask);
}

Pipeline from_sentencepiece(const Folder &folder, TokenizerKind kind, const QString &name)
{
    const bool deberta = kind == TokenizerKind::deberta_v2;
    const bool bert_names = deberta || kind == TokenizerKind::albert;
    const QString file = folder.path(name);
    const SentencePieceFile model = parse_sentencepiece(read_bytes(file), file);
    SentencePieceNames names;
    names.cls = folder.token("cls_token", bert_names ? QStringLiteral("[CLS]") : QStringLiteral("<s>"));
    names.sep = folder.token(kind == TokenizerKind::t5 ? "eos_token" : "sep_token",
                             bert_names ? QStringLiteral("[SEP]") : QStringLiteral("</s>"));
    names.pad = folder.token("pad_token", deberta ? QStringLiteral("[PAD]") : QStringLiteral("<pad>"));
    names.mask = folder.token("mask_token", bert_names ? QStringLiteral("[MASK]") : QStringLiteral("<mask>"));
    names.unknown = folder.token("unk_token", deberta ? QStringLiteral("[UNK]") : names.unknown);
    if (deberta)
        return deberta_v2_pipeline(model, names, folder.flag("do_lower_case", false),
                                   folder.flag("split_by_punct", false), file);
    if (kind == TokenizerKind::t5) {
        constexpr int most = 10'000;
        const std::optional<JsonField> extra = folder.settings.option(QStringLiteral("extra_ids"));
        return t5_pipeline(model, names, extra ? extra->integer(0, most) : 100, file);
    }
    if (kind == TokenizerKind::albert)
        return albert_pipeline(model, names, folder.flag("do_lower_case", true),
                               folder.flag("keep_accents", false), file);
    return kind == TokenizerKind::camembert ? camembert_pipeline(model, names, file)
                                            : xlm_roberta_pipeline(model, names, file);
}

/// The kind whose files are there, where no file names a class and those of the model's type are missing.
TokenizerKind kind_of_files(const Folder &folder)
{
    if (folder.has(vocabulary_file))
        return TokenizerKind::bert;
    if (folder.has(pieces_file) && folder.has(merges_file))
        return TokenizerKind::roberta;
    if (folder.has(albert_file))
        return TokenizerKind::albert;
    if (folder.has(deberta_file))
        return TokenizerKind::deberta_v2;
    if (folder.has(sentencepiece_file))
        return TokenizerKind::xlm_roberta;
    throw Error(QCoreApplication::translate(
                    "Tokenizer", "%1: The folder has no tokenizer; expected one of these files: %2.")
                    .arg(folder.directory.path(),
                         QStringLiteral("tokenizer.json, vocab.txt, vocab.json + merges.txt, spiece.model, "
                                        "spm.model, sentencepiece.bpe.model")));
}

QStringList files_of(TokenizerKind kind)
{
    switch (kind) {
    case TokenizerKind::by_file:
    case TokenizerKind::mbart:
    case TokenizerKind::mbart50:
        return {json_file};
    case TokenizerKind::bert:
    case TokenizerKind::bert_japanese:
    case TokenizerKind::mpnet:
    case TokenizerKind::kobert:
        return {vocabulary_file};
    case TokenizerKind::roberta:
    case TokenizerKind::gpt2:
    case TokenizerKind::herbert:
    case TokenizerKind::deberta:
        return {pieces_file, merges_file};
    case TokenizerKind::deberta_v2:
        return {deberta_file};
    case TokenizerKind::albert:
    case TokenizerKind::kobert_sentencepiece:
    case TokenizerKind::t5:
        return {albert_file};
    case TokenizerKind::xlm_roberta:
    case TokenizerKind::camembert:
        return {sentencepiece_file};
    }
    return {};
}

Pipeline from_files(const Folder &folder)
{
    TokenizerKind kind = folder.chosen.kind;
    const QStringList files = files_of(kind);
    const auto there = [&](const QString &name) { return folder.has(name); };
    if (!std::all_of(files.begin(), files.end(), there)) {
        if (folder.chosen.named)
            throw folder.settings.tokenizer_class()->error(
                QCoreApplication::translate("Tokenizer", "the folder lacks the files of this class: %1.")
                    .arg(files.join(QStringLiteral(", "))));
        if (is_mbart(kind)) // its other files say nothing of the language
            throw Error(QCoreApplication::translate(
                            "Tokenizer", "%1: The folder has no tokenizer; expected one of these files: %2.")
                            .arg(folder.directory.path(), files.join(QStringLiteral(", "))));
        kind = kind_of_files(folder);
    }
    switch (kind) {
    case TokenizerKind::bert_japanese:
        return from_bert_japanese(folder);
    case TokenizerKind::roberta:
    case TokenizerKind::gpt2:
    case TokenizerKind::herbert:
    case TokenizerKind::deberta:
        return from_vocab_and_merges(folder, kind);
    case TokenizerKind::deberta_v2:
        return from_sentencepiece(folder, kind, deberta_file);
    case TokenizerKind::kobert_sentencepiece:
        return from_kobert(folder, nullptr, folder.path(albert_file));
    case TokenizerKind::albert:
    case TokenizerKind::t5:
        return from_sentencepiece(folder, kind, albert_file);
    case TokenizerKind::xlm_roberta:
    case TokenizerKind::camembert:
        return from_sentencepiece(folder, kind, sentencepiece_file);
    default:
        return from_vocab_txt(folder, kind);
    }
}

/// Adds what the small files say: a token that the vocabulary has keeps its id, another one has the id given
/// if that is free, else the next one. One of which they say no flags keeps those that it had.
void add_tokens(Pipeline &pipeline, const std::vector<NamedToken> &named)
{
    QStringList pieces = pipeline.vocabulary->pieces();
    const qsizetype most = pieces.size() + static_cast<qsizetype>(named.size()) + most_holes;
    for (const NamedToken &one : named) {
        AddedToken token = one.token;
        const int known = pipeline.vocabulary->id(token.content);
        if (known < 0 && one.only_if_known)
            continue;
        const bool free = token.id >= 0 && token.id < most && pieces.value(token.id).isEmpty();
        if (known >= 0)
            token.id = known;
        else if (!free)
            token.id = static_cast<int>(pieces.size());
        if (token.id >= pieces.size())
            pieces.resize(token.id + 1);
        if (known < 0)
            pieces[token.id] = token.content;
        const auto same =
            std::find_if(pipeline.added.begin(), pipeline.added.end(),
                         [&](const AddedToken &other) { return other.content == token.content; });
        if (same == pipeline.added.end())
            pipeline.added.push_back(token);
        else if (one.says_flags)
            *same = token;
        else
            same->special = same->special || token.special;
    }
    if (pieces != pipeline.vocabulary->pieces())
        pipeline.vocabulary = std::make_shared<const Vocabulary>(std::move(pieces));
}

} // namespace

TokenizerPtr load_tokenizer(const QString &path)
{
    const QDir directory(path);
    if (!directory.exists())
        throw Error(QCoreApplication::translate("Tokenizer", "%1: There is no such folder.").arg(path));
    const bool described = directory.exists(json_file);
    const TokenizerSettings settings(directory);
    const Folder folder{directory, settings, tokenizer_kind(settings, described)};
    const bool by_files = !described || folder.chosen.kind == TokenizerKind::bert_japanese;
    Pipeline pipeline = by_files ? from_files(folder) : from_json(folder);
    add_tokens(pipeline, settings.added());
    // What is typed as "[MASK]" is then no token, but text.
    if (folder.flag("split_special_tokens", false))
        std::erase_if(pipeline.added, [](const AddedToken &token) { return token.special; });
    const QString mask = settings.token(QStringLiteral("mask_token"), QString());
    if (!mask.isEmpty())
        pipeline.mask_id = pipeline.vocabulary->id(mask);
    pipeline.truncates_left = settings.truncates_left().value_or(pipeline.truncates_left);
    return std::make_shared<PipelineTokenizer>(std::move(pipeline));
}

} // namespace encoderscope
