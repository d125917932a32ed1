"""Points of an appraisal over rounds: kept with the return, held against the next draft, and in the way of approval."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from conftest import Desk
from record import story
from record.builders import answer
from record.verbs import ubnd_draft, vptu_appraisal
from soket.record import products
from soket.record.keeping import read_register
from soket.record.records import AppraisalOutcome, PointsRaised
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
    assert "chưa tiếp thu: Y1.1" in dossier.note
    answers = next(key for key in dossier.products if key.endswith(products.APPRAISAL_ANSWERS))
    table = docx.Document(io.BytesIO(at.store.get(answers))).tables
    said = [cell.text for each in table for row in each.rows for cell in row.cells]
    assert "Chưa tiếp thu – lý do: …" in said
    with pytest.raises(IncompleteAnswerError, match=r"Y1\.1"):
        vptu_appraisal.record_appraisal(at, answer("approved"))
    vptu_appraisal.record_appraisal(at, answer("approved", reason="Số liệu bổ sung sau hội nghị"))
    vptu_appraisal.transmit_report(at)
    up = read_register(at).of(stage).record("done")
    assert up is not None
    letter = next(key for key in up.products if key.endswith(products.TRANSMITTAL))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(at.store.get(letter))).paragraphs)
    for enclosed in ("dự thảo Báo cáo", "báo cáo thẩm định", "bảng giải trình, tiếp thu", "phụ lục số liệu"):
        assert enclosed in text.partition("Tài liệu gửi kèm")[2]
