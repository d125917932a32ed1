"""The indicator table inside the report: taken where no workbook came, held against the one that did."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import Any

import docx
import pytest

from conftest import Desk
from intake.reports import paragraphs
from intake.turns import codes, judged, read_out
from reading import corpus
from soket.intake.table.in_documents import tables_in
from soket.intake.table.titles_above import is_of_a_part, is_of_a_whole
from soket.plan.model import Plan
from soket.reading.findings import Area, Content, Table
from soket.record.records import Ruling, Verdict

pytestmark = pytest.mark.usefixtures("inline")


def written(value: object) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def report(
    *tables: Sequence[Sequence[object]],
    caption: str = "",
    titles: Sequence[Sequence[str]] = (),
    note: str = "",
    notes: Sequence[str] = (),
    margin: str = "",
    remark: tuple[int, int, str] | None = None,
    merged: Sequence[Area] = (),
) -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = margin
    for text in (*paragraphs(), caption):
        made.add_paragraph(text)
    for lines, above in zip_longest(tables, titles, fillvalue=()):
        for text in above:
            made.add_paragraph(str(text))
        table = made.add_table(len(lines), len(lines[0]))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, value in zip(row.cells, line, strict=True):
                cell.text = written(value)
        if remark:
            made.add_comment(table.cell(*remark[:2]).paragraphs[0].runs, text=remark[2])
        for top, left, bottom, right in merged:
            table.cell(top, left).merge(table.cell(bottom, right))
    for text in (note, *notes):
        made.add_paragraph(text)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def figures(desk: Desk, verdict: Verdict) -> dict[str, list[float | None]]:
    parsed = read_out(desk, verdict)
    found: dict[str, list[float | None]] = {}
    for figure in parsed.figures:
        found.setdefault(figure.indicator, []).append(figure.value)
    return found


def test_it_is_taken_where_no_workbook_came(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report([["1", "2"], ["a", "b"]], corpus.rows())})
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED_WITH_WARNINGS, ["BS-30"])
    assert figures(desk, verdict) == {code: list(map(float, values)) for code, values in corpus.GOOD.items()}  # type: ignore[call-overload]
    assert "bảng thứ 2" in verdict.faults[0].message


@pytest.mark.parametrize(
    "said",
    [
        {"caption": "Đơn vị tính: triệu đồng"},
        {"caption": "Biểu tổng hợp kết quả (các chỉ tiêu về tiền tính theo triệu đồng)"},
        {"note": "Ghi chú: Các chỉ tiêu về tiền tính bằng triệu đồng."},
        {"margin": "Đơn vị tính: triệu đồng"},
        {"remark": (0, 1, "ĐVT: triệu đồng")},
        {"remark": (0, 2, "Tiền tính bằng triệu đồng")},
        {"remark": (4, 1, "triệu đồng")},
        {"titles": [["(Đơn vị tính: triệu đồng)", "KẾT QUẢ PHÁT TRIỂN DU LỊCH", "GIAI ĐOẠN 2019 - 2021"]]},
        {"titles": [["Số liệu về tiền dưới đây tính bằng triệu đồng.", "Kết quả như sau:", "Biểu 01. Kết quả"]]},
        {"notes": ["Nguồn: Phòng Văn hóa", "Người lập biểu", "Ghi chú: tiền tính bằng triệu đồng"]},
        {"titles": [["Đơn vị tính: triệu đồng", "Phụ lục 1", "Biểu 01. Kết quả phát triển du lịch"]]},
    ],
)
def test_its_unit_of_measure_is_said_around_it(desk: Desk, said: dict[str, Any]) -> None:
    rows = corpus.rows({"CT02": (12_500, 14_250, 9_000)})
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(rows, **said)})
    assert figures(desk, verdict)["CT02"] == [12.5, 14.25, 9.0]
    assert {"BS-15", "BS-16"} & set(codes(verdict))


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ((4, 4, "Sửa lại là 9,5"), "BS-34"),
        ((4, 4, "Số kế hoạch"), "BS-32"),
        ((0, 4, "Số liệu 9 tháng đầu năm 2021"), "BS-25"),
        ((0, 4, "Anh Nam kiểm tra lại giúp cột này"), ""),
    ],
)
def test_so_is_what_people_remarked_of_figures(desk: Desk, remark: tuple[int, int, str], code: str) -> None:
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(corpus.rows(), remark=remark)})
    assert set(codes(verdict)) == {"BS-30", code} - {""}
    assert (figures(desk, verdict)["CT02"][-1] is None) is bool(code)


def test_a_note_below_that_a_year_is_not_whole_is_asked_about(desk: Desk) -> None:
    note = "(*) Số liệu 9 tháng đầu năm 2021"
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(corpus.rows(), note=note)})
    assert figures(desk, verdict)["CT02"][-1] is None
    assert "BS-25" in codes(verdict)


def test_one_that_goes_on_in_another_is_one(desk: Desk) -> None:
    head, *rows = corpus.rows()
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report([head, *rows[:3]], [head, *rows[3:]])})
    told = {fault.code: fault.message for fault in verdict.faults}
    assert "(nhiều bảng ghép lại)" in told["BS-30"]
    assert "«bảng thứ 1», «bảng thứ 2»" in told["BS-29"]


def test_an_extract_stands_for_no_workbook(desk: Desk) -> None:
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(corpus.rows()[:3])})
    assert "HS-02" in codes(verdict)


def test_where_both_say_different_things_both_places_are_told(desk: Desk) -> None:
    sent = {corpus.REPORT: report(corpus.rows({"CT01": (1000, 1250, 900)})), corpus.TABLE: corpus.table()}
    verdict = judged(desk, "huyen_1", sent)
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED_WITH_WARNINGS, ["BS-31"])
    assert "1.250" in verdict.faults[0].message
    assert corpus.TABLE in verdict.faults[0].message
    assert figures(desk, verdict)["CT01"] == [1000, 1200, 900]


def test_where_both_say_the_same_nothing_is_told(desk: Desk) -> None:
    rows = corpus.rows({"CT02": (12.5, 14.3, 9)})
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(rows), corpus.TABLE: corpus.table()})
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED, [])


def test_a_table_of_no_size_is_left_alone(small_plan: Plan) -> None:
    far = Table(0, 1, (((0, 0, 1), (10**11, 0, 1)),) * 4)
    assert tables_in(small_plan.forms[0], {"a.docx": Content(paragraphs=("a",), tables=(far,))}) == []


PLAN = ("Phụ lục 1. Kế hoạch giao", "PHỤ LỤC", "Biểu 01. Kết quả phát triển du lịch trên địa bàn")
RESULTS = ("Phụ lục 2. Kết quả thực hiện", "PHỤ LỤC", "Biểu 01. Kết quả phát triển du lịch trên địa bàn")


def more(rows: list[list[object]]) -> list[list[object]]:
    return [[each * 2 if isinstance(each, int | float) else each for each in row] for row in rows]


def test_a_planned_one_is_left_where_another_says_what_was_done(desk: Desk) -> None:
    head, *rows = corpus.rows()
    sent = {corpus.REPORT: report([head, *more(rows)], [head, *rows], titles=(PLAN, RESULTS))}
    verdict = judged(desk, "huyen_1", sent)
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED_WITH_WARNINGS, ["BS-30"])
    assert figures(desk, verdict) == {code: list(map(float, values)) for code, values in corpus.GOOD.items()}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "titles", [[PLAN], [["CHỈ TIÊU KẾ HOẠCH GIAO"]], [["Phụ lục 1. Kế hoạch giao"], ["(tiếp theo)"]]]
)
def test_one_that_is_planned_alone_is_asked_about(desk: Desk, titles: list[Sequence[str]]) -> None:
    head, *rows = corpus.rows()
    tables = [[head, *rows]] if len(titles) == 1 else [[head, *rows[:3]], [head, *rows[3:]]]
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(*tables, titles=titles)})
    assert (verdict.ruling, codes(verdict)) == (Ruling.RETURNED, ["BS-33", "BS-30"])
    assert all(value is None for values in figures(desk, verdict).values() for value in values)
    assert f"«{titles[0][0]}»" in next(told.message for told in verdict.faults if told.code == "BS-33")


@pytest.mark.parametrize("title", ["1. Kế hoạch được giao", "Phụ lục. Kết quả thực hiện các chỉ tiêu kế hoạch"])
def test_the_heading_of_a_section_above_makes_no_results_planned(desk: Desk, title: str) -> None:
    sent = {corpus.REPORT: report(corpus.rows(), titles=[[title, "Kết quả thực hiện như sau:"]])}
    assert codes(judged(desk, "huyen_1", sent)) == ["BS-30"]


def test_a_planned_one_does_not_contradict_the_workbook(desk: Desk) -> None:
    head, *rows = corpus.rows()
    sent = {corpus.REPORT: report([head, *more(rows)], titles=[PLAN]), corpus.TABLE: corpus.table()}
    verdict = judged(desk, "huyen_1", sent)
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED, [])


def beside(rows: list[list[object]]) -> list[list[object]]:
    """What was planned beside what was done, under each year."""
    head, *lines = rows
    years = [each for year in head[2:] for each in (year, "")]
    done = [[*line[:2], *(each for value in line[2:] for each in (float(str(value)) * 2, value))] for line in lines]
    return [[*head[:2], *years], ["", "", *["KH", "TH"] * len(head[2:])], *done]


@pytest.mark.parametrize("labels", [[(0, 0, 1, 0), (0, 1, 1, 1)], []])
def test_a_year_merged_over_planned_and_done(desk: Desk, labels: list[Area]) -> None:
    lines = beside(corpus.rows())
    merged = [*labels, *((0, column, 0, column + 1) for column in range(2, len(lines[0]), 2))]
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(lines, merged=merged)})
    assert codes(verdict) == ["BS-30"]
    assert figures(desk, verdict) == {code: list(map(float, values)) for code, values in corpus.GOOD.items()}  # type: ignore[call-overload]


def test_the_heading_of_a_group_over_the_whole_table(desk: Desk) -> None:
    head, *rows = corpus.rows()
    wide = len(head)
    group = [rows[0][1], *[""] * (wide - 1)]
    lines = [head, group, *([["", *row[1:]] for row in rows])]
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(lines, merged=[(1, 0, 1, wide - 1)])})
    assert codes(verdict) == ["BS-30"]


WHOLE = ("Bảng 2. Kết quả toàn huyện", "PHỤ LỤC", "Biểu 01. Kết quả phát triển du lịch trên địa bàn")


@pytest.mark.parametrize(
    "title",
    [
        "Bảng 1. Kết quả của Khu du lịch Xuân Thành",
        "SỐ LIỆU TẠI KHÁCH SẠN BÌNH MINH",
        "Biểu số liệu du lịch của xã Thạch Hải",
        "Khu nghỉ dưỡng Hoa Sen",
    ],
)
def test_one_of_a_part_is_neither_taken_nor_held_against_that_of_the_whole(desk: Desk, title: str) -> None:
    head, *rows = corpus.rows()
    sent = {corpus.REPORT: report([head, *more(rows)], [head, *rows], titles=([title, *WHOLE[1:]], WHOLE))}
    verdict = judged(desk, "huyen_1", sent)
    assert (verdict.ruling, codes(verdict)) == (Ruling.ACCEPTED_WITH_WARNINGS, ["BS-30"])
    assert figures(desk, verdict) == {code: list(map(float, values)) for code, values in corpus.GOOD.items()}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("title", "told"), [("Bảng 1. Một số chỉ tiêu toàn huyện", ["BS-31"] * 5), ("Bảng 1. Một số chỉ tiêu", [])]
)
def test_an_extract_is_held_against_the_whole_where_it_says_that_it_is_of_that(
    desk: Desk, title: str, told: list[str]
) -> None:
    head, *rows = corpus.rows()
    few = [head, *more(rows)[:3]]
    sent = {corpus.REPORT: report(few, titles=[[title]]), corpus.TABLE: corpus.table()}
    verdict = judged(desk, "huyen_1", sent)
    assert codes(verdict) == told
    assert [each.place for each in verdict.faults[:1]] == (["bảng thứ 1, ô C2"] if told else [])


@pytest.mark.parametrize(
    ("title", "part", "whole"),
    [
        ("Khu du lịch Xuân Thành", True, False),
        ("Kết quả tại Công ty Mường Thanh", True, False),
        ("Các khu, điểm du lịch trên địa bàn huyện", False, True),
        ("SỐ KHÁCH SẠN TRÊN ĐỊA BÀN", False, True),
        ("Tổng số khách sạn năm 2021", False, False),
        ("Kết quả du lịch của huyện Can Lộc", False, True),
        ("PHỤ LỤC", False, False),
    ],
)
def test_what_a_title_says_a_table_is_of(title: str, part: bool, whole: bool) -> None:
    assert (is_of_a_part([title]), is_of_a_whole([title])) == (part, whole)


def test_cells_of_tables_put_together_are_named_with_their_table(desk: Desk) -> None:
    head, *rows = corpus.rows({"CT01": (1000, "nhiều", 900)})
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report([head, *rows[:3]], [head, *rows[3:]])})
    assert "ô D2 bảng thứ 1" in [each.place for each in verdict.faults]
    assert not any("!" in f"{each.place}{each.message}" for each in verdict.faults)


def test_years_over_merged_cells_of_formats_that_do_not_say_which_are_taken_for_no_others(small_plan: Plan) -> None:
    lines = [["Chỉ tiêu", "2019", "2020", "2021"], ["Tổng lượt khách", "9", "1", "9", "2", "9", "3"]] * 2
    texts = [cell for line in lines for cell in line]
    ends = list(accumulate(map(len, lines), initial=0))
    rows = tuple(
        tuple((column, start + column, start + column + 1) for column in range(len(line)))
        for start, line in zip(ends, lines, strict=False)
    )
    for counted in (True, False):
        table = Table(0, len(texts), rows, counted=counted)
        found = tables_in(small_plan.forms[0], {"a.doc": Content(paragraphs=tuple(texts), tables=(table,))})
        assert bool(found) is not counted


def test_which_of_two_whole_ones_is_meant_is_asked(desk: Desk) -> None:
    head, *rows = corpus.rows()
    titles = ("Số liệu đã báo cáo",), ("Sau rà soát",)
    sent = {corpus.REPORT: report([head, *rows], [head, *more(rows)], titles=titles)}
    verdict = judged(desk, "huyen_1", sent)
    assert verdict.ruling is Ruling.RETURNED
    assert {"BS-02", "BS-30"} == set(codes(verdict))
    assert {value for values in figures(desk, verdict).values() for value in values} <= {None, 0}


@pytest.mark.parametrize(
    "title", ["Biểu 02. Danh mục dự án (ĐVT: triệu đồng)", "Biểu 02. Kết quả 9 tháng đầu năm 2021 theo xã"]
)
def test_the_title_of_the_next_one_says_nothing_of_it(desk: Desk, title: str) -> None:
    other = [["TT", "Tên", "Số"], ["1", "Dự án", "120"], ["2", "Dự án khác", "150"]]
    sent = {corpus.REPORT: report(corpus.rows(), other, titles=(("Biểu 01. Kết quả",), (title,)))}
    assert codes(judged(desk, "huyen_1", sent)) == ["BS-30"]


def test_nor_does_a_note_of_the_one_before(desk: Desk) -> None:
    other = [["TT", "Tên", "Số"], ["1", "Dự án", "120"], ["2", "Dự án khác", "150"]]
    above = "Ghi chú: đơn vị tính: triệu đồng; số 9 tháng đầu năm 2021", "Biểu 02. Kết quả phát triển"
    sent = {corpus.REPORT: report(other, corpus.rows(), titles=(("Biểu 01. Dự án",), above))}
    assert codes(judged(desk, "huyen_1", sent)) == ["BS-30"]


def test_a_figure_rounded_to_the_whole_is_the_same(desk: Desk) -> None:
    rows = corpus.rows({"CT02": (13, 14, 9)})  # 12,5 and 14,25 in the workbook
    assert codes(judged(desk, "huyen_1", {corpus.REPORT: report(rows), corpus.TABLE: corpus.table()})) == []


@pytest.mark.parametrize(
    ("at", "texts", "read", "told"),
    [
        ((4, 2), ("12,5[1]", "[1] Có 2 cơ sở báo chậm."), 12.5, ["SL-13"]),
        ((4, 2), ("12,5[12]", "[12] Có 2 cơ sở báo chậm."), 12.5, ["SL-13"]),
        ((4, 2), ("12,5[1]", "[1] Số liệu 9 tháng."), None, ["BS-25"]),
        ((4, 2), ("12,5", "[1] Có 2 cơ sở báo chậm."), None, ["SL-02"]),
        ((4, 1), ("Doanh thu du lịch[1]", "[1] Theo Chi cục Thống kê."), 12.5, []),
        ((0, 2), ("Năm 2019[1]", "[1] Theo Chi cục Thống kê."), 12.5, []),
    ],
)
def test_a_note_in_a_cell_is_no_part_of_what_the_cell_says(
    small_plan: Plan, at: tuple[int, int], texts: tuple[str, ...], read: float | None, told: list[str]
) -> None:
    lines = [[(written(cell),) for cell in line] for line in corpus.rows()]
    lines[at[0]][at[1]] = texts
    paragraphs = [text for line in lines for cell in line for text in cell]
    ends = list(accumulate((len(cell) for line in lines for cell in line), initial=0))
    cells = iter(pairwise(ends))
    rows = tuple(tuple((column, *next(cells)) for column in range(len(line))) for line in lines)
    content = Content(paragraphs=tuple(paragraphs), tables=(Table(0, len(paragraphs), rows),))
    (table,) = tables_in(small_plan.forms[0], {"a.docx": content})
    assert (table.figures["CT02", 2019].value, [each.code for each in table.faults]) == (read, told)
