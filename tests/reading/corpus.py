"""Files as units send them, good and bad, made by code."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import docx
from openpyxl import Workbook

from intake.plans import YEARS
from soket.faults import Fault
from soket.plan.model import Severity

REPORT, TABLE = "báo cáo.docx", "số liệu.xlsx"

SENTENCE = "Trong 05 năm qua đơn vị đã triển khai đồng bộ các nhiệm vụ, giải pháp của Nghị quyết. "
HEADINGS = (
    "I. Công tác lãnh đạo, chỉ đạo, quán triệt",
    "II. Kết quả đạt được",
    "III. Tồn tại, hạn chế và nguyên nhân",
    "IV. Kiến nghị, đề xuất",
)
GOOD: dict[str, Sequence[object]] = {
    "CT01": (1000, 1200, 900),
    "CT01.1": (900, 1100, 850),
    "CT01.2": (100, 100, 50),
    "CT02": (12.5, 14.25, 9),
    "CT03": (61.5, 63, 40),
    "CT04": (2, 3, 3),
}
NAMES = {
    "CT01": "Tổng lượt khách",
    "CT01.1": "Khách nội địa",
    "CT01.2": "Khách quốc tế",
    "CT02": "Doanh thu du lịch",
    "CT03": "Công suất sử dụng phòng",
    "CT04": "Điểm đến được xếp hạng",
    "CT05": "Lao động du lịch",
}

LETTER = (
    "HUYỆN ỦY A",
    "Số 214-CV/HU",
    "V/v gửi báo cáo sơ kết",
    "Kính gửi: Ban Tuyên giáo Tỉnh ủy",
    "Thực hiện Công văn số 12-CV/BTG, Ban Thường vụ Huyện ủy gửi Báo cáo sơ kết và biểu số liệu (có văn bản kèm theo).",
)

CRITICAL = Fault(code="R-1", severity=Severity.CRITICAL, message="Sai.")


def report(title: str = "Sơ kết 05 năm thực hiện Nghị quyết", headings: tuple[str, ...] = HEADINGS) -> bytes:
    return document("BÁO CÁO", title, *(line for heading in headings for line in (heading, SENTENCE * 3)))


@cache
def document(*paragraphs: str) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def nil_return() -> bytes:
    return document("BÁO CÁO", "Về việc thực hiện Nghị quyết", "Đơn vị không phát sinh nội dung thuộc phạm vi này.")


def rows(changed: Mapping[str, Sequence[object]] | None = None) -> list[list[object]]:
    figures = GOOD | dict(changed or {})
    heading: list[object] = ["Mã", "Chỉ tiêu", *(f"Năm {year}" for year in YEARS)]
    return [heading, *([code, NAMES.get(code, code), *values] for code, values in figures.items())]


def workbook(lines: Iterable[Sequence[object]] | None = None, *, at: tuple[int, int] = (4, 1)) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet["A1"] = "Biểu 01"
    for row, line in enumerate(rows() if lines is None else lines):
        for column, value in enumerate(line):
            sheet.cell(at[0] + row, at[1] + column).value = value
    return saved(made)


def table(**changed: Sequence[object]) -> bytes:
    """A good table with rows changed: `CT01=(1, 2, 3)`; a dot in a code is written as two underscores."""
    return workbook(rows({code.replace("__", "."): values for code, values in changed.items()}))


def saved(made: Workbook) -> bytes:
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def csv_table(delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    def written(value: object) -> str:
        text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
        return f'"{text}"' if delimiter in text else text

    text = "\r\n".join(delimiter.join(map(written, line)) for line in rows())
    return text.encode(encoding, errors="replace")


def repacked(
    data: bytes, *, changed: Mapping[str, bytes] | None = None, added: Mapping[str, bytes] | None = None
) -> bytes:
    """Return an Office file with parts replaced or put beside the others."""
    changed = changed or {}
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changed.get(name, source.read(name)))
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return result.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def with_relation(data: bytes, relations: str, kind: str, target: str) -> bytes:
    link = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return repacked(data, changed={relations: part(data, relations).replace(b"</Relationships>", link.encode())})


def inflated(data: bytes) -> bytes:
    return repacked(data, added={"word/media/image9.bmp": bytes(300 << 20)})


def overlapping(data: bytes) -> bytes:
    """A package whose last part starts inside the one before it."""
    broken = bytearray(data)
    end = broken.rindex(b"PK\x05\x06")
    first = struct.unpack("<I", broken[end + 16 : end + 20])[0]
    last = broken.rindex(b"PK\x01\x02")
    start = struct.unpack("<I", broken[first + 42 : first + 46])[0]
    broken[last + 42 : last + 46] = struct.pack("<I", start + 10)
    return bytes(broken)


def sparse_workbook() -> bytes:
    """A small file whose two cells lie at the far ends of a sheet: its dense form has 17 thousand million cells."""
    data = workbook()
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    name = "xl/worksheets/sheet1.xml"
    return repacked(data, changed={name: part(data, name).replace(b"</sheetData>", far.encode())})


def ole(*streams: str) -> bytes:
    """An OLE compound file (version 3) with these empty streams in its root."""
    sector = 512
    names = ["Root Entry", *streams]
    directory = b"".join(_ole_entry(name, index, len(names)) for index, name in enumerate(names))
    directory += bytes(-len(directory) % sector)
    count = len(directory) // sector
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)  # one FAT sector; the directory starts at sector 1
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    chain = [0xFFFFFFFD, *range(2, count + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return bytes(header) + fat + directory


def _ole_entry(name: str, index: int, count: int) -> bytes:
    entry = bytearray(128)
    encoded = name.encode("utf-16-le")
    entry[: len(encoded)] = encoded
    right = index + 1 if 0 < index < count - 1 else 0xFFFFFFFF
    child = 1 if index == 0 and count > 1 else 0xFFFFFFFF
    struct.pack_into("<HBBIII", entry, 64, len(encoded) + 2, 5 if index == 0 else 2, 1, 0xFFFFFFFF, right, child)
    struct.pack_into("<I", entry, 116, 0xFFFFFFFE)
    return bytes(entry)


class _RawName(zipfile.ZipInfo):
    """An entry whose name is written in these bytes, with nothing that says in which encoding."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's
        return self.raw, self.flag_bits


def zipped(files: Mapping[str | bytes, bytes] | Mapping[str, bytes]) -> bytes:
    """A .zip set; a name given as bytes is written as such."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            info = _RawName(name.decode("latin-1") if isinstance(name, bytes) else name, (2021, 11, 1, 8, 0, 0))
            if isinstance(name, bytes):
                info.raw = name
            else:
                info.raw, info.flag_bits = name.encode(), 0x800
            target.writestr(info, content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def locked_zip(data: bytes) -> bytes:
    """The same archive with its entries marked as encrypted."""
    marked = bytearray(data)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            marked[start + at] |= 1
    return bytes(marked)


def zip_with_link() -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        link = zipfile.ZipInfo("a.docx")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    return result.getvalue()


def with_wrong_sum(data: bytes) -> bytes:
    """The same archive, one byte of its first file changed."""
    broken = bytearray(data)
    broken[200] ^= 0xFF
    return bytes(broken)
