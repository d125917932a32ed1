"""Acts of officials that are entered by hand: each becomes one decision on the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from soket.record.decisions import Decision
from soket.record.filing import file_decision
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.act_blanks import BLANKS, LAST_DAY, REASON, UNIT, Blank, Value
from soket.stages.act_table import ACTS, ALWAYS, Act
from soket.stages.refusing import Actor, ActRefusedError, NoRightError, check_right, kept_when_refused

UNITS = "units"  # of a form: the codes of several units, for each of which the act is entered
MOST_UNITS = 300

_TITLES = {blank.name: blank.title for blank in BLANKS}


def title_of(act: Act[Any], blank: Blank) -> str:
    """Return what a blank is called on the form of an act."""
    return {LAST_DAY: act.day, REASON: act.says}.get(blank) or blank.title


@dataclass(frozen=True)
class ActEntry:
    """One act to be entered: what names it among all, and its form."""

    name: str
    form: Mapping[str, Any]

    @property
    def unit(self) -> str:
        """The unit that it is about; empty where it is about none."""
        return str(self.form.get(UNIT.name) or "")

    def recorded(self, register: Register) -> Decision | None:
        """Return the decision that came of it; None while none is on record."""
        return next((act for act in register.decisions if act.id.endswith(f"-{_digest(self.name)}")), None)


@dataclass(frozen=True)
class Entered:
    """What came of one act that was entered."""

    entry: ActEntry
    note: str
    refused: bool = False


def entries_of(form: Mapping[str, Any], name: str) -> tuple[ActEntry, ...]:
    """Return the acts that a form enters: one, or one for each of its units; `name` names the form."""
    several = str(form.get(UNITS) or "").replace(",", " ").split()
    if not several:
        return (ActEntry(name, form),)
    one = {key: value for key, value in form.items() if key != UNITS}
    return tuple(ActEntry(f"{name} {unit}", {**one, UNIT.name: unit}) for unit in dict.fromkeys(several))


def record_acts(
    workspace: Workspace, *, form: Mapping[str, Any], entry: str, actor: Actor, entered_at: datetime | None = None
) -> tuple[Entered, ...]:
    """Enter a form that may be for several units: each gets its own record, or is refused by itself.

    Raises ActRefusedError where nothing of it is entered.
    """
    entries = entries_of(form, entry)
    if len(entries) > MOST_UNITS:
        raise ActRefusedError(f"Mỗi lần chỉ ghi được cho nhiều nhất {MOST_UNITS} đơn vị. Chia thành nhiều lần.")
    found = []
    for each in entries:
        try:
            note = record_act(workspace, form=each.form, entry=each.name, actor=actor, entered_at=entered_at)
        except NoRightError:
            raise  # to the others no less
        except ActRefusedError as refusal:
            found.append(Entered(each, str(refusal), refused=True))
        else:
            found.append(Entered(each, note))
    if all(each.refused for each in found):
        raise ActRefusedError(" ".join(dict.fromkeys(each.note for each in found)))
    return tuple(found)


def record_act(
    workspace: Workspace, *, form: Mapping[str, Any], entry: str, actor: Actor, entered_at: datetime | None = None
) -> str:
    """Check who acts and the form, and file its decision; `entry` names the entry, so that the same one is filed once.

    It was decided when it was entered, in real time, however long it took to come here.

    What is refused raises ActRefusedError, and is kept as refused.
    """
    with kept_when_refused(workspace, actor, str(form.get("act") or ""), entry):
        return _record(workspace, form, entry, actor, workspace.moment(entered_at))


def _record(workspace: Workspace, form: Mapping[str, Any], entry: str, actor: Actor, at: datetime) -> str:
    filled = _filled(form)
    name = filled.get("act", "")
    if name not in ACTS:
        raise ActRefusedError(f"Không có việc «{name}». Chọn một trong: {', '.join(ACTS)}.")
    act = ACTS[name]
    check_right(workspace.plan, actor, name, act.title)
    values = _values(workspace, act, filled)
    about = str(next(iter(values.values()))).partition("-")[0]  # of an undo the kind of what it takes back
    identity = {"id": f"{name}-{about}-{_digest(entry)}", "decided_at": at, "account": str(actor)}
    decision = act.decision.model_validate({**identity, **values})
    register = read_register(workspace)
    if decision.id in {each.id for each in register.decisions}:  # entered before: a step that runs again
        return f"Đã có quyết định «{decision.id}»."
    act.check(workspace, register, decision, actor)
    return f"Đã ghi quyết định «{file_decision(workspace, decision).id}»."


def _filled(form: Mapping[str, Any]) -> dict[str, str]:
    """Return what is filled in, without blanks; a program may send what no form would."""
    filled = {}
    for name, value in form.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            what = _TITLES.get(name, name)
            raise ActRefusedError(f"Điền chưa đúng: {what} phải là chữ hoặc số, không phải «{value}».")
        text = "" if value is None else str(value).strip()
        if text != text.encode(errors="ignore").decode():  # half a character, which no record can hold
            raise ActRefusedError(f"Điền chưa đúng: {_TITLES.get(name, name)} có ký tự hỏng. Gõ lại mục ấy.")
        if text:
            filled[name] = text
    return filled


def _values(workspace: Workspace, act: Act[Any], filled: Mapping[str, str]) -> dict[str, Value]:
    """Return what the act takes of a form, what it is about first; raise ActRefusedError naming what is missing."""
    chosen = [blank for blank in act.one_of if blank.name in filled]
    missing = [title_of(act, blank) for blank in (*act.needs, *ALWAYS) if blank.name not in filled]
    if act.one_of and not chosen:
        missing.insert(0, " hoặc ".join(blank.title for blank in act.one_of))
    if missing:
        raise ActRefusedError(f"Chưa điền: {', '.join(missing)}.")
    if len(chosen) > 1:
        raise ActRefusedError(f"Chỉ điền một trong hai: {', '.join(blank.title for blank in act.one_of)}.")
    named = (replace(blank, title=title_of(act, blank)) for blank in act.blanks if blank.name in filled)
    return {blank.name: blank.read(workspace, filled[blank.name]) for blank in named}


def _digest(entry: str) -> str:
    return hashlib.sha256(entry.encode()).hexdigest()[:10]
