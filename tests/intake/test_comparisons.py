"""What is usual, and what was said before: the same for a submission however it is judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from statistics import quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk, moment
from intake.plans import YEARS, make_plan
from intake.turns import PlainValidator, codes, drop, judged, take
from reading import corpus
from reading.reader_files import made
from soket.intake.comparisons import Usual, usual_values
from soket.intake.judge import judge
from soket.intake.peers import Peer
from soket.intake.validation import Validator
from soket.plan.model import Plan, Predecessor
from soket.plan.periods import PeriodId
from soket.record.decisions import Review
from soket.record.filing import file_decision
from soket.record.keeping import read_register
from soket.record.records import Figure, Verdict, batch_id

START = moment("2021-11-01 08:00")
FIGURES = st.sampled_from([0.0, 1.0, 50.0, 100.0, 101.0, 120.0, 800.0, 90000.0, 1e6, None])
# Units that send, in the order of arrival, each with its figure of the last year.
ARRIVALS = st.lists(st.tuples(st.integers(1, 6), FIGURES), min_size=1, max_size=12)


def peer(index: int, unit: str, number: int, value: float | None) -> Peer:
    figure = Figure(indicator="CT05", year=YEARS[-1], value=value, file="a", cell="E11")
    return Peer(unit, number, START + timedelta(minutes=index), (), (figure,))


def numbered(sent: list[tuple[int, float | None]]) -> list[Peer]:
    counts: dict[int, int] = {}
    found = []
    for index, (unit, value) in enumerate(sent):
        counts[unit] = counts.get(unit, 0) + 1
        found.append(peer(index, f"huyen_{unit}", counts[unit], value))
    return found


@given(ARRIVALS)
@settings(max_examples=200)
def test_what_is_usual_is_the_quartiles_of_each_others_latest(sent: list[tuple[int, float | None]]) -> None:
    indicators = {each.code: each for each in make_plan().forms[0].indicators}
    arrivals = numbered(sent)
    found = usual_values([arrivals], indicators, {(each.unit, each.number) for each in arrivals})
    for index, each in enumerate(arrivals):
        latest = {before.unit: before.figures[0].value for before in arrivals[:index] if before.unit != each.unit}
        values = [value for value in latest.values() if value is not None and 0 < value <= 100_000]
        usual = found[each.unit, each.number].get(("CT05", YEARS[-1]))
        if len(values) < 2:
            assert usual is None
        else:
            low, _, high = quantiles(values, n=4, method="inclusive")
            assert usual is not None
            assert (usual.low, usual.high, usual.peers) == (pytest.approx(low), pytest.approx(high), len(values))


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        ([9.0, 13.0, 16.0], []),  # small in each year
        ([900.0, 1_300.0, 1_600.0], []),  # large in each year
        ([120.0, 130.0, 1_600.0], [2]),
        ([120.0, 13.0, 160.0], [1]),
        ([9.0, 13.0, 160.0], [0, 1]),  # of two years that differ from one, nobody knows which is right
        ([0.1, 0.13, 0.16], [0, 1, 2]),  # a thousandth in each year: another unit of measure
        ([120_000.0, 130_000.0, 160_000.0], [0, 1, 2]),
        ([900.0, 13.0, 1_600.0], [0, 1, 2]),
    ],
)
def test_a_unit_of_another_size_is_not_asked_about_each_year(figures: list[float], asked: list[int]) -> None:
    indicators = {each.code: each for each in make_plan().forms[0].indicators}
    years = (*YEARS, YEARS[-1] + 1)[-3:]

    def sent(index: int, values: list[float]) -> Peer:
        told = tuple(
            Figure(indicator="CT05", year=year, value=value, file="a", cell="E11")
            for year, value in zip(years, values, strict=True)
        )
        return Peer(f"huyen_{index}", 1, START + timedelta(minutes=index), b"", told)

    arrivals = [*(sent(each, [100.0 + each, 120.0 + each, 140.0 + each]) for each in range(5)), sent(9, figures)]
    usual = usual_values([arrivals], indicators, {("huyen_9", 1)})["huyen_9", 1]
    beyond = [at for at, (year, value) in enumerate(zip(years, figures, strict=True)) if _is_far(usual, year, value)]
    assert beyond == asked


def _is_far(usual: dict[tuple[str, PeriodId], Usual], year: int, value: float) -> bool:
    found = usual.get(("CT05", year))
    return found is not None and not 1 / 4 <= found.how_far(value) <= 4


@cache
def table(value: float | None) -> bytes:
    """Made once for each value: a workbook's bytes tell when."""
    return corpus.table(CT05=(100, 120, "-" if value is None else value))


def verdicts_in_turns(
    plan: Plan, sent: list[tuple[int, float | None]], cuts: set[int], validator: type[Validator] = PlainValidator
) -> dict[tuple[str, int], Verdict]:
    """Judge submissions in batches, each ending with one of the cuts, the last with the last arrival."""
    desk = Desk(plan, plan.campaigns[0])
    for index, (unit, value) in enumerate(sent):
        at: datetime = START + timedelta(minutes=5 * index)
        # A title of its own makes each sending a new one.
        files = {corpus.REPORT: corpus.report(f"Sơ kết, bản {index}"), corpus.TABLE: table(value)}
        drop(desk, f"huyen_{unit}", files, at)
        take(desk())
        if index in cuts or index == len(sent) - 1:
            with validator() as each:
                judge(desk(), read_register(desk()), validator=each)
    units = read_register(desk()).units
    return {(unit, each.number): each for unit, entry in units.items() for each in entry.verdicts}


def found(verdicts: dict[tuple[str, int], Verdict]) -> dict[tuple[str, int], object]:
    return {submission: (verdict.ruling, verdict.faults) for submission, verdict in verdicts.items()}


@pytest.mark.usefixtures("inline_throughout")
@given(ARRIVALS, st.sets(st.integers(0, 11)))
@settings(max_examples=15)
def test_no_verdict_depends_on_its_batch(sent: list[tuple[int, float | None]], cuts: set[int]) -> None:
    plan = make_plan()
    in_one = found(verdicts_in_turns(plan, sent, set()))
    assert len(in_one) == len(sent)
    assert found(verdicts_in_turns(plan, sent, cuts)) == in_one
    assert found(verdicts_in_turns(plan, sent, set(range(12)))) == in_one


@pytest.mark.usefixtures("inline", "forked")
def test_no_verdict_of_the_real_process_depends_on_its_batch() -> None:
    plan = make_plan()
    sent = [(1, 100.0), (2, 120.0), (3, 90.0), (4, 110.0), (5, 1000.0), (1, 9.0), (6, 105.0)]
    in_one = verdicts_in_turns(plan, sent, set(), Validator)
    assert found(verdicts_in_turns(plan, sent, {3, 4}, Validator)) == found(in_one)
    told = {submission for submission, each in in_one.items() if any(fault.code == "P-CT05" for fault in each.faults)}
    assert told == {("huyen_5", 1), ("huyen_1", 2)}


@pytest.mark.usefixtures("inline")
def test_each_peer_of_the_block_is_read_once_for_all_that_compares(desk: Desk) -> None:
    read: list[str] = []
    genuine = desk.store.get

    def get(key: str) -> bytes:
        read.append(key)
        return genuine(key)

    desk.store.get = get  # type: ignore[method-assign]

    def reading(unit: str) -> list[str]:
        files = {corpus.REPORT: corpus.report()}
        drop(desk, unit, files | ({corpus.TABLE: corpus.table()} if unit.startswith("huyen") else {}))
        take(desk())
        register = read_register(desk())
        read.clear()
        judge(desk(), register, validator=PlainValidator())
        return sorted(key for key in read if "/measured/" in key or "/parsed/" in key or key.endswith("verdict.json"))

    first, second = (desk().keys.measured("huyen", batch_id([(f"huyen_{number}", 1)])) for number in (1, 2))
    assert reading("huyen_1") == []
    assert reading("huyen_2") == [first]
    assert reading("huyen_3") == sorted([first, second])
    assert reading("so_vh") == [], "its block has no other reports"


# --- the campaign before ---

SCANNED = {"quét.pdf": made("scan.pdf")}
IN_WORDS = {corpus.REPORT: corpus.report()}


def said_before(plan: Plan, files: dict[str, bytes], *, reviewed: str | None = None) -> Desk:
    """This campaign's desk, after huyen_1 said in the one before that CT05 was 100 in 2019."""
    past = Desk(plan, plan.campaigns[1])
    judged(past, "huyen_1", files | {corpus.TABLE: corpus.table(CT05=(100, 120, 130))}, "2020-11-01 09:00")
    if reviewed:
        act = {"id": "review", "decided_at": past.now, "account": "vptu", "granted_by": "A", "reason": "Đã xem."}
        review = Review.model_validate(act | {"unit": "huyen_1", "number": 1, "outcome": reviewed})
        file_decision(past(), review)
    desk = Desk(plan, plan.campaigns[0])
    desk.store.objects.update(past.store.objects)
    return desk


def restated(desk: Desk) -> bool:
    """Whether it is asked about now, when huyen_1 says that it was 150."""
    files = IN_WORDS | {corpus.TABLE: corpus.table(CT05=(150, 120, 130))}
    return "B-CT05" in codes(judged(desk, "huyen_1", files))


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(
    ("files", "reviewed", "counts"),
    [
        (IN_WORDS, None, True),
        (SCANNED, None, False),  # left to a person, who never looked
        (SCANNED, "accepted", True),
        (SCANNED, "returned", False),
    ],
)
def test_what_counted_in_the_campaign_before_is_what_a_report_is_held_against(
    small_plan: Plan, files: dict[str, bytes], reviewed: str | None, counts: bool
) -> None:
    assert restated(said_before(small_plan, files, reviewed=reviewed)) is counts


@pytest.mark.usefixtures("inline")
def test_a_units_own_file_is_no_verdict(small_plan: Plan) -> None:
    desk = said_before(small_plan, IN_WORDS)
    desk.store.put("reports/nq06/2020/huyen_1/1/files/verdict.json", b"{}")
    assert restated(desk)
    assert read_register(desk()).failures == []


@pytest.mark.usefixtures("inline")
def test_a_report_of_the_campaign_before_that_is_gone_is_nobodys_fault(small_plan: Plan) -> None:
    desk = said_before(small_plan, IN_WORDS)
    (key,) = [key for key in desk.store.objects if "/2020/parsed/" in key]
    desk.store.objects.pop(key)
    assert not restated(desk)


# --- units that took others' places ---


def merged(plan: Plan, *predecessors: dict[str, object]) -> Plan:
    """The plan, in which huyen_2 took over what is named."""
    chain = tuple(Predecessor.model_validate(each) for each in predecessors)
    units = tuple(
        each.model_copy(update={"predecessors": chain}) if each.code == "huyen_2" else each for each in plan.units
    )
    return plan.model_copy(update={"units": units})


def told_of(plan: Plan, value: float) -> dict[str, str]:
    """What huyen_2 is told, by code, when it says that CT05 was so much in 2019."""
    desk = said_before(plan, IN_WORDS)
    verdict = judged(desk, "huyen_2", IN_WORDS | {corpus.TABLE: corpus.table(CT05=(value, 48, 52))})
    return {fault.code: fault.message for fault in verdict.faults}


@pytest.mark.usefixtures("inline")
def test_a_unit_is_held_against_its_part_of_what_it_took_over(small_plan: Plan) -> None:
    plan = merged(small_plan, {"unit": "huyen_1", "share": 0.4})
    assert "B-CT05" not in told_of(plan, 40)
    words = told_of(plan, 60)["B-CT05"]
    assert "trong báo cáo đợt trước của Huyện ủy 1, tính theo phần nay thuộc đơn vị, đã được tiếp nhận (40 " in words


@pytest.mark.usefixtures("inline")
def test_what_is_no_measure_is_told_with_its_reason_and_asks_nothing(small_plan: Plan) -> None:
    told = told_of(merged(small_plan, {"unit": "huyen_1"}), 60)
    assert "B-CT05" not in told
    assert "không so sánh được: chưa rõ phần của Huyện ủy 1 nay thuộc đơn vị" in told["SL-10"]


@pytest.mark.usefixtures("inline")
def test_of_several_predecessors_each_must_have_said_it(small_plan: Plan) -> None:
    told = told_of(merged(small_plan, {"unit": "huyen_1", "share": 1}, {"unit": "huyen_3", "share": 1}), 60)
    assert "B-CT05" not in told
    assert "Huyện ủy 3 chưa có đủ số CT05" in told["SL-10"]


@pytest.mark.usefixtures("inline")
def test_a_unit_that_took_over_nothing_that_reported_is_told_nothing(small_plan: Plan) -> None:
    assert not {"B-CT05", "SL-10"} & {*told_of(merged(small_plan, {"unit": "huyen_3", "share": 1}), 60)}
