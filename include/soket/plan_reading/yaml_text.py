"""YAML with comments: data in, lines out, each with the note that says where it comes from."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

_WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./@-]*")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off"))


@dataclass(frozen=True)
class Noted:
    """A value with the comments that stand above it."""

    value: object
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """A small mapping or list, written on one line."""

    value: object


@dataclass(frozen=True)
class Hole:
    """A value that is missing: its line is a comment, until somebody fills it in."""

    words: str


@dataclass(frozen=True)
class CommentedOut:
    """An entry of a list that is written, and is a comment until something is known of it."""

    value: object


def noted(value: object, *notes: str) -> Noted:
    """Return a value with its comments."""
    return Noted(value, tuple(filter(None, notes)))


def written(data: Mapping[str, object]) -> str:
    """Return data as YAML, a blank line between what spans lines."""
    lines: list[str] = []
    for key, value in data.items():
        entry = list(_entry(key, value, ""))
        if lines and (len(entry) > 2 or entry[0].startswith("#")):
            lines.append("")
        lines += entry
    return "\n".join(lines) + "\n"


def comment(text: str, indent: str = "") -> Iterator[str]:
    """Yield a text as lines of a comment."""
    yield from textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ",
                             break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _opened(value: object, indent: str) -> tuple[list[str], object]:
    """Return the comments above a value, and the value."""
    if not isinstance(value, Noted):
        return [], value
    return [line for note in value.notes for line in comment(note, indent)], value.value


def _entry(key: str, value: object, indent: str) -> Iterator[str]:
    notes, inner = _opened(value, indent)
    yield from notes
    name = key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
    match inner:
        case Hole(words):
            yield from comment(f"{name}:  CHƯA CÓ: {words}", indent)
        case Mapping() | list() | tuple() if not inner:
            yield f"{indent}{name}: {'{}' if isinstance(inner, Mapping) else '[]'}"
        case Mapping():
            yield f"{indent}{name}:"
            for inner_key, each in inner.items():
                yield from _entry(inner_key, each, f"{indent}  ")
        case list() | tuple():
            yield f"{indent}{name}:"
            for each in inner:
                yield from _item(each, f"{indent}  ")
        case _:
            yield from _scalar_lines(f"{indent}{name}: ", inner, indent)


def _item(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, CommentedOut):
        for line in _item(value.value, ""):
            yield f"{indent}{line.lstrip() if line.lstrip().startswith('#') else f'# {line}'}"
        return
    notes, inner = _opened(value, indent)
    yield from notes
    if isinstance(inner, Mapping):
        lines = [line for key, each in inner.items() for line in _entry(key, each, f"{indent}  ")]
        first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (line[2:] for line in lines[:first])
        yield f"{indent}- {lines[first].lstrip()}"
        yield from lines[first + 1 :]
    else:
        yield from _scalar_lines(f"{indent}- ", inner, indent)


def _scalar_lines(start: str, value: object, indent: str) -> Iterator[str]:
    whole = start + _scalar(value)
    if isinstance(value, str) and len(whole) > _WIDTH and not value[0].isspace():
        yield f"{start}>-"
        inner = f"{indent}  " if start.rstrip().endswith(":") else f"{indent}    "
        yield from textwrap.wrap(value, _WIDTH, initial_indent=inner, subsequent_indent=inner,
                                 break_long_words=False, break_on_hyphens=False)  # fmt: skip
    else:
        yield whole


def _scalar(value: object) -> str:
    match value:
        case Flow(inner):
            return _scalar(inner)
        case Mapping():
            return "{" + ", ".join(f"{key}: {_scalar(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_scalar, value)) + "]"
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case str() if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        case str():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
