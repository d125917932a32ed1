"""All checks of a draft together: each by itself, then placed under its heading and given an identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from soket.documents.checks.changed import Change, ChangeSort
from soket.documents.checks.counts import counts_checked
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, identified
from soket.documents.checks.leftover import stray, without_notes
from soket.documents.checks.ordered import DraftOutline
from soket.documents.checks.pointing import pointers_checked
from soket.documents.checks.quotes import DraftQuotes
from soket.documents.checks.references import dates_checked, references_checked
from soket.documents.checks.said import figures_said
from soket.documents.checks.sources import lifted_sentences, misnamed_units, unnamed_units, untold_gaps
from soket.documents.checks.strange import strange_areas
from soket.documents.checks.wording import claims_checked, marks_checked
from soket.documents.figures import Summary
from soket.documents.known import KnownFigures
from soket.narrative.figures.stated import FigureReader
from soket.record.resting import LATE
from soket.record.stale import LaterReport

_SHOWN = 8  # figures that one change names


def check_draft(
    summary: Summary,
    paragraphs: Sequence[str],
    *,
    outline: DraftOutline,
    changes: Sequence[Change] | None,
    working: Sequence[str] = (),
    others: Iterable[DraftFinding] = (),
) -> tuple[DraftFinding, ...]:
    """Return everything found about a draft; what the working draft says word for word is not asked after again.

    `others` are what was found of its tables and of what drafters left in it.
    """
    plan = summary.plan
    made = frozenset(working)
    own = [paragraph if paragraph not in made else "" for paragraph in paragraphs]
    reports = (excerpt.text for section in summary.sections for excerpt in section.excerpts)
    quotes = DraftQuotes(summary, own, working)
    prose = [without_notes(plan, paragraph) for paragraph in quotes.blanked(own)]
    found: chain[DraftFinding] = chain(
        others,
        figures_said(FigureReader(plan), KnownFigures(summary), prose, paragraphs),
        quotes.findings(),
        outline.findings(),
        references_checked(plan, paragraphs),
        pointers_checked(paragraphs),
        dates_checked(paragraphs),
        marks_checked(paragraphs),
        lifted_sentences(summary, own),
        claims_checked(own, reports),
        unnamed_units(summary, paragraphs),
        untold_gaps(summary, paragraphs),
        misnamed_units(plan, paragraphs),
        strange_areas(summary, own),
        counts_checked(changes or (), working),
        stray(changes or (), outline),
        _changed(changes or ()),
    )
    return identified(outline.placed(each) for each in found)


def amended_findings(reports: Iterable[LaterReport]) -> tuple[DraftFinding, ...]:
    """Return that reports came, were taken in, or were replaced, after what a draft rests on."""
    return identified(
        DraftFinding(
            DraftCheck.REPLACED,
            FindingLevel.LOOK,
            f"{'bản thay ' if each.replaces else ''}báo cáo của {each.unit.name} {LATE[each.late].phrase}",
            about=each.unit.code,
        )
        for each in reports
    )


def _changed(changes: Sequence[Change]) -> Iterator[DraftFinding]:
    for change in changes:
        if change.sort is not ChangeSort.FIGURE:
            continue
        old, new = ("; ".join(each[:_SHOWN]) for each in change.figures)
        told = f"{old} thành {new}" if old and new else f"bỏ {old}" if old else f"thêm {new}"
        yield DraftFinding(
            DraftCheck.CHANGE,
            FindingLevel.TELL,
            f"sửa số so với dự thảo làm việc: {told}",
            about=f"{change.before} {change.after}",
            quote=change.after or "",
            paragraph=change.number,
        )
