"""What can be seen while a campaign runs: verdicts, decisions, steps of stages, mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter

from demo.patience import persist
from soket.notices.notice import Kind
from soket.notices.words import NOTICES
from soket.plan.model import Plan, Stage, StageKind
from soket.record.decisions import Appraisal, Decision
from soket.record.keeping import last_snapshot
from soket.record.records import Ruling, StageRecord, Verdict
from soket.record.words import RULINGS
from soket.record.workspace import Workspace

R = TypeVar("R")

_decision: TypeAdapter[Decision] = TypeAdapter(Decision)


class Happening(NamedTuple):
    """Something that happened, at a campaign moment, in words."""

    at: datetime
    told: str


@dataclass
class Sight:
    """What has been seen so far; `look` adds what is new.

    Verdicts come from the register's snapshot, which whoever works on the campaign keeps fresh: one GET, where listing
    hundreds of objects every other second would keep the S3 server from its work.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    records: list[StageRecord] = field(default_factory=list)
    mails: Counter[Kind] = field(default_factory=Counter)  # that arrived, by kind
    invited: set[str] = field(default_factory=set)  # whose invitation arrived
    _read: set[str] = field(default_factory=set)

    def look(self, workspace: Workspace, arrived: Sequence[str] = ()) -> list[Happening]:
        """Read what has been written since the last look; return it, and the notices that arrived, in words."""
        plan, keys = workspace.plan, workspace.keys
        verdicts = persist(lambda: self._new_verdicts(workspace))
        decisions = persist(lambda: self._new_records(workspace, keys.decisions, ".json", _decision.validate_json))
        records = persist(
            lambda: self._new_records(workspace, keys.stages, "/records/", StageRecord.model_validate_json)
        )
        records.sort(key=lambda record: record.at)
        self.verdicts += verdicts
        self.decisions += decisions
        self.records += records
        kinds = Counter(kind for kind in Kind for notice in arrived if notice.startswith(f"{kind}."))
        self.mails += kinds
        self.invited |= {notice.split(".")[1] for notice in arrived if notice.startswith(f"{Kind.INVITATION}.")}
        told = ", ".join(f"{NOTICES[kind].phrase} {count}" for kind, count in kinds.items())
        return [
            *(Happening(each.judged_at, _judged(plan, each)) for each in verdicts),
            *(Happening(each.decided_at, f"Quyết định: {each.reason}") for each in decisions),
            *(Happening(each.at, f"{plan.stage(each.stage).title}: {_first_line(each.note)}") for each in records),
            *([Happening(workspace.now, f"Thư đến: {told}")] if told else []),
        ]

    def record(self, stage: Stage, round_number: int, step: str) -> StageRecord | None:
        """Return the record of a step, if it was seen."""
        return next(
            (each for each in self.records if (each.stage, each.round, each.step) == (stage.id, round_number, step)),
            None,
        )

    def done(self, stage: Stage) -> bool:
        """Whether a stage's latest round is done."""
        latest = max((record.round for record in self.records if record.stage == stage.id), default=0)
        return self.record(stage, latest, "done") is not None

    @property
    def appraisals(self) -> list[Appraisal]:
        """The appraisals on record."""
        return [each for each in self.decisions if isinstance(each, Appraisal)]

    def is_appraised(self, plan: Plan) -> bool:
        """Whether nothing lies before an appraiser: each round that was opened is decided."""
        appraising = {stage.id for stage in plan.stages_of(StageKind.APPRAISE)}
        asked = {(each.stage, each.round) for each in self.records if each.step == "opened"}
        return {each for each in asked if each[0] in appraising} <= {
            (each.stage, each.round) for each in self.appraisals
        }

    def standing(self, units: Collection[str]) -> Counter[Ruling]:
        """Return how many of some units have which ruling on their latest submission."""
        return Counter({each.unit: each.ruling for each in self.verdicts if each.unit in units}.values())

    def _new_verdicts(self, workspace: Workspace) -> list[Verdict]:
        snapshot = last_snapshot(workspace)
        if snapshot is None:
            return []
        known = {(verdict.unit, verdict.number) for verdict in self.verdicts}
        return sorted(
            (verdict for verdict in snapshot.verdicts.values() if (verdict.unit, verdict.number) not in known),
            key=lambda verdict: verdict.judged_at,
        )

    def _new_records(self, workspace: Workspace, prefix: str, part: str, parse: Callable[[bytes], R]) -> list[R]:
        listed = (found.key for found in workspace.store.list(prefix))
        new = [key for key in listed if part in key and key not in self._read]
        records = [parse(workspace.store.get(key)) for key in new]
        self._read.update(new)
        return records


def _judged(plan: Plan, verdict: Verdict) -> str:
    told = f"{plan.unit(verdict.unit).name}: {RULINGS[verdict.ruling].phrase}"
    if verdict.ruling is Ruling.RETURNED:
        return f"{told} ({'; '.join(sorted({fault.code for fault in verdict.faults}))})"
    return f"{told} (sau hạn)" if verdict.late else told


def _first_line(note: str) -> str:
    return next((line.strip("# ") for line in note.splitlines() if line.strip("# ")), "")
