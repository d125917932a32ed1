"""`soket archive`: what was kept of a closed campaign, held against its manifest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session
from soket.text import format_number

app = typer.Typer(help="Hồ sơ lưu trữ của một đợt đã khép lại: kiểm tra, xuất ra.", no_args_is_help=True)


@app.command()
def verify(
    place: Annotated[
        Path | None,
        typer.Argument(exists=True, metavar="HỒ_SƠ", help="Thư mục hoặc tệp .zip đã xuất (bỏ trống: hồ sơ trong kho)."),
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
    as_json: session.JsonOption = False,
) -> None:
    """Tính lại mã SHA-256 của mọi tệp trong hồ sơ lưu trữ; nêu tệp thiếu, tệp đã đổi, tệp ngoài bảng kê.

    Mã thoát: 0 nguyên vẹn, 1 có tệp thiếu, đã đổi hoặc (trong thư mục, .zip) ngoài bảng kê, 2 gọi lệnh sai, chưa có hồ
    sơ. Kho còn ghi thêm sau khi lưu trữ: tệp ngoài bảng kê ở đó thì chỉ nêu.
    """
    from soket.documents.archive_check import NoArchiveError, check_bucket, check_place

    try:
        checked = check_place(place) if place else check_bucket(session.workspace(plan, campaign, state))
    except NoArchiveError as error:
        raise typer.BadParameter(str(error), param_hint="HỒ_SƠ" if place else None) from None
    wrong = [("Thiếu", key) for key in checked.missing] + [("Đã đổi", key) for key in checked.changed]
    extra = [("Ngoài bảng kê", key) for key in checked.unnamed]
    failed = bool(wrong or (extra and place))
    if as_json:
        typer.echo(json.dumps({**asdict(checked), "whole": not failed}, ensure_ascii=False))
    else:
        for what, key in wrong + extra:
            typer.echo(f"{what}: {key}")
        typer.echo(f"Mã SHA-256 của manifest.json: {checked.digest}. So với mã in trong bảng kê hồ sơ.")
        same = format_number(checked.named - len(wrong))
        whole = "Hồ sơ có chỗ sai" if failed else "Hồ sơ nguyên vẹn"
        typer.echo(f"{whole}: {same}/{format_number(checked.named)} tệp khớp mã.")
    raise typer.Exit(1 if failed else 0)


@app.command()
def export(
    out: Annotated[
        Path, typer.Argument(metavar="NƠI_GHI", help="Thư mục mới, hoặc tệp .zip (tên kết thúc bằng .zip).")
    ],
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Xuất hồ sơ lưu trữ ra một thư mục hoặc tệp .zip, có trang index.html xem được khi không có mạng.

    Xuất lại thì được đúng các byte ấy. Mã thoát: 0 đủ, 2 gọi lệnh sai, chưa có hồ sơ, hoặc hồ sơ không còn nguyên vẹn.
    """
    from soket.documents.archive_check import NoArchiveError
    from soket.documents.archive_export import export as write

    try:
        count = write(session.workspace(plan, campaign, state), out)
    except NoArchiveError as error:
        raise typer.BadParameter(str(error)) from None
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được «{out}»: {error.strerror}.", param_hint="NƠI_GHI") from None
    typer.echo(f"Đã xuất {format_number(count)} tệp vào {out}.")
