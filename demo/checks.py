"""Whether a campaign came to its end as its script says; each check is named, and says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from demo.commended import only_the_decided_are_commended
from demo.evidence import Check, Evidence, checks_page
from demo.hours import is_human
from demo.provisional import provisional_in_time
from demo.story import contradictions, open_points
from soket.notices.ledger import Ending
from soket.notices.lines import Entry
from soket.notices.notice import Kind, message_id
from soket.notices.words import NOTICES
from soket.record.decisions import Appraisal, Postponement
from soket.record.records import Ruling
from soket.record.register import UnitEntry
from soket.record.seal import read_seal
from soket.text import format_date, format_moment

_MAILS = (
    "request receipt return reminder escalation digest provisional draft appraisal appraisal_returned appraised "
    "invitation press"
)
REQUIRED_MAILS = tuple(map(Kind, _MAILS.split()))

_FAILED = (Ending.PARTLY, Ending.FAILED)

# A unit may send between the reading of the register and the posting of its reminder. That reading lies this much real
# time, at most, before the first reminder of the batch; and this is as long as a batch takes.
_READING = timedelta(seconds=3)
_BATCH = timedelta(seconds=30)


def run_checks(evidence: Evidence) -> list[Check]:
    """Ask every check."""
    return [check(evidence) for check in CHECKS]


def stages_done(evidence: Evidence) -> Check:
    """Every stage reached its end."""
    left = [
        f"{evidence.workspace.plan.stage(entry.stage).title} (vòng {entry.round})"
        for entry in evidence.register.stages.values()
        if not entry.done
    ]
    return _check("Mọi giai đoạn đã xong", left)


def stages_in_time(evidence: Evidence) -> Check:
    """The stages that the script has end by their date did."""
    entries = (evidence.register.stages[stage] for stage in evidence.scenario.in_time)
    late = [
        f"{evidence.workspace.plan.stage(entry.stage).title}: xong {format_moment(done.at)}, hạn hết ngày "
        f"{format_date(entry.last_day)}"
        for entry in entries
        if (done := entry.record("done")) is not None and done.at >= entry.deadline
    ]
    return _check("Giai đoạn xong trong hạn như kịch bản", late)


def human_hours(evidence: Evidence) -> Check:
    """Officials decided when people work."""
    odd = [
        f"{act.id} lúc {format_moment(act.decided_at)}"
        for act in evidence.register.decisions
        if not is_human(evidence.workspace, act.decided_at)
    ]
    return _check("Quyết định ra trong giờ làm việc", odd)


def appraised_as_scripted(evidence: Evidence) -> Check:
    """The appraiser returned and approved as the script says."""
    outcomes = [act.outcome for act in evidence.register.decisions if isinstance(act, Appraisal)]
    returned = sum(answer.option == "Trả lại" for answer in evidence.scenario.officials.appraisals)
    ok = outcomes.count("returned") >= returned and outcomes[-1:] == ["approved"]
    return Check("Thẩm định: trả lại, rồi phê duyệt", ok, ", ".join(outcomes) or "chưa thẩm định")


def points_answered(evidence: Evidence) -> Check:
    """What the drafts of the script have wrong was found, and nothing was left of it when the last one went up."""
    return _check(
        "Số sai trong bảng, trong lời văn được nêu; ý kiến thẩm định được tiếp thu hết", open_points(evidence)
    )


def story_in_order(evidence: Evidence) -> Check:
    """The draft was returned, then worked over and appraised again, and postponed for it."""
    return _check("Việc sau đến sau việc trước", contradictions(evidence))


def standings(evidence: Evidence) -> Check:
    """Each unit stands where the script leaves it."""
    plan = evidence.workspace.plan
    wrong = [
        f"{plan.unit(code).name}: {evidence.register.units[code].standing}, không phải {expected}"
        for code, expected in evidence.scenario.expected(plan).items()
        if evidence.register.units[code].standing is not expected
    ]
    return _check("Mỗi đơn vị đúng tình trạng theo kịch bản", wrong)


def timeliness(evidence: Evidence) -> Check:
    """Exactly those are late whose accepted report came after their date, or who still owe one then."""
    plan = evidence.workspace.plan
    last = {drop.owner: drop.at for drop in evidence.scenario.drops(plan)}
    wrong = []
    for entry in evidence.register.units.values():
        if entry.accepted is None and entry.standing.settled:  # exempt, or nothing to report
            continue
        moment = evidence.register.as_of if entry.accepted is None else last[entry.unit]
        late = moment >= entry.deadline
        if entry.late != late:
            wrong.append(f"{plan.unit(entry.unit).name}: {'đúng hạn' if late else 'quá hạn'}, trái kịch bản")
    return _check("Đúng hạn, quá hạn tính đúng", wrong)


def every_kind_of_mail(evidence: Evidence) -> Check:
    """Each kind of mail went out."""
    return _check("Đủ các loại thư", [NOTICES[kind].phrase for kind in REQUIRED_MAILS if not evidence.mails[kind]])


def owners_know_their_dates(evidence: Evidence) -> Check:
    """Each office that owns a stage which was put off has read of it."""
    plan = evidence.workspace.plan
    told = {entry.addressee for entry in evidence.sent if entry.kind is Kind.NEW_DATE}
    put_off = [plan.stage(act.stage) for act in evidence.register.acts.in_force if isinstance(act, Postponement)]
    untold = [f"{plan.office(stage.owner).name}: {stage.title}" for stage in put_off if stage.owner not in told]
    return _check("Cơ quan bị lùi hạn đã được báo", untold)


def outbox_empty(evidence: Evidence) -> Check:
    """Nothing waits, nothing failed."""
    left = [f"{entry.id} ({entry.state})" for entry in evidence.ledger if entry.state in ("waiting", *_FAILED)]
    return _check("Không thư nào kẹt lại hoặc hỏng", left)


def mailbox_agrees(evidence: Evidence) -> Check:
    """The mailbox holds each sent notice once, and nothing else."""
    workspace = evidence.workspace
    plan, campaign, seal = workspace.plan, workspace.campaign.code, read_seal(workspace.store)
    expected = {message_id(plan, campaign, entry.id, seal): entry.id for entry in evidence.sent}
    wrong = [
        f"{name} × {evidence.mailbox[message]}" for message, name in expected.items() if evidence.mailbox[message] > 1
    ]
    wrong += [f"thiếu {name}" for message, name in expected.items() if not evidence.mailbox[message]]
    wrong += [f"lạ {message}" for message in evidence.mailbox if message not in expected]
    return _check("Hộp thư khớp sổ thư, mỗi thư một lần", wrong)


def no_needless_reminder(evidence: Evidence) -> Check:
    """Nobody was reminded of what had been sent and not returned."""
    units = evidence.register.units
    wrong = [
        f"{entry.addressee} lúc {format_moment(entry.posted_at)}"
        for entry in evidence.ledger
        if entry.kind is Kind.REMINDER
        and entry.addressee in units
        and _had_sent(evidence, units[entry.addressee], entry)
    ]
    return _check("Đơn vị đã gửi không bị nhắc", wrong)


def _had_sent(evidence: Evidence, unit: UnitEntry, reminder: Entry) -> bool:
    known_at = _known_at(evidence, reminder)
    received = [receipt.number for receipt in unit.receipts if receipt.received_at <= known_at]
    if not received:
        return False
    verdict = next((each for each in unit.outcomes if each.number == received[-1]), None)
    returned = verdict is not None and verdict.ruling is Ruling.RETURNED and verdict.judged_at <= reminder.posted_at
    return not returned


def _known_at(evidence: Evidence, reminder: Entry) -> datetime:
    """Return the campaign moment up to which whoever posted a reminder knew what had been sent."""
    clock = evidence.workspace.clock
    posted = clock.real_time(reminder.posted_at)
    batch = [
        moment
        for entry in evidence.ledger
        if entry.kind is reminder.kind and entry.id.split(".")[2:] == reminder.id.split(".")[2:]
        if posted - _BATCH <= (moment := clock.real_time(entry.posted_at)) <= posted
    ]
    return clock.campaign_time(min(batch) - _READING)


def handed_in_by_page(evidence: Evidence) -> Check:
    """What units handed in on their pages arrived, each time, and nothing of it was left behind there."""
    keys, store = evidence.workspace.keys, evidence.workspace.store
    wrong = [
        story.unit
        for story in evidence.scenario.stories
        if story.by_page
        and (
            len(evidence.register.units[story.unit].receipts) != len(story.sends)
            or any(store.list(keys.staging_folder(story.unit)))
        )
    ]
    return _check("Hồ sơ nộp qua trang nộp đến đủ", wrong)


def strays_reported(evidence: Evidence) -> Check:
    """Files in nobody's folder are on the register, and the operator was told."""
    keys = evidence.workspace.keys
    known = {keys.inbox_owner(drop.key) for drop in evidence.register.oddities}
    wrong = [stray.folder for stray in evidence.scenario.strays if stray.folder not in known]
    if evidence.scenario.strays and not evidence.mails[Kind.ODDITIES]:
        wrong.append("chưa báo người vận hành")
    return _check("Thư mục lạ được ghi lại và báo", wrong)


def register_rebuilds(evidence: Evidence) -> Check:
    """The register is the same with and without its snapshot."""
    shown = evidence.register.model_dump(exclude={"as_of"})
    rebuilt = evidence.rebuilt.model_dump(exclude={"as_of"})
    return _check("Sổ theo dõi lập lại từ bản ghi vẫn như cũ", [part for part in shown if shown[part] != rebuilt[part]])


def checks_shown(evidence: Evidence) -> Check:
    """The board shows what the plan's rules found."""
    told = f"{evidence.check_runs} lượt: {checks_page(evidence.workspace)}"
    return Check("Có trang kết quả kiểm tra số liệu", evidence.check_runs > 0, told)


def no_failed_run(evidence: Evidence) -> Check:
    """No Airflow run failed."""
    return _check("Không lượt chạy nào của Airflow bị lỗi", evidence.failed_runs)


CHECKS: tuple[Callable[[Evidence], Check], ...] = (
    stages_done,
    stages_in_time,
    human_hours,
    appraised_as_scripted,
    points_answered,
    story_in_order,
    provisional_in_time,
    standings,
    timeliness,
    every_kind_of_mail,
    owners_know_their_dates,
    outbox_empty,
    mailbox_agrees,
    no_needless_reminder,
    handed_in_by_page,
    strays_reported,
    only_the_decided_are_commended,
    register_rebuilds,
    checks_shown,
    no_failed_run,
)


def _check(name: str, wrong: Iterable[str]) -> Check:
    listed = list(wrong)
    more = f" … và {len(listed) - 5} nữa" if len(listed) > 5 else ""
    return Check(name, not listed, "; ".join(listed[:5]) + more)
