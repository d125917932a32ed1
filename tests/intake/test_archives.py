from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Desk
from intake.turns import codes, drop, judged, take
from reading import corpus
from soket.faults import MESSAGES
from soket.reading.findings import FindingError
from soket.reading.formats.archive import unpack
from soket.reading.pool import ReaderPool
from soket.record.keeping import read_register

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}


def members(data: bytes, *, files: int = 9, size: int = 1 << 20) -> list[tuple[str, int, bytes | None]]:
    return [(member.name, member.size, member.data) for member in unpack("zip", data, files=files, size=size)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Báo cáo.docx", "Báo cáo.docx"),
        ("Báo cáo.docx".encode(), "Báo cáo.docx"),
        (b"B\xb8o c\xb8o.docx", "Báo cáo.docx"),
        (b"s\xe8 li\xd6u (\xae\xb7 s\xf6a).xlsx", "số liệu (đã sửa).xlsx"),
        (b"Ba\xecu ca\xf2.docx", "Báu cạ.docx"),  # windows-1258: a tone stands behind its letter
        ("thư mục\\báo cáo.docx", "thư mục/báo cáo.docx"),
        ("plain.docx", "plain.docx"),
    ],
)
def test_names(written: str | bytes, name: str) -> None:
    assert members(corpus.zipped({written: b"x"})) == [(name, 1, b"x")]  # type: ignore[dict-item]


def test_limits_are_told_by_missing_bytes() -> None:
    data = corpus.zipped({"a": b"12", "b": b"1234", "c": b"1", "d": b"1"})
    assert members(data, files=2, size=3) == [("a", 2, b"12"), ("b", 4, None), ("c", 1, b"1"), ("d", 1, None)]


@given(st.binary(max_size=400), st.integers(0, 2000), st.binary(max_size=8))
def test_whatever_is_done_to_it_it_is_opened_or_refused(front: bytes, at: int, patch: bytes) -> None:
    good = bytearray(corpus.zipped({"a.docx": b"x" * 300, "b/c.xlsx": b"y"}))
    good[at % len(good) : at % len(good) + len(patch)] = patch
    codes = set()
    for data in (bytes(good), front + bytes(good), front):
        try:
            unpack("zip", data, files=5, size=1000)
        except FindingError as stopped:
            codes.add(stopped.finding.code)
    assert codes <= set(MESSAGES)


def test_its_files_are_kept_as_if_sent_one_by_one(desk: Desk) -> None:
    drop(desk, "huyen_1", {"bộ.zip": corpus.zipped({f"Hồ sơ/{name}": data for name, data in GOOD.items()})})
    (receipt,) = take(desk())
    assert [(file.name, file.original_name, file.archive) for file in receipt.files] == [
        ("bộ.zip", "bộ.zip", None),
        (corpus.REPORT, f"bộ.zip/Hồ sơ/{corpus.REPORT}", "bộ.zip"),
        (corpus.TABLE, f"bộ.zip/Hồ sơ/{corpus.TABLE}", "bộ.zip"),
    ]
    for file in receipt.files[1:]:
        assert desk.store.get(file.key) == GOOD[file.name]
        assert file.sha256 == hashlib.sha256(GOOD[file.name]).hexdigest()
    assert read_register(desk()).units["huyen_1"].pending == ()


@pytest.mark.usefixtures("inline")
def test_a_correction_keeps_what_came_in_an_archive(desk: Desk) -> None:
    wrong = corpus.table(CT01=("?", 1, 2))
    assert judged(desk, "huyen_1", {"bộ.zip": corpus.zipped(GOOD | {corpus.TABLE: wrong})}).ruling == "returned"
    verdict = judged(desk, "huyen_1", {"sửa.xlsx": corpus.table()}, "2021-11-02 09:00")
    assert (verdict.number, verdict.ruling) == (2, "accepted")
    receipt = read_register(desk()).units["huyen_1"].receipts[1]
    assert [file.name for file in receipt.files] == ["sửa.xlsx", corpus.REPORT]


def test_it_is_opened_in_a_process_of_its_own_and_one_that_dies_is_told_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ReaderPool() as readers:
        data = corpus.zipped(GOOD)
        opened = {member.name: member.data for member in readers.unpack("zip", data, 9, 1 << 20)}
        assert opened == GOOD
        assert [finding.code for finding in readers.read("zip", data).findings] == ["TEP-50"]
        assert readers.unpack("zip", b"x", 9, 1 << 20) == []
    # What no reader opened as it was received gave no files, whatever its directory says: a person opens it.
    monkeypatch.setattr(ReaderPool, "unpack", lambda *_: [])
    verdict = judged(desk, "huyen_1", {"bộ.zip": data})
    assert (verdict.ruling, codes(verdict)) == ("referred", ["TEP-31"])
