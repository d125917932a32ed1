"""Commendation is decided by people: of what is listed, with a document's number, and within the plan's share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from board.browser import Browser
from board.test_agreement import an_official
from conftest import Desk
from record import story
from record.builders import answer, list_proposal, owing
from record.story import Story
from record.verbs import communications, conference
from soket.board.acting import FormField, fields_of
from soket.board.app import create_app
from soket.documents.commending import proposed, render_commendations
from soket.notices.compose import invitation_notices
from soket.plan.model import Plan
from soket.record import products
from soket.record.commending import known_proposals, names_of_proposals
from soket.record.decision_lines import decision_lines
from soket.record.keeping import read_register
from soket.record.nominees import Nominee, Origin
from soket.stages.act_table import ACTS
from soket.stages.actions import record_act
from soket.stages.commending import commended, papers_naming
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.resting import summary_now
from soket.stages.what_if import what_if

from documents.conftest import text_of  # isort: skip

STANDING = Actor("thuong_truc")


def decide(desk: Desk, *codes: str, actor: Actor = STANDING, **fields: str) -> str:
    form = {"act": "commendation", "proposals": ", ".join(codes), "conclusion": "commended", "reason": "Thành tích"}
    form |= {"granted_by": "Thường trực Tỉnh ủy", "document_number": "12-QĐ/TU", **fields}
    return record_act(desk(), form=form, entry=f"{codes}{fields}", actor=actor)


def names(desk: Desk) -> list[str]:
    return [each.id for each in commended(desk(), read_register(desk()))]


def test_only_what_is_decided_counts_and_the_last_decision_does(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    list_proposal(desk(), "BD-2")
    assert names(desk) == []
    assert decide(desk, "BD-1", "BD-2").startswith("Đã ghi quyết định")
    assert names(desk) == ["BD-1", "BD-2"]
    desk("2021-11-22 11:00")
    decide(desk, "BD-2", conclusion="declined", document_number="")
    assert names(desk) == ["BD-1"]


def test_a_decision_is_taken_back(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    decide(desk, "BD-1")
    (act,) = (each for each in read_register(desk()).decisions if each.kind == "commendation")
    form = {"act": "undo", "undoes": act.id, "reason": "Nhầm", "granted_by": "Thường trực Tỉnh ủy"}
    record_act(desk(), form=form, entry="undo", actor=STANDING)
    assert names(desk) == []


@pytest.mark.parametrize(
    ("codes", "fields", "complaint"),
    [
        (["BD-9"], {}, "Không có đề nghị biểu dương «BD-9»"),
        (["BD-1"], {"document_number": ""}, "phải ghi số quyết định"),
        (["BD-1"], {"conclusion": "perhaps"}, "Không có quyết định biểu dương «perhaps»"),
        ([], {}, "Chưa điền: Mã các đề nghị biểu dương"),
    ],
)
def test_what_makes_no_sense_is_refused(after: Story, codes: list[str], fields: dict[str, str], complaint: str) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    with pytest.raises(ActRefusedError, match=complaint):
        decide(desk, *codes, **fields)
    assert names(desk) == []


def test_it_is_for_whoever_decides_alone(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    with pytest.raises(ActRefusedError):
        decide(desk, "BD-1", actor=Actor("tuyen_giao"))


def test_no_more_collectives_of_a_block_than_its_share(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    towns = [unit.code for unit in owing(plan) if unit.block == owing(plan)[0].block]
    for number, code in enumerate(towns[:2]):
        list_proposal(desk(), f"BD-{number}", code, individual=False)
    decide(desk, "BD-0")
    with pytest.raises(ActRefusedError, match=f"có {len(towns)} đơn vị, nhiều nhất 1 đơn vị"):
        decide(desk, "BD-1")


def test_the_list_is_made_when_the_conference_opens_and_anew_with_its_papers(after: Story) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    key = desk().keys.stage("conference", 1, products.COMMENDATIONS)
    first = desk.store.get(key)
    assert "TỜ TRÌNH" in text_of(first)
    assert known_proposals(desk(), read_register(desk())).keys() == set()


def test_the_press_reads_only_what_is_decided(after: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def note(decided: Callable[[Desk], object]) -> str:
        desk = after(story.called)
        list_proposal(desk(), "BD-1")
        decided(desk)
        communications.send_press_pack(desk("2021-11-22 10:00"))
        return text_of(desk.store.get(desk().keys.stage("communications", 1, products.PRESS_NOTE)))

    assert "Đồng chí A" not in note(lambda _: None)
    said = "Được biểu dương dịp này có 01 cá nhân: Đồng chí A, thành phố Hà Tĩnh."
    assert said in note(lambda desk: decide(desk, "BD-1"))


def test_the_invitation_asks_for_whom_it_is_decided_to_commend_and_for_nobody_else(after: Story, plan: Plan) -> None:
    desk, (unit, other) = after(story.called), [each.code for each in owing(plan)[:2]]
    list_proposal(desk(), "BD-1", unit)
    list_proposal(desk(), "BD-2", other)
    decide(desk, "BD-1")
    register = read_register(desk())
    stage = plan.stage("conference")
    notices = invitation_notices(desk(), register, stage, commended(desk(), register))
    assert {each.addressee: each.context["commended"] for each in notices if each.context["commended"]} == {
        unit: ["Đồng chí A"]
    }


def test_the_chair_reads_who_is_commended_and_skips_nothing_once_it_is_decided(after: Story) -> None:
    def script(step: Callable[[Desk], object]) -> str:
        desk = after(story.approved)
        conference.open_round(desk("2021-11-18 09:00"))
        list_proposal(desk(), "BD-1")
        step(desk)
        story.called(desk)
        return text_of(desk.store.get(desk().keys.stage("conference", 1, products.SCRIPT)))

    assert "chưa có thì bỏ mục này" in script(lambda _: None)
    decided = script(lambda desk: decide(desk, "BD-1"))
    paper = "quyết định số 12-QĐ/TU ngày 18/11/2021 của Thường trực Tỉnh ủy"
    assert f"công bố {paper} biểu dương Đồng chí A, thành phố Hà Tĩnh.”" in decided
    assert "nếu có quyết định" not in decided


def test_a_decision_names_whom_it_is_about_and_the_next_list_lays_them_before_nobody(after: Story, plan: Plan) -> None:
    desk, unit = after(story.approved), owing(plan)[0]
    conference.open_round(desk("2021-11-22 09:00"))
    list_proposal(desk(), "BD-1", unit.code)
    decide(desk, "BD-1")
    register = read_register(desk())
    line = decision_lines(plan, register, names_of_proposals(desk(), register))[0]
    assert line.content == f"Được biểu dương: Đồng chí A, {unit.called} (BD-1)"
    assert (line.subject, line.unit, line.units) == (unit.name, unit.code, (unit.code,))
    board = Browser(create_app(lambda *_: desk(), lambda: ([plan], []), an_official))
    shown = board.get(f"/{plan.id}/{desk.campaign.code}/units/{unit.code}").text
    assert "Được biểu dương: Đồng chí A" in shown
    assert "quyết định nào về riêng đơn vị này" not in shown
    own = Nominee(
        id="BD-1",
        unit=unit.code,
        name="Đồng chí A",
        individual=True,
        source=Origin.NOMINATION,
        merit="Thành tích.",
        evidence="Đề nghị nộp lần 1.",
    )
    summary = summary_now(desk(), register, plan.stage("conference"))
    listed = proposed(summary, register, [own])
    text = text_of(render_commendations(plan, plan.stage("conference"), listed, desk.now.date()))
    said = "được biểu dương (Thường trực Tỉnh ủy, số 12-QĐ/TU, ngày 22/11/2021)"
    assert f"- Đồng chí A, {unit.called}: {said}" in text
    assert "do đơn vị đề nghị: không còn trường hợp chờ quyết định" in text


def test_who_is_commended_after_the_papers_were_made_is_told_to_be_in_none(after: Story) -> None:
    desk = after(story.called)
    for code in ("BD-1", "BD-2"):
        list_proposal(desk(), code)
    form = {"act": "commendation", "proposals": "BD-1", "conclusion": "commended", "document_number": "12-QĐ/TU"}
    named, waits = what_if(desk(), form, STANDING).lines
    title = "(Hội nghị sơ kết cấp tỉnh)"
    papers = f"Tài liệu hội nghị {title} lập ngày 22/11/2021, Thư mời họp {title} lập ngày 22/11/2021"
    assert named == f"Biểu dương: Đồng chí A, thành phố Hà Tĩnh được biểu dương; không được nêu trong {papers}."
    was, is_now = "02 trường hợp chưa có quyết định", "01 trường hợp chưa có quyết định, 01 trường hợp đã quyết định"
    assert waits.endswith(f": đề nghị biểu dương {was} → đề nghị biểu dương {is_now}.")


def test_a_decision_that_takes_the_place_of_another_is_told(after: Story) -> None:
    desk = after(story.approved)
    list_proposal(desk("2021-11-20 09:00"), "BD-1")
    decide(desk, "BD-1")
    form = {"act": "commendation", "proposals": "BD-1", "conclusion": "commended", "document_number": "99-QĐ/TU"}
    grounds = {"reason": "Nhầm", "granted_by": "Thường trực Tỉnh ủy"}
    (told,) = what_if(desk(), {**form, **grounds}, STANDING).lines
    old, new = (
        f"được biểu dương (Thường trực Tỉnh ủy, số {number}, ngày 20/11/2021)" for number in ("12-QĐ/TU", "99-QĐ/TU")
    )
    assert told == f"Biểu dương: Đồng chí A, thành phố Hà Tĩnh: thay “{old}” bằng “{new}”."
    record_act(desk("2021-11-20 10:00"), form={**form, **grounds}, entry="anew", actor=STANDING)
    *_, act = read_register(desk()).decisions
    (told,) = what_if(desk(), {"act": "undo", "undoes": act.id, **grounds}, STANDING).lines
    assert told == f"Biểu dương: Đồng chí A, thành phố Hà Tĩnh: thay “{new}” bằng “{old}”."
    no_more, told = what_if(desk("2021-11-20 11:00"), {**form, **grounds, "conclusion": "declined"}, STANDING).lines
    assert no_more == "Biểu dương: Đồng chí A, thành phố Hà Tĩnh không còn được biểu dương."
    assert told.startswith(f"Biểu dương: Đồng chí A, thành phố Hà Tĩnh: thay “{new}” bằng “không biểu dương (")


def test_taking_a_commendation_back_is_told_with_the_papers_that_name_it(after: Story) -> None:
    desk = after(story.approved)
    list_proposal(desk("2021-11-20 09:00"), "BD-1")
    decide(desk, "BD-1")
    story.called(desk)
    story.archived(desk)
    list_proposal(desk(), "BD-2")
    decide(desk, "BD-2")
    acts = [each for each in read_register(desk()).decisions if each.kind == "commendation"]
    grounds = {"reason": "Nhầm", "granted_by": "Thường trực Tỉnh ủy"}
    named, unnamed = (what_if(desk(), {"act": "undo", "undoes": act.id, **grounds}, STANDING).lines for act in acts)
    no_more = "Biểu dương: Đồng chí A, thành phố Hà Tĩnh không còn được biểu dương"
    title = "(Hội nghị sơ kết cấp tỉnh)"
    papers = f"Tài liệu hội nghị {title} lập ngày 22/11/2021, Thư mời họp {title} lập ngày 22/11/2021"
    papers += ", Thông cáo báo chí lập ngày 22/11/2021"
    again = (
        "Việc chờ quyết định: Hội nghị sơ kết cấp tỉnh: đề nghị biểu dương 01 trường hợp chưa có quyết định, "
        "đã qua ngày họp 29/11/2021, 01 trường hợp đã quyết định; lại chờ."
    )
    operator, archive = desk.plan.office(desk.plan.roles.operator).name, desk.plan.stage("communications").title
    listed = f"Hồ sơ của đợt đã lưu trữ: ghi xong báo {operator} chạy lại giai đoạn “{archive}” thì bảng kê mới có."
    assert named == [f"{no_more}; đã nêu trong {papers}, muốn rút thì phải đính chính bằng văn bản.", again, listed]
    assert unnamed == [f"{no_more}.", again, listed]


def test_papers_of_a_conference_and_its_invitations_are_told_each_with_its_own_day(after: Story, plan: Plan) -> None:
    desk = after(story.approved)
    at = desk("2021-11-22 22:00")
    conference.open_round(at)
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    conference.record_format(at, answer("online", day="2021-11-29", place="Phòng họp số 1", **hours))
    conference.prepare_papers(at)
    conference.send_invitations(desk("2021-11-23 10:58"))
    made = {name.partition(" (")[0]: at.day for name, at in papers_naming(plan, read_register(desk()))}
    assert made == {"Tài liệu hội nghị": 22, "Thư mời họp": 23}


def test_the_form_says_when_a_commendation_needs_its_document(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    register, act = read_register(desk()), ACTS["commendation"]

    def number(**filled: str) -> FormField:
        return next(each for each in fields_of(desk(), register, act, filled) if each.name == "document_number")

    assert (number().required, number().optional) == (False, "bắt buộc khi được biểu dương")
    assert number(conclusion="commended").required
    assert not number(conclusion="declined").required
