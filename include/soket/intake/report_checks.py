"""What is wrong with a document that is taken for the report: another paper, of another time, without sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from soket.faults import Fault, fault
from soket.intake.outline.checks import section_faults
from soket.intake.outline.vague import vague_sections
from soket.narrative.sections.outline import Outline
from soket.plan.model import Plan
from soket.record.records import Receipt
from soket.text import fold, format_date

_SHORT = 2_500  # characters of a covering letter
_A_LETTER = re.compile(r"\bv/v\b|\bve viec (?:gui|nop|bao cao)\b|\bkinh gui\b")
_SENDS = re.compile(
    r"\b(?:gui|nop|trinh|chuyen)\b(?: \S+){0,40}? bao cao\b.*"
    r"\b(?:kem theo|gui kem|dinh kem|kem (?:cong van|van ban|bao cao|tep|file))\b"
    r"|\b(?:gui kem|kem theo|dinh kem)\b(?: \S+){0,6}? bao cao\b"
)
_HEAD, _LONGEST = 12, 100  # paragraphs in which the dateline and the title stand, and letters of a dateline
_DATELINE = re.compile(
    r"(?:^|\s)[^\W\d]+(?: [^\W\d]+){0,4}, ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>(?:19|20)\d\d)$"
)
_OF_A_PAPER = re.compile(r"\b(?:nghi quyet|chi thi|ket luan|quyet dinh|ke hoach|cong van|thong bao|luat|nghi dinh)\b")
_REVIEWED = re.compile(r"\b(?:so ket|tong ket|danh gia)(?: tinh hinh| ket qua| giua ky)? (\d{1,2}) nam\b")
_LONG_AGO = timedelta(days=180)


def report_faults(
    plan: Plan, receipt: Receipt, outline: Outline, file: str, paragraphs: Sequence[str]
) -> Iterator[Fault]:
    """Yield what is wrong with a report that came with a receipt; `paragraphs` are all of the document's."""
    sections = outline.sections
    if all(section.heading is None for section in sections) and is_covering_letter(paragraphs):
        yield fault("HS-12", file)
        return
    written, years, asked = written_on(paragraphs), years_in(" ".join(paragraphs[:_HEAD])), years_in(plan.title)
    if years and asked and years != asked:
        yield fault("HS-13", file, found=f"Tên báo cáo ghi {years:02} năm, kế hoạch là {asked:02} năm")
    elif written is not None and receipt.received_at.date() - written > _LONG_AGO:
        yield fault("HS-13", file, found=f"Báo cáo ghi ngày {format_date(written)}, trước khi nộp hơn sáu tháng")
    yield from section_faults(plan, sections, file, outline.unplaced)
    if vague := vague_sections(plan, plan.unit(receipt.unit), sections):
        yield fault("DC-09", file, sections=", ".join(vague))


def too_short(file: str, paragraphs: Sequence[str]) -> Fault:
    """Return what a document is that says next to nothing: a covering letter, or one without a text."""
    if is_covering_letter(paragraphs):
        return fault("HS-12", file)
    return fault("HS-07", file, count=sum(map(len, paragraphs)))


def is_covering_letter(paragraphs: Sequence[str]) -> bool:
    """Return whether a document is no more than the letter that a report goes with: "V/v gửi báo cáo … kèm theo"."""
    text = fold(" ".join(paragraphs))
    return len(text) <= _SHORT and _A_LETTER.search(text) is not None and _SENDS.search(text) is not None


def written_on(paragraphs: Sequence[str]) -> date | None:
    """Return the day in a document's dateline: "Một, ngày 15 tháng 9 năm 2030"; None where it has no whole one."""
    for text in paragraphs[:_HEAD]:
        line = fold(text)
        is_short = len(line) <= _LONGEST and not _OF_A_PAPER.search(line)
        if is_short and (found := _DATELINE.search(line.rstrip(" ."))):
            with suppress(ValueError):
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def years_in(title: str) -> int | None:
    """Return how many years a title says that are reviewed: "Đánh giá 05 năm thực hiện …"; None where it doesn't."""
    found = _REVIEWED.search(fold(title))
    return int(found[1]) if found else None
