"""Examples of the mail to a conference's guests: invited; their reply taken, refused, and none until the date."""

from __future__ import annotations

from typing import Any

from soket.notices import compose
from soket.notices.examples.acts import conference
from soket.notices.examples.scene import register_of, stage_at, step_record, workspace_at
from soket.notices.notice import Notice
from soket.plan.guests import guests_of
from soket.plan.model import Plan, StageKind
from soket.record.attendance import Attending, Channel, Reply, reply_id
from soket.record.products import AGENDA, CALENDAR, INVITATION
from soket.record.workspace import Workspace

_SAID: dict[str, dict[str, Any]] = {
    "taken": {"attending": Attending.DEPUTY, "person": "Trần Thị B", "post": "Phó Giám đốc", "speaks_on": "Đào tạo"},
    "refused": {"refused": "không rõ dự, cử người dự thay hay vắng: «sẽ báo sau»"},
}


def invitation(plan: Plan, form: str) -> tuple[Workspace, Notice]:
    """Return the invitation of a plan's first unit to a conference of a form."""
    workspace = workspace_at(plan, StageKind.CONFER, opening=True)
    papers = step_record(workspace, StageKind.CONFER, "papers", (INVITATION, AGENDA, CALENDAR))
    register = register_of(workspace, decisions=[conference(workspace, form)], records=[papers])
    found = compose.invitation_notices(workspace, register, stage_at(plan, StageKind.CONFER))
    first = next(notice for notice in found if notice.addressee == plan.units[0].code)
    for attachment in first.attachments:  # its own papers, too
        workspace.store.put(attachment.key, b"")
    return workspace, first


def withdrawn_invitation(plan: Plan) -> tuple[Workspace, Notice]:
    """Return what a plan's first unit reads once it is no guest any more."""
    workspace = workspace_at(plan, StageKind.CONFER, opening=True)
    stage, called = stage_at(plan, StageKind.CONFER), conference(workspace, "online")
    register = register_of(workspace, decisions=[called])
    gone = [each for each in guests_of(plan) if each.code == plan.units[0].code]
    (notice,) = compose.withdrawal_notices(workspace, register, stage, called, gone)
    for attachment in notice.attachments:
        workspace.store.put(attachment.key, b"")
    return workspace, notice


def reply(plan: Plan, how: str, *, to_host: bool = False) -> tuple[Workspace, Notice] | None:
    """Return what a plan's first unit reads of its reply to an invitation or, past the date, of having sent none.

    Or what whoever organises reads of the speech in it; None where the plan gave the unit one.
    """
    before = workspace_at(plan, StageKind.CONFER, opening=True)
    workspace = workspace_at(plan, StageKind.CONFER, days=-1)
    stage, guest = stage_at(plan, StageKind.CONFER), plan.units[0].code
    replies = tuple(
        Reply(
            id=reply_id(Channel.MAIL, how),
            stage=stage.id,
            round=1,
            guest=guest,
            channel=Channel.MAIL,
            at=before.now,
            source=how,
            **said,
        )
        for name, said in _SAID.items()
        if name == how
    )
    done = step_record(before, StageKind.CONFER, "done", ())
    register = register_of(workspace, decisions=[conference(before, "online")], records=[done])
    told = compose.reply_notices(workspace, register.model_copy(update={"replies": replies}))
    notice = next((each for each in told if each.addressee == (stage.owner if to_host else guest)), None)
    for attachment in notice.attachments if notice else ():
        workspace.store.put(attachment.key, b"")
    return (workspace, notice) if notice else None
