"""An official draft compared: its figures with the accepted reports, its headings with the outline, its text with the
working draft it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from soket.documents.checks.changed import Change, compare_texts
from soket.documents.checks.doubtful import doubts_printed
from soket.documents.checks.finding import LEVELS, DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.leftover import leftovers
from soket.documents.checks.ordered import DraftOutline
from soket.documents.checks.together import check_draft
from soket.documents.figure_checks import FigureCheck, Match, check_figures, source_of
from soket.documents.figures import Summary, in_order
from soket.documents.official import OfficialDraft
from soket.documents.unconfirmed import unconfirmed_note, unlike_signed_note
from soket.plan.model import Section, Unit
from soket.record.resting import LATE
from soket.record.stale import LaterReport, say_later
from soket.text import as_markdown, first_units, format_moment

UNREAD_TABLES = (
    "Hệ thống không đọc được bảng trong tệp .doc nên chưa đối chiếu số nào, và chữ trong bảng được tính là đoạn thêm. "
    "Đối chiếu bằng mắt, hoặc trả lại và đề nghị gửi bản .docx."
)

# How those stood whose part a draft lacks, when it was composed.
UNSENT_THEN, PENDING_THEN = "chưa có báo cáo khi tổng hợp", "đã gửi, đang kiểm tra khi tổng hợp"
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

    @property
    def to_mend(self) -> tuple[DraftFinding, ...]:
        """Return what is wrong, then what is left of the work on the draft: neither may stay."""
        return (*self.of_level(FindingLevel.WRONG), *self.of_level(FindingLevel.LEFT))

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
        return ", ".join(by_level) or "không có chỗ lệch, ghi chú còn lại, chỗ cần xem"

    @property
    def said_wrong(self) -> str:
        """How many figures of the draft's prose differ, and how many are to be looked at, in words."""
        levels = [each.level for each in self.findings if each.check is DraftCheck.PROSE]
        by_level = [f"{word.phrase} {count}" for each, word in LEVELS.items() if (count := levels.count(each))]
        return ", ".join(by_level) or "không có số lệch"

    @property
    def headline(self) -> str:
        """What was found in one line, of tables and of prose apart."""
        counts = ", ".join(f"{match.value.lower()} {self.count(match)}" for match in Match if self.count(match))
        tables = "chưa đối chiếu" if self.unread else f"{len(self.figures)} số ({counts or 'không có số nào'})"
        return f"**Phát hiện:** {self.verdict}. Số liệu trong bảng: {tables}; trong lời văn: {self.said_wrong}."

    @property
    def _to_settle(self) -> tuple[DraftFinding, ...]:
        return tuple(each for each in self.findings if each.level is not FindingLevel.TELL)

    @property
    def unconfirmed(self) -> str | None:
        """Which figures in the totals nobody has confirmed, in a sentence."""
        items = (item for form in self.summary.forms for item in form.indicators)
        return unconfirmed_note(self.summary.unconfirmed, items)

    @property
    def unlike_signed(self) -> str:
        """Which signed copies say otherwise than what the draft rests on, in a sentence."""
        return unlike_signed_note(self.summary.unlike_signed)

    def lacking(self, but: Iterable[LaterReport] = ()) -> dict[str, list[str]]:
        """Return by how they stood the names of the units that the draft lacks, without those that some reports are of.

        Who was returned and had not sent again is marked.
        """
        known = {each.unit.code for each in but}
        lacking = [each for each in self.missing if each.code not in known]
        named: dict[str, list[str]] = {UNSENT_THEN: [], PENDING_THEN: []}
        for unit, name in zip(lacking, self.summary.named(lacking), strict=True):
            named[PENDING_THEN if unit in self.summary.pending else UNSENT_THEN].append(name)
        return {how: names for how, names in named.items() if names}

    def units_in_words(self, amended: Sequence[LaterReport], most: int = _UNITS_NAMED) -> str:
        """Return how many units the draft lacks, by name, and how they stood, or that a report of theirs came since."""
        owing = self.summary.overall.owing
        if not self.missing:
            return f"đủ {owing}/{owing} đơn vị"
        named = self.lacking(amended)
        for each in amended:
            if each.unit in self.missing:
                named.setdefault(LATE[each.late].phrase, []).append(each.unit.name)
        parts = [f"{len(found)} {how} ({first_units(found, most)})" for how, found in named.items()]
        return f"dự thảo chưa có phần của {len(self.missing)}/{owing} đơn vị: {'; '.join(parts)}"

    def markdown(self, *, before: Sequence[str] = (), amended: Sequence[LaterReport] = (), since: str = "") -> str:
        """Return the findings in short, as Markdown, the first line by itself.

        `before` says what became of points of the round before, `amended` are the later reports that the draft
        lacks.
        """
        overall, as_of = self.summary.overall, format_moment(self.summary.as_of)
        rests_on = f"báo cáo của {overall.settled}/{overall.owing} đơn vị{overall.with_nil}, đến {as_of}"
        lines = [self.headline, *before, *([UNREAD_TABLES] if self.unread else [])]
        lines.append(f"**Đối chiếu** với chính các báo cáo mà bản tổng hợp căn cứ: {rests_on}.")
        lines.extend(f"- {as_markdown(each.in_words)}" for each in self.findings[:_FINDINGS_NAMED])
        if more := self.findings[_FINDINGS_NAMED:]:
            lines.append(f"- và {len(more)} phát hiện khác, xem Báo cáo thẩm định.")
        if self.unconfirmed:
            lines.append(f"**{as_markdown(self.unconfirmed).replace(':', ':**', 1)}")
        if self.unlike_signed:
            lines.append(f"**{as_markdown(self.unlike_signed).replace(':', ':**', 1)}")
        gaps = "; ".join(f"{section.number}. {section.title}" for section in self.outline_gaps)
        lines.append(f"**Đề cương:** {f'thiếu {gaps}' if gaps else 'đủ các mục'}.")
        lines.append(f"**Đơn vị:** {self.units_in_words(amended)}.")
        if late := [f"**{as_markdown(each).replace(':', ':**', 1)}" for each in say_later(amended)]:
            lines += [*late[:-1], f"{late[-1]} {as_markdown(since)}".rstrip()]
        if self.changes is not None:
            lines.append(f"**So với dự thảo làm việc:** {self.change_count} đoạn thay đổi.")
        return "\n\n".join(lines)


def compare(summary: Summary, *, official: OfficialDraft, working: OfficialDraft | None = None) -> Comparison:
    """Compare an official draft with what the accepted reports say and with the working draft it came from."""
    checked = tuple(check_figures(summary, official))
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
            others=(
                *_in_tables(checked),
                *doubts_printed(summary, checked, outline, official.paragraphs),
                *leftovers(summary.plan, official, outline),
            ),
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
                about=check.subject,
                subject=check.subject,
                heading=check.printed.place if check.printed else "",
                rests_on=(source_of(check),),
                cell=(check.printed.row or check.indicator.code, check.printed.text) if check.printed else None,
            )
