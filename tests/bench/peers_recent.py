# SPDX-License-Identifier: GPL-3.0-or-later
"""ModernBERT's and DeBERTa-v3's encoders for peers.py: weights as bench_model.h writes them, ONNX graphs, PyTorch functions.

Relative positions of DeBERTa come projected, as a graph that folds its constants has them."""

import math

import numpy as np

EPSILON = {"modernbert": 1e-5, "deberta": 1e-7}
ONNX_VARIANTS = {"modernbert": ["plain", "everything", "fused"], "deberta": ["plain", "everything", "fused", "near"]}
BASES, EVERY, WINDOW = (160000.0, 10000.0), 3, 64  # bench_model.h
BUCKETS, GREATEST, SPAN = 256, 512, 256


class Weights:
    """A file of raw float32, read from its beginning."""

    def __init__(self, path):
        self.data = np.fromfile(path, dtype=np.float32)
        self.at = 0

    def take(self, *dimensions):
        begin = self.at
        self.at += int(np.prod(dimensions))
        return self.data[begin : self.at].reshape(dimensions)

    def end(self):
        assert self.at == len(self.data), (self.at, len(self.data))


def read_weights(path, shape, vocabulary=1000):
    """In the order of BenchModel::each_weight()."""
    layers, d, _, d_ff, kind = shape
    modern = kind == "modernbert"
    weights = Weights(path)
    take = weights.take
    linear = lambda out, into: (take(out, into), None if modern else take(out))
    norm = lambda: (take(d), None if modern else take(d))
    w = {"token": take(vocabulary, d), "norm": norm(), "layers": []}
    for index in range(layers):
        layer = {name: linear(d, d) for name in ["query", "key", "value", "output"]}
        layer["attention_norm"] = None if modern and index == 0 else norm()
        layer["expand"] = linear(d_ff, d)
        if modern:
            layer["gate_value"] = linear(d_ff, d)
        layer["shrink"] = linear(d, d_ff)
        layer["feed_forward_norm"] = norm()
        if not modern:
            layer["relative_key"], layer["relative_query"] = take(2 * SPAN, d), take(2 * SPAN, d)
        w["layers"].append(layer)
    if modern:
        w["final_norm"] = norm()
    weights.end()
    return w


def is_local(layer):
    return layer % EVERY != 0


def turns(tokens, d_k, base):
    """Cosine and sine for both halves of a head [tokens x d_k]."""
    angle = np.arange(tokens)[:, None] * base ** (-2 * np.arange(d_k // 2) / d_k)[None]
    both = lambda values: np.concatenate([values, values], -1).astype(np.float32)
    return both(np.cos(angle)), both(np.sin(angle))


def window_mask(tokens):
    place = np.arange(tokens)
    return np.where(np.abs(place[:, None] - place[None]) <= WINDOW, 0.0, -np.inf).astype(np.float32)


def relative_rows(tokens):
    """The row of the tables for query i and key j [tokens x tokens]."""
    place = np.arange(tokens)
    distance = (place[:, None] - place[None]).astype(np.float64)
    middle, away = BUCKETS // 2, np.abs(distance)
    grown = np.ceil(np.log(np.maximum(away, 1) / middle) / math.log((GREATEST - 1) / middle) * (middle - 1)) + middle
    bucket = np.where(away <= middle, distance, np.sign(distance) * grown)
    return np.clip(bucket + SPAN, 0, 2 * SPAN - 1).astype(np.int64)


def feeds(kind, tokens, shape):
    """What the graphs read besides the ids."""
    _, d, heads, _, _ = shape
    if kind == "modernbert":
        result = {"mask": window_mask(tokens)}
        for name, base in zip(["global", "local"], BASES):
            result["cos_" + name], result["sin_" + name] = turns(tokens, d // heads, base)
        return result
    rows = relative_rows(tokens)
    low = int(rows.min())
    index = np.broadcast_to(rows - low, (1, heads, tokens, tokens)).copy()
    whole = np.broadcast_to(rows, (1, heads, tokens, tokens)).copy()
    return {"rows": whole, "near_rows": index, "first": np.array([low]), "last": np.array([int(rows.max()) + 1])}


class Graph:
    def __init__(self, w, shape, variant):
        self.w, self.variant = w, variant
        self.layers, self.d, self.heads, self.d_ff, self.kind = shape
        self.d_k, self.epsilon = self.d // self.heads, EPSILON[self.kind]
        self.nodes, self.constants, self.outputs, self.count = [], [], [], 0

    def constant(self, value):
        from onnx import numpy_helper
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind, *inputs, results=1, domain="", **attributes):
        from onnx import helper
        names = [f"t{self.count + i}" for i in range(results)]
        self.count += results
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if results == 1 else names

    def keep(self, name, extra=False):
        if not extra or self.variant == "everything":
            self.outputs.append(name)
        return name

    def linear(self, x, pair):
        product = self.op("MatMul", x, self.constant(pair[0].T))
        return product if pair[1] is None else self.op("Add", product, self.constant(pair[1]))

    def joined(self, x, pairs):
        """Several products of the same x: one where the variant fuses."""
        if self.variant not in ("fused", "near"):
            return [self.keep(self.linear(x, pair), True) for pair in pairs]
        bias = None if pairs[0][1] is None else np.concatenate([pair[1] for pair in pairs])
        whole = self.linear(x, (np.concatenate([pair[0] for pair in pairs]), bias))
        return self.op("Split", whole, results=len(pairs), axis=2, num_outputs=len(pairs))

    def norm(self, x, pair):
        scale = [self.constant(part) for part in pair if part is not None]
        return self.op("LayerNormalization", x, *scale, axis=-1, epsilon=self.epsilon)

    def add_and_norm(self, x, added, pair):
        """The sum and its norm."""
        if self.variant in ("fused", "near"):
            scale = [self.constant(part) for part in pair if part is not None]
            normed, _, _, total = self.op("SkipLayerNormalization", x, added, *scale, results=4, domain="com.microsoft",
                                          epsilon=self.epsilon)
            self.nodes[-1].output[1] = self.nodes[-1].output[2] = ""
            return total, normed
        total = self.keep(self.op("Add", x, added), True)
        return total, self.norm(total, pair)

    def split(self, x):
        return self.op("Transpose", self.op("Reshape", x, self.constant(np.array([0, 0, self.heads, self.d_k]))),
                       perm=[0, 2, 1, 3])

    def rotated(self, x, where):
        low, high = self.op("Split", x, results=2, axis=3, num_outputs=2)
        half = self.op("Concat", self.op("Neg", high), low, axis=3)
        return self.op("Add", self.op("Mul", x, "cos_" + where), self.op("Mul", half, "sin_" + where))

    def head_outputs(self, scores, v):
        weights = self.keep(self.op("Softmax", scores, axis=-1))
        z = self.op("Transpose", self.op("MatMul", weights, v), perm=[0, 2, 1, 3])
        return self.keep(self.op("Reshape", z, self.constant(np.array([0, 0, self.d]))), True)

    def scaled(self, q, k, products=1):
        scores = self.op("MatMul", q, self.op("Transpose", k, perm=[0, 1, 3, 2]))
        return scores, self.constant(np.float32(1 / math.sqrt(self.d_k * products)))

    def modernbert(self):
        x = self.keep(self.norm(self.op("Gather", self.constant(self.w["token"]), "ids"), self.w["norm"]))
        normed = x
        for index, layer in enumerate(self.w["layers"]):
            where = "local" if is_local(index) else "global"
            q, k, v = map(self.split, self.joined(normed, [layer[name] for name in ["query", "key", "value"]]))
            scores, scale = self.scaled(self.rotated(q, where), self.rotated(k, where))
            scores = self.op("Mul", scores, scale)
            if is_local(index):
                scores = self.op("Add", scores, "mask")
            added = self.keep(self.linear(self.head_outputs(scores, v), layer["output"]), True)
            x, normed = self.add_and_norm(x, added, layer["feed_forward_norm"])
            gate, value = self.joined(normed, [layer["expand"], layer["gate_value"]])
            neurons = self.keep(self.op("Mul", self.op("Gelu", gate), value))
            added = self.keep(self.linear(neurons, layer["shrink"]), True)
            last = index + 1 == self.layers
            following = self.w["final_norm"] if last else self.w["layers"][index + 1]["attention_norm"]
            x, normed = self.add_and_norm(x, added, following)
            self.keep(x)
        self.keep(normed)

    def deberta(self):
        near = self.variant == "near"
        x = self.keep(self.norm(self.op("Gather", self.constant(self.w["token"]), "ids"), self.w["norm"]))
        for layer in self.w["layers"]:
            q, k, v = map(self.split, self.joined(x, [layer[name] for name in ["query", "key", "value"]]))

            def product(x, table):
                # [heads x d_k x rows]; near: only the rows of distances that this input has
                columns = self.constant(table.reshape(2 * SPAN, self.heads, self.d_k).transpose(1, 2, 0)[None])
                if near:
                    columns = self.op("Slice", columns, "first", "last", self.constant(np.array([3])))
                return self.op("MatMul", x, columns)

            rows = "near_rows" if near else "rows"
            scores, scale = self.scaled(q, k, 3)
            to_position = self.op("GatherElements", product(q, layer["relative_key"]), rows, axis=3)
            to_content = self.op("GatherElements", product(k, layer["relative_query"]),
                                 self.op("Transpose", rows, perm=[0, 1, 3, 2]), axis=3)
            scores = self.op("Add", self.op("Add", scores, to_position), self.op("Transpose", to_content, perm=[0, 1, 3, 2]))
            added = self.keep(self.linear(self.head_outputs(self.op("Mul", scores, scale), v), layer["output"]), True)
            _, x = self.add_and_norm(x, added, layer["attention_norm"])
            self.keep(x, True)
            hidden = self.keep(self.op("Gelu", self.keep(self.linear(x, layer["expand"]), True)))
            added = self.keep(self.linear(hidden, layer["shrink"]), True)
            _, x = self.add_and_norm(x, added, layer["feed_forward_norm"])
            self.keep(x)


def onnx_graph(w, shape, variant):
    """plain: the standard operators, for the runtime to optimize. everything: the same, with every intermediate that our
    trace holds as an output. fused: one product for what reads the same, the runtime's own operator for residual + norm.
    near: that, and only the relative positions that the input has."""
    from onnx import TensorProto, helper
    graph = Graph(w, shape, variant)
    getattr(graph, graph.kind)()
    value = helper.make_tensor_value_info
    inputs = [value("ids", TensorProto.INT64, [1, "n"])]
    for name, array in feeds(graph.kind, 2, shape).items():
        kind = TensorProto.INT64 if array.dtype == np.int64 else TensorProto.FLOAT
        inputs.append(value(name, kind, [1] if array.ndim == 1 else [None] * array.ndim))
    used = {name for node in graph.nodes for name in node.input}
    return helper.make_model(
        helper.make_graph(graph.nodes, "encoder", [one for one in inputs if one.name in used],
                          [value(name, TensorProto.FLOAT, None) for name in graph.outputs], graph.constants),
        ir_version=10, opset_imports=[helper.make_opsetid("", 23), helper.make_opsetid("com.microsoft", 1)])


def torch_forward(w, shape, tokens):
    """A function of the ids."""
    import torch
    import torch.nn.functional as F

    _, d, heads, _, kind = shape
    d_k, epsilon = d // heads, EPSILON[kind]
    norm = lambda x, pair: F.layer_norm(x, (d,), *pair, epsilon)
    split = lambda x: x.view(-1, heads, d_k).transpose(0, 1)
    read = feeds(kind, tokens, shape)
    given = {name: torch.from_numpy(array) for name, array in read.items()}

    def rotated(x, where):
        half = torch.cat([-x[..., d_k // 2:], x[..., :d_k // 2]], -1)
        return x * given["cos_" + where] + half * given["sin_" + where]

    def modernbert(ids):
        x = norm(F.embedding(ids, w["token"]), w["norm"])
        kept = [x]
        for index, layer in enumerate(w["layers"]):
            where = "local" if is_local(index) else "global"
            normed = x if layer["attention_norm"] is None else norm(x, layer["attention_norm"])
            q, k, v = (split(F.linear(normed, *layer[name])) for name in ["query", "key", "value"])
            scores = rotated(q, where) @ rotated(k, where).transpose(1, 2) / math.sqrt(d_k)
            weights = torch.softmax(scores + given["mask"] if is_local(index) else scores, dim=-1)
            x = x + F.linear((weights @ v).transpose(0, 1).reshape(-1, d), *layer["output"])
            normed = norm(x, layer["feed_forward_norm"])
            neurons = F.gelu(F.linear(normed, *layer["expand"])) * F.linear(normed, *layer["gate_value"])
            x = x + F.linear(neurons, *layer["shrink"])
            kept += [weights, neurons, x]
        return tuple(kept) + (norm(x, w["final_norm"]),)

    def deberta(ids):
        rows = given["near_rows"][0]
        first, last = int(read["first"][0]), int(read["last"][0])
        x = norm(F.embedding(ids, w["token"]), w["norm"])
        kept = [x]
        for layer in w["layers"]:
            q, k, v = (split(F.linear(x, *layer[name])) for name in ["query", "key", "value"])
            table = lambda name: layer[name][first:last].view(-1, heads, d_k).permute(1, 2, 0)
            scores = q @ k.transpose(1, 2) + torch.gather(q @ table("relative_key"), 2, rows)
            scores = scores + torch.gather(k @ table("relative_query"), 2, rows.transpose(1, 2)).transpose(1, 2)
            weights = torch.softmax(scores / math.sqrt(3 * d_k), dim=-1)
            z = F.linear((weights @ v).transpose(0, 1).reshape(-1, d), *layer["output"])
            x = norm(x + z, layer["attention_norm"])
            hidden = F.gelu(F.linear(x, *layer["expand"]))
            x = norm(x + F.linear(hidden, *layer["shrink"]), layer["feed_forward_norm"])
            kept += [weights, hidden, x]
        return tuple(kept)

    return {"modernbert": modernbert, "deberta": deberta}[kind]
