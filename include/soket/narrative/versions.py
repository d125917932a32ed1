"""What changed between two versions of a unit's report, as they were read: figures by indicator, text by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from soket.faults.figures import FIGURES
from soket.narrative.sentences.prose import sentences
from soket.plan.model import Plan
from soket.plan.periods import PeriodId, say_period
from soket.record.parsed import named_by, read_parsed
from soket.record.records import Figure, ParsedReport, SectionText
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.text import format_exactly

_LATEST = 3  # pairs of versions that are looked at
_UNREAD, _BLANK, _NONE = "không đọc được", "không có số", "không có"
_TEXT, _TABLE = "lời văn theo đề cương", "biểu số liệu"


@dataclass(frozen=True)
class FigureChange:
    """One figure that is another now; a value is in words."""

    name: str
    unit_of_measure: str
    period: str
    before: str
    after: str
    cells: str  # where it stood and stands


@dataclass(frozen=True)
class TextChange:
    """One section that reads otherwise now: the sentences that are gone, and those that came."""

    title: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class VersionChanges:
    """What changed from one version to the next; `unreadable` where one of them cannot be read any more.

    `alone`: parts that were read of one version only, and so are not compared; which version lacks them, by part.
    """

    before: int
    after: int
    figures: tuple[FigureChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    alone: Mapping[str, int] = field(default_factory=dict)
    unreadable: bool = False

    @property
    def none(self) -> bool:
        """Whether both read the same."""
        return not (self.figures or self.texts or self.alone or self.unreadable)

    @property
    def summary(self) -> str:
        """Say in short what changed."""
        if self.unreadable:
            return "không đối chiếu được"
        figures = [f"{len(self.figures)} số"] if self.figures else []
        texts = [f"lời văn {len(self.texts)} mục"] if self.texts else []
        alone = (f"không so được {part} (lần {number} không có {part} đọc được)" for part, number in self.alone.items())
        return ", ".join((*figures, *texts, *alone)) or "nội dung như nhau"


def latest_changes(workspace: Workspace, entry: UnitEntry) -> dict[int, VersionChanges]:
    """Return what changed to each of a unit's latest versions from the one that was read before it, by number."""
    latest = [each for each in entry.verdicts if each.parsed_key][-_LATEST - 1 :]
    read = read_parsed(workspace.store, workspace.keys, named_by(latest))
    known = {each.number: read.get((each.unit, each.number)) for each in latest}
    return {after: _between(workspace.plan, before, after, known) for before, after in pairwise(known)}


def compare_versions(plan: Plan, before: ParsedReport, after: ParsedReport) -> VersionChanges:
    """Return what changed from one version to another."""
    parts = {_TABLE: (before.figures, after.figures), _TEXT: (before.sections, after.sections)}
    alone = {part: (after if old else before).number for part, (old, new) in parts.items() if bool(old) != bool(new)}
    return VersionChanges(
        before.number,
        after.number,
        () if _TABLE in alone else tuple(_figures(plan, before, after)),
        () if _TEXT in alone else tuple(_texts(plan, before, after)),
        alone,
    )


def _between(plan: Plan, before: int, after: int, known: Mapping[int, ParsedReport | None]) -> VersionChanges:
    old, new = known[before], known[after]
    return compare_versions(plan, old, new) if old and new else VersionChanges(before, after, unreadable=True)


def _figures(plan: Plan, before: ParsedReport, after: ParsedReport) -> Iterator[FigureChange]:
    indicators = {each.code: each for form in plan.forms for each in form.indicators}
    olds, news = _by_place(before.figures), _by_place(after.figures)
    for place in dict.fromkeys((*news, *olds)):
        old, new = olds.get(place), news.get(place)
        if (old and old.value) == (new and new.value) and (old is None) == (new is None):
            continue
        code, period = place
        indicator = indicators.get(code)
        cells = dict.fromkeys(f"ô {each.cell}" for each in (old, new) if each)
        yield FigureChange(
            indicator.name if indicator else code,
            indicator.unit_of_measure if indicator else "",
            say_period(period),
            _say(before, old),
            _say(after, new),
            " → ".join(cells),
        )


def _by_place(figures: Iterable[Figure]) -> dict[tuple[str, PeriodId], Figure]:
    return {(each.indicator, each.year): each for each in figures}


def _say(report: ParsedReport, figure: Figure | None) -> str:
    if figure is None:
        return _NONE
    if figure.value is not None:
        return format_exactly(figure.value)
    of_cells = {(each.file, each.place) for each in report.faults if each.code in FIGURES}
    return _UNREAD if (figure.file, f"ô {figure.cell}") in of_cells else _BLANK


def _texts(plan: Plan, before: ParsedReport, after: ParsedReport) -> Iterator[TextChange]:
    titles = {each.code: f"{each.number}. {each.title}" for each in plan.outline}
    olds, news = _by_section(before.sections), _by_section(after.sections)
    for section in dict.fromkeys((*olds, *news)):
        old, new = olds.get(section, []), news.get(section, [])
        gone, come = list[str](), list[str]()
        for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                gone += old[first:last]
                come += new[start:end]
        if gone or come:
            yield TextChange(titles.get(section, section), tuple(gone), tuple(come))


def _by_section(sections: Iterable[SectionText]) -> dict[str, list[str]]:
    return {each.section: [" ".join(line.split()) for line in sentences(each.text)] for each in sections}
