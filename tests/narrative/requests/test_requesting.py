"""Who is asked in sentences of other wording than the labelled ones, and what among recommendations is none."""

from __future__ import annotations

import pytest

from soket.narrative.requests.addressees import OTHERS, AddresseeReader
from soket.narrative.requests.bodies import ABOVE, CENTRAL
from soket.narrative.requests.requesting import WhoIsAsked, requests_nothing
from soket.narrative.requests.standing import is_above, is_below, is_its_own, order_of
from soket.plan.model import Plan
from soket.plan.themes import lexicon_of

PROVINCE, COUNCIL = "Ủy ban nhân dân tỉnh", "Hội đồng nhân dân tỉnh"
COMMUNES = "Ủy ban nhân dân các xã, phường"
DISTRICTS, PROVINCES = "Ủy ban nhân dân các huyện, thị xã, thành phố", "Ủy ban nhân dân các tỉnh, thành phố"
DISTRICT_PARTIES = "các huyện ủy, thị ủy, thành ủy"
BLOCK, TRANSPORT = "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Sở Giao thông vận tải"
BRANCHES, ITS_BRANCHES = "các sở, ban, ngành", "các sở, ngành"  # as a lexicon calls them, and without one
STEERING = "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh"
OFFICE = "Văn phòng Điều phối xây dựng nông thôn mới tỉnh"


def of_a_ministry(plan: Plan) -> Plan:
    names = ("Bộ Giáo dục và Đào tạo", "UBND tỉnh Hà Tĩnh", "UBND thành phố Huế")
    units = tuple(each.model_copy(update={"name": name}) for each, name in zip(plan.units, names, strict=False))
    return plan.model_copy(update={"issuer": "Bộ Y tế", "offices": (), "units": units, "place": "Hà Nội"})


def of_countryside(plan: Plan) -> AddresseeReader:
    office = plan.offices[0].model_copy(update={"name": OFFICE})
    return AddresseeReader(plan.model_copy(update={"issuer": STEERING, "offices": (office,), "units": ()}))


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Mong Trung ương, tỉnh quan tâm bố trí 120 tỷ đồng.", (CENTRAL, PROVINCE)),
        ("Đề nghị Trung ương và tỉnh tăng định mức hỗ trợ xã biên giới.", (CENTRAL, PROVINCE)),
        (
            "Đề nghị Chính phủ, Bộ Nông nghiệp và Phát triển nông thôn, UBND tỉnh ban hành tiêu chí riêng.",
            (CENTRAL, PROVINCE),
        ),
        ("Kiến nghị Bộ Tài chính, HĐND tỉnh bố trí vốn đối ứng.", (CENTRAL, COUNCIL)),
        ("Kính đề nghị HĐND, UBND tỉnh ban hành chính sách.", (COUNCIL, PROVINCE)),
        ("Đề nghị Tỉnh ủy, UBND tỉnh kiến nghị Trung ương giảm lãi suất.", ("Tỉnh ủy", PROVINCE)),
        ("Đề nghị Sở Xây dựng, Sở Tài chính thẩm định sớm đồ án.", ("Sở Xây dựng", "Sở Tài chính")),
        ("Đề nghị Sở Xây dựng phối hợp với UBND tỉnh, Tỉnh ủy làm rõ.", ("Sở Xây dựng",)),
        ("Đề nghị Bộ Giáo dục và Đào tạo bổ sung biên chế, trình Chính phủ tiếp tục Đề án.", (CENTRAL,)),
        ("Kiến nghị Trung ương sửa Luật Đất đai, đề nghị tỉnh hỗ trợ đo đạc.", (CENTRAL, PROVINCE)),
        ("Đảng ủy Khối, các huyện, thị xã: tăng cường kết nối.", (BLOCK, DISTRICTS)),
        ("Với Sở Giao thông, Sở Tài chính: bố trí vốn duy tu.", (TRANSPORT, "Sở Tài chính")),
        ("Huyện đã kiến nghị từ năm 2019 nhưng chưa được trả lời, nay tiếp tục đề nghị tỉnh xem xét.", (PROVINCE,)),
    ],
)
def test_all_who_are_asked_in_a_row_are_told(plan: Plan, sentence: str, asked: tuple[str, ...]) -> None:
    assert AddresseeReader(plan, lexicon_of(plan)).addressees_of(sentence) == asked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Nhờ tỉnh mua cho hai mươi máy tính, một xe bán tải.", PROVINCE),
        ("Nhờ Sở Tài chính nói rõ nguồn tiền xăng xe.", "Sở Tài chính"),
        ("Nhờ có sự quan tâm của tỉnh, hạ tầng khá hơn.", None),
        ("Nhỏ lẻ, tỉnh lộ hẹp.", None),
        ("Mong muốn tỉnh cấp thêm xi măng.", PROVINCE),
        ("Xin cấp trên thêm kinh phí cho thôn, bản.", ABOVE),
        ("Đề nghị các xã, phường rà soát nhu cầu.", COMMUNES),
        ("Đề nghị các xã đặc biệt khó khăn được hưởng chính sách này.", None),
        ("Đề nghị các xã hội viên tham gia.", None),
        ("Mong ngành điện sớm đầu tư lưới điện.", BRANCHES),
        ("Đề nghị ngành nghề truyền thống được hỗ trợ.", None),
        ("UBND huyện đề nghị UBND tỉnh bố trí vốn.", PROVINCE),
        ("Trong thời gian chờ Chính phủ sửa đổi, đề nghị UBND tỉnh cho thí điểm.", PROVINCE),
        ("Với Trung ương: mong được bổ sung vốn.", CENTRAL),
        ("Kiến nghị Ngân hàng Chính sách xã hội nâng mức cho vay.", OTHERS),
        ("Mong muốn các doanh nghiệp tiếp nhận 30% học viên thực tập.", OTHERS),
        ("Đề nghị các doanh nghiệp du lịch được vay ưu đãi.", None),
        ("Với các huyện ủy, thị ủy, thành ủy: quan tâm bố trí trụ sở.", DISTRICT_PARTIES),
        ("Đề nghị các huyện, thị, thành ủy chỉ đạo quyết liệt.", DISTRICT_PARTIES),
        ("Đề nghị các huyện, thành phố, thị xã quan tâm.", DISTRICTS),
        ("Mong các tỉnh ủy, thành ủy chia sẻ kinh nghiệm.", "các tỉnh ủy, thành ủy"),
        ("Đề nghị UBND các tỉnh lân cận phối hợp quản lý tàu thuyền.", PROVINCES),
        ("Đề nghị Đảng ủy các xã ven biển lãnh đạo.", "Đảng ủy các xã, phường"),
        ("Các địa phương có bãi biển bố trí nhân viên cứu hộ.", DISTRICTS),
        ("Các xã miền núi còn thiếu cán bộ, chưa bố trí được.", None),
        ("UBND huyện Cẩm Xuyên phối hợp xây dựng tuyến.", "Ủy ban nhân dân huyện Cẩm Xuyên"),
        ("Đề nghị UBND tỉnh Hà Tĩnh bố trí vốn.", PROVINCE),
        ("Đề nghị Tổng Liên đoàn Lao động Việt Nam cho vay vốn.", CENTRAL),
        ("Đề nghị Hội Nông dân Việt Nam mở lớp.", CENTRAL),
        ("Đề nghị Bảo hiểm xã hội Việt Nam nâng mức chi cho trạm.", CENTRAL),
        ("Đề nghị BHXH Việt Nam nâng mức chi cho trạm.", CENTRAL),
        ("Kiến nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Đề nghị Liên đoàn Lao động tỉnh mở lớp.", "Liên đoàn Lao động tỉnh"),
        ("TW: tăng phụ cấp cho cộng tác viên.", CENTRAL),
        ("Đề nghị sớm sơ kết Nghị quyết số 08-NQ/TW.", None),
        ("Đề nghị bổ sung vốn Trung ương.", None),
        ("Đề nghị ngành y tế tập huấn sơ cứu.", "Sở Y tế"),
        ("Đề nghị Sở GD&ĐT mở lớp.", "Sở Giáo dục và Đào tạo"),
        ("Đề nghị Sở LĐ-TB&XH mở lớp.", "Sở Lao động - Thương binh và Xã hội"),
        ("Đề nghị Sở VHTT&DL mở lớp.", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_plain_words_say_who_is_asked(plan: Plan, sentence: str, asked: str | None) -> None:
    assert AddresseeReader(plan, lexicon_of(plan)).addressees_of(sentence)[:1] == ((asked,) if asked else ())


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Đề nghị Quốc hội, Chính phủ sớm sửa Luật.", ("Quốc hội", "Chính phủ")),
        ("Đề nghị Bộ Tài chính cân đối nguồn vốn.", ("Bộ Tài chính",)),
        ("Bộ Giáo dục cũng nên dạy bơi từ lớp 3.", ("Bộ Giáo dục và Đào tạo",)),
        ("Đề nghị Bộ Nông nghiệp và Môi trường, Bộ Nội vụ phối hợp.", ("Bộ Nông nghiệp và Môi trường", "Bộ Nội vụ")),
        ("Đề nghị Bộ Nội vụ và Ủy ban nhân dân các tỉnh bố trí biên chế.", ("Bộ Nội vụ", PROVINCES)),
        ("Đề nghị các địa phương tăng chi cho trẻ em.", (PROVINCES,)),
        ("Đề nghị Trung ương tăng phụ cấp.", (CENTRAL,)),
    ],
)
def test_where_a_ministry_issues_the_plan_each_is_asked_by_its_name(
    plan: Plan, sentence: str, asked: tuple[str, ...]
) -> None:
    assert AddresseeReader(of_a_ministry(plan)).addressees_of(sentence) == asked


def test_a_province_asks_nothing_of_its_own_in_a_ministry_s_plan(plan: Plan) -> None:
    ministry = of_a_ministry(plan)
    school, province, city = ministry.units
    for own in ("Tỉnh ủy", COUNCIL, COMMUNES, PROVINCE, "Tỉnh ủy Hà Tĩnh"):
        assert is_its_own(ministry, province, own)
    assert is_its_own(ministry, city, "Ủy ban nhân dân thành phố")
    for other in (PROVINCES, "Bộ Tài chính", "Quốc hội", "Ủy ban nhân dân tỉnh Nghệ An"):
        assert not is_its_own(ministry, province, other)
    assert not is_its_own(ministry, school, PROVINCES)
    assert is_above(ministry, "Quốc hội")
    assert not is_above(ministry, "Bộ Tài chính")
    ranked = ["Quốc hội", "Chính phủ", CENTRAL, PROVINCES]
    assert sorted({*ranked}, key=order_of) == ranked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (f"Đề nghị {STEERING} tổ chức tham quan học tập.", STEERING),
        ("Đề nghị Ban Chỉ đạo tỉnh sớm phân bổ vốn.", STEERING),
        ("Đề nghị Ban Chỉ đạo phòng, chống thiên tai tỉnh cấp xuồng.", OTHERS),
        ("Đề nghị Văn phòng Điều phối nông thôn mới tỉnh tập huấn hai đợt mỗi năm.", OFFICE),
        ("Đề nghị Văn phòng Điều phối tỉnh hướng dẫn.", OFFICE),
        ("Đề nghị Văn phòng Đăng ký đất đai tỉnh cấp giấy chứng nhận.", ITS_BRANCHES),
        ("Đề nghị Cục Thuế tỉnh giãn nộp thuế.", ITS_BRANCHES),
        ("Đề nghị Cục Đường bộ hướng dẫn các huyện trong tỉnh.", OTHERS),
    ],
)
def test_the_issuer_and_the_office_that_drafts_are_known_by_their_short_names(
    plan: Plan, sentence: str, asked: str
) -> None:
    assert of_countryside(plan).addressees_of(sentence)[0] == asked


@pytest.mark.parametrize(
    ("sentence", "central"),
    [
        ("Kiến nghị sửa đổi Nghị định số 57/2018/NĐ-CP theo hướng đơn giản.", True),
        ("Đề nghị sớm bổ sung Luật Du lịch về lưu trú tại nhà dân.", True),
        ("Đề nghị điều chỉnh Quyết định số 1980/QĐ-TTg về tiêu chí.", True),
        ("Đề nghị sửa đổi Quyết định số 12/2019/QĐ-UBND.", False),
        ("Đề nghị hướng dẫn thực hiện Nghị định số 57/2018/NĐ-CP.", False),
    ],
)
def test_laws_and_decrees_are_the_centre_s_to_mend(plan: Plan, sentence: str, central: bool) -> None:
    assert AddresseeReader(plan).whose_papers(sentence) == (CENTRAL if central else None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Trên đây là báo cáo của Ban Thường vụ Huyện ủy, kính trình Ban Thường vụ Tỉnh ủy xem xét, chỉ đạo.",
        "Trên đây là kết quả thực hiện của Sở, đề nghị UBND tỉnh tổng hợp.",
        "UBND huyện trân trọng báo cáo UBND tỉnh xem xét, cho ý kiến chỉ đạo./.",
        "Đề nghị Tỉnh ủy quan tâm, xem xét giải quyết các kiến nghị nêu trên.",
        "Huyện không có kiến nghị gì thêm về cán bộ.",
        "Kiến nghị của huyện năm 2017 về xi măng đã được tỉnh giải quyết.",
        "Các đề xuất nêu tại báo cáo quý trước đã được Sở Nội vụ trả lời.",
        "UBND huyện đã nhiều lần kiến nghị về đường liên xã.",
        "Phấn đấu đến năm 2025 có 13 xã đạt chuẩn.",
        "Tiếp tục phấn đấu đến năm 2025 có 80% số xã đạt tiêu chí số 5.",
        "Xây dựng 03/03 xã đạt chuẩn nông thôn mới nâng cao, 01 xã kiểu mẫu vào năm 2023.",
        "Giai đoạn 2021 - 2025, huyện đặt mục tiêu đạt chuẩn nông thôn mới.",
        "Năm 2025 thì huyện phải có ít nhất mười hai xã đạt chuẩn.",
        "Sở Công Thương sẽ chủ động thực hiện các nhiệm vụ được giao.",
        "Huyện sẽ cố gắng mỗi năm thêm 1 xã, nếu có vốn.",
        "Các cấp Hội tiếp tục vận động hội viên giữ gìn vệ sinh.",
        "Giao các phòng, đơn vị trực thuộc căn cứ chức năng, nhiệm vụ tổ chức thực hiện./.",
        "Tỉnh cam kết bố trí đủ kinh phí đối ứng.",
        "Ngành giáo dục tiếp tục phấn đấu không còn phòng học tạm.",
        "Hội đồng nhân dân tỉnh ban hành nghị quyết hỗ trợ (đã ban hành Nghị quyết số 12/2024).",
        "Năm 2018 xin đường ven biển: tỉnh đã cho, cảm ơn.",
        "Đề nghị Bộ hướng dẫn thu phí, nay đã có Thông tư.",
        "Kiến nghị tỉnh tăng biên chế, đến nay đã được giải quyết.",
        "Nhiều phụ huynh đề nghị nhà trường không tổ chức dạy thêm.",
        "Báo cáo các đồng chí như thế, xin cảm ơn.",
    ],
)
def test_what_asks_for_nothing_is_no_recommendation(sentence: str) -> None:
    assert requests_nothing(sentence, frozenset({"sở công thương"}), WhoIsAsked())


@pytest.mark.parametrize(
    "sentence",
    [
        "Đề nghị UBND tỉnh xem xét, phê duyệt quy hoạch vùng huyện.",
        "Kính trình Thường trực Tỉnh ủy cho chủ trương thành lập Ban Quản lý khu du lịch.",
        "Đề nghị Sở Nội vụ báo cáo UBND tỉnh xem xét, quyết định.",
        "Xin cơ chế đặc thù cho hai xã vùng cao.",
        "Cho phép xã giữ lại 100% tiền đấu giá đất.",
        "Cần sớm ban hành quy định phân cấp quản lý bãi tắm.",
        "Sở Nội vụ tiếp tục tham mưu bổ sung biên chế cho các xã mới.",
        "Đề nghị tỉnh hoàn thành tuyến đường ven biển trước năm 2025.",
        "Kiến nghị của huyện năm 2017 về xi măng đã được tỉnh trả lời nhưng chưa bố trí vốn.",
        "Huyện đã đề nghị nhiều năm nay mà chưa được, mong tỉnh quan tâm.",
        "Huyện không có nguồn thu, đề nghị tỉnh hỗ trợ 100% kinh phí.",
        "Hỗ trợ kinh phí xây dựng nhà văn hóa thôn trong năm 2022.",
        "Hoàn thành dứt điểm tuyến đường tỉnh 552 trước năm 2023.",
        "Tiếp tục duy trì chính sách hỗ trợ xi măng.",
        "Xây dựng Trung tâm Hành chính công đạt chuẩn trong năm 2026.",
        "Mục tiêu quốc gia xây dựng nông thôn mới cần được bố trí vốn sớm.",
        "Các kiến nghị của huyện tại Báo cáo số 12 chưa được giải quyết, đề nghị tỉnh sớm xem xét.",
        "Bố trí 01 biên chế chuyên trách mỗi xã.",
        "Đề nghị tỉnh bố trí vốn cho dự án kè biển (đã được phê duyệt tại Quyết định số 12).",
        "Đề nghị Trung ương bố trí 50 tỷ đồng, tỉnh đã bố trí 20 tỷ đồng.",
        "Đề nghị tỉnh phê duyệt đề án (đã phê duyệt chủ trương).",
        "Đề nghị tỉnh cấp xi măng, huyện đã cấp đất.",
        "Buộc nhà đầu tư cam kết tiến độ, quá hạn thì thu hồi.",
        "Giảm tiền thuê đất, nhiều doanh nghiệp gặp khó khăn.",
    ],
)
def test_what_is_asked_in_bare_words_is_one(sentence: str) -> None:
    assert not requests_nothing(sentence, frozenset({"sở công thương"}), WhoIsAsked())


def test_who_is_to_report_to_whom_is_asked_for() -> None:
    told = "Sở Tài chính tham mưu UBND tỉnh báo cáo HĐND tỉnh xem xét, cho ý kiến."
    assert requests_nothing(told, frozenset(), WhoIsAsked(anybody=True, its_own=True))
    assert not requests_nothing(told, frozenset(), WhoIsAsked(anybody=True))


def test_a_day_that_those_below_are_given_is_an_order() -> None:
    order = "Đề nghị các xã, phường rà soát, đăng ký nhu cầu thiết bị trước ngày 25/3/2026."
    assert requests_nothing(order, frozenset(), WhoIsAsked(anybody=True, below=True))
    assert not requests_nothing(order, frozenset(), WhoIsAsked(anybody=True))
    wish = "Đề nghị UBND các huyện quan tâm dành quỹ đất cho trường học."
    assert not requests_nothing(wish, frozenset(), WhoIsAsked(anybody=True, below=True))
    call = "UBND các xã tổ chức thực hiện nghiêm túc kế hoạch này."
    assert requests_nothing(call, frozenset(), WhoIsAsked(anybody=True, below=True, its_own=True))
    assert not requests_nothing(call, frozenset(), WhoIsAsked(anybody=True, below=True))
    assert not requests_nothing(f"Đề nghị {call}", frozenset(), WhoIsAsked(anybody=True, below=True, its_own=True))


@pytest.mark.parametrize(
    ("unit", "addressee", "own"),
    [
        ("Đảng ủy Khối Các cơ quan tỉnh", "Đảng ủy", True),
        ("Sở Công Thương", "Sở Công Thương", True),
        ("UBND huyện Bắc Sơn", COMMUNES, True),
        ("UBND huyện Bắc Sơn", "Ủy ban nhân dân các huyện, thị xã, thành phố", False),
        ("Sở Giáo dục và Đào tạo", COMMUNES, False),
        ("Sở Công Thương", "Sở Xây dựng", False),
        ("Sở Công Thương", ABOVE, False),
        ("Huyện ủy Hương Khê", "Ủy ban nhân dân huyện Hương Khê", True),
        ("Huyện ủy Hương Khê", "Ủy ban nhân dân huyện Cẩm Xuyên", False),
        ("Huyện ủy Hương Khê", "Ủy ban nhân dân xã Hương Trà", True),
        ("Huyện ủy Hương Khê", DISTRICT_PARTIES, False),
        ("Huyện ủy Hương Khê", "Đảng ủy các xã, phường", True),
        ("Sở Công Thương", "Đảng ủy", True),
    ],
)
def test_a_body_asks_nothing_of_itself_or_of_those_below_it(plan: Plan, unit: str, addressee: str, own: bool) -> None:
    assert is_its_own(plan, plan.units[0].model_copy(update={"name": unit}), addressee) is own


def test_districts_and_communes_stand_below_a_province(plan: Plan) -> None:
    asked = (COMMUNES, "Ủy ban nhân dân huyện", PROVINCE, CENTRAL, BRANCHES, None)
    assert [is_below(plan, each) for each in asked] == [True, True, False, False, False, False]
