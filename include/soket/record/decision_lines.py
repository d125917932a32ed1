"""Decisions in words: what each is about, what it says, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from soket.plan.model import Plan, StageKind
from soket.record.commending import Proposed
from soket.record.decisions import (
    Appraisal,
    Commendation,
    ConferenceFormat,
    Decision,
    Extension,
    Mute,
    OfficialMessage,
    PlanChange,
    Postponement,
    Promise,
    Review,
    Undo,
)
from soket.record.records import Ruling
from soket.record.register import Register
from soket.record.words import APPRAISALS, COMMENDED, DECISIONS, FORMATS, MANNERS, RULINGS
from soket.text import format_date

_SHOWN = 5  # changes of a plan


@dataclass(frozen=True)
class DecisionLine:
    """An act of an official, in words."""

    act: Decision
    kind: str
    subject: str  # the unit or stage it is about
    units: tuple[str, ...]  # the codes of those it is about: a commendation may be about several
    content: str
    entered_by: str  # the office whose account it was; an account that is no office's as it is
    undone_by: Undo | None = None  # the act that takes it back

    @property
    def unit(self) -> str | None:
        """The unit's code, where it is about one."""
        return self.units[0] if len(self.units) == 1 else None


def decision_line(plan: Plan, act: Decision, proposed: Mapping[str, Proposed] | None = None) -> DecisionLine:
    """Return an act in words; `proposed`: who they are that a commendation is about, by their proposals' ids."""
    unit = getattr(act, "unit", None)
    names = {unit.code: unit.name for unit in plan.units} | {office.code: office.name for office in plan.offices}
    titles = {stage.id: stage.title for stage in plan.stages}
    stage = getattr(act, "stage", None) or ""
    about = getattr(act, "addressee", unit)  # of a mute it may be an office
    units: tuple[str, ...] = (unit,) if unit else ()
    content, subject = "", names.get(about, about) if about else titles.get(stage, stage)
    match act:
        case Extension() | Postponement() | Mute():
            content = f"đến hết ngày {format_date(act.last_day)}"
        case Promise():
            content = f"hẹn gửi trong ngày {format_date(act.last_day)} ({act.person})"
        case OfficialMessage():
            about = f"lần nộp {act.number}" if act.number else ""
            content = ", ".join(filter(None, (MANNERS[act.manner].phrase, about, act.about)))
        case Review():
            content = f"lần nộp {act.number}: {RULINGS[Ruling(act.outcome)].label}"
        case Appraisal():
            subject, content = f"Dự thảo vòng {act.round}", APPRAISALS[act.outcome].label
            if len(plan.stages_of(StageKind.APPRAISE)) > 1:
                subject = f"{titles.get(act.stage or '', act.stage)}: dự thảo vòng {act.round}"
        case ConferenceFormat():
            content = f"{FORMATS[act.format].label}, ngày {format_date(act.day)}, {act.place}"
        case Commendation():
            units = tuple(dict.fromkeys(proposed[code].unit for code in act.proposals if proposed and code in proposed))
            subject = "; ".join(names.get(each, each) for each in units)
            content = f"{COMMENDED[act.conclusion].label}: {'; '.join(_named(act, proposed or {}))}"
        case PlanChange():
            content = _changes(act)
    entered_by = names_of_accounts(plan).get(act.account, act.account)
    return DecisionLine(act, DECISIONS[act.kind].label, subject, units, content, entered_by)


def _named(act: Commendation, proposed: Mapping[str, Proposed]) -> list[str]:
    return [f"{proposed[code].name} ({code})" if code in proposed else code for code in act.proposals]


def _changes(act: PlanChange) -> str:
    more = [f"… và {len(act.changes) - _SHOWN} thay đổi khác"] if len(act.changes) > _SHOWN else []
    return "; ".join([*(each.title for each in act.changes[:_SHOWN]), *more])


def names_of_accounts(plan: Plan) -> dict[str, str]:
    """Return whose each account is that the plan knows."""
    return {office.account: office.name for office in plan.offices if office.account}


def decision_lines(
    plan: Plan, register: Register, proposed: Mapping[str, Proposed] | None = None
) -> list[DecisionLine]:
    """Return every decision of a campaign in words, the latest first; an undo is about what its act was about."""
    acts = register.acts
    told = {act.id: decision_line(plan, act, proposed) for act in register.decisions}
    lines = []
    for act in reversed(register.decisions):
        line, about = told[act.id], told[acts.subject_of(act).id]
        undone_by = acts.undone_by[act.id] if acts.is_undone(act) else None
        if isinstance(act, Undo) and (undone := told.get(act.undoes)):
            line = replace(line, content=f"hủy “{': '.join(filter(None, [undone.kind, undone.content]))}”")
        lines.append(replace(line, subject=about.subject, units=about.units, undone_by=undone_by))
    return lines
