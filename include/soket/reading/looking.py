"""Looks at Word files, and writes remarks into copies of them, in readers alone: a file may be anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from soket.reading.findings import TOOK_TOO_MUCH, Finding
from soket.reading.formats.marked_files import with_marks
from soket.reading.formats.word_remarks import WordRemark, with_remarks
from soket.reading.looks import LaidOut
from soket.reading.marks import FaultMarks
from soket.reading.reader import UnreadFileError

_TOO_MUCH = Finding(TOOK_TOO_MUCH)


class Asked(Protocol):
    """What hands files to readers."""

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview] | None:
        """Return what answers a request, and the bytes after it; None where that took too much."""


def look(readers: Asked, data: bytes) -> LaidOut | Finding:
    """Return how a .docx looks, or why that cannot be told; raise UnreadFileError where a reader failed on it."""
    answer = readers.ask({"look": True}, data)
    if answer is None:
        return _TOO_MUCH
    said = answer[0]
    try:
        return Finding(said["finding"], facts=said["facts"]) if "finding" in said else LaidOut.from_data(said)
    except (TypeError, KeyError, AttributeError) as error:
        raise UnreadFileError(f"tiến trình đọc trả lời sai dạng ({error!r})") from error


def remark(readers: Asked, data: bytes, remarks: Sequence[WordRemark]) -> bytes:
    """Return a .docx that was looked at with remarks beside its paragraphs, by their numbers; raise as `look` does."""
    answer = readers.ask({"remark": True}, with_remarks(data, remarks))
    if answer is None:
        raise UnreadFileError("hết thời gian, bộ nhớ khi ghi nhận xét")
    return bytes(answer[1])


def mark(readers: Asked, extension: str, data: bytes, marks: FaultMarks) -> bytes:
    """Return a .docx or .xlsx with the lines of a slip at their places; raise as `look` does."""
    answer = readers.ask({"mark": True, "extension": extension}, with_marks(data, marks))
    if answer is None:
        raise UnreadFileError("hết thời gian, bộ nhớ khi ghi chú vào tệp")
    return bytes(answer[1])
