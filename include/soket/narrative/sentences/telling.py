"""What a sentence is good for by itself: whether it tells a result, only introduces, or says nothing without others."""

from __future__ import annotations

import re

from soket.narrative.sentences.pieces import ADDING, BEHIND, GOING_ON, OVER_ALL

_GOES_ON = re.compile(rf"\W*(?:{GOING_ON}|trên cơ sở (?:đó|này))\b")
_AMISS = re.compile(
    r"\b(?:chưa|không|chẳng|thiếu|còn|vẫn|chậm|muộn|khó|yếu|kém|thấp|hạn chế|hạn hẹp|bất cập|vướng|xuống cấp|cũ|hỏng"
    r"|quá tải|mất|thiệt hại|sạt|cô lập|chồng chéo|trùng lặp|lúng túng|bị động|hình thức|manh mún|nhỏ lẻ|nợ|tái nghèo"
    r"|bỏ học|dừng|ngừng|giảm|ảnh hưởng|tác động|buộc phải|ô nhiễm|vi phạm|lấn chiếm|trông chờ|ỷ lại|khoán trắng|kiêm"
    r"|bấp bênh|gián đoạn|nhiều đầu mối|mới (?:chỉ|có|đạt|được|bằng|đáp ứng)|chỉ (?:có|đạt|được|bằng|đáp ứng))\b"
)
_WANTING = re.compile(
    r"\b(?:chưa|thiếu|chậm|mới|còn|hụt|yếu|kém|thấp|hạn chế|xuống cấp|quá hạn"
    r"|không (?:đủ|được|kịp|đạt|đáp ứng|bảo đảm|đảm bảo|thực hiện|triển khai|hiệu quả|đồng bộ))\b"
)
_ASKING = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất|xin(?! cảm ơn)|mong|nhờ|cần|sớm|cho phép|có cơ chế|có chính sách)\b"
)
_LINKED = re.compile(rf"\W*(?:{OVER_ALL}|{ADDING}|trước đó|sau đó|từ đó|tính riêng|về phía)\b")
_ASIDE = re.compile(r"\W*\([^()]*\)\W*")
_RESULT = re.compile(
    r"\b(?:đã|đạt|hoàn thành|vượt|tăng|giảm|nâng|từ [\d.,%]+[^;]*? (?:lên|xuống|còn)|cứng hóa|kiên cố|xây mới|xây dựng"
    r"|ban hành|thành lập|kiện toàn|tổ chức|huy động|giải quyết|tiếp nhận|xử lý|trồng|mở|thu hút|đón|kết nạp"
    r"|tạo việc|hỗ trợ|giải ngân|duy trì|công nhận|rút (?:ngắn|từ)|chi trả|làm (?:được|xong))\b"
    r"|\b(?:cấp|được) \d"
)
_BEHIND = re.compile(rf"\b{BEHIND}\b")
_SPOKEN = re.compile(r"\btôi\b|\b(?:dân|bà con|anh em|chị em|nhà|xã|huyện|quê) mình\b|\bcó cái\b")
_LISTED = re.compile(r"[;:,.] \((?:[2-9]|1\d)\) ")
_CAUSE_ALONE = re.compile(r"\W*(?:do|vì|bởi|tại)(?: [\w/-]+){1,5}\W*$")
_ONLY_NAMED = re.compile(r"\W*(?:(?:do|vì|bởi) )?(?:sự )?(?:ảnh hưởng|tác động|hậu quả)(?: [\w/-]+){1,8}\W*$")
_ASKS_FOR_NO_THING = re.compile(
    r"\W*(?:kính )?(?:đề nghị|kiến nghị|xin|mong)\b[^;:]{0,80}\b(?:quan tâm|xem xét|giúp đỡ|tạo điều kiện)"
    r"(?: hơn(?: nữa)?)?\W*$"
)
_BODY = (
    r"(?:huyện|thị xã|thành phố|quận|tỉnh|xã|phường|thị trấn|địa bàn|sở|ngành|đảng bộ|đơn vị|cơ quan|cục|chi cục|hội"
    r"|trường|trung tâm|ban)"
)
_INTRODUCES = re.compile(
    rf"\W*(?:hiện nay,? |hiện )?{_BODY}(?: [^,;:]{{1,40}}?)? (?:là (?:một )?(?:{_BODY}|vùng|nơi|địa phương)\b"
    r"|nằm\b|cách\b|tiếp giáp\b|có (?:vị trí|diện tích|dân số|đường biên|địa hình)\b"
    r"|(?:có|gồm) \d+ (?:xã|phường|thị trấn|thôn|bản|xóm|khu phố|dân tộc|hộ|khẩu|phòng|đội|đơn vị|chi bộ|công chức)"
    r"(?:[,;]| và\b))"
)

_FAVOUR = re.compile(r"\W*(?:được|nhờ) sự (?:quan tâm|lãnh đạo|chỉ đạo|giúp đỡ|ủng hộ|đồng thuận)\b")


def tells_lack(text: str) -> bool:
    """Whether a sentence has a word of what is wanting or amiss."""
    return _AMISS.search(text.lower()) is not None


def is_wanting(text: str) -> bool:
    """Whether a sentence says that something is wanting, and not only that something is not there."""
    return _WANTING.search(text.lower()) is not None


def asks(text: str) -> bool:
    """Whether a sentence has a word of asking for something."""
    return _ASKING.search(text.lower()) is not None


def goes_on(text: str) -> bool:
    """Whether a sentence only goes on with the one before it, and stands nowhere by itself: "Trong đó, …", "(…)"."""
    return _GOES_ON.match(text.lower()) is not None or _ASIDE.fullmatch(text) is not None


def is_linked(text: str) -> bool:
    """Whether a sentence begins with what links it to the one before: "Bên cạnh đó, …"."""
    return _LINKED.match(text.lower()) is not None


def is_fragment(text: str) -> bool:
    """Whether a text is cut out of a sentence or a list, or names no thing: "Do thiếu vốn.", "Xin tỉnh quan tâm."."""
    low = text.lower()
    return _LISTED.search(text) is not None or any(
        each.match(low) for each in (_CAUSE_ALONE, _ONLY_NAMED, _ASKS_FOR_NO_THING)
    )


def is_spoken(text: str) -> bool:
    """Whether a sentence is said as one speaks, and not as a paper of the whole would have it: "xã tôi đã yên ấm"."""
    return _SPOKEN.search(text.lower()) is not None


def tells_result(text: str) -> bool:
    """Whether a sentence has a verb of what was done or reached, and falls not behind others with it."""
    low = text.lower()
    return _RESULT.search(low) is not None and not _BEHIND.search(low)


def introduces(text: str) -> bool:
    """Whether a sentence tells nothing that was done: what a body or its area is, by whose favour things go well."""
    low = text.lower()
    if _FAVOUR.match(low):
        return not any(map(str.isdigit, text))
    return _INTRODUCES.match(low) is not None and _RESULT.search(low) is None
