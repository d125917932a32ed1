"""The trigger form's step: what the server says of the run counts, and a refusal is skipped, not red."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from conftest import Desk
from soket.orchestration import operation
from soket.orchestration.builder import build_dags
from soket.orchestration.runs import NoCampaignError
from soket.orchestration.stages.actions import RecordAct
from soket.record.keeping import read_register
from soket.record.refusals import refusals

STARTED = datetime(2021, 11, 3, 2, 0, tzinfo=UTC)


class Instance:
    """As much of a task instance as the step needs."""

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value


def run(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, user: str | None, due: datetime = STARTED, **form: Any
) -> tuple[str, Instance]:
    """Run the step for a form that somebody sent; return its note, or why it was skipped."""
    monkeypatch.setattr(operation, "workspace_of", lambda *_: desk())
    instance = Instance()
    context = {
        "dag_run": SimpleNamespace(
            run_id="manual__1", triggering_user_name=user, conf=form, run_after=due, start_date=STARTED
        ),
        "params": form,
        "ti": instance,
    }
    step = RecordAct(task_id="record_act", plan=desk.plan.id)
    try:
        return step.execute(context), instance
    except AirflowSkipException as skipped:
        return str(skipped), instance


def form(desk: Desk, **more: Any) -> dict[str, Any]:
    unit = desk.plan.units[0].code
    return {"act": "exemption", "unit": unit, "reason": "Theo lệnh", "granted_by": "Bí thư", **more}


def test_who_triggered_the_run_acts_whatever_the_form_says(monkeypatch: pytest.MonkeyPatch, workspace: Desk) -> None:
    forged = form(workspace, account="tuyen_giao", triggering_user_name="tuyen_giao", actor="tuyen_giao")
    said, instance = run(monkeypatch, workspace, "ban_can_su", **forged)
    assert said.startswith("Từ chối: Tài khoản «ban_can_su»")
    assert instance.pushed["refused"] in said
    assert read_register(workspace()).decisions == ()
    said, _ = run(monkeypatch, workspace, "tuyen_giao", **form(workspace))
    assert said.startswith("Đã ghi quyết định")


@pytest.mark.parametrize(("minutes", "entered"), [(1, STARTED - timedelta(minutes=1)), (60, STARTED)])
def test_nobody_enters_an_act_in_the_past(
    monkeypatch: pytest.MonkeyPatch, workspace: Desk, minutes: int, entered: datetime
) -> None:
    workspace("2021-11-03 09:05")
    due = STARTED - timedelta(minutes=minutes)
    run(monkeypatch, workspace, "tuyen_giao", due, **form(workspace))
    (act,) = read_register(workspace()).decisions
    assert act.decided_at == entered


def test_a_run_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch, workspace: Desk) -> None:
    said, _ = run(monkeypatch, workspace, None, **form(workspace))
    assert "không thuộc kế hoạch này" in said


def test_a_form_mistake_is_a_note_and_no_failure(monkeypatch: pytest.MonkeyPatch, workspace: Desk) -> None:
    said, _ = run(monkeypatch, workspace, "tuyen_giao", **form(workspace, unit=""))
    assert said == "Từ chối: Chưa điền: Đơn vị."
    assert [each.why for each in refusals(workspace())] == ["Chưa điền: Đơn vị."]


def test_before_the_first_campaign_an_act_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, workspace: Desk) -> None:
    def none(*_: Any) -> None:
        raise NoCampaignError("đợt đầu mở ngày 18/10/2021")

    instance = Instance()
    monkeypatch.setattr(operation, "workspace_of", none)
    step = RecordAct(task_id="record_act", plan=workspace.plan.id)
    with pytest.raises(AirflowSkipException, match="Từ chối: đợt đầu mở ngày"):
        step.execute({"ti": instance})
    assert instance.pushed == {"refused": "đợt đầu mở ngày 18/10/2021"}


def test_the_form_takes_no_campaign_that_is_not_there(workspace: Desk) -> None:
    (dag,) = [each for each in build_dags(workspace.plan) if each.dag_id.endswith(".actions")]
    assert dag.params.get_param("campaign").schema["enum"] == [None, *(each.code for each in workspace.plan.campaigns)]


def test_no_act_is_lost_for_being_entered_early(workspace: Desk) -> None:
    """Airflow makes no step of a run that is dated before its DAG starts, and calls it a success."""
    (dag,) = [each for each in build_dags(workspace.plan) if each.dag_id.endswith(".actions")]
    assert {task.start_date for task in dag.tasks} == {None}
