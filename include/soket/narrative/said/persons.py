"""What of a sentence is about persons: what somebody says himself, and what somebody is punished for or charged with.

Neither is quoted in a paper of the whole, whatever it stands under; crimes and vices are no result of a body either.
"""

from __future__ import annotations

import re

from soket.narrative.sentences.stops import CAPITALS
from soket.text import flat

_NAME = rf"[{CAPITALS}][\w.]*(?: [{CAPITALS}][\w.]*)+"
_SAYS = (
    r"(?:cho biết|cho hay|chia sẻ|phấn khởi|bày tỏ|tâm sự|kể(?: lại| rằng)?|thừa nhận|khẳng định|nhận xét|bộc bạch|nói)"
)
_VOICE = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Bb]ác|[Mm]ệ|[Mm]ụ|[Gg]ià|[Ee]m|[Đđ]ồng chí|[Đđ]/c|[Nn]ghệ nhân|[Nn]gư dân"
    rf"|[Dd]u khách) {_NAME}"
    rf"[^;]{{0,160}}?\b{_SAYS}\b"
    r"|[“\"][^”\"]*\b(?:tôi|chúng tôi|nhà tôi|gia đình tôi)\b"
    r"|\b[Tt]ôi (?:tin|nghĩ|thấy|cho rằng|mong|nói|xin|đã|làm|kể|hứa|biết|nhớ|cam kết)\b"
)
_QUOTED = re.compile(
    rf"\b(?:{_SAYS}|phản ánh|than(?: thở| phiền)?)(?: rằng)?: ?[“\"]"
    rf"|\b[Tt]heo (?:lời )?(?:ông|bà|anh|chị|cụ|già|bác|đồng chí) {_NAME}[^“\"]*[“\"]"
)
_PUNISHED = re.compile(
    r"\bkỷ luật (?:cảnh cáo|khiển trách|cách chức|khai trừ|đảng)\b|\b(?:bị|thi hành|xử lý"
    r"|chịu)(?: \w+){0,2} kỷ luật\b|\bkhai trừ\b"
    r"|\bbị (?:phạt |xử phạt )?(?:cảnh cáo|khiển trách|xử lý hình sự|tước)\b"
    r"|\bcách chức\b|\bđình chỉ (?:công tác|chức vụ|sinh hoạt)\b|\bvụ việc liên quan\b|\bbị tố cáo\b"
)
_CRIME = re.compile(
    r"\bkhởi tố\b|\btruy tố\b|\bbị can\b|\bbị cáo\b|\bbắt (?:giữ|giam|quả tang)\b|\btạm giam\b|\bđiều tra đang\b"
    r"|\b(?:cơ quan )?cảnh sát điều tra\b|\bcơ quan điều tra\b|\bnhận (?:hối lộ|tiền của)\b"
    r"|\bnhận [\d.,]+ (?:triệu|tỷ)[^,;]{0,12} của\b"
    r"|\bhối lộ\b|\btham (?:ô|nhũng)\b|\bvụ án\b|\bphạt tù\b|\bxét xử\b|\bmại dâm\b|\bđánh bạc\b|\bcờ bạc\b"
    r"|\bma t[úu][ýy]\b"
    r"|\bbuôn (?:lậu|bán người)\b|\btrục xuất\b|\bbị đình chỉ hoạt động\b|\btrộm cắp\b|\blừa đảo\b"
)
# Sums of cases are no case: "phát hiện 17.846 vụ, …, tỷ lệ điều tra đạt 93,4%".
_SUMS = re.compile(
    r"\b(?:[1-9]\d+|\d{1,3}(?:\.\d{3})+)(?:/[\d.]+)? (?:vụ|đối tượng|trường hợp)\b"
    r"(?:[^;]*\d ?%|/\d+ năm|[^;]*\b\d[\d.]+ (?:vụ|đối tượng|bị can)\b)"
)
_DEALT_WITH = re.compile(r"\b(?:phát hiện|điều tra|khám phá|xử lý|triệt phá|khởi tố|bắt|giải quyết|làm rõ)\b")
_PREVENTS = re.compile(
    r"\b(?:phòng,? (?:chống|ngừa)|phòng ngừa|tuyên truyền|bài trừ|không (?:có|để|xảy ra))[^;]{0,60}$"
)


# As one speaks of neighbours, of nobody who holds an office; who got a distinction is named for that.
_NEIGHBOUR = re.compile(
    rf"^\W*(?:Anh|Chị|Em|Cụ|Bác|Cô|Chú) {_NAME}"
    r"(?!.*\b(?:tặng|[Bb]ằng khen|[Gg]iấy khen|danh hiệu|biểu dương|tuyên dương))"
)
_NOBODY = re.compile(r"\bkhông (?:có |để )?(?:ai|[^,;]{0,40}\bnào|cán bộ|đảng viên|đồng chí|trường hợp)\b[^,;]{0,30}$")


def is_of_persons(text: str, low: str, matter: str = "") -> bool:
    """Whether a sentence is not to be quoted for the persons, punishments or crimes in it, if it is nobody's voice.

    A crime that is the plan's own `matter`, folded, or that is kept off, is what reports are asked to tell of.
    """
    punished = any(not _NOBODY.search(low, 0, each.start()) for each in _PUNISHED.finditer(low))
    return bool(punished or is_of_crime(low, matter) or _NEIGHBOUR.match(text))


def is_voice(text: str) -> bool:
    """Whether a sentence gives somebody's own words."""
    quotes = "“" in text or '"' in text
    return _VOICE.search(text) is not None or (quotes and _QUOTED.search(text) is not None)


def is_of_crime(low: str, matter: str = "") -> bool:
    """Whether a text tells of a crime or a vice rather than of keeping it off; `matter` as for persons."""
    told = any(
        flat(each[0]) not in matter and not _PREVENTS.search(low, 0, each.start()) for each in _CRIME.finditer(low)
    )
    return told and not _is_of_sums(low)


def _is_of_sums(low: str) -> bool:
    """Whether a text tells of how many cases something was done about: that is a result of whose work it is."""
    return _SUMS.search(low) is not None and _DEALT_WITH.search(low) is not None
