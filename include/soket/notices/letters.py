"""Papers that are made for one mail and kept with it, above all the draft letters of an escalation.

A letter goes to the office that would sign it, one for each digest of late units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import cast

from soket.notices.facts import Facts
from soket.notices.ledger import Ending, Intent, NoticeState, read_end, read_intent, states
from soket.notices.notice import Attachment, Kind, Notice, first_id
from soket.notices.words import FATES
from soket.record.products import CONTENT_TYPES
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import format_moment

LETTER = "cong-van-don-doc.docx"


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


def drafted(workspace: Workspace, known: Iterable[NoticeState] | None = None) -> list[Facts]:
    """Return the letters drafted to be signed, the latest first: for whom, what became of them, for how many units."""
    offices = {office.code: office.name for office in workspace.plan.offices}
    posted = [
        state
        for state in (states(workspace).values() if known is None else known)
        if state.kind is Kind.ESCALATION and state.ending is not Ending.WITHDRAWN and state.id.split(".")[1] in offices
    ]
    letters: list[tuple[Intent, str]] = []
    for state in posted:
        with suppress(MissingObjectError, ValueError):  # spoilt: told of by whoever sends it
            intent = read_intent(workspace, state.id)
            if any(each.name == LETTER for each in intent.notice.attachments):
                letters.append((intent, _say_when(workspace, state, intent)))
    return [
        {
            "notice": intent.notice.id,
            "file": next(at for at, each in enumerate(intent.notice.attachments) if each.name == LETTER),
            "office": offices[intent.notice.addressee],
            "when": when,
            "late": len(cast("list[object]", intent.notice.context["late_units"])),
        }
        for intent, when in sorted(letters, key=lambda each: each[0].posted_at, reverse=True)
    ]


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
