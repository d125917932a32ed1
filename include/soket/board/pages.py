"""Renders pages, and says with each answer what a browser may do with it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from soket.board.history import step_word
from soket.clock import VIETNAM
from soket.faults import MESSAGES
from soket.notices.words import FATES, NOTICES
from soket.plan.words import SEVERITIES, duty_word
from soket.record.acts import UNDOABLE
from soket.record.stale import ARCHIVED
from soket.record.words import DOUBTED, PROGRESS, submission_word
from soket.stages.questions import STAGE_QUESTIONS, act_of
from soket.text import format_date, format_moment, format_number, format_size, format_stamp

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "board"

_POLICY = "Content-Security-Policy"

# Nothing is loaded from elsewhere: names of files and units are strangers' words. No script runs but our own, and that
# only on pages that ask whether anything is new.
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
_LIVE_POLICY = f"{_PAGE_POLICY}; script-src 'self'; connect-src 'self'"
_FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

# A mail's page styles itself; no script of it runs, it asks nothing of anyone, and it is of no origin.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"

# Notes of these steps of a stage are Markdown.
_MARKDOWN_STEPS = frozenset({"dossier"})

_OWN_STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_PLAIN = " .,:;()/-–"

_COMMON = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
_SHOWN = {
    **_COMMON,
    _POLICY: _PAGE_POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "private, no-cache",
}


def _moment(moment: datetime) -> str:
    """Return a moment for tables, dd/mm/yyyy hh:mm, Vietnam time."""
    return format_stamp(moment.astimezone(VIETNAM))


def _percent(part: int, whole: int) -> str:
    return f"{format_number(100 * part / whole, 0)}%" if whole else "–"


def _dialled(phone: str) -> str:
    """Return a telephone number as a telephone takes it."""
    return "".join(each for each in phone if each in "+0123456789")


def _markdown(text: str) -> Markup:
    """Return Markdown as a page shows it. Strangers' words are in it: no HTML of theirs, no links, no pictures."""
    writer = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "reference"])
    return Markup(writer.render(text))  # noqa: S704 - everything but Markdown's own elements is escaped


@lru_cache(maxsize=8)
def _environment(templates: Path) -> Environment:
    """Return what fills the templates of a folder, each compiled once for all who show them."""
    environment = Environment(
        loader=FileSystemLoader((templates, templates.parent / "shared")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        moment=_moment,
        long_moment=format_moment,
        size=format_size,
        percent=_percent,
        sheet_title=_sheet_title,
        day=format_date,
        dialled=_dialled,
        key=quote,
        markdown=_markdown,
    )
    environment.globals.update(
        duty_word=duty_word,
        ARCHIVED=ARCHIVED,
        DOUBTED=DOUBTED,
        FATES=FATES,
        FAULTS=MESSAGES,
        MARKDOWN_STEPS=_MARKDOWN_STEPS,
        NOTICES=NOTICES,
        asks=lambda stage: stage.kind in STAGE_QUESTIONS,
        can_undo=lambda act: isinstance(act, UNDOABLE),
        PROGRESS=PROGRESS,
        question_of=act_of,
        SEVERITIES=SEVERITIES,
        step_word=step_word,
        submission_word=submission_word,
    )
    return environment


class Pages:
    """The templates of the board."""

    def __init__(self, templates: Path = TEMPLATES, policy: str = _PAGE_POLICY, script: str = "board.js") -> None:
        self._shown = {**_SHOWN, _POLICY: policy}
        self._templates = templates
        self.style = (templates / "style.css").read_bytes()
        self.script = (templates / script).read_bytes()
        self._versions = {
            "style_version": hashlib.sha256(self.style).hexdigest()[:12],
            "script_version": hashlib.sha256(self.script).hexdigest()[:12],
        }

    def answer(self, request: Request, template: str, *, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401 - whatever a template shows
        """Return a page, or 304 where the browser has it already."""
        found = _environment(self._templates).get_template(template)
        text = found.render(**{"root": root_of(request), **self._versions, **facts})
        shown = {**self._shown, _POLICY: _LIVE_POLICY} if facts.get("now") else self._shown
        return _unless_known(request, text, _letting_styles(shown, text), status)


def _sheet_title(title: str) -> Markup:
    """Return the style by which each printed sheet of a page has its title."""
    plain = " ".join((title.unescape() if isinstance(title, Markup) else title).split())
    told = "".join(each if each.isalnum() or each in _PLAIN else f"\\{ord(each):x} " for each in plain)
    return Markup(f'@media print{{@page{{@top-left{{content:"{told}";font-size:9pt;white-space:normal}}}}}}')  # noqa: S704 - what is no letter is escaped


def _letting_styles(headers: Mapping[str, str], text: str) -> Mapping[str, str]:
    """Return a page's headers with leave for the styles that it holds, by what they say."""
    if not (own := _OWN_STYLES.findall(text)):
        return headers
    hashes = (b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in own)
    leave = " ".join(["style-src 'self'", *(f"'sha256-{each}'" for each in hashes)])
    return {**headers, _POLICY: headers[_POLICY].replace("style-src 'self'", leave)}


def _unless_known(
    request: Request, text: str, headers: Mapping[str, str], status: int = 200, kind: str = "text/html"
) -> Response:
    body = text.encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {**headers, "ETag": etag}
    if status == 200 and etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    return Response(body, status, told, media_type=f"{kind}; charset=utf-8")


def short_answer(request: Request, text: str) -> Response:
    """Return a few words to our own script, or 304 where it has them already."""
    return _unless_known(request, text, {**_COMMON, "Cache-Control": "private, no-cache"}, kind="text/plain")


def root_of(request: Request) -> str:
    """Return the path that the board is mounted under, as the browser sees it."""
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")


def part_answer(part: bytes, kind: str = "text/css") -> Response:
    """Return a style sheet or a script; its address changes with its content, so it never goes stale."""
    headers = {**_COMMON, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(part, headers=headers, media_type=f"{kind}; charset=utf-8")


def made_page_answer(name: str, data: bytes) -> Response:
    """Return a page, or its style, that was made before; no script runs on it either."""
    kind = "text/css" if name.endswith(".css") else "text/html"
    return Response(data, headers=_SHOWN, media_type=f"{kind}; charset=utf-8")


def mail_answer(page: str) -> Response:
    """Return what a mail shows, for a frame of our own."""
    headers = {**_SHOWN, _POLICY: _MAIL_POLICY, "Cache-Control": "private, no-store"}
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


def data_answer(data: bytes) -> Response:
    """Return JSON to a program."""
    headers = {**_COMMON, _POLICY: _FILE_POLICY, "Cache-Control": "private, no-cache"}
    return Response(data, headers=headers, media_type="application/json")


def file_answer(name: str, data: bytes) -> Response:
    """Return a kept file to be saved, never shown: units wrote it."""
    headers = {
        **_COMMON,
        _POLICY: _FILE_POLICY,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(data, headers=headers, media_type="application/octet-stream")
