"""Commendation: the list that people decide on, what of a decision makes no sense, and who is commended."""

from __future__ import annotations

from collections import defaultdict

from pydantic import ValidationError

from soket.plan.model import Stage, StageKind
from soket.record.commending import NomineeList, commendations_in_force, nominated, owing_by_block
from soket.record.decisions import Commendation
from soket.record.keeping import file_stage_record
from soket.record.nominees import Nominee
from soket.record.products import COMMENDATIONS, PROPOSALS, save_products
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.resting import summary_now
from soket.store.store import MissingObjectError
from soket.text import format_number

_NAMED = 5  # ids in a refusal


def list_proposals(workspace: Workspace, register: Register, stage: Stage) -> str:
    """List who is proposed for commendation now, on paper for whoever decides, and for programs; return a note."""
    from soket.documents.commending import proposed, render_commendations

    summary = summary_now(workspace, register, stage)
    listed = proposed(summary, register, nominated(workspace.plan, register))
    decided = sum(each.id in listed.decided for each in listed.proposals)
    papers = {
        COMMENDATIONS: render_commendations(workspace.plan, stage, listed, workspace.now.date()),
        PROPOSALS: listed.to_json(),
    }
    round_number = register.round_to_open(stage)
    keys = save_products(workspace, stage.id, round_number, papers)
    note = f"Đề nghị biểu dương: {len(listed.proposals) - decided} trường hợp chờ quyết định."
    if decided:
        note += f" Đã có quyết định: {decided} trường hợp, xem trang Quyết định."
    return file_stage_record(workspace, stage.id, round_number, "proposals", note, products=keys).note


def known_proposals(workspace: Workspace, register: Register) -> dict[str, Nominee]:
    """Return every proposal that was ever listed, by its id, as it was listed last."""
    known = {each.id: each for each in nominated(workspace.plan, register)}
    for stage in workspace.plan.stages_of(StageKind.CONFER):
        for record in register.of(stage).records:
            for key in record.products:
                if key.endswith(f"/{PROPOSALS}"):
                    known |= {each.id: each for each in _listed(workspace, key)}
    return known


def _listed(workspace: Workspace, key: str) -> tuple[Nominee, ...]:
    try:
        return NomineeList.model_validate_json(workspace.store.get(key)).proposals
    except (MissingObjectError, ValidationError):  # of another version of soket: the next list stands in its place
        return ()


def commended(workspace: Workspace, register: Register) -> tuple[Nominee, ...]:
    """Return those whose commendation is decided, in the order of the list."""
    decided = commendations_in_force(register)
    if not decided:
        return ()
    known = known_proposals(workspace, register)
    return tuple(each for code, each in known.items() if code in decided and decided[code].conclusion == "commended")


def with_names(workspace: Workspace, register: Register, act: Commendation) -> Commendation:
    """Return a decision with who they are that it is about."""
    known, unit = known_proposals(workspace, register), workspace.plan.unit
    told = [(each.name, unit(each.unit).name, each.id) for each in (known[code] for code in act.proposals)]
    named = tuple(f"{name}{f', {of}' if of not in name else ''} ({code})" for name, of, code in told)
    return act.model_copy(update={"named": named})


def check_commendation(workspace: Workspace, register: Register, act: Commendation, _: Actor) -> None:
    """Refuse a decision on what is not listed, without a document, or beyond what the plan allows of a block."""
    known = known_proposals(workspace, register)
    if unknown := [code for code in act.proposals if code not in known]:
        raise ActRefusedError(
            f"Không có đề nghị biểu dương «{', '.join(unknown[:_NAMED])}». Chép mã từ danh sách kèm tờ trình biểu "
            "dương ở hồ sơ hội nghị."
        )
    if act.conclusion == "declined":
        return
    if not act.document_number:
        raise ActRefusedError("Chưa điền: Số văn bản. Biểu dương, khen thưởng phải ghi số quyết định.")
    _within_share(workspace, register, {each.id: each for each in commended(workspace, register)}, act, known)


def _within_share(
    workspace: Workspace,
    register: Register,
    before: dict[str, Nominee],
    act: Commendation,
    known: dict[str, Nominee],
) -> None:
    plan = workspace.plan
    owing, units = owing_by_block(plan, register), defaultdict[str, set[str]](set)
    for each in (before | {code: known[code] for code in act.proposals}).values():
        if not each.individual:
            units[plan.unit(each.unit).block].add(each.unit)
    touched = {plan.unit(known[code].unit).block for code in act.proposals if not known[code].individual}
    for block in sorted(touched):
        most = plan.commendation.most_of(owing[block])
        if len(units[block]) > most:
            raise ActRefusedError(
                f"{plan.block(block).name} có {owing[block]} đơn vị, nhiều nhất {most} đơn vị có tập thể được biểu "
                f"dương ({format_number(plan.commendation.share)}%); quyết định này thành {len(units[block])}. Bớt tập "
                "thể, hủy quyết định trước, hoặc sửa «commendation.share» của kế hoạch."
            )
