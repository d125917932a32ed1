"""“Rút lại”: a unit takes back its last hand-in, as long as it is not judged; intake rules whether it came in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from soket.page.answers import PLACE, address_of, show
from soket.page.attached import anew, said
from soket.page.door import SENDS, Inside, Visit
from soket.page.forms import Text
from soket.page.staging import RefusedFileError
from soket.record.filing import file_from_unit
from soket.record.register import UnitEntry
from soket.record.taking_back import Arrived, own_arrivals, take_back_of
from soket.store.keys import Keys
from soket.text import format_moment

taking_back = APIRouter(dependencies=SENDS)
TAKE_BACK = PLACE + "/rut-lai"


@dataclass(frozen=True)
class LastHandIn:
    """What a unit handed in last and can take back; `number` None where it has none yet."""

    number: int | None
    names: Sequence[str]
    files: frozenset[Arrived]


def last_hand_in(keys: Keys, entry: UnitEntry) -> LastHandIn | None:
    """Return what a unit can take back now; None where it is judged, or asked back already, or there is nothing."""
    if lying := [drop for drop in entry.pending if drop not in entry.asked_back]:
        folder = keys.inbox_folder(entry.unit)
        names = [drop.key.removeprefix(folder) for drop in lying]
        return LastHandIn(None, names, frozenset(drop.arrival for drop in lying))
    last = entry.receipts[-1] if entry.receipts else None
    if entry.asked_back or last not in entry.unruled or entry.asks_back(last):
        return None
    own = own_arrivals(last, entry.receipts)
    came = {each.inbox_key for each in own}
    return LastHandIn(
        last.number, [file.original_name for file in last.files if file.inbox_key in came and not file.pages], own
    )


@taking_back.get(TAKE_BACK)
def take_back_form(request: Request, visit: Inside) -> Response:
    """What would be taken back, and by whom."""
    visit = anew(visit)
    return show(request, visit, "take_back.html", last=_last(visit))


@taking_back.post(TAKE_BACK)
def take_back(request: Request, visit: Inside, person: Text = "") -> Response:
    """File that the unit takes back what it handed in last; of the same files it is one word."""
    visit = anew(visit)
    last = _last(visit)
    who = said(person, "người rút lại", 200)
    file_from_unit(visit.workspace, take_back_of(visit.unit.code, last.files, at=visit.workspace.now, person=who))
    return RedirectResponse(address_of(request, visit) + "?told=rut-lai", 303)


def _last(visit: Visit) -> LastHandIn:
    """Return what can be taken back; raise RefusedFileError, and say what to do instead, where nothing can."""
    entry = visit.entry
    if last := last_hand_in(visit.workspace.keys, entry):
        return last
    ruled = entry.last_verdict
    if ruled and entry.receipts and ruled.number == entry.receipts[-1].number:
        raise RefusedFileError(
            f"Lần nộp {ruled.number} đã kiểm tra xong lúc {format_moment(ruled.judged_at)}, không rút lại được nữa. "
            "Muốn thay thì nộp bản mới: bản mới thay bản cũ. Cần cơ quan nhận xử lý khác thì viết ở mục “Trao đổi”."
        )
    raise RefusedFileError("Không có lần nộp nào chờ kiểm tra để rút lại.")
