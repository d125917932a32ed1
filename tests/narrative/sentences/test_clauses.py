"""Sentences that say several things: what is in a row is parted, what goes on with something stays with it."""

from __future__ import annotations

import pytest

from soket.narrative.said.spans import spans
from soket.narrative.said.themes import ThemeReader
from soket.narrative.sentences.causes import cause_in
from soket.narrative.sentences.clauses import Opens, clauses, cuts
from soket.plan.themes import Theme


def theme(code: str, *keywords: str, group: str | None = None) -> Theme:
    return Theme(code=code, name=code, keywords=keywords, group=group)


OUTSIDE, OWN = "Nguyên nhân khách quan", "Nguyên nhân chủ quan"
CAUSES = ThemeReader(
    (
        theme("staff", "cán bộ", "nhân lực"),
        theme("aware", "nhận thức", "trông chờ"),
        theme("sick", "dịch bệnh", "dịch covid-19", "đại dịch", group=OUTSIDE),
        theme("storm", "thiên tai", "bão lũ", "hạn hán", group=OUTSIDE),
        theme("money", "ngân sách", "nguồn vốn", group=OWN),
        theme("rules", "cơ chế", "thủ tục", group=OWN),
    )
)
DEEDS = ThemeReader(
    (
        theme("paper", "ban hành", "kế hoạch số"),
        theme("taught", "quán triệt", "học tập"),
        theme("board", "ban chỉ đạo", "kiện toàn"),
        theme("told", "tuyên truyền", "bản tin"),
    )
)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Mở ba lớp; sửa hai cầu; trồng cây.", ["Mở ba lớp", "sửa hai cầu", "trồng cây."]),
        ("(1) Mở ba lớp; (2) Sửa hai cầu.", ["Mở ba lớp", "Sửa hai cầu."]),
        ("Có (i) ba lớp (ii) hai cầu.", ["Có", "ba lớp", "hai cầu."]),
        (
            "Những hạn chế trên xuất phát từ nhiều nguyên nhân, trong đó: cán bộ còn yếu; đất hẹp.",
            ["cán bộ còn yếu", "đất hẹp."],
        ),
        ("Sửa (1) cầu treo trong năm đầu.", ["Sửa (1) cầu treo trong năm đầu."]),  # it counts up nothing
        (
            "Mở lớp (ngoại ngữ; lễ tân) cho “thôn; xã” vùng biển.",
            ["Mở lớp (ngoại ngữ; lễ tân) cho “thôn; xã” vùng biển."],
        ),
        ("Mở ba lớp; mặt khác, sửa hai cầu; đồng thời trồng cây.", ["Mở ba lớp", "sửa hai cầu", "trồng cây."]),
        ("Mở ba lớp, tuy nhiên mới có một lớp xong.", ["Mở ba lớp", "mới có một lớp xong."]),
        ("Phủ sóng các bãi tắm; sóng điện thoại ổn định.", ["Phủ sóng các bãi tắm", "sóng điện thoại ổn định."]),
        ("Thăm hỏi; những hộ nghèo được giúp.", ["Thăm hỏi", "những hộ nghèo được giúp."]),
    ],
)
def test_clauses_begin_where_something_else_is_said(sentence: str, parts: list[str]) -> None:
    found = clauses(sentence)
    assert [sentence[each.start : each.end] for each in found] == parts
    assert {each.opens for each in found} <= {Opens.PLAINLY, Opens.CONTRAST}
    assert {*parts} <= {*cuts(sentence)}


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [
        ("Tuy nhiên, việc làm còn ít.", Opens.CONTRAST),
        ("Nhưng việc làm còn ít.", Opens.CONTRAST),
        ("Bên cạnh đó, vẫn còn hai dự án chậm.", Opens.CONTRAST),
        ("Bên cạnh đó, huyện mở ba lớp.", Opens.PLAINLY),
        ("Những việc làm ra được.", Opens.PLAINLY),
        ("Sông La được nạo vét.", Opens.PLAINLY),
        ("Kính đề nghị tỉnh xem xét.", Opens.REQUEST),
        ("Trong đó có ba lớp ngoại ngữ.", Opens.ON),
    ],
)
def test_what_a_clause_is_to_the_one_before_is_told_by_how_it_begins(sentence: str, opens: Opens) -> None:
    assert [each.opens for each in clauses(sentence)] == [opens]


@pytest.mark.parametrize(
    ("heading", "cause"),
    [
        ("2. Nguyên nhân", ""),
        ("a) Nguyên nhân khách quan:", "khach quan"),
        ("Về chủ quan:", "chu quan"),
        ("Nguyên nhân khách quan và chủ quan", ""),
        ("1. Hạn chế", None),
        ("Đánh giá khách quan kết quả", None),
    ],
)
def test_a_heading_says_whose_causes_follow(heading: str, cause: str | None) -> None:
    assert cause_in(heading) == cause


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Khách quan: bão lũ, dịch bệnh kéo dài; nguồn vốn cấp chậm.", ["storm", "sick", "money @ khach quan"]),
        ("Nguyên nhân: (1) Đại dịch; (2) Nhận thức còn hạn chế; (3) Thủ tục chậm.", ["sick", "aware", "rules"]),
        ("Nguyên nhân là ngân sách ít; mặt khác, đất hẹp, thủ tục rườm rà.", ["money", "-", "rules"]),
        ("Do ảnh hưởng của dịch bệnh và thiên tai liên tiếp.", ["sick"]),  # nobody says that these are causes
        ("Nguyên nhân do ảnh hưởng của dịch bệnh và thiên tai liên tiếp.", ["sick", "storm"]),
        ("Nguyên nhân khách quan là hạn hán, còn nguyên nhân chủ quan là cán bộ yếu.", ["storm", "staff"]),
        ("Khách quan: cán bộ luân chuyển nhiều; hạn hán.", ["-", "storm"]),  # no failing of theirs
        ("Chủ quan: chưa lường trước dịch bệnh; trông chờ, ỷ lại vào ngân sách.", ["-", "aware"]),
        ("Việc chống dịch bệnh làm chậm tiến độ; nguồn vốn ít.", ["sick", "money"]),
    ],
)
def test_each_cause_in_a_row_is_counted_where_the_sentence_says(sentence: str, told: list[str]) -> None:
    found = spans(sentence, CAUSES, failings=True)
    shown = [each.theme.code if each.theme else "-" for each in found]
    assert shown == [each.partition(" @ ")[0] for each in told]
    for each, wanted in zip(found, told, strict=True):
        if " @ " in wanted:
            assert each.theme
            assert each.theme.group == OUTSIDE


def test_a_part_that_counts_on_begins_with_its_first_number() -> None:
    sentence = "(1) Sửa hai cầu; (2) Trồng cây."
    assert [sentence[each.start : each.end] for each in spans(sentence, ThemeReader(()))] == [sentence]
    told = "(1) Ban hành kế hoạch số 5; (2) Kiện toàn Ban Chỉ đạo."
    parts = [told[each.start : each.end] for each in spans(told, DEEDS)]
    assert parts == ["Ban hành kế hoạch số 5", "Kiện toàn Ban Chỉ đạo."]
    assert {sentence, *parts} <= {*cuts(sentence), *cuts(told)}


def test_what_is_asked_is_no_cause_and_no_list_of_causes() -> None:
    sentence = "cán bộ còn thiếu; đề nghị Bộ Nội vụ, các địa phương giao bổ sung biên chế"
    asked = clauses(sentence, "")[1]
    assert (asked.opens, asked.cause) == (Opens.REQUEST, None)


def test_why_there_are_failings_at_all_is_a_cause() -> None:
    sentence = "Sở dĩ còn hạn chế như trên là do kinh phí cấp nhỏ giọt, đất hẹp."
    assert [each.cause for each in clauses(sentence)] == [""]
    assert [each.cause for each in clauses("Sở dĩ làm được là do dân đồng thuận.")] != [""]


def test_causes_go_on_under_their_heading() -> None:
    found = spans("Đại dịch kéo dài, thiên tai.", CAUSES, failings=True, cause="")
    assert [each.theme and each.theme.code for each in found] == ["sick", "storm"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ban hành Kế hoạch số 5; quán triệt cho 30 chi bộ; kiện toàn Ban Chỉ đạo.", ["paper", "taught", "board"]),
        ("Quán triệt cho 30 chi bộ; tỷ lệ đạt 97%; trong đó có bản tin.", ["taught"]),
        ("Ban hành kế hoạch số 5, gồm các việc: học tập; tuyên truyền; kiện toàn bộ máy.", ["paper"]),
        ("Tuyên truyền: phát 5 bản tin; mở hội thi quán triệt.", ["told"]),
        ("Quán triệt cho 30 chi bộ; tuy nhiên, việc học tập còn hình thức.", ["taught", "taught"]),
        ("Thành lập tổ; hằng năm ban hành kế hoạch.", ["paper"]),
        ("Quán triệt cho 30 chi bộ; việc này được xã và thôn làm rất tốt qua nhiều bản tin.", ["taught"]),  # late
    ],
)
def test_each_deed_in_a_row_is_counted_and_a_list_stays_one(sentence: str, told: list[str]) -> None:
    assert [each.theme.code if each.theme else "-" for each in spans(sentence, DEEDS)] == told
