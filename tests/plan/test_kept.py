"""The last sound copies of plan files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.plan.kept import keep, last_sound
from soket.plan.loader import load_all

NAME = "nq06_du_lich.yaml"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    shutil.copytree(REPOSITORY / "include" / "plans", folder)
    return folder


def look(plans: Path, kept: Path) -> None:
    keep(plans, load_all(plans)[1], kept)


def test_what_a_faulty_file_last_held_is_known(plans: Path, tmp_path: Path) -> None:
    kept, file = tmp_path / "state" / "plans", plans / NAME
    sound = file.read_text(encoding="utf-8")
    look(plans, kept)
    file.write_text(sound.replace("id: nq06_du_lich", "id: nq 06"), encoding="utf-8")
    for _ in range(2):
        look(plans, kept)
        (error,) = load_all(plans)[1]
        plan = last_sound(error, kept)
        assert plan is not None
        assert plan.id == "nq06_du_lich"
    assert (kept / NAME).read_text(encoding="utf-8") == sound


def test_what_a_plan_was_is_known_when_its_directory_is_faulty(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "directory"
    shutil.copytree(REPOSITORY / "include" / "directory", directory)
    monkeypatch.setenv("SOKET_DIRECTORY", str(directory))
    kept, file = tmp_path / "kept", directory / "ha_tinh_2021.yaml"
    look(plans, kept)
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("group: ban_dang", "group: ban_dag"), encoding="utf-8")
    look(plans, kept)
    (error,) = load_all(plans)[1]
    assert (error.file.name, error.faults[0].file.name) == (NAME, "ha_tinh_2021.yaml")
    assert f"{NAME}: danh bạ mà kế hoạch này dùng đang có lỗi\n" in str(error)
    plan = last_sound(error, kept)
    assert plan is not None
    assert plan.unit("bao_ha_tinh").contact.email == "vanthu@bao-ha-tinh.hatinh.example"
    assert (kept / "directory" / "ha_tinh_2021.yaml").read_text(encoding="utf-8") == sound


def test_the_latest_sound_copy_is_kept(plans: Path, tmp_path: Path) -> None:
    kept, file = tmp_path / "state" / "plans", plans / NAME
    look(plans, kept)
    file.write_text(file.read_text(encoding="utf-8") + "\n# mended\n", encoding="utf-8")
    look(plans, kept)
    assert (kept / NAME).read_text(encoding="utf-8").endswith("# mended\n")


def test_of_a_file_that_never_was_sound_nothing_is_known(plans: Path, tmp_path: Path) -> None:
    (plans / "new.yaml").write_text("id: [", encoding="utf-8")
    look(plans, tmp_path / "kept")
    (error,) = load_all(plans)[1]
    assert last_sound(error, tmp_path / "kept") is None


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_not_opened(plans: Path, tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(plans / "old.yaml")
    look(plans, tmp_path / "kept")
    kept = sorted(each.name for each in (tmp_path / "kept").iterdir())
    assert kept == ["directory", "nq06_du_lich.json", NAME]
