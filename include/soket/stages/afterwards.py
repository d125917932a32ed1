"""What comes after an act, and what does not come by itself, in words for its preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soket.plan.dates import last_day_of
from soket.plan.model import Plan, Stage, StageKind
from soket.record.composed import say_later
from soket.record.decisions import (
    Decision,
    Extension,
    LinkRenewal,
    Mute,
    OfficialMessage,
    Opinion,
    Reopening,
    Review,
    Urging,
)
from soket.record.inputs import rests_on
from soket.record.register import Register
from soket.record.reopening import say_run
from soket.record.rounds import is_over
from soket.record.sending import say_unread
from soket.record.slack import critical_path
from soket.record.stale import say_relisted
from soket.record.turns import turn_of
from soket.record.undecided import say_only_recorded
from soket.record.words import say_standing
from soket.record.workspace import Workspace
from soket.stages.draft import reason_for_new_round
from soket.stages.held_back import say_held_back
from soket.text import first_units, format_date, upper_first

_NAMED = 5  # units
# What nobody looks for in an archive, and whose own words tell what becomes of that.
_UNLISTED = (LinkRenewal, Mute, OfficialMessage, Reopening, Urging)
_ASKING = (StageKind.APPRAISE, StageKind.CONFER)
_MADE = {StageKind.CONFER: "papers", StageKind.PUBLISH: "press"}  # steps that make papers of a draft


def say_afterwards(there: Workspace, before: Register, after: Register) -> Iterator[str]:
    """Yield what the run of a reopened stage does, what acts leave as it is or hold back, and what is for good."""
    known = {act.id for act in before.decisions}
    acts = [act for act in after.decisions if act.id not in known]
    yield from dict.fromkeys(line for act in acts for line in _say_for_good(there, after, act))
    yield from _say_needless(there.plan, after, acts)
    yield from say_held_back(there, after, acts)
    yield from _still_printed(there.plan, before, after, acts)
    for stage in there.plan.stages:
        if after.reopened(stage) and not before.reopened(stage):
            yield say_run(there, after, stage)
            yield from _still_asked(there.plan, after, stage)
            yield from _left_as_made(there.plan, after, stage)
        elif not there.is_over and _opens_by_itself(there.plan, before, after, stage):
            number, owner = after.of(stage).round + 1, there.plan.office(stage.owner).name
            yield f"{stage.title}: hệ thống tự mở vòng {number}, gửi dự thảo làm việc mới tới {owner}."
            yield from _still_asked(there.plan, after, stage)
        called = after.conference_format(stage)
        if called and after.of(stage).done and after.of(stage).last_day != before.of(stage).last_day:
            day = format_date(called.day)
            yield f"{stage.title}: ngày họp đã mời, {day}, không đổi; dời ngày họp thì mở lại giai đoạn."
        yield from _closed_already(there.plan, before, after, stage)
    urged = {act.unit for act in acts if isinstance(act, Urging)}
    given = (
        code for code, entry in after.units.items() if code in urged or entry.last_day > before.units[code].last_day
    )
    told = (say_later(there.plan, after, after.units[code]) for code in given if after.units[code].to_chase)
    yield from dict.fromkeys(filter(None, told))
    if any(not isinstance(act, _UNLISTED) for act in acts) and (listed := say_relisted(there.plan, before)):
        yield f"{upper_first(listed)}."
    if there.is_over and any(isinstance(act, OfficialMessage) and act.shared for act in acts):
        yield say_unread(there.plan)


def say_unmailed(there: Workspace) -> str:
    """Say of an act that posts nothing that it does not now or, after the last day, that it never will."""
    if not there.is_over:
        return "Không gửi thư nào ngay."
    day = format_date(there.campaign.closes)
    return f"Không gửi thư nào, cả về sau: đợt đã qua ngày cuối ({day}), không còn thư nhắc, bản tin."


def _say_for_good(there: Workspace, after: Register, act: Decision) -> Iterator[str]:
    """Yield what of an act cannot be taken back, as what counts once nobody waits for another; what is words alone."""
    match act:
        case Opinion(stage=stage):
            yield from say_only_recorded(there, after, there.plan.stage(stage))
        case LinkRenewal(unit=unit):
            yield f"Đường dẫn đã gửi hết dùng ngay. {_say_new_link(there, ours=unit is None)}"
        case Review(unit=unit, number=number) if closed := after.units[unit].closed:
            if after.units[unit].accepted == number:
                since = f"đợt đã thôi chờ hồ sơ từ hết ngày {format_date(last_day_of(closed))}"
                yield f"Ghi rồi không rút lại, không trả lại được nữa: {since}."


def _say_new_link(there: Workspace, *, ours: bool) -> str:
    """Say how a new link comes to its reader: by mail, as long as any is due."""
    if not there.is_over:
        now = "" if ours else "; cần ngay thì gửi đơn vị một lời “Trao đổi”"
        return f"Thư sau mang đường dẫn mới{now}."
    ways = (
        "gửi đơn vị một lời “Trao đổi” thì thư mang đường dẫn ấy; hoặc người vận hành lấy bằng lệnh «soket page link»"
    )
    return f"Đợt đã qua, không còn thư nào tự mang đường dẫn mới{'' if ours else f': {ways}'}."


def _say_needless(plan: Plan, after: Register, acts: Sequence[Decision]) -> Iterator[str]:
    """Yield who is given more time and owes nothing any more."""
    given = [after.units[act.unit] for act in acts if isinstance(act, Extension)]
    settled = [entry for entry in given if entry.standing.settled]
    for word in dict.fromkeys(say_standing(plan, entry) for entry in settled):
        names = [plan.unit(entry.unit).name for entry in settled if say_standing(plan, entry) == word]
        yield f"{first_units(names, _NAMED)} {word}, không còn nợ hồ sơ: hạn mới chỉ dùng cho bản nộp sau."


def _still_printed(plan: Plan, before: Register, after: Register, acts: Sequence[Decision]) -> Iterator[str]:
    """Yield which drafts print a date that was granted, and is so no more: they were composed in the meantime."""
    for granted in (after.acts.subject_of(act) for act in acts):
        if not isinstance(granted, Extension) or after.units[granted.unit] == before.units[granted.unit]:
            continue
        unit = plan.unit(granted.unit)
        for draft in plan.stages_of(StageKind.DRAFT) if after.acts.is_undone(granted) else ():
            made = next((each for each in reversed(after.of(draft).records) if each.kind == "working"), None)
            if made and made.at >= granted.decided_at and rests_on(plan, draft, unit):
                day, until = format_date(made.at.date()), format_date(granted.last_day)
                yield (
                    f"{draft.title}: dự thảo làm việc vòng {made.round} lập ngày {day} in {unit.name} được gia hạn đến "
                    f"hết ngày {until}; dự thảo và các văn bản không tự lập lại."
                )


def _still_asked(plan: Plan, after: Register, stage: Stage) -> Iterator[str]:
    """Yield what an office is being asked about what a reopened stage delivered."""
    for each in plan.downstream(stage):
        if each.kind in _ASKING and (turn := turn_of(plan, after, each)):
            yield f"{each.title} đang {turn}: câu hỏi ấy giữ nguyên, vẫn phải trả lời."


def _left_as_made(plan: Plan, after: Register, stage: Stage) -> Iterator[str]:
    """Yield which papers were made of what a reopened draft delivered: nobody makes them anew by themselves."""
    for each in plan.downstream(stage) if stage.kind is StageKind.DRAFT else ():
        if made := after.of(each).latest(_MADE.get(each.kind, "")):
            papers = "tài liệu, mẫu giấy mời" if each.kind is StageKind.CONFER else "tài liệu báo chí"
            sent = after.of(each).record("done", made.round) if each.kind is StageKind.CONFER else None
            mails = f", thư mời họp lập ngày {format_date(sent.at.date())}" if sent else ""
            day = format_date(made.at.date())
            yield f"{each.title}: {papers} lập ngày {day}{mails} theo dự thảo trước, không tự lập lại."


def _opens_by_itself(plan: Plan, before: Register, after: Register, stage: Stage) -> bool:
    """Whether acts make a draft that is done open another round, which no office asked for."""
    if stage.kind is not StageKind.DRAFT or not after.of(stage).done:
        return False
    return bool(reason_for_new_round(plan, after, stage)) and not reason_for_new_round(plan, before, stage)


def _closed_already(plan: Plan, before: Register, after: Register, stage: Stage) -> Iterator[str]:
    """Yield that a stage whose date moves is over; units have dates of their own, and guests their day."""
    if stage.kind in (StageKind.COLLECT, StageKind.CONFER) or after.of(stage).last_day == before.of(stage).last_day:
        return
    done = after.of(stage).record("done")
    if done and is_over(plan, after, stage):
        yield f"{stage.title}: đã khép lại ngày {format_date(done.at.date())}; hạn mới không làm giai đoạn chạy lại."


def say_course(workspace: Workspace, before: Register, after: Register) -> Iterator[str]:
    """Yield what is left to stages, where it would not be what it is."""
    was, is_now = (critical_path(workspace, each) for each in (before, after))
    left = {each.stage: each.left for each in was.stages}
    for each in is_now.stages:
        if left.get(each.stage, each.left) != each.left:
            yield f"{each}."
