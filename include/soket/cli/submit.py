"""`soket submit`: drop a unit's files into its inbox folder, with the unit's own credentials."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session
from soket.stack.from_plans import folder_of
from soket.store.connect import StoreSettings, open_store
from soket.text import nfc


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

    workspace = session.workspace(plan, campaign, state)
    known = {each.code for each in workspace.plan.units} | {each.code for each in workspace.plan.offices}
    if unit not in known:
        raise typer.BadParameter(f"Không có đơn vị «{unit}» trong kế hoạch {plan}.")
    service = StoreSettings.from_environment()
    folder = folder_of(workspace.plan, workspace.campaign, unit)
    access_key, secret_key = folder_credentials(State.locate(state), folder.name)
    store = open_store(StoreSettings(service.endpoint_url, access_key, secret_key, service.bucket, service.region))
    for file in files:
        key = workspace.keys.inbox_folder(unit) + nfc(file.name)
        store.put(key, file.read_bytes())
        typer.echo(f"Đã nộp {file.name} vào {key}")
