"""`soket init-production`: the secrets that docker-compose.yml mounts, each in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

LACKING = 1

# Where docker-compose.yml stands: `secrets` is the folder's name there, whatever a container calls it.
_AFTER = {
    "postgres_password": (
        "Cho cơ sở dữ liệu biết trước (mật khẩu không hiện trên dòng lệnh):",
        r"""  { printf "ALTER ROLE soket PASSWORD '"; cat secrets/postgres_password; printf "'"; } |""",
        "    docker compose exec -T postgres psql -U soket soket",
    ),
    "fernet_key": (
        "Khóa cũ còn nằm sau khóa mới trong tệp. Mã hóa lại bằng khóa mới, sau khi khởi động lại:",
        "  docker compose run --rm init airflow rotate-fernet-key",
    ),
}


def init_production(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục giữ mật khẩu, khóa.")] = Path("secrets"),
    rotate: Annotated[str | None, typer.Option("--rotate", metavar="TÊN", help="Đổi một mật khẩu, khóa.")] = None,
    owner: Annotated[
        int | None, typer.Option("--owner", help="Số hiệu tài khoản chạy soket trong container (chạy bằng root).")
    ] = None,
) -> None:
    """Tạo mọi mật khẩu, khóa mà docker-compose.yml cần, mỗi thứ một tệp chỉ chủ tệp đọc được; không ghi đè tệp nào.

    Mã thoát 1: còn thiếu thứ do nơi khác cấp.
    """
    from soket.stack import production

    user = production.USER if owner is None else owner
    if rotate is not None:
        _rotate(folder, rotate, user)
        return
    made = production.make_all(folder, _ask, user)
    for names, word in ((made.new, "đã tạo"), (made.kept, "đã có"), (made.lacking, "CÒN THIẾU")):
        for name in names:
            typer.echo(f"{word:<10} {name:<18} {production.SECRETS[name].what}")
    typer.echo(f"\n{folder.absolute()}: thư mục 0700, mỗi tệp 0600. Sao lưu thư mục này, mã hóa, ở nơi khác.")
    if os.geteuid() not in (0, user):
        typer.echo(f"Container chạy bằng tài khoản {user}, không đọc được tệp của bạn: chạy lại bằng sudo.", err=True)
    if made.lacking:
        for name in made.lacking:
            typer.echo(
                f"Ghi {name} vào {folder / name}, hoặc chạy lại trên màn hình lệnh để được hỏi: chưa có thì Compose "
                "không khởi động.",
                err=True,
            )
        raise typer.Exit(LACKING)
    _say(("Tiếp theo: điền .env (mẫu ở .env.example), rồi", "  docker compose up --build --detach"))


def _rotate(folder: Path, name: str, user: int) -> None:
    from soket.stack import production

    if name not in production.SECRETS:
        raise typer.BadParameter(f"Không có «{name}». Có: {', '.join(production.SECRETS)}.")
    if not production.is_there(folder / name):
        raise typer.BadParameter(f"Chưa có {folder / name}: chạy `soket init-production` trước.")
    if name == "webhooks":
        raise typer.BadParameter(f"Địa chỉ kênh báo do người vận hành ghi: sửa {folder / name}.")
    if not production.rotate(folder, name, _ask, user):
        raise typer.BadParameter(f"{name} do nơi khác cấp: chạy trên màn hình lệnh để được hỏi, hoặc ghi vào tệp.")
    typer.echo(f"Đã đổi {name}. Hệ thống đang chạy còn dùng cái cũ.")
    steps = _AFTER.get(name, ())
    restart = ("Khởi động lại, container mới đọc tệp mới:", "  docker compose up --detach --force-recreate")
    _say((*restart, *steps) if name == production.FERNET else (*steps, *restart))


def _ask(name: str) -> str | None:
    """Ask whoever sits at the terminal for what soket cannot make; None where nobody does."""
    from soket.stack.production import SECRETS

    if not sys.stdin.isatty():
        return None
    typed: str = typer.prompt(f"{name} ({SECRETS[name].what})", hide_input=True, confirmation_prompt=True)
    return typed


def _say(lines: Sequence[str]) -> None:
    typer.echo("\n".join(lines))
