#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""two_processes.py WAY PATH TEXT, on two processes, as torchrun starts them: records one run on all processes. WAY "same": each has the whole
model; "neurons": each has its share of every layer's neurons, and adds what the others made of theirs."""
import os
import sys
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "app" / "python"))
import small_encoders as small  # noqa: E402
from encoderscope_record import record  # noqa: E402


class Sum(nn.Linear):
    """A linear module of which each process has some of the input's columns: the results are added up."""

    def forward(self, x):
        y = nn.functional.linear(x, self.weight)
        torch.distributed.all_reduce(y)
        return y + self.bias


def share(model):
    """Leaves this process its neurons of each FFN."""
    rank, processes = torch.distributed.get_rank(), torch.distributed.get_world_size()
    width = small.D_FF // processes
    mine = slice(rank * width, (rank + 1) * width)
    for layer in model.layers:
        expand, shrink = nn.Linear(small.D_MODEL, width), Sum(width, small.D_MODEL)
        expand.weight.data, expand.bias.data = layer.fc1.weight.data[mine], layer.fc1.bias.data[mine]
        shrink.weight.data, shrink.bias.data = layer.fc2.weight.data[:, mine], layer.fc2.bias.data
        layer.fc1, layer.fc2 = expand, shrink
    model.config = type("Config", (), {"intermediate_size": small.D_FF})()
    return model


def main():
    way, path, text = sys.argv[1:]
    torch.distributed.init_process_group("gloo", os.environ.get("INIT_METHOD", "env://"), rank=int(os.environ["RANK"]),
                                         world_size=int(os.environ["WORLD_SIZE"]))
    model = small.Encoder()
    record(share(model) if way == "neurons" else model, small.words, text, path)
    # No destroy_process_group(): with PyTorch 2.6 it can hold the interpreter and wait for a thread that waits for the interpreter.
    os._exit(0)


main()
