"""`soket plan`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from conftest import REPOSITORY
from soket.cli import plan as command
from soket.plan.model import Campaign, Plan
from soket.stages import asking

SMALL = REPOSITORY / "tests" / "plan" / "small.yaml"
NQ06 = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.add_typer(command.app, name="plan")
    return CliRunner().invoke(app, ["plan", *map(str, arguments)], env={"COLUMNS": "140"})


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = SMALL.read_text(encoding="utf-8").replace("block: so", "block: soo").replace("place:", "plase:")
    Path("faulty.yaml").write_text(text, encoding="utf-8")
    return Path("faulty.yaml")


def test_a_good_plan() -> None:
    result = run("check", NQ06)
    assert result.exit_code == 0
    assert "không có lỗi (60 đơn vị gửi báo cáo, 4 cơ quan báo chí, 1 đợt); 1 chỗ nên xem lại." in result.output


def test_a_block_that_reports_in_words_alone_is_named(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    file = tmp_path / "words.yaml"
    file.write_text(text[: text.index("  - code: bieu_b")] + text[text.index("offices:") :], "utf-8")
    assert "(2 đơn vị gửi báo cáo, trong đó khối so không điền biểu nào, 1 cơ quan" in run("check", file).output


def test_what_is_odd_is_told_and_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(SMALL.read_text(encoding="utf-8").replace("2021-11-13: Làm bù", "2021-11-12: Làm bù"), "utf-8")
    result = run("check", file)
    assert result.exit_code == 0
    assert "12/11/2021 vốn đã làm việc" in result.output
    assert "không có lỗi (2 đơn vị gửi báo cáo, 1 cơ quan báo chí, 2 đợt); 5 chỗ nên xem lại." in result.output
    assert "12/11/2021 vốn đã làm việc" in run("schedule", file).output


def test_a_faulty_plan_is_shown_with_its_lines(faulty: Path, snapshot: SnapshotAssertion) -> None:
    result = run("check", faulty, SMALL.absolute())
    assert result.exit_code == 1
    assert result.output.replace(str(SMALL.absolute()), "small.yaml") == snapshot


def test_faults_as_data(faulty: Path) -> None:
    result = run("check", "--json", faulty)
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["ok"] is False
    assert [(fault["line"], fault["column"], fault["path"], fault["nearest"]) for fault in answer["faults"]] == [
        (8, 1, "plase", "place"),
        (84, 12, "units[1].block", "so"),
    ]
    sound = json.loads(run("check", "--json", SMALL).output)
    assert (sound["ok"], sound["faults"]) == (True, [])
    # It asks again for what was asked, and the press for plans of what is over.
    asked_again, over = ["campaigns[1].code"] * 2, [f"campaigns[{number}].stages.communications" for number in (0, 1)]
    assert sorted(doubt["path"] for doubt in sound["doubts"]) == sorted([*asked_again, *over])


@pytest.mark.parametrize("arguments", [["check"], ["schedule"], ["check", "--jso", str(SMALL)], ["chek"]])
def test_a_wrong_call(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_schedule_as_people_read_it(snapshot: SnapshotAssertion) -> None:
    result = run("schedule", NQ06)
    assert result.exit_code == 0
    assert result.output.replace(f"{REPOSITORY}/", "") == snapshot


def test_the_schedule_as_data() -> None:
    (campaign,) = json.loads(run("schedule", "--json", NQ06).output)
    assert [stage["last_day"] for stage in campaign["stages"]] == [
        "2021-11-04",
        "2021-11-09",
        "2021-11-19",
        "2021-11-30",
        "2021-12-03",
    ]


def test_no_schedule_of_a_faulty_plan(faulty: Path) -> None:
    result = run("schedule", faulty)
    assert result.exit_code == 1
    assert "Chưa lập được lịch" in result.output


def test_steps_that_are_never_sent_say_so(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(SMALL.read_text(encoding="utf-8").replace("{at: -1,", "{at: -30,"), encoding="utf-8")
    assert "không gửi" in run("schedule", file).output


def test_forms_are_those_that_units_are_sent(tmp_path: Path, plan: Plan, campaign: Campaign) -> None:
    result = run("forms", "--plan", plan.id, "--out", tmp_path / "biểu mẫu")
    assert result.exit_code == 0
    sent = asking.forms_of(plan, campaign, plan.stages[0])
    assert list(sent) == [
        "de-cuong-bao-cao.docx",
        "bieu-so-lieu-bieu_01.xlsx",
        "bieu-so-lieu-bieu_02.xlsx",
        "mau-de-nghi-bieu-duong.docx",
    ]
    assert {path.name: path.read_bytes() for path in (tmp_path / "biểu mẫu").iterdir()} == sent
    told = json.loads(run("forms", "--plan", plan.id, "--out", tmp_path, "--json").output)
    assert told == {"plan": plan.id, "files": [str(tmp_path / name) for name in sent]}


def test_forms_of_a_file_that_is_in_no_folder_of_plans(tmp_path: Path) -> None:
    result = run("forms", SMALL, "--campaign", "2021", "--out", tmp_path / "biểu")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "biểu" / "de-cuong-bao-cao.docx").exists()
    (tmp_path / "sai.yaml").write_text("id: 1", encoding="utf-8")
    assert run("forms", tmp_path / "sai.yaml").exit_code == 1


def test_forms_of_nothing_and_to_nowhere(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    assert run("forms", "--plan", plan.id, "--campaign", "1999", "--out", tmp_path).exit_code == 2
    assert run("forms", "--plan", plan.id, "--out", tmp_path / "tệp").exit_code == 2
