#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""long.py BENCH_LONG FOLDER: runs bench_long for growing inputs, each in a process of its own, and fits the growth."""

import json
import math
import pathlib
import subprocess
import sys

import machine

MODELS = {
    "default": ([4, 128, 4, 512], [256, 512, 1024, 2048, 4096]),
    "BERT-base": ([12, 768, 12, 3072], [64, 128, 256, 512]),
}


def exponent(pairs):
    """The b of the power law y = a x^b that fits best (least squares of the logarithms)."""
    logs = [(math.log(x), math.log(y)) for x, y in pairs]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return (sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs))


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    about = machine.description()
    rows, growth = [], {}
    print(f"{about['processor']}, {about['cores']} cores, {about['instruction_set']}; load {about['load']:.1f}\n")
    print(f"{'model':10} {'tokens':>6} {'run ms':>9} {'trace MB':>9} {'peak MB':>8} {'KB/token':>9} {'64 rows ms':>11} "
          f"{'stop ms: median, 95 %, longest':>32}")
    for name, (shape, tokens_list) in MODELS.items():
        measured = []
        for tokens in tokens_list:
            line = subprocess.run([program, *map(str, shape), str(tokens)], check=True, capture_output=True, text=True)
            row = {"model": name, "shape": shape, "tokens": tokens, **json.loads(line.stdout)}
            measured.append(row)
            print(f"{name:10} {tokens:6} {row['milliseconds']:9.1f} {row['trace_bytes'] / 1e6:9.1f} "
                  f"{row['peak_bytes'] / 1e6:8.1f} {row['peak_bytes'] / tokens / 1e3:9.1f} "
                  f"{row['rows_milliseconds']:11.2f} {row['stop_median']:16.1f} {row['stop_95']:7.1f} {row['stop_longest']:7.1f}",
                  flush=True)
        rows += measured
        growth[name] = {key: exponent([(row["tokens"], row[key]) for row in measured])
                        for key in ["milliseconds", "peak_bytes", "trace_bytes"]}
        print(f"{name}: time grows with tokens^{growth[name]['milliseconds']:.2f}, peak memory with "
              f"tokens^{growth[name]['peak_bytes']:.2f}, the trace with tokens^{growth[name]['trace_bytes']:.2f}\n")
    folder.mkdir(parents=True, exist_ok=True)
    result = folder / "long.json"
    result.write_text(json.dumps({"machine": about, "rows": rows, "growth": growth}, indent=1) + "\n")
    print(f"Written to {result}")


if __name__ == "__main__":
    main()
