#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes comparison.json: what numpy (float64) says of the run in reference.json next to another one with 4 tokens
and 4 dimensions: Jensen-Shannon distances of all heads, their classical scaling, linear CKA of all hidden states, the
attention of units of tokens, relative changes of a matrix. Needs python3-numpy."""

import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
run = json.loads((here / "reference.json").read_text())
layers, heads, tokens, d_model = run["layers"], run["heads"], run["tokens"], run["d_model"]
d_k = d_model // heads
query = np.array(run["query"]).reshape(layers, tokens, d_model)
key = np.array(run["key"]).reshape(layers, tokens, d_model)
hidden = np.array(run["hidden"]).reshape(layers + 1, tokens, d_model)

random = np.random.default_rng(11)


def numbers(*shape):
    return random.normal(size=shape).astype(np.float32).astype(np.float64)


def weights(layer, head):
    part = slice(head * d_k, (head + 1) * d_k)
    scores = query[layer][:, part] @ key[layer][:, part].T / np.sqrt(d_k)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def divergence(p, q):
    """Jensen-Shannon divergence of each row, in bits."""
    m = (p + q) / 2
    return (p * np.log2(p / m) + q * np.log2(q / m)).sum(axis=1) / 2


all_heads = [weights(layer, head) for layer in range(layers) for head in range(heads)]
distances = np.array([[np.sqrt(divergence(p, q).mean()) for q in all_heads] for p in all_heads])


def scaled(distances):
    n = len(distances)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ (distances**2) @ centre / 2)
    order = np.argsort(-values)[:2]
    points = vectors[:, order] * np.sqrt(np.maximum(values[order], 0))
    for column in points.T:
        column *= np.sign(column[np.abs(column).argmax()])
    return points, values[order] / values[values > 0].sum()


points, shares = scaled(distances)

# Tokens 0 and 4 have a partner each, 1 and 2 one together, 3 two; token 3 of the other run has none.
other_tokens, other_width, other_layers = 6, 4, 2
other = numbers(other_layers + 1, other_tokens, other_width)
units = [([0], [0]), ([1, 2], [1]), ([3], [2, 4]), ([4], [5])]


def cka(x, y):
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return np.linalg.norm(y.T @ x) ** 2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y))


def rows(values, side):
    return np.array([values[unit[side]].mean(axis=0) for unit in units])


similarities = [[cka(rows(a, 0), rows(b, 1)) for b in other] for a in hidden]

# The other run's rows and attention on the tokens of this one.
attention = np.abs(numbers(other_tokens, other_tokens))
attention /= attention.sum(axis=1, keepdims=True)
on_tokens = np.zeros((tokens, tokens))
row_means = np.zeros((tokens, other_width))
for now, reference in units:
    for i in now:
        row_means[i] = other[0][reference].mean(axis=0)
        for to_now, to_reference in units:
            share = attention[np.ix_(reference, to_reference)].mean(axis=0).sum() / len(to_now)
            on_tokens[i, to_now] = share

base, tuned = numbers(4, 5), numbers(4, 5)

out = {
    "distances": distances, "points": points, "shares": shares, "other": other, "similarities": similarities,
    "attention": attention, "attention_on_tokens": on_tokens, "rows_on_tokens": row_means,
    "base": base, "tuned": tuned,
    "change": [np.linalg.norm(tuned - base) / np.linalg.norm(base)],
}
(here / "comparison.json").write_text(
    json.dumps({name: [float(x) for x in np.asarray(value).ravel()] for name, value in out.items()}, indent=1) + "\n")
