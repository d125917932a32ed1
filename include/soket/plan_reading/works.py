"""What a text says is to be done: the kinds of work of a review, and the verbs that duties have."""

from __future__ import annotations

import re
from enum import StrEnum

from soket.plan_reading.bodies import without_bodies
from soket.text import flat


class Work(StrEnum):
    """What a body is to do."""

    REPORT = "report"
    REVIEW = "review"  # a review of its own, or a conference on it
    DRAFT = "draft"
    APPRAISE = "appraise"
    CONFER = "confer"
    PUBLISH = "publish"
    LEAD = "lead"  # guide, follow, urge
    AWARD = "award"
    OTHER = "other"


# What follows "báo cáo" where it is the one on the whole review, and none on a subject of its own.
_THE_REPORT = (
    r"(?=\W*$|\s*[,;.:()]|\s+(?:so ket|tong ket|kiem diem|danh gia|cua|ve|trinh|gui|lan|chung|theo|va|de|xong|ket qua|"
    r"thuc hien|quoc gia|hoan|truoc|cho|nam|bang|hoac|lay|\d))"
)
# In the order in which they are looked for; on flat text.
_WORKS = (
    (Work.AWARD, re.compile(r"\b(?:(?:ho so|xet|danh sach|de nghi|de xuat|cong tac) (?:thi dua,? )?khen thuong|"
        r"(?:xet,? )?(?:trinh )?khen thuong)\b")),
    (Work.APPRAISE, re.compile(r"\b(?:tham dinh|tham tra)\b")),
    (Work.DRAFT, re.compile(
        r"\b(?:tham muu|xay dung|soan thao|du thao|chuan bi|tong hop|hoan thien|hoan chinh|"
        rf"bien tap)\b[^;:.,]{{0,70}}?\bbao cao\b{_THE_REPORT}|"
        r"\bbao cao (?:so|tong) ket duoc\b[^;:.]*\bhoan thien\b")),
    (Work.CONFER, re.compile(r"\bto chuc[^;:.,]{0,40}?\bhoi nghi\b|\bhoi nghi [^;:.,]{0,40}?"
        r"(?:so ket|tong ket|kiem diem|danh gia)[^;:.]{0,60}(?:to chuc|hoan thanh|tien hanh)\b|"
        r"\bchuan bi[^;:.]{0,60}?\bhoi nghi\b|"
        r"^hoi nghi (?:so ket|tong ket)\b|\bhoi nghi (?:so ket|tong ket)[^;:.,]{0,30}:")),
    (Work.REVIEW, re.compile(r"\bto chuc (?:viec )?(?:so|tong) ket\b|\btu (?:so|tong) ket\b|"
        r"\b(?:so|tong) ket (?:o|tai|bang|xong)\b|\bhoan thanh (?:so|tong) ket\b")),
    (Work.PUBLISH, re.compile(r"\b(?:tuyen truyen|truyen thong ve|dua tin|dang tai|chuyen muc|"
        r"chuyen trang|phong su)\b")),
    (Work.LEAD, re.compile(r"\b(?:huong dan|theo doi|don doc|dau moi|co quan thuong truc)\b")),
    (Work.REPORT, re.compile(r"\b(?:gui|nop|xay dung|co)\b[^;:.]{0,40}?\bbao cao\b|"
        r"\bbao cao\b[^;:.]{0,90}?\b(?:gui|ve)\b|\bbao cao (?:ket qua|tong ket|so ket|bang van ban|chuyen de)\b|"
        r"^bao cao cua\b")),
)  # fmt: skip
_OWN = frozenset({Work.LEAD, Work.AWARD, Work.APPRAISE})
_OTHERS = re.compile(r"\b(?:huong dan|don doc|theo doi|kiem tra)\b[^,;:.]*$|\bkhong $")  # others do it, or nobody
_A_DRAFT = re.compile(r"\b(?:vao|ve|gop y|y kien|tham dinh|tham tra|trinh|nghe|thong qua|xem xet|gui|voi)(?: ban)?\s+$")
_ASKED_OF = re.compile(  # of others, whose names are blanked
    r"\b(?:gui|trinh|chuyen|de nghi|moi|lay y kien)(?:\s{3,}(?:,|va(?=\s{3}))?)+\s*"
    r"(?:(?:cho|co) y kien\s*(?:,|va)?\s*)?(?:de\s+)?$"
)
_ON_ONE_SUBJECT = re.compile(r"\bbao cao chuyen de\b")  # one office's report, and not the draft of them all
_REVIEWED = re.compile(r"\b(?:bao cao|du thao|van kien)\b")
_NAMED_ALONE = re.compile(r"\b(?:tham dinh|tham tra)(?:,| va| de|, sau do)? (?:trinh|gui|truoc|xong|cham nhat)\b")
_PREPARES = re.compile(r"\b(?:tham muu|chuan bi)\b")
VERB = re.compile(
    r"\b(?:chu tri|chu dong|phoi hop|co trach nhiem|tham muu|tham dinh|tham tra|huong dan|theo doi|don doc|"
    r"to chuc|xay dung|dinh huong|lanh dao|giam sat|bo tri|can doi|cu|bao dam|phat hanh|tiep thu|tuy|phan anh|"
    r"tong hop|gui|nop|bao cao|trinh|chuan bi|ra soat|soan thao|du thao|giup|hoan thanh|hoan thien|hoan chinh|can cu|"
    r"tuyen truyen|kiem tra|cho y kien|hop|chi dao|so ket|tong ket|mo chuyen|thanh lap|lay y kien|chon|"
    r"gioi thieu|ban hanh|"
    r"tiep tuc|tien hanh|dua tin|dang tai|theo chuc nang|chiu trach nhiem|danh gia|"
    r"cung cap|lap|thuc hien|trien khai|la co quan|la dau moi|la don vi)\b"
)
# Verbs of a piece that goes on with the work before it: sends it, finishes it; of a conference: prepares it.
_GOES_ON = frozenset(
    ("gui", "trinh", "nop", "bao cao", "hoan thanh", "hoan thien", "hoan chinh", "tiep thu", "lay y kien", "can cu")
)
_OF_A_CONFERENCE = frozenset(("chuan bi", "chu tri", "phoi hop", "tham muu"))
_URGES = (("don doc", 4), ("thuong truc", 2), ("dau moi", 2), ("theo doi", 1), ("huong dan", 1))


def works_in(text: str) -> tuple[Work, ...]:
    """Return the kinds of work that a text speaks of."""
    plain = without_bodies(text)
    found = tuple(
        work
        for work, pattern in _WORKS
        if any(
            not _asked(match, plain) if work is Work.APPRAISE else work in _OWN or not _elsewhere(match, plain)
            for match in pattern.finditer(plain)
        )
    )
    if not _REVIEWED.search(plain) and not _NAMED_ALONE.search(plain):
        found = tuple(work for work in found if work is not Work.APPRAISE)  # of costs, of dossiers
    if Work.AWARD in found:
        return (Work.AWARD,)  # dossiers, and not the report
    if _ON_ONE_SUBJECT.search(plain):
        return tuple(dict.fromkeys(Work.REPORT if work is Work.DRAFT else work for work in found))
    return found


def _elsewhere(match: re.Match[str], plain: str) -> bool:
    """Whether words before a work say that others do it, or nobody, or that the draft is there already."""
    before = plain[: match.start()]
    return bool(_OTHERS.search(before) or (match[0].startswith("du thao") and _A_DRAFT.search(before)))


def of_the_report(text: str) -> bool:
    """Whether a text names the report, or a draft: what is appraised in one that does not may be anything."""
    return _REVIEWED.search(without_bodies(text)) is not None


def _asked(match: re.Match[str], plain: str) -> bool:
    """Whether an appraisal is what another is asked for: "gửi Văn phòng … thẩm định"."""
    return _ASKED_OF.search(plain[: match.start()]) is not None


def goes_on(text: str, works: tuple[Work, ...]) -> bool:
    """Whether a text goes on with work that was named before it."""
    known = _GOES_ON | _OF_A_CONFERENCE if Work.CONFER in works else _GOES_ON
    return all(match[0] in known for match in VERB.finditer(without_bodies(text)))


def prepares(text: str) -> bool:
    """Whether a text says that something is prepared for another."""
    return _PREPARES.search(without_bodies(text)) is not None


def urgency(text: str) -> int:
    """Return how much a text says that somebody leads a review: urges, is in charge, follows, guides."""
    plain = flat(text)
    return sum(weight for words, weight in _URGES if words in plain)
