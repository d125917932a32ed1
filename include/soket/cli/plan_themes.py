"""`soket plan themes`: how well a plan's lexicon covers the reports at hand, and which phrases it may want."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soket.cli import session
from soket.text import format_number, quoted

if TYPE_CHECKING:
    from soket.documents.said import Sayings, SayingsUnder

_EXAMPLE = 90  # characters of a sentence that shows what is meant
_MOST_EXAMPLES = 3


def register(app: typer.Typer) -> None:
    """Put the command among those of plans."""
    app.command(name="themes")(themes)


def themes(
    plan: Annotated[str, typer.Argument(metavar="KẾ_HOẠCH", help="Mã kế hoạch.")],
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """Xem bộ chủ đề xếp được bao nhiêu câu của các báo cáo đang có; gợi ý cụm từ. Mã thoát: 1 khi bộ chủ đề có lỗi."""
    from soket.documents.figures import summarise
    from soket.documents.said import gather
    from soket.intake.reread import accepted_reports
    from soket.plan.fault import PlanError
    from soket.plan.themes import lexicon_of
    from soket.record.keeping import read_register

    workspace = session.workspace(plan, campaign, state)
    try:
        lexicon = lexicon_of(workspace.plan)
    except PlanError as error:
        typer.echo(f"{error}\nSửa bộ chủ đề rồi chạy lại.", err=True)
        raise typer.Exit(1) from None
    register = read_register(workspace, keep=False)
    reports = accepted_reports(workspace, register, register.basis().items())
    sayings = gather(summarise(workspace.plan, workspace.campaign, register, reports), lexicon)
    if as_json:
        typer.echo(json.dumps(_data(sayings), ensure_ascii=False))
        return
    if lexicon is None:
        typer.echo("Kế hoạch chưa nêu bộ chủ đề (themes): dự thảo trích câu tiêu biểu theo khối.")
    for line in _lines(sayings):
        typer.echo(line)


def _lines(sayings: Sayings) -> Iterator[str]:
    share = sayings.classified
    told = f", xếp được {_percent(share)} số câu" if share is not None else ""
    yield f"{len(sayings.units)} báo cáo, {sum(len(each.said) for each in sayings.sections)} câu{told}."
    for under in sayings.sections:
        yield ""
        yield f"{under.section.number.rstrip('.')}. {under.section.title}: {_coverage(under)}"
        for code, name, units, count in _counts(under):
            yield f"  {code:<5} {units:>4} báo cáo {count:>5} câu  {name}"
        for each in under.proposals:
            towards = f"; câu của {each.theme.code} cũng có" if each.theme else ""
            yield f"  Gợi ý: «{each.phrase}» ({each.units} báo cáo, {each.sentences} câu{towards})"
        for said in under.unclassified[:_MOST_EXAMPLES]:
            yield f"  Chưa xếp, {said.unit.name}: {quoted(said.text, _EXAMPLE)}"


def _coverage(under: SayingsUnder) -> str:
    if not under.themes:
        return f"{len(under.said)} câu, chưa có chủ đề"
    if not under.said:
        return "chưa có câu nào"
    classified = len(under.said) - len(under.unclassified)
    return f"{len(under.said)} câu, xếp được {classified} ({_percent(classified / len(under.said))})"


def _percent(share: float) -> str:
    return f"{format_number(share * 100, 1)}%"


def _counts(under: SayingsUnder) -> Iterator[tuple[str, str, int, int]]:
    """Yield each theme with how many reports and sentences speak of it."""
    for theme in under.themes:
        said = [each for each in under.said if each.theme and each.theme.code == theme.code]
        yield theme.code, theme.name, len({each.unit.code for each in said}), len(said)


def _data(sayings: Sayings) -> dict[str, Any]:
    return {
        "reports": len(sayings.units),
        "classified": sayings.classified,
        "sections": [
            {
                "section": under.section.code,
                "sentences": len(under.said),
                "unclassified": len(under.unclassified),
                "themes": [
                    {"code": code, "reports": units, "sentences": count} for code, _, units, count in _counts(under)
                ],
                "proposals": [
                    {
                        "phrase": each.phrase,
                        "reports": each.units,
                        "sentences": each.sentences,
                        "theme": each.theme.code if each.theme else None,
                    }
                    for each in under.proposals
                ],
            }
            for under in sayings.sections
        ],
    }
