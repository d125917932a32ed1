"""An Airflow connection as the environment holds it: by these, processes without Airflow know their servers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
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
