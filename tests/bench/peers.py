# SPDX-License-Identifier: GPL-3.0-or-later
"""The encoder of bench_forward.cpp in ONNX Runtime and in PyTorch, with the same weights, returning the attention
weights, FFN activations and hidden states of every layer. Each peer runs in a process of its own:

    peers.py onnxruntime|pytorch THREADS

reads JSON commands from standard input, one a line, and answers each with one line of JSON."""

import faulthandler
import json
import math
import os
import sys
import time

import numpy as np

import peers_recent

HEAD_EPSILON = 1e-12  # norm_epsilon of the model


def read_weights(path, shape, vocabulary=1000, positions=512, types=2):
    """In the order of BenchModel::each_weight()."""
    if is_recent(shape):
        return peers_recent.read_weights(path, shape, vocabulary)
    layers, d, _, d_ff = shape
    weights = peers_recent.Weights(path)
    take = weights.take
    w = {"token": take(vocabulary, d), "position": take(positions, d), "type": take(types, d),
         "norm": (take(d), take(d)), "layers": []}
    for _ in range(layers):
        layer = {name: (take(d, d), take(d)) for name in ["query", "key", "value", "output"]}
        layer["attention_norm"] = (take(d), take(d))
        layer["expand"] = (take(d_ff, d), take(d_ff))
        layer["shrink"] = (take(d, d_ff), take(d))
        layer["feed_forward_norm"] = (take(d), take(d))
        w["layers"].append(layer)
    weights.end()
    return w


def is_recent(shape):
    """One of the kinds of peers_recent.py."""
    return len(shape) > 4


def ids_of(tokens):
    return np.array([(i * 37 + 11) % 1000 for i in range(tokens)], dtype=np.int64)


def time_runs(run, milliseconds):
    run()  # not timed: wakes threads and caches up
    times = []
    end = time.perf_counter() + milliseconds / 1000
    while True:
        start = time.perf_counter()
        run()
        now = time.perf_counter()
        times.append((now - start) * 1e6)
        if now >= end:
            return times


# ---------------------------------------------------------------------------------------------- ONNX Runtime

ONNX_VARIANTS = ["plain", "everything", "fused", "attention"]


def onnx_graph(w, shape, variant):
    """plain: the standard operators, for the runtime to optimize. everything: the same, with every intermediate that
    our trace holds as an output. fused: one product for Q, K and V, and the runtime's own operators for bias + GELU and
    residual + norm. attention: the standard's Attention operator, which can return its weights."""
    from onnx import TensorProto, helper, numpy_helper

    if is_recent(shape):
        return peers_recent.onnx_graph(w, shape, variant)
    layers, d, heads, d_ff = shape
    d_k = d // heads
    nodes, constants, outputs, count = [], [], [], 0

    def constant(value):
        name = f"c{len(constants)}"
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(kind, *inputs, results=1, domain="", **attributes):
        nonlocal count
        names = []
        for _ in range(results):
            names.append(f"t{count}")
            count += 1
        nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if results == 1 else names

    def keep(name, extra=False):
        if not extra or variant == "everything":
            outputs.append(name)
        return name

    def linear(x, pair):
        return op("Add", op("MatMul", x, constant(pair[0].T)), constant(pair[1]))

    def norm(x, pair):
        return op("LayerNormalization", x, constant(pair[0]), constant(pair[1]), axis=-1, epsilon=HEAD_EPSILON)

    def add_and_norm(x, added, pair):
        if variant == "fused":
            return op("SkipLayerNormalization", x, added, constant(pair[0]), constant(pair[1]), domain="com.microsoft",
                      epsilon=HEAD_EPSILON)
        return norm(keep(op("Add", x, added), True), pair)

    def split(x):
        return op("Transpose", op("Reshape", x, constant(np.array([0, 0, heads, d_k]))), perm=[0, 2, 1, 3])

    x = op("Gather", constant(w["token"]), "ids")
    x = op("Add", op("Add", x, "positions"), constant(w["type"][:1]))
    x = keep(norm(x, w["norm"]))
    for layer in w["layers"]:
        if variant == "fused":
            weight = np.concatenate([layer[name][0] for name in ["query", "key", "value"]])
            bias = np.concatenate([layer[name][1] for name in ["query", "key", "value"]])
            q, k, v = op("Split", linear(x, (weight, bias)), results=3, axis=2, num_outputs=3)
        else:
            q, k, v = (keep(linear(x, layer[name]), True) for name in ["query", "key", "value"])
        if variant == "attention":
            z, _, _, weights = op("Attention", q, k, v, results=4, q_num_heads=heads, kv_num_heads=heads,
                                  qk_matmul_output_mode=3)
            nodes[-1].output[1] = nodes[-1].output[2] = ""
            keep(weights)
        else:
            scores = op("MatMul", split(q), op("Transpose", split(k), perm=[0, 1, 3, 2]))
            weights = keep(op("Softmax", op("Mul", scores, constant(np.float32(1 / math.sqrt(d_k)))), axis=-1))
            z = op("Transpose", op("MatMul", weights, split(v)), perm=[0, 2, 1, 3])
            z = keep(op("Reshape", z, constant(np.array([0, 0, d]))), True)
        added = keep(linear(z, layer["output"]), True)
        x = keep(add_and_norm(x, added, layer["attention_norm"]), True)
        if variant == "fused":
            hidden = op("MatMul", x, constant(layer["expand"][0].T))
            hidden = keep(op("BiasGelu", hidden, constant(layer["expand"][1]), domain="com.microsoft"))
        else:
            hidden = keep(op("Gelu", keep(linear(x, layer["expand"]), True)))
        added = keep(linear(hidden, layer["shrink"]), True)
        x = keep(add_and_norm(x, added, layer["feed_forward_norm"]))

    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "encoder",
        [value("ids", TensorProto.INT64, [1, "n"]), value("positions", TensorProto.FLOAT, [1, "n", d])],
        [value(name, TensorProto.FLOAT, None) for name in outputs], constants)
    return helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 23),
                                                                  helper.make_opsetid("com.microsoft", 1)])


class OnnxRuntime:
    def __init__(self, threads):
        self.threads = threads
        self.sessions = {}

    def load(self, shape, weights):
        self.shape, self.weights = shape, read_weights(weights, shape)
        self.sessions = {}
        self.kept = []

    def variants(self):
        return peers_recent.ONNX_VARIANTS[self.shape[4]] if is_recent(self.shape) else ONNX_VARIANTS

    def session(self, variant):
        import onnxruntime

        if variant not in self.sessions:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
            options.log_severity_level = 3
            graph = onnx_graph(self.weights, self.shape, variant).SerializeToString()
            self.sessions[variant] = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return self.sessions[variant]

    def runner(self, variant, tokens):
        """A run into memory that is bound once where possible: nothing is copied for the caller."""
        import onnxruntime

        session = self.session(variant)
        if is_recent(self.shape):
            given = peers_recent.feeds(self.shape[4], tokens, self.shape)
            wanted = {one.name for one in session.get_inputs()}
            feed = {"ids": ids_of(tokens)[None], **{name: array for name, array in given.items() if name in wanted}}
        else:
            feed = {"ids": ids_of(tokens)[None], "positions": self.weights["position"][None, :tokens].copy()}
        names = [output.name for output in session.get_outputs()]
        first = session.run(names, feed)
        binding = session.io_binding()
        bound = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in [*feed.values(), *first]]
        for name, value in zip(feed, bound):
            binding.bind_ortvalue_input(name, value)
        for name, value in zip(names, bound[len(feed):]):
            binding.bind_ortvalue_output(name, value)
        self.kept.append((feed, first, bound))  # the binding only points at them
        self.result = first[-1][0]
        if variant == "attention":  # its weights cannot be bound: "Got invalid dimensions" in the second run
            return lambda: session.run(names, feed)
        return lambda: session.run_with_iobinding(binding)

    def version(self):
        import onnxruntime

        return onnxruntime.__version__


# --------------------------------------------------------------------------------------------------- PyTorch


class PyTorch:
    def __init__(self, threads):
        import torch

        torch.set_num_threads(threads)

    def load(self, shape, weights):
        import torch

        self.shape = shape
        tensors = lambda value: (
            {k: tensors(v) for k, v in value.items()} if isinstance(value, dict) else
            [tensors(v) for v in value] if isinstance(value, list) else
            tuple(tensors(v) for v in value) if isinstance(value, tuple) else
            None if value is None else torch.from_numpy(value.copy()))
        self.weights = tensors(read_weights(weights, shape))

    def variants(self):
        return ["eager", "script"]

    def runner(self, variant, tokens):
        import torch
        import torch.nn.functional as F

        w, (_, d, heads, *_) = self.weights, self.shape
        d_k = d // heads

        def forward(ids):
            n = ids.shape[0]
            x = F.embedding(ids, w["token"]) + w["position"][:n] + w["type"][0]
            x = F.layer_norm(x, (d,), *w["norm"], HEAD_EPSILON)
            kept = [x]
            for layer in w["layers"]:
                q, k, v = (F.linear(x, *layer[name]).view(n, heads, d_k).transpose(0, 1)
                           for name in ["query", "key", "value"])
                weights = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(d_k), dim=-1)
                z = F.linear((weights @ v).transpose(0, 1).reshape(n, d), *layer["output"])
                x = F.layer_norm(x + z, (d,), *layer["attention_norm"], HEAD_EPSILON)
                hidden = F.gelu(F.linear(x, *layer["expand"]))
                x = F.layer_norm(x + F.linear(hidden, *layer["shrink"]), (d,), *layer["feed_forward_norm"], HEAD_EPSILON)
                kept += [weights, hidden, x]
            return tuple(kept)

        if is_recent(self.shape):
            forward = peers_recent.torch_forward(w, self.shape, tokens)
        ids = torch.from_numpy(ids_of(tokens))
        with torch.inference_mode():
            if variant == "script":
                forward = torch.jit.trace(forward, ids, check_trace=False)
            self.result = forward(ids)[-1].numpy()

        def run():
            with torch.inference_mode():
                forward(ids)

        return run

    def version(self):
        import torch

        return torch.__version__


def main():
    faulthandler.enable()  # where a crash of the libraries was
    kind, threads = sys.argv[1], int(sys.argv[2])
    peer = {"onnxruntime": OnnxRuntime, "pytorch": PyTorch}[kind](threads)
    runners = {}
    for line in sys.stdin:
        command = json.loads(line)
        answer = None
        if command["do"] == "version":
            answer = peer.version()
        elif command["do"] == "load":
            runners.clear()
            peer.load(command["shape"], command["weights"])
        elif command["do"] == "variants":
            answer = peer.variants()
        elif command["do"] == "run":
            key = command["variant"], command["tokens"]
            if key not in runners:
                runners[key] = peer.runner(*key)
            answer = time_runs(runners[key], command["milliseconds"])
        elif command["do"] == "difference":
            peer.runner(command["variant"], command["tokens"])
            other = np.fromfile(command["output"], dtype=np.float32).reshape(peer.result.shape)
            answer = float(np.abs(other - peer.result).max())
        elif command["do"] == "forget":
            runners.clear()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
