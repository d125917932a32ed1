"""A second plan beside the campaign's, a draft of it to appraise, and visitors who try what is not theirs."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Collection
from typing import Any

import docx
import httpx

from board.forms import form_in
from conftest import REPOSITORY
from demo.airflow_api import AirflowUser, Question
from demo.world import World
from e2e.live import until
from soket.record.filing import file_stage_record
from soket.record.workspace import Workspace, open_workspace
from soket.stack.credentials import Credentials

# Its campaigns are years away, so that nothing of it runs by itself.
CAMPAIGN = "2051"
OTHER_PLAN = (
    (REPOSITORY / "tests" / "plan" / "small.yaml")
    .read_text(encoding="utf-8")
    .replace("2021", CAMPAIGN)
    .replace("2023", "2053")
)

READING = 5.0  # seconds
_DRAFT = "ubnd_draft"


class Visitor:
    """An account that asks Airflow and the board for things."""

    def __init__(self, world: World, account: str) -> None:
        self._client = httpx.Client(base_url=world.url, timeout=30, trust_env=False)
        login = {"username": account, "password": Credentials.load(world.state).accounts[account]}
        token = self._client.post("/auth/token", json=login).raise_for_status().json()["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"
        # A browser has the same token in a cookie.
        self._browser = httpx.Client(base_url=world.url, timeout=30, trust_env=False, cookies={"_token": token})

    def close(self) -> None:
        """End the session."""
        self._client.close()
        self._browser.close()

    def fills(self, address: str, **fields: str) -> httpx.Response:
        """Fill in the form of a page of the board and send it as a browser does; return where that leads."""
        return self.sends(self._browser.get(address).raise_for_status().text, **fields)

    def sends(self, page: str, **fields: str) -> httpx.Response:
        """Send the form in a page, filled in."""
        action, hidden = form_in(page)
        return self._browser.post(action, data={**hidden, **fields}, follow_redirects=True)

    def asks(self, method: str, address: str, body: Any = None) -> int:
        """Return the status with which a request is answered."""
        return self._client.request(method, address, json=body).status_code

    def gets(self, address: str) -> Any:
        """Return what is at an address."""
        return self._client.get(address).raise_for_status().json()

    def page(self, address: str) -> str:
        """Return a page of the board."""
        return self._client.get(address).raise_for_status().text

    def dags(self) -> list[str]:
        """Return the DAGs that the account sees."""
        return [dag["dag_id"] for dag in self.gets("/api/v2/dags?limit=100")["dags"]]

    def states(self, dag: str) -> set[str]:
        """Return the states of a DAG's runs."""
        return {run["state"] for run in self.gets(f"/api/v2/dags/{dag}/dagRuns")["dag_runs"]}

    def triggers(self, dag: str, run: str, conf: dict[str, str]) -> None:
        """Start a run, once."""
        body = {"dag_run_id": run, "logical_date": None, "conf": conf}
        assert self.asks("POST", f"/api/v2/dags/{dag}/dagRuns", body) in (200, 409)


def draft_of_the_other_plan() -> Workspace:
    """Leave an official draft of the second plan that waits for its appraisal; return the campaign."""
    workspace = open_workspace("small", CAMPAIGN)
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("I. Kết quả")
    document.save(data)
    for step in ("working", "official"):
        key = workspace.keys.stage(_DRAFT, 1, f"{step}.docx")
        workspace.store.put(key, data.getvalue())
        file_stage_record(workspace, _DRAFT, 1, step, "Dự thảo.", products=(key,))
    file_stage_record(workspace, _DRAFT, 1, "done", "Xong.")
    return workspace


class Desk:
    """An account at the questions of one step."""

    def __init__(self, world: World, account: str, dag: str, task: str) -> None:
        self._user = AirflowUser(world.url, account, Credentials.load(world.state).accounts[account])
        self._dag, self._task = dag, task
        self._seen: dict[str, float] = {}

    def close(self) -> None:
        """End the session."""
        self._user.close()

    def asked(self, but: Collection[str] = ()) -> Question:
        """Wait for a question of a run that is not among others, until it has stood there for as long as people need.

        Airflow asks again, in the same run, what is answered while the process that asked is still going home.
        """

        def waits() -> list[Question]:
            now = time.monotonic()
            found = [each for each in self._user.questions(self._dag, self._task) if each.run not in but]
            self._seen = {each.run: self._seen.get(each.run, now) for each in found}
            return [each for each in found if now - self._seen[each.run] > READING]

        until(lambda: bool(waits()), f"{self._task} asks")
        (question,) = waits()
        return question

    def answers(self, visitor: Visitor, option: str, seen: Callable[[], bool], reason: str | None = None) -> None:
        """Answer what is asked, and again where Airflow asks again in the same run, until something is seen."""
        question = self.asked()

        def answered() -> bool:
            if not seen() and self._user.questions(self._dag, self._task) == [question]:
                assert visitor.asks("PATCH", f"{step(self.asked())}/-1/hitlDetails", reply(option, reason)) == 200
            return seen()

        until(answered, f"«{option}» is taken")


def step(question: Question) -> str:
    """Return the address of a question's step."""
    return f"/api/v2/dags/{question.dag}/dagRuns/{question.run}/taskInstances/{question.task}"


def reply(option: str, reason: str | None = None) -> dict[str, Any]:
    """Return an answer with nothing filled in but a reason, where there is one."""
    return {"chosen_options": [option], "params_input": {"reason": reason, "document_number": None}}
