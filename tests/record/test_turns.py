"""Whose turn it is, by what the bucket holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Desk
from record import story
from record.builders import answer, appraise, extend, first, submit
from record.story import Story
from record.verbs import conference, ubnd_draft, unit_reports, vptu_appraisal
from soket.notices.alerts import overdue_notice
from soket.notices.news import news
from soket.notices.progress import next_dates
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.turns import turn_of
from soket.stages import StillWaitingError


def turns(desk: Desk) -> dict[str, str]:
    register = read_register(desk())
    return {stage.id: str(turn) for stage in desk.plan.stages if (turn := turn_of(desk.plan, register, stage))}


@pytest.mark.parametrize("chapter", [story.opened, story.reported, story.returned, story.called, story.archived])
def test_most_of_the_time_it_is_nobodys(after: Story, chapter: Callable[[Desk], None]) -> None:
    assert turns(after(chapter)) == {}


def test_who_was_given_more_time_is_waited_for_until_then(after: Story, plan: Plan) -> None:
    desk, unit = after(story.opened), first(plan)
    extend(desk("2021-11-03 09:00"), unit, date(2021, 11, 9))
    assert turns(desk) == {}
    desk("2021-11-05 09:00")
    assert turns(desk) == {"unit_reports": "chờ 1 đơn vị được gia hạn đến 09/11/2021"}
    submit(desk(), unit)
    assert turns(desk) == {}


def test_the_drafter_is_waited_for_from_the_working_draft_on(after: Story, plan: Plan) -> None:
    drafter = plan.office(plan.playing("drafter")[0]).name
    assert turns(after(story.consolidated)) == {"ubnd_draft": f"chờ {drafter} gửi dự thảo từ 05/11/2021"}


def test_a_first_report_is_waited_for(after: Story) -> None:
    desk = after(story.opened)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    with pytest.raises(StillWaitingError):
        ubnd_draft.consolidate(desk("2021-11-05 07:30"))
    assert turns(desk) == {"ubnd_draft": "chờ báo cáo đầu tiên từ 05/11/2021"}


def test_the_appraiser_is_waited_for_from_the_dossier_to_the_answer(after: Story, plan: Plan) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    vptu_appraisal.prepare_dossier(desk())
    said = f"chờ {plan.office(plan.playing('appraiser')[0]).name} trả lời từ 12/11/2021"
    assert turns(desk) == {"vptu_appraisal": said}
    register = read_register(desk("2021-11-22 09:00"))
    assert said in {row["waits"] for row in next_dates(desk(), register)}
    notice = overdue_notice(desk(), register, desk.plan.stage("vptu_appraisal"), 24)
    assert notice is not None
    assert said in str(notice.context["what"])
    assert "**" not in str(notice.context["what"])
    lines = news(plan, register, desk.campaign.start)
    assert not [line for line in lines if "**" in line]
    (appraised,) = (line for line in lines if "Phát hiện:" in line or "Số liệu:" in line)
    assert appraised.endswith("Đọc đủ ở trang “Giai đoạn và sản phẩm” của bảng theo dõi.")
    assert sum("Đọc đủ ở" in line for line in lines) == 1
    appraise(desk(), 1, "approved")
    assert turns(desk) == {}


def test_the_format_is_waited_for(after: Story, plan: Plan) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    appraiser = plan.office(plan.playing("appraiser")[0]).name
    assert turns(desk) == {"conference": f"chờ {appraiser} chọn hình thức từ 22/11/2021"}
    conference.record_format(desk(), answer("online", day="2021-11-29", place="Phòng họp"))
    assert turns(desk) == {}
