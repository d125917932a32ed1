"""Forms of a unit's page beside its report: nothing to report, a review of its own, commendation, more time.

What intake knows as a file is made one here, and goes its way; only a request for more time is a record of its own.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from soket.documents.unit_papers import (
    NIL_NAME,
    NOMINATIONS_NAME,
    PLAN_NAME,
    nil_lines,
    review_plan_lines,
    word_paper,
)
from soket.intake.classify import classify
from soket.page import asked
from soket.page.answers import PLACE, address_of, show
from soket.page.attached import SIGNED, WORD, SentFile, anew, attached, make_ready, said
from soket.page.door import SENDS, Inside, Visit
from soket.page.staging import RefusedFileError
from soket.plan.dates import last_day_of
from soket.record.filing import file_from_unit
from soket.record.records import Submission
from soket.record.requests import ExtensionRequest, request_id, why_not
from soket.record.turns import refusal_of_request, waiting_request
from soket.text import fold, format_date

forms = APIRouter(dependencies=SENDS)
ROWS = 5  # of nominations
_MOST = 10  # requests of a unit
_WORDS = 60  # of why there is nothing to report: with more, intake takes it for a report
_SHORTEST = 5  # words of what somebody did, as intake wants them

Text = Annotated[str, Form(max_length=5000)]
Upload = Annotated[UploadFile | None, File()]


@forms.get(PLACE + "/khong-phat-sinh")
def nil_form(request: Request, visit: Inside) -> Response:
    """The form by which a unit says that it has nothing to report."""
    visit = _owing(visit)
    return show(request, visit, "nil.html")


@forms.post(PLACE + "/khong-phat-sinh")
def nil(request: Request, visit: Inside, reason: Text = "", person: Text = "", signed: Upload = None) -> Response:
    """Make the report that says so, and lay it ready with the signed copy."""
    visit = _owing(visit)
    copy = attached(visit, signed, SIGNED, "Bản ký")
    if copy is None:
        raise RefusedFileError("Chưa chọn bản ký: ảnh hoặc tệp .pdf của văn bản đã ký.")
    why = said(reason, "lý do", 500)
    if len(why.split()) > _WORDS:
        raise RefusedFileError(f"Lý do dài {len(why.split())} chữ, chỉ được nhiều nhất {_WORDS}. Hãy rút gọn.")
    lines = nil_lines(visit.workspace.plan, visit.unit, why, said(person, "người lập", 200))
    _ready(visit, Submission.NIL_RETURN, NIL_NAME, lines, copy)
    return RedirectResponse(address_of(request, visit) + "#nop", 303)


@forms.get(PLACE + "/ke-hoach")
def review_plan_form(request: Request, visit: Inside) -> Response:
    """The form by which a unit announces a review of its own."""
    visit = _owing(visit)
    last_day, today = last_day_of(visit.entry.deadline), visit.workspace.now.date()
    return show(request, visit, "review_plan.html", last_day=last_day, today=today)


@forms.post(PLACE + "/ke-hoach")
def review_plan(
    request: Request,
    visit: Inside,
    day: Text = "",
    place: Text = "",
    content: Text = "",
    person: Text = "",
    signed: Upload = None,
) -> Response:
    """Make the plan of the review, and lay it ready, with the signed copy where there is one."""
    visit = _owing(visit)
    held = _day(day, "ngày tổ chức")
    if not visit.workspace.now.date() <= held <= visit.workspace.campaign.closes:
        raise RefusedFileError(f"Ngày tổ chức {format_date(held)} đã qua, hoặc sau khi đợt kết thúc.")
    where, what = said(place, "địa điểm", 200), said(content, "nội dung, thành phần", 500)
    person = said(person, "người lập", 200)
    lines = review_plan_lines(visit.workspace.plan, visit.unit, held, where, what, person)
    _ready(visit, Submission.OWN_REVIEW_PLAN, PLAN_NAME, lines, attached(visit, signed, SIGNED, "Bản ký"))
    return RedirectResponse(address_of(request, visit) + "#nop", 303)


@forms.get(PLACE + "/bieu-duong")
def nomination_form(request: Request, visit: Inside) -> Response:
    """The form on which a unit nominates."""
    visit = _nominating(visit)
    return show(request, visit, "nominate.html", rows=ROWS)


@forms.post(PLACE + "/bieu-duong")
async def nominate(request: Request, visit: Inside) -> Response:
    """Put the nominations into the unit's folder, as its form on paper goes there."""
    async with request.form(max_files=0, max_fields=ROWS * 5 + 5) as form:
        filled = {name: str(value) for name, value in form.items()}
    await run_in_threadpool(_nominate, visit, filled)
    return RedirectResponse(f"{address_of(request, visit)}?told=bieu-duong#viec-khac", 303)


def _nominate(visit: Visit, filled: dict[str, str]) -> None:
    visit = _nominating(visit)
    rows = _nominees(filled)
    if not filled.get("no_secret"):
        raise RefusedFileError("Chưa gửi: hãy đánh dấu xác nhận không có bí mật nhà nước.")
    workspace = visit.workspace
    lines = [visit.unit.name, "ĐỀ NGHỊ BIỂU DƯƠNG", f"Kèm theo: {workspace.plan.short_title}"]
    paper = word_paper(lines, workspace.now, rows)
    workspace.store.put(workspace.keys.inbox_folder(visit.unit.code) + NOMINATIONS_NAME, paper)


@forms.get(PLACE + "/gia-han")
def extension_form(request: Request, visit: Inside) -> Response:
    """The form by which a unit asks for more time."""
    visit = _short_of_time(visit)
    waiting = waiting_request(visit.workspace, visit.register, visit.unit.code)
    last_day, today = last_day_of(visit.entry.deadline), visit.workspace.now.date()
    refused = refusal_of_request(visit.register, visit.unit.code)
    return show(request, visit, "extend.html", last_day=last_day, today=today, waiting=waiting, refused=refused)


@forms.post(PLACE + "/gia-han")
def ask_for_time(
    request: Request,
    visit: Inside,
    last_day: Text = "",
    reason: Text = "",
    person: Text = "",
    phone: Text = "",
    document_number: Text = "",
    letter: Upload = None,
) -> Response:
    """File what a unit asks for; it grants nothing."""
    visit = _short_of_time(visit)
    workspace, unit = visit.workspace, visit.unit.code
    day, held = _day(last_day, "ngày xin gia hạn đến"), last_day_of(visit.entry.deadline)
    if why := why_not(day, held=held, today=workspace.now.date(), closes=workspace.campaign.closes):
        raise RefusedFileError(why)
    if sum(each.unit == unit for each in visit.register.requests) >= _MOST:
        raise RefusedFileError(f"Đơn vị đã gửi {_MOST} đề nghị. Hãy gọi cơ quan nhận.")
    paper = attached(visit, letter, (*SIGNED, *WORD), "Văn bản đề nghị")
    told = {
        "reason": said(reason, "lý do", 1000),
        "person": said(person, "người lập", 200),
        "phone": said(phone, "điện thoại", 50, needed=False),
        "document_number": said(document_number, "số văn bản", 100, needed=paper is None),
    }
    number = request_id(unit, (day.isoformat(), *told.values(), paper.name if paper else ""))
    key = ""
    if paper:
        key = workspace.keys.reply_file(f"requests-{number}", paper.name)
        workspace.store.put(key, paper.data)
    file_from_unit(workspace, ExtensionRequest(id=number, unit=unit, at=workspace.now, last_day=day, file=key, **told))
    return RedirectResponse(f"{address_of(request, visit)}gia-han", 303)


def _owing(visit: Visit) -> Visit:
    visit = anew(visit)
    if not asked.may_report_nothing(visit.register, visit.unit):
        raise RefusedFileError("Lúc này đơn vị không còn phải gửi báo cáo, hoặc hồ sơ đã nộp đang được xem.")
    return visit


def _nominating(visit: Visit) -> Visit:
    visit = anew(visit)
    if not asked.may_nominate(visit.workspace, visit.register, visit.unit):
        raise RefusedFileError("Kế hoạch này không nhận, hoặc lúc này không nhận đề nghị biểu dương của đơn vị.")
    return visit


def _short_of_time(visit: Visit) -> Visit:
    visit = anew(visit)
    if not asked.may_ask_for_time(visit.workspace, visit.register, visit.unit):
        raise RefusedFileError("Lúc này đơn vị không có thời hạn nào để xin gia hạn.")
    return visit


def _ready(visit: Visit, kind: Submission, name: str, lines: list[str], copy: SentFile | None) -> None:
    """Lay a paper ready with its signed copy; raise RefusedFileError where intake would take it for another."""
    plan, unit = visit.workspace.plan, visit.unit
    if classify(plan, unit, name, lines, 0) is not kind:
        raise RefusedFileError(
            "Lời ghi làm hệ thống hiểu văn bản thành loại khác. Hãy ghi ngắn, chỉ nêu lý do, không nhắc việc khác."
        )
    paper = SentFile(name, word_paper(lines, visit.workspace.now))
    make_ready(visit, [*([copy] if copy else []), paper])


def _day(text: str, what: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise RefusedFileError(f"Chưa chọn {what}.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusedFileError(f"Mục {what}: không có ngày {text}.") from None


def _nominees(filled: dict[str, str]) -> list[tuple[str, ...]]:
    """Return the rows that are filled in; raise RefusedFileError naming what one of them lacks."""
    rows, known = list[tuple[str, ...]](), set[str]()
    for number in range(1, ROWS + 1):
        blanks = {name: filled.get(f"{name}_{number}", "") for name in ("name", "post", "kind", "merit", "basis")}
        if not (blanks["name"].strip() or blanks["merit"].strip()):
            continue
        name = said(blanks["name"], f"tên ở trường hợp {number}", 200)
        merit = said(blanks["merit"], f"thành tích ở trường hợp {number}", 1500)
        if len(merit.split()) < _SHORTEST:
            raise RefusedFileError(f"Trường hợp {number}: thành tích ghi quá ngắn. Nêu việc đã làm, kết quả, số liệu.")
        if fold(name) in known:
            raise RefusedFileError(f"Trường hợp {number}: «{name}» đã ghi ở trên.")
        known.add(fold(name))
        kind = "Cá nhân" if blanks["kind"] == "person" else "Tập thể"
        post = said(blanks["post"], f"chức vụ ở trường hợp {number}", 200, needed=False)
        basis = said(blanks["basis"], f"căn cứ ở trường hợp {number}", 300, needed=False)
        rows.append((str(len(rows) + 1), name, post, kind, merit, basis))
    if not rows:
        raise RefusedFileError("Chưa ghi trường hợp nào.")
    return rows
