"""What an archive lacks: what was owed and nobody gave, and what is issued on paper and comes in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from soket.plan.model import Duty, Plan, Stage, StageKind, Unit
from soket.record.decisions import ConferenceFormat
from soket.record.issued import ISSUED_FOLDER, issued_by, issued_title, issues
from soket.record.register import Register
from soket.record.tally import Progress, progress_of
from soket.record.units import UnitEntry
from soket.text import first_units, lower_first, vietnamese_order

_NAMED = 10  # units by name


class _Gap(NamedTuple):
    """What is not among the papers; nobody waits any more for what units were to send until the register closed."""

    what: str
    given_up: str = ""  # what nobody waits for, of how many
    is_issued: bool = False


def gaps(plan: Plan, register: Register) -> list[str]:
    """Return what is not among a campaign's papers, each in a phrase that says where nobody waits for it any more."""
    return [gap.what for gap in _found(plan, register)]


def say_gaps(plan: Plan, register: Register) -> str:
    """Return in sentences what is not among a campaign's papers: what is still to be brought, and what is not."""
    found = list(_found(plan, register))
    heads = ((True, "Không có"), (False, "Chưa có, cần bổ sung"))
    told = [(head, [lower_first(gap.what) for gap in found if bool(gap.given_up) is over]) for over, head in heads]
    said = [f"{head}: {'; '.join(what)}." for head, what in told if what] or ["Không thiếu văn bản nào."]
    return " ".join([*said, "Chưa kể bản chính có số, chữ ký của văn bản, báo cáo: xem đầu bảng kê."])


def say_brought_later(plan: Plan, register: Register) -> str:
    """Return how an issued paper is brought that is not among a campaign's papers; "" where none lacks."""
    if not any(gap.is_issued for gap in _found(plan, register)):
        return ""
    return f"Bản đã ban hành đến sau: gửi vào thư mục {ISSUED_FOLDER}, rồi chạy lại giai đoạn này."


def count_gaps(plan: Plan, register: Register) -> str:
    """Return how many kinds of papers are still to be brought, and of how many units nobody waits for any."""
    found = list(_found(plan, register))
    lacking, given_up = sum(not gap.given_up for gap in found), [gap.given_up for gap in found if gap.given_up]
    told = [f"còn {lacking} loại cần bổ sung, chưa kể bản chính đã ký"] if lacking else []
    return ", ".join([*told, *([f"không chờ nữa {', '.join(given_up)}"] if given_up else [])])


def _found(plan: Plan, register: Register) -> Iterator[_Gap]:
    for stage in plan.stages:
        yield from _GAPS[stage.kind](plan, register, stage)


def _reports(plan: Plan, register: Register, stage: Stage) -> Iterator[_Gap]:
    owing = [unit for unit in plan.units_of(stage) if unit.owes is not Duty.EXEMPT]
    yield from _of_units(register, owing, "Báo cáo")


def _official(_plan: Plan, register: Register, stage: Stage) -> Iterator[_Gap]:
    if not any(each.step == "official" for each in register.of(stage).records):
        yield _Gap(f"Dự thảo chính thức của bước «{stage.title}»")


def _issued(plan: Plan, register: Register, stage: Stage) -> Iterator[_Gap]:
    if issues(plan, stage) and issued_by(register, stage) is None:
        yield _Gap(f"Bản đã ban hành (số, ngày, chữ ký) của {lower_first(stage.delivers)}", is_issued=True)


def _conclusion(_plan: Plan, register: Register, stage: Stage) -> Iterator[_Gap]:
    formats = [each for each in register.decisions if isinstance(each, ConferenceFormat)]
    if not formats:
        yield _Gap(f"Quyết định hình thức của bước «{stage.title}»")
    elif formats[-1].format == "postponed":
        yield _Gap(f"Hồ sơ {lower_first(stage.title)}: hội nghị hoãn, chưa họp")
    elif issued_by(register, stage) is None:
        yield _Gap(f"{issued_title(stage)} của {lower_first(stage.title)}", is_issued=True)


def _coverage(plan: Plan, register: Register, _stage: Stage) -> Iterator[_Gap]:
    press = [unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    yield from _of_units(register, press, "Kế hoạch tuyên truyền")


def _of_units(register: Register, units: Sequence[Unit], what: str) -> Iterator[_Gap]:
    owing = [(unit.name, register.units[unit.code]) for unit in units]
    without = [(name, entry) for name, entry in owing if not _has(entry)]
    for over in (False, True):
        if names := vietnamese_order([name for name, entry in without if entry.missed is over], str):
            of = f"của {len(names)} đơn vị"
            told = f"{what} được tiếp nhận {of}{', không chờ nữa' if over else ''}"
            yield _Gap(f"{told}: {first_units(names, _NAMED)}", f"{lower_first(what)} {of}" if over else "")


def _has(entry: UnitEntry) -> bool:
    """Whether the campaign has what a unit owes, or the unit owes nothing."""
    progress = progress_of(entry)
    return progress.received or progress is Progress.EXEMPT


_GAPS = {
    StageKind.COLLECT: _reports,
    StageKind.DRAFT: _official,
    StageKind.APPRAISE: _issued,
    StageKind.CONFER: _conclusion,
    StageKind.PUBLISH: _coverage,
}
