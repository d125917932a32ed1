"""Acts of officials that are entered by hand: each becomes one decision on the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from soket.record.keeping import file_decision, read_register
from soket.record.workspace import Workspace
from soket.stages.act_blanks import BLANKS, Value
from soket.stages.act_table import ACTS, ALWAYS, Act
from soket.stages.refusing import Actor, ActRefusedError, check_right, kept_when_refused

_TITLES = {blank.name: blank.title for blank in BLANKS}


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
    missing = [blank.title for blank in (*act.needs, *ALWAYS) if blank.name not in filled]
    if act.one_of and not chosen:
        missing.insert(0, " hoặc ".join(blank.title for blank in act.one_of))
    if missing:
        raise ActRefusedError(f"Chưa điền: {', '.join(missing)}.")
    if len(chosen) > 1:
        raise ActRefusedError(f"Chỉ điền một trong hai: {', '.join(blank.title for blank in act.one_of)}.")
    return {blank.name: blank.read(workspace, filled[blank.name]) for blank in act.blanks if blank.name in filled}


def _digest(entry: str) -> str:
    return hashlib.sha256(entry.encode()).hexdigest()[:10]
