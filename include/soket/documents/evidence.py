"""The evidence behind a working draft as an Excel file: every sentence, its theme, if it is quoted, what is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from soket.documents.composing import NOBODY, Composition
from soket.documents.rendering import clean
from soket.documents.said import Saying
from soket.documents.sheets import Value, save
from soket.documents.unlike import ProseFigure, Remark
from soket.text import format_moment

Row = list[Value]

_PLACE = ["Đơn vị", "Hồ sơ lần", "Mục", "Câu số"]
_WIDE = frozenset({"Câu", "Chủ đề", "Vì sao", "Đối chiếu với", "Đơn vị", "Cụm từ gợi ý"})
_BOLD = Font(bold=True)


def render_evidence(composition: Composition, figures: list[ProseFigure], found: list[Remark]) -> bytes:
    """Return the workbook; it is written row by row, as thousands of reports have a hundred thousand sentences."""
    workbook = Workbook(write_only=True)
    as_of = format_moment(composition.sayings.summary.as_of)
    heads = ["Mục", "Mã chủ đề", "Chủ đề", "Số báo cáo", "Số câu", "Số câu trích"]
    _table(workbook, "Chủ đề", f"Chủ đề của các báo cáo, tính đến {as_of}", heads, _themes(composition))
    heads = [*_PLACE, "Chủ đề", "Nơi nhận kiến nghị", "Trích", "Mã câu", "Câu"]
    _table(workbook, "Mọi câu", "Mọi câu của các báo cáo, nguyên văn", heads, _all(composition))
    title = "Câu chưa xếp được chủ đề; cụm từ gợi ý để thêm vào bộ chủ đề"
    _table(workbook, "Chưa xếp", title, [*_PLACE, "Cụm từ gợi ý", "Câu"], _unclassified(composition))
    heads = [*_PLACE, "Loại", "Vì sao", "Câu", "Đối chiếu với"]
    _table(workbook, "Cần xem", "Số liệu khác thường, nội dung trái nhau", heads, map(_remark, found))
    heads = [*_PLACE, "Số ghi", "Giá trị", "Câu"]
    rows = ([*_place(each.said), each.text, each.value, each.said.text] for each in figures)
    _table(workbook, "Số trong lời văn", "Số trong lời văn: chỉ để đối chiếu, không cộng", heads, rows)
    return save(workbook)


def _table(workbook: Workbook, name: str, title: str, heads: list[str], rows: Iterable[Row]) -> None:
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "A3"
    for column, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(column)].width = 60 if head == "Câu" else 30 if head in _WIDE else 12
    for row in ([title], heads):
        cells = [WriteOnlyCell(sheet, each) for each in row]
        for cell in cells:
            cell.font = _BOLD
        sheet.append(cells)
    for values in rows:
        sheet.append([_written(sheet, each) if isinstance(each, str) else each for each in values])


def _written(sheet: WriteOnlyWorksheet, text: str) -> Any:  # noqa: ANN401 - openpyxl takes texts and cells
    """Return a text as a cell takes it: what begins like a formula is none."""
    if not text.startswith(("=", "+", "-", "@")):
        return clean(text)
    cell = WriteOnlyCell(sheet, clean(text))
    cell.data_type = "s"
    return cell


def _all(composition: Composition) -> Iterator[Row]:
    for section in composition.sections:
        for each in section.under.said:
            theme = f"{each.theme.code}. {each.theme.name}" if each.theme else None
            quoted = "có" if each in composition.quoted else None
            yield [*_place(each), theme, each.addressee, quoted, each.digest, each.text]


def _place(said: Saying) -> Row:
    return [said.unit.name, said.submission, said.section.number.rstrip("."), said.number]


def _remark(remark: Remark) -> Row:
    against = remark.against.text if remark.against else None
    return [*_place(remark.said), remark.kind, remark.why, remark.said.text, against]


def _themes(composition: Composition) -> Iterator[Row]:
    for section in composition.sections:
        under = section.under
        quoted = Counter(each.theme.code for each in section.quotes if each.theme)
        for theme in under.themes:
            said = [each for each in under.said if each.theme is theme]
            units = len({each.unit.code for each in said})
            yield [under.section.number, theme.code, theme.name, units, len(said), quoted[theme.code]]
        if under.requests:
            asked = Counter(each.addressee or NOBODY for each in under.said)
            for name, count in sorted(asked.items()):
                yield [under.section.number, None, name, None, count, None]


def _unclassified(composition: Composition) -> Iterator[Row]:
    for section in composition.sections:
        for each in section.under.unclassified:
            own = [proposal.phrase for proposal in section.under.proposals if proposal.is_in(each.text)]
            yield [*_place(each), "; ".join(own[:3]) or None, each.text]
