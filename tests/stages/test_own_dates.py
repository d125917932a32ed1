"""Blocks and units with a date of their own: it is asked for, reminded of and judged by, up to the stage's end."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from conftest import Desk
from record.builders import submit
from soket.notices.compose import request_notices
from soket.notices.ladder import due
from soket.plan.loader import load
from soket.plan.schedule import schedule
from soket.record.keeping import read_register
from soket.record.products import OUTLINE, REQUEST_LETTER
from soket.stages import collect
from soket.stages.actions import record_act
from soket.stages.conditions import block_settled
from soket.stages.refusing import Actor, ActRefusedError

SMALL = Path(__file__).parents[1] / "plan" / "small.yaml"
WHY = {"reason": "Mưa lũ", "granted_by": "Trưởng Ban"}

Days = dict[str, date]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The small plan, whose districts report by 29 October and everybody else before 5 November."""
    return desk_of(tmp_path, "blocks: {huyen: {by: 2021-10-29}}")


def desk_of(folder: Path, own: str) -> Desk:
    text = SMALL.read_text(encoding="utf-8")
    text = text.replace("opens: 2021-10-18, before: 2021-11-05", f"opens: 2021-10-18, before: 2021-11-05, {own}")
    text = text.replace("id: unit_reports,", "id: unit_reports, at_deadline: proceed,")
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    plan = load(file)
    return Desk(plan, plan.campaigns[0])


def days(desk: Desk) -> Days:
    return {code: entry.last_day for code, entry in read_register(desk()).units.items()}


def act(desk: Desk, **form: str) -> None:
    entry = f"{sorted(form.items())}"
    record_act(desk(), form=WHY | form, entry=entry, actor=Actor("btg" if "unit" in form else "vp"))


def test_each_is_held_to_its_own_date(desk: Desk) -> None:
    assert days(desk) == {"h_mot": date(2021, 10, 29), "so_hai": date(2021, 11, 4), "bao_ba": date(2021, 12, 3)}
    late = [submit(desk("2021-11-01 09:00"), code).late for code in ("h_mot", "so_hai")]
    assert late == [True, False]


def test_a_unit_s_date_goes_before_its_block_s(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "blocks: {huyen: {by: 2021-10-29}}, units: {h_mot: {before: 2021-11-03}}")
    assert days(desk)["h_mot"] == date(2021, 11, 2)
    lines = {line.blocks: line.last_day for line in schedule(desk.plan)[0].ladders if line.stage == "unit_reports"}
    assert lines == {("Huyện Một",): date(2021, 11, 2), ("Sở",): date(2021, 11, 4)}


def test_each_is_asked_for_its_report_by_its_own_date(desk: Desk) -> None:
    stage = desk.plan.stage("unit_reports")
    collect.open_stage(desk("2021-10-18 08:00"), stage)
    register = read_register(desk())
    said = {each.addressee: each.context["last_moment"] for each in request_notices(desk(), register, stage)}
    assert said == {
        "h_mot": "muộn nhất 24 giờ 00, ngày 29/10/2021",
        "so_hai": "trước ngày 05/11/2021 (muộn nhất 24 giờ 00, ngày 04/11/2021)",
    }
    for name in (REQUEST_LETTER, OUTLINE):
        paper = docx.Document(io.BytesIO(desk.store.get(desk().keys.stage(stage.id, 1, name))))
        text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
        assert "24 giờ 00, ngày 29/10/2021 đối với huyện; 24 giờ 00, ngày 04/11/2021 đối với sở" in text


def test_the_ladder_counts_from_each_date(desk: Desk) -> None:
    assert reminded(desk, "2021-10-28 08:00") == ["reminder.h_mot.unit-m1.2021-10-29"]
    assert reminded(desk, "2021-11-03 08:00") == [
        "reminder.h_mot.unit-m1.2021-10-29",
        "escalation.h_mot.head-p1.2021-10-29",
        "reminder.so_hai.unit-m1.2021-11-04",
    ]


def reminded(desk: Desk, at: str) -> list[str]:
    workspace = desk(at)
    return [each.id for each in due(workspace, read_register(workspace)) if each.addressee != "bao_ba"]


def test_a_block_is_waited_for_until_its_own_date(desk: Desk) -> None:
    workspace = desk("2021-10-30 08:00")
    over = {
        block: block_settled(workspace, read_register(workspace), stage="unit_reports", block=block)
        for block in ("huyen", "so")
    }
    assert over == {"huyen": "Hết hạn, còn thiếu 1/1: Huyện Một.", "so": None}


def test_more_time_is_given_from_each_date(desk: Desk) -> None:
    desk("2021-10-28 09:00")
    with pytest.raises(ActRefusedError, match="29/10/2021"):
        act(desk, act="extension", unit="h_mot", last_day="2021-10-28")
    act(desk, act="extension", unit="h_mot", last_day="2021-11-01")
    assert days(desk)["h_mot"] == date(2021, 11, 1)
    desk("2021-10-29 09:00")
    act(desk, act="postponement", stage="unit_reports", last_day="2021-11-08")  # the whole stage: everybody's
    assert {days(desk)[code] for code in ("h_mot", "so_hai")} == {date(2021, 11, 8)}


def test_the_calendar_has_a_ladder_of_each_date(desk: Desk) -> None:
    lines = {line.blocks: line for line in schedule(desk.plan)[0].ladders if line.stage == "unit_reports"}
    assert {blocks: (line.last_day, line.steps[0].moment.date()) for blocks, line in lines.items()} == {
        ("Huyện",): (date(2021, 10, 29), date(2021, 10, 28)),
        ("Sở",): (date(2021, 11, 4), date(2021, 11, 3)),
    }
