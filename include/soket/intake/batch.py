"""One turn of intake: receive what is there, judge what was received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from soket.intake.contents import Contents
from soket.intake.judge import judge
from soket.intake.nominations import take_nominations
from soket.intake.receive import due, receive, settle_time, with_receipts, work_waiting
from soket.intake.replies import take_replies
from soket.intake.spoilt import mended
from soket.intake.validation import Validator
from soket.intake.withdrawing import to_withdraw, withdraw
from soket.record.keeping import keep_written, read_on, read_register
from soket.record.records import Receipt, Ruling, Verdict
from soket.record.words import RULINGS
from soket.record.workspace import Workspace

_VERY_MANY = 300  # half a minute's work


def process(workspace: Workspace, *, step_back: Callable[[], None] = lambda: None) -> str:
    """Receive and judge everything that is ready; return a note in Vietnamese.

    Where there is very much of it, the caller is told to `step_back` before others.
    """
    found, snapshot = read_on(workspace, None)
    register = mended(workspace, found)
    now_real = datetime.now(UTC)
    settle = settle_time()
    if work_waiting(workspace, register, now_real=now_real, settle=settle) is None:
        return "Không có tệp mới."
    if sum(bool(entry.pending or entry.unjudged) for entry in register.units.values()) > _VERY_MANY:
        step_back()
    taken = take_replies(workspace, register)
    # The validator's imports take seconds: they run while files are received and read.
    with Validator() as validator, Contents(workspace.store) as contents:
        receipts = receive(workspace, register, settle=settle, now_real=now_real, contents=contents)
        register = with_receipts(register, receipts)
        back = len(to_withdraw(register))
        register = withdraw(workspace, register)
        waiting = due(register, now_real)
        verdicts = judge(workspace, register, validator=validator, contents=contents)
        nominations = take_nominations(workspace, register, contents)
    keep_written(workspace, snapshot, receipts, verdicts)
    note = f"Lập {len(receipts)} biên nhận; chấm {len(waiting)} bộ hồ sơ: {_counted(verdicts)}."
    if nominations:
        note += f" Đề nghị biểu dương: {len(nominations)} tệp."
    if back:
        note += f" Đơn vị rút lại {back} bộ hồ sơ."
    if taken:
        note += f" Ghi {len(taken)} trả lời giấy mời."
    failed = _left(workspace, waiting) if len(verdicts) < len(waiting) else 0
    return f"{note} {failed} bộ hồ sơ chưa chấm được, sẽ tự chấm lại." if failed else note


def _left(workspace: Workspace, waiting: list[Receipt]) -> int:
    """Return how many submissions still wait: another run may have judged some, their units taken back others."""
    now = read_register(workspace, keep=False)
    return sum(receipt in now.units[receipt.unit].unjudged for receipt in waiting)


def _counted(verdicts: list[Verdict]) -> str:
    counts = {ruling: sum(verdict.ruling is ruling for verdict in verdicts) for ruling in Ruling}
    return (
        ", ".join(f"{count} {RULINGS[ruling].phrase}" for ruling, count in counts.items() if count)
        or "không có kết luận mới"
    )
