"""Mail about what acts did to stages: to their offices about dates that moved, to the operator about one reopened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from soket.notices.alerts import alert
from soket.notices.facts import Facts, office_facts, say_days
from soket.notices.notice import Kind, Notice
from soket.plan.dates import Deadline
from soket.plan.model import Stage
from soket.record.decisions import Decision, Reopening
from soket.record.register import Register
from soket.record.reopening import say_run
from soket.record.rounds import say_met
from soket.record.slack import StageSlack, critical_path
from soket.record.stage_moves import StageMove, stage_moves
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment

_VARIANT = "stage"


def moved_stage_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell each office which act moved the date of a stage that it owns and has not finished: one mail an act.

    As with units, a later date that is over before its mail was written helps nobody; one put back is always told.
    """
    told: dict[tuple[str, str], list[tuple[Stage, StageMove]]] = {}
    for stage, move in _last_moves(workspace, register):
        told.setdefault((stage.owner, move.act.id), []).append((stage, move))
    return [_notice(workspace, register, office, moves) for (office, _), moves in told.items()]


def _held_up(workspace: Workspace, register: Register, moved: list[Stage]) -> list[StageSlack]:
    """Return what is left to the stages that follow, where that is less than planned: their dates stay as they are."""
    following = {each.id for stage in moved for each in workspace.plan.downstream(stage)}
    return [each for each in critical_path(workspace, register).stages if each.stage in following and each.pressed]


def _last_moves(workspace: Workspace, register: Register) -> Iterator[tuple[Stage, StageMove]]:
    for stage in workspace.plan.stages:
        entry = register.of(stage)
        moves = stage_moves(register.acts, stage.id, workspace.campaign.stages[stage.id].last_day)
        if not moves or (entry.done and not register.reopened(stage)):
            continue
        if workspace.now < entry.deadline or _is_taken_back(register, moves[-1].act):
            yield stage, moves[-1]


def _is_taken_back(register: Register, act: Decision) -> bool:
    return register.acts.is_undone(register.acts.subject_of(act))


def _notice(workspace: Workspace, register: Register, code: str, moves: list[tuple[Stage, StageMove]]) -> Notice:
    plan, act = workspace.plan, moves[0][1].act
    office, held_up = plan.office(code), _held_up(workspace, register, [stage for stage, _ in moves])
    owners = {plan.stage(each.stage).owner: None for each in held_up if each.left <= 0}
    stages: list[Facts] = [
        {
            "title": stage.title,
            "delivers": stage.delivers,
            "receiver": plan.office(stage.receiver).name,
            "before": format_date(move.before),
            "last_day": format_date(move.after),
            "planned": format_date(move.planned) if move.planned not in (move.before, move.after) else None,
            "days": say_met(plan, register, stage) or say_days(workspace, Deadline(by=move.after).moment),
        }
        for stage, move in moves
    ]
    return Notice(
        kind=Kind.NEW_DATE,
        addressee=code,
        step=f"stage-{hashlib.sha256(act.id.encode()).hexdigest()[:8]}",
        version=moves[0][1].after.isoformat(),
        variant=_VARIANT,
        by=plan.roles.operator if code == plan.roles.lead else None,  # nobody reports to itself
        to=(office.contact,),
        cc=tuple(plan.office(owner).contact for owner in owners if owner != code),
        context={
            **office_facts(office),
            "about": register.acts.subject_of(act).kind,
            "taken_back": _is_taken_back(register, act),
            "stages": list(stages),
            "held_up": [f"{each.title} (hết ngày {format_date(each.last_day)}): {each.words}" for each in held_up],
            "granted_by": act.granted_by,
            "reason": act.reason,
            "document_number": act.document_number,
        },
    )


def reopened_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Return one mail for each stage that was reopened and has not run since."""
    return [_reopened(workspace, register, stage) for stage in workspace.plan.stages if register.reopened(stage)]


def _reopened(workspace: Workspace, register: Register, stage: Stage) -> Notice:
    acts = (act for act in reversed(register.acts.in_force) if isinstance(act, Reopening) and act.stage == stage.id)
    act = next(acts)
    what = (
        f"{act.granted_by} mở lại giai đoạn “{stage.title}” lúc {format_moment(act.decided_at)}. "
        f"Lý do: {act.reason.rstrip('. ')}. "
        "Giai đoạn chưa chạy lại: vòng mới bắt đầu khi có người chạy."
    )
    advice = (
        f"Mở DAG “{stage.title}” trong Airflow, bấm Chạy. {say_run(workspace, register, stage)}",
        "Đang có lần chạy dở thì lần mới xếp sau lần ấy.",
        "Không dùng “Chạy lại” của bảng theo dõi: việc ấy chỉ làm lại văn bản của vòng cũ.",
    )
    return alert(workspace, f"“{stage.title}” được mở lại, chờ chạy", what, advice, f"reopened-{stage.id}", act.id)
