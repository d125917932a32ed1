"""What the form of an act offers as the record stands: what there is to choose, and what is to be read first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from soket.faults import Fault
from soket.plan.model import StageKind
from soket.record.composed import composed_for
from soket.record.decisions import Opinion
from soket.record.register import Register
from soket.record.reopening import why_not_reopened
from soket.record.reviewable import Reviewable, reviewable
from soket.record.sending import say_unread
from soket.record.stale import ARCHIVED, is_archived
from soket.record.standing import Standing
from soket.record.turns import waiting_requests
from soket.record.undecided import asked_now, open_question, say_only_recorded
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.stages.act_blanks import CONCLUSION, DOCUMENT_NUMBER, NUMBER, OUTCOME, STAGE, UNIT, Blank
from soket.stages.commending import papers_naming
from soket.stages.talking import why_not_answered, why_not_returned, why_not_waited_for
from soket.text import format_date, upper_first

Told = tuple[str, tuple[str, ...]]
"""A heading, and the points under it."""


@dataclass(frozen=True)
class Offered:
    """What a form offers: of some blanks, the only choices that make sense now, by code, and which one is chosen."""

    choices: Mapping[Blank, Mapping[str, str]] = field(default_factory=dict)
    chosen: Mapping[Blank, str] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    nothing: str = ""  # why there is nothing to choose
    must: tuple[Blank, ...] = ()  # what has to be filled in, though the act can do without
    must_when: Mapping[Blank, str] = field(default_factory=dict)  # when another has to be, in words
    barred: Mapping[str, str] = field(default_factory=dict)  # by code: what one would choose, and what stands against


def offer_all(_workspace: Workspace, _register: Register, _filled: Mapping[str, str]) -> Offered:
    """Offer whatever the blanks take."""
    return Offered()


def offer_questions(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer the stages whose report went up with questions, and tell each of those; what is open is chosen."""
    plan = workspace.plan
    unanswered = [
        stage.id for stage in plan.stages_of(StageKind.APPRAISE) if open_question(plan, register, stage) is not None
    ]
    choices, told, after = {}, [], dict[str, None]()
    for stage in plan.stages_of(StageKind.APPRAISE):
        record, asked = register.of(stage).record("done"), asked_now(plan, register, stage)
        if record is None or not asked:
            continue
        given = [act for act in register.acts.in_force if isinstance(act, Opinion) and act.stage == stage.id]
        choices[stage.id] = stage.title if stage.id in unanswered else f"{stage.title} (đã ghi ý kiến, ghi thêm)"
        if filled.get(STAGE.name, stage.id) == stage.id:
            said = [f"Đã ghi ngày {format_date(act.decided_at.date())}: {act.reason}" for act in given]
            asks = f"tờ trình ngày {format_date(record.at.date())} xin ý kiến {len(asked):02} việc"
            told.append((f"{stage.title}: {asks}", (*asked, *said)))
            after |= dict.fromkeys(say_only_recorded(workspace, register, stage))
    told += [("Ghi ý kiến rồi", tuple(after))] if after else []
    alone = unanswered if len(unanswered) == 1 else list(choices) if len(choices) == 1 else []
    nothing = "" if choices else "Chưa tờ trình nào xin ý kiến việc gì."
    return Offered({STAGE: choices}, {STAGE: alone[0]} if alone else {}, tuple(told), nothing)


def no_date_left(workspace: Workspace) -> str:
    """Say why no date can be set any more; nothing while one can."""
    closes = workspace.campaign.closes
    past = workspace.now.date() > closes
    return f"Đã qua ngày cuối của đợt ({format_date(closes)}), không đặt được hạn nào nữa." if past else ""


def counts_already(workspace: Workspace, entry: UnitEntry) -> str:
    """Say that a unit's report counts, so that it has something to report; nothing where none does."""
    if entry.standing not in (Standing.ACCEPTED, Standing.ACCEPTED_WITH_WARNINGS):
        return ""
    name = workspace.plan.unit(entry.unit).name
    first = "" if entry.closed else " Báo cáo ấy sai thì trả lại trước."
    return f"{name} có báo cáo đã tiếp nhận (lần nộp {entry.accepted}).{first}"


def why_no_nil_return(workspace: Workspace, entry: UnitEntry) -> str:
    """Say that a unit's report counts, or was sent back, and what to do instead; nothing where neither is so."""
    if counted := counts_already(workspace, entry):
        return counted
    if entry.standing is not Standing.RETURNED or not entry.last_verdict:
        return ""
    number, name = entry.last_verdict.number, workspace.plan.unit(entry.unit).name
    wait = "Đợt đã thôi chờ bản nộp lại: chỉ còn" if entry.closed else "Chờ bản nộp lại, hoặc"
    return (
        f"Lần nộp {number} của {name} đã bị trả lại, nên ghi không phát sinh không có hiệu lực. "
        f"{wait} tiếp nhận lần nộp ấy bằng văn bản, hoặc miễn báo cáo."
    )


def offer_dates(workspace: Workspace, _register: Register, _filled: Mapping[str, str]) -> Offered:
    """Offer whatever the blanks take, as long as the campaign has a day left."""
    return Offered(nothing=no_date_left(workspace))


def offer_nil_return(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer what is of use of a unit whose report does not count, and was not sent back."""
    entry = _about(register, filled)
    return Offered(nothing=why_no_nil_return(workspace, entry) if entry else "")


def offer_chasing(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer what is of use of a unit that somebody waits for."""
    entry = _about(register, filled)
    if entry is None:
        waited = any(each.to_chase for each in register.units.values())
        return Offered(nothing="" if waited else "Không còn chờ hồ sơ của đơn vị nào.")
    return Offered(nothing="" if entry.to_chase else f"{why_not_waited_for(workspace.plan.unit(entry.unit), entry)}.")


def offer_message(workspace: Workspace, _register: Register, _filled: Mapping[str, str]) -> Offered:
    """Offer whatever the blanks take, and tell whose name it bears and where a unit answers after the campaign."""
    lead = workspace.plan.office(workspace.plan.roles.lead).name
    named = f"Thư mang tên {lead}, dù nơi nào ghi; lời của nơi khác thì thư viết “Theo ý kiến của …” (Người cho phép)."
    return Offered(told=(("Thư gửi đơn vị", (named, *([say_unread(workspace.plan)] if workspace.is_over else ()))),))


def offer_unjudged(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer what is of use of a unit of which something waits to be judged."""
    entry = _about(register, filled)
    if any(each.unjudged for each in ((entry,) if entry else register.units.values())):
        return Offered()
    whose = f" của {workspace.plan.unit(entry.unit).name}" if entry else ""
    return Offered(nothing=f"Không có hồ sơ nào{whose} chưa chấm.")


def offer_requests(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer what is of use of a unit that asked for more time."""
    entry = _about(register, filled)
    if entry:
        return Offered(nothing=why_not_answered(workspace, register, entry.unit))
    waiting = waiting_requests(workspace, register)
    return Offered(nothing="" if waiting else "Không có đề nghị gia hạn nào đang chờ trả lời.")


def _about(register: Register, filled: Mapping[str, str]) -> UnitEntry | None:
    """Return the unit that a form is about, where it is about one."""
    return register.units.get(filled.get(UNIT.name, ""))


def offer_commendation(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer whatever the blanks take, and tell which papers that name those commended are made already."""
    commends = filled.get(CONCLUSION.name) == "commended"
    made = tuple(
        f"{paper}: lập ngày {format_date(at.date())}." for paper, at in papers_naming(workspace.plan, register)
    )
    return Offered(
        told=(("Đã lập, không nêu trường hợp quyết định từ nay", made),) if made else (),
        must=(DOCUMENT_NUMBER,) if commends else (),
        must_when={DOCUMENT_NUMBER: "bắt buộc khi được biểu dương"},
    )


def offer_closed_stages(workspace: Workspace, register: Register, _filled: Mapping[str, str]) -> Offered:
    """Offer the stages that are over and not reopened yet; of those of which no round would come, tell why."""
    closed = [each for each in workspace.plan.stages if register.of(each).done and not register.reopened(each)]
    whys = {each: why_not_reopened(workspace, register, each) for each in closed}
    told = tuple(f"{each.title}: {why}" for each, why in whys.items() if why)
    choices = {each.id: each.title for each, why in whys.items() if not why}
    return Offered(
        {STAGE: choices},
        told=(("Không mở lại", told),) if told else (),
        nothing="" if choices else "Không giai đoạn nào mở lại được." if closed else "Chưa giai đoạn nào khép lại.",
        barred={each.id: upper_first(why) for each, why in whys.items() if why},
    )


def offer_reviewable(workspace: Workspace, register: Register, filled: Mapping[str, str]) -> Offered:
    """Offer the submissions of a unit that wait for a word, name what is in doubt, and say what each word leads to."""
    entry = _about(register, filled)
    if entry is None:
        return Offered()
    found = reviewable(entry)
    wanted = [each for each in found if str(each.number) == filled.get(NUMBER.name)] or list(found)
    told = [(f"Lần nộp {each.number}: {_why(each)}", tuple(map(_in_words, each.matters))) for each in wanted]
    alone = wanted[0] if len(wanted) == 1 else None
    archived, composed = is_archived(workspace.plan, register), composed_for(workspace.plan, register, entry)
    undecided = composed.undecided if composed else ""
    if alone and alone.counts and entry.closed:
        told.append(("Không trả lại", (f"{why_not_returned(workspace.plan.unit(entry.unit), entry.closed)}.",)))
    elif alone and alone.counts and alone.matters and not archived:
        told.append((_OTHERWISE, (f"Đề nghị đơn vị nộp bản sửa (việc “Trao đổi”): {undecided or _REPLACED}.",)))
    outcomes: dict[str, str] = {}
    counted = f"Tiếp nhận: {undecided}" if undecided else _COUNTED
    for each in wanted:
        outcomes |= (
            _outcomes(entry, each, counted)
            if alone
            else {outcome: counted if outcome == "accepted" else _SENT_BACK for outcome in each.outcomes}
        )
    if archived:
        outcomes = {outcome: f"{led_to.partition(':')[0]}. {ARCHIVED}" for outcome, led_to in outcomes.items()}
    return Offered(
        {NUMBER: {str(each.number): f"Lần {each.number}: {_why(each)}" for each in found}, OUTCOME: outcomes},
        {NUMBER: str(alone.number)} if alone else {},
        tuple(told),
        "" if found else "Đơn vị này không có hồ sơ nào chờ kết luận, không có số bất thường nào chờ xác nhận.",
        (DOCUMENT_NUMBER,) if wanted and all(each.needs_paper for each in wanted) else (),
    )


_OTHERWISE = "Số sai, phần còn lại của báo cáo vẫn dùng được"
_REPLACED = "bản ấy thay bản này, trong lúc chờ đơn vị không thiếu"
_COUNTED = "Tiếp nhận: tính vào số tổng và lời văn của dự thảo"
_SENT_BACK = "Trả lại để sửa: đơn vị phải nộp lại, chưa nộp lại thì không được tính"


def _why(each: Reviewable) -> str:
    if each.counts:
        return "đang được tính, có số chưa được xác nhận" if each.matters else "đang được tính, đã có kết luận"
    return "đã trả lại" if each.returned else "chuyển cán bộ xem"


def _in_words(fault: Fault) -> str:
    place = fault.where or fault.place
    return f"{fault.message.rstrip('.')}{f' ({place})' if place else ''}."


def _outcomes(entry: UnitEntry, each: Reviewable, counted: str) -> dict[str, str]:
    """Return what the words on a submission lead to."""
    if each.counts and each.matters:
        accepted = "Xác nhận số đúng: số tổng trong bảng giữ nguyên, hết đánh dấu (*); lời văn cũng tính số này"
    elif each.counts:
        accepted = "Giữ tiếp nhận: vẫn tính như đang tính"
    else:
        accepted = counted + (", với những số đã đọc được; phải ghi số văn bản" if each.needs_paper else "")
    words = {"accepted": accepted, "returned": f"Trả lại để sửa: {_after_return(entry, each)}"}
    return {outcome: words[outcome] for outcome in each.outcomes}


def _after_return(entry: UnitEntry, each: Reviewable) -> str:
    """Return what a return leads to: for who has nothing else that counts, that it is missing."""
    others = [other.number for other in entry.outcomes if other.ruling.counts and other.number != each.number]
    if others:
        return f"đơn vị nhận phiếu trả lại; đến khi nộp lại, đợt tính lần nộp {others[-1]}"
    over = ", đợt đã thôi chờ" if entry.closed else ""
    now = "mọi số của đơn vị ra khỏi số tổng và lời văn, " if each.counts else "chưa số nào của đơn vị được tính, "
    return f"đơn vị nhận phiếu trả lại; đến khi nộp lại, {now}đơn vị thành thiếu báo cáo{over}"
