"""Bodies as plans name them: single offices by name, and groups of units ("các sở, ban, ngành") as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soket.narrative.prose import CAPITALS
from soket.text import flat


@dataclass(frozen=True)
class BodyGroup:
    """A group of units that plans address together; it becomes a block."""

    code: str
    name: str
    pattern: str  # on flat text
    press: bool = False


_COMMITTEE = r"(?:uy ban nhan dan|ubnd)"
_PROVINCES = r"(?:cac )?tinh, thanh pho(?: truc thuoc trung uong)?"
_DISTRICTS = r"(?:(?:quan|huyen|thi xa|thanh pho)(?:,| va)? ?(?:cac )?){2,4}|cac huyen\b"
_COMMUNES = r"(?:cac )?(?:xa|phuong)(?:(?:,| va) (?:xa|phuong|thi tran|dac khu))+|cac xa\b"

# The narrower before the wider: "các sở là thành viên Ban Chỉ đạo" before "các sở".
GROUPS = (
    BodyGroup("bao_chi", "Cơ quan báo chí", r"(?:cac )?co quan (?:thong tan,? )?bao chi(?: cua tinh|"
        r" cua nganh)?", press=True),
    BodyGroup("thanh_vien_ban_chi_dao", "Cơ quan thành viên Ban Chỉ đạo",
          r"(?:cac )?(?:co quan|don vi|"
          r"so,(?: ban,)? nganh)(?:,? doan the)? (?:la )?thanh vien (?:cua )?ban chi dao(?: tinh)?"),
    BodyGroup("ubnd_tinh_thanh_pho", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
          rf"{_COMMITTEE} {_PROVINCES}"),
    BodyGroup("so_dia_phuong", "Sở của các tỉnh, thành phố trực thuộc Trung ương",
          rf"(?:cac )?so [^;:.]{{3,90}}? {_PROVINCES}"),
    BodyGroup("ubnd_huyen", "Ủy ban nhân dân các huyện, thị xã, thành phố", rf"{_COMMITTEE} (?:cap huyen|"
        rf"(?:cac )?(?:{_DISTRICTS}))"),
    BodyGroup("ubnd_xa", "Ủy ban nhân dân các xã, phường", rf"{_COMMITTEE} (?:cap xa|{_COMMUNES})"),
    BodyGroup("dang_uy_xa", "Đảng ủy các xã, phường", rf"(?:cac )?dang uy (?:cap xa|{_COMMUNES})"),
    BodyGroup("huyen_thi_thanh_uy", "Huyện ủy, thị ủy, thành ủy",
          r"(?:cac )?(?:(?:quan|huyen|thi|thanh)(?: uy)?,? (?:va )?){1,3}(?:huyen|thi|thanh) uy|cac huyen uy"),
    BodyGroup("dang_uy_truc_thuoc", "Đảng ủy trực thuộc Tỉnh ủy",
          r"(?:cac )?dang uy(?: cap tren co so)? truc thuoc(?: tinh uy)?"),
    BodyGroup("ban_dang", "Cơ quan tham mưu, giúp việc của Tỉnh ủy",
          r"cac (?:ban|co quan) (?:xay dung )?dang\b(?: tinh uy)?|cac (?:ban|co quan)[^;:.]{0,25} (?:tham muu|"
          r"giup viec)[^;:.,]{0,20} tinh uy"),
    BodyGroup("so_ban_nganh", "Sở, ban, ngành của tỉnh",
          r"(?:cac )?(?:so, ban,? nganh|ban, so,? nganh|so, nganh|"
          r"ban, nganh)(?:,? (?:va )?doan the)?(?: cap tinh| cua tinh| tinh)?"),
    BodyGroup("mat_tran_doan_the", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội của tỉnh",
          r"(?:uy ban )?mat tran to quoc(?: viet nam)?(?: tinh)?(?:,? va)? cac "
          r"(?:to chuc chinh tri ?[-–] ?xa hoi|doan the)(?: cap tinh| tinh)?"
          r"|cac to chuc chinh tri ?[-–] ?xa hoi(?: cap tinh| tinh)?"),
    BodyGroup("don_vi_thuoc_bo", "Đơn vị thuộc, trực thuộc Bộ",
          r"(?:cac )?(?:don vi|co quan|vu, cuc|cuc, vu)[^;:.,]{0,30}? (?:truc )?thuoc (?:co quan )?bo"),
)  # fmt: skip
_OF_LEVEL = {"cap huyen": "ubnd_huyen", "cap xa": "ubnd_xa"}  # a heading that names a level

# What a single body's name begins with, written with a capital.
_HEAD = re.compile(
    r"(?<![\w/-])(?:chu tich(?= ubnd| uy ban| hoi dong)|ban (?:thuong vu|can su|tuyen giao|to chuc|noi chinh|"
    r"dan van|kinh te|chi dao|quan ly|chap hanh|chi huy|thi dua|dan toc|thu ky)|"
    r"thuong truc|van phong|dang uy|dang doan|uy ban|ubnd|ubmttq|mttq|vptu|hoi dong|so|vu|cuc|chi cuc|tong cuc|"
    r"thanh tra|bo|"
    r"lanh dao bo|thu truong|bo truong|to (?:giup viec|bien tap|soan thao|cong tac)|"
    r"bao va phat thanh, truyen hinh(?: tinh)?|bao(?! cao| dam| ve)|"
    r"dai(?= phat| truyen| pt)|"
    r"cong thong tin|trung tam|vien|truong|hoc vien|cong an|tinh uy|tinh doan|hoi(?! nghi| thao|"
    r" dong)(?= [a-z])|lien doan|lien minh|kho bac|ngan hang|bao hiem)(?!\w)"
)
_FIRST = frozenset(
    [
        "chủ",
        "ban",
        "thường",
        "văn",
        "đảng",
        "ủy",
        "uỷ",
        "ubnd",
        "ubmttq",
        "mttq",
        "vptu",
        "hội",
        "sở",
        "vụ",
        "cục",
        "chi",
        "tổng",
        "thanh",
        "bộ",
        "lãnh",
        "thủ",
        "tổ",
        "báo",
        "đài",
        "cổng",
        "trung",
        "viện",
        "trường",
        "học",
        "công",
        "tỉnh",
        "liên",
        "kho",
        "ngân",
        "bảo",
    ]
)  # as those are written: "SƠ KẾT" is no "Sở"
# Where a name ends, in small letters; "Tổ chức" in a name has a capital.
_STOP = re.compile(
    r"\s+(?:chủ trì|chủ động|phối hợp|có|tham mưu|thẩm định|thẩm tra|hướng dẫn|theo dõi|đôn đốc|kiểm tra|"
    r"tổ chức|xây dựng|"
    r"tổng hợp|gửi|báo cáo|trình|trước|chậm|muộn|đến|trong|về|để|chỉ đạo|thực hiện|ban hành|cùng|dự thảo|"
    r"chuẩn bị|rà soát|"
    r"soạn thảo|lập|là|tại|theo|vào|khi|giúp|xem xét|quyết định|cho ý kiến|tiếp tục|căn cứ|chịu|hoàn|được|không|"
    r"phải|qua|"
    r"thông qua|tuyên truyền|đăng tải|và các|với|bằng|kết quả|phê duyệt|nghiên cứu|đưa|hằng|hàng|từ|chấp thuận|"
    r"làm|sẽ|mở|bố trí|cân đối|tham gia|tiếp nhận|đề nghị|yêu cầu|tiến hành|triển khai|đăng|phát|nộp|bảo đảm|"
    r"đảm bảo|phụ trách|chọn|cập nhật|cung cấp|đánh giá|"
    r"nêu|các)(?!\w)|\s+(?:Báo cáo|Hội nghị|Nghị quyết|Quyết định|Chỉ thị|Đề cương)(?!\w)"
    r"|[;:.()\"“”/]|$"
)
_JOINED = re.compile(
    rf"\s+và\s+(?=[{CAPITALS}])|,\s+(?=[{CAPITALS}][^,;:.]*(?:,\s[{CAPITALS}][^,;:.]*)?\s+và\s+[{CAPITALS}])"
)
_BREAK = re.compile(rf"\s+và\s+|\s*,\s*|\s+[-–]\s+(?![{CAPITALS}])")
# "Các sở: Tài chính, Giáo dục và Đào tạo, Nội vụ": names with "và" in them, before all others.
_LIST = re.compile(r"(?<!\w)(?:cac )?(?P<kind>so|vu|cuc)\s*:\s*")
_KINDS = {"so": "Sở", "vu": "Vụ", "cuc": "Cục"}
_LISTED = re.compile(
    r"(?:va\s+)?(?P<name>nong nghiep va (?:moi truong|phat trien nong thon)|giao duc va dao tao|khoa hoc va cong nghe|"
    r"thong tin va truyen thong|tai nguyen va moi truong|ke hoach va dau tu|dan toc va ton giao|"
    r"van hoa, the thao va du lich|lao dong - thuong binh va xa hoi|(?! )[^,]+?)(?=\s*,|\s+va\s|\s*$)"
)
_PRESS = re.compile(r"(?:bao|dai)\b")


@dataclass(frozen=True)
class NamedBody:
    """A body where a text names it: a single one by its name, or a group of units."""

    start: int
    end: int
    name: str
    group: BodyGroup | None = None

    @property
    def press(self) -> bool:
        """Whether it is of the press."""
        return self.group.press if self.group else _PRESS.match(flat(self.name)) is not None


def bodies_in(text: str) -> list[NamedBody]:
    """Return the bodies that a text names, in its order."""
    plain = flat(text)
    found: list[NamedBody] = []
    for group in GROUPS:
        for match in re.finditer(rf"(?<!\w)(?:{group.pattern})(?!\w)", plain):
            _add(found, NamedBody(*match.span(), text[match.start() : match.end()].rstrip(" ,"), group))
    for body in (*_listed(text, plain), *_singles(text, plain)):
        _add(found, body)
    return sorted(found, key=lambda body: body.start)


def of_level(heading: str) -> BodyGroup | None:
    """Return the group that a heading means which names a level alone: "3. Cấp huyện"."""
    words = re.sub(r"^(?:o|doi voi|tai) ", "", flat(heading).strip(" .:"))
    return next((group for group in GROUPS if group.code == _OF_LEVEL.get(words)), None)


def _add(found: list[NamedBody], body: NamedBody) -> None:
    if not any(body.start < other.end and other.start < body.end for other in found):
        found.append(body)


def _listed(text: str, plain: str) -> Iterator[NamedBody]:
    """Yield the bodies of a list that names what they are once."""
    for head in _LIST.finditer(plain):
        stop = _STOP.search(text, head.end())
        limit = stop.start() if stop else len(text)
        for name in _LISTED.finditer(plain, head.end(), limit):
            if text[name.start("name")].isupper():
                yield NamedBody(*name.span("name"), f"{_KINDS[head['kind']]} {text[slice(*name.span('name'))]}")


def _singles(text: str, plain: str) -> Iterator[NamedBody]:
    at = 0
    while match := _HEAD.search(plain, at):
        at = match.end()
        first = text[match.start() :].split(maxsplit=1)[0].rstrip(",")
        if not first[0].isupper() or first.lower() not in _FIRST:
            continue
        end = _end_of(text, plain, match)
        name = text[match.start() : end].rstrip(" ,-")
        if len(name.split()) == 1 and name != "VPTU":
            continue  # "Bộ", "Sở" alone name nobody
        yield NamedBody(match.start(), match.start() + len(name), name)
        at = max(at, match.start() + len(name))


def _end_of(text: str, plain: str, head: re.Match[str]) -> int:
    """Return where a name ends: at a verb, a stop, or before another body."""
    stop = _STOP.search(text, head.end())
    limit = stop.start() if stop else len(text)
    for brk in _BREAK.finditer(text, head.end(), limit):
        joined = _JOINED.match(text, brk.start(), limit)
        if joined is None or _HEAD.match(plain, joined.end()):
            return brk.start()
    return limit
