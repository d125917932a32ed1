"""Documents that a draft cites and days that it names: number, date, kind; the weekday, a day that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.plan.model import Plan
from soket.text import flat, fold, format_date, format_weekday, nfc

_KINDS = (
    "nghị quyết|kế hoạch|chỉ thị|quyết định|kết luận|chương trình hành động|chương trình|đề án|thông báo|công văn"
    "|báo cáo|hướng dẫn|quy định|nghị định|thông tư"
)
_SHORT = {"nq": "nghị quyết", "kh": "kế hoạch", "qđ": "quyết định", "kl": "kết luận", "tb": "thông báo"}
_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})"
_CITED = re.compile(
    rf"\b(?P<kind>{_KINDS}|nq|kh|qđ|kl|tb)\s+(?:số\s*:?\s*)?(?P<number>\d+(?:/\d{{4}})?[-/][A-ZĐ][\w&]*(?:[-/][A-ZĐ][\w&]*)*)"
    rf"(?:\s*,?\s*(?:ban hành\s+)?ngày\s+{_DAY})?",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\s*,?\s*\(?\s*)?(?:\bngay\s+)?(?<![\d/.,-])"
    rf"(?:{_DAY}|(?P<d2>\d{{1,2}}) thang (?P<m2>\d{{1,2}}) nam (?P<y2>\d{{4}}))(?![\d/])"
    r"(?:\s*\(\s*(?P<after>thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\s*\))?"
)


@dataclass(frozen=True)
class Citation:
    """A document cited."""

    kind: str
    number: str
    day: date | None
    text: str

    @property
    def key(self) -> str:
        """What the document is known by, however its number is set: 131/KH-UBND as the State does, 131-KH/UBND else."""
        return self.number.replace("/", "-")


def citations(text: str) -> Iterator[Citation]:
    """Yield the documents that a text cites by number."""
    for match in _CITED.finditer(nfc(text)):
        day = _date(match["day"], match["month"], match["year"]) if match["day"] else None
        kind = match["kind"].lower()
        yield Citation(_SHORT.get(kind, kind), match["number"].upper(), day, match[0])


def documents_of(plan: Plan) -> dict[str, Citation]:
    """Return the documents that a plan names, by number; the one with its date where it has it."""
    texts = (plan.title, plan.resolution, *plan.legal_basis, *plan.goals, *plan.purposes, *plan.request_guidance)
    found: dict[str, Citation] = {}
    for text in texts:
        for each in citations(text):
            if each.key not in found or found[each.key].day is None:
                found[each.key] = each
    return found


def references_checked(plan: Plan, paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield citations that are not what the plan says, and what is to be cited and is not."""
    known = documents_of(plan)
    seen: set[str] = set()
    for number, paragraph in enumerate(paragraphs, 1):
        for each in citations(paragraph):
            seen.add(each.key)
            if problem := _problem(each, known):
                level, reason = problem
                yield DraftFinding(
                    DraftCheck.REFERENCE, level, reason, about=each.text, quote=each.text, paragraph=number
                )
    for goal in plan.goals:
        for each in citations(goal):
            if each.key not in seen:
                seen.add(each.key)
                yield DraftFinding(
                    DraftCheck.CONTENT,
                    FindingLevel.WRONG,
                    f"Kế hoạch yêu cầu gắn với {each.kind.capitalize()} số {each.number}, dự thảo không nhắc đến",
                    about=each.number,
                )


def _problem(cited: Citation, known: dict[str, Citation]) -> tuple[FindingLevel, str] | None:
    own = known.get(cited.key)
    if own is not None:
        if own.kind != cited.kind:
            return FindingLevel.WRONG, f"số {cited.number} là {own.kind}, dự thảo ghi {cited.kind}"
        if own.day and cited.day and own.day != cited.day:
            days = f"ban hành ngày {format_date(own.day)}, dự thảo ghi ngày {format_date(cited.day)}"
            return FindingLevel.WRONG, f"{own.kind} số {own.number} {days}"
        return None
    own_number = re.match(r"\d+", cited.number)
    for each in sorted(known.values(), key=lambda each: not (own_number and each.number.startswith(own_number[0]))):
        if each.kind != cited.kind or not _near(each.key, cited.key):
            continue
        if cited.day is not None and cited.day == each.day:
            return (
                FindingLevel.WRONG,
                f"văn bản ngày {format_date(each.day)} là số {each.number}, không phải {cited.number}",
            )
        if cited.day is None or each.day is None:
            return FindingLevel.LOOK, f"số {cited.number} gần giống số {each.number} mà Kế hoạch nêu"
    return None


def _near(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) <= 2 and (one.split("-")[0] == other.split("-")[0] or one[-4:] == other[-4:])


def dates_checked(paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield days that there are not, and weekdays that are not those of their days."""
    for number, paragraph in enumerate(paragraphs, 1):
        plain = nfc(paragraph)
        for match in _DATED.finditer(flat(plain)):
            parts = (match["day"] or match["d2"], match["month"] or match["m2"], match["year"] or match["y2"])
            text = plain[match.start() : match.end()].strip()
            day = _date(*parts)
            said = match["weekday"] or match["after"]
            if day is None:
                reason = f"không có ngày {'/'.join(parts)}"
            elif said and said != fold(format_weekday(day)):
                reason = f"ngày {format_date(day)} là {format_weekday(day)}"
            else:
                continue
            yield DraftFinding(DraftCheck.DATE, FindingLevel.WRONG, reason, about=text, quote=text, paragraph=number)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
