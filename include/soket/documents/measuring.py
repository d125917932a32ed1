"""Measures a Word file against an edition of form: what of it is not as it should be, in words and as Word's comments.

The file is opened by the guarded readers alone; here is only what they say of its looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from soket.documents import measuring_foot, measuring_head, measuring_text
from soket.documents.anatomy import dissect
from soket.documents.misfits import Misfit, OnTheRule, Rule
from soket.faults import fault_of
from soket.plan.edition_files import edition_of
from soket.plan.editions import FormEdition
from soket.reading.findings import Finding
from soket.reading.formats.word_remarks import WordRemark
from soket.reading.looking import Asked, look, remark
from soket.reading.looks import LaidOut

RULES: tuple[Rule, ...] = (*measuring_head.RULES, *measuring_text.RULES, *measuring_foot.RULES)


class UnmeasuredError(ValueError):
    """The file is no Word document that can be looked at; the message says so to a person."""


def look_at(readers: Asked, content: bytes) -> LaidOut:
    """Return how a file looks; raise UnmeasuredError for what no reader can look at."""
    found = look(readers, content)
    if isinstance(found, Finding):
        fault = fault_of(found, "")
        raise UnmeasuredError(f"{fault.message} {fault.advice or ''}".strip())
    return found


def edition_for(paper: LaidOut, day: date) -> FormEdition:
    """Return the edition that a paper should follow by its title and its date, `day` where it has none."""
    parts = dissect(paper)
    return edition_of("state" if parts.is_state else "party", date(*parts.month, 28) if parts.month else day)


def measure(paper: LaidOut, edition: FormEdition) -> list[Misfit]:
    """Return what of a paper is not as an edition asks, in the order of its paragraphs."""
    measured = OnTheRule(edition, paper, dissect(paper))
    return sorted((each for rule in RULES for each in rule(measured)), key=lambda each: each.place)


def remarked_copy(readers: Asked, content: bytes, misfits: Sequence[Misfit]) -> bytes:
    """Return a copy of a file with a comment beside each paragraph that something is wrong with."""
    return remark(readers, content, [WordRemark(each.place, each.words) for each in misfits])
