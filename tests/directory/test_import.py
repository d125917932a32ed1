"""A sheet that an office keeps: found by its headings, compared, and written into the directory's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.directory.changes import Changes, changes_of
from soket.directory.headings import LABELS, columns_of
from soket.directory.sheet import UnknownSheetError, rows_of
from soket.directory.writing import changed_text, write
from soket.plan.directory import ENVIRONMENT_VARIABLE, DirectoryFile, directory_file, examined
from soket.plan.fault import PlanError
from soket.reading.findings import Cell, Content, Layout, Sheet

SMALL = (REPOSITORY / "tests" / "plan" / "small_directory.yaml").read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DirectoryFile:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    # Comments, a head to come, and a unit in lines: what must stay as it is.
    text = SMALL.replace("    kind: huyện\n", "    kind: huyện  # loại\n").replace(
        "    contact: {name: Văn thư, email: vt@hai.example}\n    head: {name: Giám đốc, email: gd@hai.example}\n",
        "    contact:\n      name: Văn thư  # phòng Một\n      email: vt@hai.example\n    # thủ trưởng: đang khuyết\n",
    )
    directory_file("tinh_nho").write_text(text, encoding="utf-8")
    return examined(directory_file("tinh_nho"))


def sheet(*lines: tuple[Cell, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Content:
    return Content(sheets=(Sheet("DS", 1, 1, lines, Layout(merged)),))


HEAD = ("TT", "Tên đơn vị", "Người đầu mối", "Thư điện tử", "Điện thoại", "Thủ trưởng", "Email")


def compared(small: DirectoryFile, *lines: tuple[Cell, ...]) -> Changes:
    assert small.made, small.faults
    return changes_of(small.made, rows_of(sheet(HEAD, *lines)))


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (HEAD, {"name": 1, "contact.name": 2, "contact.email": 3, "contact.phone": 4, "head.name": 5, "head.email": 6}),
        (("Cơ quan", "Thủ trưởng", "Email"), {"name": 0, "head.name": 1, "contact.email": 2}),
        (
            ("Mã", "Đơn vị", "Họ tên cán bộ đầu mối", "Chức vụ", "SĐT", "Địa chỉ thư"),
            {"code": 0, "name": 1, "contact.name": 2, "contact.title": 3, "contact.phone": 4, "contact.email": 5},
        ),
        (("Ghi chú", "Tổng số", "Kết quả"), {}),
        (tuple(LABELS.values()), {part: index for index, part in enumerate(LABELS)}),
    ],
)
def test_columns_are_found_by_their_headings(headings: tuple[str, ...], parts: dict[str, int]) -> None:
    assert columns_of(headings) == parts


def test_heads_over_two_rows_titles_and_blank_rows() -> None:
    rows = rows_of(
        sheet(
            ("DANH BẠ ĐẦU MỐI", None, None, None, None),
            (None, None, None, None, None),
            ("STT", "Đơn vị", "Đầu mối", None, "Thủ trưởng"),
            (None, None, "Họ và tên", "Email", None),
            ("I", "Các huyện", None, None, None),
            (1.0, "Huyện Một", "Bà A", "a@mot.example", "Ông B"),
            (None, None, None, None, None),
            ("Các cơ quan khác", None, None, None, None),
            (2.0, "Sở Hai", None, "c@hai.example", None),
            merged=((0, 0, 0, 4), (2, 2, 2, 3), (2, 0, 3, 0), (2, 1, 3, 1), (2, 4, 3, 4), (7, 0, 7, 4)),
        )
    )
    assert [(row.number, row.section, row.parts) for row in rows] == [
        (
            6,
            None,
            {"name": "Huyện Một", "contact.name": "Bà A", "contact.email": "a@mot.example", "head.name": "Ông B"},
        ),
        (9, "Các cơ quan khác", {"name": "Sở Hai", "contact.email": "c@hai.example"}),
    ]


def test_a_sheet_of_something_else_is_told() -> None:
    with pytest.raises(UnknownSheetError, match="cột thư điện tử"):
        rows_of(sheet(("Chỉ tiêu", "2020", "2021"), ("Lượt khách", 1.0, 2.0)))


def test_what_a_sheet_changes(small: DirectoryFile) -> None:
    changes = compared(
        small,
        (1.0, "huyện  MỘT", "Bà A", "a@mot.example", 912345678.0, "Bí thư", "bt@mot.example"),
        (2.0, "Sở Hai", None, None, "0239 111 111", "Ông B", "gd@hai.example"),
        (3.0, "Báo Bốn", "Ông C", "c@bon.example", None, None, None),
    )
    assert [(each.code, each.part, each.old, each.new) for each in changes.changed] == [
        ("h_mot", "contact.name", "Văn thư", "Bà A"),
        ("h_mot", "contact.email", "vt@mot.example", "a@mot.example"),
        ("h_mot", "contact.phone", None, "0912345678"),
        ("so_hai", "contact.phone", None, "0239 111 111"),
        ("so_hai", "head.name", None, "Ông B"),
        ("so_hai", "head.email", None, "gd@hai.example"),
    ]
    assert changes.added == []
    assert [body.code for body in changes.missing] == ["tuyen_giao", "van_phong", "bao_ba"]
    told = "\n".join(changes.told)
    assert "đọc là 0912345678" in told
    assert "dòng 4, Báo Bốn: chưa có trong danh bạ; gần nhất là “Báo Ba”" in told
    assert "chưa thêm vì thiếu Nhóm (ghi ở cột Nhóm: cac_huyen, khac)" in told


def test_what_cannot_be_taken_is_told(small: DirectoryFile) -> None:
    changes = compared(
        small,
        (1.0, "Huyện Một", "A", "a@mot.example; b@mot.example", None, None, None),
        (2.0, "Sở Hai", "B", "không có", None, None, None),
        (3.0, "Báo Ba", "C", "c@gmail.example", None, None, None),
        (4.0, "báo ba", "D", "d@ba.example", None, None, None),
    )
    told = "\n".join(changes.told)
    assert "thư điện tử đầu mối có 2 địa chỉ" in told
    assert "«không có» không phải địa chỉ thư" in told
    assert "«c@gmail.example» ngoài tên miền công vụ" in told
    assert "dòng 5, báo ba: trùng với dòng 4" in told
    assert {(each.code, each.part) for each in changes.changed} == {
        ("h_mot", "contact.name"),
        ("so_hai", "contact.name"),
        ("bao_ba", "contact.name"),
        ("bao_ba", "contact.email"),
    }


def test_a_mailbox_of_two_is_told(small: DirectoryFile) -> None:
    changes = compared(small, (1.0, "Huyện Một", None, "ts@ba.example", None, None, None))
    assert "hộp thư ts@ba.example dùng chung cho 2 nơi: Huyện Một, Báo Ba" in changes.told


def test_only_what_changes_is_written_anew(small: DirectoryFile) -> None:
    assert small.source
    assert small.made
    rows = rows_of(
        sheet(
            (*HEAD, "Nhóm"),
            (1.0, "Huyện Một", "Bà A: trực", "a@mot.example", None, None, None, None),
            (2.0, "Sở Hai", "Văn thư", None, "0239 111 111", "Ông B", "gd@hai.example", None),
            (3.0, "Báo Ba", None, None, None, None, "moi@ba.example", None),
            (4.0, "Xã Mới", "Bà C", "c@tinh.example", None, "Ông D", "d@tinh.example", "Các huyện"),
        )
    )
    changes = changes_of(small.made, rows)
    old, new = small.source.text.splitlines(), changed_text(small.source, changes).splitlines()
    assert [line for line in new if line and line not in old] == [
        '    contact: {name: "Bà A: trực", email: a@mot.example}',
        '      phone: "0239 111 111"',
        "    head: {name: Ông B, email: gd@hai.example}",
        "    head: {name: Tổng Biên tập, email: moi@ba.example}",
        "  - code: xa_moi",
        "    name: Xã Mới",
        "    contact: {name: Bà C, email: c@tinh.example}",
        "    head: {name: Ông D, email: d@tinh.example}",
    ]
    assert [line for line in old if line not in new] == [
        "    contact: {name: Văn thư, email: vt@mot.example}",
        "    head: {name: Tổng Biên tập, email: tbt@ba.example}",
    ]
    write(small, changes)
    again = examined(small.file)
    assert again.made, again.faults
    assert not changes_of(again.made, rows)
    assert sorted(path.name for path in small.file.parent.iterdir()) == ["tinh_nho.yaml"]


def test_what_would_be_faulty_is_not_written(small: DirectoryFile) -> None:
    assert small.source
    changes = compared(small, (1.0, "Huyện Một", "Bà A", None, None, None, None))
    (change,) = changes.changed
    changes.changed = [type(change)(**{**vars(change), "new": ""})]
    with pytest.raises(PlanError, match="đang để trống"):
        write(small, changes)
    assert small.file.read_text(encoding="utf-8") == small.source.text


@pytest.mark.parametrize(
    "name", ["yes: no", "0912", 'a "b" \\c', "#x", "null", "- x", "Bà A, Bà B", "{x}", "é", "x: ", "12:30"]
)
def test_any_text_is_written_so_that_it_is_read_again(name: str, small: DirectoryFile) -> None:
    assert small.made
    changes = compared(small, (1.0, "Huyện Một", name, None, None, None, None))
    write(small, changes)
    again = examined(small.file)
    assert again.made, again.faults
    assert again.made.units[0].contact.name == " ".join(name.split())
