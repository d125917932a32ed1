"""Who acts in a piece of a sentence, and to whom what is done goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from soket.narrative.sentences.stops import CAPITALS
from soket.plan_reading.bodies import NamedBody, until_verb, without_bodies
from soket.plan_reading.groups import by_words
from soket.plan_reading.works import VERB
from soket.text import flat

_TO = re.compile(r"\b(?:gui|trinh|nop|bao cao|ve|den|cho|xin y kien)\s+(?:[^\s;:.()]+\s+){0,5}?$")
_OF = re.compile(r"\bcua\s+$")
_THROUGH = re.compile(r"\b(?:qua|thong qua)\s*$")
# What comes now acts, whatever came before: "giao …", "Sơ kết tại địa phương: …".
_TOLD = re.compile(r"\b(?:giao|duoc|do|rieng|de nghi|yeu cau)\s+$|^(?!.*\b(?:gui|ve|nop)\b)[^:;]{2,60}:\s+$")
_WITH = re.compile(r"\bphoi hop(?: chat che)?(?: voi)?\b[^;:.]*$|\bcung(?: voi)?\s+$")
_BETWEEN = re.compile(r"(?:\s*,\s*|\s+va\s+)")
_SUBJECT = re.compile(  # "Trong quý III/2030: các …"
    r"(?:[^:;]{2,40}\d:)?\W*(?:(?:đề nghị|yêu cầu|giao|riêng)\s+)?(?=(?:các|những|mỗi|mọi)\s)", re.IGNORECASE
)
_GROUP = re.compile(r"\s*(?:,|và)\s+(?:các|những)\s+(?P<name>[^,;:.()]{3,80}?)(?=\s*(?:,|và các|và những|$))")
_GROUPS = re.compile(r"(?:\s*(?:,|và)\s+(?:các|những)\s+[^,;:.()]{3,80})+")
_HEADS = re.compile(  # of units that nothing else names: "Trưởng các thôn, Hiệu trưởng các trường …"
    r"\W*(?:(?:đề nghị|yêu cầu|giao)\s+)?(?=(?:\w+\s+)?(?:trưởng|giám đốc|chủ tịch|bí thư)\s+(?:các|những|mỗi)\s)",
    re.IGNORECASE,
)
_LAST_DOER = re.compile(rf"\s*(?:,|và)\s+(?P<name>[{CAPITALS}][^,;:.()]{{5,80}}?)\s*")


def doers_of(piece: str, bodies: Sequence[NamedBody]) -> tuple[NamedBody, ...]:
    """Return the bodies that a piece says act; of no known kind, those that its words before the verb name."""
    plain, blanked = flat(piece), without_bodies(piece)
    match = VERB.search(blanked)
    verb = match.start() if match else len(plain)
    told = next((body.start for body in bodies if _TOLD.search(plain[: body.start])), None)
    doers = tuple(
        body
        for body in bodies
        if (body.start < verb or (told is not None and body.start >= told and _follow(plain, bodies, told, body)))
        and (body.start == told or not _TO.search(plain[: body.start]))
        and not _OF.search(plain[: body.start])
        and not _WITH.search(plain[: body.start])
        and not _THROUGH.search(plain[: body.start])
    )
    lead = _SUBJECT.match(piece) or (None if doers else _HEADS.match(piece))
    if match is None or lead is None:
        return doers
    if doers:
        return _with_those_after(piece, verb, _with_those_before(piece, lead.end(), doers))
    words = until_verb(piece[lead.end() : verb].strip(" ,:"))
    return (NamedBody(lead.end(), lead.end() + len(words), words, by_words(words)),)


def _with_those_before(piece: str, start: int, doers: tuple[NamedBody, ...]) -> tuple[NamedBody, ...]:
    """Return who acts with those whom words before the first body name: "Các ban, Trung tâm …", "Các thành viên …"."""
    first = doers[0]
    words = piece[start : first.start].strip()
    if not words or words.endswith(":"):  # "Các sở: Tài chính, …"
        return doers
    if re.search(r"(?:[,;]|\bvà)$", words):
        words = re.sub(r"(?:\s*[,;]|\s+và)+$", "", words)
        return (NamedBody(start, start + len(words), words, by_words(words)), *doers)
    words = piece[start : first.end]
    return (NamedBody(start, first.end, words, by_words(words)), *doers[1:])


def _with_those_after(piece: str, verb: int, doers: tuple[NamedBody, ...]) -> tuple[NamedBody, ...]:
    """Return who acts with a last one before the verb that no pattern knows: "… và Quỹ Hỗ trợ nông dân gửi …"."""
    if _GROUPS.fullmatch(piece, doers[-1].end, verb):
        more = _GROUP.finditer(piece, doers[-1].end, verb)
        return (*doers, *(NamedBody(*each.span("name"), each["name"], by_words(each["name"])) for each in more))
    last = _LAST_DOER.fullmatch(piece, doers[-1].end, verb)
    if last is None:
        return doers
    return (*doers, NamedBody(*last.span("name"), last["name"], unsure=True))


def _follow(plain: str, bodies: Sequence[NamedBody], start: int, last: NamedBody) -> bool:
    """Whether a body stands in the list of bodies that begins at a place."""
    listed = [body for body in bodies if start <= body.start <= last.start]
    return all(_BETWEEN.fullmatch(plain, one.end, other.start) for one, other in pairwise(listed))


def receiver_of(piece: str, others: Sequence[NamedBody]) -> NamedBody | None:
    """Return to whom a piece says something goes: of several goings the last, of a list the first."""
    plain = flat(piece)
    found: list[NamedBody] = []
    before: NamedBody | None = None
    for body in others:
        way = _TO.search(plain[: body.start])
        if (
            way
            and "phoi hop" not in way[0]
            and not _THROUGH.search(plain[: body.start])
            and not _OF.search(plain[: body.start])
            and not (before in found and before and _BETWEEN.fullmatch(plain, before.end, body.start))
        ):
            found.append(body)
        before = body
    return found[-1] if found else None
