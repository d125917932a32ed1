"""Airflow's own UI in another language: served in place of its English texts.

Airflow's bundle holds a fixed list of languages, and reads their texts as files: whoever chooses none of the others,
gets those of `en`. So the texts of `include/locales/<language>/`, which follow Airflow's own form, are
sent for these.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ENVIRONMENT_VARIABLE = "SOKET_UI_LANGUAGE"
TIMEZONE = "Asia/Ho_Chi_Minh"

_LOCALES = Path(__file__).resolve().parents[2] / "locales"
_ENGLISH = re.compile(r"/static/i18n/locales/en/([a-z]+)\.json")
_PAGE = (b"<head>", b'<div id="root"')
# The UI keeps the time zone its user chose here, as JSON; until then it shows the browser's. And it sets the page's
# language itself: a screen reader would read Vietnamese as English.
_SCRIPT = """<script>
localStorage.timezone ??= '"%s"';
new MutationObserver(() => {
  const page = document.documentElement;
  if (page.lang === "en") page.lang = "%s";
}).observe(document.documentElement, {attributeFilter: ["lang"]});
</script>"""


def root_middlewares() -> list[dict[str, object]]:
    """Return what the Airflow plugin registers: nothing, where SOKET_UI_LANGUAGE names no language we have."""
    language = os.environ.get(ENVIRONMENT_VARIABLE, "")
    if language not in languages():
        return []
    return [{"name": "soket-ui-language", "middleware": UiLanguage, "kwargs": {"language": language}}]


def languages() -> list[str]:
    """Return the languages that Airflow's UI can be served in here, beside its own."""
    return sorted(folder.name for folder in _LOCALES.iterdir() if folder.is_dir())


def texts(language: str, name: str) -> dict[str, Any] | None:
    """Return one of the UI's files of texts in a language; None where there is none of that name.

    A language without plural has but the form `…_other`; the UI, which believes it shows English, asks for `…_one` too.
    """
    file = _LOCALES / language / f"{name}.json"
    if not file.is_file():
        return None
    return _with_singulars(json.loads(file.read_text(encoding="utf-8")))


def _with_singulars(texts: dict[str, Any]) -> dict[str, Any]:
    singulars = {
        f"{key.removesuffix('_other')}_one": text
        for key, text in texts.items()
        if key.endswith("_other") and isinstance(text, str)
    }
    given = {key: _with_singulars(text) if isinstance(text, dict) else text for key, text in texts.items()}
    return singulars | given


@cache
def _file(language: str, name: str) -> tuple[bytes, bytes] | None:
    """Return what is sent for one of the UI's files, and its mark for the browser's cache."""
    found = texts(language, name)
    if found is None:
        return None
    content = json.dumps(found, ensure_ascii=False).encode()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'.encode()


class UiLanguage:
    """ASGI middleware: serves the texts of a language as English, says so on the page, shows the time of the place."""

    def __init__(self, app: App, language: str) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the texts, pass everything else on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        asked = _ENGLISH.fullmatch(path)
        file = _file(self._language, asked[1]) if asked else None
        if file is not None:
            await _send_file(scope, send, *file)
        else:
            await self._app(scope, receive, self._telling(send))

    def _telling(self, send: Send) -> Send:
        """Return a sender that says on the UI's page which language it is in."""
        start: Message | None = None

        async def told(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is not None:
                held, start = start, None
                body = message.get("body", b"")
                if not message.get("more_body") and all(mark in body for mark in _PAGE):
                    body = self._page(body)
                    headers = [(name, value) for name, value in held["headers"] if name.lower() != b"content-length"]
                    held = {**held, "headers": [*headers, (b"content-length", str(len(body)).encode())]}
                    message = {**message, "body": body}
                await send(held)
            await send(message)

        return told

    def _page(self, body: bytes) -> bytes:
        script = (_SCRIPT % (TIMEZONE, self._language)).encode()
        named = body.replace(b'lang="en"', f'lang="{self._language}"'.encode(), 1)
        return named.replace(b"<head>", b"<head>" + script, 1)


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and any(
        name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"]
    )


async def _send_file(scope: Scope, send: Send, content: bytes, mark: bytes) -> None:
    known = dict(scope["headers"]).get(b"if-none-match") == mark
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"etag", mark), (b"cache-control", b"no-cache")]
    if not known:
        headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": 304 if known else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if known or scope["method"] == "HEAD" else content})
