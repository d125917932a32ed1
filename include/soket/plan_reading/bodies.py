"""Bodies as plans name them: single offices by name, and groups of units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from soket.narrative.sentences.stops import CAPITALS
from soket.plan_reading.groups import BodyGroup, by_words, groups_in
from soket.text import flat, upper_first

# What a single body's name begins with, written with a capital: marks of tones tell "SỞ" from "SƠ KẾT".
_HEAD = re.compile(
    r"(?<![\w/-])(?:chủ tịch(?= ubnd| [uủ][ỷỳyủ] ban| hội đồng)|ban(?! hành)(?= \w)|thủ tướng(?= chính phủ)|"
    r"thường trực|văn phòng|đảng [uủ][ỷỳyủ]|đảng đoàn|[uủ][ỷỳyủ] ban|ubnd|ubmttq|mttq|vptu|hội đồng|sở|"
    r"vụ(?! trưởng)|cục(?! trưởng)|"
    r"chi cục|tổng cục(?! trưởng)|thanh tra|bộ|tiểu ban|phòng(?= \w)|công ty|tổng công ty|tập đoàn|hiệp hội|"
    r"thuế|t(?:òa|oà) án|tand|vksnd|"
    r"viện kiểm sát|công đoàn|lãnh đạo bộ|thứ trưởng|bộ trưởng|tổ (?:giúp việc|biên tập|soạn thảo|công tác)|"
    r"đoàn chủ tịch|báo và phát thanh, truyền hình(?: tỉnh)?|báo(?! cáo)|đài(?= phát| truyền| pt)|"
    r"cổng (?:thông tin|ttđt)|trung tâm|viện(?! trưởng)|trường|học viện|công an|tỉnh [uủ][ỷỳyủ]|tỉnh đoàn|thành đoàn|"
    r"trung ương (?:đoàn|hội)|huyện đoàn|hội(?! nghị| thảo| đồng)(?= \w)|liên đoàn|liên minh|kho bạc|ngân hàng|"
    r"bảo hiểm)(?!\w)",
    re.IGNORECASE,
)
# Names that have in them what ends others.
_WHOLE = re.compile(
    r"(?<!\w)Đảng (?:bộ|[uủ][ỷỳyủ])\s+(?:các cơ quan [Đđ]ảng(?:,? đoàn thể)?|(?:Ủy ban )?Mặt trận Tổ quốc"
    r"(?: Việt Nam)?,? (?:và )?các đoàn thể(?: chính trị)?)(?: (?:tỉnh|thành phố|huyện))?"
    r"|(?<!\w)Ban Chỉ đạo \d{2,3}(?: (?:tỉnh|thành phố|huyện|quốc gia))?(?!\w)"
    r"|(?<!\w)Ban Quản lý (?:các )?[Kk]hu [^,;:.()]{3,40}?"
    r"(?= (?:gửi|chủ trì|phối hợp|báo cáo|tổng hợp|xây dựng)|[,;:.()]|$)"
)
# Where a name ends, in small letters; "Tổ chức" in a name has a capital.
_STOP = re.compile(
    r"\s+(?:chủ trì|chủ động|phối hợp|có|tham mưu|thẩm định|thẩm tra|hướng dẫn|theo dõi|đôn đốc|kiểm tra|"
    r"tổ chức|xây dựng|định hướng|lãnh đạo|giám sát|đồng (?:chủ trì|tổ chức|thời|gửi)|cử|mỗi|cho|ký|xong|"
    r"nghe|tùy|thông báo|"
    r"tổng hợp(?! xã| tỉnh| huyện)|họp|gửi|báo cáo|trình|trước|chậm|muộn|đến|trong|về|để|chỉ đạo|"
    r"thực hiện|ban hành|cùng|dự thảo|"
    r"chuẩn bị|rà soát|thành lập|tổng kết|sơ kết|lấy|tiếp thu|giao(?! thông)|thống nhất|chấm|"
    r"soạn thảo|lập|là|tại|theo|vào|khi|giúp|xem xét|quyết định|tiếp tục|căn cứ|chịu|hoàn|được|không|"
    r"phải|qua|chính thức|cần|nhằm|liên quan|"
    r"thông qua|tuyên truyền|đăng tải|và các|với|bằng|kết quả|phê duyệt|nghiên cứu|đưa|hằng|hàng|từ|chấp thuận|"
    r"làm|sẽ|mở|bố trí|cân đối|tham gia|tiếp nhận|đề nghị|yêu cầu|tiến hành|triển khai|đăng|phát(?! triển)|nộp|"
    r"bảo đảm|đảm bảo|phụ trách|chọn|cập nhật|cung cấp|đánh giá|nghiêm túc|khẩn trương|kịp thời|chỉ|đều|"
    r"nêu|các|\d+)(?!\w)|\s+(?:Báo cáo|Hội nghị|Nghị quyết|Quyết định|Chỉ thị|Đề cương)(?!\w)"
    r"|[;:.()\"“”/]|$"
)
_HOW = re.compile(r"\s+(?:không|chỉ|đều|phải|cần|sẽ|nghiêm túc|khẩn trương|kịp thời)(?!\w).*", re.DOTALL)
# "tỉnh", "thành phố" end a name where no other name follows.
_SEAT = re.compile(
    rf"(?<!\w)(?:tỉnh|thành phố|huyện|thị xã|Tỉnh [uủ][ỷỳyủ]|Thành [uủ][ỷỳyủ]|Huyện [uủ][ỷỳyủ]|Trung ương|TW)"
    rf"(?=\s+(?![{CAPITALS}])\w)"
)
_JOINED = re.compile(
    rf"\s+và\s+(?=[{CAPITALS}])|,\s+(?=[{CAPITALS}][^,;:.]*(?:,\s[{CAPITALS}][^,;:.]*)?\s+và\s+[{CAPITALS}])"
)
_BREAK = re.compile(rf"\s+và\s+|\s*,\s*|\s+[-–]\s+(?![{CAPITALS}])")
_CAPITAL = re.compile(rf"[{CAPITALS}]")
_TWO_PARTS = frozenset(
    (
        "ke hoach, tai chinh",
        "van hoa, the thao",
        "phat thanh, truyen hinh",
        "dan toc, ton giao",
        "tong hop, thi dua",
        "pho bien, giao duc phap luat",
    )
)  # a comma in the name of one body
# "Các sở: Tài chính, Giáo dục và Đào tạo, Nội vụ": names with "và" in them, before all others.
_LIST = re.compile(r"(?<!\w)(?:cac )?(?P<kind>so|vu|cuc)\s*:\s*")
_KINDS = {"so": "Sở", "vu": "Vụ", "cuc": "Cục"}
# "Đảng ủy các phường: Sông Trí, Hải Ninh; các xã: Kỳ Xuân, Kỳ Anh".
_PLACES = re.compile(
    r"(?<!\w)(?:(?P<of>(?:ban thuong vu )?(?:dang uy|uy ban nhan dan|ubnd)) )?"
    r"(?:cac )?(?P<kind>xa|phuong|thi tran|dac khu|huyen)\s*:\s*"
)
_LISTED = re.compile(
    r"(?:va\s+)?(?P<name>nong nghiep va (?:moi truong|phat trien nong thon)|giao duc va dao tao|khoa hoc va cong nghe|"
    r"thong tin va truyen thong|tai nguyen va moi truong|ke hoach va dau tu|dan toc va ton giao|"
    r"van hoa, the thao va du lich|lao dong - thuong binh va xa hoi|(?! )[^,]+?)(?=\s*,|\s+va\s|\s*$)"
)
_PLACE = re.compile(rf"[{CAPITALS}]\w*(?: [{CAPITALS}]\w*)*")
_PRESS = re.compile(r"(?:bao|dai|cong thong tin|cong ttdt|trung tam (?:truyen thong|van hoa|dich vu tong hop))\b")
_ITS_HEAD = re.compile(r"\b(?:Trưởng|Chánh)\s$")  # "Trưởng phòng Nội vụ"
_WHOSE = frozenset(("van phong", "thuong truc", "ban thuong truc", "trung tam", "hoi dong"))  # and of whom is not said
_LONG = 4  # small words at a name's end that may be no part of it


@dataclass(frozen=True)
class NamedBody:
    """A body where a text names it: a single one by its name, or a group of units."""

    start: int
    end: int
    name: str
    group: BodyGroup | None = None
    unsure: bool = False  # whether it may be several, or the name end earlier

    @property
    def press(self) -> bool:
        """Whether it is of the press."""
        return self.group.press if self.group else _PRESS.match(flat(self.name)) is not None


@lru_cache(maxsize=4096)
def bodies_in(text: str) -> tuple[NamedBody, ...]:
    """Return the bodies that a text names, in its order."""
    plain = flat(text)
    found: list[NamedBody] = []
    for match in _WHOLE.finditer(text):
        _add(found, NamedBody(*match.span(), match[0]))
    places = list(_by_place(text, plain))
    for head, bodies in places:
        for body in bodies:
            _add(found, body)
        found.append(NamedBody(*head.span(), ""))  # nobody else is named there
    for start, end, group in groups_in(plain):
        words = text[start:end].rstrip(" ,")
        _add(found, NamedBody(start, start + len(words), words, group or by_words(words)))
    for body in (*_listed(text, plain), *_singles(text, plain)):
        _add(found, body)
    return tuple(sorted((body for body in found if body.name), key=lambda body: body.start))


def until_verb(words: str) -> str:
    """Return words that name somebody, up to what cannot be of a name."""
    return _HOW.sub("", words)


def without_bodies(text: str) -> str:
    """Return a flat text with the names of bodies blanked: "Ban Xây dựng Đảng" builds nothing."""
    plain = flat(text)
    for body in bodies_in(text):
        plain = f"{plain[: body.start]}{' ' * (body.end - body.start)}{plain[body.end :]}"
    return plain


def bodies_of_cell(cell: str) -> list[NamedBody]:
    """Return the bodies of a cell that names nothing else: what no pattern knows has its words for a name."""
    found: list[NamedBody] = []
    for part in re.finditer(r"[^;\n]+", cell):
        words = part[0].strip(" ,.-–")
        start = part.start() + part[0].find(words)
        named = [body for body in bodies_in(part[0]) if body.start <= len("các ")]
        if not words:
            continue
        if named:
            found += [
                NamedBody(part.start() + body.start, part.start() + body.end, body.name, body.group, body.unsure)
                for body in bodies_in(part[0])
            ]
        elif words.lower().startswith("các "):
            found.append(NamedBody(start, start + len(words), words, by_words(words)))
        else:
            found.append(NamedBody(start, start + len(words), words))
    return found


def _add(found: list[NamedBody], body: NamedBody) -> None:
    if not any(body.start < other.end and other.start < body.end for other in found):
        found.append(body)


def _listed(text: str, plain: str) -> Iterator[NamedBody]:
    """Yield the bodies of a list that names what they are once."""
    for head in _LIST.finditer(plain):
        yield from _under(text, plain, head, _KINDS[head["kind"]])


def _by_place(text: str, plain: str) -> Iterator[tuple[re.Match[str], list[NamedBody]]]:
    """Yield where a list begins that names a kind of committee once, and the committees of the places it names."""
    of = ""
    for head in _PLACES.finditer(plain):
        of = text[slice(*head.span("of"))] if head["of"] else of
        named = list(_under(text, plain, head, f"{upper_first(of)} {text[slice(*head.span('kind'))]}")) if of else []
        if named and all(_PLACE.fullmatch(text[body.start : body.end]) for body in named):
            yield head, named


def _under(text: str, plain: str, head: re.Match[str], kind: str) -> Iterator[NamedBody]:
    stop = _STOP.search(text, head.end())
    limit = stop.start() if stop else len(text)
    for name in _LISTED.finditer(plain, head.end(), limit):
        if text[name.start("name")].isupper():
            yield NamedBody(*name.span("name"), f"{kind} {text[slice(*name.span('name'))]}")


def _singles(text: str, plain: str) -> Iterator[NamedBody]:
    at = 0
    while match := _HEAD.search(text, at):
        at = match.end()
        if not match[0][0].isupper() and not _ITS_HEAD.search(text[: match.start()]):
            continue
        end, joined = _end_of(text, plain, match)
        name = text[match.start() : end].rstrip(" ,-")
        if len(name.split()) == 1 and name != "VPTU":
            continue  # "Bộ", "Sở" alone name nobody
        yield NamedBody(
            match.start(),
            match.start() + len(name),
            upper_first(name),
            unsure=joined or _runs_on(name) or flat(name) in _WHOSE,
        )
        at = max(at, match.start() + len(name))


def _end_of(text: str, plain: str, head: re.Match[str]) -> tuple[int, bool]:
    """Return where a name ends, at a verb, a stop, another body; and whether a comma in it may not belong to it."""
    stop = _STOP.search(text, head.end())
    limit = stop.start() if stop else len(text)
    if seat := _SEAT.search(text, head.start(), limit):
        limit = seat.end()
    unsure = False
    for brk in _BREAK.finditer(text, head.end(), limit):
        if _JOINED.match(text, brk.start(), limit) and not _HEAD.match(text, brk.end()):
            continue
        after = plain[brk.end() : limit]
        here = plain[head.end() : limit].strip(" -")
        if part := next((each for each in _TWO_PARTS if here.startswith(each)), None):
            limit = plain.index(part, head.end()) + len(part)
            return limit, unsure
        if "," not in brk[0] or not _CAPITAL.match(text, brk.end()) or _HEAD.match(text, brk.end()) or not after:
            return brk.start(), unsure
        unsure = True  # "Vụ Thư viện, Bảo tồn": one, or two
    return limit, unsure


def _runs_on(name: str) -> bool:
    """Whether a name ends in so many small words that some may not belong to it."""
    small = 0
    for word in reversed(name.split()):
        if word[0].isupper():
            break
        small += 1
    return small >= _LONG and _SEAT.search(f"{name} và") is None
