#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders here: small random models as sentence-transformers saves them, and the vectors that it computes.

Needs sentence-transformers (6.2), transformers (5.24), torch (2.15). A folder gets what save() writes and expected.json,
a list of texts and their vectors.
"""
import json
import os
import shutil
import tempfile

import torch
import transformers as t
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Dropout, LayerNorm, Pooling

here = os.path.dirname(os.path.abspath(__file__))
words = """[PAD] [UNK] [CLS] [SEP] [MASK] the cat sat on a mat dog . , ? ##s query : The Cat 나는 학교 ##에 간다 고양이 ##가 매트 위
one two three four five six seven eight nine ten""".split()
texts = ["The cat sat on the mat.", "a dog", "", "나는 학교에 간다", "고양이가 매트 위에, the Cat?", "[MASK] cats",
         "one two three four five six seven eight nine ten"]


def encoder(place, lower=True, **options):
    torch.manual_seed(2)
    folder = os.path.join(place, "encoder")
    shutil.rmtree(folder, ignore_errors=True)
    model = t.BertModel(t.BertConfig(vocab_size=len(words), hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
                                     intermediate_size=12, max_position_embeddings=16))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "orm" in name and name.endswith("weight"):
                parameter.uniform_(0.5, 1.5)
            else:
                parameter.normal_(0, 0.4)
    model.save_pretrained(folder)
    vocabulary = os.path.join(place, "vocab.txt")
    with open(vocabulary, "w") as file:
        file.write("\n".join(words) + "\n")
    t.BertTokenizer(vocab={word: i for i, word in enumerate(words)}, do_lower_case=lower,
                    strip_accents=False).save_pretrained(folder)
    return Transformer(folder, **options)


def random(module):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(0.1, 0.5)
    return module


def cases(place):
    torch.manual_seed(3)
    for mode in Pooling.POOLING_MODES:
        yield mode, [encoder(place), Pooling(8, mode)], {}
    yield "joined", [encoder(place), Pooling(8, ("lasttoken", "mean", "max")), Normalize()], {}
    yield "dense", [encoder(place), Pooling(8, "mean"), random(Dense(8, 6)), Dropout(0.3),
                    random(Dense(6, 5, bias=False, activation_function=torch.nn.GELU())), random(LayerNorm(5)),
                    random(Dense(5, 5, activation_function=torch.nn.Identity(), use_residual=True)),
                    random(Dense(5, 7, activation_function=torch.nn.SiLU(), use_residual=True)), Normalize()], {}
    yield "cut", [encoder(place, max_seq_length=6), Pooling(8, "mean")], {}
    yield "lowercase-flag", [encoder(place, lower=False), Pooling(8, "mean")], {}
    yield "prompt", [encoder(place), Pooling(8, "mean"), Normalize()], dict(prompts={"query": "query: the "},
                                                                            default_prompt_name="query")
    yield "prompt-not-pooled", [encoder(place), Pooling(8, ("cls", "weightedmean", "mean"), include_prompt=False)], \
        dict(prompts={"query": "query: "}, default_prompt_name="query")


def main():
    with tempfile.TemporaryDirectory() as place:
        for name, modules, options in cases(place):
            folder = os.path.join(here, name)
            shutil.rmtree(folder, ignore_errors=True)
            SentenceTransformer(modules=modules, **options).save(folder, create_model_card=False)
            if name == "lowercase-flag":  # as versions before 6 save it
                with open(os.path.join(folder, "sentence_bert_config.json"), "w") as file:
                    json.dump({"max_seq_length": 12, "do_lower_case": True}, file)
            model = SentenceTransformer(folder).eval()
            vectors = [model.encode(text, convert_to_numpy=True).astype(float).round(7).tolist() for text in texts]
            with open(os.path.join(folder, "expected.json"), "w") as file:
                json.dump([{"text": text, "vector": vector} for text, vector in zip(texts, vectors)], file,
                          ensure_ascii=False, indent=1)


main()
