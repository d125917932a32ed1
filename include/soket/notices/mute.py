"""What a mute holds back: kept in the ledger as suppressed, with the reason, under an id of its own.

The notice's own id stays free, so what is still due when the mute is over is said then, once. Only what soket says of
itself is held back: a receipt, a return or a new date answers somebody, and would be lost to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from soket.notices.ledger import Ending, NoticeState
from soket.notices.notice import Notice, first_id
from soket.notices.outbox import post
from soket.record.decisions import Mute
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.text import format_date

_OVER = (Ending.SENT, Ending.FAILED, Ending.SUPPRESSED)


def hold_back(
    workspace: Workspace, register: Register, notices: Iterable[Notice], known: Mapping[str, NoticeState]
) -> list[Notice]:
    """Return the notices whose addressee may be written to now; the others are filed as suppressed."""
    free, muted = [], []
    for notice in notices:
        act = register.acts.mute_of(notice.addressee, workspace.now) if notice.kind.momentary else None
        if act is None:
            free.append(notice)
        else:
            muted.append((notice, act))
    # What went out before the mute is due still, and held back by nobody.
    over = {first_id(each.id) for each in known.values() if each.ending in _OVER} if muted else set()
    for notice, act in muted:
        if notice.id in over:
            free.append(notice)
        else:
            held = notice.model_copy(update={"step": f"{notice.step}-held"})
            post(workspace, held, suppressed=True, reason=why(act))
    return free


def why(act: Mute) -> str:
    """Return why a mail is held back, for the ledger."""
    paper = f", văn bản số {act.document_number}" if act.document_number else ""
    return f"tạm ngừng thư đến hết ngày {format_date(act.last_day)}: {act.reason} ({act.granted_by}{paper})"
