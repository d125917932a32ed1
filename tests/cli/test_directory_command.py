"""`soket directory` as its callers see it: a sheet goes out, is gone over, and comes in again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from conftest import REPOSITORY
from soket.cli.main import app
from soket.plan.loader import load

NAME = "ha_tinh_2021"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the directories, to be written to."""
    directories = tmp_path / "directory"
    shutil.copytree(REPOSITORY / "include" / "directory", directories)
    monkeypatch.setenv("SOKET_DIRECTORY", str(directories))
    return directories


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["directory", *map(str, arguments)], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_what_went_out_comes_in_unchanged(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "danh-ba.xlsx"
    assert run("export", NAME, file)[0] == 0
    code, told = run("import", file, "--into", NAME)
    assert code == 0, told
    assert told == "0 chỗ đổi, 0 đơn vị thêm, 0 nơi bảng không có, 0 điều phải xem.\nDanh bạ không có gì phải đổi.\n"


def test_a_contact_is_changed_for_the_plans_that_name_it(folder: Path, tmp_path: Path) -> None:
    file, plan = tmp_path / "danh-ba.xlsx", REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"
    run("export", NAME, file)
    workbook = load_workbook(file)
    cell = next(cell for row in workbook.active for cell in row if cell.value == "vanthu@bao-ha-tinh.hatinh.example")  # type: ignore[union-attr]
    cell.value = "toasoan@bao-ha-tinh.hatinh.example"
    workbook.save(file)
    before = (folder / f"{NAME}.yaml").read_text(encoding="utf-8")

    code, told = run("import", file, "--into", NAME)
    line = (
        "Đổi    Báo Hà Tĩnh (bao_ha_tinh), thư điện tử đầu mối: "
        "vanthu@bao-ha-tinh.hatinh.example → toasoan@bao-ha-tinh.hatinh.example"
    )
    assert (code, told.splitlines()[0]) == (0, line)
    assert "Mới xem trước, chưa ghi gì." in told
    assert (folder / f"{NAME}.yaml").read_text(encoding="utf-8") == before

    code, told = run("import", file, "--into", NAME, "--write")
    assert (code, told.splitlines()[0]) == (0, line)
    assert "Đã ghi vào" in told
    after = (folder / f"{NAME}.yaml").read_text(encoding="utf-8")
    assert after == before.replace("vanthu@bao-ha-tinh", "toasoan@bao-ha-tinh")
    assert load(plan).unit("bao_ha_tinh").contact.email == "toasoan@bao-ha-tinh.hatinh.example"


def test_a_change_as_data(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "dm.csv"
    file.write_text("Cơ quan,Email,Điện thoại\nTỉnh đoàn,,0239 222 222\n", encoding="utf-8")
    code, told = run("import", file, "--into", NAME, "--json", "--write")
    assert code == 0
    answer = json.loads(told)
    assert answer["changed"] == [
        {"row": 2, "code": "tinh_doan", "part": "contact.phone", "old": None, "new": "0239 222 222"}
    ]
    assert answer["written"] is True
    assert len(answer["missing"]) == 69


def test_a_faulty_directory_is_told_with_its_lines(folder: Path, tmp_path: Path) -> None:
    file = folder / f"{NAME}.yaml"
    text = file.read_text(encoding="utf-8").replace("group: ban_dang", "group: ban_dag", 1)
    file.write_text(text, encoding="utf-8")
    code, told = run("check")
    assert code == 1
    assert "không có nhóm «ban_dag»" in told
    assert "Có phải ý bạn là «ban_dang»?" in told
    (tmp_path / "dm.csv").write_text("Cơ quan,Email\nTỉnh đoàn,a@b.example\n", encoding="utf-8")
    assert run("import", tmp_path / "dm.csv", "--into", NAME)[0] == 1


def test_what_is_odd_is_told_and_no_fault(folder: Path) -> None:
    file = folder / f"{NAME}.yaml"
    text = file.read_text(encoding="utf-8").replace("vanthu@tinh-doan.hatinh.example", "vanthu@hoi-ccb.hatinh.example")
    file.write_text(text.replace("lanhdao@tinh-doan.hatinh.example", "bithu@gmail.example"), encoding="utf-8")
    code, told = run("check", NAME)
    assert code == 0
    assert "hộp thư «vanthu@hoi-ccb.hatinh.example» dùng chung cho hai nơi (đã có ở dòng" in told
    assert "«bithu@gmail.example» ngoài tên miền công vụ (hatinh.example)" in told
    assert told.splitlines()[-1].endswith("2 chỗ nên xem lại.")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"x", "không phải bảng tính"),
        ("a.xlsx", b"no workbook", "không thấy bảng nào"),
        ("a.csv", b"Chi tieu,2021\nKhach,5\n", "không thấy bảng nào"),
        ("nang.csv", bytes(26 << 20), "«nang.csv»: tệp quá lớn (26 MB, tối đa 25 MB)"),
    ],
)
def test_a_file_that_is_no_such_sheet(name: str, data: bytes, message: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    code, told = run("import", tmp_path / name, "--into", NAME)
    assert code == 2
    assert message in " ".join(told.replace("│", " ").split())


def test_an_unknown_directory(folder: Path) -> None:
    code, told = run("check", "ha_tinh")
    assert code == 2
    assert "Không có danh bạ «ha_tinh». Có: ha_tinh_2021" in " ".join(told.replace("│", " ").split())
