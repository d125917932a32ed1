"""Who comes in: whoever has the unit's link, for that unit's page alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from soket.board.access import Campaigns, NotHereError, Place, Viewer
from soket.board.pages import root_of
from soket.plan.model import Unit
from soket.record.proof import receipt_by_code
from soket.record.records import Receipt
from soket.record.register import Register, UnitEntry
from soket.record.seal import BrowserPasses, UnitLinks
from soket.record.sending import say_ring, upload_link
from soket.record.workspace import Workspace
from soket.stack.tries import Tries
from soket.text import format_date

COOKIE = "nop"
ENTERED_COOKIE = "ma"
OPEN_AFTER_END = timedelta(days=30)  # to be looked at
OVER = "Đợt báo cáo đã kết thúc"

# The plan's rights are for officials; whoever has a unit's link sees that unit, whatever the plan.
_ANYBODY = Viewer("", lambda _plan: True)


class ClosedDoorError(Exception):
    """The page does not open; the title and the message say why and what to do, in Vietnamese."""

    def __init__(self, status: int, title: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.title = title


class CodeNeededError(Exception):
    """Whoever has the unit's link, and looks at its page, has yet to enter a code; it says at which address."""


@dataclass(frozen=True)
class Caller:
    """Whoever asks, by address."""

    tries: Tries
    address: str

    @classmethod
    def of(cls, request: Request) -> Caller:
        """Return who sends a request."""
        return cls(request.app.state.wrong_links, request.client.host if request.client else "")

    def missed(self) -> None:
        """Count a wrong link; raise ClosedDoorError where there were too many.

        Who has a right one never comes here: behind a proxy, whoever guesses has everybody's address.
        """
        if self.tries.begin(self.address):
            raise ClosedDoorError(
                429, "Thử quá nhiều lần", "Hãy đợi 10 phút rồi mở lại bằng đường dẫn trong thư mới nhất đã nhận."
            )


@dataclass(frozen=True)
class Visit:
    """One unit's campaign as it stands, for whoever has the unit's link."""

    workspace: Workspace
    register: Register
    unit: Unit

    @property
    def place(self) -> str:
        """Where the unit's page is, below the root of all."""
        return f"{self.workspace.plan.id}/{self.workspace.campaign.code}/{self.unit.code}"

    @property
    def entry(self) -> UnitEntry:
        """The unit's line in the register."""
        return self.register.units[self.unit.code]

    @property
    def over(self) -> str:
        """What is to be said once the campaign is over, and the page there to be looked at; "" before."""
        day = format_date(self.workspace.campaign.closes)
        return f"Sau ngày {day} hệ thống không đọc tệp, lời gửi đến nữa." if self.workspace.is_over else ""


def find_place(request: Request, plan: str, campaign: str) -> Place | None:
    """Return a campaign as it stands, for somebody who has yet to show a link; None where there is none."""
    known: Campaigns = request.app.state.campaigns
    try:
        return known.place(_ANYBODY, plan, campaign)
    except NotHereError:
        return None


def find(request: Request, plan: str, campaign: str, unit: str) -> Visit:
    """Return a unit's campaign as it stands, for somebody who has yet to show a link."""
    place = find_place(request, plan, campaign)
    if place is None or unit not in place.register.units:
        raise _unknown()
    return Visit(place.workspace, place.register, place.plan.unit(unit))


def at_the_door(request: Request, plan: str, campaign: str, unit: str) -> Visit:
    """Return a unit's campaign for whoever came by the unit's link before, and may have to enter a code yet."""
    return open_with(request, request.cookies.get(COOKIE, ""), plan, campaign, unit)


def let_in(request: Request, visit: Annotated[Visit, Depends(at_the_door)]) -> Visit:
    """Return a unit's campaign for whoever came by the unit's link before; raise ClosedDoorError for anybody else.

    Who has to enter a code first is led there or, where it is the script that asks, told so.
    """
    if has_passed(request, visit):
        return visit
    if "text/html" in request.headers.get("accept", ""):
        lost = "" if request.method == "GET" else "?chua-ghi=1"
        raise CodeNeededError(f"{root_of(request)}/{visit.place}/ma{lost}")
    raise ClosedDoorError(403, "Cần nhập mã", "Hãy tải lại trang để nhập mã gửi tới hộp thư đầu mối, rồi làm lại.")


def has_passed(request: Request, visit: Visit) -> bool:
    """Whether a browser entered a code beside the present link and not too long ago, or the plan asks for none."""
    workspace, asks = visit.workspace, visit.workspace.plan.unit_page
    token = request.cookies.get(ENTERED_COOKIE, "")
    if not asks.one_time_code or not token:
        return not asks.one_time_code
    passes = BrowserPasses(workspace.seal, workspace.plan.id, workspace.campaign.code)
    entered = passes.entered(visit.unit.code, token, visit.entry.link)
    return entered is not None and workspace.store.now() < entered + timedelta(hours=asks.session_hours)


def open_with(request: Request, token: str, plan: str, campaign: str, unit: str) -> Visit:
    """Return a unit's campaign for whoever has a token that opens it; raise ClosedDoorError for anybody else.

    Whoever guesses learns nothing: not which units there are, nor how near a guess was.
    """
    caller = Caller.of(request)
    try:
        visit = find(request, plan, campaign, unit)
    except ClosedDoorError:
        caller.missed()
        raise
    workspace, entry = visit.workspace, visit.entry
    links = UnitLinks(workspace.seal, workspace.plan.id, workspace.campaign.code)
    if not token or not links.opens(unit, token, entry.link):
        if token:
            caller.missed()
        raise _unknown()
    if workspace.now >= workspace.campaign.end + OPEN_AFTER_END:
        raise ClosedDoorError(410, OVER, "Trang nộp hồ sơ của đợt này đã đóng.")
    return visit


def looked_at_anew(request: Request, visit: Visit) -> Visit:
    """Return a visit as it stands this moment, as whoever asks next is shown it too."""
    known: Campaigns = request.app.state.campaigns
    place = known.place(_ANYBODY, visit.workspace.plan.id, visit.workspace.campaign.code)
    return replace(visit, register=known.anew(place).register)


def find_receipt(request: Request, code: str) -> tuple[Workspace, Register, Receipt]:
    """Return the submission that a receipt's code is of, for whoever holds the receipt; raise ClosedDoorError.

    A wrong code counts as a wrong link does: nobody tries codes until one is right.
    """
    place, _, own = code.rpartition(".")
    plan, _, campaign = place.partition(".")
    known: Campaigns = request.app.state.campaigns
    try:
        here = known.place(_ANYBODY, plan, campaign)
        receipt = receipt_by_code(here.workspace, here.register, own)
    except NotHereError:
        receipt = None
    if receipt is None:
        Caller.of(request).missed()
        raise ClosedDoorError(
            404,
            "Không có biên nhận nào mang mã này",
            "Hãy xem lại mã in trên biên nhận, hoặc quét lại mã QR. Mã đúng mà vẫn không thấy thì biên nhận không do "
            "hệ thống này cấp, hoặc nội dung đã bị sửa.",
        )
    return here.workspace, here.register, receipt


def check_origin(request: Request) -> None:
    """Raise ClosedDoorError where a form was sent from a page of somebody else.

    Behind a proxy the page may be asked by another name than the one in its mails, which is ours too.
    """
    origin = request.headers.get("origin")
    if origin is None:
        return
    ours = {request.headers.get("host")}
    if place := find_place(request, request.path_params.get("plan", ""), request.path_params.get("campaign", "")):
        ours.add(urlsplit(upload_link(place.plan, place.campaign.code, "") or "").netloc or None)
    if urlsplit(origin).netloc not in ours:
        raise ClosedDoorError(403, "Không nhận", "Yêu cầu không đến từ trang nộp hồ sơ. Hãy mở lại trang và thử lại.")


def check_open(visit: Annotated[Visit, Depends(at_the_door)]) -> None:
    """Raise ClosedDoorError once the campaign is over: no form is shown by which nothing can be sent any more."""
    if visit.over:
        raise ClosedDoorError(410, OVER, f"{visit.over} Cần gửi, cần hỏi: {say_ring(visit.workspace.plan)}.")


def _unknown() -> ClosedDoorError:
    return ClosedDoorError(
        404,
        "Không mở được trang nộp hồ sơ",
        "Đường dẫn không đúng, đã được đổi, hoặc trình duyệt chưa mở bằng đường dẫn trong thư. Hãy mở lại bằng đường "
        "dẫn trong thư mới nhất gửi đơn vị; không thấy thư thì gọi cơ quan gửi công văn đề nghị báo cáo.",
    )


SENDS = (Depends(check_origin), Depends(check_open))
"""What whoever sends something, or opens a form to, has to pass."""
Inside = Annotated[Visit, Depends(let_in)]
AtTheDoor = Annotated[Visit, Depends(at_the_door)]
