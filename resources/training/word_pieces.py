# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of text as ids of the default model's vocabulary, as engine/text makes them, and the hash that shows that they are the same."""
import unicodedata

import numpy as np

UNK, CLS, SEP = 1, 2, 3


def line_encoder(vocabulary_file):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    pieces = vocabulary_file.read_text(encoding="utf-8").split("\n")
    pieces = pieces[:-1] if pieces[-1] == "" else pieces
    ids = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def spell(word):
        """The pieces of a word, a Hangul syllable without a piece as its letters."""
        result, begin = [], 0
        while begin < len(word):
            prefix = "##" if begin else ""
            for end in range(len(word), begin, -1):
                if prefix + word[begin:end] in ids:
                    result.append(ids[prefix + word[begin:end]])
                    begin = end
                    break
            else:
                if not 0xAC00 <= ord(word[begin]) <= 0xD7A3:
                    return [UNK]
                for number, jamo in enumerate(unicodedata.normalize("NFD", word[begin])):
                    piece = ("##" if begin or number else "") + compatibility_letter(jamo)
                    if piece not in ids:
                        return [UNK]
                    result.append(ids[piece])
                begin += 1
        return result

    def encode(texts):
        for text, encoding in zip(texts, tokenizer.encode_batch(texts, add_special_tokens=False)):
            if UNK not in encoding.ids:
                yield encoding.ids
                continue
            normal = tokenizer.normalizer.normalize_str(text)
            yield [i for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal) for i in spell(word)]

    return encode, pieces


def compatibility_letter(jamo):
    """ㄱ (U+3131) for the leading or trailing letter U+1100 or U+11A8, and so on."""
    name = unicodedata.name(jamo).split(" ", 2)[2]
    return unicodedata.lookup("HANGUL LETTER " + name)


def read_lines(path):
    return [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def encode_files(encode, files, most):
    """[CLS] a [SEP] or [CLS] a [SEP] b [SEP]; the longer part of a pair is cut first."""
    sentences = []
    for path in files:
        lines = read_lines(path)
        firsts = list(encode([line.split("\t", 1)[0] for line in lines]))
        seconds = list(encode([line.split("\t", 1)[1].strip() if "\t" in line else "" for line in lines]))
        for a, b in zip(firsts, seconds):
            a, b = list(a), list(b)
            while len(a) + len(b) + (3 if b else 2) > most:
                (a if len(a) >= len(b) else b).pop()
            ids = [CLS, *a, SEP, *b, SEP] if b else [CLS, *a, SEP]
            if len(ids) > (4 if b else 3):
                sentences.append(ids)
    return sentences


def flat(sentences):
    lengths = np.array([len(s) for s in sentences], dtype=np.int32)
    return np.concatenate([np.array(s, dtype=np.uint16) for s in sentences]), lengths


def fingerprint(ids, lengths):
    """FNV-1a over the ids, each sentence closed by a -1 (engine/learn/corpus.cpp)."""
    ids, hashed, at = ids.tolist(), 0xCBF29CE484222325, 0
    for length in lengths.tolist():
        for value in (*ids[at : at + length], 0xFFFFFFFF):
            hashed = ((hashed ^ value) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        at += length
    return hashed
