#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the reference implementations give for these folders (transformers 5.24, sentence-transformers 6.2, PyTorch 2):
expected.json, name -> text, text_b and some of ids, output, classes, word, sentence. `refused` and `problem` are not theirs
but what a message must say. Run here: python3 make.py"""
import json
import os
import pathlib
import shutil
import tempfile
import warnings

warnings.filterwarnings("ignore")
os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import torch
from sentence_transformers import SentenceTransformer
from transformers import (AutoModel, AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer,
                          BertTokenizerFast)

HERE = pathlib.Path(__file__).parent
BASE = HERE.parent / "sentences" / "mean"
TEXTS = {
    "left-truncation": ("cat cat cat cat cat the cat sat on the mat a dog hello world", None),
    "pair-truncation": ("the cat sat on the mat", "the cat sat on the"),
    "mlm-decoder-bias-only": ("the [MASK] sat", None),
    "multi-label-softmax": ("the cat", None),
    "regression-sigmoid": ("the cat", None),
    "roberta-pad-typed": ("the [PAD] cat sat", None),
    "tied-decoder-only": ("the cat", None),
    "st-max8": ("the cat sat on the mat a dog", None),
    "st-old": ("the cat sat", None),
    "st-st6": ("The Animal didn't cross the street.", None),
}
MESSAGES = {
    "html-in-config": {"refused": ["config.json", "field \"model_type\"", "expected an encoder", "found \"<img src="]},
    "normalizer-bomb": {"text": "hello", "problem": ["tokenizer"]},
    "nan-weights-crash": {"text": "the cat sat", "problem": ["NaN"]},
    "inf-weights-crash": {"text": "the cat sat", "problem": ["layer 2"]},
    "large-values-hang": {"text": "the cat sat"},
    "st-nopool": {"text": "the cat", "no_sentence": True},
}


def rounded(values):
    return [round(float(value), 6) for value in torch.as_tensor(values).flatten()]


def laid_over(name, place):
    """The folders st-* lie over a small model of tests/data/sentences."""
    if not name.startswith("st-"):
        return HERE / name
    folder = pathlib.Path(place) / name
    inner = folder / "0_Transformer" if (HERE / name / "0_Transformer").exists() else folder
    shutil.copytree(BASE, inner, ignore=lambda _, names: [n for n in names if n == "expected.json"])
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    return folder


def tokenizer_of(folder):
    if (folder / "tokenizer_config.json").exists():
        return AutoTokenizer.from_pretrained(folder)
    return BertTokenizerFast(vocab=str(folder / "vocab.txt"))


def expected(name, place):
    text, text_b = TEXTS[name]
    entry = {"text": text} | ({"text_b": text_b} if text_b else {})
    folder = laid_over(name, place)
    if name.startswith("st-"):
        return entry | {"sentence": rounded(SentenceTransformer(str(folder)).encode(text))}
    tokenizer = tokenizer_of(folder)
    limit = json.loads((folder / "config.json").read_text())["max_position_embeddings"]
    inputs = tokenizer(text, text_b, truncation=True, max_length=limit, return_tensors="pt")
    entry["ids"] = inputs.input_ids[0].tolist()
    inputs.pop("attention_mask")  # a typed padding token is attended to, as by this program
    with torch.no_grad():
        if name == "mlm-decoder-bias-only":
            logits = AutoModelForMaskedLM.from_pretrained(folder)(**inputs).logits[0]
            best = logits[entry["ids"].index(tokenizer.mask_token_id)].softmax(-1)
            entry["word"] = [tokenizer.convert_ids_to_tokens(int(best.argmax())), round(float(best.max()), 6)]
        elif name in ("multi-label-softmax", "regression-sigmoid"):
            logits = AutoModelForSequenceClassification.from_pretrained(folder)(**inputs).logits[0]
            entry["classes"] = rounded(logits.sigmoid() if name.startswith("multi") else logits)
        else:
            model = (AutoModelForMaskedLM.from_pretrained(folder).base_model if name == "tied-decoder-only"
                     else AutoModel.from_pretrained(folder, add_pooling_layer=False))
            entry["output"] = rounded(model(**inputs).last_hidden_state)
    return entry


def main():
    with tempfile.TemporaryDirectory() as place:
        result = MESSAGES | {name: expected(name, place) for name in TEXTS}
    lines = ["%s: %s" % (json.dumps(name), json.dumps(result[name])) for name in sorted(result)]
    (HERE / "expected.json").write_text("{\n%s\n}\n" % ",\n".join(lines))


main()
