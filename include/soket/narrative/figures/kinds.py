"""What a figure in prose says of an indicator: a value, a change, a share, a sum; and what is not the reports' own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from soket.text import YEAR, fold


class FigureKind(StrEnum):
    """What a figure says of an indicator."""

    VALUE = "value"
    DIFFERENCE = "difference"
    GROWTH = "growth"
    TIMES = "times"  # so many times what it was
    OF_YEAR = "of_year"  # a share of another year
    OF_TOTAL = "of_total"  # a share of another indicator
    PER = "per"  # for one of what another indicator counts
    SUM = "sum"  # of a span of years
    MEAN = "mean"  # of the years of a span
    MEAN_GROWTH = "mean_growth"
    MEAN_DIFFERENCE = "mean_difference"


OVER_YEARS = frozenset({FigureKind.MEAN, FigureKind.MEAN_GROWTH, FigureKind.MEAN_DIFFERENCE})
WITH_DIRECTION = frozenset(
    {FigureKind.DIFFERENCE, FigureKind.GROWTH, FigureKind.MEAN_GROWTH, FigureKind.MEAN_DIFFERENCE}
)
SHARES = frozenset({FigureKind.GROWTH, FigureKind.OF_YEAR, FigureKind.OF_TOTAL, FigureKind.MEAN_GROWTH})
CHANGES = frozenset({FigureKind.DIFFERENCE, FigureKind.GROWTH, FigureKind.TIMES, FigureKind.OF_YEAR})

_BETWEEN = (
    r"(?:(?:them|hon|tren|gan|khoang|xap xi|toi|manh|nhe|nhanh|binh quan|moi nam|hang nam|truong|duoc|lan luot|muc|dat"
    r"|cao|la|lai|di|tiep|o muc|tuong duong|tuong ung|ung|voi|duoi|them duoc)\s+)*"
)
# "cao hơn năm 2030 là 5 lớp", "nhiều hơn năm trước đó 29 hội nghị"
_THAN = rf"(?:so voi )?(?:cung ky )?(?:nam )?(?:{YEAR}|(?:lien )?truoc(?: do)?)\s+"
_FRACTION = r"(?:mot nua|(?:mot|hai|ba) phan (?:hai|ba|tu|nam|muoi))"
_IN_WORDS = (
    rf"(?:(?:gan|hon|khoang|chua den)\s+)?{_FRACTION}\s*\((?:cu the |tuc |chinh xac )?"  # "gần một phần ba (31,2%"
)
_CHANGED = re.compile(
    r"\b(?:tang|giam|tang truong|suy giam|sut giam|giam sut|mat|hao hut|boc hoi"
    r"|nhich(?: len)?|kem|(?<!thu )hut|cao hon|thap hon|nhieu hon|it hon|vuot"
    rf"|hon(?= (?:so voi )?(?:cung ky )?nam (?:{YEAR}|(?:lien )?truoc)\b)|(?<=, )them"
    r"|(?:co|khai thac|bo sung|thanh lap|xay dung|hinh thanh) them)[”\"]?\s+"
    rf"{_BETWEEN}(?:{_THAN}{_BETWEEN}|{_IN_WORDS})?\(?\s*$"
    r"|\+\s*$|\(\s?[-–−]\s?$|:\s?[-–−]$"
)
_MORE = re.compile(r"\b(?:cao|thap|nhieu|it|lon|nho) hon\b[^,;]*$")  # "thấp hơn năm 2030 tới 5%" becomes nothing
_BECAME = re.compile(
    r"\b(?:(?<!nhich )len|xuong|con|tu|thanh|(?<!giam )(?<!tang )(?<!them )toi|den)\s+"
    r"(?:(?:tren|hon|gan|khoang|xap xi|chi|dat|muc)\s+)*$"
)
_SHARE = re.compile(r"\b(?:chiem|ty trong|ty le|ti le|dat ty le)\b[^,;]*$")
_SHARED = re.compile(r"\btuong (?:ung|duong)(?: voi)?\s*$")  # "5.241 người đã qua đào tạo, tương ứng 57,3%"
_OF_A_TIME = re.compile(r"\s*(?:(?:cua|muc|so|voi|trong) )*(?:nam|cung ky|thoi diem)\b")
OF_ALL = re.compile(
    r"\s*%?\s*(?:(?!so voi|nam\b)[^\W\d_]+ ){0,9}?"
    r"(?:(?:ca|toan) (?:tinh|thanh pho|huyen|xa|vung|nganh|khoi)|cua tinh)\b"
)
"""What makes a share one of all units together, in the words after it."""
_EQUALS = re.compile(rf"\b(?:bang|tuong duong|chi bang)\s+(?:{_IN_WORDS})?{_BETWEEN}$")
_HELD = re.compile(r"^\s*so (?:voi|cung)\b(?!(?: (?:muc|ty le|con so))* \d+(?:,\d+)? ?%)")
_EVERY_YEAR = re.compile(
    rf"\b(?:(?:moi|hang) nam(?! ?:)|binh quan (?:moi |hang )?nam)\b(?! {YEAR})"
    r"|\bbinh quan (?:tang|giam)\b|\b(?:tang|giam)(?: truong)? binh quan\b"
)
_A_YEAR = re.compile(r"^\s*(?:[^\W\d_]+\s*){0,3}/\s*nam\b")
_EACH_YEAR = re.compile(r"^[^;()\d]{0,60}?\b(?:moi|hang) nam\b")  # "bình quân mở 14 lớp mỗi năm"
_OF_THEN = re.compile(r"^\s*\) ?(?:cua|so voi) (?:muc )?nam\b")  # "chưa được một nửa (47%) của năm 2030"
_OF_A_PLAN = re.compile(
    r"^\s*(?:[^\W\d_]+\s+){0,3}?(?:so voi |cua |muc |chi tieu )*"
    r"(?:ke hoach|du toan|muc tieu|chi tieu|nghi quyet|yeu cau|nhu cau)\b"
)
_BESIDE_A_PLAN = re.compile(r"\b(?:so voi|theo) (?:muc |chi tieu )*(?:ke hoach|du toan|muc tieu|chi tieu)\b[^,;.]*$")
_RATE = re.compile(r"\b(?:ty|ti) le (?!so )(?:(?!\bchiem\b).)*$")
_OPENS = re.compile(r"^\s*\(\s*$")
_GOES_ON = re.compile(
    r"^[\s,()]*(?:va|tuc(?: la)?|tuong duong|tuong ung|ung voi|hay|bang)?\s*(?:voi )?"
    r"(?:(?:tren|hon|gan|khoang|tang|giam)\s+)*\(?$"
)


_ITEM = re.compile(r"^\),? (?:[^\W\d_]+,? ){1,8}\($")
_OF_OTHERS = frozenset({FigureKind.OF_TOTAL, FigureKind.OF_YEAR, FigureKind.GROWTH})
_A_WHOLE = re.compile(rf"^\s*tong (?![^,;]*\bnam {YEAR})")  # "bằng 1,9% tổng lượt khách"
# So much of one thing for one of another: "bình quân mỗi cơ sở có 14 buồng", "14 buồng/cơ sở".
_NOT_ONE = r"(?!nam|thang|dia phuong|don vi|co quan|huyen|thi xa|thanh pho|xa|phuong)"
_PER = re.compile(
    rf"\bbinh quan,? (?:tren |cua )?(?:moi|mot) {_NOT_ONE}"
    rf"|\b(?:moi|mot) (?={_NOT_ONE}(?:\w+ ){{1,9}}?(?:binh quan|trung binh)\b)"
)
_A_MEASURE = r"^\s*(?:(?!tren\b|moi\b|mot\b)[^\W\d_]+\s?){1,3}"
_PER_ONE = re.compile(rf"{_A_MEASURE}(?:/ ?|(?:tren )?(?:moi|mot) ){_NOT_ONE}")
_ROSE = re.compile(r"\b(?:len|xuong)\s+(?:(?:tren|hon|gan|khoang|xap xi|muc)\s+)*$")
_MEAN_OF = re.compile(r"\bbinh quan\b[^,;.]*$")
_EACH_BOUND = re.compile(
    r"\bcu (?:moi )?$|\bdeu (?:[^\W\d_]+ ){0,2}(?:tren|duoi|vuot|hon|khong qua)\s*$"
)  # "các xã khác đều dưới 35"
_OF_A_CHANGE = re.compile(r"^\s*lan (?:so voi )?(?:muc|toc do) (?:tang|giam)\b")  # what grew so much faster
_RISES = re.compile(r"\b(?:tang|nhich|cao hon|nhieu hon|vuot|them)\b|\+")
_FALLS = re.compile(r"\b(?:giam|mat|hut|boc hoi|kem|thap hon|it hon)\b")  # also "giảm thêm"
_APART = re.compile(
    r"\b(?:chenh(?: lech)?(?: nhau)?|cach (?:nhau|biet)|khoang cach)\b(?:(?!\b(?:khi|thi|ma)\b)[^,;.])*$"
)


_CHANGES_OF = re.compile(
    r"\b(?:muc|toc do|ty le|ti le|nhip do) (?P<way>(?:tang|(?:suy |sut )?giam)(?: truong)?)\b"
    r"|\b(?P<most>tang|giam) (?:[^\W\d_]+ )?(?:nhieu|it|manh|nhanh|cham|sau|cao|thap) nhat\b"
    r"|\b(?P<changed>tang|giam)(?: (?!so )[^\W\d_]+){0,3} so (?:voi|cung)\b"
)


def change_of(text: str) -> str:
    """Return how what a text lists has changed: "mức giảm so với năm đầu: Một (5%), Hai (7%)"; "" for no change."""
    found = [*_CHANGES_OF.finditer(text)]
    return next(filter(None, found[-1].groups())) if found else ""


def goes_on(joined: str) -> bool:
    """Whether the words between two figures say that the second changed as the first: "tăng 5 cơ sở và 7 buồng"."""
    return _GOES_ON.match(joined) is not None


def rises(before: str) -> bool | None:
    """Return whether a change is said to be a rise, by the words before it; None where they say no change."""
    change = _change(before) or change_of(before)
    return (_RISES.search(change) is not None and not _FALLS.search(change)) if change else None


def are_apart(before: str) -> bool:
    """Whether the words before a figure say that it is between two: "chênh nhau 5 lượt"."""
    return _APART.search(before) is not None


def _change(before: str) -> str:
    """Return the words before a figure that make it a change; "" where they do not."""
    found = _CHANGED.search(before)
    became = _BECAME.search(before) and not _MORE.search(before)
    return "" if found is None or became else found[0]


def per_one(before: str, after: str) -> str:
    """Return the words that say for one of what a figure is; "" where it is for no one thing."""
    if one := [*_PER.finditer(before)]:
        return before[one[-1].end() :]
    one_after = _PER_ONE.match(after)
    return after[one_after.end() :] if one_after and ("/" in one_after[0] or _MEAN_OF.search(before)) else ""


def goes_on_per_one(before: str) -> bool:
    """Whether a figure after one that is for one of something is, too: "toàn tỉnh bình quân 14", "lên 15"."""
    return (_MEAN_OF.search(before) or _ROSE.search(before)) is not None


def is_rate(before: str) -> bool:
    """Whether the words before a share say that it is one of its own whole, not one among all."""
    return _RATE.search(before) is not None


def is_mean_of_one(before: str) -> bool:
    """Whether words say that a figure is for one of something, whatever that is."""
    return _PER.search(before) is not None


def kind_of(
    before: str, after: str, *, percent: bool, times: bool, points: bool, last: FigureKind | None, joined: str | None
) -> FigureKind | None:
    """Return what a figure is by the words around it; None for a share of what is planned.

    `before` and `after` are its clause without marks, `last` the kind of the figure before and `joined` the words
    between the two, without units of measure.
    """
    yearly = _EVERY_YEAR.search(before) is not None or _A_YEAR.match(after) is not None
    yearly = yearly or (_MEAN_OF.search(before) is not None and _EACH_YEAR.match(after) is not None)
    changed = bool(_change(before))
    if _EACH_BOUND.search(before) or (times and _OF_A_CHANGE.match(after)):
        return None
    if times:
        return FigureKind.TIMES
    if last in (FigureKind.DIFFERENCE, FigureKind.GROWTH) and joined is not None and _GOES_ON.match(joined):
        changed = True
    if percent and not points:
        if _OF_A_PLAN.match(after) or _BESIDE_A_PLAN.search(before):
            return None
        if changed or _A_YEAR.match(after):  # "từ 6,9 nghìn lên 9,1 nghìn người, bình quân 4,7%/năm"
            return FigureKind.MEAN_GROWTH if yearly else FigureKind.GROWTH
        return _share_of(before, after, last, joined)
    if changed or points or are_apart(before):
        return FigureKind.MEAN_DIFFERENCE if yearly else FigureKind.DIFFERENCE
    return FigureKind.MEAN if yearly else FigureKind.VALUE


def _share_of(before: str, after: str, last: FigureKind | None, joined: str | None) -> FigureKind:
    """Return what a share is of that is no change."""
    if last in _OF_OTHERS and joined is not None and _ITEM.match(joined):
        return last  # "cao nhất ở Một (91,9%), Hai (88,3%)"
    if _HELD.match(after) or _OF_THEN.match(after):
        return FigureKind.OF_YEAR  # "đạt 71,2% so với cùng kỳ"
    if _SHARE.search(before) or (
        last in (FigureKind.VALUE, FigureKind.SUM) and _SHARED.search(before) and not _OF_A_TIME.match(after)
    ):
        return FigureKind.OF_TOTAL
    if _EQUALS.search(before):
        return FigureKind.OF_TOTAL if OF_ALL.match(after) or _A_WHOLE.match(after) else FigureKind.OF_YEAR
    if last in (FigureKind.VALUE, FigureKind.SUM) and joined is not None and _OPENS.match(joined):
        return FigureKind.OF_TOTAL  # "30.426 lượt (2,2%)"
    return FigureKind.VALUE


# What speaks of aims, of others' counts or of a part of a whole; a plan adds its own words.
_FOREIGN = (
    "mục tiêu", "phấn đấu", "dự kiến", "kế hoạch giao", "dự án", "vốn đăng ký", "tổng mức đầu tư", "cục thống kê",
    "tổng cục", "niên giám", "xếp hạng", "quy hoạch", "dịp", "theo khảo sát", "chỉ số",
    "bình quân cả nước", "liên hợp quốc", "đề nghị", "kiến nghị", "tối thiểu",
)  # fmt: skip


def foreign_pattern(own: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for folded words that make a figure another's; `own` are the plan's."""
    words = sorted({fold(each) for each in (*_FOREIGN, *own)}, key=len, reverse=True)
    # "20% toàn ngành" is of all that are asked.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))}|(?<!% )(?<!% cua )toan nganh)\b")
