"""What happened since a moment, in one sentence each: the part of a digest that is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from soket.plan.model import Plan, Severity
from soket.record.decision_lines import decision_lines
from soket.record.records import Verdict
from soket.record.register import Register
from soket.record.rounds import is_over, say_met
from soket.record.words import RULINGS
from soket.text import first_units, format_date, format_moment

_NAMED = 5  # of units, in one sentence


def news(plan: Plan, register: Register, since: datetime, proposed: Mapping[str, str] | None = None) -> list[str]:
    """Return what was sent, judged, decided or reached since a moment, by time; `proposed`: of commendations, who."""
    told = sorted(_events(plan, register, proposed), key=lambda event: event[0])
    return [f"{format_moment(moment)}: {sentence}" for moment, sentence in told if moment >= since]


def _events(plan: Plan, register: Register, proposed: Mapping[str, str] | None) -> Iterator[tuple[datetime, str]]:
    for unit in plan.units:
        entry = register.units[unit.code]
        judged = {verdict.number for verdict in entry.verdicts}
        for verdict in entry.verdicts:
            yield verdict.judged_at, f"{unit.name}: bộ hồ sơ lần {verdict.number}: {_judged(verdict)}"
        for receipt in entry.receipts:
            if receipt.number not in judged:
                yield receipt.received_at, f"{unit.name}: đã gửi bộ hồ sơ lần {receipt.number}, đang kiểm tra"
    for line in decision_lines(plan, register, proposed):
        act, paper = line.act, f", văn bản số {line.act.document_number}" if line.act.document_number else ""
        what = ", ".join(part for part in (line.subject, line.content) if part)
        yield act.decided_at, f"{line.kind}: {what}. Lý do: {act.reason.rstrip('.')} ({act.granted_by}{paper})"
    for stage in plan.stages:
        at_work = register.of(stage)
        for record in at_work.records:
            yield record.at, f"{stage.title}: {record.headline}"
        asked = not is_over(plan, register, stage) and say_met(plan, register, stage) is None
        if register.as_of >= at_work.deadline and asked:
            yield at_work.deadline, f"{stage.title}: hết hạn (hết ngày {format_date(at_work.last_day)}), chưa xong"
    yield from _given_up(plan, register)


def _given_up(plan: Plan, register: Register) -> Iterator[tuple[datetime, str]]:
    """Yield when the campaign stopped waiting, and for which units."""
    given_up: defaultdict[datetime, list[str]] = defaultdict(list)
    for unit in plan.units:
        if (entry := register.units[unit.code]).missed and entry.closed:
            given_up[entry.closed].append(unit.name)
    for moment, names in given_up.items():
        yield moment, f"Không chờ nữa {len(names)} đơn vị còn thiếu: {first_units(names, _NAMED, ', ')}"


def _judged(verdict: Verdict) -> str:
    faults = sum(fault.severity is Severity.CRITICAL for fault in verdict.faults)
    late = ", gửi muộn" if verdict.late else ""
    return RULINGS[verdict.ruling].phrase + (f", {faults} điểm phải sửa" if faults else "") + late
