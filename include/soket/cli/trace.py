"""`soket trace`: what papers rest on, where a unit's words stand in them, whether all of it is still there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soket.cli import session
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.words import product_names
from soket.record.workspace import Workspace
from soket.text import format_number

if TYPE_CHECKING:
    from soket.stages.traces import StageTrace


def trace(
    unit: Annotated[str | None, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.")] = None,
    indicator: Annotated[str | None, typer.Argument(metavar="CHỈ_TIÊU", help="Mã chỉ tiêu.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Đối chiếu mọi tệp, số, câu trích với kho.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Ghi các trang nguồn gốc vào thư mục này.")] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """Nguồn gốc của số liệu, câu trích trong dự thảo, báo cáo thẩm định, tài liệu hội nghị, thông cáo báo chí.

    Không nêu đơn vị thì liệt kê các văn bản có ghi nguồn; nêu đơn vị (và chỉ tiêu) thì cho biết số liệu, câu trích của
    đơn vị ấy đứng ở đâu. Mã thoát: 0 được, 1 có chỗ không còn như khi lập văn bản (--verify), 2 gọi lệnh sai.
    """
    from soket.stages.traces import latest_traces

    workspace = session.workspace(plan, campaign, state)
    _refuse_unknown(workspace.plan, unit, indicator)
    register = read_register(workspace)
    kept = list(latest_traces(workspace, register))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for each in kept:
            name = f"{each.stage.id}-{each.round}-{each.page.rpartition('/')[2]}"
            (out / name).write_bytes(workspace.store.get(each.page))
    told = list(_places(kept, unit, indicator) if unit else _papers(kept))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    elif not told:
        typer.echo("Không có trong văn bản nào." if unit else "Chưa có văn bản nào ghi nguồn gốc.")
    else:
        _print(told, product_names(workspace.plan))
    if verify:
        raise typer.Exit(_verify(workspace, register, kept))


def _refuse_unknown(plan: Plan, unit: str | None, indicator: str | None) -> None:
    if unit is not None and unit not in {each.code for each in plan.units}:
        raise typer.BadParameter(f"Kế hoạch không có đơn vị «{unit}».", param_hint="ĐƠN_VỊ")
    codes = [each.code for form in plan.forms for each in form.indicators]
    if indicator is not None and indicator not in codes:
        raise typer.BadParameter(f"Không có chỉ tiêu «{indicator}». Có: {', '.join(codes)}.", param_hint="CHỈ_TIÊU")


def _papers(kept: Sequence[StageTrace]) -> Iterator[dict[str, Any]]:
    for each in kept:
        for paper in each.trace.papers:
            yield {"paper": paper.name, "round": each.round, "passages": len(paper.passages), "page": each.page}


def _places(kept: Sequence[StageTrace], unit: str, indicator: str | None) -> Iterator[dict[str, Any]]:
    from soket.documents.trace_places import places_of

    for each in kept:
        for found in places_of(each.trace, unit, indicator):
            of = {"paper": found.paper.name, "round": each.round}
            at = {"place": found.passage.place, "bookmark": found.passage.id}
            yield {**of, **at, "how": found.words, "text": found.piece.text}


def _print(told: Sequence[dict[str, Any]], titles: dict[str, str]) -> None:
    above = None
    for each in told:
        title = f"{titles.get(each['paper'], each['paper'])} (vòng {each['round']})"
        if "page" in each:
            typer.echo(f"{title}: {each['passages']} đoạn; {each['page']}")
            continue
        if title != above:
            typer.echo(above := title)
        at = ", ".join(filter(None, (each["place"], each["bookmark"])))  # what stands under no heading has no place
        typer.echo(f"  {at}: {each['how']}: {each['text']}")


def _verify(workspace: Workspace, register: Register, kept: Sequence[StageTrace]) -> int:
    """Say what is not as it was when the papers were made; return the exit code."""
    from soket.documents.trace_check import check_traces

    check = check_traces(workspace.store, register, ((each.folder, each.trace) for each in kept))
    for words in check.wrong:
        typer.echo(words, err=True)
    counts = [format_number(count) for count in (check.files, check.figures, check.quotes, len(check.wrong))]
    typer.echo("Đã đối chiếu {} tệp, {} số, {} câu trích; {} chỗ sai.".format(*counts), err=True)
    return 1 if check.wrong else 0
