"""Decisions in words: what each is about, what it says, and whether it was taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from soket.plan.model import Plan, StageName
from soket.record.decisions import (
    Appraisal,
    ConferenceFormat,
    Decision,
    Extension,
    Mute,
    Postponement,
    Reopening,
    Review,
    Undo,
)
from soket.record.records import Ruling
from soket.record.register import Register
from soket.record.words import APPRAISALS, DECISIONS, FORMATS, RULINGS
from soket.text import format_date


@dataclass(frozen=True)
class DecisionLine:
    """An act of an official, in words."""

    act: Decision
    kind: str
    subject: str  # the unit or stage it is about
    unit: str | None  # the unit's code, where it is about one
    content: str
    undone_by: str | None = None  # id of the act that takes it back


def decision_line(plan: Plan, act: Decision) -> DecisionLine:
    """Return an act in words."""
    unit = getattr(act, "unit", None)
    names = {unit.code: unit.name for unit in plan.units} | {office.code: office.name for office in plan.offices}
    content, subject = "", names.get(unit, unit) if unit else ""
    match act:
        case Extension():
            content = f"đến hết ngày {format_date(act.last_day)}"
        case Review():
            content = f"lần nộp {act.number}: {RULINGS[Ruling(act.outcome)].label}"
        case Postponement():
            subject, content = plan.stages[act.stage].title, f"đến hết ngày {format_date(act.last_day)}"
        case Reopening():
            subject = plan.stages[act.stage].title
        case Mute():
            subject = names.get(act.addressee, act.addressee)
            content = f"đến hết ngày {format_date(act.last_day)}"
        case Undo():
            content = f"hủy {act.undoes}"
        case Appraisal():
            subject, content = f"Dự thảo vòng {act.round}", APPRAISALS[act.outcome].label
        case ConferenceFormat():
            subject = plan.stages[StageName.CONFERENCE].title
            content = f"{FORMATS[act.format].label}, ngày {format_date(act.day)}, {act.place}"
    return DecisionLine(act, DECISIONS[act.kind].label, subject, unit, content)


def decision_lines(plan: Plan, register: Register) -> list[DecisionLine]:
    """Return every decision of a campaign in words, the latest first; an undo is about what its act was about."""
    acts = register.acts
    lines = []
    for act in reversed(register.decisions):
        line, about = decision_line(plan, act), decision_line(plan, acts.subject_of(act))
        taken_back = acts.undone_by[act.id].id if acts.is_undone(act) else None
        lines.append(replace(line, subject=about.subject, unit=about.unit, undone_by=taken_back))
    return lines
