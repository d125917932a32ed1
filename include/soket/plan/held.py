"""What people wrote, held against a model: every fault of it, in the order of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from soket.plan.fault import DataPath, PlanFault, UnplacedFault
from soket.plan.schema_errors import finding
from soket.plan.source import PlanSource, SyntaxFaultError
from soket.plan.strict import Strict
from soket.text import fold

MOST_TOLD = 200  # faults of a kind of check: more than anybody mends in one go

Model = TypeVar("Model", bound=Strict)
Check = Callable[[dict[str, Any]], Iterable[UnplacedFault]]


def held(model: type[Model], data: dict[str, Any], checks: Iterable[Check]) -> tuple[Model | None, list[UnplacedFault]]:
    """Return the data as its model, or None with what is wrong with it."""
    made, findings, more = _made(model, data)
    found = list(islice((each for check in checks for each in check(data)), MOST_TOLD + 1))
    refused = {each.path for each in findings if not each.missing}  # no more is said of it than the likely name
    others = [each for each in found if each.path not in refused and not _means_what_is_refused(data, each, refused)]
    findings = [*_with_likely_names(findings, found), *others[:MOST_TOLD]]
    if more or len(found) > MOST_TOLD:
        findings.append(and_more(more))
    return (None if findings else made), _without_echoes(findings)


@dataclass(frozen=True)
class HeldFile(Generic[Model]):
    """A file that is named after its id, and what came of reading it."""

    file: Path
    source: PlanSource | None  # None where it is no YAML
    made: Model | None  # None where it has faults
    faults: tuple[PlanFault, ...]


def held_file(file: Path, model: type[Model], checks: Iterable[Check], what: str) -> HeldFile[Model]:
    """Return a file held against its model."""
    try:
        source = PlanSource(file)
    except SyntaxFaultError as error:
        return HeldFile(file, None, None, (error.fault,))
    if not isinstance(source.data, dict):
        hint = f"Xem một {what} mẫu trong thư mục {file.parent.name}."
        fault = source.fault(UnplacedFault((), f"{what} phải là các mục «tên: nội dung»", hint))
        return HeldFile(file, source, None, (fault,))
    made, findings = held(model, source.data, checks)
    findings += source.findings[:MOST_TOLD]
    if source.data.get("id") not in (None, file.stem):
        findings.append(UnplacedFault(("id",), f"«id» khác tên tệp «{file.stem}»", "Đặt «id» như tên tệp."))
    faults = tuple(in_order(map(source.fault, findings)))
    return HeldFile(file, source, None if faults else made, faults)


def and_more(more: int = 0) -> UnplacedFault:
    """Return what stands for the faults that are not told."""
    return UnplacedFault((), f"còn {more or 'nhiều'} chỗ sai nữa", "Sửa những chỗ đã nêu rồi kiểm tra lại.")


def in_order(faults: Iterable[PlanFault]) -> list[PlanFault]:
    """Return faults by file and line, each once."""
    return sorted(set(faults), key=lambda each: (each.file, each.line, each.column, each.path, each.message))


def _made(model: type[Model], data: dict[str, Any]) -> tuple[Model | None, list[UnplacedFault], int]:
    """Return the model, or what keeps the data from being one, and how many more faults there are than are told."""
    try:
        return model.model_validate(data), [], 0
    except ValidationError as error:
        told = [each for each in error.errors(include_url=False) if not _comes_of_others(each)]
        findings = [finding(each, model) for each in islice(told, MOST_TOLD)]
        return None, findings, max(len(told) - MOST_TOLD, 0)


def _comes_of_others(error: ErrorDetails) -> bool:
    """Whether a list is only short because of its items' faults, or what is not said unknown because of others'."""
    if error["type"] == "too_short":
        return len(error["input"]) >= int(error["ctx"]["min_length"])
    return error["type"] == "default_factory_not_called"


def _means_what_is_refused(data: dict[str, Any], fault: UnplacedFault, refused: set[DataPath]) -> bool:
    """Whether a name is unknown only because what bears it is written another way there, and is told of for that."""
    given = _at(data, fault.path)
    name = fault.path[-1] if fault.at_key else given
    if fault.nearest is None or not isinstance(name, str) or fold(name) != fold(fault.nearest):
        return False
    return any(_at(data, path) == fault.nearest for path in refused)


def _at(data: Any, path: DataPath) -> object:  # noqa: ANN401 - whatever the file has
    """Return what is at a path; None where nothing is."""
    for part in path:
        known = isinstance(data, dict) or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        data = data.get(part) if isinstance(data, dict) else data[part] if known else None
    return data


def _with_likely_names(findings: list[UnplacedFault], found: list[UnplacedFault]) -> list[UnplacedFault]:
    likely = {each.path: each.nearest for each in found if each.nearest}
    return [replace(each, nearest=each.nearest or likely.get(each.path)) for each in findings]


def _without_echoes(findings: list[UnplacedFault]) -> list[UnplacedFault]:
    """Leave out that something is missing where a misspelt key beside it is that thing."""
    meant = {(*each.path[:-1], each.nearest) for each in findings if each.at_key and each.nearest}
    return [each for each in findings if not (each.missing and each.path in meant)]
