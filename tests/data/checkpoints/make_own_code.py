#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes folders of models as they were published with code of their own: NeoBERT, GTE (type "new") and NomicBERT, with the
fields of their config.json and the names of their tensors.

Needs what make_recent.py needs, which says what is in a folder. NeoBERT's code is not part of transformers: the reference is
written here from "NeoBERT: A Next-Generation BERT" and the names that its file has. The other two are transformers' own, of
GTE with the rotation that its published code makes of rope_scaling "ntk" (a base so many times as great, and angles divided by
factor^(2 / d_k)). All in float64.
"""
import json
import os
import shutil
import sys
import tempfile
import zlib

import torch
import transformers as t
from safetensors.torch import load_file, save_file
from torch import nn

from make_current import here, labels_values, vocabulary, write
from make_encoder_decoders import randomize
from make_recent import expected

neobert_fields = {
    "classifier_init_range": 0.02, "decoder_init_range": 0.02, "embedding_init_range": 0.02, "max_length": 64, "norm_eps": 1e-05,
    "kwargs": {"classifier_init_range": 0.02, "pretrained_model_name_or_path": "google-bert/bert-base-uncased",
               "trust_remote_code": True},
    "pretrained_model_name_or_path": "google-bert/bert-base-uncased", "trust_remote_code": True, "pad_token_id": 0,
    "torch_dtype": "float32", "transformers_version": "4.48.2"}
new_fields = {
    "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.0, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
    "initializer_range": 0.02, "layer_norm_eps": 1e-12, "layer_norm_type": "layer_norm", "logn_attention_clip1": False,
    "logn_attention_scale": False, "model_type": "new", "pack_qkv": True, "pad_token_id": 1, "position_embedding_type": "rope",
    "torch_dtype": "float16", "transformers_version": "4.39.1", "unpad_inputs": False, "use_memory_efficient_attention": False}
nomic_fields = {
    "activation_function": "swiglu", "attn_pdrop": 0.0, "bos_token_id": None, "causal": False, "dense_seq_output": True,
    "embd_pdrop": 0.0, "eos_token_id": None, "fused_bias_fc": True, "fused_dropout_add_ln": True, "initializer_range": 0.02,
    "layer_norm_epsilon": 1e-12, "max_trained_positions": 2048, "mlp_fc1_bias": False, "mlp_fc2_bias": False,
    "model_type": "nomic_bert", "n_positions": 8192, "pad_vocab_size_multiple": 64, "parallel_block": False,
    "parallel_block_tied_norm": False, "prenorm": False, "qkv_proj_bias": False, "reorder_and_upcast_attn": False,
    "resid_pdrop": 0.0, "rotary_emb_base": 1000, "rotary_emb_fraction": 1.0, "rotary_emb_interleaved": False,
    "rotary_emb_scale_base": None, "rotary_scaling_factor": None, "scale_attn_by_inverse_layer_idx": False,
    "scale_attn_weights": True, "summary_activation": None, "summary_first_dropout": 0.0, "summary_proj_to_labels": True,
    "summary_type": "cls_index", "summary_use_proj": True, "torch_dtype": "float32", "transformers_version": "4.37.2",
    "type_vocab_size": 2, "use_cache": True, "use_flash_attn": True, "use_rms_norm": False, "use_xentropy": True}


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(width)), epsilon

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.epsilon) * self.weight


class Gated(nn.Module):
    def __init__(self, width, neurons):
        super().__init__()
        self.w12, self.w3 = nn.Linear(width, 2 * neurons, bias=False), nn.Linear(neurons, width, bias=False)

    def forward(self, x):
        gate, value = self.w12(x).chunk(2, -1)
        return self.w3(nn.functional.silu(gate) * value)


def turned(x):
    """[n x heads x d_k]: each two neighbouring dimensions are a point, turned by position * 10000^(-2i/d_k)."""
    pairs = x.shape[-1] // 2
    rate = 10000.0 ** (-torch.arange(pairs, dtype=torch.float64) / pairs)
    angle = torch.arange(x.shape[0], dtype=torch.float64)[:, None, None] * rate
    left, right = x[..., 0::2], x[..., 1::2]
    return torch.stack([left * angle.cos() - right * angle.sin(), left * angle.sin() + right * angle.cos()], -1).flatten(-2)


class NeoLayer(nn.Module):
    def __init__(self, config):
        super().__init__()
        d = config.hidden_size
        self.heads = config.num_attention_heads
        neurons = -(-int(2 * config.intermediate_size / 3) // 8) * 8
        self.qkv, self.wo = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d, bias=False)
        self.ffn = Gated(d, neurons)
        self.attention_norm, self.ffn_norm = Norm(d, config.norm_eps), Norm(d, config.norm_eps)

    def forward(self, x):
        q, k, v = self.qkv(self.attention_norm(x[0])).view(x.shape[1], self.heads, -1).chunk(3, -1)
        scores = torch.einsum("ihd,jhd->hij", turned(q), turned(k)) / q.shape[-1] ** 0.5
        self.weights = torch.softmax(scores, -1)
        x = x + self.wo(torch.einsum("hij,jhd->ihd", self.weights, v).flatten(1))
        return x + self.ffn(self.ffn_norm(x))


class NeoBase(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.encoder = nn.Embedding(config.vocab_size, config.hidden_size)
        self.transformer_encoder = nn.ModuleList(NeoLayer(config) for _ in range(config.num_hidden_layers))
        self.layer_norm = Norm(config.hidden_size, config.norm_eps)

    def forward(self, x):
        for layer in self.transformer_encoder:
            x = layer(x)
        return self.layer_norm(x)


class Neo(nn.Module):
    """With the head for masked words, or with classes of the first token."""

    def __init__(self, config):
        super().__init__()
        self.config, self.model = config, NeoBase(config)
        d = config.hidden_size
        if config.labels:
            self.dense, self.classifier = nn.Linear(d, d), nn.Linear(d, config.labels)
        else:
            self.decoder = nn.Linear(d, config.vocab_size)

    def forward(self, input_ids=None, inputs_embeds=None):
        x = self.model(self.model.encoder(input_ids) if inputs_embeds is None else inputs_embeds)
        logits = self.classifier(torch.tanh(self.dense(x[:, 0]))) if self.config.labels else self.decoder(x)
        return t.modeling_outputs.SequenceClassifierOutput(logits=logits, hidden_states=x)

    base_model = property(lambda self: self.model)

    def get_input_embeddings(self):
        return self.model.encoder


def neobert_config(folder):
    with open(os.path.join(folder, "config.json")) as file:
        fields = json.load(file)
    return t.PretrainedConfig(**{name: value for name, value in fields.items() if name != "auto_map"},
                              labels=3 if "Classification" in fields["architectures"][0] else 0)


def opened_neobert(folder):
    """A model that make_neobert() has written."""
    model = Neo(neobert_config(folder)).eval()
    path = os.path.join(folder, "model.safetensors")
    model.load_state_dict(load_file(path) if os.path.exists(path) else torch.load(os.path.join(folder, "pytorch_model.bin")))
    return model


def new_folder(name, fields):
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(fields, file, indent=2, sort_keys=True)
    return folder


def make_neobert(name, architecture, **sizes):
    torch.manual_seed(zlib.crc32(name.encode()))
    fields = neobert_fields | sizes | {
        "architectures": [architecture], "model_type": "neobert", "vocab_size": vocabulary,
        "dim_head": sizes["hidden_size"] // sizes["num_attention_heads"],
        "auto_map": {"AutoConfig": "model.NeoBERTConfig", "AutoModel": "model.NeoBERT",
                     "AutoModelForMaskedLM": "model.NeoBERTLMHead",
                     "AutoModelForSequenceClassification": "model.NeoBERTForSequenceClassification"}}
    if "Classification" in architecture:
        fields["id2label"] = {str(i): f"LABEL_{i}" for i in range(3)}
    folder = new_folder(name, fields)
    model = Neo(neobert_config(folder)).eval()
    randomize(model)
    write(folder, name.split("-", 2)[2], model.state_dict())
    model.double()
    ids = torch.randint(5, vocabulary, (24,))
    kept = []
    layers = model.model.transformer_encoder
    handles = [layers[0].register_forward_pre_hook(lambda _, args: kept.append(args[0]))]
    handles += [layer.register_forward_hook(lambda _, args, out: kept.append(out)) for layer in layers]
    with torch.no_grad():
        out = model(ids[None])
    for handle in handles:
        handle.remove()
    result = {"input.ids": ids, "input.types": torch.zeros_like(ids), "output": out.hidden_states[0],
              "parameters": torch.tensor([sum(one.numel() for one in model.model.parameters())])}
    for i, values in enumerate(kept):
        result[f"hidden.{i}"] = values[0]
    for i, layer in enumerate(layers):
        result[f"attention.{i + 1}"] = layer.weights
    if fields.get("id2label"):
        result["class.logits"], result["class.values"] = out.logits[0], labels_values("classes", out.logits[0])
    else:
        result["mlm.logits"] = out.logits[0]
    save_file({key: value.clone().float().contiguous() if value.is_floating_point() else value.clone()
               for key, value in result.items()}, os.path.join(folder, "expected.safetensors"))


def stretch(model, config, base, factor):
    """The rotation of GTE's published code."""
    width = config.hidden_size // config.num_attention_heads
    rate = (base * factor) ** (-torch.arange(0, width, 2, dtype=torch.float64) / width) / factor ** (2 / width)
    for module in model.modules():
        if hasattr(module, "inv_freq"):
            module.inv_freq = rate
    return model


def opened_new(folder):
    """A model for masked words that make_published() has written as of the type "new"."""
    with open(os.path.join(folder, "config.json")) as file:
        fields = json.load(file)
    sizes = {key: fields[key] for key in ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads",
                                          "intermediate_size", "type_vocab_size", "max_position_embeddings")}
    config = t.GteConfig(**sizes)
    config._attn_implementation = "eager"
    with tempfile.TemporaryDirectory() as place:
        config.save_pretrained(place)
        save_file({key.removeprefix("new."): value for key, value in
                   load_file(os.path.join(folder, "model.safetensors")).items()}, os.path.join(place, "model.safetensors"),
                  {"format": "pt"})
        model = t.GteForMaskedLM.from_pretrained(place, attn_implementation="eager", dtype=torch.float32)
    return stretch(model.double().eval(), config, fields["rope_theta"], fields["rope_scaling"]["factor"])


def make_published(name, kind, config, fields, prefix, rotation=None):
    """What transformers' own model computes, under the names that it saves in: the published ones."""
    torch.manual_seed(zlib.crc32(name.encode()))
    config._attn_implementation = "eager"
    model = kind(config).eval()
    randomize(model)
    with tempfile.TemporaryDirectory() as place:
        model.save_pretrained(place)
        tensors = load_file(os.path.join(place, "model.safetensors"))
    own = prefix + "."
    inner = {key.removeprefix("gte.").removeprefix("nomic_bert."): value for key, value in tensors.items()}
    tensors = {(key if key.startswith(("lm_head.", "cls.")) or prefix == "" else own + key): value for key, value in inner.items()}
    folder = new_folder(name, fields)
    write(folder, name.split("-", 2)[2].removesuffix("-published"), tensors)
    model.double()
    if rotation:
        stretch(model, config, *rotation)
    ids = torch.randint(5, config.vocab_size, (24,)).tolist()
    save_file(expected(model, "mlm", ids, [0] * 5 + [1] * 19), os.path.join(folder, "expected.safetensors"))


def main():
    neo = dict(hidden_size=16, num_attention_heads=2, num_hidden_layers=2, intermediate_size=20)
    make_neobert("neobert-mlm-safetensors", "NeoBERTLMHead", **neo)
    make_neobert("neobert-classes-bin", "NeoBERTForSequenceClassification", **neo)
    sizes = dict(vocab_size=vocabulary, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
                 max_position_embeddings=64)
    code = "Alibaba-NLP/new-impl--"
    make_published("new-mlm-safetensors", t.GteForMaskedLM, t.GteConfig(**sizes, type_vocab_size=1),
                   new_fields | sizes | {"architectures": ["NewForMaskedLM"], "rope_scaling": {"factor": 8.0, "type": "ntk"},
                                         "rope_theta": 20000, "type_vocab_size": 1,
                                         "auto_map": {"AutoConfig": code + "configuration.NewConfig",
                                                      "AutoModel": code + "modeling.NewModel",
                                                      "AutoModelForMaskedLM": code + "modeling.NewForMaskedLM"}},
                   "new", (20000.0, 8.0))
    code = "nomic-ai/nomic-bert-2048--"
    names = {"hidden_size": "n_embd", "num_hidden_layers": "n_layer", "num_attention_heads": "n_head", "intermediate_size": "n_inner"}
    published = {theirs: sizes[ours] for ours, theirs in names.items()}
    make_published("nomic_bert-mlm-safetensors-published", t.NomicBertForMaskedLM, t.NomicBertConfig(**sizes),
                   nomic_fields | published | {"vocab_size": vocabulary, "architectures": ["NomicBertForPreTraining"],
                                               "auto_map": {"AutoConfig": code + "configuration_hf_nomic_bert.NomicBertConfig",
                                                            "AutoModel": code + "modeling_hf_nomic_bert.NomicBertModel",
                                                            "AutoModelForMaskedLM":
                                                                code + "modeling_hf_nomic_bert.NomicBertForPreTraining"}},
                   "bert")


if __name__ == "__main__":
    main()
