# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python module: pytest, with the folder that has the built package in PYTHONPATH."""
import ast
import concurrent.futures
import gc
import inspect
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import encoderscope
import numpy as np
import pytest

SENTENCE = "The cat sat on the mat, and the dog saw it."


@pytest.fixture(scope="module")
def model():
    return encoderscope.load()


@pytest.fixture(scope="module")
def trace(model):
    return model.run(SENTENCE)


@pytest.fixture(scope="module")
def masked(model):
    return model.run("The cat sat on the [MASK].")


def softmax(scores):
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def test_sizes(model, trace):
    n = len(trace.tokens)
    assert trace.text == SENTENCE and trace.b is None and not trace.cut and trace.ids.shape == (n,)
    assert trace.output.shape == (n, model.d_model)
    assert (trace.layers, trace.heads) == (model.layers, model.heads)
    assert trace.model.hash == model.hash
    for layer in range(1, model.layers + 1):
        for name in ("query", "key", "value", "hidden"):
            assert getattr(trace, name)(layer).shape == (n, model.d_model), name
        assert trace.neurons(layer).shape == (n, model.d_ff)
        assert trace.value(layer, head=2).shape == (n, model.d_model // model.heads)
    assert trace.attention_weights(1).shape == (model.heads, n, n)


def test_every_tensor_has_its_name(model, trace):
    assert list(trace) == trace.keys() and len(trace) == len(trace.keys()) > 12 * model.layers
    assert "layer.1.attention.query" in trace and "layer.99.output" not in trace
    np.testing.assert_array_equal(trace["layer.2.output"], trace.hidden(2))
    np.testing.assert_array_equal(trace["embedding.output"], trace.hidden(0))
    d_k = model.d_model // model.heads
    np.testing.assert_array_equal(trace["layer.2.attention.key"][:, d_k:2 * d_k], trace.key(2, head=2))
    total = trace["layer.2.attention.output"] + trace.hidden(1)
    np.testing.assert_allclose(trace["layer.2.attention.sum"], total, atol=1e-5)


def test_weights_are_the_softmax_of_queries_and_keys(model, trace):
    query, key = trace.query(2, head=2), trace.key(2, head=2)
    weights = softmax(query @ key.T / np.sqrt(query.shape[1]))
    np.testing.assert_allclose(trace.attention_weights(2, 2), weights, atol=1e-5)
    np.testing.assert_array_equal(trace.attention_weights(2)[1], trace.attention_weights(2, 2))
    measures = trace.head_statistics()
    assert tuple(measures) == encoderscope.head_measures
    np.testing.assert_allclose(measures["diagonal"][1, 1], np.diag(weights).mean(), atol=1e-5)
    np.testing.assert_allclose(measures["previous"][1, 1], np.diag(weights, -1).mean(), atol=1e-5)


def test_views_are_the_run_itself(model):
    trace = model.run(SENTENCE)
    views = [trace.hidden(3), trace["layer.3.output"], trace.query(2), trace.query(2, head=2)]
    address = [view.__array_interface__["data"][0] for view in views]
    assert not any(view.flags.owndata or view.flags.writeable for view in views)
    assert address[0] == address[1]
    assert address[3] == address[2] + 4 * (trace.model.d_model // trace.heads)
    before = [view.copy() for view in views]
    del trace
    gc.collect()
    model.run("something else that would take the memory " * 10)
    for view, copy in zip(views, before):
        np.testing.assert_array_equal(view, copy)


def test_switches_masks_and_pairs(model, trace):
    off = model.run(SENTENCE, off=["2.1", "3.ffn"])
    np.testing.assert_array_equal(off.hidden(1), trace.hidden(1))
    assert np.abs(off.hidden(2) - trace.hidden(2)).max() > 1e-3
    d_k = model.d_model // model.heads
    assert not off["layer.2.attention.concatenation"][:, :d_k].any()
    assert not model.run(SENTENCE, mask=2).attention_weights(1, 1)[:, 2].any()
    assert "[MASK]" in model.run(SENTENCE, replace=["cat"]).tokens
    pair = model.run("A dog.", b="A cat.")
    assert pair.b == "A cat." and pair.tokens.count("[SEP]") == 2
    np.testing.assert_allclose(2 * model.run(SENTENCE, factor="1.1=0.5")["layer.1.attention.concatenation"][:, :d_k],
                               trace["layer.1.attention.concatenation"][:, :d_k], atol=1e-6)


def test_predictions_attribution_and_sweep(model, masked):
    place = masked.tokens.index("[MASK]")
    words = masked.predictions(place, 3)
    assert len(words) == 3 and 1 >= words[0][1] >= words[1][1] >= words[2][1] > 0
    found = masked.attribution()
    assert found.target == f"word:{place}:{words[0][0]}" and len(found.scores) == len(found.tokens) == len(masked.tokens)
    assert abs(found.scores.sum() - (found.value - found.baseline_value)) == pytest.approx(abs(found.gap), abs=1e-6)
    assert abs(found.gap) < 0.2 * abs(found.value - found.baseline_value) + 0.5
    cat = masked.attribution("key-mask", target=f"word:{place}:{words[1][0]}", measure="probability")
    assert cat.value == pytest.approx(words[1][1], rel=1e-4)
    token = masked.tokens.index("cat") if "cat" in masked.tokens else 2
    without = dict(model.run(masked.text, mask=token).predictions(place, 100000))
    assert cat.scores[token] == pytest.approx(cat.value - without[words[1][0]], abs=1e-5)
    swept = masked.sweep(target=f"word:{place}:{words[0][0]}", measure="probability")
    off = dict(model.run(masked.text, off="2.1").predictions(place, 100000))
    assert swept.heads.shape == swept.importance.shape == (model.layers, model.heads)
    assert swept.heads[1, 0] == pytest.approx(off[words[0][0]] - swept.value, abs=1e-5)
    assert swept.layers.shape == (model.layers,) and swept.tokens.shape == (len(masked.tokens),)


def test_figures(model, trace, masked, tmp_path):
    figure = trace.figure("attention", layer=2, head=1, quantity="raw-scores", width=84, theme="dark", caption="ours")
    assert figure._repr_svg_().startswith("<?xml") and "cat" in figure.svg() and "ours" in figure.svg()
    assert figure.caption == "ours" and figure._repr_png_().startswith(b"\x89PNG")
    assert len(trace.figure("attention", dpi=300).png()) > len(trace.figure("attention", dpi=60).png())
    raw = trace.query(2, 1) @ trace.key(2, 1).T
    np.testing.assert_allclose(figure.numbers(), raw, rtol=1e-4, atol=1e-4)
    figure.save(tmp_path / "scores.npy")
    np.testing.assert_array_equal(np.load(tmp_path / "scores.npy"), figure.numbers())
    off = model.run(SENTENCE, off="1.1")
    for changed in (off.figure("attention", layer=2, compare="difference"), off.figure("attention", trace, layer=2)):
        np.testing.assert_allclose(changed.numbers(), off.attention_weights(2, 1) - trace.attention_weights(2, 1), atol=1e-6)
    assert len(encoderscope.figure_kinds) > 20
    chart = trace.figure("position-curves")
    with concurrent.futures.ThreadPoolExecutor(1) as other:
        assert other.submit(trace.figure("attention").svg).result().startswith("<?xml")
        with pytest.raises(RuntimeError, match="only in the thread"):
            other.submit(chart.svg).result()
    assert chart.svg().startswith("<?xml")


def test_the_target_of_a_figure(masked):
    place = masked.tokens.index("[MASK]")
    words = [word for word, _ in masked.predictions(place, 2)]
    scores = [masked.attribution("gradient-x-input", target=f"word:{place}:{word}").scores for word in words]
    assert np.abs(scores[0] - scores[1]).max() > 1e-3
    for word, expected in zip(words, scores):
        figure = masked.figure("why-scores", target=f"word:{place}:{word}", method="gradient-x-input")
        np.testing.assert_allclose(figure.numbers().ravel(), expected, rtol=1e-4, atol=1e-6)


def test_korean():
    code = ("import encoderscope; encoderscope.set_language('ko')\n"
            "print(encoderscope.load().run('고양이').figure('attention').title)")
    title = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert any("가" <= letter <= "힣" for letter in title)


def test_vectors_of_many_sentences():
    data = pathlib.Path(__file__).parents[2] / "data/sentences"
    one = encoderscope.load(data / "mean")
    texts = ["the cat", "a dog sees the moon and the cat", "the cat", "dog"]
    vectors = one.sentence_vectors(texts)
    assert vectors.shape[0] == 4
    for text, vector in zip(texts, vectors):
        np.testing.assert_allclose(vector, one.run(text).sentence_vector(), atol=1e-5)
    with pytest.raises(encoderscope.Error):
        encoderscope.load().sentence_vectors(texts)  # the default model makes none


@pytest.mark.parametrize("call, error, message", [
    (lambda model, trace: encoderscope.load("/no/such/folder"), encoderscope.Error, "/no/such/folder"),
    (lambda model, trace: model.run(" "), encoderscope.Error, "missing or empty"),
    (lambda model, trace: model.run(SENTENCE, off=["99"]), encoderscope.Error, "There is no layer 99"),
    (lambda model, trace: model.run(SENTENCE, off="x"), encoderscope.Error, "not understood"),
    (lambda model, trace: model.run(SENTENCE, mask=99), encoderscope.Error, "no token 99"),
    (lambda model, trace: model.run(SENTENCE, nothing=1), encoderscope.Error, "nothing"),
    (lambda model, trace: model.run(SENTENCE, text_file="x"), TypeError, "text_file"),
    (lambda model, trace: trace.figure("nothing"), encoderscope.Error, "attention"),
    (lambda model, trace: trace.figure("attention", layer=99), encoderscope.Error, "no layer 99"),
    (lambda model, trace: trace.figure("attention", nothing=1), encoderscope.Error, "nothing"),
    (lambda model, trace: trace.figure("attention", format="png"), TypeError, "format"),
    (lambda model, trace: trace.figure("attention").save("/no/such/folder/a.svg"), encoderscope.Error, "/no/such/folder"),
    (lambda model, trace: trace.attribution("nothing"), encoderscope.Error, "occlusion"),
    (lambda model, trace: trace.attribution(target="word:99:cat"), encoderscope.Error, "no token 99"),
    (lambda model, trace: trace.hidden(99), IndexError, "layer 99"),
    (lambda model, trace: trace.query(0), IndexError, "layer 0"),
    (lambda model, trace: trace.attention_weights(1, 99), IndexError, "head 99"),
    (lambda model, trace: trace.predictions(99), IndexError, "token 99"),
    (lambda model, trace: trace["nothing"], KeyError, "nothing"),
    (lambda model, trace: encoderscope.read_trace(__file__), encoderscope.Error, "test_module.py"),
    (lambda model, trace: encoderscope.add_to_corpus(model, __file__, "/no/x.sqlite"), encoderscope.Error, "/no"),
    (lambda model, trace: encoderscope.add_to_corpus(model, __file__, "/no/x.sqlite", shard=(3, 2)), ValueError, "shard"),
    (lambda model, trace: encoderscope.add_to_corpus(model, __file__, "/no/x.sqlite", token_vectors=[2, 1]), ValueError, "in order"),
    (lambda model, trace: encoderscope.merge_corpora("/no/x.sqlite", "y.sqlite"), encoderscope.Error, "/no/x.sqlite"),
])
def test_what_cannot_be_done_is_said(model, trace, call, error, message):
    with pytest.raises(error, match=message) as raised:
        call(model, trace)
    assert raised.type is error


def test_a_trace_read_from_a_file(trace, tmp_path):
    trace.save(tmp_path / "run.safetensors")
    read = encoderscope.read_trace(tmp_path / "run.safetensors")
    assert read.tokens == trace.tokens
    np.testing.assert_array_equal(read.hidden(2), trace.hidden(2))
    np.testing.assert_array_equal(read.attention_weights(2, 1), trace.attention_weights(2, 1))
    assert read.figure("attention").svg().startswith("<?xml")
    with pytest.raises(encoderscope.Error, match="not the model"):
        read.attribution(target="word:2:best")


def test_the_window_opens_a_trace(model, tmp_path, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    trace = model.run(SENTENCE, off="2.1", mask="dog")
    process = encoderscope.open(trace, "--screenshot", str(tmp_path / "window.png"))
    assert process.wait(60) == 0
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
    session = pathlib.Path(process.args[1])
    assert '"heads_off"' in session.read_text() and SENTENCE in session.read_text()
    session.unlink()
    session.parent.rmdir()


def test_a_corpus(model, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("The cat sat.\nA dog saw it.\nNobody came.\n")
    added = encoderscope.add_to_corpus(model, text, tmp_path / "whole.sqlite", max_tokens=20)
    assert (added.added, added.present, added.cut) == (3, 0, 0)
    assert encoderscope.add_to_corpus(model, [text], tmp_path / "whole.sqlite", max_tokens=20).present == 3
    for shard, sentences in ((1, 2), (2, 1)):
        part = encoderscope.add_to_corpus(model, text, tmp_path / f"{shard}.sqlite", shard=(shard, 2), max_tokens=20)
        assert part.added == sentences
    merged = encoderscope.merge_corpora([tmp_path / "1.sqlite", tmp_path / "2.sqlite"], tmp_path / "both.sqlite")
    assert merged.added == 3
    queries = "SELECT text, heads FROM sentence ORDER BY text"
    whole, both = (sqlite3.connect(tmp_path / name).execute(queries).fetchall() for name in ("whole.sqlite", "both.sqlite"))
    assert whole == both
    numbers = np.frombuffer(whole[1][1], "<f4").reshape(model.layers, model.heads, -1)
    measures = model.run("Nobody came.").head_statistics()
    np.testing.assert_allclose(numbers[:, :, 0], measures["entropy"], rtol=1e-3, atol=1e-4)


def test_vectors_of_tokens(model, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("The cat sat.\n고양이가 잔다.\n")
    encoderscope.add_to_corpus(model, text, tmp_path / "tokens.sqlite", token_vectors=[1, 2])
    vectors = sqlite3.connect(tmp_path / "tokens.sqlite").execute(
        "SELECT layer, sentence & 4294967295, position, vector FROM token_vector").fetchall()
    runs = {1: model.run("The cat sat."), 2: model.run("고양이가 잔다.")}
    assert len(vectors) == sum(2 * (len(run.tokens) - 2) for run in runs.values())
    for layer, line, position, vector in vectors:
        np.testing.assert_allclose(np.frombuffer(vector, "<f2"), runs[line].hidden(layer)[position], rtol=2e-3, atol=2e-3)


def test_a_map_of_a_corpus(tmp_path):
    data = pathlib.Path(__file__).parents[2] / "data/sentences/mean"
    text = tmp_path / "text.txt"
    text.write_text("the cat sees the dog\na cat\nthe dog sees the moon\nthe moon\n")
    corpus = tmp_path / "map.sqlite"
    encoderscope.add_to_corpus(encoderscope.load(data), text, corpus)
    made = encoderscope.sentence_map(corpus)
    vectors = np.array([np.frombuffer(vector, "<f4") for (vector,) in
                        sqlite3.connect(corpus).execute("SELECT vector FROM sentence ORDER BY id")], dtype=np.float64)
    centred = vectors - vectors.mean(axis=0)
    _, values, axes = np.linalg.svd(centred, full_matrices=False)
    expected = centred @ axes[:2].T
    np.testing.assert_allclose(np.abs(made.positions), np.abs(expected), atol=1e-4)
    np.testing.assert_allclose(made.shares, (values ** 2 / (values ** 2).sum())[:2], rtol=1e-4)
    np.testing.assert_allclose(made.places_of(vectors), made.positions, atol=1e-4)
    np.testing.assert_allclose(made.places_of(vectors[1])[0], made.positions[1], atol=1e-4)
    assert [one.beginning for one in made.sentences] == text.read_text().splitlines() and made.all == 4
    assert len(encoderscope.sentence_map(corpus, most=2).sentences) == 2
    with pytest.raises(ValueError, match="expected"):
        made.places_of(vectors[:, 1:])


def test_the_nearest_tokens_of_a_corpus(model, tmp_path):
    text = tmp_path / "text.txt"
    lines = [f"The {who} {what}." for who in ("cat", "dog", "moon", "고양이가") for what in ("sat", "saw it", "came 😀 home", "left")]
    text.write_text("\n".join(lines))
    corpus = tmp_path / "tokens.sqlite"
    encoderscope.add_to_corpus(model, text, corpus, token_vectors=[2, 4])
    run = model.run("A cat came.")
    vector, piece = run.hidden(2)[2], run.tokens[2]
    expected = {}
    for line in lines:
        other = model.run(line)
        for position, name in enumerate(other.tokens[1:-1], 1):
            one = other.hidden(2)[position]
            cosine = one @ vector / np.linalg.norm(one) / np.linalg.norm(vector)
            for among in {name, None}:
                best = expected.setdefault(among, {})
                best[line] = max(cosine, best.get(line, -2))
    with pytest.raises(encoderscope.Error, match="has no index"):
        encoderscope.nearest_tokens(corpus, vector)
    indexes = encoderscope.index_corpus(corpus, 2)
    assert [(index.layer, pathlib.Path(index.path).stat().st_size) for index in indexes] == [(2, indexes[0].bytes)]
    assert indexes[0].tokens == sum(len(model.run(line).tokens) - 2 for line in lines)
    assert [index.layer for index in encoderscope.index_corpus(corpus)] == [2, 4]
    for among in (piece, None):
        uses = encoderscope.nearest_tokens(corpus, vector, layer=2, piece=among, most=5)
        best = sorted(expected[among].values(), reverse=True)[:5]
        np.testing.assert_allclose([use.cosine for use in uses], best, atol=2e-3)
        for use in uses:
            assert lines[use.line - 1] == use.text and use.source == str(text) and use.sentence == (1 << 32) + use.line
            assert model.run(use.text).tokens[use.token] == use.piece
            assert use.text[slice(*use.place)].lower() in use.piece.lower().replace("\u2581", "").replace("##", "") or among is None
            assert among is None or use.piece == among
    assert encoderscope.nearest_tokens(corpus, run.hidden(4)[2].astype(np.float64).tolist())[0].cosine > 0.5
    for call, error, message in (
            (lambda: encoderscope.nearest_tokens(corpus, run.hidden(2)), ValueError, "one dimension"),
            (lambda: encoderscope.nearest_tokens(corpus, vector[:3], layer=2), encoderscope.Error, "of vectors of"),
            (lambda: encoderscope.nearest_tokens(corpus, vector, layer=1), encoderscope.Error, "after layer 1"),
            (lambda: encoderscope.nearest_tokens(corpus, vector, most=0), encoderscope.Error, "most"),
            (lambda: encoderscope.index_corpus(corpus, 3), encoderscope.Error, "after layer 3"),
            (lambda: encoderscope.index_corpus(tmp_path / "none.sqlite"), encoderscope.Error, "none.sqlite")):
        with pytest.raises(error, match=message):
            call()


def test_runs_leave_other_threads_alone(model, trace):
    ticks = 0
    done = threading.Event()

    def count():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    masked = model.run("The cat sat on the [MASK] " + "and the dog saw it " * 20)
    thread = threading.Thread(target=count)
    thread.start()
    before = ticks
    begin = time.monotonic()
    masked.attribution(steps=100)
    seconds = time.monotonic() - begin
    during = ticks - before
    done.set()
    thread.join()
    assert seconds > 0.05, "too quick to say anything"
    assert during > 10, f"{during} in {seconds} s"


def test_ctrl_c_stops_a_corpus_and_keeps_what_was_added(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("".join(f"Sentence {i} is about a cat, a dog and the number {i * i}.\n" for i in range(100000)))
    code = ("import sys, encoderscope\n"
            "print('begun', flush=True)\n"
            "try:\n"
            "    encoderscope.add_to_corpus(encoderscope.load(), sys.argv[1], sys.argv[2])\n"
            "except KeyboardInterrupt:\n"
            "    print('stopped')\n")
    corpus = tmp_path / "stopped.sqlite"
    process = subprocess.Popen([sys.executable, "-c", code, text, corpus], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begun\n"
    deadline = time.monotonic() + 30
    while not corpus.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[0] == "stopped\n" and process.returncode == 0
    assert 0 <= sqlite3.connect(corpus).execute("SELECT count(*) FROM sentence").fetchone()[0] < 100000
    assert sorted(os.listdir(tmp_path)) == ["stopped.sqlite", "text.txt"]


def test_the_stub_names_what_there_is():
    stub = ast.parse((pathlib.Path(encoderscope.__file__).parent / "__init__.pyi").read_text())
    named = set()
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            named.add(node.name)
            own = vars(getattr(encoderscope, node.name))
            special = {"__getitem__", "__contains__", "__iter__", "__len__"}
            actual = {name for name in own if name in special or not name.startswith("__")} - {"_pybind11_conduit_v1_"}
            assert actual - {"__weakref__"} == {item.name for item in node.body if isinstance(item, ast.FunctionDef)}, node.name
        elif isinstance(node, ast.FunctionDef):
            named.add(node.name)
            assert callable(getattr(encoderscope, node.name))
        elif isinstance(node, ast.AnnAssign):
            named.add(node.target.id)
    assert set(encoderscope.__all__) | {"__version__"} == named
    for name in named:
        assert inspect.isclass(getattr(encoderscope, name)) or hasattr(encoderscope, name)
