#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders TYPE-HEAD-KIND in this folder, and what the current reference implementation computes with them.

Needs transformers (5.24), torch (2.15), safetensors, numpy. Each type with each head, and each kind of file with several
of them. A folder gets config.json, the weights, and expected.safetensors: input.ids, input.types, hidden.<i>
(0 = embedding output), attention.<i> (from 1, heads x n x n), and mlm.logits, class.logits, class.values (as the
text-classification pipeline gives them), token.logits, answer.logits, replaced.logits where the model has them.
"""
import json
import os
import shutil
import sys

import torch
import transformers as t
from safetensors.torch import load_file, save_file

here = os.path.dirname(os.path.abspath(__file__))
vocabulary = 23
common = dict(vocab_size=vocabulary, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
              max_position_embeddings=30)
roberta = dict(common, max_position_embeddings=32, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5)
configurations = {
    "albert": t.AlbertConfig(**dict(common, num_hidden_layers=3), embedding_size=4, num_hidden_groups=1),
    "bert": t.BertConfig(**common),
    "camembert": t.CamembertConfig(**roberta),
    "distilbert": t.DistilBertConfig(vocab_size=vocabulary, dim=8, n_layers=2, n_heads=2, hidden_dim=12,
                                     max_position_embeddings=30),
    "electra": t.ElectraConfig(**common, embedding_size=4),
    "mpnet": t.MPNetConfig(**dict(common, max_position_embeddings=32)),
    "roberta": t.RobertaConfig(**roberta),
    "xlm-roberta": t.XLMRobertaConfig(**roberta),
}
heads = {
    "mlm": (t.AutoModelForMaskedLM, {}),
    "classes": (t.AutoModelForSequenceClassification, dict(num_labels=3)),
    "multilabel": (t.AutoModelForSequenceClassification, dict(num_labels=2, problem_type="multi_label_classification")),
    "regression": (t.AutoModelForSequenceClassification, dict(num_labels=1, problem_type="regression")),
    "tokens": (t.AutoModelForTokenClassification, dict(num_labels=5)),
    "answer": (t.AutoModelForQuestionAnswering, {}),
    "choice": (t.AutoModelForMultipleChoice, {}),
    "pretraining": (t.AutoModelForPreTraining, {}),
    "untied": (t.AutoModelForMaskedLM, dict(tie_word_embeddings=False)),
}
# Every head with every type, and every kind of file with several types and heads.
folders = [
    ("albert", "mlm", "bin"), ("albert", "classes", "bin-sharded"), ("albert", "tokens", "safetensors"),
    ("albert", "answer", "bin-protocol5"),
    ("bert", "mlm", "bin"), ("bert", "classes", "bin-f16"), ("bert", "multilabel", "safetensors"),
    ("bert", "regression", "bin-strided"), ("bert", "tokens", "bin-wrapped"), ("bert", "answer", "safetensors"),
    ("bert", "choice", "bin"), ("bert", "pretraining", "safetensors-f64"), ("bert", "untied", "safetensors"),
    ("bert", "mlm", "safetensors-prefixed"),
    ("camembert", "mlm", "bin-sharded"), ("camembert", "classes", "safetensors"), ("camembert", "tokens", "bin"),
    ("camembert", "answer", "bin-f64"),
    ("distilbert", "mlm", "bin"), ("distilbert", "classes", "bin-parameters"), ("distilbert", "tokens", "bin-bf16"),
    ("distilbert", "answer", "safetensors"), ("distilbert", "regression", "bin"),
    ("electra", "mlm", "bin-strided"), ("electra", "classes", "bin"), ("electra", "tokens", "safetensors"),
    ("electra", "answer", "bin"), ("electra", "pretraining", "bin"),
    ("mpnet", "mlm", "bin"), ("mpnet", "classes", "safetensors"), ("mpnet", "tokens", "bin-f8"),
    ("mpnet", "answer", "bin-sharded"),
    ("roberta", "mlm", "bin"), ("roberta", "multilabel", "bin"), ("roberta", "tokens", "safetensors-f16"),
    ("roberta", "answer", "bin-protocol5"), ("roberta", "untied", "bin"),
    ("xlm-roberta", "mlm", "safetensors"), ("xlm-roberta", "classes", "bin"), ("xlm-roberta", "tokens", "bin-prefixed"),
    ("xlm-roberta", "answer", "safetensors-bf16"),
]
dtypes = {"f16": torch.float16, "bf16": torch.bfloat16, "f64": torch.float64, "f8": torch.float8_e4m3fn}


def randomize(model):
    """Weights large enough that a wrong one shows."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "orm" in name and name.endswith("weight"):
                parameter.uniform_(0.5, 1.5)
            elif parameter.dim() == 1:
                parameter.uniform_(-0.3, 0.3)
            else:
                parameter.normal_(0, 0.35)


def labels_values(head, logits):
    return {"classes": torch.softmax(logits, -1), "multilabel": torch.sigmoid(logits), "regression": logits}[head]


def expected(model, head, ids, types):
    inputs = dict(input_ids=torch.tensor([ids]))
    if getattr(model.config, "type_vocab_size", 0) >= 2 and model.config.model_type != "mpnet":
        inputs["token_type_ids"] = torch.tensor([types])
    if head == "choice":
        model = model.base_model
    with torch.no_grad():
        out = model(**inputs, output_hidden_states=True, output_attentions=True)
    result = {"input.ids": torch.tensor(ids), "input.types": torch.tensor(types)}
    for i, hidden in enumerate(out.hidden_states):
        result[f"hidden.{i}"] = hidden[0]
    for i, weights in enumerate(out.attentions):
        result[f"attention.{i + 1}"] = weights[0]
    electra = model.config.model_type == "electra"
    if head in ("mlm", "untied") or head == "pretraining" and not electra:
        result["mlm.logits"] = out.get("prediction_logits", out.get("logits"))[0]
    elif head == "pretraining":
        result["replaced.logits"] = out.logits[0]
    elif head in ("classes", "multilabel", "regression"):
        logits = out.logits[0]
        result["class.logits"] = logits
        result["class.values"] = labels_values(head, logits)
    elif head == "tokens":
        result["token.logits"] = out.logits[0]
    elif head == "answer":
        result["answer.logits"] = torch.stack([out.start_logits[0], out.end_logits[0]])
    return {name: value.clone().float().contiguous() if value.is_floating_point() else value.clone()
            for name, value in result.items()}


def strided(tensors):
    """Every other matrix transposed in memory, the rest as parts of one storage."""
    result, whole = {}, torch.zeros(sum(v.numel() for v in tensors.values()))
    at = 0
    for i, (name, value) in enumerate(tensors.items()):
        if value.dim() == 2 and i % 2:
            result[name] = value.t().contiguous().t()
        else:
            part = whole[at:at + value.numel()].view(value.shape)
            part.copy_(value)
            result[name] = part
            at += value.numel()
    return result


def write(folder, kind, tensors):
    file_type, _, option = kind.partition("-")
    if option in dtypes:
        tensors = {k: v.to(dtypes[option]) if v.is_floating_point() else v for k, v in tensors.items()}
    if option == "prefixed":
        outer = "_orig_mod." if file_type == "safetensors" else "model."
        tensors = {outer + k: v for k, v in tensors.items()}
    if file_type == "safetensors":
        save_file({k: v.clone().contiguous() for k, v in tensors.items()}, os.path.join(folder, "model.safetensors"),
                  {"format": "pt"})
        return
    path = os.path.join(folder, "pytorch_model.bin")
    if option == "sharded":
        names = sorted(tensors)
        parts = {f"pytorch_model-{i + 1:05}-of-00002.bin": names[i::2] for i in range(2)}
        for part, keys in parts.items():
            torch.save({key: tensors[key] for key in keys}, os.path.join(folder, part))
        with open(path + ".index.json", "w") as file:
            json.dump({"metadata": {}, "weight_map": {k: part for part, keys in parts.items() for k in keys}}, file)
    elif option == "strided":
        torch.save(strided(tensors), path)
    elif option == "parameters":
        torch.save({k: torch.nn.Parameter(v) if v.is_floating_point() else v for k, v in tensors.items()}, path)
    elif option == "wrapped":
        torch.save({"epoch": 3, "best": 0.5, "state_dict": tensors}, path)
    elif option == "protocol5":
        torch.save(tensors, path, pickle_protocol=5)
    else:
        torch.save(tensors, path)


def make(model_type, head, kind, configuration=None, suffix="", tokens=9):
    folder = os.path.join(here, f"{model_type}-{head}-{kind}{suffix}")
    shutil.rmtree(folder, ignore_errors=True)
    auto, options = heads[head]
    configuration = configuration or configurations[model_type]
    config = type(configuration)(**{**configuration.to_diff_dict(), **options})
    config._attn_implementation = "eager"
    model = auto.from_config(config, attn_implementation="eager").eval()
    randomize(model)
    option = kind.partition("-")[2]
    if option in dtypes:
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(parameter.to(dtypes[option]).float())
    ids = torch.randint(5, config.vocab_size, (tokens,)).tolist()
    os.makedirs(folder)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    tied = getattr(model, "all_tied_weights_keys", {}) if kind.startswith("safetensors") else {}
    write(folder, kind, {k: v for k, v in model.state_dict().items() if k not in tied})
    save_file(expected(model, head, ids, [0] * 5 + [1] * (tokens - 5)), os.path.join(folder, "expected.safetensors"))


def main():
    torch.manual_seed(1)
    wanted = sys.argv[1:]
    for folder in folders:
        if not wanted or "-".join(folder) in wanted:
            make(*folder)


if __name__ == "__main__":
    main()
