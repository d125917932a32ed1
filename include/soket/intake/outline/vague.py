"""Reports that say nothing particular: no figure, no paper, no name, in any of their sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.sentences.marks import lead_of
from soket.narrative.sentences.prose import sentences, words
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Plan, Unit
from soket.record.records import SectionText
from soket.text import flat, fold, nfc

_FEWEST_WORDS = 250  # of a report; one with fewer says by that how little there is
# Figures that may be in every report: years and how many. Folded.
_OF_ALL = re.compile(r"\b\d{1,2}/(?:19|20)\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,2} (?:nam|thang)\b|\bthe ky \d+|\b4\.0\b")
_DISEASE = re.compile(rf"\b[Dd]ịch(?: bệnh)? [{CAPITALS}][\w-]*(?: ?\d+)?")
_COUNTED = re.compile(r"\d")
# Words of officials' prose that begin with a capital wherever they stand, folded.
_GENERAL = frozenset(
    fold(
        "Đảng Nhà Nhân Nghị Chương Kế Chỉ Trung Ban Tỉnh Huyện Thị Thành Ủy Hội Mặt Đoàn Bộ Sở Chính Quốc UBND HĐND "
        "MTTQ BCĐ BTV BCH Thường Chấp Tổ Bác Hồ Minh Việt Nam Luật Quyết Phòng Tuyên Báo XHCN CNTT Pháp Lệnh Đề "
        "Dự Thủ Tướng Bí Chủ Tịch Xã Phường Dân Đạo Biên Văn"
    ).split()
)
_CAPITAL = re.compile(rf"(?<=[^\W\d_] |[,;(“] )[{CAPITALS}][^\W\d_]*")


def vague_sections(plan: Plan, unit: Unit, sections: Sequence[SectionText]) -> list[str]:
    """Return the numbers of a report's sections where none says anything particular; none where one does."""
    numbers = {each.code: each.number.rstrip(".") for each in plan.outline}
    texts = {each.text: numbers[each.section] for each in sections if each.text.strip()}
    known = _GENERAL | _own_words(plan, unit)
    named = "|".join(re.escape(flat(each)) for each in _own_numbers(plan))
    papers = re.compile(rf"\b(?:{named})\b")
    if sum(len(words(text)) for text in texts) < _FEWEST_WORDS:
        return []
    if any(_is_particular(sentence, known, papers) for text in texts for sentence in sentences(text)):
        return []
    return sorted(texts.values(), key=list(numbers.values()).index)


def _is_particular(sentence: str, known: frozenset[str], papers: re.Pattern[str]) -> bool:
    own = _DISEASE.sub("", nfc(sentence[len(lead_of(sentence)) :]))
    if _COUNTED.search(papers.sub("", _OF_ALL.sub("", flat(own)))):
        return True
    return any(flat(match[0]) not in known for match in _CAPITAL.finditer(own))


def _own_words(plan: Plan, unit: Unit) -> frozenset[str]:
    """Return the words of what every report of the unit names: itself, the place, what is reviewed."""
    told = [plan.place, plan.title, plan.resolution, plan.issuer, unit.name, *unit.aliases]
    return frozenset(word for text in told for word in words(flat(text)))


def _own_numbers(plan: Plan) -> Iterator[str]:
    """Yield the numbers of papers that every report names."""
    for text in (plan.title, plan.resolution, *plan.legal_basis):
        yield from re.findall(r"\d+[-/][\w/.-]*\w", text)
