"""`soket backup` and `soket restore`: a copy of the record of the embedded stack, and a stack that goes on from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session


def backup(
    target: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu, ví dụ /sao-luu/soket-2026-11-28.tar.")],
    state: session.StateOption = None,
) -> None:
    """Sao lưu kho tệp và các khóa của hệ thống đã tắt vào một tệp chỉ chủ tệp đọc được.

    Kho tệp là hồ sơ: khôi phục nó là đủ để chạy tiếp. Lịch sử lượt chạy của Airflow không nằm trong đó.
    """
    from soket.stack.backup import NothingToKeepError, back_up
    from soket.stack.state import BusyError, State

    place = State.locate(state)
    if not place.exists():
        raise typer.BadParameter(f"Chưa có hệ thống nào ở {place.root}.")
    try:
        size = back_up(place, target)
    except BusyError:
        raise typer.BadParameter("Hệ thống đang chạy, bản sao sẽ dở dang: `soket down`, rồi sao lưu.") from None
    except NothingToKeepError:
        raise typer.BadParameter(f"Chưa có kho tệp nào ở {place.root}.") from None
    typer.echo(
        f"Đã sao lưu {place.root} vào {target} ({max(1, size >> 20)} MB). Có khóa trong đó: mã hóa, để nơi khác."
    )


def restore(
    copy: Annotated[Path, typer.Argument(metavar="TỆP", exists=True, dir_okay=False, help="Tệp của `soket backup`.")],
    state: session.StateOption = None,
    bucket_alone: Annotated[
        bool, typer.Option("--bucket-alone", help="Chỉ lấy kho tệp; mọi khóa, mật khẩu tạo mới.")
    ] = False,
) -> None:
    """Khôi phục một bản sao lưu vào thư mục trạng thái còn trống; sau đó `soket up` là chạy tiếp."""
    from soket.stack.backup import NotEmptyError, SpoiltCopyError
    from soket.stack.backup import restore as put_back
    from soket.stack.state import BusyError, NotOursError, State

    place = State.locate(state)
    try:
        files = put_back(copy, place, bucket_alone=bucket_alone)
    except (NotEmptyError, NotOursError, BusyError):
        raise typer.BadParameter(f"{place.root} đã có dữ liệu: khôi phục vào thư mục khác bằng --state.") from None
    except SpoiltCopyError as spoilt:
        raise typer.BadParameter(f"Bản sao lưu hỏng ở {spoilt}: dùng bản khác. Chưa khôi phục gì.") from None
    typer.echo(f"Đã khôi phục {files} tệp vào {place.root}. Tiếp theo: `soket up`.")
    if bucket_alone:
        typer.echo("Khóa của đơn vị phải cấp lại: `soket keys issue`. Đường dẫn trang nộp đã gửi vẫn dùng được.")
