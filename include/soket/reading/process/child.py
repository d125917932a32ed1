"""A reader: what one file holds, or why that cannot be told, under limits on time and memory.

It runs in a process of its own, which knows nothing of the bucket and is given no credentials.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType

from soket.reading import guards
from soket.reading.findings import TOOK_TOO_MUCH, Content, Finding, FindingError, Member, Sheet
from soket.reading.formats.cells import holds_anything, tell_of_picture
from soket.reading.guards import guard
from soket.reading.kinds import ARCHIVE_EXTENSIONS
from soket.reading.legacy import convert_bytes, convert_content
from soket.reading.marks import unmarked
from soket.reading.xml import MOST_DEPTH

_MOST_MEMORY = 240 << 20  # bytes that a file may make the process hold; what it holds once started is beside them
_MOST_ADDRESSES = 2 << 30
_WITH_PICTURES = (guards.WORKBOOK, guards.OLD_WORKBOOK, guards.OPEN_WORKBOOK)
_MOST_SECONDS = 1.8  # CPU seconds a file; past them Python code is interrupted
_MOST_SECONDS_OF_LIBRARIES = 2  # CPU seconds a file; past them the process ends
_MOST_NESTED = 5 * MOST_DEPTH  # calls: readers follow XML as deep as it goes, and the parser bounds that
_OFFICE_SECONDS = 40.0  # LibreOffice starts anew for each file


class OutOfTimeError(BaseException):
    """A file took too long; no library may take it for an error of its own."""


def read(extension: str, data: bytes) -> Content:
    """Return what a file holds, or why it was not read; whatever else is raised is a fault of ours, of no file."""
    try:
        if extension in ARCHIVE_EXTENSIONS:
            from soket.reading.formats.archive import read_archive

            return Content(findings=tuple(read_archive(extension, data)))
        kind, findings = guard(extension, data)
        content = unmarked(convert_content(_read(kind, data)))
        sheets = tell_of_picture(content.sheets, data) if kind in _WITH_PICTURES else content.sheets
        return replace(content, sheets=sheets, findings=(*findings, *content.findings))
    except FindingError as stopped:
        trouble = "".join(traceback.format_exception(stopped.__cause__)) if stopped.__cause__ else ""
        return Content(findings=(stopped.finding,), trouble=trouble)
    except (MemoryError, OutOfTimeError):
        return Content(findings=(Finding(TOOK_TOO_MUCH),))


def _read(kind: str, data: bytes) -> Content:
    """Read a guarded file; each reader is loaded when it is needed."""
    match kind:
        case guards.WORD:
            from soket.reading.formats.word import read_word

            with _following_xml():
                return read_word(data).content
        case guards.OLD_WORD:
            from soket.reading.formats.old_word import read_old_word

            return read_old_word(data).content
        case guards.OLDEST_WORD:
            return _by_office(data)
        case guards.OPEN_TEXT:
            from soket.reading.formats.open_text import read_open_text

            with _following_xml():
                return read_open_text(data).content
        case guards.RICH_TEXT:
            from soket.reading.formats.rich_text import read_rich_text

            return read_rich_text(data).content
        case guards.WEB_PAGE:
            from soket.reading.formats.web_page import read_web_page

            return read_web_page(data).content
        case guards.PORTABLE:
            return _portable(data)
        case guards.PICTURE:
            return Content()
        case guards.DELIMITED:
            from soket.reading.formats.delimited import read_delimited

            data, converted = convert_bytes(data)
            sheet, findings = read_delimited(data)
            return Content(sheets=(sheet,), findings=(*converted, *findings))
    return Content(sheets=tuple(filter(holds_anything, _sheets(kind, data))))


def _sheets(kind: str, data: bytes) -> list[Sheet]:
    """Read a workbook as what the guard knows it to be, whatever else lies in it."""
    match kind:
        case guards.WORKBOOK:
            from soket.reading.formats.xlsx import read_xlsx

            return read_xlsx(data)
        case guards.OPEN_WORKBOOK:
            from soket.reading.formats.ods import read_ods

            return read_ods(data)
        case guards.XML_WORKBOOK:
            from soket.reading.formats.xml_workbook import read_xml_workbook

            with _following_xml():
                return read_xml_workbook(data)
        case guards.WEB_TABLE:
            from soket.reading.formats.web_page import read_web_page, sheets_of

            with _following_xml():
                return list(sheets_of(read_web_page(data)))
    from soket.reading.formats.xls import read_xls

    return read_xls(data)


@contextlib.contextmanager
def _following_xml() -> Iterator[None]:
    """Let our walks over XML call as deep as it goes; no library may, as some recurse without end over broken files."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_MOST_NESTED)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _portable(data: bytes) -> Content:
    from soket.reading.formats.portable import open_portable, read_portable, read_scan

    document = open_portable(data)
    try:
        found, scanned = read_portable(document)
        return read_scan(document, found.texts) if scanned else found.content
    finally:
        document.close()


def _by_office(data: bytes) -> Content:
    """Read a document that only LibreOffice knows, by way of .docx; without it, that is for a person."""
    from soket.reading import programs
    from soket.reading.formats.word import read_word

    command = programs.office()
    if command is None:
        return Content(findings=(Finding("TEP-25"),))
    made = programs.as_word(command, "doc", data, _OFFICE_SECONDS)
    if made is None:
        raise FindingError("TEP-30")
    guard("docx", made)
    with _following_xml():
        return read_word(made).content


def unpack(extension: str, data: bytes, files: int, size: int) -> list[Member]:
    """Return the files of an archive; none where `read` has a reason not to open it."""
    from soket.reading.formats import archive

    try:
        return archive.unpack(extension, data, files=files, size=size)
    except (FindingError, MemoryError, OutOfTimeError):
        return []


@contextlib.contextmanager
def allowed_time() -> Iterator[None]:
    """Let this process use so much CPU; where a library does not come back, the kernel ends it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + _MOST_SECONDS_OF_LIBRARIES, resource.RLIM_INFINITY))
    # It comes again, in case that the first one is lost in a library's callback.
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError


def limit() -> None:
    """Put this process under its limits; programs that a reader starts have limits of their own, above these."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, _interrupt)
