"""Mail to units about what they owe: a new date, and how what they sent was judged."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pydantic import JsonValue

from soket.notices.facts import Facts, say_contact, unit_facts
from soket.notices.notice import Attachment, Kind, Notice
from soket.plan.dates import last_day_of
from soket.plan.model import Contact, Plan, Severity, Unit
from soket.record.composed import Composed, composed_for, is_drafted, say_later
from soket.record.decisions import Review
from soket.record.fault_lines import shown_groups
from soket.record.products import CONTENT_TYPES
from soket.record.records import Receipt, Ruling, Submission, Verdict
from soket.record.register import Register, UnitEntry
from soket.record.sending import say_again
from soket.record.taking_back import Withdrawal
from soket.record.words import say_standing, submission_word
from soket.record.workspace import Workspace
from soket.text import format_moment

_LISTED = 30  # files by name
_MOST_MARKED = 6 << 20  # bytes of marked files in one mail: some servers take no more than 10 MB, packed for mail


def new_date_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell each unit that still owes something which act moved its date last, forth or back, or let it off no more.

    A later date that is over before its mail was written helps nobody; what was taken back is told however late it is.
    """
    notices = []
    for unit in workspace.plan.units:
        entry = register.units[unit.code]
        changes = register.acts.date_changes(unit.code, workspace.plan.stage_of(unit).id)
        if not changes or entry.standing.settled:
            continue
        act, subject = changes[-1], register.acts.subject_of(changes[-1])
        taken_back = register.acts.is_undone(subject)
        if workspace.now >= entry.deadline and not taken_back:
            continue
        notices.append(
            Notice(
                kind=Kind.NEW_DATE,
                addressee=unit.code,
                # A date that comes back is news again: what tells two mails of one date apart is the act.
                step=f"date-{hashlib.sha256(act.id.encode()).hexdigest()[:8]}",
                version=last_day_of(entry.deadline).isoformat(),
                to=(unit.contact,),
                cc=head_of(unit),
                context={
                    **unit_facts(workspace, unit, entry),
                    "about": subject.kind,
                    "taken_back": taken_back,
                    "granted_by": act.granted_by,
                    "reason": act.reason,
                    "document_number": act.document_number,
                    "later": say_later(workspace.plan, register, entry),
                    "left": say_standing(workspace.plan, entry) if entry.closed else "",
                    "over": workspace.is_over,
                },
            )
        )
    return notices


def verdict_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell each unit what became of each of its submissions: a receipt, a return with its reasons and slip, …"""
    plan, notices = workspace.plan, []
    for unit in plan.units:
        entry = register.units[unit.code]
        received = {receipt.number: receipt for receipt in entry.receipts}
        composed = composed_for(plan, register, entry)
        facts: Facts = {
            **unit_facts(workspace, unit, entry),
            "later": say_later(plan, register, entry),
            "drafted": is_drafted(plan, unit),
        }
        notices += [
            _verdict_notice(plan, unit, _of(facts, composed, each), each, received.get(each.number))
            for each in entry.verdicts
        ]
        first = {each.number: each for each in entry.verdicts}
        for verdict in entry.reviewed:
            judged, number = first[verdict.number], verdict.number
            if judged.ruling.counts and verdict.ruling.counts:  # it counted before: nothing is new to the unit
                continue
            reviews = [review for review in entry.reviews if review.number == number]
            told = {**_of(facts, composed, verdict), **_decided(judged, reviews, received.get(number))}
            told["taken"] = _taken(plan, entry, composed, verdict)
            notices.append(_verdict_notice(plan, unit, told, verdict, received.get(number), f"-r{len(reviews)}"))
        notices += [_locked_notice(workspace, unit, facts, received[number]) for number in entry.locked]
        notices += [_withdrawn_notice(unit, facts, entry, each) for each in entry.withdrawals]
    return notices


def _of(facts: Facts, composed: Composed | None, verdict: Verdict) -> Facts:
    """Return what is said of a verdict's unit, and whether the draft lacks what was judged."""
    return {**facts, "uncounted": composed.uncounted if composed and verdict.number == composed.counts else ""}


def _decided(judged: Verdict, reviews: Sequence[Review], receipt: Receipt | None) -> Facts:
    """Return who decided of a submission, what is taken though it was to be mended, and if it counted before."""
    *before, last = reviews
    paper = f"văn bản số {last.document_number} của " if last.document_number else "ý kiến của "
    left = _faults(receipt, judged, Severity.CRITICAL)
    return {
        "decided": f"theo {paper}{last.granted_by}",
        "left": [{**each, "advice": None} for each in left] if last.outcome == "accepted" else [],
        "counted": before[-1].outcome == "accepted" if before else judged.ruling.counts,
    }


def _taken(plan: Plan, entry: UnitEntry, composed: Composed | None, verdict: Verdict) -> str:
    """Say what becomes of figures that were to be mended and were not; "" where `uncounted` does, or none counts."""
    if verdict.number != entry.accepted or not is_drafted(plan, plan.unit(entry.unit)):
        return ""
    if composed is None or not composed.is_uncounted:
        return "số liệu được tính như đã đọc được"
    return "số liệu chưa được tính vào báo cáo tổng hợp" if composed.archived else ""


def _verdict_notice(
    plan: Plan, unit: Unit, facts: Facts, verdict: Verdict, receipt: Receipt | None, review: str = ""
) -> Notice:
    """Return the answer to one submission, or to a review of it."""
    return Notice(
        kind=Kind.RETURN if verdict.ruling is Ruling.RETURNED else Kind.RECEIPT,
        addressee=unit.code,
        step=f"n{verdict.number}{review}",
        to=(unit.contact,),
        context={
            **facts,
            "number": verdict.number,
            "late": verdict.late,
            "received": format_moment(receipt.received_at if receipt else verdict.judged_at),
            "sent": submission_word(plan, verdict.kind).phrase,
            "announced": verdict.kind is Submission.OWN_REVIEW_PLAN,
            "nil": verdict.kind is Submission.NIL_RETURN,
            "files": _few(receipt),
            "again": say_again(receipt, verdict.faults),
            "faults": list(_faults(receipt, verdict, Severity.CRITICAL)),
            "referred": list(_faults(receipt, verdict, Severity.REFER)),
            "warnings": list(_faults(receipt, verdict, Severity.WARNING)),
            "marked_table": any(each.key.endswith(".xlsx") for each in verdict.marked),
        },
        attachments=(*_slip(verdict), *_marked(verdict)),
    )


def _locked_notice(workspace: Workspace, unit: Unit, facts: Facts, receipt: Receipt) -> Notice:
    """Return the answer to a submission that came after the plan's lock: whom to call."""
    leader = workspace.plan.office(workspace.plan.block(unit.block).leader)
    return Notice(
        kind=Kind.LOCKED,
        addressee=unit.code,
        step=f"n{receipt.number}",
        to=(unit.contact,),
        cc=head_of(unit),
        context={
            **facts,
            "number": receipt.number,
            "received": format_moment(receipt.received_at),
            "files": _few(receipt),
            "leader": leader.name,
            "call": say_contact(leader),
        },
    )


def _withdrawn_notice(unit: Unit, facts: Facts, entry: UnitEntry, ruled: Withdrawal) -> Notice:
    """Return the answer to what a unit took back; its head reads it too, as whoever has the link may have asked."""
    receipt = next((each for each in entry.receipts if each.number == ruled.number), None)
    moments = {"received": receipt.received_at if receipt else ruled.asked_at, "asked": ruled.asked_at}
    told: Facts = {"number": ruled.number, "person": ruled.person, "files": _few(receipt)}
    told |= {"accepted": entry.accepted is not None, "owing": not entry.standing.settled}
    told |= {name: format_moment(moment) for name, moment in moments.items()}
    return Notice(
        kind=Kind.WITHDRAWN,
        addressee=unit.code,
        step=f"n{ruled.number}",
        to=(unit.contact,),
        cc=head_of(unit),
        context={**facts, **told},
    )


def _few(receipt: Receipt | None) -> list[JsonValue]:
    """Return what was sent, in a list that stays readable."""
    files = [file.original_name for file in receipt.files if file.as_sent] if receipt else []
    return [*files[:_LISTED], *([f"… và {len(files) - _LISTED} tệp khác"] if len(files) > _LISTED else [])]


def head_of(unit: Unit) -> tuple[Contact, ...]:
    """Return the head of a unit as who reads along, where its post does not go there anyway."""
    return (unit.head,) if unit.head.email != unit.contact.email else ()


def _faults(receipt: Receipt | None, verdict: Verdict, severity: Severity) -> list[Facts]:
    """Return the faults of one weight, file by file and by their numbers in the slip."""
    return [
        {
            "code": line.code,
            "number": line.number,
            "file": ", ".join(part for part in (group.file, group.sheet) if part) or None,
            "where": line.where,
            "message": "; ".join(line.messages) if len(line.messages) == 1 else None,
            "messages": list(line.messages),
            "advice": line.advice,
        }
        for group in shown_groups(receipt.files if receipt else (), verdict.faults)
        for line in group.lines
        if line.severity is severity
    ]


def _marked(verdict: Verdict) -> tuple[Attachment, ...]:
    """Return the files as they go back with their faults marked; all of them, or none where they are too large.

    What a person has to look at first does not go back, and of what counts nothing is to be sent again.
    """
    if verdict.ruling is not Ruling.RETURNED or sum(each.size for each in verdict.marked) > _MOST_MARKED:
        return ()
    return tuple(
        Attachment(name=each.name, key=each.key, content_type=CONTENT_TYPES[each.key.rpartition(".")[2].lower()])
        for each in verdict.marked
    )


def _slip(verdict: Verdict) -> tuple[Attachment, ...]:
    if verdict.slip_key is None:
        return ()
    name = (
        f"phieu-tra-lai-{verdict.number}.docx" if verdict.ruling is Ruling.RETURNED else f"phieu-{verdict.number}.docx"
    )
    return (Attachment(name=name, key=verdict.slip_key, content_type=CONTENT_TYPES["docx"]),)
