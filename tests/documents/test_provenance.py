"""What a paper tells of others comes with where it is from, paragraph by paragraph, and leaves no mark in the paper."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
from docx.oxml.ns import qn

from soket.documents.appraisal import render_appraisal
from soket.documents.bookmarks import take_out
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier
from soket.documents.draft import write_draft
from soket.documents.figures import Summary
from soket.documents.official import OfficialDraft
from soket.documents.printed import PrintedFigure
from soket.documents.provenance import (
    RECKONINGS,
    FigureSource,
    Reckoning,
    SentenceSource,
    ToldPassage,
    Tracer,
    told,
    told_figure,
    tracing,
)
from soket.plan.model import Plan

from .conftest import text_of

MARKS = re.compile("[\ue000-\ue005]")


def traced(summary: Summary) -> tuple[bytes, tuple[ToldPassage, ...]]:
    with tracing() as tracer:
        word = write_draft(summary).word
    return word, tracer.passages_of(word)


def test_without_anyone_tracing_a_text_is_what_it_is() -> None:
    assert told("5 lượt", SentenceSource(unit="a", submission=1, section="b", number=1, digest="c")) == "5 lượt"
    assert told_figure("5 lượt", "CT01", 2021) == "5 lượt"


def test_of_marks_within_each_other_the_inner_one_holds() -> None:
    tracer = Tracer()
    outer, inner = (FigureSource(indicator=code, periods=(2021,)) for code in ("CT01", "CT02"))
    text = tracer.mark(f"tăng {tracer.mark('5%', (inner,))} so với năm trước", (outer,))
    document = docx.Document()
    document.add_paragraph("Trước.")
    document.add_paragraph(f"Khách {text}.")
    (passage,) = take_out(tracer, document)
    told_of = [(piece.text, [each.indicator for each in piece.sources]) for piece in passage.pieces]
    assert told_of == [
        ("Khách ", []),
        ("tăng ", ["CT01"]),
        ("5%", ["CT02"]),
        (" so với năm trước", ["CT01"]),
        (".", []),
    ]
    assert document.paragraphs[1].text == "Khách tăng 5% so với năm trước."


def test_a_draft_tells_where_each_figure_and_quote_is_from(summary: Summary) -> None:
    word, passages = traced(summary)
    assert text_of(word) == text_of(write_draft(summary).word)
    assert not MARKS.search(text_of(word))
    pieces = [(piece.text, source) for each in passages for piece in each.pieces for source in piece.sources]
    figures = [source for _, source in pieces if isinstance(source, FigureSource)]
    assert {each.made for each in figures} >= {Reckoning.TOTAL, Reckoning.UNIT, Reckoning.CHANGE, Reckoning.SPAN}
    quotes = {text: source for text, source in pieces if isinstance(source, SentenceSource)}
    assert quotes
    said = {
        (excerpt.unit.code, section.section.code): excerpt.text
        for section in summary.sections
        for excerpt in section.excerpts
    }
    assert all(text in said[source.unit, source.section] for text, source in quotes.items())


def test_what_is_so_many_times_or_so_much_of_another_is_no_change(summary: Summary) -> None:
    _, passages = traced(summary)
    made = [
        (source.made, before.text, piece.text)
        for passage in passages
        for before, piece in pairwise(passage.pieces)
        for source in piece.sources
        if isinstance(source, FigureSource) and source.made in (Reckoning.CHANGE, Reckoning.RATIO)
    ]
    assert {each for each, *_ in made} == {Reckoning.CHANGE, Reckoning.RATIO}
    for each, before, text in made:
        ratio = before.endswith(", bằng ") or text.startswith("gấp")
        assert each is (Reckoning.RATIO if ratio else Reckoning.CHANGE), (before, text)
    assert RECKONINGS[Reckoning.RATIO].phrase.startswith("tỷ lệ giữa hai kỳ")


def test_a_passage_has_its_bookmark_and_stands_under_its_headings(summary: Summary) -> None:
    word, passages = traced(summary)
    body = docx.Document(io.BytesIO(word)).element.body
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert [each for each in names if each.startswith("nguon_")] == [each.id for each in passages]
    starts, ends = (
        sorted(each.get(qn("w:id")) for each in body.iter(qn(tag))) for tag in ("w:bookmarkStart", "w:bookmarkEnd")
    )
    assert starts == ends
    assert len({*starts}) == len(starts)
    paragraphs = {
        start.get(qn("w:name")): "".join(each.text or "" for each in start.getparent().iter(qn("w:t")))
        for start in body.iter(qn("w:bookmarkStart"))
    }
    for each in passages:
        assert "".join(piece.text for piece in each.pieces).startswith(paragraphs[each.id])
        assert each.place
    assert passages[0].place == "I. Công tác lãnh đạo, chỉ đạo"


def test_an_appraisal_tells_what_its_findings_rest_on(plan: Plan, summary: Summary) -> None:
    wrong = PrintedFigure("CT01", 2019, "401", 401, 0, "bảng 2, dòng 2")
    official = OfficialDraft(("II. Kết quả đạt được", "Tổng lượt khách năm 2020 đạt 880 lượt."), (wrong,))
    sheet = compare(summary, official=official)
    with tracing() as tracer:
        word = render_appraisal(Dossier(plan.stage("vptu_appraisal"), 1, sheet), made_at=summary.as_of)
    pieces = [piece for each in tracer.passages_of(word) for piece in each.pieces]
    found = {piece.text.partition(":")[0]: piece.sources for piece in pieces if piece.sources}
    for year in (2019, 2020):
        assert found[f"CT01 Tổng lượt khách, năm {year}"] == (FigureSource(indicator="CT01", periods=(year,)),)
