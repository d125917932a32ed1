"""The `soket` command: one sub-command a module."""

from __future__ import annotations

import sys

import typer

from soket.cli import act, airflow, checks, keys, mail, plan, register, report, stack, submit, watch

app = typer.Typer(
    name="soket",
    help="Điều hành một đợt sơ kết: từ công văn đầu tiên đến hội nghị.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (stack, airflow, plan, report, submit, register, act, checks, mail, keys, watch):
    part.register(app)


def main() -> None:
    """Run the command line; errors meant for people are printed as such, without a traceback."""
    from soket.notices.server import NoMailServerError
    from soket.plan.loader import PlanError, UnknownPlanError
    from soket.stack.credentials import NoKeyError
    from soket.stack.folder_keys import NotTakenOverError
    from soket.store.connect import NoStoreError

    try:
        app()
    except (NoKeyError, NoMailServerError, NoStoreError, NotTakenOverError, PlanError, UnknownPlanError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
