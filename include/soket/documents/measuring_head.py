"""Measures what stands above a paper's text: titles, agency, number, date, kind, abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.documents.anatomy import DASHES
from soket.documents.misfits import Misfit, OnTheRule, lettering
from soket.text import fold

_SEEN_DAY = re.compile(r"ngày\s*(?P<day>\d{1,2})?[\s.…_]*tháng\s*(?P<month>\d{1,2})?", re.IGNORECASE)
_FIELDS = {
    "number": r"(?P<number>[\d\s.…_]*)",
    "kind": r"(?P<kind>[^\W\d_]{1,6})",
    "sign": r"(?P<sign>[\w\s&,.…-]*?)",
    "unit": r"(?P<unit>[\w\s&,.…-]*?)",
}
_ABOUT = re.compile(r"(?:v/v|về việc)\b", re.IGNORECASE)
# What a meeting goes by: it goes with the invitation and has no number, unlike a programme of work.
_PROGRAMME = re.compile(r"chuong trinh (hoi nghi|cuoc hop|buoi lam viec)\b")


def titles(paper: OnTheRule) -> Iterator[Misfit]:
    """Find titles that are missing, are of the other side, or look otherwise."""
    asked, found = paper.edition.titles, paper.parts.titles
    for index, title in enumerate(asked):
        line = found[index] if index < len(found) else None
        if line is None or fold(line.text) != fold(title.text):
            yield Misfit("titles", f"Không thấy dòng «{title.text}» ở đầu trang, bên phải.", line.number if line else 0)
            return
        if line.text.strip() != title.text:
            yield Misfit("titles", f"Viết «{title.text}».", line.number)
        yield from lettering("titles", f"Dòng «{title.text}»", line, title)


def agency(paper: OnTheRule) -> Iterator[Misfit]:
    """Find an issuer that is missing, or whose lines look otherwise."""
    lines, edition = paper.parts.agencies, paper.edition
    if not lines:
        if paper.parts.titles:
            yield Misfit("agency", "Không thấy tên cơ quan ban hành ở góc trái.", paper.parts.titles[0].number)
        return
    yield from lettering("agency", "Tên cơ quan ban hành", lines[-1], edition.agency)
    for line in lines[:-1]:
        if line.sets and not all(each.bold for each in line.sets):  # an issuer's name may take two lines
            yield from lettering("agency", "Tên cơ quan cấp trên", line, edition.parent)
    if edition.star and paper.parts.star is None:
        yield Misfit("under_agency", "Thiếu dấu * dưới tên cơ quan ban hành.", lines[-1].number)
    if not edition.star and not paper.parts.head_ruled:
        yield Misfit("under_agency", "Thiếu đường kẻ dưới tên cơ quan ban hành, dưới Tiêu ngữ.", lines[-1].number)


def number(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a number that is missing, is where none belongs, is written otherwise, or names no kind there is."""
    edition, parts = paper.edition, paper.parts
    line, wanted = parts.number, parts.is_letter or _kind_of(paper) is not None
    if line is None:
        if wanted and parts.titles:
            yield Misfit("number", "Không thấy số và ký hiệu dưới tên cơ quan.", parts.titles[0].number)
        return
    if not wanted and parts.kind is not None:
        words = f"«{parts.kind.text.strip()}» là tài liệu kèm theo, không có số và ký hiệu."
        yield Misfit("number", words, line.number)
        return
    text = " ".join(line.text.replace("\u00a0", " ").split())
    written = edition.number.letter if parts.is_letter else edition.number.written
    found = _pattern(written).fullmatch(text)
    if found is None:
        shown = written.format(number="…", kind=_abbreviation(paper), sign="…", unit="…")
        yield Misfit("number", f"Số và ký hiệu «{text}»: viết theo dạng «{shown}».", line.number)
    elif (kind := found.groupdict().get("kind")) and kind not in edition.kinds:
        yield Misfit("number", f"«{kind}» không phải chữ viết tắt của tên loại nào.", line.number)
    elif kind and parts.kind is not None and _abbreviation(paper) != kind:
        yield Misfit("number", f"«{kind}» không phải chữ viết tắt của «{parts.kind.text.strip()}».", line.number)
    yield from lettering("number", "Số và ký hiệu", line, edition.number)


def place_date(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a date that is missing, looks otherwise, or has a nought too many or too few."""
    line, asked = paper.parts.place_date, paper.edition.place_date
    if line is None:
        if paper.parts.titles:
            words = "Không thấy dòng địa danh, ngày, tháng, năm dưới tiêu đề."
            yield Misfit("place_date", words, paper.parts.titles[0].number)
        return
    yield from lettering("place_date", "Địa danh, ngày, tháng, năm", line, asked)
    found = _SEEN_DAY.search(line.text.replace("\u00a0", " "))
    for name, least, what in (("day", asked.zero_days_below, "ngày"), ("month", asked.zero_months_below, "tháng")):
        said = found[name] if found else None
        if said and said != (right := f"{int(said):02d}" if int(said) < least else str(int(said))):
            yield Misfit("place_date", f"Viết «{what} {right}», không viết «{what} {said}».", line.number)


def kind(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a kind or an abstract that looks otherwise, and what should part it from the text."""
    edition, parts = paper.edition, paper.parts
    if parts.kind is None:
        return
    yield from lettering("kind", "Tên loại văn bản", parts.kind, edition.kind)
    for line in parts.abstract:
        yield from lettering("abstract", "Trích yếu", line, edition.abstract)
    dashes = parts.parting is not None and bool(DASHES.fullmatch(parts.parting.text.strip()))
    if edition.dashes and not dashes:
        yield Misfit("parting", "Thiếu dấu «-----» dưới trích yếu.", (parts.abstract or (parts.kind,))[-1].number)
    if not edition.dashes and (parts.parting is None or dashes):
        words = (
            "Dưới trích yếu cần một đường kẻ, không phải dấu «-----»." if dashes else "Thiếu đường kẻ dưới trích yếu."
        )
        yield Misfit("parting", words, (parts.parting or (parts.abstract or (parts.kind,))[-1]).number)


def letter_abstract(paper: OnTheRule) -> Iterator[Misfit]:
    """Find a letter's abstract that is missing, begins otherwise or looks otherwise."""
    if not paper.parts.is_letter:
        return
    asked, lines = paper.edition.letter_abstract, paper.parts.under_number
    if not lines:
        if paper.parts.number is not None:
            yield Misfit("letter_abstract", "Không thấy trích yếu công văn dưới số.", paper.parts.number.number)
        return
    first = lines[0].text.strip()
    if asked.begins and not first.casefold().startswith(asked.begins.casefold()):
        yield Misfit("letter_abstract", f"Trích yếu công văn mở đầu bằng «{asked.begins}».", lines[0].number)
    elif not asked.begins and (found := _ABOUT.match(first)):
        yield Misfit("letter_abstract", f"Trích yếu công văn không có «{found[0]}».", lines[0].number)
    for line in lines:
        yield from lettering("letter_abstract", "Trích yếu công văn", line, asked)


RULES = (titles, agency, number, place_date, kind, letter_abstract)


def _kind_of(paper: OnTheRule) -> str | None:
    """Return the abbreviation of a paper's kind; None where it is of none that has a number."""
    line = paper.parts.kind
    said = fold(line.text) if line else ""
    if _PROGRAMME.match(said):
        return None
    names = sorted(paper.edition.kinds.items(), key=lambda each: -len(each[1]))
    return next((short for short, name in names if re.match(rf"{re.escape(fold(name))}\b", said)), None)


def _abbreviation(paper: OnTheRule) -> str:
    return "CV" if paper.parts.is_letter else _kind_of(paper) or "…"


def _pattern(written: str) -> re.Pattern[str]:
    """Return what a number written so looks like; blanks may stand where it is still to be filled in."""
    parts = re.split(r"\{(\w+)\}", written)
    made = "".join(_FIELDS[each] if index % 2 else re.escape(each.strip()) for index, each in enumerate(parts))
    return re.compile(made)
