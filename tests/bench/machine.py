# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark says of the machine it ran on."""

import os
import pathlib
import platform


def description():
    cpu, flags = platform.machine(), ""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(":")[1].strip()
        elif line.startswith("flags"):
            flags = line
    widest = next((name for name in ["avx512f", "avx2", "sse4_1", "sse2"] if f" {name} " in flags + " "), "")
    return {
        "processor": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "instruction_set": widest,
        "system": platform.platform(),
        "load": os.getloadavg()[0],
    }
