"""A campaign counted anew, straight from what lies in the bucket: it shares no code with the register."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from conftest import Desk
from soket.clock import VIETNAM
from soket.plan.model import Duty, Unit

COUNTS = ("accepted", "accepted_with_warnings")
ANSWERS = ("extension", "exemption", "nil_return", "request_refusal")  # to a request for more time
KEPT_BY_HAND = (
    *("extension", "exemption", "nil_return", "postponement", "reopening", "mute"),
    *("promise", "request_refusal", "commendation", "opinion", "undo"),
)  # what an undo takes back

Told = dict[str, Any]


def day_over(day: date) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), VIETNAM)


@dataclass(frozen=True)
class UnitCount:
    """Where a unit is, by its own objects alone."""

    progress: str
    last_day: date
    sent: int
    accepted: int | None
    to_chase: bool
    overdue: bool
    missed: bool


class Recount:
    """What the objects of a campaign come to at the moment of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.plan, self.campaign, self.now = desk.plan.in_campaign(desk.campaign), desk.campaign, desk.now
        self.end = f"{desk.plan.id}/{desk.campaign.code}/"
        self.there = {each.key: (each.etag, each.last_modified) for each in desk.store.list("")}
        self.objects = {key: desk.store.get(key) for key in self.there if key.endswith(".json")}
        told = [json.loads(data) for _, data in self.under("decisions")]
        self.decisions = sorted(told, key=lambda act: (datetime.fromisoformat(act["decided_at"]), act["id"]))
        self.undone = {act["id"] for act in self.decisions if not self._stands(act)}
        self.in_force = [act for act in self.decisions if act["id"] not in self.undone]
        self.stages = {stage.id: self._stage(stage.id) for stage in self.plan.stages}
        self.closes = self._closes()
        self.asking: set[str] = set()  # for more time, and nobody has answered
        self.units = {unit.code: self._unit(unit) for unit in self.plan.units}
        self.waiting = {unit for unit in self.units if self._waits(unit)}  # for an answer to what they said

    def under(self, root: str) -> list[tuple[str, bytes]]:
        """The JSON objects under one root, each with the rest of its key."""
        head, _, deeper = root.partition("/")
        start = f"{head}/{self.end}{deeper}/" if deeper else f"{head}/{self.end}"
        return [(key.removeprefix(start), data) for key, data in self.objects.items() if key.startswith(start)]

    def told(self, root: str) -> list[Told]:
        """The records right under one root."""
        return [json.loads(data) for rest, data in self.under(root) if "/" not in rest]

    def units_with(self, what: str) -> list[str]:
        """The units that have confirmations, or attempts at their submissions, once for each."""
        if what == "confirmations":
            return [each["unit"] for each in self._beside("confirmations")]
        return [json.loads(data)["unit"] for rest, data in self.under("reports") if "/attempts/" in rest]

    def over(self, unit: UnitCount) -> datetime:
        """The first moment too late for a unit."""
        return day_over(unit.last_day)

    def _beside(self, kind: str) -> list[Told]:
        return [json.loads(data) for rest, data in self.under("replies") if rest.startswith(f"{kind}/")]

    @property
    def owing(self) -> list[UnitCount]:
        """Those that owe a report."""
        return [
            self.units[unit.code]
            for unit in self.plan.units
            if unit.owes is not Duty.COVERAGE_PLAN and self.units[unit.code].progress != "exempt"
        ]

    @property
    def by(self) -> Counter[str]:
        """How many of them are how far."""
        return Counter(each.progress for each in self.owing)

    @property
    def spoke(self) -> dict[str, int]:
        """Of how many units each rule spoke, in whatever submission."""
        verdicts = [json.loads(data) for rest, data in self.under("reports") if rest.endswith("/verdict.json")]
        return dict(
            Counter(
                code
                for code, _ in {(each["code"], told["unit"]) for told in verdicts for each in told.get("faults", ())}
            )
        )

    @property
    def received(self) -> int:
        """How many of them the campaign has everything of."""
        return self.by["on_time"] + self.by["late"] + self.by["nil"]

    def _stands(self, act: Told) -> bool:
        taken_back = any(
            other["kind"] == "undo" and other["undoes"] == act["id"] and self._stands(other) for other in self.decisions
        )
        return not (taken_back and act["kind"] in KEPT_BY_HAND)

    def _stage(self, stage: str) -> tuple[int, bool, date]:
        records = [
            json.loads(data)
            for rest, data in self.under("stages")
            if rest.startswith(f"{stage}/") and "/records/" in rest
        ]
        latest = max((each["round"] for each in records), default=0)
        done = any(each["step"] == "done" and each["round"] == latest for each in records)
        moved = [act for act in self.in_force if act["kind"] == "postponement" and act["stage"] == stage]
        planned = self.campaign.stages[stage].last_day
        return latest, done, max(planned, date.fromisoformat(moved[-1]["last_day"])) if moved else planned

    def _closes(self) -> datetime:
        """When nobody waits for reports any more."""
        moments = [day_over(self.campaign.closes)]
        formats = [act for act in self.in_force if act["kind"] == "conference_format"]
        if formats and self.stages["unit_reports"][1] and self.stages["conference"][1]:
            moments.append(day_over(date.fromisoformat(formats[-1]["day"])))
        return min(moments)

    def _last_day(self, unit: Unit) -> date:
        stage = self.plan.stage_of(unit).id
        day = self.campaign.stages[stage].last_day
        own = False
        for act in self.in_force:
            if act["kind"] == "extension" and act["unit"] == unit.code:
                day, own = date.fromisoformat(act["last_day"]), True
            if act["kind"] == "postponement" and act["stage"] == stage:
                later = date.fromisoformat(act["last_day"])
                day = max(day, later) if own else later
        return day

    def _unit(self, unit: Unit) -> UnitCount:
        code, last_day = unit.code, self._last_day(unit)
        acts = [act for act in self.in_force if act.get("unit") == code]
        kinds = {act["kind"] for act in acts}
        receipts = {
            told["number"]: told
            for rest, data in self.under("receipts")
            if rest.startswith(f"{code}/")
            for told in [json.loads(data)]
        }
        ruled_on = {
            told["number"]: told
            for rest, data in self.under("reports")
            if rest.startswith(f"{code}/") and rest.endswith("/verdict.json")
            for told in [json.loads(data)]
        }
        verdicts = {number: told for number, told in ruled_on.items() if "ruling" in told}
        withdrawn = ruled_on.keys() - verdicts.keys()
        reviewed = {act["number"]: act["outcome"] for act in acts if act["kind"] == "review"}
        ruled = {number: reviewed.get(number, told["ruling"]) for number, told in verdicts.items()}
        counting = [
            number
            for number in sorted(ruled)
            if ruled[number] in COUNTS and verdicts[number]["kind"] != "own_review_plan"
        ]
        locked = [
            number
            for number, told in receipts.items()
            if self.plan.limits.late == "lock"
            and number not in ruled_on
            and datetime.fromisoformat(told["received_at"]) >= day_over(last_day)
        ]
        taken: dict[str, str] = {}
        back: set[tuple[str, str, datetime]] = set()
        for number in sorted(receipts):
            for file in receipts[number]["files"]:
                if number in withdrawn:
                    back.add((file["inbox_key"], file["etag"], datetime.fromisoformat(file["arrived_at"])))
                else:
                    taken[file["inbox_key"]] = file["etag"]
        folder = f"inbox/{self.end}{code}/"
        new = any(
            taken.get(key) != etag and (key, etag, at) not in back
            for key, (etag, at) in self.there.items()
            if key.startswith(folder)
        )
        unjudged = [number for number in receipts if number not in ruled_on and number not in locked]
        last = max(verdicts, default=0)
        state = self._state(kinds, ruled, counting, last, locked, waits=new or bool(unjudged))
        exempt = unit.owes is Duty.EXEMPT or "exemption" in kinds
        owes = not exempt and state in ("silent", "announced", "returned")
        closed = self.now >= max(self.closes, day_over(last_day))
        if exempt:
            progress = "exempt"
        elif counting:
            of = verdicts[counting[-1]]
            progress = "late" if of["late"] else "nil" if of["kind"] == "nil_return" else "on_time"
        else:
            progress = "missed" if closed and owes and state != "returned" else state
        if not exempt and not closed and state not in ("received", "nil") and self._asks(code, acts, last_day):
            self.asking.add(code)
        return UnitCount(
            progress=progress,
            last_day=last_day,
            sent=len(receipts.keys() - withdrawn),
            accepted=counting[-1] if counting else None,
            to_chase=owes and not closed,
            overdue=owes and not closed and self.now >= day_over(last_day),
            missed=owes and closed,
        )

    @staticmethod
    def _state(
        kinds: set[str], ruled: dict[int, str], counting: list[int], last: int, locked: list[int], *, waits: bool
    ) -> str:
        """Whose turn it is, whatever counts."""
        if waits:
            return "pending"
        if ruled.get(last) == "referred":
            return "referred"
        if ruled.get(last) == "returned" and not any(number > last for number in locked):
            return "returned"
        if counting:
            return "received"
        if "nil_return" in kinds:
            return "nil"
        if locked:
            return "locked"
        return "announced" if last else "silent"

    def _asks(self, unit: str, acts: list[Told], last_day: date) -> bool:
        asked = sorted((each for each in self._beside("requests") if each["unit"] == unit), key=lambda each: each["at"])
        if not asked:
            return False
        at, wanted = datetime.fromisoformat(asked[-1]["at"]), date.fromisoformat(asked[-1]["last_day"])
        answered = any(act["kind"] in ANSWERS and datetime.fromisoformat(act["decided_at"]) >= at for act in acts)
        return not answered and last_day < wanted and self.now.date() <= wanted

    def _waits(self, unit: str) -> bool:
        said: defaultdict[int | None, list[tuple[datetime, bool, bool]]] = defaultdict(list)
        for told in self._beside("messages"):
            if told["unit"] == unit:
                said[told["number"]].append((datetime.fromisoformat(told["at"]), True, told["asks"]))
        for act in self.in_force:
            if act["kind"] == "message" and act["unit"] == unit and act["manner"] != "internal":
                said[act["number"]].append((datetime.fromisoformat(act["decided_at"]), False, False))
        return any(_open(sorted(lines)) for lines in said.values())


def _open(lines: list[tuple[datetime, bool, bool]]) -> bool:
    asked = False
    for _, by_unit, asks in lines:
        asked = by_unit and (asked or asks)
    return asked
