"""A directory's file with changes in it: only what changes is written anew, comments and order stay as they are."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import yaml

from soket.directory.changes import Changes, NewUnit, PartChange
from soket.plan.directory import DirectoryFile, examined
from soket.plan.fault import PlanError
from soket.plan.source import PlanSource

Edit = tuple[int, int, str]
"""Where in the text, from and to, and what stands there then."""

_PLAIN = re.compile(r"[^\W\d_][\w .@/()-]*", re.UNICODE)
_WORDS = {"null", "true", "false"}


def write(file: DirectoryFile, changes: Changes) -> None:
    """Write changes into a directory's file, whole or not at all; raise PlanError where it would become faulty."""
    assert file.source is not None  # noqa: S101 - changes are of a sound directory
    path = file.source.file
    text = changed_text(file.source, changes)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as folder:
        draft = Path(folder) / path.name
        line_ends = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
        draft.write_text(text, encoding="utf-8", newline=line_ends)
        if faults := examined(draft).faults:
            raise PlanError(faults, path)
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)


def changed_text(source: PlanSource, changes: Changes) -> str:
    """Return a directory's text with changes in it."""
    edits = [*_edits(source, changes.changed), *_added(source, changes.added)]
    text = source.text
    # From the end, so that places before stay where they are; of two at one place, the earlier stands first.
    for _, (start, end, new) in sorted(enumerate(edits), key=lambda each: (each[1][0], each[0]), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edits(source: PlanSource, changed: Iterable[PartChange]) -> Iterable[Edit]:
    new_parts: dict[tuple[str | int, ...], list[PartChange]] = {}
    for each in changed:
        node = source.node(each.path)
        if node is not None:
            yield node.start_mark.index, _end(node), scalar(each.new)
        else:
            new_parts.setdefault(each.path[:-1], []).append(each)
    for path, parts in new_parts.items():
        said = {str(each.path[-1]): each.new for each in parts}
        person = source.node(path)
        if isinstance(person, yaml.MappingNode):
            yield _into(source, person, [f"{name}: {scalar(text)}" for name, text in said.items()])
        else:
            body = source.node(path[:-1])
            assert isinstance(body, yaml.MappingNode)  # noqa: S101 - the directory is sound
            yield _into(source, body, [f"{path[-1]}: {_flow(said)}"])


def _into(source: PlanSource, mapping: yaml.MappingNode, lines: list[str]) -> Edit:
    """Return the edit that puts entries at the end of a mapping."""
    last = _end(mapping.value[-1][1])
    if mapping.flow_style:
        return last, last, "".join(f", {line}" for line in lines)
    indent = " " * mapping.start_mark.column
    after = _end_of_line(source.text, last)
    return after, after, "".join(f"\n{indent}{line}" for line in lines)


def _added(source: PlanSource, added: Iterable[NewUnit]) -> Iterable[Edit]:
    units = source.node(("units",))
    text = "".join(_unit(each) for each in added)
    if not text:
        return
    if isinstance(units, yaml.SequenceNode) and units.value and not units.flow_style:
        after = _end_of_line(source.text, _end(units.value[-1]))
        yield after, after, f"\n{text.rstrip()}"
    else:
        end = len(source.text.rstrip())
        yield end, len(source.text), f"\n\nunits:{text}"


def _unit(unit: NewUnit) -> str:
    lines = [f"- code: {unit.code}", f"  name: {scalar(unit.parts['name'])}"]
    if aliases := unit.parts.get("aliases"):
        lines.append(f"  aliases: [{', '.join(scalar(each.strip()) for each in aliases.split(';') if each.strip())}]")
    if kind := unit.parts.get("kind"):
        lines.append(f"  kind: {scalar(kind)}")
    lines.append(f"  group: {unit.group}")
    for whose in ("contact", "head"):
        said = {part.partition(".")[2]: text for part, text in unit.parts.items() if part.startswith(f"{whose}.")}
        if "name" in said and "email" in said:
            lines.append(f"  {whose}: {_flow(said)}")
    return "\n" + "".join(f"  {line}\n" for line in lines)


def _flow(said: dict[str, str]) -> str:
    return (
        "{"
        + ", ".join(f"{name}: {scalar(said[name])}" for name in ("name", "title", "email", "phone") if name in said)
        + "}"
    )


def scalar(text: str) -> str:
    """Return a text as YAML has it anywhere: plain where that is certain, else in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _end(node: yaml.Node) -> int:
    """Return where a node's own text ends: a collection of lines ends with its last part, not before the next key."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end
