"""`soket plan new`: a Word file in, a plan out; it asks, and says what is wrong and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plan_reading.sources import HELD_OUT, NAMES, word_file
from soket.cli.main import app
from soket.plan.loader import load
from soket.plan.model import Plan


def call(*words: str | Path, keys: str = "") -> Result:
    return CliRunner().invoke(app, ["plan", "new", *map(str, words)], input=keys, env={"COLUMNS": "400"})


@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_becomes_a_plan_that_the_checker_accepts(name: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    done = call(word_file(name, tmp_path / "KE-HOACH.docx"), "--no-input", "--out", out)
    assert done.exit_code == 0, done.output
    assert "soket plan check không thấy lỗi" in done.output
    assert "Giả định, cần xem lại:" in done.output
    assert load(out).campaigns[0].stages


# The last day of each stage, and what is asked, as the papers have them.
SCHEDULES = {
    "nq06": (
        {"bao_cao": "2021-11-04", "du_thao": "2021-11-09", "tham_dinh": "2021-11-19", "hoi_nghi": "2021-11-30"},
        ["ngay_ban_hanh", "van_hanh", "mo_dot", "ket_thuc_dot", "dia_danh", "so"],
    ),
    "nong_thon_moi": (
        {"bao_cao": "2019-08-25", "du_thao": "2019-09-05", "tham_dinh": "2019-09-13", "hoi_nghi": "2019-09-30"},
        ["don_vi_ubnd_huyen", "don_vi_thanh_vien_ban_chi_dao", "van_hanh", "mo_dot", "ket_thuc_dot"],
    ),
    "bo_kinh_te_bien": (
        {"bao_cao": "2025-06-29", "du_thao": "2025-07-20", "tham_dinh": "2025-07-31", "du_thao_2": "2025-08-14",
         "hoi_nghi": "2025-09-30"},
        ["don_vi_don_vi_thuoc_bo", "don_vi_so_dia_phuong", "co_quan_hoi_nghi", "van_hanh", "mo_dot", "ket_thuc_dot"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_word_file_gives_the_schedule_of_its_paper_and_lists_what_it_asked(name: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    directory = ["--directory", "ha_tinh_2021"] if name == "nq06" else []
    done = call(word_file(name, tmp_path / "KE-HOACH.docx"), *directory, "--out", out, keys="\n" * 20)
    assert done.exit_code == 0, done.output
    days, asked = SCHEDULES[name]
    stages = load(out).campaigns[0].stages
    assert {code: str(dates.last_day) for code, dates in stages.items() if code != "tuyen_truyen"} == days
    assert [line.split("]")[0].lstrip("[") for line in done.output.splitlines() if line.startswith("[")] == asked
    told = done.output.split("Đã hỏi:")[1].split(":\n")[0]
    assert told.count("(không trả lời)") == len(asked)


def test_the_seed_has_the_dates_of_its_plan(plan: Plan) -> None:
    days = [str(dates.last_day) for dates in plan.campaigns[0].stages.values()]
    assert days[:4] == list(SCHEDULES["nq06"][0].values())


def test_a_table_of_a_word_file_is_read(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    done = call(word_file("thanh_pho_bang", tmp_path / "k.docx", HELD_OUT), "--no-input", "--out", out)
    assert done.exit_code == 0, done.output
    dates = load(out).campaigns[0].stages["bao_cao"]
    assert (dates.before, dates.blocks["ubnd_xa"].by) == (date(2026, 9, 15), date(2026, 9, 10))
    assert "Phụ lục, dòng 2: " in done.output


def test_it_asks_only_what_the_paper_does_not_say(tmp_path: Path) -> None:
    paper, out = word_file("nq06", tmp_path / "KE-HOACH.docx"), tmp_path / "plan.yaml"
    done = call(paper, "--directory", "ha_tinh_2021", "--out", out, keys="15/10/2021\n" + "\n" * 20)
    assert done.exit_code == 0, done.output
    asked = [line.split("]")[0].lstrip("[") for line in done.output.splitlines() if line.startswith("[")]
    assert asked == ["ngay_ban_hanh", "van_hanh", "mo_dot", "ket_thuc_dot", "dia_danh", "so"]
    assert load(out).campaigns[0].opens.isoformat() == "2021-10-15"


def test_answers_come_from_a_file(tmp_path: Path) -> None:
    answers = tmp_path / "tra-loi.yaml"
    answers.write_text("mo_dot: 2021-10-18\ndia_danh: Hà Tĩnh\nsai_ma: gì đó\n", encoding="utf-8")
    out = tmp_path / "plan.yaml"
    done = call(word_file("nq06", tmp_path / "k.docx"), "--no-input", "--answers", answers, "--out", out)
    assert (load(out).place, load(out).campaigns[0].opens.isoformat()) == ("Hà Tĩnh", "2021-10-18")
    assert "Trả lời không dùng đến: sai_ma" in done.output


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    out.write_text("id: x\n", encoding="utf-8")
    done = call(word_file("nq06", tmp_path / "k.docx"), "--no-input", "--out", out)
    assert (done.exit_code, out.read_text(encoding="utf-8")) == (2, "id: x\n")
    assert "Chọn tên khác bằng --out" in done.output


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    bad = tmp_path / "k.docx"
    bad.write_bytes(b"no document")
    for words, told in (
        ((tmp_path / "none.docx", "--no-input"), "none.docx"),
        ((tmp_path / "k.txt", "--no-input"), "chỉ đọc được .docx"),
        ((bad, "--no-input"), "Mở tệp bằng Word"),
        ((bad, "--directory", "khong_co"), "Không có danh bạ «khong_co». Có: "),
        ((bad, "--answers", tmp_path / "none.yaml"), "không có tệp này"),
    ):
        done = call(*words)
        assert done.exit_code == 2, done.output
        assert told in done.output


def test_a_terminal_that_ends_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    done = call(word_file("nq06", tmp_path / "k.docx"), "--out", out)
    assert done.exit_code == 2
    assert "--no-input" in done.output
    assert not out.exists()
