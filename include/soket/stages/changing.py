"""The plan's file was changed while the campaign is under way: the change is taken on record, or refused.

Until it is on record nobody goes by it. It is looked at by the first of those who come by: the monitor, intake, a stage
that opens. A refused one is looked at again by each of them, for what stood against it may be over.
"""

from __future__ import annotations

from dataclasses import replace

from soket.plan.body_changes import with_contacts
from soket.plan.changes import Amendment, ChangeKind, OnRecord
from soket.plan.comparing import compare
from soket.plan.model import Adjustment, Plan, Stage
from soket.record.at_hand import keep_at_hand
from soket.record.decisions import PlanChange
from soket.record.editions import (
    Edition,
    RefusedEdition,
    beside,
    digest_of,
    editions,
    is_old_copy,
    of_campaign,
    read_edition,
    written,
)
from soket.record.filing import file_decision
from soket.record.keeping import read_register
from soket.record.register import Register, StageEntry
from soket.record.workspace import Workspace

BY_FILE = "tệp kế hoạch"  # in the place of an account


def follow(workspace: Workspace) -> Workspace:
    """Take the plan's file on record where it has changed; return the workspace with the plan that holds then."""
    store, keys, code = workspace.store, workspace.keys, workspace.campaign.code
    filed = workspace.filed or workspace.plan
    end = max(workspace.campaign.end, filed.campaign(code).end)  # it may have been given longer when it was over
    if workspace.rerun or not workspace.campaign.start <= workspace.now < end:
        return workspace
    kept = editions(store, keys)
    if not kept:
        data = written(workspace.plan, code)
        store.create(keys.edition(1, digest_of(data)), data)
        return workspace
    keep_at_hand(store, keys, kept[-1])
    _tell(workspace, kept)  # of what whoever died in between has not
    data = written(filed, code)
    if (digest := digest_of(data)) == kept[-1].digest or is_old_copy(store, kept, digest):
        return workspace
    before = read_edition(store, kept[-1])
    changes = changes_since(workspace, before, filed)
    if not any(each.refused for each in changes):
        return _take(replace(workspace, plan=filed, campaign=filed.campaign(code), filed=None), kept, filed, changes)
    if before and (plan := with_contacts(before, filed)) is not before:
        contacts = [each for each in changes if each.kind is ChangeKind.CONTACT]
        changes = [each for each in changes if each not in contacts]
        here = replace(workspace, plan=beside(filed, plan, code), campaign=plan.campaign(code))
        workspace = _take(here, kept, plan, contacts)
        kept = editions(store, keys)
    _refuse(workspace, kept[-1], digest, changes)
    return workspace


def _take(here: Workspace, kept: list[Edition], plan: Plan, changes: list[Amendment]) -> Workspace:
    """Make a plan the next edition, with its decision; return the workspace, which goes by it."""
    data = written(plan, here.campaign.code)
    here.store.create(here.keys.edition(kept[-1].number + 1, digest_of(data)), data)
    kept = editions(here.store, here.keys)
    keep_at_hand(here.store, here.keys, kept[-1])
    _tell(here, kept, changes)
    return here


def changes_since(workspace: Workspace, before: Plan | None, filed: Plan) -> list[Amendment]:
    """Return what changed in the plan's file since an edition, refused as what is on record demands."""
    whole = Amendment(kind=ChangeKind.SETTING, about="plan", name="thứ tự, cách viết trong tệp")
    if before is None:
        return [whole.model_copy(update={"name": "bản kế hoạch trước không đọc được, không so sánh"})]
    code = workspace.campaign.code
    then = replace(workspace, plan=beside(filed, before, code), campaign=before.campaign(code))
    record = on_record(then.plan, read_register(then), then)
    return compare(before, of_campaign(filed, code), code, record) or [whole]


def on_record(plan: Plan, register: Register, workspace: Workspace) -> OnRecord:
    """Return what of a campaign changes of its plan have to leave as it is."""
    lines = {stage.id: register.of(stage) for stage in plan.stages}
    postponed = {code: register.acts.postponement_of(code) for code in lines}
    sent = {code for code, entry in register.units.items() if entry.last_number or entry.pending or entry.verdicts}
    return OnRecord(
        now=workspace.now,
        begun=frozenset(stage.id for stage in plan.stages if _has_begun(stage, lines[stage.id], workspace)),
        done=frozenset(code for code, line in lines.items() if line.done),
        handed_in=frozenset(sent | {code for code, drops in register.office_drops.items() if drops}),
        postponed={code: act.last_day for code, act in postponed.items() if act},
    )


def plan_waiting(workspace: Workspace) -> str | None:
    """Say that the plan's file has changed and nobody has looked at that yet; None where nothing has."""
    if workspace.filed is None:
        return None
    kept, keys = editions(workspace.store, workspace.keys), workspace.keys
    digest = digest_of(written(workspace.filed, workspace.campaign.code))
    if not kept or digest == kept[-1].digest or is_old_copy(workspace.store, kept, digest):
        return None
    if refused_edition(workspace):
        return None
    return f"Tệp kế hoạch «{keys.plan}» đã đổi."


def refused_edition(workspace: Workspace) -> RefusedEdition | None:
    """Return why the campaign does not go by the plan's file; None where it does, or nobody has looked yet."""
    if workspace.filed is None or not (kept := editions(workspace.store, workspace.keys)):
        return None
    digest = digest_of(written(workspace.filed, workspace.campaign.code))
    key = workspace.keys.refused_edition(kept[-1].number, digest)
    found = [RefusedEdition.model_validate_json(workspace.store.get(each.key)) for each in workspace.store.list(key)]
    return found[0] if found else None


def _has_begun(stage: Stage, line: StageEntry, workspace: Workspace) -> bool:
    return line.begun or (not stage.after and line.opens <= workspace.now)


def _refuse(workspace: Workspace, edition: Edition, digest: str, changes: list[Amendment]) -> None:
    """Keep why a change is refused, and tell the operator, once."""
    from soket.notices.alerts import plan_refused_notice
    from soket.notices.outbox import post

    refused = RefusedEdition(at=workspace.now, changes=tuple(changes))
    workspace.store.create(workspace.keys.refused_edition(edition.number, digest), refused.to_json())
    post(workspace, plan_refused_notice(workspace, refused, digest), suppressed=workspace.silent)


def _tell(workspace: Workspace, kept: list[Edition], changes: list[Amendment] | None = None) -> None:
    """File the decision of the last edition, unless there is one."""
    *_, before, last = (None, None, *kept)
    if before is None or last is None:
        return
    name = f"plan_change-{last.number}-{last.digest}"
    if changes is None and any(workspace.store.list(workspace.keys.decision(name))):
        return
    was = read_edition(workspace.store, before)
    if changes is None:
        plan = read_edition(workspace.store, last)
        changes = changes_since(workspace, was, plan) if plan else []
    adjusted = workspace.plan.adjusted
    if adjusted is None or (was and adjusted == was.adjusted):  # it is of an earlier change
        adjusted = Adjustment(by=workspace.plan.issuer, reason="Kế hoạch được điều chỉnh.")
    act = PlanChange(
        id=name,
        decided_at=workspace.now,
        account=BY_FILE,
        granted_by=adjusted.by,
        reason=adjusted.reason,
        document_number=adjusted.document_number,
        edition=last.number,
        changes=tuple(each.model_copy(update={"refused": ""}) for each in changes),
    )
    file_decision(workspace, act)
