"""What every page of the board begins with: who looks, at which campaign, and the frame that it is shown in."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, cast

from fastapi import Depends, Query, Request, Response

from soket.board.access import Campaigns, ElsewhereError, NotHereError, Place, Viewer
from soket.board.acting import act_links, only_others
from soket.board.guests import has_guests
from soket.board.pages import Pages, root_of
from soket.board.then import SIGN, address_then
from soket.board.views import clock_note
from soket.plan.model import StageKind


def viewer() -> Viewer:
    """Return who looks; `create_app` puts the real dependency in the place of this one."""
    raise NotImplementedError


def pages_of(request: Request) -> Pages:
    """Return what makes pages of templates."""
    return cast("Pages", request.app.state.pages)


def _campaigns(request: Request) -> Campaigns:
    return cast("Campaigns", request.app.state.campaigns)


Looking = Annotated[Viewer, Depends(viewer)]
Known = Annotated[Campaigns, Depends(_campaigns)]


def _place(
    request: Request,
    plan: str,
    campaign: str,
    looking: Looking,
    known: Known,
    den: Annotated[str | None, Query(max_length=20)] = None,
) -> Place:
    request.state.account = looking.name
    if den is not None:
        raise ElsewhereError(address_then(root_of(request), request.url.path, den))
    return known.place_named(looking, plan, campaign)


Here = Annotated[Place, Depends(_place)]


def _present(here: Here) -> Place:
    if here.then:
        raise NotHereError(
            "Đang xem lại một ngày đã qua: việc chỉ ghi được vào hiện tại. Hãy về trang hiện tại rồi ghi."
        )
    return here


Present = Annotated[Place, Depends(_present)]
"""Where acts are entered: nothing is entered into the past."""


def home_of(request: Request, here: Place) -> str:
    """Return the address of a campaign's first page, as it is now; a day that is looked back at is no part of it."""
    return f"{root_of(request)}/{here.plan.id}/{here.campaign.code}"


def show(request: Request, here: Place, template: str, *, watched: bool = False, **facts: Any) -> Response:  # noqa: ANN401 - as Pages.answer
    """Answer with a page of a campaign; one that is `watched` shows by itself what is new, while the campaign lasts."""
    present, account = home_of(request, here), request.state.account
    over, unclosed = here.workspace.is_over, here.register.unclosed(here.plan)
    return pages_of(request).answer(
        request,
        template,
        here=f"{present}{SIGN}{here.then.code}" if here.then else present,
        present=present,
        then=here.then,
        acts=(lambda _: []) if here.then else partial(act_links, here.workspace, here.register, account, present),
        whose=partial(only_others, here.plan, account),
        plan=here.plan,
        campaign=here.campaign,
        register=here.register,
        clock_note=clock_note(here.clock or here.workspace.clock),
        over=over,
        now=_campaigns(request).now(here) if watched and not (over or here.then) else None,
        unclosed=[stage.title for stage in unclosed],
        awaits_draft=any(stage.kind is StageKind.DRAFT and here.register.of(stage).begun for stage in unclosed),
        checked=_campaigns(request).are_checked(here),
        with_guests=has_guests(here.register, here.workspace),
        **facts,
    )


def looking_again(answer: Response) -> Response:
    """Return a page that waits for something, and comes again by itself: nothing is typed or read on it meanwhile."""
    answer.headers["Refresh"] = "3"
    return answer
