"""What an archive lacks: what was owed and nobody gave, and what is issued on paper and comes in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soket.plan.model import Duty, Plan, Stage, StageKind, Unit
from soket.record.decisions import ConferenceFormat
from soket.record.issued import issued_by, issues
from soket.record.register import Register
from soket.record.tally import Progress, progress_of
from soket.text import first_units, lower_first, vietnamese_order

_NAMED = 10  # units by name


def gaps(plan: Plan, register: Register) -> list[str]:
    """Return what is not among a campaign's papers, each in a phrase."""
    return [gap for stage in plan.stages for gap in _GAPS[stage.kind](plan, register, stage)]


def _reports(plan: Plan, register: Register, stage: Stage) -> Iterator[str]:
    owing = [unit for unit in plan.units_of(stage) if unit.owes is not Duty.EXEMPT]
    yield from _of_units(register, owing, "Báo cáo")


def _official(_plan: Plan, register: Register, stage: Stage) -> Iterator[str]:
    if not any(each.step == "official" for each in register.of(stage).records):
        yield f"Dự thảo chính thức của bước «{stage.title}»"


def _issued(plan: Plan, register: Register, stage: Stage) -> Iterator[str]:
    if issues(plan, stage) and issued_by(register, stage) is None:
        yield f"Bản đã ban hành (số, ngày, chữ ký) của {lower_first(stage.delivers)}"


def _conclusion(_plan: Plan, register: Register, stage: Stage) -> Iterator[str]:
    formats = [each for each in register.decisions if isinstance(each, ConferenceFormat)]
    if not formats:
        yield f"Quyết định hình thức của bước «{stage.title}»"
    elif formats[-1].format == "postponed":
        yield f"Hồ sơ {lower_first(stage.title)}: hội nghị hoãn, chưa họp"
    elif issued_by(register, stage) is None:
        yield f"Thông báo kết luận, biên bản của {lower_first(stage.title)}"


def _coverage(plan: Plan, register: Register, _stage: Stage) -> Iterator[str]:
    press = [unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    yield from _of_units(register, press, "Kế hoạch tuyên truyền")


def _of_units(register: Register, units: Sequence[Unit], what: str) -> Iterator[str]:
    how_far = {unit.name: progress_of(register.units[unit.code]) for unit in units}
    without = [name for name, each in how_far.items() if not each.received and each is not Progress.EXEMPT]
    if names := vietnamese_order(without, str):
        yield f"{what} được tiếp nhận của {len(names)} đơn vị: {first_units(names, _NAMED)}"


_GAPS = {
    StageKind.COLLECT: _reports,
    StageKind.DRAFT: _official,
    StageKind.APPRAISE: _issued,
    StageKind.CONFER: _conclusion,
    StageKind.PUBLISH: _coverage,
}
