"""Airflow's connections and settings as the environment holds them: by these, processes without it know their servers.

No password has to stand there: a connection may name a file (`password_file` in its extra), a setting a command.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Connection:
    """A connection's fields, as Airflow names them."""

    host: str | None
    port: int | None
    login: str | None
    password: str | None
    extra: Mapping[str, Any]


def from_environment(variable: str) -> Connection | None:
    """Return the connection that a variable holds in Airflow's JSON form; None where it is not set."""
    text = os.environ.get(variable)
    if not text:
        return None
    fields = json.loads(text)
    extra = fields.get("extra") or {}
    return Connection(
        host=fields.get("host"),
        port=fields.get("port"),
        login=fields.get("login"),
        password=fields.get("password"),
        extra=json.loads(extra) if isinstance(extra, str) else extra,
    )


def password_of(password: str | None, extra: Mapping[str, Any]) -> str | None:
    """Return a connection's password: what the file holds that its extra names or, where it names none, its own."""
    file = extra.get("password_file")
    return Path(file).read_text(encoding="utf-8").strip() if file else password


def setting(variable: str) -> str:
    """Return a setting that a variable holds, or that the command prints which `<variable>_CMD` holds; '' without."""
    command = os.environ.get(f"{variable}_CMD")
    if command is None:
        return os.environ.get(variable, "")
    return subprocess.run(shlex.split(command), check=True, capture_output=True, text=True).stdout
