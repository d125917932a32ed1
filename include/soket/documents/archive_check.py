"""Whether a campaign's archive is whole: what its manifest names, counted anew in the bucket, a folder or a .zip."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from soket.documents.archive import Manifest, kept_prefixes
from soket.record.products import INVENTORY, MANIFEST
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import nfc

INDEX = "index.html"  # beside what was taken out of the bucket

_PLACE = re.compile(rf"((?:.*/)?)archive/[^/]+/[^/]+/{re.escape(MANIFEST)}|{re.escape(MANIFEST)}")
_CHUNK = 1 << 20
# What reading one entry may end in; the archive's other entries are read all the same.
_SPOILT = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, MissingObjectError)

Opener = Callable[[], IO[bytes]]


class NoArchiveError(Exception):
    """What is to be checked is no archive; the message says why."""


@dataclass(frozen=True)
class ArchiveCheck:
    """What a check of an archive found."""

    named: int
    digest: str  # of the manifest itself: the list for people has it too
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unnamed: tuple[str, ...]


def check_bucket(workspace: Workspace) -> ArchiveCheck:
    """Check a campaign's archive where it lies; what was written since is unnamed."""
    keys, store = workspace.keys, workspace.store
    try:
        manifest = store.get(keys.archive(MANIFEST))
    except MissingObjectError:
        raise NoArchiveError("Đợt này chưa lưu trữ: kho chưa có manifest.json.") from None
    there = {found.key for prefix in kept_prefixes(keys) for found in store.list(prefix)}
    return _check(manifest, {key: lambda key=key: io.BytesIO(store.get(key)) for key in there})  # type: ignore[misc]


def check_place(place: Path) -> ArchiveCheck:
    """Check an archive that was taken out of the bucket, as a folder or a .zip."""
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.is_file() or path.is_symlink())
        return _check_taken({path.relative_to(place).as_posix(): lambda path=path: _opened(path) for path in files})  # type: ignore[misc]
    try:
        with zipfile.ZipFile(place) as package:
            entries = [each for each in package.infolist() if not each.is_dir()]
            found = {each.filename: lambda each=each: package.open(each) for each in entries}
            if len(found) < len(entries):
                raise NoArchiveError("Tệp .zip có hai tệp cùng tên.")
            return _check_taken(found)
    except (OSError, zipfile.BadZipFile):
        raise NoArchiveError("Không phải thư mục, cũng không phải tệp .zip đọc được.") from None


def _opened(path: Path) -> IO[bytes]:
    if path.is_symlink():
        raise OSError("a link is no content")
    return path.open("rb")


def _check_taken(found: Mapping[str, Opener]) -> ArchiveCheck:
    places = [(match[1] or "", name) for name in found if (match := _PLACE.fullmatch(name))]
    if len(places) != 1:
        told = "không có" if not places else "có nhiều hơn một"
        raise NoArchiveError(f"Không rõ bảng kê nào: {told} {MANIFEST} của hồ sơ lưu trữ.")
    top, name = places[0]
    try:
        with found[name]() as stream:
            manifest = stream.read()
    except _SPOILT:
        raise NoArchiveError(f"Không đọc được {name}.") from None
    beside = {name, f"{top}{INDEX}", f"{name.removesuffix(MANIFEST)}{INVENTORY}"}
    # A disk may hand names out in another normal form than it was given them.
    return _check(manifest, {nfc(each.removeprefix(top)): open_ for each, open_ in found.items() if each not in beside})


def _check(manifest: bytes, found: Mapping[str, Opener]) -> ArchiveCheck:
    try:
        files = {nfc(file.key): file for file in Manifest.model_validate_json(manifest).files}
    except ValidationError:
        raise NoArchiveError(f"{MANIFEST} hỏng, hoặc không phải bảng kê hồ sơ lưu trữ.") from None
    there = [key for key in files if key in found]
    return ArchiveCheck(
        named=len(files),
        digest=hashlib.sha256(manifest).hexdigest(),
        missing=tuple(sorted(files.keys() - found.keys())),
        changed=tuple(key for key in there if _digest(found[key], files[key].size) != files[key].sha256),
        unnamed=tuple(sorted(found.keys() - files.keys())),
    )


def _digest(open_: Opener, size: int) -> str:
    """Return the SHA-256 of what is to be of a size; "" where it is larger, or cannot be read."""
    digest, left = hashlib.sha256(), size
    try:
        with open_() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                left -= len(chunk)
                if left < 0:
                    return ""
    except _SPOILT:
        return ""
    return digest.hexdigest()
