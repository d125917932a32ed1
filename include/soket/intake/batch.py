"""One turn of intake: receive what is there, judge what was received."""

from __future__ import annotations

from datetime import UTC, datetime

from soket.campaign.reading import read_register
from soket.campaign.records import Ruling, Verdict
from soket.campaign.workspace import Workspace
from soket.intake.contents import Contents
from soket.intake.judge import judge
from soket.intake.receive import receive, settle_time, unjudged, with_receipts, work_waiting
from soket.intake.validation import Validator


def process(workspace: Workspace) -> str:
    """Receive and judge everything that is ready; return a note in Vietnamese."""
    register = read_register(workspace)
    now_real = datetime.now(UTC)
    settle = settle_time()
    if work_waiting(workspace, register, now_real=now_real, settle=settle) is None:
        return "Không có tệp mới."
    # The validator's imports take seconds: they run while files are received and read.
    with Validator() as validator, Contents(workspace.store) as contents:
        intake = receive(workspace, register, settle=settle, now_real=now_real, when_kept=contents.add)
        register = with_receipts(register, intake.receipts)
        waiting = len(unjudged(register))
        verdicts = judge(workspace, register, validator=validator, contents=contents)
    return f"Lập {len(intake.receipts)} biên nhận; chấm {waiting} bộ hồ sơ: {_counted(verdicts)}."


def _counted(verdicts: list[Verdict]) -> str:
    words = {
        Ruling.ACCEPTED: "tiếp nhận",
        Ruling.ACCEPTED_WITH_WARNINGS: "tiếp nhận kèm lưu ý",
        Ruling.RETURNED: "trả lại",
    }
    counts = {ruling: sum(verdict.ruling is ruling for verdict in verdicts) for ruling in words}
    return ", ".join(f"{count} {words[ruling]}" for ruling, count in counts.items() if count) or "không có kết luận mới"
