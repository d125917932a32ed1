"""Sentences of reports find their themes and those who are asked, or are said to have none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soket.narrative.requests.addressees import OTHERS, AddresseeReader
from soket.narrative.requests.standing import is_its_own, order_of
from soket.narrative.said.stances import PLAIN, Stance
from soket.narrative.said.themes import ThemeReader
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


@pytest.mark.parametrize(
    ("section", "sentence", "code"),
    [
        ("lanh_dao_chi_dao", "Nghị quyết được tổ chức phổ biến tới 1.200 công chức, chiến sĩ.", "L2"),
        ("lanh_dao_chi_dao", "Mở 14 buổi truyền thông tại các chợ đầu mối.", "L3"),
        ("lanh_dao_chi_dao", "Xây dựng kế hoạch kiểm tra việc thực hiện nghị quyết hằng năm.", "L4"),
        ("lanh_dao_chi_dao", "Các sai sót về hồ sơ đã được khắc phục.", None),
        ("lanh_dao_chi_dao", "Kiểm tra giá tại 40 cửa hàng.", None),
        ("ket_qua", "Rải nhựa 4 km vào thác.", "K2"),
        ("ket_qua", "Có 02 hợp tác xã trồng rau sạch.", "K5"),
        ("ket_qua", "Số xã đạt chuẩn nông thôn mới là 15 xã.", None),
        ("ket_qua", "Cấp 12 giấy phép kinh doanh lữ hành.", None),
        ("ket_qua", "Cải thiện môi trường đầu tư, môi trường kinh doanh.", None),
        ("ket_qua", "Nhận 212 tin qua đường dây nóng về hàng giả.", "K8"),
        ("ket_qua", "Có 60 mô hình thâm canh lúa.", None),
        ("ket_qua", "Hỗ trợ tiền mặt cho 900 lao động mất việc.", None),
        ("ket_qua", "Trường đưa 120 học viên đi thực tập tại khách sạn.", "K6"),
        ("ket_qua", "Ban Quản trị Hợp tác xã họp trực tuyến hằng tuần.", "K5"),
        ("han_che", "Bà con ở đảo chưa mặn mà với việc đón khách.", "H6"),
        ("han_che", "Việc thực hiện ở một số nơi còn theo phong trào.", "N4"),
        ("han_che", "Còn cảnh thả rông chó mèo, dựng lều quán sát mép nước.", "H7"),
        ("han_che", "Các bản làm du lịch mạnh ai nấy làm.", "H9"),
        ("han_che", "Chủ quán ăn mùa vụ chưa chấp hành tốt.", None),
        ("han_che", "Du lịch biển vẫn mang tính mùa vụ.", "H1"),
        ("han_che", "Người phục vụ thuê theo mùa vụ, tay nghề yếu.", "H3"),
        ("dac_diem", "Huyện có nhiều đặc sản nổi tiếng.", "D1"),
        ("bai_hoc", "Việc gì cũng phải để dân bàn, dân biết.", "B3"),
        ("bai_hoc", "Ủy ban nhân dân các cấp phải kiên trì.", None),
        ("bai_hoc", "Gắn việc học với nhiệm vụ của từng cơ quan, doanh nghiệp.", None),
        ("bai_hoc", "Coi trọng đồng hành cùng doanh nghiệp.", "B5"),
        ("nhiem_vu_giai_phap", "Chọn 05 thôn làm mô hình điểm về tự quản.", None),
        ("nhiem_vu_giai_phap", "Mở phố đi bộ ven sông dịp cuối tuần.", "T4"),
        ("kien_nghi", "Đề nghị sửa quy định về đất đa mục đích, cho thí điểm.", "R6"),
        ("kien_nghi", "Đề nghị giảm tiền thuê đất năm 2021.", "R2"),
        ("han_che", "Ý thức của chủ quán ăn uống mùa vụ chưa cao, còn vi phạm.", "H6"),
        ("han_che", "Lao động mùa vụ chưa được tập huấn.", "H3"),
        ("han_che", "Du lịch biển còn mang tính mùa vụ.", "H1"),
        ("han_che", "Nhân lực làm công tác an toàn thực phẩm tuyến xã kiêm nhiệm hoàn toàn.", "H3"),
        ("han_che", "Cán bộ làm công tác vệ sinh môi trường cấp xã còn thiếu.", "H3"),
        ("ket_qua", "Tổ chức cách ly y tế tại 46 khách sạn, tiêm vắc xin cho lao động.", "K8"),
        ("ket_qua", "Thỏa ước lao động tập thể: 31/43 đơn vị ký kết.", None),
        ("ket_qua", "Đã ký kết chương trình hợp tác với 4 tỉnh.", "K7"),
        ("ket_qua", "Thi đua: có 86 sáng kiến; 05 tập thể được tặng Cờ của Tổng Liên đoàn.", "K11"),
        ("ket_qua", "Phong trào thi đua phát triển, tiêu biểu là bác Thắng với vườn cam.", "K11"),
        ("nhiem_vu_giai_phap", "Tuyên truyền, vận động hội viên không chèo kéo khách.", "T7"),
        ("nhiem_vu_giai_phap", "Tuyên truyền, quảng bá hình ảnh trên mạng xã hội.", "T6"),
        ("nhiem_vu_giai_phap", "Đẩy mạnh tuyên truyền, phổ biến Nghị quyết đến hội viên.", "T1"),
        ("dac_diem", "Huyện có Vườn quốc gia, thác nước, đặc sản bưởi.", "D1"),
        ("dac_diem", "Vùng đất địa linh nhân kiệt, có nhiều bãi tắm.", "D1"),
    ],
)
def test_words_of_the_lexicon_pull_what_they_are_of(
    lexicon: Lexicon, section: str, sentence: str, code: str | None
) -> None:
    found = ThemeReader(lexicon.sections[section]).theme_of(sentence)
    assert (found.code if found else None) == code


def test_who_is_asked_in_labelled_recommendations_is_right(plan: Plan, lexicon: Lexicon) -> None:
    reader = AddresseeReader(plan, lexicon)
    found = [(reader.addressees_of(sentence)[:1], (ADDRESSEES[asked],)) for *_, asked, sentence in labelled() if asked]
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
    assert AddresseeReader(plan, lexicon).addressees_of(sentence)[:1] == ((asked,) if asked else ())


def test_those_who_are_asked_come_from_the_centre_down() -> None:
    asked = [None, "Sở Xây dựng", "Ủy ban nhân dân xã", "Ủy ban nhân dân các huyện, thị xã, thành phố"]
    asked += ["Ủy ban nhân dân tỉnh", "Hội đồng nhân dân tỉnh", "Tỉnh ủy", "Trung ương"]
    assert sorted(asked, key=order_of) == asked[::-1]


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


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Tham gia 05 hội chợ.", "A"),
        ("Tham gia 05 hôi chợ, hội thi.", "A"),  # a mark is wrong
        ("Tham gia 05 hoi cho.", "A"),
        ("Ngân hàng Chính sách xã hội cho 1.870 hộ vay.", None),
        ("Mỗi bãi biển có một đội.", None),
        ("Bãi biển cỏ mọc dày.", "B"),
        ("Khách đến chùa đông.", None),
        ("Đền, chùa được tu bổ.", "C"),
    ],
)
def test_little_words_stand_for_no_others_in_a_phrase(sentence: str, code: str | None) -> None:
    reader = ThemeReader((theme("A", "hội chợ"), theme("B", "biển cỏ"), theme("C", "đền chùa", "đền, chùa")))
    found = reader.theme_of(sentence)
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
