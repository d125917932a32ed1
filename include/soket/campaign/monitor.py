"""The monitor: what is due now, said once."""

from __future__ import annotations

from soket.campaign.reading import read_register
from soket.campaign.workspace import Workspace


def chase(workspace: Workspace) -> str:
    """Post the reminders and escalations that are due now."""
    from soket.notices.ladder import due
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    posted = post_all(workspace, due(workspace, register), suppressed=workspace.silent)
    return f"Thư nhắc, đôn đốc mới: {len(posted)}."


def digest(workspace: Workspace) -> str:
    """Post the morning digest to the lead office, and oddities to the operator."""
    from soket.notices.digests import digest_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    posted = post_all(workspace, digest_notices(workspace, register), suppressed=workspace.silent)
    return f"Bản tin mới: {len(posted)}."


def count_mail(workspace: Workspace) -> str:
    """Say how much mail is waiting; the step that calls this delivers it."""
    from soket.notices.ledger import states

    waiting = [state for state in states(workspace).values() if state.ending is None]
    return f"Thư chờ gửi: {len(waiting)}."
