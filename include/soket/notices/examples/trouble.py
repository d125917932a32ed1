"""What examples show of things that went wrong."""

from __future__ import annotations

from pathlib import Path

from soket.notices.alerts import overdue_notice, silence_notice, unreachable_notice
from soket.notices.compose import left_out_notices
from soket.notices.examples.scene import register_of, step_record, workspace_at
from soket.notices.ledger import End, Ending, Intent, write_end
from soket.notices.notice import Kind, Notice
from soket.notices.reports.outcome import Outcome, Reported, report_name
from soket.plan.fault import PlanError, PlanFault
from soket.plan.model import Plan, StageKind
from soket.record.drops import LeftOut
from soket.record.heartbeat import silence
from soket.record.register import Register
from soket.record.workspace import Workspace


def fail_mails(workspace: Workspace) -> None:
    """Leave a mail that no relay took, and one that a server further on did not take."""
    _fail_a_mail(workspace)
    _let_a_mail_come_back(workspace)


def _fail_a_mail(workspace: Workspace) -> None:
    unit = workspace.plan.units[-1]
    notice = Notice(kind=Kind.REQUEST, addressee=unit.code, step="round-1", to=(unit.contact,))
    intent = Intent(notice=notice, posted_at=workspace.now)
    workspace.store.create(workspace.keys.notice(notice.id, "intent.json"), intent.to_json())
    note = "550 5.1.1 User unknown"
    write_end(workspace, notice.id, End(ending=Ending.FAILED, at=workspace.now, real_at=workspace.now, note=note))


def _let_a_mail_come_back(workspace: Workspace) -> None:
    unit = workspace.plan.units[-1]
    notice = Notice(kind=Kind.REQUEST, addressee=unit.code, step="round-2", to=(unit.contact,))
    intent = Intent(notice=notice, posted_at=workspace.now)
    workspace.store.create(workspace.keys.notice(notice.id, "intent.json"), intent.to_json())
    sent = End(ending=Ending.SENT, at=workspace.now, real_at=workspace.now, delivered=(unit.contact.email,))
    write_end(workspace, notice.id, sent)
    report = Reported(
        address=unit.contact.email,
        outcome=Outcome.BOUNCED,
        at=workspace.now,
        status="5.1.1",
        said="550 5.1.1 User unknown",
    )
    workspace.store.create(workspace.keys.notice(notice.id, report_name(Outcome.BOUNCED, 1, 1)), report.to_json())


def with_an_unreadable(workspace: Workspace, register: Register) -> Register:
    """Return a register with a record that cannot be read."""
    spoilt = workspace.keys.decision(f"extension-{workspace.plan.units[0].code}-0a1b2c3d4e")
    return register.model_copy(update={"unreadable": (spoilt,)})


def unreceived(plan: Plan) -> tuple[Workspace, Notice]:
    """Return the mail about files for which a folder has no room."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-1)
    unit = plan.units[0].code
    first = f"{workspace.keys.inbox_folder(unit)}anh-1.jpg"
    left = LeftOut(files=1_240, size=96_000_000, first=first, latest=workspace.now)
    register = register_of(workspace).model_copy(update={"surplus": {unit: left}})
    return workspace, left_out_notices(workspace, register)[-1]


def faulty_plan() -> PlanError:
    """Return what is wrong with a plan file."""
    fault = PlanFault(
        Path("ke_hoach_khac.yaml"), 12, 3, "units[3].block", "không có khối «huyen_uy»", nearest="huyen_thi_thanh_uy"
    )
    return PlanError([fault])


def silent_monitor(plan: Plan) -> tuple[Workspace, Notice] | None:
    """Return the alert of a monitor that fell silent."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-3)
    found = silence(workspace)
    return (workspace, silence_notice(workspace, found)) if found else None


def unreachable_bucket(plan: Plan) -> tuple[Workspace, Notice]:
    """Return the alert of a bucket that does not answer."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-3)
    return workspace, unreachable_notice(workspace, "EndpointConnectionError", workspace.now)


def overdue(plan: Plan) -> tuple[Workspace, Notice] | None:
    """Return the alert about a draft that is not there a day after its date."""
    workspace = workspace_at(plan, StageKind.DRAFT, days=2)
    opened = step_record(workspace, StageKind.DRAFT, "opened", ()).model_copy(update={"note": "Mở vòng 1."})
    register = register_of(workspace, records=[opened])
    notice = overdue_notice(workspace, register, plan.stage(opened.stage), 24)
    return (workspace, notice) if notice else None
