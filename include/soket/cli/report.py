"""`soket report check`: what intake would say of files; `soket checks docs`: what the rules found in what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from json import dumps
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from soket import clock as clocks
from soket.cli import session
from soket.clock import FrozenClock
from soket.intake.check_pages import PagesFailedError, file_pages, write_pages
from soket.intake.judge import judge
from soket.intake.receive import receive
from soket.intake.validation import Validator
from soket.plan.model import Campaign, Duty, Plan, Severity, Unit
from soket.plan.words import SEVERITIES
from soket.reading.kinds import FileKind, kind_of
from soket.record.keeping import read_register
from soket.record.parsed import named_by, read_parsed
from soket.record.records import ParsedReport, Ruling, Verdict
from soket.record.words import RULINGS, submission_word
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

_RULING_STYLES = {
    Ruling.ACCEPTED: "green",
    Ruling.ACCEPTED_WITH_WARNINGS: "yellow",
    Ruling.REFERRED: "magenta",
    Ruling.RETURNED: "red",
}
_SEVERITY_STYLES = {
    Severity.CRITICAL: "red",
    Severity.REFER: "magenta",
    Severity.WARNING: "yellow",
    Severity.INFO: "default",
}

UNJUDGED = 3  # the exit code of a failure of ours


class UnjudgedError(RuntimeError):
    """Our own code failed on the files."""


@dataclass(frozen=True)
class Judged:
    """What intake says of files, and what it read out of them."""

    verdict: Verdict
    parsed: ParsedReport
    by_arithmetic: bool = False

    def to_json(self) -> str:
        """Return the verdict with every figure and section that was read."""
        read = self.parsed.model_dump(mode="json", include={"figures", "sections"})
        return dumps(self.verdict.model_dump(mode="json") | read, ensure_ascii=False, indent=1)


app = typer.Typer(help="Báo cáo: kiểm tra tệp trước khi gửi.", no_args_is_help=True)
checks = typer.Typer(help="Kiểm tra số liệu: kết quả chạy các quy tắc của kế hoạch.", no_args_is_help=True)


@app.callback()
@checks.callback()
def _group() -> None:
    """Keep `check` and `docs` sub-commands, though each is the only one."""


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(exists=True, metavar="TỆP", help="Tệp, thư mục của một bộ hồ sơ.")],
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Mã đơn vị gửi.")] = None,
    json: session.JsonOption = False,
) -> None:
    """Chấm một bộ hồ sơ như khi tiếp nhận, ngay trên máy này, không gửi đi.

    Thư mục được lấy cả các tệp trong thư mục con. Kết luận giống khi nộp thật; riêng điều phải so với đơn vị khác thì
    chỉ khi nộp mới biết.

    Mã thoát: 0 được tiếp nhận, 1 bị trả lại, 2 gọi lệnh sai, 3 hệ thống không chấm được.
    """
    files = files_of(paths)
    if not files:
        raise typer.BadParameter(f"Không có tệp nào trong {', '.join(map(str, paths))}.", param_hint="TỆP")
    whole = session.the_plan(plan)
    now = clocks.from_environment().now()
    when = session.the_campaign(whole, campaign) if campaign else whole.present_campaign(now)
    chosen = whole.in_campaign(when)
    sender = _unit(chosen, unit, files)
    try:
        judged = judge_offline(chosen, when, sender, {name: path.read_bytes() for name, path in files.items()})
    except UnjudgedError as failure:
        typer.echo(
            f"Hệ thống không chấm được, không phải lỗi của hồ sơ; báo người phát triển: {failure}",
            err=True,
        )
        raise typer.Exit(UNJUDGED) from None
    if judged.by_arithmetic:
        typer.echo("(Great Expectations không chạy được: quy tắc được kiểm bằng phép tính thường.)", err=True)
    if json:
        typer.echo(judged.to_json())
    else:
        _print(chosen, sender, judged.verdict, files, guessed=unit is None)
    raise typer.Exit(code=int(judged.verdict.ruling is Ruling.RETURNED))


@checks.command()
def docs(
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi vào thư mục này, thay vì vào kho cho bảng theo dõi.")
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Lập các trang kết quả (Data Docs của Great Expectations), mở được khi không có mạng."""
    workspace = session.workspace(plan, campaign, state)
    try:
        count = write_pages(workspace, out) if out else file_pages(workspace)
    except PagesFailedError as failure:
        typer.echo(f"Great Expectations không chạy được nên chưa lập được trang: {failure}", err=True)
        raise typer.Exit(UNJUDGED) from None
    where = (
        str(out / "index.html")
        if out
        else f"bảng theo dõi, /soket/{workspace.plan.id}/{workspace.campaign.code}/checks/index.html"
    )
    typer.echo(f"Đã lập trang cho {count} lượt kiểm tra: {where}")
    if unasked := list(workspace.store.list(workspace.keys.check_run(asked=False))):
        typer.echo(f"{len(unasked)} lượt được kiểm bằng phép tính thường, chờ Great Expectations kiểm lại.")


def files_of(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the files to send by the names they have in the inbox: those of a folder with their place in it."""
    named = [
        (str(file.relative_to(path)) if path.is_dir() else path.name, file)
        for path in paths
        for file in (sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path])
    ]
    if len({name for name, _ in named}) == len(named):
        return dict(named)
    # Files of one name from several places are all looked at: a folder each.
    return {f"{index:03d}/{name}": file for index, (name, file) in enumerate(named)}


def judge_offline(plan: Plan, campaign: Campaign, unit: Unit, files: Mapping[str, bytes]) -> Judged:
    """Judge files as if the unit had dropped them in time, on a store in memory."""
    moment = campaign.stages[plan.stage_of(unit).id].opening
    store = MemoryStore(clock=lambda: moment.astimezone(UTC))
    workspace = Workspace(plan, campaign, store, FrozenClock(moment))
    for name, data in files.items():
        store.put(workspace.keys.inbox_folder(unit.code) + name, data)
    with Validator() as validator:
        receive(workspace, read_register(workspace), settle=timedelta(0), now_real=moment + timedelta(hours=1))
        verdicts = judge(workspace, read_register(workspace), validator=validator)
    for attempt in read_register(workspace).failures:
        raise UnjudgedError(f"{attempt.error}: {attempt.detail}")
    (verdict,) = verdicts
    (parsed,) = read_parsed(store, workspace.keys, named_by(verdicts)).values()
    return Judged(verdict, parsed, any(store.list(workspace.keys.check_run(asked=False))))


def _unit(plan: Plan, code: str | None, files: Iterable[str]) -> Unit:
    """Return the unit named or, without one, the first that owes a report made of such files."""
    if code is not None:
        try:
            return plan.unit(code)
        except KeyError:
            raise typer.BadParameter(f"Kế hoạch «{plan.id}» không có đơn vị «{code}».", param_hint="--unit") from None
    with_table = any(kind_of(name) is FileKind.TABLE for name in files)
    reporting = [unit for unit in plan.units if unit.owes is Duty.REPORT]
    return next((unit for unit in reporting if (plan.form_of(unit) is not None) == with_table), plan.units[0])


def _print(plan: Plan, unit: Unit, verdict: Verdict, files: Mapping[str, Path], *, guessed: bool) -> None:
    console = Console(highlight=False)
    ruling = f"[{_RULING_STYLES[verdict.ruling]}]{RULINGS[verdict.ruling].label}[/]"
    console.print(f"{ruling}: {submission_word(plan, verdict.kind).phrase} của {escape(unit.name)}, {len(files)} tệp.")
    if guessed:
        console.print("(Chấm theo yêu cầu đối với đơn vị trên; dùng --unit để chấm đúng đơn vị gửi.)", style="dim")
    for fault in verdict.faults:
        where = ", ".join(part for part in (fault.file, fault.where or fault.place) if part) or "cả bộ hồ sơ"
        severity = f"[{_SEVERITY_STYLES[fault.severity]}]{SEVERITIES[fault.severity].phrase}[/]"
        console.print(f"\n{severity}  [dim]{fault.code}[/]  {escape(where)}")
        for text in (fault.message, fault.advice):
            if text:
                console.print(Padding(Text(text), (0, 0, 0, 4)))
