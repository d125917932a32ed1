"""Files on their way: in parts, over bad lines, refused before they are sent, and handed in as one set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Desk
from intake.plans import make_plan
from notices.post import CountingStore
from reading import corpus
from soket.page.staging import PART, RefusedFileError, Staging

from .conftest import IN_TIME, SAVED, UNIT, Clerk

BIG = bytes(range(256)) * 4096 * 3 + b"the end"  # three parts and a bit


def inbox(desk: Desk) -> dict[str, bytes]:
    folder = desk().keys.inbox_folder(UNIT)
    return {key.removeprefix(folder): data for key, (data, _) in desk.store.objects.items() if key.startswith(folder)}


def staged(desk: Desk) -> list[str]:
    return [key for key in desk.store.objects if key.startswith("staging/")]


def test_a_set_is_sent_and_handed_in_whole(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("Báo cáo.docx", BIG)
    clerk.put_in("bieu.xlsx", b"table")
    assert inbox(clerk.desk) == {}
    assert "Nộp 2 tệp" in clerk.get(clerk.home()).text
    assert clerk.hand_in() == 303
    assert inbox(clerk.desk) == {"Báo cáo.docx": BIG, "bieu.xlsx": b"table"}
    assert staged(clerk.desk) == []


def test_nothing_is_handed_in_before_it_is_confirmed(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("bao-cao.docx", b"report")
    answer = clerk.post(clerk.home() + "nop", data={})
    assert answer.status_code == 409
    assert "bí mật nhà nước" in answer.text
    assert inbox(clerk.desk) == {}


def test_a_file_that_broke_off_goes_on_where_it_stopped(clerk: Clerk) -> None:
    clerk.come_in()
    home = clerk.home()
    told = clerk.post(home + "tep", json={"name": "lon.pdf", "size": len(BIG), "modified": SAVED}).json()
    clerk.put(f"{home}tep/{told['id']}?tu=0", content=BIG[:PART])
    assert "mới gửi được 1,0 MB" in clerk.get(home).text
    assert clerk.post(home + "nop", data={"no_secret": "yes"}).status_code == 409
    again = clerk.post(home + "tep", json={"name": "lon.pdf", "size": len(BIG), "modified": SAVED}).json()
    assert (again["id"], again["arrived"]) == (told["id"], PART)
    clerk.put_in("lon.pdf", BIG)
    assert clerk.hand_in() == 303
    assert inbox(clerk.desk)["lon.pdf"] == BIG


@pytest.mark.parametrize("modified", [SAVED + 1, None])
def test_another_file_of_the_same_name_and_size_is_not_taken_for_the_first(clerk: Clerk, modified: int | None) -> None:
    clerk.come_in()
    clerk.put_in("a.docx", b"before")
    told = clerk.post(clerk.home() + "tep", json={"name": "a.docx", "size": 6, "modified": modified}).json()
    assert told["arrived"] == 0
    clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=b"after!")
    clerk.hand_in()
    assert inbox(clerk.desk) == {"a.docx": b"after!"}


@given(
    cuts=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    repeats=st.lists(st.integers(0, 11), max_size=6),
)
def test_however_parts_come_again_or_astray_the_file_is_what_was_sent(cuts: list[int], repeats: list[int]) -> None:
    plan = make_plan()
    desk = Desk(plan, plan.campaigns[0])
    staging = Staging(desk(IN_TIME), UNIT)
    data = bytes(index % 251 for index in range(sum(cuts)))
    file = staging.begin("a.docx", len(data))
    places = [sum(cuts[:index]) for index in range(len(cuts))]
    for index, (at, size) in enumerate(zip(places, cuts, strict=True)):
        for other in repeats:
            if other < len(cuts) and other != index:  # one that came before, or one that leaves a gap
                staging.add(file.id, places[other], data[places[other] : places[other] + cuts[other]])
        staging.add(file.id, at, data[at : at + size])
    assert staging.content(staging.file(file.id)) == data


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("bao-cao.docx", 0, "rỗng"),
        ("bao-cao.docx", 26 << 20, "quá mức 25 MB"),
        ("bao-cao.docx", 5 << 30, "quá mức 25 MB"),
        ("virus.exe", 10, "đuôi .exe"),
        ("số liệu.numbers", 10, "Xuất ra › Excel"),
        ("số liệu.gsheet", 10, "Tải xuống › Microsoft Excel"),
        ("ảnh.heic", 10, "Tương thích nhất"),
        ("khong-duoi", 10, "không có đuôi"),
        ("Thumbs.db", 10, "không đọc loại này"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(clerk: Clerk, name: str, size: int, words: str) -> None:
    answer = clerk.come_in().post(
        clerk.home() + "tep", json={"name": name, "size": size}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    assert words in answer.json()["message"]
    assert staged(clerk.desk) == []


def test_no_more_files_than_the_plan_takes(clerk: Clerk) -> None:
    clerk.come_in()
    most = clerk.desk.plan.limits.max_files
    for number in range(most):
        clerk.put_in(f"{number}.pdf", b"x")
    assert clerk.post(clerk.home() + "tep", json={"name": "one-more.pdf", "size": 1}).status_code == 409


@pytest.mark.parametrize(
    "name",
    [
        "../../inbox/nq06/2021/huyen_2/a.docx",
        "..\\..\\a.docx",
        "/etc/a.docx",
        "a\x00\u202excod.docx",
        "con.docx",
        "%2e%2e%2fa.docx",
    ],
)
def test_a_name_is_never_a_path(clerk: Clerk, name: str) -> None:
    clerk.come_in()
    clerk.put_in(name, b"report")
    clerk.hand_in()
    (kept,) = inbox(clerk.desk)
    assert "/" not in kept
    assert "\\" not in kept
    assert kept.endswith(".docx")
    assert not [key for key in clerk.desk.store.objects if "huyen_2" in key]


def test_a_name_is_never_markup(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("<img src=x onerror=alert(1)>.docx", b"report")
    page = clerk.get(clerk.home()).text
    assert "<img" not in page


@pytest.mark.parametrize("file_id", ["../x", "..", "0123", "note.json", "a/b"])
def test_a_file_that_is_not_there_is_told_of(clerk: Clerk, file_id: str) -> None:
    clerk.come_in()
    assert clerk.put(f"{clerk.home()}tep/{file_id}?tu=0", content=b"x").status_code in (404, 405, 409)
    assert staged(clerk.desk) == []


def test_a_part_costs_one_look_and_one_write(office: Desk) -> None:
    store = CountingStore(office.store)
    staging = Staging(replace(office(), store=store), UNIT)
    file = staging.begin("a.docx", 300, SAVED)
    for at in (0, 100, 200):
        store.calls.clear()
        file = staging.add(file.id, at, b"x" * 100)
        assert (file.arrived, store.calls) == (at + 100, {"list": 1, "get": 1, "write": 1})
    assert (file.whole, staging.file(file.id)) == (True, file)


def test_more_than_was_told_is_not_taken(clerk: Clerk) -> None:
    clerk.come_in()
    told = clerk.post(clerk.home() + "tep", json={"name": "a.docx", "size": 3}).json()
    assert clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=b"four").status_code == 409
    assert clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=b"x" * (PART + 1)).status_code == 409


def test_a_file_is_left_out_or_replaced(clerk: Clerk) -> None:
    clerk.come_in()
    wrong = clerk.put_in("a.docx", b"old")
    clerk.put_in("a.docx", b"newer")
    clerk.put_in("b.pdf", b"other")
    assert clerk.get(clerk.home()).text.count('<li data-id="') == 2
    assert wrong not in clerk.get(clerk.home()).text
    other = clerk.put_in("b.pdf", b"other")
    clerk.post(f"{clerk.home()}tep/{other}/bo")
    clerk.hand_in()
    assert inbox(clerk.desk) == {"a.docx": b"newer"}


def test_handing_in_again_after_a_break_does_it_once(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.come_in()
    clerk.put_in("a.docx", b"report")
    clerk.put_in("b.xlsx", b"table")
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "remove", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        assert clerk.hand_in() == 500
    assert clerk.hand_in() == 303
    assert inbox(clerk.desk) == {"a.docx": b"report", "b.xlsx": b"table"}
    assert clerk.hand_in() == 409


def test_what_nobody_hands_in_is_removed_after_a_week(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("a.docx", b"report")
    clerk.desk(IN_TIME + timedelta(days=6))
    assert len(Staging(clerk.desk(), UNIT).files()) == 1
    clerk.desk(IN_TIME + timedelta(days=8))
    assert Staging(clerk.desk(), UNIT).files() == []
    assert staged(clerk.desk) == []


def test_a_browser_without_script_sends_whole_files(clerk: Clerk) -> None:
    clerk.come_in()
    sent = clerk.post(clerk.home() + "tai-len", files=[("files", ("a.docx", BIG)), ("files", ("b.xlsx", b"table"))])
    assert sent.status_code == 303
    clerk.hand_in()
    assert inbox(clerk.desk) == {"a.docx": BIG, "b.xlsx": b"table"}


def test_an_unfinished_file_gives_no_content() -> None:
    plan = make_plan()
    staging = Staging(Desk(plan, plan.campaigns[0])(IN_TIME), UNIT)
    with pytest.raises(RefusedFileError, match="chưa gửi xong"):
        staging.content(staging.begin("a.docx", 5))


def test_a_neighbour_sees_nothing_of_it(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in(corpus.REPORT, b"report")
    clerk.come_in("huyen_2")
    assert corpus.REPORT not in clerk.get(clerk.home("huyen_2")).text


@pytest.mark.parametrize("inside", [True, False])
def test_five_gigabytes_are_refused_before_they_come(clerk: Clerk, inside: bool) -> None:
    if inside:
        clerk.come_in()
    for address, kind in (("tai-len", "multipart/form-data; boundary=x"), ("tep", "application/json")):
        headers = {"Content-Length": str(5 << 30), "Content-Type": kind}
        answer = clerk.post(clerk.home() + address, content=iter([b"--x"]), headers=headers)
        assert answer.status_code == 413
        assert "quá lớn" in answer.json()["message"]


def test_a_form_larger_than_a_set_is_refused_before_it_is_read(clerk: Clerk) -> None:
    limits = clerk.come_in().desk.plan.limits
    headers = {
        "Content-Length": str((limits.max_files * limits.max_file_mb << 20) + 1),
        "Content-Type": "multipart/form-data; boundary=x",
    }
    answer = clerk.post(clerk.home() + "tai-len", content=iter([b"--x"]), headers=headers)
    assert answer.status_code == 409
    assert "không quá 25 MB" in answer.text


def test_who_has_no_link_has_no_file_read(clerk: Clerk) -> None:
    assert clerk.post(clerk.home() + "tai-len", files=[("files", ("a.docx", BIG))]).status_code == 404
    assert clerk.post(clerk.home() + "tep", json={"name": "x" * (3 << 20), "size": 1}).status_code == 413
