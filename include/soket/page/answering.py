"""A unit's reply to an invitation, by a form of its page: who comes, who speaks on what, the text of a speech."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from soket.page.answers import PLACE, address_of, show
from soket.page.asked import InvitedTo, invitations_of, say_reply
from soket.page.attached import WORD, anew, attached, said
from soket.page.door import SENDS, Inside, Visit
from soket.page.staging import RefusedFileError
from soket.record.attendance import ATTENDING, Attending, Channel, Reply, reply_id
from soket.record.replying import record_reply

answers = APIRouter(dependencies=SENDS)
INVITATION = PLACE + "/giay-moi/{stage}"

_CHOICES = {each: word.label for each, word in ATTENDING.items() if each not in (Attending.SILENT, Attending.HOSTS)}
_MOST = 30  # replies of one guest to one conference


@answers.get(INVITATION)
def form(request: Request, visit: Inside, stage: str) -> Response:
    """The form, and what was answered before."""
    visit = anew(visit)
    invited = _invited(visit, stage)
    return show(
        request,
        visit,
        "answer.html",
        invited=invited,
        last=next((each for each in reversed(invited.replies) if each.counts and each.attending), None),
        told=[say_reply(invited, each) for each in invited.replies],
        points=invited.points,
        choices=_CHOICES,
    )


@answers.post(INVITATION)
def answer(
    request: Request,
    visit: Inside,
    stage: str,
    attending: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    post: Annotated[str, Form()] = "",
    phone: Annotated[str, Form()] = "",
    point: Annotated[str, Form()] = "",
    speaks_on: Annotated[str, Form()] = "",
    own_review: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    speech: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Record what a unit answers; the same answer sent twice is one."""
    visit = anew(visit)
    invited = _invited(visit, stage)
    filled = {
        "person": said(person, "họ và tên", 200, needed=attending == Attending.DEPUTY),
        "post": said(post, "chức vụ", 200, needed=False),
        "phone": said(phone, "điện thoại", 50, needed=False),
        "point": said(point, "điểm cầu", 200, needed=False),
        "speaks_on": said(speaks_on, "nội dung tham luận", 300, needed=False),
        "own_review": said(own_review, "kết quả tự tổ chức", 500, needed=False),
        "note": said(note, "ý kiến", 500, needed=False),
    }
    chosen = Attending(attending) if attending in _CHOICES else None
    paper = attached(visit, speech, WORD, "Bài tham luận")
    if chosen is None and paper is None:
        raise RefusedFileError("Chưa chọn dự, cử người dự thay hay vắng.")
    if len(invited.replies) >= _MOST:
        raise RefusedFileError(f"Đã trả lời {_MOST} lần. Muốn đổi nữa thì gọi cơ quan tổ chức hội nghị.")
    content = [attending, *filled.values(), paper.name if paper else "", *([_digest(paper.data)] if paper else [])]
    source = _source(visit, invited, _digest(chr(0).join(content).encode()))
    if paper:
        key = visit.workspace.keys.reply_file(reply_id(Channel.PAGE, source), paper.name)
        visit.workspace.store.put(key, paper.data)
        filled["speech"] = paper.name
    record_reply(
        visit.workspace,
        visit.register,
        channel=Channel.PAGE,
        source=source,
        guest=invited.guest.code,
        stage=stage,
        round_number=invited.round,
        at=visit.workspace.now,
        attending=chosen,
        refused="",
        **filled,
    )
    return RedirectResponse(f"{address_of(request, visit)}giay-moi/{stage}#da-tra-loi", 303)


def _invited(visit: Visit, stage: str) -> InvitedTo:
    found = invitations_of(visit.workspace, visit.register, visit.unit)
    for each in found:
        if each.stage.id == stage:
            return each
    raise RefusedFileError("Lúc này không có giấy mời nào chờ đơn vị trả lời ở đây.")


def _source(visit: Visit, invited: InvitedTo, digest: str) -> str:
    """Return where a reply comes from: which of the unit's own on its page it is, and what it says."""
    own: list[Reply] = [each for each in invited.replies if each.channel is Channel.PAGE]
    if invited.replies and invited.replies[-1].channel is Channel.PAGE and own[-1].source.endswith(digest):
        return own[-1].source
    return f"{visit.unit.code} {invited.stage.id}/{invited.round} {len(own) + 1} {digest}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]
