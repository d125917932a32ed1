"""What goes out each working morning beside reminders: the lead's digest, the standing board's weekly report, and to
the operator whatever no unit can put right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from soket.faults import Fault
from soket.notices.facts import Facts, office_facts
from soket.notices.ledger import Ending, Intent, NoticeState, read_intent, states
from soket.notices.letters import drafted, with_paper
from soket.notices.news import NewsItem, events
from soket.notices.notice import Kind, Notice, first_id
from soket.notices.oddities import failed_mails, oddities_notice
from soket.notices.owed import asking, questions
from soket.notices.progress import (
    blocks,
    checking,
    counts,
    extensions,
    missed,
    mutes,
    next_dates,
    roots,
    stale,
    to_chase,
    waiting,
)
from soket.notices.reports.unreached import unreached
from soket.notices.troubles import troubled
from soket.plan.fault import PlanError
from soket.plan.ladders import MORNING
from soket.plan.model import StageKind
from soket.record.commending import names_of_proposals
from soket.record.register import Register, UnitEntry
from soket.record.reviewable import in_question, unlike_signed
from soket.record.sending import leader_link
from soket.record.slack import critical_path
from soket.record.tally import register_then
from soket.record.undecided import undecided
from soket.record.words import DOUBTED
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import format_date, format_moment

_SHOWN = 50  # of a list that may be of any length
_TOLD = "told"  # the fact of a digest that holds what it and those before it told, for the next one

WEEKLY_REPORT = "bao-cao-tuan.docx"


def digest_notices(
    workspace: Workspace,
    register: Register,
    faulty: Sequence[PlanError] = (),
    known: Mapping[str, NoticeState] | None = None,
) -> list[Notice]:
    """Return the digests that are due now, posted already or not."""
    known = states(workspace) if known is None else known
    made = (
        digest_notice(workspace, register, known),
        weekly_notice(workspace, register),
        oddities_notice(workspace, register, faulty, known),
    )
    return [notice for notice in made if notice is not None]


def digest_notice(
    workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None
) -> Notice | None:
    """Return the lead's digest of this working morning; None at other times, and when there is nothing to tell.

    While unit reports are open there is one each working morning. After that only a morning with news has one. News is
    what no digest that was sent before has told, whenever it happened: a receipt may be made long after a file came.
    """
    if not _is_morning(workspace, register):
        return None
    listed = (states(workspace) if known is None else known).values()
    before = _last_sent(workspace, listed)
    happened = events(workspace.plan, register, names_of_proposals(workspace, register))
    since = before.posted_at if before else _opened(workspace, register)
    new = [each.in_words for each in happened if not _is_told(each, before)]
    if all(register.of(stage).done for stage in workspace.plan.stages_of(StageKind.COLLECT)) and not new:
        return None
    roles, broken = workspace.plan.roles, troubled(workspace, listed)
    facts: Facts = {
        "weekly": False,
        "since": format_moment(since),
        "news": list(new[-_SHOWN:]),
        "news_in_all": len(new),
        _TOLD: [_mark(each) for each in happened],
        "checking": list(checking(workspace, register)),
        "waiting": list(waiting(workspace, register)),
        "unconfirmed": list(_asked_about(workspace, register, lambda entry: entry.unconfirmed)),
        "unlike_signed": list(_asked_about(workspace, register, unlike_signed)),
        "doubted": DOUBTED,
        "mutes": list(mutes(workspace, register)),
        "stale": list(stale(workspace, register)),
        "letters": [each for each in drafted(workspace, register, listed) if not each["over"]],
        "unreached": [each.facts for each in unreached(workspace, listed)],
        "failed_mails": list(failed_mails(workspace, broken)),
        "failed_in_all": len(broken),
        "roots": list(roots(register, since)),
        "asking": list(asking(workspace, register)),
        "questions": list(questions(workspace, register)[:_SHOWN]),
    }
    return _digest(workspace, register, roles.lead, workspace.now.date().isoformat(), facts, by=roles.operator)


def weekly_notice(workspace: Workspace, register: Register) -> Notice | None:
    """Return the week's report to the standing board, as a Word document, once a week has passed."""
    monday = workspace.now.date() - timedelta(days=workspace.now.weekday())
    if not _is_morning(workspace, register) or monday <= _opened(workspace, register).date():
        return None
    year, week, _ = monday.isocalendar()
    facts: Facts = {"weekly": True, **_trend(workspace, register, monday)}
    notice = _digest(workspace, register, workspace.plan.roles.standing, f"week-{year}-{week:02}", facts)

    def report() -> bytes:
        from soket.documents.weekly import render_weekly_report

        return render_weekly_report(workspace.plan, notice.context, workspace.now)

    return with_paper(workspace, notice, WEEKLY_REPORT, report)


def _asked_about(
    workspace: Workspace, register: Register, matters: Callable[[UnitEntry], Sequence[Fault]]
) -> list[Facts]:
    entries = (register.units[unit.code] for unit in workspace.plan.units)
    found = in_question(workspace.plan, entries, matters)[:_SHOWN]
    return [{**vars(each), "messages": list(each.messages)} for each in found]


def _digest(
    workspace: Workspace, register: Register, code: str, step: str, facts: Facts, *, by: str | None = None
) -> Notice:
    office = workspace.plan.office(code)
    return Notice(
        kind=Kind.DIGEST,
        addressee=code,
        step=step,
        by=by,
        to=(office.contact,),
        context={
            **office_facts(office),
            "date": format_date(workspace.now.date()),
            "blocks": list(blocks(workspace, register)),
            "total": counts(register.reporting(workspace.plan), register.as_of),
            "slack": list(critical_path(workspace, register).sentences),
            "to_chase": list(to_chase(workspace, register)),
            "missed": list(missed(workspace, register)),
            "extensions": list(extensions(workspace, register)),
            "next": list(next_dates(workspace, register)),
            "undecided": [
                " ".join(filter(None, (each.in_words(workspace.plan), each.where(workspace.plan, code))))
                for each in undecided(workspace, register)
            ],
            "minute": leader_link(workspace, register.acts, code, workspace.now.date()),
            **facts,
        },
    )


def _trend(workspace: Workspace, register: Register, monday: date) -> Facts:
    """Return the counts as they were a week before, in all and by block."""
    then = datetime.combine(monday - timedelta(days=7), MORNING, workspace.now.tzinfo)
    before = register_then(workspace, register, then)
    return {
        "last_week": format_moment(then),
        "roots": list(roots(register, datetime.combine(then, time.max, then.tzinfo))),
        "total_before": counts(before.reporting(workspace.plan), before.as_of),
        "blocks_before": list(blocks(workspace, before)),
    }


def _is_morning(workspace: Workspace, register: Register) -> bool:
    now, campaign = workspace.now, workspace.campaign
    return (
        _opened(workspace, register) <= now < campaign.end
        and now.time() >= MORNING
        and workspace.calendar.is_working_day(now.date())
    )


def _opened(workspace: Workspace, register: Register) -> datetime:
    """Return when the first units were asked."""
    return min(register.of(stage).opens for stage in workspace.plan.stages_of(StageKind.COLLECT))


def _last_sent(workspace: Workspace, listed: Iterable[NoticeState]) -> Intent | None:
    """Return the lead's last digest of an earlier day that was sent; None where there is none, or none can be read."""
    prefix, today = f"{Kind.DIGEST}.{workspace.plan.roles.lead}.", workspace.now.date().isoformat()
    sent = {
        first_id(each.id).removeprefix(prefix): each.id
        for each in listed
        if each.id.startswith(prefix) and each.ending in (Ending.SENT, Ending.PARTLY)
    }
    for day in sorted((each for each in sent if each < today), reverse=True):
        with suppress(MissingObjectError, ValueError):  # spoilt: nobody knows any more what it told
            return read_intent(workspace, sent[day])
    return None


def _is_told(event: NewsItem, before: Intent | None) -> bool:
    """Whether a digest that was sent has told of an event."""
    if before is None:
        return False
    told = before.notice.context.get(_TOLD)
    return _mark(event) in told if isinstance(told, list) else event.at < before.posted_at  # of an older soket


def _mark(event: NewsItem) -> str:
    return hashlib.sha256(event.key.encode()).hexdigest()[:12]
