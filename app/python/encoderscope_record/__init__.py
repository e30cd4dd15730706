# SPDX-License-Identifier: GPL-3.0-or-later
"""Records one run of any PyTorch encoder into a file that Encoderscope opens.

    from encoderscope_record import record
    record(model, tokenizer, "The animal didn't cross the street.", "run.safetensors")
"""
from .recorder import RecordingError, record

__all__ = ["RecordingError", "record"]
