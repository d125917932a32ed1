from __future__ import annotations

import re
from datetime import date

import pytest

from soket.notices.compose import (
    appraised_notice,
    draft_notice,
    invitation_notices,
    new_date_notices,
    press_notices,
    request_notices,
    verdict_notices,
)
from soket.notices.examples import examples
from soket.notices.ledger import Intent
from soket.notices.notice import Kind, Notice, kind_of, message_id
from soket.notices.render import write
from soket.plan.dates import last_day_of
from soket.plan.guests import hosts_of
from soket.plan.model import Contact, Duty
from soket.record.decisions import ConferenceFormat
from soket.record.records import Ruling, StageRecord
from soket.record.register import Register
from soket.record.sending import STORE_VARIABLE
from soket.text import format_date
from usual import with_stage

from .plans import make_plan, unit
from .world import World, moment


def record(world: World, stage: str, step: str, *names: str, round_number: int = 1) -> StageRecord:
    keys = tuple(world.workspace.keys.stage(stage, round_number, name) for name in names)
    return StageRecord(stage=stage, round=round_number, step=step, at=world.clock.now(), note="", products=keys)


def with_records(register: Register, *records: StageRecord) -> Register:
    stages = dict(register.stages)
    for each in records:
        entry = stages[each.stage]
        stages[each.stage] = entry.model_copy(update={"round": each.round, "records": (*entry.records, each)})
    return register.model_copy(update={"stages": stages})


def test_everyone_who_owes_is_asked_with_its_own_form() -> None:
    world = World(make_plan(4))
    world.exempt("unit_03", moment("2021-10-18 07:00"))
    opened = record(
        world,
        "unit_reports",
        "opened",
        "cong-van-de-nghi-bao-cao.docx",
        "bieu-so-lieu-du_lich.xlsx",
        "khac.xlsx",
    )
    found = request_notices(world.workspace, with_records(world.register, opened), world.plan.stage("unit_reports"))
    assert {notice.addressee: [file.name for file in notice.attachments] for notice in found} == {
        "unit_00": ["cong-van-de-nghi-bao-cao.docx", "bieu-so-lieu-du_lich.xlsx"],
        "unit_01": ["cong-van-de-nghi-bao-cao.docx"],  # its block has no form
        "unit_02": ["cong-van-de-nghi-bao-cao.docx", "bieu-so-lieu-du_lich.xlsx"],
    }
    assert found[0].cc[0].email == "bithu0@hatinh.example"


def test_the_outline_goes_to_whoever_may_have_to_report_after_all() -> None:
    plan = make_plan(1)
    nil = plan.units[0].model_copy(update={"owes": Duty.NIL_RETURN})
    world = World(plan.model_copy(update={"units": (nil,)}))
    opened = record(world, "unit_reports", "opened", "cong-van-de-nghi-bao-cao.docx", "de-cuong-bao-cao.docx")
    (notice,) = request_notices(world.workspace, with_records(world.register, opened), world.plan.stage("unit_reports"))
    assert [file.name for file in notice.attachments] == ["cong-van-de-nghi-bao-cao.docx", "de-cuong-bao-cao.docx"]


def test_a_reopened_stage_asks_again() -> None:
    world = World()
    first, second = (
        request_notices(
            world.workspace,
            with_records(world.register, record(world, "unit_reports", "opened", round_number=number)),
            world.plan.stage("unit_reports"),
        )
        for number in (1, 2)
    )
    assert {notice.id for notice in first}.isdisjoint(notice.id for notice in second)


def test_each_submission_is_answered() -> None:
    world = World()
    world.send("unit_00", moment("2021-10-20 08:00"), Ruling.RETURNED)
    world.send("unit_00", moment("2021-10-21 08:00"), Ruling.ACCEPTED)
    world.send("unit_01", moment("2021-10-21 08:00"), None)
    world.clock.set("2021-10-22 08:00")
    found = verdict_notices(world.workspace, world.register)
    assert [notice.id for notice in found] == ["return.unit_00.n1", "receipt.unit_00.n2"]


def test_what_an_official_takes_as_it_is_is_not_said_to_be_in_order() -> None:
    world = World()
    world.send("unit_00", moment("2021-10-20 08:00"), Ruling.RETURNED)
    world.review("unit_00", 1, moment("2021-10-21 08:00"), "accepted", "31-CV/BTG")
    world.clock.set("2021-10-22 08:00")
    taken = verdict_notices(world.workspace, world.register)[-1]
    assert taken.id == "receipt.unit_00.n1-r1"
    for told in said(world, taken):
        assert "theo văn bản số 31-CV/BTG của Trưởng ban" in told
        assert "1 điểm phải sửa mà chưa sửa" in told
        assert "Tổng không khớp." in told
        assert "đạt yêu cầu" not in told


def test_what_counted_and_goes_back_is_not_said_never_to_have_been_taken() -> None:
    world = World()
    world.send("unit_00", moment("2021-10-20 08:00"))
    world.review("unit_00", 1, moment("2021-11-30 08:00"), "returned", "32-CV/BTG")
    world.clock.set("2021-12-04 08:00")
    back = verdict_notices(world.workspace, world.register)[-1]
    assert back.id == "return.unit_00.n1-r1"
    closed = world.register.units["unit_00"].closed
    assert closed
    for told in said(world, back):
        assert "đã được tiếp nhận, nay trả lại theo văn bản số 32-CV/BTG của Trưởng ban" in told
        assert "chưa được tiếp nhận" not in told
        assert "quá hạn" not in told
        assert f"đã thôi chờ từ hết ngày {format_date(last_day_of(closed))}" in told


def said(world: World, notice: Notice) -> list[str]:
    """Return a mail's text, and its page without markup."""
    written = write(world.workspace, Intent(notice=notice, posted_at=world.workspace.now))
    return [" ".join(each.split()) for each in (written.text, re.sub("<[^>]+>", "", written.html))]


def dates_told(world: World) -> list[str]:
    return [f"{each.addressee} {each.version}" for each in new_date_notices(world.workspace, world.register)]


def test_a_new_date_is_told_once_for_each_date_to_those_who_still_owe() -> None:
    world = World(make_plan(3))
    for code in ("unit_00", "unit_01"):
        world.extend(code, moment("2021-11-03 10:00"), date(2021, 11, 8))
    world.send("unit_01", moment("2021-11-02 10:00"))
    world.clock.set("2021-11-03 11:00")
    assert dates_told(world) == ["unit_00 2021-11-08"]
    world.extend("unit_00", moment("2021-11-05 10:00"), date(2021, 11, 12))
    world.clock.set("2021-11-05 11:00")
    assert dates_told(world) == ["unit_00 2021-11-12"]
    world.clock.set("2021-11-13 00:00")
    assert new_date_notices(world.workspace, world.register) == []


def test_what_was_granted_and_taken_back_is_told_even_when_the_date_is_over() -> None:
    world = World(make_plan(3))
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 12))
    world.undo(moment("2021-11-10 10:00"))
    world.exempt("unit_01", moment("2021-11-03 10:00"))
    world.undo(moment("2021-11-10 10:00"))
    world.clock.set("2021-11-10 11:00")
    extended, exempted = new_date_notices(world.workspace, world.register)
    assert dates_told(world) == ["unit_00 2021-11-04", "unit_01 2021-11-04"]
    assert (extended.context["about"], exempted.context["about"]) == ("extension", "exemption")
    world.undo(moment("2021-11-10 12:00"))  # the exemption holds again
    world.clock.set("2021-11-10 13:00")
    assert [each.id for each in new_date_notices(world.workspace, world.register)] == [extended.id]


def test_a_date_that_comes_back_is_told_again() -> None:
    world = World(make_plan(1))
    world.postpone(moment("2021-11-01 10:00"), date(2021, 11, 9))
    world.undo(moment("2021-11-01 11:00"))
    world.extend("unit_00", moment("2021-11-01 12:00"), date(2021, 11, 9))
    told = {}
    for hour in (10, 11, 12):
        world.clock.set(f"2021-11-01 {hour}:30")
        (notice,) = new_date_notices(world.workspace, world.register)
        told[notice.id] = notice.version
    assert list(told.values()) == ["2021-11-09", "2021-11-04", "2021-11-09"]


def test_a_unit_with_an_extension_hears_of_a_postponement_beyond_it_and_of_no_other() -> None:
    world = World(make_plan(2))
    world.extend("unit_00", moment("2021-11-01 10:00"), date(2021, 11, 9))
    world.postpone(moment("2021-11-02 10:00"), date(2021, 11, 8))
    world.clock.set("2021-11-02 11:00")
    assert dates_told(world) == ["unit_00 2021-11-09", "unit_01 2021-11-08"]
    world.postpone(moment("2021-11-03 10:00"), date(2021, 11, 12))
    world.clock.set("2021-11-03 11:00")
    assert dates_told(world) == ["unit_00 2021-11-12", "unit_01 2021-11-12"]
    extended, _ = new_date_notices(world.workspace, world.register)
    assert (extended.context["about"], extended.context["extension"]) == ("postponement", None)


def test_the_working_draft_says_whose_report_it_lacks() -> None:
    world = World(make_plan(4))
    world.send("unit_01", moment("2021-11-01 10:00"))
    world.exempt("unit_03", moment("2021-10-20 10:00"))
    world.clock.set("2021-11-05 08:00")
    notice = draft_notice(
        world.workspace,
        world.register,
        world.plan.stage("ubnd_draft"),
        record(world, "ubnd_draft", "working", "du-thao.docx", round_number=2),
    )
    assert notice.id == "draft.bcs.round-2"
    assert (notice.context["sent"], notice.context["owing"]) == (1, 3)
    assert notice.context["missing"] == ["Huyện ủy Kỳ Anh", "Huyện ủy Thạch Hà"]


def test_the_appraised_report_goes_to_the_standing_board_with_copies() -> None:
    plan = with_stage(make_plan(), "vptu_appraisal", copies=("btg", "bcs"))
    workspace, notice = examples(plan)["appraised"]
    assert [each.email for each in notice.to] == ["tttu@hatinh.example"]
    assert [each.email for each in notice.cc] == ["btg@hatinh.example", "bcs@hatinh.example"]
    assert notice.by == "vptu"
    with pytest.raises(AssertionError):
        appraised_notice(
            workspace, World().register, plan.stage("vptu_appraisal"), record(World(), "vptu_appraisal", "done")
        )


def conference(world: World, form: str, day: date, number: int = 1, **more: str) -> None:
    world.decisions.append(
        ConferenceFormat.model_validate(
            {
                "id": f"conference-format-{number}",
                "decided_at": world.clock.now(),
                "account": "a",
                "granted_by": "b",
                "reason": "",
                "format": form,
                "day": day,
                "place": "Hội trường",
                **more,
            }
        )
    )


def test_units_and_offices_are_invited_with_what_is_for_guests() -> None:
    world = World()
    world.clock.set("2021-11-22 08:00")
    conference(world, "in_person", date(2021, 11, 29))
    papers = record(world, "conference", "papers", "giay-moi.docx", "danh-sach-dai-bieu.docx", "hoi-nghi.ics")
    found = invitation_notices(world.workspace, with_records(world.register, papers), world.plan.stage("conference"))
    guests = {office.code for office in world.plan.offices} - {"van_hanh"} | {each.code for each in world.plan.units}
    assert {notice.addressee for notice in found} == guests
    stage = world.plan.stage("conference")
    hosts = [notice for notice in found if notice.addressee in hosts_of(world.plan, stage)]
    assert [[file.name for file in notice.attachments] for notice in hosts] == [["giay-moi.docx", "hoi-nghi.ics"]] * 2
    names = ("giay-moi.docx", "phieu-dang-ky-dai-bieu.docx", "hoi-nghi.ics")
    asked = [notice for notice in found if notice not in hosts]
    assert {tuple(file.name for file in notice.attachments) for notice in asked} == {names}
    for notice in asked:  # each has a form and a calendar entry of its own
        form, entry = notice.attachments[1:]
        assert entry.content_type == "text/calendar; method=REQUEST; charset=utf-8"
        assert f"/guests/{notice.addressee}/" in form.key
        assert f"/guests/{notice.addressee}/" in entry.key


@pytest.mark.parametrize("how", ["in_person", "postponed"])
def test_who_presides_or_organises_is_not_asked_who_comes(how: str) -> None:
    world = World()
    world.clock.set("2021-11-22 08:00")
    plan, stage = world.plan, world.plan.stage("conference")
    standing, owner = (plan.office(code).name for code in (plan.roles.standing, stage.owner))
    conference(world, how, date(2021, 11, 29), chair=standing)
    found = {each.addressee: each for each in invitation_notices(world.workspace, world.register, stage)}
    at = world.clock.now()
    mails = {code: write(world.workspace, Intent(notice=each, posted_at=at)) for code, each in found.items()}
    (presides, organises) = (mails[code] for code in (plan.roles.standing, stage.owner))
    for host, mail in ((standing, presides), (owner, organises)):
        for words in (mail.text, re.sub("<[^>]+>", "", mail.html)):
            assert f"Kính gửi: {host}" in words
            assert f"{host} không phải báo người dự." in words
            assert "đại diện lãnh đạo" not in words
            assert "Báo người dự bằng" not in words
    assert f"Trân trọng kính mời {standing} chủ trì" in presides.text
    assert "kính mời" not in organises.text
    assert f"gửi {owner}, cơ quan tổ chức, để theo dõi" in organises.text
    assert "đã gửi các đại biểu" not in organises.subject + organises.text + organises.html, "they may still wait"
    assert all("Báo người dự bằng" in mail.text for mail in mails.values() if mail not in (presides, organises))


def test_a_new_decision_invites_again() -> None:
    world = World()
    world.clock.set("2021-11-22 08:00")
    conference(world, "in_person", date(2021, 11, 29))
    first = {
        notice.id for notice in invitation_notices(world.workspace, world.register, world.plan.stage("conference"))
    }
    world.clock.set("2021-11-23 08:00")
    conference(world, "online", date(2021, 11, 29), 2)
    assert first.isdisjoint(
        notice.id for notice in invitation_notices(world.workspace, world.register, world.plan.stage("conference"))
    )


def test_the_press_pack_names_the_embargo() -> None:
    world = World()
    conference(world, "online", date(2021, 11, 29))
    pack = record(world, "communications", "press", "thong-tin-bao-chi.docx")
    (notice,) = press_notices(world.workspace, with_records(world.register, pack), world.plan.stage("communications"))
    assert (notice.addressee, notice.context["day"]) == ("bao_ht", "29/11/2021")


def test_what_a_unit_owes_is_said_in_its_own_words() -> None:
    owed = {}
    for duty in ("report", "own_review", "nil_return"):
        plan = make_plan(0)
        one = type(plan.units[0]).model_validate(unit(0, owes=duty))
        world = World(plan.model_copy(update={"units": (one,)}))
        (notice,) = request_notices(world.workspace, world.register, world.plan.stage("unit_reports"))
        owed[duty] = (notice.context["owed"], bool(notice.context["outline"]), notice.context["form_title"])
    assert owed == {
        "report": ("báo cáo sơ kết", True, "Biểu số liệu du lịch"),
        "own_review": ("báo cáo kết quả tổ chức sơ kết", True, "Biểu số liệu du lịch"),
        "nil_return": ("văn bản xác nhận không phát sinh nội dung báo cáo", False, None),
    }


def test_a_request_says_what_the_plan_lets_a_unit_do_and_wants_signed() -> None:
    said = []
    for plan in (make_plan(1), with_stage(make_plan(1, own_reviews=True), "unit_reports", signed_copy="required")):
        world = World(plan)
        notice = request_notices(world.workspace, world.register, plan.stage("unit_reports"))[0]
        mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
        phrases = ("(hoặc tổ chức sơ kết và gửi báo cáo kết quả)", "kèm bản ký số của chính văn bản ấy")
        said += [tuple(phrase in part for phrase in phrases) for part in (mail.text, mail.html)]
    assert said == [(False, False), (False, False), (True, True), (True, True)]


def test_ids_tell_notices_apart() -> None:
    person = (Contact(name="A", email="a@x.example"),)
    made = [
        Notice(kind=kind, addressee=who, step=step, version=version, to=person).id
        for kind in Kind
        for who in ("unit_0", "unit_00")
        for step in ("n1", "n11", "unit-m1")
        for version in ("", "2021-11-04")
    ]
    assert len(made) == len(set(made))
    assert all(each.isascii() and "/" not in each for each in made)
    assert {kind_of(each) for each in made} == set(Kind)


@pytest.mark.parametrize("part", ["a.b", "a/b", "A", "", "ệ", "a b"])
def test_ids_are_made_of_safe_parts(part: str) -> None:
    with pytest.raises(ValueError, match="step"):
        Notice(kind=Kind.DIGEST, addressee="unit_00", step=part, to=(Contact(name="A", email="a@x.example"),))


def test_message_ids_depend_on_plan_campaign_and_notice() -> None:
    plan = make_plan()
    made = {
        message_id(each, campaign, notice, seal)
        for each in (plan, plan.model_copy(update={"id": "nq07"}))
        for campaign in ("2021", "2022")
        for notice in ("receipt.b.n1", "receipt.b.n2")
        for seal in (b"one", b"other")
    }
    assert len(made) == 16, "and nobody makes one without the seal"
    assert all(each.endswith("@hatinh.example>") and len(each) < 70 for each in made)


def test_newer_words_of_a_reminder_are_its_duplicate_and_a_mail_resent_by_hand_is_none() -> None:
    plan = make_plan()
    ids = [
        message_id(plan, "2021", f"{name}{again}", b"seal")
        for name in ("reminder.b.unit-m2", "request.b.n1")
        for again in ("", "-again1")
    ]
    assert (ids[0] == ids[1], ids[2] == ids[3]) == (True, False)


def test_message_ids_are_ascii_whatever_the_domain() -> None:
    plan = make_plan()
    operator = plan.office("van_hanh")
    desk = operator.contact.model_copy(update={"email": "vanhanh@hàtĩnh.vn"})
    offices = tuple(each.model_copy(update={"contact": desk}) if each == operator else each for each in plan.offices)
    name = message_id(plan.model_copy(update={"offices": offices}), "2021", "receipt.b.n1", b"seal")
    assert name.isascii()
    assert "@xn--" in name


@pytest.mark.parametrize("name", ["request", "reminder", "new_date", "return", "draft"])
def test_whoever_is_asked_for_files_is_told_where_how_and_whom_to_ring(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, "https://kho.hatinh.example")
    workspace, notice = examples(make_plan())[name]
    written = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    for body in (written.text, written.html):
        assert "https://kho.hatinh.example" in body
        assert "phiếu giao khóa" in body
        assert f"inbox/nq06/2021/{notice.addressee}/" in body
        assert "0239 385 0000" in body
        assert "theo địa chỉ trong thư" not in body
