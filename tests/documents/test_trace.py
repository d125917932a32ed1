"""What is kept beside papers: each figure and quote traces to a file, a cell or a sentence that is in the bucket."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from math import fsum

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.documents.appraisal import render_appraisal
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier
from soket.documents.draft import write_draft
from soket.documents.excerpt import shortened, with_sources
from soket.documents.figures import Summary, summarise
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import render_summary
from soket.documents.official import OfficialDraft
from soket.documents.press import render_press_note
from soket.documents.printed import PrintedFigure
from soket.documents.provenance import (
    CountSource,
    FigureSource,
    Reckoning,
    SentenceSource,
    ToldPassage,
    Tracer,
    tracing,
)
from soket.documents.quantities import say_amount
from soket.documents.rendering import figure
from soket.documents.sourcing import Sourcing
from soket.documents.trace import Trace, trace_of
from soket.documents.trace_check import TraceCheck, check_traces
from soket.documents.trace_page import render_trace
from soket.documents.trace_places import places_of
from soket.faults import Fault
from soket.plan.model import Severity
from soket.record.decisions import ConferenceFormat, Review
from soket.record.records import Figure, ParsedReport, Receipt, SectionText, Submission
from soket.record.register import Register
from soket.store.keys import Keys
from soket.store.store import MemoryStore

from .builders import NOW, YEARS, make_plan, make_receipt, make_register, make_report, make_verdict

UNITS = {f"unit_{number}": f"Huyện {number}" for number in range(4)}
PLAN = make_plan(UNITS)
KEYS = Keys("nq06", "2021")
FOLDER = KEYS.stage("ubnd_draft", 1)
MEETS = ConferenceFormat(
    id="conference-format-1",
    decided_at=NOW,
    account="vptu",
    granted_by="Đ/c Chánh Văn phòng",
    reason="Theo kế hoạch",
    document_number="12-TB/VPTU",
    stage="conference",
    format="online",
    day=NOW.date(),
    place="Hội trường",
)
ODD = Fault(
    code="SL-CT01",
    severity=Severity.WARNING,
    file="bieu.xlsx",
    place="ô D5",
    message="CT01 năm 2019 cao khác thường <&>.",
)


@dataclass
class Traced:
    """Papers of some reports with their trace, beside everything that they rest on in a bucket."""

    store: MemoryStore
    summary: Summary
    register: Register
    papers: dict[str, bytes]
    trace: Trace

    def check(self) -> TraceCheck:
        return check_traces(self.store, self.register, [(FOLDER, Trace.model_validate_json(self.trace.to_json()))])


def received(report: ParsedReport, store: MemoryStore) -> Receipt:
    """Put a report and its files into a bucket; return the receipt."""
    receipt = make_receipt(report.unit, report.number)
    files = []
    for file in receipt.files:
        data = f"{file.key} as it came".encode()
        store.put(file.key, data)
        files.append(file.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()}))
    store.put(KEYS.report(report.unit, report.number, "parsed.json"), report.to_json())
    return receipt.model_copy(update={"files": tuple(files)})


def traced(reports: list[ParsedReport], faults: tuple[Fault, ...] = (), decisions: tuple[Review, ...] = ()) -> Traced:
    store = MemoryStore()
    receipts = [received(each, store) for each in reports]
    verdicts = [make_verdict(each.unit, each.number, faults=faults) for each in reports]
    register = make_register(PLAN, receipts, verdicts, decisions)
    summary = summarise(PLAN, PLAN.campaigns[0], register, reports)
    with tracing() as tracer:
        papers = {"du-thao-lam-viec.docx": write_draft(summary).word}
        wrong = PrintedFigure("CT01", 2019, "7", 7, 0, "bảng 2, dòng 2")
        official = OfficialDraft(("II. Kết quả đạt được", "Tổng lượt khách năm 2020 đạt 880 lượt."), (wrong,))
        found = Dossier(PLAN.stage("vptu_appraisal"), 1, compare(summary, official=official))
        papers["bao-cao-tham-dinh.docx"] = render_appraisal(found, made_at=NOW)
        papers["thong-tin-bao-chi.docx"] = render_press_note(summary, None)
        papers["bao-cao-tom-tat.docx"] = in_short(summary, tracer, papers["du-thao-lam-viec.docx"])
    for name, paper in papers.items():
        store.put(FOLDER + name, paper)
    return Traced(store, summary, register, papers, trace_of(summary, register, tracer, papers))


def in_short(summary: Summary, tracer: Tracer, draft: bytes, *more: str) -> bytes:
    """Return the short report of a draft that people left as it was, but for `more` under its second heading."""
    lines = [line for each in docx.Document(io.BytesIO(draft)).paragraphs if (line := each.text.strip())]
    second = next(number for number, line in enumerate(lines) if line.startswith("II. "))
    paragraphs = [*lines[: second + 1], *more, *lines[second + 1 :]]
    sections = shortened(paragraphs, PLAN.outline)
    sourcing = Sourcing(summary, tracer.passages_of(draft), paragraphs)
    meeting = Meeting(PLAN, PLAN.campaigns[0], PLAN.stage("conference"), MEETS)
    return render_summary(meeting, with_sources(sections, sourcing))


VALUES = st.one_of(st.none(), st.integers(0, 3_000_000), st.floats(0, 1000).map(lambda value: round(value, 2)))
_SAID = ("du lịch", "khách", "đạt 45%", "giảm 1.200 lượt", "và", "điểm, mới.", "Nhiều", "Khu <&>")
WORDS = st.lists(st.sampled_from(_SAID), max_size=30)


@st.composite
def reports(draw: st.DrawFn) -> list[ParsedReport]:
    """Draw what some units report, whole or not."""
    told = []
    for unit in draw(st.lists(st.sampled_from([*UNITS]), min_size=1, unique=True)):
        figures = tuple(
            Figure(indicator=code, year=year, value=draw(VALUES), file="bieu.xlsx", cell=f"{column}{row}")
            for row, code in enumerate(("CT01", "CT02", "CT03", "CT04"), 5)
            for column, year in zip("DEF", YEARS, strict=True)
        )
        said = tuple(
            SectionText(section=each.code, heading=each.title, text=" ".join(draw(WORDS))) for each in PLAN.outline
        )
        told.append(
            ParsedReport(unit=unit, number=1, kind=Submission.REPORT, sections=said, figures=figures, faults=())
        )
    return told


@settings(max_examples=15)
@given(reports())
def test_whatever_units_report_each_figure_and_quote_traces_to_what_is_there(told: list[ParsedReport]) -> None:
    papers = traced(told)
    assert papers.check().wrong == []
    items = {item.code: item for form in papers.trace.forms for item in form.indicators}
    measures = {each.code: each.unit_of_measure for form in PLAN.forms for each in form.indicators}
    for paper in papers.trace.papers:
        for piece in (piece for passage in paper.passages for piece in passage.pieces):
            for source in piece.sources:
                units = {each.code for each in papers.trace.units}
                if isinstance(source, SentenceSource):
                    assert source.unit in units
                    continue
                if isinstance(source, CountSource):
                    assert int(piece.text) == len(source.counted)
                    assert {*source.counted} <= units
                    continue
                item = items[source.indicator]
                assert {*source.periods} <= {*item.periods}
                if source.made is Reckoning.TOTAL and source.units is None and piece.text[:1].isdigit():
                    total = item.totals[item.periods.index(source.periods[0])]
                    assert piece.text in (figure(total), say_amount(total or 0, measures[item.code]))
    for item in items.values():
        for position, total in enumerate(item.totals):
            values = [value for row in item.rows if (value := row.values[position]) is not None]
            if item.aggregate == "sum" and values:
                assert total == pytest.approx(fsum(values))
            assert len(values) >= item.counted[position]


def passages_by_text(trace: Trace, paper: str) -> dict[str, ToldPassage]:
    found = next((each.passages for each in trace.papers if each.name == paper), ())
    return {"".join(piece.text for piece in each.pieces): each for each in found}


def test_a_short_report_tells_the_same_of_each_passage_that_it_keeps_as_the_draft() -> None:
    papers = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)])
    draft, short = (passages_by_text(papers.trace, f"{name}.docx") for name in ("du-thao-lam-viec", "bao-cao-tom-tat"))
    assert len(short) > 6
    for text, passage in short.items():
        assert passage.pieces == draft[text].pieces
        assert passage.place.startswith(("I. ", "II. ", "III. ", "IV. "))
    lines = docx.Document(io.BytesIO(papers.papers["bao-cao-tom-tat.docx"])).paragraphs
    assert {each.text for each in lines if each.text in draft} == {*short}


def test_a_short_report_traces_what_people_rewrote_where_it_is_right() -> None:
    papers = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)])
    rewritten = (
        "Năm 2020, tổng lượt khách toàn tỉnh đạt 1.200 lượt, riêng doanh thu du lịch năm 2020 chỉ đạt 99 tỷ đồng."
    )
    quoting = (
        "Huyện 3 cho biết “Hạ tầng du lịch được đầu tư; <&> unit_3 đón nhiều đoàn khách”, cần học tập trong năm tới."
    )
    with tracing() as tracer:
        draft = write_draft(papers.summary).word
        paper = in_short(papers.summary, tracer, draft, rewritten, quoting)
    told = {"".join(piece.text for piece in each.pieces): each for each in tracer.passages_of(paper)}
    (visitors,) = (each for each in told[rewritten].pieces if each.sources)
    assert visitors.text.startswith("1.200")
    assert visitors.sources == (FigureSource(indicator="CT01", periods=(2020,)),)
    (quote,) = (each for each in told[quoting].pieces if each.sources)
    assert [each.unit for each in quote.sources if isinstance(each, SentenceSource)] == ["unit_3"]


def test_a_short_report_names_no_unit_that_left_the_plan() -> None:
    told = [make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)]
    papers = traced(told)
    left = PLAN.model_copy(update={"units": tuple(each for each in PLAN.units if each.code != "unit_3")})
    register = make_register(left, [], [])
    summary = summarise(left, left.campaigns[0], register, [each for each in told if each.unit != "unit_3"])
    with tracing() as tracer:
        draft = write_draft(papers.summary).word
        paper = in_short(summary, tracer, draft)
    sources = [source for each in tracer.passages_of(paper) for piece in each.pieces for source in piece.sources]
    assert sources
    assert "unit_3" not in {getattr(each, "unit", None) for each in sources}
    assert not [each for each in sources if isinstance(each, CountSource) and "unit_3" in each.counted]


_NO_FIGURE = re.compile(r"(?:năm|giai đoạn) \d{4}(?: - \d{4})?|\([^()]*\)|\d+/\d+ đơn vị|trên \d+ đơn vị")


def test_no_figure_of_a_sentence_is_without_its_source() -> None:
    papers = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)])
    draft = papers.trace.papers[0]
    told = [
        each for each in draft.passages
        if any(isinstance(source, FigureSource) for piece in each.pieces for source in piece.sources)
    ]  # fmt: skip
    assert len(told) > 4
    for passage in told:
        own = "".join(piece.text for piece in passage.pieces if not piece.sources)
        if " | " not in own:
            assert not re.search(r"\d", _NO_FIGURE.sub("", own)), own


def test_what_is_not_as_it_was_is_told() -> None:
    papers = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)])
    check = papers.check()
    assert check.files == 4 + 2 * len(UNITS)
    assert check.figures == 4 * 3 * len(UNITS)
    assert check.quotes > 4
    report, gone = make_report("unit_2", 30), KEYS.report("unit_1", 1, "files/bieu.xlsx")
    said = (each.model_copy(update={"text": "Câu khác hẳn với câu đã trích ra."}) for each in report.sections)
    other = report.model_copy(update={"sections": tuple(said)})
    papers.store.put(KEYS.report("unit_2", 1, "parsed.json"), other.to_json())
    papers.store.put(KEYS.report("unit_0", 1, "files/bao_cao.docx"), b"other")
    papers.store.put(FOLDER + "du-thao-lam-viec.docx", b"other")
    del papers.store.objects[gone]
    wrong = papers.check().wrong
    assert wrong[:3] == [
        f"Đã đổi: {FOLDER}du-thao-lam-viec.docx",
        f"Đã đổi: {KEYS.report('unit_0', 1, 'files/bao_cao.docx')}",
        f"Thiếu: {gone}",
    ]
    assert "Huyện 2: số CT01, 2019 không còn ở bieu.xlsx, D5" in wrong
    assert any(each.startswith("Huyện 2: hồ sơ lần 1 không còn câu 1 mã ") for each in wrong)


def test_the_same_papers_have_the_same_trace_and_page_in_any_order() -> None:
    told = [make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)]
    one, other = traced(told), traced(told[::-1])
    assert one.trace.to_json() == other.trace.to_json()
    assert render_trace(one.trace) == render_trace(Trace.model_validate_json(other.trace.to_json()))


def test_it_says_who_is_missing_and_what_was_ruled() -> None:
    review = Review(
        id="review-1",
        decided_at=NOW,
        account="btg",
        granted_by="Đ/c Trưởng ban",
        reason="Đã đối chiếu với đơn vị",
        document_number="12-CV/BTG",
        unit="unit_0",
        number=1,
        outcome="accepted",
    )
    told = [make_report("unit_0", missing=("CT02",)), make_report("unit_1")]
    trace = traced(told, (ODD,), (review,)).trace
    (form,) = trace.forms
    assert form.absent == ("unit_2", "unit_3")
    money = next(each for each in form.indicators if each.code == "CT02")
    assert money.missing == (("unit_0",),) * 3
    first, second = trace.units
    assert [(each.cell, each.open) for each in second.rulings] == [("D5", True)]
    assert [each.open for each in first.rulings] == [False, False]
    assert "Đã đối chiếu với đơn vị" in first.rulings[1].words
    assert "12-CV/BTG" in first.rulings[1].words
    page = render_trace(trace).decode()
    assert "CT01 năm 2019 cao khác thường &lt;&amp;&gt;." in page
    assert page.count("chưa ai xác nhận</b>") == 1
    assert "Chưa có số nào: Huyện 2; Huyện 3." in page
    assert "Thiếu 2019: Huyện 0." in page


def test_who_gave_none_of_the_figures_that_are_told_is_named_too() -> None:
    report = make_report("unit_0", missing=("CT02",))
    register = make_register(PLAN, [make_receipt("unit_0", 1)], [make_verdict("unit_0", 1)])
    summary = summarise(PLAN, PLAN.campaigns[0], register, [report])
    with tracing() as tracer:
        official = OfficialDraft(("II. Kết quả đạt được",), (PrintedFigure("CT02", 2019, "7", 7, 0, "bảng 2, dòng 2"),))
        found = Dossier(PLAN.stage("vptu_appraisal"), 1, compare(summary, official=official))
        papers = {"bao-cao-tham-dinh.docx": render_appraisal(found, made_at=NOW)}
    trace = trace_of(summary, register, tracer, papers)
    assert trace.units == ()
    assert "Thiếu 2019: Huyện 0." in render_trace(trace).decode()


def test_a_file_that_came_before_and_was_not_sent_again_is_carried_over() -> None:
    store, report = MemoryStore(), make_report("unit_0", number=2)
    first, second = make_receipt("unit_0", 1), received(report, store)
    fresh = second.files[0].model_copy(update={"arrived_at": NOW})
    second = second.model_copy(update={"files": (fresh, second.files[1]), "received_at": NOW})
    verdicts = [make_verdict("unit_0", 1), make_verdict("unit_0", 2)]
    register = make_register(PLAN, [first, second], verdicts)
    summary = summarise(PLAN, PLAN.campaigns[0], register, [report])
    with tracing() as tracer:
        papers = {"du-thao-lam-viec.docx": write_draft(summary).word}
    trace = trace_of(summary, register, tracer, papers)
    assert [each.carried for each in trace.units[0].files] == [False, True]
    assert "của lần nộp trước, không gửi lại" in render_trace(trace).decode()


def test_where_a_unit_s_figures_and_sentences_stand() -> None:
    trace = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)]).trace
    every, of_visitors = list(places_of(trace, "unit_3")), list(places_of(trace, "unit_3", "CT01"))
    assert {each.words for each in every} == {"câu trích", "được đếm", "số của đơn vị", "trong số chung"}
    assert {each.paper.name for each in of_visitors} == {paper.name for paper in trace.papers}
    assert {each.source.indicator for each in of_visitors if isinstance(each.source, FigureSource)} == {"CT01"}
    wordy = make_report("unit_1").model_copy(update={"figures": ()})
    places = places_of(traced([make_report("unit_0"), wordy]).trace, "unit_1")
    assert {each.words for each in places} == {"câu trích", "được đếm"}


def test_the_page_stands_alone_and_every_link_in_it_leads_somewhere() -> None:
    papers = traced([make_report(unit, scale) for scale, unit in enumerate(UNITS, 1)])
    page = render_trace(papers.trace).decode()
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//|@import|url\(", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len({*ids})
    assert {*re.findall(r'href="#([^"]+)"', page)} <= {*ids}
    files = {*re.findall(r'href="(?:\.\./){5}([^"]+)"', page)}
    assert files == {file.key for unit in papers.trace.units for file in unit.files}
    script = page.partition("<script>")[2].partition("</script>")[0]
    digest = hashlib.sha256(script.encode()).digest()
    assert re.search(r"script-src 'sha256-([^']+)'", page)[1] == base64.b64encode(digest).decode()
