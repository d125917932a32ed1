"""Which columns get how much, and what of a table or a text stays together at the foot of a page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Twips

from soket.documents.column_widths import fit_columns
from soket.documents.page_breaks import keep_before, keep_leads, keep_rows, line_below_first
from soket.reading import programs
from stages.pages import lost, printed

_WIDTH, _ROW = 9000, 400  # twips


def table_of(*rows: list[str], head: bool = True) -> Any:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.width = _WIDTH // len(texts) * 635
    if head:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table._tbl


def widths(table: Any) -> list[int]:
    return [int(each.get(qn("w:w"))) for each in table.find(qn("w:tblGrid"))]


def kept(table: Any) -> list[bool]:
    return [row.find(f".//{qn('w:keepNext')}") is not None for row in table.findall(qn("w:tr"))]


def held(table: Any) -> list[bool]:
    return [row.find(f".//{qn('w:cantSplit')}") is not None for row in table.findall(qn("w:tr"))]


def test_a_code_is_not_broken_and_what_is_long_gets_what_figures_leave() -> None:
    table = table_of(
        ["Mã", "Chỉ tiêu", "2017", "2021"],
        ["CT22.1", "Số lượt người tham gia quán triệt, học tập, trong đó cán bộ, đảng viên", "45.704", "59.778"],
    )
    fit_columns(table)
    code, name, *years = widths(table)
    assert sum(widths(table)) == _WIDTH
    assert 800 < code < 1300
    assert name > sum(years) > 0
    for row in table.findall(qn("w:tr")):
        assert [int(cell.tcPr.width.twips) for cell in row.findall(qn("w:tc"))] == widths(table)


def test_what_is_filled_in_by_hand_keeps_its_room() -> None:
    name = "Một tên đơn vị rất dài, dài hơn cả một dòng của bảng này"
    for blank in ("", "… giờ …"):
        table = table_of(["TT", "Đơn vị", "Giờ"], ["1", name, blank])
        fit_columns(table)
        assert widths(table)[2] >= _WIDTH // 3


def test_a_few_words_stand_in_a_line_and_of_long_cells_the_longer_gets_more() -> None:
    long = "Số lượt người tham gia quán triệt, học tập Nghị quyết tăng so với năm 2019"
    table = table_of(
        ["TT", "Đơn vị", "Trả lời", "Thành tích"], ["1", long, "(chưa trả lời)", f"{long}; {long}; {long}"]
    )
    fit_columns(table)
    _, name, answer, merit = widths(table)
    assert 1500 < answer < 1700  # as much as it takes in a line
    assert merit > 2 * name


def test_many_columns_stand_closer_and_smaller_before_a_figure_is_broken() -> None:
    heads = [f"06 tháng cuối năm {year}" for year in range(2022, 2033)]
    table = table_of(["Mã", "Chỉ tiêu", *heads], ["CT01", "Số hồ sơ tiếp nhận", *["135.832"] * 11])
    fit_columns(table)
    sizes = {int(each.get(qn("w:val"))) for each in table.iter(qn("w:sz"))}
    assert len(sizes) == 1
    assert 14 <= min(sizes) < 24
    points, margin = min(sizes) / 2, int(table.find(f".//{qn('w:tblCellMar')}/{qn('w:left')}").get(qn("w:w")))
    figure = (6 * 0.5 + 0.28) * points * 20  # as wide as «135.832» is
    assert all(each >= figure + 2 * margin for each in widths(table)[2:])


@pytest.mark.parametrize("rows", [[["a" * 60] * 40, ["b" * 60] * 40], [["Một", "Hai"], ["1", "2"]]])
def test_a_table_that_fits_in_no_way_or_is_a_layout_stays_as_it_is(rows: list[list[str]]) -> None:
    table = table_of(*rows, head=len(rows[0]) > 2)
    before = widths(table)
    fit_columns(table)
    assert widths(table) == before


def test_a_small_table_stays_whole_and_a_long_one_keeps_some_rows_at_both_ends() -> None:
    small, long = (table_of(["TT", "Đơn vị"], *([str(each), "Sở"] for each in range(count))) for count in (6, 40))
    for table in (small, long):
        keep_rows(table)
    assert kept(small) == [True] * 6 + [False]
    assert kept(long) == [True] * 5 + [False] * 31 + [True] * 4 + [False]


def test_rows_that_fill_half_a_page_are_not_kept_together_but_for_the_head_with_its_first() -> None:
    tall = "Sửa số theo báo cáo của vòng này, khác số nêu ở ý kiến vì có thêm báo cáo. " * 7
    table = table_of(["TT", "Tiếp thu"], *([str(each), tall] for each in range(12)))
    keep_rows(table)
    assert kept(table) == [True] + [False] * 12


def test_the_head_of_a_group_stays_with_its_rows_and_a_tall_row_may_be_split() -> None:
    table = table_of(["TT", "Đơn vị"], *([str(each), "Sở"] for each in range(30)), ["x", "lời dài " * 200])
    group = table.findall(qn("w:tr"))[15]
    group.remove(group.findall(qn("w:tc"))[1])
    keep_rows(table)
    assert kept(table)[13:18] == [False, False, True, False, False]
    assert held(table) == [True] * 31 + [False]


def test_what_leads_to_a_list_stays_with_it() -> None:
    document = docx.Document()
    for text in ("Căn cứ:", "- Kế hoạch;", "- Nghị quyết."):
        document.add_paragraph(text)
    keep_leads(document.element.body)
    assert [each.paragraph_format.keep_with_next for each in document.paragraphs] == [True, None, None]


def test_a_heading_in_plain_type_stays_with_the_list_below_it() -> None:
    document = docx.Document()
    said = (
        "Một đoạn của phần trước.",
        "Nội dung cần giao xem xét",
        "Chưa nêu rõ nơi nhận kiến nghị",
        "- Đào tạo.",
        "- Vốn",
    )
    for text in said:
        document.add_paragraph(text)
    keep_leads(document.element.body)
    assert [each.paragraph_format.keep_with_next for each in document.paragraphs] == [None, True, True, None, None]


def test_a_signature_takes_lines_of_text_with_it_but_not_a_whole_page() -> None:
    document = docx.Document()
    for text in ("Lời dài. " * 40, "Một dòng.", "……………", "", "Hai dòng."):
        document.add_paragraph(text)
    foot = document.add_table(1, 2)._tbl
    keep_before(foot)
    before = [each.paragraph_format.keep_with_next for each in document.paragraphs]
    assert before == [True, True, True, True, True]
    document = docx.Document()
    table = document.add_table(3, 1)
    for row, text in zip(table.rows, ("Một", "Hai", "lời dài " * 100), strict=True):
        row.cells[0].text = text
        row.cells[0].width = 3000 * 635
    keep_before(document.add_table(1, 2)._tbl)
    assert kept(table._tbl) == [False, False, True], "a tall row is text enough"
    document = docx.Document()
    for text in ("Đoạn đầu. " * 40, "Đoạn cuối. " * 40):
        document.add_paragraph(text)
    keep_before(document.add_table(1, 2)._tbl)
    assert [each.paragraph_format.keep_with_next for each in document.paragraphs] == [None, True]


def paper_of(above: int, kept: int, *, spared: bool) -> bytes:
    """Return a table after so many twips of nothing, of whose rows so many stay together with their head."""
    document = docx.Document()
    room = document.add_paragraph().paragraph_format
    room.space_after, room.line_spacing = Twips(0), Twips(above)
    table = document.add_table(8, 1, "Table Grid")
    for number, row in enumerate(table.rows):
        row.height, row.cells[0].text = Twips(_ROW), f"dòng thứ {number} của bảng"
        row.cells[0].paragraphs[0].paragraph_format.space_after = Twips(0)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = number < kept or None
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if spared:
        line_below_first(table._tbl)
    document.save(paper := BytesIO())
    return paper.getvalue()


@pytest.mark.skipif(programs.office() is None, reason="no LibreOffice")
def test_no_row_is_lost_however_exactly_the_first_ones_fill_a_page() -> None:
    page = docx.Document().sections[0]
    height = int((page.page_height - page.top_margin - page.bottom_margin) / Twips(1))
    shown: dict[bool, set[int]] = {}
    for spared in (False, True):
        papers = {
            f"{kept} {above}.docx": paper_of(above, kept, spared=spared)
            for kept in (1, 3)
            for above in range(height - (kept + 1) * _ROW - 40, height - (kept + 1) * _ROW + 10, 4)
        }
        pages = printed(papers)
        shown[spared] = {int(name[0]) for name, paper in papers.items() if list(lost(name, paper, pages[name]))}
    assert shown == {False: {1, 3}, True: set()}, "a LibreOffice that loses no row needs no such line"


def test_the_line_below_the_first_rows_that_stay_together_is_the_next_ones() -> None:
    table, layout = (
        table_of(["TT", "Đơn vị"], *([str(each), "Sở"] for each in range(40))),
        table_of(["", ""], ["", ""], head=False),
    )
    for each in (table, layout):
        keep_rows(each)
        line_below_first(each)
    lines = [
        [each.tag.rpartition("}")[2] for each in row.findall(f".//{qn('w:tcBorders')}/*")]
        for row in table.findall(qn("w:tr"))
    ]
    assert lines[5:7] == [["bottom"] * 2, ["top"] * 2]
    assert not any(lines[:5] + lines[7:])
    assert layout.find(f".//{qn('w:tcBorders')}") is None
