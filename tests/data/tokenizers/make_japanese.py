# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes japanese.json: Japanese BERT's tokenizers, and the ids that the reference implementation gives.

    python3 make_japanese.py    needs the PyPI packages transformers, fugashi, ipadic and unidic-lite (made with
                                transformers 5.24, fugashi 1.5, ipadic 1.0, unidic-lite 1.0)

japanese.json: {"vocab.txt": pieces, "lines": Japanese ones,
                "tokenizers": {NAME: {"tokenizer_config.json", "dictionary" of MeCab, if it has one,
                                      "texts": [[text, ids, pieces], ...],
                                      "japanese": as "lines" of folders.json, of these lines,
                                      "lines", for some "pairs": as in folders.json}}}
The reference's way to MeCab ends a text at a zero byte; here the zero byte is left out of lines.json's. Debian's ipadic has one
word more than the Python package's, the era 令和: no line has it.
"""

import collections
import json
import pathlib
import random
import tempfile

from make_folders import HERE, LINES, digests

SENTENCES = """吾輩は猫である。名前はまだ無い。
すもももももももものうち
エンコーダは文のすべての単語を一度に読み、注意の重みを計算して値を足し合わせます。
昨日、東京タワーの近くで友達とラーメンを食べました。
動物は道を渡らなかった。なぜなら、とても疲れていたからだ。
京都から大阪までは電車で約30分かかります。
彼女は「明日は雨が降るかもしれない」と言った。
このモデルは12層・768次元で、語彙は32,000語です。
自然言語処理の研究では、形態素解析が欠かせない。
ソウルは韓国の首都で、人口は約940万人です。
お問い合わせは、info@example.jpまたは03-1234-5678まで。
位置エンコーディングは正弦波と余弦波で作られる。
コンピューターのキーボードを新しく買い替えたい。
外国人参政権について議論する。
くるまでまつ。くるまで行く。
この橋は渡るべからず。
東京都に住んでいる学生の割合は年々増えている。
猫が魚を食べた。魚が猫を食べた。
「注意機構（Attention）」とは何ですか？
２０２６年３月１日、ＡＩの国際会議が開かれた。
ﾊﾝｶｸｶﾀｶﾅも読めますか？はい、読めます！
がっこうへいく。学校へ行く。
㈱サンプル商事の売上は㍻25年に３％増加した…
Transformerのself-attentionはO(n²)の計算量を必要とする。
ヴァイオリンとピアノの二重奏を聴いた。
食べさせられたくなかったのに、食べてしまった。
人々は時々、代々木公園で凧揚げをする。
それは１つ目の例で、これは２つ目の例だ。
𠮷野家で牛丼を食べる。𩸽は美味しい。
한국어와 日本語와 English를 섞어 쓴 문장입니다。
価格は￥1,980（税込）です。
あのイーハトーヴォのすきとおった風、夏でも底に冷たさをもつ青いそら
春はあけぼの。やうやう白くなりゆく山ぎは、少し明かりて
ちょっとｗｗｗ、それマジで？
笑笑笑 (≧▽≦) ♪♪♪ 👍🏽 絵文字も😀入る
e-mailをsendする。C++20でprogrammingする。
ΣΟΦΟΣはギリシャ語、Приветはロシア語。
か\u3099きく\u3099け\u3099こ は濁点を分けて書いたもの。
ＮＨＫとＪＲ東日本とJAXA
コーヒー　と　紅茶　(全角の空白)""".replace("\\u3099", "\u3099").split("\n")
WORDS = """猫 犬 東京 京都 食べる 走った 美しい とても そして だから が は を に で と も から まで です ます でした 。 、 「 」 ！ ？ ー 々
人工知能 注意 重み 行列 ベクトル 学習する 計算して 文章 単語 ソウル 부산 안녕하세요 hello World GPU 3.14 １２ ﾃｽﾄ ㍿ ① ヶ月 [MASK] [SEP]""".split()
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SHOWN = ["すもももももももものうち", "吾輩は猫である。", "ﾊﾝｶｸ ＡＢＣ㍿ [MASK] が\u3099", "東京タワー\t京都　hello"]


def make_lines(count=800):
    rng = random.Random(20261126)
    lines = SENTENCES + ["", " ", "　", "。", "\u3099", "東", "[MASK]を食べる", "猫[MASK]", "長" * 120, "ー" * 60, "あ" * 101 + "い", "a" * 130]
    while len(lines) < count:
        kind = rng.randrange(4)
        if kind == 0:
            lines.append("".join(rng.choice(SENTENCES) for _ in range(2)))
        elif kind == 1:
            sentence = rng.choice(SENTENCES)
            begin = rng.randrange(len(sentence))
            lines.append(sentence[begin:begin + rng.randint(1, 30)])
        elif kind == 2:
            lines.append("".join(rng.choice(WORDS) for _ in range(rng.randint(2, 16))))
        else:
            lines.append(rng.choice([" ", "　", "\t"]).join(rng.choice(WORDS) for _ in range(rng.randint(2, 10))))
    return lines


def make_vocabulary(lines):
    """Whole words that are common, the characters, and both as continuations."""
    import fugashi
    import ipadic
    import unicodedata
    cut = fugashi.GenericTagger('-d "%s" -r "%s/mecabrc"' % (ipadic.DICDIR, ipadic.DICDIR))
    words, characters = collections.Counter(), collections.Counter()
    for line in lines:
        for word in cut(unicodedata.normalize("NFKC", line)):
            words[word.surface] += 1
            characters.update(word.surface)
    some = [word for word, _ in words.most_common(400) if len(word) > 1]
    letters = [c for c, _ in characters.most_common(360)]
    pieces = SPECIALS + letters + ["##" + c for c in letters] + some + ["##" + word for word in some[:60]]
    return list(dict.fromkeys(pieces))


def main():
    from transformers import AutoTokenizer
    lines = make_lines()
    pieces = make_vocabulary(lines)
    others = [line.replace("\0", "") for line in LINES]
    mecab = {"tokenizer_class": "BertJapaneseTokenizer", "word_tokenizer_type": "mecab"}
    ipadic = {"mecab_kwargs": {"mecab_dic": "ipadic"}}
    tokenizers = {
        "ipadic, wordpiece": mecab | ipadic | {"do_lower_case": False, "subword_tokenizer_type": "wordpiece"},
        "ipadic, character": mecab | ipadic | {"do_lower_case": False, "subword_tokenizer_type": "character"},
        "ipadic, lower case": mecab | ipadic | {"do_lower_case": True},
        "ipadic, forms kept": mecab | {"mecab_kwargs": {"mecab_dic": "ipadic", "normalize_text": False}},
        "ipadic, forms kept, character": mecab | {"mecab_kwargs": {"mecab_dic": "ipadic", "normalize_text": False},
                                                  "subword_tokenizer_type": "character"},
        "ipadic, whole words": mecab | ipadic | {"do_subword_tokenize": False},
        "unidic_lite": mecab | {"mecab_kwargs": {"mecab_dic": "unidic_lite"}},
        "unidic_lite, not named": mecab | {"subword_tokenizer_type": "character"},
        "basic": {"tokenizer_class": "BertJapaneseTokenizer"},
        "basic, lower case": {"tokenizer_class": "BertJapaneseTokenizer", "word_tokenizer_type": "basic", "do_lower_case": True},
        "basic, character": {"tokenizer_class": "BertJapaneseTokenizer", "subword_tokenizer_type": "character"},
        "text as it is": mecab | ipadic | {"do_word_tokenize": False},
    }
    result = {}
    for name, settings in tokenizers.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
            (folder / "config.json").write_text('{"model_type": "bert"}')
            (folder / "tokenizer_config.json").write_text(json.dumps(settings))
            tokenizer = AutoTokenizer.from_pretrained(temporary)
            assert type(tokenizer).__name__ == "BertJapaneseTokenizer"
        ids = lambda line: tokenizer(line).input_ids
        pairs = {}
        if name in ("ipadic, wordpiece", "basic"):
            both = [tokenizer(a, b, return_token_type_ids=True) for a, b in zip(others, others[1:] + others[:1])]
            pairs = {"pairs": digests([pair.input_ids + pair.token_type_ids for pair in both])}
        dictionary = name.split(",")[0] if "ipadic" in name or "unidic" in name else None
        result[name] = {"tokenizer_config.json": settings} | ({"dictionary": dictionary} if dictionary else {}) | {
            "texts": [[text, ids(text), tokenizer.convert_ids_to_tokens(ids(text))] for text in SHOWN],
            "japanese": digests([ids(line) for line in lines]), "lines": digests([ids(line) for line in others])} | pairs
    (HERE / "japanese.json").write_text(json.dumps(
        {"vocab.txt": pieces, "lines": lines, "tokenizers": result}, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n",
        encoding="utf-8")


if __name__ == "__main__":
    main()
