#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders TYPE-HEAD-KIND-random: each type with each head, every other option and the kind of file by chance.

Needs what make_current.py needs, which says what is in a folder. The options: numbers of layers, heads and groups, widths,
activation, epsilon, token types, where positions begin, tied decoders.
"""
import random

import torch
import transformers as t

from make_current import make

KINDS = ["safetensors", "safetensors-f16", "safetensors-bf16", "safetensors-f64", "safetensors-prefixed", "bin", "bin-f16",
         "bin-bf16", "bin-f64", "bin-f8", "bin-sharded", "bin-strided", "bin-parameters", "bin-wrapped", "bin-prefixed",
         "bin-protocol5"]
HEADS = ["mlm", "untied", "classes", "multilabel", "regression", "tokens", "answer", "choice"]
ROBERTA = {"camembert": t.CamembertConfig, "roberta": t.RobertaConfig, "xlm-roberta": t.XLMRobertaConfig}


def configuration(model_type):
    heads = random.choice([1, 2, 4])
    width = heads * random.choice([2, 4])
    common = dict(vocab_size=random.randint(17, 25), hidden_size=width, num_hidden_layers=random.randint(1, 3),
                  num_attention_heads=heads, intermediate_size=random.choice([6, 11, 16]),
                  layer_norm_eps=random.choice([1e-12, 1e-6, 1e-5]),
                  hidden_act=random.choice(["gelu", "gelu_new", "relu", "silu", "gelu_pytorch_tanh", "gelu_python"]),
                  type_vocab_size=random.choice([2, 2, 3]), max_position_embeddings=24)
    if model_type in ROBERTA:
        return ROBERTA[model_type](**dict(common, type_vocab_size=random.choice([1, 2]), pad_token_id=random.choice([0, 1, 3])))
    if model_type == "albert":
        layers = random.choice([1, 2, 4])
        return t.AlbertConfig(**dict(common, num_hidden_layers=layers), embedding_size=random.choice([3, width]),
                              num_hidden_groups=random.choice([1, layers]))
    if model_type == "electra":
        return t.ElectraConfig(**common, embedding_size=random.choice([4, width]))
    if model_type == "mpnet":
        return t.MPNetConfig(**common)
    if model_type == "distilbert":
        return t.DistilBertConfig(vocab_size=common["vocab_size"], dim=width, n_layers=common["num_hidden_layers"],
                                  n_heads=heads, hidden_dim=common["intermediate_size"], max_position_embeddings=24,
                                  activation=random.choice(["gelu", "relu"]), sinusoidal_pos_embds=random.choice([True, False]))
    return t.BertConfig(**common)


def main():
    random.seed(13)
    torch.manual_seed(13)
    kinds = []
    for model_type in ["albert", "bert", "camembert", "distilbert", "electra", "mpnet", "roberta", "xlm-roberta"]:
        for head in HEADS + (["pretraining"] if model_type in ("albert", "bert", "electra") else []):
            if not kinds:
                kinds = random.sample(KINDS, len(KINDS))
            make(model_type, head, kinds.pop(), configuration(model_type), "-random", random.randint(6, 20))


main()
