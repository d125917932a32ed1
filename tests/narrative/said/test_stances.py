"""What a sentence says came of a thing, whose doing it was and when: what is evidence of it, what may be quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from soket.narrative.said.doers import Reporter, rank_of
from soket.narrative.said.outcomes import hard_in
from soket.narrative.said.stances import HeadingKind, Held, Stance, stance_of
from soket.narrative.said.themes import ThemeReader
from soket.plan.themes import Theme
from soket.text import flat

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
        "Sửa chợ vẫn là khâu yếu nhất của huyện.",
        "Huyện ủy giao Phòng Nội vụ tham mưu ban hành kế hoạch, tuy nhiên đến hết năm 2019 mới trình ký.",
        "Mãi đến quý III/2020 mới ban hành kế hoạch.",
        "Việc tập huấn ở một số xã còn qua loa.",
        "Nước sạch vẫn là bài toán khó.",
        "Tuyến đường là điểm nghẽn lớn nhất.",
        "Lượt khách sụt giảm mạnh, chỉ còn một phần ba.",
        "Lượt khách giảm 97% do tạm dừng đón khách.",
        "Nước ngoài và trong nước, lượt khách đều sụt giảm.",
        "Tuy nhiên, vẫn còn 04 chợ chưa đạt chuẩn.",
        "Nước thải tại 12 chợ chưa qua xử lý.",
        "Phát hiện 14 vụ, công tác tập huấn chưa thường xuyên.",
        "Nước sạch: 06 công trình, dùng được 04, hỏng 02.",
        "Một số lớp tập huấn phải tạm dừng từ tháng 3/2020.",
        "Kết quả xây chợ khiêm tốn, có 02 chợ.",
        "Chợ Bắc 365 tỷ đồng - dừng, nhà đầu tư xin trả đất.",
        "Tuyến đường ven sông vẫn ngập sau mỗi trận mưa.",
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
        ("Giữ vững an ninh: xử phạt 14 nhà hàng xả nước thải chưa qua xử lý với số tiền 386 triệu đồng.", "B"),
        ("Tịch thu 120 kg thực phẩm chưa qua kiểm dịch tại các chợ.", "B"),
        ("Không có chợ nào bị xử phạt về vệ sinh.", "B"),
        ("Chợ là khâu đột phá của huyện.", "B"),
        ("Đã khắc phục những khâu yếu trong quản lý chợ.", "B"),
        ("Thời gian chờ ở chợ giảm còn 05 phút do làm thêm cổng.", "B"),
        ("Năm 2021 đón 112 nghìn lượt khách, ước đạt 30% năm 2019, giảm mạnh do ảnh hưởng của dịch.", "B"),
        ("Huyện giao các xã xây dựng chợ, đến nay đã xong 05 chợ.", "B"),
        ("Từ một huyện không có chợ, nay 17/17 xã có chợ.", "B"),
        ("Số vụ vi phạm ở chợ giảm 30% nhờ tăng cường kiểm tra.", "B"),
        ("Tỷ lệ hộ dùng nước sạch từ 48,9% lên 71,2%, song vẫn còn thấp hơn bình quân cả nước.", "B"),
        ("Số chợ tăng từ 05 lên 12, song có sự chênh lệch giữa các xã.", "B"),
        ("Lượt khách đạt 12 nghìn, tăng 8%, nhưng còn thấp hơn mức bình quân của tỉnh.", "B"),
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
        ("Tập huấn 12 lớp; lượt khách sụt giảm mạnh do thiếu phòng.", "A"),
        ("Tập huấn 12 lớp; hạn chế lớn nhất là tuyến đường.", "A"),
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
        "Việc tập huấn lúc đầu còn qua loa, sau đã làm lại nghiêm túc.",
        "Kế hoạch của 02 xã còn hình thức, đến nay đã được chấn chỉnh.",
        "Việc tập huấn ở một số nơi chưa nghiêm túc, nay đã khắc phục.",
        "Các hạn chế về kế hoạch nêu tại báo cáo giám sát đã được khắc phục.",
    ],
)
def test_what_was_poorly_done_and_put_right_is_no_example(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == (None, Held.WELL)


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
        "Mục tiêu của năm 2021 là 12 chợ hạng 2.",
        "Chỉ tiêu tỉnh giao đến năm 2020 là 08 chợ.",
        "Kế hoạch năm 2022: xây 04 chợ, sửa 06 km tuyến đường.",
        "Mục tiêu, nhiệm vụ trọng tâm năm 2022 là mở 12 lớp tập huấn, hoàn thành trong quý II.",
        "Phấn đấu đến năm 2020 có 12 chợ, thu nhập bình quân đạt 45 triệu đồng.",
        "Mỗi năm phấn đấu xây thêm 02 chợ.",
        "Phấn đấu tỷ lệ hộ dùng nước sạch đạt 90% vào năm 2020.",
        "Huyện đặt mục tiêu đến năm 2025 có 100% hộ dùng nước sạch.",
        "Kế hoạch tháng 6/2022 là 12 chợ, hoàn thành trong tháng.",
    ],
)
def test_an_aim_is_no_thing_done(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == (None, Held.AHEAD)


@pytest.mark.parametrize(
    "text",
    [
        "Mục tiêu năm 2020 là 10 chợ; đến nay đã có 12 chợ.",
        "Mục tiêu đề ra là 5.000 lượt khách, thực hiện 5.200 lượt khách.",
        "Mục tiêu năm 2021 là chi 12 tỷ đồng sửa chợ, giải ngân 11,4 tỷ đồng.",
        "Chỉ tiêu về nước sạch: tăng từ 81% lên 92%.",
        "Huyện đã xây 12 chợ, đạt mục tiêu Nghị quyết đề ra đến năm 2025.",
        "So với mục tiêu 10 chợ, đạt 120%.",
        "9 tháng đầu năm 2021, huyện xây 05 chợ; phấn đấu quý IV xây thêm 02 chợ.",
    ],
)
def test_what_was_reached_of_an_aim_is_a_thing_done(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE)
    assert (code, stance.held) == ("B", None)


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
        "Nghị quyết số 08-NQ/TW của Bộ Chính trị chỉ rõ phải xây thêm chợ.",
        "Kết luận số 21-KL/TU ngày 02/3/2019 của Thường trực Tỉnh ủy đã nhấn mạnh việc giữ an ninh ở chợ.",
        "Đoàn giám sát của HĐND tỉnh năm 2020 đánh giá cao việc xây dựng chợ.",
        "Đoàn kiểm tra liên ngành của Bộ Công Thương ghi nhận các kế hoạch của huyện.",
        "Các hạn chế về chợ nêu tại Báo cáo giám sát năm 2018 của HĐND tỉnh đã được khắc phục.",
        "Những tồn tại trong tập huấn được chỉ ra tại Kết luận kiểm tra năm 2019 của Tỉnh ủy đến nay đã xong.",
        "Luật quy định: chợ hạng 1 do tỉnh quản lý.",
        "Theo Quyết định số 1980/QĐ-TTg, chợ phải đạt đủ 19 tiêu chí.",
        "Bình quân cả nước mỗi xã có 1,3 chợ.",
        "Theo báo cáo của huyện Bắc Lâm, huyện đã xây 07 chợ.",
        "Trước năm 2017, huyện chỉ có 12 chợ tạm, đường vào chợ lầy lội.",
        "Trước đây, cả huyện có 02 chợ.",
        "Hồi những năm chín mươi, huyện có 02 chợ.",
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
        ("Nghị quyết được cụ thể hóa bằng việc xây 05 chợ.", DISTRICT),
        ("Các đề xuất về chợ nêu tại kết luận kiểm tra của Ủy ban Kiểm tra Huyện ủy đều được làm.", DISTRICT),
        ("Đoàn kiểm tra liên ngành của UBND tỉnh do Sở chủ trì đã kiểm tra 45 chợ.", OFFICE),
        ("Tham gia 03 đoàn kiểm tra của UBND tỉnh tại các chợ.", OFFICE),
        ("Thực hiện Kết luận thanh tra của Bộ Công Thương, Sở xây 05 chợ.", OFFICE),
        ("Theo báo cáo của UBND các huyện, toàn tỉnh có 120 chợ.", OFFICE),
        ("Theo số liệu của Cục Thống kê, ngành quản lý 120 chợ.", OFFICE),
        ("Theo báo cáo của huyện Thạch Hòa, đến nay huyện đã có 12 chợ.", DISTRICT),
        ("Trước năm 2017, huyện có 05 chợ; năm 2020 có 11 chợ.", DISTRICT),
        ("Trước năm 2020, huyện xây 05 chợ.", DISTRICT),
        ("Trước đây huyện có 02 chợ, nay có 11 chợ.", DISTRICT),
        ("UBND xã Lâm Thượng đã xây 01 chợ.", DISTRICT),
        ("UBND huyện Bắc Lâm phối hợp với Sở xây 07 chợ.", OFFICE),
        ("UBND huyện Bắc Lâm đã được Sở hỗ trợ xây 07 chợ.", OFFICE),
        ("Thị ủy Nam Hà cùng Sở đã xây 07 chợ.", OFFICE),
    ],
)
def test_its_own_area_and_what_lies_in_it_is_its_own(text: str, body: Reporter) -> None:
    code, stance = read(text, HeadingKind.DONE, body)
    assert (code, stance.held) == ("B", None)


@pytest.mark.parametrize(
    "text",
    [
        "UBND xã Lâm Thượng đã xây 01 chợ.",
        "Trong năm 2020, Ủy ban nhân dân phường Đông Vinh đã đầu tư 02 chợ.",
        "Đảng ủy xã Lâm Thượng vừa mở chợ phiên.",
    ],
)
def test_what_the_bodies_of_a_place_did_is_no_doing_of_an_office_of_the_whole(text: str) -> None:
    code, stance = read(text, HeadingKind.DONE, OFFICE)
    assert (code, stance.held) == (None, Held.OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        "Bà Trần Thị Lụa, tiểu thương chợ Lâm Thượng chia sẻ: “Chợ mới sạch hơn nhiều”.",
        "“Từ ngày có chợ, nhà tôi bán được gấp đôi”.",
        "Công an huyện bắt giữ 05 đối tượng đánh bạc, bảo đảm an ninh tại chợ.",
        "Đồng chí Lê Văn T. bị khởi tố về tội nhận hối lộ khi xây chợ.",
        "Năm nay phải xong 12 chợ, tôi tin là làm được.",
    ],
)
@pytest.mark.parametrize("asked", [HeadingKind.DONE, HeadingKind.LACKS])
def test_voices_and_crimes_are_not_quoted(text: str, asked: HeadingKind) -> None:
    code, stance = read(text, asked)
    assert stance.held is Held.PERSONS
    assert asked is HeadingKind.LACKS or code is None


@pytest.mark.parametrize(
    "text",
    [
        "Cai nghiện ma túy cho 112 người tại 12 chợ.",
        "Số người nghiện ma tuý giảm 12% so với năm 2019.",
    ],
)
def test_what_the_plan_is_about_is_no_crime_to_keep_quiet_about(text: str) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is Held.PERSONS
    matter = flat("Sơ kết Chỉ thị về phòng, chống ma túy")
    assert stance_of(text, HeadingKind.DONE, replace(DISTRICT, matter=matter)).held is None


def test_what_keeps_crimes_off_is_told() -> None:
    text = "Tuyên truyền phòng, chống ma túy cho 1.200 người ở 12 chợ."
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is None


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Tình trạng lấn chiếm chợ nêu trong kết luận kiểm tra năm 2019 đã được xử lý.", Held.WELL),
        ("Hạn chế về thiếu cán bộ nêu trong báo cáo năm 2020 đã cơ bản được bù đắp.", Held.WELL),
        ("Một số vướng mắc về kinh phí đã được Quốc hội ghi nhận, đưa vào chương trình.", Held.WELL),
        ("Học sinh bỏ học: không còn.", Held.WELL),
        ("Khắc phục hạn chế đã được Đoàn kiểm tra chỉ ra, đến nay xã đã bàn giao xong hồ sơ.", Held.WELL),
        ("Đoàn kiểm tra số 08 đề nghị Đảng ủy xã sớm mở chợ.", Held.AHEAD),
        ("Sở Y tế đề nghị các xã rút kinh nghiệm về nhận thức.", Held.AHEAD),
        ("Bài học rút ra là phải bố trí kinh phí.", Held.AHEAD),
        ("Kinh nghiệm cho thấy, ở đâu cán bộ sát dân thì ở đó việc trôi chảy.", Held.AHEAD),
        ("Giai đoạn 2021 - 2025, chấm dứt tình trạng lấn chiếm chợ; giải quyết dứt điểm nợ đọng.", Held.AHEAD),
        ("Đến năm 2025, xóa bỏ chợ cóc.", Held.AHEAD),
        ("Tình trạng lấn chiếm chợ đã được xử lý một phần, nay tái diễn.", None),
        ("Việc lấn chiếm chợ chưa được xử lý dứt điểm.", None),
        ("Nhà ở: không còn đủ kinh phí để sửa.", None),
        ("Thực tế cho thấy nhận thức của cán bộ còn hạn chế.", None),
        ("Giai đoạn 2017 - 2021, kinh phí bố trí chậm.", None),
        ("Giai đoạn 2020 - 2025 mới bố trí 12% kinh phí.", None),
        ("Kế hoạch giai đoạn 2021 - 2025 đã ban hành chậm, kinh phí thiếu.", None),
    ],
)
def test_what_is_settled_asked_by_others_learnt_or_to_come_is_no_failing(text: str, held: Held | None) -> None:
    assert stance_of(text, HeadingKind.LACKS, DISTRICT).held is held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Phát hiện, điều tra 17.846 vụ, bắt giữ 19.902 đối tượng, tỷ lệ khám phá đạt 93,4%.", None),
        ("Khởi tố 91 vụ trong tổng số 96 vụ/10 năm.", None),
        ("Xảy ra 214 vụ trộm cắp tài sản, bình quân tăng 4%/năm.", Held.PERSONS),
        ("Bắt giữ 02 đối tượng trộm cắp tại chợ.", Held.PERSONS),
        ("Khởi tố 01 vụ án, 12 bị can tại xã.", Held.PERSONS),
    ],
)
def test_sums_of_cases_are_no_case(text: str, held: Held | None) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is held


def test_a_punishment_beside_a_thing_done_leaves_it_done_and_unquoted() -> None:
    text = "Huyện ban hành 05 kế hoạch; đồng chí Trần Văn H., nguyên Trưởng phòng bị thi hành kỷ luật khiển trách."
    assert read(text, HeadingKind.DONE) == ("A", Stance(held=Held.PERSONS))
    for asked in (HeadingKind.ELSE, HeadingKind.LACKS, HeadingKind.SETTING):
        assert stance_of(text, asked, DISTRICT).held is Held.PERSONS
    for text in ("Ông Vi Văn Tài, Chủ tịch xã, bị khiển trách.", "Chủ tịch xã Dương Văn H. bị cảnh cáo vì chi sai."):
        assert stance_of(text, HeadingKind.LACKS, DISTRICT).held is Held.PERSONS
    text = "Anh Lô Văn Thoong đi bộ 14 km vào chợ trả giấy khai sinh cho dân."
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is Held.PERSONS
    for text in ("Trong 05 năm không có cán bộ nào bị kỷ luật.", "Không để cán bộ bị thi hành kỷ luật."):
        assert stance_of(text, HeadingKind.DONE, DISTRICT).held is None
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
        "Đến nay không còn ùn tắc trên tuyến đường vào chợ.",
        "Đến nay không còn tuyến đường treo trong quy hoạch.",
        "Đến nay huyện không còn chợ tranh tre.",
        "Không có nợ đọng trong xây dựng chợ.",
        "Cán bộ đoàn kết, không có ai bị kỷ luật.",
        "Không có vướng gì về cán bộ.",
        "Vướng mắc về tuyến đường nêu trong báo cáo trước đã được Công ty Điện lực tỉnh khắc phục.",
        "Việc thiếu kinh phí cho cán bộ đã được Sở Tài chính giải quyết.",
        "Tình trạng mất an ninh ở chợ nêu trong kết luận năm 2019 đã được xử lý.",
        "Việc thiếu cán bộ y tế đã cơ bản được bù đắp.",
        "Khắc phục hạn chế đoàn kiểm tra chỉ ra, đến nay huyện đã bàn giao xong tuyến đường.",
        "Số chợ đạt chuẩn không thấp hơn các huyện khác.",
        "Có sự lãnh đạo sâu sát của Huyện ủy và nỗ lực của cán bộ.",
        "Chợ tạm trên tuyến đường: nay không còn.",
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
        ("Các chợ được duy trì, song tuyến đường ngày càng hẹp.", "B"),
        ("Kinh phí được quan tâm nhưng mới đáp ứng 42% nhu cầu về cán bộ.", "D"),
        ("Máy tính của cán bộ không còn phù hợp.", "D"),
        ("Không còn quỹ đất để xây chợ.", "B"),
        ("Không có kinh phí xử lý lấn chiếm.", "D"),
        ("Một số chợ không còn sạch như trước.", "B"),
        ("Không còn chợ tranh tre, song một số tuyến đường còn hẹp.", "B"),
        ("Tuyến đường hẹp đã được cử tri đề nghị giải quyết nhiều lần.", "B"),
        ("Nước sạch đã được yêu cầu khắc phục nhưng chưa xong.", "B"),
        ("Tuyến đường hẹp chưa được huyện khắc phục.", "B"),
        ("Lấn chiếm tuyến đường còn diễn ra, đã xử lý 12 vụ.", "B"),
        ("An ninh ở chợ chưa được xử lý dứt điểm.", "B"),
        ("Xây dựng tuyến đường chậm, chưa xong trước ngày 30/6/2021.", "B"),
        ("Nếu có mưa lớn, tuyến đường bị chia cắt, không thể đi lại.", "B"),
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
        "Hoàn thành 04 tuyến đường còn lại trước ngày 15/4/2021.",
        "Khẩn trương sửa chữa tuyến đường vào chợ, xong trong quý II.",
        "Nâng cấp 03 chợ nếu được cấp kinh phí.",
        "Yêu cầu các xã rút kinh nghiệm, khắc phục tình trạng chậm sửa tuyến đường.",
        "Giai đoạn 2022 - 2025, chấm dứt chợ tạm.",
    ],
)
def test_tasks_and_requests_are_no_failings(text: str) -> None:
    code, stance = read(text, HeadingKind.LACKS)
    assert (code, stance.held) == (None, Held.AHEAD)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Bên cạnh đó, một số tuyến đường chưa được sửa chữa.", True),
        ("Số chợ có ban quản lý mới là 15/20 chợ.", True),
        ("Phòng họp trực tuyến mới dùng được 4 lần.", True),
        ("Tuyến đường B mới được 12/45 km.", True),
        ("Ngân sách chợ hụt 3 tỷ đồng so với dự toán.", True),
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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xử phạt 05 chợ vi phạm hành chính 45 triệu đồng.", None),
        ("Xử phạt 14 chợ, nhà hàng xả nước thải; đã mở 02 lớp tập huấn.", "A"),
        ("Đình chỉ 02 chợ vì vi phạm an ninh.", "B"),
        ("Bảo đảm an ninh tại 05 chợ.", "B"),
    ],
)
def test_who_is_fined_is_not_what_a_sentence_is_about(text: str, code: str | None) -> None:
    found, stance = read(text, HeadingKind.DONE)
    assert (found, stance.held) == (code, None)


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


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("Huyện có 20 km bờ biển, nhiều cửa lạch, tiềm ẩn phức tạp về an ninh.", True),
        ("Địa bàn có 3 tuyến quốc lộ, lượng xe lớn, gây khó khăn cho công tác quản lý.", True),
        ("Tuy có nhiều tiềm năng nhưng huyện chịu cạnh tranh của các huyện lân cận.", True),
        ("Mặc dù thuận lợi về vị trí, song bị ảnh hưởng nặng của bão.", True),
        ("Huyện có bãi tắm đẹp; năm 2016 bị ảnh hưởng của sự cố môi trường biển.", False),
        ("Có nhiều lợi thế, bên cạnh đó còn nhiều thách thức.", False),
    ],
)
def test_all_is_hard_where_nothing_else_is_said_to_be_in_favour(text: str, hard: bool) -> None:
    found = hard_in(text)
    assert found
    assert (found == ((0, len(text)),)) is hard
    assert not hard_in("Huyện có 20 km bờ biển, tiềm ẩn lợi thế lớn.")


@pytest.mark.parametrize(
    ("text", "body", "theirs"),
    [
        ("Theo Sở Tài chính, vốn chợ chiếm 6% tổng chi của tỉnh.", OFFICE, True),
        ("Theo số liệu của Cục Thống kê, tuyến đường dài 20 km.", OFFICE, True),
        ("Theo Sở Công Thương, đã xây 12 chợ.", OFFICE, False),
        ("Theo Cục Thống kê, huyện đón 12.000 lượt khách.", DISTRICT, False),
        ("Theo kế hoạch, đã xây 12 chợ.", OFFICE, False),
    ],
)
def test_what_another_body_tells_is_of_no_office_of_another_name(text: str, body: Reporter, theirs: bool) -> None:
    assert (read(text, HeadingKind.DONE, body)[1].held is Held.OTHERS) is theirs


@pytest.mark.parametrize(
    ("text", "body", "own"),
    [
        ("Tuyến đường 12 km qua huyện do Trung ương đầu tư đã thông xe.", DISTRICT, False),
        ("Tuyến đường ven biển do UBND tỉnh làm chủ đầu tư đã thông xe.", DISTRICT, False),
        ("Tuyến đường ven biển do tỉnh làm chủ đầu tư đã thông xe.", OFFICE, True),
        ("Tuyến đường 12 km do huyện đầu tư đã thông xe.", DISTRICT, True),
        ("Sửa chợ với 19 tỷ đồng do Trung ương và tỉnh hỗ trợ.", DISTRICT, True),
        ("Dự án của Bộ Y tế đầu tư xây 05 chợ trị giá 24 tỷ đồng.", DISTRICT, False),
        ("Sở Công Thương đã tập huấn cho 450 người ở các chợ.", DISTRICT, False),
        ("Sở Công Thương hỗ trợ huyện xây 02 chợ.", DISTRICT, False),
        ("Bộ Công Thương đã xây 02 chợ trên địa bàn.", DISTRICT, False),
        ("Bộ phận một cửa đã mở thêm 02 chợ.", DISTRICT, True),
        ("Sở Công Thương vừa có chợ vừa là nơi đón khách.", DISTRICT, True),
        ("Sở Công Thương đã phối hợp với huyện sửa 03 chợ.", DISTRICT, True),
        ("Huyện ủy Bắc Hải đã xây 07 chợ.", OFFICE, False),
        ("Huyện ủy Bắc Hải cùng Sở đã xây 07 chợ.", OFFICE, True),
    ],
)
def test_what_those_above_built_is_none_of_its_own(text: str, body: Reporter, own: bool) -> None:
    code, stance = read(text, HeadingKind.DONE, body)
    assert (code, stance.held) == (("B", None) if own else (None, Held.OTHERS))
