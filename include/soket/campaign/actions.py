"""Acts of officials that are entered by hand: each becomes one decision on the record."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from soket.campaign.reading import file_decision, read_register
from soket.campaign.records import Decision, Extension, Postponement, Review, Ruling
from soket.campaign.workspace import Workspace
from soket.plan.model import Duty, StageName
from soket.text import format_date

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)

# The form's own words for what each act needs.
_FIELDS = {
    "extension": ("unit", "last_day"),
    "exemption": ("unit",),
    "nil_return": ("unit",),
    "review": ("unit", "number", "outcome"),
    "retry": ("unit",),
    "postponement": ("stage", "last_day"),
    "reopening": ("stage",),
}
_WORDS = {
    "unit": "Đơn vị",
    "stage": "Giai đoạn",
    "number": "Lần nộp",
    "outcome": "Kết quả xem xét",
    "last_day": "Hạn mới",
    "reason": "Lý do",
    "granted_by": "Người cho phép",
}


class ActRefusedError(ValueError):
    """The form does not make a decision; the message says what to fill in, in Vietnamese."""


def record_act(workspace: Workspace, *, form: dict[str, Any], entry: str, account: str) -> str:
    """Check a form and file its decision; `entry` names the entry, so that the same one is filed once."""
    act = form.get("act")
    if act not in _FIELDS:
        raise ActRefusedError(f"Không có việc «{act}». Chọn một trong: {', '.join(_FIELDS)}.")
    needed = (*_FIELDS[act], "reason", "granted_by")
    if missing := [_WORDS[name] for name in needed if not form.get(name)]:
        raise ActRefusedError(f"Chưa điền: {', '.join(missing)}.")
    _check_references(workspace, form)
    fields = {name: form[name] for name in needed}
    try:
        decision = _decision.validate_python(
            {
                "id": f"{act}-{form.get('unit') or form.get('stage')}-{_digest(entry)}",
                "kind": act,
                "decided_at": workspace.now,
                "account": account,
                "document_number": form.get("document_number"),
                **fields,
            }
        )
    except ValidationError as error:
        places = ", ".join(_WORDS.get(str(fault["loc"][-1]), str(fault["loc"][-1])) for fault in error.errors())
        raise ActRefusedError(f"Điền chưa đúng: {places}. Ngày viết dạng NĂM-THÁNG-NGÀY.") from error
    _check_dates(workspace, decision)
    if isinstance(decision, Review):
        _check_review(workspace, decision)
    new = file_decision(workspace, decision)
    read_register(workspace)
    return f"{'Đã ghi' if new else 'Đã có'} quyết định «{decision.id}»."


def _check_references(workspace: Workspace, form: dict[str, Any]) -> None:
    plan = workspace.plan
    if form.get("unit") and form["unit"] not in {unit.code for unit in plan.units}:
        raise ActRefusedError(f"Không có đơn vị «{form['unit']}» trong kế hoạch.")
    if form.get("stage") and form["stage"] not in set(StageName):
        raise ActRefusedError(f"Không có giai đoạn «{form['stage']}». Có: {', '.join(StageName)}.")


def _check_dates(workspace: Workspace, decision: Decision) -> None:
    """Refuse a date that the campaign does not reach, or that is over already."""
    if isinstance(decision, Extension):
        unit = workspace.plan.unit(decision.unit)
        if unit.owes is Duty.EXEMPT:
            raise ActRefusedError(f"{unit.name} được miễn báo cáo, không cần gia hạn.")
        day: date = decision.last_day
    elif isinstance(decision, Postponement):
        day = decision.last_day
    else:
        return
    if not workspace.now.date() <= day <= workspace.campaign.closes:
        raise ActRefusedError(
            f"Hạn mới {format_date(day)} phải từ {format_date(workspace.now.date())} đến "
            f"{format_date(workspace.campaign.closes)} (ngày cuối của đợt)."
        )


def _check_review(workspace: Workspace, review: Review) -> None:
    """Refuse a review of what was not left to a person."""
    entry = read_register(workspace).units[review.unit]
    referred = [verdict.number for verdict in entry.verdicts if verdict.ruling is Ruling.REFERRED]
    if review.number not in referred:
        known = ", ".join(map(str, referred)) or "không có"
        raise ActRefusedError(
            f"Lần nộp {review.number} của {workspace.plan.unit(review.unit).name} không thuộc diện chuyển cán bộ xem. "
            f"Các lần nộp chuyển cán bộ xem: {known}."
        )


def _digest(entry: str) -> str:
    return hashlib.sha256(entry.encode()).hexdigest()[:10]
