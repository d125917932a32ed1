"""How heavy a text is before anything is made of it: a few lines of YAML can stand for a billion, or nest too deep."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from soket.plan.fault import TextFaultError

MOST_NODES = 180_000  # a plan of three thousand units has seventy thousand, a directory of them twice as many
_DEEPEST = 30

_HINT = "Một kế hoạch chỉ vài trăm KB và không lồng quá sâu: xem một kế hoạch mẫu trong thư mục plans."


@dataclass
class _Open:
    """A collection that is not over yet."""

    anchor: str | None = None
    nodes: int = 1


@dataclass
class _Scale:
    """Counts what a text stands for, with every alias in full; stops at the first thing that is too much."""

    open: list[_Open] = field(default_factory=lambda: [_Open()])
    anchored: dict[str, int] = field(default_factory=dict)

    def weigh(self, event: yaml.Event) -> None:
        """Count one event of the parser; a tag would have its value made by rules that are not ours."""
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            raise _refused(event, "có nhãn kiểu (!) không dùng được", "Bỏ nhãn kiểu.")
        if isinstance(event, yaml.CollectionStartEvent):
            self._add(event, 1)
            self.open.append(_Open(event.anchor))
            if len(self.open) > _DEEPEST:
                raise _too_heavy(event, f"lồng nhau quá {_DEEPEST} lớp")
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self.open.pop()
            self._keep(done.anchor, done.nodes)
            self._add(event, done.nodes - 1)
        elif isinstance(event, yaml.ScalarEvent):
            self._keep(event.anchor, 1)
            self._add(event, 1)
        elif isinstance(event, yaml.AliasEvent):
            if any(each.anchor == event.anchor for each in self.open):
                raise _refused(event, f"«*{event.anchor}» nằm trong chính nó", "Bỏ chỗ dùng lại này, ghi nội dung ra.")
            self._add(event, self.anchored.get(event.anchor or "", 1))

    def _keep(self, anchor: str | None, nodes: int) -> None:
        if anchor:
            self.anchored[anchor] = nodes

    def _add(self, event: yaml.Event, nodes: int) -> None:
        self.open[-1].nodes += nodes
        if self.open[-1].nodes > MOST_NODES:
            raise _too_heavy(event, f"quá {MOST_NODES} mục, kể cả chỗ dùng lại bằng (*)")


def weigh(text: str) -> None:
    """Raise TextFaultError where a text is no plan by its sheer weight; faults of syntax are the parser's to raise."""
    scale = _Scale()
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        scale.weigh(event)


def _too_heavy(event: yaml.Event, message: str) -> TextFaultError:
    return _refused(event, message, _HINT)


def _refused(event: yaml.Event, message: str, hint: str) -> TextFaultError:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - what is parsed from a text has its place
    return TextFaultError(mark.line + 1, mark.column + 1, message, hint)
