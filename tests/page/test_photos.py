"""Photographs of paper on the unit's page: taken one by one, put in order, tried out and handed in as pages."""

from __future__ import annotations

import re

import pytest

from intake.cases.photos import allow
from intake.turns import turn
from reading import corpus, pictures
from soket.page.staging import RefusedFileError, Staging, check
from soket.record.keeping import read_register
from soket.record.records import Ruling

from .conftest import IN_TIME, SAVED, UNIT, Clerk


@pytest.fixture
def taking(clerk: Clerk) -> Clerk:
    """A clerk whose plan takes photographs."""
    allow(clerk.desk, 3)
    return clerk.come_in()


def send(clerk: Clerk, name: str, data: bytes, modified: int) -> str:
    """Send a file in one part, saved at a moment."""
    told = clerk.post(clerk.home() + "tep", json={"name": name, "size": len(data), "modified": modified}).json()
    if not told["arrived"]:
        clerk.put(f"{clerk.home()}tep/{told['id']}?tu=0", content=data)
    return str(told["id"])


def pages(clerk: Clerk) -> list[str]:
    """The photographs on the page, in their order."""
    shown = clerk.get(clerk.home()).text
    return re.findall(r"<strong>Trang \d+</strong> (\S.*?) <span", shown)


def inbox(clerk: Clerk) -> dict[str, bytes]:
    folder = clerk.desk().keys.inbox_folder(UNIT)
    store = clerk.desk.store
    return {each.key.removeprefix(folder): store.get(each.key) for each in store.list(folder)}


def test_photographs_of_one_name_are_all_kept_and_one_that_broke_off_goes_on(taking: Clerk) -> None:
    first = send(taking, "image.jpg", b"first", SAVED)
    second = send(taking, "image.jpg", b"other", SAVED + 1)
    assert pages(taking) == ["image.jpg", "image (2).jpg"]
    assert send(taking, "image.jpg", b"other", SAVED + 1) == second
    assert send(taking, "image.jpg", b"first", SAVED) == first
    assert len(pages(taking)) == 2


def test_where_the_plan_takes_none_a_picture_is_a_file_like_others(clerk: Clerk) -> None:
    clerk.come_in()
    send(clerk, "image.jpg", b"first", SAVED)
    send(clerk, "image.jpg", b"other", SAVED + 1)
    assert "Ảnh chụp bản đã ký" not in clerk.get(clerk.home()).text
    clerk.hand_in()
    assert inbox(clerk) == {"image.jpg": b"other"}


def test_pages_change_places_and_are_handed_in_by_their_numbers(taking: Clerk) -> None:
    ids = [send(taking, f"{name}.jpg", name.encode(), SAVED) for name in ("a", "trang-01-b", "c")]
    mark = taking.get(taking.home() + "dau").json()
    move = f"{taking.home()}tep/{ids[2]}/chuyen"
    assert taking.post(move, data={"by": "-1"}).status_code == 303
    assert pages(taking) == ["a.jpg", "c.jpg", "trang-01-b.jpg"]
    assert taking.get(taking.home() + "dau").json() != mark
    taking.post(f"{taking.home()}tep/{ids[0]}/chuyen", data={"by": "-1"})
    assert pages(taking) == ["a.jpg", "c.jpg", "trang-01-b.jpg"]
    assert taking.post(move, data={"by": "7"}).status_code == 422
    assert taking.post(f"{taking.home()}tep/nobody/chuyen", data={"by": "1"}).status_code == 303
    assert "Nộp 3 ảnh" in taking.get(taking.home()).text
    taking.hand_in()
    assert inbox(taking) == {"trang-01-a.jpg": b"a", "trang-02-c.jpg": b"c", "trang-03-b.jpg": b"trang-01-b"}


def test_a_page_that_is_left_out_leaves_no_gap(taking: Clerk) -> None:
    ids = [send(taking, f"{name}.jpg", name.encode(), SAVED) for name in "abc"]
    taking.post(f"{taking.home()}tep/{ids[2]}/chuyen", data={"by": "-1"})
    taking.post(f"{taking.home()}tep/{ids[0]}/bo")
    assert pages(taking) == ["c.jpg", "b.jpg"]
    taking.hand_in()
    assert list(inbox(taking)) == ["trang-01-c.jpg", "trang-02-b.jpg"]


def test_so_many_photographs_beside_so_many_files(taking: Clerk) -> None:
    staging = Staging(taking.desk(), UNIT)
    for number in range(3):
        staging.begin(f"{number}.jpg", 1)
    with pytest.raises(RefusedFileError, match="nhiều nhất 3 ảnh"):
        staging.begin("4.jpg", 1)
    for number in range(taking.desk.plan.limits.max_files):
        staging.begin(f"{number}.docx", 1)
    with pytest.raises(RefusedFileError, match="nhiều nhất 4 tệp"):
        staging.begin("5.docx", 1)


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "a.heif", "a.avif"])
def test_what_telephones_save_in_little_room_is_refused_with_what_to_do(taking: Clerk, name: str) -> None:
    with pytest.raises(RefusedFileError, match="Tương thích nhất"):
        check(taking.desk.plan, (), name, 1)


def test_photographs_go_in_before_what_makes_a_set_complete(taking: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    put = list[str]()
    for name in (corpus.REPORT, corpus.TABLE, "a.jpg", "ky.pdf"):
        send(taking, name, b"x", SAVED)
    store, folder = taking.desk.store, taking.desk().keys.inbox_folder(UNIT)
    whole = store.put

    def noting(key: str, *rest: object, **named: object) -> object:
        put.extend([key.removeprefix(folder)] if key.startswith(folder) else [])
        return whole(key, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "put", noting)
    taking.hand_in()
    assert set(put[:2]) == {"trang-01-a.jpg", "ky.pdf"}


def test_the_trial_says_what_intake_says_of_them_in_the_order_of_the_pages(taking: Clerk) -> None:
    taking.put_in(corpus.REPORT, corpus.report())
    taking.put_in(corpus.TABLE, corpus.table())
    send(taking, "image.jpg", pictures.photo(1), SAVED)
    dark = send(taking, "image.jpg", pictures.dark(), SAVED + 1)
    assert "Trang 2" in taking.get(taking.home() + "thu").text
    taking.post(f"{taking.home()}tep/{dark}/chuyen", data={"by": "-1"})
    tried = taking.get(taking.home() + "thu").text
    assert "Trang 1" in tried
    assert "Ảnh «trang-01-image (2).jpg» tối" in tried
    taking.hand_in()
    (verdict,) = turn(taking.desk(IN_TIME.replace(hour=10)))
    assert verdict.ruling is Ruling.ACCEPTED_WITH_WARNINGS
    assert [fault.place for fault in verdict.faults if fault.code == "TEP-62"] == ["trang 1"]
    shown = " ".join(taking.get(taking.home()).text.split())
    assert "hệ thống ghép từ 2 ảnh: 1. trang-01-image (2).jpg; 2. trang-02-image.jpg" in shown
    (receipt,) = read_register(taking.desk(), keep=False).units[UNIT].receipts
    (paper,) = [file for file in receipt.files if file.pages]
    assert taking.get(f"{taking.home()}tai/{paper.key}").content.startswith(b"%PDF-1.4")
    assert "hệ thống ghép từ 2 ảnh" in taking.get(f"{taking.home()}bien-nhan/1").text


def test_a_browser_without_script_sends_photographs_like_files(taking: Clerk) -> None:
    sent = [("files", ("image.jpg", pictures.photo(number), "image/jpeg")) for number in (1, 2)]
    assert taking.post(taking.home() + "tai-len", files=sent).status_code == 303
    assert pages(taking) == ["image.jpg", "image (2).jpg"]
