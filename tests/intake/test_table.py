from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from intake.plans import FORM, YEARS
from reading import corpus
from soket.intake.table import FormTable, find_tables, leave_to_rivals
from soket.plan.model import IndicatorForm, Plan
from soket.reading.findings import Cell, Sheet, Special


@pytest.fixture(scope="module")
def form(small_plan: Plan) -> IndicatorForm:
    return next(form for form in small_plan.forms if form.code == FORM)


def sheet(lines: Sequence[Sequence[Any]], *, at: tuple[int, int] = (4, 1), name: str = "Biểu") -> Sheet:
    cells: list[tuple[Cell, ...]] = [
        tuple(float(cell) if type(cell) is int else cell for cell in line) for line in lines
    ]
    return Sheet(name, *at, tuple(cells))


def table_of(form: IndicatorForm, lines: Sequence[Sequence[Any]], **options: Any) -> FormTable:
    (table,) = find_tables(form, "a.xlsx", [sheet(lines, **options)])
    return table


def found(table: FormTable) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.place) for fault in table.faults]


def value(table: FormTable, code: str, year: int) -> float | None:
    return table.figures[code, year].value


def test_a_good_table(form: IndicatorForm) -> None:
    table = table_of(form, corpus.rows())
    assert table.faults == []
    assert {at: figure.value for at, figure in table.figures.items()} == {
        (code, year): value for code, values in corpus.GOOD.items() for year, value in zip(YEARS, values, strict=True)
    }
    assert table.figures["CT02", 2021].cell == "E8"


@pytest.mark.parametrize("at", [(1, 1), (30, 7)])
def test_it_is_found_wherever_it_starts(form: IndicatorForm, at: tuple[int, int]) -> None:
    blank: list[list[Any]] = [["TỔNG HỢP NĂM 2021"], [], ["Đơn vị: lượt, năm 2021", 2021]]
    table = table_of(form, [*blank, *corpus.rows()], at=at)
    assert table.faults == []
    assert value(table, "CT01", 2019) == 1000


@pytest.mark.parametrize(
    "heading", ["2019", "Năm 2019", "NĂM 2019 ", "Thực hiện 2019", "TH năm 2019", 2019, "N¨m 2019", "(2019)"]
)
def test_years_as_people_write_them(form: IndicatorForm, heading: object) -> None:
    lines = corpus.rows()
    lines[0][2] = heading
    assert table_of(form, lines).faults == []


@pytest.mark.parametrize("code", ["ct01", " CT01", "CT 01", "CT1"])
def test_codes_as_people_write_them(form: IndicatorForm, code: str) -> None:
    lines = corpus.rows()
    lines[1][0] = code
    assert value(table_of(form, lines), "CT01", 2019) == 1000


@pytest.mark.parametrize("name", ["Doanh thu du lịch", "DOANH THU DU LỊCH", "doanh thu  du lich", "Doanh thu du lịh"])
def test_a_row_without_code_is_known_by_its_name(form: IndicatorForm, name: str) -> None:
    lines = corpus.rows()
    lines[4][:2] = [None, name]
    table = table_of(form, lines)
    assert table.faults == []
    assert value(table, "CT02", 2019) == 12.5


def test_an_unknown_code_is_told_and_passed_over(form: IndicatorForm) -> None:
    table = table_of(form, [*corpus.rows(), ["CT99", "Khác", 1, 2, 3]])
    assert found(table) == [("BS-07", "dòng 11")]


def test_a_code_beside_the_name_of_another_is_asked_back(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[2][1], lines[3][1] = lines[3][1], lines[2][1]
    assert found(table_of(form, lines)) == [("BS-10", "dòng 6"), ("BS-10", "dòng 7")]


def test_missing_rows_and_years_are_told(form: IndicatorForm) -> None:
    lines = [line[:-1] for line in corpus.rows() if line[0] not in ("CT02", "CT04")]
    table = table_of(form, lines)
    assert found(table) == [("BS-03", None), ("BS-11", None)]
    assert "năm 2021" in table.faults[0].message
    assert "CT02" in table.faults[1].message


def test_doubled_rows_and_years_are_told(form: IndicatorForm) -> None:
    lines = [*corpus.rows(), ["CT01", "Tổng lượt khách", 1, 2, 3]]
    lines[0].append("Năm 2021")
    table = table_of(form, lines)
    assert [code for code, _ in found(table)] == ["BS-09", "BS-08"]
    assert "cột E và cột F" in table.faults[0].message
    assert value(table, "CT01", 2019) is None  # which of the two rows is meant is asked


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("1,234", "SL-01", ["«1,234»", "1,234", "1.234"]),
        ("12.34", "SL-01", ["12,34", "1.234"]),
        ("khoảng 5", "SL-02", ["«khoảng 5»"]),
        ("50%", "SL-02", ["«50%»"]),
        ("#####", "SL-16", ["«#####»", "cột quá hẹp"]),
        ("4,12E+05", "SL-16", ["«4,12E+05»", "cột quá hẹp"]),
        ("4.1e+5", "SL-16", ["«4.1e+5»"]),
        ("# 5", "SL-02", ["«# 5»"]),
        (True, "SL-02", ["ĐÚNG"]),
        (Special("date", "2021-01-02 00:00:00"), "SL-08", ["02/01/2021", "44.198"]),
        ("1,234.5", "SL-03", ["1.234,5"]),
        (Special("error", "#REF!"), "SL-04", ["#REF!"]),
        (Special("uncached"), "SL-05", []),
    ],
)
def test_cells_that_cannot_be_taken_as_they_are(form: IndicatorForm, cell: object, code: str, words: list[str]) -> None:
    lines = corpus.rows()
    lines[4][3] = cell
    table = table_of(form, lines)
    assert found(table) == [(code, "ô D8")]
    assert all(word in table.faults[0].message for word in words)
    assert value(table, "CT02", 2020) == (1234.5 if code == "SL-03" else None)


def test_a_count_shown_with_three_decimals_may_be_of_thousands(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[1][3] = Special("thousandths", 412.0, "412,000", 412.0)
    lines[4][3] = Special("thousandths", 12.0, "12,000", 12.0)  # an amount may have decimals
    table = table_of(form, lines)
    assert found(table) == [("SL-12", "ô D5")]
    assert "lưu số 412 nhưng hiện «412,000»" in table.faults[0].message
    assert (value(table, "CT01", 2020), value(table, "CT02", 2020)) == (None, 12)


def test_a_format_that_leaves_out_thousands_may_say_so_by_k(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[1][2:] = [Special("shown", 412.345, "412,3k", 412345.0), "412k", Special("shown", 412.0, "412k", 412.0)]
    lines[4][2] = Special("shown", 12.5, "12,5k", 12_500.0)  # of thousand millions, or of đồng
    table = table_of(form, lines)
    assert found(table) == [("SL-07", "ô C5"), ("SL-02", "ô D5"), ("SL-12", "ô E5"), ("SL-12", "ô C8")]
    assert [value(table, "CT01", year) for year in YEARS] == [412_345, None, None]


def test_a_dot_parts_thousands_unless_another_figure_puts_it_before_decimals(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][2:] = ["2.500", 3, "4.000"]
    assert value(table_of(form, lines), "CT02", 2019) == 2500
    lines[5][2] = "0.420"
    table = table_of(form, lines)
    assert [code for code, _ in found(table) if code == "SL-01"] == ["SL-01", "SL-01"]
    assert [value(table, "CT02", year) for year in YEARS] == [None, 3, None]


def test_days_that_were_figures_are_asked_back(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][2:] = [2.5, 44_199, 4.2]  # 3.1 became the third of January 2021
    table = table_of(form, lines)
    assert found(table) == [("SL-17", "ô D8")]
    assert "3,1" in table.faults[0].message
    assert value(table, "CT02", 2020) is None
    for others in ([44_100, 44_199, 45_210], [1_200, 44_199, 1_350], [2.5, "44.199", 4.2]):
        lines[4][2:] = others
        assert found(table_of(form, lines)) == []


def test_a_name_may_be_broken_over_two_rows(form: IndicatorForm) -> None:
    whole = corpus.rows()
    lines = [[None, *whole[0][1:]]]
    for _, name, *cells in whole[1:]:
        first, _, rest = name.partition(" ")
        lines += [[None, first, None, None, None], [None, rest, *cells]] if len(name) > 20 else [[None, name, *cells]]
    assert len(lines) > len(whole)
    table = table_of(form, lines)
    assert not table.faults
    assert value(table, "CT01", 2019) == 1000


def test_rows_that_nothing_tells_the_indicator_of_are_named_where_one_is_missing(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][:2] = [None, "Doanh thu các loại"]
    (told,) = table_of(form, lines).faults
    assert (told.code, "chưa rõ của chỉ tiêu nào: dòng 8" in told.message) == ("BS-11", True)


def test_rows_under_a_head_of_other_years_are_another_tables(form: IndicatorForm) -> None:
    lines = corpus.rows()
    further = [["MỤC TIÊU"], [*lines[0][:2], "Năm 2022", "Năm 2023", "Năm 2025"], [*lines[1][:2], 5, 6, 7]]
    table = table_of(form, [*lines, *further])
    assert table.faults == []
    assert value(table, "CT01", 2019) == 1000


def test_what_stands_above_another_table_is_said_of_that(form: IndicatorForm) -> None:
    other = [["I. DỰ ÁN (đơn vị tính: triệu đồng; số 9 tháng năm 2021)"], ["A", 100, 250, 370], ["II. KẾT QUẢ"]]
    assert table_of(form, [*other, *corpus.rows()]).faults == []


def test_a_year_may_be_told_about_in_its_head(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[0][2:] = ["Năm 2019\n(trước NQ 06)", "Năm 2020 (năm đầu thực hiện NQ)", "Ước đạt 2021"]
    assert table_of(form, lines).faults == []


def test_an_empty_form_before_a_table_of_ones_own_is_no_rival(form: IndicatorForm) -> None:
    empty = [[*line[:2], None, None, None] if at else line for at, line in enumerate(corpus.rows())]
    table, full = find_tables(form, "a.xlsx", [sheet(empty, name="Mẫu"), sheet(corpus.rows(), name="Số liệu")])
    assert (table.holds_figures, full.holds_figures) == (False, True)
    assert leave_to_rivals(form, full, [table, full]) == []


def test_a_table_is_no_rival_for_a_figure_that_cannot_be_read_in_the_one_taken(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][2] = Special("uncached")
    table, source = find_tables(form, "a.xlsx", [sheet(lines, name="Biểu"), sheet(corpus.rows(), name="Nguồn")])
    assert leave_to_rivals(form, table, [table, source]) == []
    assert [told.code for told in leave_to_rivals(form, source, [table, source])] == ["BS-02"]


def test_the_total_at_once_below_a_name_without_figures_is_its_own(form: IndicatorForm) -> None:
    lines = corpus.rows()
    _, name, *cells = lines[4]
    lines[4:5] = [[None, name, None, None, None], [None, "Tổng số", *cells]]
    table = table_of(form, lines)
    assert not table.faults
    assert [value(table, "CT02", year) for year in YEARS] == cells


def test_shares_among_percentages_are_asked_back(form: IndicatorForm) -> None:
    lines = corpus.rows()
    for low in (0.524, "0,524"):
        lines[5][2:] = [54.8, low, 57.3]
        table = table_of(form, lines)
        assert found(table) == [("SL-15", "ô D9")]
        assert "0,524% hay 52,4%" in table.faults[0].message
        assert [value(table, "CT03", year) for year in YEARS] == [54.8, None, 57.3]


@pytest.mark.parametrize("low", ["0,524%", Special("percent", 0.00524)])
def test_a_share_with_its_sign_is_a_percentage(form: IndicatorForm, low: object) -> None:
    lines = corpus.rows()
    lines[5][2:] = [54.8, low, 57.3]
    table = table_of(form, lines)
    assert table.faults == []
    assert value(table, "CT03", 2020) == 0.524


@pytest.mark.parametrize("percentages", [[2.1, 1.4, 0.9], [12.4, 15.1, 0.5], [-3.2, 0.8, 11.6]])
def test_small_percentages_are_no_shares(form: IndicatorForm, percentages: list[float]) -> None:
    lines = corpus.rows()
    lines[5][2:] = percentages
    assert table_of(form, lines).faults == []


def test_percentages_to_the_thousandth_that_are_all_below_one_may_be_shares(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[5][2:] = [0.545, "0,572", 0.3]
    (told,) = (table := table_of(form, lines)).faults
    assert (told.code, "0,545% hay 54,5%" in told.message or "0,572% hay 57,2%" in told.message) == ("SL-19", True)
    assert [value(table, "CT03", year) for year in YEARS] == [None] * 3
    lines[5][2:] = ["0,545%", "0,572%", "0,3%"]
    assert table_of(form, lines).faults == []


def test_a_unit_of_several_is_not_taken_for_one(form: IndicatorForm) -> None:
    head, *lines = corpus.rows()
    units = [[*head[:2], "ĐVT", *head[2:]], *([*line[:2], None, *line[2:]] for line in lines)]
    units[1][2] = "10 lượt"
    table = table_of(form, units)
    assert [told.code for told in table.faults] == ["BS-17"]
    assert [value(table, "CT01", year) for year in YEARS] == [None] * 3


def test_percentages(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[5][2:] = ["61,5%", Special("percent", 0.63), "40 %"]
    table = table_of(form, lines)
    assert table.faults == []
    assert [value(table, "CT03", year) for year in YEARS] == [61.5, 63, 40]


@pytest.mark.parametrize(
    ("cell", "read", "codes"),
    [
        ("không phát sinh", 0, ["SL-20"]),
        ("Không", None, ["SL-02"]),
        ("không có", None, ["SL-02"]),
        (Special("hidden", "Không có", stored=0.0), 0, []),
        (Special("hidden", "không phát sinh", stored=12.0), None, ["SL-12"]),
        ("24\u200b412", None, ["SL-02"]),
        ("12,5đ", None, ["SL-02"]),
        ("12.500.000.000đ", 12.5, ["SL-07"]),
        ("24\n412", None, ["SL-02"]),
    ],
)
def test_none_is_read_as_nought_or_asked_about_and_never_missing(
    form: IndicatorForm, cell: Cell, read: float | None, codes: list[str]
) -> None:
    lines = corpus.rows()
    lines[4][2] = cell
    table = table_of(form, lines)
    assert (value(table, "CT02", 2019), [code for code, _ in found(table)]) == (read, codes)


def test_a_remark_says_its_cell_once(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][2] = "không phát sinh"
    told = "Ghi «không phát sinh»{}; hệ thống hiểu số liệu là 0."
    assert [each.message for each in table_of(form, lines).faults] == [told.format("")]
    lines[4][3] = "không phát sinh"
    assert [each.message for each in table_of(form, lines).faults] == [told.format(" (như ở ô C8)")]


def test_no_figure_in_so_many_words_is_no_blank(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][2:] = ["-", "chưa có số liệu", 9]
    table = table_of(form, lines)
    assert found(table) == [("BS-06", "ô C8, D8")]
    assert table.declared == {("CT02", 2019), ("CT02", 2020)}


def test_where_several_sheets_hold_the_table_places_name_the_sheet(form: IndicatorForm) -> None:
    lines = corpus.rows()
    lines[4][3] = "?"
    tables = find_tables(form, "a.xlsx", [sheet(lines, name="Một"), sheet([["Hướng dẫn"]]), sheet(lines, name="Hai")])
    assert [table.faults[0].place for table in tables] == ["ô Một!D8", "ô Hai!D8"]


@pytest.mark.parametrize(
    "lines",
    [[], [["Năm 2021", "Tổng"]], [["Mã", "2019", "2020", "2021"], ["", "x", 1, 2]], [["CT01", 1, 2, 3]]],
)
def test_what_is_no_table_of_the_form(form: IndicatorForm, lines: list[list[Any]]) -> None:
    assert find_tables(form, "a.xlsx", [sheet(lines)]) == []


def test_years_on_another_sheet_are_not_called_missing(form: IndicatorForm) -> None:
    lines = corpus.rows()
    sheets = [
        sheet([line[:4] for line in lines], name="2019-2020"),
        sheet([[*line[:2], *line[4:]] for line in lines], name="2021"),
    ]
    (table,) = find_tables(form, "a.xlsx", sheets)
    assert [told.code for told in table.faults] == ["BS-28"]
    assert "«2019-2020», «2021»" in table.faults[0].message
