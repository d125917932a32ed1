"""What the press is given, and from when it may be published."""

from __future__ import annotations

from collections.abc import Sequence

from soket.documents.commendations import Commendation
from soket.documents.figures import SectionSummary, Summary
from soket.documents.letterhead import letterhead
from soket.documents.rendering import digest, render
from soket.documents.sentences import headline
from soket.documents.unconfirmed import unconfirmed_in_short
from soket.record.decisions import ConferenceFormat
from soket.record.words import FORMATS
from soket.text import fold, format_date, format_moment, lower_first

_LESSON = 300  # letters of a unit's lesson
_MOST_LESSONS = 10


def render_press_note(
    summary: Summary, decision: ConferenceFormat | None, commended: Sequence[Commendation] = (), *, since: str = ""
) -> bytes:
    """Return the press note, embargoed until the conference opens where there is one.

    `commended` are those whose commendation is decided: proposals are not for the press. `since` says which reports it
    has that the appraised draft had not.
    """
    plan = summary.plan
    shown = [item for form in summary.forms for item in form.wholes]
    lessons = [excerpt for each in summary.sections if _on_lessons(each) for excerpt in each.excerpts]
    return render(
        "press_note",
        {
            "head": letterhead(
                plan, plan.roles.lead, "TC", (decision.decided_at if decision else summary.as_of).date()
            ),
            "plan": plan,
            "lead": plan.office(plan.roles.lead),
            "occasion": f"Hội nghị {lower_first(plan.title)}" if decision else f"kết quả {lower_first(plan.title)}",
            "format": decision.format if decision else "",
            "format_name": FORMATS[decision.format].phrase if decision else "",
            "day": format_date(decision.day) if decision else "",
            "place": decision.place if decision else "",
            "overall": summary.overall,
            "results": [f"{headline(item)}." for item in shown if item.latest is not None],
            "as_of": format_moment(summary.as_of),
            "caveats": list(filter(None, (_gaps(summary), unconfirmed_in_short(summary.unconfirmed, shown), since))),
            "lessons": [
                {"unit": each.unit.name, "text": digest(each.text, _LESSON)} for each in lessons[:_MOST_LESSONS]
            ],
            "commended": [{"unit": each.unit.name, "merit": each.merit} for each in commended],
        },
    )


def _gaps(summary: Summary) -> str:
    """Say on how many of how many units the figures rest, form by form, where some gave none; "" where all gave."""
    short = [
        f"{len(form.units) - len(form.absent)}/{len(form.units)} đơn vị ({form.form.title})"
        for form in summary.forms
        if form.absent
    ]
    return f"Số liệu tính trên {'; '.join(short)}." if short else ""


def _on_lessons(found: SectionSummary) -> bool:
    return any("bai hoc" in fold(words) for words in (found.section.title, *found.section.keywords))
