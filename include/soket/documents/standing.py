"""Who has reported and who has not, as lists and as rates. Rates count only those who owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.plan.model import Block, Duty, Plan, Unit
from soket.record.register import Register, UnitEntry
from soket.record.tally import Progress, progress_of
from soket.text import vietnamese_order

LISTS = {
    "on_time": "Đã gửi báo cáo, đúng hạn",
    "late": "Đã gửi báo cáo, muộn",
    "returned": "Bị trả lại, chưa gửi lại",
    "pending": "Đã gửi, đang kiểm tra",
    "silent": "Chưa gửi",
    "nil": "Báo không có nội dung",
    "exempt": "Được miễn",
}


@dataclass(frozen=True)
class StandingList:
    """The units that stand alike."""

    name: str  # a key of LISTS
    units: tuple[Unit, ...]

    @property
    def title(self) -> str:
        """What the list is called in print."""
        return LISTS[self.name]


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

    @property
    def completeness(self) -> float | None:
        """The share of those who owe that have something accepted."""
        return self.settled / self.owing if self.owing else None

    @property
    def timeliness(self) -> float | None:
        """The share of those who owe that were in time."""
        return self.in_time / self.owing if self.owing else None

    @classmethod
    def of(cls, block: Block | None, places: Sequence[str]) -> BlockRates:
        """Count a block's places: keys of LISTS, the exempt left out."""
        count = {name: places.count(name) for name in LISTS}
        return cls(
            block=block,
            owing=len(places),
            settled=count["on_time"] + count["late"] + count["nil"],
            in_time=count["on_time"] + count["nil"],
            late=count["late"],
            returned=count["returned"],
            pending=count["pending"],
            silent=count["silent"],
            nil=count["nil"],
        )

    @classmethod
    def total(cls, blocks: Sequence[BlockRates]) -> BlockRates:
        """Add blocks up."""
        names = ("owing", "settled", "in_time", "late", "returned", "pending", "silent", "nil")
        return cls(None, **{name: sum(getattr(each, name) for each in blocks) for name in names})


_LIST_OF = {
    Progress.ON_TIME: "on_time",
    Progress.LATE: "late",
    Progress.NIL: "nil",
    Progress.ANNOUNCED: "silent",
    Progress.PENDING: "pending",
    Progress.REFERRED: "pending",
    Progress.LOCKED: "pending",
    Progress.RETURNED: "returned",
    Progress.MISSED: "silent",
    Progress.SILENT: "silent",
    Progress.EXEMPT: "exempt",
}


def place(entry: UnitEntry) -> str:
    """Return the list a unit belongs to: a key of LISTS."""
    return _LIST_OF[progress_of(entry)]


def standing_list(plan: Plan, register: Register) -> tuple[StandingList, ...]:
    """Return every list, each by name the Vietnamese way; press agencies owe a plan of coverage and are not in them."""
    places = {unit.code: place(register.units[unit.code]) for unit in _reporting(plan)}
    return tuple(
        StandingList(
            name, tuple(vietnamese_order((u for u in _reporting(plan) if places[u.code] == name), lambda u: u.name))
        )
        for name in LISTS
    )


def block_rates(plan: Plan, register: Register) -> tuple[BlockRates, ...]:
    """Return the rates of each block in which anyone owes a report, in the plan's order."""
    rates = []
    for block in plan.blocks:
        places = [place(register.units[unit.code]) for unit in _reporting(plan) if unit.block == block.code]
        owed = [each for each in places if each != "exempt"]
        if owed:
            rates.append(BlockRates.of(block, owed))
    return tuple(rates)


def _reporting(plan: Plan) -> list[Unit]:
    return [unit for unit in plan.units if unit.owes is not Duty.COVERAGE_PLAN]
