"""Airflow's API, asked inside the server that shows the board, as whoever looks: with their credential and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import anyio.from_thread
import httpx
from fastapi import Request
from starlette.types import ASGIApp

from soket.board import SERVER

_COOKIE = "_token"  # Airflow's


class AirflowRefusedError(Exception):
    """Airflow did not take what was asked of it; the message is its own, the status HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class AirflowQuestion:
    """A question that waits for somebody's answer."""

    dag: str
    run: str
    task: str
    index: int
    subject: str
    body: str
    options: tuple[str, ...]
    params: Mapping[str, Mapping[str, Any]]  # name -> value and JSON schema
    assigned: tuple[str, ...]  # accounts

    @property
    def address(self) -> str:
        """Where it is answered."""
        return f"/dags/{self.dag}/dagRuns/{self.run}/taskInstances/{self.task}/{self.index}/hitlDetails"


@dataclass(frozen=True)
class AirflowRerun:
    """How far runs have come that run again."""

    over: bool
    failed: bool


class AirflowApi:
    """The API, for one request of a viewer."""

    def __init__(self, server: ASGIApp, credential: str) -> None:
        self._server = server
        self._credential = credential

    @classmethod
    def of(cls, request: Request) -> AirflowApi:
        """Return the API of the server that a request came to, for whoever sent it."""
        sent = request.headers.get("authorization") or f"Bearer {request.cookies.get(_COOKIE, '')}"
        return cls(request.scope[SERVER], sent)

    def trigger(self, dag: str, run: str, form: Mapping[str, str | int]) -> None:
        """Send a DAG's form under a run id of our own; one that was sent before is not sent again."""
        try:
            self._ask("POST", f"/dags/{dag}/dagRuns", {"dag_run_id": run, "logical_date": None, "conf": dict(form)})
        except AirflowRefusedError as refused:
            if refused.status != httpx.codes.CONFLICT:
                raise

    def run_state(self, dag: str, run: str) -> str:
        """Return the state of a run."""
        return str(self._ask("GET", f"/dags/{dag}/dagRuns/{run}")["state"])

    def rerun(self, dag: str, first: datetime, last: datetime) -> int | None:
        """Have the runs of a DAG that are dated so run again; return the number of that work, None where all go on yet.

        Raises AirflowRefusedError: with 409 where they are run again already.
        """
        wanted = {"dag_id": dag, "from_date": first.isoformat(), "to_date": last.isoformat()}
        wanted["reprocess_behavior"] = "completed"
        if not self._ask("POST", "/backfills/dry_run", wanted)["backfills"]:
            return None
        return int(self._ask("POST", "/backfills", wanted)["id"])

    def rerun_of(self, dag: str, number: int) -> AirflowRerun | None:
        """Return how far the runs of a DAG have come that run again; None where that work is not this DAG's."""
        told = self._ask("GET", f"/backfills/{number}")
        if told["dag_id"] != dag:
            return None
        dated = {"logical_date_gte": told["from_date"], "logical_date_lte": told["to_date"]}
        query = urlencode({"run_type": "backfill", "state": "failed", "limit": 1, **dated})
        failed = self._ask("GET", f"/dags/{dag}/dagRuns?{query}")["dag_runs"]
        return AirflowRerun(over=told["completed_at"] is not None, failed=bool(failed))

    def question(self, dag: str) -> AirflowQuestion | None:
        """Return what a DAG asks and waits for: the latest, if it asks anything."""
        query = "response_received=false&state=awaiting_input&order_by=-created_at&limit=1"
        found = self._ask("GET", f"/dags/{dag}/dagRuns/~/hitlDetails?{query}")["hitl_details"]
        return _question(found[0]) if found else None

    def answer(self, question: AirflowQuestion, option: str, filled: Mapping[str, str | None]) -> None:
        """Answer a question; raises AirflowRefusedError where it is not the viewer's to answer, or answered."""
        self._ask("PATCH", question.address, {"chosen_options": [option], "params_input": dict(filled)})

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        answer = anyio.from_thread.run(self._asked, method, path, body)
        if answer.is_success:
            return answer.json()
        try:
            detail = answer.json()["detail"]
        except (ValueError, KeyError, TypeError):
            detail = answer.reason_phrase
        raise AirflowRefusedError(answer.status_code, str(detail))

    async def _asked(self, method: str, path: str, body: Mapping[str, Any] | None) -> httpx.Response:
        inside = httpx.ASGITransport(self._server, raise_app_exceptions=False)
        headers = {"Authorization": self._credential}
        async with httpx.AsyncClient(transport=inside, base_url="http://board", headers=headers) as client:
            return await client.request(method, f"/api/v2{path}", json=body)


def _question(told: Mapping[str, Any]) -> AirflowQuestion:
    task = told["task_instance"]
    return AirflowQuestion(
        dag=task["dag_id"],
        run=task["dag_run_id"],
        task=task["task_id"],
        index=task["map_index"],
        subject=told["subject"],
        body=told["body"] or "",
        options=tuple(told["options"]),
        params=told["params"],
        assigned=tuple(each["id"] for each in told["assigned_users"]),
    )
