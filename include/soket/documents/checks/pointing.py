"""Where a draft points inside itself: annexes, tables and sections that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.text import flat, nfc

_NUMBER = r"(?:so )?(?P<number>\d{1,2}|[ivx]+)\b"
_KINDS = {
    "phu luc": re.compile(rf"\bphu luc {_NUMBER}"),
    "bang": re.compile(rf"\bbang {_NUMBER}"),
    "muc": re.compile(r"\b(?:muc|phan) (?P<number>[ivx]+)\b"),
}
# Where a line has the thing itself, by what it begins with.
_OWN = {
    "phu luc": re.compile(rf"\s*[-+]?\s*phu luc {_NUMBER}"),
    "bang": re.compile(rf"\s*bang {_NUMBER}"),
    "muc": re.compile(r"\s*(?:muc |phan )?(?P<number>[ivx]+)[.:)] "),
}
_ENCLOSED = re.compile(r"\b(?:tai lieu|ho so|gui|phu luc)\b[^.;]{0,20}\bkem (?:theo)?\s*:")
_POINTS = re.compile(r"\b(?:tai|xem|theo|o|trong|nhu|neu)\b[^.;:()]{0,30}$|\(\s*$")
_OF_OTHERS = re.compile(
    r"[^.;()]{0,40}\b(?:nghi quyet|ke hoach|quyet dinh|nghi dinh|chi thi|ket luan|thong tu|huong dan|cong van"
    r"|bao cao so)\b"
)


def pointers_checked(paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield annexes, tables and sections that a draft points to while it has others of the kind and not those."""
    lines = [flat(nfc(each)) for each in paragraphs]
    for kind, pattern in _KINDS.items():
        own = {_number(found) for line in lines for found in _had(kind, line)}
        if not own:
            continue
        for at, line in enumerate(lines):
            for match in pattern.finditer(line):
                pointed = _POINTS.search(line, 0, match.start()) and not _OF_OTHERS.match(line, match.end())
                if pointed and _number(match) not in own:
                    text = nfc(paragraphs[at])[match.start() : match.end()]
                    yield DraftFinding(
                        DraftCheck.POINTER,
                        FindingLevel.WRONG,
                        f"dự thảo không có {text}",
                        about=f"{text} {at}",
                        quote=text,
                        paragraph=at + 1,
                    )


def _had(kind: str, line: str) -> Iterator[re.Match[str]]:
    if found := _OWN[kind].match(line):
        yield found
    if kind == "phu luc" and (enclosed := _ENCLOSED.search(line)):
        yield from _KINDS[kind].finditer(line, enclosed.end())


def _number(found: re.Match[str]) -> int:
    text = found["number"]
    return int(text) if text.isdigit() else _roman(text)


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[each] for each in text]
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))
