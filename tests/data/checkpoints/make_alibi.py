#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders bert-HEAD-KIND-alibi...: Jina's second embedding models, which are BERT with code of their own.

Needs what make_recent.py needs, which says what is in a folder. The reference is the current implementation's BERT, in float64,
with what "Train Short, Test Long" (section 3) adds to the attention, the scores less slope * distance, and with the first layer
of a gated FFN ("GLU Variants Improve Transformer") in place of its own; config.json and names are as those models have them.
"""
import json
import math
import os
import shutil
import zlib

import torch
import transformers as t
from safetensors.torch import load_file, save_file
from torch import nn
from transformers.models.bert import modeling_bert

from make_current import common, heads, here, randomize, write
from make_recent import expected

own_code = "jinaai/jina-bert-implementation--"


def slopes(count):
    """2^(-8/n), 2^(-16/n) ... for n heads, a power of 2; of other numbers the next lower one's, and every second of the next
    higher one's."""
    power = 2 ** math.floor(math.log2(count))
    values = [2 ** (-8 * (i + 1) / power) for i in range(power)]
    return values if power == count else values + slopes(2 * power)[0::2][:count - power]


class Gated(nn.Module):
    def __init__(self, config, act):
        super().__init__()
        self.act = act
        self.gated_layers = nn.Linear(config.hidden_size, 2 * config.intermediate_size, bias=False)

    def forward(self, x):
        gate, value = self.gated_layers(x).chunk(2, -1)
        return self.act(gate) * value


def attention(module, query, key, value, attention_mask, scaling=None, **others):
    place = torch.arange(query.shape[-2])
    distance = (place[:, None] - place[None, :]).abs().to(query.dtype)
    slope = torch.tensor(slopes(query.shape[1]), dtype=query.dtype)
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5 - slope[:, None, None] * distance
    weights = torch.softmax(scores, -1)
    return (weights @ value).transpose(1, 2).contiguous(), weights


def opened(folder):
    """A model of masked words that make() has written, and the attention that modeling_bert needs for it."""
    with open(os.path.join(folder, "config.json")) as file:
        config = t.BertConfig(**json.load(file))
    config._attn_implementation = "eager"
    model = t.BertForMaskedLM(config).eval()
    for layer in model.bert.encoder.layer:
        layer.intermediate = Gated(config, {"geglu": nn.GELU(), "reglu": nn.ReLU()}[config.feed_forward_type])
    names = {"mlp.gated_layers": "intermediate.gated_layers", "mlp.wo": "output.dense", "mlp.layernorm": "output.LayerNorm"}
    tensors = {}
    for key, value in load_file(os.path.join(folder, "model.safetensors")).items():
        for theirs, ours in names.items():
            key = key.replace(theirs, ours)
        tensors[key] = value
    missing = model.load_state_dict(tensors, strict=False)
    assert not missing.unexpected_keys, missing
    model.tie_weights()
    model.bert.embeddings.position_embeddings.weight.data.zero_()
    return model, attention


def make(head, kind, name, feed_forward, **options):
    torch.manual_seed(zlib.crc32(name.encode()))
    auto, head_options = heads[head]
    config = t.BertConfig(**dict(common, **options), **head_options)
    config._attn_implementation = "eager"
    model = auto.from_config(config, attn_implementation="eager").eval()
    acts = {"geglu": nn.GELU(), "reglu": nn.ReLU()}
    if feed_forward in acts:
        for layer in model.bert.encoder.layer:
            layer.intermediate = Gated(config, acts[feed_forward])
    randomize(model)
    model.bert.embeddings.position_embeddings.weight.data.zero_()
    ids = torch.randint(5, config.vocab_size, (24,)).tolist()
    tied = getattr(model, "all_tied_weights_keys", {})
    tensors = {}
    for key, value in model.state_dict().items():
        if key in tied or "position_embeddings" in key:
            continue
        if feed_forward in acts:
            key = key.replace("intermediate.gated_layers", "mlp.gated_layers")
            if "attention" not in key:
                key = key.replace(".output.dense", ".mlp.wo").replace(".output.LayerNorm", ".mlp.layernorm")
        tensors[key] = value.clone()
    plain = modeling_bert.eager_attention_forward
    modeling_bert.eager_attention_forward = attention
    result = expected(model.double(), head, ids, [0] * 5 + [1] * 19)
    modeling_bert.eager_attention_forward = plain
    result["parameters"] -= config.max_position_embeddings * config.hidden_size
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    config.save_pretrained(folder)
    path = os.path.join(folder, "config.json")
    with open(path) as file:
        written = json.load(file)
    architecture = type(model).__name__.replace("Bert", "JinaBert")
    written |= {"position_embedding_type": "alibi", "feed_forward_type": feed_forward, "emb_pooler": "mean",
                "alibi_starting_size": 512, "max_position_embeddings": 8192, "architectures": [architecture],
                "auto_map": {"AutoConfig": own_code + "configuration_bert.JinaBertConfig",
                             "AutoModel": own_code + "modeling_bert.JinaBertModel",
                             "AutoModelForMaskedLM": own_code + "modeling_bert.JinaBertForMaskedLM"}}
    with open(path, "w") as file:
        json.dump(written, file, indent=2)
    write(folder, kind, tensors)
    save_file(result, os.path.join(folder, "expected.safetensors"))


def main():
    make("mlm", "safetensors", "bert-mlm-safetensors-alibi-geglu", "geglu", hidden_size=12, num_attention_heads=6)
    make("classes", "bin", "bert-classes-bin-alibi-reglu", "reglu")
    make("mlm", "safetensors", "bert-mlm-safetensors-alibi-original", "original")


if __name__ == "__main__":
    main()
