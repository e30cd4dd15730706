#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences a second: vectors, and everything that a corpus keeps, against ONNX Runtime and sentence-transformers.

    sentences.py BENCH_SENTENCES FOLDER TEXT... [--models NAME,...] [--rounds N] [--seconds S] [--threads N]

All get the same lines, other ones in each round, and give the vector of each, tokenizing included; with all statistics
they are added to a corpus that grows from round to round. What is compared is the medians of one interleaved run. The
peers get the batch size, and ONNX Runtime the graph, that is fastest on such lines."""

import argparse
import json
import os
import pathlib
import random
import statistics
import sys

import numpy as np
from safetensors.numpy import save_file
from tokenizers import BertWordPieceTokenizer

import machine
from programs import Ended, Program

MODELS = {"MiniLM-L6": (6, 384, 12, 1536), "BERT-base": (12, 768, 12, 3072)}
POSITIONS = 512
BATCHES = [8, 16, 32, 64, 128]
GREATEST_DIFFERENCE = 1e-3  # of vectors; else times say nothing
HERE = pathlib.Path(__file__).resolve().parent


def make_model(folder, shape, vocabulary):
    """A folder as sentence-transformers write it, of random weights."""
    layers, d, heads, d_ff = shape
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True, strip_accents=False, handle_chinese_chars=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    numbers = np.random.default_rng(1)
    weights = {}

    def linear(name, rows, columns):
        weights[f"{name}.weight"] = numbers.normal(0, 0.05, (rows, columns)).astype(np.float32)
        weights[f"{name}.bias"] = numbers.normal(0, 0.05, rows).astype(np.float32)

    def norm(name):
        weights[f"{name}.weight"] = np.ones(d, dtype=np.float32)
        weights[f"{name}.bias"] = np.zeros(d, dtype=np.float32)

    for name, rows in [("word", tokenizer.get_vocab_size()), ("position", POSITIONS), ("token_type", 2)]:
        weights[f"embeddings.{name}_embeddings.weight"] = numbers.normal(0, 0.05, (rows, d)).astype(np.float32)
    norm("embeddings.LayerNorm")
    for i in range(layers):
        layer = f"encoder.layer.{i}"
        for part in ["self.query", "self.key", "self.value", "output.dense"]:
            linear(f"{layer}.attention.{part}", d, d)
        norm(f"{layer}.attention.output.LayerNorm")
        linear(f"{layer}.intermediate.dense", d_ff, d)
        linear(f"{layer}.output.dense", d, d_ff)
        norm(f"{layer}.output.LayerNorm")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})

    def write(name, content):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1))

    write("config.json", {"architectures": ["BertModel"], "model_type": "bert", "vocab_size": tokenizer.get_vocab_size(),
                          "hidden_size": d, "num_hidden_layers": layers, "num_attention_heads": heads,
                          "intermediate_size": d_ff, "hidden_act": "gelu", "max_position_embeddings": POSITIONS,
                          "type_vocab_size": 2, "layer_norm_eps": 1e-12, "pad_token_id": 0})
    write("tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "strip_accents": False,
                                    "model_max_length": POSITIONS})
    write("modules.json", [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                           {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])
    write("sentence_bert_config.json", {"max_seq_length": POSITIONS, "do_lower_case": False})
    write("1_Pooling/config.json", {"word_embedding_dimension": d, "pooling_mode_mean_tokens": True})
    return tokenizer


class Ours:
    """One of the two things that the engine does."""

    def __init__(self, program, what, folder):
        self.name = {"vectors": "ours, vectors", "corpus": "ours, all statistics"}[what]
        self.program, self.what, self.folder = program, what, folder

    def load(self, folder):
        self.program.ask(f"load {folder}")

    def choose(self, text):
        return ""

    def start(self, text):
        """A corpus that has some sentences already."""
        (self.folder / "sentences.sqlite").unlink(missing_ok=True)
        self.run(text)

    def run(self, text, output=None):
        made = f" {self.folder / 'sentences.sqlite'}" if self.what == "corpus" else f" {output}" if output else ""
        return float(self.program.ask(f"{self.what} {text}{made}"))


class Peer:
    def __init__(self, kind, python, threads):
        self.name = kind
        self.program = Program(kind, [python, HERE / "sentence_peers.py", kind, str(threads)],
                               {"OMP_NUM_THREADS": str(threads), "RAYON_NUM_THREADS": str(threads)})
        self.version = self.program.ask_json(do="version")

    def load(self, folder):
        self.program.ask_json(do="load", folder=str(folder))

    def choose(self, text):
        seconds = {}
        for variant in self.program.ask_json(do="variants"):
            for batch in BATCHES:
                seconds[variant, batch] = self.program.ask_json(do="encode", text=str(text), variant=variant, batch=batch)
        self.variant, self.batch = min(seconds, key=seconds.get)
        return f"{self.variant}, batches of {self.batch}"

    def run(self, text, output=None):
        more = {"output": str(output)} if output else {}
        return self.program.ask_json(do="encode", text=str(text), variant=self.variant, batch=self.batch, **more)


def write_lines(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def measure(name, contestants, lines, arguments, folder):
    """Seconds of each contestant in each round, and what else is known."""
    model_folder = folder / f"sentences-{name}"
    tokenizer = make_model(model_folder, MODELS[name], arguments.vocabulary)
    for one in contestants:
        one.load(model_folder)
    probe = write_lines(folder / "sentences-probe.txt", lines[:64])
    ours = contestants[0]
    ours.run(probe)
    speed = 64 / ours.run(probe)
    count = max(min(int(speed * arguments.seconds), len(lines) // (arguments.rounds + 1)), 64)
    texts = [write_lines(folder / f"sentences-{i}.txt", lines[i * count:(i + 1) * count])
             for i in range(arguments.rounds + 1)]
    part = write_lines(folder / "sentences-part.txt", lines[:max(count // 4, 64)])
    tokens = [len(one.ids) for one in tokenizer.encode_batch(lines[:count * (arguments.rounds + 1)])]
    print(f"\n{name}: {count} sentences a round, {statistics.mean(tokens):.1f} tokens on average, at most {max(tokens)}")
    chosen = {one.name: one.choose(part) for one in contestants}
    outputs, differences = {}, {}
    for one in contestants:
        if getattr(one, "what", "vectors") == "vectors":
            output = folder / "sentences.bin"
            one.run(part, output)
            outputs[one.name] = np.fromfile(output, dtype=np.float32)
            differences[one.name] = float(np.abs(outputs[one.name] - outputs[ours.name]).max())
            if differences[one.name] > GREATEST_DIFFERENCE:
                sys.exit(f"{one.name}: its vectors differ from ours by up to {differences[one.name]:.2g}")
    for one in contestants:
        if getattr(one, "what", "") == "corpus":
            one.start(texts[-1])
    seconds = {one.name: [] for one in contestants}
    for turn in range(arguments.rounds):
        for one in contestants if turn % 2 == 0 else contestants[::-1]:
            seconds[one.name].append(one.run(texts[turn]))
    base = next((one.name for one in contestants if one.name == "onnxruntime"), ours.name)
    rows = {}
    print(f"{'':24}{'sentences/s':>12}{'times ' + base:>20}   rounds")
    for one in contestants:
        ratios = sorted(b / a for a, b in zip(seconds[one.name], seconds[base]))
        rows[one.name] = {"sentences_per_second": count / statistics.median(seconds[one.name]), "seconds": seconds[one.name],
                          "ratio": statistics.median(ratios), "ratios": ratios, "chosen": chosen[one.name],
                          "difference": differences.get(one.name)}
        more = f"   {chosen[one.name]}" if chosen[one.name] else ""
        if differences.get(one.name):
            more += f"   difference {differences[one.name]:.1g}"
        print(f"{one.name:24}{rows[one.name]['sentences_per_second']:12.1f}{rows[one.name]['ratio']:20.2f}"
              f"   {ratios[0]:.2f} to {ratios[-1]:.2f}{more}", flush=True)
    return {"sentences": count, "tokens": statistics.mean(tokens), "rows": rows}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("texts", nargs="+", type=pathlib.Path)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="that ours takes for the vectors of a round")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--vocabulary", type=pathlib.Path, default=HERE.parents[1] / "resources/model/vocab.txt")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    lines = [line.strip() for path in arguments.texts for line in path.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in dict.fromkeys(lines) if line]
    random.Random(1).shuffle(lines)
    program = Program("ours", [arguments.program, str(arguments.threads)])
    contestants = [Ours(program, "vectors", folder), Ours(program, "corpus", folder)]
    for kind, variable in [("onnxruntime", "ENCODERSCOPE_BENCH_PYTHON"), ("sentence-transformers", "ENCODERSCOPE_BENCH_TORCH")]:
        try:
            contestants.append(Peer(kind, os.environ.get(variable, sys.executable), arguments.threads))
            print(contestants[-1].version)
        except Ended as ended:
            print(ended)
    results = {"machine": machine.description(), "models": {}}
    for name in arguments.models.split(","):
        results["models"][name] = measure(name, contestants, lines, arguments, folder)
    (folder / "sentences.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
