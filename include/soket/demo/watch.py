"""What can be seen in the bucket while a campaign runs: verdicts, mails, decisions, steps of stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter

from soket.campaign.records import Decision, Ruling, StageRecord, Verdict
from soket.campaign.workspace import Workspace
from soket.demo.patience import persist
from soket.plan.model import Plan, StageName

R = TypeVar("R")

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)

RULINGS = {
    Ruling.ACCEPTED: "nhận",
    Ruling.ACCEPTED_WITH_WARNINGS: "nhận, có lưu ý",
    Ruling.RETURNED: "trả lại",
}


class Happening(NamedTuple):
    """Something that happened, at a campaign moment, in words."""

    at: datetime
    told: str


@dataclass
class Sight:
    """What has been seen so far; `look` adds what is new."""

    verdicts: list[Verdict] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    records: list[StageRecord] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)  # mails by kind
    waiting: int = 0  # mails in the outbox
    _read: set[str] = field(default_factory=set)

    def look(self, workspace: Workspace) -> list[Happening]:
        """Read what has been written since the last look; return it in words."""
        return persist(lambda: self._look(workspace))

    def record(self, stage: StageName, round_number: int, step: str) -> StageRecord | None:
        """Return the record of a step, if it was seen."""
        return next(
            (each for each in self.records if (each.stage, each.round, each.step) == (stage, round_number, step)), None
        )

    def done(self, stage: StageName) -> bool:
        """Whether a stage's latest round is done."""
        latest = max((record.round for record in self.records if record.stage is stage), default=0)
        return self.record(stage, latest, "done") is not None

    def standing(self) -> Counter[Ruling]:
        """Return how many units have which ruling on their latest submission."""
        return Counter({verdict.unit: verdict.ruling for verdict in self.verdicts}.values())

    def _look(self, workspace: Workspace) -> list[Happening]:
        keys, plan = workspace.keys, workspace.plan
        read: set[str] = set()
        verdicts = self._new(workspace, keys.reports, "/verdict.json", Verdict.model_validate_json, read)
        decisions = self._new(workspace, keys.decisions, ".json", _decision.validate_json, read)
        records = self._new(workspace, keys.stages, "/records/", StageRecord.model_validate_json, read)
        mails = list(self._mails(workspace))
        # Only now: a look that was cut short is repeated whole.
        self._read |= read
        verdicts.sort(key=lambda verdict: verdict.judged_at)
        records.sort(key=lambda record: record.at)
        self.verdicts += verdicts
        self.decisions += decisions
        self.records += records
        return [
            *(Happening(each.judged_at, _judged(plan, each)) for each in verdicts),
            *(Happening(each.decided_at, f"Quyết định: {each.reason}") for each in decisions),
            *(Happening(each.at, f"{plan.stages[each.stage].title}: {_first_line(each.note)}") for each in records),
            *(Happening(workspace.now, mail) for mail in mails),
        ]

    def _new(
        self, workspace: Workspace, prefix: str, part: str, parse: Callable[[bytes], R], read: set[str]
    ) -> list[R]:
        listed = (found.key for found in workspace.store.list(prefix))
        new = [key for key in listed if part in key and key not in self._read]
        read.update(new)
        return [parse(workspace.store.get(key)) for key in new]

    def _mails(self, workspace: Workspace) -> Iterable[str]:
        prefix = workspace.keys.notices
        endings: dict[str, set[str]] = {}
        for found in workspace.store.list(prefix):
            notice, _, name = found.key.removeprefix(prefix).partition("/")
            endings.setdefault(notice, set()).add(name)
        sent = Counter(notice.partition(".")[0] for notice, names in endings.items() if "sent.json" in names)
        over = ("sent.json", "failed.json", "withdrawn.json", "suppressed.json")
        self.waiting = sum(not names.intersection(over) for names in endings.values())
        new, self.sent = sent - self.sent, sent
        if new:
            yield "Thư đã gửi: " + ", ".join(f"{MAILS.get(kind, kind)} {count}" for kind, count in new.items())


MAILS = {
    "request": "đề nghị báo cáo",
    "new_date": "báo hạn mới",
    "receipt": "tiếp nhận",
    "return": "trả lại",
    "reminder": "nhắc",
    "escalation": "đôn đốc",
    "digest": "bản tin",
    "oddities": "việc lạ",
    "draft": "dự thảo làm việc",
    "appraisal": "thẩm định",
    "appraisal_returned": "trả lại dự thảo",
    "appraised": "trình Thường trực",
    "invitation": "giấy mời",
    "press": "báo chí",
}
"""What the kinds of mail are called."""


def _judged(plan: Plan, verdict: Verdict) -> str:
    told = f"{plan.unit(verdict.unit).name}: {RULINGS[verdict.ruling]}"
    if verdict.ruling is Ruling.RETURNED:
        return f"{told} ({'; '.join(sorted({fault.code for fault in verdict.faults}))})"
    return f"{told} (sau hạn)" if verdict.late else told


def _first_line(note: str) -> str:
    return next((line.strip("# ") for line in note.splitlines() if line.strip("# ")), "")
