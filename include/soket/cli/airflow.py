"""`soket airflow …`: Airflow's own command line, on the running stack."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from soket.cli import session


def register(parent: typer.Typer) -> None:
    """Add the command."""
    parent.command(
        "airflow",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
        add_help_option=False,
    )(airflow)


def airflow(context: typer.Context, state: session.StateOption = None) -> None:
    """Gọi lệnh của Airflow trên hệ thống đang chạy, ví dụ: soket airflow dags list."""
    session.enter(state)
    program = Path(sys.executable).with_name("airflow")
    os.execv(program, [str(program), *context.args])  # noqa: S606 - the operator's own words, to Airflow's own command
