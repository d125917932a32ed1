"""What came of the thing that a piece of a sentence speaks of: nothing yet, not enough, well done, still to be done.

All is read with its marks, in small letters: "chưa" and "chùa" are other words.
"""

from __future__ import annotations

import re
from enum import Enum

from soket.narrative.said.doubtful import falls_short
from soket.narrative.said.failures import BAD, BROKEN, POOR, failures
from soket.narrative.sentences.pieces import ADDING, TURNING, pieces_of
from soket.narrative.sentences.stops import lies_in


class WhatCame(Enum):
    """What a piece says came of it."""

    TOLD = "told"  # nothing is said against it, nothing in its favour
    LACKING = "lacking"
    WELL = "well"  # it lasts, or was mended
    MENDED = "mended"  # it was poor, and that was put right: among what was done no thing to boast of
    AHEAD = "ahead"  # it is planned, hoped for or asked for


# Of what is wanting for it: "không có kinh phí xử lý lấn chiếm".
_LEADS_TO = "làm|gây|dẫn|nên|khiến|xử lý|kiểm soát|ngăn|kinh phí|vốn|nguồn|lực lượng|cơ chế|chế tài"
_ACTS = (
    "tổ chức|ban hành|thành lập|kiện toàn|triển khai|thực hiện|xây dựng|bố trí|tiến hành|hoàn thành|đạt|thu hút|đón|mở"
    "|có|bảo đảm|đảm bảo|kịp|hiệu quả|đáp ứng|đồng bộ|đủ|rõ|tham mưu|quan tâm|được|thường xuyên|phát huy|duy trì"
    "|cụ thể hóa|tuyên truyền|quán triệt|kiểm tra|giám sát"
)
# What is told to be absent, and well that it is: "không có dự án chậm", "không tổ chức nào không quán triệt".
_WELL_ABSENT = re.compile(
    rf"\b(?:không |chưa (?=để|xảy|phát|ghi))(?:có |để |xảy ra |còn |phát hiện |ghi nhận |phát sinh ){{0,3}}"
    rf"(?:(?!{_LEADS_TO})[\w/-]+ ){{0,4}}?(?:{BAD})\b"
    rf"(?:(?:,| và| hoặc) (?:[\w/-]+ ){{0,3}}?(?:{BAD})\b)*"
    rf"|\bkhông (?:có |để )?(?:ai|[^,;]{{0,40}}\bnào) (?:không|chưa|bị|vi phạm|mắc|{BROKEN})\b(?:, (?:{BROKEN})\b)*"
    r"|\b(?:không|chưa) (?:hề )?(?:thấp|kém|ít|chậm|yếu) hơn\b|\bkhông (?:thua|kém) "
    r"|\bkhông (?:những|chỉ|ngừng|ít|nhỏ|thể thiếu|phải chỉ|gây)\b"
    r"|\bchưa từng (?:có|thấy)|\bchưa (?:kể|tính|bao gồm|gồm)\b|\b(?:không (?:kể|tính|bao gồm|gồm))\b"
    r"|\b(?:chưa|không) (?:đến|tới|đầy|quá) (?=\d|một|hai|ba|nửa)"
)
_LACK = re.compile(
    rf"\bchưa\b|\b(?:không|chẳng)(?: hề| thể)? (?:{_ACTS})\b"
    rf"|\bcòn (?:có |gặp |rất |khá |tương đối |nhiều |một số |không ít |những |mang tính |ở mức |nặng |bị "
    rf"|tư tưởng ){{0,3}}(?:{POOR})\b"
    r"|\bcòn (?:để xảy ra|tình trạng|tiềm ẩn|trên \d+ |(?=\d+/\d))|\bvẫn còn (?=\d|một số|không ít)"
    r"|\b(?:là|vẫn là) (?:khâu|điểm|mặt|lĩnh vực|vấn đề|nội dung)(?: \w+){0,2}? (?:yếu|hạn chế|nghẽn)"
    r"|\bvẫn là (?:một |những )?(?:bài toán|thách thức|trở ngại|rào cản|nút thắt|nỗi lo)\b"
    r"|\b(?:đến|mãi|tận|phải)(?: hết| tận| cuối| giữa| đầu)* (?:năm|tháng|quý) [\d/.ivx]+ mới \w"
    r"|\bchậm (?:tiến độ|so với|triển khai|được|trễ|\d)|\b(?:triển khai|thực hiện|tiến độ"
    r"|mặt bằng)(?: [\w-]+){0,5} chậm\b"
    r"|\bmới chỉ\b|\bmới là \d|\bmới \w+ được \d|\bmới (?:được|đạt|có|xong) \d[\d.]*/\d"
    r"|\bhụt (?=\d|so với|dự toán|thu|vốn)"
    r"|\b(?:đến|hiện|nay|tại)[^,;]{0,24} mới (?:có|đạt|được|hoàn thành|san|kiện toàn|thành lập"
    r"|giải ngân|tổ chức|ban hành)\b"
    r"|(?:^|[,;:] |nhưng |song |trong đó |trong \d+ năm )mới (?:có|đạt|được|hoàn thành|san|giải ngân|tổ chức"
    r"|thực hiện|bố trí)\b"
    r"|\b(?:mới|chỉ) (?:đạt|bằng|hoàn thành|thực hiện|tổ chức|đáp ứng)(?:[^,;]|,(?=\d)){0,40}(?:kế hoạch|mục tiêu"
    r"|chỉ tiêu|nghị quyết đề ra|nhu cầu|yêu cầu)"
    r"|\bchỉ (?:đáp ứng|đủ)\b|\bgây (?:lãng phí|bức xúc|thất thoát|ô nhiễm)|\bhết thời hạn|\bbỏ hoang|\bđình trệ"
    r"|\b(?:dừng|ngừng|đình chỉ) (?:triển khai|thi công|hoạt động)|\b(?:người chết|tử vong|thiệt mạng)\b"
    r"|\bxuống cấp\b|\bthiếu (?:và yếu|đồng bộ|chặt chẽ|thường xuyên)"
    rf"|^(?:(?:{TURNING}|{ADDING}),? )?(?:các |những |một số )?(?:hạn chế|tồn tại|khuyết điểm|yếu kém"
    r"|vướng mắc)\b(?! (?:thấp nhất|tối đa|được|dần))"
)
# Whose lack it is that something was done about: "thu hồi 03 dự án chậm tiến độ", "tu bổ các di tích xuống cấp".
_ELSE = r"(?!, (?:công tác|việc|tiến độ|chất lượng|một số|nhiều|(?:đến |hiện )?nay)\b)"
_DEALT_WITH = re.compile(
    r"(?<!công tác )(?<!việc )\b(?:thu hồi|xử lý|đôn đốc|nhắc nhở|yêu cầu|chấn chỉnh|rà soát|khắc phục|tháo gỡ"
    r"|xử phạt|chỉ ra|phát hiện"
    r"|kiểm điểm|phê bình|di dời|giải quyết|chấm dứt|xóa|giảm|phòng ngừa|tu bổ|tôn tạo|trùng tu|sửa chữa"
    r"|nâng cấp|cải tạo|thay thế|khôi phục|phục hồi|tận dụng|phục dựng|sửa(?= \d)|tháo dỡ|thu dọn|gia cố|bảo tồn"
    r"|tránh|trước đây|trước kia|không còn)\b"
    rf"(?:{_ELSE}[ \w,/-]){{0,40}}$"
    # "xử phạt 14 cơ sở …, nhà hàng xả nước thải chưa qua xử lý": what those are like that it was done to
    r"|\b(?:xử phạt|xử lý|phát hiện|đình chỉ|tịch thu|tiêu hủy|thu gom|đào tạo(?: nghề)?(?: cho)?|hỗ trợ|giúp|cấp) "
    rf"(?=\d+(?:[.,/]\d+)*+ ?[^\W\d])(?:{_ELSE}[^;:]){{0,90}}$"
)
# Of what is wanting there is less by now: "chưa có điện: khi ấy là 41 thôn, nay còn 6 thôn".
_LESS_BY_NOW = re.compile(r"\d[^;]*\b(?:nay|năm \d{4}|20\d\d|giảm|xuống)(?: chỉ)? còn \d|\bgiảm (?:từ )?\d[^;]* còn \d")
# What something was before it became another: "từ chỗ chưa có chợ, nay có 12 chợ".
_ONCE = re.compile(
    r"^[\W\d]*(?:từ (?:một|chỗ|khi|nơi|những)|trước (?:năm \d{4}|đây|kia|khi))\b[^;]*?, (?=(?:đến |hiện )?nay\b)"
)
# A fall is no result of a body where it tells what caused it: "giảm 97% do tạm dừng xuất nhập cảnh".
_FELL = re.compile(
    r"^(?![^;]*\b(?:tăng|đạt|lên|hạn chế|ngăn chặn|khắc phục|chống)\b)[^;]*\b(?:sụt giảm|suy giảm|giảm sút)\b"
    r"|^(?![^;]*\b(?:tăng|đạt|lên|hoàn thành|nhờ)\b)[^;]*\bgiảm (?:mạnh|sâu|nghiêm trọng|\d)"
    r"[^;]*?\b(?:do|vì|bởi)\b[^;]{0,30}\b(?:dịch|ảnh hưởng|tạm dừng|dừng|ngừng|thiên tai|bão|lũ|mưa|hạn hán"
    r"|thiếu|giãn cách|suy thoái|khó khăn|đóng cửa)\b(?! (?:[\w-]+ ){0,3}được (?:kiểm soát|khống chế))"
)
_GIVEN_OUT = re.compile(
    r"[^,;]{0,80}\b(?:giao|phân công|yêu cầu|đề nghị) [^,;]{0,60}? (?:tham mưu|xây dựng|soạn|dự thảo|lập|trình)\b"
)
_NO_LONGER = re.compile(
    r"[\W\d]*(?:(?:đến nay|hiện nay|hiện|nay|về cơ bản|cơ bản|hầu như|trên địa bàn|toàn|huyện|tỉnh|xã|phường|thành phố"
    r"|thị xã|địa phương|đơn vị),? )*không còn (?!đủ|phù hợp|nhiều|khả năng|quỹ|đất|nguồn|vốn|kinh phí|chỗ|ai|người"
    r"|là|được|hiệu quả|hấp dẫn)"
)
# By whom it was put right: "đã được Công ty Điện lực khắc phục", and nobody who is only told to.
_BY_WHOM = r" được(?: (?!yêu|đề|kiến|chỉ|giao|tập|nhắc|quan|phản|nêu|nhận|xác|tiếp|nghiên|xem|hướng)[\w-]+){0,6}?"
_MENDED = re.compile(
    rf"\b(?:nay|đến nay)(?: cơ bản)? đã\b|\b(?:đã|cơ bản|dần)(?: cơ bản)?(?:{_BY_WHOM})? (?:khắc phục"
    rf"|hoàn thiện|giải quyết|chấm dứt)\b"
    r"|\b(?:đến )?nay(?:,? [\w-]+){0,3}? đã (?:\w+ )?(?:hoàn thành|bàn giao|giải quyết|xử lý|đủ|xong)\b"
    r"|^[\W\d]*(?:sở dĩ (?:đạt|có) được|(?:có|nhờ|được) sự (?:quan tâm|lãnh đạo|chỉ đạo|đồng thuận|ủng hộ|vào cuộc))\b"
    r"|\bkhắc phục (?:cơ bản|xong|dứt điểm)|\b(?:đã|được) (?:chấn chỉnh|uốn nắn|bổ khuyết|làm lại)\b"
)
# What a sentence on failings tells as settled, wholly: "tình trạng … đã được xử lý", "học sinh bỏ học: không còn".
_SETTLED = re.compile(
    r"\bđã (?:cơ bản )?được (?:cơ bản )?(?:\w+ ){0,3}?"
    r"(?:xử lý|bù đắp|ghi nhận|tiếp thu|thay thế|sửa chữa|tháo gỡ|thu gom)\b"
    r"(?! (?:một phần|bước đầu|nhưng|song|tạm|được))|\bđã cơ bản (?:xử lý|bù đắp|tháo gỡ)\b"
    r"|: (?:đến nay |hiện |nay |cơ bản )*không còn(?= (?:hộ|trường hợp|vụ|em|học sinh|cơ sở|điểm)\b|\W*$)"
    r"|^[\W\d]*(?:về |việc )*khắc phục (?:các |những )?(?:hạn chế|tồn tại|khuyết điểm|thiếu sót)\b(?=.*\b(?:đã|xong)\b)"
)
_PUT_RIGHT = re.compile(
    r"\b(?:(?:đã|được) (?:\w+ )?(?:khắc phục|chấn chỉnh|uốn nắn|bổ khuyết|làm lại)|khắc phục (?:cơ bản|xong))\b"
)
_GOOD = re.compile(
    r"\bđược (?:bảo đảm|đảm bảo|khắc phục|cải thiện|nâng lên|nâng cao|giữ vững|kiểm soát|tháo gỡ|giải quyết"
    r"|đầu tư(?: khá)? đồng bộ|tăng cường|duy trì|quan tâm)|\bổn định\b|\btốt hơn\b|\btương đối tốt\b|\brõ rệt\b"
    r"|\b(?:cơ bản|tốt|kịp thời|đã|bộ,) đáp ứng\b"
)
_NOT = re.compile(r"\b(?:chưa|không|khó|ít|thiếu|cần|phải|nên|sẽ|để)(?: thực sự| thật sự| được| cơ bản)?(?: \w+)? $")
# One of which is in whatever one of the patterns finds: most pieces have none.
_LACK_WORDS = (
    *("chưa", "không", "chẳng", "còn", "chậm", "mới", "chỉ ", "gây ", "thời hạn", "bỏ hoang", "đình", "dừng", "ngừng"),
    *("người chết", "tử vong", "thiệt mạng", "xuống cấp", "thiếu", "hạn chế", "tồn tại", "khuyết điểm", "yếu"),
    *("vướng mắc", "nghẽn", "giảm", "vẫn là", "hụt "),
)
_HARD = re.compile(
    r"\b(?:làm|bị|chịu) (?:\w+ )?ảnh hưởng\b|\bảnh hưởng (?:lớn|nặng|xấu|nghiêm trọng|tiêu cực)|\bkhó khăn\b"
    r"|\bthiệt hại\b|\bbất lợi\b"
    r"|\bthách thức\b|\bđiểm yếu\b|\bhạn chế\b|\bkhắc nghiệt\b|\btàn phá\b"
    r"|\btiềm ẩn\b(?!(?: nhiều)? (?:lợi thế|tiềm năng|giá trị|cơ hội))|\bphức tạp\b|\bcạnh tranh (?:gay gắt|của|với)\b"
)
_FAVOURS = re.compile(r"\b(?:tiềm năng|lợi thế|thế mạnh|thuận lợi|nổi (?:tiếng|bật)|cơ hội|phong phú|hấp dẫn|đẹp)\b")
_YIELDS = re.compile(r"[\W\d]*(?:tuy|mặc dù|dù)\b.*?\b(?P<turn>nhưng|song)\b")


def outcome_of(piece: str, *, of_lacks: bool, outright: bool = False, last: int | None = None) -> WhatCame:
    """Return what came of a thing; what a piece says last goes. Among lacks more words tell of what is well.

    `outright`: what is wanting counts where it is said so, and not what failed, of which it cannot be told what lacks.
    `last` is the year up to which what was wanted was to be reached.
    """
    failed = [] if of_lacks or outright else [*failures(piece)]
    if not (of_lacks or outright) and falls_short(piece, last):
        return WhatCame.LACKING
    if not (of_lacks or failed or any(word in piece for word in _LACK_WORDS)):
        return WhatCame.TOLD
    well = [each.span() for each in _WELL_ABSENT.finditer(piece)]
    once = found.end() if (found := _ONCE.match(piece)) else 0
    lacks = [
        each.start()
        for each in (*_LACK.finditer(piece), *failed)
        if not lies_in(each.start(), well)
        if each.start() >= once and not _DEALT_WITH.search(piece, 0, each.start())
    ]
    if lacks and not (of_lacks or failed) and _LESS_BY_NOW.search(piece, min(lacks)):
        return WhatCame.TOLD
    good = [each.start() for each in _MENDED.finditer(piece)]
    if lacks and good and not of_lacks and _PUT_RIGHT.search(piece, min(lacks)):
        return WhatCame.MENDED
    if of_lacks:
        good += [start for start, end in well if piece.startswith(("không", "chưa"), start) and _is_told(piece, start)]
        good += [each.start() for each in _SETTLED.finditer(piece)]
        good += [each.start() for each in _GOOD.finditer(piece) if not _NOT.search(piece, 0, each.start())]
    if (lacks and max(lacks) > max(good, default=-1)) or (not of_lacks and _FELL.search(piece)):
        return WhatCame.LACKING
    return WhatCame.WELL if good else WhatCame.TOLD


def is_given_out(piece: str) -> bool:
    """Whether a piece tells what somebody was told to do: "giao Phòng … tham mưu xây dựng kế hoạch"."""
    return _GIVEN_OUT.match(piece) is not None


def is_gone(piece: str) -> bool:
    """Whether a piece tells that something is no longer there, and nothing that is wanted: "không còn dự án treo"."""
    return _NO_LONGER.match(piece) is not None


def _is_told(piece: str, start: int) -> bool:
    """Whether an absence is what the piece says, and no number is only bounded by it: "chưa đến 150 nghìn đồng"."""
    return not re.match(
        r"(?:không|chưa) (?:đến|tới|đầy|quá|kể|tính|bao gồm|gồm|chỉ|những|ít|nhỏ|phải|ngừng|từng|gây)\b", piece[start:]
    )


def was_hard(low: str, start: int, end: int) -> bool:
    """Whether a stretch of a text in small letters tells of something hard."""
    return _HARD.search(low, start, end) is not None


def hard_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a sentence tells what was hard for a body: no evidence of what was in its favour.

    Where the rest says of nothing that it is in favour, all of it: "có 137 km bờ biển, tiềm ẩn phức tạp về an ninh".
    """
    low = text.lower()
    told = {(each.start, each.end): each.of(low) for each in pieces_of(low)}
    hard = tuple(
        at for at, said in told.items() if _HARD.search(said) or outcome_of(said, of_lacks=False) is WhatCame.LACKING
    )
    yields = _YIELDS.match(low)  # "tuy có nhiều tiềm năng nhưng …": what is granted is not what it says
    granted = yields.end() if yields and any(end > yields.start("turn") for _, end in hard) else 0
    favours = any(_FAVOURS.search(said) for at, said in told.items() if at not in hard and at[0] >= granted)
    return hard if favours or not hard else ((0, len(low)),)
