"""Who is quoted: whoever has something of its own to tell, before phrases that may be anybody's."""

from __future__ import annotations

from soket.documents.choosing import Point, Quoting
from soket.documents.said import Saying
from soket.plan.model import Plan
from soket.text import fold

ROOM = 1_000  # words


def saying(plan: Plan, unit: str, number: int, text: str, heading: int = 0, *, sure: bool = True) -> Saying:
    section = plan.outline[heading]
    with_figure = any(map(str.isdigit, text))
    return Saying(
        plan.unit(unit), 1, section, number, text, None, fold(text), with_figure, len(text.split()), sure, None
    )


def quoted(plan: Plan, themes: list[list[Saying]], times: int) -> list[list[str]]:
    """Return the units quoted on each theme, the first quotes of all themes before the second ones."""
    quoting = Quoting(plan)
    points = [Point("Lời dẫn", len(said), tuple(said)) for said in themes]
    for _ in range(times):
        for at, point in enumerate(points):
            if quote := quoting.next(point, ROOM, {}):
                points[at] = Point(point.lead, point.units, point.said, (*point.quotes, quote))
    return [[each.unit.code for each in point.quotes] for point in points]


def test_a_phrase_without_a_figure_waits_for_those_with_one(plan: Plan) -> None:
    one, other = (unit.code for unit in plan.units[:2])
    themes = [
        [
            saying(plan, one, number, f"Đã nâng cấp {number} tuyến đường vào khu du lịch của huyện trong năm {place}."),
            saying(plan, other, number, f"Công tác {place} được quan tâm, đạt nhiều kết quả đáng khích lệ trong kỳ."),
        ]
        for number, place in enumerate(("hạ tầng", "văn hóa", "đào tạo", "môi trường"), 1)
    ]
    assert quoted(plan, themes, 1) == [[one], [one], [one], [other]]


def test_what_only_comes_to_speak_of_the_theme_waits_for_what_begins_with_it(plan: Plan) -> None:
    one, other = (unit.code for unit in plan.units[:2])
    late = "Đã quan trắc nước biển tại 11 bãi tắm, kết quả được đăng trên trang quảng bá du lịch."
    first, second = "Quảng bá: tham gia 03 hội chợ, đón 16 đoàn.", "Xúc tiến tại 05 tỉnh, thu 12 bản ghi nhớ."
    themes = [
        [saying(plan, one, number, text), saying(plan, other, number, late.replace("11", str(number)), sure=False)]
        for number, text in enumerate((first, second), 1)
    ]
    assert quoted(plan, themes, 2) == [[one, other], [one, other]]


def test_among_phrases_alone_those_quoted_less_come_first(plan: Plan) -> None:
    one, other = (unit.code for unit in plan.units[:2])
    themes = [
        [
            saying(plan, code, number, f"Phải {what} {whom}, kiên trì và có trọng tâm, trọng điểm.")
            for code, whom in ((one, "từ cơ sở"), (other, "cùng Nhân dân"))
        ]
        for number, what in enumerate(("bắt đầu", "làm việc"), 1)
    ]
    assert quoted(plan, themes, 1) == [[one], [other]]


def test_among_results_without_themes_what_was_reached_goes_before_what_a_place_is(plan: Plan) -> None:
    results = next(at for at, section in enumerate(plan.outline) if "Kết quả" in section.title)
    one, *_ = (unit.code for unit in plan.units)
    texts = [
        "Huyện là huyện miền núi, có 25 xã, 01 thị trấn, dân số 124.600 người.",
        "Trong đó, năm 2020 đã thu hồi 12 dự án chậm tiến độ của 03 xã.",
        "Lúc đầu bình quân mỗi xã có 05 km đường, đi lại khó nhọc.",
        "Tỷ lệ đường xã được rải nhựa tăng từ 12% lên 86%.",
    ]
    said = tuple(saying(plan, one, number, text, results) for number, text in enumerate(texts, 1))
    chosen = [Quoting(plan).next(Point("", 1, said[:count]), ROOM, {}) for count in range(len(said), 0, -1)]
    assert [each and each.text for each in chosen] == [texts[3], texts[2], None, None]


def test_among_failings_without_themes_what_tells_of_one_goes_before_what_does_not(plan: Plan) -> None:
    failings = next(at for at, section in enumerate(plan.outline) if "Hạn chế" in section.title)
    one, *_ = (unit.code for unit in plan.units)
    texts = [
        "Đoàn kiểm tra đã làm việc với 12 xã trong năm 2020.",
        "Giáo viên mầm non thiếu 412 người so với định mức.",
    ]
    said = tuple(saying(plan, one, number, text, failings) for number, text in enumerate(texts, 1))
    quoting = Quoting(plan)
    first = quoting.next(Point("", 1, said), ROOM, {})
    assert first
    assert first.text == texts[1]
    assert quoting.next(Point("", 1, said, (first,)), ROOM, {}, 3) is None
