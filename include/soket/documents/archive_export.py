"""A campaign's archive out of the bucket, as one folder or .zip: the same archive gives the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from soket.documents.archive import Manifest, contents
from soket.documents.archive_check import INDEX, NoArchiveError
from soket.documents.archive_gaps import gaps
from soket.folders import templates_folder
from soket.reading.containers import timeless_entry
from soket.record.commending import names_of_proposals
from soket.record.keeping import read_register
from soket.record.products import INVENTORY, MANIFEST
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import format_size

Write = Callable[[str, bytes], None]


def export(workspace: Workspace, out: Path) -> int:
    """Write a campaign's archive, with a page that shows it offline; return of how many objects.

    Raise NoArchiveError, and leave nothing under the name, where it is not whole or the name is taken.
    """
    store, keys = workspace.store, workspace.keys
    try:
        manifest, listed = store.get(keys.archive(MANIFEST)), store.get(keys.archive(INVENTORY))
    except MissingObjectError:
        raise NoArchiveError("Đợt này chưa lưu trữ: kho chưa có manifest.json hoặc bảng kê.") from None
    files = Manifest.model_validate_json(manifest).files
    with _written(out) as write:
        write(INDEX, _page(workspace, manifest).encode())
        write(keys.archive(INVENTORY), listed)
        write(keys.archive(MANIFEST), manifest)
        for file in files:
            try:
                data = store.get(file.key)
            except MissingObjectError:
                raise NoArchiveError(f"Kho thiếu {file.key}: xem `soket archive verify`.") from None
            if hashlib.sha256(data).hexdigest() != file.sha256:
                raise NoArchiveError(f"Đã đổi sau khi lưu trữ: {file.key}. Xem `soket archive verify`.")
            write(file.key, data)
    return len(files)


def _page(workspace: Workspace, manifest: bytes) -> str:
    loader = FileSystemLoader(templates_folder() / "archive")
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    pages.filters["size"] = format_size
    plan, keys, entries = workspace.plan, workspace.keys, Manifest.model_validate_json(manifest)
    register = read_register(workspace)
    return pages.get_template(INDEX).render(
        plan=plan,
        campaign=workspace.campaign,
        groups=contents(plan, register, entries, names_of_proposals(workspace, register)),
        gaps=gaps(workspace, register),
        files=entries.files,
        digest=hashlib.sha256(manifest).hexdigest(),
        list_key=keys.archive(INVENTORY),
        manifest_key=keys.archive(MANIFEST),
    )


@contextmanager
def _written(out: Path) -> Iterator[Write]:
    """Give what writes into a folder or .zip; it has its name only once it is whole."""
    part = out.with_name(out.name + ".dang-ghi")
    if out.exists() or part.exists():
        raise NoArchiveError(f"Đã có «{out if out.exists() else part}»; chọn tên khác, hoặc xóa đi trước.")
    if out.suffix.lower() == ".zip":
        try:
            with zipfile.ZipFile(part, "w") as package:
                yield lambda key, data: package.writestr(_entry(key), data)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    else:
        part.mkdir()
        try:
            yield lambda key, data: _put(part, key, data)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    part.rename(out)


def _entry(key: str) -> zipfile.ZipInfo:
    """Return an entry that is the same whenever, and by whichever machine, it is written: stored, with no time."""
    entry = timeless_entry(key, zipfile.ZIP_STORED)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _put(folder: Path, key: str, data: bytes) -> None:
    if ".." in PurePosixPath(key).parts or key.startswith("/"):
        raise NoArchiveError(f"Tên tệp ra ngoài thư mục: {key}.")
    place = folder / key
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
