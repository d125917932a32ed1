"""One turn of intake in this process: quick stand-ins for the two processes, and the drops of a unit."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from conftest import Desk
from soket.campaign.reading import read_register
from soket.campaign.records import Verdict
from soket.campaign.workspace import Workspace
from soket.intake.judge import judge
from soket.intake.reading import child
from soket.intake.receive import Intake, receive
from soket.intake.validation import Frame, Validator

IN_TIME = "2021-11-01 09:00"
SETTLE = timedelta(seconds=60)


class InlineReaders:
    """Reads in this process: for files that are known to do no harm."""

    def __enter__(self) -> InlineReaders:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, extension: str, data: bytes) -> Any:
        return child.read(extension, data)

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> Any:
        return child.unpack(extension, data, files, size)


class PlainValidator(Validator):
    """Evaluates the same checks in plain Python."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def run(self, frame: Frame) -> dict[str, list[tuple[tuple[str, int], int]]]:
        self.frames.append(frame)
        broken = defaultdict(list)
        for check in frame.checks:
            for row in frame.rows:
                value = row.get(check.column)
                if check.required_in is not None:
                    breaks = value is None and row["form"] == check.required_in
                else:
                    breaks = value is not None and not (
                        (check.low is None or value >= check.low) and (check.high is None or value <= check.high)
                    )
                if breaks:
                    broken[check.column].append(((row["unit"], row["number"]), row["year"]))
        return dict(broken)


def drop(desk: Desk, unit: str, files: dict[str, bytes], at: str | datetime = IN_TIME) -> None:
    workspace = desk(at)
    for name, data in files.items():
        workspace.store.put(workspace.keys.inbox_folder(unit) + name, data)


def take(workspace: Workspace, *, later: timedelta = timedelta(hours=1)) -> Intake:
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


def codes(verdict: Verdict) -> list[str]:
    return [fault.code for fault in verdict.faults]
