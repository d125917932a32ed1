"""Airflow's REST API, as one office's user: questions answered, forms sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from demo.patience import persist


@dataclass(frozen=True)
class Question:
    """Something that waits for an office's answer in the Airflow UI."""

    dag: str
    run: str
    task: str
    map_index: int
    subject: str
    options: tuple[str, ...]


class AirflowUser:
    """One account's session with the API; the token is renewed when it is refused."""

    def __init__(self, url: str, name: str, password: str, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(base_url=url, timeout=20, trust_env=False, transport=transport)
        self._name, self._password = name, password
        self._token: str | None = None

    def questions(self, dag: str, task: str) -> list[Question]:
        """Return what waits for an answer, oldest first."""
        found = self._ask(
            "GET",
            f"/api/v2/dags/{dag}/dagRuns/~/hitlDetails",
            params={"response_received": "false", "task_id": task, "order_by": "created_at", "state": "awaiting_input"},
        )
        return [_question(each) for each in found["hitl_details"]]

    def answer(self, question: Question, option: str, fields: Mapping[str, str]) -> bool:
        """Answer a question; return whether this answer was the first."""
        path = f"/api/v2/dags/{question.dag}/dagRuns/{question.run}/taskInstances/{question.task}/{question.map_index}"
        try:
            self._ask("PATCH", f"{path}/hitlDetails", json={"chosen_options": [option], "params_input": dict(fields)})
        except httpx.HTTPStatusError as error:
            # Our own answer, if the server died before it could say so.
            if error.response.status_code == httpx.codes.CONFLICT:
                return False
            raise
        return True

    def trigger(self, dag: str, run: str, form: Mapping[str, Any]) -> bool:
        """Send a DAG's trigger form under a run id of our own; return whether it is new."""
        body = {"dag_run_id": run, "logical_date": None, "run_after": datetime.now(UTC).isoformat(), "conf": dict(form)}
        try:
            self._ask("POST", f"/api/v2/dags/{dag}/dagRuns", json=body)
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.CONFLICT:
                return False
            raise
        return True

    def runs(self, dag_prefix: str, state: str) -> list[str]:
        """Return the runs in a state of the DAGs whose id begins so, as "dag run"."""
        found = self._ask("GET", "/api/v2/dags/~/dagRuns", params={"state": state, "limit": 1000})
        return [
            f"{run['dag_id']} {run['dag_run_id']}" for run in found["dag_runs"] if run["dag_id"].startswith(dag_prefix)
        ]

    def close(self) -> None:
        """End the session."""
        self._client.close()

    def _ask(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        def once() -> Any:  # noqa: ANN401 - JSON
            response = self._client.request(method, path, headers=self._headers(), **options)
            if response.status_code == httpx.codes.UNAUTHORIZED:
                self._token = None
                response = self._client.request(method, path, headers=self._headers(), **options)
            response.raise_for_status()
            return response.json()

        return persist(once)

    def _headers(self) -> dict[str, str]:
        if self._token is None:
            response = self._client.post("/auth/token", json={"username": self._name, "password": self._password})
            response.raise_for_status()
            self._token = response.json()["access_token"]
        return {"Authorization": f"Bearer {self._token}"}


def _question(detail: Mapping[str, Any]) -> Question:
    task = detail["task_instance"]
    return Question(
        dag=task["dag_id"],
        run=task["dag_run_id"],
        task=task["task_id"],
        map_index=task["map_index"],
        subject=detail["subject"],
        options=tuple(detail["options"]),
    )
