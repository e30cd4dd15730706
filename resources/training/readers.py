# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers of the texts that the default model learns from. Each gives passages: lists of sentences or lines that
follow one another; a message or an entry by itself is a passage of its own."""
import gettext
import html.parser
import re
import struct
import zipfile
import zlib


SENTENCE_END = re.compile(
    r"((?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bMessrs)\.|[!?…])[\"”’']* (?=[\"“‘'A-Z가-힣0-9(])"
)


def sentences(paragraph):
    """The sentences of running text."""
    text = " ".join(paragraph.split())
    found = []
    begin = 0
    for end in SENTENCE_END.finditer(text):
        found.append(text[begin : end.end() - 1])
        begin = end.end()
    return [part for part in [*found, text[begin:]] if part]


def paragraphs(text):
    """What blank lines part, as lists of sentences."""
    for block in re.split(r"\n\s*\n", text):
        found = sentences(block)
        if found:
            yield found


def plain_text(path):
    """A book as a text file; underscores are italics."""
    yield from paragraphs(path.read_text(encoding="utf-8", errors="replace").replace("_", ""))


def r_vectors(path):
    """The character vectors of an R package's database, which is compressed blocks of serialized objects."""
    data = path.read_bytes()
    begin = 0
    while begin < len(data):
        inflate = zlib.decompressobj()
        block = inflate.decompress(data[begin + 4 :])
        begin = len(data) - len(inflate.unused_data)
        lines = []
        for mark in re.finditer(rb"\x00[\x04\x00][\x00\x80]\x09(?=(....))", block, re.DOTALL):
            length = struct.unpack(">I", mark.group(1))[0]
            if length < 200:
                lines.append(block[mark.end() + 4 : mark.end() + 4 + length].decode("utf-8", errors="replace"))
        yield lines


def r_strings(path):
    """The books in an R package's database, a line of the book an element."""
    for lines in r_vectors(path):
        yield from paragraphs("\n".join(lines).replace("_", ""))


def r_sentences(path):
    """The sentences in an R package's database, an element each."""
    for lines in r_vectors(path):
        yield from ([line] for line in lines if re.fullmatch(r"[A-Z][^A-Z]* .*[.?!]", line))


def sword_module(folder, testament):
    """The verses of a compressed Bible module of the SWORD project, a chapter a passage."""
    blocks, verses, text = ((folder / f"{testament}.{end}").read_bytes() for end in ("bzs", "bzv", "bzz"))
    unpacked = []
    for offset, size, _ in struct.iter_unpack("<III", blocks):
        unpacked.append(zlib.decompress(text[offset : offset + size]))
    chapter = []
    for block, start, size in struct.iter_unpack("<IIH", verses):
        verse = unpacked[block][start : start + size].decode("utf-8", errors="replace") if size else ""
        heading = "<chapter" in verse
        verse = re.sub(r"<(note|title)\b.*?</\1>", "", verse, flags=re.DOTALL)
        verse = " ".join(re.sub(r"<[^>]*>", " ", verse).split())
        if heading and chapter:
            yield from paragraphs(" ".join(chapter))
            chapter = []
        if verse:
            chapter.append(re.sub(r" ([,.;:!?”’])", r"\1", verse))
    if chapter:
        yield from paragraphs(" ".join(chapter))


def catalogue(path):
    """Messages of a compiled catalogue with their translations, contexts and mnemonics taken off."""
    with path.open("rb") as file:
        messages = gettext.GNUTranslations(file)._catalog
    for source, translation in messages.items():
        if isinstance(source, tuple):
            source = source[0]
        source = source.rsplit("\x04", 1)[-1]
        if "^" in source[:30]:
            source, translation = source.split("^", 1)[1], translation.split("^", 1)[-1]
        if source and translation and source != translation:
            yield source, translation


def catalogue_paragraphs(path, translated):
    for pair in catalogue(path):
        for paragraph in re.split(r"\n+", pair[1 if translated else 0]):
            yield sentences(paragraph)


def catalogue_pairs(path):
    """Paragraphs of a message with those of its translation, where both have as many."""
    for source, translation in catalogue(path):
        left, right = ([" ".join(part.split()) for part in re.split(r"\n+", text.strip())] for text in (source, translation))
        if len(left) == len(right):
            yield from zip(left, right)


def quoted_conversations(path):
    """The spoken and told paragraphs of Endless Sky's data: text in back-quotes, with what follows it."""
    passage = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        quoted = re.search(r"`([^`]+)`", line)
        if quoted and not re.match(r"\s*(choice|name)\b", line):
            passage.extend(sentences(quoted.group(1)))
        elif not quoted and passage:
            yield passage
            passage = []
    if passage:
        yield passage


def crawl_entries(path):
    """Entries of Dungeon Crawl's descriptions: key and paragraphs."""
    for entry in path.read_text(encoding="utf-8", errors="replace").split("%%%%"):
        lines = [line for line in entry.strip("\n").splitlines() if not line.startswith("#")]
        if lines:
            blocks = re.split(r"\n\s*\n", "\n".join(lines[1:]).strip())
            yield lines[0].strip(), [" ".join(block.split()) for block in blocks if block.strip()]


def crawl_paragraphs(path):
    for _, blocks in crawl_entries(path):
        for block in blocks:
            yield sentences(block)


def crawl_pairs(english, korean):
    known = dict(crawl_entries(english))
    for key, blocks in crawl_entries(korean):
        if len(known.get(key, [])) == len(blocks):
            yield from zip(known[key], blocks)


def talk(path):
    """Chatterbot's conversations: question and answers of a YAML list of lists, a conversation a passage."""
    passage = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        item = re.match(r"(- |  )- (.*)", line)
        if item is None:
            continue
        if item.group(1) == "- " and passage:
            yield passage
            passage = []
        passage.append(item.group(2).strip().strip("'\""))
    if passage:
        yield passage


class Paragraphs(html.parser.HTMLParser):
    """The paragraphs, headings and list items inside the first <div> with that id or class."""

    BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "div", "br", "pre", "code"}

    def __init__(self, area):
        super().__init__(convert_charrefs=True)
        self.area = area
        self.depth = 0  # of <div> inside the area; 0 = outside
        self.parts = []
        self.paragraphs = []

    def flush(self):
        text = " ".join("".join(self.parts).split())
        self.parts = []
        if text:
            self.paragraphs.append(text)

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS and self.depth:
            self.flush()
        if tag == "div":
            if self.depth:
                self.depth += 1
            elif self.area & {dict(attributes).get("id"), dict(attributes).get("class")}:
                self.depth = 1

    def handle_endtag(self, tag):
        if self.depth and tag in self.BLOCKS:
            self.flush()
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.parts.append(data)


def help_pages(folder, area):
    for path in sorted(folder.rglob("*.html")):
        parser = Paragraphs(area)
        parser.feed(path.read_text(encoding="utf-8", errors="replace"))
        parser.close()
        parser.flush()
        for paragraph in parser.paragraphs:
            if "You found a bug" not in paragraph:  # LibreOffice's help about its own missing pages
                yield sentences(paragraph)


def interface_messages(folder):
    """The translations in a folder of catalogues, without keyboard mnemonics."""
    for path in sorted(folder.glob("*.mo")):
        for _, message in catalogue(path):
            for line in re.sub(r"\(_\w\)|[_~]", "", message).splitlines():
                yield [" ".join(line.split())]


def language_pack(folder, product):
    """The values in Mozilla's language packs (Fluent and properties files), but for those with a variable in them."""
    for path in sorted(folder.glob("langpack-*.xpi")):
        with zipfile.ZipFile(path) as pack:
            for name in sorted(pack.namelist()):
                if not name.endswith((".ftl", ".properties")):
                    continue
                for line in pack.read(name).decode("utf-8", errors="replace").splitlines():
                    value = re.sub(r"^\s*(\*?\[[^\]]*\]|[-.\w]+\s*=)", "", line)
                    value = re.sub(r"<[^>]*>|\([A-Z]\)|&(?=\w)", "", value)
                    value = re.sub(r"\{ *-[-\w]*(brand|product)[-\w]* *\}", product, value)
                    if not line.startswith("#") and not re.search(r"[{}]|%\d*\$?[A-Za-z]|->", value):
                        yield [" ".join(value.split())]


def wordnet(folder):
    """Each definition and each example in quotation marks of the data files' glosses."""
    for path in sorted(folder.glob("data.*")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("  ") or " | " not in line:
                continue
            gloss = line.split(" | ", 1)[1]
            for example in re.findall(r'"([^"]+)"', gloss):
                yield [example.strip()]
            definition = re.sub(r'"[^"]*"', "", gloss)
            yield [" ".join(definition.strip(" ;").split())]


def lines(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        yield [line.strip()]
