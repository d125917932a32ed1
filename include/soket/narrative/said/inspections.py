"""What those above look into: that they did is no looking into things of the body that reports it.

All is read with its marks, in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_LOOK = r"(?:giám sát|kiểm tra|thanh tra|khảo sát|kiểm toán)"
_ABOVE = (
    r"(?P<above>(?:ban thường vụ |btv |thường trực |ban chấp hành đảng bộ )?tỉnh (?:ủy|uỷ)"
    r"|(?:(?:hđnd|hội đồng nhân dân|ubnd|[ủu][ỷy] ban nhân dân|thanh tra|mttq|mặt trận tổ quốc)(?: việt nam)?,? ?)+tỉnh"
    r"|(?:[ủu][ỷy] ban thường vụ )?quốc hội|chính phủ|thủ tướng|ban bí thư|bộ (?!phận|máy|môn)\w+(?: \w+)?|trung ương"
    r"|tổng cục|kiểm toán nhà nước|cấp trên)\b"
)
_TEAM = rf"\b(?:đoàn|tổ)(?: công tác| liên ngành)? {_LOOK}(?:,? \w+){{0,4}}? của (?:các )?{_ABOVE}"
_LOOKED = rf"{_ABOVE}[^,;]{{0,40}}? {_LOOK}\b"
_PAPER = rf"\b(?:báo cáo|kết luận|thông báo|biên bản|kiến nghị)(?: (?!của\b)[\w/.-]+){{0,5}}? {_LOOK}\b"
# Whoever takes part in it does it, too: "tham gia đoàn kiểm tra của …", "đoàn … do Sở chủ trì".
_WITH = re.compile(r"\b(?:tham gia|phối hợp|chủ trì|tham mưu|thành lập|cử)\b[^,;]{0,60}$")
_LED = re.compile(r"[^,;]{0,30}\b(?:chủ trì|trưởng đoàn|thường trực)\b")

_FOUND = (
    r"(?:(?:các|những|một số) )?(?:hạn chế|tồn tại|khuyết điểm|thiếu sót|vi phạm|kiến nghị|vấn đề|nội dung)\b"
    rf"[^,;]{{0,60}}? (?:nêu|chỉ ra|kết luận|kiến nghị|ghi) (?:tại|trong|ở|qua) {_PAPER}"
    rf"(?: (?!của\b|đã\b)[\w/.-]+){{0,6}} của {_ABOVE}"
)
_WHOLE = tuple(map(re.compile, (_TEAM, _LOOKED, _FOUND)))
_PARTS = (
    re.compile(rf"{_TEAM}[^,;]*"),
    re.compile(rf"{_PAPER}[^,;]{{0,40}}? của {_ABOVE}"),
    re.compile(rf"\b(?:được|chịu sự|phục vụ|đón|tiếp|làm việc với) (?:các )?{_LOOKED}[^,;]*"),
)


def inspects(piece: str, names: Collection[str]) -> bool:
    """Whether a piece begins with those above who look into things, or with what they found; `names` are the body's."""
    return any(not _is_own(found, names) for pattern in _WHOLE if (found := pattern.match(piece)))


def inspected(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where a text speaks by the way of those above who look into things, or of what they wrote of it."""
    for pattern in _PARTS:
        for found in pattern.finditer(text):
            if not (_is_own(found, names) or _WITH.search(text, 0, found.start())):
                yield found.span()


def _is_own(found: re.Match[str], names: Collection[str]) -> bool:
    """Whether it is the body's own, or led by it: "đoàn kiểm tra của UBND tỉnh do Sở chủ trì"."""
    above = found["above"]
    own = any(above in name or name in above for name in names)
    return own or _LED.match(found.string, found.end("above")) is not None
