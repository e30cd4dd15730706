#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes input_pairs.safetensors: integrated Jacobians of two inputs by PyTorch's autograd, in float64, on checkpoints
of ../checkpoints. Needs transformers (5.24), torch, safetensors.

For each NAME with ids as in its expected.safetensors for A, and NAME.ids_b for B: the vector of a sentence is the mean of
its last hidden states. NAME.parts_a and NAME.parts_b are the Jacobian of that vector by the looked-up embeddings,
averaged at the STEPS points of the Gauss-Legendre rule on the way from zeros, times the embeddings, one row a token;
NAME.pairs their products over the lengths of both vectors. NAME.numbers: the cosine, and the part of the baselines."""

import pathlib

import numpy as np
import torch
import transformers as t
from safetensors.torch import load_file, save_file

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
STEPS = 12
NAMES = ["bert", "modernbert-mlm-safetensors", "deberta-v2-mlm-safetensors", "mpnet", "roberta-prelayernorm-mlm-safetensors"]


def main():
    points, weights = np.polynomial.legendre.leggauss(STEPS)
    points, weights = (points + 1) / 2, weights / 2
    result = {}
    for name in NAMES:
        folder = here.parent / "checkpoints" / name
        model = t.AutoModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).double().eval()
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        ids_a = load_file(folder / "expected.safetensors")["input.ids"]
        ids_b = ids_a.flip(0)[:-2].contiguous()
        vectors, parts, baselines = [], [], []
        for ids in (ids_a, ids_b):
            rows = model.get_input_embeddings()(ids[None]).detach()
            types = torch.zeros_like(ids)[None]
            extra = {"token_type_ids": types} if getattr(model.config, "type_vocab_size", 0) > 0 else {}
            if name in ("mpnet", "roberta-prelayernorm-mlm-safetensors"):  # which count positions by the ids
                extra = {key: value for key, value in extra.items() if name != "mpnet"}
                extra["position_ids"] = torch.arange(len(ids))[None] + model.config.pad_token_id + 1

            def vector(x):
                return model(inputs_embeds=x, **extra).last_hidden_state[0].mean(0)

            total = torch.zeros(len(ids), model.config.hidden_size, dtype=torch.float64)
            for point, weight in zip(points, weights):
                jacobian = torch.autograd.functional.jacobian(vector, rows * point)[:, 0]  # [d x n x e]
                total += weight * torch.einsum("dne,ne->nd", jacobian, rows[0])
            with torch.no_grad():
                vectors.append(vector(rows))
                baselines.append(vector(torch.zeros_like(rows)))
            parts.append(total)
        lengths = vectors[0].norm() * vectors[1].norm()
        cosine = vectors[0] @ vectors[1] / lengths
        explained = (vectors[0] - baselines[0]) @ (vectors[1] - baselines[1]) / lengths
        result[f"{name}.ids_b"] = ids_b
        result[f"{name}.parts_a"], result[f"{name}.parts_b"] = parts
        result[f"{name}.pairs"] = parts[0] @ parts[1].T / lengths
        result[f"{name}.numbers"] = torch.stack([cosine, cosine - explained])
    save_file({key: value.contiguous().to(torch.float32) if value.is_floating_point() else value
               for key, value in result.items()}, here / "input_pairs.safetensors")


main()
