"""The indicator table inside the report: taken where no workbook came, held against the one that did."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest

from conftest import Desk
from intake.reports import paragraphs
from intake.turns import codes, judged, read_out
from reading import corpus
from soket.intake.table.in_documents import tables_in
from soket.plan.model import Plan
from soket.reading.findings import Content, Table
from soket.record.records import Ruling, Verdict

pytestmark = pytest.mark.usefixtures("inline")


def written(value: object) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def report(*tables: Sequence[Sequence[object]], caption: str = "", note: str = "") -> bytes:
    made = docx.Document()
    for text in (*paragraphs(), caption):
        made.add_paragraph(text)
    for lines in tables:
        table = made.add_table(len(lines), len(lines[0]))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, value in zip(row.cells, line, strict=True):
                cell.text = written(value)
    made.add_paragraph(note)
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
    ],
)
def test_its_unit_of_measure_is_said_above_or_below_it(desk: Desk, said: dict[str, str]) -> None:
    rows = corpus.rows({"CT02": (12_500, 14_250, 9_000)})
    verdict = judged(desk, "huyen_1", {corpus.REPORT: report(rows, **said)})
    assert figures(desk, verdict)["CT02"] == [12.5, 14.25, 9.0]
    assert "BS-16" in codes(verdict)


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
