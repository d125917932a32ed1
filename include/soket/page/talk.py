"""Words between a unit and the office, on the unit's page: one thread a submission, and what is internal in none."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.page.answers import PLACE, address_of, show
from soket.page.attached import anew, said
from soket.page.door import SENDS, Inside, Visit
from soket.page.forms import Text
from soket.page.staging import RefusedFileError
from soket.record.filing import file_from_unit
from soket.record.messages import LONGEST, MOST_A_DAY, clean, message_of, too_many
from soket.record.threads import Thread, threads_of

talk = APIRouter(dependencies=SENDS)

Number = Annotated[int | None, Query(alias="lan", ge=1, le=10_000)]
About = Annotated[str, Query(alias="ve", max_length=300)]


@talk.get(PLACE + "/trao-doi")
def thread(request: Request, visit: Inside, number: Number = None, about: About = "") -> Response:
    """A thread, and the form on which the unit writes."""
    visit = anew(visit)
    found = _thread(visit, number)
    return show(
        request, visit, "talk.html", thread=found, number=number, about=" ".join(clean(about).split()), longest=LONGEST
    )


@talk.post(PLACE + "/trao-doi")
def say(
    request: Request,
    visit: Inside,
    number: Number = None,
    text: Text = "",
    person: Text = "",
    about: Text = "",
    asks: Text = "",
) -> Response:
    """File what a unit says; the same words of the same day are one message."""
    visit = anew(visit)
    _thread(visit, number)
    words, now, unit = clean(text), visit.workspace.now, visit.unit.code
    if not words:
        raise RefusedFileError("Chưa ghi nội dung.")
    if len(words) > LONGEST:
        raise RefusedFileError(f"Nội dung dài {len(words)} ký tự, chỉ được nhiều nhất {LONGEST}. Hãy rút gọn.")
    point = said(clean(about), "điểm hỏi", 300, needed=False)
    message = message_of(
        unit,
        words,
        at=now,
        source=f"page {now.date()} {number} {point}",
        asks=bool(asks),
        person=said(clean(person), "người viết", 200),
        number=number,
        about=point,
    )
    if message.id not in {each.id for each in visit.register.messages}:
        if too_many(visit.register.messages, unit, now):
            raise RefusedFileError(f"Mỗi ngày viết được nhiều nhất {MOST_A_DAY} lần. Gấp thì gọi cơ quan nhận.")
        file_from_unit(visit.workspace, message)
    return RedirectResponse(f"{address_of(request, visit)}trao-doi{f'?lan={number}' if number else ''}#da-gui", 303)


def _thread(visit: Visit, number: int | None) -> Thread:
    """Return a thread of the unit; raise RefusedFileError for a submission that there is not."""
    if number is not None and number not in {each.number for each in visit.entry.receipts}:
        raise RefusedFileError("Đơn vị không có lần nộp này.")
    threads = threads_of(visit.workspace.plan, visit.register, visit.unit.code)
    return next((each for each in threads if each.number == number), Thread(number, ()))
