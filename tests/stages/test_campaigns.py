"""Campaigns that have something of their own, two of them open at once, and years held against the right ones."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

from conftest import Desk
from record.builders import drop, submit
from soket.intake.comparisons import last_reported
from soket.notices.compose import request_notices
from soket.plan.check import check, doubtful
from soket.plan.loader import load
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.products import REQUEST_LETTER, form_name
from soket.stages import collect

SMALL = Path(__file__).parents[1] / "plan" / "small.yaml"


def dates(year: int, first: int) -> dict[str, Any]:
    """Return the stages of a campaign that only collects and drafts, in two months of a year."""
    text = f"""
        unit_reports: {{opens: {year}-{first:02}-01, by: {year}-{first:02}-20}}
        ubnd_draft: {{opens: {year}-{first:02}-21, by: {year}-{first + 1:02}-10}}
    """
    stages: dict[str, Any] = yaml.safe_load(text)
    return stages


def a_campaign(code: str, year: int, first: int, months: int = 2, **own: Any) -> dict[str, Any]:
    opens, closes = yaml.safe_load(f"[{year}-{first:02}-01, {year}-{first + months - 1:02}-28]")
    return {
        "code": code,
        "title": f"Đợt {code}",
        "opens": opens,
        "closes": closes,
        "own": own,
        "stages": dates(year, first),
    }


QUARTER = a_campaign(
    "2022-q1",
    2022,
    4,
    title="Đánh giá quý I năm 2022",
    short_title="Quý I/2022",
    review_word="đánh giá",
    goals=["Kết quả quý I"],
    request_guidance=["Chỉ ghi số liệu trong quý"],
    outline=[{"code": "ket_qua", "number": "I", "title": "Kết quả trong quý"}],
    forms={
        "bieu_a": {
            "title": "Biểu A. Quý I",
            "years": ["quý I/2022"],
            "without": ["CT01.2"],
            "targets": {"CT01": {"year": 2022, "value": 40}},
        }
    },
    without=["so"],
)
YEAR = a_campaign(
    "2022", 2022, 5, 3, short_title="Năm 2022", forms={"bieu_a": {"years": [2021, 2022]}, "bieu_b": {"years": [2022]}}
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    data = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    data["campaigns"] = [data["campaigns"][0], QUARTER, YEAR]
    file = tmp_path / "small.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


@pytest.fixture
def plan(file: Path) -> Plan:
    assert [str(fault) for fault in check(file)] == []
    return load(file)


def desk_in(plan: Plan, campaign: str, other: Desk | None = None) -> Desk:
    """Return the desk of a campaign, on the bucket of another where there is one."""
    desk = Desk(plan, plan.campaign(campaign))
    if other:
        desk.store = other.store
    return desk


def test_a_campaign_has_what_is_its_own_and_the_rest_of_its_plan(plan: Plan) -> None:
    edition = plan.in_campaign(plan.campaign("2022-q1"))
    assert (edition.title, edition.short_title, edition.review_word) == (
        "Đánh giá quý I năm 2022",
        "Quý I/2022",
        "đánh giá",
    )
    assert (edition.resolution, edition.legal_basis) == (plan.resolution, plan.legal_basis)
    (form,) = edition.forms
    assert (form.title, form.years, [each.code for each in form.indicators]) == (
        "Biểu A. Quý I",
        ("2022-Q1",),
        ["CT01", "CT01.1"],
    )
    assert [rule.code for rule in form.rules] == ["SS-CT01"]  # the sum has lost one of its parts
    assert form.indicators[0].target is not None
    assert form.indicators[0].target.year == 2022
    assert [unit.code for unit in edition.units] == ["h_mot"]
    assert [stage.id for stage in edition.stages] == ["unit_reports", "ubnd_draft"]


def test_another_campaign_is_made_from_the_whole_plan_again(plan: Plan) -> None:
    first, quarter, year = plan.campaigns
    assert plan.in_campaign(quarter).in_campaign(first) is plan
    assert plan.in_campaign(quarter).in_campaign(year).short_title == "Năm 2022"
    assert [unit.code for unit in plan.in_campaign(quarter).in_campaign(year).units] == ["h_mot", "so_hai"]


def test_letters_and_forms_are_the_campaign_s(plan: Plan) -> None:
    desk = desk_in(plan, "2022-q1")
    stage = desk().plan.stage("unit_reports")
    collect.open_stage(desk("2022-04-01 08:00"), stage)
    notices = request_notices(desk(), read_register(desk()), stage)
    assert {each.addressee for each in notices} == {"h_mot"}

    def product(name: str) -> io.BytesIO:
        return io.BytesIO(desk.store.get(desk().keys.stage(stage.id, 1, name)))

    letter = "\n".join(docx.Document(product(REQUEST_LETTER)).element.itertext())
    for said in ("báo cáo quý I/2022", "Chỉ ghi số liệu trong quý", "Kết quả trong quý", "Ghi số liệu quý I/2022 vào"):
        assert said in letter
    assert "Hạn chế" not in letter
    sheet = openpyxl.load_workbook(product(form_name("bieu_a"))).worksheets[0]
    heads = [cell.value for cell in sheet[4]]
    assert heads[1:] == ["Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Quý I/2022"]


def test_two_open_at_once_keep_apart_what_units_send(plan: Plan) -> None:
    quarter = desk_in(plan, "2022-q1")
    year = desk_in(plan, "2022", quarter)
    assert [each.code for each in plan.open_campaigns(year("2022-05-10 09:00").now)] == ["2022-q1", "2022"]
    drop(quarter("2022-05-10 09:00"), "h_mot")
    submit(year("2022-05-10 09:00"), "so_hai")
    found = {
        desk.campaign.code: {code: entry.standing.value for code, entry in read_register(desk()).units.items()}
        for desk in (quarter, year)
    }
    assert found == {"2022-q1": {"h_mot": "pending"}, "2022": {"h_mot": "not_sent", "so_hai": "accepted"}}


def test_a_year_is_held_against_the_campaign_that_asked_for_it_last(plan: Plan) -> None:
    first = desk_in(plan, "2021")
    submit(first("2021-11-03 10:00"), "h_mot")
    quarter = desk_in(plan, "2022-q1", first)
    submit(quarter("2022-04-10 10:00"), "h_mot")
    workspace = desk_in(plan, "2022", first)("2022-05-10 09:00")
    indicators = {each.code: each for each in workspace.plan.forms[0].indicators}
    said = last_reported(workspace, ["h_mot"], indicators)["h_mot"].figures
    assert {at for at in said if at[0] == "CT01"} == {("CT01", 2020), ("CT01", 2021)}
    assert last_reported(quarter(), ["h_mot"], indicators) == {}  # nobody was asked for the quarter before


def test_asking_again_for_the_same_years_is_odd(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- 2021\n        - 2022\n", "- 2020\n        - 2021\n"), encoding="utf-8")
    told = [fault.message for fault in doubtful(file, load(file)) if "hỏi lại" in fault.message]
    assert told == [
        "đợt «2022» hỏi lại ở biểu «bieu_a» đúng số liệu của các năm 2020, 2021, các đợt trước đã hỏi",
    ]


def test_two_open_at_once_under_one_name_are_odd(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("short_title: Năm 2022", "short_title: Quý I/2022"), encoding="utf-8")
    told = [fault.message for fault in doubtful(file, load(file)) if "tên ngắn" in fault.message]
    said = "đợt «2022» mở khi đợt «2022-q1» chưa hết mà cùng tên ngắn «Quý I/2022»"
    assert told == [f"{said}: đơn vị không phân biệt được thư của hai đợt"]
