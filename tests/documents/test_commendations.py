"""Whom figures speak for: by rules that a reader can follow, and never on little, in doubt, by a tie or too many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import median

import pytest
from syrupy.assertion import SnapshotAssertion

from soket.documents.commendations import block_leaders, proposals
from soket.documents.commending import proposed, render_commendations
from soket.documents.figures import Summary, summarise
from soket.documents.named import with_sources
from soket.documents.provenance import MARK, SentenceSource, tracing
from soket.faults import Fault
from soket.plan.commending import Commending
from soket.plan.model import Plan
from soket.record.commending import NomineeList
from soket.record.decisions import ConferenceFormat
from soket.record.nominees import Nominee, Origin
from soket.record.records import Figure, ParsedReport, Submission, Verdict
from soket.record.register import Register

from .builders import CRITICAL, ODD, YEARS, make_plan, make_receipt, make_register, make_report, make_verdict
from .conftest import text_of

Course = tuple[float, float, float]
Given = Mapping[str, tuple[Course, Course]]  # CT01 and CT02 of each unit


def planned(given: Given, **rules: object) -> Plan:
    plan = make_plan({code: f"Huyện ủy {code}" for code in given})
    return plan.model_copy(update={"commendation": Commending.model_validate(rules)})


def report(unit: str, courses: tuple[Course, Course]) -> ParsedReport:
    figures = tuple(
        Figure(indicator=code, year=year, value=value, file="bieu.xlsx", cell=f"{column}{row}")
        for row, (code, course) in enumerate(zip(("CT01", "CT02"), courses, strict=True), 5)
        for column, year, value in zip("DEF", YEARS, course, strict=True)
    )
    return ParsedReport(unit=unit, number=1, kind=Submission.REPORT, sections=(), figures=figures, faults=())


def summed(plan: Plan, given: Given, verdicts: Sequence[Verdict] | None = None) -> tuple[Summary, Register]:
    judged = [make_verdict(code) for code in given] if verdicts is None else verdicts
    numbers = [(each.unit, each.number) for each in judged]
    register = make_register(plan, [make_receipt(unit, number) for unit, number in numbers], list(judged))
    return summarise(plan, plan.campaigns[0], register, [report(*each) for each in given.items()]), register


def chosen(given: Given, verdicts: Sequence[Verdict] | None = None, **rules: object) -> list[str]:
    summary, register = summed(planned(given, **rules), given, verdicts)
    return [each.unit for each in proposals(summary, block_leaders(summary, register))]


def even(last: float = 100.0, first: float = 100.0) -> Course:
    return (first, first, last)


def field(**others: tuple[Course, Course]) -> Given:
    """Return twelve units that differ a little, and others beside or in place of them."""
    usual = {f"u_{n:02}": (even(100 + n), even(200 + n, 200)) for n in range(12)}
    return usual | others


def test_who_leads_in_two_indicators_is_proposed_with_rank_base_and_share() -> None:
    given = field(u_13=(even(400), even(900, 200)))
    summary, register = summed(planned(given), given)
    (one,) = proposals(summary, block_leaders(summary, register))
    assert (one.unit, one.source) == ("u_13", Origin.FIGURES)
    assert one.merit.splitlines()[0] == (
        "Tổng lượt khách: tăng 300% so với năm 2019 (từ 100 lượt đến 400 lượt), thứ 01/13; "
        "chiếm 24% tổng của khối năm 2021, thứ 01/13."
    )
    assert one.evidence == "Biểu số liệu du lịch địa phương: CT01, CT02; báo cáo nộp lần 1"
    assert "ô D5" not in one.evidence


@pytest.mark.parametrize(
    ("courses", "why"),
    [
        ((even(45, 5), even(900, 200)), "its base is below ten"),
        ((even(400, 40), even(180, 200)), "its base is below half of what is usual"),
        ((even(400), even(150, 200)), "one indicator is not enough"),
        ((even(20), even(20, 200)), "nothing rose"),
    ],
)
def test_who_began_with_little_or_leads_once_is_not_proposed(courses: tuple[Course, Course], why: str) -> None:
    assert "u_13" not in chosen(field(u_13=courses)), why


def test_who_is_equal_to_the_next_leads_nobody() -> None:
    given = {f"u_{n:02}": (even(150), even(300, 200)) for n in range(12)}
    assert chosen(given) == []


def test_equals_at_the_last_place_are_told_and_none_of_them_taken() -> None:
    given = field(u_13=(even(400), even(900, 200)), u_14=(even(400), even(900, 200)))
    summary, register = summed(planned(given, share=8), given)
    (found,) = block_leaders(summary, register)
    assert (found.most, found.chosen, set(found.tied)) == (1, (), {"u_13", "u_14"})
    listed = proposed(summary, register)
    assert "Huyện ủy u_13; Huyện ủy u_14 ngang nhau ở vị trí cuối" in listed.tied[0]


def late(code: str) -> list[Verdict]:
    return [make_verdict(code, late=True)]


def returned_once(code: str) -> list[Verdict]:
    return [make_verdict(code, faults=(CRITICAL,)), make_verdict(code, 2)]


def warned(code: str) -> list[Verdict]:
    return [make_verdict(code, faults=(Fault(code="DC-01", severity="warning", message="Thiếu mục."),))]


def odd(code: str) -> list[Verdict]:
    return [make_verdict(code, faults=(ODD,))]


@pytest.mark.parametrize("how", [late, returned_once, warned, odd])
def test_who_is_late_returned_or_in_doubt_is_not_proposed(how: Callable[[str], list[Verdict]]) -> None:
    given = field(u_13=(even(400), even(900, 200)))
    verdicts = [each for code in given for each in (how(code) if code == "u_13" else [make_verdict(code)])]
    assert "u_13" in chosen(given)
    assert "u_13" not in chosen(given, verdicts)


def test_the_paper_says_where_each_figure_and_sentence_was_reported(
    plan: Plan, decide: Callable[..., ConferenceFormat]
) -> None:
    given = field(u_13=(even(400), even(900, 200)))
    summary, register = summed(planned(given), given)
    with tracing() as tracer:
        made, other = proposed(summary, register), listed(plan)
        papers = [render_commendations(of, of.stage("conference"), each, decide().day)
                  for of, each in ((summary.plan, made), (plan, other))]  # fmt: skip
    measured, named = ([each for told in tracer.passages_of(paper) for each in told.pieces] for paper in papers)
    sources = {(each.indicator, each.unit) for piece in measured for each in piece.sources}  # type: ignore[union-attr]
    assert sources == {("CT01", "u_13"), ("CT02", "u_13")}
    said = [piece.text for piece in named if any(isinstance(each, SentenceSource) for each in piece.sources)]
    assert said == ["Tập thể tiêu biểu: Hợp tác xã Thiên Cầm, đón 12 đoàn khách."]
    assert not MARK.search("".join(map(text_of, papers)))


def test_who_leads_and_is_not_proposed_is_told_with_the_reason() -> None:
    given = field(u_13=(even(400), even(900, 200)))
    verdicts = [each for code in given for each in (late(code) if code == "u_13" else [make_verdict(code)])]
    summary, register = summed(planned(given), given, verdicts)
    (told,) = proposed(summary, register).left_out
    assert told.endswith("thuộc nhóm đầu mà không đề nghị: Huyện ủy u_13 (nộp muộn).")


def test_a_figure_in_doubt_leads_nobody_and_bars_nobody_else() -> None:
    given = field(u_13=(even(400), even(900, 200)), u_14=(even(390), even(890, 200)))
    verdicts = [each for code in given for each in (odd(code) if code == "u_13" else [make_verdict(code)])]
    summary, register = summed(planned(given), given, verdicts)
    (found,) = block_leaders(summary, register)
    assert proposed(summary, register).left_out == ("Số chưa được xác nhận không đem so: Huyện ủy u_13.",)
    assert [(lead.unit, lead.rank) for lead in found.comparisons[0].leads if lead.rank == 1] == [("u_14", 1)] * 2
    one = next(iter(proposals(summary, (found,))))
    base = "tổng của khối năm 2021 không kể số chưa được xác nhận"
    assert f"chiếm 23,6% {base} (19% nếu kể), thứ 01/13." in one.merit


def test_the_plan_says_which_indicators_and_since_when() -> None:
    given = field(u_13=((50.0, 400.0, 60.0), even(900, 200)))
    assert "u_13" not in chosen(given, since=2020)
    assert "u_13" not in chosen(field(u_13=(even(400), even(900, 200))), indicators=["CT01"])
    fallen = {code: ((100.0, 200.0, 100.0 + n), even(200 + n, 200)) for n, code in enumerate(field())}
    summary, register = summed(planned(fallen, since=2020), fallen)
    (best,) = proposals(summary, block_leaders(summary, register))
    assert "Tổng lượt khách: bằng 55,5% năm 2020 (từ 200 lượt đến 111 lượt), thứ 01/12" in best.merit


@pytest.mark.parametrize("seed", range(30))
def test_at_most_the_share_of_a_block_and_none_on_a_small_base_whatever_the_order(seed: int) -> None:
    random = Random(seed)

    def course() -> Course:
        first = random.choice([0.0, 3.0, 9.0, 12.0, 40.0, 100.0, 250.0])
        return (first, first, first * random.choice([0.5, 1.0, 1.5, 2.0, 30.0]) + random.choice([0.0, 5.0]))

    given = {f"u_{n:02}": (course(), course()) for n in range(random.randint(3, 45))}
    summary, register = summed(planned(given), given)
    (found,) = block_leaders(summary, register)
    assert len(found.chosen) <= 0.15 * len(given)
    bases = [[courses[index][0] for courses in given.values()] for index in (0, 1)]
    floors = [max(10, median([each for each in of if each > 0] or [0]) / 2) for of in bases]
    for code in found.chosen:
        led = {lead.item.indicator.code for lead in found.leads(code)}
        assert len(led) >= 2
        assert all(given[code][index][0] >= floors[index] for index in (0, 1)), "led from a base under the floor"
    turned = dict(sorted(given.items(), key=lambda each: random.random()))
    other, again = summed(planned(given), turned)
    assert [each.chosen for each in block_leaders(other, again)] == [found.chosen]


def listed(plan: Plan) -> NomineeList:
    given = {each.code: (even(), even()) for each in plan.units if each.block == "huyen"}
    summary, register = summed(plan, given)
    reports = [make_report(code) for code in given]
    said = "Tập thể tiêu biểu: Hợp tác xã Thiên Cầm, đón 12 đoàn khách. Hạ tầng được đầu tư."
    sections = tuple(
        each.model_copy(update={"text": said}) if each.section == "ket_qua" else each for each in reports[0].sections
    )
    reports[0] = reports[0].model_copy(update={"sections": sections})
    summary = summarise(plan, plan.campaigns[0], register, reports)
    own = Nominee(
        id="BD-0000AA",
        unit=reports[1].unit,
        name="Đồng chí Nguyễn Văn A, Trưởng phòng",
        individual=True,
        source=Origin.NOMINATION,
        merit="Tham mưu 3 đề án.",
        evidence="Đề nghị nộp lần 1, dòng 2",
    )
    return proposed(summary, register, [own])


def test_the_paper_is_the_leading_offices_and_lists_what_reports_and_units_say(
    plan: Plan, decide: Callable[..., ConferenceFormat], text_file: SnapshotAssertion
) -> None:
    made = listed(plan)
    assert [each.source for each in made.proposals] == [Origin.NOMINATION, Origin.REPORT]
    text = text_of(render_commendations(plan, plan.stage("conference"), made, decide().day))
    assert text == text_file
    assert "BAN TUYÊN GIÁO" in text
    assert "T/L" not in text


def test_a_nomination_stands_beside_what_the_units_own_report_says(plan: Plan) -> None:
    unit = next(each.code for each in plan.units if each.block == "huyen")
    report = make_report(unit)
    said = "Mở đầu. Hợp tác xã Thiên Cầm đón 12 đoàn khách trong năm."
    sections = tuple(
        each.model_copy(update={"text": said}) if each.section == "ket_qua" else each for each in report.sections
    )
    register = make_register(plan, [make_receipt(unit)], [make_verdict(unit)])
    summary = summarise(plan, plan.campaigns[0], register, [report.model_copy(update={"sections": sections})])
    own = Nominee(
        id="BD-1",
        unit=unit,
        name="Hợp tác xã Thiên Cầm",
        source=Origin.NOMINATION,
        merit="Đón khách, góp phần vào CT01.",
        evidence="Mục II",
    )
    assert with_sources(summary, own).evidence == (
        "Mục II. CT01 của đơn vị năm 2019: 100 lượt, năm 2021: 90 lượt (nộp lần 1). "
        "Báo cáo (mục II, câu 2, nộp lần 1): “Hợp tác xã Thiên Cầm đón 12 đoàn khách trong năm”."
    )
    stranger = own.model_copy(update={"name": "Tổ X", "merit": "Đón khách."})
    assert with_sources(summary, stranger).evidence == "Mục II. Báo cáo của đơn vị không nêu."


def test_a_unit_that_reported_well_is_not_watched_and_a_late_one_is(plan: Plan) -> None:
    codes = [each.code for each in plan.units if each.block == "huyen"]
    verdicts = [make_verdict(code, late=code == codes[1]) for code in codes]
    register = make_register(plan, [make_receipt(code) for code in codes], verdicts)
    summary = summarise(plan, plan.campaigns[0], register, [make_report(code) for code in codes])
    own = listed(plan).proposals[0]
    (watched,) = (each for each in proposed(summary, register, [own]).proposals if each.id == own.id)
    assert watched.concern.startswith("Đơn vị nộp muộn")
    assert own.concern == ""
