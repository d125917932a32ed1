"""`soket plan diff`: what changed between two files of a plan, and what happens to a campaign under way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soket.cli import session

if TYPE_CHECKING:
    from soket.plan.changes import Amendment, OnRecord
    from soket.plan.model import Plan

_OTHER = "Mã kế hoạch đổi từ «{old}» thành «{new}» là kế hoạch khác, mọi thư gửi lại từ đầu. Giữ «id: {old}»."
_GONE = "Đợt {code}: không còn trong tệp mới; hồ sơ còn trong kho mà không ai theo dõi nữa. Giữ đợt trong tệp."
_BY_DATES = "Mới tính theo ngày; đối chiếu cả hồ sơ của đợt đang chạy: thêm --on-record."


def register(parent: typer.Typer) -> None:
    """Add the command to the plans' others."""
    parent.command()(diff)


def diff(
    old: Annotated[Path, typer.Argument(metavar="CŨ", help="Tệp kế hoạch đang dùng (.yaml).")],
    new: Annotated[Path, typer.Argument(metavar="MỚI", help="Tệp kế hoạch đã sửa (.yaml).")],
    campaign: session.CampaignOption = None,
    on_record: Annotated[bool, typer.Option("--on-record", help="Đối chiếu với hồ sơ của đợt đang chạy.")] = False,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """So hai tệp kế hoạch: đổi gì, đợt đang chạy ra sao, chỗ nào không đổi được. Mã thoát: 1 khi có chỗ ấy."""
    before, after = _loaded(old), _loaded(new)
    if before.id != after.id:
        raise typer.BadParameter(_OTHER.format(old=before.id, new=after.id), param_hint="MỚI")
    codes = [each.code for each in before.campaigns]
    if campaign is not None and campaign not in codes:
        words = f"Tệp cũ không có đợt «{campaign}». Có: {', '.join(codes)}."
        raise typer.BadParameter(words, param_hint="--campaign")
    told = {code: _changes(before, after, code, on_record, state) for code in ([campaign] if campaign else codes)}
    if as_json:
        typer.echo(json.dumps({code: _data(changes) for code, changes in told.items()}, ensure_ascii=False))
    else:
        _print(told, on_record=on_record)
    raise typer.Exit(any(changes is None or any(each.refused for each in changes) for changes in told.values()))


def _loaded(file: Path) -> Plan:
    from soket.plan.loader import PlanError, load

    try:
        return load(file)
    except PlanError as error:
        typer.echo(f"{error}\nChưa so được: sửa tệp rồi chạy lại.", err=True)
        raise typer.Exit(1) from None


def _changes(old: Plan, new: Plan, code: str, on_record: bool, state: Path | None) -> list[Amendment] | None:
    """Return what changed for a campaign; None where the new file has it no more."""
    from soket.plan.comparing import compare
    from soket.record.editions import of_campaign

    if code not in (each.code for each in new.campaigns):
        return None
    before, after = of_campaign(old, code), of_campaign(new, code)
    return compare(before, after, code, _kept(before, code, state) if on_record else _by_dates(before, code))


def _by_dates(plan: Plan, code: str) -> OnRecord:
    """Return what is on record as far as the calendar tells: that stages whose day has come are open."""
    from soket import clock
    from soket.plan.changes import OnRecord

    now, dates = clock.from_environment().now(), plan.campaign(code).stages
    return OnRecord(now=now, begun=frozenset(stage for stage, each in dates.items() if each.opening <= now))


def _kept(plan: Plan, code: str, state: Path | None) -> OnRecord:
    from soket.record.keeping import read_register
    from soket.stages.changing import on_record

    here = session.workspace(plan.id, code, state)
    return on_record(here.plan, read_register(here), here)


def _print(told: dict[str, list[Amendment] | None], *, on_record: bool) -> None:
    from soket.plan.changes import CHANGES

    for code, changes in told.items():
        if changes is None:
            typer.echo(_GONE.format(code=code))
            continue
        refused = sum(bool(each.refused) for each in changes)
        counted = f"{len(changes)} thay đổi" if changes else "không thay đổi gì"
        typer.echo(f"Đợt {code}: {counted}{f', {refused} chỗ không đổi được' if refused else ''}.")
        for each in changes:
            typer.echo(f"- {each.title}\n  {each.outcome}")
            if not (on_record or each.refused) and (when := CHANGES[each.kind].refused):
                typer.echo(f"  Bị từ chối khi: {when}")
    if not on_record and any(told.values()):
        typer.echo(_BY_DATES)


def _data(changes: list[Amendment] | None) -> list[dict[str, Any]] | None:
    if changes is None:
        return None
    return [{**each.model_dump(mode="json"), "title": each.title, "outcome": each.outcome} for each in changes]
