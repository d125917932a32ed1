"""Steps on a whole batch: a submission that makes one fail is set apart, and the others do not notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from math import ceil, log2
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Desk, moment
from intake.plans import make_plan
from intake.test_likeness import prose, submission
from intake.turns import InlineReaders, PlainValidator, drop, take, turn
from reading import corpus
from soket.intake import judge as judging
from soket.intake import together
from soket.intake.attempts import Setbacks
from soket.intake.check_runs import kept_runs
from soket.intake.examine import Examined
from soket.intake.receive import work_waiting
from soket.intake.rules import Stack
from soket.intake.together import check_together
from soket.intake.validation import CheckOutcome, Frame, UnfitFrameError, ValidationFailedError, Validator
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.records import Receipt, Submission, Verdict, batch_id
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError

pytestmark = pytest.mark.usefixtures("inline")

START = moment("2021-11-01 08:00")
POISON = 666.0


class BadDataError(Exception):
    """What our own code comes to on data that nobody thought of."""


# --- the search ---


def batch_of(plan: Plan, count: int) -> list[Examined]:
    """So many submissions; the last to arrive comes first."""
    return [
        Examined(
            Receipt(
                unit="so_vh",
                number=number,
                received_at=START + timedelta(minutes=number),
                deadline=START,
                files=(),
            ),
            plan.unit("so_vh"),
            Submission.REPORT,
        )
        for number in range(count, 0, -1)
    ]


class Step:
    """Fails where a submission of some numbers is there; counts how often it was taken."""

    def __init__(self, *poisoned: int) -> None:
        self.poisoned = set(poisoned)
        self.taken = 0

    def __call__(self, batch: Sequence[Examined]) -> list[int]:
        self.taken += 1
        numbers = [each.receipt.number for each in batch]
        if bad := self.poisoned & set(numbers):
            raise BadDataError(*sorted(bad))
        return numbers


@pytest.mark.parametrize("poisoned", [*range(1, 61)])
def test_one_poisoned_of_sixty_is_found_in_a_few_steps(small_plan: Plan, poisoned: int) -> None:
    step, trouble = Step(poisoned), Setbacks()
    passed = check_together(batch_of(small_plan, 60), step, trouble)
    assert passed == [number for number in range(1, 61) if number != poisoned]
    assert list(trouble.errors) == [("so_vh", poisoned)]
    assert step.taken <= 2 + ceil(log2(61))


@given(st.integers(0, 40), st.sets(st.integers(1, 40), max_size=6))
def test_whoever_is_poisoned_is_found_and_nobody_else(count: int, poisoned: set[int]) -> None:
    step, trouble = Step(*poisoned), Setbacks()
    passed = check_together(batch_of(make_plan(), count), step, trouble)
    there = {number for number in poisoned if number <= count}
    assert {number for _, number in trouble.errors} == there
    assert passed == [number for number in range(1, count + 1) if number not in there]
    assert step.taken <= 1 + len(there) * (1 + ceil(log2(count + 1)))


def test_a_good_batch_takes_a_step_once(small_plan: Plan) -> None:
    step = Step()
    assert len(check_together(batch_of(small_plan, 60), step, Setbacks())) == 60
    assert step.taken == 1


def test_of_two_that_fail_only_together_the_later_one_waits(small_plan: Plan) -> None:
    def step(batch: Sequence[Examined]) -> int:
        if {3, 7} <= {each.receipt.number for each in batch}:
            raise BadDataError
        return len(batch)

    trouble = Setbacks()
    assert check_together(batch_of(small_plan, 10), step, trouble) == 9
    assert list(trouble.errors) == [("so_vh", 7)]


def test_what_fails_once_is_nobodys_fault(small_plan: Plan) -> None:
    step, trouble = Step(), Setbacks()

    def once(batch: Sequence[Examined]) -> list[int]:
        passed = step(batch)
        if step.taken == 1:
            raise MemoryError
        return passed

    assert len(check_together(batch_of(small_plan, 10), once, trouble)) == 10
    assert not trouble.errors


@pytest.mark.parametrize("error", [StoreFailedError, ValidationFailedError])
@pytest.mark.parametrize("at", [1, 3])
def test_a_broken_pipeline_is_nobodys_fault(small_plan: Plan, error: type[Exception], at: int) -> None:
    step, trouble = Step(5), Setbacks()

    def breaking(batch: Sequence[Examined]) -> list[int]:
        if step.taken == at - 1:
            raise error("down")
        return step(batch)

    with pytest.raises(error, match="down"):
        check_together(batch_of(small_plan, 10), breaking, trouble)
    assert not trouble.errors


def test_where_very_many_are_poisoned_the_rest_waits_for_the_next_run(small_plan: Plan) -> None:
    step, trouble = Step(*range(5, 60, 2)), Setbacks()
    passed = check_together(batch_of(small_plan, 60), step, trouble)
    assert [number for _, number in trouble.errors] == list(range(5, 25, 2))
    assert passed == [1, 2, 3, 4, *range(6, 24, 2)]
    assert together._MOST == 10


# --- in a campaign ---


def good(seed: int) -> dict[str, bytes]:
    return submission(prose(seed)) | {corpus.TABLE: corpus.table(CT02=(1, 2, seed), CT05=(100, 120, 130 + seed))}


def bad(seed: int) -> dict[str, bytes]:
    return good(seed) | {corpus.TABLE: corpus.table(CT05=(100, 120, POISON))}


def sent(plan: Plan, poisoned: set[str], *, left_out: bool = False) -> Desk:
    """Nine districts, one after the other; the poisoned have a figure that nothing can be done with."""
    desk = Desk(plan, plan.campaigns[0])
    for index in range(1, 10):
        if not (left_out and f"huyen_{index}" in poisoned):
            files = bad(index) if f"huyen_{index}" in poisoned else good(index)
            drop(desk, f"huyen_{index}", files, START + timedelta(minutes=index))
    drop(desk, "so_vh", {"a.docx": corpus.report()}, START + timedelta(minutes=30))
    desk(START + timedelta(hours=1))
    return desk


def told(verdicts: list[Verdict]) -> dict[str, object]:
    return {verdict.unit: (verdict.ruling, verdict.faults) for verdict in verdicts}


def is_bad(value: object) -> bool:
    return value == POISON


def poison_add(patch: pytest.MonkeyPatch) -> None:
    genuine = Stack.add

    def add(self: Stack, submission: Any, form: Any, table: Any) -> None:
        if any(is_bad(figure.value) for figure in table.figures.values()):
            raise BadDataError
        genuine(self, submission, form, table)

    patch.setattr(Stack, "add", add)


def poison_frame(patch: pytest.MonkeyPatch) -> None:
    genuine = Stack.frame

    def frame(self: Stack) -> Frame:
        made = genuine(self)
        if any(is_bad(value) for values in made.columns.values() for value in values):
            raise BadDataError
        return made

    patch.setattr(Stack, "frame", frame)


def poison_usual(patch: pytest.MonkeyPatch) -> None:
    genuine = judging.usual_values

    def usual_values(arrivals: Any, indicators: Any, wanted: Any) -> Any:
        blocks = list(arrivals)
        if any(is_bad(figure.value) for block in blocks for peer in block for figure in peer.figures):
            raise BadDataError
        return genuine(blocks, indicators, wanted)

    patch.setattr(judging, "usual_values", usual_values)


def poison_faults(patch: pytest.MonkeyPatch) -> None:
    genuine = Stack.faults

    def faults(self: Stack, outcomes: Any) -> Any:
        if any(is_bad(figure.value) for _, table in self.tables.values() for figure in table.figures.values()):
            raise BadDataError
        return genuine(self, outcomes)

    patch.setattr(Stack, "faults", faults)


def poison_sketch(patch: pytest.MonkeyPatch) -> None:
    genuine = judging.examine

    def examine(workspace: Workspace, receipt: Receipt, contents: Any, **options: Any) -> Examined:
        examined = genuine(workspace, receipt, contents, **options)
        if any(is_bad(figure.value) for figure in examined.figures):
            examined.sketch = examined.sketch[:-1]  # no whole number of numbers
        return examined

    patch.setattr(judging, "examine", examine)


class Choosy(PlainValidator):
    """Fails on a frame that has the poison in it."""

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        outcomes = super().run(frame)
        if any(is_bad(value) for values in frame.columns.values() for value in values):
            raise UnfitFrameError("not evaluated")
        return outcomes


def leave(_: pytest.MonkeyPatch) -> None:
    """Leave all to the validator."""


STEPS: list[tuple[Callable[[pytest.MonkeyPatch], None], type[PlainValidator], str]] = [
    (poison_add, PlainValidator, "BadDataError"),
    (poison_usual, PlainValidator, "BadDataError"),
    (poison_frame, PlainValidator, "BadDataError"),
    (poison_faults, PlainValidator, "BadDataError"),
    (poison_sketch, PlainValidator, "ValueError"),
    (leave, Choosy, "UnfitFrameError"),
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(districts=9)


@pytest.mark.parametrize(("poison", "validator", "error"), STEPS)
@pytest.mark.parametrize("poisoned", [{"huyen_5"}, {"huyen_1", "huyen_9"}], ids=["one", "two"])
def test_the_others_get_the_verdicts_they_would_have_had(
    plan: Plan,
    poisoned: set[str],
    poison: Callable[[pytest.MonkeyPatch], None],
    validator: type[PlainValidator],
    error: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clean = sent(plan, poisoned, left_out=True)
    expected = told(turn(clean()))
    poison(monkeypatch)
    desk = sent(plan, poisoned)
    assert told(turn(desk(), validator())) == expected
    assert len(expected) == 10 - len(poisoned)
    failures = read_register(desk()).failures
    assert {attempt.unit: attempt.error for attempt in failures} == dict.fromkeys(poisoned, error)
    # What is kept of the run is of the one that gave the verdicts, and there is one.
    assert kept_runs(desk()) == kept_runs(clean())


@pytest.mark.parametrize(("poison", "validator", "error"), STEPS)
def test_a_batch_of_one(
    plan: Plan,
    poison: Callable[[pytest.MonkeyPatch], None],
    validator: type[PlainValidator],
    error: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poison(monkeypatch)
    desk = Desk(plan, plan.campaigns[0])
    drop(desk, "huyen_1", bad(1))
    assert turn(desk(), validator()) == []
    assert [attempt.error for attempt in read_register(desk()).failures] == [error]
    assert kept_runs(desk()) == []


def test_what_was_set_apart_waits_and_is_judged_when_the_cause_is_gone(plan: Plan) -> None:
    poisoned = {"huyen_2", "huyen_3"}
    desk = sent(plan, poisoned)
    assert len(turn(desk(), Choosy())) == 8
    assert work_waiting(desk(), read_register(desk()), now_real=desk.now) is None
    # When their time has come they are alone, and still no broken pipeline.
    assert turn(desk(desk.now + timedelta(minutes=1)), Choosy()) == []
    units = read_register(desk()).units
    assert [[each.attempt for each in units[unit].attempts] for unit in sorted(poisoned)] == [[1, 2], [1, 2]]
    assert turn(desk(desk.now + timedelta(minutes=1)), Choosy()) == []
    assert {verdict.unit for verdict in turn(desk(desk.now + timedelta(minutes=4)))} == poisoned
    assert read_register(desk()).failures == []


def test_a_good_batch_asks_the_bucket_and_the_validator_no_more_than_a_good_batch_must(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, validator = sent(plan, set()), PlainValidator()
    taken: list[int] = []
    genuine = judging._check

    def check(*given: Any) -> Any:
        taken.append(len(given[-1]))
        return genuine(*given)

    monkeypatch.setattr(judging, "_check", check)
    assert len(turn(desk(), validator)) == 10
    assert (taken, len(validator.frames)) == ([10], 1)


def test_a_bucket_that_is_down_fails_the_run(plan: Plan) -> None:
    desk = sent(plan, {"huyen_5"})
    take(desk())
    register = read_register(desk())
    before = set(desk.store.objects)
    genuine = desk.store.list

    def listing(prefix: str) -> Iterator[Any]:
        if "2020" in prefix:  # asked while the batch is checked
            raise StoreFailedError("down")
        return genuine(prefix)

    desk.store.list = listing  # type: ignore[method-assign]
    with pytest.raises(StoreFailedError, match="down"):
        judging.judge(desk(), register, validator=Choosy())
    assert set(desk.store.objects) == before


def test_a_spoilt_record_of_an_earlier_peer_stops_nobody(plan: Plan) -> None:
    desk = Desk(plan, plan.campaigns[0])
    for index in (1, 2):
        drop(desk, f"huyen_{index}", good(index), START)
        turn(desk())
    first, second = (desk().keys.measured("huyen", batch_id([(f"huyen_{index}", 1)])) for index in (1, 2))
    unlike = b'{"submissions": [{"unit": "huyen_1", "number": 1, "figures": [], "sketch": "AAA="}]}'
    assert {first, second} <= set(desk.store.objects)
    desk.store.put(first, unlike)
    desk.store.put(second, b"{")
    desk.store.put(desk().keys.parsed(batch_id([("huyen_2", 1)])), b"{")
    drop(desk, "huyen_3", submission(prose(1)) | {corpus.TABLE: corpus.table()}, START + timedelta(hours=1))
    drop(desk, "huyen_4", submission(prose(2)) | {corpus.TABLE: corpus.table()}, START + timedelta(hours=1))
    found = {verdict.unit: [fault.code for fault in verdict.faults] for verdict in turn(desk())}
    # The first is measured anew from what was read of it; of the second nothing is left.
    assert ("GN-01" in found["huyen_3"], "GN-01" in found["huyen_4"]) == (True, False)


def test_a_spoilt_record_of_the_campaign_before_is_nobodys_trouble(plan: Plan) -> None:
    desk = sent(plan, set())
    desk.store.put("reports/nq06/2020/huyen_4/1/verdict.json", b"{")
    assert len(turn(desk())) == 10
    assert read_register(desk()).failures == []


@pytest.mark.usefixtures("forked")
def test_the_real_process_finds_a_figure_that_great_expectations_fails_on(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = Stack.frame

    def frame(self: Stack) -> Frame:
        made = genuine(self)
        columns = {
            name: ["no number" if is_bad(value) else value for value in values] for name, values in made.columns.items()
        }
        return Frame(made.rows, made.forms, columns, made.checks)  # type: ignore[arg-type]

    monkeypatch.setattr(Stack, "frame", frame)
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    desk = sent(plan, {"huyen_5"})
    with Validator() as validator:
        assert len(turn(desk(), validator)) == 9
    (attempt,) = read_register(desk()).failures
    assert (attempt.unit, attempt.error) == ("huyen_5", "UnfitFrameError")
