"""`soket keys` and `soket submit`: the keys with which units and offices reach their folders, and a drop with one."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soket.cli import session
from soket.record.sending import UPLOAD_VARIABLE

if TYPE_CHECKING:
    from soket.plan.model import Office, Unit
    from soket.record.workspace import Workspace
    from soket.stack.credentials import KeyPair
    from soket.stack.spec import Folder
    from soket.stack.state import State

Owner = Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị hoặc cơ quan.")]

app = typer.Typer(help="Khóa vào thư mục nộp của đơn vị, cơ quan: cấp, thu hồi, xem.", no_args_is_help=True)


@app.command()
def issue(
    owner: Owner,
    mail: Annotated[bool, typer.Option("--mail", help="Gửi đường dẫn tới đầu mối của đơn vị, không in ra.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi phiếu có mã bí mật ra tệp này (chỉ chủ tệp đọc được).")
    ] = None,
    show_sheet: Annotated[bool, typer.Option("--print", help="In phiếu có mã bí mật ra màn hình.")] = False,
    address: Annotated[
        str | None,
        typer.Option("--address", envvar="SOKET_S3_ADDRESS", help="Địa chỉ kho nhìn từ máy của đơn vị."),
    ] = None,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Cấp khóa mới, giao bằng đường dẫn xem một lần; khóa cũ và đường dẫn cũ không dùng được nữa."""
    from soket.cli.key_sheet import sheet
    from soket.record.handover import end_handovers
    from soket.record.sending import handover_link
    from soket.stack import folder_keys
    from soket.stack.state import State, write_private
    from soket.store.connect import StoreSettings

    if sum((mail, out is not None, show_sheet)) > 1:
        raise typer.BadParameter("Chỉ chọn một cách giao: --mail, --out hoặc --print; không chọn thì in đường dẫn.")
    if show_sheet and not sys.stdout.isatty():
        raise typer.BadParameter("Phiếu có mã bí mật, không in vào nhật ký: chạy trên màn hình lệnh, hoặc dùng --out.")
    workspace, holder, folder = _find(owner, plan, campaign, state)
    by_link = out is None and not show_sheet
    if by_link and handover_link(workspace.plan, workspace.campaign.code, owner, "") is None:
        raise typer.BadParameter(
            f"Chưa có trang nộp hồ sơ để xem khóa: đặt {UPLOAD_VARIABLE}, hoặc giao phiếu bằng --out TỆP, --print."
        )
    place = State.locate(state)
    pair = folder_keys.issue(place, folder)
    store = StoreSettings.from_environment()
    store = replace(store, endpoint_url=address or store.endpoint_url)
    text = sheet(workspace, holder, store, pair)
    if by_link:
        _hand_over(workspace, holder, pair, text, mail=mail)
    else:
        end_handovers(workspace, owner)
    if out:
        write_private(out, text)
        typer.echo(f"Đã cấp khóa cho «{owner}»; phiếu ở {out}, giao xong thì xóa.")
    elif show_sheet:
        typer.echo(text)
    if "127.0.0.1" in (store.endpoint_url or ""):
        typer.echo("Địa chỉ trên phiếu chỉ dùng được ở chính máy này; địa chỉ cho máy khác: --address.", err=True)
    _remind(place)


def _hand_over(workspace: Workspace, holder: Unit | Office, pair: KeyPair, text: str, *, mail: bool) -> None:
    """Seal a sheet, and print the link that shows it once or, on request, post it to the holder."""
    from soket.notices.compose import key_notice
    from soket.notices.outbox import post
    from soket.notices.server import speaks
    from soket.record.handover import find_handover, hand_over
    from soket.record.sending import handover_link
    from soket.text import format_moment

    token = hand_over(workspace, holder.code, pair.access_key, text)
    found = find_handover(workspace, holder.code, token)
    link = handover_link(workspace.plan, workspace.campaign.code, holder.code, token)
    assert found is not None  # noqa: S101 - it was sealed just now
    assert link is not None  # noqa: S101 - issue has asked
    until = f"xem được một lần, đến {format_moment(found.expires)}"
    if not mail:
        typer.echo(f"Đã cấp khóa cho «{holder.code}». Đường dẫn {until}:\n{link}")
        return
    post(workspace, key_notice(holder, found.id, link, found.expires), suppressed=not speaks(workspace.clock))
    typer.echo(f"Đã cấp khóa cho «{holder.code}»; đường dẫn {until}, gửi tới {holder.contact.email}.")


@app.command()
def revoke(
    owner: Owner,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Thu hồi khóa: không dùng được nữa, cho đến khi cấp khóa mới."""
    from soket.record.handover import end_handovers
    from soket.stack import folder_keys
    from soket.stack.state import State

    workspace, _, folder = _find(owner, plan, campaign, state)
    place = State.locate(state)
    end_handovers(workspace, owner)
    had = folder_keys.revoke(place, folder)
    typer.echo(f"Đã thu hồi khóa của «{owner}»." if had else f"«{owner}» không có khóa nào để thu hồi.")
    _remind(place)


@app.command()
def show(
    owner: Owner,
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Cho biết đơn vị có khóa nào, vào thư mục nào; mã bí mật không in lại."""
    from soket.stack.credentials import folder_credentials
    from soket.stack.state import State

    _, holder, folder = _find(owner, plan, campaign, state)
    pair = folder_credentials(State.locate(state), folder.name)
    typer.echo(f"{holder.name}: khóa {pair.access_key}, thư mục {folder.prefix}. Mất mã bí mật thì cấp khóa khác.")


def submit(
    plan: Annotated[str, typer.Argument(metavar="KẾ_HOẠCH", help="Mã kế hoạch.")],
    unit: Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị hoặc cơ quan.")],
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, metavar="TỆP", help="Các tệp cần nộp.")],
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Nộp tệp thay cho một đơn vị, bằng tài khoản của chính đơn vị đó."""
    from soket.stack.credentials import folder_credentials
    from soket.stack.state import State
    from soket.store.connect import StoreSettings, open_store
    from soket.text import nfc

    workspace, _, folder = _find(unit, plan, campaign, state)
    access_key, secret_key = folder_credentials(State.locate(state), folder.name)
    store = open_store(replace(StoreSettings.from_environment(), access_key=access_key, secret_key=secret_key))
    for file in files:
        key = workspace.keys.inbox_folder(unit) + nfc(file.name)
        store.put(key, file.read_bytes())
        typer.echo(f"Đã nộp {file.name} vào {key}")


def _find(
    code: str, plan: str | None, campaign: str | None, state: Path | None
) -> tuple[Workspace, Unit | Office, Folder]:
    """Return the campaign, the holder and the folder; refuse a code that the plan does not know."""
    from soket.stack.from_plans import folder_of

    workspace = session.workspace(plan, campaign, state)
    owners: list[Unit | Office] = [*workspace.plan.units, *workspace.plan.offices]
    owner = next((each for each in owners if each.code == code), None)
    if owner is None:
        raise typer.BadParameter(f"Không có đơn vị, cơ quan «{code}» trong kế hoạch {workspace.plan.id}.")
    return workspace, owner, folder_of(workspace.plan, workspace.campaign, code)


def _remind(place: State) -> None:
    """Say what is left to do where the store is not ours to tell."""
    if not place.exists():
        typer.echo(
            "Kho tệp nhận thay đổi sau hai lệnh: docker compose run --rm identities; "
            "docker compose kill --signal HUP seaweedfs",
            err=True,
        )
