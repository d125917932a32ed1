"""The draft letter that urges late units, in the form of whoever would sign it."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from soket.documents.urging import render_urging_letter
from soket.plan.model import Plan

from .builders import NOW
from .conftest import text_of

SIGNERS = pytest.mark.parametrize("office", ["btg", "ubnd", "thuong_truc"])


def late(count: int) -> list[dict[str, str]]:
    return [
        {
            "name": f"Huyện ủy Số {number}",
            "owed": "báo cáo sơ kết",
            "standing": "bị trả lại, chưa gửi lại" if number % 5 == 2 else "chưa gửi",
            "last_day": "04/11/2021",
            "days": "quá hạn 02 ngày làm việc",
        }
        for number in range(1, count + 1)
    ]


@SIGNERS
@pytest.mark.parametrize("count", [1, 2, 60])
def test_urging_letter(plan: Plan, office: str, count: int, text_file: SnapshotAssertion) -> None:
    assert text_of(render_urging_letter(plan, office, late(count), NOW)) == text_file


@SIGNERS
def test_it_is_a_draft_that_nobody_numbered_dated_or_signed(plan: Plan, office: str) -> None:
    text = text_of(render_urging_letter(plan, office, late(2), NOW))
    assert "DỰ THẢO" in text
    assert "ngày_______tháng 11 năm 2021" in text
    assert ("Số:_______/UBND" if office == "ubnd" else "Số_______-CV/") in text


def test_the_same_late_units_make_the_same_file(plan: Plan) -> None:
    assert render_urging_letter(plan, "btg", late(60), NOW) == render_urging_letter(plan, "btg", late(60), NOW)


@pytest.mark.parametrize("count", [2, 60])
def test_where_more_are_late_it_says_which_these_are_and_how_many_in_all(plan: Plan, count: int) -> None:
    letter = render_urging_letter(plan, "ubnd", late(count), NOW, within="khối Sở, ban, ngành", in_all=62)
    text = text_of(letter)
    where = "danh sách dưới đây; toàn đợt: 62" if count == 2 else "toàn đợt: 62"
    assert f"còn {count} đơn vị thuộc khối Sở, ban, ngành chưa hoàn thành ({where})." in text


def test_it_names_whom_each_thing_goes_to_as_the_mail_to_each_unit_does(plan: Plan) -> None:
    last = plan.units[-1]
    stages = [
        each.model_copy(update={"receiver": "vptu"}) if each == plan.stage_of(last) else each for each in plan.stages
    ]
    apart = plan.model_copy(update={"stages": tuple(stages)})
    rows = [{**late(1)[0], "code": last.code, "owed": "hồ sơ đề nghị khen thưởng"}]
    text = text_of(render_urging_letter(apart, "btg", rows, NOW))
    assert f"gửi đủ hồ sơ đề nghị khen thưởng về {plan.office('vptu').name}, chậm nhất" in text
    both = text_of(render_urging_letter(apart, "btg", [*rows, *late(1)], NOW))
    ubnd, vptu = plan.office(plan.roles.receiver).name, plan.office("vptu").name
    assert f"gửi đủ báo cáo sơ kết về {ubnd}, hồ sơ đề nghị khen thưởng về {vptu}, chậm nhất" in both


def test_whom_to_ask_can_be_reached_where_there_is_no_telephone(plan: Plan) -> None:
    lead = plan.office(plan.roles.lead)
    silent = lead.model_copy(update={"contact": lead.contact.model_copy(update={"phone": None})})
    without = plan.model_copy(update={"offices": tuple(silent if each == lead else each for each in plan.offices)})
    text = text_of(render_urging_letter(without, "btg", late(1), NOW))
    assert f"thư điện tử {lead.contact.email}" in text
