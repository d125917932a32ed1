"""What a report sets itself to reach after the time that it tells of: among tasks it has a place of its own."""

from __future__ import annotations

import re

from soket.narrative.names.times import years_in
from soket.plan.themes import Theme
from soket.text import nfc

TARGETS = Theme(
    code="MT",
    name="Mục tiêu, chỉ tiêu phấn đấu",
    lead="Mục tiêu, chỉ tiêu các đơn vị đề ra cho thời gian tới",
    keywords=("phấn đấu",),
)
"""The theme of targets, known by a rule and no phrase."""

_AIMS = re.compile(r"(?:tiếp tục |cùng )?(?:phấn đấu|mục tiêu|chỉ tiêu|đặt (?:ra )?mục tiêu)\b")
_BY = re.compile(
    r"(?:(?:đến|tới|trong|vào|giai đoạn)?(?: hết| cuối)?,? ?(?:năm )?20\d\d\b(?: ?[-–] ?20\d\d)?)"
    r"(?:,? [^\W\d]+){0,5}?,?"
    r" (?:(?:đón|đạt|có|tăng|nâng|giảm|thu|thu hút|tạo|phục vụ|chiếm|doanh thu|lượng khách)\b|\d[\d.,]*%)"
)
_FIGURE = re.compile(r"\d")
_NO_FIGURE = re.compile(r"\b(?:năm|giai đoạn|quý|tháng)? ?[\dIVX/]*\b20\d\d\b|\b\d+[-/][\w/-]*[a-zđ]{2}[\w-]*")


def is_target(text: str, after: int, theme: Theme | None) -> bool:
    """Return whether a clause sets something to be reached in a year after this one.

    What it strives for without saying when is a target where it is about no task else.
    """
    low = nfc(text).lower()
    if not _FIGURE.search(_NO_FIGURE.sub("", low)):
        return False
    later = max(years_in(low), default=after) > after
    if _AIMS.match(low):
        return later or theme is None
    return later and _BY.match(low) is not None
