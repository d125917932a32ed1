"""What units, intake and officials leave in the bucket, made by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from soket.faults import Fault
from soket.narrative.said.asked import is_of_requests
from soket.plan.model import Duty, Plan, Section, Severity, StageKind, Unit
from soket.record.commending import NomineeList
from soket.record.decisions import (
    Appraisal,
    Exemption,
    Extension,
    LinkRenewal,
    NilReturn,
    OfficialMessage,
    Postponement,
    Reopening,
    Undo,
)
from soket.record.filing import file_decision, file_from_unit, file_stage_record
from soket.record.nominees import Nominee, Origin
from soket.record.parsed import keep_parsed
from soket.record.products import PROPOSALS
from soket.record.records import Figure, ParsedReport, Receipt, ReceivedFile, Ruling, SectionText, Submission, Verdict
from soket.record.requests import ExtensionRequest
from soket.record.taking_back import TakeBack, own_arrivals, take_back_of
from soket.record.workspace import Workspace
from soket.stages.answers import Answer
from soket.stages.refusing import Actor

BROKEN = Fault(code="T-01", severity=Severity.CRITICAL, message="Thiếu biểu số liệu.", advice="Gửi kèm biểu.")
ODD = Fault(code="T-02", severity=Severity.WARNING, message="Số liệu tăng bất thường.")

UNREAD = Fault(code="TEP-23", severity=Severity.REFER, message="Bản quét.")
FAULTS = {
    Ruling.ACCEPTED: (),
    Ruling.ACCEPTED_WITH_WARNINGS: (ODD,),
    Ruling.REFERRED: (UNREAD, ODD),
    Ruling.RETURNED: (BROKEN,),
}


def actor_for(form: Mapping[str, Any]) -> Actor:
    """Return an office that may do what a form says, or take it back, as the plan of Resolution 06 has it."""
    about = f"{form.get('act')} {form.get('undoes')}"
    return Actor("thuong_truc" if "postponement" in about else "tuyen_giao")


def answer(option: str, account: str = "vptu", **fields: str) -> Answer:
    """Return what an office answered in the Airflow UI."""
    return Answer(option, account, name="VPTU", fields=fields)


def owing(plan: Plan) -> list[Unit]:
    """Return the units that owe a report to the first stage, in the plan's order."""
    return [unit for unit in plan.units if unit.owes not in (Duty.COVERAGE_PLAN, Duty.EXEMPT)]


def first(plan: Plan) -> str:
    """Return the code of some unit that owes a report."""
    return owing(plan)[0].code


def drop(workspace: Workspace, owner: str, name: str = "bao-cao.docx", data: bytes = b"content") -> str:
    """Put a file into somebody's inbox folder; return its key."""
    key = workspace.keys.inbox_folder(owner) + name
    workspace.store.put(key, data)
    return key


def take_back(workspace: Workspace, unit: str, person: str = "Lê Thị B") -> TakeBack:
    """Let a unit ask back all that lies in its folder and was not judged."""
    from soket.record.keeping import read_register

    entry = read_register(workspace, keep=False).units[unit]
    files = [drop.arrival for drop in entry.pending]
    files += [each for receipt in entry.unruled for each in own_arrivals(receipt, entry.receipts)]
    return file_from_unit(workspace, take_back_of(unit, files, at=workspace.now, person=person))


def receive(workspace: Workspace, unit: str, number: int = 1) -> Receipt:
    """File the receipt of what lies in a unit's folder."""
    from soket.record.keeping import read_register

    register = read_register(workspace)
    files = [
        ReceivedFile(
            inbox_key=found.key,
            key=workspace.keys.report(unit, number, f"files/{found.key.rpartition('/')[2]}"),
            name=found.key.rpartition("/")[2],
            original_name=found.key.rpartition("/")[2],
            etag=found.etag,
            sha256=hashlib.sha256(workspace.store.get(found.key)).hexdigest(),
            size=found.size,
            arrived_at=found.arrived_at,
        )
        for found in register.units[unit].pending
    ]
    receipt = Receipt(
        unit=unit,
        number=number,
        received_at=max((file.arrived_at for file in files), default=workspace.now),
        deadline=register.units[unit].deadline,
        files=tuple(files),
    )
    workspace.store.create(workspace.keys.receipt(unit, number), receipt.to_json())
    return receipt


def judge(workspace: Workspace, receipt: Receipt, ruling: Ruling = Ruling.ACCEPTED) -> Verdict:
    """File a parsed report and the verdict on it."""
    report = parsed_report(workspace.plan, receipt.unit, receipt.number)
    key = keep_parsed(workspace.store, workspace.keys, {(report.unit, report.number): report.to_json()})
    verdict = Verdict(
        unit=receipt.unit,
        number=receipt.number,
        kind=report.kind,
        ruling=ruling,
        late=receipt.late,
        judged_at=workspace.now,
        faults=FAULTS[ruling],
        parsed_key=key,
    )
    workspace.store.create(workspace.keys.report(receipt.unit, receipt.number, "verdict.json"), verdict.to_json())
    return verdict


def submit(workspace: Workspace, unit: str, number: int = 1, ruling: Ruling = Ruling.ACCEPTED) -> Verdict:
    """Let a unit send its n-th report, and intake judge it, in one moment."""
    drop(workspace, unit, data=f"{unit} {number}".encode())
    return judge(workspace, receive(workspace, unit, number), ruling)


def _said(unit: Unit, section: Section) -> str:
    """Return what a unit says under a heading: that it did well, and among recommendations what it asks for."""
    if is_of_requests(section):
        return f"Đề nghị xem xét nội dung {section.number} mà {unit.name} đã nêu."
    return f"{unit.name} đã thực hiện tốt {section.number}."


def parsed_report(plan: Plan, code: str, number: int = 1) -> ParsedReport:
    """Return a report that follows the outline and fills in every figure of its form."""
    unit = plan.unit(code)
    coverage = unit.owes is Duty.COVERAGE_PLAN
    form = None if coverage else plan.form_of(unit)
    return ParsedReport(
        unit=code,
        number=number,
        kind=Submission.COVERAGE_PLAN if coverage else Submission.REPORT,
        sections=()
        if coverage
        else tuple(
            SectionText(section=section.code, heading=section.title, text=_said(unit, section))
            for section in plan.outline
        ),
        figures=tuple(
            Figure(
                indicator=indicator.code,
                year=year,
                value=float(100 + 10 * row + column + number),
                file="so-lieu.xlsx",
                cell=f"{chr(ord('D') + column)}{5 + row}",
            )
            for row, indicator in enumerate(form.indicators)
            for column, year in enumerate(form.years)
        )
        if form
        else (),
        faults=(),
    )


def _act(workspace: Workspace, **fields: Any) -> dict[str, Any]:
    return {
        "decided_at": workspace.now,
        "account": "vanhanh",
        "granted_by": "Đồng chí Phó Bí thư",
        "reason": "Ảnh hưởng của dịch bệnh",
        **fields,
    }


def extend(workspace: Workspace, unit: str, last_day: date, name: str = "extension-1") -> None:
    file_decision(workspace, Extension(id=name, unit=unit, last_day=last_day, **_act(workspace)))


def exempt(workspace: Workspace, unit: str) -> None:
    file_decision(workspace, Exemption(id=f"exemption-{unit}", unit=unit, **_act(workspace)))


def renew_link(workspace: Workspace, unit: str) -> None:
    file_decision(workspace, LinkRenewal(id=f"link-{unit}", unit=unit, **_act(workspace)))


def nil_return(workspace: Workspace, unit: str) -> None:
    file_decision(workspace, NilReturn(id=f"nil-{unit}", unit=unit, **_act(workspace)))


def postpone(workspace: Workspace, stage: str, last_day: date) -> None:
    file_decision(
        workspace, Postponement(id=f"postponement-{stage}", stage=stage, last_day=last_day, **_act(workspace))
    )


def undo(workspace: Workspace, act: str, name: str = "undo-1") -> None:
    file_decision(workspace, Undo(id=name, undoes=act, **_act(workspace)))


def reopen(workspace: Workspace, stage: str, name: str = "reopening-1") -> None:
    file_decision(workspace, Reopening(id=name, stage=stage, **_act(workspace)))


def appraise(workspace: Workspace, round_number: int, outcome: str, reason: str = "Bổ sung số liệu") -> None:
    fields = _act(workspace, reason=reason, outcome=outcome)
    file_decision(workspace, Appraisal(id=f"appraisal-{round_number}", round=round_number, **fields))


def list_proposal(workspace: Workspace, code: str, unit: str = "", *, individual: bool = True) -> Nominee:
    """List one proposal for commendation at the plan's conference."""
    proposal = Nominee(
        id=code,
        unit=unit or first(workspace.plan),
        name="Đồng chí A",
        individual=individual,
        source=Origin.NOMINATION,
        merit="Thành tích.",
        evidence="Đề nghị nộp lần 1.",
    )
    from soket.record.keeping import read_register

    stage = workspace.plan.stages_of(StageKind.CONFER)[0].id
    round_number = max(read_register(workspace).stages[stage].round, 1)
    listed = NomineeList(as_of=workspace.now, counts=(), thresholds=(), proposals=(proposal,))
    step = f"proposals-{code}"
    keys = (workspace.keys.stage(stage, round_number, f"{code}/{PROPOSALS}"),)
    workspace.store.put(keys[0], listed.to_json())
    file_stage_record(workspace, stage, round_number, step, "Đề nghị.", products=keys)
    return proposal


def ask_for_time(workspace: Workspace, unit: str, last_day: date = date(2021, 11, 12)) -> ExtensionRequest:
    """Have a unit ask for more time."""
    asked = ExtensionRequest(
        id=f"{unit}-1", unit=unit, at=workspace.now, last_day=last_day, reason="Mưa lũ", person="A"
    )
    return file_from_unit(workspace, asked)


def say_to(workspace: Workspace, unit: str, manner: str, text: str, name: str = "1", **more: Any) -> OfficialMessage:
    """Have an official say something to a unit, or about it."""
    act = {**_act(workspace), "id": f"message-{name}", "reason": text, "unit": unit, "manner": manner, **more}
    return file_decision(workspace, OfficialMessage.model_validate(act))
