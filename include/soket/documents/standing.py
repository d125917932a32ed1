"""Who has reported and who has not, as lists and as rates. Rates count only those who owe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from soket.plan.model import Block, Duty, Plan, Unit
from soket.record.register import Register, UnitEntry
from soket.record.tally import Progress, progress_of, say_nil
from soket.text import Word, format_date, vietnamese_order


class PaperList(StrEnum):
    """In which list of the papers a unit is."""

    ON_TIME = "on_time"
    LATE = "late"
    RETURNED = "returned"
    PENDING = "pending"
    SILENT = "silent"
    NIL = "nil"
    EXEMPT = "exempt"


PLACES = {
    PaperList.ON_TIME: Word("đã gửi báo cáo, đúng hạn"),
    PaperList.LATE: Word("đã gửi báo cáo, muộn"),
    PaperList.RETURNED: Word("bị trả lại, chưa gửi lại"),
    PaperList.PENDING: Word("đã gửi, đang kiểm tra"),
    PaperList.SILENT: Word("chưa gửi"),
    PaperList.NIL: Word("không phát sinh"),
    PaperList.EXEMPT: Word("được miễn"),
}


@dataclass(frozen=True)
class StandingList:
    """The units that stand alike, and until when those had time whose date was put off."""

    name: PaperList
    units: tuple[Unit, ...]
    until: Mapping[str, date] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the list is called in print."""
        return PLACES[self.name].label

    def say(self, unit: Unit) -> str:
        """Return a unit's name, with the date that it was granted."""
        until = self.until.get(unit.code)
        return f"{unit.name} (được gia hạn đến hết ngày {format_date(until)})" if until else unit.name


@dataclass(frozen=True)
class BlockRates:
    """How complete and how timely a block is; `block` None for all of them together."""

    block: Block | None
    owing: int
    settled: int
    in_time: int
    late: int
    returned: int
    pending: int
    silent: int
    nil: int
    nil_late: int  # of those, the ones that said so after their date

    @property
    def with_nil(self) -> str:
        """How many of those who settled what they owe have nothing to report, in brackets; "" where all reported."""
        return say_nil(self.nil)

    @property
    def completeness(self) -> float | None:
        """The share of those who owe that have something accepted."""
        return self.settled / self.owing if self.owing else None

    @property
    def timeliness(self) -> float | None:
        """The share that was in time, of the same who owe: who said in time that there is nothing was, too."""
        return (self.in_time + self.nil - self.nil_late) / self.owing if self.owing else None

    @classmethod
    def of(cls, block: Block, owing: Sequence[UnitEntry]) -> BlockRates:
        """Count the units of a block that owe a report."""
        count = Counter(map(place, owing))
        return cls(
            block=block,
            owing=len(owing),
            settled=count[PaperList.ON_TIME] + count[PaperList.LATE] + count[PaperList.NIL],
            in_time=count[PaperList.ON_TIME],
            late=count[PaperList.LATE],
            returned=count[PaperList.RETURNED],
            pending=count[PaperList.PENDING],
            silent=count[PaperList.SILENT],
            nil=count[PaperList.NIL],
            nil_late=sum(place(entry) is PaperList.NIL and entry.late for entry in owing),
        )

    @classmethod
    def total(cls, blocks: Sequence[BlockRates]) -> BlockRates:
        """Add blocks up."""
        names = ("owing", "settled", "in_time", "late", "returned", "pending", "silent", "nil", "nil_late")
        return cls(None, **{name: sum(getattr(each, name) for each in blocks) for name in names})


_LIST_OF = {
    Progress.ON_TIME: PaperList.ON_TIME,
    Progress.LATE: PaperList.LATE,
    Progress.NIL: PaperList.NIL,
    Progress.ANNOUNCED: PaperList.SILENT,
    Progress.PENDING: PaperList.PENDING,
    Progress.REFERRED: PaperList.PENDING,
    Progress.LOCKED: PaperList.PENDING,
    Progress.RETURNED: PaperList.RETURNED,
    Progress.MISSED: PaperList.SILENT,
    Progress.SILENT: PaperList.SILENT,
    Progress.EXEMPT: PaperList.EXEMPT,
}


def place(entry: UnitEntry) -> PaperList:
    """Return the list a unit belongs to."""
    return _LIST_OF[progress_of(entry)]


def standing_list(plan: Plan, register: Register) -> tuple[StandingList, ...]:
    """Return every list, each by name the Vietnamese way; press agencies owe a plan of coverage and are not in them."""
    entries = {unit.code: register.units[unit.code] for unit in _reporting(plan)}
    places = {code: place(entry) for code, entry in entries.items()}
    until = {code: entry.extension.last_day for code, entry in entries.items() if entry.extension}
    return tuple(
        StandingList(
            name,
            tuple(vietnamese_order((u for u in _reporting(plan) if places[u.code] == name), lambda u: u.name)),
            until,
        )
        for name in PaperList
    )


def block_rates(plan: Plan, register: Register) -> tuple[BlockRates, ...]:
    """Return the rates of each block in which anyone owes a report, in the plan's order."""
    rates = []
    for block in plan.blocks:
        entries = [register.units[unit.code] for unit in _reporting(plan) if unit.block == block.code]
        owed = [entry for entry in entries if place(entry) is not PaperList.EXEMPT]
        if owed:
            rates.append(BlockRates.of(block, owed))
    return tuple(rates)


def _reporting(plan: Plan) -> list[Unit]:
    return [unit for unit in plan.units if unit.owes not in (Duty.COVERAGE_PLAN, Duty.DOCUMENT)]
