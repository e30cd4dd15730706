# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes recent.json: folders as the architectures since 2020 have them, in the form of folders.json.

    python3 make_recent.py     needs the PyPI packages transformers, sentencepiece and protobuf (made with transformers
                               5.24, tokenizers 0.23, sentencepiece 0.2)

Three are compared with what their models were trained with, from which the classes of transformers 5 differ: DeBERTa from its
second version on with transformers' own converter of spm.model (the class of version 5 leaves out the model's table of
characters), pairs of its first version with one separator between the two texts (version 5 has two), and UMT5's tokenizer.json
as the library tokenizers reads it.
"""

import json
import os
import pathlib
import sys
import tempfile
import warnings

from make_folders import HERE, LINES, content, digests, token

VOCABULARY = {"@join": ["bert-uncased/vocab.txt"]}
BYTES = {"vocab.json": {"@join": ["roberta-files/vocab.json"]}, "merges.txt": {"@join": ["roberta-files/merges.txt"]}}
CONTROLS = {"@join": ["models/control-piece-typed.model", "models/nmt_nfkc.model"]}
MASK = {"__type": "AddedToken", "content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False}
RENAMED = {"cls_token": "<s>", "bos_token": "<s>", "sep_token": "</s>", "eos_token": "</s>", "pad_token": "<pad>",
           "unk_token": "<unk>", "mask_token": "<mask>"}


def disentangled(folder, settings):
    """DeBERTa's tokenizer from its second version on, as transformers' DebertaV2Converter makes it of spm.model."""
    from sentencepiece import sentencepiece_model_pb2 as pb
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    proto = pb.ModelProto()
    proto.ParseFromString((folder / "spm.model").read_bytes())
    name = lambda key, fallback: settings.get(key, fallback)
    pieces = [(piece.piece, piece.score) for piece in proto.pieces]
    unknown = next(i for i, piece in enumerate(proto.pieces) if piece.type == 2)
    mask = name("mask_token", "[MASK]")
    if mask not in dict(pieces):
        pieces.append((mask, 0.0))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    steps = [normalizers.Lowercase()] if settings.get("do_lower_case") else []
    steps.append(normalizers.Strip())
    if proto.normalizer_spec.precompiled_charsmap:
        steps.append(normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap))
    tokenizer.normalizer = normalizers.Sequence(steps + [normalizers.Replace(Regex(" {2,}"), " ")])
    words = [pre_tokenizers.Punctuation(behavior="isolated")] if settings.get("split_by_punct") else []
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(words + [pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")])
    cls, sep = name("cls_token", "[CLS]"), name("sep_token", "[SEP]")
    specials = [cls, sep, name("pad_token", "[PAD]"), name("unk_token", "[UNK]"), mask]
    specials += [piece.piece for piece in proto.pieces if piece.type == 3]
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in dict.fromkeys(specials)
                                  if tokenizer.token_to_id(piece) is not None])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="%s:0 $A:0 %s:0" % (cls, sep), pair="%s:0 $A:0 %s:0 $B:1 %s:1" % (cls, sep, sep),
        special_tokens=[(cls, tokenizer.token_to_id(cls)), (sep, tokenizer.token_to_id(sep))])

    def pair(a, b):
        both = tokenizer.encode(a, b)
        return both.ids + both.type_ids
    return lambda line: tokenizer.encode(line).ids, pair


def bpe(merges):
    """The first merges of roberta-files, and the pieces that they need."""
    lines = (HERE / "roberta-files/merges.txt").read_text(encoding="utf-8").split("\n")
    pairs = [line.split(" ") for line in lines if line and not line.startswith("#version")][:merges]
    rows = json.loads((HERE / "roberta-files/vocab.json").read_text(encoding="utf-8"))
    letters = [piece for piece in rows if len(piece) == 1]
    return letters + ["".join(pair) for pair in pairs], pairs


def template(first, last):
    item = lambda name, kind: {"SpecialToken": {"id": name, "type_id": kind}}
    text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    single = ([item(first[0], 0)] if first else []) + [text("A", 0), item(last[0], 0)]
    return {"type": "TemplateProcessing", "single": single, "pair": single + [text("B", 0), item(last[0], 0)],
            "special_tokens": {name: {"id": name, "ids": [i], "tokens": [name]} for name, i in filter(None, (first, last))}}


def described(specials, normalizer, pre_tokenizer, post_processor, model, others=()):
    pieces, merges = bpe(300)
    names = specials + [piece for piece in pieces if piece not in specials] + list(others)
    added = [{"id": i} | token(name) for i, name in enumerate(specials)]
    added += [{"id": names.index(name)} | token(name, special=False) for name in others]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": normalizer,
            "pre_tokenizer": pre_tokenizer, "post_processor": post_processor, "decoder": None,
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                      "vocab": {name: i for i, name in enumerate(names) if name not in others}, "merges": merges} | model}


def words_of(model):
    """The pieces of a sentencepiece model that are text, with their scores."""
    from sentencepiece import sentencepiece_model_pb2 as pb
    proto = pb.ModelProto()
    proto.ParseFromString((HERE / model).read_bytes())
    return [[piece.piece, round(piece.score, 6)] for piece in proto.pieces if piece.type == 1]


def unigram(begin, end, unknown, post_processor, **options):
    """A tokenizer.json of the pieces of models/t5-pieces.model, special tokens before and behind them."""
    vocabulary = [[name, 0.0] for name in begin] + words_of("models/t5-pieces.model") + [[name, 0.0] for name in end]
    ids = {name: i for i, (name, _) in enumerate(vocabulary)}
    added = [{"id": ids[name]} | token(name) | {"lstrip": name == "<mask>"} for name in begin + end if not name.startswith("<0x")]
    for kind in ("single", "pair"):
        for item in post_processor[kind]:
            if "SpecialToken" in item:
                name = item["SpecialToken"]["id"]
                post_processor["special_tokens"][name] = {"id": name, "ids": [ids[name]], "tokens": [name]}
    split = [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": split}, "post_processor": post_processor, "decoder": None,
            "model": {"type": "Unigram", "unk_id": unknown, "vocab": vocabulary} | options}


def around(first, last):
    """Special tokens before and behind the one text or both, all of type 0."""
    special = lambda names: [{"SpecialToken": {"id": name, "type_id": 0}} for name in names]
    text = lambda names: [{"Sequence": {"id": name, "type_id": 0}} for name in names]
    return {"type": "TemplateProcessing", "single": special(first) + text("A") + special(last),
            "pair": special(first) + text("AB") + special(last), "special_tokens": {}}


def made():
    folders = {}
    for name in ("ernie", "megatron-bert", "nomic_bert"):
        folders[name] = {"vocab.txt": VOCABULARY, "config.json": {"model_type": name}}
    for name in ("data2vec-text", "roberta-prelayernorm"):
        folders[name] = BYTES | {"config.json": {"model_type": name}, "tokenizer_config.json": {"mask_token": MASK}}
    folders["gte"] = {"sentencepiece.bpe.model": CONTROLS, "config.json": {"model_type": "gte"}}
    folders["gte with BERT's tokenizer"] = {"vocab.txt": VOCABULARY, "config.json": {"model_type": "gte"},
                                            "tokenizer_config.json": {"tokenizer_class": "BertTokenizer"}}
    folders["xlm-roberta-xl"] = {"sentencepiece.bpe.model": CONTROLS, "config.json": {"model_type": "xlm-roberta-xl"},
                                 "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizer"}}

    folders["deberta"] = BYTES | {"config.json": {"model_type": "deberta"},
                                  "tokenizer_config.json": {"vocab_type": "gpt2", "do_lower_case": False} | RENAMED |
                                  {"mask_token": MASK}}
    albert = {"@join": ["albert-files/spiece.model"]}
    named = {"unk_token": "<unk>", "pad_token": "<pad>"}
    for name, model, settings in (("deberta-v2", albert, named), ("deberta-v2, lower case", albert, named | {"do_lower_case": True}),
                                  ("deberta-v2, marks alone", albert, named | {"split_by_punct": True}),
                                  ("deberta-v2, the mask behind the pieces", CONTROLS, RENAMED | {"mask_token": "[MASK]"})):
        folders[name] = {"spm.model": model, "config.json": {"model_type": "deberta-v2"},
                         "tokenizer_config.json": {"vocab_type": "spm", "do_lower_case": False} | settings}

    # Runs of blanks are tokens of their own, as in ModernBERT's file.
    backend = {"tokenizer_class": "PreTrainedTokenizerFast"}
    folders["modernbert"] = {
        "tokenizer.json": described(["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"], {"type": "NFC"},
                                    {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
                                    template(("[CLS]", 1), ("[SEP]", 2)), {}, [" " * n for n in range(4, 1, -1)]),
        "config.json": {"model_type": "modernbert"},
        "tokenizer_config.json": backend | {"cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]", "unk_token": "[UNK]",
                                            "pad_token": "[PAD]"}}
    words = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    folders["eurobert"] = {
        "tokenizer.json": described(["<|begin_of_text|>", "<|end_of_text|>", "<|mask|>"], None,
                                    {"type": "Sequence", "pretokenizers": [
                                        {"type": "Split", "pattern": {"Regex": words}, "behavior": "Isolated", "invert": False},
                                        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]},
                                    template(("<|begin_of_text|>", 0), ("<|end_of_text|>", 1)), {"ignore_merges": True}),
        "config.json": {"model_type": "eurobert"}, "tokenizer_config.json": backend | {"mask_token": "<|mask|>"}}
    # mmBERT's, which is Gemma's: blanks become a letter, what has no piece becomes bytes.
    spoken = described(["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"], {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
                       {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False},
                       template(("<bos>", 2), ("<eos>", 1)), {"unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True})
    rows = ["<0x%02X>" % i for i in range(256)] + [chr(i) for i in range(0x61, 0x7B)] + list("ABT.,?!0123456789\u2581가나다서울는이의")
    merges = [("t", "h"), ("th", "e"), ("\u2581", "the"), ("i", "n"), ("\u2581", "a"), ("서", "울"), ("e", "r"), ("\u2581", "\u2581")]
    model = spoken["model"]
    names = list(model["vocab"])[:5] + rows + ["".join(pair) for pair in merges]
    model["vocab"], model["merges"] = {name: i for i, name in enumerate(names)}, [list(pair) for pair in merges]
    folders["modernbert with Gemma's tokenizer (mmBERT)"] = {
        "tokenizer.json": spoken, "config.json": {"model_type": "modernbert"},
        "tokenizer_config.json": backend | {"mask_token": "<mask>", "unk_token": "<unk>"}}

    # Encoders of models with a decoder.
    # models/t5-pieces.model has the pieces of control-piece-typed.model behind <pad>, </s>, <unk>, whose ids the class takes for given.
    sentinels = {"@join": ["models/t5-pieces.model", "models/nmt_nfkc.model"]}
    folders["t5"] = {"spiece.model": sentinels, "config.json": {"model_type": "t5"}}
    folders["t5, few sentinels"] = {"spiece.model": sentinels, "config.json": {"model_type": "t5"},
                                    "tokenizer_config.json": {"tokenizer_class": "T5Tokenizer", "extra_ids": 3}}
    folders["mt5, no sentinels"] = {"spiece.model": sentinels, "config.json": {"model_type": "mt5"},
                                    "tokenizer_config.json": {"tokenizer_class": "T5Tokenizer", "extra_ids": 0}}
    folders["umt5"] = {"spiece.model": sentinels, "config.json": {"model_type": "umt5"},
                       "tokenizer_config.json": {"tokenizer_class": "T5Tokenizer", "extra_ids": 300}}
    # Its published file has <unk> in row 3, and bytes for what has no piece.
    ends = around([], ["</s>"])
    ends["pair"] = ends["single"] + [{"Sequence": {"id": "B", "type_id": 0}}] + ends["single"][1:]
    folders["umt5, its tokenizer.json"] = {
        "tokenizer.json": unigram(["<pad>", "</s>", "<s>", "<unk>"] + ["<0x%02X>" % i for i in range(256)],
                                  ["<extra_id_%d>" % i for i in range(4, -1, -1)], 3, ends, byte_fallback=True),
        "config.json": {"model_type": "umt5"}, "tokenizer_config.json": {"tokenizer_class": "T5Tokenizer", "extra_ids": 5}}
    # mBART says the language in a token of its own; of all languages a few are enough here.
    fairseq, languages = ["<s>", "<pad>", "</s>", "<unk>"], ["en_XX", "ko_KR", "ro_RO"]
    for name, kind, settings, said in (
            ("mbart", "MBartTokenizer", {}, around([], ["</s>", "en_XX"])),
            ("mbart, the language of the settings", "MBartTokenizer", {"src_lang": "ko_KR"}, around([], ["</s>", "en_XX"])),
            ("mbart-50", "MBart50Tokenizer", {}, around(["en_XX"], ["</s>"])),
            ("mbart-50, the language of the settings", "MBart50Tokenizer", {"src_lang": "ro_RO"}, around(["en_XX"], ["</s>"]))):
        written = unigram(fairseq, languages + ["<mask>"], 3, said)
        if kind == "MBart50Tokenizer":
            written["normalizer"] = {"type": "Sequence", "normalizers": [
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}
            written["pre_tokenizer"] = written["pre_tokenizer"]["pretokenizers"][1]
        folders[name] = {"tokenizer.json": written, "config.json": {"model_type": "mbart"},
                         "tokenizer_config.json": {"tokenizer_class": kind, "mask_token": MASK | {"normalized": False}} | settings}
    folders["bart"] = BYTES | {"config.json": {"model_type": "bart"}, "tokenizer_config.json": {"mask_token": MASK}}
    folders["neobert"] = {"vocab.txt": VOCABULARY, "config.json": {"model_type": "neobert"},
                          "tokenizer_config.json": {"tokenizer_class": "BertTokenizer"}}
    folders["new (GTE as published)"] = {"sentencepiece.bpe.model": CONTROLS, "config.json": {"model_type": "new"},
                                         "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizer"}}
    # CamemBERT's second version: RoBERTa with WordPiece in a tokenizer.json.
    pieces = (HERE / "bert-uncased/vocab.txt").read_text(encoding="utf-8").split("\n")
    names = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
    names += [piece for piece in pieces if piece and piece not in names]
    folders["camembert, the second version"] = {
        "tokenizer.json": {"version": "1.0", "truncation": None, "padding": None,
                           "added_tokens": [{"id": i} | token(name) for i, name in enumerate(names[:5])],
                           "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                                          "strip_accents": False, "lowercase": False},
                           "pre_tokenizer": {"type": "BertPreTokenizer"},
                           "post_processor": {"type": "RobertaProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1],
                                              "trim_offsets": True, "add_prefix_space": True},
                           "decoder": None,
                           "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                                     "max_input_chars_per_word": 100, "vocab": {name: i for i, name in enumerate(names)}}},
        "config.json": {"model_type": "roberta", "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2},
        "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": True, "cls_token": "[CLS]",
                                  "bos_token": "[CLS]", "sep_token": "[SEP]", "eos_token": "[SEP]", "pad_token": "[PAD]",
                                  "unk_token": "[UNK]", "mask_token": "[MASK]"}}
    return folders


def reference(name, folder, settings):
    """How one text and how a pair becomes ids, the pair's types behind them."""
    if name.startswith("deberta-v2"):
        return disentangled(folder, settings)
    import transformers
    kind = transformers.AutoTokenizer
    if name == "xlm-roberta-xl" or name.startswith("new"):
        kind = transformers.XLMRobertaTokenizer  # of this type the automatic choice reads no sentencepiece model
    elif name == "umt5, its tokenizer.json":
        kind = transformers.PreTrainedTokenizerFast  # the class of version 5 takes row 2 for <unk>
    elif name.startswith(("mbart", "umt5")):
        kind = getattr(transformers, settings["tokenizer_class"])
    tokenizer = kind.from_pretrained(str(folder))
    if name == "deberta":
        from tokenizers import processors
        cls, sep = tokenizer.cls_token, tokenizer.sep_token
        tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
            single="%s:0 $A:0 %s:0" % (cls, sep), pair="%s:0 $A:0 %s:0 $B:1 %s:1" % (cls, sep, sep),
            special_tokens=[(cls, tokenizer.cls_token_id), (sep, tokenizer.sep_token_id)])

    def pair(a, b):
        both = tokenizer.backend_tokenizer.encode(a, b)
        return both.ids + both.type_ids
    return lambda line: tokenizer(line).input_ids, pair


def main():
    warnings.filterwarnings("ignore")
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    result = {}
    for name, files in made().items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            for file, value in files.items():
                (folder / file).write_bytes(content(value))
            encode, pair = reference(name, folder, files.get("tokenizer_config.json", {}))
            result[name] = {"files": files, "lines": digests([encode(line) for line in LINES]),
                            "pairs": digests([pair(a, b) for a, b in zip(LINES, LINES[1:] + LINES[:1])])}
            print(name, encode(LINES[40])[:12], file=sys.stderr)
    (HERE / "recent.json").write_text(
        "{\n" + ",\n".join(json.dumps(name, ensure_ascii=False) + ":" + json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
                           for name, entry in result.items()) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
