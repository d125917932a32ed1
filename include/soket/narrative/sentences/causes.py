"""Causes: what a heading, a lead-in or a label says of them, and where a sentence itself tells why something is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from soket.narrative.sentences.marks import lead_of
from soket.narrative.sentences.pieces import ADDING, TURNING, label_of, pieces_of
from soket.text import flat, nfc

OUTSIDE, OWN, SOME = "khach quan", "chu quan", ""
"""Whose a cause of what is amiss is: nobody's here, the body's own, not said."""
OF_SUCCESS = "ket qua"
"""What is told is why things went well: no cause of what is amiss, and no result."""
NO_CAUSE = "ton tai"
"""What is told is what is amiss, in a report that tells of its causes elsewhere."""

Span = tuple[int, int]

_SIDE = r"(?P<side>khach quan|chu quan)"
OF_A_SIDE = re.compile(
    rf"(?:con |va )?(?:ve )?(?:nguyen nhan )?{_SIDE}"
    r"(?:\s*:\s*|(?: (?:chu yeu|truoc het))? (?:la|do|thuoc ve)\b(?: do\b)?:?\s*)"
)
"""What leads in a cause of a side, on folded text: "chủ quan là do …"."""

_OF_A_SIDE_ALONE = re.compile(rf"(?:\W|\d)*(?:ve )?(?:(?:mat|yeu to|nguyen nhan) )?{_SIDE}")
_WHY = re.compile(r"\bnguyen nhan\b|^(?:\W|nhung|cac|mot so)*(?:(?:tai|vi) sao|(?:do|nho) dau|ly do)\b")
_AMISS = (
    r"(?:ton tai|han che|khuyet diem|nhuoc diem|yeu kem|thieu sot|bat cap|(?:mat|diem) yeu"
    r"|(?:viec|mat|cai|diem) (?:con |van )*(?:chua|khong)(?: lam| dat)? duoc|chua (?:lam|dat) duoc"
    r"|chua duoc(?=\W*(?:va|nguyen nhan|$)))"
)
_WELL = (
    r"(?:ket qua|thanh cong|thanh tuu|thanh tich|uu diem|tien bo|(?:mat|diem) (?:manh|tich cuc|duoc)|(?:lam|dat) duoc)"
)
# One of which is in whatever says that causes follow.
_ANY_CAUSE = ("nguyen nhan", "quan", "sao", "dau", "ly do", "nho", "la ", "do ", "boi")
# What is hard may be hard for reasons: it is said to be no cause by these words alone.
_LIMITS, _NOT, _SUCCESS = (re.compile(rf"\b{each}\b") for each in (_AMISS, r"(?:chua|khong|thap|kem)", _WELL))
_LACKS = re.compile(rf"\b(?:{_AMISS}|kho khan|vuong mac)\b")
_AND = r"\s*(?:[,;&/–-]|\bva\b)\s*(?:(?:cac|nhung|mot so|phan tich|chi ra) )?"
_BOTH = re.compile(rf"\b(?:{_AMISS}|kho khan|vuong mac|{_WELL})\b[^,;&/:–-]{{0,40}}?{_AND}nguyen nhan\b")
# With its marks, in small letters: "Sở dĩ đạt được những kết quả trên là do …", "Kết quả đó có được trước hết nhờ …".
_FRUIT = r"(?:kết quả|thành công|thành tựu|thành tích|ưu điểm|tiến bộ)"
_DUE = r"(?:\blà (?:do|nhờ|bởi|vì|(?:có )?sự)\b|\b(?:trước hết|chủ yếu|chính) do\b|\bnhờ\b|\bbởi\b)"
_THANKS = re.compile(
    r"[\W\d]*(?:sở dĩ )?(?:để )?(?:có|đạt|giành|thu)(?: được)? (?:(?:những|các|một số) )?"
    rf"{_FRUIT}\b[^;.\d]{{0,60}}?{_DUE}"
    rf"|[\W\d]*(?:(?:những|các|có) )*{_FRUIT}\b[^;.\d]{{0,40}}?\b(?:có|đạt|giành) được\b[^;.\d]{{0,40}}?{_DUE}"
    rf"|[\W\d]*(?:(?:một trong|những|các) )*(?:nguyên nhân|lý do)\b(?:(?!\b(?:là|do)\b)[^;.:\d]){{0,40}}?\b"
    rf"(?:{_FRUIT}|(?:làm|đạt) được)\b[^;.:\d]{{0,60}}?(?:\blà\b|\bdo\b|:)"
)
# "Sự chỉ đạo sâu sát của cấp trên, sự phối hợp của các ngành.", of which nothing is wanting.
_PRAISES = re.compile(
    r"[\W\d]*(?:(?:có|được|do có) )?(?:nhờ |sự )(?=.*\b(?:đoàn kết|đồng thuận|nỗ lực|ủng hộ|giúp đỡ|quan tâm|vào cuộc"
    r"|sâu sát|sát sao|kịp thời|quyết liệt|chặt chẽ|tích cực|đồng bộ|thống nhất|hưởng ứng)\b)"
)
# On folded text, a few words and a stop: no heading, nothing that leads in, no word that there is nothing.
_NAMED_ALONE = re.compile(r"(?!(?:ve|doi voi|khong|chua co|nhu tren|tu|den|trong|nam) )[^\W\d]+(?: [^\W\d]+){0,2}[.;]")
_FAILS = re.compile(r"\b(?:chưa|không|thấp|kém|chậm|hạn chế|tồn tại|khuyết điểm|yếu|khó khăn)\b")

# All below is read with its marks, in small letters: "do" is no "độ", "vì" no "vị".
_BECAUSE = re.compile(
    r"\b(?:(?<!tự )(?<!lý )do(?! (?:đó|vậy|thế)\b)|vì(?! (?:vậy|thế|sự nghiệp|lợi ích)\b)|bởi(?! (?:vậy|thế)\b)"
    r"|lý do|nguyên nhân|xuất phát từ|bắt nguồn từ|(?:ảnh hưởng|tác động)(?! (?:đến|tới|không|xấu đến|lớn đến)\b))\b"
)
# What comes before these is what they are due to.
_THEREFORE = re.compile(
    r"\b(?:nên|do (?:đó|vậy)|vì (?:vậy|thế)|bởi (?:vậy|thế)|dẫn (?:đến|tới)|khiến|làm (?:cho|giảm|mất|chậm|hư|gián đoạn"
    r"|đình trệ|ngưng|đảo lộn|ảnh hưởng)|gây|kéo theo|buộc|(?:ảnh hưởng|tác động)(?: \w+)? (?:đến|tới))\b"
)
_AMISS_HERE = re.compile(
    r"\b(?:chưa|không|còn|thiếu|yếu|chậm|khó|hạn chế|bất cập|vướng|kém|ít|thấp|dừng|hoãn|hủy|ngừng|ngưng|giảm|mất"
    r"|đóng cửa|đình trệ|gián đoạn|kéo dài|gặp|xuống cấp|dở)\b"
)
_NOT_EVERYWHERE = re.compile(
    r"\b(?:có (?:lúc|nơi|thời điểm|việc)|một số nơi|mờ nhạt|lơ là|hình thức|rời rạc|lỏng lẻo|bị động|lúng túng|nặng"
    r"|coi nhẹ|buông lỏng|né tránh)\b"
)
_OPENERS = re.compile(
    rf"[\W\d]*(?:(?:{TURNING}|{ADDING}|về (?:khách|chủ) quan|khách quan|chủ quan|hiện nay|đến nay|nhìn chung|thực tế"
    r"|một số|một bộ phận|nhiều|các|những|vài|sự|trong|giai đoạn|năm|từ|đến|còn|rất|thiếu|chưa có|không có"
    r"|chưa bố trí được|khó khăn (?:về|do)|hạn chế về)\b[ ,:\d/–-]*)*"
)
_WORK = re.compile(r"(?:việc|công tác|hoạt động|tiến độ|kết quả|chất lượng|hiệu quả)\b")
_POORLY = re.compile(r"\b(?:chưa|không|còn|chậm|thiếu|yếu|hạn chế)\b")
_PREDICATE = re.compile(
    r"\b(?:chưa|không|còn|có|đã|đang|mới|vẫn|bị|được|là|gặp|đạt|thiếu|chỉ|quá|diễn biến|xảy ra|bùng phát|kéo dài"
    r"|do|vì|bởi|tại|ở|trong|thuộc|bằng)\b|,"
)
_FIRST_OF_A_WORK = 3  # words of what its work is called, in which a cause of its own is


@lru_cache(maxsize=4096)
def cause_in(heading: str) -> str | None:
    """Return what causes a heading or a lead-in says that follow: whose, or of success; None for none."""
    plain = flat(heading).strip()
    if not any(word in plain for word in _ANY_CAUSE):
        return None
    if _OF_A_SIDE_ALONE.fullmatch(plain.rstrip(" .:;")):
        return side_in(plain)
    if of_success(heading):
        return OF_SUCCESS
    why = _WHY.search(plain)
    if why is None or _BOTH.search(plain):
        return None
    lack, well = _LACKS.search(plain), _SUCCESS.search(plain)
    if well and not _NOT.search(plain) and (lack is None or well.start() < lack.start()):
        return None if lack else OF_SUCCESS  # of both
    return side_in(plain)


def told_under(heading: str) -> str | None:
    """Return what a heading or a lead-in says that follows: causes, or only what is amiss; None where neither."""
    cause = cause_in(heading)
    if cause is not None:
        return cause
    plain = flat(heading)
    return NO_CAUSE if _LIMITS.search(plain) and "nguyen nhan" not in plain else None


class CausesTold:
    """What a report's lines say of causes as they go on: its heading over them, those below it, lead-ins, labels."""

    def __init__(self, heading: str) -> None:
        self._over = self._now = told_under(heading[len(lead_of(heading)) :])
        self._depth: int | None = None
        self._here: str | None = None

    def go_on(self, line: str, depth: int | None) -> None:
        """Take in a line that is over others, its number as deep as `depth`: it ends what as deep a one says."""
        told, plain = told_under(line), flat(line)
        below = depth is None or (self._depth is not None and depth > self._depth)
        if self._now == OF_SUCCESS and told in (OUTSIDE, OWN) and below and not _LACKS.search(plain):
            return  # a side of why things went well
        if told is not None or _WHY.search(plain):
            self._now, self._depth = told, depth
        elif not line.endswith(".") and (self._depth is None or not below):
            self._now, self._depth = self._over, None

    def of(self, sentence: str, *, first: bool = True) -> str | None:
        """Return what is said of a sentence below: "Tồn tại: …" says it of itself, "Nguyên nhân: …" of all its line.

        `first`: its line begins with it.
        """
        label, _ = label_of(sentence)
        told = told_under(label) if label else None
        self._here = told if told is not None or first else self._here
        return NO_CAUSE if told == NO_CAUSE else self._here if is_cause(self._here) and told is None else self._now


def is_cause(cause: str | None) -> bool:
    """Whether it is said to be a cause of what is amiss."""
    return cause in (OUTSIDE, OWN, SOME)


def names_cause(text: str, cause: str | None) -> bool:
    """Whether what is too short to be a statement by itself is all that is told of a cause there: "Phong tục."."""
    if not is_cause(cause) or not text.endswith((".", ";")) or ":" in text or told_under(text) is not None:
        return False
    plain = flat(text)
    return _NAMED_ALONE.fullmatch(plain) is not None and not _OF_A_SIDE_ALONE.fullmatch(plain.rstrip(" .;"))


def of_success(text: str) -> bool:
    """Whether a text tells why things went well: "Đạt được kết quả trên là nhờ …", "Nguyên nhân của kết quả: …"."""
    thanks = _THANKS.match(nfc(text).lower())
    return thanks is not None and not _FAILS.search(thanks[0])


def praises(text: str) -> bool:
    """Whether a text names only what helped, and nothing that is wanting: what a heading of failings has no use for."""
    low = nfc(text).lower()
    return _PRAISES.match(low) is not None and not (_AMISS_HERE.search(low) or _NOT_EVERYWHERE.search(low))


def side_in(label: str) -> str:
    """Return the side that a folded label names."""
    sides = [each for each in (OUTSIDE, OWN) if each in label]
    return sides[0] if len(sides) == 1 else SOME


def told_why(low: str) -> Iterator[Span]:
    """Yield where a sentence in small letters says why: "… do thiếu vốn", "Mưa kéo dài khiến …"."""
    for piece in pieces_of(low):
        said = piece.of(low)
        for because in _BECAUSE.finditer(said):
            if not _is_by_whom(said, because):
                yield piece.start + because.start(), piece.end
        start = _begins(said)
        for therefore in _THEREFORE.finditer(said, start):
            if not (_WORK.match(said, start) and _POORLY.search(said, start, therefore.start())):
                yield piece.start + start, piece.start + therefore.start()


def named_first(low: str, *, own: bool) -> Iterator[Span]:
    """Yield where a sentence in small letters names what it is about, by which it may tell a cause: "Kinh phí còn ít".

    `own`: a cause of its own may be a work: "Công tác phối hợp chưa chặt chẽ"; nothing else is by being dealt with.
    """
    for piece in pieces_of(low):
        said = piece.of(low)
        start = _begins(said)
        predicate = _PREDICATE.search(said, start)
        end = predicate.start() + 1 if predicate else len(said)
        if work := _WORK.match(said, start):
            words = [each.end() for each in re.finditer(r"[\w-]+", said[work.end() :])][:_FIRST_OF_A_WORK]
            end = min(end, work.end() + words[-1]) if own and words else start
        yield piece.start + start, piece.start + end


def _begins(said: str) -> int:
    opener = _OPENERS.match(said)
    return opener.end() if opener else 0


def _is_by_whom(said: str, because: re.Match[str]) -> bool:
    """Whether "do" tells who does what is amiss, and not why: "dự án do ngân sách đầu tư còn chậm"."""
    if because[0] != "do" or not said[: because.start()].strip(" ;") or _AMISS_HERE.search(said, 0, because.start()):
        return False
    if said[: because.start()].rstrip().endswith(","):
        return False
    rest = re.split(r",(?!\d)|\bnên\b", said[because.end() :], maxsplit=1)
    return len(rest) == 1 and _AMISS_HERE.search(rest[0]) is not None
