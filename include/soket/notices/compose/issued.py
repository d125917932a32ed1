"""Mail about papers to be issued: who is to send one in is asked now and then, and told what came of what it sent."""

from __future__ import annotations

from collections.abc import Iterator

from soket.notices.facts import Facts, office_facts, sending_facts
from soket.notices.notice import Kind, Notice
from soket.plan.ladders import MORNING
from soket.plan.model import Stage
from soket.record.issued import (
    ISSUED_FOLDER,
    awaited_since,
    issued_title,
    papers_sent,
    say_archived_anew,
    say_awaited,
    say_issued,
)
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.signed import IssuedPaper
from soket.record.workspace import Workspace
from soket.text import format_date

TAKEN, REFUSED = "taken", "refused"  # the variants of an answer
_EVERY = 5  # working days


def issued_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Return what offices are to read now of the papers that are issued in their stages."""
    sent = papers_sent(workspace.plan, register)
    return [*_asks(workspace, register), *(_answer(workspace, *each) for each in sent)]


def _asks(workspace: Workspace, register: Register) -> Iterator[Notice]:
    """Yield the asks that are due: from the morning after a paper is waited for, again after some working days."""
    plan, now = workspace.plan, workspace.now
    if now.time() < MORNING or not workspace.calendar.is_working_day(now.date()) or workspace.is_over:
        return
    for stage in plan.stages:
        since = awaited_since(plan, register, stage)
        if since is None or register.acts.mute_of(stage.owner, now):
            continue
        # A conference's paper is waited for from the midnight after it: that day's morning is the first.
        goes_on = workspace.calendar.add_working_days(now.date(), _EVERY) <= workspace.campaign.closes
        days = workspace.calendar.working_days_between(since.date(), now.date()) + (since.time() < MORNING)
        if days > 0:
            facts: Facts = {
                "waits": say_awaited(plan, stage, since),
                "closing": _say_closing(workspace),
                "later": _say_later(workspace, stage),
                "again": f"{_EVERY:02}" if goes_on else "",
            }
            yield _notice(workspace, stage, f"{stage.id}-{1 + (days - 1) // _EVERY}", facts)


def _say_closing(workspace: Workspace) -> str:
    """Return by when a paper is to be there: the archive is made on the campaign's last day, from the morning on."""
    closes = workspace.campaign.closes
    if workspace.now.date() < closes:
        return f"trước ngày {format_date(closes)}, ngày khép hồ sơ của đợt"
    return "ngay hôm nay, ngày khép hồ sơ của đợt; hồ sơ khép trong hôm nay"


def _say_later(workspace: Workspace, stage: Stage) -> str:
    """Return what is to be done with a paper that is issued later, in sentences: no mail asks for it any more."""
    day = format_date(workspace.campaign.closes)
    again = say_archived_anew(workspace.plan, stage.owner)
    if not again:
        return f"Sau ngày {day} hệ thống không nhận bản ấy nữa."
    return (
        f"Ban hành sau lúc khép thì vẫn thả bản ấy vào thư mục dưới đây, rồi {again}; sau ngày {day} hệ thống không tự "
        "đọc tệp, không gửi thư trả lời."
    )


def _answer(workspace: Workspace, stage: Stage, record: StageRecord, paper: IssuedPaper) -> Notice:
    variant = TAKEN if paper.number else REFUSED
    facts: Facts = {"file": paper.inbox_key.rpartition("/")[2], "note": record.note}
    if paper.number:
        facts["cited"] = say_issued(paper)
    return _notice(workspace, stage, f"{variant}-{record.step.rpartition('-')[2]}", facts, variant)


def _notice(workspace: Workspace, stage: Stage, step: str, facts: Facts, variant: str | None = None) -> Notice:
    plan = workspace.plan
    office = plan.office(stage.owner)
    folder = f"{workspace.keys.inbox_folder(office.code)}{ISSUED_FOLDER}"
    return Notice(
        kind=Kind.ISSUED,
        addressee=office.code,
        step=step,
        variant=variant,
        by=plan.roles.operator if office.code == plan.roles.lead else None,  # nobody writes to itself
        to=(office.contact,),
        context={
            **office_facts(office),
            **sending_facts(workspace, office.code),
            "inbox_folder": folder,
            "title": issued_title(stage),
            **facts,
        },
    )
