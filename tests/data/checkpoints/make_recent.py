#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders TYPE-HEAD-KIND of architectures that differ from BERT in more than names, and of its near relatives.

Needs what make_current.py needs, which says what is in a folder. Besides, hidden.<i> is what layer i + 1 reads and the layer
before it gave, taken by hooks, "output" is the encoder's result (in pre-norm models another), and "parameters" how many
numbers the encoder has. The reference computes in float64. Inputs are longer than the windows and the exact buckets.
"""
import os
import shutil
import sys
import zlib

import torch
import transformers as t
from safetensors.torch import save_file
from transformers.models.bert import modeling_bert

from make_current import common, heads, here, labels_values, randomize, roberta, vocabulary, write

specials = dict(pad_token_id=0, cls_token_id=1, sep_token_id=2, bos_token_id=1, eos_token_id=2)
modern = dict(vocab_size=vocabulary, hidden_size=8, num_hidden_layers=4, num_attention_heads=2, intermediate_size=12,
              max_position_embeddings=64, local_attention=6, **specials)
deberta = dict(common, relative_attention=True, pos_att_type=["p2c", "c2p"], position_biased_input=False,
               max_position_embeddings=40, type_vocab_size=0)
rotary = dict(common, max_position_embeddings=64)
euro = dict(rotary, pad_token_id=0, bos_token_id=1, eos_token_id=2, mask_token_id=3)
folders = [
    ("data2vec-text", "mlm", "safetensors", t.Data2VecTextConfig(**roberta)),
    ("data2vec-text", "classes", "bin", t.Data2VecTextConfig(**roberta)),
    ("deberta", "mlm", "safetensors", t.DebertaConfig(**deberta)),
    ("deberta", "classes", "bin", t.DebertaConfig(**dict(deberta, pos_att_type=["c2p"], position_biased_input=True,
                                                         type_vocab_size=2))),
    ("deberta-v2", "mlm", "safetensors", t.DebertaV2Config(
        **deberta, share_att_key=True, position_buckets=8, norm_rel_ebd="layer_norm")),
    ("deberta-v2", "classes", "bin-f16", t.DebertaV2Config(**dict(deberta, max_relative_positions=7, type_vocab_size=2))),
    ("deberta-v2", "tokens", "safetensors", t.DebertaV2Config(**dict(deberta, pos_att_type=["c2p"]), position_buckets=6,
                                                             max_relative_positions=24)),
    ("deberta-v2", "answer", "bin", t.DebertaV2Config(**dict(deberta, pos_att_type="p2c", position_biased_input=True))),
    ("deberta-v2", "multilabel", "safetensors", t.DebertaV2Config(**dict(deberta, relative_attention=False,
                                                                        position_biased_input=True))),
    ("ernie", "mlm", "safetensors", t.ErnieConfig(**common)),
    ("ernie", "classes", "bin", t.ErnieConfig(**common, use_task_id=True, task_type_vocab_size=3)),
    ("ernie", "tokens", "safetensors", t.ErnieConfig(**dict(common, hidden_act="mish"))),
    ("eurobert", "mlm", "safetensors", t.EuroBertConfig(**euro)),
    ("eurobert", "classes", "safetensors", t.EuroBertConfig(**dict(euro, num_attention_heads=4), num_key_value_heads=2,
                                                            classifier_pooling="mean", attention_bias=True)),
    ("eurobert", "tokens", "bin-bf16", t.EuroBertConfig(**euro, mlp_bias=True, rope_parameters=dict(
        rope_type="default", rope_theta=250000.0))),
    ("gte", "mlm", "safetensors", t.GteConfig(**rotary)),
    ("gte", "classes", "bin", t.GteConfig(**dict(rotary, type_vocab_size=0))),
    ("gte", "tokens", "safetensors", t.GteConfig(**dict(rotary, hidden_act="quick_gelu"))),
    ("megatron-bert", "mlm", "safetensors", t.MegatronBertConfig(**common)),
    ("megatron-bert", "classes", "bin", t.MegatronBertConfig(**dict(common, hidden_act="relu2"))),
    ("megatron-bert", "answer", "bin-sharded", t.MegatronBertConfig(**common)),
    ("modernbert", "mlm", "safetensors", t.ModernBertConfig(**modern)),
    ("modernbert", "untied", "bin", t.ModernBertConfig(**modern, decoder_bias=False)),
    ("modernbert", "classes", "safetensors-f16", t.ModernBertConfig(**modern, classifier_activation="silu")),
    ("modernbert", "multilabel", "bin", t.ModernBertConfig(**modern, classifier_pooling="mean", classifier_bias=True)),
    ("modernbert", "tokens", "safetensors-prefixed", t.ModernBertConfig(
        **modern, attention_bias=True, mlp_bias=True, norm_bias=True,
        layer_types=["sliding_attention", "full_attention", "sliding_attention", "sliding_attention"])),
    ("modernbert", "answer", "bin-strided", t.ModernBertConfig(**dict(modern, local_attention=1), rope_parameters=dict(
        full_attention=dict(rope_type="default", rope_theta=1000.0),
        sliding_attention=dict(rope_type="default", rope_theta=50.0)))),
    ("nomic_bert", "mlm", "safetensors", t.NomicBertConfig(**rotary)),
    ("nomic_bert", "classes", "bin", t.NomicBertConfig(**rotary)),
    ("nomic_bert", "tokens", "safetensors-bf16", t.NomicBertConfig(**rotary)),
    ("roberta", "mlm", "safetensors-padding-first", t.RobertaConfig(  # as CamemBERT's second version has it
        **dict(roberta, max_position_embeddings=31, pad_token_id=0, bos_token_id=1, eos_token_id=2))),
    ("roberta-prelayernorm", "mlm", "safetensors", t.RobertaPreLayerNormConfig(**roberta)),
    ("roberta-prelayernorm", "classes", "bin", t.RobertaPreLayerNormConfig(**roberta)),
    ("roberta-prelayernorm", "tokens", "safetensors", t.RobertaPreLayerNormConfig(**roberta)),
    ("xlm-roberta-xl", "mlm", "safetensors", t.XLMRobertaXLConfig(**roberta)),
    ("xlm-roberta-xl", "classes", "bin", t.XLMRobertaXLConfig(**roberta)),
]


def layers_of(model):
    base = model.base_model
    return base.encoder.layer if hasattr(base, "encoder") else base.layers


def expected(model, head, ids, types):
    inputs = dict(input_ids=torch.tensor([ids]))
    if getattr(model.config, "type_vocab_size", 0) >= 2:
        inputs["token_type_ids"] = torch.tensor([types])
    hidden = []
    first = lambda values: values[0] if isinstance(values, tuple) else values
    handles = [layers_of(model)[0].register_forward_pre_hook(
        lambda _, args, kwargs: hidden.append(args[0] if args else kwargs["hidden_states"]), with_kwargs=True)]
    handles += [layer.register_forward_hook(lambda _, args, out: hidden.append(first(out))) for layer in layers_of(model)]
    with torch.no_grad():
        out = model(**inputs, output_attentions=True)
        for handle in handles:
            handle.remove()
        whole = model.base_model(**inputs).last_hidden_state
    result = {"input.ids": torch.tensor(ids), "input.types": torch.tensor(types), "output": whole[0]}
    parameters = {name: value.numel() for name, value in model.base_model.named_parameters() if "pooler" not in name}
    result["parameters"] = torch.tensor([sum(parameters.values())])
    for i, values in enumerate(hidden):
        result[f"hidden.{i}"] = values[0]
    for i, weights in enumerate(out.attentions):
        result[f"attention.{i + 1}"] = weights[0]
    if head in ("mlm", "untied"):
        result["mlm.logits"] = out.logits[0]
    elif head in ("classes", "multilabel", "regression"):
        result["class.logits"] = out.logits[0]
        result["class.values"] = labels_values(head, out.logits[0])
    elif head == "tokens":
        result["token.logits"] = out.logits[0]
    elif head == "answer":
        result["answer.logits"] = torch.stack([out.start_logits[0], out.end_logits[0]])
    return {name: value.clone().float().contiguous() if value.is_floating_point() else value.clone()
            for name, value in result.items()}


def make(model_type, head, kind, configuration, tokens=24):
    name = f"{model_type}-{head}-{kind}"
    torch.manual_seed(zlib.crc32(name.encode()))  # of each by itself: others may come and go
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    auto, options = heads[head]
    config = configuration
    for option, value in options.items():
        setattr(config, option, value)
    config._attn_implementation = "eager"
    model = auto.from_config(config, attn_implementation="eager").eval()
    randomize(model)
    if model_type == "roberta-prelayernorm":  # its sums grow, and float's last bits with them
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() > 1:
                    parameter.mul_(0.5)
    option = kind.partition("-")[2]
    if option in ("f16", "bf16"):
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(parameter.to(dict(f16=torch.float16, bf16=torch.bfloat16)[option]).float())
    ids = torch.randint(5, config.vocab_size, (tokens,)).tolist()
    os.makedirs(folder)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    tied = getattr(model, "all_tied_weights_keys", {}) if kind.startswith("safetensors") else {}
    write(folder, kind, {k: v for k, v in model.state_dict().items() if k not in tied})
    save_file(expected(model.double(), head, ids, [0] * 5 + [1] * (tokens - 5)), os.path.join(folder, "expected.safetensors"))


def make_relative(kind):
    """BERT's older relative positions, which the current reference implementation has no more: its attention with the products
    of versions 4 added. Scores are (q·k + q·p [+ k·p]) / sqrt(d_k), p the row of the distance; no position is added."""
    name = f"bert-mlm-safetensors-{kind.replace('_', '-')}"
    torch.manual_seed(zlib.crc32(name.encode()))
    config = t.BertConfig(**common)
    config._attn_implementation = "eager"
    model = t.BertForMaskedLM(config).eval()
    randomize(model)
    model.double()
    most, d_k = config.max_position_embeddings, config.hidden_size // config.num_attention_heads
    tables = [torch.randn(2 * most - 1, d_k).float().double() for _ in model.bert.encoder.layer]
    model.bert.embeddings.position_embeddings.weight.data.zero_()
    plain = modeling_bert.eager_attention_forward

    def attention(module, query, key, value, attention_mask, scaling=None, **others):
        place = torch.arange(query.shape[-2])
        p = tables[module.layer_idx][place[:, None] - place[None, :] + most - 1]
        scores = query @ key.transpose(-1, -2) + torch.einsum("bhld,lrd->bhlr", query, p)
        if kind == "relative_key_query":
            scores = scores + torch.einsum("bhrd,lrd->bhlr", key, p)
        weights = torch.softmax(scores * d_k ** -0.5, -1)
        return (weights @ value).transpose(1, 2).contiguous(), weights

    modeling_bert.eager_attention_forward = attention
    ids = torch.randint(5, config.vocab_size, (24,)).tolist()
    result = expected(model, "mlm", ids, [0] * 5 + [1] * 19)
    modeling_bert.eager_attention_forward = plain
    result["parameters"] += sum(table.numel() for table in tables) - most * config.hidden_size
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    config.position_embedding_type = kind
    config.architectures = ["BertForMaskedLM"]
    config.save_pretrained(folder)
    tensors = {k: v.float() for k, v in model.state_dict().items() if k != "cls.predictions.decoder.weight"}
    for layer, table in enumerate(tables):
        tensors[f"bert.encoder.layer.{layer}.attention.self.distance_embedding.weight"] = table.float()
    write(folder, "safetensors", tensors)
    save_file(result, os.path.join(folder, "expected.safetensors"))


def main():
    wanted = sys.argv[1:]
    for folder in folders:
        if not wanted or "-".join(folder[:3]) in wanted:
            make(*folder)
    for kind in ("relative_key", "relative_key_query"):
        if not wanted or kind in wanted:
            make_relative(kind)


if __name__ == "__main__":
    main()
