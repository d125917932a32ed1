"""Photographs of paper: in which order they become one paper, what stays on record, and what is sent again."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from conftest import Desk
from intake.cases.photos import allow
from intake.turns import codes, drop, judged, take, turn
from reading import corpus, pictures
from soket.intake.photo_pages import order_of
from soket.intake.receive import work_waiting
from soket.record.keeping import read_register
from soket.record.records import Receipt, Ruling
from soket.record.sending import say_again

UNIT = "huyen_1"
GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture
def taking(desk: Desk) -> Desk:
    """A campaign whose plan takes photographs."""
    allow(desk)
    return desk


def receipts(desk: Desk) -> tuple[Receipt, ...]:
    return read_register(desk(), keep=False).units[UNIT].receipts


def sizes_of_pages(data: bytes) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_size() for page in document]


def test_names_are_put_in_order_by_the_numbers_in_them() -> None:
    names = ["10.jpg", "IMG_9 (2).jpg", "2.jpg", "img_10.jpg", "IMG_9.jpg", "trang-01-x.jpg", "a.jpg"]
    assert sorted(names, key=order_of) == [
        "2.jpg", "10.jpg", "a.jpg", "IMG_9.jpg", "IMG_9 (2).jpg", "img_10.jpg", "trang-01-x.jpg",
    ]  # fmt: skip


def test_a_paper_has_the_photographs_in_order_and_the_originals_stay(taking: Desk) -> None:
    wide = pictures.jpeg(pictures.page(2, size=(1_414, 1_000)))
    sent = {"10.jpg": pictures.photo(10), "2.jpg": wide, "1.jpg": pictures.on_its_side(1)}
    verdict = judged(taking, UNIT, GOOD | sent)
    (receipt,) = receipts(taking)
    kept = {file.original_name: taking.store.get(file.key) for file in receipt.files}
    assert {name: kept[name] for name in sent} == sent
    (paper,) = [file for file in receipt.files if file.pages]
    assert [page.file for page in paper.pages] == ["1.jpg", "2.jpg", "10.jpg"]
    assert sizes_of_pages(kept["ban-chup.pdf"]) == [(595, 842), (842, 595), (595, 842)]
    assert pictures.PLACE.encode() in kept["1.jpg"]
    assert pictures.PLACE.encode() not in kept["ban-chup.pdf"]
    (told,) = [fault for fault in verdict.faults if fault.code == "TEP-60"]
    assert "1. 1.jpg; 2. 2.jpg; 3. 10.jpg" in told.message
    pages = {fault.file: fault.message for fault in verdict.faults if fault.code == "TEP-66"}
    assert pages["10.jpg"] == "Ảnh là trang 3 của bản chụp «ban-chup.pdf»."


def test_what_is_hard_to_read_is_asked_about_with_its_page_and_name(taking: Desk) -> None:
    verdict = judged(
        taking, UNIT, GOOD | {"1.jpg": pictures.photo(), "2.jpg": pictures.dark(), "3.jpg": pictures.blurred()}
    )
    asked = [(fault.code, fault.place, fault.message) for fault in verdict.faults if fault.code in ("TEP-62", "TEP-63")]
    assert verdict.ruling is Ruling.ACCEPTED_WITH_WARNINGS
    assert asked == [
        ("TEP-62", "trang 2", "Ảnh «2.jpg» tối; chữ có thể không đọc được."),
        ("TEP-63", "trang 3", "Ảnh «3.jpg» nhòe; chữ có thể không đọc được."),
    ]


def test_a_second_turn_changes_nothing(taking: Desk) -> None:
    judged(taking, UNIT, GOOD | {"1.jpg": pictures.photo()})
    before = {key: data for key, data in taking.store.objects.items() if not key.startswith("register/")}
    assert turn(taking()) == []
    assert before.items() <= taking.store.objects.items()
    assert {key for key in taking.store.objects.keys() - before.keys() if not key.startswith("register/")} == set()
    assert work_waiting(taking(), read_register(taking()), now_real=taking.now) is None


def test_a_run_that_broke_off_is_made_good_with_the_same_bytes(taking: Desk) -> None:
    drop(taking, UNIT, GOOD | {"1.jpg": pictures.photo(1), "2.jpg": pictures.photo(2)})
    take(taking())
    workspace = taking()
    (receipt,) = receipts(taking)
    del taking.store.objects[workspace.keys.receipt(UNIT, 1)]
    take(taking())
    assert receipts(taking) == (receipt,)


def test_a_paper_goes_with_its_photographs_into_the_next_submission(taking: Desk) -> None:
    judged(taking, UNIT, GOOD | {"1.jpg": pictures.photo()})
    verdict = judged(taking, UNIT, {"bieu-moi.xlsx": corpus.table()}, "2021-11-02 09:00")
    assert sorted(codes(verdict)) == ["TEP-26", "TEP-60", "TEP-66"]
    assert [file.name for file in receipts(taking)[-1].files if file.pages] == ["ban-chup.pdf"]


def test_photographs_kept_from_before_the_plan_took_them_are_left_as_they_are(desk: Desk) -> None:
    judged(desk, UNIT, GOOD | {"1.jpg": pictures.photo()})
    allow(desk)
    verdict = judged(desk, UNIT, {"bieu-moi.xlsx": corpus.table()}, "2021-11-02 09:00")
    assert codes(verdict) == ["TEP-20"]


def test_who_replaces_a_photograph_is_told_to_send_all_and_no_paper_of_ours(taking: Desk) -> None:
    verdict = judged(taking, UNIT, GOOD | {"1.jpg": pictures.photo(), "2.jpg": b"\xff\xd8\xff"})
    again = say_again(receipts(taking)[0], verdict.faults)
    assert again.startswith("chỉ cần gửi lại 1.jpg, 2.jpg; ")
    assert "ban-chup" not in again


def test_a_picture_that_nothing_opens_comes_again_with_the_others(taking: Desk) -> None:
    verdict = judged(taking, UNIT, GOOD | {"1.jpg": pictures.photo(), "2.heic": pictures.heic()})
    assert say_again(receipts(taking)[0], verdict.faults).startswith("chỉ cần gửi lại 1.jpg, 2.heic; ")


def test_a_name_of_the_units_own_is_left_to_it(taking: Desk) -> None:
    own = pictures.bound_by_the_unit()
    judged(taking, UNIT, GOOD | {"ban-chup.pdf": own, "1.jpg": pictures.photo()})
    names = {file.name: bool(file.pages) for file in receipts(taking)[0].files}
    assert names["ban-chup.pdf"] is False
    assert names["ban-chup (2).pdf"] is True


def test_where_no_reader_can_make_a_paper_a_person_looks(taking: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.reading.photos.Darkroom.bound", lambda *_: None)
    verdict = judged(taking, UNIT, {corpus.TABLE: corpus.table(), "1.jpg": pictures.photo()})
    assert (verdict.ruling, codes(verdict)) == (Ruling.REFERRED, ["TEP-31"])


def test_a_photograph_may_be_as_large_as_a_file_may(taking: Desk) -> None:
    result = io.BytesIO()
    Image.effect_noise((1_200, 1_200), 120).save(result, "PNG")
    assert len(result.getvalue()) > 1 << 20
    verdict = judged(taking, UNIT, GOOD | {"1.png": result.getvalue()})
    assert codes(verdict) == ["TEP-04"]
