# SPDX-License-Identifier: GPL-3.0-or-later
"""record(): one run of an encoder, kept by hooks, as the file of a trace."""
import contextlib
import json

import numpy as np
import torch

from . import distributed
from .layers import KEY, QUERY, TOGETHER, VALUE, activation_between, find_layers, heads_of, leaf, of_attention
from .listening import Listener, attention_weights, first_rows, rows
from .scores import Scores
from .tokens import describe, encode
from .trace_file import write_trace

class RecordingError(Exception):
    """The run cannot be recorded; the message says why."""


def array(tensor):
    return np.ascontiguousarray(tensor.detach().float().cpu().numpy())


def repeated(values, heads, d_k):
    """Keys or values that heads share, once for each head."""
    shared = values.shape[1] // d_k
    if shared == 0 or shared == heads or heads % shared != 0:
        return values
    return values.reshape(-1, shared, d_k).repeat_interleave(heads // shared, dim=1).reshape(-1, heads * d_k)


class Parts:
    """Makes the tensors of a trace of what was kept of a layer."""

    def __init__(self, model, n, heads, keep_weights):
        self.n, self.heads, self.keep_weights = n, heads, keep_weights
        config = getattr(model, "config", None)
        self.d_ff = next((size for size in (getattr(config, name, None) for name in
                                            ("intermediate_size", "encoder_ffn_dim", "d_ff", "hidden_dim"))
                          if isinstance(size, int)), None)
        self.shared_heads = getattr(config, "num_key_value_heads", None)  # of keys and values, where they are fewer
        self.head_size = getattr(config, "head_dim", None) or getattr(config, "d_kv", None)
        self.scores = Scores(model, n)
        self.head_width = None  # of a query
        self.activations = []  # of each layer: the function's name, or None

    def of(self, layer):
        """The tensors by their names after "layer.<i>."; the hidden states before and after it."""
        if layer.gave is None or layer.read is None:
            raise RecordingError(
                f"a layer ({type(layer.module).__name__}) reads or gives no hidden state with a row for each of the "
                f"{self.n} tokens")
        found = {}
        self.heads = self.heads or heads_of(layer.module, layer.module)
        d_model = layer.gave.shape[1]
        weights = layer.weights
        if weights is not None:
            weights = distributed.whole(weights, 0, self.heads)
            self.heads = self.heads or weights.shape[0]
            if weights.shape[0] == self.heads:
                if self.keep_weights:
                    found["attention.weights"] = weights
            else:
                weights = None
        if self.heads:
            found.update(self.attention(layer, d_model))
            if "attention.query" in found:
                self.head_width = found["attention.query"].shape[1] // self.heads
        self.scores.add(found.get("attention.query"), found.get("attention.key"), weights, self.heads)
        found.update(self.feed_forward(layer, d_model))
        keep = distributed.is_first()
        return {"tensors": {name: array(one) for name, one in found.items()} if keep else {},
                "read": array(distributed.whole(layer.read)), "gave": array(distributed.whole(layer.gave)),
                "module": layer.module}

    def attention(self, layer, d_model):
        """Queries, keys and values, and what the sublayer gives."""
        found = dict(layer.fused)
        calls = [call for call in layer.calls if of_attention(call.name)]
        for call in calls:
            kind = leaf(call.name)
            for name, names in (("query", QUERY), ("key", KEY), ("value", VALUE)):
                if kind in names:
                    found.setdefault(name, call.gave)
            if kind in TOGETHER and "query" not in found:
                found.update(self.split(call.gave, d_model))
        projections = QUERY | KEY | VALUE | TOGETHER
        last = calls[-1] if calls else None
        if last is not None and leaf(last.name) not in projections and last.gave.shape[1] == d_model:
            found["output"] = last.gave
            found["concatenation"] = last.read
        head_size = self.head_size or d_model // self.heads
        for name in ("query", "key", "value", "concatenation"):
            if name in found:
                heads = (self.shared_heads or self.heads) if name in ("key", "value") else self.heads
                found[name] = distributed.whole(found[name], 1, heads * head_size)
        query = found.get("query")
        if query is not None and query.shape[1] % self.heads == 0:
            d_k = query.shape[1] // self.heads
            for name in ("key", "value"):
                if name in found:
                    found[name] = repeated(found[name], self.heads, d_k)
        fits = {name: values for name, values in found.items()
                if values is not None and (name == "output" or values.shape[1] % self.heads == 0)}
        if "query" in fits and "key" in fits and fits["query"].shape[1] != fits["key"].shape[1]:
            del fits["query"], fits["key"]
        return {"attention." + name: values for name, values in fits.items()}

    def split(self, values, d_model):
        """Query, key and value that lie side by side; keys and values may have fewer heads."""
        width = self.heads * (self.head_size or d_model // self.heads)
        rest = values.shape[1] - width
        if rest <= 0 or rest % 2 != 0:
            return {}
        query, key, value = values.split([width, rest // 2, rest // 2], dim=1)
        return {"query": query, "key": key, "value": value}

    def feed_forward(self, layer, d_model):
        """What lies between two linear modules that follow each other, one (or two, with a gate) that widens and one
        that narrows to d_model again."""
        calls = [call for call in layer.calls if not of_attention(call.name)]
        for index in range(len(calls) - 1, 0, -1):
            wide, narrow = calls[index - 1], calls[index]
            activated = distributed.whole(narrow.read, 1, self.d_ff)
            local, d_ff = narrow.read.shape[1], activated.shape[1]
            if narrow.gave.shape[1] != d_model or d_ff <= d_model or wide.read.shape[1] != d_model:
                continue
            if wide.gave.shape[1] not in (local, 2 * local):
                continue
            found = {"feed_forward.activation": activated, "feed_forward.output": narrow.gave}
            alike = [call for call in calls[:index] if call.read.shape[1] == d_model and call.gave.shape[1] == local]
            name = None
            if wide.gave.shape[1] == local and len(alike) == 1:  # others have a gate
                expanded = distributed.whole(wide.gave, 1, self.d_ff)
                found["feed_forward.expanded"] = expanded
                name = activation_between(expanded.float(), activated.float())
            self.activations.append(name)
            return found
        return {}


def run(model, inputs, listener):
    """Runs the model as it would run anyway, and asks for hidden states and attention weights where it gives them."""
    config = getattr(model, "config", None)
    with contextlib.ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        model.eval()
        implementation = getattr(config, "_attn_implementation", None)
        if implementation not in (None, "eager") and hasattr(model, "set_attn_implementation"):
            model.set_attn_implementation("eager")  # the others make no weights
            stack.callback(model.set_attn_implementation, implementation)
        fast_path = getattr(getattr(torch.backends, "mha", None), "set_fastpath_enabled", None)
        if fast_path:
            stack.callback(fast_path, torch.backends.mha.get_fastpath_enabled())
            fast_path(False)
        # Without that switch nn.TransformerEncoder takes the fast path, past its modules, unless gradients are on.
        fused = not fast_path and any(isinstance(one, torch.nn.TransformerEncoderLayer) for one in model.modules())
        stack.enter_context(torch.enable_grad() if fused else torch.no_grad())
        stack.enter_context(listener)
        if hasattr(config, "output_hidden_states"):
            return model(**inputs, output_hidden_states=True, output_attentions=True, return_dict=True)
        arguments = dict(inputs)
        return model(arguments.pop("input_ids"), **arguments)


def hidden_states(output, layers, n, where):
    """(embedding, states, result): what layer 1 read, what each layer gave, and what came of the last one."""
    embedding, states = layers[0]["read"], [layer["gave"] for layer in layers]
    width = states[0].shape[1]
    if embedding.shape[1] != width or any(state.shape[1] != width for state in states):
        raise RecordingError(f"the layers in \"{where}\" give hidden states of different widths")
    said = getattr(output, "hidden_states", None)
    if said is not None and len(said) == len(states) + 1:
        said = [rows(one, n) for one in said]
        for index, one in enumerate(said[:-1]):
            hooked = embedding if index == 0 else states[index - 1]
            if one is None or one.shape[1] != width or not np.allclose(array(one), hooked, rtol=1e-3, atol=1e-4):
                raise RecordingError(
                    f"what the layers in \"{where}\" give are not the model's hidden states; say which list of modules "
                    f"holds its layers: layers=\"encoder.layer\"")
        result = array(said[-1]) if said[-1] is not None else states[-1]
    else:
        last = first_rows(getattr(output, "last_hidden_state", output), n)
        result = array(last) if last is not None and last.shape[1] == width else states[-1]
    return embedding, states, result if result.shape == states[-1].shape else states[-1]


def results_of(model, output, n):
    """What the model's head made of the run, by the names of the file."""
    found = {}
    pooled = getattr(output, "pooler_output", None)
    if isinstance(pooled, torch.Tensor) and pooled.numel() == pooled.shape[-1]:
        found["pooled"] = array(pooled).reshape(-1)
    logits = getattr(output, "logits", None)
    if isinstance(logits, torch.Tensor):
        if type(model).__name__.endswith("ForSequenceClassification"):
            found["classes.logits"] = array(logits).reshape(-1)
        elif type(model).__name__.endswith("ForTokenClassification"):
            found["tokens.logits"] = array(logits).reshape(n, -1)
    return found


def record(model, tokenizer, text, path, text_b=None, *, name=None, layers=None, weights=True, max_length=None):
    """Runs `model` on the text (or the pair) and writes what its layers computed to `path` (.safetensors).

    model       an encoder: any torch.nn.Module, of `transformers` or not; of an encoder-decoder its encoder
    tokenizer   of `transformers`, or a function of the text that gives a dictionary, see tokens.encode()
    name        the model's name, for the window; else what its configuration says, or its class
    layers      the name of the list of modules that holds its layers, where it is not found
    weights     False leaves the attention weights out, which take heads x n² numbers a layer
    max_length  tokens at which a longer text is cut

    What the model does not give, or is not found by name, is left out, and the window says so. With
    torch.distributed every process calls this, and rank 0 writes. Raises RecordingError and OSError."""
    if hasattr(model, "get_encoder") and getattr(getattr(model, "config", None), "is_encoder_decoder", False):
        model = model.get_encoder()
    encoding = encode(tokenizer, text, text_b, max_length)
    ids = [int(one) for one in encoding["input_ids"]]
    n = len(ids)
    if n == 0:
        raise RecordingError("the text has no tokens")
    try:
        where, modules = find_layers(model, layers)
    except LookupError as error:
        raise RecordingError(str(error)) from None
    parts = Parts(model, n, heads_of(model, modules[0]), weights)
    output = run(model, inputs_of(model, encoding, n), listener := Listener(modules, n, parts.of))
    called = {id(layer["module"]) for layer in listener.layers}
    if len(called) < len({id(module) for module in modules}):
        raise RecordingError(f"of the {len(modules)} layers in \"{where}\" {len(called)} were called in this process")
    problem = None
    if distributed.is_first():
        try:
            write(path, model, output, listener.layers, parts, encoding, ids, (text, text_b), name, where)
        except (OSError, RecordingError) as error:
            problem = error
    problem = distributed.problem_of_first(problem)
    if problem is not None:
        raise problem


def inputs_of(model, encoding, n):
    device = next((one.device for one in model.parameters()), torch.device("cpu"))
    inputs = {"input_ids": torch.tensor([encoding["input_ids"]], dtype=torch.long, device=device)}
    if hasattr(getattr(model, "config", None), "output_hidden_states"):
        inputs["attention_mask"] = torch.ones((1, n), dtype=torch.long, device=device)
    if "token_type_ids" in encoding:
        inputs["token_type_ids"] = torch.tensor([encoding["token_type_ids"]], dtype=torch.long, device=device)
    return inputs


def write(path, model, output, layers, parts, encoding, ids, texts, name, where):
    n = len(ids)
    embedding, states, result = hidden_states(output, layers, n, where)
    said = list(getattr(output, "attentions", None) or [])
    tensors = {"tokens.ids": np.array(ids, np.int64),
               "tokens.types": np.array(encoding.get("token_type_ids") or [0] * n, np.int64),
               "embedding.output": embedding}
    d_ff = {layer["tensors"]["feed_forward.activation"].shape[1] for layer in layers
            if "feed_forward.activation" in layer["tensors"]}
    for index, layer in enumerate(layers):
        stem = f"layer.{index + 1}."
        found = layer["tensors"]
        if len(d_ff) > 1:  # the format has one width
            found = {one: values for one, values in found.items() if not one.startswith("feed_forward.")}
        if parts.keep_weights and "attention.weights" not in found and len(said) == len(layers):
            given = attention_weights(said[index], n)
            if given is not None and given.shape[0] == parts.heads:
                found["attention.weights"] = array(given)
        tensors.update((stem + one, values) for one, values in found.items())
        tensors[stem + "output"] = states[index]
    if not np.array_equal(result, states[-1]):
        tensors["output"] = result
    tensors.update(results_of(model, output, n))
    config = {"d_model": states[0].shape[1], "layers": len(layers), "heads": parts.heads or 1}
    vocabulary = getattr(getattr(model, "config", None), "vocab_size", None)
    if isinstance(vocabulary, int):
        config["vocabulary_size"] = vocabulary
    if parts.head_width and parts.head_width * config["heads"] != config["d_model"]:
        config["head_width"] = parts.head_width
    said_of_scores, bias = parts.scores.said()
    config.update(said_of_scores or {})
    if bias is not None:
        tensors["attention.relative_bias"] = array(bias)
    functions = set(parts.activations)
    if len(functions) == 1 and None not in functions:
        config["activation"] = functions.pop()
    path_of_model = getattr(getattr(model, "config", None), "_name_or_path", "")
    metadata = {"program": "encoderscope_record 1", "model": name or path_of_model or type(model).__name__,
                "config": json.dumps(config), "text": texts[0],
                "tokens": json.dumps(describe(encoding, *texts), ensure_ascii=False)}
    if texts[1] is not None:
        metadata["text_b"] = texts[1]
    if said_of_scores is not None:
        metadata["scores"] = "scaled dot product"
    write_trace(path, tensors, metadata)
