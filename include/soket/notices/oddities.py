"""What only the operator can put right: stray files, failed mails, records and plans that cannot be read, and
submissions that nobody judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta

from soket.notices.facts import Facts, office_facts
from soket.notices.ledger import NoticeState, states
from soket.notices.lines import entries
from soket.notices.notice import Kind, Notice
from soket.notices.reports.filing import Stray, read_places, read_strays
from soket.notices.reports.unreached import unreached
from soket.notices.troubles import troubled
from soket.plan.fault import PlanError
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.text import format_moment, format_number

_SHOWN = 50  # of a list that may be of any length
_STRAYS = 10

_BLIND_AFTER = timedelta(hours=1)  # real time: a mailbox may be away for a while

# Intake judges within minutes of real time; what lies longer has met a fault of ours.
_JUDGED_WITHIN = timedelta(hours=1)


def oddities_notice(
    workspace: Workspace,
    register: Register,
    faulty: Sequence[PlanError] = (),
    known: Mapping[str, NoticeState] | None = None,
) -> Notice | None:
    """Return what the operator has to look at; one mail for each new state of it, none while all is well."""
    listed = (states(workspace) if known is None else known).values()
    broken, stuck, lost = troubled(workspace, listed), _stuck(workspace, register), unreached(workspace, listed)
    strays, blind = read_strays(workspace), _blind(workspace)
    names = [drop.key + drop.etag for drop in register.oddities] + [state.id for state in broken]
    # Not how often: a submission that fails again and again is told of once, unless it fails otherwise.
    names += [f"{each.unit}/{each.number}/{each.error}" for each in register.failures]
    names += [f"{receipt.unit}/{receipt.number}" for receipt in stuck]
    names += [f"{each.contact.email}/{each.notice}" for each in lost]
    names += [f"{each.source}/{each.why}" for each in strays]
    names += [each.partition(": ")[0] for each in blind]
    names += [*register.unreadable, *map(str, faulty)]
    unasked = sorted(workspace.store.list(workspace.keys.check_run(asked=False)), key=lambda each: each.last_modified)
    names += [each.key for each in unasked[:1]]  # since when, and not how many: they grow until it works again
    if not names:
        return None
    plan = workspace.plan
    operator = plan.office(plan.roles.operator)
    files: list[Facts] = [
        {
            "key": drop.key.removeprefix(workspace.keys.inbox),
            "size": format_number(drop.size),
            "arrived": format_moment(drop.arrived_at),
        }
        for drop in register.oddities[:_SHOWN]
    ]
    unjudged = _unjudged(workspace, register, stuck)
    counted = {
        "tệp để sai chỗ": len(register.oddities),
        "thư không gửi được": len(broken),
        "địa chỉ không nhận được thư": len(lost),
        "thư báo không rõ của thư nào": len(strays),
        "hộp thư báo không đọc được": len(blind),
        "bộ hồ sơ chưa chấm được": len(unjudged),
        "bản ghi không đọc được": len(register.unreadable),
        "kế hoạch có lỗi": len(faulty),
        "lượt chấm chờ Great Expectations kiểm lại": len(unasked),
    }
    return Notice(
        kind=Kind.ODDITIES,
        addressee=operator.code,
        step=hashlib.sha256("\n".join(names).encode()).hexdigest()[:16],
        to=(operator.contact,),
        context={
            **office_facts(operator),
            "what": [f"{count} {what}" for what, count in counted.items() if count],
            "inbox": workspace.keys.inbox,
            "files": list(files),
            "files_in_all": len(register.oddities),
            "failed_mails": list(failed_mails(workspace, broken)),
            "failed_in_all": len(broken),
            "unreached": [each.facts for each in lost[:_SHOWN]],
            "strays": [_stray_facts(each) for each in strays[:_STRAYS]],
            "strays_in_all": len(strays),
            "blind": list(blind),
            "unjudged": list(unjudged[:_SHOWN]),
            "unjudged_in_all": len(unjudged),
            "unreadable": list(register.unreadable[:_SHOWN]),
            "unreadable_in_all": len(register.unreadable),
            "faulty_plans": [str(each) for each in faulty],
            "unasked": len(unasked),
            "unasked_since": format_moment(workspace.moment(unasked[0].last_modified)) if unasked else "",
        },
    )


def _stray_facts(stray: Stray) -> Facts:
    return {
        "at": format_moment(stray.at),
        "from": stray.sender,
        "subject": stray.subject,
        "told": ", ".join(stray.told),
        "why": stray.why,
        "source": stray.source,
    }


def _blind(workspace: Workspace) -> list[str]:
    """Return the sources of reports that have not been readable for long, and why."""
    since = [(each, each.failing_since) for each in read_places(workspace)]
    return [
        f"từ {format_moment(workspace.clock.campaign_time(moment))}: {each.error}"
        for each, moment in since
        if moment is not None and workspace.clock.real_time(workspace.now) - moment > _BLIND_AFTER
    ]


def failed_mails(workspace: Workspace, broken: list[NoticeState]) -> list[Facts]:
    """Return whom mails did not reach, and why."""
    return [
        {"id": entry.id, "to": to, "note": entry.note.removeprefix(f"{to}: ")}
        for entry in entries(workspace, broken[:_SHOWN])
        for to in [", ".join(entry.undelivered or entry.to)]
    ]


def _unjudged(workspace: Workspace, register: Register, stuck: Sequence[Receipt]) -> list[Facts]:
    """Return the submissions that our own code failed on, then those that nothing is known of."""
    plan = workspace.plan
    failures: list[Facts] = [
        {
            "code": attempt.unit,
            "name": plan.unit(attempt.unit).name,
            "number": attempt.number,
            "error": f"{attempt.error}: {attempt.detail}" if attempt.detail else attempt.error,
        }
        for attempt in register.failures
    ]
    waiting: list[Facts] = [
        {
            "code": receipt.unit,
            "name": plan.unit(receipt.unit).name,
            "number": receipt.number,
            "error": f"nhận lúc {format_moment(receipt.received_at)}, chưa được chấm: xem bước «Tiếp nhận báo cáo»",
        }
        for receipt in stuck
    ]
    return failures + waiting


def _stuck(workspace: Workspace, register: Register) -> list[Receipt]:
    """Return the submissions that wait for their verdict for too long, though no attempt at them has failed."""
    now = workspace.clock.real_time(workspace.now)
    failing = {(each.unit, each.number) for each in register.failures}
    return [
        receipt
        for entry in register.units.values()
        for receipt in entry.sent
        if receipt.number not in {verdict.number for verdict in entry.verdicts}
        and receipt.number not in entry.locked
        and (receipt.unit, receipt.number) not in failing
        and workspace.clock.real_time(receipt.received_at) + _JUDGED_WITHIN < now
    ]
