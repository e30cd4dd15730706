#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the small random checkpoints in this folder, and what the reference implementation computes with them.

Needs transformers (4.36), torch, safetensors. Each folder gets config.json, model.safetensors and
expected.safetensors: input.ids, input.types, hidden.<i> (0 = embedding output), attention.<i> (from 1, heads x n x n),
and mlm.logits, pooled, class.logits, sentence where the model has them.
"""
import json
import os
import shutil

import torch
import transformers as t
from safetensors.torch import load_file, save_file

here = os.path.dirname(os.path.abspath(__file__))
common = dict(vocab_size=37, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=20,
              max_position_embeddings=30)
labels = dict(id2label={0: "bad", 1: "good", 2: "neither"}, label2id={"bad": 0, "good": 1, "neither": 2})
distil = dict(vocab_size=37, dim=16, n_layers=2, n_heads=2, hidden_dim=20, max_position_embeddings=30)
albert = dict(common, embedding_size=8, num_hidden_layers=4, num_hidden_groups=2)
roberta = dict(common, max_position_embeddings=32, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5)

checkpoints = {
    "bert": t.BertForPreTraining(t.BertConfig(**common)),
    "bert-relu-plain": t.BertModel(t.BertConfig(**dict(common, hidden_act="relu", num_attention_heads=4))),
    "bert-classifier": t.BertForSequenceClassification(t.BertConfig(**common, **labels)),
    "distilbert": t.DistilBertForMaskedLM(t.DistilBertConfig(**distil)),
    "distilbert-classifier": t.DistilBertForSequenceClassification(t.DistilBertConfig(**distil, **labels)),
    "roberta": t.RobertaForMaskedLM(t.RobertaConfig(**roberta)),
    "roberta-classifier": t.RobertaForSequenceClassification(t.RobertaConfig(**roberta, **labels)),
    "xlm-roberta": t.XLMRobertaForMaskedLM(t.XLMRobertaConfig(**roberta)),
    "electra": t.ElectraForMaskedLM(t.ElectraConfig(**common, embedding_size=8)),
    "electra-classifier": t.ElectraForSequenceClassification(t.ElectraConfig(**common, embedding_size=16, **labels)),
    "albert": t.AlbertForPreTraining(t.AlbertConfig(**albert)),
    "albert-classifier": t.AlbertForSequenceClassification(t.AlbertConfig(**albert, **labels)),
    "mpnet": t.MPNetForMaskedLM(t.MPNetConfig(**dict(common, max_position_embeddings=32))),
}


def randomize(model):
    """Weights large enough that a wrong one shows."""
    matrices = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "orm" in name and name.endswith("weight"):
                parameter.uniform_(0.5, 1.5)
                # "orm" is also in DistilBERT's "transformer". Matrices all around 1 are nearly of rank one: what a layer norm
                # leaves cancels in their sums, and float32 comes out fifty times less exact. They are drawn again, by themselves:
                # the other checkpoints stay as they are.
                if "transformer" in name and parameter.dim() > 1:
                    parameter.normal_(0, 0.35, generator=matrices)
            elif parameter.dim() == 1:
                parameter.uniform_(-0.3, 0.3)
            else:
                parameter.normal_(0, 0.35)


def expected(model, ids, types):
    inputs = dict(input_ids=torch.tensor([ids]))
    if getattr(model.config, "type_vocab_size", 0) == 2 and model.config.model_type != "mpnet":
        inputs["token_type_ids"] = torch.tensor([types])
    with torch.no_grad():
        out = model(**inputs, output_hidden_states=True, output_attentions=True)
        result = {"input.ids": torch.tensor(ids), "input.types": torch.tensor(types)}
        for i, hidden in enumerate(out.hidden_states):
            result[f"hidden.{i}"] = hidden[0]
        for i, weights in enumerate(out.attentions):
            result[f"attention.{i + 1}"] = weights[0]
        base = getattr(model, model.base_model_prefix, model)
        if getattr(base, "pooler", None) is not None:
            result["pooled"] = base(**inputs).pooler_output if hasattr(base(**inputs), "pooler_output") else None
        logits = out.get("prediction_logits", out.get("logits"))
        if logits is not None:
            result["class.logits" if "Classification" in type(model).__name__ else "mlm.logits"] = logits[0]
    return {name: value.clone().contiguous() for name, value in result.items()}


def save(name, model, ids, types):
    folder = os.path.join(here, name)
    shutil.rmtree(folder, ignore_errors=True)
    model.eval()
    model.save_pretrained(folder, safe_serialization=True)
    generation = os.path.join(folder, "generation_config.json")
    if os.path.exists(generation):
        os.remove(generation)
    results = expected(model, ids, types)
    save_file(results, os.path.join(folder, "expected.safetensors"))
    return folder, results


def main():
    torch.manual_seed(1)
    for name, model in checkpoints.items():
        randomize(model)
        n = 28 if name == "mpnet" else 9  # distances beyond MPNet's exact buckets
        ids = torch.randint(5, 37, (n,)).tolist()
        save(name, model, ids, [0] * 5 + [1] * (n - 5))

    # Old names of layer norms, 16-bit numbers, several files, a sentence-transformers' folder: as files on the Hub are.
    for name, dtype in (("bert-f16-old-names", torch.float16), ("bert-bf16-sharded", torch.bfloat16)):
        model = t.BertModel(t.BertConfig(**common))
        randomize(model)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(parameter.to(dtype).float())
        folder, results = save(name, model, [2, 11, 36, 7, 3], [0, 0, 0, 1, 1])
        whole = os.path.join(folder, "model.safetensors")
        tensors = {key: value.to(dtype) for key, value in load_file(whole).items()}
        if dtype == torch.float16:
            tensors = {"bert." + key.replace("LayerNorm.weight", "LayerNorm.gamma")
                       .replace("LayerNorm.bias", "LayerNorm.beta"): value for key, value in tensors.items()}
            save_file(tensors, whole, {"format": "pt"})
            hidden = results[f"hidden.{common['num_hidden_layers']}"].mean(dim=0)
            results["sentence"] = hidden / hidden.norm()
            save_file(results, os.path.join(folder, "expected.safetensors"))
            modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            with open(os.path.join(folder, "modules.json"), "w") as file:
                json.dump([{"idx": i, "name": str(i), "path": path, "type": "sentence_transformers.models." + kind}
                           for i, (path, kind) in enumerate(modules)], file)
            os.mkdir(os.path.join(folder, "1_Pooling"))
            with open(os.path.join(folder, "1_Pooling", "config.json"), "w") as file:
                json.dump({"word_embedding_dimension": 16, "pooling_mode_cls_token": False,
                           "pooling_mode_mean_tokens": True}, file)
        else:
            os.remove(whole)
            names = sorted(tensors)
            parts = {f"model-{i + 1:05}-of-00002.safetensors": names[i::2] for i in range(2)}
            for part, keys in parts.items():
                save_file({key: tensors[key] for key in keys}, os.path.join(folder, part), {"format": "pt"})
            with open(os.path.join(folder, "model.safetensors.index.json"), "w") as file:
                json.dump({"metadata": {}, "weight_map": {k: part for part, keys in parts.items() for k in keys}}, file)


main()
