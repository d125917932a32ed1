"""Sentences of reports find their themes and those who are asked, or are said to have none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soket.narrative.addressees import OTHERS, AddresseeReader
from soket.narrative.stances import PLAIN, Stance
from soket.narrative.standing import is_its_own, rank_of
from soket.narrative.themes import ThemeReader
from soket.plan.model import Plan
from soket.plan.themes import Lexicon, Theme, lexicon_of
from soket.text import flat

LABELLED = Path(__file__).parent / "realistic.txt"
ADDRESSEES = {
    "UBND tỉnh": "Ủy ban nhân dân tỉnh",
    "HĐND tỉnh": "Hội đồng nhân dân tỉnh",
    "Trung ương": "Trung ương",
    "Sở VHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "Cục Thống kê": "Cục Thống kê tỉnh",
}


def labelled() -> Iterator[tuple[str, str, str, str]]:
    """Yield section, theme, addressee and sentence of what a reader has labelled."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            _, section, label, sentence = line.split("|", 3)
            theme, _, addressee = label.partition("@")
            yield section, theme, addressee, sentence


@pytest.fixture(scope="module")
def lexicon(plan: Plan) -> Lexicon:
    found = lexicon_of(plan)
    assert found
    return found


def test_themes_of_labelled_sentences_are_right(lexicon: Lexicon) -> None:
    readers = {code: ThemeReader(themes) for code, themes in lexicon.sections.items()}
    found = [(readers[section].theme_of(sentence), theme) for section, theme, _, sentence in labelled()]
    assigned = [(theme.code, label) for theme, label in found if theme]
    assert len(assigned) >= 0.9 * len(found)
    assert sum(code == label for code, label in assigned) >= 0.95 * len(assigned)


def test_who_is_asked_in_labelled_recommendations_is_right(plan: Plan, lexicon: Lexicon) -> None:
    reader = AddresseeReader(plan, lexicon)
    found = [(reader.addressee_of(sentence), ADDRESSEES[asked]) for *_, asked, sentence in labelled() if asked]
    assert len(found) > 20
    assert sum(got == wanted for got, wanted in found) >= 0.95 * len(found)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Đề nghị Chính phủ sớm sửa quy định về đất đai.", "Trung ương"),
        ("Kiến nghị với Bộ Tài chính bố trí vốn.", "Trung ương"),
        ("Mong Ban Thường vụ Tỉnh ủy quan tâm chỉ đạo.", "Tỉnh ủy"),
        ("Đề nghị HĐND, UBND tỉnh ban hành chính sách.", "Hội đồng nhân dân tỉnh"),
        ("Tỉnh sớm công bố quy hoạch.", "Ủy ban nhân dân tỉnh"),
        ("Đề nghị Bộ Chỉ huy Quân sự tỉnh phối hợp.", "Đảng ủy Quân sự tỉnh"),
        ("Ngành giao thông cải tạo tuyến vào hồ.", "các sở, ban, ngành"),
        ("Đề nghị xã hội hóa việc trùng tu di tích.", None),
        ("Với tỉnh: hỗ trợ thay thế cầu treo.", "Ủy ban nhân dân tỉnh"),
        ("Đề nghị Ban Chấp hành Đảng bộ tỉnh ban hành nghị quyết về cửa khẩu.", "Tỉnh ủy"),
        ("Kiến nghị BTV Tỉnh ủy cho chủ trương.", "Tỉnh ủy"),
        ("Đề nghị Nhà nước giảm thuế cho hộ kinh doanh.", "Trung ương"),
        ("Đề nghị tăng cường quản lý nhà nước về giá.", None),
        ("Đề nghị Sở Ngoại giao cấp phép cho đoàn.", "các sở, ban, ngành"),  # no unit of the plan's
        ("Đề nghị các sở, ngành sớm thẩm định đồ án.", "các sở, ban, ngành"),
        ("Đề nghị Ngân hàng Nhà nước giảm lãi suất.", "Ngân hàng Nhà nước"),
        ("Đề nghị UBND các huyện quản lý bến thủy.", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("Đề nghị UBND huyện bố trí kinh phí.", "Ủy ban nhân dân huyện"),
        ("Đề nghị Hiệp hội Lữ hành phối hợp với UBND tỉnh mở tuyến.", OTHERS),
        ("Kiến nghị Tập đoàn Điện lực kéo điện ra đảo.", OTHERS),
        ("Đề nghị cấp trên quan tâm hơn nữa.", "cấp trên"),
        ("Cho phép thí điểm cơ chế giao cộng đồng quản lý bãi tắm trên địa bàn các xã ven biển của tỉnh.", None),
    ],
)
def test_who_is_asked_is_said_or_nobody(plan: Plan, lexicon: Lexicon, sentence: str, asked: str | None) -> None:
    assert AddresseeReader(plan, lexicon).addressee_of(sentence) == asked


def test_those_who_are_asked_come_from_the_centre_down() -> None:
    asked = [None, "Sở Xây dựng", "Ủy ban nhân dân xã", "Ủy ban nhân dân các huyện, thị xã, thành phố"]
    asked += ["Ủy ban nhân dân tỉnh", "Hội đồng nhân dân tỉnh", "Tỉnh ủy", "Trung ương"]
    assert sorted(asked, key=rank_of) == asked[::-1]


@pytest.mark.parametrize(
    ("issuer", "unit", "addressee", "own"),
    [
        ("Ban Thường vụ Tỉnh ủy", "Huyện ủy Đông Sơn", "Ủy ban nhân dân huyện", True),
        ("Ban Thường vụ Tỉnh ủy", "Thành ủy Hà Tĩnh", "Ủy ban nhân dân thành phố", True),
        ("Ban Thường vụ Tỉnh ủy", "Đảng ủy xã Yên Hòa", "Ủy ban nhân dân xã", True),
        ("Ban Thường vụ Tỉnh ủy", "Huyện ủy Đông Sơn", "Ủy ban nhân dân tỉnh", False),
        ("Ban Thường vụ Tỉnh ủy", "Sở Giao thông vận tải", "Ủy ban nhân dân huyện", False),
        ("Ban Thường vụ Tỉnh ủy", "Sở Xây dựng", "Ủy ban nhân dân các huyện, thị xã, thành phố", False),
        ("Ban Thường vụ Tỉnh ủy", "Huyện ủy Đông Sơn", None, False),
        ("Ban Thường vụ Huyện ủy", "Đảng ủy xã Yên Hòa", "Ủy ban nhân dân huyện", False),  # the issuer's own to do
    ],
)
def test_what_a_place_asks_of_its_own_committee_is_no_matter_of_those_above(
    plan: Plan, issuer: str, unit: str, addressee: str | None, own: bool
) -> None:
    asks = plan.units[0].model_copy(update={"name": unit})
    assert is_its_own(plan.model_copy(update={"issuer": issuer}), asks, addressee) is own


def theme(code: str, *keywords: str) -> Theme:
    return Theme(code=code, name=code, keywords=keywords)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Nâng cấp TUYẾN  ĐƯỜNG ven biển.", "A"),
        ("Nang cap tuyen duong ven bien.", "A"),
        ("Lễ hội trên tuyến đường mới.", "A"),  # the longer phrase weighs more
        ("Đến năm sau sẽ xong.", None),  # no đền
        ("Đền được trùng tu.", "B"),
        ("Den duoc trung tu.", "B"),  # a text without any marks
        ("Không nói gì cả.", None),
    ],
)
def test_phrases_are_found_whatever_their_marks_and_words_only_with_theirs(sentence: str, code: str | None) -> None:
    found = ThemeReader((theme("A", "tuyến đường"), theme("B", "lễ hội", "đền"))).theme_of(sentence)
    assert (found.code if found else None) == code


def test_the_earlier_phrase_weighs_more_and_of_equals_the_first_theme() -> None:
    reader = ThemeReader((theme("A", "bến xe"), theme("B", "bãi xe", "chung")))
    assert reader.theme_of("Bãi xe cạnh bến xe.") == reader.theme_of("Bãi xe.")
    both = ThemeReader((theme("A", "chung ta"), theme("B", "chung ta")))
    assert both.theme_of("Của chung ta.") == theme("A", "chung ta")
    assert ThemeReader(()).theme_of("Gì cũng được.") is None


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Lắp 48 camera giám sát tại các bến xe.", None),
        ("Lap 48 camera giam sat tai cac ben xe.", None),
        ("Giám sát 05 đơn vị; lắp 10 camera giám sát.", "A"),
        ("Lắp 10 camera giám sát; giám sát 05 đơn vị.", "A"),
        ("Cử camera viên đi giám sát.", "A"),
    ],
)
def test_a_phrase_within_one_that_means_something_else_counts_nothing(sentence: str, code: str | None) -> None:
    watched = Theme(code="A", name="A", keywords=("giám sát",), unlike=("camera  giám sát", "thiết bị giám sát"))
    found = ThemeReader((theme("B", "tàu bay"), watched)).theme_of(sentence)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("sentence", "early"),
    [
        ("Quảng bá: tham gia 03 hội chợ, đón 16 đoàn khảo sát.", True),
        ("Huyện tham gia 03 hội chợ du lịch để quảng bá.", True),
        ("Đã quan trắc nước biển tại 11 bãi tắm, 04 lần mỗi năm, kết quả được đăng trên trang quảng bá.", False),
        ("Không để mất an ninh; quảng bá 02 lần.", False),
    ],
)
def test_a_sentence_says_early_what_it_is_about_or_only_comes_to_it(sentence: str, early: bool) -> None:
    theme = Theme(code="K7", name="Quảng bá", keywords=("quảng bá", "hội chợ"))
    reader = ThemeReader((theme,))
    stance = Stance(((sentence.index("quảng bá"), len(sentence)),)) if sentence.startswith("Không") else PLAIN
    assert reader.is_early(theme, sentence, flat(sentence), stance) == early
