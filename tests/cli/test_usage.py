"""A wrong call, or one that cannot be answered here, is told in Vietnamese: what, where and what next; exit code 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import REPOSITORY
from soket.cli import report, session
from soket.cli.main import app
from soket.store.store import StoreFailedError

PLAN_FILE = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"

WRONG = [
    (["foo"], "Không có lệnh «foo».\nCách gọi: soket --help"),
    (["act", "foo"], "Không có lệnh «foo».\nCách gọi: soket act --help"),
    (["act", "extend"], "Thiếu ĐƠN_VỊ.\nCách gọi: soket act extend --help"),
    (["act", "extend", "h_can_loc", "2021-11-09", "z"], "Thừa «z».\nCách gọi: soket act extend --help"),
    (["mail", "hold"], "Thiếu --reason.\nCách gọi: soket mail hold --help"),
    (["mail", "hold", "--reason"], "Sau --reason phải có giá trị."),
    (["mail", "show"], "Thiếu MÃ_THƯ."),
    (["mail", "ledger", "--only", "x"], "--only: không có «x». Có: 'waiting', 'sent'"),
    (["mail", "due", "--at", "mai"], "--at: «mai» phải viết dạng NĂM-THÁNG-NGÀYTGIỜ:PHÚT."),
    (["mail", "preview", "--names", "x"], "--names: phải là một số."),
    (["watch", "--every", "0"], "--every: phải từ 1 trở lên."),
    (["status", "--foo"], "Không có tùy chọn --foo.\nCách gọi: soket status --help"),
    (["plan", "check"], "Thiếu TỆP."),
    (["report", "check", "khong-co.docx"], "TỆP: không có «khong-co.docx»."),
    (["submit", "a", "b", os.sep], f"TỆP: «{os.sep}» là thư mục, cần một tệp."),
    (["plan", "forms", "--campaign", "1999"], "--campaign: Kế hoạch «nq06_du_lich» không có đợt «1999». Có: 2021."),
    (["plan", "forms", "--plan", "x"], "Không có kế hoạch «x». Có: nq06_du_lich."),
    (["mail", "preview", "reminder", "--html", os.sep], f"Không đọc, ghi được «{os.sep}»"),
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="soket")


@pytest.mark.parametrize(("call", "told"), WRONG, ids=[" ".join(call) for call, _ in WRONG])
def test_a_wrong_call_is_told_in_vietnamese(call: list[str], told: str) -> None:
    done = run(*call)
    assert done.exit_code == 2
    assert done.stderr.startswith(told), done.stderr
    assert not done.stdout


@pytest.mark.parametrize("call", [["register", "show"], ["keys", "show", "h_can_loc"], ["mail", "release"]])
def test_without_a_stack_it_says_how_to_have_one(tmp_path: Path, call: list[str]) -> None:
    done = run(*call, "--state", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Chưa có hệ thống nào ở {tmp_path}. Chạy `soket up`")


def test_a_bucket_that_fails_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise StoreFailedError("EndpointConnectionError: no answer")

    monkeypatch.setattr(session, "workspace", fails)
    done = run("register", "show")
    assert done.exit_code == 2
    assert "Kho dữ liệu không làm được việc ấy" in done.stderr
    assert "soket status" in done.stderr


def test_what_we_fail_on_is_no_return(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise report.UnjudgedError("KeyError: 'x'")

    monkeypatch.setattr(report, "judge_offline", fails)
    (tmp_path / "bao-cao.docx").write_bytes(b"")
    done = run("report", "check", tmp_path)
    assert done.exit_code == report.UNJUDGED
    assert "không phải lỗi của hồ sơ" in done.stderr


@pytest.mark.parametrize("group", [[], ["act"], ["mail"], ["plan"]])
def test_a_group_alone_shows_what_there_is(group: list[str]) -> None:
    done = run(*group)
    assert done.exit_code == 2
    assert "--help" in done.output
