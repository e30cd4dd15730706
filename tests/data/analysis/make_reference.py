#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes reference.json: queries, keys, hidden states and FFN activations of a small made-up run, and what numpy
(float64) derives from them. Needs python3-numpy."""

import json
import pathlib

import numpy as np

layers, heads, tokens, d_model, d_ff = 3, 2, 5, 6, 7
d_k = d_model // heads
special = [0, tokens - 1]
ids, words, punctuation = [1, 7, 7, 8, 2], [-1, 0, 0, 1, -1], [3]
heads_off = {1: [0]}
attention_off = [2]

random = np.random.default_rng(7)


def numbers(*shape):
    return random.normal(size=shape).astype(np.float32).astype(np.float64)


query, key = 2 * numbers(layers, tokens, d_model), numbers(layers, tokens, d_model)
hidden = numbers(layers + 1, tokens, d_model) * np.array([3, 2, 1, 0.5, 0.2, 0.1])
attention_output, feed_forward_output = numbers(layers, tokens, d_model), numbers(layers, tokens, d_model)
activated = numbers(layers, tokens, d_ff)


def weights(layer, head):
    part = slice(head * d_k, (head + 1) * d_k)
    scores = query[layer][:, part] @ key[layer][:, part].T / np.sqrt(d_k)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


rollouts = []
rollout = np.eye(tokens)
for layer in range(layers):
    on = [h for h in range(heads) if h not in heads_off.get(layer, [])]
    if layer not in attention_off:
        rollout = (0.5 * np.mean([weights(layer, h) for h in on], axis=0) + 0.5 * np.eye(tokens)) @ rollout
    rollouts.append(rollout)



def mean_of_those(queries, keys_of, w):
    """The mean weight on keys_of(query) over the queries that have such keys."""
    sums = [w[query, keys_of(query)].sum() for query in queries if keys_of(query)]
    return np.mean(sums)


def others(values, query):
    return [key for key in range(tokens) if key != query and key not in special and values[key] == values[query]]


words_only = [token for token in range(tokens) if token not in special]
distance = np.abs(np.subtract.outer(np.arange(tokens), np.arange(tokens)))
statistics = []
for layer in range(layers):
    for head in range(heads):
        w = weights(layer, head)
        statistics.append([
            -(w * np.log2(w)).sum(axis=1).mean(),
            (w * distance).sum(axis=1).mean(),
            np.trace(w) / tokens,
            np.trace(w, offset=-1) / (tokens - 1),
            np.trace(w, offset=1) / (tokens - 1),
            w[:, special].sum(axis=1).mean(),
            (-(w * np.log2(w)).sum(axis=1) / np.log2(tokens)).mean(),
            w[:, 0].mean(),
            w[:, special[1:]].sum(axis=1).mean(),
            mean_of_those(words_only, lambda query: others(words, query), w),
            mean_of_those(words_only, lambda query: others(ids, query), w),
            np.mean([w[query, [key for key in punctuation if key != query]].sum() for query in range(tokens)]),
        ])

flat = hidden.reshape(-1, d_model)
centred = flat - flat.mean(axis=0)
_, singular, axes = np.linalg.svd(centred, full_matrices=False)
for axis in axes:
    axis *= np.sign(axis[np.abs(axis).argmax()])
unit = hidden[0] / np.linalg.norm(hidden[0], axis=1, keepdims=True)

out = {
    "layers": layers, "heads": heads, "tokens": tokens, "d_model": d_model, "d_ff": d_ff, "special": special,
    "ids": ids, "words": words, "punctuation": punctuation,
    "heads_off": [[layer, head] for layer, off in heads_off.items() for head in off],
    "attention_off": attention_off,
    "query": query, "key": key, "hidden": hidden, "attention_output": attention_output,
    "feed_forward_output": feed_forward_output, "activated": activated,
    "rollouts": rollouts,
    "statistics": statistics,
    "similarities": unit @ unit.T,
    "mean": flat.mean(axis=0), "axes": axes[:2], "points": (centred @ axes[:2].T).reshape(layers + 1, tokens, 2),
    "shares": (singular**2 / (singular**2).sum())[:2],
    "attention_lengths": [np.linalg.norm(a, axis=1) * (l not in attention_off)
                          for l, a in enumerate(attention_output)],
    "feed_forward_lengths": np.linalg.norm(feed_forward_output, axis=2),
    "hidden_lengths": np.linalg.norm(hidden, axis=2),
    "strongest": np.argsort(-np.abs(activated[1][2]))[:3],
    "active_share": (activated[1] > 0).mean(axis=1),
}


def plain(value):
    """Every array as one flat list, row by row."""
    if isinstance(value, (int, float)):
        return value
    return [float(x) for x in np.asarray(value).ravel()]


path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps({name: plain(value) for name, value in out.items()}, indent=1) + "\n")
