"""The indicator table as units lay it out."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from intake.cases import RETURNED, A, Case, W
from intake.sheets import HEAD, HEAD_WITH_UNITS, planned_and_done, rows, sheet, submission, turned, with_units
from reading import corpus
from soket.record.records import Ruling

DONE = ["Mã", "Chỉ tiêu", "Năm 2019", None, "Năm 2020", None, "Năm 2021", None]
ROLES = [None, None, "Kế hoạch", "Thực hiện", "Kế hoạch", "Thực hiện", "Kế hoạch", "Ước thực hiện"]
NOISE = [
    ["I", "KHÁCH DU LỊCH", None, None, None],
    ["A", "B", 1, 2, 3],
    [None, "Doanh thu du lịch", None, None, None],
    [None, "Trong đó:", None, None, None],
]


def table(name: str, ruling: Ruling, codes: tuple[str, ...], lines: Any, **options: Any) -> Case:
    return Case(name, lambda: submission(sheet(lines() if callable(lines) else lines, **options)), ruling, codes)


def csv(name: str, ruling: Ruling, codes: tuple[str, ...], text: str | bytes, encoding: str = "utf-8-sig") -> Case:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return Case(name, lambda: submission(data, "số liệu.csv"), ruling, codes)


def hide(page: Worksheet, *, row: int | None = None, column: str | None = None) -> None:
    if row:
        page.row_dimensions[row].hidden = True
    if column:
        page.column_dimensions[column].hidden = True


def on_a_hidden_sheet(page: Worksheet) -> None:
    page.parent.create_sheet("Trang 1").append(["Xem biểu."])
    page.sheet_state = "hidden"


def text_of(lines: list[list[Any]], delimiter: str = ";") -> str:
    def written(value: Any) -> str:
        return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)

    return "\r\n".join(delimiter.join(map(written, line)) for line in lines)


GOOD = [HEAD, *rows()]


def without_codes(lines: list[list[Any]]) -> list[list[Any]]:
    """Rows told by their names alone, in other writings, with bullets."""
    bullets = ("", "- Trong đó: ", "a) ", "1. ", "I. ", "+ ")
    return [[None, f"{bullet}{line[1].upper()}", *line[2:]] for bullet, line in zip(bullets, lines, strict=True)]


MULTILINE = text_of(GOOD).replace("Khách nội địa", '"Khách\nnội địa"')

CASES = [
    # Found by its headings wherever it starts.
    Case("starts at row 30", lambda: submission(corpus.workbook(at=(30, 7))), A),
    table("noise rows", A, (), [["UBND HUYỆN", None, "NĂM 2021"], HEAD, *NOISE, *rows(), ["", "Người lập biểu"]]),
    table("labels to the right", A, (), [[*line[2:], *line[:2]] for line in GOOD]),
    table("names in other words", A, (), [HEAD, *without_codes(rows())]),
    table("years as rows", A, (), turned([line[:1] + line[2:] for line in GOOD])),
    table("years as rows, with units", A, (), turned([HEAD_WITH_UNITS, *with_units(rows())])),
    table("no head", RETURNED, ("BS-12",), rows()),
    table("no rows", RETURNED, ("BS-13",), [HEAD, ["x", "y", 1, 2, 3]]),
    # Merged and two-row heads.
    table(
        "done over the years",
        A,
        (),
        [["Mã", "Chỉ tiêu", "Thực hiện", None, None], [None, None, 2019, 2020, 2021], *rows()],
        merged=["C1:E1", "A1:A2", "B1:B2"],
    ),
    table(
        "planned and done each year",
        A,
        (),
        [DONE, ROLES, *planned_and_done(rows())],
        merged=["C1:D1", "E1:F1", "G1:H1"],
    ),
    table("planned and done, not merged", A, (), [DONE, ROLES, *planned_and_done(rows())]),
    table(
        "an estimate for the last year",
        A,
        (),
        [["Mã", "Chỉ tiêu", "Năm 2019", "Năm 2020", "Năm 2021"], [None, None, None, None, "Ước thực hiện"], *rows()],
    ),
    table(
        "a comparison beside",
        A,
        (),
        [[*HEAD, "So sánh 2021/2020", "Ghi chú"], *([*line, "90%", "CT02"] for line in rows())],
    ),
    table("only the plan for the last year", RETURNED, ("BS-25",), [[*HEAD[:4], "Kế hoạch 2021"], *rows()]),
    table("nine months of the last year", RETURNED, ("BS-25",), [[*HEAD[:4], "9 tháng năm 2021"], *rows()]),
    table(
        "done and estimated",
        RETURNED,
        ("BS-09",),
        [[*HEAD[:4], "Ước TH 2021", "TH 2021"], *([*line, 1] for line in rows())],
    ),
    # Units of measure.
    table(
        "unit in its column",
        A,
        ("BS-15",),
        [HEAD_WITH_UNITS, *with_units(rows(CT02=(12_500, 14_250, 9_000)), CT02="triệu đồng")],
    ),
    table(
        "unit in its column, short",
        A,
        ("BS-15",),
        [HEAD_WITH_UNITS, *with_units(rows(CT02=(12_500, 14_250, 9_000)), CT02="Tr.đ")],
    ),
    table(
        "thousands of visits",
        A,
        ("BS-15",),
        [HEAD_WITH_UNITS, *with_units(rows(CT01=(1, 1.2, 0.9)), CT01="nghìn lượt khách")],
    ),
    table(
        "unit beside the name",
        A,
        ("BS-15",),
        [HEAD, *rows()[:3], ["CT02", "Doanh thu du lịch (triệu đồng)", 12_500, 14_250, 9_000], *rows()[4:]],
    ),
    table(
        "unit within the name",
        A,
        ("BS-15",),
        [HEAD, *rows()[:3], ["CT02", "Doanh thu (triệu đồng) du lịch", 12_500, 14_250, 9_000], *rows()[4:]],
    ),
    table(
        "unit beside another name, with a code",
        A,
        ("BS-15",),
        [HEAD, *rows()[:3], ["CT02", "Doanh thu từ du lịch (triệu đồng)", 12_500, 14_250, 9_000], *rows()[4:]],
    ),
    table(
        "unit beside the name, another in its column",
        RETURNED,
        ("BS-19",),
        [
            HEAD_WITH_UNITS,
            *(
                [line[0], "Doanh thu du lịch (tr.đ)", *line[2:]] if line[0] == "CT02" else line
                for line in with_units(rows())
            ),
        ],
    ),
    table(
        "unit beside the name, the same in its column",
        A,
        (),
        [HEAD_WITH_UNITS, *([line[0], f"{line[1]} ({line[2]})", *line[2:]] for line in with_units(rows()))],
    ),
    table("unit in a caption", W, ("BS-16",), [["Đơn vị tính: triệu đồng"], HEAD, *rows(CT02=(12_500, 14_250, 9_000))]),
    table(
        "unit in the heads",
        W,
        ("BS-16", "BS-16", "BS-16"),
        [
            ["Mã", "Chỉ tiêu", *(f"Năm {y} (triệu đồng)" for y in (2019, 2020, 2021))],
            *rows(CT02=(12_500, 14_250, 9_000)),
        ],
    ),
    table("unit of the row above", A, (), [HEAD_WITH_UNITS, *with_units(rows(), CT01__1='"', CT01__2="-nt-")]),
    table(
        "unit of the row above, in thousands",
        A,
        ("BS-15", "BS-15", "BS-15"),
        [
            HEAD_WITH_UNITS,
            *with_units(
                rows(CT01=(1, 1.2, 0.9), CT01__1=(0.9, 1.1, 0.85), CT01__2=(0.1, 0.1, 0.05)),
                CT01="nghìn lượt",
                CT01__1="″",
                CT01__2="nt",
            ),
        ],
    ),
    table("no unit in its column", A, (), [HEAD_WITH_UNITS, *with_units(rows(), CT02="-")]),
    table("a footnote mark in a head", A, (), [[*HEAD[:4], "Năm 2021 (*)"], *rows()]),
    table("caption as in the plan", A, (), [["(ĐVT: tỷ đồng)"], HEAD, *rows()]),
    table("a unit's name is no unit of measure", W, ("BS-36",), [["Đơn vị: Huyện ủy Triệu Sơn"], HEAD, *rows()]),
    table(
        "caption against column",
        RETURNED,
        ("BS-19",),
        [["Đơn vị tính: triệu đồng"], HEAD_WITH_UNITS, *with_units(rows())],
    ),
    table("a caption that says only thousands", RETURNED, ("BS-27",), [["Đơn vị tính: nghìn"], HEAD, *rows()]),
    table("dollars", RETURNED, ("BS-17",), [HEAD_WITH_UNITS, *with_units(rows(), CT02="triệu USD")]),
    table("another word for the unit", W, ("BS-18",), [HEAD_WITH_UNITS, *with_units(rows(), CT04="khu")]),
    # Numbers.
    table(
        "Vietnamese numbers as text",
        A,
        (),
        [HEAD, *rows(CT01=("1.000", "1 200", "900"), CT02=("12,5", "14,25", "9,0"))],
    ),
    table("two readings", RETURNED, ("SL-01", "SL-01"), [HEAD, *rows(CT02=("12,500", "14.25", 9))]),
    table("English", W, ("SL-03",), [HEAD, *rows(CT02=("1,012.5", 1014, 1009))]),
    table(
        "with its unit beside",
        W,
        ("SL-07", "SL-07", "SL-07"),
        [HEAD, *rows(CT01=("1.000 lượt", "1,2 nghìn lượt", 900), CT02=(12.5, 14.25, "9 tỷ"))],
    ),
    table("with words beside", RETURNED, ("SL-02", "SL-02"), [HEAD, *rows(CT02=("khoảng 12", "14 (ước)", 9))]),
    table(
        "an estimate beside, of the last year",
        A,
        (),
        [HEAD, *rows(CT01=(1000, 1200, "900 (ƯTH)"), CT02=(12, 14, "9 (ước)"))],
    ),
    table("nine months beside", RETURNED, ("SL-02",), [HEAD, *rows(CT02=(12, 14, "9 (ước 9 tháng)"))]),
    table("asterisks behind", W, ("SL-13",), [HEAD, *rows(CT02=(12, "14*", "9 (*)"))]),
    table("another thing's unit beside", RETURNED, ("SL-02",), [HEAD, *rows(CT02=("12 triệu USD", 14, 9))]),
    table("percentages", A, (), [HEAD, *rows(CT03=(0.615, "63%", "40 %"))], formats={"C6": "0.0%"}),
    table("shares or small percentages", W, ("SL-09",), [HEAD, *rows(CT03=(0.61, "0,63", 0.4))]),
    table("shares instead of percentages", RETURNED, ("SL-19",), [HEAD, *rows(CT03=(0.615, "0,63", 0.4))]),
    table("a percentage of a count", RETURNED, ("SL-02",), [HEAD, *rows(CT02=(0.5, 1, 2))], formats={"C5": "0%"}),
    table("a date", RETURNED, ("SL-08", "SL-08"), [HEAD, *rows(CT02=(datetime.datetime(2021, 2, 1), "01/02/2021", 9))]),  # noqa: DTZ001 - a cell's
    # Nothing there.
    table("nought is a figure", A, (), [HEAD, *rows(CT04=(0, 0, 0))]),
    table("a blank", W, ("BS-05",), [HEAD, *rows(CT02=(12, None, 9))]),
    table("a blank row", RETURNED, ("BS-04",), [HEAD, *rows(CT02=(None, None, None))]),
    table("a dash", W, ("BS-06",), [HEAD, *rows(CT02=(12, "-", 9))]),
    table("no figure in words", W, ("BS-06",), [HEAD, *rows(CT02=(12, "chưa có số liệu", "…"))]),
    # Cells that hold no figure.
    table("a formula never computed", RETURNED, ("SL-05",), [HEAD, *rows(CT02=("=5+5", 14, 9))]),
    table("an error", RETURNED, ("SL-04",), [HEAD, *rows(CT02=("#DIV/0!", 14, 9))]),
    table("a merged figure", RETURNED, ("BS-14",), [HEAD, *rows(CT02=(12, None, 9))], merged=["C5:D5"]),
    # Hidden.
    table("a hidden row", W, ("BS-20",), GOOD, then=partial(hide, row=5)),
    table("a hidden column", W, ("BS-20",), GOOD, then=partial(hide, column="D")),
    table("a hidden sheet", W, ("BS-21",), GOOD, then=on_a_hidden_sheet),
    # Text files.
    csv("csv with tabs", A, (), text_of(GOOD, "\t")),
    csv("csv with an odd delimiter", A, (), text_of(GOOD, "~")),
    csv("csv UTF-16", A, (), text_of(GOOD, "\t"), "utf-16"),
    csv("csv UTF-16 without mark", A, (), text_of(GOOD, "\t"), "utf-16-le"),
    csv("csv UTF-16, big end first", A, (), text_of(GOOD, "\t"), "utf-16-be"),
    csv("csv with its delimiter told", A, (), "sep=|\r\n" + text_of(GOOD, "|")),
    csv("csv windows-1258", W, ("TEP-18",), corpus.csv_table(encoding="cp1258")),
    csv("csv with a cell of two lines", A, (), MULTILINE),
    csv("csv with a stray quotation mark", A, (), text_of(GOOD).replace("Khách nội", '"Khách nội')),
    csv("csv planned and done", A, (), text_of([DONE, ROLES, *planned_and_done(rows())])),
]
