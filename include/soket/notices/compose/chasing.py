"""Mail that chases: what a unit, its head, and those above it read when something is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from soket.clock import VIETNAM
from soket.notices.facts import COMES_BACK, Facts, office_facts, say_days, unit_facts
from soket.notices.notice import Kind, Notice
from soket.plan.dates import last_day_of
from soket.plan.ladders import MORNING, LadderStep, Recipient
from soket.plan.model import Contact, Plan, Severity, StageKind, Unit
from soket.plan.words import owed_word, own_name
from soket.record.decisions import Promise, Urging
from soket.record.fault_lines import FaultLine, group_faults
from soket.record.promises import say_promise
from soket.record.register import Register, Standing, UnitEntry
from soket.record.rounds import is_over
from soket.record.sending import say_again
from soket.record.words import standing_word
from soket.record.workspace import Workspace
from soket.text import format_date, name_inside, vietnamese_order

_NAMED = 2  # blocks, in a subject


def unit_notice(
    workspace: Workspace,
    unit: Unit,
    entry: UnitEntry,
    step: LadderStep,
    broken: Promise | None = None,
    urging: Urging | None = None,
    asked: Sequence[str] = (),
    later: str = "",
) -> Notice:
    """Return the mail of a step to the unit or to its head; with a promise that was broken, and what it was `asked`.

    It is of an act, not of its step, where an official had it sent; and tells what becomes of what is sent `later`.
    """
    to_head = step.to is Recipient.HEAD
    named = f"{step.to.value}-{urging.id.rpartition('-')[2]}" if urging else f"{step.to.value}-{_signed(step.at)}"
    facts = unit_facts(workspace, unit, entry)
    if to_head:
        facts["addressed"] = f"Đồng chí {unit.head.name}" + (f", {unit.head.title}" if unit.head.title else "")
    return Notice(
        kind=Kind(step.kind),
        addressee=unit.code,
        step=named + (f"-promise-{broken.last_day:%Y%m%d}" if broken else ""),
        version=last_day_of(entry.deadline).isoformat(),
        variant=step.template,
        to=(unit.head if to_head else unit.contact,),
        cc=_copies(workspace.plan, [step], ""),
        context={
            **facts,
            "to_head": to_head,
            "superior": None,
            "promised": say_promise(broken) if broken else None,
            "tone": step.tone.value,
            "returned": entry.standing is Standing.RETURNED,
            "announced": entry.standing is Standing.ANNOUNCED,
            "faults": _faults(entry),
            "again": _again(entry),
            "asked": list(asked),
            "later": later,
        },
    )


def late_units_notice(
    workspace: Workspace,
    code: str,
    steps: Sequence[tuple[datetime, LadderStep]],
    late: Sequence[tuple[Unit, UnitEntry]],
    *,
    letter: bool,
    unread: Collection[str] = (),
    promised: Mapping[str, str] | None = None,
    again: bool = True,
    minute: str | None = None,
    in_all: int | None = None,
    closed: str | None = None,
) -> Notice:
    """Return the digest of late units to an office above them, which some steps of their ladders asked for.

    Of the units in `unread` it says that mail to them comes back, of others what they `promised`, and whether any is
    reminded `again` by itself; `minute` leads to the page of the office's leader. Where more are late `in_all`, it says
    of which blocks these are; where nobody waits for them any more, that what they report to is `closed`. With
    `letter`, a draft for signature goes with it: see `soket.notices.letters`.
    """
    plan = workspace.plan
    office, told = plan.office(code), promised or {}
    moment, latest = max(steps, key=lambda pair: (pair[0], pair[1].at))
    rows: list[Facts] = [
        {
            "code": unit.code,
            "name": own_name(plan, unit),
            "block": plan.block(unit.block).name,
            "owed": owed_word(plan, unit).phrase,
            "standing": "; ".join(_says(plan, entry, comes_back=unit.code in unread, promised=told.get(unit.code))),
            "last_day": format_date(last_day_of(entry.deadline)),
            "days": say_days(workspace, entry.deadline),
            "head": ", ".join(part for part in (unit.head.name, unit.head.title) if part),
            "phone": unit.head.phone or unit.contact.phone,
        }
        for unit, entry in vietnamese_order(late, lambda pair: pair[0].name)
    ]
    return Notice(
        kind=Kind.ESCALATION,
        addressee=code,
        # Ladders of other blocks may have other hours: what was told in the morning does not hold in the afternoon.
        step=f"{moment:%Y-%m-%d}" + ("" if moment.time() == MORNING else f"-{moment:%H%M}"),
        by=plan.roles.operator if code == plan.roles.lead else None,  # nobody reports to itself
        variant=latest.template,
        to=(office.contact,),
        cc=_copies(plan, [step for _, step in steps], code),
        context={
            **office_facts(office),
            "to_head": False,
            "superior": office.name,
            "tone": max((step.tone for _, step in steps), key=lambda tone: tone.weight).value,
            "late_units": list(rows),
            "late_in_all": len(late) if in_all is None else in_all,
            "within": _say_blocks(plan, [unit for unit, _ in late])
            if in_all is not None and in_all > len(late)
            else None,
            "letter": letter,
            "minute": minute,
            "reminded_again": again,
            "hold_up": closed is None and any(plan.stage_of(unit).kind is StageKind.COLLECT for unit, _ in late),
            "closed": closed,
        },
    )


def say_closed(plan: Plan, register: Register, units: Sequence[Unit]) -> str | None:
    """Return that a campaign went on without the reports of some units; None while it waits for one of them."""
    stages = {stage.id: stage for unit in units if (stage := plan.stage_of(unit)).kind is StageKind.COLLECT}
    ends = [register.of(stage).record("done") for stage in stages.values() if is_over(plan, register, stage)]
    if not ends or len(ends) < len(stages):
        return None
    lacking = [unit for unit in units if plan.stage_of(unit).id in stages]
    day = max(each.at for each in ends if each).astimezone(VIETNAM)
    closed = f"Giai đoạn thu báo cáo đã khép lại ngày {format_date(day)}"
    after = {each.id: each for stage in stages.values() for each in plan.downstream(stage)}
    if not any(register.of(each).record("working") for each in after.values() if each.kind is StageKind.DRAFT):
        return closed
    whose = f"{len(lacking)} đơn vị này" if len(lacking) > 1 else "đơn vị này"
    return f"{closed}; dự thảo chưa có phần của {whose}; báo cáo đến sau cần tổng hợp lại mới được tính"


def _say_blocks(plan: Plan, units: Sequence[Unit]) -> str:
    """Return of which blocks some units are: by name, or how many where those are many."""
    codes = {unit.block for unit in units}
    named = [name_inside(block.name) for block in plan.blocks if block.code in codes]
    return f"khối {' và khối '.join(named)}" if len(named) <= _NAMED else f"{len(named)} khối"


def _says(plan: Plan, entry: UnitEntry, *, comes_back: bool, promised: str | None) -> Iterator[str]:
    yield standing_word(plan, entry.standing).phrase
    if comes_back:
        yield COMES_BACK
    if promised:
        yield promised


def _copies(plan: Plan, steps: Sequence[LadderStep], but: str) -> tuple[Contact, ...]:
    """Return whom the copies of some steps go to, without the office that the mail itself goes to."""
    offices = dict.fromkeys(code for step in steps for code in step.cc if code != but)
    return tuple(plan.office(code).contact for code in offices)


def _faults(entry: UnitEntry) -> list[str]:
    """Return what was wrong with a returned report: each kind of fault once, as its return told it."""
    verdict = entry.last_verdict
    if entry.standing is not Standing.RETURNED or verdict is None:
        return []
    faults = [fault for fault in verdict.faults if fault.severity is Severity.CRITICAL]
    return [_say(line) for group in group_faults((), faults) for line in group.lines]


def _again(entry: UnitEntry) -> str | None:
    """Return which files of a returned submission are to be sent again, as its return told it."""
    verdict = entry.last_verdict
    if entry.standing is not Standing.RETURNED or verdict is None:
        return None
    receipt = next((each for each in entry.receipts if each.number == verdict.number), None)
    return say_again(receipt, verdict.faults)


def _say(line: FaultLine) -> str:
    """Return a kind of fault in one line; of several messages the first, which begins with its place."""
    if len(line.messages) > 1:
        return f"{line.messages[0]} Còn chỗ khác, xem phiếu trả lại."
    return f"{line.where}: {line.messages[0]}" if line.where else line.messages[0]


def _signed(days: int) -> str:
    """Return a step's working days as an id can hold them: m3, d0, p2."""
    return f"m{-days}" if days < 0 else f"p{days}" if days else "d0"
