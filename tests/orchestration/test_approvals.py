"""A question to an office: what its answer says, what is sent past the form, and a bucket that fails meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import Param
from airflow.sdk.exceptions import DagRunTriggerException, TaskDeferred

from conftest import Desk
from record import story
from record.story import Story
from record.verbs import vptu_appraisal
from soket.orchestration import approvals, operation
from soket.orchestration.approvals import AskAgain, Question
from soket.record.refusals import refusals
from soket.record.workspace import Workspace
from soket.stages import appraise
from soket.store.store import StoreFailedError

AT = datetime(2021, 11, 12, 2, 30, tzinfo=UTC)
RETURN, APPROVE = "Trả lại", "Đồng ý trình"


@pytest.fixture
def desk(after: Story, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A draft that waits for its appraisal."""
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    for module in (approvals, operation):
        monkeypatch.setattr(module, "workspace_of", lambda *_: desk())
    return desk


def question(desk: Desk) -> Question:
    return Question(
        task_id="appraise",
        plan=desk.plan.id,
        offices=desk.plan.offices_of("appraisal", desk.plan.stage("vptu_appraisal")),
        subject="Thẩm định",
        stage="vptu_appraisal",
        decided=appraise.appraisal_on_record,
        asks=appraise.appraisal_question,
        files=appraise.record_appraisal,
        answers={APPROVE: "approved", RETURN: "returned"},
        params={"reason": Param(None, type=["null", "string"])},
    )


def event(chosen: list[str], account: str | None = "vptu", **filled: Any) -> dict[str, Any]:
    """Return what the API server resumes the step with."""
    user = None if account is None else {"id": account, "name": account}
    return {"chosen_options": chosen, "params_input": filled, "responded_at": AT, "responded_by_user": user}


def test_an_answer_is_on_the_record_with_who_and_when(desk: Desk) -> None:
    assert question(desk).execute_complete({}, event([APPROVE], reason=None)) == "Đồng ý trình dự thảo vòng 1."
    appraisal = vptu_appraisal.appraisal_on_record(desk())
    assert appraisal is not None
    assert (appraisal.account, appraisal.decided_at) == ("vptu", AT)


def test_a_step_that_died_after_it_filed_asks_nobody_when_it_is_tried_again(desk: Desk) -> None:
    vptu_appraisal.prepare_dossier(desk())
    question(desk).execute_complete({}, event([APPROVE], reason="Đã xem"))
    assert question(desk).execute({}) == "Đã có trong hồ sơ, không hỏi lại."


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        (event([RETURN]), "phải ghi lý do"),
        (event([RETURN], reason=" "), "phải ghi lý do"),
        (event([]), "Chưa chọn"),
        (event(["Hoãn"]), "Chưa chọn"),
        (event([APPROVE], account="ban_can_su"), "không được làm việc"),
        (event([APPROVE], account=None), "không được làm việc"),  # nobody: a time that ran out
    ],
)
def test_what_does_not_count_is_said_and_leaves_no_appraisal(desk: Desk, sent: dict[str, Any], complaint: str) -> None:
    note = question(desk).execute_complete({}, sent)
    assert note.startswith("Chưa ghi: ")
    assert complaint in note
    assert vptu_appraisal.appraisal_on_record(desk()) is None
    assert [complaint in each.why for each in refusals(desk())] == [True]


def test_what_is_sent_past_the_form_does_no_harm(desk: Desk) -> None:
    sent = event([RETURN], reason=["Thiếu", 1], account="tuyen_giao", workspace="x", answer="approved")
    sent["responded_by_user"] = {"id": "vptu", "name": "vptu"}
    assert question(desk).execute_complete({}, sent).startswith("Trả lại dự thảo vòng 1.")
    appraisal = vptu_appraisal.appraisal_on_record(desk())
    assert appraisal is not None
    assert (appraisal.account, appraisal.outcome) == ("vptu", "returned")


def test_an_answer_waits_for_a_bucket_that_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Workspace) -> None:
        raise StoreFailedError("down")

    with monkeypatch.context() as broken:
        broken.setattr(appraise, "read_register", fails)
        with pytest.raises(TaskDeferred) as deferred:
            question(desk).execute_complete({}, event([APPROVE]))
    again = deferred.value
    assert again.method_name == "file"
    assert again.kwargs is not None
    assert question(desk).file({}, event="the minute is over", **again.kwargs) == "Đồng ý trình dự thảo vòng 1."


def test_the_next_run_asks_anew_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AskAgain, "_deliver", lambda *_: None)
    run = SimpleNamespace(dag_id=f"{desk.plan.id}.vptu_appraisal", run_id="manual__1", start_date=AT)
    step = AskAgain(plan=desk.plan.id, stage="vptu_appraisal", act="appraisal")
    started = []
    for _ in range(2):
        with pytest.raises(DagRunTriggerException) as wanted:
            step.execute({"dag_run": run, "outlet_events": {}})
        started.append(wanted.value)
    assert len({each.dag_run_id for each in started}) == 1
    assert started[0].skip_when_already_exists
    assert started[0].conf == {"campaign": desk().campaign.code}
    assert "không có câu trả lời nào" in (started[0].note or "")


def test_the_text_of_a_question_is_no_template() -> None:
    assert not Question.template_fields
