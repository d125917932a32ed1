"""`soket directory`: what is wrong with a directory, a sheet made of it, what an office's own sheet would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soket.cli import session
from soket.cli.session import JsonOption

if TYPE_CHECKING:
    from soket.directory.changes import Changes
    from soket.directory.sheet import SheetRow
    from soket.plan.directory import Directory, DirectoryFile

_MOST_BYTES = 25 << 20  # of a sheet

app = typer.Typer(help="Danh bạ: kiểm tra, xuất ra Excel, cập nhật từ Excel.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="TÊN", help="Tên danh bạ: tên tệp, không có «.yaml».")]


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[TÊN]...", help="Tên danh bạ; bỏ trống: mọi danh bạ.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra danh bạ: chỗ sai, hộp thư dùng chung, địa chỉ ngoài tên miền công vụ, đơn vị thiếu thủ trưởng.

    Mã thoát: 0 không lỗi, 1 có lỗi, 2 gọi lệnh sai.
    """
    from soket.cli.plan import fault_data, fault_text, new_console
    from soket.plan.directory import directory_names, doubts_of

    files = [session.the_directory(name) for name in names or directory_names()]
    doubts = [each for file in files for each in doubts_of(file)]
    faults = [each for file in files for each in file.faults]
    if as_json:
        told = {"ok": not faults, "faults": [*map(fault_data, faults)], "doubts": [*map(fault_data, doubts)]}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        console = new_console()
        for each in faults:
            console.print(fault_text(each), end="\n\n")
        for each in doubts:
            console.print(fault_text(each, "yellow"), end="\n\n")
        for file in files:
            if file.made:
                offices, units = len(file.made.offices), len(file.made.units)
                odd = sum(each.file == file.file for each in doubts)
                more = f"; {odd} chỗ nên xem lại" if odd else ""
                typer.echo(f"{file.file.stem}: không có lỗi ({offices} cơ quan, {units} đơn vị){more}.")
            else:
                typer.echo(f"{file.file.stem}: {len(file.faults)} chỗ cần sửa.")
    raise typer.Exit(1 if faults else 0)


@app.command()
def export(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(metavar="TỆP.xlsx", help="Tệp Excel sẽ ghi.")],
) -> None:
    """Xuất danh bạ ra Excel, mỗi cơ quan, đơn vị một dòng, để rà soát rồi nhập lại."""
    from soket.directory.export import workbook_of

    try:
        file.write_bytes(workbook_of(_sound(session.the_directory(name))))
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được «{file}»: {error.strerror}.", param_hint="TỆP.xlsx") from None
    typer.echo(file)


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="TỆP", exists=True, dir_okay=False, help="Bảng của cơ quan (.xlsx, .xls, .ods, .csv)."),
    ],
    into: Annotated[str, typer.Option("--into", metavar="TÊN", help="Danh bạ được cập nhật.")],
    write: Annotated[
        bool, typer.Option("--write", help="Ghi vào danh bạ; không ghi mục này thì chỉ xem trước.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Xem một bảng có sẵn của cơ quan sẽ đổi gì trong danh bạ; thêm --write thì ghi.

    Cột tìm theo tiêu đề (Tên đơn vị, Người đầu mối, Thư điện tử, Điện thoại, Thủ trưởng, …); ô trống thì giữ như cũ.
    Mã thoát: 0 xong, 1 danh bạ đang có lỗi hoặc sẽ có lỗi nếu ghi, 2 không đọc được bảng.
    """
    from soket.directory.changes import changes_of
    from soket.directory.writing import write as write_into

    target = session.the_directory(into)
    directory = _sound(target)
    changes = changes_of(directory, _rows(file))
    if as_json:
        typer.echo(json.dumps(_data(changes, written=write and bool(changes)), ensure_ascii=False))
    else:
        _print(changes)
    if write and changes:
        try:
            write_into(target, changes)
        except OSError as error:
            raise typer.BadParameter(
                f"Không ghi được «{target.file}»: {error.strerror}.", param_hint="--into"
            ) from None
    if as_json:
        return
    if not changes:
        typer.echo("Danh bạ không có gì phải đổi.")
    elif write:
        typer.echo(f"Đã ghi vào {target.file}. Mọi kế hoạch dùng danh bạ này và thư chưa gửi lấy theo từ lần chạy tới.")
    else:
        typer.echo("Mới xem trước, chưa ghi gì. Đúng thì chạy lại với --write.")


def _sound(file: DirectoryFile) -> Directory:
    if file.made is None:
        for each in file.faults:
            typer.echo(each, err=True)
        raise typer.Exit(1)
    return file.made


def _rows(file: Path) -> list[SheetRow]:
    """Return what a sheet names, read under the guards and limits that units' files are read under."""
    from soket.directory.sheet import UnknownSheetError, rows_of
    from soket.faults import fault_of
    from soket.reading.kinds import FileKind, extension_of, kind_of
    from soket.reading.pool import ReaderPool
    from soket.reading.reader import UnreadFileError

    size = file.stat().st_size if file.is_file() else None
    if size is None or size > _MOST_BYTES:
        large = f"tệp quá lớn ({(size or 0) >> 20} MB, tối đa {_MOST_BYTES >> 20} MB)"
        raise typer.BadParameter(f"«{file.name}»: {'không phải một tệp' if size is None else large}.", param_hint="TỆP")
    if kind_of(file.name) is not FileKind.TABLE:
        raise typer.BadParameter(f"«{file.name}» không phải bảng tính (.xlsx, .xls, .ods, .csv).", param_hint="TỆP")
    try:
        with ReaderPool(1) as readers:
            content = readers.read(extension_of(file.name), file.read_bytes())
        return rows_of(content)
    except UnreadFileError as error:
        raise typer.BadParameter(f"Không đọc được «{file.name}»: {error}.", param_hint="TỆP") from None
    except UnknownSheetError as error:
        found = [fault_of(each, file.name).message for each in content.findings]
        words = "; ".join([*found, str(error)])
        raise typer.BadParameter(f"«{file.name}»: {words}.", param_hint="TỆP") from None


def _print(changes: Changes) -> None:
    for each in changes.changed:
        typer.echo(f"Đổi    {each.name} ({each.code}), {each.label}: {each.old or '(trống)'} → {each.new}")
    for unit in changes.added:
        typer.echo(f"Thêm   {unit.parts['name']}, mã {unit.code}, nhóm {unit.group}: {unit.parts['contact.email']}")
    for body in changes.missing:
        typer.echo(f"Vắng   {body.name} ({body.code}): bảng không có, danh bạ giữ nguyên")
    for words in changes.told:
        typer.echo(f"Xem    {words}")
    typer.echo(
        f"{len(changes.changed)} chỗ đổi, {len(changes.added)} đơn vị thêm, {len(changes.missing)} nơi bảng không có, "
        f"{len(changes.told)} điều phải xem."
    )


def _data(changes: Changes, *, written: bool) -> dict[str, object]:
    return {
        "changed": [
            {"row": each.row, "code": each.code, "part": each.part, "old": each.old, "new": each.new}
            for each in changes.changed
        ],
        "added": [{"row": each.row, "code": each.code, "group": each.group, **each.parts} for each in changes.added],
        "missing": [body.code for body in changes.missing],
        "told": changes.told,
        "written": written,
    }
