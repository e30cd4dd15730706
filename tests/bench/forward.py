#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the forward pass of bench_forward against ONNX Runtime and PyTorch, all in turn on the same machine.

    forward.py BENCH_FORWARD FOLDER [--quick] [--models NAME,...] [--tokens N,...] [--threads N,...] [--no-pytorch]

Every round runs each program for a moment; what is compared is medians of one interleaved run, so that what else the
machine does weighs on all alike. The peers get the fastest of several graphs at each size."""

import argparse
import json
import math
import pathlib
import statistics
import sys
import tempfile
import time

import machine
from peers_recent import SPAN, WINDOW, is_local
from programs import Ended, Program

MODELS = {
    "small": (2, 128, 2, 512, [8, 32, 128]),
    "default": (4, 128, 4, 512, [16]),
    "medium": (4, 256, 4, 1024, [8, 32, 128, 512]),
    "MiniLM-L6": (6, 384, 12, 1536, [8, 32, 128, 512]),
    "BERT-base": (12, 768, 12, 3072, [8, 32, 128, 512]),
    "ModernBERT": (22, 768, 12, 1152, "modernbert", [8, 32, 128, 512]),
    "DeBERTa-v3": (12, 768, 12, 3072, "deberta", [8, 32, 128, 512]),
}
GREATEST_DIFFERENCE = 1e-3  # of what computes the same; else times say nothing


class Peer:
    def __init__(self, kind, threads):
        self.name = kind
        # Debian's PyTorch needs Debian's numpy; the ONNX Runtime package brings a newer one.
        python = "/usr/bin/python3" if kind == "pytorch" else sys.executable
        self.program = Program(kind, [python, pathlib.Path(__file__).with_name("peers.py"), kind, str(threads)],
                               {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)})
        self.version = self.program.ask_json(do="version")

    def load(self, shape, weights):
        self.program.ask_json(do="load", shape=shape, weights=str(weights))

    def choose(self, tokens, milliseconds):
        """The fastest variant at this size."""
        medians = {}
        for _ in range(2):
            for variant in self.program.ask_json(do="variants"):
                times = self.program.ask_json(do="run", variant=variant, tokens=tokens, milliseconds=milliseconds)
                medians[variant] = min(medians.get(variant, math.inf), statistics.median(times))
        self.variant = min(medians, key=medians.get)

    def run(self, tokens, milliseconds):
        return self.program.ask_json(do="run", variant=self.variant, tokens=tokens, milliseconds=milliseconds)

    def difference(self, tokens, output):
        return self.program.ask_json(do="difference", variant=self.variant, tokens=tokens, output=str(output))


def operations(shape, tokens):
    """Floating-point operations of a forward pass; a multiply-add counts as two."""
    layers, d, _, d_ff, *kind = shape
    matrices = 3 if kind == ["modernbert"] else 2
    linear = tokens * (4 * d * d + matrices * d * d_ff)
    if kind == ["modernbert"]:
        pairs = sum(tokens * min(tokens, 2 * WINDOW + 1) if is_local(layer) else tokens * tokens for layer in range(layers))
        return 2 * (layers * linear + 2 * pairs * d)
    near = min(2 * tokens - 1, 2 * SPAN) if kind == ["deberta"] else 0
    return 2 * layers * (linear + 2 * tokens * tokens * d + 2 * tokens * near * d)


def weight_bytes(shape):
    layers, d, _, d_ff, *kind = shape
    if kind == ["modernbert"]:
        return 4 * layers * (4 * d * d + 3 * d * d_ff)
    return 4 * layers * (4 * d * d + 2 * d * d_ff)


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench_forward")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--models", type=lambda text: text.split(","), default=list(MODELS))
    parser.add_argument("--tokens", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--threads", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--no-pytorch", action="store_true")
    arguments = parser.parse_args()
    about = machine.description()
    threads_list = arguments.threads or sorted({1, about["cores"]})
    rounds, moment = (5, 15) if arguments.quick else (15, 30)

    ours = Program("bench_forward", [arguments.bench_forward])
    temporary = pathlib.Path(tempfile.mkdtemp(prefix="bench-forward-"))
    weights, output = temporary / "weights", temporary / "output"
    rows, problem = [], None
    print(f"{about['processor']}, {about['cores']} cores, {about['instruction_set']}; load {about['load']:.1f}")
    try:
        for threads in threads_list:
            peers = [Peer("onnxruntime", threads)]
            if not arguments.no_pytorch:
                peers.append(Peer("pytorch", threads))
            ours.ask(f"threads {threads}")
            peak = float(ours.ask(f"peak {threads}"))
            print(f"\n{threads} thread(s): peak {peak / 1e9:.0f} GFLOP/s; "
                  + ", ".join(f"{peer.name} {peer.version}" for peer in peers))
            print(f"{'model':10} {'tokens':>6} {'floor':>8} {'ours':>9} {'+weights':>9} {'ORT':>9} {'PyTorch':>9} "
                  f"{'ours/ORT':>8} {'+w/ORT':>7} {'ours/PT':>8} {'ours/floor':>10} {'of peak':>8}  graph, differences")
            for name in arguments.models:
                *shape, tokens_list = MODELS[name]
                ours.ask("model " + " ".join(map(str, shape)))
                ours.ask(f"weights {weights}")
                for peer in peers:
                    peer.load(shape, weights)
                bandwidth = float(ours.ask(f"bandwidth {weight_bytes(shape)} {threads}"))
                for tokens in arguments.tokens or tokens_list:
                    ours.ask(f"input {tokens}")
                    ours.ask(f"output {output}")
                    for peer in peers:
                        peer.choose(tokens, moment)
                    times = {"ours": [], "weigh": [], **{peer.name: [] for peer in peers}}
                    turns = list(times)
                    for _ in range(rounds):
                        for who in turns:
                            # threads of the one before that still spin go to sleep (ONNX Runtime's after 30 ms)
                            time.sleep(0.06)
                            if who == "ours":
                                times[who] += map(float, ours.ask(f"run {moment}").split())
                            elif who == "weigh":
                                times[who] += map(float, ours.ask(f"weigh {moment}").split())
                            else:
                                peer = next(peer for peer in peers if peer.name == who)
                                times[who] += peer.run(tokens, moment)
                        turns = turns[1:] + turns[:1]
                    median = {key: statistics.median(value) for key, value in times.items()}
                    floor = max(operations(shape, tokens) / peak, weight_bytes(shape) / bandwidth) * 1e6
                    row = {
                        "model": name, "shape": shape, "tokens": tokens, "threads": threads,
                        "floor": floor, "median": median,
                        "ratio_onnxruntime": median["ours"] / median["onnxruntime"],
                        "ratio_onnxruntime_with_weights": median["weigh"] / median["onnxruntime"],
                        "ratio_floor": median["ours"] / floor,
                        "of_peak": operations(shape, tokens) / median["ours"] * 1e6 / peak,
                        "bandwidth": bandwidth, "peak": peak,
                        "graph": {peer.name: peer.variant for peer in peers},
                        "difference": {peer.name: peer.difference(tokens, output) for peer in peers},
                    }
                    if "pytorch" in median:
                        row["ratio_pytorch"] = median["ours"] / median["pytorch"]
                    rows.append(row)
                    print(f"{name:10} {tokens:6} {floor:8.0f} {median['ours']:9.0f} {median['weigh']:9.0f} "
                          f"{median['onnxruntime']:9.0f} {median.get('pytorch', math.nan):9.0f} "
                          f"{row['ratio_onnxruntime']:8.2f} {row['ratio_onnxruntime_with_weights']:7.2f} "
                          f"{row.get('ratio_pytorch', math.nan):8.2f} {row['ratio_floor']:10.2f} {row['of_peak']:8.0%}"
                          f"  {peers[0].variant}, "
                          + ", ".join(f"{who} {value:.0e}" for who, value in row["difference"].items()), flush=True)
                    greatest = max(row["difference"].values())
                    if not greatest < GREATEST_DIFFERENCE:
                        sys.exit(f"{name}, {tokens} tokens: the last hidden states differ by {greatest:.1e}")
            for peer in peers:
                peer.program.close()
    except Ended as error:
        problem = str(error)
        print(f"\n{problem}\nWhat was measured before stands above.", flush=True)
    finally:
        for path in (weights, output):
            path.unlink(missing_ok=True)
        temporary.rmdir()

    if not rows:
        sys.exit(problem)
    means = {key: geometric_mean([row[key] for row in rows if key in row])
             for key in ["ratio_onnxruntime", "ratio_onnxruntime_with_weights", "ratio_pytorch", "ratio_floor"]
             if any(key in row for row in rows)}
    print("\nTimes in microseconds, medians. '+weights': of a run that keeps every head's weight matrix too. "
          "Differences: the greatest of our last hidden state and the peer's.")
    print("Geometric means: " + ", ".join(f"{key.removeprefix('ratio_')} {value:.2f}" for key, value in means.items()))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    result = arguments.folder / "forward.json"
    result.write_text(json.dumps({"machine": about, "rows": rows, "geometric_means": means}, indent=1) + "\n")
    print(f"Written to {result}")
    if problem:
        sys.exit(problem)


if __name__ == "__main__":
    main()
