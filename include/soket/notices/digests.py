"""What goes out each working morning beside reminders: the lead's digest, the standing board's weekly report, and to
the operator whatever no unit can put right.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import datetime, timedelta

from soket.campaign.register import Register, Standing, UnitEntry
from soket.campaign.workspace import Workspace
from soket.notices.ladder import MORNING
from soket.notices.ledger import State, entries, states
from soket.notices.notice import Kind, Notice
from soket.notices.troubles import troubled
from soket.notices.wording import OWED, STANDINGS, Facts, last_day_of, office_facts, say_days, stage_of
from soket.plan.model import StageName
from soket.text import format_date, format_moment, format_number, vietnamese_order

_SHOWN = 50  # of a list that may be of any length

_SENT = (Standing.ACCEPTED, Standing.ACCEPTED_WITH_WARNINGS, Standing.NIL_RETURN)


def digest_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Return the digests that are due now, posted already or not."""
    made = (
        digest_notice(workspace, register),
        weekly_notice(workspace, register),
        oddities_notice(workspace, register),
    )
    return [notice for notice in made if notice is not None]


def digest_notice(workspace: Workspace, register: Register) -> Notice | None:
    """Return the lead's digest of this working morning; None at other times, and when there is nothing to tell.

    While unit reports are open there is one each working morning. After that only a morning with news has one:
    something was sent, judged, decided or reached since the working morning before.
    """
    if not _is_morning(workspace, register):
        return None
    if register.stages[StageName.UNIT_REPORTS].done and not _has_news(register, _last_morning(workspace)):
        return None
    roles = workspace.plan.roles
    return _digest(workspace, register, roles.lead, workspace.now.date().isoformat(), by=roles.operator)


def weekly_notice(workspace: Workspace, register: Register) -> Notice | None:
    """Return the week's report to the standing board, once the week has begun; none in the first."""
    monday = workspace.now.date() - timedelta(days=workspace.now.weekday())
    if not _is_morning(workspace, register) or monday <= register.stages[StageName.UNIT_REPORTS].opens.date():
        return None
    year, week, _ = monday.isocalendar()
    return _digest(workspace, register, workspace.plan.roles.standing, f"week-{year}-{week:02}")


def oddities_notice(workspace: Workspace, register: Register) -> Notice | None:
    """Return what the operator has to look at: stray files and mails that failed; one mail for each new state of it."""
    failed = _failed(workspace)
    if not register.oddities and not failed:
        return None
    operator = workspace.plan.office(workspace.plan.roles.operator)
    names = [drop.key + drop.etag for drop in register.oddities] + [state.id for state in failed]
    files: list[Facts] = [
        {
            "key": drop.key.removeprefix(workspace.keys.inbox),
            "size": format_number(drop.size),
            "arrived": format_moment(drop.arrived_at),
        }
        for drop in register.oddities[:_SHOWN]
    ]
    return Notice(
        kind=Kind.ODDITIES,
        addressee=operator.code,
        step=hashlib.sha256("\n".join(names).encode()).hexdigest()[:16],
        to=(operator.contact,),
        context={
            **office_facts(operator),
            "inbox": workspace.keys.inbox,
            "files": list(files),
            "files_in_all": len(register.oddities),
            "failed_mails": list(_failed_mails(workspace, failed)),
        },
    )


def _digest(workspace: Workspace, register: Register, code: str, step: str, *, by: str | None = None) -> Notice:
    office = workspace.plan.office(code)
    return Notice(
        kind=Kind.DIGEST,
        addressee=code,
        step=step,
        by=by,
        to=(office.contact,),
        context={
            **office_facts(office),
            "weekly": step.startswith("week-"),
            "date": format_date(workspace.now.date()),
            "blocks": list(_blocks(workspace, register)),
            "total": _counts(register.reporting(workspace.plan)),
            "to_chase": list(_to_chase(workspace, register)),
            "extensions": list(_extensions(workspace, register)),
            "next": list(_next_dates(workspace, register)),
            "failed_mails": list(_failed_mails(workspace, _failed(workspace))),
        },
    )


def _is_morning(workspace: Workspace, register: Register) -> bool:
    now, campaign = workspace.now, workspace.campaign
    opened = register.stages[StageName.UNIT_REPORTS].opens
    return opened <= now < campaign.end and now.time() >= MORNING and workspace.calendar.is_working_day(now.date())


def _last_morning(workspace: Workspace) -> datetime:
    """Return 07:30 of the working day before today."""
    now = workspace.now
    day = now.date() - timedelta(days=1)
    while not workspace.calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, MORNING, now.tzinfo)


def _has_news(register: Register, since: datetime) -> bool:
    moments = [receipt.received_at for entry in register.units.values() for receipt in entry.receipts]
    moments += [verdict.judged_at for entry in register.units.values() for verdict in entry.verdicts]
    moments += [record.at for stage in register.stages.values() for record in stage.records]
    moments += [act.decided_at for act in register.decisions]
    return any(moment >= since for moment in moments)


def _counts(entries_: list[UnitEntry]) -> Facts:
    """Return how many units owe and where they stand; the exempt are not among them."""
    standings = Counter(entry.standing for entry in entries_)
    return {
        "owing": len(entries_),
        "sent": sum(standings[each] for each in _SENT),
        "pending": standings[Standing.PENDING],
        "returned": standings[Standing.RETURNED],
        "not_sent": standings[Standing.NOT_SENT],
        "late": sum(entry.late for entry in entries_),
    }


def _blocks(workspace: Workspace, register: Register) -> list[Facts]:
    plan = workspace.plan
    block_of = {unit.code: unit.block for unit in plan.units}
    grouped: defaultdict[str, list[UnitEntry]] = defaultdict(list)
    for entry in register.reporting(plan):
        grouped[block_of[entry.unit]].append(entry)
    return [{"name": block.name, **_counts(grouped[block.code])} for block in plan.blocks if grouped[block.code]]


def _to_chase(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units that owe something, the latest first, then the Vietnamese way."""
    plan = workspace.plan
    pairs = [(unit, register.units[unit.code]) for unit in plan.units]
    opened = [
        (unit, entry)
        for unit, entry in pairs
        if entry.standing.to_chase and register.stages[stage_of(unit)].opens <= workspace.now
    ]
    ordered = sorted(vietnamese_order(opened, lambda pair: pair[0].name), key=lambda pair: pair[1].deadline)
    return [
        {
            "name": unit.name,
            "owed": OWED[unit.owes],
            "standing": STANDINGS[entry.standing],
            "days": say_days(workspace, entry.deadline),
            "phone": unit.contact.phone,
        }
        for unit, entry in ordered
    ]


def _extensions(workspace: Workspace, register: Register) -> list[Facts]:
    return [
        {
            "name": unit.name,
            "last_day": format_date(entry.extension.last_day),
            "reason": entry.extension.reason,
            "document_number": entry.extension.document_number,
        }
        for unit in workspace.plan.units
        if (entry := register.units[unit.code]).extension and not entry.standing.settled
    ]


def _next_dates(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the stages that are not done, with who owes what by when."""
    plan = workspace.plan
    return [
        {
            "title": plan.stages[name].title,
            "owner": plan.office(plan.stages[name].owner).name,
            "last_day": format_date(last_day_of(entry.deadline)),
            "days": say_days(workspace, entry.deadline),
        }
        for name, entry in register.stages.items()
        if not entry.done
    ]


def _failed(workspace: Workspace) -> list[State]:
    return troubled(workspace, states(workspace).values())


def _failed_mails(workspace: Workspace, failed: list[State]) -> list[Facts]:
    return [
        {"id": entry.id, "to": ", ".join(entry.undelivered or entry.to), "note": entry.note}
        for entry in entries(workspace, failed[:_SHOWN])
    ]
