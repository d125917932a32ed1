"""The commands of `soket`, as the command line itself knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from soket.cli.main import app

ROOT: Any = typer.main.get_command(app)


def walk(command: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command with the words that call it; hidden ones not."""
    for name, each in getattr(command, "commands", {}).items():
        yield from walk(each, (*path, name))
    if path and not hasattr(command, "commands") and not command.hidden:
        yield path, command


COMMANDS = {" ".join(path): command for path, command in walk()}
