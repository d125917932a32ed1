"""Quotations in a draft held against the reports: each is a unit's own words, and stands under that unit's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.quoted import ReportSentence, SaidLike
from soket.documents.checks.verbatim import altered, cut_off, place_in, tokens
from soket.documents.figures import Summary
from soket.narrative.names.quotations import Quotation, quotations, who_says
from soket.narrative.names.unit_names import UnitNames
from soket.narrative.sentences.prose import sentences
from soket.text import YEAR, nfc

_FEWEST = 6  # words: what is shorter is a title, or a word used in another sense
_FEWEST_OF_PART = 3
_LEFT_OUT = re.compile(r"\s*(?:\[…\]|\[\.{3}\]|\(…\)|…|\.{3,})\s*")
_SHOWN = 3  # changes that one finding tells
_WHEN = re.compile(
    r"\W*(?:(?:tính )?đến |trong |từ )?(?:hết )?(?:năm|giai đoạn|quý|tháng|\d+ tháng)\b[^;]*\d[^;]*", re.IGNORECASE
)
_YEAR = re.compile(rf"\b{YEAR}\b")


@dataclass
class _Quote:
    """A quotation in a draft, and what the reports have of each of its sentences."""

    number: int  # of the paragraph
    at: Quotation
    unit: str | None  # who is said to say it
    parts: list[str] = field(default_factory=list)
    known: bool = False  # whether the working draft has it under the same name


class DraftQuotes:
    """The quotations of a draft."""

    def __init__(self, summary: Summary, paragraphs: Sequence[str], working: Sequence[str] = ()) -> None:
        self._plan = summary.plan
        self._names = UnitNames(summary.plan.units, (summary.plan.place,))
        self._paragraphs = [nfc(each) for each in paragraphs]
        made = {(_keys(each.at.text), each.unit) for each in self._in([nfc(each) for each in working])}
        self._quotes = list(self._in(self._paragraphs))
        for each in self._quotes:
            each.known = (_keys(each.at.text), each.unit) in made
            if not each.known:
                each.parts = list(_parts(each.at.text, short=each.unit is not None))
        self._said = SaidLike(summary, {(part, each.unit) for each in self._quotes for part in each.parts})

    def _in(self, paragraphs: Sequence[str]) -> Iterator[_Quote]:
        for number, text in enumerate(paragraphs, 1):
            for quotation in quotations(text):
                yield _Quote(number, quotation, who_says(self._names, text, quotation))

    def blanked(self, paragraphs: Sequence[str]) -> list[str]:
        """Return paragraphs without the quotations that reports have, each letter where it was.

        Their figures are held against the sentence that is quoted.
        """
        texts = [nfc(each) for each in paragraphs]
        for each in self._quotes:
            if not each.known and not any(self._said.like(part, each.unit) for part in each.parts):
                continue
            text, (start, end, _) = texts[each.number - 1], each.at
            texts[each.number - 1] = text[:start] + " " * (end - start) + text[end:]
        return texts

    def findings(self) -> Iterator[DraftFinding]:
        """Yield the quotations that are not, or not wholly, what a report says, and those under another's name."""
        for quote in self._quotes:
            for part in quote.parts:
                if found := self._judged(quote, part):
                    yield found

    def _judged(self, quote: _Quote, part: str) -> DraftFinding | None:
        like = self._said.like(part, quote.unit)
        whole = [(each, place) for each in like if (place := place_in(tokens(part), each.tokens))]
        own = [each for each in whole if quote.unit in (None, each[0].unit)]
        if not like:
            return self._unknown(quote, part)
        if not own:
            said = whole[0][0] if whole and like[0].unit != quote.unit else like[0]
            return self._altered(quote, part, said)
        cuts = [(said, cut_off(said.text, *place)) for said, place in own]
        if all(cut for _, cut in cuts):
            said, cut = cuts[0]
            reason = f"cắt bỏ “{cut}” trong câu của {self._name(said)}, làm đổi nghĩa"
            return self._finding(quote, part, FindingLevel.WRONG, reason, said)
        said, (start, end) = own[0]
        if self._loses_its_time(quote, said.text[:start], said.text[start:end]):
            reason = f"bỏ thời gian của con số: báo cáo của {self._name(said)} viết “{said.text[:end]}”"
            return self._finding(quote, part, FindingLevel.LOOK, reason, said)
        return None

    def _altered(self, quote: _Quote, part: str, said: ReportSentence) -> DraftFinding | None:
        changes = altered(part, said.text)
        told = [f"dự thảo ghi “{each.said}”, báo cáo viết “{each.source}”" for each in changes[:_SHOWN]]
        others = quote.unit is not None and quote.unit != said.unit
        if others:
            told.insert(0, f"dự thảo ghi là của {self._plan.unit(quote.unit or '').name}")
        if not told:
            return None
        how = "là câu của" if others and not changes else "không đúng nguyên văn báo cáo của"
        level = FindingLevel.WRONG if others or any(each.grave for each in changes) else FindingLevel.LOOK
        return self._finding(quote, part, level, f"{how} {self._name(said)}: {'; '.join(told)}", said)

    def _unknown(self, quote: _Quote, part: str) -> DraftFinding | None:
        if quote.unit is None or len(tokens(part)) < _FEWEST or not self._said.reports(quote.unit):
            return None
        reason = f"báo cáo của {self._plan.unit(quote.unit).name} không có câu này"
        return self._finding(quote, part, FindingLevel.LOOK, reason, None)

    def _loses_its_time(self, quote: _Quote, before: str, part: str) -> bool:
        """Whether a figure is quoted without the time before it, and the draft does not tell it."""
        if not any(letter.isdigit() for letter in part) or not _WHEN.fullmatch(before):
            return False
        return not _YEAR.search(self._paragraphs[quote.number - 1])

    def _name(self, said: ReportSentence) -> str:
        return self._plan.unit(said.unit).name

    def _finding(
        self, quote: _Quote, part: str, level: FindingLevel, reason: str, said: ReportSentence | None
    ) -> DraftFinding:
        return DraftFinding(
            DraftCheck.QUOTE,
            level,
            reason,
            about=f"{quote.unit} {part}",
            quote=part,
            paragraph=quote.number,
            rests_on=(said.source,) if said else (),
        )


def _keys(text: str) -> str:
    return " ".join(each.key for each in tokens(text))


def _parts(text: str, *, short: bool) -> Iterator[str]:
    """Yield the sentences of a quotation, and of one that leaves words out each rest of it."""
    if len(tokens(text)) < _FEWEST and not short:
        return
    for piece in _LEFT_OUT.split(text):
        for sentence in sentences(piece):
            if len(tokens(sentence)) >= _FEWEST_OF_PART:
                yield sentence.strip(" .;")
