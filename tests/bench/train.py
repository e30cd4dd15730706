#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times training steps of bench_train against PyTorch: the default model's size, batches of as many tokens, 15 % of them
predicted, float32, AdamW with clipping. Both take turns in one run; what is compared is medians.

    train.py BENCH_TRAIN FOLDER [--threads N] [--batch-tokens N,...] [--rounds N] [--milliseconds N]

PyTorch gets whole batches of equal length, so nothing is padded, and the logits of masked tokens only, as we compute
them. It gets two forms of attention and counts with the faster one: products of four dimensions, and batched ones."""

import argparse
import json
import math
import pathlib
import statistics
import sys
import time

import machine
from programs import Ended, Program

WORDS, D, LAYERS, HEADS, D_FF, LENGTH, EPSILON = 8000, 128, 4, 4, 512, 32, 1e-5


def peer(threads):
    """The PyTorch side, in a process of its own whose threads sleep while the other program runs."""
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.set_num_threads(threads)
    torch.manual_seed(1)

    class Layer(nn.Module):
        def __init__(self, packed):
            super().__init__()
            self.packed = packed
            self.query_key_value = nn.Linear(D, 3 * D)
            self.output = nn.Linear(D, D)
            self.attention_norm = nn.LayerNorm(D, EPSILON)
            self.expand = nn.Linear(D, D_FF)
            self.shrink = nn.Linear(D_FF, D)
            self.feed_forward_norm = nn.LayerNorm(D, EPSILON)

        def forward(self, x):
            sentences, n, _ = x.shape
            parts = self.query_key_value(x).view(sentences, n, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
            query, key, value = (part.reshape(-1, n, D // HEADS) if self.packed else part for part in parts)
            if self.packed:
                weights = torch.baddbmm(x.new_empty(1, 1, 1), query, key.transpose(1, 2), beta=0,
                                        alpha=1 / math.sqrt(D // HEADS))
                mixed = (torch.softmax(weights, -1) @ value).view(sentences, HEADS, n, -1)
            else:
                mixed = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(D // HEADS), -1) @ value
            x = self.attention_norm(x + self.output(mixed.transpose(1, 2).reshape(sentences, n, D)))
            return self.feed_forward_norm(x + self.shrink(torch.relu(self.expand(x))))

    class Encoder(nn.Module):
        def __init__(self, packed):
            super().__init__()
            self.token = nn.Embedding(WORDS, D)
            nn.init.normal_(self.token.weight, std=D**-0.5)
            self.layers = nn.ModuleList(Layer(packed) for _ in range(LAYERS))
            self.bias = nn.Parameter(torch.zeros(WORDS))
            position = torch.arange(LENGTH)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
            self.register_buffer("position", torch.stack([position.sin(), position.cos()], -1).view(LENGTH, D))

        def forward(self, ids, places):
            x = self.token(ids) * math.sqrt(D) + self.position
            for layer in self.layers:
                x = layer(x)
            return F.linear(x.reshape(-1, D)[places], self.token.weight, self.bias)

    class Training:
        def __init__(self, packed, batch_tokens):
            self.model = Encoder(packed)
            self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-4, betas=(0.9, 0.98), foreach=True)
            self.shape = (batch_tokens // LENGTH, LENGTH)

        def step(self):
            labels = torch.randint(5, WORDS, self.shape)
            tokens = labels.numel()
            places = torch.randperm(tokens)[: round(0.15 * (tokens - 2 * self.shape[0]))]
            ids = labels.clone()
            ids.view(-1)[places] = 4
            loss = F.cross_entropy(self.model(ids, places), labels.view(-1)[places])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            return tokens

    trainings = {}
    for line in sys.stdin:
        command = json.loads(line)
        form, size = command["form"], command["batch_tokens"]
        if (form, size) not in trainings:
            trainings[form, size] = Training(form == "batched", size)
        training = trainings[form, size]
        training.step()
        steps = []
        end = time.perf_counter() + command["milliseconds"] / 1000
        while time.perf_counter() < end:
            start = time.perf_counter()
            tokens = training.step()
            steps.append((tokens, (time.perf_counter() - start) * 1e6))
        print(json.dumps({"version": torch.__version__, "steps": steps}), flush=True)


def rate(steps):
    """Tokens a second of the median step."""
    return statistics.median(tokens / microseconds * 1e6 for tokens, microseconds in steps)


def main():
    if sys.argv[1] == "--peer":
        peer(int(sys.argv[2]))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch-tokens", default="1024,2048,4096")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--milliseconds", type=int, default=2500)
    options = parser.parse_args()

    torch = Program("pytorch", [sys.executable, __file__, "--peer", str(options.threads)],
                    {"OMP_NUM_THREADS": str(options.threads)})
    result = {"machine": machine.description(), "threads": options.threads, "rows": []}
    print(f"{'batch':>6} {'ours':>8} {'PyTorch':>8} tokens/s  {'ratio':>6}  rounds")
    for size in map(int, options.batch_tokens.split(",")):
        ours = Program("bench_train", [options.program, str(options.threads), str(size)])
        ours_steps, forms = [], {"plain": [], "batched": []}
        ratios = []
        for _ in range(options.rounds):
            mine = json.loads(ours.ask(f"run {options.milliseconds}"))
            theirs = {}
            for form in forms:
                answer = torch.ask_json(form=form, batch_tokens=size, milliseconds=options.milliseconds)
                result["pytorch"] = answer["version"]
                theirs[form] = answer["steps"]
                forms[form] += answer["steps"]
            ours_steps += mine
            ratios.append(rate(mine) / max(map(rate, theirs.values())))
        ours.close()
        best = max(forms, key=lambda form: rate(forms[form]))
        row = {"batch_tokens": size, "ours": rate(ours_steps), "pytorch": {form: rate(s) for form, s in forms.items()},
               "ratio": statistics.median(ratios), "lowest": min(ratios), "highest": max(ratios)}
        result["rows"].append(row)
        print(f"{size:>6} {row['ours']:8.0f} {row['pytorch'][best]:8.0f}           {row['ratio']:6.2f}  "
              f"{min(ratios):.2f} to {max(ratios):.2f}  ({best})", flush=True)
    torch.close()
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "train.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["machine"]))


if __name__ == "__main__":
    try:
        main()
    except Ended as error:
        sys.exit(str(error))
