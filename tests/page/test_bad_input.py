"""What goes wrong at a clerk's end, or is made to: each is refused or survived with words that say what to do."""

from __future__ import annotations

import pytest

from board.browser import hang_up
from soket.page.app import _WITHIN, _WRONG_LINKS
from soket.page.staging import Staging
from soket.stack.tries import Tries

from .conftest import SAVED, UNIT, Clerk
from .test_sending import inbox, staged

DATA = bytes(range(200))


def test_no_change_of_one_character_leaves_a_link_right(clerk: Clerk) -> None:
    right = clerk.link_of()
    start = len(clerk.home() + "vao/")
    for at in range(start, len(right)):
        other = "A" if right[at] != "A" else "B"
        answer = clerk.get(right[:at] + other + right[at + 1 :])
        assert answer.status_code in (404, 429), at
        assert "set-cookie" not in answer.headers
    assert clerk.get(right[:-1]).status_code in (404, 429)


def test_ten_thousand_tries_in_a_minute_are_slowed_and_forgotten_after_a_while() -> None:
    now = [0.0]
    wrong = Tries(_WRONG_LINKS, _WITHIN, lambda: now[0])
    let_through = 0
    for _ in range(10_000):
        now[0] += 60 / 10_000
        let_through += not wrong.begin("203.0.113.9")
    assert let_through == _WRONG_LINKS
    assert not wrong.begin("203.0.113.10")
    now[0] += _WITHIN
    assert not wrong.begin("203.0.113.9")


@pytest.mark.parametrize("cut", [0, 1, 99, len(DATA) - 1])
def test_a_part_cut_at_any_byte_counts_for_nothing_and_is_sent_again(clerk: Clerk, cut: int) -> None:
    clerk.come_in()
    file = Staging(clerk.desk(), UNIT).begin("a.docx", len(DATA), SAVED)
    _cut_off(clerk, f"{clerk.home()}tep/{file.id}?tu=0", DATA[:cut])
    assert Staging(clerk.desk(), UNIT).file(file.id).arrived == 0
    assert clerk.put_in("a.docx", DATA) == file.id
    assert clerk.hand_in() == 303
    assert inbox(clerk.desk) == {"a.docx": DATA}


def _cut_off(clerk: Clerk, path: str, data: bytes, method: str = "PUT", kind: str = "") -> None:
    """Send the beginning of what is a little longer, and go."""
    headers = {"cookie": f"nop={clerk.link_of().rpartition('/')[2]}", "content-type": kind}
    hang_up(clerk.app, method, path, headers, data, max(len(DATA), len(data) + 1))


FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
BEGUN = {
    "": DATA,
    "application/json": b'{"name": "a.docx", ',
    FORM: b"text=H%E1%BB%8Fi&",
    FILES: b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n' + DATA,
}


@pytest.mark.parametrize(
    ("place", "method", "kind"),
    [
        ("tep/{file}?tu=0", "PUT", ""),
        ("tep", "POST", "application/json"),
        ("tai-len", "POST", FILES),
        ("nop", "POST", FORM),
        ("trao-doi", "POST", FORM),
        ("bieu-duong", "POST", FORM),
        ("so-dung/1", "POST", FORM),
    ],
)
def test_who_hangs_up_while_sending_is_no_failure(
    clerk: Clerk, caplog: pytest.LogCaptureFixture, place: str, method: str, kind: str
) -> None:
    clerk.come_in()
    file = Staging(clerk.desk(), UNIT).begin("a.docx", len(DATA), SAVED)
    _cut_off(clerk, clerk.home() + place.format(file=file.id), BEGUN[kind], method, kind)
    assert caplog.records == []
    assert Staging(clerk.desk(), UNIT).file(file.id).arrived == 0
    assert inbox(clerk.desk) == {}


def test_two_tabs_hand_in_once(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("a.docx", DATA)
    clerk.put_in("a.docx", DATA)  # the other tab, which was opened before
    assert (clerk.hand_in(), inbox(clerk.desk)) == (303, {"a.docx": DATA})
    other = clerk.post(clerk.home() + "nop", data={"no_secret": "yes"})
    assert other.status_code == 409
    assert "Chưa có tệp nào để nộp" in other.text
    assert inbox(clerk.desk) == {"a.docx": DATA}


def test_what_one_tab_left_out_the_other_is_told_of(clerk: Clerk) -> None:
    clerk.come_in()
    told = clerk.post(clerk.home() + "tep", json={"name": "a.docx", "size": len(DATA), "modified": SAVED}).json()
    clerk.post(f"{clerk.home()}tep/{told['id']}/bo")
    answer = clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=DATA, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "Hãy chọn lại tệp" in answer.json()["message"]
    assert staged(clerk.desk) == []


@pytest.mark.parametrize("modified", [0, 4_102_444_800_000])
def test_a_machine_whose_clock_is_wrong_hands_in_by_ours(clerk: Clerk, modified: int) -> None:
    clerk.come_in()
    told = clerk.post(clerk.home() + "tep", json={"name": "a.docx", "size": len(DATA), "modified": modified}).json()
    clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=DATA, headers={"Date": "Thu, 01 Jan 1970 00:00:00 GMT"})
    assert clerk.hand_in() == 303
    assert inbox(clerk.desk) == {"a.docx": DATA}
