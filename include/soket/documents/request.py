"""What is asked of units: the request letter, the outline to write under, and the press's plan of coverage."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from soket.documents.forms import FILLING, form_workbook
from soket.documents.letterhead import ATTACHMENT, LETTER, copied, letterhead
from soket.documents.rendering import Drawn, render
from soket.plan.dates import last_moment
from soket.plan.model import Block, Campaign, Duty, Plan, Stage
from soket.plan.papers import signed_copy
from soket.plan.periods import say_each
from soket.record.sending import door_link, say_how, say_ring, say_where
from soket.text import lower_first, name_inside

__all__ = ["form_workbook", "render_coverage_request", "render_document_request", "render_outline", "render_request"]

_SIDE = 28  # millimetres: what a telephone reads at arm's length


@dataclass(frozen=True)
class QrPicture(Drawn):
    """An address to be read by a camera."""

    address: str

    def drawing(self, part: Any) -> str:  # noqa: ANN401 - docx has no types
        """Put the picture into a document; return what shows it."""
        import segno
        from docx.oxml.shape import CT_Inline
        from docx.shared import Mm

        picture = io.BytesIO()
        segno.make(self.address, micro=False, error="m").save(picture, kind="png", scale=6, border=3)
        picture.seek(0)
        relation, _ = part.get_or_add_image(picture)
        inline = CT_Inline.new_pic_inline(part.next_id, relation, "qr.png", Mm(_SIDE), Mm(_SIDE))
        inline.docPr.set("descr", f"Mã QR: {self.address}")
        return str(inline.xml)


def render_request(plan: Plan, campaign: Campaign, stage: Stage) -> bytes:
    """Return the letter that asks the units for their reports, with the outline and the forms as its annexes."""
    head = letterhead(plan, plan.roles.lead, LETTER, campaign.stages[stage.id].opens)
    return render(
        "request_letter",
        {
            "head": head,
            "plan": plan,
            "blocks": [block.name for block in plan.blocks if not _press(plan, block)],
            "lead": plan.office(plan.roles.lead),
            "own_reviews": plan.own_reviews or any(unit.owes is Duty.OWN_REVIEW for unit in plan.units),
            "receiver": plan.office(plan.roles.receiver),
            **_sending(plan, campaign),
            "signed": signed_copy(stage),
            "deadline": _say_dates(plan, campaign, stage),
            "outline": _outline(plan),
            "copies": copied(plan, plan.roles.lead, head),
            "filling": FILLING,
            "forms": [
                {
                    "title": form.title,
                    "blocks": "; ".join(plan.block(code).name for code in form.blocks),
                    "years": say_each(form.years),
                    "rows": [
                        {"code": each.code, "name": each.name, "unit_of_measure": each.unit_of_measure}
                        for each in form.indicators
                    ],
                }
                for form in plan.forms
            ],
        },
    )


def render_outline(plan: Plan, campaign: Campaign, stage: Stage) -> bytes:
    """Return the letter's outline (đề cương) as a file that units write their report into; the letter is signed."""
    day = campaign.stages[stage.id].opens
    return render(
        "report_outline",
        {
            "head": letterhead(plan, plan.roles.lead, ATTACHMENT, day),
            "enclosed": letterhead(plan, plan.roles.lead, LETTER, day).enclosed,
            "plan": plan,
            "receiver": plan.office(plan.roles.receiver),
            "signed": signed_copy(stage),
            "deadline": _say_dates(plan, campaign, stage),
            "outline": _outline(plan),
            "forms": [
                {"title": form.title, "blocks": "; ".join(plan.block(code).name for code in form.blocks)}
                for form in plan.forms
            ],
        },
    )


def _say_dates(plan: Plan, campaign: Campaign, stage: Stage) -> str:
    """Return until when a stage takes work, and from whom where not everybody has until the same date."""
    dates, of = campaign.stages[stage.id], dict[date, dict[str, None]]()
    for unit in plan.units_of(stage):
        own = unit.base in dates.units
        name = unit.name if own else name_inside(plan.block(unit.block).name)
        of.setdefault(plan.deadline_of(campaign, stage, unit).last_day, {})[name] = None
    if len(of) < 2:
        return last_moment(next(iter(of), dates.last_day))
    return "; ".join(f"{last_moment(day)} đối với {', '.join(of[day])}" for day in sorted(of))


def _outline(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "number": section.number,
            "title": section.title,
            "top": "." not in section.number.rstrip("."),
            "optional": not section.required,
            "guidance": section.guidance or "",
        }
        for section in plan.outline
    ]


def render_coverage_request(plan: Plan, campaign: Campaign, stage: Stage) -> bytes:
    """Return the letter that asks the press agencies for their plans of coverage."""
    dates = campaign.stages[stage.id]
    return render(
        "coverage_request",
        {
            "head": letterhead(plan, plan.roles.lead, LETTER, dates.opens),
            "plan": plan,
            "blocks": [block.name for block in plan.blocks if _press(plan, block)],
            "lead": plan.office(plan.roles.lead),
            **_sending(plan, campaign),
            "deadline": _say_dates(plan, campaign, stage),
        },
    )


def render_document_request(plan: Plan, campaign: Campaign, stage: Stage) -> bytes:
    """Return the letter that asks units for what they hand in beside their report."""
    dates = campaign.stages[stage.id]
    head = letterhead(plan, plan.roles.lead, LETTER, dates.opens)
    asked = dict.fromkeys(plan.block(unit.block).name for unit in plan.units_of(stage))
    return render(
        "document_request",
        {
            "head": head,
            "plan": plan,
            "blocks": list(asked),
            "what": lower_first(stage.delivers),
            "lead": plan.office(plan.roles.lead),
            "receiver": plan.office(stage.receiver),
            **_sending(plan, campaign),
            "signed": signed_copy(stage),
            "deadline": _say_dates(plan, campaign, stage),
        },
    )


def _sending(plan: Plan, campaign: Campaign) -> dict[str, object]:
    """Return where and how files are handed in: the same words as in the mail that brings the letter."""
    door = door_link(plan, campaign.code)
    return {
        "where": say_where(plan, campaign.code, None),
        "how": say_how(),
        "ring": say_ring(plan),
        "door": {"address": door, "qr": QrPicture(door)} if door else None,
    }


def _press(plan: Plan, block: Block) -> bool:
    """Whether a block's units owe a plan of coverage rather than a report."""
    return any(unit.block == block.code and unit.owes is Duty.COVERAGE_PLAN for unit in plan.units)
