"""The stages of the plan of Resolution 06, for plans of tests that have the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soket.plan.model import Plan

USUAL: dict[str, dict[str, Any]] = {
    "unit_reports": {"kind": "collect"},
    "ubnd_draft": {"kind": "draft", "after": ("unit_reports",)},
    "vptu_appraisal": {"kind": "appraise", "after": ("ubnd_draft",), "returns_to": "ubnd_draft"},
    "conference": {"kind": "confer", "after": ("vptu_appraisal",)},
    "communications": {"kind": "publish", "after": ("conference",)},
}


def usual_stages(told: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the usual stages with what a plan tells of each."""
    return [{"id": name, **USUAL[name], **fields} for name, fields in told.items()]


def with_stage(plan: Plan, name: str, **changes: Any) -> Plan:
    """Return a plan with one of its stages changed."""
    stages = [each.model_copy(update=changes) if each.id == name else each for each in plan.stages]
    return plan.model_copy(update={"stages": tuple(stages)})
