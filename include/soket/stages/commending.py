"""Commendation: the list that people decide on, what of a decision makes no sense, and who is commended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from soket.plan.model import Plan, Stage, StageKind
from soket.record.commending import (
    commendations_in_force,
    known_proposals,
    names_of_proposals,
    nominated,
    owing_by_block,
    say_decided,
    with_unit,
)
from soket.record.decisions import Commendation
from soket.record.filing import file_again
from soket.record.nominees import Nominee
from soket.record.products import COMMENDATIONS, PROPOSALS, save_products
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, ActRefusedError
from soket.text import format_date, format_number

if TYPE_CHECKING:
    from soket.documents.figures import Summary

_NAMED = 5  # ids in a refusal


def list_proposals(
    workspace: Workspace, register: Register, stage: Stage, summary: Summary, papers: dict[str, bytes]
) -> str:
    """List who is proposed for commendation now, on paper for whoever decides, and for programs; return a note.

    The paper is put among those whose sources are traced.
    """
    from soket.documents.commending import proposed, render_commendations
    from soket.documents.provenance import bare

    listed = proposed(summary, register, nominated(workspace.plan, register))
    decided = sum(each.id in listed.decided for each in listed.proposals)
    papers[COMMENDATIONS] = render_commendations(workspace.plan, stage, listed, workspace.now.date())
    made = {COMMENDATIONS: papers[COMMENDATIONS], PROPOSALS: bare(listed.to_json().decode()).encode()}
    round_number = register.round_to_open(stage)
    keys = save_products(workspace, stage.id, round_number, made)
    note = f"Đề nghị biểu dương: {len(listed.proposals) - decided} trường hợp chờ quyết định."
    if decided:
        note += f" Đã có quyết định: {decided} trường hợp, xem trang Quyết định."
    return file_again(workspace, register, stage.id, round_number, "proposals", note, products=keys).note


def commended(workspace: Workspace, register: Register) -> tuple[Nominee, ...]:
    """Return those whose commendation is decided, in the order of the list."""
    decided = commendations_in_force(register)
    if not decided:
        return ()
    known = known_proposals(workspace, register)
    return tuple(each for code, each in known.items() if code in decided and decided[code].conclusion == "commended")


def papers_naming(plan: Plan, register: Register) -> tuple[tuple[str, datetime], ...]:
    """Return the papers made that name those whose commendation was decided by then, each with when that was."""
    invited = [
        (f"{what} ({stage.title})", register.of(stage).record(step))
        for stage in plan.stages_of(StageKind.CONFER)
        for what, step in (("Tài liệu hội nghị", "papers"), ("Thư mời họp", "done"))
    ]
    packs = [("Thông cáo báo chí", register.of(stage).record("press")) for stage in plan.stages_of(StageKind.PUBLISH)]
    return tuple((name, record.at) for name, record in (*invited, *packs) if record)


def commended_otherwise(workspace: Workspace, before: Register, after: Register) -> Iterator[str]:
    """Say who is commended in one of two registers alone, which papers name it or do not, and what was decided anew."""
    decided, still = commendations_in_force(before), commendations_in_force(after)
    if decided == still:
        return
    was, stays = ({each.id for each in commended(workspace, register)} for register in (before, after))
    papers, names = papers_naming(workspace.plan, before), names_of_proposals(workspace, before)
    for each in commended(workspace, before):
        if each.id not in stays:
            since = decided[each.id].decided_at
            named = [f"{paper} lập ngày {format_date(at.date())}" for paper, at in papers if since <= at]
            told = f"; đã nêu trong {', '.join(named)}, muốn rút thì phải đính chính bằng văn bản" if named else ""
            yield f"{names[each.id].name} không còn được biểu dương{told}."
    names = names_of_proposals(workspace, after)
    for each in commended(workspace, after):
        if each.id not in was:
            made = ", ".join(f"{paper} lập ngày {format_date(at.date())}" for paper, at in papers)
            yield f"{names[each.id].name} được biểu dương{f'; không được nêu trong {made}' if made else ''}."
    for code in (code for code, act in decided.items() if still.get(code, act) != act):
        yield f"{names[code].name}: thay “{say_decided(decided[code])}” bằng “{say_decided(still[code])}”."


def commended_in_words(workspace: Workspace, register: Register) -> tuple[str, ...]:
    """Return each decision by which somebody is commended, with whom, as it is read out."""
    decided, found = commendations_in_force(register), defaultdict[str, list[str]](list)
    for each in commended(workspace, register):
        act = decided[each.id]
        day = format_date(act.decided_at.date())
        paper = f"quyết định số {act.document_number} ngày {day} của {act.granted_by}"
        found[paper].append(with_unit(workspace.plan, each))
    return tuple(f"{paper} biểu dương {'; '.join(names)}" for paper, names in found.items())


def commended_by_unit(
    workspace: Workspace, register: Register, invited: StageRecord | None
) -> dict[str, tuple[str, ...]]:
    """Return whom invitations ask units to bring as commended: decided before they were `invited`, where they are."""
    decided, found = commendations_in_force(register), defaultdict[str, list[str]](list)
    for each in commended(workspace, register):
        if invited is None or decided[each.id].decided_at <= invited.at:
            found[each.unit].append(each.name)
    return {unit: tuple(names) for unit, names in found.items()}


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
