"""The points of an appraisal, and what answers them in the draft of the round after."""

from __future__ import annotations

from dataclasses import replace

from soket.documents.appraisal import render_answers, render_appraisal
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, identified
from soket.documents.figures import Summary
from soket.documents.official import OfficialDraft
from soket.documents.points import AnsweredPoint, answered, points_of, points_said
from soket.documents.printed import PrintedFigure
from soket.documents.since import Between
from soket.plan.model import Plan
from soket.record.stage_details import AppraisalPoint
from soket.stages.points import raised

from .builders import NOW, make_dossier
from .conftest import text_of

BEFORE = OfficialDraft(
    (
        "I. Kết quả",
        "Tổng hợp 54/56 báo cáo. Tổng lượt khách năm 2019 đạt 1.347.347 lượt.",
        "Phối hợp giữa các ngành còn chung chung.",
    ),
    (PrintedFigure("CT01", 2021, "2.790.195", 2790195, 0, "Biểu 01, dòng CT01"),),
)
AFTER = OfficialDraft(
    (
        "I. Kết quả",
        "Tổng hợp 55/57 báo cáo. Tổng lượt khách năm 2019 đạt 1.374.347 lượt.",
        "Phối hợp giữa các ngành: Sở Du lịch chịu trách nhiệm chính.",
    ),
    (PrintedFigure("CT01", 2021, "1.790.195", 1790195, 0, "Biểu 01, dòng CT01"),),
)
TABLE, PROSE, LATE = identified(
    [
        DraftFinding(DraftCheck.TABLE, FindingLevel.WRONG, "lệch", about="CT01 2021", subject="CT01 2021"),
        DraftFinding(
            DraftCheck.PROSE,
            FindingLevel.WRONG,
            "đảo chữ số",
            about="CT01 2019 1.347.347",
            subject="CT01 2019",
            quote="Tổng lượt khách năm 2019 đạt 1.347.347 lượt.",
            paragraph=2,
        ),
        DraftFinding(DraftCheck.REPLACED, FindingLevel.LOOK, "báo cáo của Trường đến sau", about="truong"),
    ]
)


def became(
    *points: AppraisalPoint,
    after: OfficialDraft = AFTER,
    findings: tuple[DraftFinding, ...] = (),
    since: Between | None = None,
) -> tuple[AnsweredPoint, ...]:
    return answered(points, before=BEFORE, after=after, findings=findings, since=since, decides="Thường trực Tỉnh ủy")


def said(text: str) -> AppraisalPoint:
    return AppraisalPoint(id="Y1.1", text=text)


def test_each_line_is_a_point_with_an_identity_and_so_are_the_parts_of_one() -> None:
    points = points_said("- Bổ sung số liệu\n\n+ Nêu rõ trách nhiệm; sớm", 1)
    assert [(each.id, each.text) for each in points] == [
        ("Y1.1", "Bổ sung số liệu"),
        ("Y1.2", "Nêu rõ trách nhiệm; sớm"),
    ]
    both = points_said("Số liệu chưa khớp với báo cáo; phần phối hợp chưa nêu trách nhiệm.", 1)
    assert [each.text for each in both] == ["Số liệu chưa khớp với báo cáo", "Phần phối hợp chưa nêu trách nhiệm."]


def test_what_is_wrong_or_to_be_looked_at_is_a_point_and_what_is_told_is_none() -> None:
    told = DraftFinding(DraftCheck.UNNAMED, FindingLevel.TELL, "x", about="y")
    look = DraftFinding(DraftCheck.CLAIM, FindingLevel.LOOK, "x", about="z")
    points = points_of((TABLE, LATE, told, look))
    assert [(each.finding, each.look) for each in points] == [(TABLE.id, False), (LATE.id, False), (look.id, True)]


def test_a_figure_of_a_table_is_answered_by_the_cell_that_changed() -> None:
    (done,) = became(*points_of([TABLE]))
    assert (done.answer, done.settled) == ("Sửa số ở Biểu 01, dòng CT01: 2.790.195 → 1.790.195.", True)
    (gone,) = became(*points_of([TABLE]), after=replace(AFTER, figures=()))
    assert (gone.answer, gone.settled) == ("Bỏ số 2.790.195 (Biểu 01, dòng CT01).", True)


def test_a_figure_of_prose_is_answered_by_its_own_sentence() -> None:
    (done,) = became(*points_of([PROSE]))
    assert done.answer == (
        "Sửa số: Tổng lượt khách năm 2019 đạt 1.347.347 lượt. → Tổng lượt khách năm 2019 đạt 1.374.347 lượt."
    )
    assert done.settled


def test_of_a_long_sentence_the_figures_are_told_and_the_sentence_once_and_whole() -> None:
    long = "Trong 05 năm qua, tổng lượt khách du lịch đến địa bàn tăng qua từng năm, năm 2019 đạt {} lượt, trong đó "
    long += "khách quốc tế chiếm tỷ trọng nhỏ, chủ yếu là khách nội địa đến từ các tỉnh lân cận."
    wrong = replace(PROSE, quote=long.format("1.347.347"))
    before = replace(BEFORE, paragraphs=(long.format("1.347.347"),))
    after = replace(AFTER, paragraphs=(long.format("1.374.347"),))
    (done,) = answered(points_of([wrong]), before=before, after=after, findings=())
    assert done.answer == f"Sửa số: 1.347.347 → 1.374.347, trong câu: {long.format('1.374.347')}"


def test_a_figure_that_became_another_wrong_one_is_not_answered() -> None:
    other = replace(PROSE, id="11111", about="CT01 2019 1.344.347")
    (still,) = became(*points_of([PROSE]), findings=(other,))
    assert not still.settled
    assert still.answer.endswith("Vẫn còn lệch.")
    assert still.left == "Chưa tiếp thu – lý do: …"


def test_a_figure_mended_to_another_than_was_asked_for_says_why_in_its_own_row(plan: Plan) -> None:
    since = Between("bản tổng hợp vòng 1", (plan.unit("thi_ky_anh"),), (), (), ("a",))
    because = "Số mới khớp với báo cáo của vòng này; khác số nêu ở ý kiến vì vòng này thêm báo cáo của Thị ủy Kỳ Anh."
    table = replace(TABLE, reason="CT01: lệch (dự thảo ghi 2.790.195, báo cáo cộng lại 1.690.195)")
    prose = replace(PROSE, reason="CT01: dự thảo ghi 1.347.347, báo cáo cộng lại 1.364.347; đảo chữ số")
    request, of_table, of_prose = became(
        said("Số liệu chưa khớp với báo cáo của các đơn vị"), *points_of([table, prose]), since=since
    )
    assert of_table.told == f"Sửa số ở Biểu 01, dòng CT01: 2.790.195 → 1.790.195. {because}"
    assert of_prose.told.endswith(f"đạt 1.374.347 lượt. {because}")
    assert request.told.endswith(f"{TABLE.id}, {PROSE.id}: s{because[1:]}")
    asked = replace(table, reason="CT01: lệch (dự thảo ghi 2.790.195, báo cáo cộng lại 1.790.195)")
    (as_asked,) = became(*points_of([asked]), since=since)
    assert as_asked.told == "Sửa số ở Biểu 01, dòng CT01: 2.790.195 → 1.790.195."
    (nothing_came,) = became(*points_of([table]))
    assert nothing_came.told == as_asked.told


def test_a_late_report_is_answered_by_the_round_that_has_it(plan: Plan) -> None:
    since = Between("bản tổng hợp vòng 1", (plan.unit("thi_ky_anh"),), (), (), ())
    (done,) = became(*points_of([LATE]), since=since)
    assert done.settled
    assert "đã có báo cáo ấy. So với bản tổng hợp vòng 1: thêm báo cáo của Thị ủy Kỳ Anh." in done.answer
    (still,) = became(*points_of([LATE]), findings=(LATE,))
    assert not still.settled


def test_a_request_about_figures_is_answered_when_the_wrong_ones_are() -> None:
    request = said("Số liệu tổng hợp chưa khớp với báo cáo của các đơn vị")
    taken, *_ = became(request, *points_of([TABLE, PROSE]))
    assert taken.settled
    assert f"{TABLE.id}: Sửa số ở Biểu 01, dòng CT01: 2.790.195 → 1.790.195" in taken.answer
    left, *_ = became(request, *points_of([TABLE, PROSE]), findings=(PROSE,))
    assert not left.settled


def test_a_request_is_answered_by_the_change_that_says_what_it_asks() -> None:
    taken, left = became(
        said("Phần phối hợp liên ngành chưa nêu rõ trách nhiệm"), said("Làm rõ nguyên nhân khách quan, chủ quan")
    )
    assert taken.settled
    assert "Sở Du lịch chịu trách nhiệm" in taken.answer
    assert not left.settled


def test_a_sentence_that_only_says_that_points_were_taken_up_answers_none() -> None:
    empty = "Ban cán sự đảng tiếp thu ý kiến thẩm định, làm rõ trách nhiệm phối hợp liên ngành của từng cơ quan."
    (left,) = became(
        said("Phần phối hợp liên ngành chưa nêu rõ trách nhiệm"),
        after=replace(BEFORE, paragraphs=(*BEFORE.paragraphs, empty)),
    )
    assert not left.settled


def doubted(places: int, noted: int) -> DraftFinding:
    found = DraftFinding(DraftCheck.UNCONFIRMED, FindingLevel.LOOK, "x", about="CT02", places=places, noted=noted)
    return replace(found, id="90363")


def test_what_is_mended_at_some_of_its_places_says_at_how_many() -> None:
    (part,) = became(*points_of([doubted(6, 3)]), findings=(doubted(4, 3),))
    assert part.answer == "Không còn ghi số ấy ở 2/6 chỗ nêu ở ý kiến; còn 4 chỗ, 1 chỗ chưa ghi rõ."
    assert (part.settled, part.partly, part.left) == (False, True, "Phần còn lại – lý do: …")
    (noted,) = became(*points_of([doubted(6, 3)]), findings=(doubted(6, 5),))
    assert noted.answer == "Đã ghi rõ thêm ở 2 chỗ; còn 6 chỗ, 1 chỗ chưa ghi rõ."
    notes = DraftFinding(DraftCheck.NOTES, FindingLevel.LEFT, "x", about="notes", id="E3479", places=7)
    (fewer,) = became(*points_of([notes]), findings=(replace(notes, places=3),))
    assert (fewer.answer, fewer.left) == ("Đã bỏ 4/7 chỗ; còn 3 chỗ.", "Phần còn lại – lý do: …")
    (same,) = became(*points_of([notes]), findings=(notes,))
    assert (same.answer, same.left) == ("", "Chưa tiếp thu – lý do: …")


def test_what_waits_for_a_decision_is_no_refusal_of_the_drafters() -> None:
    (waits,) = became(*points_of([doubted(6, 3)]), findings=(doubted(3, 3),))
    left = "chỗ đã ghi rõ là số chưa được xác nhận, chờ đơn vị xác nhận hoặc Thường trực Tỉnh ủy cho ý kiến."
    assert waits.answer == f"Không còn ghi số ấy ở 3/6 chỗ nêu ở ý kiến; còn 3 {left}"
    assert waits.left == ""
    old = points_of([doubted(6, 3)])[0].model_copy(update={"places": 0, "noted": 0})  # as records once were
    (unknown,) = became(old, findings=(doubted(3, 3),))
    assert unknown.answer == f"Còn 3 {left}"
    assert (unknown.partly, unknown.left) == (False, "")
    (as_before,) = became(old, findings=(doubted(3, 0),))
    assert (as_before.answer, as_before.left) == ("", "Giữ nguyên – lý do: …")


def test_papers_count_what_is_done_in_part_and_call_none_refused_that_is_to_be_looked_at(
    plan: Plan, summary: Summary
) -> None:
    notes = DraftFinding(DraftCheck.NOTES, FindingLevel.LEFT, "x", about="notes", id="E3479", places=7)
    asked = points_of([doubted(6, 3), notes, TABLE, PROSE])
    points = became(*asked, findings=(doubted(3, 3), replace(notes, places=3), TABLE), after=BEFORE)
    dossier = replace(make_dossier(summary), points=points, earlier=1)
    told = "1/4 ý kiến vòng trước đã có sửa đổi tương ứng, 2 sửa được một phần"
    paper = text_of(render_appraisal(dossier, made_at=NOW))
    assert f"{told}; chi tiết ở Bảng" in paper
    assert f"Chưa tiếp thu: {TABLE.id}. Mới tiếp thu một phần: E3479. Còn cần xem: 90363." in paper
    assert told in dossier.result
    assert told in dossier.markdown
    assert "- mới tiếp thu một phần: E3479" in dossier.markdown
    assert any("Ý kiến E3479 mới tiếp thu một phần: " in each for each in dossier.to_decide)
    assert "90363" not in dossier.markdown.partition("**Đối chiếu**")[0]


def test_what_is_still_open_is_asked_about_as_it_is_in_this_draft(summary: Summary) -> None:
    notes = DraftFinding(DraftCheck.NOTES, FindingLevel.LEFT, "còn 7 chỗ: đoạn 9", about="notes", id="E3479", places=7)
    fewer = replace(notes, reason="còn 3 chỗ: đoạn 12", places=3)
    made = make_dossier(summary)
    comparison = replace(made.comparison, findings=(fewer,))
    dossier = replace(made, comparison=comparison, points=became(*points_of([notes]), findings=(fewer,)), earlier=1)
    for told in (dossier.markdown, dossier.to_decide[-1], raised(dossier).unanswered[0]):
        assert "còn 3 chỗ" in told
        assert "còn 7 chỗ" not in told
    assert "còn 7 chỗ: đoạn 9" in text_of(render_answers(dossier, made_at=NOW))
