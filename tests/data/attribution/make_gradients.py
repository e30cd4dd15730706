#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes gradients.safetensors: for each configuration and switch setting of ../forward/make_reference.py the gradient of
a number by every matrix of the run, by PyTorch's autograd in float64. Needs Debian's python3-torch.

The number is the sum of R * (the encoder's result) with fixed random R, or, under "NAME.CASE.neurons", of N * (the neurons
of layer 0). Tensors: "R", "N" and "NAME.CASE.MATRIX", with MATRIX as in ../forward; "LAYER.HEAD.attention_weights" too.
Each gradient by the embedding table is checked against differences."""

import pathlib
import sys

import numpy as np
import torch

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent / "forward"))
import make_reference as forward

PARTS = ["query", "key", "value", "concatenation", "attention_sum", "attention_result", "expanded", "activated",
         "feed_forward_sum", "output"]


def number(out, by, name):
    return (by * out[name]).sum()


def check_by_differences(config, model, switches, by, name, table_gradient):
    step = 1e-6
    generator = np.random.default_rng(1)
    for _ in range(6):
        index = (generator.choice(forward.IDS), generator.integers(config["embedding_size"]))
        values = []
        for sign in (1, -1):
            changed = {key: value.astype(np.float64) for key, value in model.items()}
            changed["token"][index] += sign * step
            values.append(number(forward.run(config, changed, switches), by, name).item())
        difference = (values[0] - values[1]) / (2 * step)
        assert abs(difference - table_gradient[index].item()) < 1e-6 * max(1, abs(difference)), (index, difference)


def main():
    tensors = {}
    generator = np.random.default_rng(0)
    n = len(forward.IDS)
    random = {"R": generator.normal(size=(n, 16)).astype(np.float32), "N": generator.normal(size=(n, 16)).astype(np.float32)}
    tensors.update(random)
    for seed, (name, (changes, cases)) in enumerate(forward.CONFIGURATIONS.items()):
        config = {**forward.DEFAULTS, **changes}
        model = forward.make_weights(config, seed)
        for case in cases:
            switches = forward.SWITCHES[case]
            for prefix, by, what in ((f"{name}.{case}", "R", "output"), (f"{name}.{case}.neurons", "N", "0.activated")):
                if by == "N" and case not in ("plain", "together", "layer_off"):
                    continue
                out = forward.run(config, model, switches, differentiable=True)
                factors = torch.from_numpy(random[by].astype(np.float64))[:, : out[what].shape[1]]
                layers = config["layers"] if by == "R" else 1
                names = ["embedding.token", "embedding.output"]
                for layer in range(layers):
                    # A neuron of a layer does not depend on the layer's output, which may be its input when it is off.
                    names += [f"{layer}.{part}" for part in PARTS if by == "R" or part != "output"]
                    names += [f"{layer}.{head}.attention_weights" for head in range(config["heads"])]
                # What nothing was computed from has no graph; what does not lead there has no gradient: both are zeros.
                wanted = [key for key in names if out[key].requires_grad]
                found = torch.autograd.grad(number(out, factors, what), [out[key] for key in wanted] + [out["table"]],
                                            allow_unused=True)
                check_by_differences(config, model, switches, factors, what, found[-1])
                for key, gradient in zip(wanted, found):
                    tensors[f"{prefix}.{key}"] = (torch.zeros_like(out[key]) if gradient is None else gradient).numpy()
    forward.write(here / "gradients.safetensors", {}, tensors)


main()
