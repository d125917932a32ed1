"""An official draft compared: its figures with the accepted reports, its headings with the outline, its text with the
working draft it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from soket.documents.checks.changed import Change, compare_texts
from soket.documents.checks.finding import LEVELS, DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.leftover import leftovers
from soket.documents.checks.ordered import DraftOutline
from soket.documents.checks.together import check_draft
from soket.documents.figures import Summary, in_order
from soket.documents.official import OfficialDraft, PrintedFigure
from soket.documents.provenance import FigureSource
from soket.documents.rendering import figure
from soket.documents.sentences import names
from soket.documents.unconfirmed import unconfirmed_note
from soket.documents.year_figures import YearFigure
from soket.plan.model import Indicator, Section, Unit
from soket.plan.periods import PeriodId, say_period
from soket.text import format_moment


class Match(StrEnum):
    """How a figure of the draft compares with what the accepted reports add up to."""

    EQUAL = "Khớp"
    DIFFERS = "Lệch"
    NOT_FOUND = "Dự thảo không có"
    UNREADABLE = "Không đọc được số"
    NO_BASIS = "Báo cáo chưa có số liệu"
    UNREAD = "Chưa đối chiếu"


@dataclass(frozen=True)
class FigureCheck:
    """One indicator in one year."""

    indicator: Indicator
    year: PeriodId
    match: Match
    computed: float | None
    printed: PrintedFigure | None
    given: int  # how many units the computed total rests on
    owing: int

    @property
    def difference(self) -> float | None:
        """How much the draft prints above (or below) what the reports add up to."""
        if self.computed is None or self.printed is None or self.printed.value is None:
            return None
        return round(self.printed.value - self.computed, 6)

    @property
    def result(self) -> str:
        """How it compares, with the difference where there is one."""
        if self.match is not Match.DIFFERS or self.difference is None:
            return self.match.value
        return f"{self.match.value} {'+' if self.difference > 0 else ''}{figure(self.difference)}"

    @property
    def in_words(self) -> str:
        """The check in one line."""
        text = f"{self.indicator.code} {self.indicator.name}, {say_period(self.year)}: {self.result.lower()}"
        if self.printed is None or self.match not in (Match.DIFFERS, Match.UNREADABLE):
            return text
        computed = "" if self.computed is None else f", báo cáo cộng lại {figure(self.computed)}"
        return f"{text} (dự thảo ghi {self.printed.text}{computed})"


UNREAD_TABLES = (
    "Hệ thống không đọc được bảng trong tệp .doc nên chưa đối chiếu số nào, và chữ trong bảng được tính là đoạn thêm. "
    "Đối chiếu bằng mắt, hoặc trả lại và đề nghị gửi bản .docx."
)

# So many are named in short; the sheet has all.
_UNITS_NAMED = 5
_FINDINGS_NAMED = 10


@dataclass(frozen=True)
class Comparison:
    """Everything the appraiser needs to see about one draft."""

    summary: Summary
    figures: tuple[FigureCheck, ...]
    outline_gaps: tuple[Section, ...]
    changes: tuple[Change, ...] | None  # None where there was no working draft to compare with
    missing: tuple[Unit, ...]
    findings: tuple[DraftFinding, ...] = ()
    paragraphs: tuple[str, ...] = ()  # of the draft

    def of_level(self, level: FindingLevel) -> tuple[DraftFinding, ...]:
        """Return the findings of a level."""
        return tuple(each for each in self.findings if each.level is level)

    def count(self, match: Match) -> int:
        """Return how many figures compare so."""
        return sum(check.match is match for check in self.figures)

    @property
    def unread(self) -> bool:
        """Whether the draft's figures could not be looked for."""
        return self.count(Match.UNREAD) > 0

    @property
    def change_count(self) -> int:
        """How many paragraphs people changed."""
        return len(self.changes or ())

    @property
    def clean(self) -> bool:
        """Whether nothing differs, is missing or stays open."""
        open_figures = any(check.match is not Match.EQUAL for check in self.figures)
        return not (open_figures or self.outline_gaps or self.missing or self._to_settle)

    @property
    def verdict(self) -> str:
        """How many findings there are of each level, in words."""
        by_level = [f"{count} {word.phrase}" for each, word in LEVELS.items() if (count := len(self.of_level(each)))]
        return ", ".join(by_level) or "không có chỗ nào"

    @property
    def _to_settle(self) -> tuple[DraftFinding, ...]:
        return tuple(each for each in self.findings if each.level is not FindingLevel.TELL)

    @property
    def unconfirmed(self) -> str | None:
        """Which figures in the totals nobody has confirmed, in a sentence."""
        items = (item for form in self.summary.forms for item in form.indicators)
        return unconfirmed_note(self.summary.unconfirmed, items)

    @property
    def _units_in_words(self) -> str:
        owing = self.summary.overall.owing
        if not self.missing:
            return f"đủ {owing}/{owing} đơn vị"
        named, others = self.missing[:_UNITS_NAMED], self.missing[_UNITS_NAMED:]
        rest = f" và {len(others)} đơn vị khác" if others else ""
        pending = f" (đã gửi, đang kiểm tra: {names(self.summary.pending)})" if self.summary.pending else ""
        return f"thiếu {len(self.missing)}/{owing} đơn vị: {names(named)}{rest}{pending}"

    def markdown(self, *, amended: tuple[str, ...] = (), since: str = "") -> str:
        """Return the findings in short, as Markdown; `amended` names units whose later report the draft lacks."""
        counts = ", ".join(f"{match.value.lower()} {self.count(match)}" for match in Match if self.count(match))
        found = UNREAD_TABLES if self.unread else f"{len(self.figures)} số ({counts or 'không có số nào'})."
        overall, as_of = self.summary.overall, format_moment(self.summary.as_of)
        rests_on = f"báo cáo của {overall.settled}/{overall.owing} đơn vị, đến {as_of}"
        lines = [f"**Số liệu:** {found} Đối chiếu với chính các báo cáo mà bản tổng hợp căn cứ: {rests_on}."]
        lines.append(f"**Phát hiện:** {self.verdict}.")
        lines.extend(f"- {each.in_words}" for each in self._to_settle[:_FINDINGS_NAMED])
        if more := self._to_settle[_FINDINGS_NAMED:]:
            lines.append(f"- và {len(more)} phát hiện khác, xem Báo cáo thẩm định.")
        if self.unconfirmed:
            lines.append(f"**{self.unconfirmed.replace(':', ':**', 1)}")
        gaps = "; ".join(f"{section.number}. {section.title}" for section in self.outline_gaps)
        lines.append(f"**Đề cương:** {f'thiếu {gaps}' if gaps else 'đủ các mục'}.")
        lines.append(f"**Đơn vị:** {self._units_in_words}.")
        if amended:
            lines.append(f"**Báo cáo đến sau bản tổng hợp, dự thảo chưa tính:** {'; '.join(amended)}. {since}".rstrip())
        if self.changes is not None:
            lines.append(f"**So với dự thảo làm việc:** {self.change_count} đoạn thay đổi.")
        return "\n\n".join(lines)


def compare(summary: Summary, *, official: OfficialDraft, working: OfficialDraft | None = None) -> Comparison:
    """Compare an official draft with what the accepted reports say and with the working draft it came from."""
    checked = tuple(_check_figures(summary, official))
    outline = DraftOutline(summary.plan, official.paragraphs)
    changes = None if working is None else compare_texts(working.paragraphs, official.paragraphs)
    return Comparison(
        summary=summary,
        figures=checked,
        outline_gaps=outline.gaps,
        changes=changes,
        missing=in_order((*summary.missing, *summary.pending)),
        paragraphs=official.paragraphs,
        findings=check_draft(
            summary,
            official.paragraphs,
            outline=outline,
            changes=changes,
            working=working.paragraphs if working else (),
            others=(*_in_tables(checked), *leftovers(summary.plan, official, outline)),
        ),
    )


_TABLE_LEVELS = {Match.DIFFERS: FindingLevel.WRONG, Match.UNREADABLE: FindingLevel.LOOK}


def _in_tables(checked: Iterable[FigureCheck]) -> Iterator[DraftFinding]:
    for check in checked:
        if check.match in _TABLE_LEVELS:
            yield DraftFinding(
                DraftCheck.TABLE,
                _TABLE_LEVELS[check.match],
                check.in_words,
                about=f"{check.indicator.code} {check.year}",
                subject=f"{check.indicator.code} {check.year}",
                heading=check.printed.place if check.printed else "",
                rests_on=(FigureSource(indicator=check.indicator.code, periods=(check.year,)),),
                cell=(check.indicator.code, check.printed.text) if check.printed else None,
            )


def _check_figures(summary: Summary, official: OfficialDraft) -> list[FigureCheck]:
    printed: dict[tuple[str, PeriodId], list[PrintedFigure | None]] = {}
    for each in official.figures:
        printed.setdefault((each.indicator, each.year), []).append(each)
    checks: list[FigureCheck] = []
    for form in summary.forms:
        for item in form.indicators:
            if item.indicator.aggregate == "none":
                continue
            for year in item.years:
                # A figure printed twice is checked twice: the draft may contradict itself.
                found = printed.get((item.indicator.code, year.year), [None])
                checks.extend(_check(item.indicator, year, each, read=official.tables_read) for each in found)
    return checks


def _check(indicator: Indicator, year: YearFigure, found: PrintedFigure | None, *, read: bool) -> FigureCheck:
    if not read:
        match = Match.UNREAD
    elif found is None or found.blank:
        match = Match.NO_BASIS if year.total is None else Match.NOT_FOUND
    elif found.value is None:
        match = Match.UNREADABLE
    elif year.total is None:
        match = Match.NO_BASIS
    else:
        # What is printed with one decimal is right to half of the last place.
        near = abs(found.value - year.total) <= 0.5 * 10**-found.decimals + 1e-9
        match = Match.EQUAL if near else Match.DIFFERS
    return FigureCheck(
        indicator, year.year, match, year.total, found, len(year.counted), len(year.values) + len(year.missing)
    )
