"""What stands before a sentence in its section, and whether that has it speak of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.names.phrases import names_a_site
from soket.narrative.sentences.marks import BAR, lead_of
from soket.narrative.sentences.prose import sentences
from soket.narrative.sentences.stops import CAPITALS
from soket.text import fold, nfc

_LONGEST_HEADING = 120
_ENDS = (".", ";", ",", BAR)
_OF_ALL = re.compile(r"\b(?:toan|ca) (?:huyen|thi xa|thanh pho|xa|phuong|nganh|so)\b|\btren dia ban\b|\btong\b")
_WIDER = re.compile(r"\b(?:toan|cua|ca) tinh\b|\bca nuoc\b|\btoan quoc\b|\bkhu vuc\b|\bkhoi thi dua\b")
_PLANNED = re.compile(r"\b(?:muc tieu|chi tieu|ke hoach|phan dau|de ra|du kien|phuong huong|nhiem vu)\b")
_DONE = re.compile(r"\b(?:ket qua|thuc hien|hoan thanh|dat duoc)\b")
_TOWN = re.compile(r"\b(?:thị xã|tx\.?|thành phố|tp\.?)(?= )", re.IGNORECASE)
_NAME = re.compile(rf"(?<!^)\b[{CAPITALS}][^\W\d_]+(?: [{CAPITALS}][^\W\d_]+)+")
_AT_FRONT = re.compile(rf"(?:[^\W\d_]+ ){{0,2}}[{CAPITALS}][^\W\d_]+ [{CAPITALS}][^\W\d_]+")
_BODIES = re.compile(r"(?:ban|hoi|uy ban|ubnd|dang|huyen|thi uy|thanh uy|tinh|bo|so|nghi|chi|thuc|mat)\b")


def sentences_in_place(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sentences of a section, each with the heading of its own above it and what its paragraph says before.

    What leads into a list goes for all that follows, as a heading does, until the next one.
    """
    heading = ""
    for line in text.splitlines():
        before: list[str] = [heading] if heading else []
        for sentence in sentences(line):
            yield sentence, tuple(before)
            before.append(sentence)
        if len(line) <= _LONGEST_HEADING and not line.rstrip().endswith(_ENDS):
            heading = line.strip()


def is_of_else(sentence: str, before: Sequence[str], own: frozenset[str]) -> bool:
    """Whether a sentence may be of another place, or of a plan, by what stands before it.

    `own` are the words of the unit's names; what says that it is of all there is, is of the unit.
    """
    plain = [fold(each) for each in before]
    if any(_PLANNED.search(each) and not _DONE.search(each) for each in plain):
        return True
    return _OF_ALL.search(fold(sentence)) is None and any(
        names_a_site(_TOWN.sub("", each)) or _WIDER.search(plain[at]) or _names_another(each, own, whole=not at)
        for at, each in enumerate(before)
    )


def _names_another(text: str, own: frozenset[str], *, whole: bool) -> bool:
    """Whether a text has a name that is not the unit's: a heading anywhere, a sentence as what it speaks of."""
    words = nfc(text)[len(lead_of(text)) :]
    front = _AT_FRONT.match(words)
    if _BODIES.match(fold(words)) or not (whole or front):
        return False
    named = [front] if front else [*_NAME.finditer(words)] if len(words) <= _LONGEST_HEADING else []
    return any(not own.issuperset(fold(each[0]).split()[-2:]) for each in named)
