"""Whose doing a piece of a sentence tells: the reporting body's own?

A body answers for its own area and what lies in it. What is told of a wider area or of another of its own rank is none
of its results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from soket.narrative.said.inspections import inspects
from soket.narrative.sentences.pieces import ADDING, MEANWHILE
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.periods import PeriodId
from soket.text import fold

_STATE, _PROVINCE, _DISTRICT, _COMMUNE = range(1, 5)

# What tells of which rank a body is, the narrowest first, by its name in small letters.
_RANKS = (
    (_COMMUNE, re.compile(r"(?<!thị )(?<!hợp tác )\bxã\b(?! (?:hội|luận))|\bphường\b|\bthị trấn\b")),
    (_DISTRICT, re.compile(r"\bhuyện\b|\bquận\b|\bthị (?:ủy|uỷ|xã|đoàn)\b|\bthành (?:ủy|uỷ|phố|đoàn)\b")),
    (_PROVINCE, re.compile(r"\btỉnh\b|\bsở\b")),
    (_STATE, re.compile(r"^(?:bộ|tổng cục|chính phủ|văn phòng chính phủ|văn phòng trung ương)\b")),
)
_BODIES = (
    r"(?:ban thường vụ|btv|ban chấp hành đảng bộ|đảng bộ|thường trực|ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd"
    r"|hội đồng nhân dân)"
)
_BY_ITSELF = r"(?:đã|vừa)\b(?! (?:có|là|được|phối hợp|cùng|giúp|hướng dẫn)\b)"
# What the wider areas and those who lead them are called, where they are what a piece is about.
_WIDER = {
    _STATE: r"(?:cả nước|toàn quốc|chính phủ|thủ tướng chính phủ|quốc hội|bộ chính trị|ban bí thư"
    rf"|bộ (?!phận\b|máy\b|môn\b|đội\b|tiêu chí\b|thủ tục\b|chỉ\b)[^,;:]{{2,60}}? {_BY_ITSELF})",
    _PROVINCE: rf"(?:(?:toàn|cả) tỉnh|(?:{_BODIES} )?tỉnh (?:ủy|uỷ)|{_BODIES} tỉnh|tỉnh (?:ta|đã|có|sẽ)"
    rf"|sở (?!dĩ\b|hữu\b|thích\b|tại\b)[^,;:]{{2,60}}? (?:{_BY_ITSELF}|hỗ trợ|tổ chức|mở|cấp|trang bị"
    r"|(?<!địa )bàn giao|tập huấn)\b)",
    _DISTRICT: rf"(?:(?:toàn|cả|{_BODIES}) (?:huyện|thị xã|thành phố|quận)"
    rf"|(?:{_BODIES} )?(?:huyện|thị|thành) (?:ủy|uỷ))",
}
# Who else paid for or built what is told of: "Quốc lộ 8 do Trung ương đầu tư".
_BUILT = r"(?: trực tiếp| quản lý,?)? (?:đầu tư|xây dựng|làm chủ đầu tư|thi công)\b"
_BUILDERS = {
    _STATE: r"(?:trung ương|chính phủ|nhà nước|bộ [^,;]{2,40}?)",
    _PROVINCE: r"(?:(?:ubnd )?tỉnh|sở [^,;]{2,40}?)",
}
_NEVER = re.compile(r"(?!)")
_INTRO = (
    rf"[\W\d]*(?:(?:đến nay|hiện nay|hiện|nhìn chung|cũng|{MEANWHILE}|{ADDING}|trên cơ sở đó"
    r"|(?:trong |tính đến |đến |cuối |riêng )?(?:năm|tháng|giai đoạn|thời kỳ|quý)[^,;:]{0,30}"
    r"|trong \d+ năm[^,;:]{0,20}|theo [^,;:]{0,40}"
    r"|việc|trên địa bàn)[,:]? )*"
)
_GIVEN = re.compile(
    r"[^;]*?\b(?:tặng|khen|công nhận|xếp hạng|trao|phong tặng|biểu dương)\b"
)  # whoever does it, it is theirs
_KIND = r"(?P<kind>[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Tt]hị trấn)"
_NAMED = re.compile(rf"{_KIND} (?!Đoàn\b|Hội\b|[ỦU][ỷy]\b|Đội\b)(?P<name>[{CAPITALS}]\w*(?: [{CAPITALS}]\w*){{0,3}})")
# What the bodies of a place did by themselves; offices of the whole tell of it, and it is none of their doing.
_ITS_BODIES = re.compile(
    r"(?:ubnd|hđnd|[ủu][ỷy] ban nhân dân|hội đồng nhân dân|đảng [ủu][ỷy]|ban thường vụ|(?:huyện|thị|thành) [ủu][ỷy]) "
)
_PARTY_OF = re.compile(
    rf"(?P<kind>[Hh]uyện|[Tt]hị|[Tt]hành) [ủuỦU][ỷyỶY] (?P<name>[{CAPITALS}]\w*(?: [{CAPITALS}]\w*){{0,3}})"
)
_OFFICE = re.compile(r"(?:sở|ban|cục|chi cục|hội|liên|trường|ngân hàng|văn phòng|thanh tra|kho bạc|bảo hiểm)\b")
_DID_ALONE = re.compile(
    r"(?:(?! (?:cùng|phối hợp)\b)[^,;:])*? (?:đã|vừa(?! (?:có|là)\b)|tự) (?!được\b|phối hợp\b|cùng\b)"
)
_BESIDE = re.compile(
    rf"{_INTRO}(?:các |một số )?(?:huyện|tỉnh|xã|phường|địa phương|đơn vị) (?:bên cạnh|bạn|lân cận|khác)\b"
)
_FIGURES_ASIDE = re.compile(r"\s?\([^()]*\d[^()]*\)")
_HELD_AGAINST = re.compile(
    r"\b(?:so|khác|giống) với (?:các |một số )?(?:huyện|tỉnh|thị xã|thành phố|xã|phường|địa phương|đơn vị)\b[^,;]*"
)
_RESOLVED = re.compile(
    r"[\W\d]*(?:theo )?(?:(?:nghị quyết|chỉ thị|kết luận|quyết định|nghị định|thông tư)(?: số [\w/.-]+)?"
    r"(?:,? ngày [\d/.-]+)?(?: này)?,?(?: của [^,;:]{0,60}?)? (?:đã |cũng )?"
    r"(?:xác định|chỉ rõ|nêu rõ|ghi rõ|yêu cầu|khẳng định|nhấn mạnh|quy định)\b"
    r"|(?:luật|bộ luật|hiến pháp)[^,;:]{0,60}? quy định\b)"
)
# "Theo Quyết định số …, xã đạt chuẩn phải đạt đủ 19 tiêu chí": what is to be, whoever it is for.
_NORM = re.compile(
    r"[\W\d]*theo (?:nghị quyết|quyết định|nghị định|thông tư|luật|bộ tiêu chí|tiêu chí|quy chuẩn|tiêu chuẩn)\b"
    r"[^,;:]*, (?![^;]*\bđã\b)[^,;]*\bphải\b"
)
# "Theo báo cáo của huyện X, huyện đã …": X's doing, as it says itself.
_SOURCE = re.compile(
    r"[\W\d]*(?:theo|qua) (?:báo cáo|số liệu|thống kê|tổng hợp|phản ánh)[^,;:]{0,20}? của "
    r"(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|đảng bộ|hđnd) )?"
)
# "Theo Sở X, …": what such a body tells is of its own; of a place's own figures it may be the source.
_OF_A_BODY = re.compile(
    r"[\W\d]*theo (?:(?:báo cáo|số liệu|thống kê|tổng hợp|đánh giá)[^,;:]{0,20}? của )?"
    r"(?P<body>(?:sở|cục|chi cục|tổng cục|bộ|ngân hàng|hiệp hội|viện) (?:[\w&-]+(?:, (?=thể thao))? ?){1,9}), "
    r"(?!(?:(?:năm \d+|đến nay|hiện nay),? )*(?:toàn |các cấp )?(?:ngành|hội|sở|cục|chi cục|đơn vị|ban|trường)\b)"
)
_PLACES_OWN = re.compile(r"(?:huyện|thị|thành|quận|xã|phường|tỉnh ủy|ubnd|ủy ban nhân dân|đảng ủy (?:xã|phường))\b")
_AFTER_SOURCE = re.compile(r",? (?!và\b|(?:[\w-]+ ){0,2}(?:toàn|cả|ngành|sở|các)\b)")


@dataclass(frozen=True)
class Reporter:
    """Who reports, on which years: its names in small letters, its rank, the first and the last year.

    `part` is the part of a year that a round is of: of a quarter only what lies in it is a result. `matter` is what the
    plan is about, folded.
    """

    names: frozenset[str]
    place: str  # that the plan is of
    rank: int
    first: int | None = None
    last: int | None = None
    part: PeriodId | None = None
    matter: str = ""


@lru_cache(maxsize=4_000)
def rank_of(name: str, issuer: str = "") -> int:
    """Return the rank of a body by its name, else that of the body that the plan is of, else a province's."""
    for told in (name, issuer):
        for rank, words in _RANKS:
            if words.search(told.lower()):
                return rank
    return _PROVINCE


@lru_cache(maxsize=8)
def _wider_than(rank: int) -> re.Pattern[str]:
    wider = "|".join(words for each, words in _WIDER.items() if each < rank)
    return re.compile(rf"{_INTRO}(?:(?:bình quân|trung bình) (?:chung )?(?:của )?)?(?:{wider})\b") if wider else _NEVER


@lru_cache(maxsize=8)
def _built_by_wider(rank: int) -> re.Pattern[str]:
    wider = "|".join(words for each, words in _BUILDERS.items() if each < rank)
    return re.compile(rf"\b(?:do|của) (?:{wider}){_BUILT}") if wider else _NEVER


def names_a_place(text: str) -> bool:
    """Whether a text names a place by its kind: whose it is hangs on who says it, not on the rank alone."""
    return _NAMED.search(text) is not None


def others_doing(piece: str, low: str, body: Reporter) -> bool:
    """Whether a piece tells what others did or had; `low` is it in small letters."""
    wider = _wider_than(body.rank).match(low)
    if wider and not _GIVEN.match(low, wider.end()):
        return True
    if any(each.match(low) for each in (_BESIDE, _RESOLVED, _NORM)) or _told_by_others(piece, low, body):
        return True
    if ("do " in low or "của " in low) and _built_by_wider(body.rank).search(low):
        return True
    intro = re.match(_INTRO, low)
    start = intro.end() if intro else 0
    if inspects(low[start:], body.names) or _of_a_place(piece, low, start, body):
        return True
    named = _NAMED.match(piece, start)
    return named is not None and is_other(named, body)


def _of_a_place(piece: str, low: str, start: int, body: Reporter) -> bool:
    """Whether a piece of an office's report tells what the bodies of one place did by themselves."""
    if not any(map(_OFFICE.match, body.names)):
        return False
    found = _ITS_BODIES.match(low, start)
    named = _PARTY_OF.match(piece, start) or (_NAMED.match(piece, found.end()) if found else None)
    return named is not None and not _is_own(named, body) and _DID_ALONE.match(low, named.end()) is not None


def _told_by_others(piece: str, low: str, body: Reporter) -> bool:
    """Whether a piece tells what one other place says of itself, or another body tells one that has no place."""
    if (of := _OF_A_BODY.match(low)) and not any(_PLACES_OWN.match(name) for name in body.names):
        return of["body"].strip() not in body.names
    source = _SOURCE.match(low)
    named = _NAMED.match(piece, source.end()) if source else None
    return bool(named and not _is_own(named, body) and _AFTER_SOURCE.match(low, named.end()))


def _is_own(named: re.Match[str], body: Reporter) -> bool:
    full = fold(f"{named['kind'].lower()} {named['name']}")
    return any(each in full or full in each for each in map(fold, body.names))


def is_other(named: re.Match[str], body: Reporter) -> bool:
    """Whether a place that is named is neither the body's own nor within it."""
    kind = named["kind"].lower()
    if rank_of(kind) > body.rank or _is_own(named, body):
        return False
    return not (body.rank == rank_of(kind) == _PROVINCE and fold(named["name"]) == fold(body.place))


def held_against(low: str) -> list[tuple[int, int]]:
    """Return where a text speaks of others only to hold its own against them."""
    return [each.span() for each in _HELD_AGAINST.finditer(low)]


def others_figures(text: str, body: Reporter) -> list[tuple[int, int]]:
    """Return where a text tells figures of others by the way: "cùng với tỉnh Nam Lĩnh (6 triệu lượt)"."""
    named = (each for each in _NAMED.finditer(text) if is_other(each, body))
    return [aside.span() for each in named if (aside := _FIGURES_ASIDE.match(text, each.end()))]
