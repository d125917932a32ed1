"""What happened, in one sentence each, and what of it nobody was told yet: the part of a digest that is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from soket.plan.model import Plan, Severity, StageKind, Unit
from soket.record.commending import Proposed
from soket.record.decision_lines import decision_lines
from soket.record.issued import awaited_since, issued_title
from soket.record.records import StageRecord, Verdict
from soket.record.register import Register, UnitEntry
from soket.record.rounds import is_over, say_met
from soket.record.words import RULINGS
from soket.text import first_units, format_date, format_moment, lower_first

_NAMED = 5  # of units, in one sentence


class NewsItem(NamedTuple):
    """One thing that happened; `key` is the same whenever it is told."""

    at: datetime
    key: str
    what: str

    @property
    def in_words(self) -> str:
        """When, and what."""
        return f"{format_moment(self.at)}: {self.what}"


def events(plan: Plan, register: Register, proposed: Mapping[str, Proposed] | None = None) -> list[NewsItem]:
    """Return all that happened, by time; `proposed`: of commendations, who."""
    return sorted(_events(plan, register, proposed), key=lambda event: event.at)


def news(plan: Plan, register: Register, since: datetime, proposed: Mapping[str, Proposed] | None = None) -> list[str]:
    """Return what was sent, judged, decided or reached since a moment, by time; `proposed`: of commendations, who."""
    return [event.in_words for event in events(plan, register, proposed) if event.at >= since]


def _events(plan: Plan, register: Register, proposed: Mapping[str, Proposed] | None) -> Iterator[NewsItem]:
    for unit in plan.units:
        yield from _of_unit(unit, register.units[unit.code])
    for line in decision_lines(plan, register, proposed):
        act, paper = line.act, f", văn bản số {line.act.document_number}" if line.act.document_number else ""
        what = ", ".join(part for part in (line.subject, line.content) if part)
        why = f". Lý do: {reason}" if (reason := act.reason.rstrip(". ")) else ""
        told = f"{line.kind}: {what}{why} ({act.granted_by}{paper})"
        yield NewsItem(act.decided_at, f"act {act.id}", told)
    for stage in plan.stages:
        at_work = register.of(stage)
        for record in at_work.records:
            key = f"record {stage.id} {record.round} {record.step}"
            yield NewsItem(record.at, key, f"{stage.title}: {record.headline}{_rest(record)}")
        asked = not is_over(plan, register, stage) and say_met(plan, register, stage) is None
        if register.as_of >= at_work.deadline and asked:
            what = f"{stage.title}: hết hạn (hết ngày {format_date(at_work.last_day)}), chưa xong"
            yield NewsItem(at_work.deadline, f"deadline {stage.id} {at_work.deadline.isoformat()}", what)
        since = awaited_since(plan, register, stage)
        if stage.kind is StageKind.CONFER and since:
            what = f"{stage.title}: đã qua ngày họp; chờ {lower_first(issued_title(stage))}"
            yield NewsItem(since, f"held {stage.id} {since.isoformat()}", what)
    yield from _given_up(plan, register)


def _of_unit(unit: Unit, entry: UnitEntry) -> Iterator[NewsItem]:
    """Yield what a unit sent, and what became of it."""
    for verdict in entry.verdicts:
        key = f"verdict {unit.code} {verdict.number} {verdict.judged_at.isoformat()}"
        yield NewsItem(verdict.judged_at, key, f"{unit.name}: bộ hồ sơ lần {verdict.number}: {_judged(verdict)}")
    for back in entry.withdrawals:
        what = f"{unit.name}: đơn vị đã rút lại bộ hồ sơ lần {back.number} trước khi được kiểm tra xong"
        yield NewsItem(back.at, f"withdrawal {unit.code} {back.number}", what)
    judged = {verdict.number for verdict in entry.verdicts}
    for receipt in entry.sent:
        if receipt.number not in judged:
            what = f"{unit.name}: đã gửi bộ hồ sơ lần {receipt.number}, đang kiểm tra"
            yield NewsItem(receipt.received_at, f"receipt {unit.code} {receipt.number}", what)


def _given_up(plan: Plan, register: Register) -> Iterator[NewsItem]:
    """Yield when the campaign stopped waiting, and for which units."""
    given_up: defaultdict[datetime, list[str]] = defaultdict(list)
    for unit in plan.units:
        if (entry := register.units[unit.code]).missed and entry.closed:
            given_up[entry.closed].append(unit.name)
    for moment, names in given_up.items():
        what = f"Không chờ nữa {len(names)} đơn vị còn thiếu: {first_units(names, _NAMED, ', ')}"
        yield NewsItem(moment, f"closed {moment.isoformat()}", what)


def _rest(record: StageRecord) -> str:
    """Return where the rest of a record's note is to be read, where there is more than its headline."""
    more = record.note.rstrip() != record.note.partition("\n")[0].rstrip()
    return " Đọc đủ ở trang “Giai đoạn và sản phẩm” của bảng theo dõi." if more else ""


def _judged(verdict: Verdict) -> str:
    faults = sum(fault.severity is Severity.CRITICAL for fault in verdict.faults)
    late = ", gửi muộn" if verdict.late else ""
    return RULINGS[verdict.ruling].phrase + (f", {faults} điểm phải sửa" if faults else "") + late
