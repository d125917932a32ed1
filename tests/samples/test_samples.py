"""Sample files are stable, tell the same figures in words and in the table, and are spoilt as their script says."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from random import Random
from zipfile import BadZipFile, ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from conftest import REPOSITORY, moment
from demo.samples.figures import plausible
from demo.samples.folder import write_samples
from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from soket.plan.model import Duty, OrderRule, Plan, RangeRule, SumRule, Unit, YearlyJumpRule
from soket.text import format_number

SEED = 6


@pytest.fixture
def unit(plan: Plan) -> Unit:
    return next(unit for unit in plan.units if unit.owes is Duty.REPORT and plan.form_of(unit))


@pytest.fixture(scope="module")
def good(plan: Plan) -> dict[str, dict[str, bytes]]:
    """A good report of every unit that owes one, by its code."""
    return {each.code: sending(plan, each, Content.GOOD) for each in plan.units if each.owes is Duty.REPORT}


def sending(plan: Plan, unit: Unit, content: Content) -> dict[str, bytes]:
    drop = Drop(owner=unit.code, number=1, at=moment("2021-11-01 09:00"), content=content)
    return files_of(plan, drop, SEED)


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


def values_of(data: bytes) -> dict[str, tuple[object, ...]]:
    rows = load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    cells = [[value for value in row if value is not None] for row in rows]
    return {str(value): tuple(row[-5:]) for row in cells for value in row[:2] if str(value).startswith("CT")}


@pytest.mark.parametrize("content", [content for content in Content if content is not Content.INFLATED])
def test_the_same_seed_gives_the_same_bytes(plan: Plan, unit: Unit, content: Content) -> None:
    owner = next(unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN) if content == "coverage_plan" else unit
    assert sending(plan, owner, content) == sending(plan, owner, content)


def test_units_differ(good: dict[str, dict[str, bytes]]) -> None:
    reports = [text_of(files["bao-cao.docx"]) for files in good.values()]
    assert len(set(reports)) == len(reports)


@pytest.mark.parametrize("seed", range(20))
def test_figures_keep_every_rule(plan: Plan, seed: int) -> None:
    for form in plan.forms:
        figures = plausible(form, Random(seed), units=13)
        for indicator in form.indicators:
            series = figures[indicator.code]
            assert list(series) == list(form.years)
            assert indicator.type == "decimal" or all(value == int(value) for value in series.values())
            values = list(series.values())
            for rule in indicator.rules:
                if isinstance(rule, RangeRule):
                    assert all(
                        (rule.min is None or v >= rule.min) and (rule.max is None or v <= rule.max) for v in values
                    )
                if isinstance(rule, YearlyJumpRule):
                    assert all(1 / rule.factor <= b / a <= rule.factor for a, b in pairwise(values)), indicator.name
        for table_rule in form.rules:
            for year in form.years:
                if isinstance(table_rule, SumRule):
                    total = sum(figures[part][year] for part in table_rule.parts)
                    assert figures[table_rule.total][year] == pytest.approx(total, abs=table_rule.tolerance)
                if isinstance(table_rule, OrderRule):
                    assert figures[table_rule.smaller][year] <= figures[table_rule.larger][year]


def test_units_together_are_on_their_way_to_the_targets(plan: Plan, good: dict[str, dict[str, bytes]]) -> None:
    for form in plan.forms:
        owing = [each for each in plan.units if plan.form_of(each) == form]
        tables = [values_of(good[each.code]["so-lieu.xlsx"]) for each in owing]
        for indicator in form.indicators:
            if indicator.target is not None:
                total = sum(float(str(table[indicator.code][-1])) for table in tables)
                assert 0.5 <= total / indicator.target.value <= 1, (indicator.code, total)


def test_the_report_follows_the_outline(plan: Plan, unit: Unit) -> None:
    text = text_of(sending(plan, unit, Content.GOOD)["bao-cao.docx"])
    for section in plan.outline:
        assert section.title in text
    assert unit.name in text


def test_words_and_table_agree(plan: Plan, unit: Unit) -> None:
    files = sending(plan, unit, Content.GOOD)
    text = text_of(files["bao-cao.docx"])
    form = plan.form_of(unit)
    assert form is not None
    first = values_of(files["so-lieu.xlsx"])[form.indicators[0].code]
    assert format_number(float(str(first[0]))) in text
    assert format_number(float(str(first[-1]))) in text


def test_the_csv_is_the_same_table(plan: Plan, unit: Unit) -> None:
    table = values_of(sending(plan, unit, Content.GOOD)["so-lieu.xlsx"])
    text = sending(plan, unit, Content.TABLE_AS_CSV)["so-lieu.csv"].decode("utf-8-sig")
    rows = {cell: row for row in csv.reader(StringIO(text), delimiter=";") for cell in row[:2]}
    for code, values in table.items():
        shown = [cell for cell in rows[code] if cell]
        assert tuple(shown[-5:]) == tuple(format_number(float(str(value))) for value in values)


def test_a_total_differs(plan: Plan, unit: Unit) -> None:
    form = plan.form_of(unit)
    assert form is not None
    rule = next(rule for rule in form.rules if isinstance(rule, SumRule))
    values = values_of(sending(plan, unit, Content.TOTAL_DIFFERS)["so-lieu.xlsx"])
    parts = sum(float(str(values[part][-1])) for part in rule.parts)
    assert abs(float(str(values[rule.total][-1])) - parts) > rule.tolerance


def test_a_number_is_ambiguous(plan: Plan, unit: Unit) -> None:
    values = values_of(sending(plan, unit, Content.AMBIGUOUS_NUMBER)["so-lieu.xlsx"])
    assert "12.34" in {value for row in values.values() for value in row}


def test_a_required_indicator_is_missing(plan: Plan, unit: Unit) -> None:
    good = values_of(sending(plan, unit, Content.GOOD)["so-lieu.xlsx"])
    bad = values_of(sending(plan, unit, Content.WITHOUT_INDICATOR)["so-lieu.xlsx"])
    (changed,) = [code for code in good if good[code] != bad[code]]
    assert plan.form_of(unit).indicators  # type: ignore[union-attr]
    assert changed.startswith("CT")


def test_a_table_is_missing(plan: Plan, unit: Unit) -> None:
    assert set(sending(plan, unit, Content.WITHOUT_TABLE)) == {"bao-cao.docx"}


def test_one_figure_is_amended(plan: Plan, unit: Unit) -> None:
    good = values_of(sending(plan, unit, Content.GOOD)["so-lieu.xlsx"])
    amended = values_of(sending(plan, unit, Content.AMENDED)["so-lieu.xlsx"])
    assert sum(good[code] != amended[code] for code in good) == 1


def test_a_broken_upload_is_no_archive(plan: Plan, unit: Unit) -> None:
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(sending(plan, unit, Content.TRUNCATED)["bao-cao.docx"]))


def test_a_bomb_is_small_and_unpacks_to_much(plan: Plan, unit: Unit) -> None:
    data = sending(plan, unit, Content.INFLATED)["bao-cao.docx"]
    assert len(data) < 1_000_000
    assert sum(entry.file_size for entry in ZipFile(BytesIO(data)).infolist()) > 200_000_000


def test_a_section_is_missing(plan: Plan, unit: Unit) -> None:
    good = text_of(sending(plan, unit, Content.GOOD)["bao-cao.docx"])
    lacking = text_of(sending(plan, unit, Content.WITHOUT_SECTION)["bao-cao.docx"])
    gone = [section for section in plan.outline if section.title in good and section.title not in lacking]
    assert len(gone) == 1


def test_own_review_nil_return_and_coverage_plan_say_what_they_are(plan: Plan, unit: Unit) -> None:
    assert "đã tổ chức hội nghị sơ kết" in text_of(sending(plan, unit, Content.OWN_REVIEW)["bao-cao.docx"])
    assert "không phát sinh" in text_of(sending(plan, unit, Content.NIL_RETURN)["bao-cao.docx"]).casefold()
    press = next(unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN)
    assert "kế hoạch tuyên truyền" in text_of(sending(plan, press, Content.COVERAGE_PLAN)["bao-cao.docx"])


def test_the_folder_is_written_anew_each_time(tmp_path: Path) -> None:
    script = tmp_path / "scenario.yaml"
    script.write_bytes((REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml").read_bytes())
    first = {path: path.read_bytes() for path in write_samples(script)}
    (tmp_path / "2021" / "left_over").mkdir()
    second = {path: path.read_bytes() for path in write_samples(script)}
    assert first == second
    assert not (tmp_path / "2021" / "left_over").exists()
    assert sum(map(len, first.values())) < 4_000_000
