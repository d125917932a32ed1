"""The secrets of docker-compose.yml: made once, never overwritten, for their owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet
from typer.testing import CliRunner

from soket.cli import production as command
from soket.cli.main import app
from soket.stack.production import SECRETS, make_all, rotate

ME = os.getuid()


def typed(name: str) -> str | None:
    return f"typed-{name}"


def read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_every_secret_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "secrets"
    made = make_all(folder, typed, ME)
    assert sorted(made.new) == sorted(SECRETS) == sorted(read(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    values = [value for name, value in read(folder).items() if name not in ("smtp_password", "webhooks")]
    assert len(set(values)) == len(values)
    assert all(len(value) >= 44 and not value.isspace() for value in values)
    Fernet(read(folder)["fernet_key"])


def test_nothing_is_overwritten_and_what_stood_open_is_shut(tmp_path: Path) -> None:
    make_all(tmp_path, typed, ME)
    before = read(tmp_path)
    (tmp_path / "jwt_secret").chmod(0o644)
    (tmp_path / "valkey_password").unlink()
    (tmp_path / "s3_page").write_text("")  # of a copy that was cut short
    made = make_all(tmp_path, lambda _: None, ME)
    assert sorted(made.new) == ["s3_page", "valkey_password"]
    assert made.lacking == []
    after = read(tmp_path)
    assert {name for name in SECRETS if after[name] != before[name]} == {"s3_page", "valkey_password"}
    assert after["s3_page"]
    assert stat.S_IMODE((tmp_path / "jwt_secret").stat().st_mode) == 0o600
    assert make_all(tmp_path, typed, ME).kept == list(SECRETS)


def test_what_others_give_is_lacking_until_it_is_there(tmp_path: Path) -> None:
    assert make_all(tmp_path, lambda _: None, ME).lacking == ["smtp_password"]
    assert not (tmp_path / "smtp_password").exists()
    assert not rotate(tmp_path, "smtp_password", lambda _: None, ME)
    (tmp_path / "smtp_password").write_text("given\n")
    assert make_all(tmp_path, lambda _: None, ME).lacking == []
    assert read(tmp_path)["smtp_password"] == "given\n"


def test_one_is_made_anew_and_the_others_stay(tmp_path: Path) -> None:
    make_all(tmp_path, typed, ME)
    before = read(tmp_path)
    assert rotate(tmp_path, "postgres_password", typed, ME)
    after = read(tmp_path)
    assert {name for name in SECRETS if after[name] != before[name]} == {"postgres_password"}
    assert stat.S_IMODE((tmp_path / "postgres_password").stat().st_mode) == 0o600


def test_what_the_old_fernet_key_encrypted_stays_readable_once(tmp_path: Path) -> None:
    make_all(tmp_path, typed, ME)
    old = read(tmp_path)["fernet_key"]
    kept = Fernet(old).encrypt(b"a connection")
    for _ in range(2):
        rotate(tmp_path, "fernet_key", typed, ME)
        keys = MultiFernet([Fernet(each) for each in read(tmp_path)["fernet_key"].split(",")])
        assert keys.decrypt(kept) == b"a connection"
        kept = keys.rotate(kept)
    assert old not in read(tmp_path)["fernet_key"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(command, "_ask", typed)
    return str(tmp_path / "secrets")


def test_the_command_says_what_is_made_what_is_there_and_what_to_do(folder: str) -> None:
    run = CliRunner().invoke
    told = run(app, ["init-production", folder, "--owner", str(ME)])
    assert told.exit_code == 0
    assert "đã tạo     fernet_key" in told.output
    assert "docker compose up" in told.output
    again = run(app, ["init-production", folder, "--owner", str(ME)])
    assert "đã có      fernet_key" in again.output
    assert "đã tạo" not in again.output
    for name in set(SECRETS) - {"webhooks"}:
        told = run(app, ["init-production", folder, "--rotate", name, "--owner", str(ME)])
        assert told.exit_code == 0
        assert f"Đã đổi {name}" in told.output
        # As the folder is named where Compose runs, whatever it is called here.
        assert ("cat secrets/postgres_password" in told.output) is (name == "postgres_password")
        assert ("rotate-fernet-key" in told.output) is (name == "fernet_key")
    values = [value for name, value in read(Path(folder)).items() if value and name != "smtp_password"]
    assert not [value for value in values if value in told.output + again.output]


@pytest.mark.parametrize(
    ("name", "why"), [("no_such", "Không có «no_such»"), ("webhooks", "do người vận hành ghi"), ("s3_page", "Chưa có")]
)
def test_what_cannot_be_made_anew_is_refused(name: str, why: str, folder: str) -> None:
    if name == "webhooks":
        make_all(Path(folder), typed, ME)
    told = CliRunner().invoke(app, ["init-production", folder, "--rotate", name], env={"COLUMNS": "200"})
    assert told.exit_code == 2
    assert why in told.output
