#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one NAME.safetensors for each configuration below: random weights, and every intermediate of the encoder as
PyTorch computes it from them in float64, for several switch settings. Needs Debian's python3-torch.

Metadata: "config" (the fields of EncoderConfig), "ids" and "segments" (the input) and "cases" (name -> switches), all
JSON. Tensors: "weights.*", and for each case "CASE.*". Numbers are stored as float32: the weights are exactly those,
the results are rounded only when stored.
"""

import json
import math
import pathlib
import struct

import numpy as np
import torch
import torch.nn.functional as F

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

DEFAULTS = {
    "vocabulary_size": 9, "d_model": 8, "layers": 2, "heads": 2, "d_ff": 10, "embedding_size": 8,
    "positions": "sinusoidal", "max_positions": 7, "position_offset": 0, "token_types": 0,
    "embedding_scale": False, "embedding_norm": True, "activation": "relu", "norm_placement": "post",
    "norm_epsilon": 1e-5, "biases": True, "relative_buckets": 0,
}

SWITCHES = {
    "plain": {},
    "heads_off": {"heads_off": [[0, 1], [1, 0], [1, 1]]},
    "attention_off": {"attention_off": [0]},
    "feed_forward_off": {"feed_forward_off": [1]},
    "layer_off": {"layers_off": [0]},
    "positions_off": {"positions": False},
    "scale_changed": {"embedding_scale": "opposite"},
    "gelu_tanh_instead": {"activation": "gelu_tanh"},
    "identity_instead": {"activation": "identity"},
    "temperature": {"temperature": 0.25},
    "masked": {"masked_tokens": [1, 4]},
    "all_masked": {"masked_tokens": [0, 1, 2, 3, 4, 5]},
    "together": {"heads_off": [[1, 1]], "attention_off": [0], "positions": False, "activation": "silu",
                 "temperature": 2.0, "masked_tokens": [0]},
}

CONFIGURATIONS = {
    "paper": ({"embedding_scale": True, "embedding_norm": False}, list(SWITCHES)),
    "bert": ({"positions": "learned", "token_types": 2, "activation": "gelu", "norm_epsilon": 1e-12},
             ["plain", "masked", "together"]),
    "pre_norm": ({"norm_placement": "pre", "activation": "silu", "embedding_norm": False},
                 ["plain", "heads_off", "attention_off", "feed_forward_off", "layer_off", "together"]),
    "no_biases": ({"biases": False, "positions": "none", "activation": "gelu_tanh"}, ["plain", "heads_off"]),
    "projected_odd_d_k": ({"embedding_size": 5, "d_model": 9, "heads": 3, "activation": "gelu"},
                          ["plain", "heads_off", "temperature"]),
    "offset_positions": ({"positions": "learned", "position_offset": 2, "token_types": 1}, ["plain", "positions_off"]),
    "relative_bias": ({"positions": "learned", "relative_buckets": 8}, ["plain", "positions_off", "temperature"]),
    "d_k_of_one": ({"d_model": 5, "embedding_size": 5, "heads": 5, "d_ff": 3}, ["plain", "together"]),
}

IDS = [3, 0, 8, 3, 5, 1]
SEGMENTS = [0, 0, 0, 1, 1, 1]


def make_weights(c, seed):
    generator = np.random.default_rng(seed)
    weights = {}

    def add(name, *shape, mean=0.0, deviation=0.5):
        weights[name] = (mean + deviation * generator.normal(size=shape)).astype(np.float32)

    def linear(name, out, into):
        add(name + ".weight", out, into)
        if c["biases"]:
            add(name + ".bias", 1, out)

    def norm(name, width):
        add(name + ".gain", 1, width, mean=1.0, deviation=0.2)
        add(name + ".bias", 1, width)

    d, e = c["d_model"], c["embedding_size"]
    add("token", c["vocabulary_size"], e, deviation=1.0)
    if c["positions"] == "learned":
        add("position", c["max_positions"] + c["position_offset"], e)
    if c["token_types"]:
        add("token_type", c["token_types"], e)
    if c["embedding_norm"]:
        norm("norm", e)
    if e != d:
        linear("projection", d, e)
    for layer in range(c["layers"]):
        for name in ["query", "key", "value", "output"]:
            linear(f"{layer}.{name}", d, d)
        norm(f"{layer}.attention_norm", d)
        linear(f"{layer}.expand", c["d_ff"], d)
        linear(f"{layer}.shrink", d, c["d_ff"])
        norm(f"{layer}.feed_forward_norm", d)
    if c["norm_placement"] == "pre":
        norm("final_norm", d)
    if c["relative_buckets"]:
        add("relative_bias", c["relative_buckets"], c["heads"], deviation=1.0)
    return weights


ACTIVATIONS = {
    "relu": F.relu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "identity": torch.nn.Identity(),
}


def position_rows(c):
    """A token that is the padding token (RoBERTa: the id before the first row) has its row and is not counted."""
    offset = c["position_offset"]
    padding = offset - 1
    rows, following = [], offset
    for token in IDS:
        if offset > 0 and token == padding:
            rows.append(padding)
        else:
            rows.append(following)
            following += 1
    return torch.tensor(rows)


def sinusoids(positions, d):
    pe = torch.zeros(positions, d)
    position = torch.arange(positions).double().unsqueeze(1)
    rate = torch.exp(torch.arange(0, d, 2).double() * (-math.log(10000.0) / d))
    pe[:, 0::2] = torch.sin(position * rate)
    pe[:, 1::2] = torch.cos(position * rate)[:, : d // 2]
    return pe


def relative_bias(table, n, buckets):
    """[heads x n x n]; key position - query position, as in T5: one half of the buckets for keys after the query."""
    relative = torch.arange(n)[None, :] - torch.arange(n)[:, None]
    half = buckets // 2
    exact = half // 2
    result = torch.where(relative > 0, half, 0)
    distance = relative.abs()
    log_ratio = torch.log(distance.clamp(min=1).double() / exact) / math.log(128 / exact)
    far = (exact + (log_ratio * (half - exact)).long()).clamp(max=half - 1)
    result = result + torch.where(distance < exact, distance, far)
    return table[result].permute(2, 0, 1)


def run(c, weights, switches, differentiable=False):
    """Every intermediate by name; "table", the embedding table, only to differentiate by it."""
    w = {name: torch.from_numpy(value.astype(np.float64)) for name, value in weights.items()}
    out = {}
    if differentiable:
        out["table"] = w["token"].requires_grad_()
    n, d, heads = len(IDS), c["d_model"], c["heads"]
    d_k = d // heads
    masked = torch.zeros(n, dtype=torch.bool)
    masked[switches.get("masked_tokens", [])] = True

    def linear(name, x):
        bias = w.get(name + ".bias")
        return F.linear(x, w[name + ".weight"], None if bias is None else bias[0])

    def norm(name, x):
        epsilon = float(np.float32(c["norm_epsilon"]))
        return F.layer_norm(x, x.shape[-1:], w[name + ".gain"][0], w[name + ".bias"][0], epsilon)

    x = out["embedding.token"] = F.embedding(torch.tensor(IDS), w["token"])
    scale = c["embedding_scale"]
    if switches.get("embedding_scale") == "opposite":
        scale = not scale
    if scale:
        x = out["embedding.scaled"] = x * math.sqrt(d)
    positions_on = switches.get("positions", True)
    if c["positions"] != "none" and positions_on:
        if c["positions"] == "sinusoidal":
            out["embedding.position"] = sinusoids(n, c["embedding_size"])
        else:
            out["embedding.position"] = w["position"][position_rows(c)]
        x = x + out["embedding.position"]
    if c["token_types"]:
        out["embedding.token_type"] = w["token_type"][torch.tensor(SEGMENTS).clamp(max=c["token_types"] - 1)]
        x = x + out["embedding.token_type"]
    out["embedding.sum"] = x
    if c["embedding_norm"]:
        x = out["embedding.normalized"] = norm("norm", x)
    if "projection.weight" in w:
        x = linear("projection", x)
    out["embedding.output"] = x

    pre = c["norm_placement"] == "pre"
    activation = ACTIVATIONS[switches.get("activation", c["activation"])]
    for layer in range(c["layers"]):
        def keep(name, value):
            out[f"{layer}.{name}"] = value
            return value

        a = keep("attention_input", norm(f"{layer}.attention_norm", x)) if pre else x
        q = keep("query", linear(f"{layer}.query", a))
        k = keep("key", linear(f"{layer}.key", a))
        v = keep("value", linear(f"{layer}.value", a))
        concatenation = []
        for head in range(heads):
            part = slice(head * d_k, (head + 1) * d_k)
            raw = keep(f"{head}.raw_scores", q[:, part] @ k[:, part].T)
            scaled = raw / math.sqrt(d_k)
            if c["relative_buckets"] and positions_on:
                scaled = scaled + relative_bias(w["relative_bias"], n, c["relative_buckets"])[head]
            keep(f"{head}.scaled_scores", scaled)
            scores = (scaled / switches.get("temperature", 1.0)).masked_fill(masked, -math.inf)
            attention = torch.nan_to_num(torch.softmax(scores, dim=-1), nan=0.0)  # nothing to attend to: zeros
            keep(f"{head}.attention_weights", attention)
            z = keep(f"{head}.head_output", attention @ v[:, part])
            off = [layer, head] in switches.get("heads_off", [])
            concatenation.append(torch.zeros_like(z) if off else z)
        z = keep("attention_output", linear(f"{layer}.output", keep("concatenation", torch.cat(concatenation, dim=1))))
        summed = keep("attention_sum", x + z)
        attention_off = layer in switches.get("attention_off", [])
        result = x if attention_off else summed if pre else norm(f"{layer}.attention_norm", summed)
        keep("attention_result", result)

        f = keep("feed_forward_input", norm(f"{layer}.feed_forward_norm", result)) if pre else result
        hidden = keep("activated", activation(keep("expanded", linear(f"{layer}.expand", f))))
        added = keep("feed_forward_output", linear(f"{layer}.shrink", hidden))
        summed = keep("feed_forward_sum", result + added)
        if layer in switches.get("layers_off", []):
            pass
        elif layer in switches.get("feed_forward_off", []):
            x = result
        else:
            x = summed if pre else norm(f"{layer}.feed_forward_norm", summed)
        keep("output", x)
    out["output"] = norm("final_norm", x) if pre else x
    return out


def check_with_pytorch_layers(c, weights, out):
    """The plain run against PyTorch's own nn.TransformerEncoderLayer."""
    x = out["embedding.output"].unsqueeze(0)
    for layer in range(c["layers"]):
        module = torch.nn.TransformerEncoderLayer(c["d_model"], c["heads"], c["d_ff"], dropout=0.0, batch_first=True,
                                                  activation=ACTIVATIONS[c["activation"]],
                                                  layer_norm_eps=float(np.float32(c["norm_epsilon"])),
                                                  norm_first=c["norm_placement"] == "pre")
        get = lambda name: torch.from_numpy(weights[f"{layer}.{name}"].astype(np.float64)).squeeze(0)
        stacked = lambda kind: torch.cat([get(f"{name}.{kind}") for name in ["query", "key", "value"]])
        module.load_state_dict({
            "self_attn.in_proj_weight": stacked("weight"), "self_attn.in_proj_bias": stacked("bias"),
            "self_attn.out_proj.weight": get("output.weight"), "self_attn.out_proj.bias": get("output.bias"),
            "linear1.weight": get("expand.weight"), "linear1.bias": get("expand.bias"),
            "linear2.weight": get("shrink.weight"), "linear2.bias": get("shrink.bias"),
            "norm1.weight": get("attention_norm.gain"), "norm1.bias": get("attention_norm.bias"),
            "norm2.weight": get("feed_forward_norm.gain"), "norm2.bias": get("feed_forward_norm.bias"),
        })
        x = module.train()(x)
        assert torch.allclose(x[0], out[f"{layer}.output"], rtol=1e-12, atol=1e-12), layer


def write(path, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for name, value in tensors.items():
        raw = np.ascontiguousarray(value, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    for seed, (name, (changes, case_names)) in enumerate(CONFIGURATIONS.items()):
        config = {**DEFAULTS, **changes}
        model = make_weights(config, seed)
        stored = {"weights." + key: value for key, value in model.items()}
        for case in case_names:
            results = run(config, model, SWITCHES[case])
            if case == "plain" and config["biases"] and not config["relative_buckets"]:
                check_with_pytorch_layers(config, model, results)
            stored.update({f"{case}.{key}": value.numpy() for key, value in results.items()})
        write(here / f"{name}.safetensors",
              {"config": json.dumps(config), "ids": json.dumps(IDS), "segments": json.dumps(SEGMENTS),
               "cases": json.dumps({case: SWITCHES[case] for case in case_names})}, stored)


if __name__ == "__main__":
    main()
