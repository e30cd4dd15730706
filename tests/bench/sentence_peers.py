# SPDX-License-Identifier: GPL-3.0-or-later
"""Vectors of sentences by other programs, each in a process of its own:

    sentence_peers.py onnxruntime|sentence-transformers THREADS

reads JSON commands from standard input, one a line, and answers each with one line of JSON. The model's folder is the
one that sentences.py made."""

import json
import math
import os
import pathlib
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import numpy as np


def lines_of(path):
    return [line for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n") if line]


# ---------------------------------------------------------------------------------------------- ONNX Runtime

VARIANTS = ["plain", "fused"]


def onnx_graph(w, config, variant):
    """BERT and the mean over the tokens that are there. plain: the standard operators, for the runtime to optimize.
    fused: the runtime's own operators for attention, bias + GELU and residual + norm."""
    from onnx import TensorProto, helper, numpy_helper

    d, heads, epsilon = config["hidden_size"], config["num_attention_heads"], config["layer_norm_eps"]
    d_k = d // heads
    nodes, constants = [], []

    def constant(value):
        name = f"c{len(constants)}"
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(kind, *inputs, results=1, domain="", **attributes):
        names = [f"t{len(nodes)}_{i}" for i in range(results)]
        nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if results == 1 else names

    def linear(x, name):
        return op("Add", op("MatMul", x, constant(w[f"{name}.weight"].T)), constant(w[f"{name}.bias"]))

    def norm(x, name):
        return op("LayerNormalization", x, constant(w[f"{name}.weight"]), constant(w[f"{name}.bias"]), axis=-1,
                  epsilon=epsilon)

    def residual(x, read, dense, norm_name):
        if variant == "fused":
            product = op("MatMul", read, constant(w[f"{dense}.weight"].T))
            return op("SkipLayerNormalization", x, product, constant(w[f"{norm_name}.weight"]),
                      constant(w[f"{norm_name}.bias"]), constant(w[f"{dense}.bias"]), domain="com.microsoft",
                      epsilon=epsilon)
        return norm(op("Add", x, linear(read, dense)), norm_name)

    def split(x):
        return op("Transpose", op("Reshape", x, constant(np.array([0, 0, heads, d_k]))), perm=[0, 2, 1, 3])

    x = op("Gather", constant(w["embeddings.word_embeddings.weight"]), "ids")
    x = op("Add", x, op("Gather", constant(w["embeddings.position_embeddings.weight"]), "positions"))
    x = op("Add", x, constant(w["embeddings.token_type_embeddings.weight"][:1]))
    x = norm(x, "embeddings.LayerNorm")
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        parts = [f"{layer}.attention.self.{name}" for name in ["query", "key", "value"]]
        if variant == "fused":
            weight = np.concatenate([w[f"{name}.weight"].T for name in parts], axis=1)
            bias = np.concatenate([w[f"{name}.bias"] for name in parts])
            z = op("Attention", x, constant(weight), constant(bias), "lengths", domain="com.microsoft", num_heads=heads)
        else:
            q, k, v = (split(linear(x, name)) for name in parts)
            scores = op("MatMul", q, op("Transpose", k, perm=[0, 1, 3, 2]))
            scores = op("Add", op("Div", scores, constant(np.float32(math.sqrt(d_k)))), "mask")
            z = op("Transpose", op("MatMul", op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
            z = op("Reshape", z, constant(np.array([0, 0, d])))
        x = residual(x, z, f"{layer}.attention.output.dense", f"{layer}.attention.output.LayerNorm")
        name = f"{layer}.intermediate.dense"
        if variant == "fused":
            hidden = op("BiasGelu", op("MatMul", x, constant(w[f"{name}.weight"].T)), constant(w[f"{name}.bias"]),
                        domain="com.microsoft")
        else:
            hidden = op("Gelu", linear(x, name))
        x = residual(x, hidden, f"{layer}.output.dense", f"{layer}.output.LayerNorm")
    op("MatMul", "shares", x)

    value = helper.make_tensor_value_info
    inputs = [value("ids", TensorProto.INT64, ["b", "n"]), value("positions", TensorProto.INT64, ["n"]),
              value("shares", TensorProto.FLOAT, ["b", 1, "n"])]
    inputs.append(value("lengths", TensorProto.INT32, ["b"]) if variant == "fused"
                  else value("mask", TensorProto.FLOAT, ["b", 1, 1, "n"]))
    graph = helper.make_graph(nodes, "sentences", inputs, [value(nodes[-1].output[0], TensorProto.FLOAT, None)], constants)
    return helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 20),
                                                                  helper.make_opsetid("com.microsoft", 1)])


class OnnxRuntime:
    """Batches of sentences of about one length, padded to the longest."""

    variants = VARIANTS

    def __init__(self, threads):
        import onnxruntime
        import tokenizers

        self.threads = threads
        self.version = f"ONNX Runtime {onnxruntime.__version__}, tokenizers {tokenizers.__version__}"

    def load(self, folder):
        import onnxruntime
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = pathlib.Path(folder)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        config = json.loads((folder / "config.json").read_text())
        self.tokenizer.enable_truncation(config["max_position_embeddings"])
        weights = load_file(folder / "model.safetensors")
        self.sessions = {}
        for variant in VARIANTS:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
            options.log_severity_level = 3
            graph = onnx_graph(weights, config, variant).SerializeToString()
            self.sessions[variant] = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, lines, variant, batch):
        session = self.sessions[variant]
        encodings = [encoding.ids for encoding in self.tokenizer.encode_batch(lines)]
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i]))
        vectors = None
        for begin in range(0, len(order), batch):
            rows = order[begin:begin + batch]
            lengths = np.array([len(encodings[row]) for row in rows], dtype=np.int32)
            longest = int(lengths.max())
            there = np.arange(longest)[None] < lengths[:, None]
            ids = np.zeros((len(rows), longest), dtype=np.int64)
            ids[there] = np.concatenate([encodings[row] for row in rows])
            feed = {"ids": ids, "positions": np.arange(longest, dtype=np.int64),
                    "shares": (there / lengths[:, None]).astype(np.float32)[:, None]}
            if variant == "fused":
                feed["lengths"] = lengths
            else:
                feed["mask"] = np.where(there, 0.0, -1e9).astype(np.float32)[:, None, None]
            result = session.run(None, feed)[0][:, 0]
            if vectors is None:
                vectors = np.empty((len(lines), result.shape[1]), dtype=np.float32)
            vectors[rows] = result
        return vectors


# -------------------------------------------------------------------------------------- sentence-transformers


class SentenceTransformers:
    variants = ["encode"]

    def __init__(self, threads):
        import sentence_transformers
        import torch

        torch.set_num_threads(threads)
        self.version = f"sentence-transformers {sentence_transformers.__version__}, PyTorch {torch.__version__}"

    def load(self, folder):
        import transformers
        from sentence_transformers import SentenceTransformer

        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        self.model = SentenceTransformer(folder, device="cpu")

    def encode(self, lines, variant, batch):
        return self.model.encode(lines, batch_size=batch, show_progress_bar=False, convert_to_numpy=True)


def main():
    kind, threads = sys.argv[1], int(sys.argv[2])
    peer = {"onnxruntime": OnnxRuntime, "sentence-transformers": SentenceTransformers}[kind](threads)
    for line in sys.stdin:
        command = json.loads(line)
        answer = None
        if command["do"] == "version":
            answer = peer.version
        elif command["do"] == "variants":
            answer = peer.variants
        elif command["do"] == "load":
            peer.load(command["folder"])
        elif command["do"] == "encode":
            lines = lines_of(command["text"])
            begin = time.perf_counter()
            vectors = peer.encode(lines, command["variant"], command["batch"])
            answer = time.perf_counter() - begin
            if "output" in command:
                np.asarray(vectors, dtype=np.float32).tofile(command["output"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
