"""The leader's page: one for each office, under `/<plan>/<campaign>/lanh-dao/<office>/`, for whoever has its link.

No unit's link opens it, and it opens no unit's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.board.access import Campaigns, Place
from soket.board.pages import Pages, root_of
from soket.page.answers import let_stay
from soket.page.door import Caller, ClosedDoorError, check_origin, find_place
from soket.page.minute import minute_of, units_under
from soket.plan.model import Office, Plan
from soket.record.keeping import read_register
from soket.record.seal import LeaderLinks
from soket.record.sending import LEADERS
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError
from soket.text import format_date, one_line

COOKIE = "lanh-dao"
PLACE = f"/{{plan}}/{{campaign}}/{LEADERS}/{{office}}"

router = APIRouter()


@dataclass(frozen=True)
class LeaderVisit:
    """A campaign as it stands, for whoever has the link of an office's leader."""

    place: Place
    office: Office
    last_day: date  # of the link

    def address(self, request: Request) -> str:
        """Return the path of the page, as the browser sees it; ends with a slash."""
        plan, campaign = self.place.plan.id, self.place.campaign.code
        return f"{root_of(request)}/{plan}/{campaign}/{LEADERS}/{self.office.code}/"


def let_in(request: Request, plan: str, campaign: str, office: str) -> LeaderVisit:
    """Return a campaign for whoever came by an office's link before; raise ClosedDoorError for anybody else."""
    return open_with(request, request.cookies.get(COOKIE, ""), plan, campaign, office)


def open_with(request: Request, token: str, plan: str, campaign: str, office: str) -> LeaderVisit:
    """Return a campaign for whoever has a token that opens an office's page; raise ClosedDoorError for anybody else."""
    caller = Caller.of(request)
    place = find_place(request, plan, campaign)
    found = next((each for each in place.plan.offices if each.code == office), None) if place else None
    if place is None or found is None or not units_under(place.plan, office):
        caller.missed()
        raise _unknown()
    workspace = place.workspace
    links = LeaderLinks(workspace.seal, place.plan.id, place.campaign.code)
    last_day = links.last_day(office, token, place.register.acts.renewals_of(office)) if token else None
    if last_day is None:
        if token:
            caller.missed()
        raise _unknown()
    if workspace.now.date() > last_day:
        raise ClosedDoorError(
            410,
            "Đường dẫn đã hết hạn",
            f"Đường dẫn này dùng đến hết ngày {format_date(last_day)}. Hãy mở bằng đường dẫn trong thư mới nhất gửi cơ "
            f"quan; không có thư mới hơn thì đề nghị {_operator(place.plan)} gửi lại.",
        )
    return LeaderVisit(place, found, last_day)


Leading = Annotated[LeaderVisit, Depends(let_in)]


@router.get(PLACE + "/vao/{token}")
def enter(request: Request, plan: str, campaign: str, office: str, token: str) -> Response:
    """From the link in a digest to the page. It changes nothing: scanners of mail open links too."""
    visit = open_with(request, token, plan, campaign, office)
    return let_stay(request, COOKIE, token, visit.address(request))


@router.get(PLACE + "/")
def page(request: Request, visit: Leading, told: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The leader's page; `told` says what has just been done."""
    pages: Pages = request.app.state.pages
    known: Campaigns = request.app.state.campaigns
    place = visit.place
    # Who has just done something sees it, whatever the register kept for a few seconds says.
    register = read_register(place.workspace, keep=False) if told else place.register
    return pages.answer(
        request,
        "minute.html",
        here=visit.address(request),
        plan=place.plan,
        campaign=place.campaign,
        minute=minute_of(place.workspace, register, visit.office, known.notices(place)),
        now=place.workspace.now,
        last_day=visit.last_day,
        told=told,
    )


@router.post(PLACE + "/goi", dependencies=[Depends(check_origin)])
def called(
    request: Request,
    visit: Leading,
    unit: Annotated[str, Form(max_length=100)],
    last_day: Annotated[str, Form(max_length=10)],
    person: Annotated[str, Form(max_length=200)],
) -> Response:
    """Record that a unit was called and what it promised; sent twice, it is recorded once."""
    place, office = visit.place, visit.office
    if unit not in {each.code for each in units_under(place.plan, office.code)}:
        raise ClosedDoorError(404, "Chưa ghi được", "Đơn vị này không thuộc khối của cơ quan. Hãy tải lại trang.")
    today = place.workspace.now.date()
    form = {
        "act": "promise",
        "unit": unit,
        "last_day": last_day,
        "person": one_line(person),
        "reason": "Gọi điện đôn đốc",
        "granted_by": _who(office, today),
    }
    entry = "/".join(("minute", office.code, today.isoformat(), unit, form["last_day"], form["person"]))
    try:
        record_act(place.workspace, form=form, entry=entry, actor=Actor(office.short_name, office=office.code))
    except ActRefusedError as refusal:
        raise ClosedDoorError(409, "Chưa ghi được", str(refusal)) from None
    return RedirectResponse(visit.address(request) + "?told=goi", 303)


def _who(office: Office, today: date) -> str:
    """Return who called: the office's leader, or whoever stands in on this day, with both names and until when."""
    leader, stand_in = office.contact, office.contact.stand_in_on(today)
    if stand_in is None:
        return leader.name
    since, until = format_date(stand_in.from_day), format_date(stand_in.to_day)
    return f"{stand_in.name}, được {leader.name} ủy quyền từ {since} đến {until}"


def _operator(plan: Plan) -> str:
    """Return the office that links are asked of, and where it is reached."""
    operator = plan.office(plan.roles.operator)
    return f"{operator.name} ({operator.contact.phone or operator.contact.email})"


def _unknown() -> ClosedDoorError:
    return ClosedDoorError(
        404,
        "Không mở được trang",
        "Đường dẫn không đúng, đã được đổi, hoặc trình duyệt chưa mở bằng đường dẫn trong thư. Hãy mở lại bằng "
        "đường dẫn trong thư mới nhất gửi cơ quan.",
    )
