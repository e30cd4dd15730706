# SPDX-License-Identifier: GPL-3.0-or-later
"""The tokens of a text: ids for the model, and what the trace's file says of each."""


def utf16_offsets(text):
    """For each index of `text` in characters, and for its end, the index in UTF-16 units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if ord(character) > 0xFFFF else 1))
    return offsets


def encode(tokenizer, text, text_b, max_length):
    """What the tokenizer makes of the text: of `transformers`, or any function of the text (and the second one)
    that gives a dictionary with `input_ids` and, as it likes, `token_type_ids`, `pieces`, `offsets` (pairs, in
    characters), `special` (flags) and `sentence` (0 or 1), each a list with an entry for each token."""
    if not hasattr(tokenizer, "convert_ids_to_tokens"):
        return dict(tokenizer(text) if text_b is None else tokenizer(text, text_b))
    options = {"truncation": True, "max_length": max_length} if max_length else {}
    fast = bool(getattr(tokenizer, "is_fast", False))
    encoding = tokenizer(text, text_b, return_offsets_mapping=fast, return_special_tokens_mask=True, **options)
    ids = list(encoding["input_ids"])
    result = {"input_ids": ids, "pieces": [str(piece) for piece in tokenizer.convert_ids_to_tokens(ids)],
              "special": [bool(flag) for flag in encoding["special_tokens_mask"]],
              "unknown": [tokenizer.unk_token_id is not None and one == tokenizer.unk_token_id for one in ids]}
    if "token_type_ids" in encoding:
        result["token_type_ids"] = list(encoding["token_type_ids"])
    if fast:
        result["offsets"] = [tuple(span) for span in encoding["offset_mapping"]]
        result["sentence"] = [one or 0 for one in encoding.sequence_ids(0)]
        result["word"] = encoding.word_ids(0)
    return result


def describe(encoding, text, text_b):
    """The entry `tokens` of the metadata: an object for each token."""
    ids = encoding["input_ids"]
    pieces = encoding.get("pieces") or [str(one) for one in ids]
    texts = (text, text_b or "")
    utf16 = tuple(utf16_offsets(one) for one in texts)
    tokens = []
    before = None
    for index, piece in enumerate(pieces):
        def of(name, otherwise):
            values = encoding.get(name)
            return otherwise if values is None else values[index]

        token = {"piece": piece}
        sentence = int(of("sentence", 0))
        if sentence and text_b is not None:
            token["sentence"] = "b"
        else:
            sentence = 0
        begin, end = of("offsets", (0, 0))
        special = bool(of("special", False))
        if not special and 0 <= begin < end <= len(texts[sentence]):
            token["begin"], token["end"] = utf16[sentence][begin], utf16[sentence][end]
            token["text"] = texts[sentence][begin:end]
        if special:
            token["special"] = True
        if of("unknown", False):
            token["unknown"] = True
        word = of("word", None)
        if word is not None and not special:
            token["word"] = word
            if before == (sentence, word):
                token["continuation"] = True
            before = (sentence, word)
        else:
            before = None
        tokens.append(token)
    return tokens
