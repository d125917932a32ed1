"""What an archive lacks: what nobody gave, what is issued on paper, and what those above have not answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from soket.plan.model import Duty, Stage, StageKind, Unit
from soket.record.commending import commendations_in_force, latest_lists
from soket.record.decisions import ConferenceFormat
from soket.record.issued import ISSUED_FOLDER, issued_by, issued_title, issues
from soket.record.register import Register
from soket.record.tally import Progress, progress_of
from soket.record.undecided import open_question
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.text import first_units, format_date, lower_first, vietnamese_order

_NAMED = 10  # units by name

# How what comes later is brought, before the archive is made anew.
_ISSUED_LATER = f"bản đã ban hành gửi vào thư mục {ISSUED_FOLDER}"
_DECIDED_LATER = "ý kiến, quyết định ghi trên bảng theo dõi"


class _Gap(NamedTuple):
    """What is not among the papers; nobody waits any more for what units were to send until the register closed."""

    what: str
    given_up: str = ""  # what nobody waits for, of how many
    later: str = ""  # how it is brought once the archive is made


def gaps(workspace: Workspace, register: Register) -> list[str]:
    """Return what is not among a campaign's papers, each in a phrase that says where nobody waits for it any more."""
    return [gap.what for gap in _found(workspace, register)]


def say_gaps(workspace: Workspace, register: Register) -> str:
    """Return in sentences what is not among a campaign's papers: what is still to be brought, and what is not."""
    found = list(_found(workspace, register))
    heads = ((True, "Không có"), (False, "Chưa có, cần bổ sung"))
    told = [(head, [lower_first(gap.what) for gap in found if bool(gap.given_up) is over]) for over, head in heads]
    said = [f"{head}: {'; '.join(what)}." for head, what in told if what] or ["Không thiếu văn bản nào."]
    return " ".join([*said, "Chưa kể bản chính có số, chữ ký của văn bản, báo cáo: xem đầu bảng kê."])


def say_brought_later(workspace: Workspace, register: Register) -> str:
    """Return how what is not among a campaign's papers is brought once it is there; "" where nothing is that can be."""
    ways = dict.fromkeys(gap.later for gap in _found(workspace, register) if gap.later)
    return f"Đến sau: {'; '.join(ways)}; rồi chạy lại giai đoạn này." if ways else ""


def count_gaps(workspace: Workspace, register: Register) -> str:
    """Return how many kinds of papers are still to be brought, and of how many units nobody waits for any."""
    found = list(_found(workspace, register))
    lacking, given_up = sum(not gap.given_up for gap in found), [gap.given_up for gap in found if gap.given_up]
    told = [f"còn {lacking} loại cần bổ sung, chưa kể bản chính đã ký"] if lacking else []
    return ", ".join([*told, *([f"không chờ nữa {', '.join(given_up)}"] if given_up else [])])


def _found(workspace: Workspace, register: Register) -> Iterator[_Gap]:
    for stage in workspace.plan.stages:
        yield from _GAPS[stage.kind](workspace, register, stage)


def _reports(workspace: Workspace, register: Register, stage: Stage) -> Iterator[_Gap]:
    owing = [unit for unit in workspace.plan.units_of(stage) if unit.owes is not Duty.EXEMPT]
    yield from _of_units(register, owing, "Báo cáo")


def _official(_: Workspace, register: Register, stage: Stage) -> Iterator[_Gap]:
    if not any(each.step == "official" for each in register.of(stage).records):
        yield _Gap(f"Dự thảo chính thức của bước «{stage.title}»")


def _appraised(workspace: Workspace, register: Register, stage: Stage) -> Iterator[_Gap]:
    plan = workspace.plan
    if each := open_question(plan, register, stage):
        told = f"Ý kiến trả lời của {plan.office(each.office).name} về {len(each.asked):02} việc"
        yield _Gap(f"{told} tại tờ trình ngày {format_date(each.since.date())}", later=_DECIDED_LATER)
    if issues(plan, stage) and issued_by(register, stage) is None:
        what = f"Bản đã ban hành (số, ngày, chữ ký) của {lower_first(stage.delivers)}"
        yield _Gap(what, later=_ISSUED_LATER)


def _concluded(workspace: Workspace, register: Register, stage: Stage) -> Iterator[_Gap]:
    listed = latest_lists(workspace, register).get(stage.id, {})
    if waiting := listed.keys() - commendations_in_force(register).keys():
        yield _Gap(f"Quyết định về đề nghị biểu dương {len(waiting):02} trường hợp", later=_DECIDED_LATER)
    formats = [each for each in register.decisions if isinstance(each, ConferenceFormat)]
    if not formats:
        yield _Gap(f"Quyết định hình thức của bước «{stage.title}»")
    elif formats[-1].format == "postponed":
        yield _Gap(f"Hồ sơ {lower_first(stage.title)}: hội nghị hoãn, chưa họp")
    elif issued_by(register, stage) is None:
        yield _Gap(f"{issued_title(stage)} của {lower_first(stage.title)}", later=_ISSUED_LATER)


def _coverage(workspace: Workspace, register: Register, _stage: Stage) -> Iterator[_Gap]:
    press = [unit for unit in workspace.plan.units if unit.owes is Duty.COVERAGE_PLAN]
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
    StageKind.APPRAISE: _appraised,
    StageKind.CONFER: _concluded,
    StageKind.PUBLISH: _coverage,
}
