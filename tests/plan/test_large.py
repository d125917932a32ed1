"""Plans and directories of thousands of units, sound and faulty, are examined in seconds of one processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.large import COMMUNES
from bench.plans import write_plan
from effort import within
from soket.orchestration.builder import build_dags
from soket.plan.check import check, doubtful, examine


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_plan(folder, COMMUNES)
    return folder / "bench.yaml"


def test_a_plan_of_every_commune_is_checked_and_built_in_seconds(large: Path) -> None:
    with within(6):
        plan, faults = examine(large)
        assert plan is not None, faults
        doubtful(large, plan)
    assert len(plan.units) >= COMMUNES
    with within(1):
        assert len(list(build_dags(plan))) == 9


SPOILT = {
    "block": ("  block: ", "  block: x"),
    "address": (".hatinh.example", ""),
    "field": ("  name:", "  nаme:"),
    "code": ("code: unit_", "code: unit_0 # "),
}


@pytest.mark.parametrize("name", SPOILT)
def test_thousands_of_faults_are_told_in_part_and_quickly(name: str, large: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(large.read_text(encoding="utf-8").replace(*SPOILT[name]), encoding="utf-8")
    with within(3):
        faults = check(file)
    assert "chỗ sai nữa" in "\n".join(fault.message for fault in faults)
    assert len(faults) <= 1000


def test_thousands_of_codes_that_a_directory_does_not_have(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data: dict[str, Any] = yaml.load(large.read_text(encoding="utf-8"), yaml.CSafeLoader)
    units = [
        {key: unit[key] for key in ("code", "name", "contact", "head")} | {"group": "xa"} for unit in data["units"]
    ]
    directory = {"id": "tinh_lon", "title": "Lớn", "groups": [{"code": "xa", "name": "Xã"}], "units": units}
    (tmp_path / "tinh_lon.yaml").write_text(yaml.dump(directory, Dumper=yaml.CSafeDumper), encoding="utf-8")
    monkeypatch.setenv("SOKET_DIRECTORY", str(tmp_path))
    data |= {"directory": "tinh_lon", "units": []}
    data["blocks"][0]["units"] = [f"{unit['code']}x" for unit in units]
    file = tmp_path / "plan.new"
    file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper), encoding="utf-8")
    with within(4):
        faults = check(file)
    unknown = [fault for fault in faults if "không có đơn vị" in fault.message]
    assert (unknown[0].nearest or "").startswith("unit_")
    assert len(unknown) == 200
