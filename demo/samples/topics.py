"""How a report is worded: sentences that fit a heading, with the unit, its sites and small numbers filled in."""

from __future__ import annotations

import re
from random import Random

from demo.samples import results, sentences
from soket.text import fold

# Folded unit name → sites to name in its report.
_SITES = {
    "cam xuyen": ("biển Thiên Cầm", "hồ Kẻ Gỗ", "khu lưu niệm Tổng Bí thư Hà Huy Tập"),
    "nghi xuan": ("Khu lưu niệm Đại thi hào Nguyễn Du", "biển Xuân Thành", "đền chợ Củi", "làng ca trù Cổ Đạm"),
    "can loc": ("Ngã ba Đồng Lộc", "chùa Hương Tích", "hồ Trại Tiểu"),
    "huong son": ("nước khoáng Sơn Kim", "khu di tích Hải Thượng Lãn Ông", "vườn cam Sơn Mai"),
    "duc tho": ("Khu lưu niệm Tổng Bí thư Trần Phú", "bến Tam Soa", "làng nghề đóng thuyền Trường Xuân"),
    "loc ha": ("biển Lộc Hà", "chùa Xuân Đài", "khu lưu niệm Mai Hắc Đế"),
    "thach ha": ("biển Thạch Hải", "chùa Quỳnh Viên", "Khu tưởng niệm Lý Tự Trọng"),
    "vu quang": ("Vườn quốc gia Vũ Quang", "căn cứ khởi nghĩa Phan Đình Phùng", "hồ Ngàn Trươi"),
    "huong khe": ("thành Sơn Phòng", "đền Công Đồng", "thác Vũ Môn", "làng bưởi Phúc Trạch"),
    "thi xa ky anh": ("Đèo Ngang", "biển Kỳ Ninh", "đền thờ Chế thắng phu nhân Nguyễn Thị Bích Châu"),
    "thi uy ky anh": ("Đèo Ngang", "biển Kỳ Ninh", "đền thờ Chế thắng phu nhân Nguyễn Thị Bích Châu"),
    "ky anh": ("biển Kỳ Xuân", "hồ Tàu Voi", "đền Phương Giai"),
    "hong linh": ("núi Hồng Lĩnh", "suối Tiên", "chùa Đại Hùng", "Hồ Thiên Tượng"),
    "thanh uy ha tinh": ("Quảng trường Thành phố", "Văn Miếu Hà Tĩnh", "công viên Trần Phú"),
}
_PROVINCE = ("biển Thiên Cầm", "Ngã ba Đồng Lộc", "Khu lưu niệm Đại thi hào Nguyễn Du", "chùa Hương Tích", "hồ Kẻ Gỗ")

# Words of a folded heading → what may stand under it.
_TOPICS = (
    (("kien nghi", "de xuat"), sentences.REQUESTS),
    (("bai hoc", "kinh nghiem"), sentences.LESSONS),
    (("nguyen nhan",), sentences.CAUSES),
    (("han che", "ton tai", "khuyet diem", "kho khan"), sentences.WEAKNESSES),
    (("giai phap", "nhiem vu", "phuong huong", "thoi gian toi"), sentences.TASKS),
    (("khen thuong", "bieu duong", "dien hinh", "guong"), results.COMMENDATIONS),
    (("tuyen truyen", "quang ba", "xuc tien", "lien ket", "ket qua"), results.PUBLICITY),
    (("nhan luc", "dao tao", "lao dong", "ket qua"), results.PEOPLE),
    (("ha tang", "quy hoach", "dau tu", "co so vat chat", "ket qua"), results.WORKS),
    (("san pham", "dich vu", "loai hinh", "di tich", "van hoa", "ket qua"), results.PRODUCTS),
    (("quan ly", "moi truong", "an ninh", "trat tu", "ket qua"), results.ORDER),
    (("chi dao", "lanh dao", "quan triet", "hoc tap", "nhan thuc", "to chuc thuc hien"), sentences.LEADERSHIP),
)
_CHOICE = re.compile(r"\[([^\]]+)\]")


def sites_of(unit_name: str) -> tuple[str, ...]:
    """Return the sites that a unit would write about: its own, or the province's."""
    folded = fold(unit_name)
    return next((sites for words, sites in _SITES.items() if words in folded), _PROVINCE)


def paragraphs(heading: str, unit_name: str, random: Random) -> list[str]:
    """Return four to six paragraphs that a unit would write under a heading."""
    folded = fold(heading)
    fitting = [sentence for words, pool in _TOPICS if any(word in folded for word in words) for sentence in pool]
    pool = fitting or list(sentences.SITUATION)
    chosen = random.sample(pool, min(len(pool), random.randint(4, 6)))
    return [_filled(sentence, unit_name, random) for sentence in chosen]


def _filled(sentence: str, unit_name: str, random: Random) -> str:
    return _CHOICE.sub(lambda match: random.choice(match[1].split("|")), sentence).format(
        unit=unit_name,
        site=random.choice(sites_of(unit_name)),
        few=f"{random.randint(2, 9):02d}",
        small=random.randint(10, 45),
        many=random.randint(120, 960),
        percent=random.randint(52, 78),
        low_percent=random.randint(28, 45),
    )
