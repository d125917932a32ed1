"""The driver's session with Airflow's REST API, against a stand-in that answers as Airflow does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import httpx
import pytest

from demo import patience
from demo.airflow_api import AirflowUser, Question

QUESTION = Question("p.vptu_appraisal", "run 1", "appraise", -1, "Thẩm định", ("Đồng ý trình", "Trả lại"))


@dataclass
class Airflow:
    """Answers once for each request; `ailing` answers come first."""

    ailing: list[httpx.Response | Exception] = field(default_factory=list)
    seen: list[httpx.Request] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    valid: str = "t1"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.url.path == "/auth/token":
            if json.loads(request.content) != {"username": "vptu", "password": "s3cret"}:
                return httpx.Response(401)
            return httpx.Response(201, json={"access_token": self.valid})
        if request.headers["Authorization"] != f"Bearer {self.valid}":
            return httpx.Response(401)
        if self.ailing:
            ill = self.ailing.pop(0)
            if isinstance(ill, Exception):
                raise ill
            return ill
        if request.method == "GET":
            return httpx.Response(200, json={"hitl_details": [detail()]})
        if request.url.path in self.answered:
            return httpx.Response(409)
        self.answered.add(request.url.path)
        return httpx.Response(200, json={})


def detail() -> dict[str, object]:
    task = {"dag_id": QUESTION.dag, "dag_run_id": QUESTION.run, "task_id": QUESTION.task, "map_index": -1}
    return {"task_instance": task, "subject": QUESTION.subject, "options": list(QUESTION.options)}


@pytest.fixture
def airflow(monkeypatch: pytest.MonkeyPatch) -> Airflow:
    monkeypatch.setattr(patience.time, "sleep", lambda _: None)
    return Airflow()


def user(airflow: Airflow) -> AirflowUser:
    return AirflowUser("http://airflow", "vptu", "s3cret", httpx.MockTransport(airflow))


def test_questions_are_those_that_wait(airflow: Airflow) -> None:
    assert user(airflow).questions("p.vptu_appraisal", "appraise") == [QUESTION]
    asked = airflow.seen[-1].url
    assert asked.path == "/api/v2/dags/p.vptu_appraisal/dagRuns/~/hitlDetails"
    assert asked.params["response_received"] == "false"


def test_an_answer_names_the_option_and_the_fields(airflow: Airflow) -> None:
    assert user(airflow).answer(QUESTION, "Trả lại", {"reason": "Chưa khớp"})
    request = airflow.seen[-1]
    assert request.method == "PATCH"
    path = "/api/v2/dags/p.vptu_appraisal/dagRuns/run 1/taskInstances/appraise/-1/hitlDetails"
    assert request.url.path == path
    assert json.loads(request.content) == {"chosen_options": ["Trả lại"], "params_input": {"reason": "Chưa khớp"}}


def test_a_second_answer_changes_nothing(airflow: Airflow) -> None:
    vptu = user(airflow)
    assert vptu.answer(QUESTION, "Trả lại", {})
    assert not vptu.answer(QUESTION, "Đồng ý trình", {})


def test_a_form_is_sent_once_under_its_run_id(airflow: Airflow) -> None:
    assert user(airflow).trigger("p.actions", "demo__1", {"act": "extension"})
    body = json.loads(airflow.seen[-1].content)
    assert body["dag_run_id"] == "demo__1"
    assert body["conf"] == {"act": "extension"}
    assert body["logical_date"] is None


def test_a_server_that_is_being_restarted_is_waited_for(airflow: Airflow) -> None:
    airflow.ailing = [httpx.ConnectError("refused"), httpx.Response(503), httpx.ReadError("reset")]
    assert user(airflow).questions("p.vptu_appraisal", "appraise") == [QUESTION]


def test_a_token_of_a_server_that_is_gone_is_renewed(airflow: Airflow) -> None:
    vptu = user(airflow)
    vptu.questions("p.vptu_appraisal", "appraise")
    airflow.valid = "t2"
    assert vptu.questions("p.vptu_appraisal", "appraise") == [QUESTION]


def test_a_refusal_is_an_error_at_once(airflow: Airflow) -> None:
    airflow.ailing = [httpx.Response(403)]
    with pytest.raises(httpx.HTTPStatusError):
        user(airflow).answer(QUESTION, "Trả lại", {})


def test_patience_ends() -> None:
    def never() -> None:
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        patience.persist(never, seconds=0.3)


def test_what_no_restart_explains_is_not_tried_again() -> None:
    calls = []

    def wrong() -> None:
        calls.append(1)
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        patience.persist(wrong)
    assert len(calls) == 1
