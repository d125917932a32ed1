"""A leader's page: who comes in by its link and who does not, what it says, and what a call leaves on the record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from httpx import Response

from conftest import Desk
from record import story
from record.builders import _act, submit
from record.story import Story
from soket.clock import VIETNAM
from soket.notices.digests import digest_notices
from soket.notices.ladder import chased_units
from soket.notices.ledger import Intent
from soket.notices.news import news
from soket.notices.render import write
from soket.page.app import _WRONG_LINKS
from soket.page.minute import minute_of
from soket.plan.letters import Contact, StandIn
from soket.record.decisions import LinkRenewal, Promise
from soket.record.filing import file_decision
from soket.record.keeping import read_register
from soket.record.seal import LeaderLinks
from soket.record.sending import leader_link

from .conftest import NEIGHBOUR, UNIT, Clerk

LATE = datetime(2021, 11, 8, 9, tzinfo=VIETNAM)
SORRY = "Không mở được trang"
LED = "so_vh"  # of the block that vptu leads
STAND_IN = StandIn(
    name="Trần Thị Bình", email="binh@hatinh.example", from_day=date(2021, 11, 1), to_day=date(2021, 11, 9)
)


@pytest.fixture
def leader(office: Desk) -> Clerk:
    """A browser, on a day on which every unit is late; vptu leads the departments alone."""
    plan = office.plan
    blocks = [each.model_copy(update={"leader": "vptu"} if each.code == "so" else {}) for each in plan.blocks]
    units = [
        each.model_copy(update={"contact": each.contact.model_copy(update={"phone": "0239 385 1234, máy lẻ 2"})})
        for each in plan.units
    ]
    office.plan = plan.model_copy(update={"blocks": tuple(blocks), "units": tuple(units)})
    office(LATE)
    return Clerk(office)


def home(leader: Clerk, code: str = "btg") -> str:
    return f"/{leader.desk.plan.id}/{leader.desk.campaign.code}/lanh-dao/{code}/"


def link_of(leader: Clerk, code: str = "btg") -> str:
    workspace = leader.desk()
    link = leader_link(workspace, read_register(workspace, keep=False).acts, code, LATE.date())
    assert link is not None
    return link.removeprefix("http://testserver")


def come_in(leader: Clerk, code: str = "btg") -> str:
    """Come in by the link; return the page."""
    assert leader.get(link_of(leader, code)).status_code == 303
    answer = leader.get(home(leader, code))
    assert answer.status_code == 200
    return answer.text


def call(leader: Clerk, code: str = "btg", unit: str = UNIT, day: str = "2021-11-10", **more: str) -> Response:
    form = {"unit": unit, "last_day": day, "person": "Chánh Văn phòng", **more.pop("form", {})}  # type: ignore[dict-item]
    return leader.post(home(leader, code) + "goi", data=form, **more)  # type: ignore[arg-type]


def promises(leader: Clerk) -> list[Promise]:
    return [each for each in read_register(leader.desk()).decisions if isinstance(each, Promise)]


def test_the_digests_link_leads_to_the_page_and_changes_nothing(leader: Clerk) -> None:
    workspace = leader.desk()
    register = read_register(workspace)
    mails = {each.addressee: each for each in digest_notices(workspace, register) if each.kind == "digest"}
    assert set(mails) == {"btg", "thuong_truc"}
    link = str(mails["btg"].context["minute"])
    written = write(workspace, Intent(notice=mails["btg"], posted_at=workspace.now))
    assert link in written.text
    assert link in written.html
    before = dict(leader.desk.store.objects)
    entered = leader.get(link.removeprefix("http://testserver"))
    assert (entered.status_code, entered.headers["location"]) == (303, home(leader))
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert f"Path={home(leader)}" in entered.headers["set-cookie"]
    page = leader.get(home(leader))
    assert "Đã tiếp nhận 0/8 đơn vị; 8 quá hạn: Huyện ủy 1, Huyện ủy 2, Huyện ủy 3 và 5 đơn vị khác" in page.text
    assert page.text.count('href="tel:02393851234"') == 3
    assert "Gọi 0239 385 1234, máy lẻ 2" in page.text
    assert "Chưa có thư nhắc" in page.text
    assert "/vao/" not in page.text
    assert leader.desk.store.objects == before


def test_a_call_enters_the_record_and_quiets_the_ladder(leader: Clerk) -> None:
    come_in(leader)
    answer = call(leader, form={"person": "Chánh\u202e Văn\u0000 phòng\n <b>An</b>"})
    assert (answer.status_code, answer.headers["location"]) == (303, home(leader) + "?told=goi")
    call(leader, form={"person": "Chánh\u202e Văn\u0000 phòng\n <b>An</b>"})  # a second tap
    (promise,) = promises(leader)
    assert (promise.unit, promise.last_day) == (UNIT, date(2021, 11, 10))
    assert promise.person == "Chánh Văn phòng <b>An</b>"
    assert promise.granted_by == leader.desk.plan.office("btg").contact.name
    assert "(đường dẫn riêng)" in promise.account
    page = leader.get(home(leader) + "?told=goi").text
    assert "Huyện ủy 1: hẹn gửi trong ngày 10/11/2021 (Chánh Văn phòng &lt;b&gt;An&lt;/b&gt;)" in page
    assert f'value="{UNIT}"' not in page
    workspace = leader.desk()
    chased = {each.unit.code: each for each in chased_units(workspace, read_register(workspace))}
    assert chased[UNIT].is_left(workspace.now)
    assert not chased[NEIGHBOUR].is_left(workspace.now)
    leader.desk("2021-11-11 09:00")
    page = come_in(Clerk(leader.desk))
    first_call = page[page.index('<article class="call"') :]
    assert first_call.index("Huyện ủy 1") < first_call.index("Huyện ủy 2")
    assert "quá hẹn chưa gửi" in first_call


def test_who_stands_in_is_on_record_with_whom_and_until_when(leader: Clerk) -> None:
    desk = leader.desk
    contact = desk.plan.office("btg").contact
    away = Contact(**{**contact.model_dump(), "deputies": (STAND_IN,)})
    offices = (each.model_copy(update={"contact": away}) if each.code == "btg" else each for each in desk.plan.offices)
    desk.plan = desk.plan.model_copy(update={"offices": tuple(offices)})
    assert "Hôm nay Trần Thị Bình thay" in come_in(leader)
    call(leader)
    (promise,) = promises(leader)
    assert promise.granted_by == f"Trần Thị Bình, được {contact.name} ủy quyền từ 01/11/2021 đến 09/11/2021"


@pytest.mark.parametrize("day", ["2021-11-07", "2021-11-23", "hôm nay", ""])
def test_a_day_that_is_none_is_refused_with_what_to_do(leader: Clerk, day: str) -> None:
    come_in(leader)
    answer = call(leader, day=day)
    assert answer.status_code in (409, 422)
    assert "Chưa" in answer.text
    assert promises(leader) == []


def test_who_owes_nothing_or_is_anothers_is_not_promised_for(leader: Clerk) -> None:
    submit(leader.desk(), UNIT)
    come_in(leader)
    assert call(leader).status_code == 409
    assert "0/1 đơn vị" not in come_in(leader, "vptu")
    assert call(leader, "vptu").status_code == 404
    assert call(leader, "vptu", unit=LED).status_code == 303
    assert [each.unit for each in promises(leader)] == [LED]


def test_five_a_day_of_one_unit_are_enough(leader: Clerk) -> None:
    come_in(leader)
    told = [call(leader, form={"person": f"Người {number}"}).status_code for number in range(6)]
    assert told == [303] * 5 + [409]


def test_a_form_from_elsewhere_is_refused(leader: Clerk) -> None:
    come_in(leader)
    assert call(leader, headers={"origin": "https://khac.example"}).status_code == 403  # type: ignore[arg-type]
    assert promises(leader) == []


def test_no_units_link_opens_it_and_it_opens_no_units_page(leader: Clerk) -> None:
    unit_token, own_token = leader.link_of().rpartition("/")[2], link_of(leader).rpartition("/")[2]
    assert leader.get(home(leader) + f"vao/{unit_token}").status_code == 404
    assert leader.get(leader.home() + f"vao/{own_token}").status_code == 404
    come_in(leader)
    leader.come_in()
    for name, token in (("nop", own_token), ("lanh-dao", unit_token)):
        foreign = Clerk(leader.desk, cookies={name: token})
        assert foreign.get(leader.home()).status_code == 404
        assert foreign.get(home(leader)).status_code == 404
        assert foreign.get(leader.home() + "tai/reports/x").status_code == 404
        assert call(foreign).status_code == 404


def test_wrong_old_foreign_and_renewed_links_stay_shut(leader: Clerk) -> None:
    token = link_of(leader).rpartition("/")[2]
    for place in ("lanh-dao/vptu", "lanh-dao/ubnd", "lanh-dao/khong_co"):
        assert leader.get(f"/nq06/2021/{place}/vao/{token}").status_code == 404
    assert LeaderLinks(leader.desk().seal, "nq06", "2020").last_day("btg", token, 0) is None
    assert leader.get(home(leader) + f"vao/{token[:-2]}xx").status_code == 404
    assert leader.get(home(leader)).status_code == 404
    come_in(leader)
    leader.desk(LATE + timedelta(days=8))
    old = Clerk(leader.desk).get(link_of(leader))
    assert (old.status_code, "15/11/2021" in old.text) == (410, True)
    leader.desk(LATE)
    file_decision(leader.desk(), LinkRenewal(id="link-btg", office="btg", **_act(leader.desk())))
    assert leader.get(home(leader)).status_code == 404
    come_in(leader)


def test_whoever_guesses_has_to_wait_and_keeps_nobody_out(leader: Clerk) -> None:
    link = link_of(leader)
    for number in range(_WRONG_LINKS):
        assert leader.get(home(leader) + f"vao/guess{number}").status_code == 404
    assert leader.get(home(leader) + "vao/one-more").status_code == 429
    assert leader.get(link).status_code == 303
    assert leader.get(leader.link_of()).status_code == 303


def test_who_never_sent_is_still_told_when_nobody_waits_any_more(leader: Clerk) -> None:
    workspace = leader.desk(leader.desk.campaign.end)
    register = read_register(workspace, keep=False)
    assert register.units[UNIT].missed
    told = minute_of(workspace, register, workspace.plan.office("btg"), [])
    assert f"thiếu {told.tally.missed}, không chờ nữa: " in told.headline
    assert "chưa đơn vị nào quá hạn" not in told.headline
    assert told.calls == []


def test_who_is_late_beside_the_reports_is_not_counted_among_who_reports(after: Story) -> None:
    workspace = after(story.called)("2021-11-26 08:00")
    register = read_register(workspace)
    told = minute_of(workspace, register, workspace.plan.office(workspace.plan.roles.standing), ()).headline
    assert told.startswith("Đã tiếp nhận 58/60 đơn vị; 2 quá hạn: Hội Cựu chiến binh tỉnh, Tỉnh đoàn Hà Tĩnh; ")
    assert "; việc khác, ngoài 60 đơn vị phải báo cáo, 4 quá hạn: Báo Hà Tĩnh, " in told
    assert not [each for each in news(workspace.plan, register, workspace.campaign.start) if "Lý do:  " in each]
