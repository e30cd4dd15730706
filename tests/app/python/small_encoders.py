# SPDX-License-Identifier: GPL-3.0-or-later
"""Encoders of a few dozen numbers, each of which keeps what it computes, for the recorder's tests."""
import math

import torch
from torch import nn

N_TOKENS, D_MODEL, HEADS, D_FF = 50, 12, 3, 30


def split_heads(x, heads):
    return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


class Attention(nn.Module):
    """Queries, keys and values by three modules; the weights pass through a dropout module."""

    def __init__(self, heads=HEADS):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(D_MODEL, D_MODEL) for _ in range(3))
        self.out_proj = nn.Linear(D_MODEL, D_MODEL)
        self.dropout = nn.Dropout(0.3)

    def forward(self, x, kept):
        kept["attention.query"], kept["attention.key"] = self.q_proj(x)[0], self.k_proj(x)[0]
        kept["attention.value"] = self.v_proj(x)[0]
        query, key, value = (split_heads(kept["attention." + name][None], self.heads)
                             for name in ("query", "key", "value"))
        scores = query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])
        weights = self.dropout(torch.softmax(scores, -1))
        kept["attention.weights"] = weights[0]
        kept["attention.concatenation"] = (weights @ value).transpose(1, 2).reshape(x.shape)[0]
        kept["attention.output"] = self.out_proj(kept["attention.concatenation"])
        return kept["attention.output"][None]


class FusedAttention(nn.Module):
    """One projection; keys and values have one head, which all queries share; positions are turned into the scores."""

    def __init__(self):
        super().__init__()
        self.d_k = D_MODEL // HEADS
        self.Wqkv = nn.Linear(D_MODEL, D_MODEL + 2 * self.d_k)
        self.Wo = nn.Linear(D_MODEL, D_MODEL)
        self.dropout = nn.Dropout(0.0)

    def forward(self, x, kept):
        query, key, value = self.Wqkv(x)[0].split([D_MODEL, self.d_k, self.d_k], dim=1)
        kept["attention.query"] = query
        kept["attention.key"], kept["attention.value"] = key.repeat(1, HEADS), value.repeat(1, HEADS)
        heads = [query[:, head * self.d_k:(head + 1) * self.d_k] for head in range(HEADS)]
        distance = torch.arange(x.shape[1])
        bias = -(distance[:, None] - distance[None]).abs().float()
        kept["attention.weights"] = self.dropout(
            torch.softmax(torch.stack([one @ key.T / math.sqrt(self.d_k) + bias for one in heads]), -1)[None])[0]
        kept["attention.concatenation"] = torch.cat([weights @ value for weights in kept["attention.weights"]], 1)
        kept["attention.output"] = self.Wo(kept["attention.concatenation"])
        return kept["attention.output"][None]


class BiasedAttention(nn.Module):
    """As T5 has it: heads of their own width, scores that are not divided (or are, as in MPNet), and a bias for the distance,
    whose table the first layer has for all."""

    D_K, BUCKETS, GREATEST = 5, 8, 6

    def __init__(self, divides=False):
        super().__init__()
        self.heads = HEADS
        width = HEADS * self.D_K
        self.q, self.k, self.v = (nn.Linear(D_MODEL, width, bias=False) for _ in range(3))
        self.o = nn.Linear(width, D_MODEL, bias=False)
        self.relative_attention_bias = nn.Embedding(self.BUCKETS, HEADS)
        self.dropout = nn.Dropout(0.1)
        self.divides = divides

    @classmethod
    def row(cls, distance):
        """Of a key so far ahead of its query: 0 to 3 for one behind, 4 to 7 for one ahead."""
        side, away = (4 if distance > 0 else 0), abs(distance)
        return side + (away if away < 2 else min(2 + int(math.log(away / 2) / math.log(cls.GREATEST / 2) * 2), 3))

    def forward(self, x, kept):
        for name, module in (("query", self.q), ("key", self.k), ("value", self.v)):
            kept["attention." + name] = module(x)[0]
        query, key, value = (split_heads(kept["attention." + name][None], HEADS)[0] for name in ("query", "key", "value"))
        n = x.shape[1]
        rows = torch.tensor([[self.row(j - i) for j in range(n)] for i in range(n)])
        scores = query @ key.transpose(1, 2) / (math.sqrt(self.D_K) if self.divides else 1)
        scores = scores + self.relative_attention_bias(rows).permute(2, 0, 1)
        kept["attention.weights"] = self.dropout(torch.softmax(scores, -1)[None])[0]
        kept["attention.concatenation"] = (kept["attention.weights"] @ value).transpose(0, 1).reshape(n, -1)
        kept["attention.output"] = self.o(kept["attention.concatenation"])
        return kept["attention.output"][None]


class Layer(nn.Module):
    def __init__(self, activation=nn.functional.gelu, attention=Attention):
        super().__init__()
        self.attention = attention()
        self.fc1, self.fc2 = nn.Linear(D_MODEL, D_FF), nn.Linear(D_FF, D_MODEL)
        self.norm1, self.norm2 = nn.LayerNorm(D_MODEL), nn.LayerNorm(D_MODEL)
        self.activation = activation

    def forward(self, x, all_kept):
        all_kept.append(kept := {})
        x = self.norm1(x + self.attention(x, kept))
        kept["feed_forward.expanded"] = self.fc1(x)[0]
        kept["feed_forward.activation"] = self.activation(kept["feed_forward.expanded"])
        kept["feed_forward.output"] = self.fc2(kept["feed_forward.activation"])
        x = self.norm2(x + kept["feed_forward.output"][None])
        kept["output"] = x[0]
        return x


class GatedLayer(nn.Module):
    """Norms before the sublayers, and an FFN with a gate."""

    def __init__(self):
        super().__init__()
        self.attn = FusedAttention()
        self.mlp = nn.ModuleDict({"Wi": nn.Linear(D_MODEL, 2 * D_FF), "Wo": nn.Linear(D_FF, D_MODEL)})
        self.norm1, self.norm2 = nn.LayerNorm(D_MODEL), nn.LayerNorm(D_MODEL)

    def forward(self, x, all_kept):
        all_kept.append(kept := {})
        x = x + self.attn(self.norm1(x), kept)
        gate, value = self.mlp["Wi"](self.norm2(x)).chunk(2, dim=-1)
        kept["feed_forward.activation"] = (nn.functional.silu(gate) * value)[0]
        kept["feed_forward.output"] = self.mlp["Wo"](kept["feed_forward.activation"])
        x = x + kept["feed_forward.output"][None]
        kept["output"] = x[0]
        return x


class Encoder(nn.Module):
    """`layers` modules, each called `times`. `kept` is what the last run computed, layer by layer."""

    num_heads = HEADS

    def __init__(self, make_layer=Layer, layers=3, times=1, final_norm=False):
        super().__init__()
        torch.manual_seed(7)
        self.embedding = nn.Embedding(N_TOKENS, D_MODEL)
        self.layers = nn.ModuleList(make_layer() for _ in range(layers))
        for parameter in self.layers.parameters():
            parameter.data.add_(0.3 * torch.randn_like(parameter))
        self.times = times
        self.norm = nn.LayerNorm(D_MODEL) if final_norm else None
        self.kept = []

    def forward(self, ids):
        self.kept = []
        x = self.embedding(ids)
        for layer in self.layers:
            for _ in range(self.times):
                x = layer(x, self.kept)
        return self.norm(x) if self.norm else x


def biased_encoder(shared=True, **options):
    """One table for all layers, in the first, or one for each layer."""
    model = Encoder(lambda: Layer(attention=lambda: BiasedAttention(**options)))
    model.config = type("Config", (), {"relative_attention_max_distance": BiasedAttention.GREATEST,
                                       "d_kv": BiasedAttention.D_K})()
    if shared:
        table = model.layers[0].attention.relative_attention_bias
        for layer in list(model.layers)[1:]:
            layer.attention.relative_attention_bias = table
    return model


class PlainEncoder(nn.Module):
    """PyTorch's own layers."""

    def __init__(self, **options):
        super().__init__()
        torch.manual_seed(7)
        self.embedding = nn.Embedding(N_TOKENS, D_MODEL)
        layer = nn.TransformerEncoderLayer(D_MODEL, HEADS, D_FF, batch_first=True, **options)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        for parameter in self.encoder.parameters():
            parameter.data.add_(0.3 * torch.randn_like(parameter))

    def forward(self, ids):
        return self.encoder(self.embedding(ids))


def words(text, text_b=None):
    """A tokenizer: words, between the special tokens 1 and 2."""
    ids, pieces, offsets, special, sentence = [1], ["[CLS]"], [(0, 0)], [True], [0]
    for index, one in enumerate((text, text_b)):
        at = 0
        for word in (one or "").split():
            begin = one.index(word, at)
            at = begin + len(word)
            ids.append(3 + sum(map(ord, word)) % (N_TOKENS - 3))
            pieces.append(word)
            offsets.append((begin, at))
            special.append(False)
            sentence.append(index)
    return {"input_ids": ids + [2], "pieces": pieces + ["[SEP]"], "offsets": offsets + [(0, 0)],
            "special": special + [True], "sentence": sentence + [0]}
