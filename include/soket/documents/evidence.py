"""The evidence behind a working draft as an Excel file: every sentence, its theme, if it is quoted, what is odd."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from soket.documents.beside import beside
from soket.documents.composing import Composition
from soket.documents.heading_lines import NOBODY
from soket.documents.long_sheets import LongTable, pack, workbook_of
from soket.documents.prose_figures import ProseFigure
from soket.documents.said import Saying
from soket.documents.sheets import Value
from soket.documents.unlike import Remark
from soket.documents.unplaced import left_over, unplaced_sentences
from soket.text import format_moment

Row = list[Value]

_MANY = 20_000  # sentences: written in half a second
_UNPLACED = "chưa xếp được mục"
_PLACE = ["Đơn vị", "Hồ sơ lần", "Mục", "Câu số"]
_WIDE = frozenset({"Câu", "Chủ đề", "Vì sao", "Đối chiếu với", "Đơn vị", "Chỗ", "Loại", "Cụm từ gợi ý"})
_THEMES = ["Mục", "Mã chủ đề", "Chủ đề", "Số báo cáo", "Số câu", "Số câu trích"]
_ALL = ["Chủ đề", "Nơi nhận kiến nghị", "Trích", "Mã câu", "Câu"]
_ODD = ["Đơn vị", "Hồ sơ lần", "Chỗ", "Loại", "Vì sao", "Câu", "Đối chiếu với"]
_PROSE = ["Số ghi", "Giá trị", "Câu"]


@contextmanager
def begin_evidence(composition: Composition) -> Iterator[Callable[[list[ProseFigure], list[Remark]], bytes]]:
    """Begin the workbook, of many sentences by their own sheet in a second process; give what returns it."""
    title, count = "Mọi câu của các báo cáo, nguyên văn", sum(len(each.under.said) for each in composition.sections)
    every = _table("Mọi câu", title, [*_PLACE, *_ALL], _all(composition))
    if count < _MANY:
        yield partial(_workbook, composition, every)
        return
    with beside(partial(pack, every)) as packed:
        yield partial(_workbook, composition, replace(every, packed=packed))


def _workbook(composition: Composition, every: LongTable, figures: list[ProseFigure], found: list[Remark]) -> bytes:
    as_of = format_moment(composition.sayings.summary.as_of)
    unsorted = "Câu chưa xếp được mục, chủ đề, hoặc chưa đưa vào dự thảo; cụm từ gợi ý để thêm vào bộ chủ đề"
    prose = ([*_place(each.said), each.text, each.value, each.said.text] for each in figures)
    return workbook_of(
        [
            _table("Chủ đề", f"Chủ đề của các báo cáo, tính đến {as_of}", _THEMES, _themes(composition)),
            every,
            _table("Chưa xếp", unsorted, [*_PLACE, "Cụm từ gợi ý", "Câu"], _unclassified(composition)),
            _table("Cần xem", "Số liệu khác thường, nội dung trái nhau", _ODD, map(_remark, found)),
            _table("Số trong lời văn", "Số trong lời văn: chỉ để đối chiếu, không cộng", [*_PLACE, *_PROSE], prose),
        ]
    )


def _table(name: str, title: str, heads: list[str], rows: Iterable[Row]) -> LongTable:
    return LongTable(
        name, title, [(head, 80 if head == "Câu" else 30 if head in _WIDE else 12) for head in heads], rows
    )


def _all(composition: Composition) -> Iterator[Row]:
    marks = dict.fromkeys((each for said in composition.alike.values() for each in said), "cùng nêu")
    marks |= dict.fromkeys(composition.quoted, "có")
    for section in composition.sections:
        names = {theme.code: f"{theme.code}. {theme.name}" for theme in section.under.themes}
        for each, *others in section.under.by_sentence:
            theme = names[each.theme.code] if each.theme else None
            held = f"không trích: {each.held.value}" if each.held else None
            mark = next((marks[one] for one in (each, *others) if one in marks), held)
            asked = "; ".join(one.addressee for one in (each, *others) if one.addressee) or None
            yield [*_place(each), theme, asked, mark, each.digest, each.text]
    for own in unplaced_sentences(composition.sayings.summary):
        yield [own.unit.name, own.submission, own.place, own.number, None, None, _UNPLACED, own.digest, own.text]


def _place(said: Saying) -> Row:
    return [said.unit.name, said.submission, said.section.number.rstrip("."), said.number]


def _remark(remark: Remark) -> Row:
    said, against = (each.text if each else None for each in (remark.said, remark.against))
    return [remark.unit.name, remark.submission, remark.place, remark.kind, remark.why, said, against]


def _themes(composition: Composition) -> Iterator[Row]:
    for section in composition.sections:
        under = section.under
        quoted = Counter(each.theme.code for each in section.quotes if each.theme)
        units: defaultdict[str, list[str]] = defaultdict(list)
        for each, *_ in under.by_sentence:
            if each.theme:
                units[each.theme.code].append(each.unit.code)
        for theme in under.themes:
            own = units[theme.code]
            yield [under.section.number, theme.code, theme.name, len(set(own)), len(own), quoted[theme.code]]
        if under.requests:
            asked = Counter(each.addressee or NOBODY for each in under.said if each.asks)
            for name, count in sorted(asked.items()):
                yield [under.section.number, None, name, None, count, None]


def _unclassified(composition: Composition) -> Iterator[Row]:
    for own in unplaced_sentences(composition.sayings.summary):
        yield [own.unit.name, own.submission, own.place, own.number, None, own.text]
    for section in composition.sections:
        yield from ([*_place(each), None, each.text] for each in left_over(section))
        for each in section.under.unclassified:
            phrases = [proposal.phrase for proposal in section.under.proposals if proposal.is_in(each.text)]
            yield [*_place(each), "; ".join(phrases[:3]) or None, each.text]
