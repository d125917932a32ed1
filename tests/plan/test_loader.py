from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY
from effort import within
from soket.plan import loader
from soket.plan.loader import (
    ENVIRONMENT_VARIABLE,
    PlanError,
    UnknownPlanError,
    find_plan,
    load,
    load_all,
    plans_folder,
)

TEXT = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.yaml").write_text(TEXT.replace("id: small", "id: plan_b"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(TEXT.replace("id: small", "id: plan_a"), encoding="utf-8")
    return tmp_path


def test_all_plans_by_file_name(folder: Path) -> None:
    plans, errors = load_all(folder)
    assert [plan.id for plan in plans] == ["plan_a", "plan_b"]
    assert not errors


def test_a_faulty_file_does_not_hide_the_others(folder: Path) -> None:
    (folder / "c.yaml").write_text(TEXT.replace("block: so", "block: soo"), encoding="utf-8")
    plans, errors = load_all(folder)
    assert [plan.id for plan in plans] == ["plan_a", "plan_b"]
    (error,) = errors
    assert "c.yaml:84:12: units[1].block: không có khối «soo»" in str(error)
    with pytest.raises(PlanError, match="không có khối") as raised:
        load(folder / "c.yaml")
    assert raised.value.faults == error.faults


def test_one_id_one_plan(folder: Path) -> None:
    (folder / "c.yaml").write_text(TEXT.replace("id: small", "id: plan_a"), encoding="utf-8")
    plans, (error,) = load_all(folder)
    assert len(plans) == 2
    assert "«plan_a» đã có trong a.yaml" in str(error)


def test_an_edited_file_is_read_again(folder: Path) -> None:
    assert load(folder / "a.yaml") is load(folder / "a.yaml")
    (folder / "a.yaml").write_text(TEXT.replace("id: small", "id: plan_c"), encoding="utf-8")
    assert load(folder / "a.yaml").id == "plan_c"


def test_no_such_file_or_folder(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="không có tệp này"):
        load(tmp_path / "none.yaml")
    plans, (error,) = load_all(tmp_path / "none")
    assert not plans
    assert "không có thư mục kế hoạch này" in str(error)


def test_the_folder_of_plans(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    assert plans_folder() == REPOSITORY / "include" / "plans"
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    assert plans_folder() == folder
    assert len(load_all()[0]) == 2


def test_an_empty_name_means_the_folder_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "")
    assert plans_folder() == REPOSITORY / "include" / "plans"


def test_folders_inside_are_not_looked_into(folder: Path) -> None:
    (folder / "cu").mkdir()
    (folder / "cu" / "c.yaml").write_text("id: [", encoding="utf-8")
    plans, errors = load_all(folder)
    assert (len(plans), errors) == (2, [])


def test_a_file_named_as_the_folder_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder / "a.yaml"))
    plans, (error,) = load_all()
    assert not plans
    assert "không có thư mục kế hoạch này" in str(error)
    assert f"Xem biến {ENVIRONMENT_VARIABLE}." in str(error)


def test_loading_is_quick_enough_for_every_parse(tmp_path: Path) -> None:
    text = (REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml").read_text(encoding="utf-8")
    files = [tmp_path / f"{attempt}.yaml" for attempt in range(5)]
    for file in files:
        file.write_text(text, encoding="utf-8")
    load(files[0])  # what every plan needs is loaded
    with within(0.1 * len(files)):
        for file in files:
            load(file)


def test_one_plan_is_found_without_reading_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    read: list[str] = []
    examine = loader.examine
    monkeypatch.setattr(loader, "examine", lambda path: read.append(path.name) or examine(path))
    assert find_plan("plan_b").id == "plan_b"
    assert read == ["b.yaml"]


@pytest.mark.parametrize("said", ['"id": plan_c', "id: 'plan_c'", "id:   plan_c   # mã", "id: &ma plan_c"])
def test_a_plan_is_found_however_its_id_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    (folder / "c.yaml").write_text(TEXT.replace("id: small", said), encoding="utf-8")
    assert find_plan("plan_c") == load(folder / "c.yaml")


def test_of_two_files_with_one_id_the_first_sound_one_is_found_as_among_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    (folder / "0.yaml").write_text(TEXT.replace("id: small", "id: plan_b").replace("block: so", "block: soo"), "utf-8")
    (folder / "c.yaml").write_text(TEXT.replace("id: small", "id: plan_b\n# đợt khác"), encoding="utf-8")
    assert find_plan("plan_b") is next(plan for plan in load_all()[0] if plan.id == "plan_b")


def test_a_plan_that_is_not_there_is_told_with_those_that_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))
    with pytest.raises(UnknownPlanError, match="plan_a, plan_b"):
        find_plan("plan_x")
