"""What a sentence says is still to come, planned or asked for, an aim that somebody has set, or what ought to be."""

from __future__ import annotations

import re

from soket.narrative.names.times import years_in
from soket.narrative.sentences.pieces import ADDING, ASKING, TURNING

_AHEAD = re.compile(
    r"\b(?:dự kiến(?<!vượt dự kiến)(?<!so với dự kiến)(?<!hơn dự kiến)(?<!như dự kiến)(?<!mức dự kiến)|sẽ|sắp tới"
    r"|tới đây|thời gian tới|năm tới|phấn đấu"
    r"|đang (?:lập|xây dựng|hoàn thiện|hoàn tất|trình|xin|chuẩn bị|nghiên cứu|khảo sát|đề xuất)(?: \w+)? "
    r"(?:hồ sơ|đề án|dự án|quy hoạch|kế hoạch|phương án|chủ trương|thủ tục))\b"
)
# One of which is in whatever the pattern finds: most pieces have none.
_AHEAD_WORDS = ("dự kiến", "sẽ", "tới", "phấn đấu", "đang ")
_ASKS = re.compile(
    rf"^[\W\d]*(?:{ASKING}|rất mong)\b(?! (?:biểu dương|khen|tặng|cấp trên (?:khen|tặng)"
    r"|công nhận|xếp hạng))"
)
_SAID = re.compile(r"\bdự kiến(?: cả)? năm (\d{4})")
# "Giai đoạn 2026 - 2030, giảm …", "Đến năm 2030 có …": of years after those that the reports are of.
_COMING = re.compile(
    r"[\W\d]*(?:(?:trong|đến|vào|từ|bước sang) )?(?:cuối |đầu )?(?:giai đoạn|thời kỳ|nhiệm kỳ|(?:những |các )?năm)"
    r" (?P<first>20\d\d)(?:\s?[-–]\s?(?P<last>20\d\d))?"
)
_DONE = re.compile(r"\b(?:đã|được (?:phê duyệt|ban hành|duyệt)|ban hành|phê duyệt)\b")
# What others ask is nothing that was done, and no failing: "Đoàn kiểm tra đề nghị Đảng ủy xã sớm …". Nor is a lesson.
_OTHERS_ASK = re.compile(
    r"[\W\d]*(?:đoàn (?:kiểm tra|giám sát|thanh tra|công tác)|sở|bộ|ủy ban|ubnd|hđnd|ban|cục|cử tri|người dân)\b"
    r"(?:(?!\b(?:đã|được|có|chưa|không|còn|về|theo|các|nên)\b)[^,;:]){0,60}? (?:đề|kiến) nghị\b(?! (?:của|trên|này)\b)"
    r"|[\W\d]*(?:kinh nghiệm|bài học)(?: \w+){0,4}? (?:cho thấy|rút ra|là phải|là cần)\b"
)
_AT_ONCE = re.compile(r"^[\W\d]*(?:trong )?(?:thời gian tới|sắp tới|tới đây|(?:những )?năm tới)\b")

# Told under failings, a deed with its day is a task: "Hoàn thành 04 tuyến còn lại trước ngày 15/4."
_TASK = re.compile(
    r"[\W\d]*(?:(?:tập trung|tiếp tục|khẩn trương|phấn đấu) )*(?:hoàn thành|triển khai|xây dựng|rà soát|bố trí"
    r"|thực hiện|tổ chức|khắc phục|sửa chữa|nâng cấp)\b[^;]*\b(?:trước|xong trong|chậm nhất) (?:ngày|tháng|quý|năm|\d)"
)
_ORDERS = re.compile(
    r"[\W\d]*(?:yêu cầu|giao|chỉ đạo|đề nghị|đôn đốc) (?:các|đảng ủy|chi bộ|ubnd|ủy ban|sở|phòng|ban|ngành|đơn vị)\b"
)
_IF = re.compile(r"[^;]*\bnếu (?:được|có|bố trí đủ)\b[^;]*$")
_NO_TASK = re.compile(r"\b(?:chưa|không|chậm(?! nhất)|thiếu|khó|mới|đã|vẫn|còn(?! lại))\b")

_LESSON = re.compile(
    r"[\W\d]*(?:(?:những|các|một số|từ đó|qua đó),? )*(?:bài học|kinh nghiệm|qua thực tiễn)"
    r"(?: (?:kinh nghiệm|lớn nhất|đầu tiên|quan trọng nhất|quý|sâu sắc|rút ra|trên))*(?:,|:| là\b| cho thấy\b)"
)
_NORM = re.compile(
    r"\b(?:phải|cần)(?: luôn| thường xuyên| thực sự| thật sự| biết)* (?:lấy|dựa|gắn|coi|xác định|phát huy"
    r"|nêu cao|kiên trì|tôn trọng|bám sát|sâu sát|xuất phát từ|bắt đầu từ|đi trước|đi đôi)\b"
    r"|^[\W\d]*(?:cần |nhất thiết )?phải (?:có\b[^;]*\bthì\b[^;]*\bmới\b)|\b(?:đừng|chớ) (?!chân)"
)
_LACKING = re.compile(r"\b(?:chưa|thiếu|chậm|khó khăn|yếu|hạn chế|xuống cấp|quá tải|không (?:có|đủ|được|kịp))\b")

_AIM_WORDS = ("mục tiêu", "chỉ tiêu", "kế hoạch", "phấn đấu")
_LEAD = (
    rf"[\W\d]*(?:(?:{TURNING}|{ADDING}|trong đó|riêng|theo [^,;:]{{0,40}}),? )*"
    r"(?:(?:đến|tới|trong|vào|cho|của|từ|hết|cuối|đầu|mỗi|hằng|hàng|cả|năm|quý|tháng|ngày|giai đoạn|thời kỳ"
    r"|nhiệm kỳ|[ivx]+|[\d/.–-]+)\b[ ,/–-]*)*"
)
# "Mục tiêu của năm là 80% hồ sơ …", "Chỉ tiêu tỉnh giao là 08 xã", "Kế hoạch năm sau: làm 40 km đường".
_AIM_IS = re.compile(
    rf"{_LEAD}(?:(?P<aim>mục tiêu|kế hoạch(?! số\b))|chỉ tiêu)(?P<of>[^;:]{{0,90}}?)"
    r"(?:\blà\b(?! (?:điểm|một|kết quả|cơ sở|động lực|căn cứ|văn bản)\b)|(?P<colon>:))"
)
_SET = re.compile(r"\b(?:giao|đề ra|đặt ra|phấn đấu|nghị quyết|đại hội|đề án|năm \d{4}|quý|tháng)\b")
_SETS = re.compile(r"\b(?:đặt|đề|xác định)(?: ra)? (?:mục tiêu|chỉ tiêu)\b")
_STRIVES = re.compile(
    r"(?<!nỗ lực )(?<!tích cực )(?<!không ngừng )(?<!luôn )(?<!đã )(?<!tinh thần )(?<!ý chí )(?<!quá trình )"
    r"(?<!thi đua )(?<!gương )\bphấn đấu\b(?=.*\d)"
)
_DID = re.compile(
    r"\b(?:đã|được|đạt|có|tăng|giảm|hoàn thành|ban hành|xây dựng|tổ chức|thực hiện|mở|kết nạp|huy động|xây|vượt)\b"
)
# What was reached of an aim, told in the same breath.
_REACHED = re.compile(r"\b(?:đã|đến nay|hiện nay|nay|kết quả|thực tế|thực hiện (?:được|đạt))\b")
_REACHED_NEXT = re.compile(r"[,;(–-] ?(?:\w+ ){0,2}?(?:đạt|vượt|hoàn thành|bằng|giải ngân|thực hiện)\b")


def ahead_from(piece: str, last: int | None) -> int | None:
    """Return where a piece goes on to what is still to come; None where it does not.

    What is expected of a year that the reports are of, up to `last`, is an estimate.
    """
    if _ASKS.match(piece) or _OTHERS_ASK.match(piece) or _is_coming(piece, last):
        return 0
    for match in _AHEAD.finditer(piece) if any(word in piece for word in _AHEAD_WORDS) else ():
        said = _SAID.match(piece, match.start())
        if said and last is not None and int(said[1]) <= last:
            continue
        return match.start()
    return None


def _is_coming(piece: str, last: int | None) -> bool:
    """Whether a piece is of years to come: of a span that ends after the `last` year and does not begin before it."""
    if last is None or not (coming := _COMING.match(piece)) or _DONE.search(piece):
        return False
    begins, ends = int(coming["first"]), int(coming["last"] or coming["first"])
    return ends > last and begins >= last


def begins_ahead(text: str) -> bool:
    """Whether a whole sentence is of what is still to come: "Trong thời gian tới, …", "Đề nghị …"."""
    return bool(_AT_ONCE.match(text) or _ASKS.match(text))


def is_task(text: str) -> bool:
    """Whether a sentence among failings says nothing but what others, or when given something, are to do by when."""
    if _ORDERS.match(text):
        return True
    return (_TASK.match(text) or _IF.match(text)) is not None and not _NO_TASK.search(text)


def sets_an_aim(told: str, last: int | None) -> bool:
    """Whether what a sentence goes on with only sets an aim, and tells not what was reached of it.

    An aim for a year after the `last` one that the reports are of is one, whatever stands after it.
    """
    if not any(word in told for word in _AIM_WORDS):
        return False
    if found := _AIM_IS.match(told):
        by_name = found["aim"] and not found["colon"]
        is_aim = by_name or (_SET.search(found["of"]) and (found["aim"] or not found["colon"]))
        later = last is not None and max(years_in(found["of"]), default=last) > last
        return bool(is_aim) and (later or not (_reached(told, found.end()) or _REACHED_NEXT.search(told, found.end())))
    for pattern in (_SETS, _STRIVES):
        if (aim := pattern.search(told)) and not _DID.search(told, 0, aim.start()):
            return not _reached(told, aim.end())
    return False


def _reached(told: str, start: int) -> bool:
    return _REACHED.search(told, start) is not None


def is_norm(low: str) -> bool:
    """Whether a sentence says what was learnt or ought to be: "Bài học là …", "Phải lấy dân làm gốc"."""
    return _LESSON.match(low) is not None or (_NORM.search(low) is not None and not _LACKING.search(low))
