#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times explanations of bench_why against PyTorch in float32, both taking turns in one run:

    why.py BENCH_WHY FOLDER [--threads N] [--models NAME,...] [--tokens N,...] [--rounds N] [--milliseconds N]

gradient: a run and a number's gradient by the embeddings (ours gives that by every matrix of the run too). integrated:
integrated gradients with 50 steps; PyTorch gets them as one batch, and in batches of 10, and counts with the faster. sweep:
every head off in turn; PyTorch runs the model once for each. What is compared is medians. The difference is that of the
numbers, relative: the gradient's length, the scores' sum, all changes of the sweep together."""

import argparse
import json
import math
import pathlib
import statistics
import sys
import tempfile
import time

import numpy as np

import machine
import peers
from programs import Ended, Program

MODELS = {"MiniLM-L6": (6, 384, 12, 1536), "BERT-base": (12, 768, 12, 3072)}
TOKEN, ELEMENT, STEPS = 3, 7, 50


def peer(threads):
    """The PyTorch side, in a process of its own whose threads sleep while the other program runs."""
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    engine = peers.PyTorch(threads)
    points, weights_of_points = np.polynomial.legendre.leggauss(STEPS)
    points, weights_of_points = (points + 1) / 2, weights_of_points / 2

    def run(rows, head_off=None):
        """rows: token embeddings [copies x n x d] -> the target of each copy."""
        w, (_, d, heads, _) = engine.weights, engine.shape
        copies, n, _ = rows.shape
        x = F.layer_norm(rows + w["position"][:n] + w["type"][0], (d,), *w["norm"], peers.HEAD_EPSILON)
        first = x
        for index, layer in enumerate(w["layers"]):
            q, k, v = (F.linear(x, *layer[name]).view(copies, n, heads, d // heads).transpose(1, 2)
                       for name in ["query", "key", "value"])
            z = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(d // heads), dim=-1) @ v
            if head_off and head_off[0] == index:
                z = z.clone()
                z[:, head_off[1]] = 0
            z = F.linear(z.transpose(1, 2).reshape(copies, n, d), *layer["output"])
            x = F.layer_norm(x + z, (d,), *layer["attention_norm"], peers.HEAD_EPSILON)
            hidden = F.gelu(F.linear(x, *layer["expand"]))
            x = F.layer_norm(x + F.linear(hidden, *layer["shrink"]), (d,), *layer["feed_forward_norm"], peers.HEAD_EPSILON)
        return x[:, TOKEN, ELEMENT], first

    def gradient(rows):
        rows = rows.detach().requires_grad_()
        values, first = run(rows)
        return torch.autograd.grad(values.sum(), [rows, first])

    def integrated(rows, at_once):
        total = torch.zeros_like(rows)
        for begin in range(0, STEPS, at_once):
            scales = torch.tensor(points[begin: begin + at_once], dtype=torch.float32)[:, None, None]
            found = gradient(rows * scales)[0]
            total += (found * torch.tensor(weights_of_points[begin: begin + at_once], dtype=torch.float32)[:, None, None]).sum(0)
        return (total * rows).sum()

    def sweep(rows):
        layers, _, heads, _ = engine.shape
        with torch.inference_mode():
            return [run(rows, (layer, head))[0] for layer in range(layers) for head in range(heads)]

    for line in sys.stdin:
        command = json.loads(line)
        answer = None
        if command["do"] == "load":
            engine.load(command["shape"], command["weights"])
        elif command["do"] == "version":
            answer = torch.__version__
        else:
            rows = F.embedding(torch.from_numpy(peers.ids_of(command["tokens"])), engine.weights["token"])[None]
            actions = {"gradient": lambda: gradient(rows), "integrated": lambda: integrated(rows, STEPS),
                       "integrated in tens": lambda: integrated(rows, 10), "sweep": lambda: sweep(rows)}
            if command["do"] == "check":
                answer = [float(run(rows)[0]), float(gradient(rows)[1].norm()), float(integrated(rows, STEPS)),
                          *map(float, sweep(rows))]
            else:
                answer = peers.time_runs(actions[command["do"]], command["milliseconds"])
        print(json.dumps(answer), flush=True)


def main():
    if sys.argv[1] == "--peer":
        peer(int(sys.argv[2]))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--tokens", default="16,64")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--milliseconds", type=int, default=1000)
    options = parser.parse_args()

    ours = Program("bench_why", [options.program])
    torch = Program("pytorch", [sys.executable, __file__, "--peer", str(options.threads)],
                    {"OMP_NUM_THREADS": str(options.threads)})

    def ask_ours(line):
        return [float(word) for word in ours.ask(line).split()]

    ask_ours(f"threads {options.threads}")
    result = {"machine": machine.description(), "threads": options.threads, "pytorch": torch.ask_json(do="version"), "rows": []}
    print(f"{'model':<10} {'tokens':>6} {'what':<11} {'ours ms':>9} {'PyTorch':>9} {'times':>6}  rounds; difference")
    for name in options.models.split(","):
        ask_ours("model " + " ".join(map(str, MODELS[name])))
        with tempfile.NamedTemporaryFile() as weights:
            ask_ours(f"weights {weights.name}")
            torch.ask_json(do="load", shape=MODELS[name], weights=weights.name)
        for tokens in map(int, options.tokens.split(",")):
            ask_ours(f"input {tokens}")
            mine, theirs = ask_ours("check"), torch.ask_json(do="check", tokens=tokens)
            # Of the sweep by how much its changes are, together: a single one may be as small as rounding.
            changes, their_changes = np.subtract(mine[3:], mine[0]), np.subtract(theirs[3:], theirs[0])
            differences = {"gradient": abs(mine[1] / theirs[1] - 1), "integrated": abs(mine[2] / theirs[2] - 1),
                           "sweep": np.linalg.norm(changes - their_changes) / np.linalg.norm(their_changes)}
            for what, forms in (("gradient", ["gradient"]), ("integrated", ["integrated", "integrated in tens"]),
                                ("sweep", ["sweep"])):
                rounds, our_times, their_times = [], [], []
                for _ in range(options.rounds):
                    own = statistics.median(ask_ours(f"{what} {options.milliseconds}"))
                    other = min(statistics.median(torch.ask_json(do=form, tokens=tokens, milliseconds=options.milliseconds))
                                for form in forms)
                    our_times.append(own)
                    their_times.append(other)
                    rounds.append(other / own)
                row = {"model": name, "tokens": tokens, "what": what, "ours_us": statistics.median(our_times),
                       "pytorch_us": statistics.median(their_times), "times": statistics.median(rounds),
                       "lowest": min(rounds), "highest": max(rounds), "difference": differences[what]}
                result["rows"].append(row)
                print(f"{name:<10} {tokens:>6} {what:<11} {row['ours_us'] / 1000:9.2f} {row['pytorch_us'] / 1000:9.2f} "
                      f"{row['times']:6.2f}  {min(rounds):.2f} to {max(rounds):.2f}; {differences[what]:.0e}", flush=True)
    for program in (ours, torch):
        program.close()
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "why.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["machine"]))


if __name__ == "__main__":
    try:
        main()
    except Ended as error:
        sys.exit(str(error))
