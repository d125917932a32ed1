"""The consolidated working draft: figures, and what the units' own reports say, composed under the plan's headings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from soket.documents.annex import render_figures
from soket.documents.charts import standing_chart
from soket.documents.composing import Composition, compose
from soket.documents.draft_text import listed_fields, section_fields, some_names
from soket.documents.evidence import begin_evidence
from soket.documents.figures import Summary
from soket.documents.form_fields import forms_fields, overall_fields, room_taken
from soket.documents.letterhead import Head, letterhead, recipients
from soket.documents.prose_figures import prose_figures
from soket.documents.quoting import Quotes
from soket.documents.rendering import percent, render
from soket.documents.said import Sayings, gather
from soket.documents.standing import PLACES, BlockRates, PaperList
from soket.documents.unlike import Remark, remarks
from soket.plan.check import no_collecting
from soket.plan.model import Stage
from soket.plan.papers import issuer_of
from soket.plan.themes import Lexicon
from soket.text import format_moment

__all__ = ["Draft", "render_figures", "write_draft"]

_ROW_WORDS, _CHART_WORDS = 14, 160  # whose room a row of a table and a chart take
_NO_FIGURE = "“…”: chưa có số liệu, hoặc không cộng chung."
_MOST_ROWS, _MOST_NAMED, _MOST_MISSING = 100, 100, 12  # units in a table, in a list, in a sentence


@dataclass(frozen=True)
class Draft:
    """A working draft, and the evidence that it rests on."""

    word: bytes
    evidence: bytes


@dataclass(frozen=True)
class Provisional:
    """What a draft made while reports still come says of itself: how many it has, what changed since the last."""

    number: int
    sent: int
    owing: int
    changes: tuple[str, ...] = ()


def write_draft(
    summary: Summary,
    lexicon: Lexicon | None = None,
    *,
    round_number: int = 1,
    since: str = "",
    provisional: Provisional | None = None,
    sayings: Sayings | None = None,
    stage: Stage | None = None,
) -> Draft:
    """Return the working draft, or a provisional one, and its evidence; `since`: what came since the round before.

    `sayings` is what the reports say, where that was gathered already; `stage` is whose draft it is, which says who
    issues it.
    """
    head = letterhead(summary.plan, issuer_of(summary.plan, stage), "BC", summary.as_of.date())
    with no_collecting():  # nor later: of what many sentences came to only the papers are left then
        return _write(sayings or gather(summary, lexicon), since, f"LẦN {round_number}", provisional, head)


def _write(sayings: Sayings, since: str, version: str, provisional: Provisional | None, head: Head) -> Draft:
    forms = forms_fields(sayings.summary, since)
    composition = compose(sayings, room_taken(sayings.summary, forms))
    with begin_evidence(composition) as evidence:
        figures = prose_figures(sayings)
        found = remarks(sayings, figures)
        return Draft(_render(composition, found, forms, version, provisional, head), evidence(figures, found))


def _render(
    composition: Composition,
    found: list[Remark],
    forms: list[dict[str, Any]],
    version: str,
    provisional: Provisional | None,
    head: Head,
) -> bytes:
    """Return the draft as a Word file, dated by the summary."""
    summary = composition.sayings.summary
    plan, quotes, reports = summary.plan, Quotes(summary.as_of, composition.alike), composition.sayings.units
    sections = [
        section_fields(plan, each, reports, quotes)
        | {
            "forms": [form for form in forms if form["section"] == each.under.section.code],
            "overall": overall_fields(composition, each.under.section),
        }
        for each in composition.sections
    ]
    return render(
        "draft_report",
        {
            "head": head,
            "version": version,
            "provisional": asdict(provisional) if provisional else None,
            "plan": plan,
            "as_of": format_moment(summary.as_of),
            "overall": summary.overall,
            "missing": _missing(summary, head.annex(1) if forms else "Phụ lục"),
            "sections": sections,
            "listed": listed_fields(composition, found),
            "forms": forms,
            "rates": [rate_fields(each) for each in (*summary.blocks, summary.overall)],
            "lists": list_fields(summary),
            "standing_chart": standing_chart(summary),
            "recipients": recipients(plan, head),
        },
        complete=quotes.put_comments,
    )


def _missing(summary: Summary, annex: str) -> str:
    """Return who is missing: by name where they are few, else how many, and where their names are."""
    missing, pending = len(summary.missing), len(summary.pending)
    if missing + pending <= _MOST_MISSING:
        return summary.missing_in_words
    waiting = f"; {PLACES[PaperList.PENDING].phrase}: {pending} đơn vị" if pending else ""
    return f"{missing} đơn vị{waiting} (danh sách ở {annex})"


def rate_fields(rates: BlockRates) -> dict[str, Any]:
    """Return a block's rates as printed."""
    return {
        "name": rates.block.name if rates.block else "Tổng cộng",
        "owing": rates.owing,
        "settled": rates.settled,
        "in_time": rates.in_time,
        "late": rates.late,
        "nil": rates.nil,
        "returned": rates.returned,
        "silent": rates.silent + rates.pending,
        "completeness": percent(rates.completeness),
        "timeliness": percent(rates.timeliness),
    }


def list_fields(summary: Summary) -> list[dict[str, Any]]:
    """Return the lists that name anyone, as printed."""
    return [
        {"title": each.title, "count": len(each.units), "names": some_names(each.units, _MOST_NAMED, each.say)}
        for each in summary.units
        if each.units
    ]
