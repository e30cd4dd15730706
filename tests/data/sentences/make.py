#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the folders here: small random models as sentence-transformers saves them, and the vectors that it computes.

Needs sentence-transformers (6.2), transformers (5.24), torch (2.15); makes all, or those that are named. A folder gets what
save() writes and expected.json, a list of texts and their vectors.
"""
import json
import os
import shutil
import sys
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


common = dict(vocab_size=len(words), hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
              max_position_embeddings=16)
bert = t.BertConfig(**common)
# Korean sentence models are often RoBERTa's encoder with BERT's tokenizer, whose padding is the second piece.
korean_words = ["[CLS]", "[PAD]", "[SEP]", "[UNK]", "[MASK]"] + words[5:]
korean = t.RobertaConfig(**dict(common, max_position_embeddings=18), type_vocab_size=1, pad_token_id=1, bos_token_id=0,
                         eos_token_id=2)
others = {"albert": t.AlbertConfig(**common, embedding_size=4), "electra": t.ElectraConfig(**common, embedding_size=4),
          "distilbert": t.DistilBertConfig(vocab_size=len(words), dim=8, n_layers=2, n_heads=2, hidden_dim=12,
                                           max_position_embeddings=16)}
specials = dict(pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3)
recent = {"modernbert": t.ModernBertConfig(**common, local_attention=4, global_attn_every_n_layers=2, **specials),
          "eurobert": t.EuroBertConfig(**common, pad_token_id=0, bos_token_id=2, eos_token_id=3, mask_token_id=4),
          "gte": t.GteConfig(**common), "nomic_bert": t.NomicBertConfig(**common), "ernie": t.ErnieConfig(**common),
          "deberta": t.DebertaConfig(**common, relative_attention=True, pos_att_type=["c2p", "p2c"],
                                     position_biased_input=False, type_vocab_size=0),
          "deberta-v2": t.DebertaV2Config(**common, relative_attention=True, pos_att_type=["p2c", "c2p"], position_buckets=4,
                                          share_att_key=True, norm_rel_ebd="layer_norm", position_biased_input=False,
                                          type_vocab_size=0),
          "t5": t.T5Config(vocab_size=len(words), d_model=8, d_kv=3, num_layers=2, num_heads=2, d_ff=12,
                           feed_forward_proj="gated-gelu", relative_attention_num_buckets=8)}


def encoder(place, lower=True, config=bert, words=words, **options):
    torch.manual_seed(2)
    folder = os.path.join(place, "encoder")
    shutil.rmtree(folder, ignore_errors=True)
    model = t.T5EncoderModel(config) if config.model_type == "t5" else t.AutoModel.from_config(config)
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
    for kind, config in others.items():
        yield kind, [encoder(place, config=config), Pooling(8, ("cls", "mean")), Normalize()], {}
    for kind, config in recent.items():
        yield kind, [encoder(place, config=config), Pooling(8, ("cls", "mean")), Normalize()], {}
    yield "roberta", [encoder(place, lower=False, config=korean, words=korean_words), Pooling(8, "mean")], {}


def main():
    with tempfile.TemporaryDirectory() as place:
        for name, modules, options in cases(place):
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
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
