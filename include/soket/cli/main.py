"""The `soket` command: one sub-command a module, and Airflow's own command line on the running stack."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from soket.cli import (
    act,
    archive,
    backup,
    directory,
    documents,
    draft,
    keys,
    mail,
    page,
    plan,
    production,
    receipt,
    register,
    report,
    session,
    stack,
    trace,
    watch,
)
from soket.cli.usage import SoketGroup

app = typer.Typer(
    name="soket",
    cls=SoketGroup,
    help="Điều hành một đợt báo cáo theo kế hoạch: từ công văn đầu tiên đến hội nghị.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, command in (("up", stack.up), ("down", stack.down), ("status", stack.show_status), ("doctor", stack.doctor)):
    app.command(name)(command)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def airflow(context: typer.Context, state: session.StateOption = None) -> None:
    """Gọi lệnh của Airflow trên hệ thống đang chạy, ví dụ: soket airflow dags list."""
    session.enter(state)
    program = Path(sys.executable).with_name("airflow")
    os.execv(program, [str(program), *context.args])  # noqa: S606 - the operator's own words, to Airflow's own command


app.add_typer(plan.app, name="plan")
app.add_typer(directory.app, name="directory")
app.add_typer(report.app, name="report")
app.add_typer(documents.app, name="documents")
app.add_typer(draft.app, name="draft")
app.add_typer(archive.app, name="archive")
app.command()(keys.submit)
app.add_typer(register.app, name="register")
app.add_typer(act.app, name="act")
app.add_typer(report.checks, name="checks")
app.add_typer(mail.app, name="mail")
app.add_typer(keys.app, name="keys")
app.command()(trace.trace)
app.add_typer(page.app, name="page")
app.add_typer(receipt.app, name="receipt")
app.command()(watch.watch)
app.command()(production.init_production)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
