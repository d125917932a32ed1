"""`soket act`: what the actions DAG's form does, from the command line; a command for each act of the table."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Annotated, Any
from uuid import uuid4

import typer

from soket.cli import session
from soket.record.words import DECISIONS
from soket.stages.act_blanks import DOCUMENT_NUMBER, REASON, Blank
from soket.stages.act_table import ACTS, ALWAYS, Act
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import what_if

_WHAT_IF = "Chỉ xem: số tổng, câu, thời hạn, văn bản nào sẽ đổi; không ghi gì, chưa cần lý do, người cho phép."

app = typer.Typer(
    help=f"Xử lý của người vận hành: {', '.join(DECISIONS[name].phrase for name in ACTS)}.", no_args_is_help=True
)


def _command(act: Act[Any]) -> Callable[..., None]:
    """Return the function of an act's command, with a parameter for each of the act's blanks."""

    def run(
        plan: session.PlanOption = None,
        campaign: session.CampaignOption = None,
        state: session.StateOption = None,
        only_if: Annotated[bool, typer.Option("--what-if", help=_WHAT_IF)] = False,
        **filled: str | None,
    ) -> None:
        workspace = session.workspace(plan, campaign, state)
        # Whoever has this shell has the server: on the record by their name there, with the operator's rights.
        actor = Actor(getpass.getuser(), console=True)
        form = {**filled, "act": act.name}
        try:
            if only_if:
                typer.echo("Nếu ghi quyết định này (chưa ghi gì):")
                typer.echo("\n".join(what_if(workspace, form, actor).lines))
                return
            note = record_act(workspace, form=form, entry=f"cli-{uuid4()}", actor=actor)
        except ActRefusedError as refusal:
            raise typer.BadParameter(str(refusal)) from None
        typer.echo(note)

    arguments = [_parameter(blank, typer.Argument(metavar=blank.metavar, help=_help(blank))) for blank in act.needs]
    options = [
        _parameter(blank, typer.Option(_option(blank), metavar=blank.metavar, help=_help(blank)), default=None)
        for blank in (*act.one_of, *act.takes, *ALWAYS, DOCUMENT_NUMBER)
    ]
    where = [
        each for each in signature(run, eval_str=True).parameters.values() if each.kind is not Parameter.VAR_KEYWORD
    ]
    vars(run)["__signature__"] = Signature([*arguments, *options, *where])
    return run


def _parameter(blank: Blank, told: Any, **default: None) -> Parameter:  # noqa: ANN401 - typer's argument or option
    return Parameter(blank.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=Annotated[str | None, told], **default)


def _option(blank: Blank) -> str:
    return "--document" if blank is DOCUMENT_NUMBER else f"--{blank.name.replace('_', '-')}"


def _help(blank: Blank) -> str:
    how = {"text": "", "day": ", dạng NĂM-THÁNG-NGÀY", "number": ", một số"}[blank.kind]
    needed = " Phải có." if blank in ALWAYS else ""
    return f"{blank.title}{', ghi mã' if blank.choices else how}.{needed} {blank.note}".rstrip()


def _told(act: Act[Any]) -> str:
    said = f" {act.says} ghi ở {_option(REASON)}." if act.says else ""
    return f"{act.title}. {act.note}".rstrip() + said


for _act in ACTS.values():
    app.command(_act.command, help=_told(_act))(_command(_act))
