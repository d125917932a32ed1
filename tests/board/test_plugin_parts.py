"""What the plugin registers is light, and becomes a board when it is first asked for a page."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI

from soket.board.plugin_parts import EXTERNAL_VIEWS, FASTAPI_APPS, LazyApp

from .browser import Browser


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "{'airflow', 'fastapi', 'starlette', 'jinja2', 'pydantic', 'boto3'}"
    code = f"import sys, soket.board.plugin_parts as parts; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_app_is_built_once_at_the_first_request() -> None:
    built: list[FastAPI] = []

    def build() -> FastAPI:
        app = FastAPI()
        app.get("/hello")(lambda: "hello")
        built.append(app)
        return app

    outer = FastAPI()
    outer.mount("/soket", LazyApp(build))
    with Browser(outer) as browser:
        assert built == []
        assert browser.get("/soket/hello").json() == "hello"
        assert browser.get("/soket/hello").json() == "hello"
    assert len(built) == 1


def test_a_board_that_cannot_be_built_is_tried_again() -> None:
    results = iter([RuntimeError("no bucket"), FastAPI()])

    def build() -> FastAPI:
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    browser = Browser(LazyApp(build))
    with pytest.raises(RuntimeError, match="no bucket"):
        browser.get("/")
    assert browser.get("/").status_code == 404


def test_what_is_registered() -> None:
    assert [app["url_prefix"] for app in FASTAPI_APPS] == ["/soket"]
    assert {view["destination"] for view in EXTERNAL_VIEWS} == {"nav", "dag"}
    assert len({view["url_route"] for view in EXTERNAL_VIEWS}) == len(EXTERNAL_VIEWS)
    for view in EXTERNAL_VIEWS:
        assert str(view["href"]).startswith("soket/")
        ElementTree.fromstring(unquote(str(view["icon"]).removeprefix("data:image/svg+xml,")))  # noqa: S314 - our own
