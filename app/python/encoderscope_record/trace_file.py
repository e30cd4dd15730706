# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a trace: engine/analysis/trace-format.md describes its tensors and its metadata."""
import json
import os
import tempfile

import numpy as np

FORMAT = "encoderscope trace"
VERSION = "1"
TYPES = {np.dtype(np.float32): "F32", np.dtype(np.int64): "I64"}


def write_trace(path, tensors, metadata):
    """Writes arrays (float32 or int64, by name) and texts as safetensors; the file appears whole or not at all."""
    header = {"__metadata__": {"format": FORMAT, "version": VERSION, **metadata}}
    at = 0
    for name, values in tensors.items():
        header[name] = {"dtype": TYPES[values.dtype], "shape": list(values.shape),
                        "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    encoded = json.dumps(header, ensure_ascii=False).encode("utf-8", errors="replace")
    encoded += b" " * (-len(encoded) % 8)
    folder = os.path.dirname(os.path.abspath(path))
    handle, aside = tempfile.mkstemp(dir=folder, prefix="." + os.path.basename(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(len(encoded).to_bytes(8, "little"))
            file.write(encoded)
            for values in tensors.values():
                file.write(np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False).data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(aside, 0o666 & ~mask)
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise
