"""What stands among recommendations and recommends nothing: closing words, targets and tasks of the body's own, what
was granted or asked before, what those below are told to do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from soket.narrative.sentences.pieces import REQUESTS
from soket.text import nfc

_ASKING = rf"(?:{REQUESTS}|mong|xin|nhờ)"
_ASKS = re.compile(rf"\b{_ASKING}\b|\bcần (?:được|có|sớm)\b|\bcho phép\b")
_ASKS_FIRST = re.compile(
    rf"[\W\d]*(?:(?:kính|rất|trân trọng|tiếp tục|cũng) )*{_ASKING}\b"
    r"(?! (?:của|nêu|tại|năm|trên|này|đã|về [^,;:]*\bđã)\b)"
)
_BEGINNING = 80  # letters
# "Trên đây là báo cáo …", "… báo cáo, kính trình … xem xét, chỉ đạo", "… giải quyết các kiến nghị trên".
_CONSIDER = r"(?:xem xét|giải quyết|tổng hợp|chỉ đạo|báo cáo|theo dõi|cho ý kiến|quyết định|được biết|theo quy định)"
_REPORTS = re.compile(
    r"[^;:]{0,80}?\b(?:(?<!tại )(?<!trong )(?<!theo )báo cáo|kính trình|trân trọng|xin trình)\b[^;:]{0,80}?"
    rf" {_CONSIDER}(?:(?:,| và|,? để|,? cho)? {_CONSIDER})*\W*$"
)
_CLOSES = re.compile(
    r"[\W\d]*trên đây là\b|[^;:]{0,60}\bxin (?:trân trọng |chân thành )?(?:cảm|cám) ơn\W*$"
    rf"|[^;:]{{0,120}}\b(?:xem xét|giải quyết|quan tâm)\b[^;:]{{0,30}}\b(?:{REQUESTS}|nội dung|vấn đề)"
    r"(?: nêu)? trên\W*$"
)
_NONE = re.compile(
    rf"[^,;:]{{0,60}}?\b(?:không|chưa) có (?:\w+ ){{0,2}}?(?:{REQUESTS})\b(?!.*\b(?:ngoài|nhưng|song|chỉ)\b)"
)
_NOT_GRANTED = re.compile(r"\b(?:chưa|vẫn)\b|\b(?:nhưng|song|tuy nhiên)\b")
_GRANTED = re.compile(
    rf"[\W\d]*(?:các |những |một số |hầu hết )*(?:nội dung |ý kiến )?(?:{REQUESTS})\b[^;:]*?"
    r"\bđã (?:được )?(?:[\w/]+ ){0,6}?(?:giải quyết|trả lời|xem xét|chấp thuận|đáp ứng|tháo gỡ|thực hiện|bố trí"
    r"|phê duyệt|tiếp thu|xử lý)\b"
)
# At the end of what was asked: "… (đã ban hành Nghị quyết số 12)", "…: tỉnh đã cho".
_SETTLED = re.compile(
    r"[(,;:–-] ?(?:(?:(?:đến |hiện )?nay|(?:nội dung|việc|kiến nghị) này|(?P<who>tỉnh|trung ương|tw|cấp trên)) ?,? ?)*"
    r"đã (?:được )?(?P<done>[^\W\d]+(?: [^\W\d]+)?)[^;:]*$"
)
_GIVEN = re.compile(
    r"(?:giải quyết|trả lời|đáp ứng|chấp thuận|tháo gỡ)\b"
    r"|(?:cho|cấp|có)(?= ?(?:[,.;)]|(?:theo|tại|rồi|thông tư|nghị (?:định|quyết)|quyết định|quy định|hướng dẫn)\b|$))"
)
_IN_PART = re.compile(
    r"\b(?:chủ trương|nguyên tắc|một phần|bước đầu|chưa|vẫn|nhưng|song|tuy nhiên|mới chỉ|còn)\b|\d ?(?:tỷ|triệu|%|đồng)"
)
_ASKED_BEFORE = re.compile(
    r"\b(?:đã|từng)(?: từng)?(?: nhiều lần| có văn bản| có tờ trình| có công văn| gửi văn bản)*"
    rf" (?:{REQUESTS})\b"
)
_AIMS = re.compile(
    r"[\W\d]*(?:(?:giai đoạn|đến|trong|tới|năm) [^,;:]{1,30},? )?"
    r"(?:(?:tiếp tục|cùng|quyết tâm|nỗ lực) )*(?:phấn đấu|giữ vững"
    r"|(?:mục tiêu|chỉ tiêu)(?! quốc gia)|duy trì(?! (?:các |những )?(?:chính sách|cơ chế|chế độ|mức|nguồn))"
    r"|hoàn thành(?= [^;]*(?:\d%|\d/\d|\b(?:tiêu chí|chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)\b)))\b"
    r"|[^;:]{0,60}\bđặt (?:ra )?(?:mục tiêu|chỉ tiêu)\b"
    r"|[\W\d]*(?:phấn đấu )?(?:đến |tới |hết )*năm 20\d\d\b[^;:]{0,40}?\b(?:có|đạt|còn|là|giảm|tăng|nâng)\b"
    r"|[\W\d]*(?:xây dựng|đưa|có) \d[^;:]{0,30}\bđạt\b[^;:]*\b20\d\d\b"
)
_WILL = r"(?:sẽ|tiếp tục|tập trung|phấn đấu|cam kết|quyết tâm|cố gắng|đặt mục tiêu|xác định|chủ động|nỗ lực)"
_BODY = (
    r"[\W\d]*(?:(?:các cấp|toàn) \w+|đảng bộ|đảng ủy|cấp ủy|ban|sở|huyện|thị xã|thành phố|xã|phường|ngành|đơn vị"
    r"|địa phương|hội|chi cục|cục|trường|chúng tôi"
)
_SELF = re.compile(rf"{_BODY})(?: tôi| ta| này)? {_WILL}\b")
# Nobody is asked to promise or to aim: whoever does, it is told of them.
_PLEDGES = re.compile(rf"{_BODY}|tỉnh|bộ)(?: [^\W\d]+){{0,4}}? (?:cam kết|phấn đấu)\b")
_PEOPLE = r"(?:phụ huynh|người dân|nhân dân|cử tri|bà con|dư luận|doanh nghiệp|hộ \w+|hội viên|du khách|khách|học sinh)"
_OTHERS_ASK = re.compile(rf"[^;:]{{0,60}}?\b{_PEOPLE}(?: \w+){{0,3}}? {_ASKING}\b")
_ORDERS = re.compile(r"[\W\d]*(?:giao|yêu cầu) (?:các |cho )*(?:phòng|ban|đơn vị|chi bộ|xã|phường|thôn|cơ quan)\b")
_BY_A_DAY = re.compile(r"\b(?:trước|đến hết|chậm nhất|trong|xong) (?:vào )?ngày \d")


_TO_WHOM = re.compile(r"[\W\d]*(?:cho phép\b|(?:đối )?với [^:;]{2,80}:)")
_WILL_FIRST = re.compile(rf"[\W\d]*{_WILL}\b")


def asks_at_once(low: str) -> bool:
    """Whether a sentence in small letters begins with what it asks, or with whom: "Đối với tỉnh: …"."""
    return (_ASKS_FIRST.match(low) or _TO_WHOM.match(low)) is not None


def will_do(low: str) -> bool:
    """Whether a sentence in small letters begins with what somebody means to do: "Tiếp tục …", "Giao các phòng …"."""
    return any(each.match(low) for each in (_WILL_FIRST, _SELF, _AIMS, _ORDERS))


class WhoIsAsked(NamedTuple):
    """Who is asked: anybody, one who stands below who issues the plan, one who is the body's own."""

    anybody: bool = False
    below: bool = False
    its_own: bool = False


def begins_to_ask(text: str) -> bool:
    """Return whether a sentence, wherever it stands, asks somebody for something with its first words."""
    low = nfc(text[:_BEGINNING]).lower()
    return _ASKS_FIRST.match(low) is not None and not low.startswith("nhờ ")  # it may thank


def requests_nothing(text: str, names: frozenset[str], asked: WhoIsAsked) -> bool:
    """Return whether a sentence among recommendations recommends nothing; `names` are the body's in small letters."""
    low = nfc(text).lower()
    if _CLOSES.match(low) or _NONE.match(low) or (asked.below and _BY_A_DAY.search(low)):
        return True
    if asked.its_own and not _ASKS.search(low):
        return True
    granted = _GRANTED.match(low) is not None and not _ASKS_FIRST.match(low)
    if (granted or _ASKED_BEFORE.search(low)) and not _NOT_GRANTED.search(low):
        return True
    if _is_settled(low) or (not asked.anybody and _OTHERS_ASK.match(low)):
        return True
    if _ASKS_FIRST.match(low):
        return False
    if _REPORTS.match(low) and (asked.its_own or not asked.anybody):
        return True
    if _ASKS.search(low):
        return False
    if _PLEDGES.match(low):
        return True
    own = any(low.lstrip(" -+*").startswith(f"{name} ") for name in names)
    return (
        bool(_SELF.match(low))
        or (own and re.search(rf"\b{_WILL}\b", low) is not None)
        or (not asked.anybody and (_AIMS.match(low) or _ORDERS.match(low)) is not None)
    )


def _is_settled(low: str) -> bool:
    """Whether what is asked is told as done: granted, or what was asked for is what was done."""
    found = _SETTLED.search(low)
    if found is None or _IN_PART.search(low, found.start()):
        return False
    if _GIVEN.match(low, found.start("done")):
        return True
    return not found["who"] and re.search(rf"\b{found['done']}\b", low[: found.start()]) is not None
