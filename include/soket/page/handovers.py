"""The page that shows a folder's key once, to whoever has its link."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from soket.board.access import Place
from soket.board.pages import Pages
from soket.page.answers import PLACE
from soket.page.door import Caller, ClosedDoorError, check_origin, find_place
from soket.plan.model import Office, Unit
from soket.record.handover import FoundHandover, HandoverOverError, find_handover, open_handover, token_is_whole
from soket.record.sending import say_ring
from soket.text import format_moment

handovers = APIRouter(dependencies=[Depends(check_origin)])
KEY = PLACE + "/khoa/{token}"


@handovers.get(KEY)
def before(request: Request, plan: str, campaign: str, unit: str, token: str) -> Response:
    """Say what the link opens. It opens nothing yet: scanners of mail open links too."""
    place, holder, found = _found(request, plan, campaign, unit, token)
    return _page(request, place, holder, found, "")


@handovers.post(KEY)
def show_once(request: Request, plan: str, campaign: str, unit: str, token: str) -> Response:
    """Show the key, and never again."""
    place, holder, found = _found(request, plan, campaign, unit, token)
    try:
        sheet = open_handover(place.workspace, unit, token)
    except HandoverOverError:  # somebody else was there this very moment
        _found(request, plan, campaign, unit, token)
        raise _spent(place, "Đường dẫn này không còn mở được.") from None
    return _page(request, place, holder, found, sheet)


def _found(
    request: Request, plan: str, campaign: str, unit: str, token: str
) -> tuple[Place, Unit | Office, FoundHandover]:
    """Return what a link opens; raise ClosedDoorError where it opens nothing, or nothing any more."""
    place = find_place(request, plan, campaign) if token_is_whole(token) else None
    holders: list[Unit | Office] = [*place.plan.units, *place.plan.offices] if place else []
    known = {each.code: each for each in holders}
    found = find_handover(place.workspace, unit, token) if place and unit in known else None
    if place is None or found is None:
        Caller.of(request).missed()
        raise ClosedDoorError(
            404,
            "Không có khóa nào ở đây",
            "Đường dẫn không đúng. Hãy mở lại đúng đường dẫn đã nhận, chép đủ các ký tự.",
        )
    if found.end:
        at = format_moment(found.end.at)
        if found.end.shown:
            raise _spent(place, f"Khóa đã được xem lúc {at}. Không phải người của đơn vị xem thì báo ngay để thu hồi.")
        raise _spent(place, f"Khóa này đã bị thu hồi, hoặc có khóa mới thay, lúc {at}.")
    if found.expired:
        raise _spent(place, f"Đường dẫn đã hết hạn lúc {format_moment(found.expires)}.")
    return place, known[unit], found


def _spent(place: Place, why: str) -> ClosedDoorError:
    return ClosedDoorError(410, "Không xem được khóa", f"{why} Cần khóa khác: {say_ring(place.plan)}.")


def _page(request: Request, place: Place, holder: Unit | Office, found: FoundHandover, sheet: str) -> Response:
    pages: Pages = request.app.state.pages
    answer = pages.answer(
        request,
        "handover.html",
        plan=place.plan,
        campaign=place.workspace.campaign,
        unit=holder,
        expires=found.expires,
        sheet=sheet,
    )
    answer.headers["Cache-Control"] = "no-store"
    del answer.headers["ETag"]
    return answer
