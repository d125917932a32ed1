"""What a sentence says came of a thing, whose doing it was and when: what is evidence of it, what may be quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from soket.narrative.doers import Reporter, rank_of
from soket.narrative.stances import HeadingKind, Held, Stance, stance_of
from soket.narrative.themes import ThemeReader
from soket.plan.themes import Theme

DISTRICT = Reporter(
    frozenset({"huyện ủy thạch hòa", "huyện thạch hòa"}), "nam sơn", rank_of("Huyện ủy Thạch Hòa"), 2017, 2021
)
OFFICE = Reporter(frozenset({"sở công thương"}), "nam sơn", rank_of("Sở Công Thương"), 2017, 2021)
UNDATED = replace(DISTRICT, first=None)
READER = ThemeReader(
    [
        Theme(code="A", name="A", keywords=("kế hoạch", "tổ công tác", "tập huấn", "ban hành")),
        Theme(code="B", name="B", keywords=("chợ", "tuyến đường", "nước sạch", "an ninh", "lượt khách")),
        Theme(code="C", name="C", keywords=("dịch bệnh", "mưa lũ")),
        Theme(code="D", name="D", keywords=("kinh phí", "cán bộ", "nhận thức")),
    ]
)


def read(text: str, asked: HeadingKind, body: Reporter = DISTRICT) -> tuple[str | None, Stance]:
    stance = stance_of(text, asked, body)
    theme = READER.theme_of(text, stance=stance)
    return theme.code if theme else None, stance


@pytest.mark.parametrize(
    "text",
    [
        "UBND huyện chưa ban hành kế hoạch riêng.",
        "Huyện không thành lập tổ công tác mà giao cho phòng chuyên môn.",
        "Việc ban hành kế hoạch ở các xã còn chậm.",
        "Công tác tập huấn chưa thường xuyên, nội dung còn sơ sài.",
        "Kế hoạch đề ra 10 nhiệm vụ, đến nay mới hoàn thành 03 nhiệm vụ.",
        "Hạn chế lớn nhất là kế hoạch của các xã.",
        "Tuyến đường vào chợ tuy được rải nhựa nhưng chưa có hệ thống thoát nước.",
        "Bên cạnh đó còn 03/07 chợ triển khai chậm, gây bức xúc trong nhân dân.",
    ],
)
def test_what_was_not_done_is_no_thing_done(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == (None, Held.LACKING)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đã ban hành 12 kế hoạch, không để sót nhiệm vụ nào.", "A"),
        ("Không xã nào chưa ban hành kế hoạch.", "A"),
        ("Không có xã nào không ban hành kế hoạch.", "A"),
        ("Thu hồi 04 dự án chợ chậm tiến độ, chưa triển khai.", "B"),
        ("Nâng cấp tuyến đường xuống cấp từ thị trấn đi xã Lâm Thượng.", "B"),
        ("Mặc dù còn nhiều khó khăn nhưng huyện đã xây mới 05 chợ.", "B"),
        ("Chùa và chợ được sửa chữa.", "B"),
        ("Chợ gặp khó khăn về mặt bằng nhưng vẫn đón đều khách.", "B"),
        ("Các chợ bị ảnh hưởng nặng, song đã mở lại 100%.", "B"),
        ("Không để xảy ra tai nạn, người chết tại các chợ.", "B"),
        ("Các chợ hoạt động ổn định, không có bệnh dại xảy ra.", "B"),
        ("Không để xảy ra mất an ninh ở các chợ.", "B"),
        ("Lượng hàng qua chợ tăng cao chưa từng có.", "B"),
        ("Số hộ dùng nước sạch vượt mức dự kiến 5%.", "B"),
        ("Dự kiến năm 2021 đón 12 nghìn lượt khách, bằng 40% năm 2019.", "B"),
    ],
)
def test_what_was_done_is_quoted_though_it_names_what_is_not(text: str, code: str) -> None:
    found, stance = read(text, HeadingKind.DONE)
    assert (found, stance.held) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Huyện ban hành 03 kế hoạch; tuy nhiên tuyến đường vào chợ chưa được sửa chữa.", "A"),
        ("Mở 04 lớp tập huấn, song mới có 15 người dự đủ.", "A"),
        ("Mở 04 lớp tập huấn; dự kiến năm 2022 mở thêm 06 lớp.", "A"),
        ("Mở 04 lớp tập huấn; tuy nhiên chỉ 05 người đang làm đúng nghề.", "A"),
        ("Tập huấn cho 200 người, nhưng số người dự giảm dần.", "A"),
        ("Mở 30 lớp tập huấn; kinh phí 2 tỷ đồng, chỉ đạt 69,3% mục tiêu đề ra.", "A"),
        ("Tập huấn kỹ năng cứu hộ, song trong năm có 02 người chết.", "A"),
    ],
)
def test_what_goes_on_to_what_is_wanting_counts_and_is_not_quoted(text: str, code: str) -> None:
    found, stance = read(text, HeadingKind.DONE)
    assert found == code
    assert stance.held in (Held.LACKING, Held.AHEAD)
    assert not stance.lacking


@pytest.mark.parametrize(
    "text",
    [
        "Sắp tới, huyện sẽ ban hành kế hoạch phát triển chợ.",
        "Dự kiến năm 2022 khởi công tuyến đường dài 6 km.",
        "Đang hoàn thiện hồ sơ xây dựng 02 chợ hạng 3.",
        "Trong thời gian tới, tập trung xây dựng tuyến đường liên xã.",
        "Đề nghị tỉnh sớm bố trí vốn sửa tuyến đường.",
    ],
)
def test_what_is_to_come_is_no_thing_done(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == (None, Held.AHEAD)


@pytest.mark.parametrize(
    "text",
    [
        "Giai đoạn 2011 - 2015, huyện đã xây 09 chợ.",
        "Trong nhiệm kỳ 2010-2015, huyện ban hành 20 kế hoạch.",
        "Năm 2014, huyện có 05 chợ.",
        "Toàn tỉnh có 120 chợ, tăng 14 chợ.",
        "Đến nay, cả nước có trên 8 nghìn chợ.",
        "UBND tỉnh ban hành Kế hoạch số 5/KH-UBND về chợ.",
        "Huyện Bắc Lâm đã xây 07 chợ hạng 2.",
        "Tỉnh Tây Lĩnh đón 3 triệu lượt khách.",
        "Các huyện lân cận đã mở nhiều lớp tập huấn.",
        "Nghị quyết chỉ rõ: mỗi xã có một chợ.",
    ],
)
def test_what_others_did_and_other_years_are_none_of_its_own(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == (None, Held.OTHERS)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Toàn tỉnh có 120 chợ, tăng 14 chợ.", OFFICE),
        ("Huyện Bắc Lâm đã xây 07 chợ hạng 2.", OFFICE),
        ("Toàn huyện có 12 chợ.", DISTRICT),
        ("Huyện Thạch Hoà xây 07 chợ.", DISTRICT),
        ("Huyện Đoàn nhận việc giữ vệ sinh 05 chợ.", DISTRICT),
        ("Giai đoạn 2016 - 2021, huyện xây 09 chợ.", DISTRICT),
        ("Giai đoạn 2011 - 2015, huyện xây 09 chợ.", UNDATED),
        ("Xã Lâm Thượng xây 01 chợ.", DISTRICT),
        ("UBND tỉnh công nhận 03 chợ văn minh trên địa bàn huyện.", DISTRICT),
        ("Giai đoạn 2017 - 2021, huyện xây 09 chợ.", DISTRICT),
        ("Từ 05 chợ năm 2014, nay có 11 chợ.", DISTRICT),
        ("Năm 2015, huyện có 05 chợ; đến nay có 11 chợ.", DISTRICT),
        ("Số chợ chiếm 46% toàn tỉnh.", DISTRICT),
    ],
)
def test_its_own_area_and_what_lies_in_it_is_its_own(text: str, body: Reporter) -> None:
    code, stance = read(text, HeadingKind.DONE, body)
    assert (code, stance.held) == ("B", None)


@pytest.mark.parametrize(
    "text",
    [
        "Bà Trần Thị Lụa, tiểu thương chợ Lâm Thượng chia sẻ: “Chợ mới sạch hơn nhiều”.",
        "“Từ ngày có chợ, nhà tôi bán được gấp đôi”.",
        "Công an huyện bắt giữ 05 đối tượng đánh bạc, bảo đảm an ninh tại chợ.",
        "Đồng chí Lê Văn T. bị khởi tố về tội nhận hối lộ khi xây chợ.",
    ],
)
@pytest.mark.parametrize("asked", [HeadingKind.DONE, HeadingKind.LACKS])
def test_voices_and_crimes_are_not_quoted(text: str, asked: HeadingKind) -> None:
    code, stance = read(text, asked)
    assert stance.held is Held.PERSONS
    assert asked is HeadingKind.LACKS or code is None


def test_a_punishment_beside_a_thing_done_leaves_it_done_and_unquoted() -> None:
    text = "Huyện ban hành 05 kế hoạch; đồng chí Trần Văn H., nguyên Trưởng phòng bị thi hành kỷ luật khiển trách."
    assert read(text, HeadingKind.DONE) == ("A", Stance(held=Held.PERSONS))
    for asked in (HeadingKind.ELSE, HeadingKind.LACKS, HeadingKind.SETTING):
        assert stance_of(text, asked, DISTRICT).held is Held.PERSONS
    text = "Tập huấn cho 200 cán bộ về phòng, chống ma túy, mại dâm."
    assert read(text, HeadingKind.DONE)[0] == "A"
    assert read("Chấn chỉnh kỷ luật, kỷ cương; ban hành 02 kế hoạch.", HeadingKind.DONE)[1].held is None


@pytest.mark.parametrize(
    "text",
    [
        "An ninh tại các chợ được giữ vững.",
        "Những tồn tại về nước sạch nêu tại kết luận kiểm tra đến nay đã được giải quyết.",
        "Tuyến đường trước đây còn hẹp, nay đã hoàn thiện.",
        "Không có chợ nào vi phạm về an ninh.",
        "Nhận thức của cán bộ đã được nâng lên.",
        "Tuy chưa có chợ hạng 1 nhưng các chợ hiện có cơ bản đáp ứng nhu cầu.",
        "Mưa lũ không ảnh hưởng nhiều đến chợ.",
    ],
)
def test_what_is_well_is_no_failing(text: str) -> None:
    code, stance = read(text, HeadingKind.LACKS)
    assert code is None
    assert stance.held in (Held.WELL, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("An ninh tại các chợ chưa được bảo đảm.", "B"),
        ("Tuyến đường tuy được đầu tư nhưng chưa đồng bộ.", "B"),
        ("Chợ xuống cấp, chưa được quan tâm sửa chữa.", "B"),
        ("Tình hình cơ bản ổn định, song một số tuyến đường còn hẹp.", "B"),
        ("Không có nước sạch ở các xã vùng cao, ảnh hưởng đời sống.", "B"),
        ("Kinh phí hạn hẹp.", "D"),
        ("Không chỉ do dịch bệnh kéo dài.", "C"),
        ("Nguyên nhân là dịch bệnh không được kiểm soát kịp thời.", "C"),
    ],
)
def test_failings_are_failings_though_words_of_what_is_well_stand_by(text: str, code: str) -> None:
    found, stance = read(text, HeadingKind.LACKS)
    assert (found, stance.held) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dịch bệnh không phải là nguyên nhân chủ yếu.", None),
        ("Mưa lũ không phải nguyên nhân; kinh phí quá ít.", "D"),
        ("Nguyên nhân do cán bộ thiếu chứ không phải do dịch bệnh.", "D"),
        ("Nguyên nhân không phải do dịch bệnh mà do cán bộ còn thiếu.", "D"),
        ("Không phải chỉ do mưa lũ.", "C"),
    ],
)
def test_what_is_said_to_be_no_cause_is_none(text: str, code: str | None) -> None:
    assert read(text, HeadingKind.LACKS)[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian tới, huyện tập trung sửa tuyến đường; phối hợp tập huấn cho cán bộ.",
        "Kính đề nghị UBND tỉnh bố trí kinh phí sửa chợ.",
        "Sẽ khắc phục tuyến đường hẹp trong năm sau.",
    ],
)
def test_tasks_and_requests_are_no_failings(text: str) -> None:
    code, stance = read(text, HeadingKind.LACKS)
    assert (code, stance.held) == (None, Held.AHEAD)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Bên cạnh đó, một số tuyến đường chưa được sửa chữa.", True),
        ("Chưa xây được chợ; chưa có nước sạch.", True),
        ("Xây 02 chợ, nhưng mới đạt 20% kế hoạch.", False),
        ("Tỷ lệ hộ dùng nước sạch đạt 91%, tăng 7 điểm phần trăm, chưa đạt mục tiêu 95%.", False),
        ("Hạn chế là nước sạch chưa về tới các xã vùng cao.", True),
        ("Thủ tục mở chợ vẫn còn kéo dài, có nơi trên 06 tháng.", True),
        ("Xây 02 chợ.", False),
    ],
)
def test_a_sentence_that_only_tells_of_a_lack_is_known(text: str, lacking: bool) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).lacking is lacking


def test_figures_of_others_in_brackets_are_not_its_own() -> None:
    text = "Cùng với tỉnh Tây Lĩnh (năm 2019 đón 4 triệu lượt khách) tạo thành một vùng."
    assert read(text, HeadingKind.SETTING) == (None, Stance(((22, 56),), Held.OTHERS))


@pytest.mark.parametrize(
    ("name", "issuer", "rank"),
    [
        ("Bộ Xây dựng", "Chính phủ", 1),
        ("Bộ Chỉ huy Quân sự tỉnh", "", 2),
        ("Hội Nông dân", "Tỉnh ủy", 2),
        ("Thị ủy Nam Hà", "Tỉnh ủy", 3),
        ("Phòng Văn hóa", "Ban Thường vụ Huyện ủy", 3),
        ("Bảo hiểm xã hội tỉnh", "", 2),
        ("Đảng ủy xã Lâm Thượng", "Huyện ủy", 4),
        ("Liên minh Hợp tác xã", "UBND tỉnh", 2),
    ],
)
def test_the_rank_of_a_body_is_told_by_its_name(name: str, issuer: str, rank: int) -> None:
    assert rank_of(name, issuer) == rank


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sau khi kế hoạch được ban hành, huyện đã bảo đảm an ninh tại 12 lễ hội.", "B"),
        ("Ngay sau khi ban hành kế hoạch, các xã mở 03 chợ phiên.", "B"),
        ("Từ khi có tổ công tác, các đơn vị đã vào cuộc.", None),
        ("Sau khi tập huấn, huyện ban hành kế hoạch nhân rộng.", "A"),
    ],
)
def test_when_something_was_done_is_not_what_was_done(text: str, code: str | None) -> None:
    assert read(text, HeadingKind.DONE)[0] == code
