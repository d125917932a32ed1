"""Whether the drafting office had provisional drafts early enough, and no more mail of them than one a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from demo.evidence import Check, Evidence
from soket.clock import VIETNAM
from soket.notices.notice import Kind
from soket.plan.model import Stage, StageKind
from soket.record.provisional import ProvisionalDraft
from soket.text import format_date

AHEAD = 3  # working days before the date of the draft


def provisional_in_time(evidence: Evidence) -> Check:
    """Each draft drawn from reports had a provisional one in time, each of other reports than the one before."""
    plan = evidence.workspace.plan
    drafts = [each for each in plan.stages_of(StageKind.DRAFT) if plan.draft_of(each) is None]
    wrong = [each for stage in drafts for each in _wrong(evidence, stage)]
    days = Counter(each.id.rpartition(".")[2] for each in evidence.sent if each.kind is Kind.PROVISIONAL)
    wrong += [f"{count} thư ngày {day}" for day, count in days.items() if count > len(drafts)]
    if not days:
        wrong.append("cơ quan soạn thảo chưa nhận bản nào")
    made = sum(len(evidence.register.of(stage).provisional) for stage in drafts)
    return Check("Có bản tổng hợp tạm trước hạn dự thảo", not wrong, "; ".join(wrong) or f"{made} bản")


def _wrong(evidence: Evidence, stage: Stage) -> Iterator[str]:
    workspace = evidence.workspace
    records = evidence.register.of(stage).provisional
    last_day = workspace.campaign.stages[stage.id].last_day
    between = workspace.calendar.working_days_between
    if not any(between(each.at.astimezone(VIETNAM).date(), last_day) >= AHEAD for each in records):
        yield f"{stage.title}: chưa có bản nào trước {AHEAD} ngày làm việc, hạn {format_date(last_day)}"
    told = [each.details for each in records if isinstance(each.details, ProvisionalDraft)]
    yield from (
        f"bản số {after.number} như bản trước" for before, after in pairwise(told) if before.inputs == after.inputs
    )
    yield from (f"bản số {each.number} thừa báo cáo" for each in told if not 0 < each.sent <= each.owing)
