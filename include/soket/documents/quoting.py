"""Quotes in a Word document: each has a comment that says whose sentence it is, and Word takes all away at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from docx.oxml.ns import qn
from docx.text.run import Run

from soket.documents.provenance import told
from soket.documents.said import Saying
from soket.narrative.sentences.pieces import REQUESTS

_AUTHOR, _INITIALS = "Nguồn trích", "NT"

# Characters of private use stand around a quote while a template is filled: they are no one's text.
_OPENS, _NUMBER_ENDS, _CLOSES = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_OPENS}(\\d+){_NUMBER_ENDS}([^{_CLOSES}]*){_CLOSES}")

_TO_WHOM = re.compile(
    rf"(?:kính )?(?:(?:{REQUESTS})(?: (?:đối )?với)?|(?:đối )?với) (?P<body>[^:;.]+): +", re.IGNORECASE
)
# With capitals, names of bodies alone: "đề nghị tỉnh bố trí vốn cho hai việc: …" is all of it what is asked.
_OF_BODIES = {
    "tỉnh", "ương", "ủy", "uỷ", "phủ", "hội", "nhân", "dân", "thường", "vụ", "trực", "các", "sở", "ban", "bộ", "ngành",
    "cấp", "trên",
}  # fmt: skip


class Quotes:
    """The quotes of one document, in the order in which they were marked."""

    def __init__(self, as_of: datetime, alike: Mapping[Saying, Sequence[Saying]] | None = None) -> None:
        self._as_of, self._alike = as_of, alike or {}
        self._quotes: list[Saying] = []

    def mark(self, quote: Saying) -> str:
        """Return a quote as a template is given it: its sentence, whole; what goes on after it brings its own stop."""
        self._quotes.append(quote)
        return f"{_OPENS}{len(self._quotes) - 1}{_NUMBER_ENDS}{told(printed(_own_words(quote)), quote.source)}{_CLOSES}"

    def put_comments(self, document: Any) -> None:  # noqa: ANN401 - docx has no types
        """Give each marked quote of a document its comment, in place of its marks."""
        for run in list(document.element.body.iter(qn("w:r"))):
            text = Run(run, document).text
            if _OPENS in text:
                self._split(document, run, _MARKED.split(text))

    def _split(self, document: Any, run: Any, pieces: Sequence[str]) -> None:  # noqa: ANN401 - docx has no types
        """Put runs in the place of one: what stands between quotes, and each quote by itself."""
        for index, piece in enumerate(pieces):
            if index % 3 == 1 or not piece:  # a quote's number
                continue
            own = deepcopy(run)
            run.addprevious(own)
            part = Run(own, document)
            part.text = piece
            if index % 3 == 2:
                quote = self._quotes[int(pieces[index - 1])]
                comment = document.add_comment(
                    part, source_of(quote, self._alike.get(quote, ())), author=_AUTHOR, initials=_INITIALS
                )
                comment._comment_elm.set(qn("w:date"), f"{self._as_of:%Y-%m-%dT%H:%M:%SZ}")
        run.getparent().remove(run)


def _own_words(quote: Saying) -> str:
    """Return a quote without the one body before it that it asks, which stands over it: "Đề nghị Trung ương: …"."""
    found = _TO_WHOM.match(quote.text) if quote.addressee else None
    if found is None or ("," in found["body"] and not found["body"].startswith("các ")):
        return quote.text
    named = all(word[0].isupper() or word in _OF_BODIES for word in found["body"].replace(",", "").split())
    return quote.text[found.end() :] if named else quote.text


def printed(sentence: str) -> str:
    """Return a sentence as it stands between quotation marks: all its words, without the stop that ends it."""
    return sentence if sentence.endswith("...") else sentence.rstrip(".; ")


def source_of(quote: Saying, alike: Sequence[Saying] = ()) -> str:
    """Return where a quote stands, and by which hash it is known whether it still does; whom else it stands for."""
    section = quote.section
    others = "; ".join(
        f"{each.unit.name} (hồ sơ lần {each.submission}, câu {each.number}, mã câu {each.digest})" for each in alike
    )
    theme = f" Chủ đề {quote.theme.code}." if quote.theme else ""
    return (
        f"{quote.unit.name} ({quote.unit.code}), hồ sơ lần {quote.submission}, mục {section.number.rstrip('.')}. "
        f"{section.title}, câu {quote.number}.{theme} Mã câu {quote.digest}."
        + (f" Cùng nêu nội dung này: {others}." if others else "")
    )
