"""The code before a unit's page, where the plan asks for one: who gets in by it, and everybody who does not."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from board.browser import Browser
from board.conftest import an_official
from conftest import Desk
from record.builders import renew_link
from soket.board.app import create_app
from soket.intake.receive import work_waiting
from soket.notices.delivery import deliver
from soket.notices.ledger import Ending, states
from soket.notices.outbox import resend
from soket.notices.render import HIDDEN
from soket.notices.senders import RecordingSender
from soket.notices.switch import throw
from soket.plan.unit_page import UnitPage
from soket.record.keeping import read_register
from soket.record.one_time_codes import LIVES, MOST_AN_HOUR, TRIES, codes_asked_for
from soket.stages.collect import answer_units
from soket.store.store import MemoryStore

from .conftest import IN_TIME, NEIGHBOUR, UNIT, Clerk

HOURS = 8
A_PAGE = {"Accept": "text/html"}


@pytest.fixture
def asking(office: Desk) -> Desk:
    """The campaign of a plan that asks for codes."""
    office.plan = office.plan.model_copy(update={"unit_page": UnitPage(one_time_code=True, session_hours=HOURS)})
    return office


@pytest.fixture
def device(asking: Desk) -> Clerk:
    return new_device(asking)


def new_device(desk: Desk, unit: str = UNIT) -> Clerk:
    """A browser that came by the unit's link, and stands before the page."""
    clerk = Clerk(desk).come_in(unit)
    assert clerk.get(clerk.home(unit) + "ma").status_code == 200
    return clerk


def ask(clerk: Clerk, unit: str = UNIT) -> int:
    return clerk.post(clerk.home(unit) + "ma/xin").status_code


def mailed(desk: Desk) -> list[str]:
    """Let a run mail what is asked for; return the codes in the mails of this run, as they went out."""
    answer_units(desk())
    sender = RecordingSender()
    deliver(desk(), sender)
    texts = [str(each.get_body(("plain",)).get_content()) for each in sender.messages]  # type: ignore[union-attr]
    return [found[1] for text in texts if (found := re.search(r"^(\d{6})$", text, re.MULTILINE))]


def sent_to(clerk: Clerk, unit: str = UNIT) -> str:
    """Ask for a code, and read the mail that comes."""
    assert ask(clerk, unit) == 303
    (code,) = mailed(clerk.desk)
    return code


def enter(clerk: Clerk, code: str, unit: str = UNIT) -> str:
    """Enter a code; return where that leads, or the words of the refusal."""
    answer = clerk.post(clerk.home(unit) + "ma", data={"code": code})
    if answer.status_code == 303:
        return answer.headers["location"]
    assert answer.status_code == 403
    (words,) = re.findall(r'role="alert"[^>]*>([^<]+)<', answer.text)
    return str(words)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_plan_that_asks_for_none_shows_the_page_at_once(clerk: Clerk) -> None:
    assert clerk.come_in().get(clerk.home()).status_code == 200
    assert clerk.get(clerk.home() + "ma").headers["location"] == clerk.home()
    for path in ("ma", "ma/xin"):
        assert clerk.post(clerk.home() + path, data={"code": "123456"}).headers["location"] == clerk.home()
    assert not [key for key in clerk.desk.store.objects if "/one-time/" in key]


def test_the_code_goes_to_the_registered_mailbox_and_opens_the_page(device: Clerk) -> None:
    desk = device.desk
    page = device.get(device.home() + "ma")
    assert desk.plan.unit(UNIT).contact.email not in page.text
    assert "Gửi mã" in page.text
    assert ask(device) == 303
    register = read_register(desk(), keep=False)
    assert "1 mã vào trang nộp hồ sơ được xin" in str(work_waiting(desk(), register, now_real=IN_TIME))
    answer_units(desk())
    assert "mã vào trang" not in str(work_waiting(desk(), register, now_real=IN_TIME))
    sender = RecordingSender()
    deliver(desk(), sender)
    assert sender.recipients == [(desk.plan.unit(UNIT).contact.email,)]
    (code,) = re.findall(r"^(\d{6})$", str(sender.messages[0].get_body(("plain",)).get_content()), re.MULTILINE)  # type: ignore[union-attr]
    assert code not in str(sender.messages[0]["Subject"])
    form = device.get(device.home() + "ma").text
    assert 'inputmode="numeric"' in form
    assert 'autocomplete="one-time-code"' in form
    entered = device.post(device.home() + "ma", data={"code": f" {code[:3]} {code[3:]} "})
    assert (entered.status_code, entered.headers["location"]) == (303, device.home())
    cookie = entered.headers["set-cookie"]
    assert all(
        part in cookie for part in ("HttpOnly", "SameSite=lax", f"Path={device.home()}", f"Max-Age={HOURS * 3600}")
    )
    assert desk.plan.unit(UNIT).name in device.get(device.home()).text
    assert device.get(device.home() + "ma").headers["location"] == device.home()


def test_it_is_switched_on_and_off_while_pages_are_open(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)
    inside = Clerk(office).come_in()
    file = inside.put_in("bao-cao.docx", b"x" * 10)
    plain = office.plan
    office.plan = plain.model_copy(update={"unit_page": UnitPage(one_time_code=True)})
    assert inside.get(inside.home() + "dau").status_code == 403  # the open page's script is told to load it anew
    assert inside.get(inside.home(), headers=A_PAGE).headers["location"] == inside.home() + "ma"
    assert inside.hand_in() == 403
    assert inside.get(inside.link_of()).status_code == 303  # links that went out before still lead in
    assert inside.get(inside.home() + "ma").status_code == 200
    assert enter(inside, sent_to(inside)) == inside.home()
    assert f'data-id="{file}"' in inside.get(inside.home()).text  # what was sent up is still there
    office.plan = plain
    assert Clerk(office).come_in().get(inside.home(), headers=A_PAGE).status_code == 200
    assert inside.get(inside.home(), headers=A_PAGE).status_code == 200


def test_opening_it_sends_nothing(device: Clerk) -> None:
    before = dict(device.desk.store.objects)
    for _ in range(3):
        device.get(device.home() + "ma")
        device.get(device.link_of())
        device.head(device.home() + "ma")
    assert device.desk.store.objects == before


@pytest.mark.parametrize(
    "address", ["", "dau", "thu", "bien-nhan/1", "tai/inbox/x", "tep/0123456789abcdef", "trao-doi"]
)
def test_without_the_code_nothing_opens(device: Clerk, address: str) -> None:
    answer = device.get(device.home() + address, headers=A_PAGE)
    assert answer.status_code in (303, 404)  # there is no such address
    if answer.status_code == 303:
        assert answer.headers["location"] == device.home() + "ma"
    told = device.get(device.home() + "dau", headers={"Accept": "application/json"})
    assert (told.status_code, "mã" in told.json()["message"]) == (403, True)


def test_nothing_is_handed_in_without_it_and_that_is_said(device: Clerk) -> None:
    told = device.post(
        device.home() + "tep", json={"name": "a.docx", "size": 1}, headers={"Accept": "application/json"}
    )
    assert told.status_code == 403
    answer = device.post(device.home() + "nop", data={"no_secret": "yes"}, headers=A_PAGE)
    assert answer.headers["location"] == device.home() + "ma?chua-ghi=1"
    assert "chưa được ghi" in device.get(answer.headers["location"]).text
    assert not [key for key in device.desk.store.objects if key.startswith(("staging/", "inbox/"))]


def test_without_the_link_no_code_is_asked_for(device: Clerk) -> None:
    stranger = Clerk(device.desk)
    for method in (stranger.get, stranger.post):
        assert method(stranger.home() + "ma").status_code == 404
    assert ask(stranger) == 404
    assert device.post(device.home() + "ma/xin", headers={"Origin": "https://la.example"}).status_code == 403
    assert codes_asked_for(device.desk()) == []


def test_two_tabs_of_a_browser_share_what_one_of_them_asked_for(device: Clerk) -> None:
    code = sent_to(device)
    form = device.get(device.home() + "ma")  # the other tab
    assert "Vào trang" in form.text
    assert "set-cookie" not in form.headers
    assert enter(device, code) == device.home()
    assert enter(device, code) == device.home()  # the other tab sends it too, and is in already


def test_pressed_twice_is_one_mail(device: Clerk) -> None:
    assert (ask(device), ask(device)) == (303, 303)
    assert len(mailed(device.desk)) == 1
    assert mailed(device.desk) == []


def test_asked_again_later_either_code_opens(device: Clerk) -> None:
    first = sent_to(device)
    device.desk(IN_TIME + timedelta(minutes=3))
    second = sent_to(device)
    assert first != second
    assert enter(device, first) == device.home()


@pytest.mark.parametrize("minutes", [10, 11, 60 * 24])
def test_a_code_is_over_after_ten_minutes(device: Clerk, minutes: int) -> None:
    code = sent_to(device)
    device.desk(IN_TIME + timedelta(minutes=minutes))
    assert "quá 10 phút" in enter(device, code)
    assert "Gửi mã" in device.get(device.home() + "ma").text


def test_a_code_lives_until_its_last_second(device: Clerk) -> None:
    code = sent_to(device)
    device.desk(IN_TIME + LIVES - timedelta(seconds=1))
    assert enter(device, code) == device.home()


def test_no_clock_but_the_stores_says_how_long_it_lives(device: Clerk) -> None:
    real = [IN_TIME + timedelta(days=2000)]  # of the store; the campaign is replayed, years before
    device.desk.store.clock = lambda: real[0]
    code = sent_to(device)
    device.desk(IN_TIME + timedelta(hours=9))  # a replay's campaign goes on by hours in these minutes
    real[0] += timedelta(minutes=9)
    assert enter(device, code) == device.home()
    real[0] += timedelta(hours=HOURS, seconds=-1)
    assert device.get(device.home()).status_code == 200
    real[0] += timedelta(seconds=1)
    assert device.get(device.home()).status_code == 403


def test_five_wrong_ones_use_it_up(device: Clerk) -> None:
    code = sent_to(device)
    for left in range(TRIES - 1, 0, -1):
        assert f"còn {left} lần" in enter(device, other(code))
    assert "sai 5 lần" in enter(device, other(code))
    assert "sai 5 lần" in enter(device, code)
    assert device.get(device.home()).status_code == 403
    assert enter(device, sent_to(device)) == device.home()  # another one, at once


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345x", "' or 1", "123 456 7"])
def test_what_is_no_code_costs_no_try(device: Clerk, typed: str) -> None:
    code = sent_to(device)
    for _ in range(TRIES + 1):
        assert "Mã gồm 6 chữ số" in enter(device, typed)
    assert enter(device, code) == device.home()


def test_a_code_is_good_once(device: Clerk) -> None:
    code = sent_to(device)
    browser = device.cookies.get("may", path=device.home())
    assert enter(device, code) == device.home()
    again = Clerk(device.desk).come_in()
    again.cookies.set("may", str(browser), path=device.home())  # all that the browser had, but the pass
    assert "đã dùng rồi" in enter(again, code)
    assert again.get(again.home()).status_code == 403


def test_another_units_code_opens_nothing(device: Clerk) -> None:
    neighbour = new_device(device.desk, NEIGHBOUR)
    code, theirs = sent_to(device), sent_to(neighbour, NEIGHBOUR)
    assert code != theirs
    assert "không đúng" in enter(device, theirs)
    assert enter(neighbour, theirs, NEIGHBOUR) == neighbour.home(NEIGHBOUR)
    neighbour.come_in()
    assert neighbour.get(neighbour.home()).status_code == 403
    assert enter(device, code) == device.home()


def test_a_code_is_good_in_the_browser_that_asked_for_it_alone(device: Clerk) -> None:
    """Whoever reads the mail under way or on somebody's desk has the link too, and not this browser."""
    code = sent_to(device)
    thief = new_device(device.desk)
    assert "trình duyệt khác xin" in enter(thief, code)
    assert ask(thief) == 303
    assert "không đúng" in enter(thief, code)
    assert enter(device, code) == device.home()  # and none of its tries is gone


def test_a_unit_gets_so_many_an_hour_whoever_asks(device: Clerk) -> None:
    for _ in range(MOST_AN_HOUR):
        assert ask(new_device(device.desk)) == 303
    slowed = device.post(device.home() + "ma/xin")
    assert slowed.status_code == 429
    assert "đợi sang giờ sau" in slowed.text
    assert len(mailed(device.desk)) == MOST_AN_HOUR
    assert ask(new_device(device.desk, NEIGHBOUR), NEIGHBOUR) == 303
    device.desk(IN_TIME + timedelta(hours=1))
    assert enter(device, sent_to(device)) == device.home()


def test_a_pass_ends_with_its_hours_and_with_the_link(device: Clerk) -> None:
    assert enter(device, sent_to(device)) == device.home()
    device.desk(IN_TIME + timedelta(hours=HOURS) - timedelta(seconds=1))
    assert device.get(device.home()).status_code == 200
    device.desk(IN_TIME + timedelta(hours=HOURS))
    assert device.get(device.home(), headers=A_PAGE).headers["location"] == device.home() + "ma"
    assert enter(device, sent_to(device)) == device.home()
    renew_link(device.desk(), UNIT)
    assert device.get(device.home()).status_code == 404
    assert device.come_in().get(device.home(), headers=A_PAGE).headers["location"] == device.home() + "ma"


@pytest.mark.parametrize("wrong", ["x", "WzAsMF0.abc", ""])
def test_no_pass_is_made_up(device: Clerk, wrong: str) -> None:
    assert enter(device, sent_to(device)) == device.home()
    right = str(device.cookies.get("ma", path=device.home()))
    for made in (wrong, right[:-1], right + "A", device.link_of().rpartition("/")[2]):
        guesser = Clerk(device.desk).come_in()
        guesser.cookies.set("ma", made, path=guesser.home())
        assert guesser.get(guesser.home()).status_code == 403
    neighbour = Clerk(device.desk).come_in(NEIGHBOUR)
    neighbour.cookies.set("ma", right, path=neighbour.home(NEIGHBOUR))
    assert neighbour.get(neighbour.home(NEIGHBOUR)).status_code == 403


def test_the_code_stands_in_nothing_that_is_kept(device: Clerk) -> None:
    code = sent_to(device)
    assert enter(device, other(code)) != device.home()
    assert enter(device, code) == device.home()
    for key, (data, _) in device.desk.store.objects.items():
        kept = message_from_bytes(data, policy=policy.default) if key.endswith(".eml") else None
        parts = [str(each.get_content()) for each in kept.iter_parts()] if kept else [data.decode(errors="replace")]
        assert not [part for part in parts if code in part], key


def test_no_official_reads_it_on_the_board(device: Clerk) -> None:
    desk = device.desk
    code = sent_to(device)
    app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []), an_official)
    (mail,) = states(desk(), "code.")
    place = f"/{desk.plan.id}/{desk.campaign.code}/notices/{mail}"
    shown = [Browser(app).get(place + part) for part in ("", "/page", "/message.eml")]
    assert [each.status_code for each in shown] == [200, 200, 404]  # it may not renew links: it gets no mail as kept
    assert HIDDEN in shown[1].text
    kept = message_from_bytes(desk.store.get(desk().keys.notice(mail, "message.eml")), policy=policy.default)
    assert code not in "".join([shown[0].text, shown[1].text, *(str(each.get_content()) for each in kept.iter_parts())])


def test_a_code_that_could_not_go_out_in_time_is_withdrawn(device: Clerk) -> None:
    desk = device.desk
    throw(desk.store, held=True, by="van_hanh", reason="Bảo trì", at=IN_TIME)
    assert ask(device) == 303
    assert mailed(desk) == []
    assert "đang tạm dừng" in device.get(device.home() + "ma").text
    desk(IN_TIME + LIVES)
    throw(desk.store, held=False, by="van_hanh", reason="Xong", at=desk.now)
    assert mailed(desk) == []
    (state,) = states(desk(), "code.").values()
    assert state.ending is Ending.WITHDRAWN
    with pytest.raises(ValueError, match="không hỏng"):
        resend(desk(), state.id)


def test_old_asks_are_cleared_away(device: Clerk) -> None:
    enter(device, other(sent_to(device)))
    assert isinstance(device.desk.store, MemoryStore)
    device.desk(IN_TIME + timedelta(hours=3))
    answer_units(device.desk())
    assert not [key for key in device.desk.store.objects if "/one-time/" in key]


def test_a_spoilt_note_stops_nobody(device: Clerk) -> None:
    assert ask(device) == 303
    (key,) = (key for key in device.desk.store.objects if key.endswith("asked.json"))
    device.desk.store.objects[key] = (b"{", device.desk.now)
    assert mailed(device.desk) == []
    assert enter(device, sent_to(device)) == device.home()
