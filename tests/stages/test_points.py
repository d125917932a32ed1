"""Points of an appraisal over rounds: kept with the return, held against the next draft, and in the way of approval."""

from __future__ import annotations

import io
from collections.abc import Callable
from unittest.mock import Mock

import docx
import pytest

from conftest import Desk
from documents.conftest import text_of
from record import story
from record.builders import answer, owing, submit
from record.verbs import ubnd_draft, vptu_appraisal
from soket.documents import comparison
from soket.notices.ledger import states
from soket.notices.outbox import read_intent
from soket.notices.render import write
from soket.record import products
from soket.record.keeping import read_register
from soket.record.stage_details import AppraisalOutcome, PointsRaised
from soket.record.workspace import Workspace
from soket.stages.refusing import IncompleteAnswerError


def test_a_round_with_open_points_goes_up_only_with_a_reason(after: Callable[..., Desk]) -> None:
    desk = after(story.returned)
    at = desk("2021-11-15 09:00")
    stage = at.plan.stage("vptu_appraisal")
    done = read_register(at).of(stage).record("done", 1)
    assert done is not None
    assert isinstance(done.details, AppraisalOutcome)
    assert [each.id for each in done.details.points if not each.finding] == ["Y1.1"]
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    story.drop_official_draft(desk, 2)
    ubnd_draft.check_official_draft(at)
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    dossier = read_register(at).of(stage).record("dossier")
    assert dossier is not None
    assert isinstance(dossier.details, PointsRaised)
    assert any("Y1.1" in each for each in dossier.details.unanswered)
    assert any(key.endswith(products.MARKED_DRAFT) for key in dossier.products)
    assert "chưa tiếp thu: Y1.1" in dossier.note
    answers = next(key for key in dossier.products if key.endswith(products.APPRAISAL_ANSWERS))
    table = docx.Document(io.BytesIO(at.store.get(answers))).tables
    said = [cell.text for each in table for row in each.rows for cell in row.cells]
    assert "Chưa tiếp thu – lý do: …" in said
    unsigned = "Bảng giải trình, tiếp thu do hệ thống lập từ hai bản dự thảo; chưa ký thì chưa phải ý kiến của "
    assert [unsigned in each for each in texts_of(at, "appraisal.")] == [False, True]
    with pytest.raises(IncompleteAnswerError, match=r"Y1\.1"):
        vptu_appraisal.record_appraisal(at, answer("approved"))
    with pytest.raises(IncompleteAnswerError, match="không ghi là đủ điều kiện"):
        vptu_appraisal.record_appraisal(at, answer("approved", reason="Dự thảo đủ điều kiện trình."))
    vptu_appraisal.record_appraisal(at, answer("approved", reason="Số liệu bổ sung sau hội nghị"))
    vptu_appraisal.transmit_report(at)
    up = read_register(at).of(stage).record("done")
    assert up is not None
    assert [unsigned in each for each in texts_of(at, "appraised.")] == [True]
    letter = next(key for key in up.products if key.endswith(products.TRANSMITTAL))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(at.store.get(letter))).paragraphs)
    for enclosed in (
        "dự thảo Báo cáo",
        "báo cáo thẩm định",
        "bảng giải trình, tiếp thu (do hệ thống lập, chưa ký)",
        "phụ lục số liệu",
    ):
        assert enclosed in text.partition("Tài liệu gửi kèm")[2]


def test_what_is_wrong_now_goes_up_only_with_a_reason_too(after: Callable[..., Desk]) -> None:
    desk = after(story.drafted)  # the working draft as it was, with what it says to its drafters
    at = desk("2021-11-12 09:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    with pytest.raises(IncompleteAnswerError, match="chỗ phải sửa"):
        vptu_appraisal.record_appraisal(at, answer("approved"))
    assert "phải ghi lý do vẫn trình" in vptu_appraisal.appraisal_question(at, "https://soket.example/soket")


def test_a_late_report_is_a_point_which_the_round_that_has_it_answers(after: Callable[..., Desk]) -> None:
    desk = after(story.drafted)
    at = desk("2021-11-12 09:00")
    vptu_appraisal.open_round(at)
    late = owing(desk.plan)[-1]
    submit(at, late.code)
    vptu_appraisal.prepare_dossier(at)
    vptu_appraisal.record_appraisal(at, answer("returned", reason="Bổ sung số liệu năm 2021"))
    vptu_appraisal.return_draft(at)
    at = desk("2021-11-15 09:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    story.drop_official_draft(desk, 2)
    ubnd_draft.check_official_draft(at)
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    said = rows_of(desk, 2)
    (row,) = [row for row in said if f"báo cáo của {late.name} đến" in row[1]]
    assert f"đã có báo cáo ấy. So với bản tổng hợp vòng 1: thêm báo cáo của {late.name}" in row[2]
    assert row[3] == ""


def test_what_came_while_the_appraiser_decided_is_in_neither_paper_nor_points(after: Callable[..., Desk]) -> None:
    desk = after(story.drafted)
    at, stage = desk("2021-11-12 09:00"), desk.plan.stage("vptu_appraisal")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    shown = read_register(at).of(stage).record("dossier")
    late = owing(desk.plan)[-1]
    at = desk("2021-11-12 10:00")
    submit(at, late.code)
    vptu_appraisal.record_appraisal(at, answer("returned", reason="Bổ sung số liệu năm 2021"))
    vptu_appraisal.return_draft(at)
    done = read_register(at).of(stage).record("done")
    assert shown is not None
    assert done is not None
    assert isinstance(shown.details, PointsRaised)
    assert isinstance(done.details, AppraisalOutcome)
    assert done.details.points[1:] == shown.details.raised
    (key,) = done.products
    paper = text_of(at.store.get(key))
    assert f"báo cáo của {late.name} đến" not in paper
    assert all(each.id in paper for each in shown.details.raised)


@pytest.mark.parametrize("late", [False, True])
def test_an_approval_compares_anew_only_what_came_after_the_dossier(
    after: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    desk = after(story.drafted)
    at = desk("2021-11-12 09:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    at = desk("2021-11-12 10:00")
    unit = owing(desk.plan)[-1]
    if late:
        submit(at, unit.code)
    vptu_appraisal.record_appraisal(at, answer("approved", reason="Số liệu bổ sung sau hội nghị"))
    compared = Mock(wraps=comparison.compare)
    monkeypatch.setattr(comparison, "compare", compared)
    vptu_appraisal.transmit_report(at)
    assert compared.call_count == 1 + late
    done = read_register(at).of(desk.plan.stage("vptu_appraisal")).record("done")
    assert done is not None
    assert isinstance(done.details, AppraisalOutcome)
    assert any(unit.name in each and "đến sau bản tổng hợp" in each for each in done.details.asked) == late


def test_a_dossier_made_again_says_on_record_what_it_says_now(after: Callable[..., Desk]) -> None:
    desk = after(story.drafted)
    at, stage = desk("2021-11-12 09:00"), desk.plan.stage("vptu_appraisal")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    submit(desk("2021-11-12 10:00"), owing(desk.plan)[-1].code)
    for _ in range(2):
        vptu_appraisal.prepare_dossier(desk("2021-11-12 11:00", rerun=True, silent=True))
    at = desk("2021-11-12 12:00")
    lines = [each for each in read_register(at).of(stage).records if each.kind == "dossier"]
    assert [each.step for each in lines] == ["dossier", "dossier.again-1"]
    found = [len(each.details.raised) for each in lines if isinstance(each.details, PointsRaised)]
    assert found[1] == found[0] + 1
    vptu_appraisal.record_appraisal(at, answer("returned", reason="Bổ sung số liệu năm 2021"))
    vptu_appraisal.return_draft(at)
    done = read_register(at).of(stage).record("done")
    assert done is not None
    assert isinstance(done.details, AppraisalOutcome)
    assert len(done.details.points) == found[1] + 1


def texts_of(workspace: Workspace, prefix: str) -> list[str]:
    """Return the texts of the mails whose ids begin so, the first first."""
    waiting = [read_intent(workspace, each) for each in sorted(states(workspace, prefix))]
    return [write(workspace, each).text for each in waiting]


def rows_of(desk: Desk, round_number: int) -> list[list[str]]:
    """Return the rows of the table of answers of a round."""
    key = desk().keys.stage("vptu_appraisal", round_number, products.APPRAISAL_ANSWERS)
    tables = docx.Document(io.BytesIO(desk.store.get(key))).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows if len(row.cells) == 4]
