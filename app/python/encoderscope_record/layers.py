# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the parts of an encoder are, by the structure and the names of its modules."""
import torch
from torch import nn

QUERY = {"query", "query_proj", "q_proj", "q_lin", "q", "wq", "w_q", "to_q", "lin_q", "linear_q"}
KEY = {"key", "key_proj", "k_proj", "k_lin", "k", "wk", "w_k", "to_k", "lin_k", "linear_k"}
VALUE = {"value", "value_proj", "v_proj", "v_lin", "v", "wv", "w_v", "to_v", "lin_v", "linear_v"}
# Query, key and value of all heads side by side. (in_proj and query_key_value put them head by head in some models.)
TOGETHER = {"wqkv", "qkv", "qkv_proj", "to_qkv"}
OUTPUT = {"o_proj", "out_proj", "o", "wo", "out_lin"}
CROSS = ("cross", "encdec", "encoder_attn")
FEED_FORWARD = ("ffn", "mlp", "feed_forward", "feedforward", "densereludense", "intermediate")
HEADS = ("num_attention_heads", "encoder_attention_heads", "num_heads", "n_heads", "n_head", "nhead", "heads")


def is_linear(module):
    return isinstance(module, nn.Linear) or "linear" in type(module).__name__.lower()


def leaf(name):
    return name.rsplit(".", 1)[-1].lower()


def of_attention(name):
    """The module of that name (within a layer) is part of the attention."""
    parts = name.lower().split(".")
    if any(word in part for part in parts[:-1] for word in FEED_FORWARD):
        return False
    return any("att" in part for part in parts) or leaf(name) in QUERY | KEY | VALUE | TOGETHER | OUTPUT


def of_cross_attention(name):
    return any(word in name.lower() for word in CROSS)


def parameters_of(module):
    return sum(parameter.numel() for parameter in module.parameters())


def find_layers(model, named=None):
    """(name, modules) of the encoder's layers: the list of modules of one class that holds most parameters, and is
    not within another. `named` says where it is instead ("encoder.layer")."""
    if named is not None:
        modules = dict(model.named_modules()).get(named)
        if not isinstance(modules, (nn.ModuleList, nn.Sequential)) or len(modules) == 0:
            raise LookupError(f"layers: expected the name of a list of modules, found \"{named}\"")
        return named, list(modules)
    found = []
    for name, module in model.named_modules():
        within = any(name.startswith(outer + ".") for _, outer, _ in found)
        if within or not isinstance(module, (nn.ModuleList, nn.Sequential)) or len(module) == 0:
            continue
        alike = len({type(one) for one in module}) == 1
        inner = any(True for _ in module[0].children()) and parameters_of(module[0]) > 0
        if alike and inner:
            found.append((parameters_of(module), name, list(module)))
    if not found:
        raise LookupError("no list of layers was found in the model; say where it is: layers=\"encoder.layer\"")
    _, name, modules = max(found, key=lambda one: one[0])
    return name, modules


def heads_of(model, layer):
    """How many heads the attention has; None where neither the configuration nor a module of the layer says so."""
    for owner in [getattr(model, "config", None)] + list(layer.modules()):
        for name in HEADS:
            heads = getattr(owner, name, None)
            if isinstance(heads, int) and not isinstance(heads, bool) and heads > 0:
                return heads
    return None


ACTIVATIONS = {
    "relu": torch.relu,
    "gelu": nn.functional.gelu,
    "gelu_tanh": lambda x: 0.5 * x * (1.0 + torch.tanh(0.7978845608028654 * (x + 0.044715 * x**3))),
    "silu": nn.functional.silu,
    "identity": lambda x: x,
}


def activation_between(before, after, tolerance=1e-4):
    """The name of the activation function that makes `after` of `before`; None where none of the known does."""
    errors = {name: float((function(before) - after).abs().max()) for name, function in ACTIVATIONS.items()}
    name = min(errors, key=errors.get)
    return name if errors[name] <= tolerance else None
