"""The `soket` command: one sub-command a module, and Airflow's own command line on the running stack."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from soket.cli import act, checks, directory, keys, mail, plan, register, report, session, stack, submit, watch
from soket.cli.usage import SoketGroup

app = typer.Typer(
    name="soket",
    cls=SoketGroup,
    help="Điều hành một đợt sơ kết: từ công văn đầu tiên đến hội nghị.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
stack.register(app)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def airflow(context: typer.Context, state: session.StateOption = None) -> None:
    """Gọi lệnh của Airflow trên hệ thống đang chạy, ví dụ: soket airflow dags list."""
    session.enter(state)
    program = Path(sys.executable).with_name("airflow")
    os.execv(program, [str(program), *context.args])  # noqa: S606 - the operator's own words, to Airflow's own command


for part in (plan, directory, report, submit, register, act, checks, mail, keys, watch):
    part.register(app)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
