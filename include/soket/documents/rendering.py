"""Fills Word templates; the same data gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from soket.templates import templates_folder
from soket.text import format_date, format_moment, format_number

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NO_FIGURE = "…"  # stands where a figure is missing

# XML 1.0 allows no other control characters than tab, line feed and carriage return; the last is of no use in Word.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP entry can carry
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def clean(text: str) -> str:
    """Return text without characters that XML cannot hold."""
    return _UNSAFE.sub("", text)


def _clean_all(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _clean_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(each) for each in value]
    return value


def figure(value: float | None, decimals: int | None = None) -> str:
    """Return a figure as printed, "…" where there is none."""
    return NO_FIGURE if value is None else format_number(value, decimals)


def percent(share: float | None) -> str:
    """Return a share as a percentage with one decimal at most, "…" where there is none."""
    if share is None:
        return NO_FIGURE
    return format_number(round(share * 100, 1)) + "%"


def signing_date(place: str, day: date) -> str:
    """Return the place-and-date line with the day left to whoever signs."""
    return f"{place}, ngày       tháng {month_number(day)} năm {day.year}"


def month_number(day: date) -> str:
    """Return a month's number as officials write it: January and February with a nought."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


@cache
def environment() -> SandboxedEnvironment:
    """Return the Jinja environment of documents: escaping, sandboxed, and closed to unknown names."""
    jinja = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    jinja.filters.update(date=format_date, moment=format_moment, figure=figure, percent=percent)
    return jinja


def template(name: str) -> DocxTemplate:
    """Open a template by its name without ending."""
    return DocxTemplate(templates_folder() / "documents" / f"{name}.docx")


def render(name: str, context: Mapping[str, Any], images: Mapping[str, tuple[bytes, int]] | None = None) -> bytes:
    """Fill the template `name`; `images` are PNG bytes with their width in millimetres, by field name."""
    from docx.shared import Mm

    document = template(name)
    fields = _clean_all(context)
    for field, (png, width) in (images or {}).items():
        fields[field] = InlineImage(document, io.BytesIO(png), width=Mm(width)) if png else ""
    document.render(fields, environment(), autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return stable(buffer.getvalue())


def stable(package: bytes, moment: datetime | None = None) -> bytes:
    """Return an Office package with its clock readings replaced, so that equal content is equal bytes."""
    stamp = f"{moment or datetime(2000, 1, 1):%Y-%m-%dT%H:%M:%SZ}".encode()  # noqa: DTZ001 - only its digits are used
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            fixed = zipfile.ZipInfo(entry.filename, _FIXED_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, content)
    return out.getvalue()
