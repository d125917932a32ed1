"""Words on the unit's page: escaped, bounded, of the unit alone; requests refused and days promised are shown."""

from __future__ import annotations

import re
from datetime import date

import pytest

from conftest import Desk
from record.builders import ask_for_time, say_to, submit
from soket.record.attendance import Channel
from soket.record.decisions import Promise, RequestRefusal
from soket.record.filing import file_decision, file_from_unit
from soket.record.keeping import read_register
from soket.record.messages import MOST_A_DAY, message_of

from .conftest import IN_TIME, NEIGHBOUR, UNIT, Clerk

SAID = {"text": "Ô I5 tính cả <script>alert(1)</script> xã mới?", "person": "Nguyễn Văn A", "asks": "yes"}


@pytest.fixture(autouse=True)
def by_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)


@pytest.fixture
def inside(clerk: Clerk, office: Desk) -> Clerk:
    submit(office(), UNIT)
    return clerk.come_in()


def page(clerk: Clerk, address: str = "") -> str:
    return clerk.get(clerk.home() + address).text


def test_a_unit_asks_about_a_submission_and_sees_what_it_said(inside: Clerk) -> None:
    form = page(inside, "trao-doi?lan=1&ve=Bi%E1%BB%83u%2001%2C%20%3Cb%3E")
    assert 'value="Biểu 01, &lt;b&gt;"' in form
    for _ in range(2):  # pressed twice
        assert inside.post(inside.home() + "trao-doi?lan=1", data={**SAID, "about": "Biểu 01"}).status_code == 303
    (message,) = read_register(inside.desk()).messages
    assert (message.number, message.about, message.asks) == (1, "Biểu 01", True)
    assert "&lt;script&gt;" in page(inside)
    assert "<script>alert" not in page(inside) + page(inside, "trao-doi?lan=1")
    assert "Đang chờ cơ quan trả lời" in page(inside)


def test_what_is_internal_or_anothers_is_not_there(inside: Clerk, office: Desk) -> None:
    say_to(office(), UNIT, "internal", "Nội bộ thôi", "1", number=1)
    say_to(office(), NEIGHBOUR, "asks", "Của nơi khác", "2")
    say_to(office(), UNIT, "asks", "Số I5?", "3", number=1)
    shown = page(inside) + page(inside, "trao-doi") + page(inside, "trao-doi?lan=1")
    assert "Số I5?" in shown
    assert "Cần trả lời" in shown
    assert "Nội bộ thôi" not in shown
    assert "Của nơi khác" not in shown


def test_a_page_that_is_open_hears_of_whatever_it_shows_and_of_nothing_internal(inside: Clerk, office: Desk) -> None:
    def mark() -> str:
        return str(inside.get(inside.home() + "dau").json()["mark"])

    seen = [mark()]
    say_to(office(), UNIT, "internal", "Nội bộ thôi", "1", number=1)
    say_to(office(), NEIGHBOUR, "asks", "Của nơi khác", "2")
    assert mark() == seen[0]
    say_to(office(), UNIT, "asks", "Số I5?", "3", number=1)
    seen.append(mark())
    said = message_of(UNIT, "Theo niên giám.", at=office().now, source="<1@mot>", asks=False, channel=Channel.MAIL)
    file_from_unit(office(), said)
    seen.append(mark())
    assert len(set(seen)) == 3
    shown = page(inside)
    assert f'data-mark="{seen[2]}"' in shown
    assert "Theo niên giám." in shown.partition('id="beside"')[2]


@pytest.mark.parametrize(
    ("address", "change", "why"),
    [
        ("trao-doi", {"text": " \u200b "}, "Chưa ghi nội dung"),
        ("trao-doi", {"person": ""}, "Chưa ghi người viết"),
        ("trao-doi", {"text": "a" * 2001}, "nhiều nhất 2000"),
        ("trao-doi?lan=7", {}, "không có lần nộp này"),
    ],
)
def test_what_makes_no_message_is_refused(inside: Clerk, address: str, change: dict[str, str], why: str) -> None:
    answer = inside.post(inside.home() + address, data={**SAID, **change})
    assert (answer.status_code, read_register(inside.desk()).messages) == (409, ())
    assert why in answer.text


def test_a_unit_says_a_few_things_a_day(inside: Clerk) -> None:
    for number in range(MOST_A_DAY):
        assert inside.post(inside.home() + "trao-doi", data={**SAID, "text": f"lời {number}"}).status_code == 303
    assert inside.post(inside.home() + "trao-doi", data=SAID).status_code == 409
    elsewhere = inside.post(inside.home() + "trao-doi", data=SAID, headers={"Origin": "https://elsewhere.example"})
    assert elsewhere.status_code in (403, 404, 409)


def test_a_promised_day_and_a_refused_request_are_shown(clerk: Clerk, office: Desk) -> None:
    clerk.come_in()
    why = {"account": "x", "granted_by": "Đ/c A", "unit": UNIT}
    promise = Promise(id="p", decided_at=office().now, reason="gọi", last_day=date(2021, 11, 3), person="Chị B", **why)
    file_decision(office(), promise)
    assert re.search(r"gửi trong ngày <strong>03/11/2021</strong> \(Chị B\)", page(clerk))
    ask_for_time(office(), UNIT)
    later = office(IN_TIME.replace(hour=11))
    file_decision(later, RequestRefusal(id="r", decided_at=later.now, reason="Đã lùi <i>một</i> lần", **why))
    assert "Không được đồng ý: Đã lùi &lt;i&gt;một&lt;/i&gt; lần" in page(clerk)
    assert "không được đồng ý" in page(clerk, "gia-han")
