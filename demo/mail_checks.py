"""Whether the campaign's mail was what its script calls for: each once, to whom it concerned, and none needless."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.evidence import Check, Evidence, check
from soket.notices.ledger import Ending
from soket.notices.lines import Entry
from soket.notices.notice import Kind, message_id
from soket.notices.words import NOTICES
from soket.record.decisions import Postponement
from soket.record.records import Ruling
from soket.record.register import UnitEntry
from soket.record.seal import read_seal
from soket.text import format_moment

REQUIRED_MAILS = (
    Kind.REQUEST,
    Kind.RECEIPT,
    Kind.RETURN,
    Kind.REMINDER,
    Kind.ESCALATION,
    Kind.DIGEST,
    Kind.PROVISIONAL,
    Kind.DRAFT,
    Kind.APPRAISAL,
    Kind.APPRAISAL_RETURNED,
    Kind.APPRAISED,
    Kind.INVITATION,
    Kind.PRESS,
)

_FAILED = (Ending.PARTLY, Ending.FAILED)

# A unit may send between the reading of the register and the posting of its reminder. That reading lies this much real
# time, at most, before the first reminder of the batch; and this is as long as a batch takes.
_READING = timedelta(seconds=3)
_BATCH = timedelta(seconds=30)


def every_kind_of_mail(evidence: Evidence) -> Check:
    """Each kind of mail went out."""
    return check("Đủ các loại thư", [NOTICES[kind].phrase for kind in REQUIRED_MAILS if not evidence.mails[kind]])


def owners_know_their_dates(evidence: Evidence) -> Check:
    """Each office that owns a stage which was put off has read of it."""
    plan = evidence.workspace.plan
    told = {entry.addressee for entry in evidence.sent if entry.kind is Kind.NEW_DATE}
    put_off = [plan.stage(act.stage) for act in evidence.register.acts.in_force if isinstance(act, Postponement)]
    untold = [f"{plan.office(stage.owner).name}: {stage.title}" for stage in put_off if stage.owner not in told]
    return check("Cơ quan bị lùi hạn đã được báo", untold)


def outbox_empty(evidence: Evidence) -> Check:
    """Nothing waits, nothing failed."""
    left = [f"{entry.id} ({entry.state})" for entry in evidence.ledger if entry.state in ("waiting", *_FAILED)]
    return check("Không thư nào kẹt lại hoặc hỏng", left)


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
    return check("Hộp thư khớp sổ thư, mỗi thư một lần", wrong)


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
    return check("Đơn vị đã gửi không bị nhắc", wrong)


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
