"""A draft's headings held against the outline: what is missing, what stands in another order, what stands where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, place_of
from soket.narrative.sections.outline import read_sections
from soket.plan.model import Plan, Section
from soket.record.records import SectionText

_ANNEX = re.compile(r"phụ lục(?: (?:số )?(?:\d+|[ivx]+))?\s*(?:$|[.:–-]\s*\D.{0,120}$)", re.IGNORECASE)
_NUMBER_OF_ANNEX = re.compile(r"(?<=[\divxIVX])\s*[.:–-].*$")


class DraftOutline:
    """The sections of the plan's outline in a draft."""

    def __init__(self, plan: Plan, paragraphs: Sequence[str]) -> None:
        # A heading that says something else than the outline is what is looked for.
        self._sections = tuple(zip(plan.outline, read_sections(plan, paragraphs, by_place=False), strict=True))
        self._starts = {
            section.code: at for section, text in self._sections if (at := _start(text, paragraphs)) is not None
        }
        self._annexes = [
            (at, _NUMBER_OF_ANNEX.sub("", text)) for at, text in enumerate(paragraphs) if _ANNEX.match(text)
        ]
        headings = [
            (self._starts[section.code], text.heading or "")
            for section, text in self._sections
            if section.code in self._starts
        ]
        self._heads = sorted([*headings, *self._annexes])

    @property
    def gaps(self) -> tuple[Section, ...]:
        """The sections that must be there and are not."""
        return tuple(section for section, text in self._sections if section.required and text.heading is None)

    def findings(self) -> Iterator[DraftFinding]:
        """Yield what is missing, and the first section that stands before one that should come earlier."""
        for section in self.gaps:
            title = f"{section.number}. {section.title}"
            yield DraftFinding(DraftCheck.OUTLINE, FindingLevel.WRONG, f"thiếu mục {title}", about=section.code)
        last = -1
        for section, text in self._sections:
            at = self._starts.get(section.code)
            if at is None or at >= last:
                last = last if at is None else at
                continue
            yield DraftFinding(
                DraftCheck.OUTLINE,
                FindingLevel.LOOK,
                f"mục {section.number}. {section.title} không đứng theo thứ tự của Đề cương",
                about=f"order {section.code}",
                quote=text.heading or "",
                paragraph=at + 1,
            )
            return

    def placed(self, finding: DraftFinding) -> DraftFinding:
        """Return a finding with the heading that it stands under."""
        if finding.paragraph is None or finding.heading:
            return finding
        return replace(finding, heading=self.heading(finding.paragraph - 1))

    def heading(self, at: int) -> str:
        """Return the heading, or the annex, that a paragraph (from 0) stands under; "" for what is above all."""
        before = bisect_right(self._heads, at, key=lambda head: head[0])
        return self._heads[before - 1][1] if before else ""

    def annex(self, at: int) -> str:
        """Return the annex that a paragraph (from 0) stands in; "" for what is in the body."""
        before = bisect_right(self._annexes, at, key=lambda annex: annex[0])
        return self._annexes[before - 1][1] if before else ""

    def place(self, at: int) -> str:
        """Return where a paragraph (from 0) stands, in words."""
        return place_of(self.heading(at), at + 1)


def _start(text: SectionText, paragraphs: Sequence[str]) -> int | None:
    if text.heading is None:
        return None
    exact = next((at for at, each in enumerate(paragraphs) if each.strip() == text.heading.strip()), None)
    if exact is not None:
        return exact
    return next((at for at, each in enumerate(paragraphs) if text.heading in each), None)
