# SPDX-License-Identifier: GPL-3.0-or-later
"""Hooks that keep what the modules of each layer read and gave while the model runs."""
import inspect

import torch
from torch import nn

from .layers import is_linear, of_cross_attention

WITH_KEYWORDS = "with_kwargs" in inspect.signature(nn.Module.register_forward_pre_hook).parameters


def tensors_of(value):
    """The tensors in what a module takes or gives."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from tensors_of(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from tensors_of(one)


def rows(tensor, n):
    """The tensor as [n x columns], a row for each token; None where it is no such tensor."""
    if not tensor.is_floating_point() or tensor.numel() == 0 or tensor.dim() < 2:
        return None
    sizes = list(tensor.shape)
    if sizes[:-1].count(n) == 0 or tensor.numel() != n * sizes[-1]:
        return None
    return tensor.detach().reshape(n, sizes[-1])


def first_rows(value, n):
    return next((found for found in (rows(one, n) for one in tensors_of(value)) if found is not None), None)


def attention_weights(value, n):
    """[heads x n x n] among what a module gave: every row a distribution over the keys."""
    for tensor in tensors_of(value):
        if not tensor.is_floating_point() or tensor.dim() not in (3, 4) or tuple(tensor.shape[-2:]) != (n, n):
            continue
        if tensor.dim() == 4 and tensor.shape[0] != 1:
            continue
        weights = tensor.detach().reshape(-1, n, n).float()
        if weights.min() >= 0.0 and bool(((weights.sum(-1) - 1.0).abs() < 1e-2).all()):
            return weights
    return None


class Call:
    """One call of a linear module of a layer: its name, what it read and gave [n x columns]."""

    def __init__(self, name, read, gave):
        self.name, self.read, self.gave = name, read, gave


class Layer:
    """What was kept of one layer while it ran."""

    def __init__(self, module, read):
        self.module, self.read = module, read
        self.gave = self.weights = None
        self.calls = []
        self.fused = {}  # of nn.MultiheadAttention, which projects without modules


class Listener:
    """Listens to the layers while the model runs, in a `with`. `layers` then has them in the order of their calls."""

    def __init__(self, modules, n, finished):
        self.n, self.finished = n, finished
        self.layers = []
        self.now = None
        self.handles = []
        self.patched = []
        for module in dict.fromkeys(modules):
            self.listen_to(module)

    def listen_to(self, layer):
        options = {"with_kwargs": True} if WITH_KEYWORDS else {}
        self.handles.append(layer.register_forward_pre_hook(self.layer_begins, **options))
        for name, module in layer.named_modules():
            if module is layer or of_cross_attention(name):
                continue
            if isinstance(module, nn.MultiheadAttention):
                self.patch(module)
            self.handles.append(module.register_forward_hook(self.module_hook(name)))
        self.handles.append(layer.register_forward_hook(self.layer_ends))

    def layer_begins(self, module, arguments, keywords=None):
        read = first_rows((arguments, keywords or {}), self.n)
        self.now = Layer(module, read)

    def layer_ends(self, module, arguments, output):
        layer, self.now = self.now, None
        if layer is None:
            return
        layer.gave = first_rows(output, self.n)
        if layer.weights is None:
            layer.weights = attention_weights(output, self.n)
        self.layers.append(self.finished(layer))

    def module_hook(self, name):
        def hear(module, arguments, output):
            if self.now is None:
                return
            if self.now.weights is None:
                self.now.weights = attention_weights(output, self.n)
            if is_linear(module):
                read, gave = first_rows(arguments, self.n), first_rows(output, self.n)
                if read is not None and gave is not None:
                    self.now.calls.append(Call(name, read, gave))
        return hear

    def patch(self, module):
        """Makes nn.MultiheadAttention give the weights of each head, and keeps its queries, keys and values."""
        forward = module.forward

        def with_weights(query, key, value, *arguments, **keywords):
            asked = keywords.get("need_weights", True)
            keywords.update(need_weights=True, average_attn_weights=False)
            output, weights = forward(query, key, value, *arguments, **keywords)
            if self.now is not None and module.in_proj_weight is not None:
                biases = module.in_proj_bias.chunk(3) if module.in_proj_bias is not None else (None,) * 3
                for name, x, weight, bias in zip(("query", "key", "value"), (query, key, value),
                                                 module.in_proj_weight.chunk(3), biases):
                    self.now.fused[name] = rows(nn.functional.linear(x, weight, bias), self.n)
                self.now.fused["output"] = rows(output, self.n)
                self.now.weights = attention_weights(weights, self.n)
            return output, (weights.mean(1) if asked else None)

        self.patched.append((module, module.__dict__.get("forward")))
        module.forward = with_weights

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for handle in self.handles:
            handle.remove()
        for module, forward in self.patched:
            if forward is None:
                del module.forward
            else:
                module.forward = forward
