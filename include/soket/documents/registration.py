"""Reads a registration form that came back filled in: which invitation it answers, who comes, who speaks on what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soket.reading.findings import Content
from soket.reading.pool import ReaderPool
from soket.record.attendance import Attending
from soket.text import flat

# How the left column of the form begins, without marks, and what stands beside it.
_LABELS = {
    "ma phieu": "code",
    "du hoi nghi": "attending",
    "ho va ten": "person",
    "chuc vu": "post",
    "dien thoai": "phone",
    "diem cau": "point",
    "tham luan": "speaks_on",
    "ket qua tu to chuc": "own_review",
    "y kien": "note",
}
_CODE = re.compile(r"(?P<stage>[a-z][a-z0-9_]*)/(?P<round>\d{1,3})/(?P<guest>[a-z][a-z0-9_]*)")
# In this order: who sends a deputy may say so with a word of coming.
_WORDS = (
    (Attending.UNSURE, re.compile(r"\bchua (chac|ro|xac dinh)|\bco the\b")),
    (Attending.DEPUTY, re.compile(r"\b(cu|uy quyen|du thay|di thay|thay mat)\b")),
    (Attending.ABSENT, re.compile(r"\b(vang|khong)\b")),
    (Attending.COMES, re.compile(r"\b(co|du|tham du|tham gia|dong y|x)\b")),
)
FORM_TYPES = ("docx", "doc", "odt", "rtf")


@dataclass(frozen=True)
class Registration:
    """What a form says; `attending` None where nobody can tell."""

    stage: str
    round: int
    guest: str
    attending: Attending | None
    said: str  # the word that is there
    fields: dict[str, str]


def read_registration(data: bytes, extension: str) -> Registration | None:
    """Return what a file says as a form; None where it is none. Raises UnreadFileError where our reader failed."""
    with ReaderPool(1) as readers:
        return registration_in(readers.read(extension, data))


def registration_in(content: Content) -> Registration | None:
    """Return what a document says as a form."""
    told: dict[str, str] = {}
    for table in content.tables:
        for row in table.rows:
            cells = [" ".join(" ".join(content.paragraphs[first:after]).split()) for _, first, after in row]
            if len(cells) < 2:
                continue
            label = flat(cells[0])
            name = next((name for begins, name in _LABELS.items() if label.startswith(begins)), None)
            if name and name not in told:
                told[name] = cells[1]
    code = _CODE.search(told.pop("code", ""))
    if code is None:
        return None
    said = told.pop("attending", "")
    return Registration(code["stage"], int(code["round"]), code["guest"], attending_in(said), said, told)


def attending_in(said: str) -> Attending | None:
    """Return what somebody says of coming; None where nobody can tell."""
    plain = flat(said)
    return next((each for each, words in _WORDS if words.search(plain)), None)
