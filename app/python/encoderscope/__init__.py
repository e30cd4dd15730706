# SPDX-License-Identifier: GPL-3.0-or-later
"""Encoderscope's engine: a Transformer encoder with every intermediate of its runs, and figures of them."""

import os as _os
import pathlib as _pathlib
import shutil as _shutil
import subprocess as _subprocess
import sysconfig as _sysconfig
import tempfile as _tempfile

from ._native import (
    Added,
    Attribution,
    Error,
    Figure,
    Index,
    Merged,
    Model,
    PlacedSentence,
    SentenceMap,
    Sweep,
    Trace,
    Use,
    __version__,
    _look_for_modules_as,
    add_to_corpus,
    attribution_methods,
    figure_kinds,
    head_measures,
    index_corpus,
    load,
    merge_corpora,
    nearest_tokens,
    read_trace,
    sentence_map,
    set_language,
)

__all__ = [
    "Added",
    "Attribution",
    "Error",
    "Figure",
    "Index",
    "Merged",
    "Model",
    "PlacedSentence",
    "SentenceMap",
    "Sweep",
    "Trace",
    "Use",
    "add_to_corpus",
    "attribution_methods",
    "figure_kinds",
    "head_measures",
    "index_corpus",
    "load",
    "merge_corpora",
    "nearest_tokens",
    "open",
    "program",
    "read_trace",
    "sentence_map",
    "set_language",
]

for _one in (Added, Attribution, Error, Figure, Index, Merged, Model, PlacedSentence, SentenceMap, Sweep, Trace, Use):
    _one.__module__ = "encoderscope"

_look_for_modules_as(_sysconfig.get_path("scripts"))  # FAISS: where this package brought the program to


def program():
    """The path of the program with the window: ENCODERSCOPE_PROGRAM, the one installed with this package, or one in PATH."""
    installed = _pathlib.Path(_sysconfig.get_path("scripts")) / "encoderscope"
    found = _os.environ.get("ENCODERSCOPE_PROGRAM") or (str(installed) if installed.is_file() else _shutil.which("encoderscope"))
    if not found:
        raise Error("The program encoderscope is not there; ENCODERSCOPE_PROGRAM can say where it is.")
    return found


def open(what, *options):
    """Starts the window on a trace, or on a file that it opens, and returns its process."""
    if isinstance(what, Trace):
        file = _pathlib.Path(_tempfile.mkdtemp(prefix="encoderscope-")) / "trace.encoderscope"
        what.save_session(file)
    else:
        file = what
    return _subprocess.Popen([program(), _os.fspath(file), *options], stdin=_subprocess.DEVNULL, start_new_session=True)
