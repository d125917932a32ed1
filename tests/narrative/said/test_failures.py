"""What went wrong is no result though no word of lacking says so; what was done about it is one."""

from __future__ import annotations

import pytest

from soket.narrative.said.doers import Reporter, rank_of
from soket.narrative.said.failures import failures
from soket.narrative.said.stances import HeadingKind, Held, stance_of

DISTRICT = Reporter(frozenset({"huyện thạch hòa"}), "nam sơn", rank_of("Huyện ủy Thạch Hòa"), 2017, 2021)


@pytest.mark.parametrize(
    "text",
    [
        "Nước sạch: 6 công trình, dùng được 4, hỏng 2 (buôn Ak, buôn M’Um).",
        "Dự án: Khu nghỉ dưỡng 365 tỷ - dừng, nhà đầu tư xin trả.",
        "Thu gom ngày 2 lần, vẫn ngập rác sau mưa lũ.",
        "Khách quốc tế năm 2021 bằng 0, giảm 100% so với năm 2019.",
        "Một số hoạt động trải nghiệm phải tạm dừng từ tháng 3/2020 do dịch.",
        "Kết quả thu hút đầu tư khiêm tốn, chỉ có 02 dự án.",
        "So với huyện Bắc Lâm, lượng khách của huyện bằng 35%.",
        "Có 03 vụ đuối nước tại bãi tắm, làm chết 02 người.",
        "Nhà nghỉ: 12 cơ sở, 3 cơ sở đóng cửa, 2 cơ sở bỏ không.",
        "02/03 dự án bị thu hồi, 01 dự án xin giãn tiến độ.",
        "Làng nghề: 05 nhà, nay còn 02 nhà đón khách.",
        "Doanh thu năm 2021 chỉ bằng 1/3 năm 2019.",
        "Tàu trên sông - tạm dừng.",
        "Các tuyến xe buýt phải dừng từ năm 2020.",
        "Thu nhập của hộ làm nghề bằng 82% bình quân chung của tỉnh.",
        "Số lớp: kế hoạch 10, chỉ đạt 4.",
        "Mô hình nuôi dê thất bại, 02 hộ bỏ dở.",
        "Câu lạc bộ: thành lập 45, còn hoạt động 19.",
        "Dịch vụ chi trả tại nhà lỗ 1,8 tỷ đồng.",
        "Trạm Khe Nước làm xong nỏ ai tới.",
        "Số thôn có tổ công nghệ số giảm từ 21 xuống 13.",
        "Sản phẩm trên sàn năm 2021 giảm còn 2.",
        "Phần mềm có 9.000 lượt tải, sau đó bỏ vì trùng.",
        "Cổng thông tin mở tháng 3/2020, từ tháng 9/2020 không cập nhật.",
        "Xếp thứ 58/94, tụt 12 bậc so với năm trước.",
        "Tỷ lệ trả đúng hạn về đất đai chỉ 71%.",
        "Máy siêu âm: cấp 10, đang dùng 4, đắp chiếu 6.",
        "Dùng phần mềm ở 10 trạm, đến nay 3 trạm đã ngừng dùng vì lỗi.",
        "Đề án: phê duyệt 08 điểm, triển khai 03, hoãn 05.",
        "Giải ngân gói 120.000 tỷ đồng: 0 đồng.",
        "Vốn phục hồi cho 12 trạm 96 tỷ đồng, đến nay giải ngân 0 đồng.",
    ],
)
def test_failures_told_as_notes_are_held_and_not_moved_as_lacks(text: str) -> None:
    stance = stance_of(text, HeadingKind.DONE, DISTRICT)
    assert stance.held is Held.LACKING
    assert not stance.lacking


@pytest.mark.parametrize(
    "text",
    [
        "Đã thu hồi 05 dự án chậm tiến độ.",
        "Sửa 12 công trình nước sạch hỏng ở các thôn.",
        "Tháo dỡ 45 lều quán bỏ trống trên bãi biển.",
        "Chủ động tạm dừng các lễ hội để phòng dịch.",
        "Số vụ đuối nước giảm 100% so với năm 2017.",
        "Tỷ lệ hộ nghèo nay chỉ còn 1,2%.",
        "Thủ tục cấp phép từ 15 ngày nay còn 05 ngày.",
        "Không để công trình nước sạch nào hỏng, bỏ không.",
        "Không phải dừng lễ hội nào.",
        "Từ chỗ chỉ có 02 khách sạn, đến nay có 12 khách sạn.",
        "Năm 2017 chỉ có 03 nhà hàng, đến nay có 20 nhà hàng đạt chuẩn.",
        "Lượng khách bằng 120% so với bình quân của tỉnh.",
        "Vẫn duy trì 12 tuyến xe buýt trong mùa dịch.",
        "Mở bãi đỗ xe có 120 chỗ dừng, đỗ.",
        "Câu lạc bộ: thành lập 45, còn hoạt động 42.",
        "Cấp giấy phép chỉ 5 ngày.",
        "Ký cam kết với 1.940 hộ không có người nghiện.",
        "Trước năm 2018 chưa có dự án nào, đến nay có 5 dự án.",
        "Số cuộc họp giảm từ 42 xuống 13.",
        "Nhờ 12 mô hình thu gom, rác thải giảm 30%.",
        "Từ năm 2019 không còn hộ nghèo, từ năm 2020 không có vụ cháy nào.",
        "Cô đỡ thôn bản: đào tạo 28, hoạt động 27.",
        "Phát hiện 120 hộ chưa có nhà tiêu, nay còn 12 hộ.",
        "Sinh tại nhà không có người đỡ: năm 2018 là 41 ca, năm 2021 còn 6 ca.",
        "Ba năm liền không có ca sốt rét ác tính nào.",
        "Khai thác 12 nhà văn hóa trước đây bỏ không.",
        "Cứu hộ thành công 12 vụ đuối nước.",
        "Giảm thuế cho 120 cơ sở phải đóng cửa do dịch.",
        "Hạn chế lớn nhất đã được khắc phục: khôi phục 14 ha vườn cam bỏ không.",
    ],
)
def test_what_was_done_about_a_failure_is_a_result(text: str) -> None:
    assert stance_of(text, HeadingKind.DONE, DISTRICT).held is not Held.LACKING


def test_little_is_a_failure_but_where_less_is_better_or_it_became_more() -> None:
    assert [each[0] for each in failures("chỉ có 02 dự án, hỏng 1")] == ["hỏng", "chỉ có 0"]
    assert not [*failures("chỉ có 02 vụ vi phạm")]
    assert not [*failures("lượng khách tăng đến năm 2019, năm 2021 chỉ đạt 9.100 lượt")]
    assert not [*failures("lượng khách năm 2021 còn 17.000 lượt vì hai năm liền phải đóng cửa bãi biển")]
    assert [*failures("công trình do xã quản lý hỏng 2")]
    assert not [*failures("năm 2017 chỉ có 02 nhà, đến nay có 40 nhà")]
