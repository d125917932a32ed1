"""A faulty plan beside a good one: the good one's DAGs load, and the fault is shown with its file and line."""

from __future__ import annotations

import os
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG

from conftest import REPOSITORY
from plan.test_weight import BOMB, MERGED
from soket.orchestration.house import House
from soket.orchestration.stages import monitor
from soket.plan.model import Plan

Dags = dict[str, DAG]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with the good plan, and one that has a word too many on its last line."""
    good = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"
    shutil.copy(good, tmp_path)
    text = good.read_text(encoding="utf-8").rstrip("\n").replace("id: nq06_du_lich", "id: ke_hoach_hong", 1)
    (tmp_path / "ke_hoach_hong.yaml").write_text(f"{text}\nmuc_thua: 1\n", encoding="utf-8")
    return tmp_path


def test_the_good_plan_loads(dags_at: Callable[..., Dags], plans: Path, plan: Plan) -> None:
    assert {dag.partition(".")[0] for dag in dags_at(plans=plans)} == {plan.id}


def test_the_fault_is_shown_with_file_and_line(monkeypatch: pytest.MonkeyPatch, plans: Path) -> None:
    monkeypatch.setenv("SOKET_PLANS", str(plans))
    line = len((plans / "ke_hoach_hong.yaml").read_text(encoding="utf-8").splitlines())
    with pytest.raises(RuntimeError, match=rf"ke_hoach_hong\.yaml\D+{line}\b(?s:.)*muc_thua"):
        runpy.run_path(str(REPOSITORY / "dags" / "plan_faults.py"))


def test_without_faults_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKET_PLANS", str(REPOSITORY / "include" / "plans"))
    runpy.run_path(str(REPOSITORY / "dags" / "plan_faults.py"))


def test_airflow_sees_one_import_error_and_all_dags(monkeypatch: pytest.MonkeyPatch, plans: Path, plan: Plan) -> None:
    monkeypatch.setenv("SOKET_PLANS", str(plans))
    bag = DagBag(dag_folder=str(REPOSITORY / "dags"), safe_mode=True)
    assert {Path(file).name for file in bag.import_errors} == {"plan_faults.py"}
    assert {dag.partition(".")[0] for dag in bag.dags} == {plan.id}
    assert len(bag.dags) == 9


def test_a_plan_that_our_code_fails_on_takes_no_other_with_it(
    dags_at: Callable[..., Dags], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plan: Plan
) -> None:
    shutil.copy(REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml", tmp_path / "z.yaml")
    small = (REPOSITORY / "tests" / "plan" / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(small, encoding="utf-8")
    build = monitor.build

    def failing(house: House) -> DAG:
        if house.plan.id == "small":
            raise OverflowError("date value out of range")
        return build(house)

    monkeypatch.setattr(monitor, "build", failing)
    assert {dag.partition(".")[0] for dag in dags_at(plans=tmp_path)} == {plan.id}
    with pytest.raises(RuntimeError, match=r"«small»: không lập được DAG \(OverflowError.*Lỗi của hệ thống"):
        runpy.run_path(str(REPOSITORY / "dags" / "plan_faults.py"))


def link(path: Path) -> None:
    path.symlink_to("/dev/zero")


# What lies beside the good plan, and what is said of it.
NEIGHBOURS: dict[str, tuple[bytes | Callable[[Path], object], str]] = {
    "bomb": (BOMB.encode(), "quá 180000 mục"),
    "bomb of merges": (MERGED.encode(), "quá 180000 mục"),
    "60 MB": (b"id: a\n" * (10 << 20), "tệp quá lớn"),
    "deep": (b"[" * 100_000, "lồng nhau quá 30 lớp"),
    "UTF-16": ("id: a\n".encode("utf-16"), "UTF-16"),
    "old coding": ("title: Sơ kết".encode("cp1258", "replace"), "không phải văn bản UTF-8"),
    "zeros": (bytes(1 << 20), "ký tự không in được"),
    "empty": (b"", "tệp trống"),
    "list": (b"- a\n", "kế hoạch phải là"),
    "folder": (Path.mkdir, "không phải một tệp"),
    "pipe": (os.mkfifo, "không phải một tệp"),
    "device": (link, "không phải một tệp"),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_whatever_lies_beside_it_a_good_plan_goes_on(
    name: str, dags_at: Callable[..., Dags], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plan: Plan
) -> None:
    thing, words = NEIGHBOURS[name]
    shutil.copy(REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml", tmp_path)
    beside = tmp_path / "a.yaml"
    if isinstance(thing, bytes):
        beside.write_bytes(thing)
    else:
        thing(beside)
    assert {dag.partition(".")[0] for dag in dags_at(plans=tmp_path)} == {plan.id}
    with pytest.raises(RuntimeError, match=rf"a\.yaml:\d+:\d+: .*{words}") as raised:
        runpy.run_path(str(REPOSITORY / "dags" / "plan_faults.py"))
    assert len(str(raised.value)) < 10_000
