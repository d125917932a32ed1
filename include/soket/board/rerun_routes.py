"""A stage gone through again from the board: its papers are made anew in their places, and nobody is written to.

Nothing is decided by it. It is Airflow's own way (a backfill), asked for in the name of who looks: an operator.
"""

from __future__ import annotations

from datetime import datetime, time
from http.client import NOT_FOUND

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from soket.board.access import NotHereError, Place
from soket.board.act_routes import Sent
from soket.board.acting import only_operator
from soket.board.airflow_api import AirflowApi, AirflowRefusedError
from soket.board.form_seal import STAMP, FormSeal, check_sender
from soket.board.frame import Known, Looking, Present, home_of, looking_again, show
from soket.clock import VIETNAM
from soket.plan.campaigns import dag_of, date_of
from soket.plan.model import Stage
from soket.record.reopening import why_not_reopened
from soket.record.stale import say_archived

router = APIRouter()

_UNSENT = {
    401: "Phiên đăng nhập đã hết hạn. Đăng nhập lại ở một thẻ khác rồi bấm lại.",
    403: "Máy chủ không cho tài khoản này chạy lại giai đoạn. Báo cơ quan vận hành.",
    404: "Airflow chưa nạp giai đoạn này. Đợi ít phút rồi bấm lại.",
    409: "Giai đoạn này đang được chạy lại. Đợi xong rồi xem văn bản; cần nữa thì bấm lại sau.",
}
_STILL_RUNNING = "Giai đoạn đang chạy dở. Đợi xong rồi chạy lại; bước nào hỏng thì bấm Làm lại bước ấy trong Airflow."
_OTHERWISE = "Chưa chạy lại được, chưa có gì thay đổi. Bấm lại sau ít phút; vẫn thế thì xem nhật ký của Airflow."


def _stage(here: Place, code: str) -> Stage:
    stage = next((each for each in here.plan.stages if each.id == code), None)
    if stage is None or code not in here.campaign.stages:
        raise NotHereError("Đợt này không có giai đoạn ấy.")
    return stage


def _dag(here: Place, stage: Stage) -> str:
    return dag_of(here.plan.id, stage.id, here.plan.campaigns, here.campaign)


def _page(request: Request, here: Place, stage: Stage, account: str, trouble: str = "") -> Response:
    return show(
        request,
        here,
        "rerun.html",
        status=422 if trouble else 200,
        stage=stage,
        begun=here.register.of(stage).begun,
        reopens=not why_not_reopened(here.workspace, here.register, stage),
        archived=say_archived(here.plan, here.register, stage),
        only=only_operator(here.plan, account),
        trouble=trouble,
        stamp=FormSeal(here.workspace, account).stamp(),
    )


@router.get("/{plan}/{campaign}/reruns/{stage}")
def ask(request: Request, here: Present, looking: Looking, stage: str) -> Response:
    """What it would do."""
    return _page(request, here, _stage(here, stage), looking.name)


@router.post("/{plan}/{campaign}/reruns/{stage}")
def run(request: Request, here: Present, looking: Looking, known: Known, sent: Sent, stage: str) -> Response:
    """Have it done."""
    check_sender(request)
    FormSeal(here.workspace, looking.name).read(sent.get(STAMP, ""))
    here = known.anew(here)
    about = _stage(here, stage)
    if only_operator(here.plan, looking.name) or not here.register.of(about).begun:
        return _page(request, here, about, looking.name, "Không chạy lại được.")
    days = (here.campaign.opens, time.min), (here.campaign.closes, time.max)
    first, last = (date_of(here.workspace.clock, datetime.combine(day, hour, VIETNAM)) for day, hour in days)
    try:
        number = AirflowApi.of(request).rerun(_dag(here, about), first, last)
    except AirflowRefusedError as refused:
        return _page(request, here, about, looking.name, _UNSENT.get(refused.status, _OTHERWISE))
    if number is None:
        return _page(request, here, about, looking.name, _STILL_RUNNING)
    home = home_of(request, here)
    return RedirectResponse(f"{home}/reruns/{about.id}/sent/{number}", 303)


@router.get("/{plan}/{campaign}/reruns/{stage}/sent/{number}")
def sent(request: Request, here: Present, stage: str, number: int) -> Response:
    """How far it is."""
    about, trouble, found = _stage(here, stage), "", None
    try:
        found = AirflowApi.of(request).rerun_of(_dag(here, about), number)
    except AirflowRefusedError as refused:
        if refused.status != NOT_FOUND:
            trouble = "Airflow chưa cho biết đã chạy đến đâu. Trang tự hỏi lại."
    if found is None and not trouble:
        raise NotHereError("Không có lần chạy lại này.")
    answer = show(request, here, "rerun_sent.html", stage=about, found=found, trouble=trouble)
    return answer if found and found.over else looking_again(answer)
