"""What waits for those who decide: proposals for commendation and questions without an answer, papers to be issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from soket.plan.dates import last_day_of
from soket.plan.model import Plan, Stage, StageKind
from soket.record.closing import Closing, meetings
from soket.record.commending import commendations_in_force, latest_lists
from soket.record.decisions import Opinion
from soket.record.inputs import reports_for
from soket.record.issued import awaited_since, issued_title, say_awaited, say_brought
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.stage_details import AppraisalOutcome
from soket.record.stale import is_archived, say_composed_anew, say_relisted
from soket.record.words import DECISIONS
from soket.record.workspace import Workspace
from soket.text import format_date

OR_WAIT = "hay chờ báo cáo của các đơn vị này"
"""What is put as the other choice while reports lack: no choice any more once nobody waits for them."""
OR_LEFT_OUT = "hay để ngoài số tổng hợp đến khi đơn vị xác nhận"
"""What is put as the other choice where figures are odd: without an end once units confirm nothing any more."""

OR_ANEW = "hay tổng hợp lại"
"""What is put as the other choice where reports came after a draft: after the archive, only a reopening does it."""


@dataclass(frozen=True)
class Undecided:
    """One thing that waits for an office's word."""

    office: str  # the code of who is to decide
    act: str  # by which the answer is put on the record; "" where a paper does
    since: datetime  # when the paper was made
    what: str  # in a sentence without its end
    asked: tuple[str, ...] = ()  # the questions, one by one
    waits: str = ""  # since when, and what comes before it, in words, where the office's word alone is not what lacks
    then: str = ""  # what is to be done with the answer, in words
    sender: str = ""  # the code of who is to do something first, or then
    stage: str = ""  # that asks
    listed: str = ""  # how the word comes into the archive's list, in words, once that is made

    def is_for(self, office: str) -> bool:
        """Whether an office has something to do about it: send it, or record its word."""
        return office == self.sender or (office == self.office and bool(self.act))

    def heading(self, plan: Plan) -> str:
        """Return what waits, for whom and since when; where it asks, the questions are to follow."""
        waits = self.waits or f"chờ {plan.office(self.office).name} từ ngày {format_date(self.since.date())}"
        told = f"{self.what}; {waits}{f' ({self.listed})' if self.listed else ''}"
        return f"{told}:" if self.asked else f"{told}{f'; {self.then}' if self.then else ''}."

    def where(self, plan: Plan, office: str) -> str:
        """Return where an office gives the answer that waits for it, in a sentence; "" where none does."""
        if not self.act or office != self.office:
            return ""
        able = plan.offices_of(self.act, plan.stage(self.stage) if self.stage else None)
        others = [each.name for each in able if each.code != office]
        ways = ["ghi trên bảng theo dõi của đợt bằng tài khoản của cơ quan"] if len(others) < len(able) else []
        ways += [f"gửi văn bản cho {', '.join(others)} để ghi"] if others else []
        return f"Trả lời: {', hoặc '.join(ways)}." if ways else ""

    def in_words(self, plan: Plan) -> str:
        """Return the heading and each question in one paragraph."""
        return " ".join((self.heading(plan), *(f"({number}) {each}" for number, each in enumerate(self.asked, 1))))


def undecided(workspace: Workspace, register: Register) -> tuple[Undecided, ...]:
    """Return what waits for a word of those above, the oldest first."""
    plan = workspace.plan
    questions = (open_question(plan, register, stage) for stage in plan.stages_of(StageKind.APPRAISE))
    found = (
        *(each for each in questions if each),
        *_proposals(workspace, register),
        *_unissued(workspace, register),
    )
    return tuple(sorted(found, key=lambda each: each.since))


def undecided_otherwise(before: Sequence[Undecided], after: Sequence[Undecided]) -> Iterator[str]:
    """Say of each thing that waits before and not after, or otherwise, what becomes of it, a sentence each."""
    left = [each for each in after if each not in before]
    for each in (each for each in before if each not in after):
        subject = each.what.partition(":")[0]
        same = next((other for other in left if (other.act, other.what.partition(":")[0]) == (each.act, subject)), None)
        if same:
            left.remove(same)
            if same.what != each.what:  # else only what comes before the word is otherwise
                yield f"{each.what} → {same.what.removeprefix(f'{subject}: ')}."
        elif len(each.asked) > 1:
            yield f"{each.what}; thôi chờ cả {len(each.asked):02} việc; việc nào chưa trả lời thì ghi rõ trong ý kiến."
        else:
            yield f"{each.what}; thôi chờ."
    yield from (f"{each.what}; lại chờ." for each in left)


def open_question(plan: Plan, register: Register, stage: Stage) -> Undecided | None:
    """Return what the last report that went up from a stage asks, until an opinion on it is on the record."""
    record, asked = register.of(stage).record("done"), asked_now(plan, register, stage)
    if record is None or not asked or any(at >= record.at for at in _opinions(register, stage.id)):
        return None
    day = format_date(record.at.date())
    what = f"{stage.title}: tờ trình ngày {day} xin ý kiến {len(asked):02} việc, chưa ghi ý kiến trả lời"
    listed = say_relisted(plan, register)
    return Undecided(stage.receiver, "opinion", record.at, what, asked, stage=stage.id, listed=listed)


def asked_now(plan: Plan, register: Register, stage: Stage) -> tuple[str, ...]:
    """Return what the letter that a stage's report went up with asks, and which choice of it there no longer is."""
    lapsed = {
        OR_WAIT: _say_waiting(plan, register, stage),
        OR_LEFT_OUT: _say_unconfirmed(plan, register),
        OR_ANEW: _say_anew(plan, register, stage),
    }
    asked = asked_by(register.of(stage).record("done"))
    told = {each: [why for choice, why in lapsed.items() if why and choice in each] for each in asked}
    return tuple(f"{each} ({'; '.join(why)})" if why else each for each, why in told.items())


def _say_anew(plan: Plan, register: Register, stage: Stage) -> str:
    """Return what composes a draft anew once the campaign is archived; "" before."""
    draft = plan.draft_of(stage)
    if draft is None or not is_archived(plan, register):
        return ""
    return f"chọn tổng hợp lại thì phải mở lại giai đoạn “{draft.title}”"


def _say_unconfirmed(plan: Plan, register: Register) -> str:
    """Return why no unit confirms a figure any more; "" as long as one can, by its page or a file."""
    campaign = plan.campaign(register.campaign)
    if register.as_of < campaign.end:
        return ""
    return f"đơn vị không còn tự xác nhận được: đợt đã kết thúc ngày {format_date(campaign.closes)}"


def _say_waiting(plan: Plan, register: Register, stage: Stage) -> str:
    """Return until when reports that lack can be waited for, or why they are not to be any more."""
    entries = reports_for(plan, register, stage)
    if waited := {entry.unit: entry.deadline for entry in entries if entry.to_chase}:
        asking = {stage.id: stage for stage in (plan.stage_of(unit) for unit in plan.units if unit.code in waited)}
        campaign = plan.campaign(register.campaign)
        closing = max(register.closing(plan, campaign, each) for each in asking.values())
        return _say_until(plan, register, closing, max(waited.values()))
    closed = [entry.closed for entry in entries if entry.missed and entry.closed]
    if not closed:
        return "nay không còn chờ báo cáo nào"
    day = format_date(last_day_of(max(closed)))
    return f"không còn chọn chờ được: đợt đã thôi chờ hồ sơ từ hết ngày {day}"


def _say_until(plan: Plan, register: Register, closing: Closing, deadline: datetime) -> str:
    if deadline > closing.moment:  # who was given longer has longer
        return f"chọn chờ thì chờ được đến hết ngày {format_date(last_day_of(deadline))}"
    told = f"chọn chờ thì chờ được đến hết ngày {format_date(last_day_of(closing.moment))}, {closing.what}"
    to_come = any(not register.of(each).done for each in plan.stages_of(StageKind.CONFER))
    return f"{told}, hoặc hết ngày hội nghị nếu sớm hơn" if to_come else told


def asked_by(record: StageRecord | None) -> tuple[str, ...]:
    """Return what the letter that a report went up with asks; nothing where it was returned."""
    return record.details.asked if record and isinstance(record.details, AppraisalOutcome) else ()


def say_only_recorded(workspace: Workspace, register: Register, stage: Stage) -> tuple[str, ...]:
    """Say that an opinion on what a stage asks does nothing else by itself, and what is to be done for that."""
    plan, draft = workspace.plan, workspace.plan.draft_of(stage)
    news = f"; bản tin sau gửi {plan.office(plan.roles.lead).name}, nếu đợt còn bản tin, có nêu"
    said = [
        (
            "Ý kiến chỉ ghi vào sổ quyết định: số liệu, thời hạn giữ nguyên, dự thảo và các văn bản không tự lập lại, "
            f"không thư riêng nào báo cơ quan khác{'' if workspace.is_over else news}."
        )
    ]
    if any(OR_LEFT_OUT in each for each in asked_by(register.of(stage).record("done"))):
        said.append(
            f"Để số ra ngoài số tổng hợp thì phải trả lại cả bộ hồ sơ (việc “{DECISIONS['review'].label}”), chỉ khi "
            "đợt còn chờ hồ sơ: mọi số của đơn vị ra khỏi số tổng và lời văn."
        )
    return (*said, say_composed_anew(plan, draft)) if draft else tuple(said)


def _opinions(register: Register, stage: str) -> list[datetime]:
    return [act.decided_at for act in register.acts.in_force if isinstance(act, Opinion) and act.stage == stage]


def _proposals(workspace: Workspace, register: Register) -> Iterator[Undecided]:
    plan, decided = workspace.plan, commendations_in_force(register)
    for stage, listed in latest_lists(workspace, register).items():
        waiting = [each for each in listed if each not in decided]
        if waiting:
            title = plan.stage(stage).title
            done = f", {len(listed) - len(waiting):02} trường hợp đã quyết định" if len(waiting) < len(listed) else ""
            entry = register.stages[stage]
            held = meetings(entry, register.decisions)[-1:] if entry.done else []
            past = "".join(
                f", đã qua ngày họp {format_date(last_day_of(over))}" for over in held if over <= register.as_of
            )
            what = f"{title}: đề nghị biểu dương {len(waiting):02} trường hợp chưa có quyết định{past}{done}"
            since = min(listed[each] for each in waiting)
            signs, decides = (plan.office(each).name for each in (plan.roles.lead, plan.roles.standing))
            made = f"hệ thống lập tờ trình từ ngày {format_date(since.date())}, không theo dõi việc ký, trình"
            waits = f"{made}: {signs} chưa ký, trình thì ký, trình; đã trình thì chờ {decides}"
            yield Undecided(
                plan.roles.standing,
                "commendation",
                since,
                what,
                waits=waits,
                sender=plan.roles.lead,
                listed=say_relisted(plan, register),
            )


def _unissued(workspace: Workspace, register: Register) -> Iterator[Undecided]:
    """Yield the papers that are to be issued, of which the stage's office puts in what was signed."""
    plan = workspace.plan
    for stage in plan.stages:
        if since := awaited_since(plan, register, stage):
            what = f"{issued_title(stage)}: hồ sơ chưa có bản đã ban hành (số, ngày, chữ ký)"
            waits, then = say_awaited(plan, stage, since), say_brought(workspace, register, stage)
            yield Undecided(stage.receiver, "", since, what, waits=waits, then=then, sender=stage.owner)
