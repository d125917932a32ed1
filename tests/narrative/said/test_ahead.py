"""What was learnt or ought to be is neither done nor amiss."""

from __future__ import annotations

import pytest

from soket.narrative.said.ahead import is_norm


@pytest.mark.parametrize(
    "text",
    [
        "Bài học lớn nhất là phải lấy người học làm trung tâm.",
        "Kinh nghiệm cho thấy, nơi nào chi bộ vào cuộc thì nơi đó việc chạy.",
        "Qua thực tiễn, cán bộ gần dân thì dân theo.",
        "Xây dựng thôn bản phải dựa vào dân, dễ làm trước, khó làm sau.",
        "Cần thường xuyên bám sát cơ sở.",
        "Phải có phụ cấp cho cộng tác viên thì mạng lưới mới bền.",
        "Việc gì dân không thông thì đừng làm vội.",
    ],
)
def test_what_was_learnt_or_ought_to_be_is_a_norm(text: str) -> None:
    assert is_norm(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "Một cán bộ phải phụ trách ba thôn, đi lại 14 km.",
        "Hồ sơ phải nhập hai lần.",
        "Nhà trường phải dựa vào nguồn đóng góp, kinh phí còn thiếu.",
        "Kinh nghiệm làm du lịch của người dân chưa có.",
        "Xã phải có 12 phòng học, nay mới có 07 phòng.",
        "Bài học về an toàn được đưa vào 24 trường.",
    ],
)
def test_what_has_to_be_borne_or_is_lacking_is_none(text: str) -> None:
    assert not is_norm(text.lower())
