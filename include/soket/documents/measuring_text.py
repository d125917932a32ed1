"""Measures a paper's page and text: paper, margins, font, letters, spaces, the mark that ends it, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from soket.documents.misfits import Misfit, OnTheRule, bounds, tell
from soket.reading.looks import LookedAt, PageSet
from soket.text import fold, format_number

_SLACK = 0.6  # millimetres: what programs round
_SINGLE = 1.15  # of its size, a line of one in Times New Roman
_PROSE = 60  # letters: shorter paragraphs are headings, addressees
_UNBROKEN = 40  # letters of a word
_FEW = 3  # letters: a sign or two may be of a font that has them
_BASIS = re.compile(r"căn cứ\b.*;.*\b(?:căn cứ|nghị quyết|kế hoạch|quyết định|luật|nghị định)\b", re.IGNORECASE)
_LAST_MARKS = re.compile(r"[./;,…]*$")


def page(paper: OnTheRule) -> Iterator[Misfit]:
    """Find pages of another size, and margins out of bounds."""
    asked = paper.edition
    for section in paper.paper.pages[:1]:
        sizes = sorted((section.width, section.height)), sorted((asked.width, asked.height))
        if any(abs(one - other) > 2 * _SLACK for one, other in zip(*sizes, strict=True)):
            shown = f"{format_number(round(section.width))} x {format_number(round(section.height))} mm"
            wanted = f"{format_number(asked.width)} x {format_number(asked.height)} mm"
            yield Misfit("page", f"Khổ giấy {shown}, cần {wanted}.", section.begins)
    for section in paper.paper.pages:
        if section.width <= section.height and (wrong := _margins(paper, section)):
            yield Misfit("margins", f"Lề trang: {'; '.join(wrong)}.", section.begins)


def _margins(paper: OnTheRule, section: PageSet) -> list[str]:
    margins = paper.edition.margins
    return [
        f"lề {what} {format_number(round(found, 1))} mm, cần {bounds(asked, ' mm')}"
        for what, found, asked in (
            ("trên", section.top, margins.top),
            ("dưới", section.bottom, margins.bottom),
            ("trái", section.left, margins.left),
            ("phải", section.right, margins.right),
        )
        if not asked.holds(found, _SLACK)
    ]


def font(paper: OnTheRule) -> Iterator[Misfit]:
    """Find paragraphs of another font; a sign among its letters may be of one that has it."""
    strange: dict[str, list[LookedAt]] = {}
    for line in paper.paper.paragraphs:
        for name in {each.font for each in line.sets if each.font.casefold() != paper.edition.font.casefold()}:
            letters = sum(each.letters for each in line.sets if each.font == name)
            if letters > _FEW and 2 * letters > sum(each.letters for each in line.sets):
                strange.setdefault(name, []).append(line)
    for name, found in strange.items():
        words = f"Phông {name or 'không rõ'} ở {tell(found)}; cần {paper.edition.font}."
        yield Misfit("font", words, found[0].number)


def body(paper: OnTheRule) -> Iterator[Misfit]:
    """Find paragraphs of the text whose letters, sides, first lines or spaces are otherwise."""
    asked = paper.edition.body
    prose = [each for each in paper.parts.text if _is_prose(each)]
    checks: tuple[tuple[str, str, Callable[[LookedAt], bool]], ...] = (
        ("body_size", f"cần cỡ {bounds(asked.size)}", lambda each: asked.size.holds(_usual_size(each))),
        (
            "body_align",
            "cần căn đều hai bên",
            lambda each: not asked.justified or each.align == "both" or has_a_long_word(each.text),
        ),
        (
            "body_indent",
            f"cần lùi đầu dòng {bounds(asked.indent, ' mm')}",
            lambda each: asked.indent.holds(each.indent, _SLACK),
        ),
        ("body_line", f"cần dòng cách dòng {_line_words(paper)}", lambda each: _line_holds(paper, each)),
        (
            "body_between",
            f"cần đoạn cách đoạn ít nhất {format_number(asked.between)} pt",
            lambda each: each.before + each.after >= asked.between - 0.1,
        ),
    )
    for rule, words, holds in checks:
        if wrong := [each for each in prose if not holds(each)]:
            yield Misfit(rule, f"Lời văn {tell(wrong)}: {words}.", wrong[0].number)


def _is_prose(line: LookedAt) -> bool:
    """Whether a paragraph is text proper: not a heading, a note in italics, or one set in the middle."""
    letters = sum(each.letters for each in line.sets) if any(map(str.isalpha, line.text)) else 0
    slanted = sum(each.letters for each in line.sets if each.italic)
    heavy = sum(each.letters for each in line.sets if each.bold)
    return letters >= _PROSE and slanted < 0.9 * letters and heavy < 0.9 * letters and line.align != "center"


def has_a_long_word(text: str) -> bool:
    """Whether a word that no line breaks, as a checksum or an address is, would tear the words before it apart."""
    return max(map(len, text.split()), default=0) >= _UNBROKEN


def _usual_size(line: LookedAt) -> float:
    return max(line.sets, key=lambda each: each.letters).size


def _line_words(paper: OnTheRule) -> str:
    asked = paper.edition.body
    if asked.line is not None:
        return f"{bounds(asked.line)} dòng"
    return f"ít nhất {format_number(asked.least_line or 0)} pt"


def _line_holds(paper: OnTheRule, line: LookedAt) -> bool:
    asked, size = paper.edition.body, _usual_size(line)
    points = line.line * size * _SINGLE if line.line_rule == "auto" else line.line
    if asked.line is not None:
        lines = line.line if line.line_rule == "auto" else line.line / (size * _SINGLE)
        return asked.line.holds(lines, 0.05)
    return asked.least_line is None or points >= asked.least_line - 0.3


def end(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a text that ends in another mark."""
    last, stop = paper.parts.last, paper.edition.body.end
    if last is None or paper.parts.label is None or paper.parts.ends_in_table or not _is_said(last):
        return
    found = _LAST_MARKS.search(last.text.strip())
    if found is not None and found[0] != stop:
        shown = f"«{found[0]}»" if found[0] else "không có dấu"
        yield Misfit("end", f"Hết lời văn là {shown}, cần «{stop}».", last.number)


def _is_said(line: LookedAt) -> bool:
    text = line.text.strip()
    aside = all(each.italic for each in line.sets) or all(each.bold for each in line.sets)  # a note, or a heading
    return line.align in ("both", "left") and text[0] != "(" and not aside and any(each.isalpha() for each in text)


def bases(paper: OnTheRule) -> Iterator[Misfit]:
    """Find legal bases that run together."""
    if paper.edition.body.bases_apart:
        for line in paper.parts.text:
            if _BASIS.match(line.text.strip()):
                yield Misfit("bases", "Mỗi căn cứ viết riêng một dòng, hết dòng dùng dấu «;».", line.number)


def tables(paper: OnTheRule) -> Iterator[Misfit]:
    """Find tables whose heads are not repeated, or whose rows a page's end may part."""
    for index, held in enumerate(paper.paper.tables):
        if index in paper.parts.tables or not held.bordered or held.rows < 3:
            continue
        if not held.repeated:
            yield Misfit("table_head", "Dòng đầu bảng không lặp lại khi bảng sang trang.", held.first)
        if held.splitting:
            yield Misfit("table_rows", f"{held.splitting} dòng của bảng có thể bị cắt giữa hai trang.", held.first)


def unnamed(paper: OnTheRule) -> Iterator[Misfit]:
    """Find text that is not there at all."""
    if not any(fold(each.text) for each in paper.paper.paragraphs):
        yield Misfit("empty", "Văn bản không có lời nào.")


RULES = (page, font, body, end, bases, tables, unnamed)
