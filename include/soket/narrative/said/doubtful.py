"""Figures that speak against what their own sentence tells: less than was wanted, misread, of two readings, taken back.

"127 hộ (chỉ tiêu 300)" is no result; "đạt 9 6,3%" and "86 lượt (thực tế 61)" are figures that nobody can print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from soket.narrative.quantities.measures import factor_of
from soket.narrative.quantities.numbers import Number, parse_number
from soket.narrative.said.failures import less_is_better
from soket.text import flat

# One of which is in whatever says what was wanted, in small letters with its marks.
_AIM_WORDS = (
    *("chỉ tiêu", "khối lượng", "dự toán", "kế hoạch", "mục tiêu", "đăng ký", "yêu cầu", "nhu cầu"),
    *("kh ", "kh:", "ct ", "ct:"),
)
# On folded text.
_NUMBER = r"\d+(?:[.,]\d+)*(?![.,]?\d)"
_OF_ALL = rf"(?: ?[^\W\d_]+)?/(?P<of>{_NUMBER})(?! ?(?:nam|thang|ngay|lan)\b)"
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?<!ngay )(?<!thang )(?<!\bso )(?P<number>{_NUMBER})"
    rf"(?:{_OF_ALL}|(?P<percent> ?%)|(?: (?P<scale>ty|trieu|nghin|ngan))?)(?![\w/-])"
    r"(?: (?P<unit>[^\W\d_]+))?"
)
_SET = (
    r"(?: (?:nam|den|giai doan|giao|de ra|dat ra|nghi quyet|tinh|huyen|la|phai|dat|duoc|\d{4}|[-–]|tren|it nhat"
    r"|toi thieu|(?P<most>duoi|khong qua|con|giam con|toi da)))*"
)
_AIM = re.compile(
    r"(?:[(,;:–-] ?|\bso voi |\bso )(?:so voi |trong khi )?(?:muc )?\b(?:chi tieu|ke hoach|muc tieu|yeu cau|nhu cau|kh"
    rf"|ct|(?<=\()dang ky)\b(?! \d+ (?:cua|ngay|nam|ve)\b)(?P<of>{_SET}):? (?=\d)"
)
# Of all that there is to do so little, of so many places so few: "đạt 22% khối lượng", "tuyển 19/60 chỉ tiêu".
_SO_LITTLE = re.compile(
    r"\b(?:dat|hoan thanh|thuc hien|dap ung|bang|duoc)(?: duoc| khoang| tren| gan)? (?P<part>\d{1,2}(?:,\d+)?) ?%"
    r" (?:khoi luong|nhu cau|ke hoach|chi tieu|muc tieu|du toan|yeu cau)\b"
    r"(?! (?:ca |cua |den |trung han|giai doan|\d+ nam))"
)
_FILLED = re.compile(rf"\btuyen(?: dung| sinh)?(?: duoc)? (?P<some>{_NUMBER})/(?P<all>{_NUMBER}) chi tieu\b")
_HALF = 50.0
_REACHED = re.compile(
    r"[^\W\d_ ]* ?[,;:–-]? ?(?:(?:nhung|moi|chi|da) )*(?:thuc hien|hoan thanh|xong|lam|dat|th)(?: duoc)?:? (?=\d)"
)
_YEARS = range(1900, 2101)
_SAYS_LESS = re.compile(r"\b(?:tang|giam|vuot|them|gap|cao hon|thap hon|nhieu hon|it hon) $")
# Broken by a blank, or with letters for digits, as scanned pages have them: "đạt 9 6,3%", "l2,5 tỷ", "1O%".
_MAY_BE_MISREAD = re.compile(r"\d(?: [\d,.]|[,.]?[lO]|,\d{3})|[lIO|][\d,.]")
_MISREAD = re.compile(
    r"\b(?:đạt|là|được|còn|lên|bằng|chiếm|tăng|giảm|trên|gần) \d \d[,.]\d|\d [,.]\d|\d,\d+ \d+ ?%"
    # Of two readings nobody knows which: "1,234 hộ".
    r"|(?<![\w.,/-])[1-9]\d{0,2},\d{3}(?![\d.,]| ?(?:%|tỷ|triệu|ha|km|kg|tấn|độ)(?!\w))"
    r"|(?<![\w.,/-])(?:[lI|]\d*[,.]\d+|l\d+(?= ?(?:%|tỷ|triệu|nghìn|người|hộ|km|ha))|O[,.]\d+"
    r"|\d+[,.]?\d*[lO](?= ?(?:%|tỷ|triệu|người|hộ))|\d+O[,.]\d+)(?![\w/-])"
)
# "86 lượt (thực tế 61 lượt)", "64 đợt (báo cáo cũ ghi 46 là nhầm)", "là 9,8, không phải 10,2".
_TAKEN_BACK = re.compile(
    r"(?<![\d.,])(?P<told>\d+(?:[.,]\d+)*+)[^()\d]*\((?:[^()]*\b)?thực (?:tế|chất|ra)\b(?=[^()]*\d)"
    r"(?![^()]*\b(?P=told)\b)"
    r"|\d[^()]*\((?:[^()]*\b)?(?:đính chính|sửa lại|(?:ghi |do )?nhầm|số (?:cũ|sai)"
    r"|chưa (?:kiểm chứng|thẩm định|đối chiếu|chính thức))\b[^()]*\)"
    r"|\b(?:chứ )?không phải(?: là)? \d|\bđính chính (?:lại|số liệu|là|thành|báo cáo)\b|\b(?:ghi|báo cáo|tính) nhầm\b"
)
# One of which is in whatever takes a figure back: most sentences have none.
_TAKES_BACK = frozenset(
    ("(thực ", " thực ", "đính chính", "sửa lại", "nhầm", "số cũ", "số sai", "không phải", "(chưa ")
)


class _Measured(NamedTuple):
    """A figure as a sentence has it: a share where it is one, what is counted else, with the word behind it."""

    value: float
    share: float | None
    percent: bool
    unit: str
    end: int


def falls_short(piece: str, last: int | None) -> bool:
    """Whether a piece in small letters says what was wanted by now, and that less was reached.

    What is wanted of a year after the `last` one that the reports are of is yet to come. Where less is better, more
    than at most was wanted falls short, and nothing else.
    """
    if not any(word in piece for word in _AIM_WORDS):
        return False
    plain, down = flat(piece), less_is_better(piece)
    if _is_little(plain) and not down:
        return True
    for aim in _AIM.finditer(plain):
        years = [int(each) for each in re.findall(r"\b20\d\d\b", aim["of"])]
        wanted = next(_figures(plain, aim.end()), None)
        if wanted is None or (last is not None and max(years, default=last) > last) or (years and last is None):
            continue
        reached = [*_figures(plain, 0, aim.start())]
        if not reached and (after := _REACHED.match(plain, wanted.end)):
            reached = [*_figures(plain, after.end())][:1]
        differ = (_differs(each, wanted) for each in reversed(reached))
        told = next((each for each in differ if each is not None), 0.0)
        if told > 0 if aim["most"] else told < 0 and not down:
            return True
    return False


def _is_little(plain: str) -> bool:
    shares = [_value(each["part"]) or 0.0 for each in _SO_LITTLE.finditer(plain)]
    places = [(_value(each["some"]) or 0.0, _value(each["all"]) or 0.0) for each in _FILLED.finditer(plain)]
    return any(share < _HALF for share in shares) or any(some < whole for some, whole in places)


def _figures(plain: str, start: int, end: int | None = None) -> Iterator[_Measured]:
    """Yield the figures of a text but years, days and what only tells a change."""
    for each in _FIGURE.finditer(plain, start, len(plain) if end is None else end):
        value, of = _value(each["number"]), _value(each["of"])
        if of in _YEARS:
            continue
        year = value is not None and value in _YEARS and "." not in each["number"] and not each["percent"]
        if value is None or (year and not each["unit"]) or _SAYS_LESS.search(plain, 0, each.start()):
            continue
        percent = each["percent"] is not None
        share = value / 100 if percent else value / of if of else None
        value *= factor_of(each["scale"]) if each["scale"] else 1.0
        yield _Measured(value, share, percent, each["unit"] or "", each.start("unit") if each["unit"] else each.end())


def _differs(told: _Measured, wanted: _Measured) -> float | None:
    """Return how far a figure is beyond what was wanted; None where they are not of a kind."""
    if told.share is not None and wanted.share is not None:
        return told.share - wanted.share
    if told.percent or wanted.share is not None or (told.unit and wanted.unit and told.unit != wanted.unit):
        return None
    return told.value - wanted.value


def _value(number: str | None) -> float | None:
    read = parse_number(number) if number else None
    return read.value if isinstance(read, Number) else None


def has_unsure_figure(text: str, low: str) -> bool:
    """Whether a sentence has a figure that it takes back, or that was not written or read right; `low` is it small."""
    if _MAY_BE_MISREAD.search(text) and _MISREAD.search(text):
        return True
    return any(word in low for word in _TAKES_BACK) and _TAKEN_BACK.search(low) is not None
