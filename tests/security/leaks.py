"""What of a stack's secrets another account of the machine, or whoever reads its logs, would get to see."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import psutil

from soket.stack.credentials import Credentials
from soket.stack.state import State

_READ_OR_WRITE = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
_ENTER = stat.S_IXGRP | stat.S_IXOTH


def secrets_of(state: State) -> dict[str, str]:
    """Return every secret of a stack by what it is for."""
    return dict(_flat("", asdict(Credentials.load(state))))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(f"{name}.{key}", each)
    elif isinstance(value, list | tuple):
        yield f"{name}.secret", value[-1]  # of a pair of keys; the first is a name
    elif value is not None:
        yield name, str(value)


def told_in(texts: Iterable[tuple[str, str]], secrets: dict[str, str]) -> list[tuple[str, str]]:
    """Return which secrets stand in some texts, as where and what for."""
    return [(where, name) for where, text in texts for name, secret in secrets.items() if secret in text]


def command_lines(processes: Iterable[psutil.Process]) -> Iterator[tuple[str, str]]:
    """Yield what anybody reads of processes in a list of them: their names and commands."""
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            yield f"process {each.pid}", " ".join([each.name(), *each.cmdline()])


def logs(*folders: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of folders of logs."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path), path.read_text(encoding="utf-8", errors="replace")


def open_to_others(folder: Path) -> list[Path]:
    """Return what in a folder others than its owner may read or write, through folders that they may enter."""
    found = [folder] if folder.stat().st_mode & _READ_OR_WRITE else []
    if folder.stat().st_mode & _ENTER:
        for path in sorted(folder.iterdir()):
            if path.is_dir() and not path.is_symlink():
                found += open_to_others(path)
            elif path.lstat().st_mode & _READ_OR_WRITE and not path.is_symlink():
                found.append(path)
    return found
