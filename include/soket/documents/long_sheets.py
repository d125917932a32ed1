"""Workbooks of long tables: a hundred thousand rows are written in seconds, where cell by cell takes minutes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter, quote_sheetname

from soket.documents.rendering import clean
from soket.documents.sheets import FORMULA_STARTS, Value, lines_of
from soket.reading.containers import timeless_entry

_KEPT = 4096  # cells of a column that are remembered
_LEVEL = 4  # of compression
_ALONE = "sheet.xml"
_CHUNK = 2000  # rows that are written at once
_TITLE, _TEXT, _HEADING = 1, 2, 3  # looks
_GUARDED = 3  # so much further is a look for what begins like a formula
_LINE = 15  # points
_TALLEST = 27  # lines of a row
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = '<font>{}<sz val="11"/><name val="Times New Roman"/></font>'
_SIDES = ("left", "right", "top", "bottom")
_LINES = "".join(f'<{side} style="thin"><color rgb="FF808080"/></{side}>' for side in _SIDES)
_LOOKS = (  # of a title, of a text, of a head
    '<xf fontId="1" fillId="0" borderId="0" applyFont="1" QUOTED/>'
    '<xf fontId="0" fillId="0" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1" QUOTED>'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" QUOTED>'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2">{_FONT.format("")}{_FONT.format("<b/>")}</fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill></fills>'
    f'<borders count="2"><border/><border>{_LINES}</border></borders><cellStyleXfs><xf/></cellStyleXfs>'
    f'<cellXfs count="7"><xf fontId="0"/>{_LOOKS.replace(" QUOTED", "")}'
    + _LOOKS.replace("QUOTED", 'quotePrefix="1"')
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

# A4 across, as many sheets high as it takes and one wide; title and heads stand on each (`Print_Titles`).
_PRINTED = (
    '<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter>"
)


@dataclass(frozen=True)
class LongTable:
    """A sheet: its name, a title over the table, the heads with the widths of their columns in letters, the rows.

    Where it is made beside this process, `packed` returns what `pack` made of it.
    """

    name: str
    title: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    packed: Callable[[], bytes] | None = None


def workbook_of(tables: Sequence[LongTable]) -> bytes:
    """Return a workbook of tables, the same bytes for the same content; texts are texts, whatever they begin with."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, text in _parts([table.name for table in tables]).items():
            package.writestr(timeless_entry(name), text)
        ours = [b"" if table.packed else pack(table) for table in tables]  # while others are made beside
        for number, (table, own) in enumerate(zip(tables, ours, strict=True), 1):
            _take_in(package, f"xl/worksheets/sheet{number}.xml", table.packed() if table.packed else own)
    return buffer.getvalue()


def pack(table: LongTable) -> bytes:
    """Return a package of one sheet, which a workbook takes in as it is."""
    buffer = io.BytesIO()
    package = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
    with package, package.open(timeless_entry(_ALONE), "w") as sheet:
        for piece in _sheet(table):
            sheet.write(piece.encode())
    return buffer.getvalue()


def _take_in(package: zipfile.ZipFile, name: str, packed: bytes) -> None:
    """Write a packed sheet under its name, without packing it again: Python's library has no function for that."""
    with zipfile.ZipFile(io.BytesIO(packed)) as alone:
        entry = alone.getinfo(_ALONE)
    start = len(entry.FileHeader())
    file, entry.filename, entry.header_offset = package.fp, name, package.start_dir
    assert file is not None  # noqa: S101 - it is open
    file.write(entry.FileHeader())
    file.write(memoryview(packed)[start : start + entry.compress_size])
    package.filelist.append(entry)
    package.NameToInfo[name] = entry
    package.start_dir = file.tell()


def _parts(names: Sequence[str]) -> dict[str, str]:
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    made = "".join(
        f'<Override PartName="/xl/worksheets/sheet{each}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for each in numbers
    )
    leads = "".join(
        f'<Relationship Id="rId{each}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{each}.xml"/>'
        for each in numbers
    )
    heads = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{escape(quote_sheetname(name))}!$1:$2'
        "</definedName>"
        for number, name in enumerate(names)
    )
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{made}</Types>',
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{heads}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'{relations}{leads}<Relationship Id="rId{len(names) + 1}" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _sheet(table: LongTable) -> Iterable[str]:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(table.heads, 1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData><row>{_cell(table.title, _TITLE)}</row>"
        f"{_row([_Column(width, _HEADING)[head] for head, width in table.heads])}"
    )
    chunk: list[str] = []
    count = 2
    columns = [_Column(width) for _, width in table.heads]
    for row in table.rows:
        count += 1
        chunk.append(_row([column[value] for column, value in zip(columns, row, strict=True)]))
        if len(chunk) == _CHUNK:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk)
    last = get_column_letter(len(table.heads))
    yield f'</sheetData><autoFilter ref="A2:{last}{count}"/>{_PRINTED}</worksheet>'


def _row(cells: Sequence[tuple[str, int]]) -> str:
    """Return a row as high as its cells want it: not every program finds that out when it opens a workbook."""
    texts, lines = zip(*cells, strict=True)
    most = max(lines)
    height = f' ht="{_LINE * min(most, _TALLEST)}"' if most > 1 else ""
    return f"<row{height}>{''.join(texts)}</row>"


class _Column(dict[Value, tuple[str, int]]):
    """The cells of a column by what they say, with their lines: names and titles come again in each row."""

    def __init__(self, width: int, style: int = _TEXT) -> None:
        super().__init__()
        self._width, self._style = width, style

    def __missing__(self, value: Value) -> tuple[str, int]:
        cell = _cell(value, self._style), lines_of(value, self._width) if isinstance(value, str) else 1
        if not isinstance(value, float | int):  # 1 and 1.0 would be one
            if len(self) == _KEPT:
                self.clear()
            self[value] = cell
        return cell


def _cell(value: Value, style: int) -> str:
    if value is None:
        return f'<c s="{style}"/>'
    if isinstance(value, str):
        text = escape(clean(value))
        style += _GUARDED * text.startswith(FORMULA_STARTS)
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c s="{style}"><v>{value!r}</v></c>'
