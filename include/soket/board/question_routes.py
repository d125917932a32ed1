"""Questions of stages, answered on the board: the same question, put to the same API, as in Airflow's own pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from soket.board.access import NotHereError, Place
from soket.board.act_routes import Sent
from soket.board.acting import FormField, only_others
from soket.board.airflow_api import AirflowApi, AirflowQuestion, AirflowRefusedError
from soket.board.form_seal import STAMP, FormSeal, check_sender
from soket.board.frame import Known, Looking, Present, home_of, looking_again, show
from soket.plan.campaigns import dag_of
from soket.plan.model import Stage
from soket.record.decision_lines import decision_line
from soket.record.keeping import read_register
from soket.record.refusals import last_refusal
from soket.stages.answers import Answer
from soket.stages.questions import STAGE_QUESTIONS, act_of, answered_since
from soket.stages.refusing import ActRefusedError

router = APIRouter()

_OPTION = "option"
_LONG = 500  # characters that want more than a line
_SAYS_WHEN = re.compile(r"\((?:bắt buộc|nếu có|bỏ trống)")
_UNSENT = {
    403: "Máy chủ không cho tài khoản này trả lời. Báo cơ quan vận hành.",
    409: "Câu hỏi này vừa có người trả lời.",
}
_OTHERWISE = "Chưa gửi được câu trả lời. Bấm lại sau ít phút."


def _asking(here: Place, code: str) -> Stage:
    stage = next((each for each in here.plan.stages if each.id == code and each.kind in STAGE_QUESTIONS), None)
    if stage is None:
        raise NotHereError("Giai đoạn này không hỏi gì.")
    return stage


def _open_question(request: Request, here: Place, stage: Stage) -> AirflowQuestion | None:
    """Return what a stage waits for an answer to, as Airflow has it."""
    dag = dag_of(here.plan.id, stage.id, here.plan.campaigns, here.campaign)
    try:
        return AirflowApi.of(request).question(dag)
    except AirflowRefusedError:
        return None


def _fields(question: AirflowQuestion, filled: Mapping[str, str], needs: Collection[str]) -> list[FormField]:
    """Return the fields of a question's form, as the question itself has them."""
    return [
        FormField(
            name=name,
            title=param["schema"].get("title") or name,
            kind="text" if (param["schema"].get("maxLength") or 0) > _LONG else "line",
            value=filled.get(name) or str(param["value"] or ""),
            longest=param["schema"].get("maxLength") or 200,
            required=name in needs,
            optional=beside(param["schema"].get("title") or ""),
        )
        for name, param in question.params.items()
    ]


def beside(title: str) -> str:
    """Return what stands beside the title of what may be left out: nothing where the title says itself when it may."""
    return "" if _SAYS_WHEN.search(title) else "không bắt buộc"


def _page(
    request: Request, here: Place, stage: Stage, account: str, filled: Mapping[str, str], trouble: str = ""
) -> Response:
    asked, question = STAGE_QUESTIONS[stage.kind], _open_question(request, here, stage)
    return show(
        request,
        here,
        "question.html",
        status=422 if trouble else 200,
        stage=stage,
        asked=asked,
        told=asked.asks(here.workspace, stage) if question else None,
        question=question,
        fields=_fields(question, filled, asked.needs) if question else [],
        only=only_others(here.plan, account, act_of(stage), stage),
        trouble=trouble,
        stamp=FormSeal(here.workspace, account).stamp(question.run if question else ""),
    )


@router.get("/{plan}/{campaign}/questions/{stage}")
def ask(request: Request, here: Present, looking: Looking, stage: str) -> Response:
    """What a stage waits for an answer to."""
    return _page(request, here, _asking(here, stage), looking.name, {})


@router.post("/{plan}/{campaign}/questions/{stage}")
def answer(request: Request, here: Present, looking: Looking, known: Known, sent: Sent, stage: str) -> Response:
    """Answer it, once it is sure that the answer counts."""
    check_sender(request)
    stamp = FormSeal(here.workspace, looking.name).read(sent.pop(STAMP, ""))
    here = known.anew(here)
    about, chosen = _asking(here, stage), sent.pop(_OPTION, "")
    question, kind = _open_question(request, here, about), STAGE_QUESTIONS[about.kind]
    since = here.workspace.now
    if question is None or stamp.mark != question.run:
        return _page(request, here, about, looking.name, sent, "Câu hỏi đã thay đổi từ lúc mở trang. Xem lại.")
    filled = {name: sent[name] for name in question.params if name in sent}
    given = Answer(kind.answers.get(chosen, ""), looking.name, at=datetime.now(UTC), fields=filled)
    try:
        kind.check(here.workspace, about, given)
        AirflowApi.of(request).answer(question, chosen, _as_params(question, filled))
    except ActRefusedError as refusal:
        return _page(request, here, about, looking.name, sent, str(refusal))
    except AirflowRefusedError as refused:
        return _page(request, here, about, looking.name, sent, _UNSENT.get(refused.status, _OTHERWISE))
    home = home_of(request, here)
    return RedirectResponse(f"{home}/questions/{about.id}/sent/{since:%Y%m%dT%H%M%S}", 303)


def _as_params(question: AirflowQuestion, filled: Mapping[str, str]) -> dict[str, str | None]:
    """Return what was filled in as the question's own form sends it: what may be nothing is nothing."""
    none = {name for name, param in question.params.items() if "null" in _types(param)}
    return {name: filled.get(name) or (None if name in none else "") for name in question.params}


def _types(param: Mapping[str, Any]) -> list[str]:
    told = param["schema"].get("type") or []
    return [told] if isinstance(told, str) else list(told)


@router.get("/{plan}/{campaign}/questions/{stage}/sent/{since}")
def taken(request: Request, here: Present, stage: str, since: str) -> Response:
    """What became of an answer: it waits for the decision on record."""
    about = _asking(here, stage)
    try:
        moment = datetime.strptime(since, "%Y%m%dT%H%M%S").replace(tzinfo=here.workspace.now.tzinfo)
    except ValueError:
        raise NotHereError("Không có trang này.") from None
    decision = answered_since(read_register(here.workspace, keep=False), about, moment)
    refusal = None if decision else last_refusal(here.workspace, act_of(about), moment)
    answer = show(
        request,
        here,
        "question_sent.html",
        stage=about,
        asked=STAGE_QUESTIONS[about.kind],
        line=decision and decision_line(here.plan, decision),
        refusal=refusal,
    )
    return answer if decision or refusal else looking_again(answer)
