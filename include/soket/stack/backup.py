"""A copy of the record to keep elsewhere, and an empty stack made to go on from it.

The bucket alone is enough to go on; the keys beside it let units go on with theirs. The store's own files are copied,
not its objects one by one: when a file arrived, and what it replaced, is part of the record, and S3 would date anew
whatever is put back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from soket.stack.seaweedfs import SeaweedFS
from soket.stack.state import State

MANIFEST = "manifest.json"
_KEYS = ("secrets.json", "witness.json")
_DRAFT = ".restoring"


class NothingToKeepError(Exception):
    """No store ever ran in this state folder."""


class NotEmptyError(Exception):
    """The state folder has a store already: nothing is written over it."""


class SpoiltCopyError(Exception):
    """The copy is not what was written; its argument says where."""


def back_up(state: State, target: Path) -> int:
    """Write the store and the keys of a stack that is down into one private file; return how many bytes it has.

    Raises BusyError while the stack runs: what it writes meanwhile would be torn.
    """
    store = SeaweedFS(state).directory
    with state.locked():
        if not store.is_dir():
            raise NothingToKeepError
        draft = target.with_name(f".{target.name}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w|") as archive:
                hashes = {name: _add(archive, path, name) for name, path in _files(state, store)}
                text = json.dumps(hashes, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(text)
                archive.addfile(entry, BytesIO(text))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return target.stat().st_size


def restore(copy: Path, state: State, *, bucket_alone: bool = False) -> int:
    """Make an empty state folder one that goes on from a copy; return how many files there were.

    With the bucket alone every key is made anew. Nothing is there before all of it was found to be what was written.
    """
    with state.locked():
        if SeaweedFS(state).directory.exists() or any((state.root / name).exists() for name in _KEYS):
            raise NotEmptyError
        state.create()
        draft = state.root / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        try:
            files = _unpack(copy, draft)
            for path in sorted(draft.iterdir()):
                if path.name not in _KEYS or not bucket_alone:
                    path.replace(state.root / path.name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return files


def _files(state: State, store: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(store.rglob("*")):
        if path.is_file():
            yield f"{store.name}/{path.relative_to(store)}", path
    for name in _KEYS:
        if (state.root / name).exists():
            yield name, state.root / name


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    entry = archive.gettarinfo(str(path), name)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.addfile(entry, file)
    return digest


def _unpack(copy: Path, folder: Path) -> int:
    """Unpack a copy; raise SpoiltCopyError unless it has what its list says, file by file, and nothing else."""
    try:
        with tarfile.open(copy, mode="r|*") as archive:
            archive.extractall(folder, filter="data")
        listed: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, EOFError, ValueError, FileNotFoundError) as error:
        raise SpoiltCopyError(f"{copy.name} ({type(error).__name__})") from error
    (folder / MANIFEST).unlink()
    found = {f"{path.relative_to(folder)}": path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(listed.keys() | found.keys()):
        if name not in found or name not in listed:
            raise SpoiltCopyError(name)
        with found[name].open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != listed[name]:
                raise SpoiltCopyError(name)
    return len(listed)
