#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A corpus made by the workers of a Dask cluster: each takes shards of the sentences, and the shards are merged.

    corpus_dask.py sentences.txt study.sqlite --shards 64 --scheduler tcp://node1:8786
    corpus_dask.py sentences.txt study.sqlite                                          # two workers on this machine

Every machine must see TEXT and the folder of OUTPUT under the same paths, and have the Python package encoderscope.
"""
import argparse
import functools
import os
import shutil
import tempfile
from pathlib import Path

import encoderscope
from distributed import Client, LocalCluster

load = functools.lru_cache(maxsize=1)(encoderscope.load)


def add_shard(shard, shards, text, folder, model=None):
    """Makes FOLDER/part-SHARD.sqlite, on the worker's own disk first; one that is there is whole, and is not made again."""
    part = Path(folder) / f"part-{shard}.sqlite"
    if part.exists():
        return str(part)
    with tempfile.TemporaryDirectory() as here:
        made = Path(here) / "part.sqlite"
        encoderscope.add_to_corpus(load(model), text, made, name=Path(text).name, shard=(shard, shards))
        copy = part.with_suffix(f".{os.getpid()}")
        shutil.copyfile(made, copy)
        copy.replace(part)
    return str(part)


def make_corpus(client, text, output, shards, model=None, work=add_shard):
    """A worker that dies costs the shard that it had: Dask gives it to another."""
    folder = Path(f"{output}.parts").absolute()
    folder.mkdir(exist_ok=True)
    futures = client.map(work, range(1, shards + 1), shards=shards, text=os.path.abspath(text), folder=str(folder),
                         model=model, pure=False)
    merged = encoderscope.merge_corpora(client.gather(futures), output)
    shutil.rmtree(folder)
    return merged


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text")
    parser.add_argument("output")
    parser.add_argument("--shards", type=int, default=16, help="more than there are workers: what is lost with one is a shard")
    parser.add_argument("--scheduler", help="the address of a running one")
    parser.add_argument("--model", help="a folder, or a name in the local Hugging Face cache")
    arguments = parser.parse_args()
    cluster = arguments.scheduler or LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        merged = make_corpus(client, arguments.text, arguments.output, arguments.shards, arguments.model)
    print(f"{merged.added + merged.present} sentences")


if __name__ == "__main__":
    main()
