"""Airflow's own UI speaks Vietnamese: every text it has, in a form it can read, served in place of the English one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse

from conftest import REPOSITORY
from soket.board.ui_language import ENVIRONMENT_VARIABLE, UiLanguage, root_middlewares, texts

from .browser import Browser

VIETNAMESE = REPOSITORY / "include" / "locales" / "vi"
PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\$t\(.*?\)")
# What is said to a machine, or a name that has no other in Vietnamese.
SAME = {"ID", "API", "XCom", "v{{versionCode}}", "{{type}} {{id}}", "+K", "d", "e", "s", "t", "w"}
# A class of ours, and how long after it in English words: what an alert of ours is called says both in Vietnamese.
LEFT_OUT = {("deadlineAlerts", "completionRule"): {"{{interval}}", "{{reference}}"}}
UI_FILE = "/static/i18n/locales/en/{}.json"


def english_folder() -> Path:
    found = find_spec("airflow")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "ui" / "dist" / "i18n" / "locales" / "en"


NAMES = sorted(path.name for path in english_folder().glob("*.json"))


def flat(given: dict[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, text in given.items():
        if isinstance(text, dict):
            yield from flat(text, (*before, key))
        else:
            yield (*before, key), text


def read(file: Path) -> dict[tuple[str, ...], str]:
    return dict(flat(json.loads(file.read_text(encoding="utf-8"))))


def without_plural(key: tuple[str, ...]) -> tuple[str, ...]:
    return (*key[:-1], PLURAL.sub("", key[-1]))


def placeholders(text: str) -> set[str]:
    return {PLURAL.sub("", found.rstrip(")")) for found in PLACEHOLDER.findall(text)}


def test_each_file_of_the_ui_is_there() -> None:
    assert len(NAMES) >= 10
    assert sorted(path.name for path in VIETNAMESE.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_text_is_there_in_the_one_form_that_vietnamese_has(name: str) -> None:
    english, vietnamese = read(english_folder() / name), read(VIETNAMESE / name)
    assert {without_plural(key) for key in vietnamese} == {without_plural(key) for key in english}
    assert not [key for key in vietnamese if PLURAL.search(key[-1]) and not key[-1].endswith("_other")]
    counted = {without_plural(key) for key in english if PLURAL.search(key[-1])}
    assert {without_plural(key) for key in vietnamese if key[-1].endswith("_other")} == counted


@pytest.mark.parametrize("name", NAMES)
def test_each_text_keeps_its_placeholders_and_is_vietnamese(name: str) -> None:
    vietnamese = read(VIETNAMESE / name)
    for key, text in read(english_folder() / name).items():
        ours = vietnamese.get(key) or vietnamese[(*without_plural(key)[:-1], f"{without_plural(key)[-1]}_other")]
        # A singular may spell its number out ("1 Error"), and leave its count out.
        extra = {"{{count}}"} if key[-1].endswith("_one") else LEFT_OUT.get(key, set())
        assert placeholders(text) - extra == placeholders(ours) - extra, key
        assert ours != text or text in SAME, key
        assert ours == unicodedata.normalize("NFC", ours), key


def test_the_ui_finds_a_singular_too() -> None:
    common = texts("vi", "common")
    assert common is not None
    assert common["dag_one"] == common["dag_other"] == "Quy trình"


def airflow_like() -> FastAPI:
    app = FastAPI()
    app.add_middleware(UiLanguage, language="vi")
    page = (english_folder().parents[2] / "index.html").read_text(encoding="utf-8")
    app.get("/dags")(lambda: HTMLResponse(page))
    app.get("/soket/")(lambda: HTMLResponse('<html lang="vi"><head></head>Bảng theo dõi</html>'))
    app.get("/api/v2/version")(lambda: JSONResponse({"lang": "en"}))
    app.get(UI_FILE.format("unknown"))(lambda: JSONResponse({"from": "airflow"}))
    app.get("/static/i18n/locales/ko/common.json")(lambda: JSONResponse({"from": "airflow"}))
    return app


def test_the_texts_are_sent_in_place_of_the_english_ones_and_kept_by_the_browser() -> None:
    with Browser(airflow_like()) as browser:
        sent = browser.get(UI_FILE.format("common"))
        assert sent.json()["nav"]["dags"] == "Quy trình"
        again = browser.get(UI_FILE.format("common"), headers={"If-None-Match": sent.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert browser.head(UI_FILE.format("common")).content == b""


def test_under_a_path_of_a_proxy_too() -> None:
    with Browser(airflow_like(), root_path="/airflow") as browser:
        assert browser.get("/airflow" + UI_FILE.format("dag")).json()["tabs"]["runs"] == "Lượt chạy"


def test_everything_else_is_airflows() -> None:
    with Browser(airflow_like()) as browser:
        assert browser.get(UI_FILE.format("unknown")).json() == {"from": "airflow"}
        assert browser.get("/static/i18n/locales/ko/common.json").json() == {"from": "airflow"}
        assert browser.get("/api/v2/version").json() == {"lang": "en"}
        assert browser.get("/soket/").text == '<html lang="vi"><head></head>Bảng theo dõi</html>'
        assert browser.get(UI_FILE.format("..%2f..%2fnq06")).status_code == 404


def test_the_page_says_its_language_and_shows_the_time_of_the_place() -> None:
    with Browser(airflow_like()) as browser:
        page = browser.get("/dags")
        assert 'lang="vi"' in page.text
        assert "Asia/Ho_Chi_Minh" in page.text
        assert int(page.headers["content-length"]) == len(page.content)


def test_it_is_registered_for_a_language_we_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "vi")
    assert [part["middleware"] for part in root_middlewares()] == [UiLanguage]
    for other in ("en", "fr", "../templates", ""):
        monkeypatch.setenv(ENVIRONMENT_VARIABLE, other)
        assert root_middlewares() == []


def test_the_guide_names_what_the_ui_shows() -> None:
    shown = {text for name in NAMES for text in read(VIETNAMESE / name).values()}
    guide = (REPOSITORY / "docs" / "huong-dan-van-hanh.md").read_text(encoding="utf-8")
    for word in ("Chạy", "Làm lại", "Việc chờ trả lời", "Chờ trả lời"):
        assert any(text.startswith(word) for text in shown), word
        assert f"**{word}**" in guide or f"“{word}”" in guide, word
