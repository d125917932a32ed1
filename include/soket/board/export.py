"""The board's tables as a workbook: the units that are asked for, in their order, and apart from them the press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from soket.board.choosing import Filters, choose
from soket.board.rows import UnitRow, unit_row
from soket.board.standing import Group
from soket.board.summary import asking_of
from soket.plan.model import Plan
from soket.record.register import Register, UnitEntry
from soket.record.words import PROGRESS
from soket.record.workspace import Workspace
from soket.text import format_moment

FILE = "tien-do.xlsx"

_HEADS = (
    *(("TT", 6), ("Đơn vị", 32), ("Khối", 26), ("Tình trạng", 13), ("Hết ngày", 12), ("Gia hạn, quá hạn, lời hẹn", 28)),
    *(("Nộp lúc", 15), ("Số lần nộp", 8), ("Kết quả kiểm tra", 15), ("Lỗi phải sửa", 8), ("Lưu ý", 8)),
    *(("Thư nhắc gửi đơn vị gần nhất", 16), ("Đầu mối", 28), ("Điện thoại", 14)),
)


def units_workbook(
    workspace: Workspace, register: Register, filters: Filters, reminded: Mapping[str, datetime]
) -> bytes:
    """Return the tables as .xlsx; `reminded` is when each unit was urged last. What units wrote stays text."""
    from soket.documents.long_sheets import LongTable, workbook_of

    def table(name: str, whose: str, entries: Sequence[UnitEntry]) -> LongTable:
        listed = [(units[each.unit], each) for each in entries]
        chosen = choose(listed, filters, register.as_of, reminded, asking)
        rows = [
            _cells(number, unit_row(workspace, register, unit, entry, reminded.get(unit.code)))
            for number, (unit, entry) in enumerate(chosen, 1)
        ]
        count = f"{len(rows)} trong {len(entries)} {whose}, lọc theo {only}" if only else f"{len(rows)} {whose}"
        told = f"{workspace.campaign.title}: {count}; tính đến {format_moment(register.as_of)}"
        return LongTable(name, told, _HEADS, rows)

    plan, asking = workspace.plan, asking_of(workspace, register)
    units = {unit.code: unit for unit in plan.units}
    only = _in_words(plan, filters)
    reporting = table("Tiến độ", "đơn vị phải báo cáo", register.reporting(plan))
    press = table("Báo chí", "cơ quan báo chí", register.press(plan))
    beside = table("Nộp thêm", "hồ sơ, văn bản nộp thêm", register.documents(plan))
    return workbook_of([reporting, *(each for each in (beside, press) if each.rows)])


def _in_words(plan: Plan, filters: Filters) -> str:
    """Return by what units are chosen; "" where all are."""
    progress = filters.progress
    said = [] if progress is None else [progress.label if isinstance(progress, Group) else PROGRESS[progress].label]
    named = {block.code: block.name for block in plan.blocks}
    said += [named.get(filters.block, "khối không có trong kế hoạch")] if filters.block else []
    said += [f"“{filters.words}”"] if filters.words else []
    return ", ".join(said)


def _cells(number: int, row: UnitRow) -> list[str | float | None]:
    def at(moment: datetime | None) -> str:
        return format_moment(moment) if moment else ""

    def told() -> Iterator[str]:
        yield from (each for each in (row.extended, row.kept, row.overdue, row.promise, row.given_up) if each)

    return [
        *(number, row.name, row.block_name, row.label, row.last_day, "; ".join(told())),
        *(at(row.sent_at), row.submissions, row.ruling or "", row.must_fix, row.to_review),
        *(at(row.reminded_at), row.contact, row.phone or ""),
    ]
