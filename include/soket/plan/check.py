"""Everything that is wrong with a plan file, told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from soket.plan import coherence, doubts, references, reminding, table_checks
from soket.plan.fault import Fault, Finding
from soket.plan.model import Plan
from soket.plan.source import PlanSource, SyntaxFaultError
from soket.plan.wording import finding


def check(file: Path) -> list[Fault]:
    """Return the faults of a plan file, by line; none when it can be used."""
    return examine(file)[1]


def examine(file: Path) -> tuple[Plan | None, list[Fault]]:
    """Return a plan file's plan, or None with what is wrong, by line."""
    try:
        source = PlanSource(file)
    except SyntaxFaultError as error:
        return None, [error.fault]
    if not isinstance(source.data, dict):
        words = "tệp trống" if source.data is None else "kế hoạch phải là các mục «tên: nội dung»"
        return None, [source.fault(Finding((), words, "Xem một kế hoạch mẫu trong thư mục plans."))]
    plan, findings = _model(source.data)
    findings += source.findings
    for each in (*references.CHECKS, *coherence.CHECKS, *table_checks.CHECKS, *reminding.CHECKS):
        findings += each(source.data)
    if not findings:
        return plan, []
    return None, _in_order(source, _without_echoes(findings))


def doubtful(file: Path, plan: Plan) -> list[Fault]:
    """Return what is odd in a sound plan's file, by line: the plan can be used, and somebody should look."""
    findings = [finding for each in doubts.CHECKS for finding in each(plan)]
    return _in_order(PlanSource(file), findings) if findings else []


def _in_order(source: PlanSource, findings: list[Finding]) -> list[Fault]:
    faults = {source.fault(each) for each in findings}
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.path, fault.message))


def _model(data: dict[str, Any]) -> tuple[Plan | None, list[Finding]]:
    try:
        return Plan.model_validate(data), []
    except ValidationError as error:
        return None, [finding(each) for each in error.errors() if not _counts_sound_items_only(each)]


def _counts_sound_items_only(error: ErrorDetails) -> bool:
    """Whether a list is only short because its items have faults of their own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Leave out that something is missing where a misspelt key beside it is that thing."""
    meant = {(*each.path[:-1], each.nearest) for each in findings if each.at_key and each.nearest}
    return [each for each in findings if not (each.missing and each.path in meant)]
