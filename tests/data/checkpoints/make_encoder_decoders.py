#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders of T5, mT5, UMT5, BART and mBART: encoders alone, and whole models, of which the encoder is compared.

Needs what make_recent.py needs, which says what is in a folder. Heads of T5 are wider or narrower than d_model / heads, and
inputs longer than the distance from which on all share a bucket. Makes all, or those that are named.
"""
import os
import shutil
import sys
import zlib

import torch
import transformers as t
from safetensors.torch import save_file

from make_current import here, vocabulary, write

t5 = dict(vocab_size=vocabulary, d_model=8, d_kv=6, d_ff=12, num_layers=3, num_heads=2, relative_attention_num_buckets=8,
          relative_attention_max_distance=15, num_decoder_layers=1, decoder_start_token_id=0)
bart = dict(vocab_size=vocabulary, d_model=8, encoder_layers=2, encoder_attention_heads=2, encoder_ffn_dim=12, decoder_layers=1,
            decoder_attention_heads=2, decoder_ffn_dim=12, max_position_embeddings=30, pad_token_id=1)
folders = {
    "t5-encoder-safetensors": (t.T5EncoderModel, t.T5Config(**t5)),
    "t5-tokens-bin": (t.T5ForTokenClassification, t.T5Config(**dict(t5, d_kv=3), feed_forward_proj="gated-gelu", num_labels=5)),
    "t5-whole-bin-strided": (t.T5ForConditionalGeneration, t.T5Config(**dict(t5, d_kv=4), feed_forward_proj="gated-silu")),
    "mt5-encoder-bin-bf16": (t.MT5EncoderModel, t.MT5Config(**dict(t5, num_heads=3, d_kv=2))),
    "umt5-encoder-safetensors": (t.UMT5EncoderModel, t.UMT5Config(**t5)),
    "bart-whole-safetensors": (t.BartForConditionalGeneration, t.BartConfig(**bart)),
    "bart-whole-bin": (t.BartModel, t.BartConfig(**bart, scale_embedding=True, activation_function="relu")),
    "mbart-whole-safetensors": (t.MBartForConditionalGeneration, t.MBartConfig(**bart, scale_embedding=True)),
}


def encoder_of(model):
    return model.transformer.encoder if hasattr(model, "transformer") else model.get_encoder()


def layers_of(encoder):
    return encoder.block if hasattr(encoder, "block") else encoder.layers


def kept_states(encoder):
    """A list that fills with what the first layer reads and each one gives, and the hooks that fill it."""
    kept = []
    first = lambda values: values[0] if isinstance(values, tuple) else values
    handles = [layers_of(encoder)[0].register_forward_pre_hook(
        lambda _, args, kwargs: kept.append(args[0] if args else kwargs["hidden_states"]), with_kwargs=True)]
    handles += [layer.register_forward_hook(lambda _, args, out: kept.append(first(out))) for layer in layers_of(encoder)]
    return kept, handles


def expected(model, ids):
    inputs = dict(input_ids=torch.tensor([ids]))
    encoder = encoder_of(model)
    hidden, handles = kept_states(encoder)
    with torch.no_grad():
        out = encoder(**inputs, output_attentions=True)
        for handle in handles:
            handle.remove()
        result = {"input.ids": inputs["input_ids"][0], "input.types": torch.zeros(len(ids), dtype=torch.int64),
                  "output": out.last_hidden_state[0]}
        if hasattr(model, "classifier"):
            result["token.logits"] = model(**inputs).logits[0]
    result["parameters"] = torch.tensor([sum(one.numel() for one in set(encoder.parameters()))])
    for i, values in enumerate(hidden):
        result[f"hidden.{i}"] = values[0]
    for i, weights in enumerate(out.attentions):
        result[f"attention.{i + 1}"] = weights[0]
    return {name: value.clone().float().contiguous() if value.is_floating_point() else value.clone()
            for name, value in result.items()}


def randomize(model):
    """As in make_current.py, whose "orm" is also in "transformer"."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name and name.endswith("weight"):
                parameter.uniform_(0.5, 1.5)
            elif parameter.dim() == 1:
                parameter.uniform_(-0.3, 0.3)
            else:
                parameter.normal_(0, 0.35)


def make(name, kind, config):
    torch.manual_seed(zlib.crc32(name.encode()))  # of each by itself: others may come and go
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    config._attn_implementation = "eager"
    model = kind(config).eval()
    randomize(model)
    file = name.split("-", 2)[2]
    with torch.no_grad():
        for parameter in model.parameters() if file.endswith("bf16") else ():
            parameter.copy_(parameter.to(torch.bfloat16).float())
    ids = torch.randint(5, config.vocab_size, (24,)).tolist()
    if "bart" in name:
        ids[5] = config.pad_token_id  # which has a position like any other token
    os.makedirs(folder)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    # Of tensors that share their memory a file has the first; those of pickles may have all.
    seen, tensors = set(), {}
    for key, value in model.state_dict().items():
        if file.startswith("bin") or value.data_ptr() not in seen:
            tensors[key] = value
        seen.add(value.data_ptr())
    write(folder, file, tensors)
    save_file(expected(model.double(), ids), os.path.join(folder, "expected.safetensors"))


def main():
    for name, (kind, config) in folders.items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            make(name, kind, config)


if __name__ == "__main__":
    main()
