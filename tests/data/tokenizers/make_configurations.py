# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes configurations.json: the parts that a tokenizer.json may have, and the ids that the reference implementation gives.

    python3 make_configurations.py    needs the PyPI package tokenizers (made with 0.23)

configurations.json: {"models": {NAME: a "model", or the file that has one},
                      "configurations": {NAME: {"model": name of the model, "changes": fields of the model that differ,
                                                "without": pieces that it lacks, "added_tokens", "normalizer",
                                                "pre_tokenizer", "post_processor": as in a tokenizer.json,
                                                "lines", "pairs": as in folders.json}}}
"""

import json
import sys

from make_folders import HERE, LINES, digests

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
GPT4 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)"
        r"|\s+")
LONG = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
BEHAVIORS = ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")
WORDS = {"type": "WhitespaceSplit"}
BERT_WORDS = {"type": "BertPreTokenizer"}
BERT = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}
LOWER = {"type": "Lowercase"}
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
BYTES = ["<0x%02X>" % byte for byte in range(256)]


def split(expression, behavior="Isolated", invert=False):
    return {"type": "Split", "pattern": {"Regex": expression}, "behavior": behavior, "invert": invert}


def words(*parts):
    return {"type": "Sequence", "pretokenizers": list(parts)}


def normal(*parts):
    return {"type": "Sequence", "normalizers": list(parts)}


def replace(content, **pattern):
    return {"type": "Replace", "pattern": pattern, "content": content}


def byte_level(prefix=False, cut=False):
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": cut}


def added(index, content, **flags):
    return dict(id=index, content=content, single_word=False, lstrip=False, rstrip=False, normalized=False, special=False) | flags


def template(pieces, single, pair=None):
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    options = {"pair": pair} if pair else {}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=single, special_tokens=[("[CLS]", 2), ("[SEP]", 3)], **options)
    return json.loads(tokenizer.to_str())["post_processor"]


def trained(extra=(), **options):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", **options))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.train_from_iterator(LINES, trainers.BpeTrainer(
        vocab_size=900, limit_alphabet=150, show_progress=False, special_tokens=SPECIALS + list(extra), **options))
    return json.loads(tokenizer.to_str())["model"]


def make():
    pieces = (HERE / "bert-uncased/vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    ids = {piece: i for i, piece in enumerate(pieces)}
    wordpiece = {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                 "vocab": ids}
    albert = json.loads((HERE / "albert/tokenizer.json").read_text(encoding="utf-8"))["model"]
    albert["vocab"] += [[byte, 0.0] for byte in BYTES]
    known = {"wordpiece": wordpiece, "roberta": "roberta/tokenizer.json", "albert": "albert/tokenizer.json",
             "suffix": trained(end_of_word_suffix="</w>"), "prefix": trained(continuing_subword_prefix="##"),
             "both": trained(end_of_word_suffix="</w>", continuing_subword_prefix="@@"), "plain": trained(),
             "bytes": trained(extra=BYTES), "unigram bytes": albert}
    bert_added = [added(i, piece, special=True) for i, piece in enumerate(pieces[:5])]
    bpe_added = [added(i, piece, special=True) for i, piece in enumerate(SPECIALS)]
    all_of_them = {}

    def wordpieces(name, normalizer, pre_tokenizer, more=(), post_processor=None):
        all_of_them[name] = {"model": "wordpiece", "added_tokens": bert_added + list(more), "normalizer": normalizer,
                             "pre_tokenizer": pre_tokenizer, "post_processor": post_processor}

    def other(name, model, normalizer=BERT, pre_tokenizer=BERT_WORDS, **fields):
        all_of_them[name] = {"model": model, "normalizer": normalizer, "pre_tokenizer": pre_tokenizer} | fields

    for behavior in BEHAVIORS:
        for invert in (False, True):
            wordpieces(f"\\w {behavior} {invert}", LOWER, split(r"\w+|[^\w\s]+", behavior, invert))
            wordpieces(f"\\s {behavior} {invert}", LOWER, split(r"\s", behavior, invert))
        wordpieces(f"Punctuation {behavior}", BERT, words(WORDS, {"type": "Punctuation", "behavior": behavior}))
        wordpieces(f"String {behavior}", None, words(WORDS, {"type": "Split", "pattern": {"String": "e"}, "behavior": behavior, "invert": False}))
    for name, part in {
            "places": words(WORDS, split(r"(?<=[a-z])(?=[A-Z])|(?=\d)")), "\\b": words(split(r"\b"), WORDS), "\\B": words(WORDS, split(r"\B")),
            "\\W": split(r"\W", "Removed"), "\\S": split(r"\S+"), "\\d": words(WORDS, split(r"\d|[^\D0]")), "[^\\S]": split(r"[^\S]", "Removed"),
            "POSIX": words(WORDS, split(r"[[:punct:]]|[[:digit:]]")), "dot": split(r"(?m:.)", "Removed", True),
            "anchors": words(split(r"^.{1,3}|.{1,3}$"), WORDS), "scripts by name": words(WORDS, split(r"\p{Han}|\p{Hangul}+")),
            "CharDelimiterSplit": {"type": "CharDelimiterSplit", "delimiter": "e"},
            "CharDelimiterSplit at blanks": {"type": "CharDelimiterSplit", "delimiter": " "},
            "FixedLength 1": {"type": "FixedLength", "length": 1}, "FixedLength 5": {"type": "FixedLength", "length": 5},
            "FixedLength of words": words(WORDS, {"type": "FixedLength", "length": 4}),
            "Digits": words(WORDS, {"type": "Digits", "individual_digits": True}),
            "Digits together": words(WORDS, {"type": "Digits", "individual_digits": False}), "Whitespace": {"type": "Whitespace"}}.items():
        wordpieces(name, BERT, part)
    # Random characters of newer versions of Unicode have other scripts there.
    wordpieces("UnicodeScripts", BERT, {"type": "UnicodeScripts"})
    wordpieces("UnicodeScripts of words", None, words(WORDS, {"type": "UnicodeScripts"}))
    for name, expression in (("GPT-2", GPT2), ("GPT-4", GPT4), ("long", LONG)):
        other(f"{name} isolated", "roberta", None, words(split(expression), byte_level()))
        other(f"{name} removed", "roberta", {"type": "NFC"}, words(split(expression, "Removed", True), byte_level()))
    other("ByteLevel normalizer", "roberta", normal({"type": "NFC"}, {"type": "ByteLevel"}), None)
    other("ByteLevel normalizer, words", "roberta", {"type": "ByteLevel"}, split("Ġ", "MergedWithNext"))
    other("ByteLevel, a blank first", "roberta", None, byte_level(True, True))
    wordpieces("Replace", normal(replace(" num ", Regex=r"\d+"), replace("-", Regex=r"(?<=a)"), BERT), BERT_WORDS)
    wordpieces("Replace nothing", normal(replace("-", Regex=r"x*")), BERT_WORDS)
    wordpieces("Replace classes", normal(replace("", Regex=r"[^\w\s]"), replace(" ", Regex=r"\s+"),
                                         {"type": "Strip", "strip_left": True, "strip_right": True}, LOWER), WORDS)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        wordpieces(form, normal({"type": form}, {"type": "StripAccents"}, LOWER), BERT_WORDS)
    wordpieces("Nmt", normal({"type": "Nmt"}, {"type": "Strip", "strip_left": True, "strip_right": False}), WORDS)
    other("Prepend", "albert", normal({"type": "Prepend", "prepend": "\u2581"}, replace("\u2581", String=" ")), None)
    for scheme in ("always", "first", "never"):
        meta = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme}
        other(f"Metaspace {scheme}", "albert", None, meta | {"split": True})
        other(f"Metaspace {scheme} of words", "albert", None, words(WORDS, meta | {"split": False}))
    for name in ("suffix", "prefix", "both"):
        other(f"BPE with {name}", name, added_tokens=bpe_added)
    other("BPE, unknown fused", "plain", changes={"fuse_unk": True}, added_tokens=bpe_added)
    other("BPE, words that are pieces", "plain", changes={"ignore_merges": True}, added_tokens=bpe_added)
    other("BPE, unknown left out", "plain", changes={"unk_token": None}, added_tokens=bpe_added)
    other("BPE, bytes", "bytes", changes={"byte_fallback": True}, added_tokens=bpe_added)
    for fused in (False, True):
        other(f"BPE, bytes missing, fused {fused}", "bytes", changes={"byte_fallback": True, "fuse_unk": fused}, without=["<0xEA>", "<0xF0>"],
              added_tokens=bpe_added)
    other("unigram, bytes", "unigram bytes", None, words(WORDS, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}),
          changes={"byte_fallback": True})
    other("WordLevel", "wordpiece", changes={"type": "WordLevel"}, added_tokens=bert_added)
    for name, single, pair in (("without a pair", "[CLS] $A [SEP]", None), ("of odd types", "[CLS]:1 $A:1 [SEP]", "$A [SEP]:1 [SEP] $B:1"),
                               ("of one type", "[CLS] $A", "[CLS] $A:0 $B:0 [SEP]:1")):
        wordpieces("template " + name, BERT, BERT_WORDS, post_processor=template(ids, single, pair))
    wordpieces("no template", BERT, BERT_WORDS)
    more, place = [], len(pieces)
    for content, flags in (("token", {"single_word": True}), ("서울", {"single_word": True, "normalized": True}),
                           ("lo", {"lstrip": True, "rstrip": True}), ("Reads", {"normalized": True}), ("é", {"normalized": True}),
                           ("😀", {"single_word": True}), ("her", {"normalized": True, "single_word": True})):
        more.append(added(ids.get(content, place), content, **flags))
        place += content not in ids
    wordpieces("added tokens", BERT, BERT_WORDS, more)
    return known, all_of_them


def whole(known, part):
    model = known[part["model"]]
    file = json.loads((HERE / model).read_text(encoding="utf-8")) if isinstance(model, str) else {"model": model, "added_tokens": []}
    model = file["model"] | part.get("changes", {})
    if "without" in part:
        model["vocab"] = {piece: i for piece, i in model["vocab"].items() if piece not in part["without"]}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": part.get("added_tokens", file["added_tokens"]),
            "normalizer": part["normalizer"], "pre_tokenizer": part["pre_tokenizer"], "post_processor": part.get("post_processor"),
            "decoder": None, "model": model}


def main():
    known, all_of_them = make()
    for name, part in all_of_them.items():
        tokenizer = Tokenizer.from_str(json.dumps(whole(known, part)))
        part["lines"] = digests([tokenizer.encode(line).ids for line in LINES])
        if "template" in name:
            pairs = [tokenizer.encode(a, b) for a, b in zip(LINES, LINES[1:] + LINES[:1])]
            part["pairs"] = digests([pair.ids + pair.type_ids for pair in pairs])
    rows = [json.dumps(name, ensure_ascii=False) + ":" + json.dumps(part, ensure_ascii=False, separators=(",", ":"))
            for name, part in all_of_them.items()]
    (HERE / "configurations.json").write_text(
        '{"models":' + json.dumps(known, ensure_ascii=False, separators=(",", ":")) + ',\n"configurations":{\n' + ",\n".join(rows) + "\n}}\n",
        encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
