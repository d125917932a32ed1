"""The leader's minute: where a campaign stands in a sentence, what waits for whom, and whom to call."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from soket.clock import VIETNAM
from soket.notices.facts import say_days
from soket.notices.ledger import NoticeState, last_reminders, left_at
from soket.notices.notice import Kind
from soket.notices.progress import next_dates
from soket.plan.model import Deadline, Duty, Office, Plan, StageKind, StandIn, Unit
from soket.plan.words import owed_word
from soket.record.decisions import Promise
from soket.record.promises import over_at, promise_of, say_promise
from soket.record.register import Register, Standing, UnitEntry
from soket.record.slack import critical_path
from soket.record.tally import Tally, is_overdue, tally
from soket.record.undecided import Undecided, undecided
from soket.record.words import say_standing
from soket.record.workspace import Workspace
from soket.text import first_units, format_date, format_stamp, format_working_days, upper_first, vietnamese_order

_CALLS = 3  # a leader is asked to make
_WAITS = 4  # next steps shown
_NUMBER = re.compile(r"\+?\d(?:[ .()-]{0,2}\d){6,14}")


@dataclass(frozen=True)
class Call:
    """A unit to be called: whom there, on which number, and what was said last."""

    code: str
    name: str
    owed: str
    days: str
    person: str
    phone: str | None
    dial: str | None  # the number as a telephone takes it
    last_word: str


@dataclass(frozen=True)
class Minute:
    """The page of one office's leader."""

    office: Office
    stand_in: StandIn | None  # whoever stands in for the leader today
    headline: str
    tally: Tally
    calls: Sequence[Call]
    uncalled: int  # overdue units beside those
    promised: Sequence[str]
    undecided: Sequence[Undecided]  # what waits for this office's own word or paper
    others: Sequence[Undecided]  # what waits for somebody else's
    waits: Sequence[str]
    first_day: date  # that can be promised
    default_day: date


def units_under(plan: Plan, office: str) -> list[Unit]:
    """Return the units that an office's leader answers for: all, or those of the blocks that it leads."""
    if office in (plan.roles.lead, plan.roles.standing, plan.roles.receiver, plan.roles.operator):
        return list(plan.units)
    led = {block.code for block in plan.blocks if block.leader == office}
    return [unit for unit in plan.units if unit.block in led]


def minute_of(workspace: Workspace, register: Register, office: Office, mails: Iterable[NoticeState]) -> Minute:
    """Return the page of an office's leader; `mails` are the campaign's."""
    plan, now = workspace.plan, workspace.now
    units = units_under(plan, office.code)
    mine = {unit.code for unit in units}
    counted = tally([entry for entry in register.reporting(plan) if entry.unit in mine], now)
    promises = {unit.code: promise for unit in units if (promise := promise_of(plan, register, unit))}
    left = {code for code, promise in promises.items() if now < over_at(promise)}
    overdue = _by_urgency(register, [unit for unit in units if is_overdue(register.units[unit.code], now)], promises)
    to_call = [unit for unit in overdue if unit.code not in left]
    last_mails = last_reminders(mails, [Kind.REMINDER])
    today = now.astimezone(VIETNAM).date()
    open_above = undecided(workspace, register)
    return Minute(
        office=office,
        stand_in=office.contact.stand_in_on(today),
        headline=_headline(
            workspace, register, counted, overdue, [unit for unit in units if _is_given_up(register, unit)]
        ),
        tally=counted,
        calls=[
            _call(workspace, register, unit, promises.get(unit.code), last_mails.get(unit.code))
            for unit in to_call[:_CALLS]
        ],
        uncalled=max(0, len(to_call) - _CALLS),
        promised=[f"{unit.name}: {say_promise(promises[unit.code])}" for unit in units if unit.code in left],
        undecided=[each for each in open_above if each.is_for(office.code)],
        others=[each for each in open_above if not each.is_for(office.code)],
        waits=_waits(workspace, register, mine),
        first_day=today,
        default_day=min(workspace.calendar.add_working_days(today, 1), workspace.campaign.closes),
    )


def _is_given_up(register: Register, unit: Unit) -> bool:
    return unit.owes is not Duty.COVERAGE_PLAN and register.units[unit.code].missed


def _some(units: Sequence[Unit]) -> str:
    return first_units([unit.name for unit in units], _CALLS, ", ")


def _headline(
    workspace: Workspace, register: Register, counted: Tally, overdue: Sequence[Unit], given_up: Sequence[Unit]
) -> str:
    """Return where it all stands, in one sentence."""
    said = [f"đã tiếp nhận {counted.received}/{counted.owing} đơn vị"]
    reporting = {entry.unit for entry in register.reporting(workspace.plan)}
    if reports := [unit for unit in overdue if unit.code in reporting]:
        said.append(f"{len(reports)} quá hạn: {_some(reports)}")
    if others := [unit for unit in overdue if unit.code not in reporting]:
        beside = f"việc khác, ngoài {counted.owing} đơn vị phải báo cáo, " if counted.owing else ""
        said.append(f"{beside}{len(others)} quá hạn: {_some(others)}")
    if given_up:
        said.append(f"thiếu {len(given_up)}, không chờ nữa: {_some(given_up)}")
    elif counted.missing and not overdue:
        said.append("chưa đơn vị nào quá hạn")
    slack = critical_path(workspace, register).stages
    said += [
        f"{each.title} chậm ít nhất {format_working_days(-each.left)}"
        for each in slack
        if each.pressed and each.left < 0
    ]
    for stage in workspace.plan.stages_of(StageKind.CONFER):
        called = register.decided_format(stage)
        if register.of(stage).done and not called:
            continue
        day = called.day if called else register.of(stage).last_day
        if day >= workspace.now.date():
            said.append(f"{stage.title} {format_date(day)} {say_days(workspace, Deadline(by=day).moment)}")
    return upper_first("; ".join(said)) + "."


def _by_urgency(register: Register, units: Sequence[Unit], promises: Mapping[str, Promise]) -> list[Unit]:
    """Return overdue units, those first that promised and did not send, then those that owe for longest."""
    named = vietnamese_order(units, lambda unit: unit.name)
    return sorted(named, key=lambda unit: (unit.code not in promises, register.units[unit.code].deadline))


def _call(
    workspace: Workspace, register: Register, unit: Unit, broken: Promise | None, mail: NoticeState | None
) -> Call:
    entry = register.units[unit.code]
    whom = unit.head if unit.head.phone or not unit.contact.phone else unit.contact
    number = _NUMBER.search(whom.phone or "")
    return Call(
        code=unit.code,
        name=unit.name,
        owed=f"{owed_word(workspace.plan, unit).label}: {say_standing(workspace.plan, entry)}",
        days=upper_first(say_days(workspace, entry.deadline)),
        person=", ".join(filter(None, (whom.name, whom.title))),
        phone=whom.phone,
        dial=re.sub(r"[^+\d]", "", number[0]) if number else None,
        last_word="; ".join(_last_words(workspace, entry, broken, left_at(workspace, mail) if mail else None)),
    )


def _last_words(
    workspace: Workspace, entry: UnitEntry, broken: Promise | None, mailed: datetime | None
) -> Iterator[str]:
    """Yield what was said last between the campaign and a unit."""
    if broken:
        yield f"Gọi {format_stamp(broken.decided_at.astimezone(VIETNAM))}, {say_promise(broken, workspace.now)}"
    if entry.standing is Standing.RETURNED and entry.last_verdict:
        yield f"Trả lại {format_stamp(entry.last_verdict.judged_at.astimezone(VIETNAM))}"
    yield f"Thư nhắc gần nhất {format_stamp(mailed)}" if mailed else "Chưa có thư nhắc"


def _waits(workspace: Workspace, register: Register, mine: Collection[str]) -> list[str]:
    """Return what waits for whom by when, the next steps first."""
    looked_at = sum(register.units[unit].standing.waits_for_person for unit in mine)
    said = [f"{looked_at} hồ sơ chờ cán bộ xem."] if looked_at else []
    for each in next_dates(workspace, register)[:_WAITS]:
        held = "họp" if each["called"] else "hết"
        waits = f"; {each['waits']}" if each["waits"] else ""
        said.append(f"{each['title']}: {each['owner']}, {held} ngày {each['last_day']}, {each['days']}{waits}.")
    return said
