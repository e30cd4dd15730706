#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes gradients.safetensors: loss and gradient of small encoders by PyTorch's autograd.

For each case the parameters lie in one vector in the order of engine/learn/parameters.h. Needs torch and safetensors.
"""
import math
import pathlib

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

VOCABULARY, D, LAYERS, HEADS, D_FF, POSITIONS, EPSILON = 11, 8, 2, 2, 12, 16, 1e-5
IDS = [[2, 7, 8, 4, 3], [2, 9, 4, 6, 5, 10, 3], [2, 4, 3]]
LABELS = [{2: 8, 3: 6}, {2: 10, 3: 7}, {1: 5}]  # of each sentence: position -> piece


def shapes(case):
    yield "token", (VOCABULARY, D)
    if case == "bert":
        yield "position", (POSITIONS, D)
        yield "token_type", (2, D)
        yield "embedding_gain", (D,)
        yield "embedding_bias", (D,)
    for layer in range(LAYERS):
        for name, shape in (("qkv_weight", (3 * D, D)), ("qkv_bias", (3 * D,)), ("output_weight", (D, D)),
                            ("output_bias", (D,)), ("attention_gain", (D,)), ("attention_bias", (D,)),
                            ("expand_weight", (D_FF, D)), ("expand_bias", (D_FF,)), ("shrink_weight", (D, D_FF)),
                            ("shrink_bias", (D,)), ("feed_forward_gain", (D,)), ("feed_forward_bias", (D,))):
            yield f"{layer}.{name}", shape
    if case == "pre-norm":
        yield "final_gain", (D,)
        yield "final_bias", (D,)
    yield "words_bias", (VOCABULARY,)


def sinusoids(length):
    position = torch.arange(length, dtype=torch.float64)[:, None]
    wavelength = 10000 ** (torch.arange(0, D, 2, dtype=torch.float64) / D)
    result = torch.zeros(length, D, dtype=torch.float64)
    result[:, 0::2], result[:, 1::2] = torch.sin(position / wavelength), torch.cos(position / wavelength)
    return result


def run(case, p, ids):
    """Hidden states of one sentence."""
    def norm(x, name):
        return F.layer_norm(x, (D,), p[f"{name}_gain"], p[f"{name}_bias"], EPSILON)

    n = len(ids)
    x = p["token"][ids]
    if case == "bert":
        x = norm(x + p["position"][:n] + p["token_type"][0], "embedding")
    else:
        x = x * math.sqrt(D) + sinusoids(n)
    for layer in range(LAYERS):
        def linear(value, name):
            return F.linear(value, p[f"{layer}.{name}_weight"], p[f"{layer}.{name}_bias"])

        q, k, v = (part.view(n, HEADS, -1).transpose(0, 1)
                   for part in linear(norm(x, f"{layer}.attention") if case == "pre-norm" else x, "qkv").split(D, -1))
        weights = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(D // HEADS), -1)
        x = x + linear((weights @ v).transpose(0, 1).reshape(n, D), "output")
        if case != "pre-norm":
            x = norm(x, f"{layer}.attention")
        expanded = linear(norm(x, f"{layer}.feed_forward") if case == "pre-norm" else x, "expand")
        activation = {"bert": F.gelu, "identity": torch.nn.Identity()}.get(case, F.relu)
        x = x + linear(activation(expanded), "shrink")
        if case != "pre-norm":
            x = norm(x, f"{layer}.feed_forward")
    return norm(x, "final") if case == "pre-norm" else x


def main():
    torch.manual_seed(3)
    tensors = {}
    for case in ("paper", "bert", "pre-norm", "identity"):
        p = {}
        for name, shape in shapes(case):
            value = torch.randn(shape, dtype=torch.float64) * 0.4
            if name.endswith("gain"):
                value += 1
            # The stored numbers are float32: compute with exactly these.
            p[name] = value.float().double().requires_grad_()
        loss = 0
        for ids, labels in zip(IDS, LABELS):
            logits = run(case, p, ids)[list(labels)] @ p["token"].T + p["words_bias"]
            loss = loss + F.cross_entropy(logits, torch.tensor(list(labels.values())), reduction="sum")
        loss.backward()
        tensors[f"{case}.parameters"] = torch.cat([v.detach().flatten() for v in p.values()]).float()
        tensors[f"{case}.gradient"] = torch.cat([v.grad.flatten() for v in p.values()]).float()
        tensors[f"{case}.loss"] = loss.detach().float().reshape(1)
    save_file(tensors, pathlib.Path(__file__).with_name("gradients.safetensors"))


if __name__ == "__main__":
    main()
