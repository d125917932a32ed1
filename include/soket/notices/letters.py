"""Papers that are made for one mail and kept with it, above all the draft letters of an escalation.

A letter goes to the office that would sign it, one for each digest of late units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import cast

from soket.clock import VIETNAM
from soket.notices.facts import Facts
from soket.notices.ledger import Ending, Intent, NoticeState, read_end, read_intent, states, to_superiors
from soket.notices.notice import Attachment, Notice, first_id
from soket.notices.words import FATES
from soket.plan.dates import last_day_of
from soket.plan.model import Plan
from soket.record.products import CONTENT_TYPES
from soket.record.register import Register, UnitEntry
from soket.record.words import say_standing, standing_word
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import first_units, format_date, format_moment

LETTER = "cong-van-don-doc.docx"
_SHOWN = 4  # units of which it is told what changed since


def with_letters(workspace: Workspace, notices: Iterable[Notice]) -> list[Notice]:
    """Return notices as they are, but with the draft letter attached where a step of the ladder asks for one."""
    return [_with_letter(workspace, notice) if notice.context.get("letter") else notice for notice in notices]


def _with_letter(workspace: Workspace, notice: Notice) -> Notice:
    def letter() -> bytes:
        from soket.documents.urging import render_urging_letter

        told = notice.context
        return render_urging_letter(
            workspace.plan,
            notice.addressee,
            cast("list[Mapping[str, str]]", told["late_units"]),
            workspace.now,
            closed=cast("str | None", told["closed"]),
            within=cast("str | None", told["within"]),
            in_all=cast("int", told["late_in_all"]),
        )

    return with_paper(workspace, notice, LETTER, letter)


def drafted(workspace: Workspace, register: Register, known: Iterable[NoticeState] | None = None) -> list[Facts]:
    """Return the letters drafted to be signed, the latest first: for whom, for how many units, what became of them.

    What is no longer so in one is told in `outdated`; whether nobody is to be urged by it any more, in `over`.
    """
    offices = {office.code: office.name for office in workspace.plan.offices}
    letters: list[tuple[Intent, str]] = []
    for state in to_superiors(states(workspace).values() if known is None else known, offices):
        with suppress(MissingObjectError, ValueError):  # spoilt: told of by whoever sends it
            intent = read_intent(workspace, state.id)
            if any(each.name == LETTER for each in intent.notice.attachments):
                letters.append((intent, _say_when(workspace, state, intent)))
    found: list[Facts] = []
    newer: set[str] = set()  # offices
    for intent, when in sorted(letters, key=lambda each: each[0].posted_at, reverse=True):
        office = intent.notice.addressee
        late = cast("list[Mapping[str, str]]", intent.notice.context["late_units"])
        outdated, over = _say_outdated(workspace.plan, register, late, newer=office in newer)
        newer.add(office)
        found.append(
            {
                "notice": intent.notice.id,
                "file": next(at for at, each in enumerate(intent.notice.attachments) if each.name == LETTER),
                "office": offices[office],
                "when": when,
                "late": len(late),
                "outdated": outdated,
                "over": over,
            }
        )
    return found


def _say_outdated(
    plan: Plan, register: Register, late: Sequence[Mapping[str, str]], *, newer: bool
) -> tuple[str | None, bool]:
    """Return what is no longer so of the units that a letter urges, and whether the letter is of no use any more."""
    if newer:
        return "không dùng nữa: đã có dự thảo sau thay thế", True
    entries = [(row, register.units.get(row.get("code", ""))) for row in late]
    urged = [(row, entry) for row, entry in entries if entry and _is_late(entry, register.as_of)]
    done = [(row, entry) for row, entry in entries if entry and not _is_late(entry, register.as_of)]
    closed = [entry.closed for _, entry in done if entry.missed and entry.closed]
    if closed and len(done) == len(late):
        sent = [f"{row['name']} {_say_now(plan, entry)}" for row, entry in done if not entry.missed]
        before = f"; trước đó {first_units(sent, _SHOWN)}" if sent else ""
        day = format_date(last_day_of(max(closed)))
        return f"không dùng nữa: đợt đã thôi chờ hồ sơ từ hết ngày {day}{before}", True
    said = [f"{row['name']} {_say_now(plan, entry)}" for row, entry in done]
    if len(done) == len(late):
        return f"không dùng nữa: không còn đơn vị phải đôn đốc ({first_units(said, _SHOWN)})", True
    now = [(row, standing_word(plan, entry.standing).phrase) for row, entry in urged]
    said += [f"{row['name']} {phrase}" for row, phrase in now if phrase not in row["standing"].split("; ")]
    left = f"; còn {len(late) - len(done)} đơn vị phải đôn đốc" if done else ""
    return (f"đã cũ: {first_units(said, _SHOWN)}{left}" if said else None), False


def _is_late(entry: UnitEntry, now: datetime) -> bool:
    """Whether somebody waits for what a unit owes, and its date is past."""
    return entry.to_chase and now >= entry.deadline


def _say_now(plan: Plan, entry: UnitEntry) -> str:
    """Return why a unit is not urged: what it sent, and when, or until when it has time."""
    if entry.to_chase:
        return f"được gia hạn đến hết ngày {format_date(entry.last_day)}"
    if entry.sent and not entry.missed:
        return f"đã gửi ngày {format_date(entry.sent[-1].received_at.astimezone(VIETNAM))}"
    return say_standing(plan, entry)


def _say_when(workspace: Workspace, state: NoticeState, intent: Intent) -> str:
    """Return when a letter was sent to be signed or, where it was not, when it was written and why it was not sent."""
    if state.ending in (Ending.SENT, Ending.PARTLY):
        return f"gửi để ký lúc {format_moment(read_end(workspace, state.id, state.ending).at)}"
    return f"lập lúc {format_moment(intent.posted_at)}, {FATES[state.fate].phrase}"


def with_paper(workspace: Workspace, notice: Notice, name: str, make: Callable[[], bytes]) -> Notice:
    """Return a notice with a paper attached, which is made anew until the notice has ended: it tells what is so now.

    One that was withdrawn has not ended: it is posted anew in words of now, with a paper of now.
    """
    key = workspace.keys.notice(notice.id, name)
    content_type = CONTENT_TYPES[name.rpartition(".")[2]]
    posted = [state for state in states(workspace, notice.id).values() if first_id(state.id) == notice.id]
    if all(state.ending in (None, Ending.WITHDRAWN) for state in posted):
        workspace.store.replace(key, make(), content_type)
    attachment = Attachment(name=name, key=key, content_type=content_type)
    return notice.model_copy(update={"attachments": (*notice.attachments, attachment)})
