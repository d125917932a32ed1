"""One turn of intake in this process: quick stand-ins for the two processes, and the drops of a unit."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from conftest import Desk
from soket.intake import arithmetic
from soket.intake.judge import judge
from soket.intake.receive import receive
from soket.intake.validation import CheckOutcome, Frame, ValidationFailedError, Validator
from soket.reading.formats import photographs
from soket.reading.formats.marked_files import marked
from soket.reading.formats.signed import signatures_of
from soket.reading.formats.word_looks import looked_at
from soket.reading.formats.word_remarks import remarked
from soket.reading.process import child
from soket.reading.reader import UnreadFileError
from soket.record.keeping import read_register
from soket.record.parsed import named_by, read_parsed
from soket.record.records import ParsedReport, Receipt, Verdict
from soket.record.workspace import Workspace

_NAMED = re.compile(rb'"checks/[^"]+/parsed/[^"]+"')
IN_TIME = "2021-11-01 09:00"
SETTLE = timedelta(seconds=60)


class InlineReaders:
    """Reads in this process, a file at a time as a reader's does: for files that are known to do no harm."""

    def __init__(self, *_: object) -> None:
        self._turn = threading.Lock()  # a reader sets limits that are its whole process's

    def __enter__(self) -> InlineReaders:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self) -> None:
        pass

    def read(self, extension: str, data: bytes) -> Any:
        with self._turn:
            return child.read(extension, data)

    def read_all(self, files: Sequence[tuple[str, bytes]]) -> list[Any]:
        return [self._tried(*file) for file in files]

    def _tried(self, extension: str, data: bytes) -> Any:
        try:
            return self.read(extension, data)
        except UnreadFileError as error:
            return error

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> Any:
        return child.unpack(extension, data, files, size)

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview]:
        if "photograph" in request:
            looks, picture = photographs.upright(request["extension"], data)
            return looks, memoryview(picture)
        if "bind" in request:
            return None, memoryview(photographs.bound(data))
        if "look" in request:
            return looked_at(data), memoryview(b"")
        if "signatures" in request:
            return signatures_of(request["extension"], data), memoryview(b"")
        if "mark" in request:
            return None, memoryview(marked(request["extension"], data))
        return None, memoryview(remarked(data))


class PlainValidator(Validator):
    """Evaluates the same checks by plain arithmetic, as where Great Expectations fails."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        self.frames.append(frame)
        return arithmetic.outcomes(frame)


class FailingValidator(PlainValidator):
    """Fails on whatever it is asked, as a Great Expectations that is broken."""

    error: type[Exception] = ValidationFailedError

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        super().run(frame)
        raise self.error("no memory")


def drop(desk: Desk, unit: str, files: dict[str, bytes], at: str | datetime = IN_TIME) -> None:
    workspace = desk(at)
    for name, data in files.items():
        workspace.store.put(workspace.keys.inbox_folder(unit) + name, data)


def take(workspace: Workspace, *, later: timedelta = timedelta(hours=1)) -> list[Receipt]:
    """Receive as of some time after the workspace's moment: by default after every drop has settled."""
    now = workspace.clock.real_time(workspace.now) + later
    return receive(workspace, read_register(workspace), settle=SETTLE, now_real=now)


def turn(workspace: Workspace, validator: Validator | None = None) -> list[Verdict]:
    """Receive and judge what is there."""
    take(workspace)
    return judge(workspace, read_register(workspace), validator=validator or PlainValidator())


def judged(desk: Desk, unit: str, files: dict[str, bytes], at: str = IN_TIME) -> Verdict:
    """Drop files, take a turn, return the unit's verdict."""
    drop(desk, unit, files, at)
    (verdict,) = [each for each in turn(desk()) if each.unit == unit]
    return verdict


def read_out(desk: Desk, verdict: Verdict) -> ParsedReport:
    """Return what was read out of what a verdict is on."""
    (report,) = read_parsed(desk.store, desk().keys, named_by([verdict])).values()
    return report


def records(desk: Desk) -> dict[str, bytes]:
    """Return all that the bucket holds but what tells of batches: where a verdict names one, what it names there."""
    held = {key: data for key, (data, _) in desk.store.objects.items() if not key.startswith("checks/")}
    etag = re.compile(rb'"reports/[^"]+/verdict.json": "[0-9a-f]{32}"')  # in the register's snapshot
    found = {key: etag.sub(b"", _NAMED.sub(b"", data)) for key, data in held.items()}
    for key, data in held.items():
        if key.endswith("/verdict.json") and _NAMED.search(data):
            found[key] += read_out(desk, Verdict.model_validate_json(data)).to_json()
    return found


def codes(verdict: Verdict) -> list[str]:
    return [fault.code for fault in verdict.faults]
