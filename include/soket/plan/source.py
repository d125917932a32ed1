"""A plan file as text: its data, and the line of everything in it."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from soket.plan.fault import DataPath, PlanFault, UnplacedFault, path_words
from soket.plan.weight import MOST_BYTES, TooHeavyError, weigh

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
        self.text = self._read()
        loader = _Loader(self.text)
        try:
            weigh(self.text)
            self.root = loader.get_single_node()
            self.findings = list(_node_findings(self.root)) if self.root else []
            self.data: Any = loader.construct_document(self.root) if self.root else None
        except TooHeavyError as error:
            raise SyntaxFaultError(self._fault(error.line, error.column, "", error.message, error.hint)) from error
        except yaml.MarkedYAMLError as error:
            raise SyntaxFaultError(self._syntax_fault(error)) from error
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1
            raise SyntaxFaultError(
                self._fault(line, 1, "", "có ký tự không in được", "Xóa ký tự này rồi lưu lại.")
            ) from error
        finally:
            loader.dispose()

    def fault(self, finding: UnplacedFault) -> PlanFault:
        """Return a finding with its place in the file."""
        line, column = self._position(finding.path, at_key=finding.at_key)
        message = finding.message
        if finding.first is not None:
            message += f" (đã có ở dòng {self.line(finding.first)})"
        return self._fault(line, column, path_words(finding.path), message, finding.hint, finding.nearest)

    def line(self, path: DataPath) -> int:
        """Return the line, from 1, of what stands at a path."""
        return self._position(path)[0]

    def _read(self) -> str:
        try:
            facts = self.file.stat()
            if not stat.S_ISREG(facts.st_mode):
                raise SyntaxFaultError(self._fault(1, 1, "", "không phải một tệp", "Xem lại đường dẫn."))
            if facts.st_size > MOST_BYTES:
                message = f"tệp quá lớn ({facts.st_size >> 20} MB, tối đa {MOST_BYTES >> 20} MB), không phải kế hoạch"
                raise SyntaxFaultError(self._fault(1, 1, "", message, "Xem một kế hoạch mẫu trong thư mục plans."))
            return self.file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise SyntaxFaultError(
                self._fault(line, 1, "", "tệp không phải văn bản UTF-8", "Lưu lại tệp với bảng mã UTF-8.")
            ) from error
        except OSError as error:
            reason = "không có tệp này" if isinstance(error, FileNotFoundError) else f"không đọc được: {error.strerror}"
            raise SyntaxFaultError(self._fault(1, 1, "", reason, "Xem lại đường dẫn.")) from error

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

    def _syntax_fault(self, error: yaml.MarkedYAMLError) -> PlanFault:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or ""
        message, hint = next(
            (words for pattern, words in _SYNTAX if pattern in problem),
            (f"không đúng cú pháp YAML: {problem}", "Xem lại dòng này và dòng ngay trên."),
        )
        return self._fault(line, column, "", message, hint)

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


_SYNTAX: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "mapping values are not allowed",
        ("dấu hai chấm không đúng chỗ", 'Nội dung có dấu ":" thì đặt trong dấu nháy kép; xem cả chỗ thụt dòng.'),
    ),
    ("tab character", ("thụt dòng bằng phím Tab", "Thụt dòng bằng dấu cách.")),
    ("cannot start any token", ("có ký tự không được mở đầu ở đây", "Đặt cả nội dung trong dấu nháy kép.")),
    ("could not find expected ':'", ("thiếu dấu hai chấm sau tên mục", "Viết «tên: nội dung», có dấu cách sau «:».")),
    ("did not find expected key", ("thụt dòng không đều", "Các mục cùng cấp phải thẳng cột với nhau.")),
    ("did not find expected '-' indicator", ("thụt dòng không đều trong danh sách", "Các dấu «-» phải thẳng cột.")),
    ("did not find expected ',' or", ("ngoặc chưa đóng hoặc thiếu dấu phẩy", "Xem lại dấu [ ] hoặc { }.")),
    ("unexpected end of stream", ("dấu nháy mở mà chưa đóng", "Thêm dấu nháy đóng.")),
    ("found undefined alias", ("dùng tên tham chiếu (*) chưa khai báo", "Khai báo bằng & ở phía trên.")),
    ("but found another document", ("tệp có hai văn bản YAML", "Mỗi tệp một kế hoạch: bỏ dòng «---» thứ hai.")),
    ("could not determine a constructor", ("có nhãn kiểu (!) không dùng được", "Bỏ nhãn kiểu.")),
    ("found unhashable key", ("tên mục phải là chữ", "Xem lại dấu ngoặc trước dấu hai chấm.")),
)


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
            lines: dict[str, int] = {}
            for key, value in node.value:
                name = key.value if isinstance(key, yaml.ScalarNode) else ""
                here = (*path, name)
                if name in lines and name != "<<":
                    yield UnplacedFault(
                        here, f"«{name}» ghi hai lần (lần đầu ở dòng {lines[name]})", "Bỏ một chỗ.", at_key=True
                    )
                lines.setdefault(name, key.start_mark.line + 1)
                waiting.append((here, value))
        elif isinstance(node, yaml.SequenceNode):
            waiting += [((*path, index), item) for index, item in enumerate(node.value)]
        elif node.tag == f"{_TAG}float" and _AMBIGUOUS.fullmatch(node.value):
            plain = node.value.replace(".", "")
            yield UnplacedFault(
                path, f"«{node.value}» đọc được hai cách", f"Viết {plain}, hoặc {float(node.value):g} nếu là số lẻ."
            )
