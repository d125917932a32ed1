from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk, moment
from notices.post import CountingStore
from record.builders import (
    drop,
    exempt,
    extend,
    first,
    judge,
    nil_return,
    owing,
    postpone,
    receive,
    reopen,
    submit,
)
from soket.clock import Pace, ReplayClock
from soket.plan.model import Campaign, Duty, Plan
from soket.record.filing import file_stage_record
from soket.record.keeping import last_snapshot, read_on, read_register
from soket.record.records import Receipt, Ruling, StageRecord
from soket.record.register import Register, Standing, derive
from soket.record.stage_details import AppraisalOutcome, DraftBasis, DraftTaken, ReportsClosed
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

Open = Callable[..., Workspace]

IN_TIME, LATE = "2021-11-03 10:00", "2021-11-05 00:00"
A_SECOND = timedelta(seconds=1)


def standing(workspace: Workspace, unit: str) -> Standing:
    return read_register(workspace).units[unit].standing


def test_at_the_start_everybody_owes_and_nothing_has_happened(workspace: Open, plan: Plan) -> None:
    register = read_register(workspace())
    assert list(register.units) == [unit.code for unit in plan.units]
    for unit in plan.units:
        expected = Standing.EXEMPT if unit.owes is Duty.EXEMPT else Standing.NOT_SENT
        assert register.units[unit.code].standing is expected
        assert not register.units[unit.code].late
    assert all(entry.round == 0 and not entry.done for entry in register.stages.values())
    assert register.basis() == {}
    assert register.oddities == ()
    assert register.reporting(plan) == [register.units[unit.code] for unit in owing(plan)]


def test_a_report_on_its_way_from_drop_to_verdict(workspace: Open, plan: Plan) -> None:
    unit = first(plan)
    at = workspace(IN_TIME)
    drop(at, unit)
    assert standing(at, unit) is Standing.PENDING
    receipt = receive(at, unit)
    assert standing(at, unit) is Standing.PENDING
    judge(at, receipt)
    entry = read_register(at).units[unit]
    assert entry.standing is Standing.ACCEPTED
    assert (entry.accepted, entry.late, entry.pending) == (1, False, ())


@pytest.mark.parametrize("ruling", Ruling)
def test_a_verdict_decides(workspace: Open, plan: Plan, ruling: Ruling) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=ruling)
    entry = read_register(workspace()).units[first(plan)]
    assert entry.standing == ruling.value
    assert entry.standing.settled is ruling.counts
    assert entry.standing.to_chase is (ruling is Ruling.RETURNED)
    assert entry.standing.waits_for_person is (ruling is Ruling.REFERRED)
    assert entry.accepted == (1 if ruling.counts else None)


def test_the_last_accepted_submission_counts(workspace: Open, plan: Plan) -> None:
    unit = first(plan)
    submit(workspace(IN_TIME), unit, 1, Ruling.RETURNED)
    submit(workspace("2021-11-04 09:00"), unit, 2)
    assert read_register(workspace()).basis() == {unit: 2}
    # A worse one sent later is owed again, and does not undo what was accepted.
    submit(workspace("2021-11-06 09:00"), unit, 3, Ruling.RETURNED)
    entry = read_register(workspace()).units[unit]
    assert (entry.standing, entry.accepted, entry.late) == (Standing.RETURNED, 2, False)
    assert entry.last_verdict is not None
    assert entry.last_verdict.number == 3


def test_a_file_sent_again_is_new_only_if_it_differs(workspace: Open, plan: Plan) -> None:
    unit = first(plan)
    submit(workspace(IN_TIME), unit)
    drop(workspace("2021-11-04 09:00"), unit, data=f"{unit} 1".encode())
    assert standing(workspace(), unit) is Standing.ACCEPTED
    drop(workspace("2021-11-04 10:00"), unit, data=b"corrected")
    entry = read_register(workspace()).units[unit]
    assert entry.standing is Standing.PENDING
    assert entry.accepted == 1
    assert [file.arrived_at for file in entry.pending] == [moment("2021-11-04 10:00")]


def test_acts_of_officials(workspace: Open, plan: Plan) -> None:
    one, two, three, *_ = (unit.code for unit in owing(plan))
    at = workspace(IN_TIME)
    exempt(at, one)
    nil_return(at, two)
    submit(at, three)
    nil_return(at, three)
    register = read_register(at)
    assert register.units[one].standing is Standing.EXEMPT
    assert register.units[two].standing is Standing.NIL_RETURN
    assert register.units[three].standing is Standing.ACCEPTED  # a report says more than a nil return
    assert one not in {entry.unit for entry in register.reporting(plan)}
    assert two in {entry.unit for entry in register.reporting(plan)}


def test_a_deadline_passes_at_its_first_moment_too_late(workspace: Open, plan: Plan, campaign: Campaign) -> None:
    deadline = campaign.stages["unit_reports"].moment
    assert deadline == moment("2021-11-05 00:00")  # "trước ngày 05/11/2021": the 4th is the last day
    assert not read_register(workspace(deadline - A_SECOND)).units[first(plan)].late
    assert read_register(workspace(deadline)).units[first(plan)].late


def test_an_extension_moves_one_units_date(workspace: Open, plan: Plan) -> None:
    one, two, *_ = (unit.code for unit in owing(plan))
    extend(workspace("2021-11-03 09:00"), one, date(2021, 11, 8), "extension-1")
    extend(workspace("2021-11-04 09:00"), one, date(2021, 11, 10), "extension-2")
    register = read_register(workspace("2021-11-10 23:59"))
    assert register.units[one].deadline == moment("2021-11-11 00:00")  # the later act, to the end of its day
    assert not register.units[one].late
    assert register.units[two].late
    assert read_register(workspace("2021-11-11 00:00")).units[one].late


def test_a_postponement_moves_everybody_but_who_has_more_time(workspace: Open, plan: Plan) -> None:
    one, two, three, *_ = (unit.code for unit in owing(plan))
    at = workspace("2021-11-03 09:00")
    extend(at, one, date(2021, 11, 8))
    extend(at, two, date(2021, 11, 12), "extension-2")
    at = workspace("2021-11-03 10:00")
    postpone(at, "unit_reports", date(2021, 11, 9))
    register = read_register(at)
    assert register.stages["unit_reports"].deadline == moment("2021-11-10 00:00")
    assert [register.units[unit].last_day.day for unit in (one, two, three)] == [9, 12, 9]
    assert register.units[one].extension is None  # its date comes from elsewhere
    assert register.units[two].extension is not None


def test_an_extension_after_a_postponement_holds(workspace: Open, plan: Plan) -> None:
    one, two, *_ = (unit.code for unit in owing(plan))
    postpone(workspace("2021-11-03 09:00"), "unit_reports", date(2021, 11, 9))
    extend(workspace("2021-11-03 10:00"), one, date(2021, 11, 11))
    # Nothing lets anyone enter this one; but what is on the record is what was decided.
    extend(at := workspace("2021-11-03 10:00"), two, date(2021, 11, 8), "extension-2")
    register = read_register(at)
    assert [register.units[unit].last_day.day for unit in (one, two)] == [11, 8]


def test_press_agencies_are_held_to_another_stage(workspace: Open, plan: Plan, campaign: Campaign) -> None:
    press = [unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    assert press
    register = read_register(workspace())
    for code in press:
        held = plan.deadline_of(campaign, plan.stage("communications"), plan.unit(code)).moment
        assert register.units[code].deadline == held != campaign.stages["unit_reports"].moment


@pytest.mark.parametrize(("at", "late"), [("2021-11-04 23:59", False), (LATE, True)])
def test_lateness_is_that_of_the_arrival_not_of_the_look(workspace: Open, plan: Plan, at: str, late: bool) -> None:
    unit = first(plan)
    drop(workspace(at), unit)
    judge(workspace("2021-11-06 07:30"), receive(workspace("2021-11-06 07:30"), unit))
    assert read_register(workspace("2021-11-20 00:00")).units[unit].late is late


def test_in_a_replay_files_arrive_in_campaign_time(plan: Plan, campaign: Campaign) -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    store = MemoryStore(lambda: start + timedelta(seconds=6))
    clock = ReplayClock.starting(start, Pace.parse("2021-10-18 4, 2021-12-03"))
    at = Workspace(plan, campaign, store, clock)
    drop(at, first(plan))
    (pending,) = read_register(at).units[first(plan)].pending
    assert pending.arrived_at == clock.campaign_time(store.clock())
    assert pending.arrived_at.date() == date(2021, 10, 19)


def test_files_of_offices_and_of_nobody(workspace: Open, plan: Plan) -> None:
    at = workspace(IN_TIME)
    draft = drop(at, plan.playing("drafter")[0], "du-thao.docx")
    stray = drop(at, "khong_co_don_vi_nay")
    loose = at.keys.inbox + "bao-cao.docx"
    at.store.put(loose, b"")
    at.store.put(at.keys.inbox_folder(first(plan)), b"")  # a folder marker
    register = read_register(at)
    assert [file.key for file in register.office_drops[plan.playing("drafter")[0]]] == [draft]
    assert {file.key for file in register.oddities} == {stray, loose}
    assert register.units[first(plan)].standing is Standing.NOT_SENT


def test_rounds_of_a_stage(workspace: Open) -> None:
    stage = "ubnd_draft"
    at = workspace(IN_TIME)
    opened = file_stage_record(at, stage, 1, "opened", "Mở vòng 1.")
    assert read_register(at).stages[stage].records == (opened,)
    done = file_stage_record(at, stage, 1, "done", "Xong.")
    assert file_stage_record(at, stage, 1, "done", "Xong lần nữa.") == done
    assert read_register(at).stages[stage].done
    file_stage_record(workspace("2021-11-12 09:00"), stage, 2, "opened", "Mở vòng 2.")
    entry = read_register(workspace()).stages[stage]
    assert (entry.round, entry.done) == (2, False)
    first_round = entry.record("done", 1)
    assert first_round is not None
    assert first_round.note == "Xong."
    assert entry.record("done") is None


def test_whoever_writes_second_gets_what_is_on_record(workspace: Open) -> None:
    at = workspace(IN_TIME)
    stage, key = "ubnd_draft", at.keys.stage_record("ubnd_draft", 1, "opened")
    first_one = file_stage_record(at, stage, 1, "opened", "Mở vòng 1.")
    assert file_stage_record(at, stage, 1, "opened", "Mở lần nữa.") == first_one
    at.store.put(key, b"{")  # intake sets it apart; until then whoever comes here goes on
    assert file_stage_record(at, stage, 1, "opened", "Mở lần nữa.").note == "Mở lần nữa."
    assert at.store.get(key) == b"{"


AS_ONCE_WRITTEN = {
    "{}": None,
    '{"basis": {"huyen_1": 2}}': DraftBasis(basis={"huyen_1": 2}),
    '{"basis": {"huyen_1": 2}, "missing": ["huyen_2"]}': ReportsClosed(basis={"huyen_1": 2}, missing=("huyen_2",)),
    '{"inbox_key": "k", "etag": "e", "arrived_at": "2021-11-09T15:00:00+07:00"}': DraftTaken(
        inbox_key="k", etag="e", arrived_at=moment("2021-11-09 15:00")
    ),
    '{"inbox_key": "k", "etag": "e", "arrived_at": "2021-11-09T15:00:00+07:00", "late": true}': DraftTaken(
        inbox_key="k", etag="e", arrived_at=moment("2021-11-09 15:00"), late=True
    ),
    '{"outcome": "returned"}': AppraisalOutcome(outcome="returned"),
}


@pytest.mark.parametrize("details", AS_ONCE_WRITTEN)
def test_a_stage_record_is_read_as_it_was_once_written_and_is_written_now(workspace: Open, details: str) -> None:
    at, stage = workspace(IN_TIME), "ubnd_draft"
    text = (
        '{"stage": "ubnd_draft", "round": 1, "step": "official", "at": "2021-11-03T10:00:00+07:00", "note": "Ghi.",'
        f' "products": ["a.docx"], "details": {details}}}'
    )
    at.store.put(at.keys.stage_record(stage, 1, "official"), text.encode())
    (record,) = read_register(at).stages[stage].records
    assert record.details == AS_ONCE_WRITTEN[details]
    assert type(record.details) is type(AS_ONCE_WRITTEN[details])
    assert StageRecord.model_validate_json(record.to_json()) == record


@pytest.mark.parametrize("details", ['{"basis": 3}', '{"outcome": "lost"}', '{"late": true}', '"x"'])
def test_a_stage_record_with_details_of_no_kind_does_not_count(workspace: Open, details: str) -> None:
    at, stage = workspace(IN_TIME), "ubnd_draft"
    key = at.keys.stage_record(stage, 1, "working")
    text = (
        '{"stage": "ubnd_draft", "round": 1, "step": "working", "at": "2021-11-03T10:00:00+07:00", "note": "Ghi.",'
        f' "products": [], "details": {details}}}'
    )
    at.store.put(key, text.encode())
    register = read_register(at)
    assert register.stages[stage].records == ()
    assert register.unreadable == (key,)


def test_a_register_with_a_record_in_it_is_as_the_next_reading_finds_it(workspace: Open) -> None:
    stage = "ubnd_draft"
    for hour, (round_number, step) in enumerate(((1, "opened"), (1, "done"), (2, "opened"), (2, "opened"))):
        at = workspace(f"2021-11-09 1{hour}:00")
        register = read_register(at).having(file_stage_record(at, stage, round_number, step, "Ghi."))
        assert register == read_register(at)


def test_a_snapshot_saves_reading_records_again(plan: Plan, campaign: Campaign) -> None:
    desk = Desk(plan, campaign)
    units = [unit.code for unit in owing(plan)[:5]]
    for unit in units[:4]:
        submit(desk(IN_TIME), unit)
    read_register(desk())
    submit(desk(), units[4])
    store, keys = CountingStore(desk.store), desk().keys
    at = replace(desk(), store=store)
    read_register(at)
    assert set(store.read) == {keys.register, keys.receipt(units[4], 1), keys.report(units[4], 1, "verdict.json")}
    store.read.clear()
    read_register(at)
    assert store.read == {keys.register: 1}


def test_what_a_snapshot_knows_is_no_readers_work(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []

    class Readers(ThreadPoolExecutor):
        def submit(self, read: Callable[..., Any], /, *of: Any, **more: Any) -> Future[Any]:
            handed.extend(each.key for each in of)
            return super().submit(read, *of, **more)

    monkeypatch.setattr("soket.record.keeping.ThreadPoolExecutor", Readers)
    desk, (one, other) = Desk(plan, campaign), [unit.code for unit in owing(plan)[:2]]
    submit(desk(IN_TIME), one)
    read_register(desk())
    handed.clear()
    read_register(desk())
    assert handed == []
    submit(desk(), other)
    read_register(desk())
    assert set(handed) == {desk().keys.receipt(other, 1), desk().keys.report(other, 1, "verdict.json")}


@pytest.mark.parametrize("junk", [b"", b"{}", b"[1, 2", b'{"plan": "nq06_du_lich"}'])
def test_a_snapshot_that_cannot_be_read_is_done_without(workspace: Open, plan: Plan, junk: bytes) -> None:
    submit(workspace(IN_TIME), first(plan))
    expected, kept = read_register(workspace()), last_snapshot(workspace())
    workspace().store.put(workspace().keys.register, junk)
    assert last_snapshot(workspace()) is None
    assert read_register(workspace()) == expected
    assert last_snapshot(workspace()) == kept


def test_whoever_looks_again_and_again_reads_what_is_new_alone(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan))
    store = CountingStore(workspace().store)
    register, found = read_on(replace(workspace(), store=store), None)
    assert register == read_register(workspace())
    store.calls.clear()
    assert read_on(replace(workspace(), store=store), found) == (register, found)
    assert store.calls == {"list": 6}


def test_the_register_survives_being_written_down(workspace: Open, plan: Plan) -> None:
    submit(workspace(IN_TIME), first(plan), ruling=Ruling.RETURNED)
    extend(workspace(), first(plan), date(2021, 11, 9))
    register = read_register(workspace())
    assert Register.model_validate_json(register.to_json()) == register


steps = st.lists(
    st.tuples(
        st.sampled_from(["drop", "receive", "judge", "extend", "exempt", "nil", "reopen", "record", "look"]),
        st.integers(0, 2),  # which unit
        st.sampled_from(Ruling),
        st.integers(1, 40),  # hours that pass
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_the_snapshot_never_says_other_than_the_records(plan: Plan, campaign: Campaign, story: list[Any]) -> None:
    desk, units = Desk(plan, campaign), [unit.code for unit in owing(plan)[:3]]
    received: dict[str, list[Receipt]] = {unit: [] for unit in units}
    for index, (step, which, ruling, hours) in enumerate(story):
        at, unit = desk(desk.now + timedelta(hours=hours)), units[which]
        happen(at, step, unit, ruling, index, received[unit])
        quick = read_register(at)
        assert quick == read_register(at, use_snapshot=False)
        check_sense(quick, plan, at.now)


def happen(at: Workspace, step: str, unit: str, ruling: Ruling, index: int, received: list[Receipt]) -> None:
    """Let something happen to a unit, or to the drafting stage."""
    happenings: dict[str, Callable[[], Any]] = {
        "drop": lambda: drop(at, unit, data=b"%d" % index),
        "receive": lambda: received.append(receive(at, unit, len(received) + 1)),
        "judge": lambda: [judge(at, receipt, ruling) for receipt in received],
        "extend": lambda: extend(at, unit, date(2021, 11, 5) + timedelta(days=index), f"extension-{index}"),
        "exempt": lambda: exempt(at, unit),
        "nil": lambda: nil_return(at, unit),
        "reopen": lambda: reopen(at, "ubnd_draft", f"reopening-{index}"),
        "record": lambda: file_stage_record(at, "ubnd_draft", 1 + index // 5, ruling.value, "Ghi."),
        "look": lambda: None,
    }
    happenings[step]()


def check_sense(register: Register, plan: Plan, now: datetime) -> None:
    """Check what holds of every register."""
    for entry in register.units.values():
        assert not (entry.standing.settled and entry.standing.to_chase)
        assert (entry.accepted is not None) == any(each.ruling.counts for each in entry.outcomes)
        if entry.standing in (Standing.ACCEPTED, Standing.ACCEPTED_WITH_WARNINGS):
            assert entry.accepted is not None
        if entry.pending and plan.unit(entry.unit).owes is not Duty.EXEMPT:
            assert entry.standing in (Standing.PENDING, Standing.EXEMPT)
        if entry.standing is Standing.NOT_SENT:
            assert entry.late == (now >= entry.deadline)
    assert set(register.basis()) == {code for code, entry in register.units.items() if entry.accepted}


@given(st.randoms(use_true_random=False))
def test_the_order_in_which_records_are_found_does_not_matter(plan: Plan, campaign: Campaign, random: Any) -> None:
    desk, units = Desk(plan, campaign), [unit.code for unit in owing(plan)[:3]]
    for hours, unit in enumerate([*units, *units]):
        submit(desk(moment(IN_TIME) + timedelta(hours=hours)), unit, 1 + hours // 3)
    extend(desk(), units[0], date(2021, 11, 8), "extension-1")
    extend(desk(moment("2021-11-04 09:00")), units[0], date(2021, 11, 9), "extension-2")
    file_stage_record(desk(), "ubnd_draft", 1, "opened", "Mở.")
    file_stage_record(desk(moment("2021-11-05 09:00")), "ubnd_draft", 2, "opened", "Mở.")
    register = read_register(desk())
    parts: dict[str, list[Any]] = {
        "inbox": list(desk.store.list(desk().keys.inbox)),
        "receipts": [each for entry in register.units.values() for each in entry.receipts],
        "verdicts": [each for entry in register.units.values() for each in entry.verdicts],
        "decisions": list(register.decisions),
        "stage_records": [each for entry in register.stages.values() for each in entry.records],
        "gone": list(register.gone),
    }
    for part in parts.values():
        random.shuffle(part)
    assert derive(plan, campaign, desk().clock, **parts) == register
