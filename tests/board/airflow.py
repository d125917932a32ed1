"""As much of Airflow's API as the board asks for, around a board: runs of the DAG of acts, and a question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from fastapi import FastAPI, HTTPException, Request

from soket.board.access import Viewer
from soket.board.plugin_parts import LazyApp
from soket.record.workspace import Workspace
from soket.stages.actions import record_acts
from soket.stages.refusing import Actor, ActRefusedError


def signed_in(request: Request) -> Viewer:
    """Let in whoever has a token; it is the account's name."""
    account = request.cookies.get("_token")
    if not account:
        raise HTTPException(401, "Not authenticated")
    return Viewer(account, lambda plan: True)


class FakeAirflow:
    """An API server with the board inside; `works` runs what it is sent at once, as the DAG would."""

    def __init__(self, make_board: Callable[..., FastAPI], workspace: Workspace) -> None:
        self.workspace = workspace
        self.works = True
        self.answers_with = 200  # else a status that it refuses with
        self.runs: dict[str, dict[str, Any]] = {}
        self.states: dict[str, str] = {}
        self.question: dict[str, Any] | None = None
        self.reruns: list[dict[str, str]] = []
        self.rerun_ends: str | None = None  # how: "success", "failed"; it goes on yet where nothing is said
        self.runs_on = False  # what was to run again has not ended
        self.answers: list[tuple[str, dict[str, Any]]] = []
        self.app = FastAPI()
        self.app.mount("/soket", LazyApp(lambda: make_board(signed_in)))
        self.app.post("/api/v2/dags/{dag}/dagRuns")(self.trigger)
        self.app.get("/api/v2/dags/{dag}/dagRuns/~/hitlDetails")(self.questions)
        self.app.post("/api/v2/backfills/dry_run")(self.would_rerun)
        self.app.post("/api/v2/backfills")(self.rerun)
        self.app.get("/api/v2/backfills/{number}")(self.rerun_of)
        self.app.get("/api/v2/dags/{dag}/dagRuns")(self.failed_runs)
        self.app.get("/api/v2/dags/{dag}/dagRuns/{run}")(self.run)
        self.app.patch("/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/{index}/hitlDetails")(self.answer)

    def _account(self, request: Request) -> str:
        account = request.headers["authorization"].removeprefix("Bearer ")
        if not account or self.answers_with != 200:
            raise HTTPException(self.answers_with if account else 401, "no")
        return account

    async def trigger(self, request: Request, dag: str) -> dict[str, Any]:
        account, body = self._account(request), await request.json()
        run = body["dag_run_id"]
        if run in self.runs:
            raise HTTPException(409, "there is such a run")
        self.runs[run] = {"dag": dag, "account": account, **body["conf"]}
        if self.works:
            self.record(run)
        return {"dag_run_id": run}

    def record(self, run: str) -> None:
        """Do what the DAG of acts does."""
        sent = self.runs[run]
        form = {name: value for name, value in sent.items() if name not in ("dag", "account", "campaign")}
        with suppress(ActRefusedError):
            record_acts(self.workspace, form=form, entry=run, actor=Actor(sent["account"]))
        self.states[run] = "success"

    def run(self, request: Request, dag: str, run: str) -> dict[str, str]:
        self._account(request)
        return {"state": self.states.get(run, "running")}

    def would_rerun(self, request: Request) -> dict[str, Any]:
        self._account(request)
        return {"backfills": [] if self.runs_on else [{"logical_date": "2021-11-05T00:00:00Z"}]}

    async def rerun(self, request: Request) -> dict[str, int]:
        account, body = self._account(request), await request.json()
        if self.reruns and self.rerun_ends is None:
            raise HTTPException(409, "There is already a running backfill")
        self.reruns.append({"account": account, **body})
        return {"id": len(self.reruns)}

    def rerun_of(self, request: Request, number: int) -> dict[str, Any]:
        self._account(request)
        if not 0 < number <= len(self.reruns):
            raise HTTPException(404, "Backfill not found")
        return {**self.reruns[number - 1], "completed_at": self.rerun_ends and "2021-11-05T03:00:00Z"}

    def failed_runs(self, request: Request, dag: str) -> dict[str, list[str]]:
        self._account(request)
        return {"dag_runs": [dag] if self.rerun_ends == "failed" else []}

    def questions(self, request: Request, dag: str) -> dict[str, Any]:
        self._account(request)
        asked = self.question
        return {"hitl_details": [asked] if asked and asked["task_instance"]["dag_id"] == dag else []}

    async def answer(self, request: Request, dag: str, run: str, task: str, index: int) -> dict[str, Any]:
        self.answers.append((self._account(request), await request.json()))
        self.question = None
        return {}
