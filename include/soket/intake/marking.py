"""A unit's own files as they go back to it: each fault at its place, as a comment, a note, a line of a sheet."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate

from soket.faults import Fault
from soket.intake.contents import Contents, is_read
from soket.intake.examine import Examined
from soket.plan.model import Severity
from soket.plan.words import SEVERITIES
from soket.reading.findings import Content
from soket.reading.formats.marked_files import MARKED
from soket.reading.guards.extent import column_number
from soket.reading.kinds import extension_of
from soket.reading.looking import mark
from soket.reading.marks import FaultMark, FaultMarks, slip_id
from soket.reading.reader import UnreadFileError
from soket.record.confirming import can_be_confirmed
from soket.record.fault_lines import group_faults, numbered
from soket.record.marked import MarkedCopy
from soket.record.records import ReceivedFile
from soket.record.sending import MISSING
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

_CELL = re.compile(r"(?:(?P<sheet>[^!,]+)!)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_LINE = re.compile(r"(?:dòng|cột) (?:(?P<sheet>.+)!)?(?P<column>[A-Z]*)(?P<row>\d*)")
_QUOTED = re.compile(r"«([^»]+)»")
_IN_CELLS = re.compile(r"(?:^|, )ô ")
_IN_DOCUMENT = re.compile(r"bảng thứ (\d+)")
_LONG_ENOUGH = 20  # letters of a passage that stands nowhere else
_MOST_LINES, _ROOM = 200, 600  # letters of the messages in one comment


def to_be_marked(workspace: Workspace, examined: Examined) -> dict[str, bytes]:
    """Return the files of a submission that may be marked, by key: what the bucket fails on is no fault of theirs."""
    found = {}
    for file in examined.receipt.files if examined.faults else ():
        if file.kept and extension_of(file.original_name) in MARKED:
            with suppress(MissingObjectError):
                found[file.key] = workspace.store.get(file.key)
    return found


def marked_copies(
    workspace: Workspace, examined: Examined, faults: Sequence[Fault], readers: Contents, sent: Mapping[str, bytes]
) -> dict[MarkedCopy, bytes]:
    """Return the files of a submission that something is to be mended or looked at in, marked.

    One that cannot be marked goes without: that is no fault of the unit's, and its slip tells the same.
    """
    copies: dict[MarkedCopy, bytes] = {}
    for file in examined.receipt.files:
        extension = extension_of(file.original_name)
        if file.key not in sent or not is_read(file):
            continue
        try:
            content = readers.of(file)
            if not (content.paragraphs or content.sheets):
                continue  # what no reader took is opened for nothing else either
            marks = _marks(workspace, examined, faults, file, content)
            if not marks.lines:
                continue
            data = mark(readers, extension, sent[file.key], marks)
        except (UnreadFileError, KeyError):
            log.exception("%s goes back without marks", file.key)
            continue
        key = workspace.keys.report(examined.receipt.unit, examined.receipt.number, f"marked/{file.name}")
        copies[MarkedCopy(key=key, name=f"ghi-chu-lan-{examined.receipt.number}-{file.name}", size=len(data))] = data
    return copies


def _marks(
    workspace: Workspace, examined: Examined, faults: Sequence[Fault], file: ReceivedFile, content: Content
) -> FaultMarks:
    receipt = examined.receipt
    lines = [
        FaultMark(
            number,
            SEVERITIES[line.severity].label,
            _fitting(line.messages),
            line.advice or "",
            tuple(dict.fromkeys(cell for each in line.faults for cell in _cells(examined, each))),
            tuple(dict.fromkeys(at for each in line.faults for at in _passages(workspace, examined, content, each))),
            asks=can_be_confirmed(line.faults[0]),
        )
        for number, _, line in numbered(group_faults(receipt.files, faults))
        if number and line.severity is not Severity.INFO and line.faults[0].file == file.name
        if line.code not in MISSING  # what is missing is not to be written into what it should come with
    ]
    return FaultMarks(
        slip=slip_id(workspace.campaign.code, receipt.unit, receipt.number),
        author=workspace.plan.office(workspace.plan.roles.lead).name,
        title=f"{examined.unit.name}: các điểm ở tệp này, lần nộp {receipt.number}",
        reasons=workspace.plan.reasons,
        moment=workspace.now.strftime("%Y-%m-%dT%H:%M:%S"),
        lines=tuple(lines[:_MOST_LINES]),
    )


def _fitting(messages: Sequence[str]) -> str:
    """Return the messages that a comment has room for, none of them cut, and how many more there are."""
    lengths = accumulate(map(len, messages))
    kept = [each for each, length in zip(messages, lengths, strict=True) if length <= _ROOM] or [*messages[:1]]
    left = len(messages) - len(kept)
    return "\n".join([*kept, *([f"Còn {left} chỗ khác, xem phiếu."] if left else [])])


def _cells(examined: Examined, fault: Fault) -> Iterator[tuple[str, str]]:
    """Yield where a fault of the table is: sheet and cell; of a row or column, its first one."""
    table = examined.table
    if fault.place is None or table is None or table.inside or fault.file != table.file:
        return
    if fault.place.startswith("ô "):
        for match in _CELL.finditer(fault.place.removeprefix("ô ")):
            yield (match["sheet"] or table.sheet).strip(), f"{match['column']}{match['row']}"
    elif line := _LINE.fullmatch(fault.place):
        yield line["sheet"] or table.sheet, f"{line['column'] or 'A'}{line['row'] or 1}"


def _passages(
    workspace: Workspace, examined: Examined, content: Content, fault: Fault
) -> Iterator[str | tuple[str, str]]:
    """Yield by what words to find where a fault of a document is, the closest first."""
    place = fault.place or ""
    if (found := _IN_DOCUMENT.search(f"{fault.where or place} {fault.message}")) and _IN_CELLS.search(place):
        yield from _in_table(content, int(found[1]), place)
    for quote in sorted(_QUOTED.findall(fault.message), key=len, reverse=True):
        if len(words := quote.removesuffix("[…]").rstrip("… ")) > _LONG_ENOUGH:
            yield words
    codes = {f"mục {section.number.rstrip('.')}": section.code for section in workspace.plan.outline}
    for section in examined.sections:
        if section.section == codes.get(place) and section.heading:
            yield section.heading


def _in_table(content: Content, number: int, place: str) -> Iterator[tuple[str, str]]:
    """Yield the first words of a cell's row and those of the cell, of a document's n-th table."""
    match = _CELL.search(place)
    if match is None or not 0 < number <= len(content.tables):
        return
    rows, at = content.tables[number - 1].rows, int(match["row"]) - 1
    row = rows[at] if 0 <= at < len(rows) else ()
    texts = {
        column: next((text for text in content.paragraphs[start:end] if text.strip()), "") for column, start, end in row
    }
    head = next((text for text in texts.values() if text), "")
    if wanted := texts.get(column_number(match["column"]) - 1):
        yield head, wanted
