"""Odd requests to every address of the units' page and of the board, drawn from how these describe themselves."""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import requests
import schemathesis
from fastapi import FastAPI, HTTPException
from httpx import Response
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, Case, GenerationMode

from board.browser import Browser
from board.campaigns import a_campaign_in_the_middle
from conftest import Desk
from page.conftest import NEIGHBOUR, UNIT, Clerk
from soket.board.access import Viewer
from soket.board.app import create_app as create_board
from soket.record.seal import read_seal

DRAWN = settings(
    max_examples=int(os.environ.get("REQUESTS", "3")),
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ADDRESS = "http://testserver"
ODD = (
    "..",
    "-1",
    "9" * 30,
    "a\x00b",
    "<img src=x>'\"",
    "..\\..\\x",
    "{{7*7}}",
    "%2e%2e",
    "٣",
    "x" * 3_000,
    "\r\nX-A: b",
)
PLACE = ("plan", "campaign", "unit")  # without which no request gets anywhere
ASKS_AIRFLOW = ("/sent/", "/questions/", "/reruns/")


def described(app: FastAPI, known: Mapping[str, Sequence[str]]) -> list[APIOperation[Any, Any, Any, Any]]:
    """Return what an app takes; parts of its addresses are those that there are and, but for the place, odd ones."""
    schema = app.openapi()
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    name = parameter["name"]
                    parameter["schema"] = {
                        "enum": [*known.get(name, ()), *(ODD if name not in known or name not in PLACE else ())]
                    }
            if method == "post" and "requestBody" not in operation:  # forms whose fields are told at run time
                form = {"schema": {"type": "object", "additionalProperties": {"type": "string"}}}
                operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": form}}
    return [found.ok() for found in schemathesis.openapi.from_dict(schema).get_all_operations()]


def sent(browser: Browser, case: Case) -> Response:
    """Send what was drawn, byte by byte as another program would."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url=ADDRESS)).prepare()
    headers = {name: value for name, value in prepared.headers.items() if name.lower() not in ("cookie", "user-agent")}
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    return browser.request(str(prepared.method), str(prepared.url), content=body, headers=headers)


def drawn(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> list[Case]:
    """Return some requests to an address."""
    found: list[Case] = []

    @DRAWN
    @given(operation.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        found.append(case)

    draw()
    return found


def every(app: FastAPI, known: Mapping[str, Sequence[str]], browser: Browser) -> Iterator[tuple[Case, Response]]:
    """Yield some requests to each address of an app with their answers; forms also with what does not fit them."""
    for operation in described(app, known):
        for mode in GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if operation.body else []):
            for case in drawn(operation, mode):
                yield case, sent(browser, case)


def told(case: Case, answer: Response) -> str:
    return f"{case.method} {case.formatted_path[:200]} {str(case.body)[:200]}: {answer.status_code}"


def check(case: Case, answer: Response) -> None:
    """What holds of any answer: it is no failure, tells nothing of our insides, and runs nothing of a stranger's."""
    assert answer.status_code < 500, told(case, answer)
    assert "Traceback" not in answer.text, told(case, answer)
    assert "x-a" not in answer.headers, told(case, answer)
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<img src=x>" not in answer.text, told(case, answer)
        assert ">49<" not in answer.text, told(case, answer)
        assert "default-src 'none'" in answer.headers["content-security-policy"], told(case, answer)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No limit of tries, of which others tests are, nor a failure that is only logged."""
    monkeypatch.setattr("soket.page.app._WRONG_LINKS", 1_000_000)
    monkeypatch.setattr("soket.page.app._LINK_ASKS", 1_000_000)
    with caplog.at_level(logging.ERROR):
        yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def names_of(desk: Desk, clerk: Clerk) -> dict[str, list[str]]:
    file = clerk.put_in("a.docx", b"x" * 20)
    return {
        "plan": [desk.plan.id],
        "campaign": [desk.campaign.code],
        "unit": [UNIT, NEIGHBOUR],
        "office": ["btg"],
        "stage": [stage.id for stage in desk.plan.stages],
        "number": ["1", "2"],
        "file_id": [file],
        "key": [f"inbox/{desk.plan.id}/{desk.campaign.code}/{NEIGHBOUR}/a.docx", "mail/seal"],
        "token": [clerk.link_of(NEIGHBOUR).rpartition("/")[2][:-2] + "xx"],
    }


def others(desk: Desk, before: dict[str, Any]) -> list[str]:
    """Return what was written, changed or removed that is not the unit's own to bring."""
    own = re.compile(
        rf"(staging|inbox|refusals|handovers)/nq06/2021/{UNIT}/|replies/nq06/2021/|register/|mail/(asks|codes)"
    )
    now = desk.store.objects
    return [key for key in before.keys() | now.keys() if before.get(key) != now.get(key) and not own.match(key)]


@pytest.mark.usefixtures("unlimited")
def test_no_request_of_a_unit_fails_or_reaches_what_is_anothers(office: Desk) -> None:
    clerk = Clerk(office).come_in()
    known = names_of(office, clerk)
    before = dict(office.store.objects)
    told_of = Counter[int]()
    for case, answer in every(clerk.app, known, clerk):
        check(case, answer)
        inside = f"/{NEIGHBOUR}" in case.formatted_path
        assert not (inside and answer.status_code == 200), told(case, answer)
        told_of[answer.status_code] += 1
    assert {200, 303, 404, 409, 422} <= set(told_of)
    assert told_of[404] < told_of.total() * 0.7  # else these knock at no door
    assert others(office, before) == []


@pytest.mark.usefixtures("unlimited")
def test_no_request_of_a_stranger_opens_anything(office: Desk) -> None:
    known = names_of(office, Clerk(office).come_in())
    before = dict(office.store.objects)
    stranger = Clerk(office)
    lost = {name: names for name, names in known.items() if name not in PLACE}
    for case, answer in (*every(stranger.app, lost, stranger), *every(stranger.app, known, stranger)):
        check(case, answer)
        open_to_all = case.path in (
            "/-/style.css",
            "/-/page.js",
            "/-/check.js",
            "/{plan}/{campaign}/",
            "/kiem-tra/{code}",
        )
        assert open_to_all or answer.status_code != 200, told(case, answer)
        assert "set-cookie" not in answer.headers, told(case, answer)
    assert others(office, before) == []


def nobody() -> Viewer:
    raise HTTPException(401)


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("who", [Viewer("vptu", lambda plan: True), Viewer("khac", lambda plan: False), None])
def test_no_request_to_the_board_fails_or_changes_anything(who: Viewer | None) -> None:
    workspace = a_campaign_in_the_middle()
    plan = workspace.plan
    authenticate = (lambda: who) if who else nobody
    app = create_board(lambda name, campaign: workspace, lambda: ([plan], []), authenticate)
    known = {
        "plan": [plan.id],
        "campaign": [workspace.campaign.code],
        "unit": [plan.units[0].code],
        "stage": [plan.stages[0].id],
        "number": ["1"],
        "key": ["mail/seal", "inbox/x/y"],
        "notice": ["receipt.huyen_uy_01.n1"],
        "act": ["extension", "message"],
        "name": ["index.html", "style.css"],
        "run": ["x"],
        "since": ["20211101T090000"],
        "dag_id": [f"{plan.id}.actions"],
    }
    browser = Browser(app, follow_redirects=False, raise_server_exceptions=False)
    read_seal(workspace.store)  # made at the first asking, by whoever asks
    before = dict(workspace.store.objects)  # type: ignore[attr-defined]
    for case, answer in every(app, known, browser):
        if who and who.may_see("") and any(part in case.path for part in ASKS_AIRFLOW):
            continue
        check(case, answer)
        if not case.path.startswith("/-/") and not (who and who.may_see("")):
            assert answer.status_code != 200 or (who and case.path == "/"), told(case, answer)
    assert workspace.store.objects == before  # type: ignore[attr-defined]
