"""Sentences that are another unit's, or the plan's, are not counted nor quoted as a unit's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from soket.documents.composing import compose
from soket.documents.said import Saying, gather
from soket.documents.unlike import remarks
from soket.narrative.stances import Held

from .test_draft import lexicon, nq06, summary_of

OWN = (
    "Nâng cấp 5,4 km đường từ tỉnh lộ vào khu du lịch Xuân Viên với kinh phí 63 tỷ đồng, hoàn thành nhà đón tiếp, "
    "lắp 240 cột đèn dọc bờ kè{} trong hai năm 2018 và 2019."
)
TEMPLATE = (
    "Trong giai đoạn vừa qua, đơn vị đã nâng cấp {} km đường vào khu du lịch với kinh phí {} tỷ đồng, đáp ứng tốt hơn "
    "nhu cầu đi lại của người dân và du khách gần xa."
)


def said(**told: str) -> dict[str, Saying]:
    found = gather(summary_of(nq06(), {unit: {"ket_qua": [text]} for unit, text in told.items()}), lexicon())
    return {each.unit.code: each for under in found.sections for each in under.said}


def test_a_sentence_with_anothers_name_left_in_it_is_neither_counted_nor_quoted() -> None:
    told = {"h_can_loc": OWN.format(""), "h_duc_tho": OWN.format(" huyện Can Lộc")}
    found = said(**told)
    assert [(each.theme and each.theme.code, each.held) for each in found.values()] == [
        ("K2", None),
        (None, Held.COPIED),
    ]
    sayings = gather(summary_of(nq06(), {unit: {"ket_qua": [text]} for unit, text in told.items()}), lexicon())
    assert {each.unit.code for each in compose(sayings).quoted} == {"h_can_loc"}
    (remark,) = [each for each in remarks(sayings, []) if each.kind == "Lời chép của nhau"]
    assert (remark.unit.code, remark.against and remark.against.unit.code) == ("h_duc_tho", "h_can_loc")
    assert "trùng với câu của Huyện ủy Can Lộc: không đếm, không trích" in remark.why


def test_of_one_sentence_of_two_units_neither_is_quoted_where_nothing_tells_whose_it_is() -> None:
    found = said(h_can_loc=OWN.format(""), h_duc_tho=OWN.format(""))
    assert [(each.theme and each.theme.code, each.held) for each in found.values()] == [("K2", Held.COPIED)] * 2


def test_where_no_name_tells_whose_it_is_who_came_first_is_quoted() -> None:
    summary = summary_of(nq06(), {unit: {"ket_qua": [OWN.format("")]} for unit in ("h_can_loc", "h_duc_tho")})
    late = summary.receipts["h_can_loc"]
    late = late.model_copy(update={"received_at": late.received_at + timedelta(hours=1)})
    sayings = gather(replace(summary, receipts={**summary.receipts, "h_can_loc": late}), lexicon())
    assert {each.unit.code for each in compose(sayings).quoted} == {"h_duc_tho"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEMPLATE.format("2,5", "12"), TEMPLATE.format("7,1", "48")),  # one form, own figures
        ("Nâng cấp 12 km đường vào khu du lịch.", "Nâng cấp 12 km đường vào khu du lịch."),  # by chance
        (OWN.format(""), OWN.format("").replace("63", "36").replace("5,4", "8,2")),
    ],
)
def test_what_units_say_alike_is_their_own(one: str, other: str) -> None:
    assert {each.held for each in said(h_can_loc=one, h_duc_tho=other).values()} == {None}


def test_what_many_say_is_nobodys() -> None:
    units = [each.code for each in nq06().units][:14]
    assert {each.held for each in said(**dict.fromkeys(units, OWN.format(""))).values()} == {None}


@pytest.mark.parametrize("before", ["", "Mục đích của việc sơ kết là: "])
def test_the_plans_own_words_are_remarked_on_and_not_counted(before: str) -> None:
    purpose = max(nq06().purposes, key=len)
    summary = summary_of(nq06(), {"h_can_loc": {"lanh_dao_chi_dao": [f"{before}{purpose}"]}})
    sayings = gather(summary, lexicon())
    found = [each for under in sayings.sections for each in under.said if each.held is Held.PASTED]
    assert found
    assert not any(each.theme for each in found)
    assert {each.kind for each in remarks(sayings, [])} == {"Chép lời của kế hoạch"}
