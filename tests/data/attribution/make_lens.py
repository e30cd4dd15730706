#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes lens.safetensors: an affine map by NumPy's least squares (float64), for tst_lens.

    make_lens.py

Rows x and y [200 x 6], [200 x 5]; weight and bias of the least |x weightᵀ + bias - y|²."""

import json
import pathlib
import struct

import numpy as np

ROWS, IN, OUT = 200, 6, 5


def main():
    random = np.random.default_rng(3)
    x = random.normal(size=(ROWS, IN)).astype(np.float32) + np.float32(0.5)
    y = np.tanh(x @ random.normal(size=(IN, OUT)).astype(np.float32)) + random.normal(size=(ROWS, OUT)).astype(np.float32)
    solution, *_ = np.linalg.lstsq(np.c_[x, np.ones(ROWS)].astype(np.float64), y.astype(np.float64), rcond=None)
    tensors = {"bias": solution[IN], "weight": solution[:IN].T, "x": x, "y": y}
    header, data = {}, b""
    for name, tensor in tensors.items():
        stored = np.ascontiguousarray(tensor, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(stored)]}
        data += stored
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = pathlib.Path(__file__).with_name("lens.safetensors")
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main()
