"""Groups of units that plans address together ("các sở, ban, ngành"), as blocks; of no known kind, by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from soket.text import flat, upper_first


@dataclass(frozen=True)
class BodyGroup:
    """A group of units that plans address together; it becomes a block."""

    code: str
    name: str
    pattern: str = ""  # on flat text
    press: bool = False


_COMMITTEE = r"(?:chu tich )?(?:uy ban nhan dan|ubnd)"
_PROVINCES = r"(?:cac )?tinh, thanh pho(?: truc thuoc trung uong)?"
_DISTRICTS = r"(?:(?:quan|huyen|thi xa|thanh pho)(?:,| va)? ?(?:cac )?){2,4}|cac huyen\b"
_COMMUNES = r"(?:cac )?(?:xa|phuong)(?:(?:,| va) (?:xa|phuong|thi tran|dac khu))+|cac xa\b"
_OF_PROVINCE = r"(?: cap tinh| cua tinh| tinh| cap thanh pho| cua thanh pho| thanh pho)?"

# The narrower before the wider: "các sở là thành viên Ban Chỉ đạo" before "các sở".
GROUPS = (
    BodyGroup("bao_chi", "Cơ quan báo chí", r"(?:cac )?co quan (?:thong tan,? )?bao chi(?: cua tinh|"
        r" cua nganh)?", press=True),
    BodyGroup("thanh_vien_ban_chi_dao", "Cơ quan thành viên Ban Chỉ đạo",
          r"(?:cac )?(?:co quan|don vi|"
          r"so,(?: ban,)? nganh)(?:,? doan the)? (?:la )?thanh vien (?:cua )?ban chi dao(?: tinh)?"),
    BodyGroup("bo_nganh", "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", r"(?:cac )?bo, (?:nganh trung uong|"
        r"co quan ngang bo)(?:[,;]| va) (?:cac )?co quan thuoc chinh phu"),
    BodyGroup("bo_nganh", "Bộ, cơ quan ngang bộ", r"(?:cac )?bo, (?:nganh trung uong|co quan ngang bo)"),
    BodyGroup("ubnd_tinh_thanh_pho", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
          rf"{_COMMITTEE} {_PROVINCES}"),
    BodyGroup("so_dia_phuong", "Sở của các tỉnh, thành phố trực thuộc Trung ương",
          rf"(?:cac )?so [^;:.]{{3,90}}? {_PROVINCES}"),
    BodyGroup("ubnd_huyen", "Ủy ban nhân dân các huyện, thị xã, thành phố", rf"{_COMMITTEE} (?:cap huyen|"
        rf"(?:cac )?(?:{_DISTRICTS}))"),
    BodyGroup("ubnd_xa", "Ủy ban nhân dân các xã, phường", rf"{_COMMITTEE} (?:cap xa|{_COMMUNES})"),
    BodyGroup("hdnd_xa", "Hội đồng nhân dân các xã, phường",
          rf"(?:thuong truc )?(?:hoi dong nhan dan|hdnd) (?:cap xa|{_COMMUNES})"),
    BodyGroup("dang_uy_xa", "Đảng ủy các xã, phường", rf"(?:ban thuong vu )?(?:cac )?dang uy (?:cap xa|{_COMMUNES})"),
    BodyGroup("huyen_thi_thanh_uy", "Huyện ủy, thị ủy, thành ủy",
          r"(?:cac )?(?:(?:quan|huyen|thi|thanh)(?: uy)?,? (?:va )?){1,3}(?:huyen|thi|thanh) uy|cac huyen uy"),
    BodyGroup("dang_uy_truc_thuoc", "Đảng ủy trực thuộc Tỉnh ủy",
          r"(?:cac )?dang uy(?: cap tren co so)? truc thuoc(?: tinh uy| thanh uy)?"),
    BodyGroup("chi_dang_bo", "Chi bộ, đảng bộ trực thuộc",
          r"(?:cac )?(?:chi(?: bo)?|to chuc co so dang)(?:,| va)? ?(?:dang bo )?(?:co so )?truc thuoc(?: (?:huyen|"
          r"thi|thanh|tinh|dang) uy)?"),
    BodyGroup("ban_dang", "Cơ quan tham mưu, giúp việc của Tỉnh ủy",
          r"cac (?:ban|co quan) (?:xay dung )?dang\b(?: tinh uy)?|cac (?:ban|co quan)[^;:.]{0,25} (?:tham muu|"
          r"giup viec)[^;:.,]{0,20} tinh uy"),
    BodyGroup("phong_ban_nganh", "Phòng, ban, ngành, đoàn thể của huyện",
          r"(?:cac )?phong,(?: ban,?)? nganh(?:,? (?:va )?doan the)?(?: cap huyen| huyen)?"),
    BodyGroup("so_ban_nganh", "Sở, ban, ngành của tỉnh",
          r"(?:cac )?(?:so, ban,? nganh|ban, so,? nganh|so, nganh|"
          rf"ban, nganh)(?:,? (?:va )?doan the)?{_OF_PROVINCE}"),
    BodyGroup("mat_tran_doan_the", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội của tỉnh",
          r"(?:uy ban )?mat tran to quoc(?: viet nam)?(?: tinh)?(?:,? va)? cac "
          rf"(?:to chuc chinh tri ?[-–] ?xa hoi|doan the){_OF_PROVINCE}"
          rf"|cac to chuc chinh tri ?[-–] ?xa hoi{_OF_PROVINCE}"),
    BodyGroup("don_vi_thuoc_bo", "Đơn vị thuộc, trực thuộc Bộ",
          r"(?:cac )?(?:don vi|co quan|vu, cuc|cuc, vu)[^;:.,]{0,30}? (?:truc )?thuoc (?:co quan )?bo"),
)  # fmt: skip
# Bodies of one kind in every district or commune: "Hội Nông dân các xã, phường".
_LOCAL = re.compile(
    r"(?<!\w)(?:ban thuong vu |ban chap hanh )?(?:hoi|doan|phong|ban|lien doan|uy ban mttq|uy ban mat tran|mttq|"
    r"cong doan)"
    rf" [^,;:.()]{{2,50}}? (?:cac )(?:{_DISTRICTS}|{_COMMUNES})"
)
_LEVELS = {"cap huyen": "ubnd_huyen", "cap xa": "ubnd_xa"}  # a heading that names a level
_BELOW = BodyGroup("co_so", "Cơ sở")
_COMMUNE_KINDS = ("xã", "phường", "thị trấn", "đặc khu")
_CODE_WORDS = 6


def groups_in(plain: str) -> Iterator[tuple[int, int, BodyGroup | None]]:
    """Yield where groups stand in a flat text; one of no known kind without its group, which its words name."""
    for group in GROUPS:
        for match in re.finditer(rf"(?<!\w)(?:{group.pattern})(?!\w)", plain):
            yield *match.span(), _as_named(group, match[0])
    for match in _LOCAL.finditer(plain):
        yield *match.span(), None


def _as_named(group: BodyGroup, words: str) -> BodyGroup:
    """Return a group of communes under the kinds of them that a text names: there were townships until 2025."""
    body, of, _ = group.name.partition(" các xã")
    kinds = [kind for kind in _COMMUNE_KINDS if re.search(rf"\b{flat(kind)}\b", words)]
    return replace(group, name=f"{body} các {', '.join(kinds)}") if of and len(kinds) > 1 else group


def by_words(words: str) -> BodyGroup:
    """Return a group that nothing but its words in the paper names."""
    name = re.sub(r"^(?:các|mỗi|tất cả các)\s+", "", words.strip(" ,;:"), flags=re.IGNORECASE)
    code = "_".join(re.findall(r"[a-z0-9]+", flat(name))[:_CODE_WORDS])
    return BodyGroup(code if code[:1].isalpha() else f"khoi_{code}", upper_first(name))


def of_level(heading: str) -> BodyGroup | None:
    """Return the group that a heading means which names a level alone: "3. Cấp huyện"."""
    words = re.sub(r"^(?:o|doi voi|tai) ", "", flat(heading).strip(" .:"))
    if words == "cap co so":
        return _BELOW
    return next((group for group in GROUPS if group.code == _LEVELS.get(words)), None)
