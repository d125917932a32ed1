"""What a check finds in a draft: how grave, why, where, and an identity that outlives a round."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from soket.documents.provenance import Source
from soket.narrative.sentences.prose import whole
from soket.text import Word, fold


class FindingLevel(StrEnum):
    """How grave a finding is."""

    WRONG = "wrong"
    LEFT = "left"
    LOOK = "look"
    TELL = "tell"


LEVELS = {
    FindingLevel.WRONG: Word("lệch"),
    FindingLevel.LEFT: Word("ghi chú còn lại"),
    FindingLevel.LOOK: Word("cần xem"),
    FindingLevel.TELL: Word("thông tin"),
}


class DraftCheck(StrEnum):
    """What is looked for."""

    TABLE = "table"
    PROSE = "prose"
    ITSELF = "itself"
    OUTLINE = "outline"
    CONTENT = "content"
    REFERENCE = "reference"
    POINTER = "pointer"
    DATE = "date"
    SPELLING = "spelling"
    UNNAMED = "unnamed"
    MISNAMED = "misnamed"
    LIFTED = "lifted"
    QUOTE = "quote"
    COUNT = "count"
    CLAIM = "claim"
    CHANGE = "change"
    REPLACED = "replaced"
    NOTES = "notes"
    ASTRAY = "astray"
    UNCONFIRMED = "unconfirmed"


CHECKS = {
    DraftCheck.TABLE: Word("số liệu trong bảng"),
    DraftCheck.PROSE: Word("số liệu trong lời văn"),
    DraftCheck.ITSELF: Word("dự thảo với chính nó"),
    DraftCheck.OUTLINE: Word("đề cương"),
    DraftCheck.CONTENT: Word("nội dung bắt buộc"),
    DraftCheck.REFERENCE: Word("viện dẫn văn bản"),
    DraftCheck.POINTER: Word("chỗ dẫn trong dự thảo"),
    DraftCheck.DATE: Word("ngày, thứ"),
    DraftCheck.SPELLING: Word("cách bỏ dấu"),
    DraftCheck.UNNAMED: Word("đơn vị không được nhắc"),
    DraftCheck.MISNAMED: Word("đơn vị gọi sai tên"),
    DraftCheck.LIFTED: Word("câu lấy của một đơn vị"),
    DraftCheck.QUOTE: Word("câu trích"),
    DraftCheck.COUNT: Word("phép đếm báo cáo"),
    DraftCheck.CLAIM: Word("nhận định mạnh"),
    DraftCheck.CHANGE: Word("khác dự thảo làm việc"),
    DraftCheck.REPLACED: Word("báo cáo dự thảo chưa tính"),
    DraftCheck.NOTES: Word("ghi chú của người soạn thảo"),
    DraftCheck.ASTRAY: Word("đoạn đứng sai chỗ"),
    DraftCheck.UNCONFIRMED: Word("số chưa được xác nhận"),
}


@dataclass(frozen=True)
class DraftFinding:
    """One thing found; `about` tells it from others of the same check, whatever stands around it."""

    check: DraftCheck
    level: FindingLevel
    reason: str
    about: str
    quote: str = ""
    paragraph: int | None = None  # from 1; None for what is of the whole draft
    heading: str = ""
    id: str = ""
    rests_on: tuple[Source, ...] = ()  # what of the reports it is held against
    subject: str = ""  # what a figure is of, whatever is written; "" for what is no figure
    cell: tuple[str, str] | None = None  # of a table: what its row is of, and what it says
    also: tuple[int | tuple[str, str], ...] = ()  # the other paragraphs and cells that it is about
    places: int = 0  # how many it is about, of what is found in several at once
    noted: int = 0  # those that say themselves what is wrong with them

    @property
    def place(self) -> str:
        """Where in the draft, in words."""
        if self.paragraph is None:
            return self.heading or "toàn dự thảo"
        return place_of(self.heading, self.paragraph)

    @property
    def reason_in_place(self) -> str:
        """Why, and where: what is found in several places at once names them itself."""
        return self.reason if self.places else f"{self.reason} ({self.place})"

    @property
    def in_words(self) -> str:
        """The finding in one line."""
        quote = f" “{whole(self.quote)}”" if self.quote else ""
        about = "" if self.level is FindingLevel.LEFT else f" · {CHECKS[self.check].label}"
        return f"{self.id} · {LEVELS[self.level].label}{about}: {self.reason_in_place}.{quote}"


def place_of(heading: str, paragraph: int) -> str:
    """Return where a paragraph (from 1) stands, in words."""
    return f"{heading}, đoạn {paragraph}" if heading else f"đoạn {paragraph}"


def identified(findings: Iterable[DraftFinding]) -> tuple[DraftFinding, ...]:
    """Return findings, the graver first, each with an identity of what it is about."""
    taken: dict[str, int] = {}
    named = []
    for each in findings:
        mark = hashlib.sha256(f"{each.check}|{fold(each.about)}".encode()).hexdigest()[:5].upper()
        taken[mark] = taken.get(mark, 0) + 1
        named.append(replace(each, id=mark if taken[mark] == 1 else f"{mark}-{taken[mark]}"))
    return graver_first(named)


def graver_first(findings: Iterable[DraftFinding]) -> tuple[DraftFinding, ...]:
    """Return findings by how grave they are."""
    order = list(FindingLevel)
    return tuple(sorted(findings, key=lambda each: order.index(each.level)))
