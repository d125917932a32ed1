"""What is wrong with a file of plans or of a directory, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DataPath = tuple[str | int, ...]


@dataclass(frozen=True)
class PlanFault:
    """One thing wrong in a plan file, in its reader's words."""

    file: Path
    line: int  # from 1
    column: int  # from 1
    path: str  # where in the plan: units[3].block
    message: str
    hint: str = ""  # what to do
    nearest: str | None = None  # the valid name that looks most like the one given
    excerpt: tuple[tuple[int, str], ...] = ()  # the line with those around it, by number

    @property
    def advice(self) -> str:
        """What to do, beginning with the valid name that was probably meant."""
        question = f"Có phải ý bạn là «{self.nearest}»?" if self.nearest else ""
        return " ".join(part for part in (question, self.hint) if part)

    def __str__(self) -> str:
        lines = [f"{self.file}:{self.line}:{self.column}: {f'{self.path}: ' if self.path else ''}{self.message}"]
        lines += [f"  {'>' if number == self.line else ' '} {number:>4} | {text}" for number, text in self.excerpt]
        if self.advice:
            lines.append(f"  {self.advice}")
        return "\n".join(lines)


class PlanError(Exception):
    """A plan file that cannot be used, with everything that is wrong in it."""

    def __init__(self, faults: Sequence[PlanFault], file: Path | None = None) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)
        self.file = file or self.faults[0].file  # the plan's own: the faults may be of its directory's

    def __str__(self) -> str:
        elsewhere = all(each.file != self.file for each in self.faults)
        head = [f"{self.file}: danh bạ mà kế hoạch này dùng đang có lỗi"] if elsewhere else []
        return "\n".join([*head, *map(str, self.faults)])


class TextFaultError(Exception):
    """What a text is no plan for, before anything is made of it; the messages are Vietnamese."""

    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class UnplacedFault:
    """A fault before it is given its place in the file."""

    path: DataPath
    message: str
    hint: str = ""
    nearest: str | None = None
    at_key: bool = False  # the key is wrong, rather than its value
    missing: bool = False  # there is nothing at the path
    first: DataPath | None = None  # where the same thing stands already


def path_words(path: DataPath) -> str:
    """Return a path as it is written: units[3].block."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
