"""“Đúng, ghi lý do”: a unit confirms what it was asked of a submission, by a form of its page."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from soket.faults import Fault
from soket.page.answers import PLACE, address_of, show
from soket.page.attached import anew, said
from soket.page.door import SENDS, Inside, Visit
from soket.page.staging import RefusedFileError
from soket.record.composed import say_later
from soket.record.confirming import LONGEST_REASON, MOST_CONFIRMED, can_be_confirmed, confirmation_of
from soket.record.fault_lines import group_faults
from soket.record.filing import file_from_unit
from soket.record.records import Submission
from soket.record.register import UnitEntry

confirming = APIRouter(dependencies=SENDS)
CONFIRM = PLACE + "/so-dung/{number}"

_MOST = 50  # questions of one form


@dataclass(frozen=True)
class AskedPoint:
    """What was asked of a submission; `id` is by what the form knows it."""

    id: str
    point: int  # among the points that are told of
    mark: str  # that number and, of a point with several questions, which of them
    fault: Fault
    file: str | None  # as the unit named it


def questions_of(entry: UnitEntry, number: int) -> list[AskedPoint]:
    """Return what a submission was asked and is not confirmed: of the latest one, and of the one that counts.

    Who says that there is nothing to report has no figure to give a reason for.
    """
    numbers = {entry.accepted, *(each.number for each in entry.verdicts[-1:])}
    reported = (each for each in entry.outcomes if each.kind is not Submission.NIL_RETURN)
    told = {each.number: each for each in reported if each.number in numbers}
    faults = told[number].faults if number in told else ()
    files = [file for each in entry.receipts if each.number == number for file in each.files]
    asked = {each.known_as: each for each in faults if can_be_confirmed(each)}
    lines = [(group.file, line) for group in group_faults(files, asked.values()) for line in group.lines]
    found = [
        AskedPoint(fault.known_as, point, f"{point}.{which}" if len(line.faults) > 1 else str(point), fault, file)
        for point, (file, line) in enumerate(lines, 1)
        for which, fault in enumerate(line.faults, 1)
    ]
    return found[:_MOST]


@confirming.get(CONFIRM)
def confirm_form(request: Request, visit: Inside, number: int) -> Response:
    """The form: each question with a reason to choose, and one to write."""
    visit = anew(visit)
    return show(
        request,
        visit,
        "confirm.html",
        number=number,
        questions=_open(visit, number),
        reasons=visit.workspace.plan.reasons,
        longest=LONGEST_REASON,
        later=say_later(visit.workspace.plan, visit.register, visit.entry),
    )


@confirming.post(CONFIRM)
async def confirm(request: Request, visit: Inside, number: int) -> Response:
    """File the reasons that are filled in; of the same words there is one record."""
    async with request.form(max_files=0, max_fields=2 * _MOST + 5) as form:
        filled = {name: str(value) for name, value in form.items()}
    await run_in_threadpool(_confirm, visit, number, filled)
    return RedirectResponse(f"{address_of(request, visit)}?told=so-dung#lan-{number}", 303)


def _confirm(visit: Visit, number: int, filled: dict[str, str]) -> None:
    visit = anew(visit)
    reasons = visit.workspace.plan.reasons
    words = []
    for question in _open(visit, number):
        chosen = filled.get(f"chon-{question.id}", "")
        own = said(filled.get(f"ghi-{question.id}", ""), "lý do", LONGEST_REASON - 202, needed=False)
        reason = ": ".join(part for part in (chosen if chosen in reasons else "", own) if part)
        if reason:
            words.append((question.fault, reason))
    if not words:
        raise RefusedFileError("Chưa ghi lý do nào. Điểm nào đúng thì chọn hoặc ghi lý do; sai thì sửa rồi nộp lại.")
    person = said(filled.get("person", ""), "người xác nhận", 200)
    if len(visit.entry.confirmations) + len(words) > MOST_CONFIRMED:
        raise RefusedFileError(f"Đơn vị đã xác nhận {MOST_CONFIRMED} lần. Hãy gọi cơ quan nhận.")
    for fault, reason in words:
        at = visit.workspace.now
        file_from_unit(
            visit.workspace, confirmation_of(visit.unit.code, number, fault, at=at, reason=reason, person=person)
        )


def _open(visit: Visit, number: int) -> list[AskedPoint]:
    found = questions_of(visit.entry, number)
    if not found:
        raise RefusedFileError("Lần nộp này không còn điểm nào chờ xác nhận.")
    return found
