"""What is left to a person: it waits, is told of, is resolved by a review, and after a lock by an extension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conftest import Desk
from record.builders import FAULTS, actor_for, drop, extend, first, judge, receive, submit
from soket.faults import Fault
from soket.intake.receive import unjudged
from soket.notices.digests import digest_notice
from soket.notices.ladder import due
from soket.notices.outbox import states
from soket.plan.model import Campaign, Duty, Plan, Severity
from soket.record.keeping import read_register
from soket.record.lacking import Lacking
from soket.record.records import Receipt, Ruling, Submission, Verdict
from soket.record.register import Standing, UnitEntry
from soket.record.workspace import Workspace
from soket.stages.actions import record_act
from soket.stages.collect import answer_units
from soket.stages.conditions import block_settled
from soket.stages.refusing import ActRefusedError
from usual import with_stage

Open = Callable[..., Workspace]

IN_TIME, AFTER = "2021-11-03 10:00", "2021-11-05 09:00"


def entry(workspace: Workspace) -> UnitEntry:
    return read_register(workspace).units[first(workspace.plan)]


def review(workspace: Workspace, outcome: str, *, number: int = 1, entry: str = "e") -> str:
    form: dict[str, Any] = {
        "act": "review",
        "unit": first(workspace.plan),
        "number": number,
        "outcome": outcome,
        "reason": "Đã đọc bản quét",
        "granted_by": "Đ/c A",
        "document_number": "12-CV",
    }
    return record_act(workspace, form=form, entry=entry, actor=actor_for(form))


def answers(workspace: Workspace) -> list[str]:
    answer_units(workspace)
    unit = first(workspace.plan)
    return sorted(name for name in states(workspace) if f".{unit}." in name and not name.startswith("request"))


def test_a_referred_report_is_neither_chased_nor_done(workspace: Open, plan: Plan) -> None:
    at = workspace(IN_TIME)
    submit(at, first(plan), ruling=Ruling.REFERRED)
    waiting = entry(workspace(AFTER))
    assert (waiting.standing, waiting.accepted, waiting.late) == (Standing.REFERRED, None, False)
    register = read_register(workspace())
    assert first(plan) in [each.unit for each in Lacking.of(register.reporting(plan)).with_us]
    assert first(plan) not in {notice.addressee for notice in due(workspace(), register)}
    digest = digest_notice(workspace(), register)
    assert digest is not None
    assert [row["code"] for row in digest.context["waiting"]] == [first(plan)]  # type: ignore[index, call-overload, union-attr]
    block = plan.unit(first(plan)).block
    goes_on = with_stage(plan, "unit_reports", at_deadline="proceed")
    at = workspace()
    note = block_settled(
        Workspace(goes_on, at.campaign, at.store, at.clock), register, stage="unit_reports", block=block
    )
    assert f"Đã nộp đúng hạn, chờ cán bộ xem: {plan.unit(first(plan)).name}." in (note or "")


def test_a_review_accepts(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.REFERRED)
    unit = first(plan)
    assert answers(workspace()) == [f"receipt.{unit}.n1"]
    review(workspace("2021-11-04 09:00"), "accepted")
    after = entry(workspace())
    assert (after.standing, after.accepted) == (Standing.ACCEPTED, 1)  # with its warning on a figure: it was looked at
    assert after.verdicts[0].ruling is Ruling.REFERRED  # the record stays as it was written
    assert after.last_verdict is not None
    assert after.last_verdict.faults[0].message.startswith("Cán bộ đã xem hồ sơ và tiếp nhận: Đã đọc bản quét")
    assert answers(workspace()) == [f"receipt.{unit}.n1", f"receipt.{unit}.n1-r1"]
    assert answers(workspace()) == answers(workspace())


def test_a_review_returns_with_a_slip_of_its_own(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.REFERRED)
    review(workspace("2021-11-04 09:00"), "returned")
    unit = first(plan)
    assert entry(workspace()).standing is Standing.RETURNED
    assert answers(workspace()) == [f"receipt.{unit}.n1", f"return.{unit}.n1-r1"]
    slip = workspace().keys.report(unit, 1, "slip-review-1.docx")
    first_made = workspace().store.get(slip)
    answers(workspace())
    assert workspace().store.get(slip) == first_made
    # He changes his mind: the last word counts, and each is answered.
    review(workspace("2021-11-04 10:00"), "accepted", entry="e2")
    assert entry(workspace()).accepted == 1
    assert answers(workspace()) == [f"receipt.{unit}.n1", f"receipt.{unit}.n1-r2", f"return.{unit}.n1-r1"]


@pytest.mark.parametrize("number", [1, 2])
def test_only_what_was_referred_is_reviewed(workspace: Open, plan: Plan, number: int) -> None:
    submit(workspace(IN_TIME), first(plan))
    with pytest.raises(ActRefusedError, match="không thuộc diện"):
        review(workspace(), "accepted", number=number)


def test_an_odd_figure_counts_and_waits_for_a_word(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    before = entry(workspace())
    assert (before.standing, before.accepted) == (Standing.ACCEPTED_WITH_WARNINGS, 1)
    assert [fault.code for fault in before.unconfirmed] == [FAULTS[Ruling.ACCEPTED_WITH_WARNINGS][0].code]
    told = answers(workspace())
    review(workspace("2021-11-04 09:00"), "accepted")
    after = entry(workspace())
    assert (after.standing, after.accepted, after.unconfirmed) == (Standing.ACCEPTED, 1, ())
    assert answers(workspace()) == told  # to the unit nothing is new


def test_a_report_with_an_odd_figure_may_be_returned(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    review(workspace("2021-11-04 09:00"), "returned")
    assert (entry(workspace()).standing, entry(workspace()).unconfirmed) == (Standing.RETURNED, ())
    assert f"return.{first(plan)}.n1-r1" in answers(workspace())


def test_a_correction_makes_a_review_of_what_it_replaced_idle(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.REFERRED)
    submit(workspace("2021-11-04 09:00"), first(plan), 2)
    review(workspace("2021-11-04 10:00"), "returned")
    assert (entry(workspace()).standing, entry(workspace()).accepted) == (Standing.ACCEPTED, 2)


def test_a_critical_fault_wins_over_a_referral() -> None:
    faults = tuple(Fault(code="A-1", severity=severity, message="") for severity in Severity)
    common: dict[str, Any] = {
        "unit": "a",
        "number": 1,
        "kind": "report",
        "late": False,
        "judged_at": "2021-11-01T00:00Z",
    }
    for ruling in Ruling:
        for present in (faults, faults[1:], faults[2:], ()):
            right = {4: Ruling.RETURNED, 3: Ruling.REFERRED}.get(len(present))
            if right is ruling or (right is None and ruling.counts):
                Verdict(ruling=ruling, faults=present, **common)
            else:
                with pytest.raises(ValueError, match="if, and only if"):
                    Verdict(ruling=ruling, faults=present, **common)


@pytest.fixture
def locking(plan: Plan, campaign: Campaign) -> Desk:
    return Desk(plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})}), campaign)


def arrive(desk: Desk, number: int = 1) -> Receipt:
    drop(desk(), first(desk.plan), data=b"%d" % number)
    return receive(desk(), first(desk.plan), number)


def test_after_the_lock_it_is_kept_and_not_taken_until_an_extension(locking: Desk) -> None:
    locking("2021-11-05 00:00")
    receipt = arrive(locking)
    unit = first(locking.plan)
    assert (entry(locking()).standing, entry(locking()).locked) == (Standing.LOCKED, (1,))
    assert unjudged(read_register(locking())) == []
    assert answers(locking()) == [f"locked.{unit}.n1"]
    assert answers(locking()) == [f"locked.{unit}.n1"]
    extend(locking("2021-11-05 10:00"), unit, date(2021, 11, 8))
    assert entry(locking()).standing is Standing.PENDING
    assert unjudged(read_register(locking())) == [receipt]
    judge(locking(), receipt)
    assert entry(locking()).standing is Standing.ACCEPTED
    assert answers(locking()) == [f"locked.{unit}.n1", f"receipt.{unit}.n1"]


def test_what_came_in_time_is_judged_after_the_lock(locking: Desk) -> None:
    locking(IN_TIME)
    receipt = arrive(locking)
    assert unjudged(read_register(locking("2021-11-06 09:00"))) == [receipt]


def test_a_late_correction_of_a_returned_report_is_locked_too(locking: Desk) -> None:
    submit(locking(IN_TIME), first(locking.plan), ruling=Ruling.RETURNED)
    locking(AFTER)
    arrive(locking, 2)
    assert entry(locking()).standing is Standing.LOCKED


def test_an_announced_review_is_still_owed(workspace: Open, plan: Plan) -> None:
    at = workspace(IN_TIME)
    receipt = receive(at, first(plan))
    verdict = Verdict(
        unit=receipt.unit,
        number=1,
        kind=Submission.OWN_REVIEW_PLAN,
        ruling=Ruling.ACCEPTED,
        late=False,
        judged_at=at.now,
        faults=(),
    )
    at.store.create(at.keys.report(receipt.unit, 1, "verdict.json"), verdict.to_json())
    announced = entry(workspace())
    assert (announced.standing, announced.accepted) == (Standing.ANNOUNCED, None)
    assert announced.standing.to_chase
    assert receipt.unit not in read_register(workspace()).basis()


def test_a_receipt_of_another_version_holds_up_no_answer_to_others(workspace: Open, plan: Plan) -> None:
    at = workspace(IN_TIME)
    submit(at, first(plan), ruling=Ruling.REFERRED)
    review(workspace(AFTER), "returned")
    receipt = at.keys.receipt(first(plan), 1)
    at.store.put(receipt, f'{{"unit": "{first(plan)}", "number": 1, "new": true}}'.encode())
    at.store.put(at.keys.register, b"")  # nor does a snapshot know it
    other = next(each.code for each in plan.units if each.owes is Duty.REPORT and each.code != first(plan))
    submit(workspace(), other)
    answer_units(workspace())
    assert f"receipt.{other}.n1" in states(workspace())
