"""The `soket` command: one sub-command a module."""

from __future__ import annotations

import typer

from soket.cli import act, airflow, checks, keys, mail, plan, register, report, stack, submit, watch
from soket.cli.usage import SoketGroup

app = typer.Typer(
    name="soket",
    cls=SoketGroup,
    help="Điều hành một đợt sơ kết: từ công văn đầu tiên đến hội nghị.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (stack, airflow, plan, report, submit, register, act, checks, mail, keys, watch):
    part.register(app)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
