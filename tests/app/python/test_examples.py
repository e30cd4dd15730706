# SPDX-License-Identifier: GPL-3.0-or-later
"""What app/python/examples shows: the notebook runs, and each recipe for many machines makes what one run makes, also where a
process is killed. pytest, with the built package in PYTHONPATH; ENCODERSCOPE_PROGRAM is the built program."""
import ast
import functools
import json
import os
import pathlib
import signal
import shutil
import sqlite3
import subprocess
import sys
import threading

import encoderscope
import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "app" / "python" / "examples"
SHARD = str(EXAMPLES / "corpus_shard")
PROGRAM = os.path.abspath(os.environ["ENCODERSCOPE_PROGRAM"])
sys.path.insert(0, str(EXAMPLES))

SENTENCES = "".join(f"{who} {does} the {what}, and so did {i} others.\n" for i, (who, does, what) in enumerate(
    (who, does, what) for who in ("The cat", "A dog", "고양이가", "Nobody") for does in ("saw", "liked", "forgot")
    for what in ("moon", "river", "old house", "쥐", "animals of the north")))


def content(path):
    """Everything in a corpus; totals to seven digits."""
    rows = []
    with sqlite3.connect(path) as database:
        for statement in (
                "SELECT id, text, tokens, cut, queries, heads, vector FROM sentence ORDER BY id",
                "SELECT * FROM token ORDER BY sentence, position", "SELECT * FROM piece ORDER BY id",
                "SELECT layer, head, measure, sentences, round(mean, 7), round(squares, 7), queries, round(sum, 5) "
                "FROM head_total ORDER BY layer, head, measure",
                "SELECT * FROM neuron_example ORDER BY layer, neuron, sentence",
                "SELECT * FROM head_example ORDER BY layer, head, sentence",
                "SELECT name FROM source"):
            rows.append(database.execute(statement).fetchall())
    database.close()
    return rows


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    path = tmp_path_factory.mktemp("text") / "sentences.txt"
    path.write_text(SENTENCES)
    return path


@pytest.fixture(scope="module")
def whole(text):
    path = text.parent / "whole.sqlite"
    encoderscope.add_to_corpus(encoderscope.load(), text, path, name="sentences.txt")
    return content(path)


@pytest.fixture
def dying(tmp_path):
    """The program, which is killed when it has begun with shard 2 for the first time; `tries` counts."""
    path = tmp_path / "dying"
    path.write_text(f"""#!/usr/bin/env bash
echo "$*" >>"{tmp_path}/tries"
if [[ " $* " != *" --shard 2/3 "* ]] || [ -e "{tmp_path}/died" ]; then exec "{PROGRAM}" "$@"; fi
touch "{tmp_path}/died"
"{PROGRAM}" "$@" &
while [ -z "$(compgen -G "${{!#}}*")" ]; do sleep 0.001; done
kill -9 $!
wait $!
""")
    path.chmod(0o755)
    return path


def merged(folder, output):
    parts = sorted(map(str, folder.glob("part-*.sqlite")))
    assert len(parts) == 3
    subprocess.run([PROGRAM, "corpus", "merge", *parts, "--output", output], check=True, capture_output=True)
    return content(output)


def tries(folder):
    return sorted(line.split("--shard ")[1].split()[0] for line in (folder / "tries").read_text().splitlines())


def test_gnu_parallel(text, whole, dying, tmp_path):
    if not shutil.which("parallel"):
        pytest.skip("GNU parallel is not installed")
    subprocess.run(["parallel", "--jobs", "2", "--retries", "3", SHARD, "3", text, tmp_path / "parts", "{}", ":::", "1", "2", "3"],
                   check=True, env={**os.environ, "ENCODERSCOPE": str(dying), "HOME": str(tmp_path)}, stdin=subprocess.DEVNULL)
    assert tries(tmp_path) == ["1/3", "2/3", "2/3", "3/3"]
    assert merged(tmp_path / "parts", tmp_path / "study.sqlite") == whole


def test_slurm_array(text, whole, dying, tmp_path):
    """As Slurm runs the array's tasks: the number is in the environment, and a task that failed is run again."""
    def run(task):
        return subprocess.run([SHARD, "3", text, tmp_path / "parts"], capture_output=True,
                              env={**os.environ, "ENCODERSCOPE": str(dying), "SLURM_ARRAY_TASK_ID": task}).returncode

    assert [run(task) for task in "123"] == [0, 137, 0]
    assert [run(task) for task in "123"] == [0, 0, 0]
    assert tries(tmp_path) == ["1/3", "2/3", "2/3", "3/3"]
    assert merged(tmp_path / "parts", tmp_path / "study.sqlite") == whole


def test_a_recipe_says_what_it_wants():
    asked = subprocess.run([SHARD], capture_output=True, text=True)
    assert asked.returncode == 2 and "SHARDS TEXT FOLDER" in asked.stderr


def add_and_die(shard, tries, **arguments):
    """Shard 2 takes its worker along when it has begun for the first time."""
    import corpus_dask

    with open(tries, "a") as file:
        file.write(f"{shard}\n")
    died = pathlib.Path(tries).with_suffix(".died")
    if shard == 2 and not died.exists():
        died.touch()
        threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGKILL)).start()
        while True:
            corpus_dask.add_shard(shard, **{**arguments, "folder": str(died.parent / "lost")})
    return corpus_dask.add_shard(shard, **arguments)


def test_dask(text, whole, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    import corpus_dask

    (tmp_path / "lost").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None,
                                  local_directory=str(tmp_path)) as cluster, distributed.Client(cluster) as client:
        done = corpus_dask.make_corpus(client, text, tmp_path / "study.sqlite", shards=3,
                                       work=functools.partial(add_and_die, tries=str(tmp_path / "tries")))
    assert done.added == len(SENTENCES.splitlines())
    assert content(tmp_path / "study.sqlite") == whole
    assert sorted((tmp_path / "tries").read_text().split()) == ["1", "2", "2", "3"]
    assert not (tmp_path / "study.sqlite.parts").exists()


def test_the_notebook(capsys, monkeypatch, tmp_path):
    """Cell by cell, as Jupyter runs it: what a cell's last expression gives is shown. Jupyter itself is not needed."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = json.loads((EXAMPLES / "tour.ipynb").read_text())
    assert (notebook["nbformat"], len(notebook["cells"])) >= (4, 10)
    shown = []
    names = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == [], "committed without outputs, which would grow old"
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell["id"], "exec"), names)
        if last:
            value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
            shown.append(value._repr_svg_() if hasattr(value, "_repr_svg_") else repr(value))
    assert sum(one.startswith("<?xml") for one in shown) == 2
    assert "of its weight" in capsys.readouterr().out
