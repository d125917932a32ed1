"""The door for who has no link at hand: one address for all, which sends a unit's link to its registered mailbox."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from soket.board.access import Place
from soket.board.pages import Pages, root_of
from soket.page.door import OVER, Caller, ClosedDoorError, check_origin, find_place
from soket.record.link_asks import MOST_AN_HOUR, ask_for_link
from soket.record.sending import say_ring
from soket.stack.tries import Tries
from soket.text import vietnamese_order

door_bell = APIRouter(dependencies=[Depends(check_origin)])
DOOR = "/{plan}/{campaign}"


@door_bell.get(DOOR)
def without_slash(request: Request, plan: str, campaign: str) -> Response:
    """From the address as somebody types it to the door."""
    _place(request, plan, campaign)
    return RedirectResponse(f"{root_of(request)}/{plan}/{campaign}/", 303)


@door_bell.get(DOOR + "/")
def door(request: Request, plan: str, campaign: str) -> Response:
    """The list of units, as the letter that asks for reports has it, and a button."""
    return _page(request, _place(request, plan, campaign), asked=False)


@door_bell.post(DOOR + "/")
def ring(request: Request, plan: str, campaign: str, unit: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Have the link sent; what is answered is the same for every unit, known or not, asked for too often or not."""
    place = _place(request, plan, campaign)
    asks: Tries = request.app.state.link_asks
    if asks.begin(Caller.of(request).address):
        raise ClosedDoorError(429, "Thử quá nhiều lần", "Hãy đợi 10 phút rồi thử lại.")
    if unit in place.register.units:
        ask_for_link(place.workspace, unit)
    return _page(request, place, asked=True)


def _place(request: Request, plan: str, campaign: str) -> Place:
    place = find_place(request, plan, campaign)
    if place is None:
        Caller.of(request).missed()
        raise ClosedDoorError(404, "Không có trang này", "Hãy xem lại địa chỉ in trong công văn, hoặc quét lại mã QR.")
    if place.workspace.is_over:  # who would send a link is at work no more
        raise ClosedDoorError(410, OVER, f"Trang này không gửi đường dẫn nữa. Cần hỏi: {say_ring(place.plan)}.")
    return place


def _page(request: Request, place: Place, *, asked: bool) -> Response:
    pages: Pages = request.app.state.pages
    plan = place.plan
    blocks = {block.name: [unit for unit in plan.units if unit.block == block.code] for block in plan.blocks}
    return pages.answer(
        request,
        "door.html",
        plan=plan,
        campaign=place.workspace.campaign,
        here=f"{root_of(request)}/{plan.id}/{place.workspace.campaign.code}/",
        blocks={name: vietnamese_order(each, lambda unit: unit.name) for name, each in blocks.items()},
        asked=asked,
        most=MOST_AN_HOUR,
        ring=say_ring(plan),
    )
