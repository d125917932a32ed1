"""Every kind of change is told in the operators' page, word for word, and every part of a plan is compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from conftest import REPOSITORY, moment
from soket.plan.changes import CHANGES, Amendment, ChangeKind, OnRecord
from soket.plan.comparing import _COMPARED, compare
from soket.plan.loader import load
from soket.plan.model import Duty, Plan, Predecessor, Stage, Unit

PAGE = REPOSITORY / "docs" / "plan-changes.md"
NOW = OnRecord(now=moment("2021-10-20 09:00"), begun=frozenset({"unit_reports"}))


@pytest.fixture(scope="module")
def small() -> Plan:
    return load(REPOSITORY / "tests" / "plan" / "small.yaml")


def table() -> str:
    return "\n".join(f"| {word.label} | {word.effect} | {word.refused or '–'} |" for word in CHANGES.values())


def test_the_page_tells_of_every_kind() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), f"the page's table is to be:\n{table()}"


def told(old: Plan, new: Plan, record: OnRecord = NOW) -> dict[ChangeKind, str]:
    return {each.kind: each.refused for each in compare(old, new, "2021", record)}


def test_nothing_changed_in_the_same_plan(small: Plan) -> None:
    assert compare(small, small, "2021", NOW) == []


# Another value for every field of a plan that is compared as a whole.
OTHERS: dict[str, Any] = {
    "roles": {"operator": "van_phong"},
    "may": {"extension": ("standing",)},
    "quiet": {"start": "19:00"},
    "limits": {"max_files": 3},
    "mail": {"per_reader_day": 3},
    "conference": {"attending": "Có mặt sớm"},
    "commendation": {"share": 10},
}


@pytest.mark.parametrize(
    "field",
    [each for each in Plan.model_fields if each not in ("id", *_COMPARED)],
)
def test_no_part_of_a_plan_changes_unseen(small: Plan, field: str) -> None:
    value = getattr(small, field)
    if field in OTHERS:
        new: Any = value.model_copy(update=OTHERS[field])
    elif isinstance(value, dict):
        new = {**value, "more": ()}
    else:
        new = () if value and isinstance(value, tuple) else "khác"
    (change,) = compare(small, small.model_copy(update={field: new}), "2021", NOW)
    assert change.about == field
    assert change.kind is (ChangeKind.TITLE if "title" in field else ChangeKind.SETTING)


def changed_unit(plan: Plan, code: str, **fields: Any) -> Plan:
    units = tuple(each.model_copy(update=fields) if each.code == code else each for each in plan.units)
    return plan.model_copy(update={"units": units})


@pytest.mark.parametrize("field", [each for each in Unit.model_fields if each != "code"])
def test_no_part_of_a_unit_changes_unseen(small: Plan, field: str) -> None:
    unit = small.unit("h_mot")
    contact = unit.contact.model_copy(update={"phone": "1"})
    other = {
        "name": "Khác",
        "aliases": ("Khác",),
        "place": "huyện Khác",
        "block": "so",
        "owes": Duty.OWN_REVIEW,
        "exempt_reason": "Giải thể",
        "contact": contact,
        "head": contact,
        "predecessors": (Predecessor(unit="h_cu", share=None),),
    }
    assert told(small, changed_unit(small, "h_mot", **{field: other[field]}))


@pytest.mark.parametrize("field", [each for each in Stage.model_fields if each != "id"])
def test_no_part_of_a_stage_changes_unseen(small: Plan, field: str) -> None:
    other = {
        "owner": "van_phong",
        "receiver": "tuyen_giao",
        "title": "Khác",
        "blocks": ("so",),
        "after": (),
        "copies": ("van_phong",),
    }
    stage = small.stage("ubnd_draft").model_copy(update={field: other.get(field, "khác")})
    stages = tuple(stage if each.id == stage.id else each for each in small.stages)
    assert told(small, small.model_copy(update={"stages": stages}))


def without_stage(plan: Plan, code: str) -> Plan:
    own = plan.campaign("2021")
    kept = own.model_copy(update={"stages": {each: dates for each, dates in own.stages.items() if each != code}})
    campaigns = tuple(kept if each.code == "2021" else each for each in plan.campaigns)
    stages = tuple(each for each in plan.stages if each.id != code)
    return plan.model_copy(update={"stages": stages, "campaigns": campaigns})


def test_a_stage_comes_and_goes_only_before_it_and_what_follows_have_begun(small: Plan) -> None:
    less = without_stage(small, "conference")
    assert told(small, less)[ChangeKind.STAGE_REMOVED] == ""
    assert told(less, small)[ChangeKind.STAGE_ADDED] == ""
    begun = OnRecord(now=NOW.now, begun=frozenset({"conference", "communications"}))
    assert "đã bắt đầu" in told(small, less, begun)[ChangeKind.STAGE_REMOVED]
    assert "Tuyên truyền" in told(less, small, begun)[ChangeKind.STAGE_ADDED]


def test_a_unit_moves_and_changes_its_duty_only_as_what_it_sent_allows(small: Plan) -> None:
    sent = OnRecord(now=NOW.now, handed_in=frozenset({"h_mot"}))
    moved = changed_unit(small, "h_mot", block="so")
    assert told(small, moved)[ChangeKind.UNIT_MOVED] == ""
    assert "khối cũ" in told(small, moved, sent)[ChangeKind.UNIT_MOVED]
    exempt = changed_unit(small, "h_mot", owes=Duty.EXEMPT, exempt_reason="Giải thể")
    assert told(small, exempt, sent) == {ChangeKind.DUTY: ""}


def test_a_postponement_keeps_a_date_from_being_over(small: Plan) -> None:
    own = small.campaign("2021")
    dates = own.stages["unit_reports"].model_copy(update={"before": date(2021, 10, 19)})
    earlier = own.model_copy(update={"stages": {**own.stages, "unit_reports": dates}})
    new = small.model_copy(update={"campaigns": (earlier, *small.campaigns[1:])})
    assert "đã qua" in told(small, new)[ChangeKind.DATE]
    postponed = OnRecord(now=NOW.now, postponed={"unit_reports": date(2021, 11, 20)})
    assert told(small, new, postponed)[ChangeKind.DATE] == ""


def test_a_change_says_what_it_is_of_what() -> None:
    change = Amendment(kind=ChangeKind.MEASURE, about="bieu_a", name="CT01 Tổng", before="lượt", after="nghìn lượt")
    assert change.title == "Đổi đơn vị tính: CT01 Tổng (lượt → nghìn lượt)"
    assert change.model_copy(update={"refused": "đã có số liệu."}).outcome == "Không đổi được: đã có số liệu."
