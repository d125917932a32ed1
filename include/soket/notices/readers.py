"""Who a mail is for now: contacts change while it waits, in the plan or in its directory."""

from __future__ import annotations

from soket.notices.ledger import Intent, NoticeState
from soket.notices.notice import AGAIN, Notice, ascii_address
from soket.notices.trail import read_failure
from soket.plan.model import Contact, Plan
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

_PARTS = ("contact", "head")


def holders_of(plan: Plan, notice: Notice) -> dict[str, str]:
    """Return whose each address of a notice is, as the plan has it now: «h_mot.head»; none of other people's."""
    bodies = [plan.holder(notice.addressee), *plan.offices]  # the addressee's own goes first
    known = [
        (contact, f"{body.code}.{part}")
        for body in bodies
        if body is not None
        for part in _PARTS
        if (contact := getattr(body, part, None)) is not None
    ]
    found: dict[str, str] = {}
    for reader in (*notice.to, *notice.cc):
        for contact, holder in known:
            if contact == reader:
                found.setdefault(reader.email, holder)
    return found


def present(plan: Plan, intent: Intent, reader: Contact) -> Contact:
    """Return whom a reader of a posted notice stands for now; the reader where that is nobody any more."""
    code, _, part = intent.readers.get(reader.email, "").partition(".")
    now = getattr(plan.holder(code), part, None) if part else None
    return now if isinstance(now, Contact) else reader


def readdressed(workspace: Workspace, state: NoticeState, intent: Intent) -> Notice | None:
    """Return what a waiting notice is to be posted as, for those who read it now; None where they are the same.

    Who got it on an earlier try has it, at whatever address.
    """
    old = intent.notice
    changed = {
        each.email: now
        for each in (*old.to, *old.cc)
        if (now := present(workspace.plan, intent, each)).email != each.email or now.name != each.name
    }
    if not changed:
        return None
    got: set[str] = set()
    for number in state.failures:
        try:
            got |= {*read_failure(workspace, state.id, number).delivered}
        except (MissingObjectError, ValueError):
            return None  # nobody knows who got it: a person looks first
    to, cc = (
        tuple(dict.fromkeys(changed.get(each.email, each) for each in readers if ascii_address(each.email) not in got))
        for readers in (old.to, old.cc)
    )
    if not (to or cc):
        return None
    number = int(old.step.partition(AGAIN)[2] or 0) + 1
    return old.again(number).model_copy(update={"to": to or cc, "cc": cc if to else ()})


def say_change(old: Notice, new: Notice) -> str:
    """Return who reads a notice now in whose place."""
    gone = [each for each in old.addresses if each not in new.addresses]
    come = [each for each in new.addresses if each not in old.addresses]
    return f"địa chỉ nhận đã đổi: {', '.join(gone)} → {', '.join(come)}" if come else "người nhận đã đổi"
