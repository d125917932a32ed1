"""A draft's headings held against the outline: what is missing, what stands in another order, what stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.narrative.sections import read_sections
from soket.plan.model import Plan, Section
from soket.record.records import SectionText


class DraftOutline:
    """The sections of the plan's outline in a draft."""

    def __init__(self, plan: Plan, paragraphs: Sequence[str]) -> None:
        self._sections = tuple(zip(plan.outline, read_sections(plan, paragraphs), strict=True))
        self._starts = {
            section.code: at for section, text in self._sections if (at := _start(text, paragraphs)) is not None
        }

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
        starts = sorted((at, code) for code, at in self._starts.items())
        before = bisect_right(starts, (finding.paragraph - 1, "￿"))
        if not before:
            return finding
        code = starts[before - 1][1]
        text = next(text for section, text in self._sections if section.code == code)
        return replace(finding, heading=text.heading or "")


def _start(text: SectionText, paragraphs: Sequence[str]) -> int | None:
    if text.heading is None:
        return None
    exact = next((at for at, each in enumerate(paragraphs) if each.strip() == text.heading.strip()), None)
    if exact is not None:
        return exact
    return next((at for at, each in enumerate(paragraphs) if text.heading in each), None)
