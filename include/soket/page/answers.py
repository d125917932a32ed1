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
    return f"{root_of(request)}/{visit.place}/"


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
        **{"over": visit.over, **facts},
    )


def let_stay(request: Request, cookie: str, token: str, address: str, hours: int | None = None) -> Response:
    """Lead from a link, or a code, to its page, and let the browser in there from now on: nothing stays in its address.

    `hours` says for how long; else until the browser is closed.
    """
    answer = RedirectResponse(address, 303)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    keep(request, answer, cookie, token, address, hours)
    return answer


def keep(request: Request, answer: Response, cookie: str, token: str, address: str, hours: int | None = None) -> None:
    """Have the browser keep something for one page alone, which no script reads and no other site has it send."""
    age, secure = hours * 3600 if hours else None, request.url.scheme == "https"
    answer.set_cookie(cookie, token, age, path=address, httponly=True, samesite="lax", secure=secure)
