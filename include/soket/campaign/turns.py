"""Whose turn it is: whom a stage waits for, for what, and since when, by what the bucket holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.campaign.conference import decided_format
from soket.campaign.register import Register
from soket.clock import VIETNAM
from soket.plan.model import Plan, StageName


@dataclass(frozen=True)
class Turn:
    """That a stage waits, and for what."""

    what: str
    since: datetime

    def __str__(self) -> str:
        return f"chờ {self.what} từ {self.since.astimezone(VIETNAM):%d/%m}"


def turn_of(plan: Plan, register: Register, stage: StageName) -> Turn | None:
    """Return what a stage waits for; None where it is done, not at work, or waits for nobody in particular."""
    entry = register.stages[stage]
    if entry.done:
        return None
    drafter, appraiser = (plan.office(code).short_name for code in (plan.roles.drafter, plan.roles.appraiser))
    match stage:
        case StageName.UBND_DRAFT:
            if working := entry.record("working"):
                return Turn(f"{drafter} gửi dự thảo", working.at)
            if empty := entry.record("empty"):
                return Turn("báo cáo đầu tiên", empty.at)
        case StageName.VPTU_APPRAISAL:
            asked = entry.record("dossier")
            if asked and register.appraisal(entry.round) is None:
                return Turn(f"{appraiser} trả lời", asked.at)
        case StageName.CONFERENCE:
            asked = entry.record("opened")
            if asked and decided_format(register) is None:
                return Turn(f"{appraiser} chọn hình thức", asked.at)
    return None
