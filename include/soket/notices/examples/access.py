"""Examples of mail that lets a unit in."""

from __future__ import annotations

from soket.notices import compose
from soket.notices.examples.scene import workspace_at
from soket.notices.notice import Notice
from soket.plan.model import Plan, StageKind
from soket.record.handover import HOLDS
from soket.record.workspace import Workspace

_PLACE = "https://nop.tinh.example/ke-hoach/dot/don-vi"


def access(plan: Plan, how: str) -> tuple[Workspace, Notice]:
    """Return what a plan's first unit gets to come in."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-2)
    unit = plan.units[0]
    assert how == "key"  # noqa: S101
    return workspace, compose.key_notice(unit, "0" * 32, f"{_PLACE}/khoa/{'A' * 43}", workspace.now + HOLDS)
