"""The week's report (báo cáo tuần) to the standing board, in the form of the office that leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from soket.documents.letterhead import letterhead
from soket.documents.rendering import render
from soket.plan.model import Plan
from soket.text import format_moment


def render_weekly_report(plan: Plan, facts: Mapping[str, Any], as_of: datetime) -> bytes:
    """Return the report on the facts of the weekly digest, so that the mail and its paper never differ."""
    before = {block["name"]: block["sent"] for block in facts["blocks_before"]}
    roles = plan.roles
    return render(
        "weekly_report",
        {
            **facts,
            "head": letterhead(plan, roles.lead, "BC", as_of.date()),
            "plan": plan,
            "standing": plan.office(roles.standing).name,
            "lead": plan.office(roles.lead).name,
            "as_of": format_moment(as_of),
            "change": say_change(facts["total"]["sent"] - facts["total_before"]["sent"]),
            "blocks": [{**block, "sent_before": before.get(block["name"], 0)} for block in facts["blocks"]],
            "late": [each for each in facts["to_chase"] if each["late"]] + list(facts["missed"]),
        },
    )


def say_change(difference: int) -> str:
    """Return how a count moved: tăng 5, giảm 1, không đổi."""
    if difference == 0:
        return "không đổi"
    return f"tăng {difference}" if difference > 0 else f"giảm {-difference}"
