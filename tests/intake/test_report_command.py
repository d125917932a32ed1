from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from intake.turns import FailingValidator, PlainValidator
from reading import corpus
from soket.cli import report, session
from soket.plan.model import Plan


@pytest.fixture(autouse=True)
def _small_plan(monkeypatch: pytest.MonkeyPatch, small_plan: Plan, inline: None) -> None:
    monkeypatch.setattr(session, "load_all", lambda: ([small_plan], []))
    monkeypatch.setattr(report, "Validator", PlainValidator)
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.add_typer(report.app, name="report")
    return CliRunner().invoke(app, ["report", "check", *map(str, arguments)])


@pytest.fixture
def good(tmp_path: Path) -> list[Path]:
    return written(tmp_path, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def test_a_good_report(good: list[Path]) -> None:
    result = run(*good, "--unit", "huyen_2")
    assert result.exit_code == 0
    assert result.output == "Tiếp nhận: báo cáo sơ kết của Huyện ủy 2, 2 tệp.\n"


def test_a_faulty_report_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    files = written(tmp_path, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(CT01=("12.34", 2, 3))})
    result = run(*files)
    assert result.exit_code == 1
    for part in (
        "Trả lại",
        "dùng --unit",
        "phải sửa",
        "SL-01",
        "số liệu.xlsx, trang tính «Sheet», ô C5 (CT01, năm 2019)",
        "12,34 hoặc 1.234",
    ):
        assert part in result.output


def test_the_campaign_may_be_named(good: list[Path], small_plan: Plan) -> None:
    for campaign in small_plan.campaigns:
        assert run(*good, "--campaign", campaign.code).exit_code == 0
    other = run(*good, "--campaign", "2099")
    assert other.exit_code == 2
    assert "không có đợt «2099»" in other.output


def test_json(good: list[Path]) -> None:
    verdict = json.loads(run(*good, "--json").output)
    assert (verdict["unit"], verdict["ruling"], verdict["faults"]) == ("huyen_1", "accepted", [])
    assert {(each["indicator"], each["year"]) for each in verdict["figures"]} >= {("CT01", 2019), ("CT04", 2021)}
    assert all(each["heading"] and each["text"] for each in verdict["sections"])


def test_without_a_table_it_is_taken_for_a_unit_that_owes_none(good: list[Path]) -> None:
    assert "Sở Văn hóa" in run(good[0]).output


@pytest.mark.parametrize("arguments", [["--unit", "la"], ["khong-co.docx"], []])
def test_a_wrong_call(good: list[Path], arguments: list[str]) -> None:
    files = good if arguments[:1] == ["--unit"] else []
    assert run(*files, *arguments).exit_code == 2


def test_a_folder_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "phụ lục").mkdir()
    written(tmp_path, {corpus.REPORT: corpus.report()})
    written(tmp_path / "phụ lục", {corpus.TABLE: corpus.table(CT01=("1.5", 2, 3)), "Thumbs.db": b"x"})
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "3 tệp" in result.output
    assert "số liệu.xlsx, trang tính «Sheet», ô C5 (CT01, năm 2019)" in result.output
    assert "TEP-19" in result.output


def test_files_of_one_name_are_all_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = written(tmp_path / "a", {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()})
    two = written(tmp_path / "b", {corpus.TABLE: corpus.table(CT01=(1, 2, 3))})
    result = run(*one, *two)
    assert "BS-02" in result.output


def test_an_empty_folder_is_a_wrong_call(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "Không có tệp nào" in result.output


def test_a_fault_of_nothing_is_not_told(tmp_path: Path) -> None:
    files = written(tmp_path, {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.workbook([["không có gì"]])})
    output = run(*files).output
    assert "các cột năm 2019–2021" in output


def test_without_great_expectations_the_verdict_is_the_same_and_it_is_said_how_it_was_made(
    good: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run(*good, "--json").stdout
    monkeypatch.setattr(report, "Validator", FailingValidator)
    result = run(*good, "--json")
    assert (result.exit_code, result.stdout) == (0, expected)
    assert "Great Expectations không chạy được: quy tắc được kiểm bằng phép tính thường." in result.stderr
