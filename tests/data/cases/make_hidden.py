#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies small models that were once read wrongly, and writes what the reference implementation computes with them:
each folder's own expected.json, for the engine's test. (make.py makes the one for the window's.)

    python3 make_hidden.py CASES     needs transformers (5.24), torch (2.15), safetensors, numpy

CASES is a folder of such inputs, one folder each; it is needed only to make the copies again. Each gets expected.json,
computed in float64: {"text", "text_b", "ids", "types", "hidden": the last hidden state, row by row, "mlm": logits of masked words, row by row,
"values": of the classes, as the text-classification pipeline gives them}; null where a number is not finite.
"""
import json
import math
import os
import pathlib
import shutil
import sys

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import torch
import transformers as t

HERE = pathlib.Path(__file__).parent
CASES = {
    "inf-weights-crash": ("the cat sat", None),
    "large-values-hang": ("the cat sat", None),
    "left-truncation": ("cat cat cat cat cat the cat sat on the mat a dog hello world", None),
    "mlm-decoder-bias-only": ("the [MASK] sat", None),
    "multi-label-softmax": ("the cat", None),
    "nan-weights-crash": ("the cat sat", None),
    "pair-truncation": ("the cat sat on the mat", "the cat sat on the"),
    "regression-sigmoid": ("the cat", None),
    "roberta-pad-typed": ("the [PAD] cat sat", None),
    "tied-decoder-only": ("the cat", None),
}


def numbers(tensor):
    return [[round(x, 6) if math.isfinite(x) else None for x in row] for row in tensor.tolist()]


def expected(folder, text, text_b):
    config = t.AutoConfig.from_pretrained(folder)
    settings = json.loads((folder / "tokenizer_config.json").read_text()) if (folder / "tokenizer_config.json").exists() else {}
    tokenizer = t.BertTokenizer.from_pretrained(folder, **settings)
    inputs = tokenizer(text, text_b, truncation="longest_first" if text_b else True, return_tensors="pt",
                       max_length=min(config.max_position_embeddings, settings.get("model_max_length", 10 ** 9)))
    result = {"text": text, "text_b": text_b, "ids": inputs["input_ids"][0].tolist(),
              "types": inputs["token_type_ids"][0].tolist()}
    head = config.architectures[0].partition("For")[2]
    kind = getattr(t, "AutoModelFor" + head if head else "AutoModel")
    model = kind.from_pretrained(folder, attn_implementation="eager").eval().double()
    with torch.no_grad():
        if config.type_vocab_size == 1:
            inputs["token_type_ids"] = torch.zeros_like(inputs["token_type_ids"])
        inputs.pop("attention_mask")
        out = model(**inputs, output_hidden_states=True)
    result["hidden"] = numbers(out.hidden_states[-1][0])
    if head == "MaskedLM":
        result["mlm"] = numbers(out.logits[0])
    elif head == "SequenceClassification":
        pipe = t.pipeline("text-classification", model=model, tokenizer=tokenizer, top_k=None)
        found = {one["label"]: one["score"] for one in pipe([text])[0]}
        result["values"] = [round(found[config.id2label[i]], 6) for i in range(config.num_labels)]
    return result


def main():
    cases = pathlib.Path(sys.argv[1])
    for name, (text, text_b) in CASES.items():
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path in (cases / name).iterdir():
            if not path.name.startswith(("README", "REPRO")):
                shutil.copyfile(path, folder / path.name)
        (folder / "expected.json").write_text(json.dumps(expected(folder, text, text_b)) + "\n")
    # Not a model: its type is what a window must not take for a picture.
    (HERE / "html-in-config").mkdir(exist_ok=True)
    shutil.copyfile(cases / "html-in-config/config.json", HERE / "html-in-config/config.json")


main()
