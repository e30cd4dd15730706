#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes recent.safetensors: gradients, sweeps and patches of the checkpoints of ../checkpoints/make_recent.py, make_own_code.py
and make_encoder_decoders.py, by PyTorch's autograd and hooks on the reference implementation, in float64: of masked-word
prediction, of classes, or, of the last, of the length of a token's hidden state after the last layer.

Makes all, or those that are named anew. Needs transformers (5.24), torch, safetensors. As make_architectures.py, but for captum's part: for each checkpoint NAME
NAME.index, NAME.values, NAME.gradient.<i>, NAME.token, NAME.times_input, and of the log-probability NAME.sweep.heads
(zeros in place of a head's columns before W_O), NAME.patch.hidden and NAME.patch.feed_forward (what the run on
NAME.reference_ids had there)."""

import pathlib
import sys

import torch
import transformers as t
from safetensors.torch import load_file, save_file
from transformers.models.bert import modeling_bert

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent / "checkpoints"))
import make_alibi
import make_encoder_decoders
import make_own_code
torch.set_num_threads(1)
POSITION = 3
NAMES = ["bert-mlm-safetensors-alibi-geglu", "data2vec-text-mlm-safetensors", "deberta-mlm-safetensors", "deberta-v2-mlm-safetensors", "deberta-v2-classes-bin-f16",
         "ernie-mlm-safetensors", "ernie-classes-bin", "eurobert-mlm-safetensors", "eurobert-classes-safetensors",
         "gte-mlm-safetensors", "megatron-bert-mlm-safetensors", "megatron-bert-classes-bin", "modernbert-mlm-safetensors",
         "modernbert-classes-safetensors-f16", "modernbert-multilabel-bin", "nomic_bert-mlm-safetensors",
         "roberta-prelayernorm-mlm-safetensors", "xlm-roberta-xl-mlm-safetensors",
         "neobert-mlm-safetensors", "neobert-classes-bin", "new-mlm-safetensors", "t5-encoder-safetensors",
         "t5-whole-bin-strided", "mt5-encoder-bin-bf16", "umt5-encoder-safetensors", "bart-whole-safetensors", "bart-whole-bin",
         "mbart-whole-safetensors"]


def first(values):
    return values[0] if isinstance(values, tuple) else values


def parts_of(model):
    """The layers, and in each what W_O and what W_2 is."""
    base = model.base_model
    layers = next(getattr(one, name) for one in (getattr(base, "encoder", base), base)
                  for name in ("layer", "layers", "block", "transformer_encoder") if hasattr(one, name))
    def of(layer, *paths):
        for path in paths:
            try:
                return layer.get_submodule(path)
            except AttributeError:
                pass
    return [(layer, of(layer, "attention.output.dense", "attn.Wo", "self_attn.o_proj", "self_attn.out_proj", "wo",
                       "layer.0.SelfAttention.o"),
             of(layer, "output.dense", "mlp.Wo", "mlp.down_proj", "fc2", "ffn.w3", "layer.1.DenseReluDense.wo"))
            for layer in layers]


class Alone(torch.nn.Module):
    """The encoder of a model with a decoder, whose "logits" are all zeros."""

    def __init__(self, encoder, config, scale):
        super().__init__()
        self.encoder, self.config, self.scale = encoder, config, scale

    base_model = property(lambda self: self)

    def forward(self, input_ids=None, inputs_embeds=None):
        given = dict(input_ids=input_ids) if inputs_embeds is None else dict(inputs_embeds=inputs_embeds * self.scale)
        self.encoder(**given)
        return t.modeling_outputs.SequenceClassifierOutput(logits=torch.zeros(1, 2, dtype=torch.float64))

    def get_input_embeddings(self):
        table = self.encoder.get_input_embeddings().weight
        return lambda ids: table[ids]


def opened_alone(name, folder):
    kind, config = make_encoder_decoders.folders[name]
    model = kind.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    scale = config.d_model ** 0.5 if getattr(config, "scale_embedding", False) else 1.0
    return Alone(make_encoder_decoders.encoder_of(model), model.config, scale)


def main():
    wanted = sys.argv[1:] or NAMES
    result = load_file(here / "recent.safetensors") if sys.argv[1:] else {}
    attention = modeling_bert.eager_attention_forward
    for name in wanted:
        folder = here.parent / "checkpoints" / name
        classes = "-mlm-" not in name
        kind = t.AutoModelForSequenceClassification if classes else t.AutoModelForMaskedLM
        expected = load_file(folder / "expected.safetensors")
        modeling_bert.eager_attention_forward = attention
        if "-alibi-" in name:
            model, modeling_bert.eager_attention_forward = make_alibi.opened(folder)
        elif name in make_encoder_decoders.folders:
            model = opened_alone(name, folder)
        elif name.startswith("neobert"):
            model = make_own_code.opened_neobert(folder)
        elif name.startswith("new"):
            model = make_own_code.opened_new(folder)
        else:
            model = kind.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
        model = model.double().eval()
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        inputs = {}
        if getattr(model.config, "type_vocab_size", 0) >= 2:
            inputs["token_type_ids"] = expected["input.types"][None]
        ids = expected["input.ids"][None]
        logits_of = lambda out: out.logits if classes else out.logits[:, POSITION]
        multilabel = "-multilabel-" in name
        alone = isinstance(model, Alone)

        def value_of(scores, kept, index):
            if alone:
                return kept[-1][0, POSITION].norm()
            return (torch.nn.functional.logsigmoid(scores) if multilabel else torch.log_softmax(scores, -1))[index]

        layers = parts_of(model)

        with torch.no_grad():
            index = logits_of(model(input_ids=ids, **inputs))[0].argsort()[-2]

        def run(**words):
            """The log-probability, and what each layer read and gave."""
            kept = []
            handles = [layers[0][0].register_forward_pre_hook(
                lambda _, args, kwargs: kept.append(args[0] if args else kwargs["hidden_states"]), with_kwargs=True)]
            handles += [layer.register_forward_hook(lambda _, args, out: kept.append(first(out))) for layer, _, _ in layers]
            scores = logits_of(model(**words, **inputs))[0]
            for handle in handles:
                handle.remove()
            return scores, kept

        embeddings = model.get_input_embeddings()(ids).detach().requires_grad_()
        scores, kept = run(inputs_embeds=embeddings)
        plain_scores, _ = run(input_ids=ids)
        assert torch.allclose(scores, plain_scores, atol=1e-12), name
        chosen = value_of(scores, kept, index)
        result[f"{name}.index"] = index[None]
        result[f"{name}.values"] = torch.stack([scores[index], chosen, chosen.exp()]).detach()
        gradients = torch.autograd.grad(chosen, [embeddings, *kept])
        result[f"{name}.token"] = gradients[0][0]
        for i, gradient in enumerate(gradients[1:]):
            result[f"{name}.gradient.{i}"] = gradient[0]
        result[f"{name}.times_input"] = (gradients[0][0] * embeddings[0]).sum(-1).detach()

        heads = model.config.num_attention_heads
        n = ids.shape[1]
        d_k = layers[0][1].in_features // heads
        with torch.no_grad():
            value = lambda words=ids: value_of(*run(input_ids=words), index)
            plain = value()
            sweep = torch.zeros(len(layers), heads, dtype=torch.float64)
            for at, (_, output, _) in enumerate(layers):
                for head in range(heads):
                    def off(module, read):
                        whole = read[0].clone()
                        whole[..., head * d_k:(head + 1) * d_k] = 0
                        return (whole,)
                    handle = output.register_forward_pre_hook(off)
                    sweep[at, head] = value() - plain
                    handle.remove()
            result[f"{name}.sweep.heads"] = sweep

            reference_ids = ids.clone()
            reference_ids[0, 1:6] = torch.tensor([9, 17, 6, 20, 11])
            reference_states = {}
            handles = []
            for at, (layer, _, shrink) in enumerate(layers):
                for part, module in (("hidden", layer), ("feed_forward", shrink)):
                    handles.append(module.register_forward_hook(
                        lambda _, args, out, key=(part, at): reference_states.__setitem__(key, first(out).clone())))
            reference = value(reference_ids)
            for handle in handles:
                handle.remove()
            for part in ("hidden", "feed_forward"):
                recovered = torch.zeros(len(layers), n, dtype=torch.float64)
                for at, (layer, _, shrink) in enumerate(layers):
                    for token in range(n):
                        def patch(module, read, written):
                            whole = first(written).clone()
                            whole[0, token] = reference_states[part, at][0, token]
                            return (whole,) + written[1:] if isinstance(written, tuple) else whole
                        handle = (layer if part == "hidden" else shrink).register_forward_hook(patch)
                        recovered[at, token] = (value() - plain) / (reference - plain)
                        handle.remove()
                result[f"{name}.patch.{part}"] = recovered
            result[f"{name}.reference_ids"] = reference_ids[0].double()

    save_file({name: value.to(torch.float32).contiguous() for name, value in result.items()}, here / "recent.safetensors")


main()
