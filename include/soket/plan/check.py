"""Everything that is wrong with a plan file, told at once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from soket.plan import coherence, doubts, references, reminding, table_checks
from soket.plan.fault import PlanFault, UnplacedFault
from soket.plan.model import Plan
from soket.plan.schema_errors import finding
from soket.plan.source import PlanSource, SyntaxFaultError

log = logging.getLogger(__name__)

_MOST_TOLD = 200  # faults of a kind of check: more than anybody mends in one go
_LONGEST = 300  # characters of an error that is ours


def check(file: Path) -> list[PlanFault]:
    """Return the faults of a plan file, by line; none when it can be used."""
    return examine(file)[1]


def examine(file: Path) -> tuple[Plan | None, list[PlanFault]]:
    """Return a plan file's plan, or None with what is wrong, by line; whatever it holds, no other plan suffers."""
    try:
        return _examined(file)
    except Exception as error:
        log.exception("%s could not be examined", file)
        message = f"không xét được tệp này: {type(error).__name__}: {error}"
        return None, [
            PlanFault(file, 1, 1, "", message[:_LONGEST], "Lỗi của hệ thống: báo người quản trị, kèm tệp này.")
        ]


def _examined(file: Path) -> tuple[Plan | None, list[PlanFault]]:
    try:
        source = PlanSource(file)
    except SyntaxFaultError as error:
        return None, [error.fault]
    if not isinstance(source.data, dict):
        words = "tệp trống" if source.data is None else "kế hoạch phải là các mục «tên: nội dung»"
        return None, [source.fault(UnplacedFault((), words, "Xem một kế hoạch mẫu trong thư mục plans."))]
    plan, findings, more = _model(source.data)
    others = list(source.findings)
    for each in (*references.CHECKS, *coherence.CHECKS, *table_checks.CHECKS, *reminding.CHECKS):
        others += each(source.data)
    findings += others[:_MOST_TOLD]
    more += max(len(others) - _MOST_TOLD, 0)
    if not findings:
        return plan, []
    told = _without_echoes(findings)
    if more:
        told.append(UnplacedFault((), f"còn {more} chỗ sai nữa", "Sửa những chỗ đã nêu rồi kiểm tra lại."))
    return None, _in_order(source, told)


def doubtful(file: Path, plan: Plan) -> list[PlanFault]:
    """Return what is odd in a sound plan's file, by line: the plan can be used, and somebody should look."""
    findings = [finding for each in doubts.CHECKS for finding in each(plan)]
    return _in_order(PlanSource(file), findings) if findings else []


def _in_order(source: PlanSource, findings: list[UnplacedFault]) -> list[PlanFault]:
    faults = {source.fault(each) for each in findings}
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.path, fault.message))


def _model(data: dict[str, Any]) -> tuple[Plan | None, list[UnplacedFault], int]:
    """Return the plan, or what keeps the data from being one, and how many more faults there are than are told."""
    try:
        return Plan.model_validate(data), [], 0
    except ValidationError as error:
        told = [each for each in error.errors(include_url=False) if not _counts_sound_items_only(each)]
        return None, [finding(each) for each in told[:_MOST_TOLD]], max(len(told) - _MOST_TOLD, 0)


def _counts_sound_items_only(error: ErrorDetails) -> bool:
    """Whether a list is only short because its items have faults of their own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _without_echoes(findings: list[UnplacedFault]) -> list[UnplacedFault]:
    """Leave out that something is missing where a misspelt key beside it is that thing."""
    meant = {(*each.path[:-1], each.nearest) for each in findings if each.at_key and each.nearest}
    return [each for each in findings if not (each.missing and each.path in meant)]
