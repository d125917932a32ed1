"""Provisional drafts: one a morning where something came, of the same bucket the same bytes, and of no round."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from board.browser import Browser
from conftest import Desk, moment
from documents.conftest import text_of
from record.builders import drop, exempt, judge, owing, receive, submit
from record.verbs import ubnd_draft, unit_reports
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.board.ribbon import StageState, stage_state
from soket.notices.ledger import read_intent, states
from soket.notices.notice import Kind
from soket.notices.render import write
from soket.plan.calendar import WorkingCalendar
from soket.plan.model import Campaign, Plan
from soket.record.keeping import read_register
from soket.record.products import OFFICIAL_DRAFT, PROVISIONAL_DRAFT
from soket.record.provisional import ProvisionalDraft
from soket.record.records import Ruling, StageRecord
from soket.stages import NothingToDoError, StillWaitingError, provisional
from soket.stages.provisional import renew, renew_of

from .flow import Played, a_stage, by, make_plan, several_units

DRAFT = "ubnd_draft"
MORNING = "2021-10-27 07:30"
COUNT = 10  # units that owe a report


@pytest.fixture(scope="module")
def plan() -> Plan:
    return several_units(COUNT - 2)


@pytest.fixture(scope="module")
def campaign(plan: Plan) -> Campaign:
    return plan.campaigns[0]


@pytest.fixture
def desk(plan: Plan, campaign: Campaign) -> Desk:
    """A campaign whose first three reports came on one day."""
    desk = Desk(plan, campaign)
    unit_reports.open_stage(desk("2021-10-18 00:00"))
    for unit in owing(plan)[:3]:
        submit(desk("2021-10-26 10:00"), unit.code)
    return desk


@pytest.fixture
def consolidated(desk: Desk) -> Desk:
    """A campaign whose working draft was made while one unit had sent nothing."""
    for unit in owing(desk.plan)[3:-1]:
        submit(desk("2021-11-03 10:00"), unit.code)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    ubnd_draft.open_round(desk())
    ubnd_draft.consolidate(desk())
    return desk


def editions(desk: Desk, stage: str = DRAFT) -> list[StageRecord]:
    return list(read_register(desk()).stages[stage].provisional)


def said(desk: Desk, record: StageRecord) -> str:
    key = next(each for each in record.products if each.endswith(PROVISIONAL_DRAFT))
    return text_of(desk.store.get(key))


def files(desk: Desk, stage: str = DRAFT) -> dict[str, bytes]:
    """Return what the bucket holds of a stage, without when it was written."""
    prefix = desk().keys.stage(stage, 0)
    return {key: data for key, (data, _) in desk.store.objects.items() if key.startswith(prefix)}


def working_draft(desk: Desk) -> str:
    record = read_register(desk()).stages[DRAFT].record("working")
    assert record is not None
    return record.products[0]


def mails(desk: Desk) -> list[str]:
    return sorted(each.id for each in states(desk()).values() if each.kind is Kind.PROVISIONAL)


def idle(desk: Desk) -> str:
    with pytest.raises(NothingToDoError) as nothing:
        renew(desk())
    return str(nothing.value)


def test_it_says_how_many_reports_it_has_and_who_is_missing(desk: Desk) -> None:
    note = renew(desk(MORNING))
    assert note == f"Bản tổng hợp tạm số 1: 3/{COUNT} báo cáo, tính đến 10 giờ 00, ngày 26/10/2021."
    (record,) = editions(desk)
    text = said(desk, record)
    assert f"BẢN TỔNG HỢP TẠM SỐ 1: 3/{COUNT}" in text
    assert "không phải dự thảo chính thức" in text
    assert "DỰ THẢO LẦN" not in text
    assert "Còn thiếu: " in text
    assert all(unit.name in text for unit in owing(desk.plan)[3:])


def test_before_any_report_there_is_none(plan: Plan, campaign: Campaign) -> None:
    desk = Desk(plan, campaign)
    unit_reports.open_stage(desk("2021-10-18 00:00"))
    desk(MORNING)
    assert "chưa có báo cáo nào" in idle(desk)
    desk("2021-10-15 07:30")
    assert "chưa đến ngày nhận báo cáo" in idle(desk)


def test_twice_in_a_morning_makes_one(desk: Desk) -> None:
    renew(desk(MORNING))
    before = files(desk)
    desk("2021-10-27 07:31")
    assert idle(desk).endswith("Từ đó chưa có gì mới.")
    assert files(desk) == before
    assert len(mails(desk)) == 1


def test_a_morning_without_news_makes_none_and_mails_none(desk: Desk) -> None:
    renew(desk(MORNING))
    desk("2021-10-28 07:30")
    idle(desk)
    submit(desk("2021-10-28 09:00"), owing(desk.plan)[9].code, ruling=Ruling.RETURNED)  # moves nothing
    desk("2021-10-29 07:30")
    idle(desk)
    assert len(editions(desk)) == len(mails(desk)) == 1


@settings(max_examples=4)
@given(
    order=st.permutations(range(5)),
    at=st.integers(min_value=0, max_value=60),
    exempted=st.booleans(),
)
def test_a_provisional_draft_from_the_same_bucket_is_the_same_bytes(
    plan: Plan, campaign: Campaign, order: list[int], at: int, exempted: bool
) -> None:
    """Whoever makes it, whenever, and in whatever order the same reports came."""
    units = [unit.code for unit in owing(plan)]

    def made(order: list[int], at: int) -> dict[str, bytes]:
        desk = Desk(plan, campaign)
        receipts = [(drop(desk("2021-10-26 10:00"), units[each]), receive(desk(), units[each])) for each in order]
        for _, receipt in receipts:
            judge(desk("2021-10-26 10:05"), receipt)
        if exempted:
            exempt(desk("2021-10-26 11:00"), units[7])
        renew(desk(moment(MORNING) + timedelta(minutes=at)))
        return {key: data for key, data in files(desk).items() if "/records/" not in key}

    assert made(order, at) == made(sorted(order), 0)


def test_a_working_draft_that_came_meanwhile_is_not_announced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was being written then is filed, and nobody is written to of it."""
    written = provisional._write

    def meanwhile(*about: Any) -> StageRecord:
        record = written(*about)
        ubnd_draft.open_round(desk())
        ubnd_draft.consolidate(desk())
        return record

    monkeypatch.setattr(provisional, "_write", meanwhile)
    desk("2021-11-05 07:30")
    unit_reports.close_stage(desk())
    renew(desk())
    assert (len(editions(desk)), mails(desk)) == (1, [])


def test_once_reports_are_closed_the_working_draft_is_not_said_to_wait_for_them(desk: Desk) -> None:
    def told() -> str:
        (*_, mail) = mails(desk)
        return write(desk(), read_intent(desk(), mail)).text

    renew(desk(MORNING))
    assert "nhận xong báo cáo mới có dự thảo làm việc" in told()
    submit(desk("2021-11-04 09:00"), owing(desk.plan)[4].code)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    renew(desk("2021-11-05 07:30"))
    assert "dự thảo làm việc vòng 1 gửi sau" in told()
    assert "nhận xong báo cáo" not in told()


class _DyingError(RuntimeError):
    pass


@pytest.mark.parametrize("last", [0, 3, 4, 5])
def test_a_provisional_draft_that_dies_half_way_is_made_whole_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    """However far it came: files, record, mail. There is one in the end, as if nothing had happened."""
    objects = dict(desk.store.objects)
    renew(desk(MORNING))
    whole = files(desk)
    desk.store.objects.clear()
    desk.store.objects.update(objects)
    written = iter(range(last))

    def dying(write: Callable[..., object]) -> Callable[..., object]:
        def writes(key: str, *rest: object) -> object:
            if "/register/" not in key and next(written, None) is None:
                raise _DyingError(key)
            return write(key, *rest)

        return writes

    with monkeypatch.context() as patch:
        for verb in ("put", "create"):
            patch.setattr(desk.store, verb, dying(getattr(desk.store, verb)))
        with pytest.raises(_DyingError):
            renew(desk(MORNING))
    renew(desk("2021-10-27 07:36"))
    records = {key for key in whole if "/records/" in key}
    assert {key: data for key, data in files(desk).items() if key not in records} == {
        key: data for key, data in whole.items() if key not in records
    }
    assert records <= files(desk).keys()
    assert mails(desk) == ["provisional.tuyen_giao.no-1.2021-10-27"]


def test_the_next_says_what_changed_since_and_by_how_much(desk: Desk) -> None:
    renew(desk(MORNING))
    unit = owing(desk.plan)[3]
    submit(desk("2021-10-27 14:00"), unit.code)
    renew(desk("2021-10-28 07:30"))
    first, second = editions(desk)
    text = said(desk, second)
    assert f"- Thêm báo cáo của {unit.name}." in text.replace("_", " ")
    assert "- Tổng năm 2021 từ " in text
    assert "(tăng " in text
    assert "Thêm báo cáo" not in said(desk, first)
    mail = read_intent(desk(), mails(desk)[-1]).notice
    assert mail.context["before"] == 1
    assert any(line.startswith("Thêm báo cáo của") for line in mail.context["changes"])
    assert [each.name for each in mail.attachments] == [PROVISIONAL_DRAFT, "phu-luc-so-lieu.xlsx"]


def test_where_no_figures_are_asked_for_no_workbook_of_figures_goes_with_it(plan: Plan, campaign: Campaign) -> None:
    bare = plan.model_copy(update={"forms": ()})
    desk = Desk(bare, campaign)
    for each in owing(bare)[:3]:
        submit(desk("2021-10-26 10:00"), each.code)
    renew(desk(MORNING))
    assert [each.name for each in read_intent(desk(), mails(desk)[-1]).notice.attachments] == [PROVISIONAL_DRAFT]


def test_one_asked_for_is_mailed_the_next_morning_with_all_since_the_last_mail(desk: Desk) -> None:
    renew(desk(MORNING))
    units = owing(desk.plan)
    submit(desk("2021-10-27 10:00"), units[3].code)
    renew(desk("2021-10-27 11:00"))  # by hand: no second mail today
    assert len(editions(desk)) == 2
    assert len(mails(desk)) == 1
    submit(desk("2021-10-27 15:00"), units[4].code)
    renew(desk("2021-10-28 07:30"))
    assert mails(desk) == ["provisional.tuyen_giao.no-1.2021-10-27", "provisional.tuyen_giao.no-3.2021-10-28"]
    (told, *_) = read_intent(desk(), mails(desk)[-1]).notice.context["changes"]
    assert units[3].name in told
    assert units[4].name in told


def test_the_drafting_office_has_one_three_working_days_before_its_date(plan: Plan, campaign: Campaign) -> None:
    """Whatever comes on the last days."""
    desk = Desk(plan, campaign)
    submit(desk("2021-10-20 10:00"), owing(desk.plan)[0].code)
    calendar = WorkingCalendar.of(desk.plan)
    day = desk.campaign.start.date()
    while day < desk.campaign.stages[DRAFT].last_day:
        day += timedelta(days=1)
        if calendar.is_working_day(day):
            try:
                renew(desk(f"{day} 07:30"))
            except NothingToDoError:
                continue
    (record,) = editions(desk)
    assert calendar.working_days_between(record.at.date(), desk.campaign.stages[DRAFT].last_day) >= 3
    assert len(mails(desk)) == 1


def test_it_is_of_no_round_and_opens_no_stage(desk: Desk) -> None:
    renew(desk(MORNING))
    entry = read_register(desk()).stages[DRAFT]
    assert (entry.round, entry.begun) == (0, False)
    assert stage_state(desk(), read_register(desk()), desk.plan.stage(DRAFT)) is StageState.UPCOMING


def test_once_there_is_an_official_draft_there_is_no_more(consolidated: Desk) -> None:
    desk = consolidated
    drop(desk("2021-11-08 09:00"), "tuyen_giao", "du-thao.docx", desk.store.get(working_draft(desk)))
    ubnd_draft.check_official_draft(desk())
    desk("2021-11-09 07:30")
    assert "đã có dự thảo chính thức" in idle(desk)


def test_a_working_draft_that_lacks_a_late_report_has_one_beside_it(consolidated: Desk) -> None:
    desk = consolidated
    desk("2021-11-08 07:30")
    assert "đã có mọi báo cáo" in idle(desk)
    submit(desk("2021-11-08 09:00"), owing(desk.plan)[-1].code)
    renew(desk("2021-11-09 07:30"))
    assert len(editions(desk)) == 1


def test_it_is_never_taken_for_the_official_draft(consolidated: Desk) -> None:
    desk = consolidated
    submit(desk("2021-11-08 09:00"), owing(desk.plan)[-1].code)
    renew(desk("2021-11-09 07:30"))
    key = next(each for each in editions(desk)[-1].products if each.endswith(PROVISIONAL_DRAFT))
    drop(desk(), "tuyen_giao", "du-thao.docx", desk.store.get(key))
    with pytest.raises(StillWaitingError, match=r"tệp còn ghi là “Bản tổng hợp tạm”"):
        ubnd_draft.check_official_draft(desk())
    entry = read_register(desk()).stages[DRAFT]
    assert entry.record("official") is None
    assert any(each.step.startswith("refused-") and "Không nhận" in each.note for each in entry.records)
    document = Document(BytesIO(desk.store.get(key)))
    for paragraph in document.paragraphs:
        if "tổng hợp tạm" in paragraph.text.lower():
            paragraph.text = ""
    worked_on = BytesIO()
    document.save(worked_on)
    drop(desk("2021-11-09 10:00"), "tuyen_giao", OFFICIAL_DRAFT, worked_on.getvalue())
    ubnd_draft.check_official_draft(desk())
    assert read_register(desk()).stages[DRAFT].record("official") is not None


def test_a_backfill_makes_the_last_one_again_in_place_and_mails_nothing(desk: Desk) -> None:
    renew(desk(MORNING))
    before, sent = files(desk), mails(desk)
    renew(desk("2021-10-29 09:00", rerun=True, silent=True))
    assert (files(desk), mails(desk)) == (before, sent)


def test_a_plan_with_two_drafts_has_them_of_each(tmp_path: Path) -> None:
    stages = [
        a_stage("thu", "collect"),
        a_stage("mot", "draft", after=["thu"]),
        a_stage("hai", "draft", after=["thu"]),
    ]
    dates = {"thu": by("01", "05"), "mot": by("06", "10"), "hai": by("06", "12")}
    played = Played(make_plan(tmp_path, stages, dates))
    unit = next(unit.code for unit in played.plan.units)
    played.report("2021-11-03 10:00", unit)
    renew(played.desk("2021-11-04 07:30"))
    assert [len(editions(played.desk, stage)) for stage in ("mot", "hai")] == [1, 1]
    assert len(mails(played.desk)) == 2
    for stage in ("mot", "hai"):
        with pytest.raises(NothingToDoError):
            renew_of(played.desk("2021-11-05 07:30"), played.plan.stage(stage))


def test_a_draft_that_goes_on_from_another_has_none(tmp_path: Path) -> None:
    stages = [a_stage("thu", "collect"), a_stage("mot", "draft", after=["thu"]), a_stage("hai", "draft", after=["mot"])]
    played = Played(make_plan(tmp_path, stages, {"thu": by("01", "05"), "mot": by("06", "10"), "hai": by("11", "12")}))
    played.report("2021-11-03 10:00", next(unit.code for unit in played.plan.units))
    renew(played.desk("2021-11-04 07:30"))
    assert [len(editions(played.desk, stage)) for stage in ("mot", "hai")] == [1, 0]


def test_its_record_is_read_back_as_it_was_filed(desk: Desk) -> None:
    renew(desk(MORNING))
    (record,) = editions(desk)
    assert isinstance(record.details, ProvisionalDraft)
    assert (record.details.number, record.details.sent, record.details.share) == (1, 3, f"3/{COUNT}")


def test_the_board_shows_each_and_gives_the_last_one_with_its_annexes(desk: Desk) -> None:
    renew(desk(MORNING))
    submit(desk("2021-10-27 14:00"), owing(desk.plan)[3].code)
    renew(desk("2021-10-28 07:30"))
    official = Viewer("vp", lambda _: True)
    browser = Browser(create_app(lambda *_: desk(), lambda: ([desk.plan], []), lambda: official))
    page = browser.get("small/2021/stages").text
    first, second = editions(desk)
    assert page.index(second.note) < page.index(first.note)
    shown = re.findall(r'href="(?:/soket)?/small/2021/files/([^"]+)"', page)
    assert {key for key in shown if "/0/" in key} == {
        *(key for key in second.products if not key.endswith(".json")),
        *(key for key in first.products if key.endswith(".docx")),
    }
    assert all(browser.get(f"small/2021/files/{key}").status_code == 200 for key in shown)
    assert "Vòng 0" not in page
