"""Whether a campaign came to its end as its script says; each check is named, and says what it found."""

from __future__ import annotations

from collections.abc import Callable

from demo.commended import only_the_decided_are_commended
from demo.copies import copies_told
from demo.evidence import Check, Evidence, check, checks_page
from demo.guests import guests_answered
from demo.hours import is_human
from demo.mail_checks import (
    every_kind_of_mail,
    mailbox_agrees,
    no_needless_reminder,
    outbox_empty,
    owners_know_their_dates,
)
from demo.paper_checks import papers_trace
from demo.provisional import provisional_in_time
from demo.story import contradictions, open_points
from soket.notices.notice import Kind
from soket.record.decisions import Appraisal
from soket.text import format_date, format_moment


def run_checks(evidence: Evidence) -> list[Check]:
    """Ask every check."""
    return [ask(evidence) for ask in CHECKS]


def stages_done(evidence: Evidence) -> Check:
    """Every stage reached its end."""
    left = [
        f"{evidence.workspace.plan.stage(entry.stage).title} (vòng {entry.round})"
        for entry in evidence.register.stages.values()
        if not entry.done
    ]
    return check("Mọi giai đoạn đã xong", left)


def stages_in_time(evidence: Evidence) -> Check:
    """The stages that the script has end by their date did."""
    entries = (evidence.register.stages[stage] for stage in evidence.scenario.in_time)
    late = [
        f"{evidence.workspace.plan.stage(entry.stage).title}: xong {format_moment(done.at)}, hạn hết ngày "
        f"{format_date(entry.last_day)}"
        for entry in entries
        if (done := entry.record("done")) is not None and done.at >= entry.deadline
    ]
    return check("Giai đoạn xong trong hạn như kịch bản", late)


def human_hours(evidence: Evidence) -> Check:
    """Officials decided when people work."""
    odd = [
        f"{act.id} lúc {format_moment(act.decided_at)}"
        for act in evidence.register.decisions
        if not is_human(evidence.workspace, act.decided_at)
    ]
    return check("Quyết định ra trong giờ làm việc", odd)


def appraised_as_scripted(evidence: Evidence) -> Check:
    """The appraiser returned and approved as the script says."""
    outcomes = [act.outcome for act in evidence.register.decisions if isinstance(act, Appraisal)]
    returned = sum(answer.option == "Trả lại" for answer in evidence.scenario.officials.appraisals)
    ok = outcomes.count("returned") >= returned and outcomes[-1:] == ["approved"]
    return Check("Thẩm định: trả lại, rồi đồng ý trình", ok, ", ".join(outcomes) or "chưa thẩm định")


def points_answered(evidence: Evidence) -> Check:
    """What the drafts of the script have wrong was found, and nothing was left of it when the last one went up."""
    return check("Số sai trong bảng, trong lời văn được nêu; ý kiến thẩm định được tiếp thu hết", open_points(evidence))


def story_in_order(evidence: Evidence) -> Check:
    """The draft was returned, then worked over and appraised again, and postponed for it."""
    return check("Việc sau đến sau việc trước", contradictions(evidence))


def standings(evidence: Evidence) -> Check:
    """Each unit stands where the script leaves it."""
    plan = evidence.workspace.plan
    wrong = [
        f"{plan.unit(code).name}: {evidence.register.units[code].standing}, không phải {expected}"
        for code, expected in evidence.scenario.expected(plan).items()
        if evidence.register.units[code].standing is not expected
    ]
    return check("Mỗi đơn vị đúng tình trạng theo kịch bản", wrong)


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
    return check("Đúng hạn, quá hạn tính đúng", wrong)


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
    return check("Hồ sơ nộp qua trang nộp đến đủ", wrong)


def strays_reported(evidence: Evidence) -> Check:
    """Files in nobody's folder are on the register, and the operator was told."""
    keys = evidence.workspace.keys
    known = {keys.inbox_owner(drop.key) for drop in evidence.register.oddities}
    wrong = [stray.folder for stray in evidence.scenario.strays if stray.folder not in known]
    if evidence.scenario.strays and not evidence.mails[Kind.ODDITIES]:
        wrong.append("chưa báo người vận hành")
    return check("Thư mục lạ được ghi lại và báo", wrong)


def register_rebuilds(evidence: Evidence) -> Check:
    """The register is the same with and without its snapshot."""
    shown = evidence.register.model_dump(exclude={"as_of"})
    rebuilt = evidence.rebuilt.model_dump(exclude={"as_of"})
    return check("Sổ theo dõi lập lại từ bản ghi vẫn như cũ", [part for part in shown if shown[part] != rebuilt[part]])


def checks_shown(evidence: Evidence) -> Check:
    """The board shows what the plan's rules found."""
    told = f"{evidence.check_runs} lượt: {checks_page(evidence.workspace)}"
    return Check("Có trang kết quả kiểm tra số liệu", evidence.check_runs > 0, told)


def no_failed_run(evidence: Evidence) -> Check:
    """No Airflow run failed."""
    return check("Không lượt chạy nào của Airflow bị lỗi", evidence.failed_runs)


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
    guests_answered,
    register_rebuilds,
    copies_told,
    papers_trace,
    checks_shown,
    no_failed_run,
)
