"""Connections and settings of Airflow's as the environment holds them, with or without the password itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soket.connection import password_of, setting


def test_a_password_is_the_connections_own_or_in_the_file_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("in the file\n")
    assert password_of("own", {}) == "own"
    assert password_of(None, {}) is None
    assert password_of(None, {"password_file": str(tmp_path / "password")}) == "in the file"
    with pytest.raises(FileNotFoundError):
        password_of("own", {"password_file": str(tmp_path / "missing")})


def test_a_setting_is_the_variables_or_what_its_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    assert setting("AIRFLOW__X__Y") == ""
    monkeypatch.setenv("AIRFLOW__X__Y", "plain")
    assert setting("AIRFLOW__X__Y") == "plain"
    monkeypatch.setenv("AIRFLOW__X__Y_CMD", 'sh -c \'printf "a:%s" "$(echo b)"\'')
    assert setting("AIRFLOW__X__Y") == "a:b"
    monkeypatch.setenv("AIRFLOW__X__Y_CMD", "false")
    with pytest.raises(subprocess.CalledProcessError):
        setting("AIRFLOW__X__Y")
