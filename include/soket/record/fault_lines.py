"""Faults as a clerk reads them: file by file, in the order of the sheet, a fault that repeats told once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from soket.faults import Fault
from soket.plan.model import Severity
from soket.record.records import ReceivedFile
from soket.text import upper_first

_WEIGHT = {severity: index for index, severity in enumerate(Severity)}
_CELL = re.compile(r"\bô ([A-Z]{1,3})(\d+)")
_CELLS = re.compile(r"ô ([A-Z]{1,3}\d+(?:, [A-Z]{1,3}\d+)*)(?: \(.*\))?")
_SHEET = re.compile(r"(trang tính «[^»]*»), (?=ô )")
_LISTED = 30  # places of one fault
DECIDED = ("HS-08", "HS-09")
"""The codes of what a person decided of a submission as a whole."""


@dataclass(frozen=True)
class FaultLine:
    """One kind of fault, wherever it occurs in a file; of several messages, each begins with its place."""

    code: str
    severity: Severity
    where: str | None
    messages: tuple[str, ...]
    advice: str | None
    faults: tuple[Fault, ...] = ()  # that it tells of, without what is said aside to officials
    number: int | None = None  # in the slip, where that was asked for

    @property
    def confirmed(self) -> bool:
        """Whether the unit said that all this is right."""
        return bool(self.faults) and all(fault.confirmed for fault in self.faults)


@dataclass(frozen=True)
class FaultGroup:
    """The faults of one file, the gravest first, then by cell; `file` None for the submission as a whole."""

    file: str | None  # as the unit named it
    sheet: str | None  # where all its cells lie on one: "trang tính «…»"
    lines: tuple[FaultLine, ...]


def group_faults(files: Sequence[ReceivedFile], faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Return faults by file: the submission as a whole first, then its files in their order."""
    by_file: dict[str | None, list[Fault]] = {None: [], **{file.name: [] for file in files}}
    for fault in faults:
        by_file.setdefault(fault.file, []).append(fault)
    original = {file.name: file.original_name for file in files}
    return tuple(
        _group(None if name is None else original.get(name, name), own) for name, own in by_file.items() if own
    )


def numbered(groups: Iterable[FaultGroup]) -> Iterator[tuple[int | None, FaultGroup, FaultLine]]:
    """Yield each line with its number in the slip; a person's own decision on the whole has none.

    So the numbers stay what they are, whatever a person decides, and an answer to a line finds it.
    """
    number = 0
    for group in groups:
        for line in group.lines:
            number += line.code not in DECIDED
            yield (None if line.code in DECIDED else number), group, line


def shown_groups(files: Sequence[ReceivedFile], faults: Sequence[Fault]) -> tuple[FaultGroup, ...]:
    """Return what a unit is shown of faults, by file, each line with the number that slip and marked files give it.

    What is only to be known stays out, unless the unit confirmed it.
    """
    numbers = {(group.file, _key(line)): number for number, group, line in numbered(group_faults(files, faults))}
    return tuple(
        replace(group, lines=tuple(replace(line, number=numbers[group.file, _key(line)]) for line in group.lines))
        for group in group_faults(files, filter(is_shown, faults))
    )


def is_shown(fault: Fault) -> bool:
    """Whether a unit is told of a fault."""
    return fault.severity is not Severity.INFO or bool(fault.confirmed)


def points_of(faults: Iterable[Fault]) -> Counter[Severity]:
    """Return how many points faults make, by weight: as many as the lines in which they are told."""
    return Counter(severity for _, (_, severity, _) in {(fault.file, _alike(fault)) for fault in faults})


def _key(line: FaultLine) -> tuple[str, Severity, str | None]:
    """Return what no other line of its file shares."""
    return line.code, line.severity, line.advice


def _alike(fault: Fault) -> tuple[str, Severity, str | None]:
    """Return what faults of one file share that are told as one point."""
    return fault.code, fault.severity, fault.advice


def _group(file: str | None, faults: list[Fault]) -> FaultGroup:
    places = [_Placed(fault, fault.where or fault.place or "") for fault in faults]
    sheets = {match[1] if (match := _SHEET.match(each.where)) else None for each in places if _CELL.search(each.where)}
    sheet = sheets.pop() if len(sheets) == 1 else None
    if sheet is not None:
        places = [replace(each, where=_SHEET.sub("", each.where)) for each in places]
    alike: dict[tuple[str, Severity, str | None], list[_Placed]] = {}
    for each in sorted(places, key=lambda each: (_WEIGHT[each.fault.severity], each.position)):
        alike.setdefault(_alike(each.fault), []).append(each)
    return FaultGroup(file, sheet, tuple(_line(own) for own in alike.values()))


@dataclass(frozen=True)
class _Placed:
    """A fault and where it is, in words ('' for nowhere in particular)."""

    fault: Fault
    where: str

    @property
    def position(self) -> tuple[int, int, str]:
        """Where it comes in its file: by row, then by column; what has no cell comes first."""
        found = _CELL.search(self.where)
        return (int(found[2]), len(found[1]), found[1]) if found else (0, 0, "")


def _line(alike: list[_Placed]) -> FaultLine:
    first = alike[0].fault
    said = _of_one_sentence(alike)
    texts = list(dict.fromkeys(message for _, message in said))
    if len(texts) > 1:
        texts = [f"{upper_first(where)}: {message}" if where else message for where, message in said]
    told = tuple(each.fault.model_copy(update={"aside": None}) for each in alike)  # slips and mails are made of lines
    return FaultLine(first.code, first.severity, _joined(alike), _few(texts), first.advice, told)


def _of_one_sentence(alike: list[_Placed]) -> list[tuple[str, str]]:
    """Return places and messages; the figures that one sentence gainsays are told after it, once."""
    by_sentence: dict[tuple[str, str | int], list[str]] = {}
    for at, each in enumerate(alike):
        by_sentence.setdefault((each.where, each.fault.gainsaying or at), []).append(each.fault.message)
    return [(where, _merged(list(dict.fromkeys(messages)))) for (where, _), messages in by_sentence.items()]


def _merged(messages: list[str]) -> str:
    if len(messages) == 1:
        return messages[0]
    same = takewhile(lambda each: len(set(each)) == 1, zip(*(message.split(" ") for message in messages), strict=False))
    shared = "".join(f"{word} " for word, *_ in same)
    return f"{shared}{'; '.join(each[len(shared) :].rstrip('.') for each in messages)}."


def _joined(alike: list[_Placed]) -> str | None:
    """Return the places of one fault: cells of one sheet after one another, anything else side by side."""
    places = list(dict.fromkeys(each.where for each in alike if each.where))
    if len(places) < 2:
        return upper_first(places[0]) if places else None
    cells = [match[1] for place in places if (match := _CELLS.fullmatch(place))]
    if len(cells) == len(places):
        return "Ô " + ", ".join(_few(list(dict.fromkeys(", ".join(cells).split(", ")))))
    return upper_first("; ".join(_few(places)))


def _few(parts: list[str]) -> tuple[str, ...]:
    more = len(parts) - _LISTED
    return (*parts[:_LISTED], *([f"… và {more} chỗ khác"] if more > 0 else []))
