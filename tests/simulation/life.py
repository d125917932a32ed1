"""What units and officials do in a campaign, as drawn by lot, and what is true of it at any moment.

What is true is told here from the story alone, without the register.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from soket.campaign.decisions import Decision, Exemption, Extension, NilReturn, Postponement
from soket.campaign.records import Fault, Receipt, Ruling, Submission, Verdict
from soket.clock import VIETNAM
from soket.plan.model import Campaign, Plan, Severity, StageName, Unit

BROKEN = Fault(code="SL-TONG", severity=Severity.CRITICAL, message="Tổng không khớp.")
ODD = Fault(code="SL-TANG", severity=Severity.WARNING, message="Tăng nhiều.")
SCANNED = Fault(code="TEP-23", severity=Severity.REFER, message="Chỉ có bản quét.")
FAULTS = {
    Ruling.ACCEPTED: (),
    Ruling.ACCEPTED_WITH_WARNINGS: (ODD,),
    Ruling.REFERRED: (SCANNED,),
    Ruling.RETURNED: (BROKEN,),
}


@dataclass(frozen=True)
class Sending:
    """One submission and its fate."""

    sent: datetime
    judged: datetime
    ruling: Ruling


@dataclass
class UnitLife:
    """What one unit did, and what was decided of it."""

    sendings: list[Sending] = field(default_factory=list)
    extensions: list[tuple[datetime, date]] = field(default_factory=list)
    exempt: datetime | None = None
    nil: datetime | None = None


@dataclass
class Life:
    """A campaign's whole story."""

    plan: Plan
    campaign: Campaign
    units: dict[str, UnitLife]
    postponements: list[tuple[datetime, date]]

    @classmethod
    def by_lot(cls, plan: Plan, chance: Random) -> Life:
        """Draw a story."""
        campaign = plan.campaigns[0]
        hours = int((campaign.end - campaign.start).total_seconds() // 3600)

        def moment(after: datetime = campaign.start) -> datetime:
            left = max(int((campaign.end - after).total_seconds() // 3600), 1)
            return after + timedelta(hours=chance.randrange(left), minutes=chance.choice((11, 17, 29, 43)))

        lives = {}
        for unit in plan.units:
            life = lives[unit.code] = UnitLife()
            at = campaign.start
            for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 3))):
                sent = moment(at)
                judged = sent + timedelta(minutes=chance.choice((0, 10, 600)))
                life.sendings.append(Sending(sent, judged, chance.choice(list(Ruling))))
                at = judged + timedelta(hours=1)
            for _ in range(chance.choice((0, 0, 0, 1, 2))):
                granted = moment()
                last = granted.date() + timedelta(days=chance.randint(0, max(hours // 100, 3)))
                life.extensions.append((granted, min(last, campaign.closes)))
            life.extensions.sort()
            if chance.random() < 0.07:
                life.exempt = moment()
            if chance.random() < 0.07:
                life.nil = moment()
        postponements = []
        if chance.random() < 0.3:
            decided = campaign.start + timedelta(hours=chance.randrange(hours // 2), minutes=37)
            last = max(campaign.stages[StageName.UNIT_REPORTS].last_day, decided.date()) + timedelta(days=5)
            postponements.append((decided, min(last, campaign.closes)))
        return cls(plan, campaign, lives, postponements)

    # --- what is true ---

    def standing(self, code: str, now: datetime) -> str:
        """Say where a unit stands: owes, returned, sent or free."""
        life = self.units[code]
        if life.exempt and life.exempt <= now:
            return "free"
        sent = [each for each in life.sendings if each.sent <= now]
        if sent:
            last = sent[-1]
            return "returned" if last.judged <= now and last.ruling is Ruling.RETURNED else "sent"
        return "free" if life.nil and life.nil <= now else "owes"

    def owes(self, code: str, now: datetime) -> bool:
        return self.standing(code, now) in ("owes", "returned")

    def last_day(self, code: str, now: datetime) -> date:
        granted = [last for at, last in self.units[code].extensions if at <= now]
        postponed = [last for at, last in self.postponements if at <= now]
        return [self.campaign.stages[StageName.UNIT_REPORTS].last_day, *postponed, *granted][-1]

    def late(self, code: str, now: datetime) -> bool:
        return self.owes(code, now) and now.date() > self.last_day(code, now)

    def told(self, code: str, now: datetime) -> datetime:
        """Say when a unit was last given a date, or a report back."""
        moments = [self.campaign.stages[StageName.UNIT_REPORTS].opening]
        granted = [at for at, _ in self.units[code].extensions if at <= now]
        moments += granted or [at for at, _ in self.postponements if at <= now]
        if self.standing(code, now) == "returned":
            moments.append([each.judged for each in self.units[code].sendings if each.sent <= now][-1])
        return max(moments)

    # --- the same, as records ---

    def records(self) -> list[tuple[datetime, str, Any]]:
        """Return every record with the moment it comes to be and its unit ("" for none), in order of time."""
        found: list[tuple[datetime, str, Any]] = []
        for unit in self.plan.units:
            found += self._of_unit(unit)
        for number, (at, last) in enumerate(self.postponements):
            act = Postponement(**_act(f"postponement-{number}", at), stage=StageName.UNIT_REPORTS, last_day=last)
            found.append((at, "", act))
        return sorted(found, key=lambda each: each[0])

    def _of_unit(self, unit: Unit) -> list[tuple[datetime, str, Any]]:
        life, code = self.units[unit.code], unit.code
        found: list[tuple[datetime, str, Any]] = []
        for number, each in enumerate(life.sendings, start=1):
            day = self.last_day(code, each.sent) + timedelta(days=1)
            deadline = datetime.combine(day, datetime.min.time(), VIETNAM)
            found.append(
                (
                    each.sent,
                    code,
                    Receipt(unit=code, number=number, received_at=each.sent, deadline=deadline, files=()),
                )
            )
            verdict = Verdict(
                unit=code,
                number=number,
                kind=Submission.REPORT,
                ruling=each.ruling,
                late=each.sent >= deadline,
                judged_at=each.judged,
                faults=FAULTS[each.ruling],
            )
            found.append((each.judged, code, verdict))
        acts: list[tuple[datetime, Decision]] = [
            (at, Extension(**_act(f"extension-{code}-{number}", at), unit=code, last_day=last))
            for number, (at, last) in enumerate(life.extensions)
        ]
        if life.exempt:
            acts.append((life.exempt, Exemption(**_act(f"exemption-{code}", life.exempt), unit=code)))
        if life.nil:
            acts.append((life.nil, NilReturn(**_act(f"nil-{code}", life.nil), unit=code)))
        return found + [(at, code, act) for at, act in acts]


def _act(code: str, at: datetime) -> dict[str, Any]:
    return {"id": code, "decided_at": at, "account": "tuyengiao", "granted_by": "Trưởng ban", "reason": "Chống dịch."}
