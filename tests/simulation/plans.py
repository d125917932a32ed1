"""Plans to simulate: other ladders, other calendars, other quiet hours."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from notices.plans import make_plan
from soket.plan.ladders import Quiet
from soket.plan.model import Campaign, Plan

LADDERS: tuple[list[dict[str, Any]], ...] = (
    [
        {"at": -5, "kind": "reminder", "to": "unit", "tone": "friendly"},
        {"at": -2, "kind": "reminder", "to": "unit"},
        {"at": 0, "hour": "14:00", "kind": "reminder", "to": "unit", "tone": "urgent"},
        {"at": 1, "kind": "escalation", "to": "unit"},
        {"at": 1, "kind": "escalation", "to": "head"},
        {"at": 2, "kind": "escalation", "to": "leader"},
        {"at": 4, "kind": "escalation", "to": "head"},
        {"at": 4, "kind": "escalation", "to": "leader"},
        {"at": 4, "kind": "escalation", "to": "standing_board"},
    ],
    [
        {"at": -7, "kind": "reminder", "to": "unit"},
        {"at": -3, "kind": "reminder", "to": "unit"},
        {"at": -1, "kind": "reminder", "to": "head"},
        {"at": 0, "kind": "reminder", "to": "unit"},
        {"at": 1, "hour": "14:00", "kind": "escalation", "to": "leader"},
        {"at": 2, "kind": "escalation", "to": "lead"},
        {"at": 3, "hour": "16:30", "kind": "escalation", "to": "standing_board"},
    ],
    [
        {"at": -1, "kind": "reminder", "to": "unit"},
        {"at": 3, "kind": "escalation", "to": "unit"},
        {"at": 3, "kind": "escalation", "to": "standing_board"},
    ],
)

# First day, deadline (before), last day: an autumn, a Tết, swapped Saturdays of spring, a turn of the year.
SEASONS = (
    ("2021-10-18", "2021-11-05", "2021-12-03"),
    ("2022-01-10", "2022-02-08", "2022-02-28"),
    ("2024-04-08", "2024-05-01", "2024-05-24"),
    ("2018-12-10", "2019-01-03", "2019-01-25"),
    ("2026-08-03", "2026-08-24", "2026-09-11"),
)


@cache
def _base(units: int, ladder: int, other: int) -> Plan:
    plan = make_plan(units, ladder=LADDERS[ladder])
    more = make_plan(1, ladder=LADDERS[other]).ladders["chung"]
    blocks = tuple(
        block.model_copy(update={"ladder": "rieng"}) if block.code == "so" else block for block in plan.blocks
    )
    return plan.model_copy(
        update={"units": plan.units[:units], "ladders": {**plan.ladders, "rieng": more}, "blocks": blocks}
    )


@cache
def campaign(first: str, before: str, last: str) -> Campaign:
    dates = {"opens": first, "by": last}
    stages = {
        "unit_reports": {"opens": first, "before": before},
        **dict.fromkeys(("ubnd_draft", "vptu_appraisal", "conference", "communications"), dates),
    }
    data = {"code": "dot", "title": "Đợt", "opens": first, "closes": last, "stages": stages}
    return Campaign.model_validate(data, strict=False)


def by_lot(chance: Random, units: int) -> Plan:
    """Draw a plan with so many units."""
    season = campaign(*chance.choice(SEASONS))
    days = [season.opens + timedelta(days=offset) for offset in range((season.closes - season.opens).days + 1)]
    off = dict.fromkeys(chance.sample(days, chance.choice((0, 0, 2))), "Nghỉ")
    worked: dict[date, str] = {day: "Làm bù" for day in chance.sample(days, chance.choice((0, 0, 3))) if day not in off}
    quiet = chance.choice(({}, {}, {"start": "17:00", "end": "07:30"}, {"start": "00:00", "end": "00:00"}))
    return _base(units, chance.randrange(3), chance.randrange(3)).model_copy(
        update={
            "campaigns": (season,),
            "holidays": off,
            "workdays": worked,
            "quiet": Quiet.model_validate(quiet, strict=False),
        }
    )


def year(units: int) -> Plan:
    """Return a plan of a whole year, with swapped Saturdays and days off of its own."""
    season = campaign("2024-01-02", "2024-07-01", "2024-12-31")
    return _base(units, 2, 2).model_copy(
        update={
            "campaigns": (season,),
            "holidays": {date(2024, 7, 5): "Nghỉ, làm bù ngày 13/7"},
            "workdays": {date(2024, 7, 13): "Làm bù ngày 05/7"},
        }
    )
