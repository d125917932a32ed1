"""A plan file as text: its data, and the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from soket.plan.fault import DataPath, PlanFault, TextFaultError, UnplacedFault, path_words
from soket.plan.file_text import read_text
from soket.plan.syntax import refuse_odd_spaces, syntax_fault, unprintable
from soket.plan.weight import weigh

AROUND = 2  # lines of excerpt before and after a fault
_WIDTH = 500  # characters of a line

_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):
    """YAML without the guesses that surprise: 17:30 is no number, "no" no truth value, 0123 not octal."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own attribute, a class-wide table


for _kind, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?(?:0|[1-9]\d{0,17})", list("-+0123456789")),
    ("float", r"[-+]?\d+\.\d+(?:[eE][-+]?\d+)?", list("-+0123456789")),
    ("timestamp", r"\d{4}-\d{2}-\d{2}", list("0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(f"{_TAG}{_kind}", re.compile(rf"(?:{_pattern})\Z"), _first)


def _date(_: yaml.CSafeLoader, node: yaml.ScalarNode) -> date | str:
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        return str(node.value)  # the model says that there is no such day


_Loader.add_constructor(f"{_TAG}timestamp", _date)


class SyntaxFaultError(Exception):
    """The file is no YAML, or no text at all."""

    def __init__(self, fault: PlanFault) -> None:
        super().__init__(fault)
        self.fault = fault


class PlanSource:
    """The text of a plan file, read once; positions are looked up only when something is wrong."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.text = ""
        self._named: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}  # what mappings hold, once it is asked for
        try:
            self.text = read_text(file)
            self._parse()
        except TextFaultError as error:
            raise SyntaxFaultError(self._fault(error.line, error.column, "", error.message, error.hint)) from error

    def _parse(self) -> None:
        refuse_odd_spaces(self.text)
        loader = _Loader(self.text)
        try:
            weigh(self.text)
            self.root = loader.get_single_node()
            self.findings = list(_node_findings(self.root)) if self.root else []
            self.data: Any = loader.construct_document(self.root) if self.root else None
        except yaml.MarkedYAMLError as error:
            raise syntax_fault(self.text, error) from error
        except yaml.reader.ReaderError as error:
            raise unprintable(self.text) from error
        finally:
            loader.dispose()

    def fault(self, finding: UnplacedFault) -> PlanFault:
        """Return a finding with its place in the file."""
        line, column = self._position(finding.path, at_key=finding.at_key)
        message = finding.message
        if finding.first is not None:
            message += f" (đã có ở dòng {self.line(finding.first)})"
        return self._fault(line, column, path_words(finding.path), message, finding.hint, finding.nearest)

    def node(self, path: DataPath) -> yaml.Node | None:
        """Return what stands at a path, with its place in the text; None where nothing does."""
        node: yaml.Node | None = self.root
        for part in path:
            found = self._child(node, part)
            node = found[1] if found else None
        return node

    def line(self, path: DataPath) -> int:
        """Return the line, from 1, of what stands at a path."""
        return self._position(path)[0]

    def _fault(
        self, line: int, column: int, path: str, message: str, hint: str = "", nearest: str | None = None
    ) -> PlanFault:
        lines = self._lines
        numbers = range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1)
        excerpt = tuple((number, lines[number - 1][:_WIDTH]) for number in numbers)
        return PlanFault(self.file, line, column, path, message, hint, nearest, excerpt)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def _position(self, path: DataPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return the line and column, from 1, of the deepest part of a path that the file has."""
        node, key = self.root, None
        for part in path:
            found = self._child(node, part)
            if found is None:
                break
            key, node = found
        # What spans lines is pointed at by its key.
        spans = isinstance(node, yaml.CollectionNode) and not node.flow_style
        place = key if key is not None and (at_key or spans) else node
        return (place.start_mark.line + 1, place.start_mark.column + 1) if place is not None else (1, 1)

    def _child(self, node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
        """Return the key, if any, and the value under one part of a path."""
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._named:
                # The last of a name stays: what a mapping says itself comes after what it merges in.
                self._named[id(node)] = {
                    key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)
                }
            return self._named[id(node)].get(str(part))
        return None


def _decimal_commas(path: DataPath, node: yaml.MappingNode) -> Iterator[UnplacedFault]:
    """Find numbers with a comma before their fraction, which in braces ends what stands there: {value: 5,5}."""
    for (_, before), (key, value) in pairwise(node.value):
        numbers = before.tag in (f"{_TAG}int", f"{_TAG}float") and key.tag == f"{_TAG}int"
        if node.flow_style and numbers and value.value == "" and key.start_mark.index == before.end_mark.index + 1:
            words = f"«{before.value},{key.value}» có dấu phẩy: ở đây dấu phẩy ngăn hai mục"
            hint = f"Phần lẻ viết sau dấu chấm: {before.value}.{key.value}."
            yield UnplacedFault((*path, key.value), words, hint, at_key=True)


def _twice(path: DataPath, node: yaml.MappingNode) -> Iterator[UnplacedFault]:
    """Find keys given twice; where an item's first one comes again, the dash before the next item is missing."""
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name = _name(key)
        if name in lines and name != "<<":
            an_item = path and isinstance(path[-1], int) and not node.flow_style and name == next(iter(lines))
            hint = f"Là mục tiếp theo của danh sách thì thêm dấu gạch: «- {name}: …»." if an_item else "Bỏ một chỗ."
            message = f"«{name}» ghi hai lần (lần đầu ở dòng {lines[name]})"
            yield UnplacedFault((*path, name), message, hint, at_key=True)
            if an_item:
                return  # the others come again because this one does
        lines.setdefault(name, key.start_mark.line + 1)


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else ""


_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")  # 6.300: six thousand to an official, six and a bit to YAML


def _node_findings(root: yaml.Node) -> Iterator[UnplacedFault]:
    """Find what the data no longer shows: keys given twice, and numbers that read two ways."""
    waiting: list[tuple[DataPath, yaml.Node]] = [((), root)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield from _decimal_commas(path, node)
            yield from _twice(path, node)
            waiting += [((*path, _name(key)), value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [((*path, index), item) for index, item in enumerate(node.value)]
        elif node.tag == f"{_TAG}float" and _AMBIGUOUS.fullmatch(node.value):
            plain = node.value.replace(".", "")
            yield UnplacedFault(
                path, f"«{node.value}» đọc được hai cách", f"Viết {plain}, hoặc {float(node.value):g} nếu là số lẻ."
            )
