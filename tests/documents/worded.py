"""Reports that say given sentences, and what drafts make of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from soket.documents.composing import Composition, compose
from soket.documents.figures import Excerpt, SectionSummary, Summary, summarise
from soket.documents.form_fields import forms_fields, room_taken
from soket.documents.said import gather
from soket.plan.model import Plan
from soket.plan.themes import Lexicon, lexicon_of
from soket.record.records import ParsedReport, SectionText, Submission

from .builders import make_receipt, make_register, make_verdict, nq06
from .labelled import world


@cache
def lexicon() -> Lexicon:
    found = lexicon_of(nq06())
    assert found
    return found


def report(plan: Plan, unit: str, said: dict[str, list[str]]) -> ParsedReport:
    sections = tuple(
        SectionText(section=each.code, heading=each.title, text="\n".join(said.get(each.code, ())))
        for each in plan.outline
    )
    return ParsedReport(unit=unit, number=1, kind=Submission.REPORT, sections=sections, figures=(), faults=())


def summary_of(plan: Plan, said: dict[str, dict[str, list[str]]]) -> Summary:
    """Return the summary of reports that arrived in this order."""
    register = make_register(plan, [make_receipt(unit) for unit in said], [make_verdict(unit) for unit in said])
    return summarise(plan, plan.campaigns[0], register, [report(plan, unit, own) for unit, own in said.items()])


def composed(summary: Summary) -> Composition:
    """Return what a draft is composed of, beside its figures."""
    return compose(gather(summary, lexicon()), room_taken(summary, forms_fields(summary, "")))


def summary_saying(plan: Plan, **texts: str) -> Summary:
    """Return a summary whose units say these texts under the first heading."""
    _, summary = world("du_lich")
    excerpts = tuple(Excerpt(plan.unit(code), 1, "I", text) for code, text in texts.items())
    return replace(summary, sections=(SectionSummary(plan.outline[0], excerpts, ()),), basis=dict.fromkeys(texts, 1))


def share_quoted(composition: Composition) -> float:
    """Return the share of units quoted, or stood for by a quote that names them, of those that say anything."""
    quotes = (*composition.quoted, *(each for own in composition.alike.values() for each in own))
    return len({each.unit.code for each in quotes}) / len(composition.sayings.units)
