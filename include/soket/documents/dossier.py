"""All that an appraisal has found of a draft: what differs, what became of earlier points, what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soket.documents.checks.finding import CHECKS, DraftCheck, DraftFinding, FindingLevel
from soket.documents.comparison import PENDING_THEN, UNSENT_THEN, Comparison
from soket.documents.points import AnsweredPoint, point_text
from soket.plan.model import Stage
from soket.reading.formats.word_remarks import HEAD, WordRemark
from soket.reading.looking import remark
from soket.reading.pool import ReaderPool
from soket.record.stale import LaterReport, say_later
from soket.record.undecided import OR_ANEW, OR_LEFT_OUT, OR_WAIT
from soket.text import as_markdown, flat, upper_first

_ASKED_APART = (DraftCheck.REPLACED, DraftCheck.UNCONFIRMED)  # among what is to be looked at
_READY = re.compile(r"\bdu dieu kien\b")
_NOT_DONE = {False: "chưa tiếp thu", True: "mới tiếp thu một phần"}
_KEEP_OR_MEND = "giữ như dự thảo, hay sửa trước khi ban hành"
_LISTED = 12  # open points, of which those only to be looked at give way: the appraisal beside the letter has each
_LETTERS = "abcdefghiklmnopqrstuvxy"  # as papers count in letters


@dataclass(frozen=True)
class Dossier:
    """What the papers of one round's appraisal say."""

    stage: Stage
    round: int
    comparison: Comparison
    points: tuple[AnsweredPoint, ...] = ()  # of the round before
    earlier: int = 0  # the round before that had points
    amended: tuple[LaterReport, ...] = ()  # the later reports that the draft does not rest on
    since: str = ""  # what those would move

    @property
    def unanswered(self) -> tuple[AnsweredPoint, ...]:
        """The points of the round before that nothing in the draft settles: what is found still, as it is now."""
        now = {each.id: point_text(each) for each in self.comparison.findings}
        return tuple(
            replace(each, point=each.point.model_copy(update={"text": now.get(each.point.finding, each.point.text)}))
            for each in self.points
            if not each.settled and not each.point.look
        )

    @property
    def taken_up(self) -> str:
        """How many points of the round before were taken up, and how many in part."""
        taken, partly = sum(each.settled for each in self.points), sum(each.partly for each in self.points)
        more = f", {partly} sửa được một phần" if partly else ""
        return f"{taken}/{len(self.points)} ý kiến vòng trước đã có sửa đổi tương ứng{more}"

    @property
    def not_done(self) -> str:
        """What became of the others: not done, done in part, to be looked at still; nothing where none is open."""
        ids = {
            _NOT_DONE[partly]: [each.point.id for each in self.unanswered if each.partly is partly]
            for partly in _NOT_DONE
        }
        ids["còn cần xem"] = [each.point.id for each in self.points if each.point.look and not each.settled]
        return " ".join(f"{upper_first(how)}: {'; '.join(found)}." for how, found in ids.items() if found)

    @property
    def wrong(self) -> tuple[DraftFinding, ...]:
        """What is to be mended and is not among those points."""
        told = {each.point.finding for each in self.unanswered}
        return tuple(each for each in self.comparison.to_mend if each.id not in told)

    @property
    def look(self) -> tuple[DraftFinding, ...]:
        """What is to be looked at."""
        return self.comparison.of_level(FindingLevel.LOOK)

    @property
    def result(self) -> str:
        """What came of it, in a sentence."""
        before = f"; {self.taken_up}" if self.points else ""
        return (
            f"Đã đối chiếu {len(self.comparison.figures)} số trong bảng, số liệu trong lời văn, đề cương, viện dẫn, "
            f"ngày tháng của dự thảo: {self.comparison.verdict}{before}."
        )

    @property
    def markdown(self) -> str:
        """What was found, in short, as Markdown."""
        lines = [f"**Ý kiến vòng trước:** {self.taken_up}."] if self.points else []
        lines += [
            f"- {_NOT_DONE[each.partly]}: {each.point.id} ({as_markdown(each.point.text)})" for each in self.unanswered
        ]
        return self.comparison.markdown(before=lines, amended=self.amended, since=self.since)

    @property
    def to_decide(self) -> list[str]:
        """What whoever receives the draft should know and decide, a sentence each."""
        owing = self.comparison.summary.overall.owing
        lacking = self.comparison.lacking(self.amended)
        unsent, pending = lacking.get(UNSENT_THEN, []), lacking.get(PENDING_THEN, [])
        asked = []
        if doubtful := self.comparison.unconfirmed:
            asked.append(f"{doubtful} Đề nghị cho ý kiến: dùng, {OR_LEFT_OUT}.")
        if lacking:
            parts = [f"Còn thiếu báo cáo của {len(unsent)}/{owing} đơn vị: {'; '.join(unsent)}."] if unsent else []
            parts += [f"{upper_first(PENDING_THEN)}: {'; '.join(pending)}."] if pending else []
            asked.append(f"{' '.join(parts)} Đề nghị cho ý kiến: ban hành theo số liệu hiện có, {OR_WAIT}.")
        if self.amended:
            late = " ".join([*say_later(self.amended), self.since]).strip()
            asked.append(f"{late} Đề nghị cho ý kiến: ban hành như dự thảo, {OR_ANEW}.")
        open_points = [
            f"Ý kiến {each.point.id} {_NOT_DONE[each.partly]}: {each.point.text.rstrip('.')}"
            for each in self.unanswered
        ]
        look = [each for each in self.look if each.check not in _ASKED_APART]
        left = [each for each in self.wrong if each.level is FindingLevel.LEFT]
        wrong = [each for each in self.wrong if each not in left]
        told = look[: max(1, _LISTED - len(open_points) - len(self.wrong))]
        for words, found in (("Chỗ lệch chưa sửa", wrong), ("Chưa bỏ", left), ("Chỗ cần xem", told)):
            open_points += [f"{words}: {CHECKS[each.check].phrase}, {each.reason_in_place}" for each in found]
        if open_points:
            each_one = " từng điểm" if len(open_points) > 1 else ""
            asked.append(
                f"{_listed(open_points, len(look) - len(told))}. Đề nghị cho ý kiến{each_one}: {_KEEP_OR_MEND}."
            )
        return asked


def _listed(points: Sequence[str], more: int) -> str:
    """Return points as one matter: alone, or counted and lettered, with how many more there are to be looked at."""
    if len(points) == 1 and not more:
        return points[0]
    lettered = "; ".join(f"({_letter(at)}) {each}" for at, each in enumerate(points))
    others = f"; và {more} chỗ cần xem khác, nêu ở Báo cáo thẩm định" if more else ""
    return f"Dự thảo còn {len(points) + more:02} điểm mở: {lettered}{others}"


def _letter(at: int) -> str:
    more, at = divmod(at, len(_LETTERS))
    return f"{_LETTERS[at]}{more or ''}"


def says_ready(opinion: str) -> bool:
    """Whether an opinion calls a draft ready to go up."""
    return _READY.search(flat(opinion)) is not None


def bookmark(finding: DraftFinding) -> str:
    """Return the name by which a link finds a finding's place in the marked copy of a draft."""
    return f"TD_{finding.id.replace('-', '_')}"


def marked_copy(content: bytes, comparison: Comparison) -> bytes | None:
    """Return a .docx draft with each finding at its places, as Word comments and a bookmark; raise as `look` does.

    What is of the whole draft stands at its head; None where there is nothing to mark.
    """
    remarks = [
        WordRemark(place, each.in_words, bookmark(each) if first else "")
        for each in comparison.findings
        for first, place in _places(each, comparison.paragraphs)
    ]
    if not remarks:
        return None
    with ReaderPool(1) as readers:
        return remark(readers, content, remarks)


def _places(found: DraftFinding, paragraphs: Sequence[str]) -> Iterator[tuple[bool, str | tuple[str, str]]]:
    """Yield where a finding is to be marked, each place once, and whether it is the first."""
    told = (found.cell or found.paragraph, *found.also)
    places = dict.fromkeys(paragraphs[each - 1] if isinstance(each, int) else each or HEAD for each in told)
    yield from ((number == 0, place) for number, place in enumerate(places))
