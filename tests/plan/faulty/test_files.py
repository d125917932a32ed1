"""Files that hold no text of ours, or are no files: told in Vietnamese, with what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plan.faulty.conftest import SMALL, Checked, line_of
from soket.plan.check import check
from soket.plan.kept import keep
from soket.plan.loader import load, load_all

TCVN3 = b"id: a\ntitle: S\xac k\xd5t Ngh\xde quy\xd5t\n"  # Sơ kết Nghị quyết, in the old coding

CODINGS: dict[str, tuple[bytes, int, str, str]] = {
    "UTF-16, its mark, little end": (b"\xff\xfe" + SMALL.encode("utf-16-le"), 1, "mà là UTF-16", "Mã hóa: UTF-8"),
    "UTF-16, its mark, big end": (b"\xfe\xff" + SMALL.encode("utf-16-be"), 1, "mà là UTF-16", "Mã hóa: UTF-8"),
    "UTF-16, no mark, little end": (SMALL.encode("utf-16-le"), 1, "mà là UTF-16", "Mã hóa: UTF-8"),
    "UTF-16, no mark, big end": (SMALL.encode("utf-16-be"), 1, "mà là UTF-16", "Mã hóa: UTF-8"),
    "CP1258": ("id: a\ntitle: Sơ kết".encode("cp1258", "replace"), 2, "Windows-1258", "Mã hóa: UTF-8"),
    "CP1258, CR": ("id: a\rtitle: Sơ kết".encode("cp1258", "replace"), 2, "Windows-1258", "Mã hóa: UTF-8"),
    "TCVN3": (TCVN3, 2, "TCVN3", "chuyển mã sang Unicode trước"),
    "one bad byte": (SMALL.encode().replace(b"place: H", b"place: \xe0H"), line_of("place:"), "UTF-8", "UTF-8"),
}


@pytest.mark.parametrize("name", CODINGS)
def test_another_coding_is_named(name: str, checked: Checked) -> None:
    data, line, words, hint = CODINGS[name]
    (fault,) = checked(data)
    assert words in fault.message
    assert fault.line == line
    assert hint in fault.hint


def loop(path: Path) -> None:
    path.symlink_to(path.with_suffix(".other"))
    path.with_suffix(".other").symlink_to(path)


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "không phải một tệp"),
    "pipe": (os.mkfifo, "không phải một tệp"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "không phải một tệp"),
    "link to nowhere": (lambda path: path.symlink_to("nowhere"), "không có tệp này"),
    "links in a circle": (loop, "liên kết trỏ vòng tròn"),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_told_and_leaves_others_alone(name: str, tmp_path: Path) -> None:
    make, words = NO_FILES[name]
    make(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text(SMALL, encoding="utf-8")
    plans, (error,) = load_all(tmp_path)
    assert [plan.id for plan in plans] == ["small"]
    assert words in error.faults[0].message
    assert error.faults[0].hint


def test_a_name_too_long(tmp_path: Path) -> None:
    (fault,) = check(tmp_path / f"{'x' * 300}.yaml")
    assert fault.message == "tên tệp quá dài"


def test_one_id_in_two_files_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "ban-sao.yaml").write_text(f"# bản sao\n{SMALL}", encoding="utf-8")
    (plan,), (error,) = load_all(tmp_path)
    assert plan.id == "small"
    (fault,) = error.faults
    assert fault.message == "kế hoạch «small» đã có trong a.yaml"
    assert (fault.file.name, fault.line, fault.path) == ("ban-sao.yaml", 2, "id")


@pytest.mark.parametrize("name", ["ke-hoach.yml", "KE-HOACH.YAML", "ke-hoach.yaml.txt", "ke-hoach.Yml"])
def test_a_plan_under_a_name_that_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SMALL, encoding="utf-8")
    plans, (error,) = load_all(tmp_path)
    assert plans == []
    assert f"tệp «{name}» không được đọc" in error.faults[0].message
    assert ".yaml»" in error.faults[0].hint


def test_what_editors_hide_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / ".#a.yaml").symlink_to("nobody@nowhere.1")
    (tmp_path / ".a.yaml.swp").write_bytes(b"\0")
    (tmp_path / "README.md").write_bytes(b"")
    plans, errors = load_all(tmp_path)
    assert ([plan.id for plan in plans], errors) == (["small"], [])
    keep(tmp_path, errors, tmp_path / "kept")
    assert [path.name for path in (tmp_path / "kept").glob("*.yaml")] == ["a.yaml"]


def test_a_file_put_in_place_of_another_is_read_whatever_its_time(tmp_path: Path) -> None:
    file, other = tmp_path / "a.yaml", tmp_path / "b.new"
    file.write_text(SMALL, encoding="utf-8")
    assert load(file).place == "Hà Tĩnh"
    other.write_text(SMALL.replace("place: Hà Tĩnh", "place: Hà Tịnh"), encoding="utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert load(file).place == "Hà Tịnh"


def test_links_to_nowhere_among_directories_take_no_plan_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "lost.yaml").symlink_to("nowhere")
    (tmp_path / ".#hidden.yaml").symlink_to("nowhere")
    (tmp_path / "plans" / "a.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("SOKET_DIRECTORY", str(tmp_path))
    (plan,), errors = load_all(tmp_path / "plans")
    assert (plan.id, errors) == ("small", [])
