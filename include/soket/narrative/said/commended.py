"""Sentences that name a collective or a person as an example, or as one that was given a distinction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from soket.narrative.said.persons import is_of_persons, is_voice
from soket.narrative.sentences.stops import CAPITALS
from soket.text import flat, nfc

_EXAMPLE = re.compile(
    r"\b(?:(?:tap the|ca nhan|guong|don vi|dia phuong|mo hinh|nghe nhan|can bo|dang vien) "
    r"(?:tieu bieu|dien hinh|xuat sac)|de nghi (?:bieu duong|khen thuong)|nguoi tot viec tot)\b"
)
_IS_ONE = re.compile(r"\b(?:la|duoc cong nhan|xung dang la)(?: (?:mot trong|nhung|cac|\d+))* $")
_AWARDS = r"(?:bang|giay) khen|co (?:thi dua|don vi)|huan chuong|ky niem chuong"
_PRAISED = r"tuyen duong|bieu duong|khen thuong"
_DISTINCTION = re.compile(
    rf"\b(?:{_AWARDS}|(?:phong|truy|trao) tang danh hieu|danh hieu (?:anh hung|chien si thi dua|nghe nhan)"
    rf"|duoc (?:[^\W\d]+ ){{0,8}}?(?:{_PRAISED}))\b"
)
_GIVEN = re.compile(r"\b(?:được|nhận)\b", re.IGNORECASE)
# What is not there, or only wished for.
_NOT_YET = re.compile(
    r"\b(?:chua|khong(?! ngung\b))\b[^,;]{0,40}$"
    r"|\b(?:phan dau|du kien|muc tieu|tieu chi|se|nham|mong|uoc|hy vong)\b[^;]*$"
)
_PRAISE = re.compile(
    rf"\b(?:{_AWARDS}|{_PRAISED}|(?:tap the|ca nhan|guong|dien hinh) (?:tieu bieu|xuat sac|dien hinh))\b"
)
# With its marks: "vì" is no "vị".
_WHY = re.compile(
    r"\b(?:vì|nhờ|do (?:có|đã)|về (?:thành tích|việc|công tác|những)|thành tích"
    r"|trong (?:công tác|phong trào|việc|đợt|cuộc|thực hiện))\b(?P<why>[^;]*)"
)
_ANY = re.compile(
    r"\b(?:đã|có|những|nhiều|xuất sắc|tiêu biểu|tốt|trong|về|việc|thành tích|công tác|phong trào|thực hiện|tổ chức"
    r"|năm \d+|giai đoạn [\d\s–-]+)\b|[^\w\s]"
)
_DEED = re.compile(r"\bđã (?!được|có|nhận)(?P<why>[^;]*)")
_NAME = re.compile(rf"[{CAPITALS}][\w-]*(?: [{CAPITALS}][\w-]*)+")
_NO_RECEIVER = re.compile(r"\b(?:tai|o|cua|den|tu|di|thang|xet|do) (?:[^\W\d]+ ){0,2}$")
_PERSON = re.compile(
    r"\bcá nhân\b|\b(?:đồng chí|đ/c|ông|bà|anh|chị|cô|chú|bác|cụ|thầy|nghệ nhân|bác sĩ|(?:thiếu|trung|thượng|đại) "
    rf"(?:tá|úy|tướng)|(?-i:[{CAPITALS}][\w]* )?(?:hạ|trung|thượng) sĩ) (?-i:[{CAPITALS}])",
    re.IGNORECASE,
)


def names_commended(text: str) -> bool:
    """Whether a sentence names whom it tells of as an example, or as one that was given a distinction."""
    own = nfc(text)
    plain = flat(own)
    named = any(_has_name(own, plain, *span) for span in _where_named(own, plain))
    return named and not (is_voice(own) or is_of_persons(own, own.lower()))


def is_of_a_person(text: str) -> bool:
    """Whether such a sentence is of a person, and not of a collective alone."""
    return _PERSON.search(nfc(text)) is not None


def idle_praise(text: str, of_matter: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield where a sentence has words of praise that was not given, or that was for nothing of the matter."""
    own = nfc(text)
    low, plain = own.lower(), flat(own)
    if len(low) != len(own):
        return
    for cue in _PRAISE.finditer(plain):
        if _NOT_YET.search(plain, 0, cue.start()):
            yield cue.span()
            continue
        why = _WHY.search(low, cue.end()) or _DEED.search(low, 0, cue.start())
        said = " ".join(_ANY.sub(" ", why["why"]).split()) if why else ""
        if said.count(" ") and not of_matter(said):
            yield cue.span()


def _where_named(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Yield where in a sentence those stand that it commends."""
    for cue in _EXAMPLE.finditer(plain):
        if not _NOT_YET.search(plain, 0, cue.start()):
            yield cue.end(), len(plain)
            if _IS_ONE.search(plain, 0, cue.start()):
                yield plain.rfind(";", 0, cue.start()) + 1, cue.start()
    for cue in _DISTINCTION.finditer(plain):
        if _NOT_YET.search(plain, 0, cue.start()):
            continue
        given = [each for each in _GIVEN.finditer(text, 0, cue.end()) if plain.find(";", each.end(), cue.start()) < 0]
        yield (0, given[-1].start()) if given else (cue.end(), len(plain))
        if given:
            yield cue.end(), len(plain)


def _has_name(text: str, plain: str, start: int, end: int) -> bool:
    """Whether a name stands between two places that is not of where something was, or of who gave it."""
    return any(not _NO_RECEIVER.search(plain, start, each.start()) for each in _NAME.finditer(text, start, end))
