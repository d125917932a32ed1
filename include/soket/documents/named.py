"""Sentences of reports that name a collective or a person as an example: for people to look at, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from soket.documents.figures import Summary
from soket.narrative.prose import statements
from soket.narrative.stops import CAPITALS
from soket.record.commending import Nominee, Origin, proposal_id
from soket.text import flat

_CUE = re.compile(
    r"\b(?:(?:tap the|ca nhan|guong|don vi|mo hinh|nghe nhan|can bo|dang vien) (?:tieu bieu|dien hinh|xuat sac)"
    r"|de nghi (?:bieu duong|khen thuong)|tang (?:bang|giay) khen|nguoi tot viec tot)\b"
)
_PERSON = re.compile(r"\b(?:ca nhan|dong chi|ong|ba|anh|chi|nghe nhan)\b")
_NAME = re.compile(rf"[{CAPITALS}][\w-]*(?: [{CAPITALS}][\w-]*)+")
_OF_A_UNIT = 1  # sentences of each


def named(summary: Summary) -> Iterator[Nominee]:
    """Yield a sentence of each report that names somebody, verbatim, with where it stands; reports by unit's name."""
    taken: dict[str, int] = {}
    for found in summary.sections:
        for excerpt in found.excerpts:
            for each in statements(excerpt.text):
                plain = flat(each.text)
                cue = _CUE.search(plain)
                if cue is None or not _NAME.search(each.text, cue.end()):
                    continue
                if taken.setdefault(excerpt.unit.code, 0) >= _OF_A_UNIT:
                    break
                taken[excerpt.unit.code] += 1
                yield Nominee(
                    id=proposal_id(Origin.REPORT, excerpt.unit.code, each.text),
                    unit=excerpt.unit.code,
                    name=excerpt.unit.name,
                    individual=bool(_PERSON.search(plain)),
                    source=Origin.REPORT,
                    merit=f"“{each.text}”",
                    evidence=f"Mục {found.section.number.rstrip('.')}, câu {each.number}; báo cáo nộp lần "
                    f"{excerpt.submission}",
                    concern="Báo cáo nêu, chưa phải đề nghị của đơn vị.",
                )
