"""`soket receipt verify`: whether a receipt that a unit kept is what was printed and what is on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from soket.cli import session
from soket.record.keeping import read_register
from soket.record.proof import NoReceiptError, ProvenReceipt, receipt_by_code, receipt_in
from soket.text import format_date

app = typer.Typer(help="Biên nhận điện tử của đơn vị.", no_args_is_help=True)

_LARGEST = 20_000_000  # bytes; a receipt has some thousands


@app.callback()
def _receipts() -> None:
    """Keep `verify` a word of its own, though it is the only one."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="BIÊN_NHẬN", help="Biên nhận đã tải về (.html).", dir_okay=False)],
    root: Annotated[str, typer.Option(help="Gốc cây băm của ngày, chép từ bản tin sáng hoặc báo cáo tuần.")] = "",
    document: Annotated[list[Path] | None, typer.Option(help="Tệp hồ sơ cần đối chiếu; ghi được nhiều lần.")] = None,
    bucket: Annotated[bool, typer.Option("--bucket", help="So cả với sổ trong kho dữ liệu.")] = False,
    state: session.StateOption = None,
) -> None:
    """Kiểm tra một biên nhận; không có --bucket thì không cần hệ thống đang chạy. Mã thoát 1 khi có điểm không khớp."""
    receipt = _read(file)
    told = receipt.told
    typer.echo(
        f"Biên nhận {receipt.code}: đơn vị {told['unit']}, lần nộp {told['number']}, nhận {told['received_at']}."
    )
    found = [*_printed(receipt, root), *_files(receipt, document or ())]
    if bucket:
        found += _on_record(receipt, state)
    for right, words in found:
        typer.echo(f"{'Khớp' if right else 'KHÔNG KHỚP'}: {words}")
    if not all(right for right, _ in found):
        raise typer.Exit(1)


def _read(file: Path) -> ProvenReceipt:
    try:
        return receipt_in(file.read_bytes()[:_LARGEST].decode())
    except (OSError, UnicodeDecodeError):
        why = "không đọc được tệp"
    except NoReceiptError as error:
        why = str(error)
    raise typer.BadParameter(f"{file.name}: {why}", param_hint="BIÊN_NHẬN")


def _printed(receipt: ProvenReceipt, root: str) -> Iterator[tuple[bool, str]]:
    """Hold the receipt against its path, and the path's end against what was printed."""
    proof = receipt.proof
    if proof is None:
        typer.echo("Biên nhận tải về trước khi lập cây băm của ngày: tải lại sau 07 giờ 30 hôm sau để có đường dẫn.")
        if root:
            yield False, "biên nhận chưa có đường dẫn để so với gốc đã in"
        return
    yield receipt.leads_to_root, f"đường dẫn đến gốc của cây băm ngày {format_date(proof.day)}: {proof.root}"
    if root:
        yield "".join(root.split()).lower() == proof.root, "gốc đã in"


def _files(receipt: ProvenReceipt, documents: Sequence[Path]) -> Iterator[tuple[bool, str]]:
    """Hold files against the hashes that the receipt names."""
    known = {file["sha256"]: file["name"] for file in receipt.told["files"]}
    for path in documents:
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            raise typer.BadParameter(f"{path}: không đọc được tệp", param_hint="--document") from None
        yield digest in known, f"{path.name}" + (f" là «{known[digest]}»" if digest in known else f", mã băm {digest}")


def _on_record(receipt: ProvenReceipt, state: Path | None) -> Iterator[tuple[bool, str]]:
    """Hold the receipt against the bucket: its code, and the root that is on record."""
    told = receipt.told
    workspace = session.workspace(str(told["plan"]), str(told["campaign"]), state)
    register = read_register(workspace, keep=False)
    own = receipt_by_code(workspace, register, receipt.code)
    same = own is not None and (own.unit, own.number) == (told["unit"], told["number"])
    yield same, "mã biên nhận trong sổ"
    if receipt.proof:
        roots = {tree.day: tree.root for tree in register.trees}
        yield roots.get(receipt.proof.day) == receipt.proof.root, "gốc trong sổ"
