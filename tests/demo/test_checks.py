"""The checks pass on a campaign that went as its script says, and each notices what it is there to notice."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import docx
import pytest
from rich.console import Console

from conftest import REPOSITORY, Desk, moment
from demo.checks import CHECKS, run_checks
from demo.evidence import Evidence
from demo.mail_checks import REQUIRED_MAILS
from demo.scenario import Content, Drop, Scenario, load
from demo.summary import print_results
from soket.documents.trace import Trace, TracedPaper
from soket.faults import Fault
from soket.faults import fault as fault_of_copy
from soket.notices.ledger import End, Ending
from soket.notices.lines import Entry
from soket.notices.notice import Kind, message_id
from soket.plan.model import Campaign, Plan, Severity
from soket.record import products
from soket.record.attendance import Attending, Channel
from soket.record.decisions import Appraisal, Commendation, Postponement
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.nominees import NominationTaken, Nominee, Origin, proposal_id
from soket.record.products import PRESS_NOTE
from soket.record.provisional import ProvisionalDraft
from soket.record.records import Receipt, ReceivedFile, Ruling, Submission, Verdict
from soket.record.register import Standing
from soket.record.replying import record_reply
from soket.record.seal import read_seal
from soket.record.stage_details import AppraisalOutcome, AppraisalPoint, DraftTaken
from soket.record.tally import Progress, tally
from soket.record.words import PROGRESS
from soket.record.workspace import Workspace

SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"
POSTPONED = "2021-11-12 09:00"
SENT_AT = datetime(2026, 1, 1, tzinfo=UTC)


def played(plan: Plan, campaign: Campaign, scenario: Scenario) -> Evidence:
    """Return the evidence of a campaign in which everything went as the script says."""
    desk = Desk(plan, campaign)
    expected = scenario.expected(plan)
    drops = [drop for drop in scenario.drops(plan) if drop.owner in expected]
    for number, drop in enumerate(drops):
        last = drop.number == max(each.number for each in drops if each.owner == drop.owner)
        file_submission(desk(drop.at), drop, expected[drop.owner] if last else Standing.RETURNED, number)
    for stray in scenario.strays:
        workspace = desk(stray.at)
        workspace.store.put(f"{workspace.keys.inbox_folder(stray.folder)}tệp.docx", b"?")
    for round_number, outcome in enumerate(("returned", "approved"), start=1):
        drafted = desk("2021-11-08 10:00").now + timedelta(days=7 * (round_number - 1))
        details = DraftTaken(inbox_key="a.docx", etag="e", arrived_at=drafted)
        file_stage_record(desk(drafted), "ubnd_draft", round_number, "official", "Đến.", details=details)
        act = Appraisal.model_validate(
            {"id": f"appraisal-{round_number}", **decided(drafted + timedelta(days=3)), "account": "vptu"}
            | {"round": round_number, "outcome": outcome}
        )
        file_decision(desk(), act)
        if outcome == "returned":
            points = tuple(AppraisalPoint(id=each, text=each, check=each) for each in ("table", "prose", "notes"))
            told = AppraisalOutcome(outcome="returned", points=points)
            file_stage_record(desk(), "vptu_appraisal", round_number, "done", "Trả lại.", details=told)
    act = {"id": "postponed", **decided(moment(POSTPONED)), "stage": "ubnd_draft", "last_day": "2021-11-17"}
    file_decision(desk(), Postponement.model_validate(act))
    for stage in (each.id for each in plan.stages if each.id != "ubnd_draft"):
        file_stage_record(
            desk(campaign.stages[stage].moment - timedelta(hours=8)),
            stage,
            1,
            "done",
            "Xong.",
            products=(f"stages/{stage}/a.docx",),
        )
    file_stage_record(desk("2021-11-15 11:00"), "ubnd_draft", 2, "done", "Xong.")
    commend(desk, scenario)
    for number, at in enumerate(("2021-10-27 07:30", "2021-11-02 07:30"), 1):
        made = ProvisionalDraft(number=number, sent=10 * number, owing=60, inputs=f"{number}", as_of=moment(at))
        file_stage_record(desk(at), "ubnd_draft", 0, made.step, "Tạm.", details=made)
    keep_a_trace(desk("2021-11-15 11:00"))
    for answer in scenario.guests:
        record_reply(
            desk("2021-11-24 09:00"),
            read_register(desk()),
            channel=Channel(answer.by),
            source=answer.unit,
            guest=answer.unit,
            attending=Attending.ABSENT if answer.attends == "vắng" else Attending.COMES,
        )
    workspace = desk(campaign.end)
    ledger = [entry(kind, "office", "1") for kind in (*REQUIRED_MAILS, Kind.ODDITIES)]
    ledger.append(entry(Kind.NEW_DATE, plan.stage("ubnd_draft").owner, "stage-1"))
    return Evidence(
        workspace=workspace,
        scenario=scenario,
        register=read_register(workspace),
        rebuilt=read_register(workspace, use_snapshot=False),
        ledger=ledger,
        ends={each.id: End(ending=Ending.SENT, at=workspace.now, real_at=SENT_AT) for each in ledger},
        check_runs=40,
        mailbox=Counter(message_id(plan, campaign.code, each.id, read_seal(workspace.store)) for each in ledger),
    )


def commend(desk: Desk, scenario: Scenario) -> None:
    """Nominate, decide and tell the press as the script says."""
    (story,) = (each for each in scenario.stories if each.nominates)
    (form,) = (each for each in scenario.officials.forms if each.act == "commendation")
    assert story.nominates
    code = proposal_id(Origin.NOMINATION, story.unit, story.nominates.name, story.nominates.merit)
    nominee = Nominee(
        id=code,
        unit=story.unit,
        name=story.nominates.name,
        individual=True,
        source=Origin.NOMINATION,
        merit=story.nominates.merit,
        evidence="Mục III",
    )
    taken = NominationTaken(
        unit=story.unit,
        number=1,
        name="a.docx",
        inbox_key="a.docx",
        etag="e",
        arrived_at=desk.now,
        nominees=(nominee,),
        faults=(),
    )
    file_stage_record(desk(), "unit_reports", 1, "nomination", "Đề nghị.", details=taken)
    act = {"id": "commended", **decided(form.at), "proposals": form.proposals, "conclusion": form.conclusion}
    file_decision(desk(), Commendation.model_validate(act))
    note = desk().keys.stage("communications", 1, PRESS_NOTE)
    document = docx.Document()
    document.add_paragraph(nominee.name)
    buffer = BytesIO()
    document.save(buffer)
    desk.store.put(note, buffer.getvalue())
    file_stage_record(desk(), "communications", 1, "press", "Đã có.", products=(note,))


def keep_a_trace(workspace: Workspace) -> None:
    """Keep a paper that tells of nobody, and what it rests on."""
    paper = TracedPaper(name=products.WORKING_DRAFT, sha256=hashlib.sha256(b"draft").hexdigest(), passages=())
    whole = {"title": "", "campaign": "", "as_of": workspace.now, "forms": (), "units": (), "names": {}, "headings": {}}
    files = {products.TRACE: Trace(papers=(paper,), **whole).to_json(), products.TRACE_PAGE: b""}
    keys = products.save_products(workspace, "ubnd_draft", 2, files)
    products.save_products(workspace, "ubnd_draft", 2, {products.WORKING_DRAFT: b"draft"})
    file_stage_record(workspace, "ubnd_draft", 2, "traced", "Nguồn gốc.", products=keys)


def decided(at: datetime) -> dict[str, Any]:
    return {"decided_at": at, "account": "thuong_truc", "granted_by": "VPTU", "reason": "Số liệu chưa khớp"}


def file_submission(workspace: Workspace, drop: Drop, standing: Standing, index: int) -> None:
    keys, unit = workspace.keys, drop.owner
    number = drop.number
    deadline = read_register(workspace).units[unit].deadline
    name = f"bao-cao-{number}.docx"
    workspace.store.put(f"{keys.inbox_folder(unit)}{name}", f"{index}".encode())
    found = next(iter(workspace.store.list(f"{keys.inbox_folder(unit)}{name}")))
    file = ReceivedFile(
        inbox_key=found.key,
        key=keys.report(unit, number, f"files/{name}"),
        name=name,
        original_name=name,
        etag=found.etag,
        sha256="0",
        size=1,
        arrived_at=workspace.now,
    )
    receipt = Receipt(unit=unit, number=number, received_at=workspace.now, deadline=deadline, files=(file,))
    workspace.store.create(keys.receipt(unit, number), receipt.to_json())
    returned = standing is Standing.RETURNED
    fault = Fault(code="X-1", severity=Severity.CRITICAL, message="Sai.")
    signed = drop.content is Content.SIGNED_OTHERWISE
    told = (fault_of_copy("KS-20", "ban-ky.pdf", document=name, count=2),) if signed else ()
    verdict = Verdict(
        unit=unit,
        number=number,
        kind=Submission.REPORT,
        ruling=Ruling(standing.value) if standing in set(Ruling) else Ruling.ACCEPTED,
        late=receipt.late,
        judged_at=workspace.now,
        faults=(fault,) if returned else told,
    )
    workspace.store.create(keys.report(unit, number, "verdict.json"), verdict.to_json())


def entry(kind: Kind, addressee: str, step: str, at: datetime | None = None) -> Entry:
    return Entry(
        id=f"{kind}.{addressee}.{step}",
        kind=kind,
        addressee=addressee,
        to=("a@example.org",),
        posted_at=at or SENT_AT,
        state=Ending.SENT,
        tries=1,
    )


@pytest.fixture(scope="module")
def evidence(plan: Plan, campaign: Campaign) -> Evidence:
    return played(plan, campaign, load(SCRIPT))


def failing(evidence: Evidence) -> set[str]:
    return {check.__name__ for check in CHECKS if not check(evidence).ok}


def test_all_pass_on_a_campaign_as_scripted(evidence: Evidence) -> None:
    assert not [check for check in run_checks(evidence) if not check.ok]


def test_a_mail_that_never_came(evidence: Evidence) -> None:
    mailbox = Counter(dict(list(evidence.mailbox.items())[1:]))
    assert failing(replace(evidence, mailbox=mailbox)) == {"mailbox_agrees"}


def test_a_mail_that_came_twice(evidence: Evidence) -> None:
    mailbox = evidence.mailbox + Counter(list(evidence.mailbox)[:1])
    assert failing(replace(evidence, mailbox=mailbox)) == {"mailbox_agrees"}


def test_a_mail_that_nobody_owed(evidence: Evidence) -> None:
    assert failing(replace(evidence, mailbox=evidence.mailbox + Counter(["<x@y>"]))) == {"mailbox_agrees"}


def test_a_mail_that_waits(evidence: Evidence) -> None:
    waiting = entry(Kind.RECEIPT, "so_x", "2").model_copy(update={"state": "waiting"})
    assert failing(replace(evidence, ledger=[*evidence.ledger, waiting])) == {"outbox_empty"}


def test_a_kind_of_mail_that_is_missing(evidence: Evidence) -> None:
    ledger = [each for each in evidence.ledger if each.kind is not Kind.PRESS]
    mailbox = Counter(
        message_id(evidence.workspace.plan, evidence.scenario.campaign, each.id, read_seal(evidence.workspace.store))
        for each in ledger
    )
    assert failing(replace(evidence, ledger=ledger, mailbox=mailbox)) == {"every_kind_of_mail"}


def test_an_office_that_was_put_off_and_does_not_know(evidence: Evidence) -> None:
    told = [
        each.model_copy(update={"addressee": "h_can_loc"}) if each.kind is Kind.NEW_DATE else each
        for each in evidence.ledger
    ]
    assert failing(replace(evidence, ledger=told)) == {"owners_know_their_dates"}


def reminded(evidence: Evidence, unit: str, at: datetime) -> Evidence:
    reminder = entry(Kind.REMINDER, unit, "late", at)
    plan, campaign = evidence.workspace.plan, evidence.scenario.campaign
    return replace(
        evidence,
        ledger=[*evidence.ledger, reminder],
        ends={**evidence.ends, reminder.id: End(ending=Ending.SENT, at=at, real_at=SENT_AT)},
        mailbox=evidence.mailbox
        + Counter([message_id(plan, campaign, reminder.id, read_seal(evidence.workspace.store))]),
    )


def test_a_reminder_of_what_was_sent(evidence: Evidence) -> None:
    accepted = next(each for each in evidence.register.units.values() if each.accepted == 1)
    sent = accepted.receipts[0].received_at
    assert failing(reminded(evidence, accepted.unit, sent + timedelta(days=1))) == {"no_needless_reminder"}
    assert not failing(reminded(evidence, accepted.unit, sent - timedelta(days=1)))


def test_a_reminder_of_what_was_returned(evidence: Evidence) -> None:
    returned = next(
        each
        for each in evidence.register.units.values()
        if each.verdicts and each.verdicts[0].ruling is Ruling.RETURNED
    )
    assert not failing(reminded(evidence, returned.unit, returned.verdicts[0].judged_at + timedelta(hours=4)))


def test_files_that_stayed_on_a_units_page(evidence: Evidence) -> None:
    workspace = evidence.workspace
    key = workspace.keys.staging_folder("h_can_loc") + "0123/note.json"
    workspace.store.put(key, b"{}")
    assert failing(evidence) == {"handed_in_by_page"}
    workspace.store.take_back(key, next(iter(workspace.store.list(key))).etag)


def test_a_stage_that_is_not_done(evidence: Evidence) -> None:
    stages = dict(evidence.register.stages)
    stages["conference"] = stages["conference"].model_copy(update={"records": ()})
    register = evidence.register.model_copy(update={"stages": stages})
    assert failing(replace(evidence, register=register, rebuilt=register)) == {"stages_done"}


def test_a_stage_that_ends_late(evidence: Evidence) -> None:
    stage = "vptu_appraisal"
    entry = evidence.register.stages[stage]
    late = entry.model_copy(update={"deadline": entry.records[-1].at})
    stages = {**evidence.register.stages, stage: late}
    wrong = replace(evidence, register=evidence.register.model_copy(update={"stages": stages}))
    assert failing(wrong) == {"stages_in_time", "register_rebuilds"}


@pytest.mark.parametrize("at", ["2021-11-11 01:57", "2021-11-13 10:00", "2021-11-11 19:01"])
def test_an_official_who_decides_at_night_or_on_a_day_off(evidence: Evidence, at: str) -> None:
    assert "human_hours" in failing(decided_otherwise(evidence, "appraisal-1", at))


def decided_otherwise(evidence: Evidence, act: str, at: str) -> Evidence:
    decisions = tuple(
        each.model_copy(update={"decided_at": moment(at)}) if each.id == act else each
        for each in evidence.register.decisions
    )
    register = evidence.register.model_copy(update={"decisions": decisions})
    return replace(evidence, register=register, rebuilt=register)


@pytest.mark.parametrize(
    ("act", "at"),
    [
        ("postponed", "2021-11-11 09:30"),  # returned at 10:00
        ("appraisal-1", "2021-11-08 09:00"),  # the draft came at 10:00
        ("appraisal-1", "2021-11-15 10:30"),  # and the second one a week later
        ("appraisal-2", "2021-11-15 09:30"),
    ],
)
def test_an_answer_to_what_was_not_said_yet(evidence: Evidence, act: str, at: str) -> None:
    assert failing(decided_otherwise(evidence, act, at)) == {"story_in_order"}


def test_a_postponement_for_no_return(evidence: Evidence) -> None:
    acts = tuple(each for each in evidence.register.decisions if each.id != "appraisal-1")
    register = evidence.register.model_copy(update={"decisions": acts})
    assert failing(replace(evidence, register=register, rebuilt=register)) == {
        "appraised_as_scripted",
        "story_in_order",
    }


def test_a_wrong_figure_that_was_not_found(evidence: Evidence) -> None:
    entry = evidence.register.stages["vptu_appraisal"]
    records = tuple(each.model_copy(update={"details": None}) for each in entry.records)
    stages = evidence.register.stages | {entry.stage: entry.model_copy(update={"records": records})}
    register = evidence.register.model_copy(update={"stages": stages})
    assert failing(replace(evidence, register=register, rebuilt=register)) == {"points_answered"}


def test_a_press_note_that_commends_others(evidence: Evidence) -> None:
    officials = evidence.scenario.officials
    other = [
        each.model_copy(update={"proposals": "BD-000000"}) if each.act == "commendation" else each
        for each in officials.forms
    ]
    scenario = evidence.scenario.model_copy(update={"officials": officials.model_copy(update={"forms": tuple(other)})})
    assert failing(replace(evidence, scenario=scenario)) == {"only_the_decided_are_commended"}


def test_a_provisional_draft_that_came_too_late_or_was_none(evidence: Evidence) -> None:
    entry = evidence.register.stages["ubnd_draft"]
    early, *rest = entry.provisional
    late = early.model_copy(update={"at": moment("2021-11-09 07:30")})
    same = rest[0].model_copy(update={"details": early.details})
    others = [each for each in entry.records if each not in entry.provisional]
    for records in ((*others, late), (*others, early, same), others):
        stages = evidence.register.stages | {entry.stage: entry.model_copy(update={"records": tuple(records)})}
        register = evidence.register.model_copy(update={"stages": stages})
        assert failing(replace(evidence, register=register, rebuilt=register)) == {"provisional_in_time"}


def test_checks_that_nobody_can_look_at(evidence: Evidence) -> None:
    assert failing(replace(evidence, check_runs=0)) == {"checks_shown"}


def test_a_unit_that_ends_elsewhere(evidence: Evidence) -> None:
    units = dict(evidence.register.units)
    accepted = next(each for each in units.values() if each.standing is Standing.ACCEPTED)
    units[accepted.unit] = accepted.model_copy(update={"standing": Standing.PENDING})
    register = evidence.register.model_copy(update={"units": units})
    assert failing(replace(evidence, register=register, rebuilt=register)) == {"standings"}


def test_a_register_that_its_records_do_not_add_up_to(evidence: Evidence) -> None:
    rebuilt = evidence.rebuilt.model_copy(update={"oddities": ()})
    assert failing(replace(evidence, rebuilt=rebuilt)) == {"register_rebuilds"}


def test_a_paper_that_is_not_what_it_was(evidence: Evidence) -> None:
    workspace = evidence.workspace
    key = workspace.keys.stage("ubnd_draft", 2, products.WORKING_DRAFT)
    workspace.store.put(key, b"another")
    assert failing(evidence) == {"papers_trace"}
    workspace.store.put(key, b"draft")


def test_an_answer_to_an_invitation_that_is_not_in_the_table(evidence: Evidence) -> None:
    lost = evidence.register.model_copy(update={"replies": evidence.register.replies[1:]})
    assert failing(replace(evidence, register=lost, rebuilt=lost)) == {"guests_answered"}


def test_a_run_that_failed(evidence: Evidence) -> None:
    assert failing(replace(evidence, failed_runs=["nq06_du_lich.intake x"])) == {"no_failed_run"}


def test_the_summary_tells_results_and_failures(evidence: Evidence) -> None:
    text = StringIO()
    console = Console(file=text, width=200)
    print_results(console, evidence, run_checks(replace(evidence, failed_runs=["nq06_du_lich.intake x"])))
    told = text.getvalue()
    counted = tally(evidence.register.reporting(evidence.workspace.plan), evidence.register.as_of)
    share = f"đã tiếp nhận {counted.received}/{counted.owing}, thiếu {counted.missing}"
    for words in (
        PROGRESS[Progress.MISSED].label,
        share,
        "tính riêng",
        "Đề nghị báo cáo",
        "stages/conference/a.docx",
        "✘",
        "nq06_du_lich.intake x",
    ):
        assert words in told
