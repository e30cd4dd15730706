#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes architectures.safetensors: gradients and explanations of the checkpoints in ../checkpoints by other people's
code, in float64. Needs transformers (4.36), torch, safetensors, captum (0.6).

For each checkpoint NAME with input ids and types as in its expected.safetensors, for NAME.index, the second likeliest piece
at position POSITION or the second likeliest label: NAME.values (logit, log-probability, probability), and of the log-probability NAME.gradient.<i> by hidden
state i (0: the embedding's output), NAME.token by the looked-up embeddings (PyTorch's autograd), NAME.times_input and
NAME.integrated (captum: InputXGradient and IntegratedGradients, 12 steps, from zeros), one number a token.

Of "bert" also, with the logit: sweep.heads (transformers' head_mask; difference to the plain run), importance (autograd,
minus the sum of a head's output times its gradient), patch.hidden, patch.attention and patch.feed_forward (hooks; how much
of the logit's difference to a run on REFERENCE comes back, layer x token), patch.heads, LAYER.flow.KIND by the formulas of
the papers, and "cosine": the gradient of the cosine of the mean last hidden state and OTHER by hidden state 0."""

import pathlib

import captum.attr
import numpy as np
import torch
import transformers as t
from safetensors.torch import load_file, save_file

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
POSITION, PIECE = 3, 7
REFERENCE = [2, 30, 12, 17, 21, 9, 14, 25]
CLASSIFIERS = ["bert-classifier", "distilbert-classifier", "roberta-classifier", "electra-classifier", "albert-classifier"]
WORDS = {"bert": t.BertForPreTraining, "distilbert": t.DistilBertForMaskedLM, "roberta": t.RobertaForMaskedLM,
         "xlm-roberta": t.XLMRobertaForMaskedLM, "electra": t.ElectraForMaskedLM, "albert": t.AlbertForPreTraining,
         "mpnet": t.MPNetForMaskedLM}


def load(name):
    folder = here.parent / "checkpoints" / name
    kind = t.AutoModelForSequenceClassification if name in CLASSIFIERS else WORDS[name]
    expected = load_file(folder / "expected.safetensors")
    model = kind.from_pretrained(folder).double().eval()
    inputs = {}
    if getattr(model.config, "type_vocab_size", 0) == 2 and model.config.model_type != "mpnet":
        inputs["token_type_ids"] = expected["input.types"][None]
    return model, expected["input.ids"][None], inputs


def logits(name, out):
    result = out.get("prediction_logits", out.get("logits"))
    return result if name in CLASSIFIERS else result[:, POSITION]


def main():
    result = {}
    for name in list(WORDS) + CLASSIFIERS:
        model, ids, inputs = load(name)
        table = model.get_input_embeddings()
        embeddings = table(ids).detach().requires_grad_()

        with torch.no_grad():
            index = logits(name, model(input_ids=ids, **inputs))[0].argsort()[-2]

        def run(rows):
            types = {key: value.expand(len(rows), -1) for key, value in inputs.items()}
            return model(inputs_embeds=rows, output_hidden_states=True, **types)

        def log_probability(rows):
            return torch.log_softmax(logits(name, run(rows)), -1)[:, index]

        plain = model(input_ids=ids, **inputs)
        out = run(embeddings)
        assert torch.allclose(logits(name, plain), logits(name, out), atol=1e-12), name
        scores = logits(name, out)[0]
        chosen = torch.log_softmax(scores, -1)[index]
        result[f"{name}.index"] = index[None]
        result[f"{name}.values"] = torch.stack([scores[index], chosen, chosen.exp()]).detach()
        gradients = torch.autograd.grad(chosen, [embeddings, *out.hidden_states])
        result[f"{name}.token"] = gradients[0][0]
        for i, gradient in enumerate(gradients[1:]):
            result[f"{name}.gradient.{i}"] = gradient[0]
        result[f"{name}.times_input"] = captum.attr.InputXGradient(log_probability).attribute(embeddings)[0].sum(-1).detach()
        result[f"{name}.integrated"] = captum.attr.IntegratedGradients(log_probability).attribute(
            embeddings, n_steps=12, method="gausslegendre")[0].sum(-1).detach()

    details_of_bert(result)
    result = {name: value.to(torch.float32).contiguous() for name, value in result.items()}
    save_file(result, here / "architectures.safetensors")


def details_of_bert(result):
    model, ids, inputs = load("bert")
    layers, heads, n = model.config.num_hidden_layers, model.config.num_attention_heads, ids.shape[1]
    d = model.config.hidden_size
    d_k = d // heads

    def logit(ids=ids, inputs=inputs, **options):
        return model(input_ids=ids, **inputs, **options).prediction_logits[0, POSITION, PIECE]

    with torch.no_grad():
        plain = logit()
        sweep = torch.zeros(layers, heads, dtype=torch.float64)
        for layer in range(layers):
            for head in range(heads):
                mask = torch.ones(layers, heads, dtype=torch.float64)
                mask[layer, head] = 0
                sweep[layer, head] = logit(head_mask=mask) - plain
        result["bert.sweep.heads"] = sweep

    # What W_O and W_2 read and write, kept and changed by hooks.
    blocks = model.bert.encoder.layer
    kept = {}

    def keep(key):
        return lambda module, read, written: kept.__setitem__(key, (read[0], written))

    handles = []
    for layer in range(layers):
        handles += [blocks[layer].attention.output.dense.register_forward_hook(keep(("attention", layer))),
                    blocks[layer].output.dense.register_forward_hook(keep(("feed_forward", layer))),
                    blocks[layer].register_forward_hook(keep(("hidden", layer)))]
    value = logit()
    concatenations = [kept["attention", layer][0] for layer in range(layers)]
    gradients = torch.autograd.grad(value, concatenations)
    result["bert.importance"] = torch.stack([
        -(c * g).reshape(n, heads, d_k).sum((0, 2)) for c, g in zip(concatenations, gradients)]).detach()

    with torch.no_grad():
        ids_of_reference = torch.tensor([REFERENCE[: n] + ids[0, len(REFERENCE):].tolist()])
        reference = logit(ids=ids_of_reference)
        from_reference = {key: (pair[0].clone(), (pair[1][0] if isinstance(pair[1], tuple) else pair[1]).clone())
                          for key, pair in kept.items()}
        for handle in handles:
            handle.remove()
        for kind in ("hidden", "attention", "feed_forward"):
            recovered = torch.zeros(layers, n, dtype=torch.float64)
            for layer in range(layers):
                for token in range(n):
                    def patch(module, read, written):
                        whole = written[0] if isinstance(written, tuple) else written
                        whole = whole.clone()
                        whole[0, token] = from_reference[kind, layer][1][0, token]
                        return (whole,) + written[1:] if isinstance(written, tuple) else whole
                    module = {"hidden": blocks[layer], "attention": blocks[layer].attention.output.dense,
                              "feed_forward": blocks[layer].output.dense}[kind]
                    handle = module.register_forward_hook(patch)
                    recovered[layer, token] = (logit() - plain) / (reference - plain)
                    handle.remove()
            result[f"bert.patch.{kind}"] = recovered
        recovered = torch.zeros(layers, heads, dtype=torch.float64)
        for layer in range(layers):
            for head in range(heads):
                def patch(module, read):
                    whole = read[0].clone()
                    part = slice(head * d_k, (head + 1) * d_k)
                    whole[..., part] = from_reference["attention", layer][0][..., part]
                    return (whole,)
                handle = blocks[layer].attention.output.dense.register_forward_pre_hook(patch)
                recovered[layer, head] = (logit() - plain) / (reference - plain)
                handle.remove()
        result["bert.patch.heads"] = recovered
        result["bert.reference_ids"] = ids_of_reference[0].double()
        flows(model, ids, inputs, result)

    out = model(input_ids=ids, **inputs, output_hidden_states=True)
    other = torch.from_numpy(np.random.default_rng(0).normal(size=d))
    cosine = torch.cosine_similarity(out.hidden_states[-1][0].mean(0), other, dim=0)
    result["bert.other"] = other
    result["bert.cosine"] = torch.autograd.grad(cosine, out.hidden_states[0])[0][0]
    result["bert.cosine.value"] = cosine.detach()[None]


def flows(model, ids, inputs, result):
    """One vector at a time, as the papers write it."""
    out = model(input_ids=ids, **inputs, output_hidden_states=True, output_attentions=True)
    heads = model.config.num_attention_heads
    for layer, block in enumerate(model.bert.encoder.layer):
        x, weights = out.hidden_states[layer][0], out.attentions[layer][0]
        n, d = x.shape
        d_k = d // heads
        value = block.attention.self.value(x)
        w_o, b_o = block.attention.output.dense.weight, block.attention.output.dense.bias
        norm1, norm2 = block.attention.output.LayerNorm, block.output.LayerNorm
        summed = block.attention.output.dense(torch.cat([weights[h] @ value[:, h * d_k:(h + 1) * d_k] for h in range(heads)],
                                                        1)) + x
        y = norm1(summed)
        second = block.output.dense(block.intermediate(y)) + y
        deviation = lambda rows, norm: (rows.var(-1, unbiased=False) + norm.eps).sqrt()
        linear = lambda part, i, rows, norm: (part - part.mean()) / deviation(rows, norm)[i] * norm.weight
        maps = {kind: torch.zeros(n, n, dtype=torch.float64) for kind in ("norm", "residual", "globenc", "alti")}
        by_head = torch.zeros(heads, n, n, dtype=torch.float64)
        for i in range(n):
            for j in range(n):
                part = torch.zeros(d, dtype=torch.float64)
                for h in range(heads):
                    of_head = weights[h, i, j] * (w_o[:, h * d_k:(h + 1) * d_k] @ value[j, h * d_k:(h + 1) * d_k])
                    by_head[h, i, j] = of_head.norm()
                    part = part + of_head
                maps["norm"][i, j] = part.norm()
                if i == j:
                    part = part + x[i]
                normed = linear(part, i, summed, norm1)
                maps["residual"][i, j] = normed.norm()
                maps["globenc"][i, j] = linear(normed, i, second, norm2).norm()
                maps["alti"][i, j] = max(0.0, (y[i].abs().sum() - (y[i] - normed).abs().sum()).item())
        maps["alti"] /= maps["alti"].sum(1, keepdim=True)
        for kind, values in maps.items():
            result[f"bert.{layer}.flow.{kind}"] = values
        for h in range(heads):
            result[f"bert.{layer}.{h}.flow"] = by_head[h]


main()
