"""`soket mail hold` and `soket mail release`: the switch for all mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session


def hold(
    reason: Annotated[str, typer.Option("--reason", help="Vì sao tạm dừng.")],
    state: session.StateOption = None,
) -> None:
    """Tạm dừng gửi mọi thư của mọi kế hoạch; thư vẫn được lập và nằm trong hộp chờ."""
    _throw(state, held=True, reason=reason)


def release(
    reason: Annotated[str, typer.Option("--reason", help="Vì sao gửi lại.")] = "",
    state: session.StateOption = None,
) -> None:
    """Cho gửi thư trở lại; lời nhắc cũ được lập lại hoặc rút, không gửi dồn."""
    _throw(state, held=False, reason=reason)


def _throw(state: Path | None, *, held: bool, reason: str) -> None:
    import getpass

    from soket.notices.ledger import real_now
    from soket.notices.switch import throw
    from soket.store.connect import StoreSettings, open_store

    session.enter(state)
    store = open_store(StoreSettings.from_environment())
    done = throw(store, held=held, by=getpass.getuser(), reason=reason, at=real_now())
    what = "tạm dừng gửi thư" if held else "gửi thư trở lại"
    typer.echo(f"Đã {what}." if done else f"Không đổi gì: đã {what} từ trước.")
