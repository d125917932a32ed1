"""What units and officials do in a campaign, as drawn by lot, and what is true of it at any moment.

What is true is told here from the story alone, without the register.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from soket.clock import VIETNAM
from soket.faults import Fault
from soket.plan.model import Campaign, Plan, Severity, Unit
from soket.record.decisions import Decision, Exemption, Extension, Mute, NilReturn, Postponement, Promise, Undo
from soket.record.records import Receipt, Ruling, Submission, Verdict

INSTANT = timedelta(microseconds=1)
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


@dataclass(frozen=True, order=True)
class Act:
    """Something decided, and when it was taken back and given again, in turn."""

    at: datetime
    last_day: date = date.min
    turns: tuple[datetime, ...] = ()

    def moments(self, now: datetime) -> list[datetime]:
        """Return when it was spoken of so far."""
        return [each for each in (self.at, *self.turns) if each <= now]

    def holds(self, now: datetime) -> bool:
        return len(self.moments(now)) % 2 == 1


@dataclass
class UnitLife:
    """What one unit did, and what was decided of it."""

    sendings: list[Sending] = field(default_factory=list)
    extensions: list[Act] = field(default_factory=list)
    exemptions: list[Act] = field(default_factory=list)
    nils: list[Act] = field(default_factory=list)
    promises: list[Act] = field(default_factory=list)


@dataclass
class Life:
    """A campaign's whole story."""

    plan: Plan
    campaign: Campaign
    units: dict[str, UnitLife]
    postponements: list[Act]
    mutes: dict[str, list[Act]]  # by unit or office

    @classmethod
    def by_lot(cls, plan: Plan, chance: Random) -> Life:
        """Draw a story."""
        campaign = plan.campaigns[0]
        hours = int((campaign.end - campaign.start).total_seconds() // 3600)

        def moment(after: datetime = campaign.start) -> datetime:
            left = max(int((campaign.end - after).total_seconds() // 3600), 1)
            return after + timedelta(hours=chance.randrange(left), minutes=chance.choice((11, 17, 29, 43)))

        def act(days: int = 0, at: datetime | None = None) -> Act:
            at = at or moment()
            last = min(at.date() + timedelta(days=chance.randint(0, days)), campaign.closes)
            turns = [at]
            for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
                turns.append(moment(turns[-1]) + timedelta(minutes=1))
            return Act(at, last, tuple(turns[1:]))

        lives = {}
        for unit in plan.units:
            life = lives[unit.code] = UnitLife()
            at = campaign.start
            for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 3))):
                sent = moment(at)
                judged = sent + timedelta(minutes=chance.choice((0, 10, 600)))
                life.sendings.append(Sending(sent, judged, chance.choice(list(Ruling))))
                at = judged + timedelta(hours=1)
            life.extensions = sorted(act(max(hours // 100, 3)) for _ in range(chance.choice((0, 0, 0, 1, 2))))
            life.exemptions = [act() for _ in range(chance.random() < 0.1)]
            life.nils = [act() for _ in range(chance.random() < 0.1)]
            life.promises = sorted(act(8) for _ in range(chance.choice((0, 0, 1, 2))))
        postponements = []
        last = campaign.stages["unit_reports"].last_day
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            decided = campaign.start + timedelta(hours=chance.randrange(hours // 2), minutes=37)
            last = max(last, decided.date()) + timedelta(days=chance.choice((1, 3, 5, 8)))
            postponements.append(replace(act(at=decided), last_day=min(last, campaign.closes)))
        postponements.sort()
        addressees = [*(unit.code for unit in plan.units), *(office.code for office in plan.offices)]
        mutes = {code: [act(max(hours // 50, 3))] for code in addressees if chance.random() < 0.15}
        return cls(plan, campaign, lives, postponements, mutes)

    # --- what is true ---

    def standing(self, code: str, now: datetime) -> str:
        """Say where a unit stands: owes, returned, sent or free."""
        life = self.units[code]
        if _any_holds(life.exemptions, now):
            return "free"
        sent = [each for each in life.sendings if each.sent <= now]
        if sent:
            last = sent[-1]
            return "returned" if last.judged <= now and last.ruling is Ruling.RETURNED else "sent"
        return "free" if _any_holds(life.nils, now) else "owes"

    def owes(self, code: str, now: datetime) -> bool:
        return self.standing(code, now) in ("owes", "returned")

    def last_day(self, code: str, now: datetime) -> date:
        act = self._dating(code, now)
        return act.last_day if act else self.campaign.stages["unit_reports"].last_day

    def _dating(self, code: str, now: datetime) -> Act | None:
        """Return the act that a unit has its date from; None where it is the plan's."""
        granted = [act for act in self.units[code].extensions if act.holds(now)][-1:]
        postponed = [act for act in self.postponements if act.holds(now)][-1:]
        for own, common in zip(granted, postponed, strict=False):
            # More time for everyone is more time for whoever had asked for some before.
            if own.at <= common.moments(now)[-1] and own.last_day < common.last_day:
                return common
        return next(iter((*granted, *postponed)), None)

    def late(self, code: str, now: datetime) -> bool:
        return self.owes(code, now) and now.date() > self.last_day(code, now)

    def muted(self, addressee: str, now: datetime) -> bool:
        return any(act.holds(now) and now.date() <= act.last_day for act in self.mutes.get(addressee, ()))

    def date_news(self, code: str, now: datetime) -> list[tuple[datetime, bool]]:
        """Return when a unit's date was moved, or it came to owe again, by time; and whether that took back."""
        life = self.units[code]
        news = [
            (at, number % 2 == 1)
            for act in (*life.extensions, *self.postponements)
            for number, at in enumerate(act.moments(now))
            if self._dating(code, at) != self._dating(code, at - INSTANT)
        ]
        freed = [act for act in (*life.exemptions, *life.nils) if not act.holds(now)]
        news += [(at, True) for act in freed for at in act.moments(now)[1:]]
        return sorted(news)

    def told(self, code: str, now: datetime) -> datetime:
        """Say when a unit was last given a date, or a report back."""
        moments = [self.campaign.stages["unit_reports"].opening, *(at for at, _ in self.date_news(code, now))]
        if self.standing(code, now) == "returned":
            moments.append([each.judged for each in self.units[code].sendings if each.sent <= now][-1])
        return max(moments)

    def promised(self, code: str, now: datetime) -> Act | None:
        """Return what a unit that owes something promised last, if it was told nothing of its date since."""
        given = [act for act in self.units[code].promises if act.holds(now)][-1:]
        return next((act for act in given if self.owes(code, now) and act.at >= self.told(code, now)), None)

    def left_alone(self, code: str, now: datetime) -> bool:
        act = self.promised(code, now)
        return act is not None and now.date() <= act.last_day

    # --- the same, as records ---

    def records(self) -> list[tuple[datetime, str, Any]]:
        """Return every record with the moment it comes to be and its unit ("" for none), in order of time."""
        found: list[tuple[datetime, str, Any]] = []
        for unit in self.plan.units:
            found += self._of_unit(unit)
        for number, act in enumerate(self.postponements):
            base = _act(f"postponement-{number}", act.at)
            decision = Postponement(**base, stage="unit_reports", last_day=act.last_day)
            found += [(each.decided_at, "", each) for each in _with_undos(act, decision)]
        for addressee, mutes in self.mutes.items():
            whom = {"unit" if addressee in self.units else "office": addressee}
            for number, act in enumerate(mutes):
                muting = Mute(**_act(f"mute-{addressee}-{number}", act.at), **whom, last_day=act.last_day)
                found += [(each.decided_at, "", each) for each in _with_undos(act, muting)]
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
        acts: list[Decision] = []
        for number, act in enumerate(life.extensions):
            granted = Extension(**_act(f"extension-{code}-{number}", act.at), unit=code, last_day=act.last_day)
            acts += _with_undos(act, granted)
        for number, act in enumerate(life.promises):
            given = Promise(
                **_act(f"promise-{code}-{number}", act.at), unit=code, last_day=act.last_day, person="Chánh Văn phòng"
            )
            acts += _with_undos(act, given)
        for act in life.exemptions:
            acts += _with_undos(act, Exemption(**_act(f"exemption-{code}", act.at), unit=code))
        for act in life.nils:
            acts += _with_undos(act, NilReturn(**_act(f"nil-{code}", act.at), unit=code))
        return found + [(act.decided_at, code, act) for act in acts]


def _any_holds(acts: list[Act], now: datetime) -> bool:
    return any(act.holds(now) for act in acts)


def _with_undos(act: Act, decision: Decision) -> list[Decision]:
    """Return a decision and what took it back, what took that back, and so on."""
    chain = [decision]
    for number, at in enumerate(act.turns):
        chain.append(Undo(**_act(f"undo-{number}-{decision.id}", at), undoes=chain[-1].id))
    return chain


def _act(code: str, at: datetime) -> dict[str, Any]:
    return {"id": code, "decided_at": at, "account": "tuyengiao", "granted_by": "Trưởng ban", "reason": "Chống dịch."}
