# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Path = str | os.PathLike[str]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

__version__: str
head_measures: tuple[str, ...]
"""What Trace.head_statistics() measures."""
figure_kinds: tuple[str, ...]
"""The names of the figures; `encoderscope figure --list` says what they show."""
attribution_methods: tuple[str, ...]

class Error(ValueError):
    """What cannot be used or is not there, in a sentence for the user."""

class Model:
    """A model with its tokenizer. Threads may share it."""

    @property
    def name(self) -> str: ...
    @property
    def hash(self) -> str:
        """Tells whether two models have the same weights."""
    @property
    def layers(self) -> int: ...
    @property
    def heads(self) -> int:
        """Of each layer."""
    @property
    def d_model(self) -> int: ...
    @property
    def d_ff(self) -> int: ...
    @property
    def max_tokens(self) -> int:
        """Most tokens of an input, special ones included; 0 = no limit."""
    def run(
        self,
        text: str,
        b: str | None = None,
        *,
        off: str | Sequence[str] | None = None,
        mask: int | str | Sequence[int | str] | None = None,
        replace: int | str | Sequence[int | str] | None = None,
        factor: str | Sequence[str] | None = None,
        steer: str | None = None,
        steer_to: str | None = None,
        steer_from: str | None = None,
        temperature: float | None = None,
        activation: str | None = None,
        tokenization: str | None = None,
        long: str | None = None,
    ) -> Trace:
        """Runs the encoder on a text, or on a pair with `b`.

        The keywords are options of the command line (`encoderscope trace --help`): `off` switches parts off, "2" layer 2,
        "2.1" its head 1, "2.attention", "2.ffn", "positions"; no token attends to tokens of `mask` (numbers from 0, or
        words); the model's mask token stands in the place of those of `replace`; `factor` "2.1=0.5" halves a head, "2.n17=3"
        triples a neuron; `long` "refuse" refuses a text that would be cut.
        """
    def sentence_vectors(self, texts: Sequence[str]) -> Floats:
        """The vector of each text, as `run(text).sentence_vector()` gives it [texts x d]; packed by length and run on all
        cores, without keeping anything else."""

class Trace:
    """Every intermediate of one run. Layers and heads count from 1, tokens, neurons and dimensions from 0.

    `trace["layer.2.attention.sum"]` is a tensor by the name that it has in a trace's file (engine/analysis/trace-format.md),
    keys() are the names. Where it says "view", the array is the run's own memory: nothing is copied, it cannot be written to,
    and it keeps the run alive. KeyError: the trace was read from a file that lacks it; IndexError: there is no such layer,
    head or token.
    """

    @property
    def text(self) -> str: ...
    @property
    def b(self) -> str | None: ...
    @property
    def cut(self) -> bool:
        """Whether the text lost its end, or where the model says so its beginning, because it was too long."""
    @property
    def model(self) -> Model: ...
    @property
    def tokens(self) -> list[str]:
        """The vocabulary's pieces, special ones included."""
    @property
    def ids(self) -> NDArray[np.int32]: ...
    @property
    def layers(self) -> int: ...
    @property
    def heads(self) -> int: ...
    def keys(self) -> list[str]: ...
    def __getitem__(self, name: str) -> Floats:
        """View."""
    def __contains__(self, name: str) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    @property
    def output(self) -> Floats:
        """The encoder's result [tokens x d_model]; view."""
    def hidden(self, layer: int) -> Floats:
        """The hidden state after a layer, 0 = the embedding's output [tokens x d_model]; view."""
    def query(self, layer: int, head: int | None = None) -> Floats:
        """Of a head [tokens x d_k], or of all side by side [tokens x heads · d_k]; view."""
    def key(self, layer: int, head: int | None = None) -> Floats:
        """The same; view."""
    def value(self, layer: int, head: int | None = None) -> Floats:
        """The same; view."""
    def neurons(self, layer: int) -> Floats:
        """After the activation [tokens x d_ff]; view."""
    def attention_weights(self, layer: int, head: int | None = None) -> Floats:
        """Each query's weights over the keys [tokens x tokens], of all heads [heads x tokens x tokens]. They are computed when
        they are asked for: a run keeps queries and keys."""
    def head_statistics(self) -> dict[str, Floats]:
        """What the heads look at: for each of `head_measures` [layers x heads]."""
    def sentence_vector(self) -> Floats:
        """The vector that sentence-transformers give the text. Error: the model has none."""
    def predictions(self, token: int, count: int = 5) -> list[tuple[str, float]]:
        """The likeliest pieces at a token, with their probabilities. Error: the model predicts no words."""
    def classes(self) -> list[tuple[str, float]]:
        """The labels of the text, with their probabilities. Error: the model has none."""
    def attribution(
        self,
        method: str = "integrated-gradients",
        baseline: str = "mask",
        steps: int = 50,
        *,
        target: str | None = None,
        measure: str | None = None,
        contrast: str | None = None,
    ) -> Attribution:
        """What each token did for a number of the run. `method`: one of `attribution_methods`; `baseline` "mask", "zero" or
        "average", of the methods that have one; `target`, `measure` and `contrast` as the options of `encoderscope explain`:
        "word:6:cat", "class:LABEL", "similarity", "neuron:LAYER:NEURON:TOKEN". Without a target: the likeliest word at the mask
        token, the similarity of a pair, the likeliest class, or the likeliest word at the first token of the text."""
    def sweep(self, *, target: str | None = None, measure: str | None = None, contrast: str | None = None) -> Sweep:
        """How that number changes when each part is switched off."""
    def figure(
        self,
        kind: str,
        reference: Trace | None = None,
        compare: str | None = None,
        hide_special: bool = False,
        title: str | None = None,
        caption: str | None = None,
        **options: Any,
    ) -> Figure:
        """A figure by its name in the catalogue (`figure_kinds`).

        `compare` is "now", "before", "difference" or "side-by-side": with `reference`, another trace (then "difference" is
        usual), else with the same run without its switches. `options` are those that `encoderscope figure KIND --help` lists,
        with _ for -: `layer=2, head=1`, and how it looks: `theme="dark"`, `width=84` (mm), `text_size=7` (pt), `dpi=300`,
        `colours="greys"`, `no_caption=True`.
        """
    def save(self, path: Path) -> None:
        """Writes all of it, attention weights too, as safetensors."""
    def save_session(self, path: Path) -> None:
        """Writes a session (.encoderscope) that the window opens: text, model and switches."""

class Attribution:
    @property
    def method(self) -> str: ...
    @property
    def target(self) -> str:
        """As the argument `target` names it."""
    @property
    def value(self) -> float:
        """Of the target."""
    @property
    def tokens(self) -> list[str]: ...
    @property
    def scores(self) -> Doubles:
        """[tokens]"""
    @property
    def gap(self) -> float | None:
        """Of integrated gradients: how much the scores' sum misses the target minus `baseline_value`."""
    @property
    def baseline_value(self) -> float | None: ...

class Sweep:
    """The target without a part, minus the target."""

    @property
    def target(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def heads(self) -> Doubles:
        """[layers x heads]"""
    @property
    def importance(self) -> Doubles:
        """What the gradient says that it would be, to first order [layers x heads]."""
    @property
    def attention(self) -> Doubles:
        """Each attention sublayer [layers]."""
    @property
    def feed_forward(self) -> Doubles: ...
    @property
    def layers(self) -> Doubles: ...
    @property
    def tokens(self) -> Doubles:
        """Each token as a key [tokens]."""
    @property
    def positions(self) -> float | None:
        """None of models without a positional encoding."""

class Figure:
    """A picture with its numbers; a notebook shows it. Charts and formulas are painted only in the thread in which the first
    figure was made."""

    @property
    def title(self) -> str: ...
    @property
    def caption(self) -> str: ...
    def svg(self) -> str: ...
    def png(self) -> bytes: ...
    def csv(self) -> str: ...
    def numbers(self) -> NDArray[Any]:
        """Those behind the picture, as an .npy file of it holds them."""
    def save(self, path: Path) -> None:
        """PNG, SVG, PDF, WebP, CSV, JSON or NPY, by the name's ending."""
    def _repr_svg_(self) -> str | None: ...
    def _repr_png_(self) -> bytes: ...

class Added:
    """How many sentences."""

    @property
    def added(self) -> int: ...
    @property
    def present(self) -> int:
        """That were there already."""
    @property
    def bad(self) -> int:
        """Lines that were skipped."""
    @property
    def cut(self) -> int: ...
    @property
    def not_finite(self) -> int:
        """Whose runs had numbers that are not: they are kept without statistics."""

class Merged:
    @property
    def added(self) -> int: ...
    @property
    def present(self) -> int: ...

class Index:
    """Of a corpus's vectors after a layer."""

    @property
    def layer(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def tokens(self) -> int: ...
    @property
    def bytes(self) -> int:
        """Of the file."""

class Use:
    """A token of a corpus, in its sentence."""

    @property
    def cosine(self) -> float:
        """Of its vector with the one that was asked for."""
    @property
    def sentence(self) -> int:
        """Its number in the database."""
    @property
    def source(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str:
        """Of the sentence."""
    @property
    def token(self) -> int: ...
    @property
    def piece(self) -> str: ...
    @property
    def place(self) -> tuple[int, int]:
        """The token's part of the text: `text[slice(*place)]`."""

class PlacedSentence:
    """A sentence of a corpus on its map."""

    @property
    def sentence(self) -> int:
        """Its number in the database."""
    @property
    def source(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def beginning(self) -> str:
        """Of its text."""

class SentenceMap:
    """Sentences of a corpus along the first two principal components of their vectors."""

    @property
    def positions(self) -> Floats:
        """[sentences x 2]"""
    @property
    def shares(self) -> tuple[float, float]:
        """Of the whole variance, along each axis."""
    @property
    def sentences(self) -> list[PlacedSentence]:
        """In the order of the positions."""
    @property
    def all(self) -> int:
        """Sentences that the corpus has."""
    def places_of(self, vectors: NDArray[Any]) -> Floats:
        """Where other sentences' vectors [n x d], or one [d], lie on the map [n x 2]."""

def load(folder_or_name: Path | None = None) -> Model:
    """A Hugging Face folder, the name of a model in its local cache, "untrained:modernbert" or "untrained:deberta"; without
    it the small model that the program brings. Nothing is downloaded."""

def read_trace(path: Path) -> Trace:
    """A run that Trace.save(), `encoderscope trace` or encoderscope_record wrote: of a model whose weights are not there."""

def add_to_corpus(
    model: Model,
    files: Path | Sequence[Path],
    output: Path,
    *,
    shard: tuple[int, int] = (1, 1),
    name: str | None = None,
    format: str | None = None,
    field: str | None = None,
    max_tokens: int | None = None,
    examples: int | None = None,
    refuse_long: bool = False,
    skip_bad_lines: bool = False,
    token_vectors: Sequence[int] = (),
) -> Added:
    """Runs the model on every sentence of the files that the corpus lacks, on all cores, as `encoderscope corpus add`
    (engine/corpus/README.md says what is in the SQLite database). `token_vectors` are layers after which the vectors of
    tokens are kept. `shard` (3, 16) is the third of 16 parts of the work. Ctrl-C
    stops it: what was added stays, and the same call goes on."""

def merge_corpora(corpora: Path | Sequence[Path], output: Path) -> Merged:
    """Puts corpora together: shards become what one run would have given."""

def index_corpus(corpus: Path, layer: int | None = None) -> list[Index]:
    """Makes an index of the vectors after a layer, or after each one after which the corpus keeps some (add_to_corpus() with
    `token_vectors`), as `encoderscope corpus index`: a file beside the corpus for each. Needs FAISS (libfaiss-dev when this
    package is built). Ctrl-C stops it: an index that was there is as it was."""

def nearest_tokens(
    corpus: Path, vector: NDArray[Any], *, layer: int | None = None, piece: str | None = None, most: int = 20
) -> list[Use]:
    """The tokens whose vectors are nearest to `vector` [d_model], the nearest of each sentence, best first: uses of a piece of
    the vocabulary, as trace.tokens writes it, or, without `piece`, tokens of any, which takes an index. `layer`: after which
    vectors are compared; without it the last one after which the corpus keeps some. The vector is one of the same model:
    `trace.hidden(4)[2]`."""

def sentence_map(corpus: Path, *, most: int = 4000) -> SentenceMap:
    """Where sentences lie that the model takes for alike: `most` of the corpus's, evenly over it, along the first two
    principal components of their vectors. Raises Error where the corpus's model makes no vectors of sentences."""

def set_language(code: str) -> None:
    """Of figures and messages from now on: "en" or "ko"."""

def program() -> str:
    """The path of the program with the window: ENCODERSCOPE_PROGRAM, the one installed with this package, or one in PATH."""

def open(what: Trace | Path, *options: str) -> subprocess.Popen[bytes]:
    """Starts the window on a trace, or on a file that it opens (a session, a recorded run, a corpus), and returns its process.
    `options` are those of `encoderscope --help`. A trace is opened as a session in a temporary file: its text, model and
    switches can be changed there, and *Save as* puts it elsewhere."""
