"""`soket documents`: measures Word files against the form of documents, and checks an office's templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from soket import clock as clocks
from soket.cli.session import JsonOption

app = typer.Typer(help="Văn bản: đo thể thức một tệp Word; kiểm tra mẫu và thể thức của cơ quan.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `form` a sub-command."""


@app.command()
def form(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="TỆP", help="Tệp Word (.docx).")],
    edition: Annotated[
        str | None, typer.Option("--edition", help="Thể thức (bỏ trống: theo tiêu đề và ngày của văn bản).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi một bản sao có nhận xét (Comment) ở từng chỗ vào tệp này.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Đo thể thức một tệp Word: khổ giấy, lề, phông, cỡ chữ, số, ngày, trích yếu, lời văn, chữ ký, nơi nhận, số trang.

    Mã thoát: 0 đúng thể thức, 1 có chỗ khác, 2 gọi lệnh sai hoặc tệp không đọc được.
    """
    from soket.documents.measuring import UnmeasuredError, edition_for, look_at, measure, remarked_copy
    from soket.plan.edition_files import NoEditionError, edition_named
    from soket.plan.fault import PlanError
    from soket.reading.pool import ReaderPool

    content = file.read_bytes()
    with ReaderPool(1) as readers:
        try:
            paper = look_at(readers, content)
            chosen = edition_named(edition) if edition else edition_for(paper, clocks.from_environment().now().date())
        except UnmeasuredError as error:
            raise typer.BadParameter(str(error), param_hint="TỆP") from None
        except (NoEditionError, PlanError) as error:
            raise typer.BadParameter(str(error), param_hint="--edition") from None
        misfits = measure(paper, chosen)
        if out is not None:
            try:
                out.write_bytes(remarked_copy(readers, content, misfits))
            except OSError as error:
                raise typer.BadParameter(f"Không ghi được «{out}»: {error.strerror}.", param_hint="--out") from None
    if as_json:
        told = [{"rule": each.rule, "paragraph": each.place, "message": each.words} for each in misfits]
        typer.echo(json.dumps({"edition": chosen.id, "misfits": told}, ensure_ascii=False))
    else:
        typer.echo(f"{file}: đo theo {chosen.title} ({chosen.id}){'; nguồn thứ cấp' if chosen.secondary else ''}.")
        for each in misfits:
            typer.echo(f"- {each.words}")
        typer.echo(f"{len(misfits)} chỗ khác thể thức." if misfits else "Đúng thể thức ở mọi điều đo được.")
    raise typer.Exit(1 if misfits else 0)
