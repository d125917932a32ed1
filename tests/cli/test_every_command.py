"""Every command runs, on a campaign in memory; the acts' run in test_act_table."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.commands import COMMANDS
from conftest import REPOSITORY, Desk
from record.builders import first
from soket.cli import session
from soket.cli.main import app
from soket.notices.alerts import unreachable_notice
from soket.notices.outbox import post
from soket.record import workspace as opening
from soket.stack.credentials import issue_key
from soket.stack.doctor import Diagnosis
from soket.stack.from_plans import folder_of
from soket.stack.state import State
from soket.stages.act_table import ACTS
from soket.store.connect import StoreSettings

PLAN_FILE = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"

# What is called, its exit code and what it says; UNIT, MAIL, HERE (a folder with a file), STATE, EMPTY are filled in.
CALLS: dict[str, tuple[str, int, str]] = {
    "up": ("--state HERE", 2, "không phải của soket; chọn thư mục khác bằng --state"),
    "down": ("--state EMPTY", 0, "Không có hệ thống nào đang chạy"),
    "status": ("--json --state EMPTY", 3, '"phase": "stopped"'),
    "doctor": ("--json --state EMPTY", 0, "thiếu LibreOffice"),
    "airflow": ("dags list", 0, ""),
    "plan new": ("HERE/bao-cao.docx --no-input", 2, "Mở tệp bằng Word"),
    "plan diff": (f"{PLAN_FILE} {PLAN_FILE}", 0, "không thay đổi gì"),
    "plan themes": ("nq06_du_lich", 0, "0 báo cáo, 0 câu"),
    "plan check": (str(PLAN_FILE), 0, "không có lỗi"),
    "plan schedule": (str(PLAN_FILE), 0, "Đợt 2021"),
    "plan forms": ("--out EMPTY/forms", 0, "de-cuong-bao-cao.docx"),
    "plan fields": ("--out EMPTY/fields.md", 0, "fields.md"),
    "directory check": ("ha_tinh_2021", 0, "ha_tinh_2021: không có lỗi (6 cơ quan, 64 đơn vị)."),
    "directory export": ("ha_tinh_2021 EMPTY/danh-ba.xlsx", 0, "danh-ba.xlsx"),
    "directory import": ("HERE/danh-ba.csv --into ha_tinh_2021", 0, "Mới xem trước, chưa ghi gì."),
    "report check": ("HERE --unit UNIT", 1, "Trả lại"),
    "documents check": ("", 0, "hd05-2026: lấy từ nguồn thứ cấp"),
    "documents pdf": ("--out EMPTY/pdf", 0, ""),
    "documents form": ("HERE/bao-cao.docx", 2, "nội dung thực tế là tệp văn bản thuần"),
    "draft renew": ("", 0, "chưa có báo cáo nào để tổng hợp"),
    "draft stale": ("", 0, "Mọi văn bản đã lập đều tính đủ báo cáo đang có."),
    "trace": ("--verify", 0, "Chưa có văn bản nào ghi nguồn gốc."),
    "archive verify": ("", 2, "Đợt này chưa lưu trữ"),
    "archive export": ("EMPTY/ho-so.zip", 2, "Đợt này chưa lưu trữ"),
    "submit": ("nq06_du_lich UNIT HERE/bao-cao.docx --state STATE", 0, "Đã nộp bao-cao.docx vào inbox/"),
    "register show": ("--json", 0, '"units"'),
    "register rebuild": ("--json", 0, '"units"'),
    "register decisions": ("--json", 0, "[]"),
    "checks docs": ("--out EMPTY/pages", 0, "Đã lập trang cho 0 lượt kiểm tra"),
    "mail preview": ("reminder", 0, "Tiêu đề: "),
    "mail ledger": ("--json", 0, "MAIL"),
    "mail show": ("MAIL", 0, "lập thư"),
    "mail due": ("--json", 0, "MAIL"),
    "mail resend": ("MAIL", 2, "không hỏng"),
    "mail hold": ("--reason bảo-trì", 0, "Đã tạm dừng gửi thư."),
    "mail release": ("", 0, "đã gửi thư trở lại từ trước"),
    "mail reports": ("", 0, "Ghi mới 0"),
    "keys issue": ("UNIT --out EMPTY/phieu.txt --state STATE", 0, "Đã cấp khóa cho «UNIT»"),
    "keys show": ("UNIT --state STATE", 0, "Mất mã bí mật thì cấp khóa khác"),
    "keys revoke": ("UNIT --state STATE", 0, "Đã thu hồi khóa của «UNIT»"),
    "page serve": ("--host 203.0.113.1 --port 1", 1, ""),
    "page link": ("UNIT", 2, "Chưa có trang nộp hồ sơ"),
    "receipt verify": ("HERE/bao-cao.docx", 2, "không phải biên nhận điện tử"),
    "watch": ("--json", 5, '"message"'),
    "backup": ("EMPTY/copy.tar --state EMPTY", 2, "Chưa có hệ thống nào"),
    "restore": ("HERE/bao-cao.docx --state EMPTY", 2, "Bản sao lưu hỏng"),
    "init-production": ("EMPTY/secrets", 1, "CÒN THIẾU  smtp_password"),
}


def test_every_command_is_called() -> None:
    assert {*CALLS} | {f"act {act.command}" for act in ACTS.values()} == {*COMMANDS}


@pytest.fixture
def places(workspace: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Let commands reach the campaign in memory, and give what their calls name."""
    at = workspace("2021-11-01 09:00")
    unit, here, state = first(at.plan), tmp_path / "here", State.locate(tmp_path / "state")
    for folder in (here, state.root, tmp_path / "empty"):
        folder.mkdir()
    (here / "bao-cao.docx").write_bytes(b"no report")
    kept = "Đơn vị,Người đầu mối,Thư điện tử\nBáo Hà Tĩnh,Bà A,vanthu@bao-ha-tinh.hatinh.example\n"
    (here / "danh-ba.csv").write_text(kept, encoding="utf-8")
    issue_key(state, folder_of(at.plan, at.campaign, unit).name)
    notice = unreachable_notice(at, "kho không trả lời", at.now)
    post(at, notice)
    settings = StoreSettings("http://127.0.0.1:1", "key", "secret", "soket")
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setattr(session, "enter", lambda _: None)
    monkeypatch.setattr(opening, "open_workspaces", lambda *_: [workspace()])
    monkeypatch.setattr(opening, "workspace_now", lambda _: workspace())
    monkeypatch.setattr(StoreSettings, "from_environment", classmethod(lambda _: settings))
    monkeypatch.setattr("soket.store.connect.open_store", lambda _: workspace.store)
    monkeypatch.setattr("soket.documents.printing.programs.office", lambda: "soffice")
    monkeypatch.setattr(os, "execv", lambda *_: None)
    monkeypatch.setattr("soket.stack.doctor.examine", lambda _: [Diagnosis("máy", "warning", "thiếu LibreOffice")])
    monkeypatch.setenv("SOKET_STATE", str(tmp_path / "empty"))
    monkeypatch.setenv("SOKET_MAIL", "suppress")
    return {
        "UNIT": unit,
        "MAIL": notice.id,
        "HERE": str(here),
        "STATE": str(state.root),
        "EMPTY": str(tmp_path / "empty"),
    }


@pytest.mark.parametrize("name", CALLS)
def test_it_runs(name: str, places: dict[str, str]) -> None:
    words, code, told = CALLS[name]
    for place, value in places.items():
        words, told = words.replace(place, value), told.replace(place, value)
    done = CliRunner().invoke(app, [*name.split(), *words.split()], env={"COLUMNS": "400"})
    assert done.exit_code == code, done.output
    assert told in done.output
