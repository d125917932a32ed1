"""The form on which units nominate, and the slip with which a nomination goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from soket.documents.letterhead import ATTACHMENT, letterhead
from soket.documents.rendering import render
from soket.faults import Fault
from soket.plan.model import Campaign, Plan, Severity, Stage, Unit
from soket.plan.papers import post_of_heads
from soket.record.products import NOMINATION_FORM
from soket.text import format_moment, upper_first


def render_nomination_form(plan: Plan, campaign: Campaign, stage: Stage) -> bytes:
    """Return the form that goes with the request letter."""
    return render(
        "nomination_form",
        {
            "head": letterhead(plan, plan.roles.lead, ATTACHMENT, campaign.stages[stage.id].opens),
            "plan": plan,
            "name": NOMINATION_FORM.removeprefix("mau-"),
            "signer": upper_first(post_of_heads(plan)),
            "codes": [
                f"{each.code} {each.name}" for form in plan.forms for each in form.indicators if "." not in each.code
            ],
        },
    )


def render_nomination_slip(plan: Plan, unit: Unit, name: str, faults: Iterable[Fault], now: datetime) -> bytes:
    """Return the slip: every fault at once, each with what to do."""
    return render(
        "nomination_slip",
        {
            "head": letterhead(plan, plan.roles.lead, ATTACHMENT, now.date()),
            "plan": plan,
            "unit": unit,
            "file": name,
            "at": format_moment(now),
            "lead": plan.office(plan.roles.lead),
            "faults": [
                {
                    "number": number,
                    "place": each.place or "Cả tệp",
                    "message": each.message,
                    "advice": each.advice or "",
                }
                for number, each in enumerate((each for each in faults if each.severity is Severity.CRITICAL), 1)
            ],
        },
    )
