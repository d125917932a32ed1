"""Writes the lines of a slip into a copy of the file that they are about, and takes earlier ones out of it."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict

from soket.reading.containers import Package
from soket.reading.formats.edited_package import EditedPackage
from soket.reading.formats.word_remarks import RemarkedDocument, Remarker
from soket.reading.formats.workbook_marks import MarkedWorkbook
from soket.reading.guards import guard
from soket.reading.marks import FaultMarks, is_mark

_INITIALS = "SK"

MARKED = ("docx", "xlsx")
"""The extensions of files that can be marked: the others' formats are not written here."""


def with_marks(data: bytes, marks: FaultMarks) -> bytes:
    """Return how to hand a file and its marks to a reader: the marks' length and JSON come first."""
    words = json.dumps(asdict(marks), ensure_ascii=False).encode()
    return struct.pack(">I", len(words)) + words + data


def marked(extension: str, given: bytes) -> bytes:
    """Return a file with marks, and none of those that it had before; all else in it is as it was."""
    length = 4 + struct.unpack(">I", given[:4])[0]
    return edited(extension, given[length:], FaultMarks.from_data(json.loads(given[4:length])))


def edited(extension: str, data: bytes, marks: FaultMarks | None) -> bytes:
    """Return a file with marks, or with none."""
    guard(extension, data)
    with Package(data) as package:
        parts = EditedPackage(package)
        if extension == "docx":
            RemarkedDocument(parts, Remarker()).unsay(is_mark)
        else:
            MarkedWorkbook(parts).take_out()
        bare = data if parts.untouched else parts.packed()
    if marks is None:
        return bare
    with Package(bare) as package:
        parts = EditedPackage(package)
        if extension == "docx":
            _put_in(RemarkedDocument(parts, Remarker(marks.author, _INITIALS, marks.moment)), marks)
        else:
            MarkedWorkbook(parts).put_in(marks)
        return parts.packed()


def _put_in(document: RemarkedDocument, marks: FaultMarks) -> None:
    for line in marks.lines:
        places = (document.find(place) for place in line.passages)
        at = next((place for place in places if place is not None), None)
        if at is None:
            at = document.first()
        if at is not None:
            document.say(at, line.note(marks.slip))
