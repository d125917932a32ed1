"""How a page of somebody who came by a link is answered: its address, its template, the browser let in."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from soket.board.pages import Pages, root_of
from soket.page.door import Visit

PLACE = "/{plan}/{campaign}/{unit}"
"""Where everything of one unit lies."""


def address_of(request: Request, visit: Visit) -> str:
    """Return the path of a unit's page, as the browser sees it; ends with a slash."""
    return f"{root_of(request)}/{visit.workspace.plan.id}/{visit.workspace.campaign.code}/{visit.unit.code}/"


def show(request: Request, visit: Visit, template: str, **facts: Any) -> Response:  # noqa: ANN401 - as Pages.answer
    """Answer with a page of a unit."""
    pages: Pages = request.app.state.pages
    return pages.answer(
        request,
        template,
        here=address_of(request, visit),
        plan=visit.workspace.plan,
        campaign=visit.workspace.campaign,
        unit=visit.unit,
        **facts,
    )


def let_stay(request: Request, cookie: str, token: str, address: str) -> Response:
    """Lead from a link to its page, and let the browser in there from now on: the link need not stay in its address."""
    answer = RedirectResponse(address, 303)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    secure = request.url.scheme == "https"
    answer.set_cookie(cookie, token, path=address, httponly=True, samesite="lax", secure=secure)
    return answer
