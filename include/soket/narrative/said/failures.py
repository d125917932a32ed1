"""What went wrong, as notes and tables tell it, without a word of lacking: "6 công trình, hỏng 2", "365 tỷ - dừng".

All is read with its marks, in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

POOR = (
    "hạn chế|chậm|thấp|yếu|ít|thiếu|khó khăn|bất cập|lúng túng|tồn tại|hình thức|nhỏ lẻ|nhỏ bé|manh mún|đơn điệu"
    "|mỏng|kém|hẹp"
    "|hạn hẹp|nghèo|nghèo nàn|nặng|rời rạc|lỏng lẻo|dàn trải|bị động|tự phát|trông chờ|vướng mắc|vướng|khó"
    "|sơ sài|chung chung|qua loa|đại khái|chiếu lệ|hời hợt"
    "|kéo dài|cầm chừng|thụ động|né tránh|chồng chéo"
)
BAD = (
    "chậm|vi phạm|tai nạn|khiếu kiện|khiếu nại|ô nhiễm|chặt chém|chèo kéo|tồn tại|sai phạm|trường hợp|tình trạng"
    "|mất|cháy|vụ việc|người nghiện|ma túy|tệ nạn|tảo hôn|bỏ học|hộ nghèo"
    r"|vụ (?!việc)(?=\w+ (?:cháy|tai|vi|đuối|mất|khiếu))|ca (?:mắc|nhiễm|sốt|bệnh|tử vong|ngộ độc|biến chứng|lây)"
    "|lây nhiễm|tội phạm|điểm nóng|đuối nước"
    r"|thiệt hại|tụ điểm"
    "|đơn thư|thu hồi|ảnh hưởng|phát sinh|bỏ sót|xảy ra|người chết|tử vong|thiệt mạng"
    "|nợ đọng|nợ xấu|treo|vướng mắc|vướng|hiện tượng|ép giá|nhà tạm|dột nát|trắng|ùn tắc|quá tải|lấn chiếm"
)
BROKEN = (
    "hỏng|hư hại|bỏ không|bỏ trống|để không|bỏ dở|dở dang|dang dở|đắp chiếu|thất bại|phá sản|thua lỗ|nợ lương|ế ẩm"
    "|ế khách|vắng khách|tê liệt|nằm trên giấy|mất trắng"
)
_STOPPED = r"(?:dừng|ngừng|hoãn|hủy|đóng cửa)"
_OTHERS = r"(?:huyện|tỉnh|xã|phường|thành phố|thị xã|quận|bình quân|trung bình|mặt bằng|mức|cả nước|toàn|các)\b"
_PART = r"bằng (?:\d{1,2}(?:,\d+)?%|1/\d|một nửa)"
_HARM = r"(?:đuối|tai nạn|cháy|ngộ độc|ô nhiễm|xâm hại|bạo lực|tử vong|chết|chặt chém|mất (?:an|cắp|trộm))"
_HALTED = (
    rf"\b(?<!không )(?:phải|bị|buộc)(?: tạm)? {_STOPPED}\b|\b(?:tạm|đang|hiện|nay|năm \d{{4}}) đóng cửa\b"
    r"|(?<![\d/])\d+(?: \w+){1,3} (?:đã |tạm )?(?:đóng cửa|(?:ngừng|dừng|thôi) (?:dùng|hoạt động|sử dụng|vận hành))\b"
    r"|, (?:tạm )?(?:hoãn|dừng|hủy|ngừng) \d"
    rf"|(?:^|[-–:,;] )(?:đã |đang |tạm |nay )*{_STOPPED}"
    r"(?=[;.]|$|,? (?:nhà đầu tư|chủ đầu tư|do|vì|từ|đến|chưa|chờ)\b)"
)
_MODEST = (
    r"\b(?:kết quả|mức|số|quy mô|tỷ lệ|vốn|kinh phí|đầu tư|doanh thu|lượng|còn|rất|khá|quá)\b[^,;]{0,40}? "
    r"khiêm tốn\b"
)
_HAPPENED = (
    r"^[\W\d]*(?:trong |năm |giai đoạn |[\d–-]+,? )*(?:để )?(?:có|xảy ra|ghi nhận|phát sinh) \d[\d.]* "
    rf"(?:vụ|ca|trường hợp)(?: \w+){{0,3}}? {_HARM}\b(?![^;]*\b(?:giảm|được|đã)\b)"
)
_MORE_IS_BETTER = (
    r"(?:doanh (?:thu|số)|thu nhập|sản lượng|năng suất|(?:lượng|lượt) khách|sản phẩm|hội viên|đoàn viên|thành viên"
    r"|xuất khẩu|tổ (?:tự quản|công nghệ|hợp tác)|câu lạc bộ|mô hình|số lớp)"
)
_NO_REASON = r"(?![^;]*\b(?:vì|do|bởi)\b)"  # a fall may be told with what it is due to
# Each with words one of which is in whatever it finds: most pieces have none.
_FAILED = [
    (words.split("|"), re.compile(pattern))
    for words, pattern in (
        (BROKEN, rf"\b(?:{BROKEN})\b"),
        ("dừng|ngừng|hoãn|hủy|đóng cửa", _HALTED),
        ("xin ", r"\bxin (?:trả|rút|dừng|giãn|lùi|hoãn)\b(?! (?:nợ|thuế|tiền))"),
        ("bị thu hồi|bị đình chỉ|bị hủy bỏ", r"bị (?:thu hồi(?! đất)|đình chỉ|hủy bỏ)\b"),
        ("vẫn ", rf"vẫn (?!ít\b|mất\b)(?:còn |bị |để )*(?:ngập|bẩn|vắng|tồn đọng|{POOR}|{BAD})\b"),
        ("khiêm tốn", _MODEST),
        ("chết|bị thương", r"làm (?:\d+ người )?(?:chết|bị thương)\b"),
        ("giảm", rf"\b{_MORE_IS_BETTER}\b[^,;]{{0,50}}? giảm (?:từ \d|còn|xuống|mạnh|sâu|\d){_NO_REASON}"),
        ("nỏ ", r"\bnỏ (?:ai|có|được|đủ|chi|mô|ra|biết|làm|còn)\b"),
        ("lỗ ", r"\b(?:bị |chịu )?lỗ (?:\d|hơn|trên|gần)"),
        ("đó bỏ|rồi bỏ|nay bỏ|lại bỏ", r"\b(?:sau đó|rồi|nay)(?: lại)? bỏ\b"),
        (
            "từ tháng|từ năm|từ quý",
            r"\btừ (?:tháng|năm|quý) [\d/]+(?: đến nay)?,? (?:không(?! (?:có|còn|để|xảy|phát))|thôi|ngừng|dừng)\b",
        ),
        ("bằng ", rf"so với {_OTHERS}[^;]*?\b{_PART}|{_PART} (?:so với )?{_OTHERS}"),
        ("tụt |bậc|hạng", r"\btụt (?:(?:còn|xuống|hạng)\b|\d)|\b(?:giảm|lùi) \d+ (?:bậc|hạng)\b"),
        ("vụ |ca |trường hợp ", _HAPPENED),
    )
]
# Where less is better, these tell of what was reached.
_LITTLE = [
    (" 0", re.compile(r"\b(?:bằng|(?:giải ngân|đạt|thu|thực hiện)(?: được)?|giải ngân [^,;:]{1,40}:) 0(?![,.\d])")),
    ("giảm 100", re.compile(r"giảm 100 ?%")),
    ("nay ", re.compile(r"nay (?:chỉ )?còn \d")),
    (
        "chỉ ",
        re.compile(r"chỉ (?:(?:có|đạt|được|bằng|đón|thu|thu hút|bán|còn)(?: được)? )?(?:khoảng |gần |trên )?\d"),
    ),
]
_LESS_IS_BETTER = re.compile(
    r"\b(?:nghèo|(?<!phục )(?<!dịch )(?<!nhiệm )(?<!mùa )(?<!nghiệp )(?<!chức )vụ|nợ|tai nạn|tử vong|suy dinh dưỡng"
    r"|bỏ học|tảo hôn|tội phạm|vi phạm|đơn thư|khiếu (?:nại|kiện)|thất nghiệp|mù chữ|thời gian|thủ tục|chi phí|đầu mối"
    r"|biên chế|phát thải|ô nhiễm|rác|tồn đọng|mắc|nhiễm|chết|đuối|hư hỏng|xâm hại|bạo lực|nhà tạm|dột nát|quá hạn"
    r"|trễ hạn|sáp nhập|trường hợp|ca bệnh|phút|giờ|ngày(?! \d)|lần|khó khăn|trống|xuống cấp)\b"
)
# What only tells why: "giảm còn 17.000 lượt vì phải đóng cửa bãi biển".
_REASON = re.compile(r"\b(?:vì|bởi|do(?! [^,;:]{2,20} (?:quản lý|đầu tư|xây dựng|làm)\b))\b[^,;:–-]{0,40}$")
# Of so many, so few are of use by now: "thành lập 45, còn hoạt động 19".
_IN_USE = re.compile(
    r"\b(?P<all>\d[\d.]*)\b[^;:]{0,40}?, (?:đến nay |hiện nay |nay |hiện )?(?:mới |chỉ )*(?:còn |đang |(?=dùng được))"
    r"(?:(?:hoạt động|dùng|được|sử dụng|sống|chạy|phát huy|duy trì|vận hành|hiệu quả) )+(?P<some>\d[\d.]*)\b(?! ?%|,\d)"
)
_MOST_OF_ALL = 0.75
_ROSE = re.compile(r"\b(?:tăng|lên|vượt)\b")
_LATER = re.compile(r"\b(?:(?:đến|tới|hiện|thì) (?:nay|năm \d{4})|nay (?:có|đã|đạt|tăng))\b[^;]*\d")


def less_is_better(piece: str) -> bool:
    """Whether a piece speaks of something that is to become less: "hộ nghèo", "số vụ tai nạn"."""
    return _LESS_IS_BETTER.search(piece) is not None


def failures(piece: str) -> Iterator[re.Match[str]]:
    """Yield where a piece tells what went wrong: little is no failure where less is better, or where it became more."""
    for words, pattern in _FAILED:
        for word in words:
            if word in piece:
                yield from (each for each in pattern.finditer(piece) if not _REASON.search(piece, 0, each.start()))
                break
    for word, pattern in _LITTLE:
        if word in piece and not less_is_better(piece):
            for each in pattern.finditer(piece):
                if not (_ROSE.search(piece, 0, each.start()) or _LATER.search(piece, each.end())):
                    yield each
    for each in _IN_USE.finditer(piece) if "còn" in piece or "đang" in piece or "dùng được" in piece else ():
        some, whole = (float(each[name].replace(".", "")) for name in ("some", "all"))
        if some < _MOST_OF_ALL * whole and not less_is_better(piece):
            yield each
