"""Which acts may be entered from the board, by whom and about what, and the fields of their forms; pure.

Everything comes from the table of acts: an act that is new there appears here by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from soket.plan.model import Plan, Stage
from soket.record.register import Register
from soket.record.words import DECISIONS
from soket.record.workspace import Workspace
from soket.stages.act_blanks import NUMBER, OFFICE, STAGE, UNDOES, UNIT, Blank
from soket.stages.act_table import ACTS, ALWAYS, Act
from soket.stages.actions import UNITS, title_of
from soket.stages.offering import Offered
from soket.stages.refusing import Actor, may_do
from soket.text import format_date

Filled = dict[str, str]
"""A form as it is filled in, by the names of the blanks; several units stand under `units`, divided by commas."""

_LONG = 500  # characters that want more than a line
_FEW = 4  # choices that stand beside each other

Shape = Literal["line", "text", "day", "number", "choice", "few", "several"]
_SHAPES: Mapping[str, Shape] = {"text": "line", "day": "day", "number": "number"}


@dataclass(frozen=True)
class ActLink:
    """An act that makes sense about what was chosen, and where its form is."""

    name: str
    label: str
    address: str
    only: str = ""  # whose it is, or what stands against it, where it is not the viewer's to do


@dataclass(frozen=True)
class FormField:
    """One field of an act's form."""

    name: str
    title: str
    kind: Shape
    value: str = ""
    note: str = ""
    required: bool = False
    optional: str = "không bắt buộc"  # or when it is not
    longest: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    earliest: str = ""
    latest: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen of several."""
        return tuple(self.value.replace(",", " ").split())


def read_filled(given: Iterable[tuple[str, str]]) -> Filled:
    """Return a form of what an address or a browser's form holds: what stands there often is divided by commas."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        if value.strip():
            values.setdefault(name, []).append(value.strip().replace("\r\n", "\n"))
    told = [*values.pop(UNIT.name, []), *values.pop(UNITS, [])]
    units = list(dict.fromkeys(code for text in told for code in _codes(text)))
    filled = {name: ", ".join(several) for name, several in values.items()}
    if units:
        filled[UNIT.name if len(units) == 1 else UNITS] = ",".join(units)
    return filled


def as_conf(act: Act[Any], filled: Mapping[str, str]) -> dict[str, str | int]:
    """Return a form that was checked as the DAG of acts takes it: what is a number there is one."""
    numbers = {blank.name for blank in act.blanks if blank.kind == "number"}
    return {name: int(value) if name in numbers else value for name, value in filled.items()}


def units_of(filled: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units that a form is about."""
    return tuple(_codes(filled.get(UNIT.name) or filled.get(UNITS) or ""))


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()


def acts_about(filled: Mapping[str, str]) -> list[Act[Any]]:
    """Return the acts that make sense about what is chosen: units, an office, a stage, a decision; else all."""
    subject = next((blank for blank in (UNDOES, STAGE, OFFICE) if filled.get(blank.name)), None)
    if units := units_of(filled):
        subject = UNIT
    found = [act for act in ACTS.values() if subject is None or subject in (*act.needs, *act.one_of)]
    return [act for act in found if len(units) < 2 or NUMBER not in act.needs]


def act_links(
    workspace: Workspace, register: Register, account: str, here: str, filled: Mapping[str, str]
) -> list[ActLink]:
    """Return what may be entered about what is chosen as the record stands, and what only others may, or nobody."""
    plan = workspace.plan
    query = urlencode({name: value for name, value in filled.items() if value})
    stage = filled.get(STAGE.name)
    again = [ActLink("rerun", "Chạy lại", f"{here}/reruns/{stage}", only_operator(plan, account))] if stage else []
    links = []
    for act in acts_about(filled):
        offered = act.offers(workspace, register, filled)
        barred = offered.barred.get(stage or "", "")
        if barred or _has_sense(act, offered, filled):
            label, address = DECISIONS[act.name].label, f"{here}/acts/{act.name}?{query}"
            links.append(ActLink(act.name, label, address, barred or only_others(plan, account, act.name)))
    return links + again


def _has_sense(act: Act[Any], offered: Offered, filled: Mapping[str, str]) -> bool:
    """Whether there is something to choose for all that an act needs, and what is chosen is among it."""
    if offered.nothing:
        return False
    given = ((filled.get(blank.name), offered.choices[blank]) for blank in act.needs if blank in offered.choices)
    return all(choices and (value is None or value in choices) for value, choices in given)


def only_others(plan: Plan, account: str, act: str, stage: Stage | None = None) -> str:
    """Return which offices alone may do an act, of a stage where it is of one, where it is not an account's to do."""
    if may_do(plan, Actor(account), act, stage):
        return ""
    names = [office.short_name for office in plan.offices_of(act, stage)]
    return f"Chỉ {', '.join(names)}" if names else "Chưa nơi nào có tài khoản"


def only_operator(plan: Plan, account: str) -> str:
    """Return whose a stage's rerun is, in words, where it is not an account's."""
    return "" if "operator" in plan.parts_of(account) else f"Chỉ {plan.office(plan.roles.operator).short_name}"


def fields_of(workspace: Workspace, register: Register, act: Act[Any], filled: Mapping[str, str]) -> list[FormField]:
    """Return the fields of an act's form; units that are chosen already are no field."""
    units = units_of(filled)
    hidden = {UNIT, OFFICE} if units else set()
    offered = act.offers(workspace, register, filled)
    return [_field(workspace, register, act, blank, filled, offered) for blank in act.blanks if blank not in hidden]


def _field(
    workspace: Workspace,
    register: Register,
    act: Act[Any],
    blank: Blank,
    filled: Mapping[str, str],
    offered: Offered,
) -> FormField:
    value = filled.get(blank.name) or offered.chosen.get(blank, "")
    choices = tuple(offered.choices.get(blank, {}).items()) or _choices(workspace, register, blank)
    (unit, *others) = units_of(filled) or ("",)
    if blank is NUMBER and not value and unit in register.units and not others:
        value = str(register.units[unit].last_number or "")
    day = blank.kind == "day"
    return FormField(
        name=blank.name,
        title=title_of(act, blank),
        kind=_shape(blank, len(choices)),
        value=value,
        note=blank.note,
        required=blank in (*act.needs, *ALWAYS, *offered.must),
        optional=offered.must_when.get(blank, "không bắt buộc"),
        longest=blank.longest,
        choices=choices,
        earliest=workspace.now.date().isoformat() if day else "",
        latest=workspace.campaign.closes.isoformat() if day else "",
    )


def _shape(blank: Blank, choices: int) -> Shape:
    if blank.listed:
        return "several"
    if choices:
        return "few" if choices <= _FEW else "choice"
    return "text" if blank.kind == "text" and blank.longest > _LONG else _SHAPES[blank.kind]


def _choices(workspace: Workspace, register: Register, blank: Blank) -> tuple[tuple[str, str], ...]:
    if blank.listed:
        return tuple(blank.listed(workspace, register).items())
    return tuple(blank.choices(workspace.plan).items()) if blank.choices else ()


def told_fields(fields: Sequence[FormField], filled: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is filled in, in words, title and value."""
    told = []
    for field in fields:
        words = dict(field.choices)
        values = field.chosen if field.kind == "several" else (filled.get(field.name, ""),)
        if any(values):
            told.append((field.title, "; ".join(words.get(each) or _in_words(field, each) for each in values)))
    return told


def _in_words(field: FormField, value: str) -> str:
    try:
        return format_date(date.fromisoformat(value)) if field.kind == "day" else value
    except ValueError:  # of which the form tells what is wrong with it
        return value


def mark_of(register: Register, filled: Mapping[str, str]) -> str:
    """Return what tells whether anything that matters to a form is otherwise than when it was looked at."""
    about = {*units_of(filled), *(filled.get(blank.name, "") for blank in (STAGE, OFFICE, UNDOES))} - {""}
    facts: list[object] = [
        act.id
        for act in register.decisions
        if about & {str(getattr(act, name, None)) for name in ("id", "unit", "stage", "office", "undoes")}
    ]
    for code in sorted(about):
        if entry := register.units.get(code):
            facts += [code, entry.standing.value, entry.last_day, entry.last_number, entry.accepted]
        if stage := register.stages.get(code):
            facts += [code, stage.last_day, stage.round, bool(stage.done)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
