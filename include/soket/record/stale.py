"""Papers that are stale: reports came late, were corrected or went since they were made, and they don't know.

A draft keeps on record what it rests on. What other papers were made of lies beside them, written anew whenever they
are; of those made before that was kept, what counted at their time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from soket.plan.model import Plan, Stage, StageKind, Unit
from soket.record.inputs import basis_for
from soket.record.issued import ISSUED_FOLDER
from soket.record.provisional import TITLE, ProvisionalDraft
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.resting import LATE, Late, basis_of, lateness
from soket.record.stage_details import AmendmentsTold, DraftBasis, DraftTaken
from soket.record.tally import register_then
from soket.record.words import PRODUCTS
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import first_units, format_date, lower_first

ARCHIVED = "Hồ sơ của đợt đã lưu trữ: ghi để biết, dự thảo và các văn bản không tự lập lại."

_MOST_NAMED = 12  # units in a sentence

# By kind of stage: the step of the paper that rests on reports. What the press has rests on the draft, and an appraisal
# compares a draft with the reports that the draft rests on: neither lacks those that came since.
_STEPS = {
    StageKind.DRAFT: "working",
    StageKind.CONFER: "papers",
}


@dataclass(frozen=True)
class StalePaper:
    """A paper, and the units whose report counts otherwise now than in it."""

    stage: Stage
    record: StageRecord
    rests_on: Mapping[str, int]  # which submission of each unit
    came: tuple[str, ...]  # units whose report it has not, or has in an earlier version
    gone: tuple[str, ...]  # units whose report does not count any more
    changes: tuple[str, ...] = ()  # what that changes in it, as it was told when they came
    known: StageRecord | None = None  # the provisional draft that was made of just the reports that count now

    def in_words(self, plan: Plan) -> str:
        """Say in one sentence what it lacks."""
        parts = [f"chưa tính báo cáo của {_some(plan, self.came)}"] if self.came else []
        parts += [f"còn tính báo cáo của {_some(plan, self.gone)}"] if self.gone else []
        turn = f" vòng {self.record.round}" if self.stage.kind is StageKind.DRAFT else ""
        return f"{self.title}{turn}: {'; '.join(parts)}."

    @property
    def title(self) -> str:
        """What it is called: several papers are the stage's."""
        name = self.record.products[0].rpartition("/")[2] if self.record.products else ""
        known = PRODUCTS.get(name) if self.stage.kind is not StageKind.CONFER else None
        return known.label if known else f"Tài liệu của “{self.stage.title}”"

    def advice(self, plan: Plan, register: Register) -> str:
        """Say how it is made anew, and who has it made; once the campaign is archived, only a reopened draft is."""
        archived = is_archived(plan, register)
        if archived and not (self.stage.kind is StageKind.DRAFT and register.of(self.stage).done):
            return ARCHIVED
        if self.stage.kind is not StageKind.DRAFT:
            return "Cần bản mới thì báo người vận hành làm lại văn bản tại chỗ; không thư nào gửi lại."
        if register.of(self.stage).done:
            again = say_composed_anew(plan, self.stage)
            return f"{ARCHIVED} {again}" if archived else again
        if (known := self.known) and isinstance(known.details, ProvisionalDraft):
            return f"Đã tính đủ trong {lower_first(TITLE)} số {known.details.number} ({format_date(known.at)})."
        return "Bản tổng hợp tạm sáng làm việc tới tính đủ; cần ngay thì báo người vận hành lập."


def say_composed_anew(plan: Plan, draft: Stage) -> str:
    """Say who has a draft that is done composed anew, and how."""
    may = " hoặc ".join(office.short_name for office in plan.offices_of("reopening", draft)) or "cơ quan chủ trì"
    return f"Cần tổng hợp lại thì {may} mở lại giai đoạn “{draft.title}” trên bảng theo dõi: có vòng mới."


def say_relisted(plan: Plan, register: Register) -> str:
    """Return what brings what is recorded from now on into the archive's list; "" before there is one."""
    titles = [f"“{archive.title}”" for archive, _ in _archives(plan, register)]
    operator = plan.office(plan.roles.operator).name
    again = f"ghi xong báo {operator} chạy lại giai đoạn {', '.join(titles)} thì bảng kê mới có"
    return f"hồ sơ của đợt đã lưu trữ: {again}" if titles else ""


def is_archived(plan: Plan, register: Register) -> bool:
    """Whether the campaign's archive is made: from then on no paper is made anew by itself."""
    return bool(_archives(plan, register))


def say_archived(plan: Plan, register: Register, stage: Stage) -> str:
    """Return what the archive makes of papers of a stage that are made after it; nothing before there is one."""
    if not (archives := _archives(plan, register)):
        return ""
    told = f"Hồ sơ của đợt đã lưu trữ ngày {format_date(min(done.at for _, done in archives).date())}: "
    if stage in (archive for archive, _ in archives):
        kept = "dòng kết quả ở trang giai đoạn vẫn ghi số tệp và chỗ còn thiếu của lần đầu"
        taken = f"bản đã ban hành mới có trong {ISSUED_FOLDER} được nhận"
        return f"{told}{taken}; bảng kê, mã đối chiếu được lập lại theo kho lúc chạy, thay bản đã lưu; {kept}."
    titles = ", ".join(f"“{archive.title}”" for archive, _ in archives)
    return (
        f"{told}tệp lập từ nay không khớp bảng kê, mã đối chiếu đã lưu; xong thì phải chạy lại cả giai đoạn {titles}."
    )


def _archives(plan: Plan, register: Register) -> list[tuple[Stage, StageRecord]]:
    ends = ((each, register.of(each).record("done")) for each in plan.stages_of(StageKind.PUBLISH))
    return [(stage, done) for stage, done in ends if done]


def stale_papers(workspace: Workspace, register: Register) -> list[StalePaper]:
    """Return the papers that are stale, in the plan's order: of each stage the last of its kind."""
    found = []
    for stage in workspace.plan.stages:
        record = _paper_of(register, stage)
        if record is None:
            continue
        then, now = _basis_under(workspace, register, stage, record), basis_for(workspace.plan, register, stage)
        came = tuple(unit for unit, number in now.items() if then.get(unit) != number)
        gone = tuple(unit for unit in then if unit not in now and unit in register.units)
        if came or gone:
            known = _provisional_of(workspace, register, stage, now)
            found.append(StalePaper(stage, record, then, came, gone, _told(register, stage, record), known))
    return found


def keep_basis(workspace: Workspace, register: Register, stage: Stage, round_number: int) -> None:
    """Keep which reports count while the paper of a stage's round is made, over what was kept of an earlier try."""
    basis = DraftBasis(basis=basis_for(workspace.plan, register, stage), as_of=register.as_of)
    workspace.store.put(_beside(workspace, stage, round_number), basis.to_json(), "application/json")


def amended_units(plan: Plan, register: Register, stage: Stage, round_number: int | None = None) -> list[str]:
    """Return the units whose accepted submission is not what the working draft of a round, the latest, rests on."""
    working = register.of(stage).record("working", round_number)
    if working is None:
        return []
    before = basis_of(working)
    return [unit for unit, number in basis_for(plan, register, stage).items() if before.get(unit) != number]


@dataclass(frozen=True)
class LaterReport:
    """A unit's report that counts, and that a draft does not rest on."""

    unit: Unit
    late: Late
    replaces: bool = False  # another of the unit's, which the draft rests on


def amended_untold(plan: Plan, register: Register, stage: Stage) -> list[str]:
    """Return the amended units of which the drafter had not been told when the official draft came."""
    entry = register.of(stage)
    official = entry.record("official")
    taken = official.details if official else None
    if not isinstance(taken, DraftTaken):
        return amended_units(plan, register, stage)
    told = [
        record.details.amended
        for record in entry.records
        if record.round == entry.round and isinstance(record.details, AmendmentsTold) and record.at < taken.arrived_at
    ]
    now = register.basis()
    return [
        unit
        for unit in amended_units(plan, register, stage)
        if not any(amended.get(unit) == now[unit] for amended in told)
    ]


def later_reports(plan: Plan, register: Register, stage: Stage, round_number: int | None = None) -> list[LaterReport]:
    """Return the reports that the working draft of a round, the latest, does not rest on."""
    working = register.of(stage).record("working", round_number)
    return [
        LaterReport(plan.unit(code), lateness(register.units[code], working), code in basis_of(working))
        for code in amended_units(plan, register, stage, round_number)
        if working
    ]


def say_later(reports: Sequence[LaterReport]) -> list[str]:
    """Return, in a sentence for each way in which reports are late, whose a draft lacks."""
    named = {late: [each.unit.name for each in reports if each.late is late] for late in Late}
    return [
        f"Báo cáo {LATE[late].phrase}, dự thảo chưa tính: {'; '.join(names)}." for late, names in named.items() if names
    ]


def names_amended(plan: Plan, register: Register, stage: Stage) -> list[str]:
    """Return the names of the units whose accepted report the draft that a stage goes on from does not rest on."""
    draft = plan.draft_of(stage)
    return [plan.unit(code).name for code in amended_units(plan, register, draft)] if draft else []


def _paper_of(register: Register, stage: Stage) -> StageRecord | None:
    return next((each for each in reversed(register.of(stage).records) if each.kind == _STEPS.get(stage.kind)), None)


def _basis_under(workspace: Workspace, register: Register, stage: Stage, record: StageRecord) -> Mapping[str, int]:
    if isinstance(record.details, DraftBasis):
        return basis_of(record)
    try:
        kept = workspace.store.get(_beside(workspace, stage, record.round))
        return DraftBasis.model_validate_json(kept).basis
    except (MissingObjectError, ValidationError):
        return basis_for(workspace.plan, register_then(workspace, register, record.at), stage)


def _provisional_of(
    workspace: Workspace, register: Register, stage: Stage, basis: Mapping[str, int]
) -> StageRecord | None:
    """Return the latest provisional draft where it was made of these reports."""
    last = next(reversed(register.of(stage).provisional), None)
    if last is None or not isinstance(last.details, ProvisionalDraft):
        return None
    then = register_then(workspace, register, last.details.as_of)
    return last if basis_for(workspace.plan, then, stage) == basis else None


def _beside(workspace: Workspace, stage: Stage, round_number: int) -> str:
    return workspace.keys.stage(stage.id, round_number, "lap-tu.json")


def _told(register: Register, stage: Stage, record: StageRecord) -> tuple[str, ...]:
    """Return what was told last of how the reports that came change a draft of this round."""
    told = (each.details for each in reversed(register.of(stage).records) if each.round == record.round)
    return next((each.changes for each in told if isinstance(each, AmendmentsTold)), ())


def _some(plan: Plan, codes: tuple[str, ...]) -> str:
    known = {unit.code: unit.name for unit in plan.units}
    return first_units([known.get(code, code) for code in codes], _MOST_NAMED)
