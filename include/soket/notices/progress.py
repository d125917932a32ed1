"""Where a campaign stands, as digests and the week's report tell it: counts, lists and dates, worded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from soket.notices.facts import Facts, say_days
from soket.notices.invitations import say_invited
from soket.plan.dates import last_day_of
from soket.plan.model import Deadline, Severity, Unit
from soket.plan.words import owed_word, own_name
from soket.record.decisions import ConferenceFormat, Mute
from soket.record.promises import promise_of, say_promise
from soket.record.register import Register, Standing, UnitEntry
from soket.record.rounds import is_over, say_between, say_met
from soket.record.stale import stale_papers
from soket.record.tally import Progress, Tally, is_overdue, progress_of, tally
from soket.record.turns import turn_of
from soket.record.words import say_standing, standing_word
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, vietnamese_order


def counts(entries: list[UnitEntry], now: datetime) -> Facts:
    """Return how many units owe and where they stand; the exempt are not among them."""
    counted = tally(entries, now)
    return {
        "owing": counted.owing,
        "sent": counted.received,
        "pending": counted.by[Progress.PENDING],
        "in_hand": counted.owing - counted.received - counted.by[Progress.RETURNED] - _not_sent(counted),
        "waiting": counted.waiting,
        "announced": counted.by[Progress.ANNOUNCED],
        "returned": counted.by[Progress.RETURNED],
        "not_sent": _not_sent(counted),
        "overdue": counted.overdue,
        "late": counted.late,
        "sent_late": counted.sent_late,
        "missed": counted.missed,
        "over": counted.over,
    }


def _not_sent(counted: Tally) -> int:
    return counted.by[Progress.SILENT] + counted.by[Progress.MISSED]


def blocks(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the counts of each block in which anyone owes something, in the plan's order."""
    plan = workspace.plan
    block_of = {unit.code: unit.block for unit in plan.units}
    grouped: defaultdict[str, list[UnitEntry]] = defaultdict(list)
    for entry in register.reporting(plan):
        grouped[block_of[entry.unit]].append(entry)
    return [
        {"name": block.name, **counts(grouped[block.code], register.as_of)}
        for block in plan.blocks
        if grouped[block.code]
    ]


def to_chase(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units that owe something, the latest first, then the Vietnamese way.

    The press, which owes a plan of coverage, is among them and in no count of reports: `reports` tells it apart.
    """
    return _owed(workspace, register, lambda entry: entry.to_chase)


def missed(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units that left something undone when the campaign closed, in the same order."""
    return _owed(workspace, register, lambda entry: entry.missed)


def _owed(workspace: Workspace, register: Register, wanted: Callable[[UnitEntry], bool]) -> list[Facts]:
    pairs = [(unit, register.units[unit.code]) for unit in workspace.plan.units]
    reporting = {entry.unit for entry in register.reporting(workspace.plan)}
    opened = [
        (unit, entry)
        for unit, entry in pairs
        if wanted(entry) and register.of(workspace.plan.stage_of(unit)).opens <= workspace.now
    ]
    ordered = sorted(vietnamese_order(opened, lambda pair: pair[0].name), key=lambda pair: pair[1].deadline)
    return [
        {
            "name": own_name(workspace.plan, unit),
            "owed": owed_word(workspace.plan, unit).phrase,
            "standing": _say_where(workspace, register, unit),
            "days": say_days(workspace, entry.deadline, last_day_of(entry.closed) if entry.closed else None),
            "last_day": format_date(last_day_of(entry.deadline)),
            "late": is_overdue(entry, workspace.now),
            "reports": entry.unit in reporting,
            "phone": unit.contact.phone,
        }
        for unit, entry in ordered
    ]


def _say_where(workspace: Workspace, register: Register, unit: Unit) -> str:
    """Return where a unit stands and, where it promised something on the telephone, what."""
    standing = say_standing(workspace.plan, register.units[unit.code])
    promise = promise_of(workspace.plan, register, unit)
    return f"{standing}; {say_promise(promise, workspace.now)}" if promise else standing


def extensions(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the extensions of those who still owe something."""
    return [
        {
            "name": unit.name,
            "last_day": format_date(entry.extension.last_day),
            "reason": entry.extension.reason,
            "document_number": entry.extension.document_number,
        }
        for unit in workspace.plan.units
        if (entry := register.units[unit.code]).extension and not (entry.standing.settled or entry.closed)
    ]


def next_dates(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the stages that are not done, with who owes what by when, and conferences that are still to be held."""
    plan, today = workspace.plan, workspace.now.date()
    found: list[Facts] = []
    for stage in plan.stages:
        entry, called = register.of(stage), register.decided_format(stage)
        if is_over(plan, register, stage) and not (called and today <= called.day):
            continue
        turn = turn_of(plan, register, stage)
        waits = str(turn) if turn else say_between(plan, register, stage)
        found.append(
            {
                "title": stage.title,
                "owner": plan.office(stage.owner).name,
                "called": called is not None,
                "last_day": format_date(called.day if called else last_day_of(entry.deadline)),
                "days": _say_meeting(workspace, called)
                if called
                else say_met(plan, register, stage) or say_days(workspace, entry.deadline),
                "waits": say_invited(workspace, register, stage, called) if entry.done and called else waits,
            }
        )
    return found


def _say_meeting(workspace: Workspace, called: ConferenceFormat) -> str:
    """Return how far off a conference is: it is held on its day, not by it."""
    if called.day != workspace.now.date():
        return say_days(workspace, Deadline(by=called.day).moment)
    return f"hôm nay, khai mạc {called.starts:%H} giờ {called.starts:%M}" if called.starts else "hôm nay"


def waiting(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units whose turn is over and an official's has come, those that wait longest first."""
    plan = workspace.plan
    pairs = [(unit, register.units[unit.code]) for unit in plan.units]
    ordered = sorted(
        ((unit, entry) for unit, entry in pairs if entry.standing.waits_for_person),
        key=lambda pair: _waits_since(pair[1]),
    )
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "number": (number := _number_waiting(entry)),
            "standing": standing_word(workspace.plan, entry.standing).phrase,
            "received": format_moment(_waits_since(entry)),
            "reasons": [
                fault.message
                for verdict in entry.outcomes
                if verdict.number == number
                for fault in verdict.faults
                if fault.severity is Severity.REFER
            ],
        }
        for unit, entry in ordered
    ]


def checking(workspace: Workspace, register: Register) -> list[str]:
    """Return the units whose report is there and being examined, the Vietnamese way."""
    entries = register.reporting(workspace.plan)
    names = [workspace.plan.unit(each.unit).name for each in entries if progress_of(each) is Progress.PENDING]
    return list(vietnamese_order(names, str))


def _number_waiting(entry: UnitEntry) -> int:
    if entry.standing is Standing.REFERRED:
        return entry.verdicts[-1].number
    return entry.locked[-1]


def _waits_since(entry: UnitEntry) -> datetime:
    """Return when what waits was received; when it was judged where the receipt is another version's."""
    moments = [each.judged_at for each in entry.verdicts if each.number == _number_waiting(entry)]
    moments += [each.received_at for each in entry.receipts if each.number == _number_waiting(entry)]
    return moments[-1]


def stale(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the papers that do not know of reports that came since: what they lack, what that changes, what to do."""
    return [
        {
            "title": paper.in_words(workspace.plan),
            "changes": list(paper.changes),
            "advice": paper.advice(workspace.plan, register),
        }
        for paper in stale_papers(workspace, register)
    ]


def roots(register: Register, since: datetime) -> list[Facts]:
    """Return the roots of the hash trees that were made after a moment: printed here, they cannot change."""
    return [
        {"day": format_date(tree.day), "count": len(tree.leaves), "root": tree.root}
        for tree in register.trees
        if tree.sealed_at > since
    ]


def mutes(workspace: Workspace, register: Register) -> list[Facts]:
    """Return whom mail is kept from now, until when and why."""
    plan = workspace.plan
    names = {unit.code: unit.name for unit in plan.units} | {office.code: office.name for office in plan.offices}
    return [
        {
            "name": names.get(act.addressee, act.addressee),
            "last_day": format_date(act.last_day),
            "reason": act.reason,
            "document_number": act.document_number,
        }
        for act in register.acts.in_force
        if isinstance(act, Mute) and workspace.now < Deadline(by=act.last_day).moment
    ]
