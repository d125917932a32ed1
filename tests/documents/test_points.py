"""The points of an appraisal, and what answers them in the draft of the round after."""

from __future__ import annotations

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, identified
from soket.documents.points import answered, points_of, points_said
from soket.record.records import AppraisalPoint

BEFORE = ("I. Kết quả", "Tổng lượt khách năm 2019 đạt 1.347.347 lượt.", "Phối hợp giữa các ngành còn chung chung.")
AFTER = (
    "I. Kết quả",
    "Tổng lượt khách năm 2019 đạt 1.374.347 lượt.",
    "Phối hợp giữa các ngành: Sở Du lịch chịu trách nhiệm chính.",
)
WRONG = identified(
    [DraftFinding(DraftCheck.PROSE, FindingLevel.WRONG, "đảo chữ số", about="CT01", quote=BEFORE[1], paragraph=2)]
)


def test_each_line_is_a_point_with_an_identity() -> None:
    points = points_said("- Bổ sung số liệu\n\n+ Nêu rõ trách nhiệm", 1)
    assert [(each.id, each.text) for each in points] == [("Y1.1", "Bổ sung số liệu"), ("Y1.2", "Nêu rõ trách nhiệm")]


def test_what_is_wrong_is_a_point_and_what_is_told_is_none() -> None:
    told = DraftFinding(DraftCheck.UNNAMED, FindingLevel.TELL, "x", about="y")
    assert [each.finding for each in points_of((*WRONG, told))] == [WRONG[0].id]


def test_a_finding_is_settled_when_it_is_found_no_more() -> None:
    (done,) = answered(points_of(WRONG), before=BEFORE, after=AFTER, findings=())
    assert done.settled
    assert "1.347.347 lượt. → Tổng lượt khách năm 2019 đạt 1.374.347" in done.answer
    (still,) = answered(points_of(WRONG), before=BEFORE, after=BEFORE, findings=WRONG)
    assert not still.settled
    assert still.answer == ""


def test_a_request_is_answered_by_the_change_most_like_it() -> None:
    points = (
        AppraisalPoint(id="Y1.1", text="Phần phối hợp liên ngành chưa nêu rõ trách nhiệm"),
        AppraisalPoint(id="Y1.2", text="Làm rõ nguyên nhân khách quan, chủ quan"),
    )
    taken, left = answered(points, before=BEFORE, after=AFTER, findings=())
    assert taken.settled
    assert "Sở Du lịch chịu trách nhiệm" in taken.answer
    assert not left.settled
