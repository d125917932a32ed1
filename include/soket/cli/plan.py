"""`soket plan`: what is wrong with a plan's file, what its dates come to, and the forms that units fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soket.cli import plan_diff, plan_new, plan_themes, session

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from soket.plan.fault import PlanFault
    from soket.plan.model import Plan
    from soket.plan.schedule import CampaignSchedule

app = typer.Typer(
    help="Kế hoạch: lập từ văn bản, kiểm tra, so sánh tệp, xem lịch, xuất biểu mẫu.", no_args_is_help=True
)
plan_new.register(app)
plan_diff.register(app)
plan_themes.register(app)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP", help="Tệp kế hoạch (.yaml).")],
    as_json: session.JsonOption = False,
) -> None:
    """Kiểm tra tệp kế hoạch, nêu mọi chỗ sai, mọi chỗ nên xem lại. Mã thoát: 0 không lỗi, 1 có lỗi, 2 gọi lệnh sai."""
    from soket.plan.check import doubtful, examine
    from soket.plan.themes import faults_of_themes

    read = [(file, *examine(file)) for file in files]
    examined = [(file, plan, [*found, *(faults_of_themes(file, plan) if plan else ())]) for file, plan, found in read]
    faults = [fault for _, _, found in examined for fault in found]
    doubts = {file: doubtful(file, plan) for file, plan, _ in examined if plan}
    if as_json:
        data = {
            "ok": not faults,
            "faults": [fault_data(each) for each in faults],
            "doubts": [fault_data(each) for found in doubts.values() for each in found],
        }
        typer.echo(json.dumps(data, ensure_ascii=False))
    else:
        console = new_console()
        for file, plan, found in examined:
            for fault in found:
                console.print(fault_text(fault), end="\n\n")
            for doubt in doubts.get(file, ()):
                console.print(fault_text(doubt, "yellow"), end="\n\n")
            console.print(
                f"{file}: {f'{len(found)} chỗ cần sửa.' if found or not plan else _good(plan, len(doubts[file]))}",
                markup=False,
            )
    raise typer.Exit(1 if faults else 0)


@app.command()
def schedule(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp kế hoạch (.yaml).")],
    as_json: session.JsonOption = False,
) -> None:
    """Xem lịch từng đợt: thời hạn, ngày nhắc, ngày đôn đốc, tính theo ngày làm việc. Mã thoát: 1 khi tệp có lỗi."""
    from soket.plan.check import doubtful
    from soket.plan.schedule import schedule as schedule_of

    plan = _sound(file, "lập được lịch")
    campaigns = schedule_of(plan)
    if as_json:
        typer.echo(json.dumps([campaign.model_dump(mode="json") for campaign in campaigns], ensure_ascii=False))
        return
    console = new_console()
    for campaign in campaigns:
        _print_campaign(console, campaign)
    console.print(f"\nThư nhắc, đôn đốc, bản tin chỉ gửi ngày làm việc{_sending_hours(plan)}.", markup=False)
    for doubt in doubtful(file, plan):
        console.print("\n", fault_text(doubt, "yellow"), sep="", end="")


def _sound(file: Path, for_what: str) -> Plan:
    """Return the plan that a file holds, or end with what is wrong with it."""
    from soket.plan.loader import PlanError, load

    try:
        return load(file)
    except PlanError as error:
        typer.echo(f"{error}\nChưa {for_what}: sửa tệp rồi chạy lại.", err=True)
        raise typer.Exit(1) from None


@app.command()
def forms(
    file: Annotated[
        Path | None, typer.Argument(metavar="TỆP", help="Tệp kế hoạch (.yaml); bỏ trống: theo --plan.")
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    out: Annotated[Path, typer.Option("--out", help="Thư mục ghi các tệp.")] = Path("bieu-mau"),
    as_json: session.JsonOption = False,
) -> None:
    """Xuất đề cương (Word) và các biểu số liệu (Excel) của kế hoạch, đúng các tệp gửi kèm công văn đề nghị báo cáo."""
    from soket.plan.model import StageKind
    from soket.stages.asking import forms_of

    chosen = session.the_plan(plan) if file is None else _sound(file, "xuất được biểu")
    when = session.the_campaign(chosen, campaign)
    edition = chosen.in_campaign(when)
    files = forms_of(edition, when, edition.stages_of(StageKind.COLLECT)[0])
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được vào «{out}»: {error.strerror}.", param_hint="--out") from None
    if as_json:
        typer.echo(json.dumps({"plan": chosen.id, "files": [str(out / name) for name in files]}, ensure_ascii=False))
    else:
        for name in files:
            typer.echo(out / name)


@app.command()
def fields(
    out: Annotated[Path | None, typer.Option("--out", help="Tệp ghi ra (bỏ trống: in ra màn hình).")] = None,
) -> None:
    """Kê mọi mục mà tệp kế hoạch, tệp danh bạ nhận: ghi gì, bắt buộc không, ví dụ."""
    from soket.plan.fields import reference

    if out is None:
        typer.echo(reference(), nl=False)
        return
    try:
        out.write_text(reference(), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được vào «{out}»: {error.strerror}.", param_hint="--out") from None
    typer.echo(out)


def new_console() -> Console:
    """Return a console that wraps no lines."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def _good(plan: Plan, doubts: int) -> str:
    from soket.plan.model import Duty

    owing = [unit for unit in plan.units if unit.owes not in (Duty.COVERAGE_PLAN, Duty.DOCUMENT, Duty.EXEMPT)]
    without = {unit.block: None for unit in owing if plan.form_of(unit) is None}
    in_words = f", trong đó khối {', '.join(without)} không điền biểu nào" if without and plan.forms else ""
    press = sum(unit.owes is Duty.COVERAGE_PLAN for unit in plan.units)
    counted = f"{len(owing)} đơn vị gửi báo cáo{in_words}, {press} cơ quan báo chí, {len(plan.campaigns)} đợt"
    return f"không có lỗi ({counted}){f'; {doubts} chỗ nên xem lại' if doubts else ''}."


def fault_data(fault: PlanFault) -> dict[str, str | int | None]:
    """Return a fault for programs."""
    return {
        "file": str(fault.file),
        "line": fault.line,
        "column": fault.column,
        "path": fault.path,
        "message": fault.message,
        "hint": fault.hint,
        "nearest": fault.nearest,
    }


def fault_text(fault: PlanFault, colour: str = "red") -> Text:
    """Return a fault as people read it: its place, what it is, the lines around it, what to do."""
    from rich.text import Text

    text = Text()
    text.append(f"{fault.file}:{fault.line}:{fault.column}", style="bold")
    text.append(f"  {fault.path}\n" if fault.path else "\n", style="cyan")
    text.append(f"  {fault.message}\n", style=f"bold {colour}")
    for number, line in fault.excerpt:
        here = number == fault.line
        text.append(f"  {'>' if here else ' '} {number:>4} | {line}\n", style="" if here else "dim")
        if here:
            text.append(f"         | {' ' * (fault.column - 1)}^\n", style=colour)
    if fault.advice:
        text.append(f"  {fault.advice}", style="green")
    return text


def _print_campaign(console: Console, campaign: CampaignSchedule) -> None:
    from rich.table import Table

    from soket.text import format_date, format_day

    console.print(
        f"\nĐợt {campaign.code}: {campaign.title}, từ {format_date(campaign.opens)} đến hết "
        f"{format_date(campaign.closes)}",
        style="bold",
        markup=False,
    )
    stages = Table("Giai đoạn", "Mở", "Ngày cuối", "Thời hạn", "Số ngày làm việc", show_lines=True)
    for stage in campaign.stages:
        stages.add_row(
            f"{stage.title}\n({stage.owner})",
            format_day(stage.opens),
            format_day(stage.last_day),
            stage.last_moment,
            str(stage.working_days),
        )
    console.print(stages, soft_wrap=False)
    if campaign.odd_days:
        days = "; ".join(
            f"{format_day(line.day)}: {'làm việc' if line.worked else 'nghỉ'} ({line.why})"
            for line in campaign.odd_days
        )
        console.print(f"Ngày khác lịch tuần: {days}.", markup=False)
    titles = {stage.stage: stage.title for stage in campaign.stages}
    for ladder in campaign.ladders:
        steps = Table("Ngày làm việc", "Lúc", "Việc", "Gửi", "Giọng")
        for step in ladder.steps:
            steps.add_row(
                f"{step.at:+d}" if step.at else "0",
                f"{step.moment:%H:%M} {format_day(step.moment.date())}",
                step.kind if step.sent else f"{step.kind} (không gửi: ngoài thời gian của giai đoạn, của đợt)",
                step.to + (f"; sao gửi {', '.join(step.copies)}" if step.copies else ""),
                step.tone + (f", mẫu «{step.template}»" if step.template else ""),
            )
        console.print(
            f"\nNhắc, đôn đốc «{ladder.ladder}», {titles[ladder.stage]}, ngày cuối {format_day(ladder.last_day)}: "
            + "; ".join(ladder.blocks),
            markup=False,
        )
        console.print(steps, soft_wrap=False)


def _sending_hours(plan: Plan) -> str:
    quiet = plan.quiet
    return "" if quiet.start == quiet.end else f", ngoài giờ nghỉ {quiet.start:%H:%M} - {quiet.end:%H:%M}"
