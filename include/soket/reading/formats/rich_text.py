"""Reads .rtf: the text in order, as it stands once tracked changes are accepted.

Automatic numbers are in the file as text: programs write them for readers that do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from soket.reading.formats.cell_marks import CellMarks, Mark
from soket.reading.formats.colours import whites_in
from soket.reading.formats.paragraphs import MARGINS, Paragraphs

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
# What holds no text of the body; so does whatever is marked \\* and not in _KEPT.
_SKIPPED = {
    "annotation", "atnauthor", "atnid", "author", "colortbl", "comment", "datafield", "fldinst", "footer", "footerf",
    "footerl", "footerr", "ftncn", "ftnsep", "ftnsepc", "aftncn", "aftnsep", "aftnsepc", "header", "headerf", "headerl",
    "headerr", "info", "listoverridetable", "listtable", "nonesttables", "objdata", "pict", "pntxta", "pntxtb",
    "rsidtbl", "revtbl", "shprslt", "sp", "stylesheet", "template", "tc", "themedata", "title", "xe",
}  # fmt: skip
_KEPT = {"footnote", "moMath", "shptxt", "nesttableprops", "pntext", "listtext", "shpinst", "ud"}
_OF_FORMULAS = re.compile("m[A-Za-z]+Pr")  # what is said of a formula
_BREAKS = {
    **dict.fromkeys(("par", "sect", "page"), Mark.PARAGRAPH), "nestcell": Mark.IN_CELL, "nestrow": Mark.IN_CELL,
    "cell": Mark.CELL, "row": Mark.ROW,
}  # fmt: skip
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": " ", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "~": " ", "_": "-", "-": "\u00ad",
    "{": "{", "}": "}", "\\": "\\", "mnum": " ", "mden": "/", "msub": "_", "mrad": "√",
}  # fmt: skip


_MARGINS = {f"{margin}{pages}": place for margin, place in MARGINS.items() for pages in ("", "f", "l", "r")}


@dataclass(frozen=True)
class _Group:
    """What holds until a group ends."""

    font: str = ""
    skipped: bool = False
    deleted: bool = False
    in_fonts: bool = False
    note: bool = False
    unicode_skip: int = 1
    hidden: bool = False
    struck: bool = False
    raised: int = 0  # above its line (1) or below it (-1)
    white: bool = False
    margin: bool = False  # of pages: skipped, and kept beside the text
    remark: bool = False  # the same of a comment

    @property
    def says_nothing(self) -> bool:
        """Whether its text is no part of what the document says: what is struck through was deleted by hand."""
        kept = self.margin or self.remark
        return (self.skipped and not kept) or self.deleted or self.hidden or self.struck or self.white


def read_rich_text(data: bytes) -> Paragraphs:
    """Return the paragraphs of a document's body: tables, text boxes and notes included."""
    result = Paragraphs()
    add_rich_text(data, result)
    return result


def add_rich_text(data: bytes, result: Paragraphs) -> None:
    """Read a document into paragraphs."""
    reader = _RichTextReader(result, whites_in(data))
    for token in _tokens(data):
        reader.take(token)
    reader.marks.close()


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the tokens of a file, the bytes of pictures left out."""
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        if match[1] == b"bin":
            at += max(int(match[2] or 0), 0)
        yield match


class _RichTextReader:
    """Follows the groups of a file."""

    def __init__(self, result: Paragraphs, whites: frozenset[int]) -> None:
        self.result = result
        self._whites = whites
        self.marks = CellMarks(result)
        self._in_table = False
        self._group = _Group()
        self._outer: list[_Group] = []
        self._fonts: dict[str, tuple[str, str]] = {}  # by number: name and code page
        self._page = "cp1252"
        self._to_skip = 0  # characters that stand for a Unicode one before them
        self._starred = False

    def take(self, token: re.Match[bytes]) -> None:
        """Take the next token."""
        word, number, code, symbol, brace, text = token.groups()
        starred, self._starred = self._starred, False
        if word:
            self._word(word.decode(), int(number) if number else None, starred=starred)
        elif brace == b"{":
            self._outer.append(self._group)
            self._to_skip = 0
        elif brace:
            self._close()
        elif symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            self._break(Mark.PARAGRAPH)
        elif symbol:
            self._add(_CHARACTERS.get(symbol.decode("latin-1"), ""))
        elif code:
            self._bytes(bytes([int(code, 16)]))
        elif text:
            self._bytes(text)

    def _close(self) -> None:
        ended, self._group = self._group, self._outer.pop() if self._outer else _Group(skipped=True)
        self._to_skip = 0
        if ended.note and not self._group.note:
            self.result.end_note()

    def _word(self, word: str, number: int | None, *, starred: bool) -> None:
        if word in _MARGINS and not self._group.skipped:
            self.result.margins.append((_MARGINS[word], ""))
            self._group = replace(self._group, skipped=True, margin=True)
        elif word == "annotation" and not self._group.skipped:
            self.result.comment("")
            self._group = replace(self._group, skipped=True, remark=True)
        elif word in _SKIPPED or (starred and word not in _KEPT) or _OF_FORMULAS.fullmatch(word):
            self._group = replace(self._group, skipped=True, margin=False, remark=False)
        elif word in _BREAKS:
            self._break(_BREAKS[word])
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._to_skip = self._group.unicode_skip
        elif word == "footnote" and not self._group.skipped and not self._group.note:
            self.result.begin_note()
            self._group = replace(self._group, note=True)
        else:
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """Take what a word says of the text after it, or of the whole file."""
        match word:
            case "fonttbl":
                self._group = replace(self._group, in_fonts=True)
            case "f" if number is not None:
                self._group = replace(self._group, font=str(number))
            case "fcharset" if self._group.in_fonts:
                name, _ = self._fonts.get(self._group.font, ("", ""))
                self._fonts[self._group.font] = (name, _CODE_PAGES.get(number or 0, ""))
            case "cf":
                self._group = replace(self._group, white=(number or 0) in self._whites)
            case "ansicpg" if f"cp{number}" in _CODE_PAGES.values():
                self._page = f"cp{number}"
            case "intbl" | "pard" if not self._group.skipped:
                self._in_table = word == "intbl"
            case "uc":
                self._group = replace(self._group, unicode_skip=min(max(number or 0, 0), 8))
            case _:
                self._look(word, on=number != 0)

    def _look(self, word: str, *, on: bool) -> None:
        """Take what a word says of how the text after it is shown."""
        match word:
            case "deleted":
                self._group = replace(self._group, deleted=on)
            case "v":
                self._group = replace(self._group, hidden=on)
            case "strike" | "striked":
                self._group = replace(self._group, struck=on)
            case "super" | "up" | "msup":
                self._group = replace(self._group, raised=int(on))
            case "nosupersub" | "sub" | "dn":
                self._group = replace(self._group, raised=-int(on and word != "nosupersub"))
            case "plain":
                self._group = replace(self._group, deleted=False, hidden=False, struck=False, raised=0, white=False)

    def _break(self, mark: Mark) -> None:
        if self._group.margin:
            self.result.margins.append((self.result.margins[-1][0], ""))
        elif self._group.remark:
            self._add("\n")
        elif self._group.note:
            self.result.add(" ")
        elif not (self._group.skipped or self._group.deleted or self._group.in_fonts):
            in_cell = mark is Mark.PARAGRAPH and self._in_table
            self.marks.end(Mark.IN_CELL if in_cell else mark)

    def _bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        data = data[skipped:]
        group = self._group
        if not data or group.says_nothing:
            return
        name, page = self._fonts.get(group.font, ("", ""))
        text = data.decode(page or self._page, errors="replace")
        if group.in_fonts:
            self._fonts[group.font] = (name + text.partition(";")[0], page)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        group = self._group
        if group.margin and not group.says_nothing:
            place, before = self.result.margins[-1]
            self.result.margins[-1] = place, before + text
        elif group.remark and not group.says_nothing:
            at, said = self.result.remarks[-1]
            self.result.remarks[-1] = at, said + text
        elif text and not (group.says_nothing or group.in_fonts):
            self.result.add(text, self._fonts.get(group.font, ("", ""))[0], raised=group.raised)
