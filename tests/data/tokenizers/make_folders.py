# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes folders.json: folders of tokenizer files of every layout, and the ids that the reference implementation gives.

    python3 make_folders.py CASES     needs the PyPI packages transformers, sentencepiece and protobuf (made with
                                      transformers 5.24, tokenizers 0.23, sentencepiece 0.2)

CASES is a folder of small inputs that were read wrongly once, one folder each; their files and right values are copied
into folders.json ("texts"), so that it is needed only to make the file again. models/ takes the pieces of their
sentencepiece models, and once, because it is large and the same in all of them, their table of characters.

folders.json: {NAME: {"files": {file: its content as text or JSON, or {"@join": files of this folder, one behind another}},
                      "texts": [[text, ids], ...],
                      "lines": for each 50 of lines.json the first 8 hex digits of the SHA-1 of their ids,
                      "pairs": the same, each line with the one after it, token types behind the ids,
                      "refused": what the message says}}
"""

import hashlib
import json
import os
import pathlib
import sys
import tempfile
import unicodedata
import warnings

HERE = pathlib.Path(__file__).parent
LINES = json.loads((HERE / "lines.json").read_text(encoding="utf-8"))
BLOCK = 50


def digests(rows):
    texts = [" ".join(map(str, row)) for row in rows]
    return "".join(hashlib.sha1("\n".join(texts[i:i + BLOCK]).encode()).hexdigest()[:8] for i in range(0, len(texts), BLOCK))


def content(value):
    if isinstance(value, dict) and "@join" in value:
        return b"".join((HERE / name).read_bytes() for name in value["@join"])
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()


class KoBert:
    """What KoBERT's own class does, which comes with its models: sentencepiece's pieces, the ids of vocab.txt."""

    def __init__(self, folder):
        import sentencepiece
        self.model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer_78b3253a26.model"))
        self.ids = {line.strip(): i for i, line in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}

    def cut(self, text):
        text = " ".join(text.strip().split()).replace("``", '"').replace("''", '"')
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        pieces = []
        for piece in self.model.encode(text, out_type=str):
            if len(piece) > 1 and piece[-1] == "," and piece[-2].isdigit():
                parts = self.model.encode(piece[:-1].replace("\u2581", ""), out_type=str)
                if piece[0] != "\u2581" and parts[0][0] == "\u2581":
                    parts = parts[1:] if len(parts[0]) == 1 else [parts[0][1:]] + parts[1:]
                pieces += parts + [piece[-1]]
            else:
                pieces.append(piece)
        return [self.ids.get(piece, self.ids["[UNK]"]) for piece in pieces]

    def __call__(self, text):
        specials = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]
        ids, rest = [], text
        while rest:
            at, name = min(((rest.find(s), s) for s in specials if s in rest), default=(len(rest), None))
            ids += self.cut(rest[:at])
            if name:
                ids.append(self.ids[name])
            rest = rest[at + len(name or ""):]
        return [self.ids["[CLS]"]] + ids + [self.ids["[SEP]"]]


def token(text, **flags):
    return dict(content=text, lstrip=False, normalized=False, rstrip=False, single_word=False, special=True) | flags


def made():
    """Layouts as model folders have them, with small vocabularies."""
    bert_text = (HERE / "bert-uncased/vocab.txt").read_text(encoding="utf-8")
    bert_file = {"@join": ["bert-uncased/vocab.txt"]}
    pieces = bert_text.rstrip("\n").split("\n")
    size = len(pieces)
    folders = {}

    def bert(name, settings=None, model="bert", **files):
        folders[name] = {"vocab.txt": bert_file, "config.json": {"model_type": model},
                         "tokenizer_config.json": {"tokenizer_class": "BertTokenizer"} | (settings or {})} | files

    bert("bert")
    bert("bert, cased", {"do_lower_case": False})
    bert("bert, accents kept", {"strip_accents": False})
    bert("bert, special tokens as text", {"split_special_tokens": True})
    bert("bert, ideographs together", {"tokenize_chinese_chars": False})
    bert("bert, names of others", {"cls_token": "[MASK]", "sep_token": "[PAD]", "mask_token": "[SEP]"})
    folders["bert, no tokenizer_config.json"] = {"vocab.txt": bert_file, "config.json": {"model_type": "bert"}}
    folders["electra"] = {"vocab.txt": bert_file, "config.json": {"model_type": "electra"},
                          "tokenizer_config.json": {"tokenizer_class": "ElectraTokenizer", "do_lower_case": False}}
    folders["distilbert"] = {"vocab.txt": bert_file, "config.json": {"model_type": "distilbert"},
                             "tokenizer_config.json": {"tokenizer_class": "DistilBertTokenizer"}}
    folders["roberta with BERT's tokenizer"] = {
        "vocab.txt": bert_file, "config.json": {"model_type": "roberta"},
        "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "bos_token": "[CLS]", "eos_token": "[SEP]"}}
    bert("added_tokens.json", **{"added_tokens.json": {"[E1]": size, "서울": size + 1, "Reads": size + 2}})
    bert("added_tokens.json, special", **{"added_tokens.json": {"[E1]": size, "서울": size + 1, "Reads": size + 2},
                                          "special_tokens_map.json": {"additional_special_tokens": ["서울", "Reads"], "unk_token": "[UNK]"}})
    bert("additional_special_tokens", **{"special_tokens_map.json": {"additional_special_tokens": ["the", "닭갈비", "SEOUL"]}})
    bert("additional_special_tokens in tokenizer_config.json", {"additional_special_tokens": ["the", "Seoul"]})
    bert("extra_special_tokens", {"extra_special_tokens": ["the", "Seoul"]})
    bert("mask with flags", **{"special_tokens_map.json": {
        "mask_token": {"content": "[MASK]", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False}}})
    bert("added_tokens_decoder", {"added_tokens_decoder": {str(i): token(pieces[i]) for i in range(5)} | {
        str(size): token("Seoul", special=False, normalized=True),
        str(size + 1): token("서울", special=False, normalized=True, single_word=True), str(size + 2): token("[E2]", lstrip=True)}},
        **{"special_tokens_map.json": {"additional_special_tokens": ["token"]}})
    bert("added_tokens_decoder, mask with flags", {"mask_token": "[MASK]", "added_tokens_decoder": {
        str(i): token(pieces[i]) for i in range(4)} | {"4": token("[MASK]", lstrip=True, rstrip=True)}})
    bert("lines twice and empty", **{"vocab.txt": bert_text.rstrip("\n") + "\nthe\nof\n\n\nlast\n"})
    bert("lines of Windows", **{"vocab.txt": bert_text.replace("\n", "\r\n")})
    bert("blanks behind pieces", **{"vocab.txt": bert_text.replace("\nof\n", "\nof \n")})
    renamed = bert_text
    for old, new in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[PAD]", "<pad>"), ("[MASK]", "<mask>")):
        renamed = renamed.replace(old, new, 1)
    folders["mpnet"] = {"vocab.txt": renamed, "config.json": {"model_type": "mpnet"},
                        "tokenizer_config.json": {"tokenizer_class": "MPNetTokenizer"}}

    rows = json.loads((HERE / "roberta-files/vocab.json").read_text(encoding="utf-8"))
    mask = {"mask_token": {"__type": "AddedToken", "content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False}}

    def roberta(name, settings, kind="RobertaTokenizer", **files):
        folders[name] = {"vocab.json": {"@join": ["roberta-files/vocab.json"]}, "merges.txt": {"@join": ["roberta-files/merges.txt"]},
                         "config.json": {"model_type": "roberta"}, "tokenizer_config.json": {"tokenizer_class": kind} | settings} | files

    roberta("roberta", mask)
    roberta("roberta, a blank before the text", {"add_prefix_space": True} | mask)
    roberta("roberta, added_tokens.json", mask, **{"added_tokens.json": {"Busan": len(rows), "서울": len(rows) + 1}})
    roberta("roberta, special_tokens_map.json", {}, **{"special_tokens_map.json": {
        "bos_token": token("<s>", normalized=True), "mask_token": token("<mask>", lstrip=True, normalized=True),
        "additional_special_tokens": ["the"]}})
    roberta("gpt2", {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}, "GPT2Tokenizer")
    words = json.loads((HERE / "configurations.json").read_text(encoding="utf-8"))["models"]["suffix"]
    folders["herbert"] = {
        "vocab.json": words["vocab"], "merges.txt": "#version: 0.2\n" + "".join(" ".join(pair) + "\n" for pair in words["merges"]),
        "config.json": {"model_type": "bert"}, "tokenizer_config.json": {"tokenizer_class": "HerbertTokenizerFast"}}

    albert = {"@join": ["albert-files/spiece.model"]}
    controls = {"@join": ["models/control-piece-typed.model", "models/nmt_nfkc.model"]}
    folders["albert"] = {"spiece.model": albert, "config.json": {"model_type": "albert"},
                         "tokenizer_config.json": {"tokenizer_class": "AlbertTokenizer"}}
    folders["albert, cased"] = {"spiece.model": albert, "config.json": {"model_type": "albert"},
                                "tokenizer_config.json": {"tokenizer_class": "AlbertTokenizer", "do_lower_case": False, "keep_accents": True}}
    folders["xlm-roberta"] = {"sentencepiece.bpe.model": controls, "config.json": {"model_type": "xlm-roberta"},
                              "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizer"}}
    folders["camembert"] = {"sentencepiece.bpe.model": controls, "config.json": {"model_type": "camembert"},
                            "tokenizer_config.json": {"tokenizer_class": "CamembertTokenizer"}}

    def described(lowercase=True, strip_accents=None, chinese=True):
        specials = {name: {"id": name, "ids": [i], "tokens": [name]} for name, i in (("[CLS]", 2), ("[SEP]", 3))}
        item = lambda name, kind: {"SpecialToken": {"id": name, "type_id": kind}}
        text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
        single = [item("[CLS]", 0), text("A", 0), item("[SEP]", 0)]
        return {"version": "1.0", "truncation": None, "padding": None,
                "added_tokens": [{"id": i} | token(pieces[i]) for i in range(5)],
                "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": chinese,
                               "strip_accents": strip_accents, "lowercase": lowercase},
                "pre_tokenizer": {"type": "BertPreTokenizer"},
                "post_processor": {"type": "TemplateProcessing", "single": single,
                                   "pair": single + [text("B", 1), item("[SEP]", 1)], "special_tokens": specials},
                "decoder": None,
                "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                          "max_input_chars_per_word": 100, "vocab": {piece: i for i, piece in enumerate(pieces)}}}

    for name, options, settings, model in (
            ("no tokenizer_config.json", {"lowercase": False}, None, "bert"),
            ("accents", {"lowercase": False, "strip_accents": True}, {"tokenizer_class": "BertTokenizerFast", "strip_accents": False}, "bert"),
            ("as it says itself", {"lowercase": False}, {"tokenizer_class": "PreTrainedTokenizerFast"}, "bert"),
            ("ideographs", {}, {"tokenizer_class": "BertTokenizer", "tokenize_chinese_chars": False, "additional_special_tokens": ["the"]}, "electra")):
        folders["tokenizer.json, " + name] = {"tokenizer.json": described(**options), "config.json": {"model_type": model}} | (
            {"tokenizer_config.json": settings} if settings else {})
    folders["tokenizer.json, a blank before the text"] = {
        "tokenizer.json": {"@join": ["roberta/tokenizer.json"]}, "config.json": {"model_type": "roberta"},
        "tokenizer_config.json": {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True, "mask_token": "<mask>"}}
    for name in ("albert", "xlm-roberta"):
        folders["tokenizer.json, blanks of " + name] = {
            "tokenizer.json": {"@join": [name + "/tokenizer.json"]}, "config.json": {"model_type": name}}
    return folders


CASES = {
    "added-tokens-json": [["the [E1] cat xyzzy", [2, 5, 31, 6, 32, 3]]],
    "added-tokens-decoder": [["the [E1] cat xyzzy", [2, 5, 31, 6, 32, 3]]],
    "additional-special-tokens": [["the [unused1] cat <spk>", [2, 5, 31, 6, 32, 3]]],
    "blank-vocab-line": [["the dog", [2, 5, 12, 3]]],
    "camembert-sentencepiece": [["le chat est <mask>", [5, 7, 15, 20, 57, 6]]],
    "control-piece-typed": [["le <ctl> chat", None]],
    "duplicate-vocab-line": [["the cat", [2, 5, 31, 3]]],
    "json-lower-vs-config-cased": [["The Quick 안녕하세요", [2, 1, 1, 1, 3]]],
    "kobert-monologg": [["안녕하세요, 저는 오늘 서울에 갔습니다.",
                         [2, 5, 104, 93, 119, 99, 107, 35, 5, 113, 40, 5, 45, 41, 39, 44, 5, 88, 34, 15, 16, 9, 3]],
                        ["가격은 12,000원, 3,", None]],
    "sentencepiece-trailing-space": [["le chat ", None], ["le chat </s>", None], ["le  chat <pad> <unk>", None]],
    "single-word-unicode": [["foobar² cat", [2, 31, 1, 6, 3]], ["the foobar½", None], ["foobarⒶ x", [2, 1, 28, 3]], ["foobar🄰", None],
                            ["foobar\u200dx", None], ["foobar e\u0301", None], ["e\u0301foobar", None]],
    "split-invert": [["can't.", [2, 208, 5, 39, 8, 3]]],
    "japanese-tokenizer-class": "MeCab",
}


def read_cases(cases):
    folders, texts = {}, {}
    for name, values in CASES.items():
        files = {}
        for path in sorted((cases / name).iterdir()):
            if path.name.startswith(("README", "REPRO")) or path.name == "model.safetensors":
                continue
            if path.suffix == ".model":
                from sentencepiece import sentencepiece_model_pb2 as pb
                proto = pb.ModelProto()
                proto.ParseFromString(path.read_bytes())
                table = pb.ModelProto()
                table.normalizer_spec.CopyFrom(proto.normalizer_spec)
                proto.ClearField("normalizer_spec")
                (HERE / "models").mkdir(exist_ok=True)
                parts = {"models/%s.model" % name: proto, "models/nmt_nfkc.model": table}
                for part, message in parts.items():
                    (HERE / part).write_bytes(message.SerializePartialToString())
                files[path.name] = {"@join": list(parts)}
            elif path.suffix == ".json":
                files[path.name] = json.loads(path.read_text(encoding="utf-8"))
            else:
                files[path.name] = path.read_bytes().decode()
        folders[name] = files
        texts[name] = values
    return folders, texts


def main():
    warnings.filterwarnings("ignore")
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    from transformers import AutoTokenizer
    folders, texts = read_cases(pathlib.Path(sys.argv[1]))
    folders |= made()
    result = {}
    for name, files in folders.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            for file, value in files.items():
                (folder / file).write_bytes(content(value))
            entry = result[name] = {"files": files}
            values = texts.get(name, [])
            if isinstance(values, str):
                entry["refused"] = values
                continue
            tokenizer = KoBert(folder) if name == "kobert-monologg" else AutoTokenizer.from_pretrained(temporary)
            encode = tokenizer if isinstance(tokenizer, KoBert) else lambda line: tokenizer(line).input_ids
            entry["lines"] = digests([encode(line) for line in LINES])
            if not isinstance(tokenizer, KoBert):
                pairs = [tokenizer.backend_tokenizer.encode(a, b) for a, b in zip(LINES, LINES[1:] + LINES[:1])]
                entry["pairs"] = digests([pair.ids + pair.type_ids for pair in pairs])
            for text, ids in values:
                assert ids is None or encode(text) == ids, (name, text, encode(text), ids)
                entry.setdefault("texts", []).append([text, encode(text)])
    (HERE / "folders.json").write_text(
        "{\n" + ",\n".join(json.dumps(name, ensure_ascii=False) + ":" + json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
                           for name, entry in result.items()) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
