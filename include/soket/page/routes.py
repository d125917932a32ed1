"""The addresses of a unit's page; each is of one unit, under `/<plan>/<campaign>/<unit>/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from soket.board.pages import Pages, file_answer, part_answer, root_of
from soket.narrative.versions import latest_changes
from soket.page.answers import PLACE, address_of, let_stay, show
from soket.page.asked import asked_of
from soket.page.desk import Desks
from soket.page.door import COOKIE, SENDS, Inside, Visit, looked_at_anew, open_with
from soket.page.staging import PART, RefusedFileError, StagedFile, Staging
from soket.page.views import TOLD, desk_of, mark_of
from soket.record.promises import promise_of
from soket.record.threads import threads_of
from soket.store.store import MissingObjectError

router = APIRouter()
sending = APIRouter(dependencies=SENDS)


class FileToCome(BaseModel):
    """What a browser says of a file before it sends it."""

    name: str = Field(min_length=1, max_length=400)
    size: int = Field(ge=0)
    modified: int | None = Field(default=None, ge=-(1 << 53), le=1 << 53)


@router.get("/-/style.css")
def style(request: Request) -> Response:
    """The style sheet."""
    pages: Pages = request.app.state.pages
    return part_answer(pages.style)


@router.get("/-/page.js")
def script(request: Request) -> Response:
    """The script, without which the page works too."""
    return part_answer(request.app.state.pages.script, "text/javascript")


@router.get(PLACE + "/vao/{token}")
def enter(request: Request, plan: str, campaign: str, unit: str, token: str) -> Response:
    """From the link in a mail to the page. It changes nothing: scanners of mail open links too."""
    visit = open_with(request, token, plan, campaign, unit)
    return let_stay(request, COOKIE, token, address_of(request, visit))


@router.get(PLACE)
def without_slash(request: Request, plan: str, campaign: str, unit: str) -> Response:
    """From the address as it is printed to the page, for which alone browsers keep who came in."""
    return RedirectResponse(f"{root_of(request)}/{plan}/{campaign}/{unit}/", 303)


@router.get(PLACE + "/")
def page(request: Request, visit: Inside, told: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The unit's page; `told` says what has just been done."""
    desks: Desks = request.app.state.desks
    desks.warm()
    if told:
        visit = looked_at_anew(request, visit)
    staged = _staging(visit).files()
    photos = _staging(visit).photos(staged)
    return show(
        request,
        visit,
        "desk.html",
        desk=desk_of(visit.workspace, visit.register, visit.unit, staged),
        photos=photos,
        others=[file for file in staged if file not in photos],
        mark=mark_of(visit.register, visit.unit.code, staged),
        told=told,
        changes=latest_changes(visit.workspace, visit.entry),
        asked=asked_of(visit.workspace, visit.register, visit.unit),
        threads=threads_of(visit.workspace.plan, visit.register, visit.unit.code),
        promise=promise_of(visit.workspace.plan, visit.register, visit.unit),
    )


@router.get(PLACE + "/dau")
def mark(visit: Inside) -> Response:
    """Return what changes when the page does."""
    told = mark_of(visit.register, visit.unit.code, _staging(visit).files())
    return JSONResponse({"mark": told}, headers={"Cache-Control": "no-store"})


@router.get(PLACE + "/thu")
def trial(request: Request, visit: Inside) -> Response:
    """What intake would say of the files that lie ready: a page of its own for who has no script."""
    desks: Desks = request.app.state.desks
    return show(request, visit, "trial.html", trial=desks.trial(visit))


@router.get(PLACE + "/tai/{key:path}")
def kept(visit: Inside, key: str) -> Response:
    """A file of the unit's own, a slip, or a paper of the request, to be saved."""
    desk = desk_of(visit.workspace, visit.register, visit.unit, ())
    known = {paper.key for paper in desk.papers}
    known |= {file.key for sent in visit.entry.receipts for file in sent.files if file.kept}
    known |= {verdict.slip_key for verdict in (*visit.entry.verdicts, *visit.entry.outcomes) if verdict.slip_key}
    known |= {each.key for verdict in visit.entry.outcomes if verdict.ruling in TOLD for each in verdict.marked}
    if key not in known:
        raise RefusedFileError("Không có tệp này trong hồ sơ của đơn vị.")
    try:
        return file_answer(key.rpartition("/")[2], visit.workspace.store.get(key))
    except MissingObjectError:
        raise RefusedFileError("Tệp này không còn trong kho dữ liệu.") from None


@sending.post(PLACE + "/tep")
def begin(visit: Inside, file: FileToCome) -> Response:
    """Begin to send a file, or learn how far one has come that was begun before."""
    return _told(_staging(visit).begin(file.name, file.size, file.modified))


@sending.put(PLACE + "/tep/{file_id}")
async def add(request: Request, visit: Inside, file_id: str, tu: Annotated[int, Query(ge=0)]) -> Response:
    """Add a part of a file at its place."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > PART:
            raise RefusedFileError("Phần tệp gửi lên dài hơn mức cho phép. Hãy tải lại trang rồi gửi lại.")
    return _told(await run_in_threadpool(_add, request, visit, file_id, tu, bytes(data)))


def _add(request: Request, visit: Visit, file_id: str, at: int, data: bytes) -> StagedFile:
    """Add a part and, with the last one, begin to look at the file."""
    file = _staging(visit).add(file_id, at, data)
    if file.whole:
        desks: Desks = request.app.state.desks
        desks.arrived(visit, file)
    return file


@sending.get(PLACE + "/tep/{file_id}")
def arrived(visit: Inside, file_id: str) -> Response:
    """Return how far a file has come."""
    return _told(_staging(visit).file(file_id))


@sending.post(PLACE + "/tep/{file_id}/bo")
def remove(request: Request, visit: Inside, file_id: str) -> Response:
    """Leave a file out."""
    _staging(visit).remove(file_id)
    return RedirectResponse(address_of(request, visit) + "#nop", 303)


@sending.post(PLACE + "/tep/{file_id}/chuyen")
def move(request: Request, visit: Inside, file_id: str, by: Annotated[int, Form(ge=-1, le=1)]) -> Response:
    """Put a photograph of paper a page earlier or later."""
    _staging(visit).move(file_id, by)
    return RedirectResponse(address_of(request, visit) + "#anh", 303)


@sending.post(PLACE + "/tai-len")
async def take(request: Request, visit: Inside) -> Response:
    """Take files as a browser without script sends them, each whole; who may not come in sends nothing."""
    limits = visit.workspace.plan.limits
    most = limits.max_files + limits.max_photos
    if int(request.headers.get("content-length", "0")) > most * limits.max_file_mb << 20:
        raise RefusedFileError(f"Tệp quá lớn: mỗi tệp không quá {limits.max_file_mb} MB. Hãy giảm ảnh trong tệp.")
    async with request.form(max_files=most, max_fields=0) as form:
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        await run_in_threadpool(_take, visit, files)
    return RedirectResponse(address_of(request, visit) + "#nop", 303)


def _take(visit: Visit, files: Sequence[UploadFile]) -> None:
    staging = _staging(visit)
    for each in files:
        file = staging.begin(each.filename or "", each.size or 0)
        while not file.whole and (data := each.file.read(PART)):
            file = staging.add(file.id, file.arrived, data)


@sending.post(PLACE + "/nop")
def hand_in(request: Request, visit: Inside, no_secret: Annotated[str, Form()] = "") -> Response:
    """Hand in what lies ready."""
    if not no_secret:
        raise RefusedFileError("Chưa nộp: hãy đánh dấu xác nhận hồ sơ không có bí mật nhà nước, rồi bấm Nộp.")
    _staging(visit).hand_in()
    return RedirectResponse(address_of(request, visit) + "?told=nop", 303)


def _staging(visit: Visit) -> Staging:
    return Staging(visit.workspace, visit.unit.code)


def _told(file: StagedFile) -> Response:
    return JSONResponse({"id": file.id, "name": file.name, "arrived": file.arrived, "part": PART})
