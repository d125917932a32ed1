"""The page before a unit's, where the plan asks for a code: it goes to the registered mailbox, and is entered here."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.notices.switch import held_by
from soket.page.answers import PLACE, address_of, keep, let_stay, show
from soket.page.door import ENTERED_COOKIE, AtTheDoor, Visit, check_origin, has_passed
from soket.record.one_time_codes import (
    DIGITS,
    LIVES,
    TRIES,
    CodeRefusedError,
    ask_for_code,
    use_code,
    waits_for_code,
)
from soket.record.seal import BrowserPasses
from soket.record.sending import say_ring

codes = APIRouter(dependencies=[Depends(check_origin)])
CODE = PLACE + "/ma"

_BROWSER_COOKIE = "may"
_HOURS = 24  # that a browser is known: longer than from asking for a code to entering it


@codes.get(CODE)
def before(
    request: Request, visit: AtTheDoor, undone: Annotated[str, Query(alias="chua-ghi", max_length=1)] = ""
) -> Response:
    """Say where a code goes, or wait for the one that went. It sends nothing: scanners of mail open links too."""
    if has_passed(request, visit):
        return RedirectResponse(address_of(request, visit), 303)
    lost = "Việc vừa bấm chưa được ghi, vì phiên trên máy này đã hết. Nhập mã, rồi làm lại."
    return _page(request, visit, lost if undone else "")


@codes.post(CODE + "/xin")
def ask(request: Request, visit: AtTheDoor) -> Response:
    """Have a code sent."""
    if has_passed(request, visit):
        return RedirectResponse(address_of(request, visit), 303)
    if browser := request.cookies.get(_BROWSER_COOKIE, ""):
        try:
            ask_for_code(visit.workspace, visit.unit.code, browser)
        except CodeRefusedError as error:
            return _page(request, visit, str(error), 429)
    return RedirectResponse(f"{address_of(request, visit)}ma", 303)


@codes.post(CODE)
def enter(request: Request, visit: AtTheDoor, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Let a browser in that enters the code it asked for."""
    workspace, unit = visit.workspace, visit.unit.code
    if has_passed(request, visit):
        return RedirectResponse(address_of(request, visit), 303)
    try:
        use_code(workspace, unit, request.cookies.get(_BROWSER_COOKIE, ""), code)
    except CodeRefusedError as error:
        return _page(request, visit, str(error), 403)
    passes = BrowserPasses(workspace.seal, workspace.plan.id, workspace.campaign.code)
    token = passes.token(unit, visit.entry.link, workspace.store.now())
    return let_stay(request, ENTERED_COOKIE, token, address_of(request, visit), workspace.plan.unit_page.session_hours)


def _page(request: Request, visit: Visit, refused: str, status: int = 200) -> Response:
    workspace = visit.workspace
    browser = request.cookies.get(_BROWSER_COOKIE, "")
    held = held_by(workspace.store)
    answer = show(
        request,
        visit,
        "code.html",
        status=status,
        refused=refused,
        asked=bool(browser) and waits_for_code(workspace, visit.unit.code, browser),
        mailbox=_hidden(visit.unit.contact.email),
        held=held is not None,
        hours=workspace.plan.unit_page.session_hours,
        minutes=LIVES.seconds // 60,
        digits=DIGITS,
        tries=TRIES,
        ring=say_ring(workspace.plan),
    )
    answer.headers["Cache-Control"] = "no-store"
    del answer.headers["ETag"]
    if not browser:
        keep(request, answer, _BROWSER_COOKIE, secrets.token_urlsafe(24), address_of(request, visit), _HOURS)
    return answer


def _hidden(address: str) -> str:
    """Return as much of an address as tells its holder which it is."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
