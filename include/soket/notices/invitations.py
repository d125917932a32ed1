"""What each guest's invitation is made of beside the papers for all: its own files, and its entry in calendars."""

from __future__ import annotations

import hmac
from contextlib import suppress

from soket.notices.ledger import Ending, read_intent, states
from soket.notices.notice import Kind, mail_domain
from soket.plan.guests import Guest, guests_of
from soket.plan.model import Stage, StageKind
from soket.record.seal import read_seal
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

WITHDRAWN = "withdrawn"  # the variant of a mail that takes an invitation back
UNANSWERED = "unanswered"  # the variant of a mail that asks who has not answered one


def guest_key(workspace: Workspace, stage: Stage, round_number: int, guest: str, name: str) -> str:
    """Return where a guest's own copy of a paper lies."""
    return workspace.keys.stage(stage.id, round_number, f"guests/{guest}/{name}")


def calendar_uid(workspace: Workspace, stage: Stage, guest: str, seal: bytes | None = None) -> str:
    """Return the UID of a guest's entry: the same for as long as the campaign lasts, and guessed by nobody else.

    So an answer from a calendar tells by its UID alone whose it is, whatever mailbox it comes from.
    """
    told = f"conference/{workspace.plan.id}/{workspace.campaign.code}/{stage.id}/{guest}"
    digest = hmac.digest(read_seal(workspace.store) if seal is None else seal, told.encode(), "sha256").hex()[:32]
    return f"{digest}@{mail_domain(workspace.plan)}"


def answers_go_to(workspace: Workspace) -> str:
    """Return the address that calendars answer to: the mailbox that mail goes out from, which is read."""
    return workspace.plan.office(workspace.plan.roles.operator).contact.email


def guests_by_uid(workspace: Workspace) -> dict[str, tuple[Stage, Guest]]:
    """Return whose each calendar entry of the campaign is."""
    seal, guests = read_seal(workspace.store), guests_of(workspace.plan)
    return {
        calendar_uid(workspace, stage, guest.code, seal): (stage, guest)
        for stage in workspace.plan.stages_of(StageKind.CONFER)
        for guest in guests
    }


def no_longer_invited(workspace: Workspace, stage: Stage) -> list[Guest]:
    """Return who was invited to a conference and is not among its guests any more, and has not been told so."""
    present = {guest.code for guest in guests_of(workspace.plan)}
    gone: dict[str, Guest] = {}
    found = [each for each in states(workspace).values() if each.kind is Kind.INVITATION and each.posted]
    for state in sorted(found, key=lambda each: (str(each.posted), each.id)):
        code = state.id.split(".")[1]
        if code in present or state.ending in (Ending.WITHDRAWN, Ending.FAILED, Ending.SUPPRESSED):
            continue
        with suppress(MissingObjectError, ValueError):  # spoilt: nobody knows any more whom it went to
            notice = read_intent(workspace, state.id).notice
            if notice.context.get("stage") != stage.id or notice.variant == UNANSWERED:
                continue
            gone.pop(code, None)
            if notice.variant != WITHDRAWN:
                name = str(notice.context.get("body", code))
                gone[code] = Guest(code, name, "", "", notice.to[0], notice.cc, "", "")
    return list(gone.values())
