# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the tokenizer vectors of this folder: small tokenizers trained on made-up lines, and what the reference
implementation makes of each line.

    python3 make.py            needs the PyPI packages tokenizers, sentencepiece and protobuf

lines.json          the lines, as a JSON list
NAME/               the files of a tokenizer, as model folders have them
NAME-files/         the same tokenizer in the files of another format
expected.json       {NAME: for each line the first 4 hex digits of the SHA-1 of "id id ... id"};
                    NAME + " pairs": each line with the one after it, the token types after the ids;
                    "vocabs/FILE": vocabularies of others that are not in this folder
"""

import hashlib
import io
import json
import pathlib
import random
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
VOCABS = HERE.parents[2].parent / "shared/reference/vocabs"

ENGLISH = """the a encoder reads every word of sentence and looks at all others query key value attention head layer
position wave sine cosine learns shows numbers animal street cross tired because didn't it's we're I'll they've can't
Seoul London reading writes written quickly unhappiness internationalization token tokens tokenizer 2026 3.14 50% $9.99
e-mail state-of-the-art C++20 x=y+z (brackets) "quotes" 'single' A.B.C. Hello WORLD iPhone naïve café résumé Zürich
coöperate façade Ångström señor São über ﬁne ﬂow ½ ² № ™ … — – “curly” ‘s’ ``tex'' hello@example.org""".split()
KOREAN = """인코더는 문장의 모든 낱말을 한꺼번에 읽습니다 어텐션 가중치를 계산하고 값을 더합니다 위치 인코딩은 사인과 코사인
함수로 만듭니다 강아지가 길을 건너지 않았다 왜냐하면 너무 피곤했기 때문이다 서울에서 부산까지 기차로 두 시간 반 걸린다
쿼리 키 밸류 헤드 층 셀프어텐션 학습 토큰화 한국어 형태소 뷁 쫓았다 꽃잎이 흩날리던 봄날 값싼 닭갈비 괜찮아요 ㅋㅋㅋ ㅠㅠ ㅏ
안녕하세요! 정말요? 네, 그렇습니다. 3월 1일 오후2시 100원 A형 김철수씨""".split()
OTHERS = """привет мир Ёлка ΑΒΓ σοφός ΣΊΣΥΦΟΣ שלום עולם مرحبا بالعالم नमस्ते दुनिया क्षत्रिय สวัสดีชาวโลก こんにちは 世界 東京タワー
ｶﾀｶﾅ ｆｕｌｌｗｉｄｔｈ １２３ 你好，世界。 中文字 龍 𠮷野家 𪚥 ㈱ ㍿ ﷺ İstanbul ıslak ẞtraße ǅungla Ạ̈ x̂ Việt_Nam ქართული Հայերեն አማርኛ
ខ្មែរ မြန်မာ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල བོད་ ᠮᠣᠩᠭᠣᠯ ⠃⠗ 𝕄𝕒𝕥𝕙 𝒳 Ⅷ ① ㉠ ﾡ ￦ ︒""".split()
EMOJI = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🇰🇷", "❤️", "☺", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "🤷‍♀️", "✨", "🫠"]
SPACES = [" ", "  ", "   ", "\t", "\r", "\u00a0", "\u2003", "\u3000", "\u200b", "\u200a", "\u2028", "\u0085", "\x0b", "\x0c",
          "\u1680", "\u202f", "\u205f", "\ufeff", "\u2060", "\u00ad"]
CONTROLS = [chr(c) for c in [*range(0, 10), *range(11, 32), 127, 0x80, 0x9f, 0x200c, 0x200d, 0x200e, 0x202e, 0xfffd, 0xfffe,
                             0xe000, 0xf8ff, 0x180e, 0x61c, 0xe0001, 0x10fffd]]
MARKS = [chr(c) for c in [0x300, 0x301, 0x302, 0x308, 0x323, 0x327, 0x332, 0x345, 0x489, 0x20d0, 0x93c, 0x94d, 0x5b0, 0x64b,
                          0x3099, 0x302a, 0xfe0f, 0x1d165]]
SPECIALS = ["[MASK]", "[mask]", "[CLS]", "[SEP]", "[UNK]", "[PAD]", "<s>", "</s>", "<mask>", "<pad>", "<unk>", "[MASK", "##a", "\u2581", "Ġ"]


def make_lines(count=2400):
    rng = random.Random(20260301)
    assigned = [c for c in range(0x20, 0x20000) if unicodedata.category(chr(c)) not in ("Cn", "Cs")]
    some = lambda words, low, high: [rng.choice(words) for _ in range(rng.randint(low, high))]

    def jamo():
        word = "".join(chr(rng.randint(0xAC00, 0xD7A3)) for _ in range(rng.randint(1, 5)))
        kind = rng.randrange(4)
        if kind == 0:
            return unicodedata.normalize("NFD", word)
        if kind == 1:
            return "".join(chr(rng.randint(0x3131, 0x318E)) for _ in range(rng.randint(1, 6)))
        if kind == 2:
            return "".join(chr(rng.choice([rng.randint(0x1100, 0x115F), rng.randint(0x1160, 0x11A7), rng.randint(0x11A8, 0x11FF)]))
                           for _ in range(rng.randint(1, 6)))
        return word

    def marked():
        return "".join(c + "".join(some(MARKS, 0, 3)) for c in rng.choice(ENGLISH + KOREAN))

    def decomposed():
        return unicodedata.normalize(rng.choice(["NFD", "NFKD"]), rng.choice(ENGLISH + OTHERS))

    def run_together():
        return "".join(some(ENGLISH + KOREAN + OTHERS + EMOJI, 2, 4))

    def random_characters():
        return "".join(chr(rng.choice(assigned)) for _ in range(rng.randint(1, 8)))

    def long_word():
        return rng.choice(["a", "가", "ab1", "é", "한글", "😀"]) * rng.choice([33, 50, 99, 100, 101, 120])

    kinds = [
        lambda: some(ENGLISH, 3, 14), lambda: some(ENGLISH, 3, 14), lambda: some(KOREAN, 3, 12), lambda: some(KOREAN, 3, 12),
        lambda: some(ENGLISH + KOREAN, 4, 14), lambda: some(ENGLISH + KOREAN + OTHERS, 3, 12), lambda: some(OTHERS, 1, 8),
        lambda: some(EMOJI + ENGLISH + KOREAN, 2, 10), lambda: some(CONTROLS + ENGLISH + KOREAN, 2, 10),
        lambda: [marked() for _ in range(4)] + some(KOREAN, 0, 2), lambda: [jamo() for _ in range(4)] + some(ENGLISH, 0, 2),
        lambda: [decomposed() for _ in range(5)], lambda: [run_together() for _ in range(3)],
        lambda: [random_characters() for _ in range(3)] + some(ENGLISH, 0, 2), lambda: some(SPECIALS + ENGLISH + KOREAN, 2, 8),
        lambda: some(ENGLISH, 0, 2) + [long_word()] + some(ENGLISH, 0, 2),
    ]
    lines = ["", " ", "a", "가", "[MASK]", "\u0301", "\u200d", " \t ", "a ", " a"]
    while len(lines) < count:
        parts = rng.choice(kinds)()
        odd = rng.random() < 0.25
        line = ""
        for i, part in enumerate(parts):
            if i or rng.random() < 0.05:
                line += rng.choice(SPACES + [""]) if odd else " "
            line += part
        if rng.random() < 0.05:
            line += rng.choice(SPACES)
        lines.append(line.replace("\n", ""))
    return lines


def digest(ids):
    return hashlib.sha1(" ".join(map(str, ids)).encode()).hexdigest()[:4]


def write_json(path, value):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def bert(vocab, lower, strip=None, chinese=True):
    from tokenizers import BertWordPieceTokenizer
    return BertWordPieceTokenizer(str(vocab), lowercase=lower, strip_accents=strip, handle_chinese_chars=chinese)._tokenizer


def train_bert(name, lines, lower, strip, chinese):
    from tokenizers import BertWordPieceTokenizer
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    tokenizer = BertWordPieceTokenizer(lowercase=lower, strip_accents=strip, handle_chinese_chars=chinese)
    tokenizer.train_from_iterator(lines, vocab_size=1500, limit_alphabet=500, show_progress=False,
                                  special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json",
               {"do_lower_case": lower, "strip_accents": strip, "tokenize_chinese_chars": chinese, "tokenizer_class": "BertTokenizer"})
    return bert(folder / "vocab.txt", lower, strip, chinese)


def train_roberta(name, lines):
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers, AddedToken
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    specials = ["<s>", "<pad>", "</s>", "<unk>", AddedToken("<mask>", lstrip=True)]
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=1200, show_progress=False, special_tokens=specials,
                                                             initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    (HERE / name).mkdir(exist_ok=True)
    tokenizer.save(str(HERE / name / "tokenizer.json"), pretty=False)
    model = json.loads(tokenizer.to_str())["model"]
    files = HERE / (name + "-files")
    write_json(files / "vocab.json", model["vocab"])
    (files / "merges.txt").write_text("#version: 0.2\n" + "".join(" ".join(pair) + "\n" for pair in model["merges"]), encoding="utf-8")
    return tokenizer


CHARSMAP = {"ﬁ": "fi", "ﬂ": "fl", "…": "...", "①": "1", "½": "1/2", "　": " ", "\u00a0": " ", "\u2003": " ", "\t": " ", "\u200b": "",
            "ｆ": "f", "ｕ": "u", "ｌ": "l", "e\u0301": "é", "a\u0308": "ä", "\u1112\u1161\u11ab": "한", "ㄱ": "\u1100", "™": "TM",
            "İ": "i\u0307", "１": "1", "\u0007": ""}


def train_sentencepiece(lines):
    import sentencepiece
    folder = HERE / "albert-files"
    folder.mkdir(exist_ok=True)
    rules = folder / "rules.tsv"
    rules.write_text("".join("%s\t%s\n" % (" ".join("%X" % ord(c) for c in source), " ".join("%X" % ord(c) for c in target))
                             for source, target in sorted(CHARSMAP.items())), encoding="utf-8")
    model = io.BytesIO()
    clean = [line.replace("\x00", "").replace("\r", "") for line in lines]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(clean), model_writer=model, vocab_size=1500, model_type="unigram", character_coverage=0.98,
        normalization_rule_tsv=str(rules), pad_id=0, unk_id=1, bos_id=2, eos_id=3, pad_piece="<pad>", bos_piece="[CLS]",
        eos_piece="[SEP]", control_symbols=["[MASK]"], num_threads=1, minloglevel=2)
    rules.unlink()
    (folder / "spiece.model").write_bytes(model.getvalue())
    write_json(folder / "tokenizer_config.json", {"do_lower_case": True, "keep_accents": False, "tokenizer_class": "AlbertTokenizer"})
    return model.getvalue()


def unigram_tokenizer(model_bytes, steps, pieces_of, template, specials, mask):
    from sentencepiece import sentencepiece_model_pb2 as pb
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, Regex, AddedToken
    proto = pb.ModelProto()
    proto.ParseFromString(model_bytes)
    pieces, unknown = pieces_of([(p.piece, p.score) for p in proto.pieces])
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        steps + [normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([AddedToken(s, lstrip=s == mask, normalized=False) for s in specials])
    ids = {piece: i for i, (piece, _) in enumerate(pieces)}
    single, pair, names = template
    tokenizer.post_processor = processors.TemplateProcessing(single=single, pair=pair, special_tokens=[(n, ids[n]) for n in names])
    return tokenizer


def albert(model_bytes):
    from tokenizers import normalizers
    steps = [normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFKD(), normalizers.StripAccents(),
             normalizers.Lowercase()]
    return unigram_tokenizer(model_bytes, steps, lambda pieces: (pieces, 1),
                             ("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ["[CLS]", "[SEP]"]),
                             ["[CLS]", "<pad>", "[SEP]", "<unk>", "[MASK]"], "[MASK]")


def xlm_roberta(model_bytes):
    def shifted(pieces):
        return [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)] + pieces[3:] + [("<mask>", 0.0)], 3
    return unigram_tokenizer(model_bytes, [], shifted, ("<s> $A </s>", "<s> $A </s> </s> $B </s>", ["<s>", "</s>"]),
                             ["<s>", "<pad>", "</s>", "<unk>", "<mask>"], "<mask>")


def main():
    lines = make_lines()
    tokenizers = {
        "bert-uncased": train_bert("bert-uncased", lines, True, None, True),
        "bert-cased": train_bert("bert-cased", lines, False, None, False),
        "bert-accents": train_bert("bert-accents", lines, True, False, True),
    }
    tokenizers["roberta"] = train_roberta("roberta", lines)
    model = train_sentencepiece(lines)
    for name, tokenizer in (("albert", albert(model)), ("xlm-roberta", xlm_roberta(model))):
        (HERE / name).mkdir(exist_ok=True)
        tokenizer.save(str(HERE / name / "tokenizer.json"), pretty=False)
        tokenizers[name] = tokenizer
    lines_path = HERE / "lines.json"
    write_json(lines_path, lines)
    expected = {}
    for name, tokenizer in tokenizers.items():
        expected[name] = "".join(digest(tokenizer.encode(line).ids) for line in lines)
        pairs = [tokenizer.encode(a, b) for a, b in zip(lines, lines[1:] + lines[:1])]
        expected[name + " pairs"] = "".join(digest(pair.ids + pair.type_ids) for pair in pairs)
    if VOCABS.exists():
        for name, lower in (("bert-base-cased", False), ("bert-base-multilingual-cased", False), ("bert-base-uncased", True),
                            ("koelectra-v1v2-32200", False)):
            tokenizer = bert(VOCABS / (name + ".vocab.txt"), lower)
            expected["vocabs/" + name] = "".join(digest(tokenizer.encode(line).ids) for line in lines)
    write_json(HERE / "expected.json", expected)


if __name__ == "__main__":
    sys.exit(main())
