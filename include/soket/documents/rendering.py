"""Fills Word templates; the same data gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from soket.documents.bookmarks import take_out
from soket.documents.finishing import finish, without_spare_parts
from soket.documents.framing import frame
from soket.documents.letterhead import Head
from soket.documents.provenance import at_work
from soket.folders import templates_folder
from soket.plan.papers import who_report
from soket.reading.containers import timeless_entry
from soket.text import format_date, format_moment, format_number, lower_first, name_inside, subject_of

NO_FIGURE = "…"  # stands where a figure is missing

# XML 1.0 allows no other control characters than tab, line feed and carriage return; the last is of no use in Word.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = str.maketrans("«»", "“”")
_QUOTE = re.compile("[\ue000-\ue002]")  # stands around somebody's own words
_FIXED_STAMP = b"1980-01-01T00:00:00Z"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def clean(text: str) -> str:
    """Return text without characters that XML cannot hold."""
    return text if text.isprintable() else _UNSAFE.sub("", text)  # what can be printed has none, and is most


def _finalize(value: object) -> object:
    # Markup and drawings bring their own XML.
    return in_print(clean(value)) if isinstance(value, str) and not hasattr(value, "__html__") else value


def in_print(text: str) -> str:
    """Return text with the quotation marks of papers, whatever marks a message has; a quote itself stays as it is."""
    return text if _QUOTE.search(text) else text.translate(_MARKS)


def figure(value: float | None, decimals: int | None = None) -> str:
    """Return a figure as printed, "…" where there is none."""
    return NO_FIGURE if value is None else format_number(value, decimals)


def percent(share: float | None) -> str:
    """Return a share as a percentage with one decimal at most, "…" where there is none."""
    if share is None:
        return NO_FIGURE
    return format_number(round(share * 100, 1)) + "%"


class _Remembering(SandboxedEnvironment):
    """Compiles each part of a template once: thousands of slips come from one."""

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401 - as its parent
        """Return the template of a source."""
        if args or kwargs or not isinstance(source, str):
            return super().from_string(source, *args, **kwargs)
        return self._compiled(source)

    @lru_cache(maxsize=200)  # noqa: B019 - there is one environment, for as long as the process
    def _compiled(self, source: str) -> Template:
        return super().from_string(source)


@cache
def environment() -> SandboxedEnvironment:
    """Return the Jinja environment of documents: escaping, sandboxed, and closed to unknown names."""
    jinja = _Remembering(autoescape=True, undefined=StrictUndefined, finalize=_finalize)
    jinja.filters.update(
        date=format_date,
        moment=format_moment,
        figure=figure,
        percent=percent,
        lower_first=lower_first,
        name_inside=name_inside,
        subject=subject_of,
        who_report=who_report,
    )
    return jinja


def template(name: str) -> DocxTemplate:
    """Open a template by its name without ending."""
    opened = DocxTemplate(templates_folder() / "documents" / f"{name}.docx")
    opened.patch_xml = _made_fit
    return opened


@lru_cache(maxsize=200)
def _made_fit(part: str) -> str:
    """Return a part of a template as Jinja can read it: as with compiling, once is enough."""
    return str(DocxTemplate.patch_xml(None, part))  # it asks nothing of the template itself


class Drawn(ABC):
    """What brings a drawing of its own into a document, with the parts that it is made of."""

    @abstractmethod
    def drawing(self, part: Any) -> str:  # noqa: ANN401 - docx has no types
        """Return the drawing's XML, after what it needs was put beside the part that it is to stand in."""


@dataclass(frozen=True)
class _DrawnHere:
    """A drawing at its place: Jinja asks for it when it gets there."""

    document: DocxTemplate
    drawn: Drawn

    def __html__(self) -> str:
        drawing = self.drawn.drawing(self.document.current_rendering_part)
        return f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


@dataclass(frozen=True)
class FileLink:
    """Words that lead to a bookmark of a Word file that lies beside the paper."""

    words: str
    file: str
    name: str

    def __html__(self) -> str:
        words = escape(self.words)
        field = f'HYPERLINK "{escape(self.file)}" \\l "{escape(self.name)}"'.replace('"', "&quot;")
        link = '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>'
        run = f"<w:r>{link}<w:t>{words}</w:t></w:r>"
        return f'</w:t></w:r><w:fldSimple w:instr=" {field} ">{run}</w:fldSimple><w:r><w:t xml:space="preserve">'


@dataclass(frozen=True)
class Fields:
    """What a template asks for: what there is nothing of, and what it fills in."""

    unknown: frozenset[str]
    filled: frozenset[str]


_watcher: ContextVar[Callable[[Fields], object] | None] = ContextVar("_watcher", default=None)


@contextmanager
def watching_fields(tell: Callable[[Fields], object]) -> Iterator[None]:
    """Have each paper's fields told, also those in branches that are not taken."""
    before = _watcher.set(tell)
    try:
        yield
    finally:
        _watcher.reset(before)


def render(name: str, context: Mapping[str, Any], complete: Callable[[Any], None] | None = None) -> bytes:
    """Fill the template `name`, in the form of its `head`; what is `Drawn` anywhere in the context is drawn there.

    What a document needs that no template can hold, `complete` puts in at the end.
    """
    document = template(name)
    head: Head = context["head"]
    frame(document.get_docx(), head.edition)
    fields = _with_drawings(document, context)
    if (tell := _watcher.get()) is not None:
        asked = document.get_undeclared_template_variables(environment())
        tell(Fields(frozenset(asked - set(context)), frozenset(asked & set(context))))
    document.render(fields, environment(), autoescape=True)
    for table in document.docx.element.body.iter(qn("w:tbl")):
        _fit_grid(table)
    if complete:
        complete(document.docx)
    tracer = at_work()
    passages = take_out(tracer, document.docx) if tracer else ()
    finish(document.docx, head)
    without_spare_parts(document.docx)
    buffer = io.BytesIO()
    document.save(buffer)
    paper = stable(buffer.getvalue())
    if tracer:
        tracer.keep(paper, passages)
    return paper


def _with_drawings(document: DocxTemplate, value: Any) -> Any:  # noqa: ANN401 - a context holds anything
    if isinstance(value, Drawn):
        return _DrawnHere(document, value)
    if isinstance(value, Mapping):
        return {key: _with_drawings(document, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_drawings(document, each) for each in value]
    return value


def _fit_grid(table: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Give a table as many grid columns as its fullest row has cells, and the template's width to all of them.

    Loops over columns add some, and conditions take some away.
    """
    rows: list[list[Any]] = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    fullest = max(rows, key=len, default=[])
    if not fullest or any(_width(cell) is None for cell in fullest):
        return
    total = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if total is not None and total.get(qn("w:type")) == "dxa":
        share = int(total.get(qn("w:w"))) / sum(int(_width(cell).get(qn("w:w"))) for cell in fullest)
        for width in (each for row in rows for cell in row if (each := _width(cell)) is not None):
            width.set(qn("w:w"), str(round(int(width.get(qn("w:w"))) * share)))
    grid = table.find(qn("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    for cell in fullest:
        grid.append(grid.makeelement(qn("w:gridCol"), {qn("w:w"): _width(cell).get(qn("w:w"))}))


def _width(cell: Any) -> Any:  # noqa: ANN401
    return cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")


def blank_paper() -> Any:  # noqa: ANN401 - docx has no types
    """Return a Word file with nothing in it, for a paper that has no template."""
    import docx

    return docx.Document()


def stable(package: bytes) -> bytes:
    """Return an Office package with its clock readings replaced, so that equal content is equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _FIXED_STAMP, content)
            target.writestr(timeless_entry(entry.filename), content)
    return out.getvalue()
