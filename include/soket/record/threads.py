"""What an office and a unit say to each other: one thread a submission, and whose turn it is to answer.

An official's words are decisions, a unit's are messages; here both are lines of one thread. What is internal is in none
unless it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from soket.plan.model import Plan
from soket.record.attendance import CHANNELS, Channel
from soket.record.register import Register


@dataclass(frozen=True)
class ThreadLine:
    """One thing that was said."""

    at: datetime
    text: str
    who: str
    by_unit: bool
    asks: bool
    about: str = ""
    internal: bool = False
    way: str = ""  # how it came, where not by the page


@dataclass(frozen=True)
class Thread:
    """What was said about one submission, by time; without a number, about none in particular."""

    number: int | None
    lines: tuple[ThreadLine, ...]

    @property
    def owed(self) -> ThreadLine | None:
        """What the unit asks, since when the office owes it an answer."""
        return self._open(by_unit=True)

    @property
    def asked(self) -> ThreadLine | None:
        """What the office asks and the unit has said nothing to."""
        return self._open(by_unit=False)

    @property
    def noted(self) -> ThreadLine | None:
        """What officials noted for themselves since they asked: after the campaign, the answer is there alone."""
        asked = self.asked
        since = [line for line in self.lines if line.internal and asked and line.at >= asked.at]
        return since[-1] if since else None

    def _open(self, *, by_unit: bool) -> ThreadLine | None:
        first = None
        for line in self.lines:
            if line.internal:
                continue
            if line.by_unit is not by_unit:
                first = None
            elif line.asks and first is None:
                first = line
        return first


@dataclass(frozen=True)
class OwedAnswer:
    """A unit that waits for an answer."""

    unit: str
    number: int | None
    line: ThreadLine


def threads_of(plan: Plan, register: Register, unit: str, *, internal: bool = False) -> list[Thread]:
    """Return a unit's threads, the latest submission's first; with what is internal, for officials alone."""
    lines: defaultdict[int | None, list[ThreadLine]] = defaultdict(list)
    names = {office.account: office.name for office in plan.offices}
    for act in register.acts.messages_to(unit):
        if act.shared or internal:
            who = f"{act.granted_by} ({names[act.account]})" if act.account in names else act.granted_by
            lines[act.number].append(
                ThreadLine(
                    act.decided_at,
                    act.reason,
                    who,
                    by_unit=False,
                    asks=act.manner == "asks",
                    about=act.about or "",
                    internal=not act.shared,
                )
            )
    for each in register.messages:
        if each.unit == unit:
            who, way = each.person or plan.unit(unit).name, CHANNELS[each.channel].phrase
            way = way if each.channel is not Channel.PAGE else ""
            lines[each.number].append(
                ThreadLine(each.at, each.text, who, by_unit=True, asks=each.asks, about=each.about, way=way)
            )
    threads = [Thread(number, tuple(sorted(said, key=lambda line: line.at))) for number, said in lines.items()]
    return sorted(threads, key=lambda thread: -(thread.number or 0))


def owed_answers(plan: Plan, register: Register) -> list[OwedAnswer]:
    """Return the units that the office owes an answer, those that wait longest first."""
    asking = dict.fromkeys(each.unit for each in register.messages if each.asks and each.unit in register.units)
    found = [
        OwedAnswer(unit, thread.number, thread.owed)
        for unit in asking
        for thread in threads_of(plan, register, unit)
        if thread.owed
    ]
    return sorted(found, key=lambda each: each.line.at)


def asked_of_unit(plan: Plan, register: Register, unit: str) -> list[ThreadLine]:
    """Return what the office asked a unit that it has said nothing to."""
    threads = threads_of(plan, register, unit) if register.acts.messages_to(unit) else []
    return [thread.asked for thread in threads if thread.asked]
