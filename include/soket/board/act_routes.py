"""The board's acts: a form, what it would change, and a page that waits for its decision.

What is entered goes the way of every other act: a run of the plan's DAG of acts, in the viewer's own name. It is tried
first as that run will try it, so that what would be refused never becomes a run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.board.access import NotHereError, Place
from soket.board.acting import (
    Filled,
    act_links,
    as_conf,
    fields_of,
    mark_of,
    only_others,
    read_filled,
    told_fields,
    units_of,
)
from soket.board.airflow_api import AirflowApi, AirflowRefusedError
from soket.board.form_seal import STAMP, FormSeal, check_sender
from soket.board.frame import Known, Looking, Present, home_of, looking_again, show
from soket.plan.model import Unit
from soket.record.commending import names_of_proposals
from soket.record.decision_lines import decision_line
from soket.record.refusals import refusals_of
from soket.stages.act_blanks import STAGE
from soket.stages.act_table import ACTS, Act
from soket.stages.actions import UNITS, entries_of
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import check_acts, what_if

router = APIRouter()

_MOST_BYTES = 200_000  # of a form
_MOST_FIELDS = 1_000
_STEP = "step"
_RUN = re.compile(r"board__[0-9a-f]{24}")
_UNSENT = {
    401: "Phiên đăng nhập đã hết hạn. Đăng nhập lại ở một thẻ khác rồi bấm lại.",
    403: "Máy chủ không cho tài khoản này ghi việc của kế hoạch. Báo cơ quan vận hành.",
    404: "Airflow chưa nạp kế hoạch này. Đợi ít phút rồi bấm lại; vẫn thế thì báo cơ quan vận hành.",
}
_OTHERWISE = "Chưa gửi được, chưa có gì được ghi. Bấm lại sau ít phút: bấm nhiều lần cũng chỉ ghi một lần."


async def sent_form(request: Request) -> Filled:
    """Return what a browser's form holds."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST_BYTES:
        raise HTTPException(413)
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return read_filled((name, value) for name, value in form.multi_items() if isinstance(value, str))


Sent = Annotated[Filled, Depends(sent_form)]


def _asked(request: Request) -> Filled:
    return read_filled(request.query_params.multi_items())


Asked = Annotated[Filled, Depends(_asked)]


def _known(name: str) -> Act[Any]:
    if name not in ACTS:
        raise NotHereError("Không có việc này. Hãy quay lại trang trước và chọn lại.")
    return ACTS[name]


def _units(here: Place, filled: Filled) -> list[Unit]:
    """Return the units that a form is about; raise NotHereError for one that there is not."""
    codes = units_of(filled)
    if unknown := [code for code in codes if code not in here.register.units]:
        raise NotHereError(f"Kế hoạch «{here.plan.short_title}» không có đơn vị «{', '.join(unknown[:3])[:100]}».")
    return [here.plan.unit(code) for code in codes]


@router.get("/{plan}/{campaign}/acts")
def choose(
    request: Request, here: Present, looking: Looking, asked: Asked, block: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """What may be done about what was chosen."""
    asked.pop("block", None)
    if block:
        entries = [*here.register.reporting(here.plan), *here.register.documents(here.plan)]
        owing = [entry.unit for entry in entries if not entry.standing.settled]
        mine = [code for code in owing if here.plan.unit(code).block == block]
        asked |= read_filled([(UNITS, ",".join(mine))])
    home = home_of(request, here)
    return show(
        request,
        here,
        "act_list.html",
        units=_units(here, asked),
        links=act_links(here.workspace, here.register, looking.name, home, asked),
        nobody=bool(block) and not units_of(asked),
    )


def _form(
    request: Request, here: Place, act: Act[Any], filled: Filled, account: str, *, refused: str = "", nonce: str = ""
) -> Response:
    """Answer with an act's form."""
    offered = act.offers(here.workspace, here.register, filled)
    return show(
        request,
        here,
        "act_form.html",
        status=422 if refused else 200,
        act=act,
        units=_units(here, filled),
        fields=fields_of(here.workspace, here.register, act, filled),
        offered=offered,
        nothing=offered.barred.get(filled.get(STAGE.name, ""), offered.nothing),
        only=only_others(here.plan, account, act.name),
        refused=refused,
        stamp=FormSeal(here.workspace, account).stamp(nonce=nonce),
    )


@router.get("/{plan}/{campaign}/acts/{act}")
def form(request: Request, here: Present, looking: Looking, asked: Asked, act: str) -> Response:
    """An act's form."""
    return _form(request, here, _known(act), asked, looking.name)


@router.post("/{plan}/{campaign}/acts/{act}")
def enter(request: Request, here: Present, looking: Looking, known: Known, sent: Sent, act: str) -> Response:
    """Tell what a form would change or, once that was seen, enter it."""
    check_sender(request)
    chosen, seal, actor = _known(act), FormSeal(here.workspace, looking.name), Actor(looking.name)
    stamp, step = seal.read(sent.pop(STAMP, "")), sent.pop(_STEP, "")
    here = known.anew(here)
    if step == "edit":
        return _form(request, here, chosen, sent, looking.name, nonce=stamp.nonce)
    wanted, mark = {**sent, "act": chosen.name}, mark_of(here.register, sent)
    changed = step == "confirm" and stamp.mark != mark
    trouble = ""
    try:
        if step == "confirm" and not changed:
            check_acts(here.workspace, wanted, actor)
            trouble = _trigger(request, here, stamp.entry(wanted), as_conf(chosen, wanted))
            if not trouble:
                return _to_the_wait(request, here, chosen, stamp.entry(wanted), sent)
        effect = what_if(here.workspace, wanted, actor, whole=True)
    except ActRefusedError as refusal:
        return _form(request, here, chosen, sent, looking.name, refused=str(refusal), nonce=stamp.nonce)
    return show(
        request,
        here,
        "act_preview.html",
        act=chosen,
        units=_units(here, sent),
        told=told_fields(fields_of(here.workspace, here.register, chosen, sent), sent),
        effect=effect,
        changed=changed,
        trouble=trouble,
        sent=sent,
        stamp=seal.stamp(mark, stamp.nonce),
    )


def _trigger(request: Request, here: Place, run: str, form: Mapping[str, str | int]) -> str:
    """Send a form to the DAG of acts; return why that failed, or nothing."""
    try:
        AirflowApi.of(request).trigger(f"{here.plan.id}.actions", run, {**form, "campaign": here.campaign.code})
    except AirflowRefusedError as refused:
        return _UNSENT.get(refused.status, _OTHERWISE)
    return ""


def _to_the_wait(request: Request, here: Place, act: Act[Any], run: str, filled: Filled) -> Response:
    home = home_of(request, here)
    about = urlencode({name: filled[name] for name in ("unit", UNITS, STAGE.name) if name in filled})
    return RedirectResponse(f"{home}/acts/{act.name}/sent/{run}?{about}", 303)


@router.get("/{plan}/{campaign}/acts/{act}/sent/{run}")
def sent(request: Request, here: Present, known: Known, asked: Asked, act: str, run: str) -> Response:
    """What became of a form that was sent: it waits for the decision, not for a green box."""
    chosen = _known(act)
    if not _RUN.fullmatch(run):
        raise NotHereError("Không có trang này.")
    _units(here, asked)
    here = known.anew(here)
    recorded = [(entry, entry.recorded(here.register)) for entry in entries_of(asked, run)]
    refused = refusals_of(here.workspace, [entry.name for entry, decision in recorded if decision is None])
    proposed = names_of_proposals(here.workspace, here.register)
    lines = [
        (
            here.plan.unit(entry.unit).name if entry.unit else "",
            decision and decision_line(here.plan, decision, proposed),
            refused.get(entry.name),
        )
        for entry, decision in recorded
    ]
    waiting = any(not (line or refusal) for _, line, refusal in lines)
    failed = waiting and _has_failed(request, here, run)
    answer = show(
        request,
        here,
        "act_sent.html",
        act=chosen,
        lines=lines,
        waiting=waiting,
        failed=failed,
        units=units_of(asked),
    )
    return looking_again(answer) if waiting and not failed else answer


def _has_failed(request: Request, here: Place, run: str) -> bool:
    try:
        return AirflowApi.of(request).run_state(f"{here.plan.id}.actions", run) == "failed"
    except AirflowRefusedError:
        return False
