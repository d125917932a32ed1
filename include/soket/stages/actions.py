"""Acts of officials that are entered by hand: each becomes one decision on the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from soket.plan.model import Duty, StageName
from soket.record.acts import UNDOABLE, Acts
from soket.record.decisions import Decision, Extension, Mute, Postponement, Review, Undo
from soket.record.keeping import file_decision, read_register
from soket.record.records import Ruling
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, ActRefusedError, check_right, kept_when_refused
from soket.text import format_date

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)

ACTS = {
    "extension": "Gia hạn cho một đơn vị",
    "exemption": "Miễn báo cáo cho một đơn vị",
    "nil_return": "Ghi nhận đơn vị không có nội dung báo cáo",
    "review": "Kết luận bộ hồ sơ đã chuyển cán bộ xem",
    "retry": "Chấm lại ngay hồ sơ hệ thống chưa chấm được",
    "postponement": "Lùi thời hạn của một giai đoạn",
    "reopening": "Mở lại một giai đoạn",
    "mute": "Tạm ngừng thư nhắc, đôn đốc, bản tin cho một đơn vị hoặc cơ quan",
    "undo": "Hủy một quyết định đã ghi",
}
OUTCOMES = {"accepted": "Tiếp nhận", "returned": "Trả lại"}

# The form's own words for what an act may need.
WORDS = {
    "unit": "Đơn vị",
    "office": "Cơ quan",
    "stage": "Giai đoạn",
    "last_day": "Hạn mới, hoặc ngày cuối tạm ngừng thư (hết ngày)",
    "number": "Lần nộp",
    "outcome": "Kết quả xem xét",
    "undoes": "Mã quyết định cần hủy",
    "reason": "Lý do",
    "granted_by": "Người cho phép",
    "document_number": "Số văn bản",
}

_NEEDED = {
    "extension": ("unit", "last_day"),
    "exemption": ("unit",),
    "nil_return": ("unit",),
    "review": ("unit", "number", "outcome"),
    "retry": ("unit",),
    "postponement": ("stage", "last_day"),
    "reopening": ("stage",),
    "mute": ("last_day",),
    "undo": ("undoes",),
}
_ONE_OF = {"mute": ("unit", "office")}
_ALWAYS = ("reason", "granted_by")


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
    act = filled.get("act", "")
    if act not in ACTS:
        raise ActRefusedError(f"Không có việc «{act}». Chọn một trong: {', '.join(ACTS)}.")
    check_right(workspace.plan, actor, act, ACTS[act])
    fields = _fields(act, filled)
    _check_references(workspace, fields)
    about = fields.get("unit") or fields.get("office") or fields.get("stage") or fields["undoes"].partition("-")[0]
    try:
        decision = _decision.validate_python(
            {
                "id": f"{act}-{about}-{_digest(entry)}",
                "kind": act,
                "decided_at": at,
                "account": str(actor),
                **fields,
            }
        )
    except ValidationError as error:
        places = ", ".join(WORDS.get(str(fault["loc"][-1]), str(fault["loc"][-1])) for fault in error.errors())
        day = workspace.campaign.closes.isoformat()
        raise ActRefusedError(f"Điền chưa đúng: {places}. Ngày viết dạng NĂM-THÁNG-NGÀY, ví dụ {day}.") from error
    register = read_register(workspace)
    if decision.id in {each.id for each in register.decisions}:  # entered before: a step that runs again
        return f"Đã có quyết định «{decision.id}»."
    _check_dates(workspace, register, decision)
    if isinstance(decision, Undo):
        _check_undo(workspace, register.acts, decision.undoes, actor)
    if isinstance(decision, Review):
        _check_review(workspace, register, decision)
    return f"Đã ghi quyết định «{file_decision(workspace, decision).id}»."


def _filled(form: Mapping[str, Any]) -> dict[str, str]:
    """Return what is filled in, without blanks; a program may send what no form would."""
    filled = {}
    for name, value in form.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            raise ActRefusedError(f"Điền chưa đúng: {WORDS.get(name, name)} phải là chữ hoặc số, không phải «{value}».")
        if value is not None and (text := str(value).strip()):
            filled[name] = text
    return filled


def _fields(act: str, filled: Mapping[str, str]) -> dict[str, str]:
    """Return what the act takes of a form; raise ActRefusedError naming what is not filled in."""
    choice = _ONE_OF.get(act, ())
    chosen = [name for name in choice if name in filled]
    missing = [WORDS[name] for name in (*_NEEDED[act], *_ALWAYS) if name not in filled]
    if choice and not chosen:
        missing.insert(0, " hoặc ".join(WORDS[name] for name in choice))
    if missing:
        raise ActRefusedError(f"Chưa điền: {', '.join(missing)}.")
    if len(chosen) > 1:
        raise ActRefusedError(f"Chỉ điền một trong hai: {', '.join(WORDS[name] for name in choice)}.")
    wanted = (*_NEEDED[act], *chosen, *_ALWAYS, "document_number")
    return {name: filled[name] for name in wanted if name in filled}


def _check_references(workspace: Workspace, fields: Mapping[str, str]) -> None:
    plan = workspace.plan
    if "unit" in fields and fields["unit"] not in {unit.code for unit in plan.units}:
        raise ActRefusedError(f"Không có đơn vị «{fields['unit']}» trong kế hoạch.")
    if "office" in fields and fields["office"] not in {office.code for office in plan.offices}:
        known = ", ".join(office.code for office in plan.offices)
        raise ActRefusedError(f"Không có cơ quan «{fields['office']}» trong kế hoạch. Có: {known}.")
    if "stage" in fields and fields["stage"] not in set(StageName):
        raise ActRefusedError(f"Không có giai đoạn «{fields['stage']}». Có: {', '.join(StageName)}.")


def _check_dates(workspace: Workspace, register: Register, decision: Decision) -> None:
    """Refuse a date that the campaign does not reach, that is over already, or that is earlier than what holds."""
    if not isinstance(decision, Extension | Postponement | Mute):
        return
    if isinstance(decision, Extension):
        unit = workspace.plan.unit(decision.unit)
        if unit.owes is Duty.EXEMPT:
            raise ActRefusedError(f"{unit.name} được miễn báo cáo, không cần gia hạn.")
    day: date = decision.last_day
    if not workspace.now.date() <= day <= workspace.campaign.closes:
        what = "Ngày cuối tạm ngừng thư" if isinstance(decision, Mute) else "Hạn mới"
        raise ActRefusedError(
            f"{what} {format_date(day)} phải từ {format_date(workspace.now.date())} đến "
            f"{format_date(workspace.campaign.closes)} (ngày cuối của đợt)."
        )
    if isinstance(decision, Mute):
        return
    entry = register.units[decision.unit] if isinstance(decision, Extension) else register.stages[decision.stage]
    if day < entry.last_day:
        raise ActRefusedError(
            f"Hạn mới {format_date(day)} sớm hơn hạn đang có, hết ngày {format_date(entry.last_day)}: gia hạn, lùi hạn "
            "không rút ngắn thời hạn. Nếu hạn đang có bị ghi nhầm thì hủy quyết định ấy; xem mã bằng: soket register "
            "decisions."
        )


def _check_undo(workspace: Workspace, acts: Acts, undoes: str, actor: Actor) -> None:
    """Refuse to take back what is not on the record, is taken back already, or is for others to decide."""
    act = next((each for each in acts.recorded if each.id == undoes), None)
    if act is None:
        raise ActRefusedError(
            f"Không có quyết định «{undoes}». Xem mã ở trang Quyết định của bảng theo dõi, "
            "hoặc bằng: soket register decisions."
        )
    if not isinstance(act, UNDOABLE):
        raise ActRefusedError(f"Quyết định «{undoes}» không hủy ở đây: ra kết luận mới, hoặc mở lại giai đoạn của nó.")
    subject = acts.subject_of(act)
    check_right(workspace.plan, actor, subject.kind, f"{ACTS['undo']}: {ACTS[subject.kind]}")
    if by := acts.undone_by.get(undoes):
        raise ActRefusedError(f"Quyết định «{undoes}» đã bị hủy bằng «{by.id}». Muốn khôi phục thì hủy «{by.id}».")


def _check_review(workspace: Workspace, register: Register, review: Review) -> None:
    """Refuse a review of what was not left to a person."""
    entry = register.units[review.unit]
    referred = [verdict.number for verdict in entry.verdicts if verdict.ruling is Ruling.REFERRED]
    if review.number not in referred:
        known = ", ".join(map(str, referred)) or "không có"
        raise ActRefusedError(
            f"Lần nộp {review.number} của {workspace.plan.unit(review.unit).name} không thuộc diện chuyển cán bộ xem. "
            f"Các lần nộp chuyển cán bộ xem: {known}."
        )


def _digest(entry: str) -> str:
    return hashlib.sha256(entry.encode()).hexdigest()[:10]
